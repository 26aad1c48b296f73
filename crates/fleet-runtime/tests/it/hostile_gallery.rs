//! A gallery that hangs, lies, forgets and answers too late: every row ends, nothing is doubled, no like is taken back.

use std::time::Duration;

use fleet_bots::{Action, ActionKind, ActionStatus, ActivityFilter, ActivityKind, Weights};
use fleet_gallery::sandbox::{Fault, Route, Trouble};
use sea_orm::ConnectionTrait;

use crate::fleet::{TestFleet, mixed, only};
use crate::store::{TestStore, until};

store_tests!(
    what_cannot_be_looked_for_keeps_nothing_else_waiting,
    a_gallery_that_fails_those_who_look_makes_no_plan_fail,
    whatever_goes_wrong_every_row_ends_and_nothing_is_doubled,
    a_like_that_lands_late_is_found_and_never_sent_again,
    a_comment_that_lands_late_is_found_and_never_sent_again,
    a_post_that_lands_late_is_found_and_never_sent_again,
    what_lands_after_it_was_looked_for_stays_unresolved_and_is_never_sent_again,
    a_post_hidden_from_its_author_is_unresolved_and_never_repeated,
    a_like_that_is_there_already_is_never_taken_back,
    an_account_whose_answer_was_lost_is_asked_for_again,
    a_gallery_that_asks_for_a_pause_loses_no_plan,
    a_like_whose_post_may_not_be_read_fails_and_its_bot_goes_on,
    a_node_that_dies_in_the_middle_loses_nothing_and_doubles_nothing,
);

/// The rows of a kind that a request may have begun for.
fn of(rows: &[Action], kind: ActionKind) -> Vec<&Action> {
    rows.iter().filter(|row| row.kind == kind).collect()
}

async fn whatever_goes_wrong_every_row_ends_and_nothing_is_doubled(store: &TestStore) {
    let mut fleet = TestFleet::over(store).await.impatient();
    fleet.workflow_timeout = Duration::from_secs(5);
    fleet.guest_posts().await;
    let unanswered = [
        Trouble::status(500),
        Trouble::Hang,
        Trouble::Cut,
        Trouble::CutAfter,
        Trouble::Garbage,
        Trouble::Html,
        Trouble::Empty,
        Trouble::WrongType,
        Trouble::LandsLate(LATE),
    ];
    let refused = [
        Trouble::status(403),
        Trouble::status(404),
        Trouble::status(422),
        Trouble::rate_limited(1),
        Trouble::workflow("TRANSFORM_ERROR", "Unknown operation: adjust", false),
    ];
    for route in [Route::Publish, Route::Like, Route::Comment, Route::Execute] {
        for trouble in unanswered.iter().chain(&refused) {
            fleet.sandbox.faults().add(Fault::new(route, trouble.clone()));
        }
    }
    for route in [Route::Feed, Route::Item, Route::Comments, Route::Invite] {
        for trouble in [Trouble::status(502), Trouble::Cut, Trouble::Html] {
            fleet.sandbox.faults().add(Fault::new(route, trouble));
        }
    }
    fleet.with_bots(12, mixed()).await;
    let node = fleet.start_node().await;
    until("every fault was met", async || fleet.sandbox.faults().remaining() == 0).await;
    fleet.until_busy(20).await;
    fleet.bots.pause_bots(&fleet_bots::Selection::All, &fleet.asked()).await.unwrap();
    node.leaves().await;

    // Whoever takes over settles what is open before it does anything else.
    fleet.bots.resume_bots(&fleet_bots::Selection::All, &fleet.asked()).await.unwrap();
    let before: Vec<_> = of(&fleet.ledger().await, ActionKind::Post).iter().map(|row| row.id).collect();
    let node = fleet.start_node().await;
    until("every row of that time has ended", async || {
        fleet.ledger().await.iter().filter(|row| before.contains(&row.id)).all(|row| !row.status.is_open())
    })
    .await;
    node.leaves().await;
    fleet.nothing_is_doubled().await;
    for row in fleet.ledger().await {
        let told =
            row.failure.is_some() || !matches!(row.status, ActionStatus::Failed | ActionStatus::Unresolved);
        assert!(told, "{row:?} ended without a reason");
    }
}

