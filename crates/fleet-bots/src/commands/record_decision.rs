//! Keeps what was asked and answered when a bot decided, so that whoever sees what came of it can find out why.

use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use serde_json::Value;

use super::Effect;
use super::change_settings::steady;
use super::settle_spend::{Tokens, whole};
use crate::entities::decision::{DecisionKind, Entity, Model as Decision};
use crate::error::Result;
use crate::id::{BotId, DecisionId};
use crate::money::Micros;
use crate::restraint::handle;
use crate::time::FleetTime;

/// Something that a bot decided.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDecision {
    /// Who decided.
    pub bot_id: BotId,
    /// What it was about.
    pub kind: DecisionKind,
    /// When, in fleet time.
    pub at: FleetTime,
    /// What all its chance was drawn from.
    pub seed: u64,
    /// Who was asked: `offline`, or a provider and a model.
    pub by: String,
    /// Exactly what was asked.
    pub view: Value,
    /// How the answer came about: calls, answers, checks.
    pub record: Value,
    /// What came of it.
    pub outcome: Value,
    /// How long all its calls were.
    pub tokens: Tokens,
    /// What all its calls cost.
    pub cost: Micros,
    /// The handles of everybody whose words, name or pictures stand in it: it goes when one of them is forgotten.
    pub people: Vec<String>,
}

/// Nothing is kept where one of the people is left alone by now: they may have asked to be, or have been forgotten, while a bot
/// thought about them. The id leads nowhere then, as that of a decision that was kept long enough.
///
/// # Errors
/// When the store does not answer.
pub(crate) async fn execute(tx: &impl ConnectionTrait, new: NewDecision) -> Result<Effect<DecisionId>> {
    let id = DecisionId::generate();
    let decision = Decision {
        id,
        bot_id: new.bot_id,
        kind: new.kind,
        at: new.at,
        seed: new.seed.to_string(),
        by: new.by,
        view: without_zeros(new.view),
        record: without_zeros(new.record),
        outcome: without_zeros(new.outcome),
        tokens_in: whole(new.tokens.input),
        tokens_out: whole(new.tokens.output),
        tokens_pictures: whole(new.tokens.pictures),
        cost: new.cost,
        people: listed(&new.people),
    };
    let is_unwanted = !decision.people.is_empty() && decision.names_left_alone(&steady(tx).await?);
    if !is_unwanted {
        Entity::insert(decision.into_active_model()).exec_without_returning(tx).await?;
    }
    Ok(Effect::silent(id))
}

/// Handles as they are kept with a decision: each between ends of lines, so that none is found within another.
fn listed(people: &[String]) -> String {
    let mut handles: Vec<String> = people.iter().map(|person| handle(person)).collect();
    handles.retain(|handle| !handle.is_empty());
    handles.sort_unstable();
    handles.dedup();
    match handles.is_empty() {
        true => String::new(),
        false => format!("\n{}\n", handles.join("\n")),
    }
}

/// Postgres takes no zero in a text; a model may write one.
fn without_zeros(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace('\0', "\u{fffd}")),
        Value::Array(values) => values.into_iter().map(without_zeros).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name.replace('\0', "\u{fffd}"), without_zeros(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        value => value,
    }
}
