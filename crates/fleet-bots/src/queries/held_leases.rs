//! What a node holds by the store's word: its leases, and none once its own have lapsed, since anybody may take them then.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::living_nodes;
use crate::entities::bot_lease::{Column, Entity};
use crate::error::Result;
use crate::id::{BotId, NodeId};

/// Each bot with the epoch of its claim.
pub(crate) async fn execute(db: &impl ConnectionTrait, node_id: NodeId) -> Result<Vec<(BotId, i64)>> {
    let held = Entity::find()
        .select_only()
        .columns([Column::BotId, Column::Epoch])
        .filter(Column::NodeId.eq(node_id))
        .filter(Expr::value(node_id).in_subquery(living_nodes(db.get_database_backend())));
    Ok(held.into_tuple().all(db).await?)
}