async fn what_cannot_be_looked_for_keeps_nothing_else_waiting(store: &TestStore) {
    let fleet = TestFleet::over(store).await.impatient();
    fleet.guest_posts().await;
    fleet.sandbox.faults().add(Fault::new(Route::Publish, Trouble::CutAfter));
    fleet.sandbox.faults().add(Fault::new(Route::Showcase, Trouble::Html).always());
    fleet.with_bots(1, Weights { comment: 0.0, ..mixed() }).await;
    let node = fleet.start_node().await;
    let done = |rows: &[Action]| rows.iter().filter(|row| row.status == ActionStatus::Done).count();
    fleet
        .until_rows("a post has lost its answer", ActionKind::Post, |rows| {
            rows.iter().any(|row| row.status == ActionStatus::Sent)
        })
        .await;
    let before = done(&fleet.ledger().await);
    until("it does other things meanwhile", async || done(&fleet.ledger().await) > before + 2).await;
    let looks = fleet.requests().into_iter().filter(|request| request.route == Route::Showcase);
    let looks: Vec<_> = looks.map(|request| request.begun_at).collect();
    let apart = looks.windows(2).map(|pair| pair[1] - pair[0]).min();
    assert!(apart.is_none_or(|apart| apart >= Duration::from_secs(1)), "it is looked for every {apart:?}");
    assert!(of(&fleet.ledger().await, ActionKind::Post).iter().any(|row| row.status == ActionStatus::Sent));
    fleet.sandbox.faults().clear();
    fleet
        .until_rows("the post is found", ActionKind::Post, |rows| {
            rows.iter().all(|row| row.status == ActionStatus::Done)
        })
        .await;
    node.leaves().await;
    fleet.nothing_is_doubled().await;
}

async fn a_gallery_that_fails_those_who_look_makes_no_plan_fail(store: &TestStore) {
    let fleet = TestFleet::over(store).await.impatient();
    let post = fleet.guest_post("Pixel harbour at night").await;
    fleet.sandbox.faults().add(Fault::new(Route::Item, Trouble::status(503)).always());
    let bot = fleet.with_bots(1, only(ActionKind::Like)).await.remove(0);
    let about = fleet_bots::About {
        post_id: post,
        title: "Pixel harbour at night".into(),
        author: "guest".into(),
        person: None,
        posted_at: None,
        image_url: None,
        why: "it meets pixels".into(),
    };
    let now = fleet.now();
    let content = fleet_bots::Content::Like { about };
    let plan =
        fleet_bots::NewAction { bot_id: bot.id, content, planned_at: now, due_at: now, decision: None };
    fleet.bots.plan_action(plan).await.unwrap();
    // It has met that often enough already.
    store.past_the_gateway().await.execute_unprepared("UPDATE actions SET postponed = 9").await.unwrap();
    let node = fleet.start_node().await;
    fleet
        .until_rows("it is put off once more", ActionKind::Like, |rows| {
            rows.iter().any(|row| row.postponed > 9 || !row.status.is_open())
        })
        .await;
    node.leaves().await;
    let row = fleet.ledger().await.remove(0);
    assert_eq!((row.status, row.postponed), (ActionStatus::Planned, 10), "{:?}", row.failure);
    // What fails those who look for longer than a day is given up.
    let past = store.past_the_gateway().await;
    let a_day = 24 * 3_600 * 1_000_000_i64;
    past.execute_unprepared(&format!("UPDATE actions SET due_at = 0, planned_at = planned_at - {a_day}"))
        .await
        .unwrap();
    let node = fleet.start_node().await;
    fleet
        .until_rows("it has failed", ActionKind::Like, |rows| {
            rows.iter().any(|row| row.status == ActionStatus::Failed)
        })
        .await;
    node.leaves().await;
}

