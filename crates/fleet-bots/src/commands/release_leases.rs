//! A node gives back bots that are not wanted any more, or that it cannot hold.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use crate::entities::bot_lease::{Column, Entity, ObservedState};
use crate::error::Result;
use crate::id::{BotId, NodeId};

/// Only what `node_id` holds; a lease that went elsewhere meanwhile stays there.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    node_id: NodeId,
    bots: &[BotId],
) -> Result<Effect<()>> {
    for some in bots.chunks(1_000) {
        Entity::update_many()
            .col_expr(Column::NodeId, Expr::value(None::<uuid::Uuid>))
            .col_expr(Column::State, Expr::value(None::<ObservedState>))
            .col_expr(Column::CurrentAction, Expr::value(None::<String>))
            .filter(Column::NodeId.eq(node_id))
            .filter(Column::BotId.is_in(some.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(Effect::silent(()))
}
