//! What commands have in common, from their options and the environment: where the data is, how much is logged, which
//! personas there are, and where the gallery is. The only place that reads the environment, through clap, so that
//! `--help` is the reference.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, Resettable, TypedValueParser};
use clap::{Args, Command, ValueEnum};
use etcetera::BaseStrategy;
use fleet_bots::{Asked, Bots, StoreAddress, Switch};
use fleet_brain::Catalogue;
use fleet_gallery::{Gallery, GalleryConfig, Secret};
use fleet_runtime::FleetClock;
use fleet_web::Origin;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde::de::DeserializeOwned;
use tracing_subscriber::EnvFilter;
use url::Url;

use crate::failure::Misuse;

/// What stands above the options that every command has.
const EVERYWHERE: &str = "Options of every command";

/// Where the fleet's data is.
#[derive(Args, Clone, Debug)]
pub(crate) struct StoreOptions {
    /// The folder of an embedded store; the default is one in your data folder
    #[arg(long, env = "FLEET_DATA", global = true, help_heading = EVERYWHERE, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// A store elsewhere: `postgres://user:password@host/database` or `sqlite:PATH`
    #[arg(long, env = "DATABASE_URL", global = true, help_heading = EVERYWHERE, value_name = "URL", hide_env_values = true)]
    pub(crate) database_url: Option<String>,
}

/// How much is logged, and in which form. Logs go to standard error.
#[derive(Args, Clone, Debug)]
pub(crate) struct LogOptions {
    /// What to log: `error`, `warn`, `info`, `debug`, or a filter such as `fleet_runtime=debug,warn`
    #[arg(long, env = "FLEET_LOG", global = true, help_heading = EVERYWHERE, default_value = "warn", value_name = "FILTER")]
    log: String,
    /// The form of log lines
    #[arg(long, env = "FLEET_LOG_FORMAT", global = true, help_heading = EVERYWHERE, value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// A JSON object a line.
    Json,
}

/// Which personas residents are drawn from.
#[derive(Args, Clone, Debug)]
pub(crate) struct CatalogueOptions {
    /// A catalogue of personas, as JSON, instead of the built-in one
    #[arg(long, env = "FLEET_PERSONAS", value_name = "FILE")]
    personas: Option<PathBuf>,
}

/// Where FloImg's own gallery is.
const FLOIMG: &str = "https://api.floimg.com";

/// Where the gallery is, and what opens it.
#[derive(Args, Clone, Debug)]
pub(crate) struct GalleryOptions {
    /// Where the gallery is
    #[arg(long, env = "FLOIMG_API_URL", default_value = FLOIMG, value_name = "URL")]
    gallery_url: Url,
    /// The service token that the gallery gave you, `fst_…`
    #[arg(long, env = "FLOIMG_SERVICE_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    service_token: Option<Secret>,
    /// How long the gallery may take for one call, from `1s` to `2m`; workflows have two minutes. What became of a call
    /// without an answer is looked for after half as long again
    #[arg(long, env = "FLOIMG_REQUEST_TIMEOUT", default_value = "10s", value_name = "TIME", value_parser = request_timeout)]
    request_timeout: Duration,
}

impl CatalogueOptions {
    /// Where the personas come from.
    pub(crate) fn origin(&self) -> Origin {
        self.personas.as_ref().map_or(Origin::BuiltIn, |file| Origin::File(file.display().to_string()))
    }

    /// The personas there are.
    ///
    /// # Errors
    /// With every mistake in the file, each on a line of its own.
    pub(crate) fn load(&self) -> anyhow::Result<Arc<Catalogue>> {
        let Some(file) = &self.personas else { return Ok(Arc::new(Catalogue::built_in())) };
        let text = std::fs::read_to_string(file)
            .map_err(|error| Misuse(format!("the personas in {} cannot be read: {error}", file.display())))?;
        let catalogue =
            Catalogue::from_json(&text).map_err(|error| Misuse(format!("{}: {error}", file.display())))?;
        Ok(Arc::new(catalogue))
    }
}

impl GalleryOptions {
    /// Whether it is FloImg's own, which is meant where no other one is named.
    pub(crate) fn is_default(&self) -> bool {
        self.gallery_url.as_str().trim_end_matches('/') == FLOIMG
    }

    /// How long one call may take, in real time.
    pub(crate) fn request_timeout(&self) -> Duration {
        self.request_timeout
    }

    /// A client for the gallery; none without a token. Nothing is sent.
    ///
    /// # Errors
    /// When the address or the token cannot be used.
    pub(crate) fn connect(&self) -> anyhow::Result<Option<Gallery>> {
        let token = self.service_token.as_ref().filter(|token| !token.expose().trim().is_empty());
        token.map(|token| self.client(token.clone())).transpose()
    }

    /// A client that shows no token, to see whether anybody is there.
    ///
    /// # Errors
    /// When the address cannot be used.
    pub(crate) fn connect_without_token(&self) -> anyhow::Result<Gallery> {
        self.client(Secret::new(""))
    }