/// Lets the first write on `route` land late, and returns how the rows of that time ended.
async fn landing_late(
    store: &TestStore,
    kind: ActionKind,
    route: Route,
    late: Duration,
) -> Vec<ActionStatus> {
    let mut fleet = TestFleet::over(store).await;
    fleet.config.request_timeout = Duration::from_secs(3);
    fleet.config.late_landing = Duration::from_millis(2_500);
    fleet.guest_posts().await;
    fleet.sandbox.faults().add(Fault::new(route, Trouble::LandsLate(late)));
    fleet.with_bots(6, only(kind)).await;
    let node = fleet.start_node().await;
    until("a request met the fault", async || fleet.sandbox.faults().remaining() == 0).await;
    let first: Vec<_> = of(&fleet.ledger().await, kind).iter().map(|row| row.id).collect();
    let of_that_time = async || {
        let mut rows = fleet.ledger().await;
        rows.retain(|row| first.contains(&row.id));
        rows
    };
    until("its row has ended", async || of_that_time().await.iter().all(|row| !row.status.is_open())).await;
    fleet.until_busy(3).await;
    until("the request has landed", async || {
        !fleet.requests().iter().any(|request| request.route == route && request.effect.is_none())
    })
    .await;
    node.leaves().await;
    let begun = fleet.requests().iter().filter(|request| request.route == route).count();
    let rows = of(&fleet.ledger().await, kind).iter().filter(|row| row.sent_at.is_some()).count();
    assert!(begun <= rows, "{begun} requests for {rows} rows");
    fleet.nothing_is_doubled().await;
    of_that_time().await.iter().map(|row| row.status).collect()
}

/// Later than the request's time-out, and before its effect is looked for.
const LATE: Duration = Duration::from_millis(3_500);
/// After its effect was looked for.
const TOO_LATE: Duration = Duration::from_secs(9);

async fn a_like_that_lands_late_is_found_and_never_sent_again(store: &TestStore) {
    let ended = landing_late(store, ActionKind::Like, Route::Like, LATE).await;
    assert!(ended.iter().all(|status| *status == ActionStatus::Done), "{ended:?}");
}

async fn a_comment_that_lands_late_is_found_and_never_sent_again(store: &TestStore) {
    let ended = landing_late(store, ActionKind::Comment, Route::Comment, LATE).await;
    assert!(ended.iter().all(|status| *status == ActionStatus::Done), "{ended:?}");
}

async fn a_post_that_lands_late_is_found_and_never_sent_again(store: &TestStore) {
    let ended = landing_late(store, ActionKind::Post, Route::Publish, LATE).await;
    assert!(ended.iter().all(|status| *status == ActionStatus::Done), "{ended:?}");
}

async fn what_lands_after_it_was_looked_for_stays_unresolved_and_is_never_sent_again(store: &TestStore) {
    let ended = landing_late(store, ActionKind::Like, Route::Like, TOO_LATE).await;
    assert!(ended.contains(&ActionStatus::Unresolved), "{ended:?}");
}

async fn a_post_hidden_from_its_author_is_unresolved_and_never_repeated(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    // Held for moderation, and its answer lost as well: nothing can tell that it is there.
    fleet.sandbox.faults().add(Fault::new(Route::Publish, Trouble::HiddenFromShowcase));
    fleet.with_bots(1, only(ActionKind::Post)).await;
    let node = fleet.start_node().await;
    fleet
        .until_rows("three posts have ended", ActionKind::Post, |rows| {
            rows.iter().filter(|row| !row.status.is_open()).count() >= 3
        })
        .await;
    node.leaves().await;
    fleet.nothing_is_doubled().await;
    let (census, rows) = (fleet.sandbox.census(), fleet.ledger().await);
    assert_eq!(census.items.iter().filter(|item| item.hidden).count(), 1);
    let titles: Vec<_> = census.items.iter().map(|item| (&item.title, &item.description)).collect();
    let distinct: std::collections::HashSet<_> = titles.iter().collect();
    assert_eq!(distinct.len(), titles.len(), "a post was repeated");
    assert!(of(&rows, ActionKind::Post).iter().all(|row| row.status != ActionStatus::Failed));
}

async fn a_like_that_is_there_already_is_never_taken_back(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let post = fleet.guest_post("Pixel harbour at night").await;
    let bot = fleet.with_bots(1, only(ActionKind::Like)).await.remove(0);
    // As after a loss of the store: the gallery has a like that the ledger knows nothing of.
    let invite = fleet_gallery::Invite {
        agent_id: bot.id.to_string(),
        name: bot.name.clone(),
        username: bot.username.clone(),
        is_agent: true,
        agent_persona_id: bot.persona.clone(),
    };
    fleet.gallery().invite(&invite).await.unwrap();
    assert!(fleet.gallery().toggle_like(&bot.username, &post).await.unwrap().liked);
    let node = fleet.start_node().await;
    until("it has looked several times", async || {
        fleet.requests().iter().filter(|request| request.route == Route::Feed).count() >= 4
    })
    .await;
    node.leaves().await;
    fleet.nothing_is_doubled().await;
    assert_eq!(fleet.sandbox.census().items[0].likers, vec![bot.username]);
}

