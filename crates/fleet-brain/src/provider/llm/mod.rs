//! Writing with language models: a chain of them, asked one after the other. Owns the order in which they are asked, and
//! that each call has its ticket before it begins; refuses to write anything itself, and to send what the guard has not seen.
//!
//! | module | owns |
//! |---|---|
//! | `known` | the providers that are known by name |
//! | `seat` | an endpoint's place in the chain |
//! | `wire` | one request |
//! | `dialect` | the form in which an endpoint takes to answer |
//! | `breaker` | whether it is left alone for a while |
//! | `call` | one paid call, with its ticket and its record |
//! | `attempt` | a question to one endpoint: asked, read, mended, checked |
//! | `check` | what may be said of what was written |
//! | `lenient` | JSON as models write it |
//! | `look`, `sketch`, `reply` | the three questions |

mod attempt;
mod breaker;
mod call;
mod check;
mod dialect;
mod known;
mod lenient;
mod look;
mod reply;
mod seat;
mod sketch;
mod wire;

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::brain::Error;
use crate::character::{Author, ByAuthor, Character, Post};
use crate::desk::{Ask, Memory, Micros, OpenDesk, Purpose};
use crate::guard::Kind;
use crate::models::{Models, ModelsError};
use crate::picture::Picture;
use crate::prompt::{Form, Prompt};
use crate::record::{Call, Record};

pub(crate) use known::known_names;
pub(crate) use look::{Look, Named};
pub(crate) use reply::{Answer, Said};
pub(crate) use sketch::Picturing;

use call::Stop;
use seat::Seat;
#[cfg(test)]
use seat::client_builder;
use wire::Asked;

/// The chain.
#[derive(Debug)]
pub(crate) struct Llm {
    seats: Vec<Seat>,
    /// One for each call that may be under way.
    permits: Arc<Semaphore>,
}

/// Something that is asked of a model: how, and what its answer means.
pub(crate) trait Question: Sync {
    /// What comes of it.
    type Answer: Send;

    /// What it is for.
    const PURPOSE: Purpose;

    /// What is asked, of a model that sees pictures or of one that does not.
    fn prompt(&self, ask: &Ask<'_>, sees: bool) -> Prompt;

    /// What an answer says, or why it cannot be understood.
    fn read(&self, text: &str) -> Result<Self::Answer, String>;

    /// The texts in it that will be said, each about something else.
    fn texts(&self, answer: &Self::Answer) -> Vec<Text>;

    /// Puts another text in the place of the one about something, or none.
    fn put(&self, answer: &mut Self::Answer, about: &str, text: Option<String>);

    /// All that others than `who` wrote and that it shows, by author.
    fn shown(&self, who: &Character) -> ByAuthor;

    /// Whether it is still worth something.
    fn stands(&self, answer: &Self::Answer) -> bool;
}

/// A text that will be said.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// What it is written for.
    pub(crate) about: String,
    pub(crate) kind: Kind,
    pub(crate) text: String,
    /// What others wrote where it is to stand.
    pub(crate) thread: Vec<String>,
}

impl Llm {
    /// Whether all of the models cost money: where one does not, the bots go on with that one.
    pub(crate) fn pays(&self) -> bool {
        self.seats.iter().all(|seat| !seat.is_free())
    }

    /// Whether any of the models costs money.
    pub(crate) fn may_cost(&self) -> bool {
        self.seats.iter().any(|seat| !seat.is_free())
    }

    /// Whether any of the models may be shown pictures.
    pub(crate) fn sees(&self) -> bool {
        self.seats.iter().any(|seat| seat.sees)
    }

    /// Prepares a chain; nothing is sent.
    pub(crate) fn new(models: &Models) -> Result<Llm, ModelsError> {
        let seats = seat::seats(models)?;
        Ok(Llm { seats, permits: Arc::new(Semaphore::new(models.concurrency.min(Semaphore::MAX_PERMITS))) })
    }

