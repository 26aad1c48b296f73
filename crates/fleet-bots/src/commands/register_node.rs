//! A process that wants to hold bots makes itself known.

use std::time::Duration;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter};

use super::renew_node;
use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::node::{ActiveModel, Column, Entity, Model as Node};
use crate::error::Result;
use crate::id::NodeId;
use crate::time::StoreTime;

/// Its leases live for `ttl` from now. On SQLite the caller holds the file's lock, so that every other node is gone,
/// whatever its row says: their rows go, and with them their leases, at once.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    id: NodeId,
    name: &str,
    ttl: Duration,
    asked: &Asked,
) -> Result<Effect<Node>> {
    if tx.get_database_backend() == DbBackend::Sqlite {
        Entity::delete_many().exec(tx).await?;
    }
    let unset = StoreTime::default();
    let row = ActiveModel {
        id: Set(id),
        name: Set(name.to_owned()),
        started_at: Set(unset),
        expires_at: Set(unset),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    // Renewing reads the database's clock; a node has lived for as long as its first lease has.
    let first = renew_node::execute(tx, id, Duration::ZERO).await?.value;
    Entity::update_many()
        .col_expr(Column::StartedAt, Expr::value(first.expires_at))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    let node = renew_node::execute(tx, id, ttl).await?.value;
    let activity = NewActivity::of_fleet(ActivityKind::NodeJoined, asked.at, format!("node {name} joined"));
    Ok(Effect { value: node, log: vec![activity] })
}
