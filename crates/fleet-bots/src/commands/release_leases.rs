//! A node gives back bots that are not wanted any more, or that it cannot hold.

use sea_orm::sea_query::{Condition, Expr, LockType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

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
    let mut bots = bots.to_vec();
    bots.sort_unstable();
    for some in bots.chunks(1_000) {
        let some = Condition::all().add(Column::BotId.is_in(some.iter().copied()));
        hand_back(tx, node_id, some).await?;
    }
    Ok(Effect::silent(()))
}

/// Makes those of `node_id`'s leases that are meant nobody's.
///
/// Who writes several leases locks them in the order of their bots: two transactions that lock the same rows in different
/// orders wait for each other, and one of them is thrown out. Locking and writing is one statement, as two would each see
/// the leases of their own moment, and the second one those as well that `node_id` has claimed since the first.
pub(crate) async fn hand_back(tx: &impl ConnectionTrait, node_id: NodeId, meant: Condition) -> Result<()> {
    let locked = Entity::find()
        .select_only()
        .column(Column::BotId)
        .filter(meant.add(Column::NodeId.eq(node_id)))
        .order_by_asc(Column::BotId)
        .lock(LockType::NoKeyUpdate)
        .into_query();
    Entity::update_many()
        .col_expr(Column::NodeId, Expr::value(None::<uuid::Uuid>))
        .col_expr(Column::State, Expr::value(None::<ObservedState>))
        .col_expr(Column::CurrentAction, Expr::value(None::<String>))
        .filter(Column::BotId.in_subquery(locked))
        .exec(tx)
        .await?;
    Ok(())
}
