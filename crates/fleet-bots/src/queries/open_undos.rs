//! What is still to be taken back, the whole fleet's: it is nobody's agent's, and not among its open rows.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entities::action::{ActionKind, ActionStatus, Column, Entity, Model as Action};
use crate::error::Result;

/// Oldest first.
pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<Vec<Action>> {
    Ok(Entity::find()
        .filter(Column::Kind.eq(ActionKind::Unlike))
        .filter(Column::Status.is_in([ActionStatus::Planned, ActionStatus::Sent]))
        .order_by_asc(Column::Id)
        .all(db)
        .await?)
}
