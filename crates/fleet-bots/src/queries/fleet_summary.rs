//! The fleet in a few numbers, for the head of a page.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use serde::Serialize;

use super::{departing, living_nodes, read_settings, rests_of};
use crate::entities::action::{self, ActionStatus};
use crate::entities::bot::{self, Intent};
use crate::entities::bot_lease::{self, ObservedState};
use crate::entities::node;
use crate::entities::rest::Model as Rest;
use crate::error::Result;

/// The fleet in a few numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FleetSummary {
    /// Living bots.
    pub bots: u64,
    /// Living bots by intent: `running`, `paused`, `stopped`.
    pub by_intent: BTreeMap<String, u64>,
    /// Living bots by the id of their persona.
    pub by_persona: BTreeMap<String, u64>,
    /// Held bots by what was last seen of them.
    pub by_state: BTreeMap<String, u64>,
    /// Pictures shared, since the beginning.
    pub posts: u64,
    /// Likes given.
    pub likes: u64,
    /// Comments written, answers among them.
    pub comments: u64,
    /// Rows of the ledger that failed.
    pub failed: u64,
    /// Rows of the ledger that nobody can tell the fate of.
    pub unresolved: u64,
    /// Rows of the ledger that are planned or sent.
    pub open: u64,
    /// Living nodes.
    pub nodes: u64,
    /// Whether nothing is liked, because no operator vouches that the platform counts agents' likes apart.
    pub likes_are_off: bool,
    /// Accounts of deleted bots that are still to be removed from the gallery.
    pub departing: u64,
    /// What the gallery said that keeps the whole fleet from acting.
    pub rests: Vec<Rest>,
}

impl FleetSummary {
    /// How many bots are meant to be `intent`.
    #[must_use]
    pub fn meant(&self, intent: Intent) -> u64 {
        self.by_intent.get(&intent.to_string()).copied().unwrap_or(0)
    }

    /// How many held bots were last seen in `state`.
    #[must_use]
    pub fn seen(&self, state: ObservedState) -> u64 {
        self.by_state.get(&state.to_string()).copied().unwrap_or(0)
    }
}

pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<FleetSummary> {
    let mut summary = FleetSummary::default();
    for (intent, count) in intents(db).await? {
        summary.bots += whole(count);
        summary.by_intent.insert(intent.to_string(), whole(count));
    }
    if let Some((posts, likes, comments)) = done(db).await? {
        (summary.posts, summary.likes, summary.comments) = (whole(posts), whole(likes), whole(comments));
    }
    for (persona, count) in personas(db).await? {
        summary.by_persona.insert(persona, whole(count));
    }
    for (state, count) in states(db).await? {
        summary.by_state.insert(state.to_string(), whole(count));
    }
    for (status, count) in ledger(db).await? {
        let count = whole(count);
        match status {
            ActionStatus::Failed => summary.failed += count,
            ActionStatus::Unresolved => summary.unresolved += count,
            ActionStatus::Planned | ActionStatus::Sent => summary.open += count,
            ActionStatus::Done => {}
        }
    }
    summary.likes_are_off = read_settings::execute(db).await?.likes_confirmed.is_none();
    let living = living_nodes(db.get_database_backend());
    summary.nodes = node::Entity::find().filter(node::Column::Id.in_subquery(living)).count(db).await?;
    summary.departing = departing::execute(db).await?;
    summary.rests = rests_of::execute(db, None).await?;
    Ok(summary)
}

async fn intents(db: &impl ConnectionTrait) -> Result<Vec<(Intent, i64)>> {
    Ok(bot::Entity::find()
        .select_only()
        .column(bot::Column::Intent)
        .column_as(bot::Column::Id.count(), "bots")
        .filter(bot::Column::DeletedAt.is_null())
        .group_by(bot::Column::Intent)
        .into_tuple()
        .all(db)
        .await?)
}

async fn personas(db: &impl ConnectionTrait) -> Result<Vec<(String, i64)>> {
    Ok(bot::Entity::find()
        .select_only()
        .column(bot::Column::Persona)
        .column_as(bot::Column::Id.count(), "bots")
        .filter(bot::Column::DeletedAt.is_null())
        .group_by(bot::Column::Persona)
        .into_tuple()
        .all(db)
        .await?)
}

async fn states(db: &impl ConnectionTrait) -> Result<Vec<(ObservedState, i64)>> {
    Ok(bot_lease::Entity::find()
        .select_only()
        .column(bot_lease::Column::State)
        .column_as(bot_lease::Column::BotId.count(), "bots")
        .filter(bot_lease::Column::State.is_not_null())
        .filter(bot_lease::Column::NodeId.in_subquery(living_nodes(db.get_database_backend())))
        .group_by(bot_lease::Column::State)
        .into_tuple()
        .all(db)
        .await?)
}

/// What was done since the beginning: posts, likes, comments. Bots count it as the ledger ends its rows, deleted ones
/// among them; to count those rows themselves would take longer with each day.
async fn done(db: &impl ConnectionTrait) -> Result<Option<(i64, i64, i64)>> {
    // A sum is none where there are no rows, and more than 64 bits wide on Postgres.
    let sum = |column: bot::Column| {
        let whole = Expr::expr(column.sum()).cast_as("bigint");
        Expr::expr(Func::coalesce([whole, Expr::val(0_i64)]))
    };
    Ok(bot::Entity::find()
        .select_only()
        .column_as(sum(bot::Column::Posts), "posts")
        .column_as(sum(bot::Column::Likes), "likes")
        .column_as(sum(bot::Column::Comments), "comments")
        .into_tuple()
        .one(db)
        .await?)
}

/// How many rows are not done; those that are done are by far the most, and nobody asks for them here.
async fn ledger(db: &impl ConnectionTrait) -> Result<Vec<(ActionStatus, i64)>> {
    let others = [ActionStatus::Planned, ActionStatus::Sent, ActionStatus::Failed, ActionStatus::Unresolved];
    Ok(action::Entity::find()
        .select_only()
        .column(action::Column::Status)
        .column_as(action::Column::Status.count(), "rows")
        .filter(action::Column::Status.is_in(others))
        .group_by(action::Column::Status)
        .into_tuple()
        .all(db)
        .await?)
}

fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
