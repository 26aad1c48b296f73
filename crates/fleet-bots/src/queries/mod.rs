//! What can be asked: one read a file, each a function `execute`. A query writes nothing.

pub(crate) mod find_session;
pub(crate) mod fleet_summary;
pub(crate) mod get_activity;
pub(crate) mod get_bot;
pub(crate) mod held_leases;
pub(crate) mod invitation_stands;
pub(crate) mod list_bots;
pub(crate) mod list_operators;
pub(crate) mod list_sessions;
pub(crate) mod pending_requests;
pub(crate) mod read_clock;
pub(crate) mod recall_posts;
pub(crate) mod recent_actions;
pub(crate) mod stop_order;
pub(crate) mod unsettled_actions;
pub(crate) mod wanted_bots;

use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};

use crate::backend::now_expr;
use crate::entities::node;

/// Some of many, and how many there are.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// How many rows there are on all pages.
    pub total: u64,
}

/// The ids of the nodes that are alive; what any other node holds is nobody's.
pub(crate) fn living_nodes(backend: DbBackend) -> SelectStatement {
    Query::select()
        .column(node::Column::Id)
        .from(node::Entity)
        .and_where(Expr::col(node::Column::ExpiresAt).gt(now_expr(backend)))
        .take()
}
