//! Which models write for the residents, from options and the environment: a first one, another for when it does not answer,
//! and the offline generator behind both. Owns how they are named, and the names that operators know from elsewhere.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use fleet_brain::{ApiKey, Brain, Catalogue, Endpoint, Models, Prices, known_providers};
use url::Url;

use crate::failure::Misuse;

/// What stands above these options.
const HEADING: &str = "Language models";
/// The provider that is none.
const OFFLINE: &str = "offline";

/// Which models write for the residents; without any the offline generator does.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = HEADING)]
pub(crate) struct ModelOptions {
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

impl ModelOptions {
    /// The brain that is meant, with the offline generator at its end.
    ///
    /// # Errors
    /// With what is missing or wrong, and how to mend it.
    pub(crate) fn brain(&self, catalogue: Arc<Catalogue>) -> anyhow::Result<Brain> {
        let provider = self.provider.clone().or_else(|| {
            let ollama = self.ollama_url.is_some() || self.ollama_model.is_some();
            let openai = self.openai_key.is_some() || self.openai_model.is_some();
            let name = if ollama {
                "ollama"
            } else if openai {
                "openai"
            } else {
                return None;
            };
            Some(name.to_owned())
        });
        self.brain_of(provider, catalogue)
    }

    /// The brain that is meant where nobody expects to spend money: a key that lies in the environment for something else
    /// is left alone unless a provider is named.
    ///
    /// # Errors
    /// As [`ModelOptions::brain`].
    pub(crate) fn named_brain(&self, catalogue: Arc<Catalogue>) -> anyhow::Result<Brain> {
        self.brain_of(self.provider.clone(), catalogue)
    }

    fn brain_of(&self, provider: Option<String>, catalogue: Arc<Catalogue>) -> anyhow::Result<Brain> {
        let prices = self.prices()?;
        let Some(provider) = provider.filter(|provider| provider != OFFLINE) else {
            if self.second_provider.is_some() {
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
        let models = Models { chain, concurrency: self.model_calls.into(), prices };
        Ok(Brain::with_models(catalogue, models).map_err(|error| Misuse(error.to_string()))?)
    }

    fn first(&self, provider: String) -> anyhow::Result<Endpoint> {
        let (model, key, base_url) = match provider.as_str() {
            "ollama" => (self.ollama_model.clone(), None, self.ollama_url.clone()),
            "openai" => (self.openai_model.clone(), self.openai_key.clone(), None),
            _ => (None, None, None),
        };
        let Some(model) = self.model.clone().or(model) else {
            let familiar = match provider.as_str() {
                "ollama" => " or OLLAMA_MODEL",
                "openai" => " or OPENAI_MODEL",
                _ => "",
            };
            return Err(no_model(&provider, &format!("LLM_MODEL{familiar}")));
        };
        let key = self.model_key.clone().or(key);
        Ok(self.endpoint(provider, model, key, self.model_url.clone().or(base_url)))
    }

    fn second(&self) -> Option<anyhow::Result<Endpoint>> {
        let provider = self.second_provider.clone().filter(|provider| provider != OFFLINE)?;
        let (key, base_url) = (self.second_model_key.clone(), self.second_model_url.clone());
        Some(match self.second_model.clone() {
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
        let (timeout, sees) = (self.model_timeout, self.model_sees);
        Endpoint { key, base_url, timeout, sees, ..Endpoint::new(provider, model) }
    }

    fn prices(&self) -> anyhow::Result<Prices> {
        let Some(file) = &self.prices else { return Ok(Prices::built_in()) };
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
    if speed <= 1.0 || !brain.pays() {
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
