//! Which models write for the residents, from options and the environment: a first one, another for when it does not answer,
//! and the offline generator behind both. Owns how they are named, and the names that operators know from elsewhere.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, FromArgMatches};
use fleet_brain::{ApiKey, Brain, Catalogue, Endpoint, Models, Prices, known_providers};
use url::Url;

use crate::config;
use crate::failure::Misuse;

/// What stands above these options.
const HEADING: &str = "Language models";
/// The provider that is none.
const OFFLINE: &str = "offline";

/// Which models write for the residents; without any the offline generator does.
///
/// What the environment says of a provider counts for that provider alone: where the command line names another one, its
/// model, key and address do not go along; and its key does not go to an address that is typed.
#[derive(Clone, Debug)]
pub(crate) struct ModelOptions(Said);

/// What was said, on the command line and in the environment.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = HEADING)]
struct Said {
    /// Who runs the model: `openai` (and any server that speaks as it does, with LLM_BASE_URL), `ollama`, `anthropic`,
    /// `gemini`, `groq` and others; `offline` for none
    #[arg(long, env = "LLM_PROVIDER", value_name = "NAME")]
    provider: Option<String>,
    /// The model's name, as its provider calls it
    #[arg(long, env = "LLM_MODEL", value_name = "NAME")]
    model: Option<String>,
    /// The key of your account with the provider
    #[arg(long, env = "LLM_API_KEY", hide_env_values = true, value_name = "KEY")]
    model_key: Option<ApiKey>,
    /// Where the provider is, if not at its own address, such as `http://localhost:8000/v1/`
    #[arg(long, env = "LLM_BASE_URL", value_name = "URL")]
    model_url: Option<Url>,
    /// Who runs the model that is asked when the first does not answer
    #[arg(long, env = "LLM_SECOND_PROVIDER", value_name = "NAME")]
    second_provider: Option<String>,
    /// That model's name
    #[arg(long, env = "LLM_SECOND_MODEL", value_name = "NAME")]
    second_model: Option<String>,
    /// The key of your account there
    #[arg(long, env = "LLM_SECOND_API_KEY", hide_env_values = true, value_name = "KEY")]
    second_model_key: Option<ApiKey>,
    /// Where it is, if not at its own address
    #[arg(long, env = "LLM_SECOND_BASE_URL", value_name = "URL")]
    second_model_url: Option<Url>,
    /// Show the models pictures: residents', and people's where the settings allow it
    #[arg(long, env = "LLM_SEES", value_name = "YES", num_args = 0..=1, default_value_t = false, default_missing_value = "true", value_parser = clap::builder::BoolishValueParser::new())]
    model_sees: bool,
    /// How long a model may take for one answer, from `1s` to `5m`
    #[arg(long, env = "LLM_TIMEOUT", default_value = "30s", value_name = "TIME", value_parser = timeout)]
    model_timeout: Duration,
    /// How many answers may be waited for at once
    #[arg(long, env = "LLM_CONCURRENCY", default_value_t = 4, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256))]
    model_calls: u16,
    /// What models and pictures cost where the built-in prices do not know it, as JSON
    #[arg(long, env = "FLEET_PRICES", value_name = "FILE")]
    prices: Option<PathBuf>,
    /// Where Ollama runs; it is the provider when no other is named
    #[arg(long, env = "OLLAMA_URL", value_name = "URL")]
    ollama_url: Option<Url>,
    /// The model that Ollama runs
    #[arg(long, env = "OLLAMA_MODEL", value_name = "NAME")]
    ollama_model: Option<String>,
    /// The key of your account with OpenAI; it is the provider when no other is named
    #[arg(long, env = "OPENAI_API_KEY", hide_env_values = true, value_name = "KEY")]
    openai_key: Option<ApiKey>,
    /// OpenAI's model
    #[arg(long, env = "OPENAI_MODEL", value_name = "NAME")]
    openai_model: Option<String>,
}

/// Where a value of an option comes from.
type Sources<'a> = &'a dyn Fn(&str) -> Option<ValueSource>;

impl Args for ModelOptions {
    fn augment_args(command: Command) -> Command {
        Said::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Said::augment_args_for_update(command)
    }
}

