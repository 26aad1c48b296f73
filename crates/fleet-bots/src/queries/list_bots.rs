//! Living bots with what was last seen of them: filtered, sorted, a page at a time.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};

use super::Page;
use crate::entities::bot::{Column, Entity, Intent, Model as Bot};
use crate::entities::bot_lease::{self, Model as Lease, ObservedState};
use crate::error::Result;

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
    let found = filtered(filter);
    let total = found.clone().count(db).await?;
    let order = if filter.descending { Order::Desc } else { Order::Asc };
    let per_page = filter.per_page.clamp(1, 1_000);
    let bots = found
        .order_by(column(filter.sort), order.clone())
        .order_by(Column::Id, order)
        .offset(filter.page.saturating_mul(per_page))
        .limit(per_page)
        .all(db)
        .await?;
    Ok(Page { rows: with_leases(db, bots).await?, total })
}

/// The same bots in the same order, each with its lease.
pub(crate) async fn with_leases(db: &impl ConnectionTrait, bots: Vec<Bot>) -> Result<Vec<BotView>> {
    let leases = bot_lease::Entity::find()
        .filter(bot_lease::Column::BotId.is_in(bots.iter().map(|bot| bot.id)))
        .all(db)
        .await?;
    let mut leases: HashMap<_, _> = leases.into_iter().map(|lease| (lease.bot_id, lease)).collect();
    let view = |bot: Bot| leases.remove(&bot.id).map(|seen| BotView { bot, seen });
    Ok(bots.into_iter().filter_map(view).collect())
}

fn filtered(filter: &BotFilter) -> sea_orm::Select<Entity> {
    let mut found = Entity::find().filter(Column::DeletedAt.is_null());
    if let Some(intent) = filter.intent {
        found = found.filter(Column::Intent.eq(intent));
    }
    if let Some(persona) = &filter.persona {
        found = found.filter(Column::Persona.eq(persona.as_str()));
    }
    if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        // `%` and `_` are themselves here, not wildcards.
        let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = sea_orm::sea_query::LikeExpr::new(format!("%{escaped}%")).escape('\\');
        let matches = |column| Expr::expr(Func::lower(Expr::col(column))).like(pattern.clone());
        found = found.filter(matches(Column::Name).or(matches(Column::Username)));
    }
    if let Some(state) = filter.state {
        let seen = Query::select()
            .column(bot_lease::Column::BotId)
            .from(bot_lease::Entity)
            .and_where(bot_lease::Column::State.eq(state))
            .take();
        found = found.filter(Column::Id.in_subquery(seen));
    }
    found
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
