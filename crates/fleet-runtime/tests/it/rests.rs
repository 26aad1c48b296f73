//! What a gallery's answers lead to: everybody rests when it says so, one asks gently whether it is over, and the bots come
//! back by themselves.

use std::time::Duration;

use fleet_bots::{
    ActNow, ActionKind, ActionStatus, ActivityFilter, ActivityKind, FleetTime, ObservedState, Rest, RestCause,
};
use fleet_gallery::sandbox::{Fault, Route, Trouble};

use crate::fleet::{TestFleet, mixed, only};
use crate::store::{TestStore, until};

store_tests!(
    a_refused_token_silences_every_bot_is_told_once_and_lifted_by_itself,
    the_platforms_switch_holds_every_bot_and_loses_no_plan,
    a_budget_is_rested_out_over_a_restart_and_a_request_is_told_why,
    a_bot_that_used_up_its_allowance_rests_alone_and_looks_up_what_it_sent,
    a_post_that_is_gone_is_forgotten_without_alarm,
);

impl TestFleet<'_> {
    async fn told(&self, kind: ActivityKind) -> Vec<String> {
        let filter = ActivityFilter { kinds: vec![kind], limit: 1_000, ..ActivityFilter::default() };
        let lines = self.bots.get_activity(&filter).await.unwrap();
        lines.into_iter().map(|line| line.message).collect()
    }

    async fn rest(&self) -> Option<Rest> {
        self.bots.read_rests().await.unwrap().fleet.pop()
    }

    async fn until_probed(&self, probes: i32) {
        until("the gallery was probed", async || self.rest().await.is_some_and(|rest| rest.probes >= probes))
            .await;
    }

    /// Waits until somebody rests because of `cause`, and holds that nothing but probes goes out meanwhile.
    async fn is_silent(&self, cause: RestCause) {
        until("the fleet rests", async || self.rest().await.is_some_and(|rest| rest.cause == cause)).await;
        // By then, what was under way when it began has arrived.
        self.until_probed(1).await;
        let (before, probes) = (self.sandbox.requests().len(), self.rest().await.unwrap().probes);
        self.until_probed(3).await;
        let (after, more) = (self.sandbox.requests().len(), self.rest().await.unwrap().probes - probes);
        assert!(after - before <= more as usize + 1, "{} requests for {more} probes", after - before);
    }
}

async fn a_refused_token_silences_every_bot_is_told_once_and_lifted_by_itself(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.with_bots(8, mixed()).await;
    let node = fleet.start_node().await;
    fleet.until_busy(20).await;
    fleet.sandbox.faults().add(Fault::anywhere(Trouble::status(401)).always());
    fleet.is_silent(RestCause::Token).await;
    until("every bot says so", async || {
        fleet.bots.fleet_summary().await.unwrap().seen(ObservedState::Limited) == 8
    })
    .await;
    fleet.sandbox.faults().clear();
    until("the rest is over", async || fleet.rest().await.is_none()).await;
    fleet.until_busy(20).await;
    node.leaves().await;
    let begun = fleet.told(ActivityKind::RestBegun).await;
    assert!(begun.len() == 1 && begun[0].contains("FLOIMG_SERVICE_TOKEN"), "{begun:?}");
    assert_eq!(fleet.told(ActivityKind::RestEnded).await.len(), 1);
    fleet.nothing_is_doubled().await;
}

async fn the_platforms_switch_holds_every_bot_and_loses_no_plan(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.with_bots(8, mixed()).await;
    let node = fleet.start_node().await;
    fleet.until_busy(20).await;
    fleet.sandbox.change_policy(|policy| policy.paused = true);
    fleet.is_silent(RestCause::Paused).await;
    // Whoever starts meanwhile finds the fleet at rest.
    node.leaves().await;
    let node = fleet.start_node().await;
    fleet.sandbox.change_policy(|policy| policy.paused = false);
    until("the rest is over", async || fleet.rest().await.is_none()).await;
    fleet.until_busy(20).await;
    node.leaves().await;
    assert_eq!(fleet.told(ActivityKind::RestBegun).await.len(), 1);
    assert_eq!(fleet.told(ActivityKind::RestEnded).await.len(), 1);
    fleet.nothing_is_doubled().await;
    assert!(fleet.ledger().await.iter().all(|row| row.status != ActionStatus::Failed), "a plan was lost");
}

