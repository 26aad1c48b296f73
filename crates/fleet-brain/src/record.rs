//! How something came to be written: the calls that were made, what they cost, what was checked and by whom it was decided
//! in the end. Owns what is kept of a decision, so that it can be read afterwards; refuses to keep anything itself.

use serde::{Deserialize, Serialize};

use crate::desk::{Micros, Purpose, Tokens};

/// Something that was written, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Written<T> {
    /// What was written.
    pub what: T,
    /// How.
    pub record: Record,
}

/// How something was written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Who decided: `offline`, or a provider and its model, as in `openai/gpt-5-mini`.
    pub by: String,
    /// Why it was not the first of the chain, if it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fell_back: Option<String>,
    /// Every call to a model, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Call>,
    /// Every text that a model wrote, and what the guard said of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
}

/// One call to a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// What it was for.
    pub purpose: Purpose,
    /// The provider's name.
    pub provider: String,
    /// The model's name.
    pub model: String,
    /// What it was told about itself, and to do.
    pub system: String,
    /// What it was asked.
    pub user: String,
    /// What it answered, word for word.
    pub answer: Option<String>,
    /// What went wrong, in words for people.
    pub error: Option<String>,
    /// How long it was.
    pub tokens: Tokens,
    /// What it cost.
    pub cost: Micros,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// What the guard said of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What it was written for: a post's id, or `title`, `description`, `prompt`, `answer`.
    pub about: String,
    /// The text.
    pub text: String,
    /// Why it may not be said; none when it may.
    pub refused: Option<String>,
}

impl Record {
    /// The record of what the offline generator wrote.
    #[must_use]
    pub fn offline() -> Self {
        Self { by: "offline".into(), ..Self::default() }
    }

    /// What all its calls cost.
    #[must_use]
    pub fn cost(&self) -> Micros {
        Micros(self.calls.iter().map(|call| call.cost.0).sum())
    }

    /// How long all its calls were.
    #[must_use]
    pub fn tokens(&self) -> Tokens {
        self.calls.iter().fold(Tokens::default(), |sum, call| Tokens {
            input: sum.input.saturating_add(call.tokens.input),
            output: sum.output.saturating_add(call.tokens.output),
            pictures: sum.pictures.saturating_add(call.tokens.pictures),
        })
    }
}
