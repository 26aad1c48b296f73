//! A node takes up some of the accounts whose bots were deleted, to have them removed. One statement, and whoever comes
//! second finds nothing: what was taken up is due again only when its removal must have ended one way or the other.

use std::time::Duration;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, LockBehavior, LockType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::Effect;
use super::mark_sent::is_stopped;
use crate::backend::now_expr;
use crate::entities::action::{self, ActionKind, ActionStatus};
use crate::entities::bot::{Account, Column, Entity, Model as Bot};
use crate::error::Result;
use crate::id::NodeId;
use crate::queries::living_nodes;
use crate::time::micros;

/// Takes up to `most`, each for as long as `patience`; none while everything is stopped, or when the node has expired.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    node_id: NodeId,
    most: u64,
    patience: Duration,
) -> Result<Effect<Vec<Bot>>> {
    let now = now_expr(tx.get_database_backend());
    let is_due = Condition::any()
        .add(Column::AccountDue.is_null())
        .add(Expr::col(Column::AccountDue).lte(now.clone()));
    // Only the account itself can take back what it did.
    let is_undoing = action::Entity::find()
        .select_only()
        .column(action::Column::BotId)
        .filter(action::Column::Kind.eq(ActionKind::Unlike))
        .filter(action::Column::Status.is_in([ActionStatus::Planned, ActionStatus::Sent]))
        .into_query();
    let pick = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Account.eq(Account::Leaving))
        .filter(is_due)
        .filter(Column::Id.not_in_subquery(is_undoing))
        .filter(is_stopped().not())
        .filter(Expr::value(node_id).in_subquery(living_nodes(tx.get_database_backend())))
        .order_by_asc(Column::Id)
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    let taken = Entity::update_many()
        .col_expr(Column::AccountAskedAt, now.clone())
        .col_expr(Column::AccountDue, now.add(micros(patience)))
        .col_expr(Column::AccountTries, Expr::col(Column::AccountTries).add(1))
        .filter(Column::Id.in_subquery(pick))
        .exec_with_returning(tx)
        .await?;
    Ok(Effect::silent(taken))
}
