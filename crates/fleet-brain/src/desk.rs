//! What a question is asked with: who speaks, what they remember, and the desk at which money and repeated words are looked
//! after while a model is asked. Owns these values and the one door through which a brain reaches what it must not know.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::character::{ByAuthor, Character};

/// Money, in millionths of a US dollar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Micros(pub i64);

/// Who is asked, and with what.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// Who speaks.
    pub who: &'a Character,
    /// What they remember.
    pub memory: &'a Memory,
    /// Who looks after money and repeated words.
    pub desk: &'a dyn Desk,
    /// What all chance is drawn from.
    pub seed: u64,
}

/// What somebody remembers of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// What they wrote of late, the newest first.
    pub said: Vec<String>,
    /// What they said of their pictures of late, the newest first; a model is not told of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub described: Vec<String>,
    /// Whom they met and what they liked, in a few sentences; empty at first.
    pub summary: String,
    /// What others wrote of these sentences: their names and titles.
    #[serde(default, skip_serializing_if = "ByAuthor::is_empty")]
    pub named: ByAuthor,
}

/// What a call to a model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To say what a bot makes of posts.
    Judge,
    /// To think of a picture and its words.
    Compose,
    /// To answer a remark.
    Answer,
    /// To have an answer that could not be read written again.
    Repair,
    /// To have a text that may not be said written again.
    Rewrite,
    /// To see whether a provider answers.
    Probe,
}

impl Purpose {
    /// The purpose in words for people, after “to”.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Purpose::Judge => "judge what is new",
            Purpose::Compose => "think of a picture",
            Purpose::Answer => "answer",
            Purpose::Repair => "write an answer again that could not be read",
            Purpose::Rewrite => "write texts again that may not be said",
            Purpose::Probe => "say that it is there",
        }
    }
}

/// A call to a model before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// What it is for.
    pub purpose: Purpose,
    /// The provider's name.
    pub provider: String,
    /// The model's name.
    pub model: String,
    /// The most that it can cost.
    pub most: Micros,
}

/// Stands for money that is set aside until it is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket(pub u128);

/// What a call came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// What it cost.
    pub cost: Micros,
    /// How long it was, by the provider's count.
    pub tokens: Tokens,
}

/// The length of a call, in the provider's tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Of what was asked, pictures left out.
    pub input: u32,
    /// Of what was answered.
    pub output: u32,
    /// Of the pictures that were shown, as far as that is known.
    pub pictures: u32,
}

/// Why money is not set aside.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A cap is reached.
    #[error("{why}")]
    Capped {
        /// Which one, in words for people.
        why: String,
        /// When it can be spent again.
        until: jiff::Timestamp,
    },
    /// It could not be found out.
    #[error("the ledger of costs cannot be written: {why}")]
    Unavailable {
        /// What went wrong, in words for people.
        why: String,
    },
}

/// Looks after money and repeated words while a model is asked. A brain awaits it, and knows no store behind it.
#[async_trait]
pub trait Desk: Send + Sync {
    /// Sets aside the most that a call can cost, before it begins.
    ///
    /// # Errors
    /// When a cap would be exceeded, or it could not be written.
    async fn reserve(&self, call: &Estimate) -> Result<Ticket, Refused>;

    /// Says what the call came to. What is never settled counts at what was set aside.
    async fn settle(&self, ticket: Ticket, bill: Bill);

    /// Which of `texts` anybody of the fleet has said before, within the last 30 days, whatever its capitals and spaces; none
    /// where that cannot be found out.
    async fn said_before(&self, texts: &[String]) -> Option<Vec<bool>>;
}

/// A desk of somebody who only tries things: nothing is kept, and there is no cap.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenDesk;

#[async_trait]
impl Desk for OpenDesk {
    async fn reserve(&self, _: &Estimate) -> Result<Ticket, Refused> {
        Ok(Ticket(0))
    }

    async fn settle(&self, _: Ticket, _: Bill) {}

    async fn said_before(&self, texts: &[String]) -> Option<Vec<bool>> {
        Some(vec![false; texts.len()])
    }
}