impl FromArgMatches for ModelOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let said = Said::from_arg_matches(matches)?;
        let first = config::environment("LLM_PROVIDER");
        let second = config::environment("LLM_SECOND_PROVIDER");
        Ok(Self(said.kept_apart(&|id| matches.value_source(id), first, second)))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Said {
    /// Without what the environment says of other providers than the command line names: `first` and `second` are those
    /// that the environment names.
    fn kept_apart(mut self, sources: Sources<'_>, first: Option<String>, second: Option<String>) -> Self {
        let typed = |id: &str| sources(id) == Some(ValueSource::CommandLine);
        let around = |id: &str| sources(id) == Some(ValueSource::EnvVariable);
        let first = first.or_else(|| {
            let familiar = Said {
                ollama_url: self.ollama_url.clone().filter(|_| around("ollama_url")),
                ollama_model: self.ollama_model.clone().filter(|_| around("ollama_model")),
                openai_key: self.openai_key.clone().filter(|_| around("openai_key")),
                openai_model: self.openai_model.clone().filter(|_| around("openai_model")),
                model: self.model.clone().filter(|_| around("model")),
                ..Said::default()
            };
            familiar.familiar().map(str::to_owned)
        });
        let meant = self.provider.clone().or_else(|| self.familiar().map(str::to_owned));
        if first.is_some() && first != meant {
            self.model = self.model.filter(|_| !around("model"));
            self.model_key = self.model_key.filter(|_| !around("model_key"));
            self.model_url = self.model_url.filter(|_| !around("model_url"));
        }
        // A key of the environment is for where the environment says; nobody gave it for an address that is typed.
        if typed("model_url") || typed("ollama_url") {
            self.model_key = self.model_key.filter(|_| !around("model_key"));
        }
        // Nor does an address of the environment stand in the way of the one that is typed.
        if typed("ollama_url") {
            self.model_url = self.model_url.filter(|_| !around("model_url"));
        }
        if typed("second_model_url") {
            self.second_model_key = self.second_model_key.filter(|_| !around("second_model_key"));
        }
        if typed("second_provider") && second.is_some() && second != self.second_provider {
            self.second_model = self.second_model.filter(|_| !around("second_model"));
            self.second_model_key = self.second_model_key.filter(|_| !around("second_model_key"));
            self.second_model_url = self.second_model_url.filter(|_| !around("second_model_url"));
        }
        self
    }

    /// The provider that follows from its familiar names. A key of OpenAI alone says only that somebody has an account.
    fn familiar(&self) -> Option<&'static str> {
        if self.ollama_url.is_some() || self.ollama_model.is_some() {
            Some("ollama")
        } else if self.openai_model.is_some() || (self.openai_key.is_some() && self.model.is_some()) {
            Some("openai")
        } else {
            None
        }
    }
}

impl ModelOptions {
    /// The brain that is meant, with the offline generator at its end.
    ///
    /// # Errors
    /// With what is missing or wrong, and how to mend it.
    pub(crate) fn brain(&self, catalogue: Arc<Catalogue>) -> anyhow::Result<Brain> {
        let Self(said) = self;
        let provider = said.provider.clone().or_else(|| said.familiar().map(str::to_owned));
        if provider.is_none() {
            self.nothing_without_its_provider()?;
            if self.has_idle_key() {
                tracing::info!(
                    "a key of OpenAI lies in the environment and is left alone; OPENAI_MODEL would use it"
                );
            }
        }
        self.brain_of(provider, catalogue)
    }

    /// Whether a key of OpenAI is there that nothing uses, since no model and no provider is named.
    pub(crate) fn has_idle_key(&self) -> bool {
        let Self(said) = self;
        said.openai_key.is_some() && said.provider.is_none() && said.familiar().is_none()
    }

    /// Refuses what is said of a model when nobody knows whose it is.
    fn nothing_without_its_provider(&self) -> anyhow::Result<()> {
        let Self(said) = self;
        let orphans = [
            ("LLM_MODEL", said.model.is_some()),
            ("LLM_API_KEY", said.model_key.is_some()),
            ("LLM_BASE_URL", said.model_url.is_some()),
        ];
        match orphans.into_iter().find(|(_, is_set)| *is_set) {
            None => Ok(()),
            Some((name, _)) => Err(Misuse(format!(
                "{name} is set, and which provider it is for is not said; set LLM_PROVIDER to one of {}, or to `{OFFLINE}`",
                known_providers().collect::<Vec<_>>().join(", ")
            ))
            .into()),
        }
    }

    /// The brain that is meant where nobody expects to spend money: a key that lies in the environment for something else
    /// is left alone unless a provider is named.
    ///
    /// # Errors
    /// As [`ModelOptions::brain`].
    pub(crate) fn named_brain(&self, catalogue: Arc<Catalogue>) -> anyhow::Result<Brain> {
        self.brain_of(self.0.provider.clone(), catalogue)
    }

