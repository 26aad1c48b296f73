//! The operator says of a row whose fate nobody could tell whether it happened. Either way it is an end: nothing is ever
//! repeated because of it.

use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Asked, Effect};
use crate::entities::action::{ActionStatus, Column, Entity, Model as Action};
use crate::entities::bot;
use crate::entities::bot_activity::ActivityKind;
use crate::error::{Error, Result};
use crate::id::ActionId;
use crate::ledger;
use crate::memory;
use crate::selection::lock_bots;

/// What happened counts and is told as if its answer had come. What did not, failed; the bot may do the same again by a
/// decision of its own.
///
/// # Errors
/// `NotFound`; `Conflict` when the row is not unresolved.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    id: ActionId,
    happened: bool,
    asked: &Asked,
) -> Result<Effect<Action>> {
    let row = Entity::find_by_id(id).one(tx).await?;
    let row = row.ok_or_else(|| Error::NotFound(format!("action {id}")))?;
    lock_bots(tx, Condition::all().add(bot::Column::Id.eq(row.bot_id))).await?;
    let bot = bot::Entity::find_by_id(row.bot_id).one(tx).await?;
    let bot = bot.ok_or_else(|| Error::NotFound(format!("bot {}", row.bot_id)))?;
    let (status, failure) = match happened {
        true => (ActionStatus::Done, None),
        false => (ActionStatus::Failed, Some(format!("{} said that it did not happen", asked.by))),
    };
    let resolved = Entity::update_many()
        .col_expr(Column::Status, Expr::value(status))
        .col_expr(Column::Failure, Expr::value(failure))
        .col_expr(Column::SettledAt, Expr::value(asked.at))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(ActionStatus::Unresolved))
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next();
    let Some(action) = resolved else { return Err(not_unresolved(tx, id).await?) };

    let told = action.content.told_of(&bot.name);
    let (kind, message) = match happened {
        true => (action.kind.when_done(), told),
        false => (ActivityKind::Error, format!("did not happen: {told} ({} said so)", asked.by)),
    };
    let mut line = ledger::line(&action, kind, message, None, asked.at);
    if let Some(particulars) = line.metadata.as_mut() {
        particulars["by"] = asked.by.as_str().into();
    }
    if happened {
        ledger::note_undone(tx, &action).await?;
        memory::note(tx, &action, asked.at).await?;
    }
    ledger::count(tx, &action, &line, asked.at).await?;
    Ok(Effect { value: action, log: vec![line] })
}

async fn not_unresolved(tx: &impl ConnectionTrait, id: ActionId) -> Result<Error> {
    let status = Entity::find_by_id(id).one(tx).await?.map(|row| row.status);
    let why = match status {
        Some(ActionStatus::Done) => "it is known to have happened",
        Some(ActionStatus::Failed) => "it is known not to have happened",
        _ => "its fate is not known yet, and is still looked for",
    };
    Ok(Error::Conflict(format!("action {id} needs no word of yours: {why}")))
}
