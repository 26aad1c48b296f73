//! What operators set for the whole fleet does what it says, while the fleet runs.

use fleet_bots::{
    ActNow, ActionKind, ActionStatus, ActivityFilter, ActivityKind, BotChanges, ObservedState,
    SettingsChanges,
};
use fleet_gallery::sandbox::{Fault, Route, Trouble};

use crate::fleet::{TestFleet, only};
use crate::store::{TestStore, until};

store_tests!(
    the_pace_stretches_the_rest_between_two_actions,
    a_bot_at_its_cap_rests_and_says_why_until_it_is_raised,
    a_bot_at_one_cap_does_something_else,
    nothing_is_done_to_who_opted_out,
    who_says_no_bots_under_a_post_or_in_a_title_is_left_alone_at_once,
    nothing_is_liked_and_the_thought_says_why_until_somebody_vouches,
);

async fn the_pace_stretches_the_rest_between_two_actions(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let looks = fleet_bots::Weights { post: 0.0, comment: 0.0, like: 0.0, browse: 1.0 };
    let bot = fleet.with_bots(1, looks).await.remove(0);
    let even = BotChanges { min_interval_s: Some(600), max_interval_s: Some(600), ..BotChanges::default() };
    fleet.bots.update_bot(bot.id, even, &fleet.asked()).await.unwrap();
    let slow = SettingsChanges { pace: Some(10.0), ..SettingsChanges::default() };
    fleet.bots.change_settings(slow, &fleet.asked()).await.unwrap();
    let node = fleet.start_node().await;
    let looked = ActivityFilter { kinds: vec![ActivityKind::Browse], ..ActivityFilter::default() };
    until("it has looked around", async || !fleet.bots.get_activity(&looked).await.unwrap().is_empty()).await;
    let looked = fleet.bots.get_activity(&looked).await.unwrap().remove(0).at;
    // How long it rests is told after the look; what stands there until then is the wake that led to it.
    let mut rest = 0;
    until("it rests", async || {
        let wake = fleet.bots.get_bot(&bot.username).await.unwrap().seen.next_wake;
        rest = wake.map_or(0, |wake| wake.since(looked).as_secs());
        rest > 60
    })
    .await;
    node.leaves().await;
    assert!((6_000..12_000).contains(&rest), "it rests {rest} s instead of 600 s times ten");
}

async fn a_bot_at_its_cap_rests_and_says_why_until_it_is_raised(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    let one = SettingsChanges { bot_likes: Some(1), ..SettingsChanges::default() };
    fleet.bots.change_settings(one, &fleet.asked()).await.unwrap();
    let bot = fleet.with_bots(1, only(ActionKind::Like)).await.remove(0);
    let node = fleet.start_node().await;
    until("it is limited", async || {
        let seen = fleet.bots.get_bot(&bot.username).await.unwrap().seen;
        seen.state == Some(ObservedState::Limited)
            && seen.state_note.is_some_and(|note| note.contains("one bot likes 1 a day at the most"))
    })
    .await;
    let midnight = "2026-03-06T00:00:00Z".parse::<jiff::Timestamp>().unwrap();

    // What it is asked for is answered with the cap, and exceeds it as little.
    fleet.bots.request_action(bot.id, ActNow::Like, &fleet.asked()).await.unwrap();
    let ended = ActivityFilter { kinds: vec![ActivityKind::RequestEnded], ..ActivityFilter::default() };
    until("the request has ended", async || !fleet.bots.get_activity(&ended).await.unwrap().is_empty()).await;
    let told = fleet.bots.get_activity(&ended).await.unwrap().remove(0).message;
    assert!(told.contains("one bot likes 1 a day"), "{told}");
    let first_day = async || {
        let rows = fleet.ledger().await.into_iter();
        rows.filter(|row| row.planned_at.timestamp() < midnight).count()
    };
    assert_eq!(first_day().await, 1);

    // A cap that is raised is noticed within an hour of its time.
    let more = SettingsChanges { bot_likes: Some(2), ..SettingsChanges::default() };
    fleet.bots.change_settings(more, &fleet.asked()).await.unwrap();
    until("it likes another one", async || fleet.ledger().await.len() >= 2).await;
    node.leaves().await;
    assert!(first_day().await <= 2);
}

async fn a_bot_at_one_cap_does_something_else(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    let one = SettingsChanges { bot_posts: Some(1), ..SettingsChanges::default() };
    fleet.bots.change_settings(one, &fleet.asked()).await.unwrap();
    let weights = fleet_bots::Weights { post: 1_000.0, comment: 0.0, like: 0.0, browse: 1.0 };
    let bot = fleet.with_bots(1, weights).await.remove(0);
    let node = fleet.start_node().await;
    until("it looks around once its posts are used up", async || {
        fleet.bots.get_bot(&bot.username).await.unwrap().bot.browses >= 3
    })
    .await;
    let midnight = "2026-03-06T00:00:00Z".parse::<jiff::Timestamp>().unwrap();
    let rows = fleet.ledger().await;
    node.leaves().await;
    let posts =
        rows.iter().filter(|row| row.kind == ActionKind::Post && row.planned_at.timestamp() < midnight);
    assert_eq!(posts.count(), 1, "{rows:?}");
}

