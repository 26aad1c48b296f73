//! The last gate before a like is taken back. It asks for no lease, since the bot may have no agent: it opens once for each
//! row, for a node that is alive, and while nothing is stopped.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Effect;
use crate::backend::now_expr;
use crate::entities::action::{ActionKind, ActionStatus, Column, Entity, Model as Action};
use crate::entities::{node, setting};
use crate::error::{Error, Result};
use crate::id::{ActionId, NodeId};
use crate::time::FleetTime;

/// # Errors
/// `Overtaken` when the request must not begin; the row stays as it is.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    id: ActionId,
    node_id: NodeId,
    at: FleetTime,
) -> Result<Effect<Action>> {
    let now = now_expr(tx.get_database_backend());
    let stop = Query::select()
        .expr(Expr::val(1))
        .from(setting::Entity)
        .and_where(setting::Column::Key.eq(setting::STOP))
        .take();
    let alive = Query::select()
        .expr(Expr::val(1))
        .from(node::Entity)
        .and_where(node::Column::Id.eq(node_id))
        .and_where(Expr::col((node::Entity, node::Column::ExpiresAt)).gt(now.clone()))
        .take();
    let sent = Entity::update_many()
        .col_expr(Column::Status, Expr::value(ActionStatus::Sent))
        .col_expr(Column::SentAt, now)
        .col_expr(Column::BegunAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::Kind.eq(ActionKind::Unlike))
        .filter(Column::Status.eq(ActionStatus::Planned))
        .filter(Expr::exists(alive))
        .filter(Expr::exists(stop).not())
        .exec_with_returning(tx)
        .await?;
    match sent.into_iter().next() {
        Some(action) => Ok(Effect::silent(action)),
        None => Err(Error::Overtaken(format!(
            "action {id} may not be sent: another node is at it, everything is stopped, or this node has expired"
        ))),
    }
}
