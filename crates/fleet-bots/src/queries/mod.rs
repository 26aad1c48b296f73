//! What can be asked: one read a file, each a function `execute`. A query writes nothing.

pub(crate) mod bots_called;
pub(crate) mod bound_gallery;
pub(crate) mod departing;
pub(crate) mod explain_activity;
pub(crate) mod export_activity;
pub(crate) mod find_session;
pub(crate) mod fleet_pulse;
pub(crate) mod fleet_summary;
pub(crate) mod get_activity;
pub(crate) mod get_bot;
pub(crate) mod get_decision;
pub(crate) mod held_leases;
pub(crate) mod invitation_stands;
pub(crate) mod list_bots;
pub(crate) mod list_deeds;
pub(crate) mod list_nodes;
pub(crate) mod list_operators;
pub(crate) mod list_sessions;
pub(crate) mod names_of;
pub(crate) mod next_undo;
pub(crate) mod open_undos;
pub(crate) mod our_share;
pub(crate) mod pending_requests;
pub(crate) mod persona_counts;
pub(crate) mod read_allowance;
pub(crate) mod read_clock;
pub(crate) mod read_costs;
pub(crate) mod read_rests;
pub(crate) mod read_settings;
pub(crate) mod recall_memory;
pub(crate) mod recall_posts;
pub(crate) mod recent_actions;
pub(crate) mod rests_of;
pub(crate) mod room_left;
pub(crate) mod said_before;
pub(crate) mod stop_order;
pub(crate) mod store_health;
pub(crate) mod taken_usernames;
pub(crate) mod unsettled_actions;
pub(crate) mod usernames;
pub(crate) mod wanted_bots;

use sea_orm::DbBackend;
use sea_orm::sea_query::{BinOper, Expr, ExprTrait, Func, IntoColumnRef, Query, SelectStatement};

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

/// Whether a column contains `text`, whatever the case. The store lowers both sides itself: SQLite knows the case of
/// A to Z only, and lowering more than it does would find less.
pub(crate) fn contains<C: IntoColumnRef>(column: C, text: &str) -> Expr {
    // No text of the store contains a zero, and Postgres does not even take one.
    let text = text.replace('\0', "\u{fffd}");
    // `%` and `_` are themselves here, not wildcards.
    let escaped = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let pattern = Func::lower(Expr::value(format!("%{escaped}%")));
    let pattern = Expr::expr(pattern).binary(BinOper::Escape, Expr::Constant('!'.into()));
    Expr::expr(Func::lower(Expr::col(column))).binary(BinOper::Like, pattern)
}
