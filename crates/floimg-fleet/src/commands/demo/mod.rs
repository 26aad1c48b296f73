//! `fleet demo`: sandbox, panel and fleet in one process, on this machine alone.

mod hour;
mod report;

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use fleet_bots::{Asked, Bots, FeedEvent, Micros, Selection, SettingsChanges};
use fleet_brain::{Brain, Catalogue};
use fleet_gallery::sandbox::OpenedSandbox;
use fleet_gallery::{Gallery, GalleryConfig, Sandbox, SandboxConfig, Secret};
use fleet_runtime::{FleetClock, NodeConfig};
use rand::SeedableRng;
use rand::rngs::StdRng;

use self::report::Report;
use crate::config::{CatalogueOptions, StoreOptions};
use crate::entrance::{Entrance, loopback};
use crate::models::ModelOptions;
use crate::visitors::VisitorOptions;
use crate::wiring::{Fleet, Panel};
use crate::{characters, lifecycle, output, residents};

/// What a demo's data is about; its address may be another one each time.
pub(crate) const ITS_GALLERY: &str = "the sandbox of a demo";
/// How much of the fleet's clock may be missing after a kill: it is kept every second of real time.
const CLOCK_GAP: Duration = Duration::from_secs(2);

/// A living gallery on this machine: it needs no account, key or network, and leaves DATABASE_URL alone
#[derive(Args, Debug)]
pub(crate) struct DemoOptions {
    /// How many residents there are to be
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    bots: u32,
    /// How many seconds of the residents' time pass in one of yours
    #[arg(long, default_value_t = 60.0, value_parser = crate::config::speed)]
    speed: f64,
    /// How many simulated people visit the gallery from the beginning; a script may let more join
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u16).range(0..=500))]
    visitors: u16,
    #[command(flatten)]
    visiting: VisitorOptions,
    /// The panel's port; the gallery takes the next one. 0 takes any two
    #[arg(long, default_value_t = 4000, value_parser = clap::value_parser!(u16).range(0..=65_534))]
    port: u16,
    /// End by itself after so long, such as `60s`, `5m`
    #[arg(long = "for", value_name = "TIME", value_parser = crate::config::duration)]
    limit: Option<Duration>,
    /// Without the panel
    #[arg(long)]
    headless: bool,
    /// Print nothing on standard output but a last line of JSON that counts what was done
    #[arg(long)]
    json: bool,
    /// What all chance is drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    catalogue: CatalogueOptions,
    #[command(flatten)]
    models: ModelOptions,
}

/// Where a demo's data is; a folder of its own goes when the demo ends.
struct Place {
    store: StoreOptions,
    _temporary: Option<tempfile::TempDir>,
}

pub(crate) async fn run(store: &StoreOptions, options: DemoOptions) -> anyhow::Result<()> {
    let shutdown = lifecycle::until_asked_to_end()?;
    let visitors = options.visiting.visitors(options.visitors, options.seed, options.speed)?;
    let place = place(store)?;
    let prepared = lifecycle::before_life(&shutdown, Box::pin(prepare(&options, &place))).await?;
    let Some((fleet, panel, sandbox)) = prepared else { return Ok(()) };
    if let Some(limit) = options.limit {
        lifecycle::end_after(limit, &shutdown);
    }
    let bots = fleet.bots.clone();
    let telling = tokio::spawn(tell(bots.clone(), options.json));
    sandbox.start_visitors(&visitors);

    let lived = Box::pin(fleet.live(panel, &shutdown)).await;
    telling.abort();
    let report = Report::of(&bots, &sandbox.census()).await;
    sandbox.stop().await;
    lived?;
    if options.json {
        output::say(serde_json::to_string(&report?)?)?;
    }
    Ok(())
}

/// Sets the stage and tells where things are. The store is taken first: where another fleet plays, nothing is moved.
async fn prepare(options: &DemoOptions, place: &Place) -> anyhow::Result<(Fleet, Option<Panel>, Sandbox)> {
    let catalogue = options.catalogue.load()?;
    let bots = place.store.open().await?;
    bots.reserve()?;
    bots.bind_gallery(ITS_GALLERY).await?;
    let clock = Arc::new(OnceLock::new());
    let opened = open_sandbox(options, place.store.folder()?.join("gallery"), &clock).await?;
    let clock = begin(&bots, &catalogue, options, &clock).await?;
    let sandbox = opened.serve();
    residents::each(&bots, |bot| sandbox.introduce(&bot.username, &bot.bio)).await?;

    let gallery = Gallery::new(GalleryConfig::new(sandbox.url().clone(), sandbox.token().clone()))?;
    let brain = options.models.named_brain(Arc::clone(&catalogue))?;
    crate::models::refuse_fast_money(&brain, options.speed)?;
    let panel = match options.headless {
        true => None,
        false => {
            let speed = options.speed;
            let notice =
                format!("A demo at {speed} times speed, open to this machine only: there is no sign-in.");
            let panel =
                Panel::bind(Entrance::Open { port: options.port }, clock, &gallery, Some(notice)).await?;
            Some(panel.knowing(characters::of(&Brain::offline(catalogue), options.catalogue.origin())))
        }
    };
    greet(options, place, panel.as_ref(), &sandbox)?;
    let node = NodeConfig {
        name: format!("demo-{}", std::process::id()),
        seed: options.seed,
        ..NodeConfig::default()
    };
    Ok((Fleet { bots, gallery, brain, clock, node }, panel, sandbox))
}

