//! What became of a request that takes a like back cannot be looked up now: it is looked for later, and keeps none waiting.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use crate::entities::action::{ActionKind, ActionStatus, Column, Entity, Model as Action};
use crate::error::{Error, Result};
use crate::time::FleetTime;

/// `seen` is the row as it was when it was looked for; how often that was in vain is counted with what put it off before.
///
/// # Errors
/// `Overtaken` when it has changed since.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    seen: &Action,
    until: FleetTime,
) -> Result<Effect<Action>> {
    let later = Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(until))
        .col_expr(Column::Postponed, Expr::col(Column::Postponed).add(1))
        .filter(Column::Id.eq(seen.id))
        .filter(Column::Kind.eq(ActionKind::Unlike))
        .filter(Column::Status.eq(ActionStatus::Sent))
        .filter(Column::Postponed.eq(seen.postponed))
        .exec_with_returning(tx)
        .await?;
    match later.into_iter().next() {
        Some(action) => Ok(Effect::silent(action)),
        None => Err(Error::Overtaken(format!("somebody else went on with action {}", seen.id))),
    }
}
