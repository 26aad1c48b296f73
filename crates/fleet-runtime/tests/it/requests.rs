//! "Act now": a bot that is asked does it at once, and once, whatever it meant to do and whoever dies.

use fleet_bots::{
    ActNow, Action, ActionKind, ActionStatus, Activity, ActivityFilter, ActivityKind, Bot, BotChanges, Day,
    HourSpan, Rhythm,
};
use fleet_gallery::sandbox::{Fault, Route, Trouble};
use sea_orm::ConnectionTrait;

use crate::fleet::{TestFleet, only};
use crate::store::{TestStore, until};

store_tests!(
    a_bot_does_what_it_is_asked_for_at_once_though_it_is_night,
    what_is_open_for_later_does_not_hold_a_request_up,
    every_bot_that_is_asked_to_comment_says_something_or_says_why_not,
    a_request_of_which_nothing_comes_says_why,
    a_limit_ends_a_request_with_its_reason,
    a_request_waits_while_the_gallery_is_down,
    a_request_outlives_a_pause,
    a_request_outlives_a_restart_and_is_served_once,
    a_node_that_dies_over_a_request_loses_nothing_and_doubles_nothing,
    a_request_that_nobody_can_serve_lapses,
);

/// A bot that sleeps: it is two in the morning where it lives, and it means to wake in fifteen hours.
async fn sleeper(fleet: &TestFleet<'_>) -> Bot {
    let bot = fleet.with_bots(1, only(ActionKind::Like)).await.remove(0);
    let island = Rhythm {
        zone: "Pacific/Kiritimati".into(),
        busy: vec![HourSpan { from: 9, to: 17 }],
        days: Day::ALL.to_vec(),
    };
    let changes = BotChanges { rhythm: Some(island), ..BotChanges::default() };
    fleet.bots.update_bot(bot.id, changes, &fleet.asked()).await.unwrap()
}

async fn sleeps(fleet: &TestFleet<'_>, bot: &Bot) {
    until("it is asleep", async || {
        let seen = fleet.bots.get_bot(&bot.username).await.unwrap().seen;
        seen.last_thought.is_some_and(|thought| thought.contains("it is night"))
    })
    .await;
}

async fn ask(fleet: &TestFleet<'_>, bot: &Bot, wish: ActNow) {
    fleet.bots.request_action(bot.id, wish, &fleet.asked()).await.unwrap();
}

async fn told(fleet: &TestFleet<'_>, kind: ActivityKind) -> Vec<Activity> {
    let filter = ActivityFilter { kinds: vec![kind], limit: 1_000, ..ActivityFilter::default() };
    fleet.bots.get_activity(&filter).await.unwrap()
}

fn is_done(rows: &[Action]) -> bool {
    rows.iter().any(|row| row.status == ActionStatus::Done)
}

async fn until_ended(fleet: &TestFleet<'_>) -> String {
    until("the request has ended", async || !told(fleet, ActivityKind::RequestEnded).await.is_empty()).await;
    assert_eq!(fleet.bots.pending_requests(None).await.unwrap(), vec![]);
    told(fleet, ActivityKind::RequestEnded).await.remove(0).message
}

async fn a_bot_does_what_it_is_asked_for_at_once_though_it_is_night(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    let bot = sleeper(&fleet).await;
    let node = fleet.start_node().await;
    sleeps(&fleet, &bot).await;
    let nightfall = fleet.bots.get_bot(&bot.username).await.unwrap().seen.next_wake;

    ask(&fleet, &bot, ActNow::Like).await;
    fleet.until_rows("it likes something", ActionKind::Like, is_done).await;
    ask(&fleet, &bot, ActNow::Post).await;
    fleet.until_rows("it shares a picture", ActionKind::Post, is_done).await;
    let looks = fleet.bots.get_bot(&bot.username).await.unwrap().bot.browses;
    ask(&fleet, &bot, ActNow::Browse).await;
    until("it looks around", async || fleet.bots.get_bot(&bot.username).await.unwrap().bot.browses > looks)
        .await;
    node.leaves().await;

    assert_eq!(told(&fleet, ActivityKind::RequestEnded).await, vec![]);
    let thoughts = told(&fleet, ActivityKind::Thought).await;
    let because_asked = thoughts
        .iter()
        .filter(|thought| thought.metadata.as_ref().unwrap()["thought"]["why"] == "because test asked");
    assert_eq!(because_asked.count(), 3, "{thoughts:?}");
    let wake = fleet.bots.get_bot(&bot.username).await.unwrap().seen.next_wake;
    let is_done = fleet.bots.unsettled_actions(None).await.unwrap().is_empty();
    assert!(wake >= nightfall || !is_done, "it does not sleep on, but wakes at {wake:?}");
    fleet.nothing_is_doubled().await;
}