/// A demo's store is always a file of its own: whatever `DATABASE_URL` names is not to be played with.
fn place(store: &StoreOptions) -> anyhow::Result<Place> {
    let store = StoreOptions { database_url: None, ..store.clone() };
    if store.data.is_some() {
        return Ok(Place { store, _temporary: None });
    }
    let folder =
        tempfile::Builder::new().prefix("floimg-fleet-demo-").tempdir().context("no folder for the demo")?;
    let data = Some(folder.path().to_owned());
    Ok(Place { store: StoreOptions { data, ..store }, _temporary: Some(folder) })
}

async fn open_sandbox(
    options: &DemoOptions,
    folder: PathBuf,
    clock: &Arc<OnceLock<FleetClock>>,
) -> anyhow::Result<OpenedSandbox> {
    // Not from the seed: who knows it must not know the token.
    let token = Secret::for_sandbox(&mut rand::make_rng::<StdRng>());
    let clock = Arc::clone(clock);
    // Nobody is answered before the fleet's clock is known.
    let now = Arc::new(move || clock.get_or_init(FleetClock::wall).now().timestamp());
    let port = if options.port == 0 { 0 } else { options.port + 1 };
    let config =
        SandboxConfig { addr: loopback(port), state_dir: Some(folder), ..SandboxConfig::new(token, now) };
    Ok(Sandbox::open(config).await?)
}

/// Makes the residents that are missing, starts the fleet's clock, and starts those who are new. Those who were there
/// already go on as they were meant to.
async fn begin(
    bots: &Bots,
    catalogue: &Catalogue,
    options: &DemoOptions,
    clock: &OnceLock<FleetClock>,
) -> anyhow::Result<FleetClock> {
    let mut dice = StdRng::seed_from_u64(options.seed);
    let origin = match bots.read_clock().await? {
        Some(kept) => kept.fleet.plus(CLOCK_GAP.mul_f64(options.speed)),
        None => hour::liveliest(catalogue, FleetClock::wall().now(), &mut dice)?,
    };
    let mut taken = bots.usernames().await?;
    let missing = usize::try_from(options.bots)?.saturating_sub(taken.len());
    let new = hour::residents_of(origin, catalogue, missing, &mut taken, &mut dice)?;
    let clock = *clock.get_or_init(|| FleetClock::fast(origin, options.speed));
    bots.keep_clock(clock.reading()).await?;
    let asked = Asked { by: "demo".into(), at: clock.now() };
    // The demo speaks for its gallery: whoever looks at it knows that everybody there is simulated.
    // Nobody pays for the pictures of a sandbox, however many residents a day of it has.
    let without_caps = SettingsChanges {
        likes_confirmed: Some(true),
        bot_picture_day: Some(Micros::dollars(100)),
        fleet_picture_day: Some(Micros::dollars(1_000)),
        fleet_picture_month: Some(Micros::dollars(10_000)),
        ..SettingsChanges::default()
    };
    bots.change_settings(without_caps, &asked).await?;
    let made = residents::make(bots, new, &asked, |_| {}).await?;
    let made = made.into_iter().map(|bot| bot.id).collect();
    bots.start_bots(&Selection::Ids(made), &asked).await?;
    Ok(clock)
}

fn greet(
    options: &DemoOptions,
    place: &Place,
    panel: Option<&Panel>,
    sandbox: &Sandbox,
) -> anyhow::Result<()> {
    let say = |line: String| tell_line(options.json, &line);
    if let Some(panel) = panel {
        say(format!("panel    {}", panel.address()?))?;
    }
    say(format!("gallery  {}", sandbox.url()))?;
    // It opens nothing but this gallery and its control, on this machine, until the demo ends.
    say(format!("token    {}", sandbox.token().expose()))?;
    match &place.store.data {
        Some(folder) if place._temporary.is_none() => {
            let program =
                std::env::current_exe().map_or_else(|_| "fleet".into(), |path| path.display().to_string());
            say(format!("data     {}", folder.display()))?;
            say(format!("steer    {program} bots list --data {}", folder.display()))?;
        }
        _ => say("data     thrown away at the end; keep it with --data DIR".into())?,
    }
    say(String::new())
}

/// With `--json` standard output is kept for the last line.
fn tell_line(json: bool, line: &str) -> anyhow::Result<()> {
    if json {
        eprintln!("{line}");
        return Ok(());
    }
    output::say(line)
}

/// Prints a line for each event until it is ended.
async fn tell(bots: Bots, json: bool) {
    let Ok(mut feed) = bots.subscribe(None).await else { return };
    loop {
        match feed.next().await {
            Ok(FeedEvent::Activity(activity)) => {
                if let Err(error) = tell_line(json, &output::line(&activity)) {
                    tracing::warn!(%error, "events are not printed any more");
                    return;
                }
            }
            Ok(FeedEvent::Lagged(_)) => {}
            Err(error) => {
                tracing::warn!(%error, "events cannot be read at the moment");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}
