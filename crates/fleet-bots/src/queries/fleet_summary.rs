//! The fleet in a few numbers, for the head of a page.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use serde::Serialize;

use super::living_nodes;
use crate::entities::action::{self, ActionKind, ActionStatus};
use crate::entities::bot::{self, Intent};
use crate::entities::bot_lease::{self, ObservedState};
use crate::entities::node;
use crate::error::Result;

/// The fleet in a few numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FleetSummary {
    /// Living bots.
    pub bots: u64,
    /// Living bots by intent: `running`, `paused`, `stopped`.
    pub by_intent: BTreeMap<String, u64>,
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
    for (state, count) in states(db).await? {
        summary.by_state.insert(state.to_string(), whole(count));
    }
    for (kind, status, count) in ledger(db).await? {
        let count = whole(count);
        match status {
            ActionStatus::Done => match kind {
                ActionKind::Post => summary.posts += count,
                ActionKind::Like => summary.likes += count,
                ActionKind::Comment | ActionKind::Answer => summary.comments += count,
                ActionKind::Picture => {}
            },
            ActionStatus::Failed => summary.failed += count,
            ActionStatus::Unresolved => summary.unresolved += count,
            ActionStatus::Planned | ActionStatus::Sent => summary.open += count,
        }
    }
    let living = living_nodes(db.get_database_backend());
    summary.nodes = node::Entity::find().filter(node::Column::Id.in_subquery(living)).count(db).await?;
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

async fn ledger(db: &impl ConnectionTrait) -> Result<Vec<(ActionKind, ActionStatus, i64)>> {
    Ok(action::Entity::find()
        .select_only()
        .column(action::Column::Kind)
        .column(action::Column::Status)
        .column_as(action::Column::Id.count(), "rows")
        .group_by(action::Column::Kind)
        .group_by(action::Column::Status)
        .into_tuple()
        .all(db)
        .await?)
}

fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
