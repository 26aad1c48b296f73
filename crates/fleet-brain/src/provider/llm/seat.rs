//! An endpoint's place in the chain. Owns what it takes to ask it, and what was learned of it.

use std::sync::Once;
use std::time::Duration;

use genai::ServiceTarget;
use genai::adapter::AdapterKind;

use super::breaker::Breaker;
use super::dialect::Dialect;
use super::known;
use crate::desk::{Micros, Tokens};
use crate::mistake::Mistake;
use crate::models::{Endpoint, Models, ModelsError};
use crate::prices::TextPrice;
use crate::prompt::Form;
use crate::secret::ApiKey;

use super::wire::Asked;

/// What a request holds beside its words, in tokens: who speaks, where it begins and ends, and what a provider adds for
/// the form.
const AROUND: usize = 600;

/// An endpoint that can be asked.
pub(super) struct Seat {
    pub(super) provider: String,
    pub(super) model: String,
    pub(super) target: ServiceTarget,
    pub(super) key: Option<ApiKey>,
    pub(super) price: TextPrice,
    pub(super) timeout: Duration,
    pub(super) sees: bool,
    pub(super) client: genai::Client,
    pub(super) dialect: Dialect,
    pub(super) breaker: Breaker,
}

impl std::fmt::Debug for Seat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name())
    }
}

impl Seat {
    /// Its provider and model, as in `openai/gpt-5-mini`.
    pub(super) fn name(&self) -> String {
        format!("{}/{}", self.provider, self.model)
    }

    /// Whether it costs nothing, however long a call is.
    pub(super) fn is_free(&self) -> bool {
        self.price.input.0 == 0 && self.price.output.0 == 0
    }

    /// Whether its model is known to think before it answers.
    pub(super) fn thinks(&self) -> bool {
        thinks(self.target.model.adapter_kind, &self.model)
    }

    /// The most that a call can be: no token is shorter than a byte.
    pub(super) fn longest(&self, asked: &Asked<'_>, most: u32) -> Tokens {
        let Form { schema, .. } = asked.form;
        let after = asked.after.map_or(0, |(answer, ask)| answer.len() + ask.len());
        let bytes = asked.prompt.system.len() + asked.prompt.user.len() + after + schema.to_string().len();
        let pictures = u32::try_from(asked.prompt.pictures.len()).unwrap_or(u32::MAX);
        Tokens {
            input: u32::try_from(bytes + AROUND).unwrap_or(u32::MAX),
            output: most,
            pictures: pictures.saturating_mul(self.price.picture_tokens),
        }
    }

    /// The most that a call can cost.
    pub(super) fn dearest(&self, asked: &Asked<'_>, most: u32) -> Micros {
        self.price.cost(self.longest(asked, most))
    }
}

fn thinks(kind: AdapterKind, model: &str) -> bool {
    let begins = |names: &[&str]| names.iter().any(|name| model.starts_with(name));
    match kind {
        AdapterKind::OpenAI => begins(&["gpt-5", "gpt-6", "o1", "o3", "o4"]),
        AdapterKind::Gemini => !begins(&["gemini-1", "gemini-2.0"]) && !model.contains("2.5-flash"),
        _ => false,
    }
}

/// A builder for HTTP clients with the TLS provider in place; building one without it panics.
pub(super) fn client_builder() -> reqwest::ClientBuilder {
    static TLS: Once = Once::new();
    TLS.call_once(|| {
        // Someone else may have installed a provider first; theirs serves as well.
        _ = rustls::crypto::ring::default_provider().install_default();
    });
    reqwest::Client::builder()
}

fn client(at_home: bool) -> Result<genai::Client, String> {
    let mut builder = client_builder()
        .user_agent(concat!("floimg-fleet/", env!("CARGO_PKG_VERSION")))
        // The key would travel with a redirect.
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5));
    if at_home {
        builder = builder.no_proxy();
    }
    let http = builder.build().map_err(|error| error.to_string())?;
    genai::Client::builder().with_reqwest(http).build().map_err(|error| error.to_string())
}

/// The seats of a chain, or everything that is wrong with it.
pub(super) fn seats(models: &Models) -> Result<Vec<Seat>, ModelsError> {
    let mut mistakes = Vec::new();
    if models.chain.is_empty() {
        mistakes.push(Mistake::new(
            "chain",
            "names one model at least",
            "name one, or use the offline generator",
        ));
    }
    if models.concurrency == 0 {
        mistakes.push(Mistake::new("concurrency", "is 1 or more", "4 is a good number"));
    }
    let mut seats = Vec::new();
    for (at, endpoint) in models.chain.iter().enumerate() {
        match known::check(endpoint, &format!("chain[{at}]"), &models.prices) {
            Ok(checked) => match client(checked.at_home) {
                Ok(client) => seats.push(seat(endpoint, checked, client)),
                Err(why) => mistakes.push(Mistake::new(
                    format!("chain[{at}]"),
                    "is asked through an HTTP client",
                    format!("it cannot be made here: {why}"),
                )),
            },
            Err(more) => mistakes.extend(more),
        }
    }
    if mistakes.is_empty() { Ok(seats) } else { Err(ModelsError { mistakes }) }
}

fn seat(endpoint: &Endpoint, checked: known::Checked, client: genai::Client) -> Seat {
    let kind = checked.target.model.adapter_kind;
    let own_language = matches!(kind, AdapterKind::Anthropic | AdapterKind::MiniMax | AdapterKind::Gemini);
    Seat {
        provider: endpoint.provider.clone(),
        model: endpoint.model.clone(),
        dialect: Dialect::new(!own_language, thinks(kind, &endpoint.model)),
        target: checked.target,
        key: endpoint.key.clone(),
        price: checked.price,
        timeout: endpoint.timeout,
        sees: endpoint.sees,
        client,
        breaker: Breaker::default(),
    }
}