    fn client(&self, token: Secret) -> anyhow::Result<Gallery> {
        Ok(Gallery::new(self.spoken_to_with(token)).map_err(|error| Misuse(error.to_string()))?)
    }

    fn spoken_to_with(&self, token: Secret) -> GalleryConfig {
        let mut config = GalleryConfig::new(self.gallery_url.clone(), token);
        // Each process waits in its own way, so that several do not come back together.
        config.manners.seed = rand::random();
        config.timeout = self.request_timeout;
        config
    }
}

impl LogOptions {
    pub(crate) fn begin(&self) {
        let filter = EnvFilter::try_new(&self.log).unwrap_or_else(|error| {
            eprintln!("fleet: the log filter `{}` cannot be read ({error}); logging warnings", self.log);
            EnvFilter::new("warn")
        });
        let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        // What collects logs shows the signs for colours as they are.
        let lines = lines.with_ansi(std::io::stderr().is_terminal());
        match self.log_format {
            LogFormat::Text => lines.with_target(false).init(),
            LogFormat::Json => lines.json().init(),
        }
    }
}

impl StoreOptions {
    /// The folder for what is kept beside the store.
    pub(crate) fn folder(&self) -> anyhow::Result<PathBuf> {
        match &self.data {
            Some(folder) => Ok(folder.clone()),
            None => etcetera::choose_base_strategy()
                .map(|folders| folders.data_dir().join("floimg-fleet"))
                .map_err(|_| {
                    Misuse("your data folder cannot be found; name one with --data DIR".into()).into()
                }),
        }
    }

    /// Where the store is.
    pub(crate) fn address(&self) -> anyhow::Result<StoreAddress> {
        match &self.database_url {
            Some(url) => Ok(StoreAddress::parse(url)?),
            None => Ok(StoreAddress::Sqlite(self.folder()?.join("fleet.db"))),
        }
    }

    /// Where the store is, in words and without its password.
    pub(crate) fn place(&self) -> anyhow::Result<String> {
        Ok(match self.address()? {
            StoreAddress::Sqlite(file) => format!("SQLite in {}", file.display()),
            StoreAddress::Postgres(url) => match Url::parse(&url) {
                Ok(url) => {
                    let host = url.host_str().unwrap_or("localhost");
                    let port = url.port().unwrap_or(5432);
                    format!("Postgres at {host}:{port}, database `{}`", url.path().trim_start_matches('/'))
                }
                Err(_) => "Postgres".into(),
            },
        })
    }

    /// The file that keeps a stop which the store could not be told of. A store elsewhere has a file of its own: the stop
    /// of one fleet must not be taken up, and thereby used up, by another.
    pub(crate) fn stop_file(&self) -> anyhow::Result<PathBuf> {
        let name = match self.database_url {
            None => "stop".to_owned(),
            Some(_) => {
                let place = self.place()?;
                let words = place.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
                format!("stop-{}", words.collect::<Vec<_>>().join("-"))
            }
        };
        Ok(self.folder()?.join(name))
    }

    /// Opens a store that is there already: to look at it or to steer what runs over it. A folder that was mistyped must not
    /// become an empty fleet.
    pub(crate) async fn open_existing(&self) -> anyhow::Result<Bots> {
        if let StoreAddress::Sqlite(file) = self.address()?
            && !file.exists()
        {
            return Err(Misuse(format!(
                "there is no fleet in {}; name its folder with --data, or make one with `fleet seed`",
                file.parent().unwrap_or(&file).display()
            ))
            .into());
        }
        self.open().await
    }

    /// Opens the store. An unwritten stop is kept in the data folder.
    pub(crate) async fn open(&self) -> anyhow::Result<Bots> {
        let folder = self.folder()?;
        std::fs::create_dir_all(&folder)
            .map_err(|error| Misuse(format!("the folder {} cannot be made: {error}", folder.display())))?;
        let switch = Switch::new(Some(self.stop_file()?));
        Ok(Bots::connect(&self.address()?, switch).await?)
    }
}

/// The same commands, blind to settings that are there and empty: files of settings for services name all of them, and
/// leave empty what is not meant.
#[expect(clippy::disallowed_methods, reason = "clap asks for the same variables a moment later")]
pub(crate) fn without_empty_settings(command: Command) -> Command {
    command
        .mut_args(|argument| {
            let setting = argument.get_env().and_then(std::env::var_os);
            if setting.is_some_and(|value| value.is_empty()) {
                argument.env(Resettable::Reset)
            } else {
                argument
            }
        })
        .mut_subcommands(without_empty_settings)
}

/// What the environment itself says, where an option of the same meaning may have been typed over it.
#[expect(
    clippy::disallowed_methods,
    reason = "clap keeps only what was typed, and not what it was typed over"
)]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The clock of the fleet that runs over this data, or the wall clock where none ever did.
pub(crate) async fn clock_of(bots: &Bots) -> anyhow::Result<FleetClock> {
    Ok(bots.read_clock().await?.map_or_else(FleetClock::wall, FleetClock::from_reading))
}