async fn a_budget_is_rested_out_over_a_restart_and_a_request_is_told_why(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bot = fleet.with_bots(4, only(ActionKind::Post)).await.remove(0);
    // Twenty-four seconds of ours: time for a node to come, to go and to come again.
    let ends = fleet.asked().at.plus(Duration::from_secs(4 * 3_600));
    fleet.sandbox.faults().add(Fault::new(Route::Execute, Trouble::fleet_limited(ends.timestamp())));
    let node = fleet.start_node().await;
    until("the fleet rests", async || {
        fleet.rest().await.is_some_and(|rest| rest.cause == RestCause::Budget && rest.until == Some(ends))
    })
    .await;
    node.leaves().await;
    let node = fleet.start_node().await;
    fleet.bots.request_action(bot.id, ActNow::Post, &fleet.asked()).await.unwrap();
    until("whoever asks is told why", async || {
        let told = fleet.told(ActivityKind::RequestEnded).await;
        told.iter().any(|line| line.contains("used up its budget"))
    })
    .await;
    until("the rest is over", async || fleet.rest().await.is_none()).await;
    assert!(fleet.asked().at >= ends);
    fleet
        .until_rows("what had to wait is done", ActionKind::Picture, |rows| {
            rows.iter().any(|row| row.postponed == 1 && row.status == ActionStatus::Done)
        })
        .await;
    node.leaves().await;
    assert_eq!(fleet.told(ActivityKind::RestBegun).await.len(), 1);
    assert_eq!(fleet.told(ActivityKind::RestEnded).await.len(), 1);
    let errors = fleet.told(ActivityKind::Error).await;
    assert!(errors.is_empty(), "{errors:?}");
}

async fn a_bot_that_used_up_its_allowance_rests_alone_and_looks_up_what_it_sent(store: &TestStore) {
    let fleet = TestFleet::over(store).await.impatient();
    fleet.guest_posts().await;
    let bot = fleet.with_bots(1, only(ActionKind::Like)).await.remove(0);
    fleet.sandbox.faults().add(Fault::new(Route::Like, Trouble::CutAfter));
    let node = fleet.start_node().await;
    let is = |status| move |rows: &[fleet_bots::Action]| rows.iter().any(|row| row.status == status);
    fleet.until_rows("a like is without an answer", ActionKind::Like, is(ActionStatus::Sent)).await;
    let ends = FleetTime(i64::MAX);
    let own = fleet_bots::NewRest {
        bot_id: Some(bot.id),
        cause: RestCause::Budget,
        why: "this bot has used up its allowance".into(),
        until: Some(ends),
        at: fleet.asked().at,
        probe_in: Duration::ZERO,
    };
    assert!(fleet.bots.begin_rest(own).await.unwrap());
    fleet.until_rows("it was looked up", ActionKind::Like, is(ActionStatus::Done)).await;
    until("the bot says that it rests", async || {
        let seen = fleet.bots.get_bot(&bot.username).await.unwrap().seen;
        seen.state == Some(ObservedState::Limited)
            && seen.state_note.as_deref() == Some("this bot has used up its allowance")
    })
    .await;
    node.leaves().await;
    assert!(fleet.rest().await.is_none());
    fleet.nothing_is_doubled().await;
}

async fn a_post_that_is_gone_is_forgotten_without_alarm(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    fleet.sandbox.faults().add(Fault::new(Route::Like, Trouble::status(404)));
    fleet.with_bots(2, only(ActionKind::Like)).await;
    let node = fleet.start_node().await;
    fleet
        .until_rows("a like has failed", ActionKind::Like, |rows| {
            rows.iter().any(|row| {
                row.status == ActionStatus::Failed && row.failure.as_deref() == Some("the post is gone")
            })
        })
        .await;
    node.leaves().await;
    assert!(fleet.told(ActivityKind::Error).await.is_empty());
    assert!(fleet.told(ActivityKind::Browse).await.iter().any(|line| line.contains("gone, and forgets it")));
}