async fn what_is_open_for_later_does_not_hold_a_request_up(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    let bot = sleeper(&fleet).await;
    let later = fleet_bots::NewAction {
        bot_id: bot.id,
        content: fleet_bots::Content::Comment {
            about: fleet_bots::About {
                post_id: fleet.sandbox.census().items[0].id.clone(),
                title: "Later".into(),
                author: "guest".into(),
                person: None,
                posted_at: None,
                image_url: None,
                why: "a plan for next week".into(),
            },
            text: "Late, and gladly.".into(),
        },
        planned_at: fleet.asked().at,
        due_at: fleet.asked().at.plus(std::time::Duration::from_secs(7 * 86_400)),
        decision: None,
    };
    fleet.bots.plan_action(later).await.unwrap();
    let node = fleet.start_node().await;
    ask(&fleet, &bot, ActNow::Like).await;
    fleet.until_rows("it likes something", ActionKind::Like, is_done).await;
    node.leaves().await;
    let waiting = fleet.ledger().await.into_iter().find(|row| row.kind == ActionKind::Comment).unwrap();
    assert_eq!(waiting.status, ActionStatus::Planned, "the plan keeps its time");
}

async fn every_bot_that_is_asked_to_comment_says_something_or_says_why_not(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    let slow =
        BotChanges { min_interval_s: Some(500_000), max_interval_s: Some(600_000), ..BotChanges::default() };
    let bots = fleet.with_bots(6, only(ActionKind::Comment)).await;
    for bot in &bots {
        fleet.bots.update_bot(bot.id, slow.clone(), &fleet.asked()).await.unwrap();
        ask(&fleet, bot, ActNow::Comment).await;
    }
    let node = fleet.start_node().await;
    let comments = async || {
        fleet.ledger().await.into_iter().filter(|row| row.kind == ActionKind::Comment).collect::<Vec<_>>()
    };
    until("each has answered", async || {
        let said = comments().await.iter().filter(|row| row.status == ActionStatus::Done).count();
        said + told(&fleet, ActivityKind::RequestEnded).await.len() == bots.len()
    })
    .await;
    node.leaves().await;
    assert!(!comments().await.is_empty(), "some find something to say");
    assert_eq!(fleet.bots.pending_requests(None).await.unwrap(), vec![]);
    fleet.nothing_is_doubled().await;
}

async fn a_request_of_which_nothing_comes_says_why(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bot = sleeper(&fleet).await;
    let node = fleet.start_node().await;
    ask(&fleet, &bot, ActNow::Like).await;
    let words = format!("{} did not like something, as test had asked: it found nothing new", bot.name);
    assert_eq!(until_ended(&fleet).await, words);
    node.leaves().await;
    assert_eq!(fleet.ledger().await, vec![]);
}

async fn a_limit_ends_a_request_with_its_reason(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    let bot = sleeper(&fleet).await;
    let node = fleet.start_node().await;
    sleeps(&fleet, &bot).await;
    fleet.sandbox.faults().add(Fault::new(Route::Feed, Trouble::rate_limited(3_600)).always());
    ask(&fleet, &bot, ActNow::Like).await;
    let told = until_ended(&fleet).await;
    assert!(told.starts_with(&format!("{} did not like something, as test had asked: ", bot.name)), "{told}");
    assert!(told.contains("pause of 3600 s"), "{told}");
    node.leaves().await;
}

async fn a_request_waits_while_the_gallery_is_down(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    let bot = sleeper(&fleet).await;
    let node = fleet.start_node().await;
    sleeps(&fleet, &bot).await;
    fleet.sandbox.faults().add(Fault::new(Route::Feed, Trouble::status(502)));
    fleet.sandbox.faults().add(Fault::new(Route::Feed, Trouble::Cut));
    ask(&fleet, &bot, ActNow::Like).await;
    fleet.until_rows("it likes something", ActionKind::Like, is_done).await;
    assert_eq!(fleet.sandbox.faults().remaining(), 0);
    assert_eq!(told(&fleet, ActivityKind::RequestEnded).await, vec![]);
    node.leaves().await;
}