    fn brain_of(&self, provider: Option<String>, catalogue: Arc<Catalogue>) -> anyhow::Result<Brain> {
        let prices = self.prices()?;
        let Some(provider) = provider.filter(|provider| provider != OFFLINE) else {
            if self.0.second_provider.is_some() {
                return Err(Misuse(
                    "LLM_SECOND_PROVIDER names a second model, and there is no first; set LLM_PROVIDER"
                        .into(),
                )
                .into());
            }
            return Ok(Brain::offline(catalogue).with_prices(prices));
        };
        let chain = [Some(self.first(provider)), self.second()];
        let chain = chain.into_iter().flatten().collect::<anyhow::Result<_>>()?;
        let models = Models { chain, concurrency: self.0.model_calls.into(), prices };
        Ok(Brain::with_models(catalogue, models).map_err(|error| Misuse(error.to_string()))?)
    }

    fn first(&self, provider: String) -> anyhow::Result<Endpoint> {
        let (model, key, base_url) = match provider.as_str() {
            "ollama" => (self.0.ollama_model.clone(), None, self.0.ollama_url.clone()),
            // Their key is for their own address: another server is none of OpenAI's, whatever it speaks.
            "openai" => {
                let key = self.0.openai_key.clone().filter(|_| self.0.model_url.is_none());
                (self.0.openai_model.clone(), key, None)
            }
            _ => (None, None, None),
        };
        let Some(model) = self.0.model.clone().or(model) else {
            let familiar = match provider.as_str() {
                "ollama" => " or OLLAMA_MODEL",
                "openai" => " or OPENAI_MODEL",
                _ => "",
            };
            return Err(no_model(&provider, &format!("LLM_MODEL{familiar}")));
        };
        let key = self.0.model_key.clone().or(key);
        Ok(self.endpoint(provider, model, key, self.0.model_url.clone().or(base_url)))
    }

    fn second(&self) -> Option<anyhow::Result<Endpoint>> {
        let provider = self.0.second_provider.clone().filter(|provider| provider != OFFLINE)?;
        let (key, base_url) = (self.0.second_model_key.clone(), self.0.second_model_url.clone());
        Some(match self.0.second_model.clone() {
            Some(model) => Ok(self.endpoint(provider, model, key, base_url)),
            None => Err(no_model(&provider, "LLM_SECOND_MODEL")),
        })
    }

    fn endpoint(
        &self,
        provider: String,
        model: String,
        key: Option<ApiKey>,
        base_url: Option<Url>,
    ) -> Endpoint {
        let (timeout, sees) = (self.0.model_timeout, self.0.model_sees);
        Endpoint { key, base_url, timeout, sees, ..Endpoint::new(provider, model) }
    }

    fn prices(&self) -> anyhow::Result<Prices> {
        let Some(file) = &self.0.prices else { return Ok(Prices::built_in()) };
        let text = std::fs::read_to_string(file)
            .map_err(|error| Misuse(format!("the prices in {} cannot be read: {error}", file.display())))?;
        Ok(Prices::from_json(&text).map_err(|error| Misuse(format!("{}: {error}", file.display())))?)
    }
}

fn no_model(provider: &str, setting: &str) -> anyhow::Error {
    let known: Vec<&str> = known_providers().collect();
    let told = match known.contains(&provider) {
        true => format!("which of its models `{provider}` is to run is not said; set {setting}"),
        false => {
            format!("`{provider}` is no known provider; use one of {}, or `{OFFLINE}`", known.join(", "))
        }
    };
    Misuse(told).into()
}

/// Caps on money are those of the fleet's days, which pass faster than those of a bill.
///
/// # Errors
/// When a model that costs money would be asked by residents who live faster than people.
pub(crate) fn refuse_fast_money(brain: &Brain, speed: f64) -> anyhow::Result<()> {
    if speed <= 1.0 || !brain.may_cost() {
        return Ok(());
    }
    let told = format!(
        "at {speed} times speed a day's cap on money would be spent {speed} times a day; add `--speed 1`, or name a model \
         that costs nothing, such as one of Ollama's on this machine"
    );
    Err(Misuse(told).into())
}