async fn nothing_is_done_to_who_opted_out(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    let people = SettingsChanges { opted_out: Some(vec!["@Guest".into()]), ..SettingsChanges::default() };
    fleet.bots.change_settings(people, &fleet.asked()).await.unwrap();
    let bot = fleet.with_bots(1, only(ActionKind::Like)).await.remove(0);
    let node = fleet.start_node().await;
    let looked = async || fleet.bots.get_bot(&bot.username).await.unwrap().bot.browses;
    until("it has looked three times and found nothing", async || looked().await >= 3).await;
    assert_eq!(fleet.ledger().await, vec![]);
    let memory = fleet.bots.recall_posts(bot.id).await.unwrap();
    assert_eq!(memory, vec![], "it does not even think about them");

    let nobody = SettingsChanges { opted_out: Some(vec![]), ..SettingsChanges::default() };
    fleet.bots.change_settings(nobody, &fleet.asked()).await.unwrap();
    fleet
        .until_rows("it likes something once they are back", ActionKind::Like, |rows| {
            rows.iter().any(|row| row.status == ActionStatus::Done)
        })
        .await;
    node.leaves().await;
}

async fn who_says_no_bots_under_a_post_or_in_a_title_is_left_alone_at_once(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    fleet.with_bots(6, only(ActionKind::Comment)).await;
    let node = fleet.start_node().await;
    fleet
        .until_rows("a bot has spoken there", ActionKind::Comment, |rows| {
            rows.iter().any(|row| row.status == ActionStatus::Done)
        })
        .await;
    let gallery = fleet.gallery();
    let is_said =
        |row: &fleet_bots::Action| row.kind == ActionKind::Comment && row.status == ActionStatus::Done;
    let commented = fleet.ledger().await.into_iter().find(is_said).and_then(|row| row.target).unwrap();
    fleet.guest("walker").await;
    // Reading fails again and again: it comes back until it has read what was said.
    fleet.sandbox.faults().add(Fault::new(Route::Comments, Trouble::status(403)).times(12));
    gallery.comment("walker", &commented, "Nice harbour. No bots, please!").await.unwrap();
    let left_alone = async |name: &str| fleet.bots.read_settings().await.unwrap().leaves_alone(name);
    until("who wrote under a post of somebody else is heard", async || left_alone("walker").await).await;
    assert!(!left_alone("guest").await);
    let told = ActivityFilter { kinds: vec![ActivityKind::OptedOut], ..ActivityFilter::default() };
    let line = fleet.bots.get_activity(&told).await.unwrap().remove(0);
    assert!(line.message.contains("“No bots, please!”"), "{}", line.message);

    fleet.guest_post("Dream of a whale (no bots please)").await;
    until("who says it in a title is heard", async || left_alone("guest").await).await;
    node.leaves().await;
    let about_it = fleet
        .ledger()
        .await
        .into_iter()
        .filter(|row| row.content.about().is_some_and(|about| about.title.contains("no bots")));
    assert_eq!(about_it.count(), 0);
}

async fn nothing_is_liked_and_the_thought_says_why_until_somebody_vouches(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    let word = |given| SettingsChanges { likes_confirmed: Some(given), ..SettingsChanges::default() };
    fleet.bots.change_settings(word(false), &fleet.asked()).await.unwrap();
    let likes_most = fleet_bots::Weights { post: 0.0, comment: 0.0, like: 9.0, browse: 1.0 };
    fleet.with_bots(2, likes_most).await;
    let node = fleet.start_node().await;
    let thoughts =
        ActivityFilter { kinds: vec![ActivityKind::Thought], limit: 50, ..ActivityFilter::default() };
    until("they have thought, and say why they do not like", async || {
        let thoughts = fleet.bots.get_activity(&thoughts).await.unwrap();
        thoughts.len() >= 6
            && thoughts.iter().all(|line| {
                let why = line.metadata.as_ref().and_then(|told| told["thought"]["why"].as_str());
                why.is_some_and(|why| why.contains("likes are off until an operator confirms"))
            })
    })
    .await;
    assert_eq!(fleet.ledger().await, vec![]);
    fleet.bots.change_settings(word(true), &fleet.asked()).await.unwrap();
    fleet
        .until_rows("they like once somebody vouches", ActionKind::Like, |rows| {
            rows.iter().any(|row| row.status == ActionStatus::Done)
        })
        .await;
    node.leaves().await;
}