async fn a_request_outlives_a_pause(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    let bot = sleeper(&fleet).await;
    let node = fleet.start_node().await;
    sleeps(&fleet, &bot).await;
    fleet.sandbox.faults().add(Fault::new(Route::Feed, Trouble::Hang).always());
    ask(&fleet, &bot, ActNow::Like).await;
    until("it is looking", async || fleet.requests().iter().any(|request| request.effect.is_none())).await;
    fleet.bots.pause_bot(bot.id, &fleet.asked()).await.unwrap();
    until("it holds still", async || {
        let seen = fleet.bots.get_bot(&bot.username).await.unwrap().seen;
        seen.state == Some(fleet_bots::ObservedState::Halted)
    })
    .await;
    fleet.sandbox.faults().clear();
    fleet.bots.resume_bot(bot.id, &fleet.asked()).await.unwrap();
    fleet.until_rows("it likes something", ActionKind::Like, is_done).await;
    node.leaves().await;
    fleet.nothing_is_doubled().await;
}

async fn a_request_outlives_a_restart_and_is_served_once(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    let bot = sleeper(&fleet).await;
    let node = fleet.start_node().await;
    sleeps(&fleet, &bot).await;
    node.leaves().await;
    ask(&fleet, &bot, ActNow::Post).await;
    let node = fleet.start_node().await;
    fleet.until_rows("it shares a picture", ActionKind::Post, is_done).await;
    node.leaves().await;
    let node = fleet.start_node().await;
    until("it is held again", async || {
        fleet.bots.get_bot(&bot.username).await.unwrap().seen.node_id.is_some()
    })
    .await;
    node.leaves().await;
    let posts = fleet.ledger().await.iter().filter(|row| row.kind == ActionKind::Post).count();
    assert_eq!(posts, 1);
    fleet.nothing_is_doubled().await;
}

async fn a_node_that_dies_over_a_request_loses_nothing_and_doubles_nothing(store: &TestStore) {
    let fleet = TestFleet::over(store).await.impatient().mortal();
    fleet.guest_posts().await;
    let bot = sleeper(&fleet).await;
    // It dies once while it looks, and once while its picture is being made.
    for (route, wish) in [(Route::Feed, ActNow::Browse), (Route::Execute, ActNow::Post)] {
        fleet.sandbox.faults().add(Fault::new(route, Trouble::Hang).always());
        let before = fleet.requests().len();
        ask(&fleet, &bot, wish).await;
        let node = fleet.start_node().await;
        until("it is at it", async || {
            fleet.requests()[before..].iter().any(|request| request.route == route)
        })
        .await;
        node.dies().await;
        fleet.sandbox.faults().clear();
        let node = fleet.start_node().await;
        until("it is served", async || fleet.bots.pending_requests(None).await.unwrap().is_empty()).await;
        until("nothing is open", async || fleet.bots.unsettled_actions(None).await.unwrap().is_empty()).await;
        node.leaves().await;
    }
    let rows = fleet.ledger().await;
    let count = |kind| rows.iter().filter(|row| row.kind == kind).count();
    assert_eq!(count(ActionKind::Picture), 1, "{rows:?}");
    assert_eq!(fleet.bots.get_bot(&bot.username).await.unwrap().bot.browses, 1);
    fleet.nothing_is_doubled().await;
}

async fn a_request_that_nobody_can_serve_lapses(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bot = sleeper(&fleet).await;
    ask(&fleet, &bot, ActNow::Like).await;
    fleet.bots.pause_bot(bot.id, &fleet.asked()).await.unwrap();
    let past = store.past_the_gateway().await;
    past.execute_unprepared("UPDATE requests SET made_at = made_at - 601000000").await.unwrap();
    let node = fleet.start_node().await;
    let told = until_ended(&fleet).await;
    assert!(told.ends_with("it could not within 10 minutes"), "{told}");
    node.leaves().await;
    assert_eq!(fleet.ledger().await, vec![]);
}
