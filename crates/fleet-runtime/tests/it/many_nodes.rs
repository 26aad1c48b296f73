//! Several nodes over one Postgres: every bot has one agent in the whole fleet, and a node that dies is replaced.

use std::collections::HashSet;
use std::time::Duration;

use fleet_bots::{BotFilter, Error, NodeId};

use crate::fleet::{TestFleet, mixed};
use crate::store::{TestStore, until};

/// Who holds the bots at the moment, those that nobody holds left out.
async fn holders(fleet: &TestFleet<'_>) -> Vec<NodeId> {
    let bots = fleet.bots.list_bots(&BotFilter { per_page: 1_000, ..BotFilter::default() }).await.unwrap();
    bots.rows.into_iter().filter_map(|view| view.seen.node_id).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_a_node_dies_its_bots_act_elsewhere_and_nothing_is_doubled() {
    let Some(store) = TestStore::postgres().await else { return };
    let mut fleet = TestFleet::over(&store).await;
    fleet.config.lease_ttl = Duration::from_secs(8);
    fleet.with_bots(10, mixed()).await;
    let first = fleet.start_node().await;
    until("the first node holds them all", async || holders(&fleet).await.len() == 10).await;
    let second = fleet.start_node().await;
    fleet.until_busy(20).await;
    let before: HashSet<NodeId> = holders(&fleet).await.into_iter().collect();
    assert_eq!(before.len(), 1, "a lease that lives is not taken");

    first.dies().await;
    until("the second node holds them all", async || {
        let now = holders(&fleet).await;
        now.len() == 10 && now.iter().all(|node| !before.contains(node))
    })
    .await;
    fleet.until_busy(20).await;
    second.leaves().await;
    fleet.nothing_is_doubled().await;
    drop(fleet);
    store.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_that_start_together_never_share_a_bot() {
    let Some(store) = TestStore::postgres().await else { return };
    let fleet = TestFleet::over(&store).await;
    let (first, second) = (fleet.start_node().await, fleet.start_node().await);
    let bots = fleet.with_bots(40, mixed()).await;
    until("every bot is held", async || holders(&fleet).await.len() == bots.len()).await;
    fleet.until_busy(60).await;
    for bot in &bots {
        let seen = fleet.bots.get_bot(&bot.username).await.unwrap().seen;
        assert_eq!(seen.epoch, 1, "{} was claimed more than once", bot.name);
    }
    first.leaves().await;
    second.leaves().await;
    fleet.nothing_is_doubled().await;
    drop(fleet);
    store.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_node_on_an_embedded_store_is_refused_and_told_why() {
    let store = TestStore::sqlite().await;
    let fleet = TestFleet::over(&store).await;
    let node = fleet.start_node().await;
    until("the node is there", async || fleet.bots.fleet_summary().await.unwrap().nodes == 1).await;
    let other = store.another().await;
    let refused =
        other.register_node(NodeId::generate(), "other", fleet.config.lease_ttl, &fleet.asked()).await;
    assert!(matches!(&refused, Err(Error::Conflict(why)) if why.contains("Postgres")), "{refused:?}");
    node.leaves().await;
}
