//! The nodes, as they are shown: who lives and holds how many, and who died of late.

use std::time::Duration;

use fleet_bots::{NodeId, Observation, ObservedState};
use sea_orm::ConnectionTrait;

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    a_node_is_shown_with_what_it_holds,
    a_node_that_died_is_shown_for_a_day_and_holds_nothing,
    a_node_that_left_is_not_shown,
];

async fn a_node_is_shown_with_what_it_holds(store: &TestStore) {
    let bots = &store.bots;
    assert_eq!(bots.list_nodes().await.unwrap(), vec![]);
    run_bots(bots, 3).await;
    let node_id = join(bots).await;
    let leases = bots.claim_leases(node_id, 3).await.unwrap();
    let resting = Observation {
        bot_id: leases[0].bot_id,
        holder: holder(&leases[0]),
        state: ObservedState::Resting,
        state_note: None,
        current_action: None,
        last_thought: None,
        next_wake: None,
        parked_start: None,
    };
    bots.observe_bots(vec![resting]).await.unwrap();
    let nodes = bots.list_nodes().await.unwrap();
    assert_eq!(nodes.len(), 1);
    let node = &nodes[0];
    assert_eq!((node.node.id, node.node.name.as_str(), node.is_alive), (node_id, "here", true));
    assert!(node.age < Duration::from_secs(60), "{node:?}");
    assert!(node.lease <= LONG && node.lease > LONG / 2, "{node:?}");
    assert_eq!(node.bots(), 3);
    assert_eq!(node.held, [("resting".to_owned(), 1), ("starting".to_owned(), 2)].into());
}

async fn a_node_that_died_is_shown_for_a_day_and_holds_nothing(store: &TestStore) {
    let bots = &store.bots;
    run_bots(bots, 1).await;
    let dead = join(bots).await;
    bots.claim_leases(dead, 1).await.unwrap();
    let past = store.past_the_gateway().await;
    let an_hour_ago =
        "UPDATE nodes SET started_at = started_at - 7200000000, expires_at = started_at - 3600000000";
    past.execute_unprepared(an_hour_ago).await.unwrap();
    let living = join(bots).await;
    let shown = async || {
        let nodes = bots.list_nodes().await.unwrap();
        nodes.into_iter().map(|node| (node.node.id, node.is_alive, node.bots())).collect::<Vec<_>>()
    };
    assert_eq!(shown().await, [(living, true, 0), (dead, false, 0)]);
    let age = bots.list_nodes().await.unwrap()[1].lease.as_secs();
    assert!((3_590..3_700).contains(&age), "{age}");
    bots.claim_leases(living, 1).await.unwrap();
    assert_eq!(shown().await, [(living, true, 1), (dead, false, 0)]);

    past.execute_unprepared(&format!(
        "UPDATE nodes SET expires_at = expires_at - {} WHERE name = 'here' AND expires_at < started_at + 7100000000",
        24_i64 * 3_600_000_000
    ))
    .await
    .unwrap();
    bots.register_node(NodeId::generate(), "later", LONG, &asked()).await.unwrap();
    assert!(!shown().await.iter().any(|(id, ..)| *id == dead), "after a day it is forgotten");
}

async fn a_node_that_left_is_not_shown(store: &TestStore) {
    let bots = &store.bots;
    let node_id = join(bots).await;
    bots.retire_node(node_id, &asked()).await.unwrap();
    assert_eq!(bots.list_nodes().await.unwrap(), vec![]);
}