/// Reads how long a model may take.
fn timeout(text: &str) -> Result<Duration, String> {
    match crate::config::duration(text)? {
        span if (Duration::from_secs(1)..=Duration::from_secs(300)).contains(&span) => Ok(span),
        _ => Err("must be from `1s` to `5m`; 30s suits most models".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read from a command line and an environment.
    fn said(line: &[&str], around: &[(&str, &'static str)]) -> ModelOptions {
        // The environment stands in as defaults: clap reads the true one only for the whole process.
        let mut command = Said::augment_args(Command::new("fleet"));
        command = command.mut_args(|argument| argument.env(clap::builder::Resettable::Reset));
        let id_of = |name: &str| {
            let command = Said::augment_args(Command::new("fleet"));
            let argument = command.get_arguments().find(|argument| argument.get_env() == Some(name.as_ref()));
            argument.unwrap_or_else(|| panic!("{name}")).get_id().to_string()
        };
        let around: Vec<(String, &'static str)> =
            around.iter().map(|(name, value)| (id_of(name), *value)).collect();
        for (id, value) in around.clone() {
            command = command.mut_arg(id, |argument| argument.default_value(value));
        }
        let matches = command.try_get_matches_from([&["fleet"], line].concat()).unwrap();
        let sources = |id: &str| match matches.value_source(id) {
            Some(ValueSource::DefaultValue) if around.iter().any(|(other, _)| other == id) => {
                Some(ValueSource::EnvVariable)
            }
            source => source,
        };
        let named =
            |id: &str| around.iter().find(|(other, _)| other == id).map(|(_, value)| (*value).to_owned());
        let said = Said::from_arg_matches(&matches).unwrap();
        ModelOptions(said.kept_apart(&sources, named("provider"), named("second_provider")))
    }

    fn brain(options: &ModelOptions) -> Result<Brain, String> {
        options.brain(Arc::new(Catalogue::built_in())).map_err(|error| error.to_string())
    }

    /// Whom a key is sent to.
    fn first(options: &ModelOptions) -> (String, Option<String>, Option<String>, String) {
        let provider = options.0.provider.clone().or(options.0.familiar().map(str::to_owned)).unwrap();
        let Endpoint { provider, model, key, base_url, .. } = options.first(provider).unwrap();
        let is = |name: &str| key == Some(ApiKey::new(name));
        let key = ["sk-openai", "sk-other"].into_iter().find(|name| is(name)).map(str::to_owned);
        assert_eq!(key.is_some(), options.first(provider.clone()).unwrap().key.is_some());
        (provider, key, base_url.map(String::from), model)
    }

    #[test]
    fn the_key_of_openai_goes_to_openai_alone() {
        let account = [("OPENAI_API_KEY", "sk-openai"), ("OPENAI_MODEL", "gpt-5-mini")];
        assert_eq!(first(&said(&[], &account)).1.as_deref(), Some("sk-openai"));
        let own = ["--provider", "openai", "--model", "m", "--model-url", "http://gpu/v1/"];
        assert_eq!(first(&said(&own, &account)).1, None);
        // Nor does any other key of the environment go to an address that is typed; a key beside it does.
        let keyed = [account.as_slice(), &[("LLM_API_KEY", "sk-other")]].concat();
        assert_eq!(first(&said(&own, &keyed)).1, None);
        let typed = [own.as_slice(), &["--model-key", "sk-other"]].concat();
        assert_eq!(first(&said(&typed, &account)).1.as_deref(), Some("sk-other"));
        let both = [keyed.as_slice(), &[("LLM_BASE_URL", "http://gpu/v1/")]].concat();
        assert_eq!(first(&said(&own[..4], &both)).1.as_deref(), Some("sk-other"));
        let elsewhere = ["--provider", "groq", "--model", "m"];
        assert_eq!(first(&said(&elsewhere, &account)).1, None);
        // Ollama's address is one as well, and makes it the provider.
        let at_home = ["--ollama-url", "http://gpu:11434/", "--ollama-model", "llama3.2"];
        let met = ("ollama".to_owned(), None, Some("http://gpu:11434/".to_owned()), "llama3.2".to_owned());
        assert_eq!(first(&said(&at_home, &keyed)), met);
        let remote = [
            ("LLM_PROVIDER", "ollama"),
            ("LLM_API_KEY", "sk-other"),
            ("LLM_BASE_URL", "https://ollama.example.org/"),
        ];
        assert_eq!(first(&said(&at_home, &remote)), met);
        assert_eq!(first(&said(&at_home[2..], &remote)).1.as_deref(), Some("sk-other"));
    }

    #[test]
    fn what_the_environment_says_of_one_provider_does_not_go_to_another() {
        let around = [
            ("LLM_PROVIDER", "anthropic"),
            ("LLM_API_KEY", "sk-other"),
            ("LLM_MODEL", "claude-haiku-4-5"),
            ("LLM_BASE_URL", "https://proxy.example.org/"),
            ("OLLAMA_MODEL", "llama3.2"),
        ];
        let (provider, key, url, model) = first(&said(&["--provider", "ollama"], &around));
        assert_eq!((provider.as_str(), key, url, model.as_str()), ("ollama", None, None, "llama3.2"));
        // What is typed beside it does go along, and the same provider keeps what it had.
        let typed = ["--provider", "groq", "--model", "m", "--model-key", "sk-openai"];
        let (_, key, url, model) = first(&said(&typed, &around));
        assert_eq!((key.as_deref(), url, model.as_str()), (Some("sk-openai"), None, "m"));
        let (_, key, _, model) = first(&said(&["--provider", "anthropic", "--model", "m"], &around));
        assert_eq!((key.as_deref(), model.as_str()), (Some("sk-other"), "m"));
        // A provider that follows from its familiar names is one as well; nobody's key is for whom the line names.
        let familiar = [("OPENAI_MODEL", "gpt-5-mini"), ("LLM_API_KEY", "sk-other")];
        assert_eq!(first(&said(&["--provider", "groq", "--model", "m"], &familiar)).1, None);
        let nobodys = [("LLM_API_KEY", "sk-other")];
        let there = said(&["--provider", "groq", "--model", "m"], &nobodys);
        assert_eq!(first(&there).1.as_deref(), Some("sk-other"));
    }

    #[test]
    fn the_second_model_keeps_to_its_own_as_well() {
        let around = [
            ("LLM_SECOND_PROVIDER", "anthropic"),
            ("LLM_SECOND_API_KEY", "sk-other"),
            ("LLM_SECOND_MODEL", "claude-haiku-4-5"),
        ];
        let elsewhere = said(&["--second-model-url", "http://gpu/v1/"], &around);
        assert_eq!(elsewhere.second().unwrap().unwrap().key, None);
        let there = said(&["--second-provider", "ollama", "--second-model", "m"], &around);
        let second = there.second().unwrap().unwrap();
        assert_eq!((second.provider.as_str(), second.key, second.model.as_str()), ("ollama", None, "m"));
        assert!(said(&[], &around).second().unwrap().unwrap().key.is_some());
    }

    #[test]
    fn a_model_a_key_or_an_address_of_nobody_is_refused() {
        for (name, value) in
            [("LLM_MODEL", "m"), ("LLM_API_KEY", "sk-other"), ("LLM_BASE_URL", "http://gpu/v1/")]
        {
            let why = brain(&said(&[], &[(name, value)])).unwrap_err();
            assert!(why.starts_with(&format!("{name} is set, and which provider")), "{why}");
            let off = [(name, value), ("LLM_PROVIDER", "offline")];
            assert!(!brain(&said(&[], &off)).unwrap().has_models(), "{name}");
        }
    }

    #[test]
    fn no_model_that_costs_money_is_asked_by_residents_in_a_hurry() {
        let paid = [("LLM_PROVIDER", "openai"), ("LLM_MODEL", "gpt-5-mini"), ("LLM_API_KEY", "sk-other")];
        let free = [("LLM_PROVIDER", "ollama"), ("LLM_MODEL", "llama3.2")];
        let second_free = [("LLM_SECOND_PROVIDER", "ollama"), ("LLM_SECOND_MODEL", "llama3.2")];
        let second_paid = [
            ("LLM_SECOND_PROVIDER", "openai"),
            ("LLM_SECOND_MODEL", "gpt-5-mini"),
            ("LLM_SECOND_API_KEY", "sk-other"),
        ];
        let refused = |around: &[(&str, &'static str)], speed: f64| {
            refuse_fast_money(&brain(&said(&[], around)).unwrap(), speed).is_err()
        };
        // Whichever of the two it is: the other one may fail.
        for chain in [paid.to_vec(), [&paid[..], &second_free].concat(), [&free[..], &second_paid].concat()] {
            assert!(refused(&chain, 60.0) && !refused(&chain, 1.0), "{chain:?}");
        }
        assert!(!refused(&free, 60.0) && !refused(&[], 60.0));
    }

    #[test]
    fn a_key_of_openai_alone_is_left_alone() {
        let bare = said(&[], &[("OPENAI_API_KEY", "sk-openai")]);
        assert!(bare.has_idle_key());
        assert!(!brain(&bare).unwrap().has_models());
        for name in ["OPENAI_MODEL", "LLM_MODEL"] {
            let used = said(&[], &[("OPENAI_API_KEY", "sk-openai"), (name, "gpt-5-mini")]);
            assert!(!used.has_idle_key() && brain(&used).unwrap().has_models(), "{name}");
        }
    }
}
