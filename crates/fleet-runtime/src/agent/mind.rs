//! How a bot asks its brain: with what it remembers and a desk for money, and with a row that tells afterwards what was
//! asked, what was answered and what came of it. Owns the way there and back; what is done about an answer is decided
//! elsewhere.

use fleet_bots::{BotMemory, DecisionId, DecisionKind, FleetTime, Met, NewDecision};
use fleet_brain::{Ask, ByAuthor, Character, Error, Memory, Question, Record, View};
use serde::Serialize;
use serde_json::{Value, json};

use super::desk::{BotDesk, counted};
use super::trouble::Trouble;
use super::turn::Turn;

/// So many of those whom it met, and of what it liked, are told of.
const MET: usize = 4;
const LIKED: usize = 3;

/// A bot before its brain.
pub(crate) struct Mind {
    pub(crate) who: Character,
    memory: Memory,
    /// The handles of those who stand in its memory.
    remembered: Vec<String>,
    desk: BotDesk,
    seed: u64,
}

impl Mind {
    /// What the offline generator writes does not depend on any memory, so none is read for it.
    pub(crate) async fn of(turn: &Turn<'_>) -> Result<Self, Trouble> {
        let recalled = match turn.world.brain.has_models() {
            true => turn.world.bots.recall_memory(turn.bot.id).await?,
            false => BotMemory::default(),
        };
        let remembered = recalled.met.iter().map(|met| met.username.clone());
        let remembered =
            remembered.chain(recalled.liked.iter().map(|liked| liked.username.clone())).collect();
        Ok(Self {
            who: turn.character(),
            memory: Memory {
                summary: summary(&recalled),
                named: named(&recalled),
                said: recalled.said,
                described: recalled.described,
            },
            remembered,
            desk: BotDesk::of(turn),
            seed: turn.seed,
        })
    }

    pub(crate) fn ask(&self) -> Ask<'_> {
        Ask { who: &self.who, memory: &self.memory, desk: &self.desk, seed: self.seed }
    }

    /// What the brain answered; where a cap kept it from being asked, whoever the cap holds for rests from now on.
    pub(crate) async fn heard<T>(&self, answer: Result<T, Error>) -> Result<T, Trouble> {
        if let Err(Error::Capped { why, until }) = &answer {
            self.desk.rest(why, FleetTime::from(*until)).await?;
        }
        Ok(answer?)
    }

    /// Keeps how something was decided. `people` are the handles of those whose words were before it.
    pub(crate) async fn keep(
        &self,
        turn: &Turn<'_>,
        question: Question,
        people: impl IntoIterator<Item = String>,
        record: &Record,
        outcome: &impl Serialize,
    ) -> Result<DecisionId, Trouble> {
        let kind = match question {
            Question::Judge { .. } => DecisionKind::Judge,
            Question::Compose { .. } => DecisionKind::Compose,
            Question::Answer { .. } => DecisionKind::Answer,
        };
        let mut memory = self.memory.clone();
        if kind != DecisionKind::Compose {
            // Only new pictures were held against those.
            memory.described.clear();
        }
        let view = View { who: self.who.clone(), memory, question };
        let decision = NewDecision {
            bot_id: turn.bot.id,
            kind,
            at: turn.now(),
            seed: self.seed,
            by: record.by.clone(),
            view: storable(json!(view)),
            record: storable(json!(record)),
            outcome: storable(json!(outcome)),
            tokens: counted(record.tokens()),
            cost: fleet_bots::Micros(record.cost().0),
            people: people.into_iter().chain(self.remembered.iter().cloned()).collect(),
        };
        Ok(turn.world.bots.record_decision(decision).await?)
    }
}

/// What others wrote of the summary.
fn named(memory: &BotMemory) -> ByAuthor {
    let met = memory.met.iter().take(MET).map(|met| (&met.username, [&met.name, &met.last_title]));
    let liked = memory.liked.iter().take(LIKED);
    let liked = liked.map(|liked| (&liked.username, [&liked.author, &liked.title]));
    let mut named = ByAuthor::new();
    for (username, texts) in met.chain(liked) {
        named.entry(username.clone()).or_default().extend(texts.map(String::clone));
    }
    named
}

/// Whom a bot met and what it liked, in a few words. Names and titles are as their authors wrote them.
fn summary(memory: &BotMemory) -> String {
    let met: Vec<String> = memory.met.iter().take(MET).map(told).collect();
    let liked: Vec<String> = memory
        .liked
        .iter()
        .take(LIKED)
        .map(|liked| format!("“{}” by {}", liked.title, liked.author))
        .collect();
    let part =
        |what: &str, some: Vec<String>| (!some.is_empty()).then(|| format!("{what} {}.", some.join(", ")));
    [part("Met", met), part("Liked", liked)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn told(met: &Met) -> String {
    let times = match met.times {
        1 => String::new(),
        times => format!(" {times} times"),
    };
    format!("{}{times}, last at “{}”", met.name, met.last_title)
}

/// The same value without what Postgres does not take and nobody can see.
fn storable(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(super::turn::storable(&text)),
        Value::Array(all) => all.into_iter().map(storable).collect(),
        Value::Object(all) => all.into_iter().map(|(name, value)| (name, storable(value))).collect(),
        other => other,
    }
}
