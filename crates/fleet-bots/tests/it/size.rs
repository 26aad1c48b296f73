//! A thousand bots are few: what concerns all of them is done in a moment.

use std::time::{Duration, Instant};

use fleet_bots::{Observation, ObservedState, Selection};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![a_thousand_bots_are_handled_in_a_moment];

/// Far more than it takes, also on a machine that stalls, and far less than what grows with the square of bots would take.
const MOMENT: Duration = Duration::from_secs(20);

async fn timed<T>(what: &str, work: impl Future<Output = T>) -> T {
    let began = Instant::now();
    let outcome = work.await;
    let took = began.elapsed();
    println!("{what}: {took:?}");
    assert!(took < MOMENT, "{what} took {took:?}");
    outcome
}

async fn a_thousand_bots_are_handled_in_a_moment(store: &TestStore) {
    let bots = &store.bots;
    let everybody = Selection::All;
    timed("making them", make_bots(bots, 1_000)).await;
    let asked = asked();
    timed("starting them", bots.start_bots(&everybody, &asked)).await.unwrap();
    let node_id = join(bots).await;
    let leases = timed("claiming them", bots.claim_leases(node_id, 1_000)).await.unwrap();
    assert_eq!(leases.len(), 1_000);
    let sights = leases.iter().map(|lease| Observation {
        bot_id: lease.bot_id,
        holder: holder(lease),
        state: ObservedState::Resting,
        state_note: None,
        current_action: None,
        last_thought: Some("later".into()),
        next_wake: Some(at(60)),
        parked_start: None,
    });
    timed("observing them", bots.observe_bots(sights.collect())).await.unwrap();
    assert_eq!(
        timed("counting them", bots.fleet_summary()).await.unwrap().seen(ObservedState::Resting),
        1_000
    );
    assert_eq!(timed("comparing them", bots.wanted_bots()).await.unwrap().len(), 1_000);
    let page = fleet_bots::BotFilter { text: Some("99".into()), per_page: 1_000, ..Default::default() };
    assert_eq!(timed("finding some", bots.list_bots(&page)).await.unwrap().total, 19);
    timed("stopping them", bots.stop_bots(&everybody, &asked)).await.unwrap();
    timed("deleting them", bots.delete_bots(&everybody, AccountAfter::Removed, &asked)).await.unwrap();
}