/// This shell as the one who asks, now by the fleet's clock.
pub(crate) async fn asked(bots: &Bots) -> anyhow::Result<Asked> {
    Ok(Asked { by: "cli".into(), at: clock_of(bots).await?.now() })
}

/// Chance drawn from `seed`, or from the system's own.
pub(crate) fn dice(seed: Option<u64>) -> StdRng {
    seed.map_or_else(rand::make_rng, StdRng::seed_from_u64)
}

/// One of `names`, as the rows of the store spell them.
pub(crate) fn one_of<T>(names: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names).try_map(|name| serde_json::from_value(serde_json::Value::String(name)))
}

/// Whether standard output is for eyes that want colours.
#[expect(clippy::disallowed_methods, reason = "NO_COLOR is a convention of terminals, not an option of ours")]
pub(crate) fn colours() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Reads a span of time: `90s`, `5m`, `2h`, `7d`, several of them as in `1h30m`, or plain seconds.
///
/// # Errors
/// With how it is written.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let mended =
        || "must be a span of time such as `90s`, `5m`, `2h`, `7d` or a number of seconds".to_owned();
    let (mut seconds, mut number) = (0_u64, None::<u64>);
    for c in text.trim().chars() {
        if let Some(digit) = c.to_digit(10) {
            let before = number.unwrap_or(0);
            number = before.checked_mul(10).and_then(|tens| tens.checked_add(u64::from(digit)));
            number.ok_or_else(mended)?;
            continue;
        }
        let unit = match c {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            _ => return Err(mended()),
        };
        let part = number.take().and_then(|number| number.checked_mul(unit)).ok_or_else(mended)?;
        seconds = seconds.checked_add(part).ok_or_else(mended)?;
    }
    match number {
        Some(plain) if text.trim().chars().all(|c| c.is_ascii_digit()) => Ok(Duration::from_secs(plain)),
        Some(_) => Err(mended()),
        None if text.trim().is_empty() => Err(mended()),
        None => Ok(Duration::from_secs(seconds)),
    }
}

/// Reads how long a call may take.
fn request_timeout(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        span if (Duration::from_secs(1)..=Duration::from_secs(120)).contains(&span) => Ok(span),
        _ => Err("must be from `1s` to `2m`; 10s suits most galleries".into()),
    }
}

/// Reads how fast a fleet's time runs.
///
/// # Errors
/// With the range.
pub(crate) fn speed(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(speed) if (0.1..=3_600.0).contains(&speed) => Ok(speed),
        _ => Err("must be a number from 0.1 to 3600; 60 lets an hour pass in a minute".into()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use clap::CommandFactory;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_sample_of_settings_has_those_of_the_fleet_with_their_defaults() {
        let mut fleet = crate::cli::Cli::command();
        fleet.build();
        let arguments = fleet.find_subcommand("serve").unwrap().get_arguments();
        let settings: BTreeMap<_, _> = arguments
            .filter_map(|argument| {
                Some((argument.get_env()?.to_str()?, argument.get_default_values().first()))
            })
            .collect();

        let lines = include_str!("../../../.env.sample").lines();
        let sample: BTreeMap<_, _> = lines
            .filter_map(|line| line.strip_prefix('#')?.split_once('='))
            .filter(|(name, _)| !name.contains(' '))
            .collect();
        let names: Vec<_> = sample.keys().copied().collect();
        assert_eq!(names, settings.keys().copied().collect::<Vec<_>>());
        for (name, default) in settings {
            assert!(default.is_none_or(|default| *default == sample[name]), "{name} has another default");
        }
    }

    #[test]
    fn spans_of_time_are_read_as_they_are_written() {
        for (text, seconds) in
            [("90s", 90), ("5m", 300), ("2h", 7_200), ("7d", 604_800), ("45", 45), ("1h30m", 5_400)]
        {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "m", "5x", "1h30", "-5", "1.5h", "99999999999999999999d", "5 m"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_for_a_span_or_a_speed_is_one_or_is_told_of(
            typed in prop_oneof!["\\PC{0,20}", "[0-9smhd .e-]{0,24}", any::<f64>().prop_map(|number| number.to_string())],
        ) {
            for told in [duration(&typed).err(), speed(&typed).err()].into_iter().flatten() {
                prop_assert!(told.starts_with("must be "), "{told}");
            }
            if let Ok(speed) = speed(&typed) {
                prop_assert!((0.1..=3_600.0).contains(&speed));
            }
        }

        #[test]
        fn a_span_is_read_as_it_is_told(days in 0..4_000_u64, hours in 0..24_u64, minutes in 0..60_u64, seconds in 0..60_u64) {
            let told = format!("{days}d{hours}h{minutes}m{seconds}s");
            let span = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
            prop_assert_eq!(duration(&told), Ok(Duration::from_secs(span)));
            prop_assert_eq!(duration(&span.to_string()), Ok(Duration::from_secs(span)));
        }
    }
}