async fn an_account_whose_answer_was_lost_is_asked_for_again(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.sandbox.faults().add(Fault::new(Route::Invite, Trouble::CutAfter));
    let bot = fleet.with_bots(1, mixed()).await.remove(0);
    let node = fleet.start_node().await;
    until("it has its account", async || {
        fleet.bots.get_bot(&bot.username).await.unwrap().bot.account == fleet_bots::Account::Ready
    })
    .await;
    node.leaves().await;
    assert_eq!(fleet.sandbox.census().accounts.len(), 1);
}

async fn a_gallery_that_asks_for_a_pause_loses_no_plan(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.sandbox.faults().add(Fault::new(Route::Publish, Trouble::rate_limited(1)).times(2));
    fleet.with_bots(1, only(ActionKind::Post)).await;
    let node = fleet.start_node().await;
    fleet
        .until_rows("the first post is done after it was put off twice", ActionKind::Post, |rows| {
            rows.last().is_some_and(|row| row.status == ActionStatus::Done && row.postponed == 2)
        })
        .await;
    node.leaves().await;
    fleet.nothing_is_doubled().await;
}

async fn a_node_that_dies_in_the_middle_loses_nothing_and_doubles_nothing(store: &TestStore) {
    let fleet = TestFleet::over(store).await.mortal();
    fleet.with_bots(8, mixed()).await;
    fleet.sandbox.faults().add(Fault::anywhere(Trouble::Delay(Duration::from_millis(30))).always());
    for _ in 0..5 {
        let node = fleet.start_node().await;
        fleet.until_busy(30).await;
        node.dies().await;
    }
    let rows: Vec<_> = fleet.ledger().await.iter().map(|row| row.id).collect();
    let node = fleet.start_node().await;
    until("every row of that time has ended", async || {
        fleet.ledger().await.iter().filter(|row| rows.contains(&row.id)).all(|row| !row.status.is_open())
    })
    .await;
    node.leaves().await;
    fleet.nothing_is_doubled().await;
    let done = |kind| {
        let rows = &rows;
        move |row: &Action| row.kind == kind && row.status == ActionStatus::Done && rows.contains(&row.id)
    };
    // What was acknowledged is in the gallery.
    let census = fleet.sandbox.census();
    let ledger = fleet.ledger().await;
    for row in ledger.iter().filter(|row| done(ActionKind::Post)(row)) {
        assert!(
            census.items.iter().any(|item| Some(&item.id) == row.remote_id.as_ref()),
            "{row:?} is missing"
        );
    }
}

async fn a_like_whose_post_may_not_be_read_fails_and_its_bot_goes_on(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    fleet.sandbox.faults().add(Fault::new(Route::Item, Trouble::status(403)).always());
    let bots = fleet.with_bots(6, only(ActionKind::Like)).await;
    let node = fleet.start_node().await;
    fleet
        .until_rows("a like has failed", ActionKind::Like, |rows| {
            rows.iter().any(|row| row.status == ActionStatus::Failed && row.failure.is_some())
        })
        .await;
    let row = fleet.ledger().await.into_iter().find(|row| row.status == ActionStatus::Failed).unwrap();
    let bot = bots.iter().find(|bot| bot.id == row.bot_id).unwrap();
    let thoughts = async || {
        let of_the_bot = ActivityFilter {
            bots: vec![bot.id],
            kinds: vec![ActivityKind::Thought],
            limit: 1_000,
            ..ActivityFilter::default()
        };
        fleet.bots.get_activity(&of_the_bot).await.unwrap().len()
    };
    let before = thoughts().await;
    until("its bot thinks on", async || thoughts().await > before + 2).await;
    node.leaves().await;
    fleet.nothing_is_doubled().await;
}
