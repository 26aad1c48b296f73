//! Ends a row that takes a like back, or puts it off when its request is known not to have begun; with it, in the same
//! transaction, the like that it was about, the bot's counter, and the line of the log.

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use crate::entities::action::{ActionStatus, Column, Content, Entity, Model as Action};
use crate::entities::bot;
use crate::entities::bot_activity::ActivityKind;
use crate::error::{Error, Result};
use crate::ledger::{self, GONE, Outcome};
use crate::selection::lock_bots;
use crate::time::FleetTime;

/// `seen` is the row as it was when its outcome was found out: somebody else may have gone on with it since.
///
/// # Errors
/// `Overtaken` when it has changed since.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    seen: &Action,
    outcome: Outcome,
    at: FleetTime,
) -> Result<Effect<Action>> {
    lock_bots(tx, Condition::all().add(bot::Column::Id.eq(seen.bot_id))).await?;
    let bot = bot::Entity::find_by_id(seen.bot_id).one(tx).await?;
    let bot = bot.ok_or_else(|| Error::NotFound(format!("bot {}", seen.bot_id)))?;
    let action = written(tx, seen, &outcome, at).await?;
    let told = action.content.told_of(&bot.name);
    let (kind, message) = match &outcome {
        Outcome::Done { .. } => (ActivityKind::Unlike, told),
        Outcome::Failed { why } | Outcome::Wasted { why } => {
            (ActivityKind::Error, format!("did not happen: {told} ({why})"))
        }
        Outcome::Gone => (ActivityKind::Error, format!("did not happen: {told} ({GONE})")),
        Outcome::Unresolved { why } => (ActivityKind::Unresolved, ledger::unresolved(&bot, &action, why)),
        Outcome::Postponed { .. } => return Ok(Effect::silent(action)),
    };
    let mut line = ledger::line(&action, kind, message, None, at);
    if let (Some(particulars), Content::Unlike { by, .. }) = (line.metadata.as_mut(), &action.content) {
        particulars["by"] = by.as_str().into();
    }
    if action.status == ActionStatus::Done {
        ledger::note_undone(tx, &action).await?;
    }
    ledger::count(tx, &action, &line, at).await?;
    Ok(Effect { value: action, log: vec![line] })
}

async fn written(
    tx: &impl ConnectionTrait,
    seen: &Action,
    outcome: &Outcome,
    at: FleetTime,
) -> Result<Action> {
    let row = Entity::update_many()
        .filter(Column::Id.eq(seen.id))
        .filter(Column::Status.eq(seen.status))
        .filter(Column::Postponed.eq(seen.postponed));
    ledger::settle(row, outcome, at)
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Error::Overtaken(format!("somebody else went on with action {}", seen.id)))
}
