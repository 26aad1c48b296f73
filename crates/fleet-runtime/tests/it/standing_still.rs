//! Pause, stop and "stop everything" take effect at once: from the gallery's own log, no request begins later than a
//! second after them, whatever hangs.

use std::time::{Duration, Instant};

use fleet_bots::{Intent, ObservedState, Selection, StopState};
use fleet_gallery::sandbox::{Fault, Route, Trouble};

use crate::fleet::{Stalls, TestFleet, TestNode, mixed};
use sea_orm::ConnectionTrait;

use crate::store::{TestStore, stands_at, stop, until};

/// What is promised.
const AT_ONCE: Duration = Duration::from_secs(1);
/// How long a test goes on listening for a late request; long enough for dozens of turns of a restless bot.
const LISTENING: Duration = Duration::from_millis(2_500);

store_tests!(
    no_request_begins_later_than_a_second_after_a_pause,
    no_request_begins_later_than_a_second_after_a_stop,
    no_request_begins_later_than_a_second_after_everything_is_stopped,
    the_fleet_itself_asks_nothing_once_everything_is_stopped,
    a_pause_takes_effect_while_the_gallery_hangs,
    stopping_everything_takes_effect_while_the_store_and_the_gallery_hang,
    a_paused_bot_keeps_its_agent_and_a_stopped_one_has_none,
    after_the_stop_is_lifted_bots_go_on_as_they_were_meant_to,
    a_node_asked_to_finish_is_gone_within_five_seconds_while_the_gallery_hangs,
);

/// A fleet in full swing.
async fn in_full_swing(fleet: &TestFleet<'_>) -> TestNode {
    fleet.with_bots(6, mixed()).await;
    let node = fleet.start_node().await;
    fleet.until_busy(20).await;
    node
}

/// Listens for a while, and tells how long after `moment` the last request began, but for what the machine stood still.
async fn last_request_after(fleet: &TestFleet<'_>, moment: Instant) -> Duration {
    let (stalls, mut latest) = (Stalls::watch(), Duration::ZERO);
    while moment.elapsed() < LISTENING + stalls.lost() {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let lost = stalls.lost();
        let begun = fleet.requests().into_iter().map(|request| request.begun_at);
        let late = begun.map(|begun| begun.saturating_duration_since(moment)).max().unwrap_or_default();
        latest = latest.max(late.saturating_sub(lost));
    }
    latest
}

async fn no_request_begins_later_than_a_second_after_a_pause(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let node = in_full_swing(&fleet).await;
    fleet.bots.pause_bots(&Selection::All, &fleet.asked()).await.unwrap();
    let late = last_request_after(&fleet, Instant::now()).await;
    assert!(late <= AT_ONCE, "a request began {late:?} after the pause");
    node.leaves().await;
    fleet.nothing_is_doubled().await;
}

async fn no_request_begins_later_than_a_second_after_a_stop(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let node = in_full_swing(&fleet).await;
    fleet.bots.stop_bots(&Selection::All, &fleet.asked()).await.unwrap();
    let late = last_request_after(&fleet, Instant::now()).await;
    assert!(late <= AT_ONCE, "a request began {late:?} after the stop");
    node.leaves().await;
    fleet.nothing_is_doubled().await;
}

async fn no_request_begins_later_than_a_second_after_everything_is_stopped(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let node = in_full_swing(&fleet).await;
    stop(&fleet.bots, &fleet.asked()).await;
    let late = last_request_after(&fleet, Instant::now()).await;
    assert!(late <= AT_ONCE, "a request began {late:?} after everything was stopped");
    node.leaves().await;
    fleet.nothing_is_doubled().await;
}

async fn the_fleet_itself_asks_nothing_once_everything_is_stopped(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    // One of its own questions takes its time, and another one would follow.
    let slow = Trouble::Delay(Duration::from_millis(1_500));
    fleet.sandbox.faults().add(Fault::new(Route::Generators, slow).always());
    let node = fleet.start_node().await;
    until("it asks", async || {
        fleet.sandbox.requests().iter().any(|request| request.route == Route::Generators)
    })
    .await;
    stop(&fleet.bots, &fleet.asked()).await;
    let stopped = Instant::now();
    assert_eq!(last_request_after(&fleet, stopped).await, Duration::ZERO);
    let begun: Vec<_> = fleet.sandbox.requests().into_iter().map(|request| request.begun_at).collect();
    let late = begun.into_iter().map(|begun| begun.saturating_duration_since(stopped)).max().unwrap();
    assert!(late <= AT_ONCE, "a request began {late:?} after everything was stopped");
    node.leaves().await;
}

