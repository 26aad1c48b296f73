//! Living bots with what was last seen of them: filtered, sorted, a page at a time.

use std::collections::HashMap;

use sea_orm::sea_query::{BinOper, Expr, ExprTrait, Func, NullOrdering, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};

use super::{Page, living_nodes};
use crate::entities::bot::{Column, Entity, Intent, Model as Bot};
use crate::entities::bot_lease::{self, Model as Lease, ObservedState};
use crate::entities::node;
use crate::error::Result;
use crate::id::NodeId;

/// No store counts further.
const FURTHEST: u64 = i64::MAX as u64;

/// Which bots, in which order, and which page of them.
#[derive(Clone, Debug, PartialEq)]
pub struct BotFilter {
    /// Only those with this intent.
    pub intent: Option<Intent>,
    /// Only those last seen in this state.
    pub state: Option<ObservedState>,
    /// Only those of this persona.
    pub persona: Option<String>,
    /// Only those whose name or username contains this, whatever the case.
    pub text: Option<String>,
    /// What comes first.
    pub sort: BotSort,
    /// Whether the order is turned round.
    pub descending: bool,
    /// The first page is 0.
    pub page: u64,
    /// Rows a page, 1 to 1,000.
    pub per_page: u64,
}

/// What bots are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of the columns")]
pub enum BotSort {
    #[default]
    Name,
    Username,
    Persona,
    Intent,
    CreatedAt,
    LastActionAt,
    Posts,
    Likes,
    Comments,
}

/// A bot, and what was last seen of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BotView {
    /// Who it is and what is wanted of it.
    pub bot: Bot,
    /// Who holds it, and what was last seen.
    pub seen: Lease,
}

impl Default for BotFilter {
    fn default() -> Self {
        Self {
            intent: None,
            state: None,
            persona: None,
            text: None,
            sort: BotSort::Name,
            descending: false,
            page: 0,
            per_page: 50,
        }
    }
}

impl BotView {
    /// What to show as the bot's state: what was seen while a node holds it, else what is wanted of it.
    #[must_use]
    pub fn state(&self) -> String {
        match (self.bot.intent, self.seen.state) {
            (Intent::Stopped, None) => "stopped".into(),
            (_, Some(state)) if self.seen.node_id.is_some() => state.to_string(),
            _ => "waiting".into(),
        }
    }
}

pub(crate) async fn execute(db: &impl ConnectionTrait, filter: &BotFilter) -> Result<Page<BotView>> {
    let found = filtered(filter, db.get_database_backend());
    let total = found.clone().count(db).await?;
    // Who never acted comes before who acted first, on both stores.
    let (order, nulls) = match filter.descending {
        false => (Order::Asc, NullOrdering::First),
        true => (Order::Desc, NullOrdering::Last),
    };
    let per_page = filter.per_page.clamp(1, 1_000);
    let bots = found
        .order_by_with_nulls(sorted_by(filter.sort), order.clone(), nulls)
        .order_by(Column::Id, order)
        .offset(Ord::min(filter.page.saturating_mul(per_page), FURTHEST))
        .limit(per_page)
        .all(db)
        .await?;
    Ok(Page { rows: with_leases(db, bots).await?, total })
}

/// The same bots in the same order, each with its lease. A lease of a node that died is shown as what it is: nobody's.
pub(crate) async fn with_leases(db: &impl ConnectionTrait, bots: Vec<Bot>) -> Result<Vec<BotView>> {
    let leases = bot_lease::Entity::find()
        .filter(bot_lease::Column::BotId.is_in(bots.iter().map(|bot| bot.id)))
        .all(db)
        .await?;
    let living: Vec<NodeId> = node::Entity::find()
        .select_only()
        .column(node::Column::Id)
        .filter(node::Column::Id.in_subquery(living_nodes(db.get_database_backend())))
        .into_tuple()
        .all(db)
        .await?;
    let held_by_the_living = |lease: Lease| match lease.node_id {
        Some(node_id) if !living.contains(&node_id) => {
            Lease { node_id: None, state: None, current_action: None, ..lease }
        }
        _ => lease,
    };
    let mut leases: HashMap<_, _> =
        leases.into_iter().map(|lease| (lease.bot_id, held_by_the_living(lease))).collect();
    let view = |bot: Bot| leases.remove(&bot.id).map(|seen| BotView { bot, seen });
    Ok(bots.into_iter().filter_map(view).collect())
}

fn filtered(filter: &BotFilter, backend: DbBackend) -> sea_orm::Select<Entity> {
    let mut found = Entity::find().filter(Column::DeletedAt.is_null());
    if let Some(intent) = filter.intent {
        found = found.filter(Column::Intent.eq(intent));
    }
    if let Some(persona) = &filter.persona {
        found = found.filter(Column::Persona.eq(persona.as_str()));
    }
    if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        found = found.filter(contains(Column::Name, text).or(contains(Column::Username, text)));
    }
    if let Some(state) = filter.state {
        let seen = Query::select()
            .column(bot_lease::Column::BotId)
            .from(bot_lease::Entity)
            .and_where(bot_lease::Column::State.eq(state))
            .and_where(bot_lease::Column::NodeId.in_subquery(living_nodes(backend)))
            .take();
        found = found.filter(Column::Id.in_subquery(seen));
    }
    found
}

/// Whether a column contains `text`, whatever the case. The store lowers both sides itself: SQLite knows the case of
/// A to Z only, and lowering more than it does would find less.
fn contains(column: Column, text: &str) -> Expr {
    // No name contains a zero, and Postgres does not even take one.
    let text = text.replace('\0', "\u{fffd}");
    // `%` and `_` are themselves here, not wildcards.
    let escaped = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let pattern = Func::lower(Expr::value(format!("%{escaped}%")));
    let pattern = Expr::expr(pattern).binary(BinOper::Escape, Expr::Constant('!'.into()));
    Expr::expr(Func::lower(Expr::col(column))).binary(BinOper::Like, pattern)
}

fn sorted_by(sort: BotSort) -> Expr {
    match sort {
        // By the alphabet, not capitals first.
        BotSort::Name => Expr::expr(Func::lower(Expr::col(Column::Name))),
        sort => Expr::col(column(sort)),
    }
}

fn column(sort: BotSort) -> Column {
    match sort {
        BotSort::Name => Column::Name,
        BotSort::Username => Column::Username,
        BotSort::Persona => Column::Persona,
        BotSort::Intent => Column::Intent,
        BotSort::CreatedAt => Column::CreatedAt,
        BotSort::LastActionAt => Column::LastActionAt,
        BotSort::Posts => Column::Posts,
        BotSort::Likes => Column::Likes,
        BotSort::Comments => Column::Comments,
    }
}