    /// Asks one after the other, until one answers with something that may be said. Nothing when none did: the record then
    /// says why, and the offline generator decides.
    pub(crate) async fn ask<Q: Question>(
        &self,
        ask: &Ask<'_>,
        question: &Q,
        record: &mut Record,
    ) -> Result<Option<Q::Answer>, Error> {
        let mut reasons = Vec::new();
        let mut capped = None;
        for seat in &self.seats {
            // Once a cap is reached, only what costs nothing is asked.
            if capped.is_some() && !seat.is_free() {
                continue;
            }
            match Box::pin(self.attempt(seat, ask, question, record)).await {
                Ok(answer) => {
                    record.by = seat.name();
                    record.fell_back = (!reasons.is_empty()).then(|| reasons.join("; "));
                    return Ok(Some(answer));
                }
                Err(Stop::Capped { why, until }) => {
                    reasons.push(format!("{}: {why}", seat.name()));
                    capped.get_or_insert(Error::Capped { why, until });
                }
                Err(Stop::NoLedger(why)) => {
                    reasons.push(why);
                    break;
                }
                Err(Stop::Failed(why)) => reasons.push(format!("{}: {why}", seat.name())),
            }
        }
        if let Some(capped) = capped {
            return Err(capped);
        }
        tracing::debug!(reasons = reasons.join("; "), "no model answered");
        *record = Record {
            fell_back: Some(reasons.join("; ")),
            calls: std::mem::take(&mut record.calls),
            checks: std::mem::take(&mut record.checks),
            ..Record::offline()
        };
        Ok(None)
    }

    /// The most that a look at so many posts can cost, where words are as long as they are told.
    pub(crate) fn dearest_look(&self, posts: usize) -> Micros {
        let long = |count: usize| "a quiet morning of soft light on pale linen ".repeat(count);
        let who = Character {
            persona: String::new(),
            name: "Ada Lumen (AI)".into(),
            username: "ada_lumen".into(),
            personality: long(11),
            vibe: "professional".into(),
            interests: vec!["the light of a morning".into(); 7],
        };
        let memory = Memory { said: vec![long(3); 3], summary: long(6), ..Memory::default() };
        let picture = Picture { media_type: "image/jpeg".into(), bytes: Arc::from([]) };
        let post = Post {
            id: String::new(),
            title: long(2),
            description: Some(long(4)),
            category: None,
            tags: vec![],
            author: Author { username: "milo_draws".into(), name: Some("Milo Draws Every Morning".into()) },
            by_person: true,
            picture: Some(picture),
        };
        let posts = vec![&post; posts];
        let ask = Ask { who: &who, memory: &memory, desk: &OpenDesk, seed: 0 };
        let costs = self.seats.iter().map(|seat| {
            let prompt = Look { posts: &posts }.prompt(&ask, seat.sees);
            let asked = Asked { prompt: &prompt, after: None, form: &prompt.form };
            seat.dearest(&asked, prompt.form.most.saturating_add(seat.dialect.room()))
        });
        costs.max().unwrap_or_default()
    }

    /// Asks every endpoint for a word, whatever is known of it.
    pub(crate) async fn probe(&self, desk: &dyn crate::desk::Desk) -> Vec<(String, Result<Call, String>)> {
        let mut found = Vec::new();
        for seat in &self.seats {
            let schema = serde_json::json!({
                "type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"], "additionalProperties": false
            });
            let prompt = Prompt {
                system: "You answer with JSON alone.".into(),
                user: "Answer {\"ok\":true}".into(),
                pictures: vec![],
                form: Form { name: "probe", schema, most: 40 },
            };
            let asked = Asked { prompt: &prompt, after: None, form: &prompt.form };
            let mut record = Record::default();
            let heard = Box::pin(self.converse(seat, desk, Purpose::Probe, &asked, &mut record)).await;
            let found_out = match heard {
                Ok(_) => record.calls.pop().ok_or_else(|| "it was not asked".into()),
                Err(Stop::Capped { why, .. } | Stop::NoLedger(why) | Stop::Failed(why)) => Err(why),
            };
            found.push((seat.name(), found_out));
        }
        found
    }
}
