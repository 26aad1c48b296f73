//! Which models a brain asks, in which order. Owns what an operator may say of them, as values; refuses to read it from
//! anywhere, and to ask a model.

use std::time::Duration;

use url::Url;

use crate::mistake::Mistake;
use crate::prices::Prices;
use crate::secret::ApiKey;

/// The models of a brain.
#[derive(Clone, Debug)]
pub struct Models {
    /// Whom to ask: the first, and whom after that when it does not answer. At least one.
    pub chain: Vec<Endpoint>,
    /// How many calls may be under way at once; at least one.
    pub concurrency: usize,
    /// What they cost.
    pub prices: Prices,
}

/// One model at one address.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The provider's name, one of [`known_providers`].
    pub provider: String,
    /// The model's name, as the provider calls it.
    pub model: String,
    /// The key of an account with the provider. One's own servers mostly need none.
    pub key: Option<ApiKey>,
    /// Where it is, if not at the provider's own address: `http://localhost:8000/v1/`.
    pub base_url: Option<Url>,
    /// How long an answer may take.
    pub timeout: Duration,
    /// Whether pictures may be shown to it.
    pub sees: bool,
}

impl Models {
    /// These models, four calls at once, at the built-in prices.
    #[must_use]
    pub fn of(chain: Vec<Endpoint>) -> Models {
        Models { chain, concurrency: 4, prices: Prices::built_in() }
    }
}

impl Endpoint {
    /// A model at its provider's own address, without a key, that has half a minute and sees no pictures.
    pub fn new(provider: impl Into<String>, model: impl Into<String>) -> Endpoint {
        Endpoint {
            provider: provider.into(),
            model: model.into(),
            key: None,
            base_url: None,
            timeout: Duration::from_secs(30),
            sees: false,
        }
    }
}

/// The names of the providers that are known, in the order of the alphabet. `openai` with a `base_url` is any server that
/// speaks as OpenAI does.
pub fn known_providers() -> impl Iterator<Item = &'static str> {
    crate::provider::llm::known_names()
}

/// Everything that is wrong with the models of a brain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelsError {
    /// The mistakes, in the order of the chain.
    pub mistakes: Vec<Mistake>,
}

impl std::fmt::Display for ModelsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::mistake::tell(f, "the models cannot be used", &self.mistakes)
    }
}

impl std::error::Error for ModelsError {}
