//! The last gate before a request: it opens only while the bot is meant to run, its lease is the sender's and alive, and
//! nothing is stopped, all asked of the store in the one statement that opens it. Losing every bell, or a node that woke
//! from a long sleep, cannot get past it.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use super::plan_action::opted_out;
use crate::backend::now_expr;
use crate::entities::action::{ActionStatus, Column, Entity, Model as Action};
use crate::entities::bot::Intent;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::{bot, bot_lease, node, setting};
use crate::error::{Error, Result};
use crate::id::{ActionId, NodeId};
use crate::ledger;
use crate::queries::read_settings;
use crate::selection::lock_bots;
use crate::time::FleetTime;

/// The lease under which a node acts for a bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The node.
    pub node_id: NodeId,
    /// The epoch of its claim.
    pub epoch: i64,
}

/// Returns the row: `sent`, or `failed` when it is about somebody who asked to be left alone since it was planned.
///
/// # Errors
/// `Overtaken` when the request must not begin; the row stays as it is.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    id: ActionId,
    holder: Holder,
    at: FleetTime,
) -> Result<Effect<Action>> {
    if let Some(failed) = fail_if_opted_out(tx, id, at).await? {
        return Ok(failed);
    }
    let now = now_expr(tx.get_database_backend());
    let stop = Query::select()
        .expr(Expr::val(1))
        .from(setting::Entity)
        .and_where(setting::Column::Key.eq(setting::STOP))
        .take();
    let sent = Entity::update_many()
        .col_expr(Column::Status, Expr::value(ActionStatus::Sent))
        .col_expr(Column::SentAt, now.clone())
        .col_expr(Column::BegunAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(ActionStatus::Planned))
        .filter(Column::BotId.in_subquery(bots_of(holder, now)))
        .filter(Expr::exists(stop).not())
        .exec_with_returning(tx)
        .await?;
    match sent.into_iter().next() {
        Some(action) => Ok(Effect::silent(action)),
        None => Err(Error::Overtaken(format!(
            "action {id} may not be sent: its bot is held, or its lease has gone"
        ))),
    }
}

/// Ends a plan that is about somebody who asked to be left alone, and says so.
async fn fail_if_opted_out(
    tx: &impl ConnectionTrait,
    id: ActionId,
    at: FleetTime,
) -> Result<Option<Effect<Action>>> {
    let settings = read_settings::execute(tx).await?;
    if settings.opted_out.is_empty() {
        return Ok(None);
    }
    let Some(row) = Entity::find_by_id(id).one(tx).await? else { return Ok(None) };
    let Some(person) = row.content.person().filter(|person| settings.leaves_alone(person)) else {
        return Ok(None);
    };
    let why = opted_out(person);
    // The bot first, as everywhere.
    lock_bots(tx, Condition::all().add(bot::Column::Id.eq(row.bot_id))).await?;
    let failed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(ActionStatus::Failed))
        .col_expr(Column::Failure, Expr::value(why.as_str()))
        .col_expr(Column::SettledAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(ActionStatus::Planned))
        .exec_with_returning(tx)
        .await?
        .into_iter()
        .next();
    let (Some(action), Some(bot)) = (failed, bot::Entity::find_by_id(row.bot_id).one(tx).await?) else {
        return Ok(None);
    };
    let message = format!("did not happen: {} ({why})", action.content.told_of(&bot.name));
    let line = ledger::line(&action, ActivityKind::Error, message, None, at);
    ledger::count(tx, &action, &line, at).await?;
    Ok(Some(Effect { value: action, log: vec![line] }))
}

/// The bots that `holder` may act for at this moment.
fn bots_of(holder: Holder, now: impl Into<sea_orm::sea_query::SimpleExpr>) -> SelectStatement {
    Query::select()
        .column((bot::Entity, bot::Column::Id))
        .from(bot::Entity)
        .inner_join(
            bot_lease::Entity,
            Expr::col((bot_lease::Entity, bot_lease::Column::BotId)).equals((bot::Entity, bot::Column::Id)),
        )
        .inner_join(
            node::Entity,
            Expr::col((node::Entity, node::Column::Id))
                .equals((bot_lease::Entity, bot_lease::Column::NodeId)),
        )
        .and_where(bot::Column::Intent.eq(Intent::Running))
        .and_where(bot::Column::DeletedAt.is_null())
        .and_where(bot_lease::Column::NodeId.eq(holder.node_id))
        .and_where(bot_lease::Column::Epoch.eq(holder.epoch))
        .and_where(Expr::col((node::Entity, node::Column::ExpiresAt)).gt(now.into()))
        .take()
}
