//! A node says that it is alive: one row, however many bots it holds.

use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use crate::backend::now_expr;
use crate::entities::node::{Column, Entity, Model as Node};
use crate::error::{Error, Result};
use crate::id::NodeId;
use crate::time::micros;

/// All leases of the node live for `ttl` from now, by the database's clock. Leases that have lapsed do not come to life
/// again: others may have acted for its bots since.
///
/// # Errors
/// `Overtaken` when the node's leases have lapsed or its row is gone: it has to join anew.
pub(crate) async fn execute(tx: &impl ConnectionTrait, id: NodeId, ttl: Duration) -> Result<Effect<Node>> {
    let now = || now_expr(tx.get_database_backend());
    let renewed = Entity::update_many()
        .col_expr(Column::ExpiresAt, now().add(micros(ttl)))
        .filter(Column::Id.eq(id))
        .filter(Expr::col(Column::ExpiresAt).gt(now()))
        .exec_with_returning(tx)
        .await?;
    match renewed.into_iter().next() {
        Some(node) => Ok(Effect::silent(node)),
        None => Err(Error::Overtaken(format!(
            "the leases of node {id} have lapsed; others may hold its bots, and it has to join anew"
        ))),
    }
}
