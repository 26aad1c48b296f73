//! Living bots with what was last seen of them: filtered, sorted, a page at a time.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use sea_orm::sea_query::{Expr, ExprTrait, Func, NullOrdering, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};

use super::{Page, contains, living_nodes};
use crate::entities::bot::{Column, Entity, Intent, Model as Bot};
use crate::entities::bot_lease::{self, Model as Lease, ObservedState};
use crate::entities::node;
use crate::error::Result;
use crate::id::{BotId, NodeId};

/// No store counts further.
const FURTHEST: u64 = i64::MAX as u64;

/// Which bots, in which order, and which page of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotFilter {
    /// Only those with this intent.
    pub intent: Option<Intent>,
    /// Only those in this state.
    pub state: Option<BotState>,
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

/// What a bot is in: what the node that holds it sees, or why no node sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum BotState {
    /// A living node holds it, and saw this.
    Seen(ObservedState),
    /// It is wanted, and no living node holds it yet.
    Waiting,
    /// It is not wanted, and no living node holds it any more.
    Stopped,
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
    /// What to show as the bot's state.
    #[must_use]
    pub fn bot_state(&self) -> BotState {
        match (self.seen.node_id, self.seen.state) {
            (Some(_), Some(state)) => BotState::Seen(state),
            _ if self.bot.intent == Intent::Stopped => BotState::Stopped,
            _ => BotState::Waiting,
        }
    }

    /// The word for that.
    #[must_use]
    pub fn state(&self) -> String {
        self.bot_state().to_string()
    }
}

impl BotState {
    /// The words for all of them, as filters are written: what nodes see first, then what they do not.
    pub const WORDS: [&'static str; 10] = [
        "starting",
        "resting",
        "looking",
        "acting",
        "backing_off",
        "limited",
        "parked",
        "halted",
        "waiting",
        "stopped",
    ];
}

impl fmt::Display for BotState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BotState::Seen(state) => state.fmt(f),
            BotState::Waiting => f.pad("waiting"),
            BotState::Stopped => f.pad("stopped"),
        }
    }
}

impl From<BotState> for String {
    fn from(state: BotState) -> Self {
        state.to_string()
    }
}

impl TryFrom<String> for BotState {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        word.parse()
    }
}

impl FromStr for BotState {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "waiting" => Ok(BotState::Waiting),
            "stopped" => Ok(BotState::Stopped),
            word => match word.parse() {
                Ok(state) => Ok(BotState::Seen(state)),
                Err(none) => Err(format!("{none}, waiting, stopped")),
            },
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
    // Who is on the page first, and then all of them: sorting names is quick, sorting whole bots is not.
    let on_it: Vec<BotId> = found
        .select_only()
        .column(Column::Id)
        .order_by_with_nulls(sorted_by(filter.sort), order.clone(), nulls)
        .order_by(Column::Id, order)
        .offset(Ord::min(filter.page.saturating_mul(per_page), FURTHEST))
        .limit(per_page)
        .into_tuple()
        .all(db)
        .await?;
    let bots = Entity::find().filter(Column::Id.is_in(on_it.iter().copied())).all(db).await?;
    let mut bots: HashMap<_, _> = bots.into_iter().map(|bot| (bot.id, bot)).collect();
    let bots = on_it.iter().filter_map(|id| bots.remove(id)).collect();
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

/// All that `filter` lets pass, on whichever page.
pub(crate) fn filtered(filter: &BotFilter, backend: DbBackend) -> sea_orm::Select<Entity> {
    let mut found = Entity::find().filter(Column::DeletedAt.is_null());
    if let Some(intent) = filter.intent {
        found = found.filter(Column::Intent.eq(intent));
    }
    if let Some(persona) = &filter.persona {
        found = found.filter(Column::Persona.eq(persona.replace('\0', "\u{fffd}")));
    }
    if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        found = found.filter(contains(Column::Name, text).or(contains(Column::Username, text)));
    }
    let id = Expr::col(Column::Id);
    match filter.state {
        None => found,
        Some(BotState::Seen(state)) => {
            let seen = held(backend).and_where(bot_lease::Column::State.eq(state)).take();
            found.filter(id.in_subquery(seen))
        }
        Some(BotState::Waiting) => {
            found.filter(Column::Intent.ne(Intent::Stopped)).filter(id.not_in_subquery(held(backend)))
        }
        Some(BotState::Stopped) => {
            found.filter(Column::Intent.eq(Intent::Stopped)).filter(id.not_in_subquery(held(backend)))
        }
    }
}

/// The bots of which a living node sees something.
fn held(backend: DbBackend) -> SelectStatement {
    Query::select()
        .column(bot_lease::Column::BotId)
        .from(bot_lease::Entity)
        .and_where(bot_lease::Column::State.is_not_null())
        .and_where(bot_lease::Column::NodeId.in_subquery(living_nodes(backend)))
        .take()
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

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn every_state_has_its_word_and_every_word_is_a_state() {
        let states = ObservedState::iter().map(BotState::Seen).chain([BotState::Waiting, BotState::Stopped]);
        let words: Vec<String> = states.map(|state| state.to_string()).collect();
        assert_eq!(words, BotState::WORDS);
        for word in BotState::WORDS {
            assert_eq!(word.parse::<BotState>().map(|state| state.to_string()), Ok(word.to_owned()));
        }
    }
}
