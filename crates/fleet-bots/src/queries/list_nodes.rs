//! The processes that hold bots, and those that died within a day: who holds how many, since when.

use std::collections::BTreeMap;
use std::time::Duration;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

use crate::backend;
use crate::entities::bot_lease::{self, ObservedState};
use crate::entities::node::{Column, Entity, Model as Node};
use crate::error::Result;
use crate::id::NodeId;

/// A node, and what it holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NodeView {
    /// Its row.
    pub node: Node,
    /// Whether its leases live.
    pub is_alive: bool,
    /// How long ago it joined, in real time.
    pub age: Duration,
    /// How much longer its leases live, or, of one that died, how long ago they lapsed, in real time.
    pub lease: Duration,
    /// How many bots it holds by what was last seen of them; nothing of one that died, since its bots are nobody's.
    pub held: BTreeMap<String, u64>,
}

impl NodeView {
    /// How many bots it holds.
    #[must_use]
    pub fn bots(&self) -> u64 {
        self.held.values().sum()
    }
}

/// Those who live first, the oldest of them first; then those who died, the last of them first.
pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<Vec<NodeView>> {
    let now = backend::now(db).await?;
    let nodes = Entity::find().order_by_asc(Column::StartedAt).order_by_asc(Column::Id).all(db).await?;
    let held: Vec<(NodeId, Option<ObservedState>, i64)> = bot_lease::Entity::find()
        .select_only()
        .column(bot_lease::Column::NodeId)
        .column(bot_lease::Column::State)
        .column_as(bot_lease::Column::BotId.count(), "bots")
        .filter(bot_lease::Column::NodeId.is_in(nodes.iter().map(|node| node.id)))
        .group_by(bot_lease::Column::NodeId)
        .group_by(bot_lease::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let view = |node: Node| {
        let is_alive = node.expires_at > now;
        let of_node = held.iter().filter(|(node_id, ..)| is_alive && *node_id == node.id);
        let held = of_node
            .map(|(_, state, bots)| {
                let state = state.unwrap_or(ObservedState::Starting).to_string();
                (state, u64::try_from(*bots).unwrap_or(0))
            })
            .collect();
        let lease = if is_alive { node.expires_at.since(now) } else { now.since(node.expires_at) };
        NodeView { is_alive, age: now.since(node.started_at), lease, held, node }
    };
    let (mut living, mut dead): (Vec<_>, Vec<_>) =
        nodes.into_iter().map(view).partition(|node| node.is_alive);
    dead.sort_by_key(|node| node.lease);
    living.append(&mut dead);
    Ok(living)
}
