//! A post is gone from the gallery: a bot forgets it, and what it still meant to do there ends. That is nothing to alarm
//! anybody, so the log is not told.

use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use crate::entities::action::{self, ActionKind, ActionStatus};
use crate::entities::{bot, seen_post};
use crate::error::Result;
use crate::id::BotId;
use crate::ledger::GONE;
use crate::selection::lock_bots;
use crate::time::FleetTime;

/// Returns how many plans ended.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    bot_id: BotId,
    post_id: &str,
    at: FleetTime,
) -> Result<Effect<u64>> {
    lock_bots(tx, Condition::all().add(bot::Column::Id.eq(bot_id))).await?;
    Ok(Effect::silent(forget(tx, bot_id, post_id, at).await?))
}

/// The same for a bot that is locked already.
pub(crate) async fn forget(
    tx: &impl ConnectionTrait,
    bot_id: BotId,
    post_id: &str,
    at: FleetTime,
) -> Result<u64> {
    seen_post::Entity::delete_many()
        .filter(seen_post::Column::BotId.eq(bot_id))
        .filter(seen_post::Column::PostId.eq(post_id))
        .exec(tx)
        .await?;
    let ended = action::Entity::update_many()
        .col_expr(action::Column::Status, Expr::value(ActionStatus::Failed))
        .col_expr(action::Column::Failure, Expr::value(GONE))
        .col_expr(action::Column::SettledAt, Expr::value(at))
        .filter(action::Column::BotId.eq(bot_id))
        .filter(action::Column::Target.eq(post_id))
        // What an operator wants taken back is told to the operator.
        .filter(action::Column::Kind.ne(ActionKind::Unlike))
        .filter(action::Column::Status.eq(ActionStatus::Planned))
        .exec(tx)
        .await?;
    Ok(ended.rows_affected)
}