async fn a_pause_takes_effect_while_the_gallery_hangs(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let node = in_full_swing(&fleet).await;
    fleet.sandbox.faults().add(Fault::anywhere(Trouble::Hang).always());
    fleet.until_busy(3).await;
    fleet.bots.pause_bots(&Selection::All, &fleet.asked()).await.unwrap();
    let late = last_request_after(&fleet, Instant::now()).await;
    assert!(late <= AT_ONCE, "a request began {late:?} after the pause");
    node.leaves().await;
}

async fn stopping_everything_takes_effect_while_the_store_and_the_gallery_hang(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    // The node and the button share a process, and with it the switch.
    let bots = fleet.bots.clone();
    fleet.with_bots(6, mixed()).await;
    let node = fleet.start_node_with(bots.clone()).await;
    fleet.until_busy(20).await;
    fleet.sandbox.faults().add(Fault::anywhere(Trouble::Delay(Duration::from_millis(150))).always());
    let holder = store.hold().await;
    let pulled = Instant::now();
    let asked = fleet.asked();
    let (state, late) = tokio::join!(bots.stop_everything(&asked), last_request_after(&fleet, pulled));
    assert_eq!(state, StopState::Pending, "the store could not be told");
    assert!(late <= AT_ONCE, "a request began {late:?} after everything was stopped");
    holder.execute_unprepared("ROLLBACK").await.unwrap();
    stands_at(&fleet.bots, StopState::On).await;
    assert!(fleet.bots.stop_order().await.unwrap().is_some(), "the row was written afterwards");
    node.leaves().await;
    fleet.nothing_is_doubled().await;
}

async fn a_paused_bot_keeps_its_agent_and_a_stopped_one_has_none(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bots = fleet.with_bots(2, mixed()).await;
    let node = fleet.start_node().await;
    fleet.until_busy(4).await;
    fleet.bots.pause_bot(bots[0].id, &fleet.asked()).await.unwrap();
    fleet.bots.stop_bot(bots[1].id, &fleet.asked()).await.unwrap();
    until("one is held still and the other is let go", async || {
        let paused = fleet.bots.get_bot(&bots[0].username).await.unwrap().seen;
        let stopped = fleet.bots.get_bot(&bots[1].username).await.unwrap().seen;
        paused.state == Some(ObservedState::Halted) && paused.node_id.is_some() && stopped.node_id.is_none()
    })
    .await;
    node.leaves().await;
}

async fn after_the_stop_is_lifted_bots_go_on_as_they_were_meant_to(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bots = fleet.with_bots(3, mixed()).await;
    let node = fleet.start_node().await;
    fleet.until_busy(6).await;
    fleet.bots.pause_bot(bots[0].id, &fleet.asked()).await.unwrap();
    stop(&fleet.bots, &fleet.asked()).await;
    until("every bot is held still", async || {
        fleet.bots.fleet_summary().await.unwrap().seen(ObservedState::Halted) == 3
    })
    .await;
    assert!(fleet.bots.lift_stop(&fleet.asked()).await.unwrap());
    fleet.until_busy(10).await;
    let summary = fleet.bots.fleet_summary().await.unwrap();
    assert_eq!((summary.meant(Intent::Running), summary.meant(Intent::Paused)), (2, 1));
    node.leaves().await;
}

async fn a_node_asked_to_finish_is_gone_within_five_seconds_while_the_gallery_hangs(store: &TestStore) {
    let mut fleet = TestFleet::over(store).await;
    fleet.config.request_timeout = Duration::from_secs(60);
    fleet.config.lease_ttl = Duration::from_secs(60);
    let node = in_full_swing(&fleet).await;
    fleet.sandbox.faults().add(Fault::anywhere(Trouble::Hang).always());
    fleet.until_busy(2).await;
    let (asked, stalls) = (Instant::now(), Stalls::watch());
    node.leaves().await;
    let took = asked.elapsed().saturating_sub(stalls.lost());
    assert!(took < Duration::from_secs(5), "it took {took:?}");
    // Long before they would lapse.
    until("its leases are handed back", async || fleet.bots.fleet_summary().await.unwrap().nodes == 0).await;
    let took = asked.elapsed().saturating_sub(stalls.lost());
    assert!(took < fleet.config.lease_ttl, "they lapsed after {took:?}");
}
