//! A person's no under a bot's own picture is heard by whoever posted it, whatever else that bot may do or is drawn to.

use fleet_bots::{ActionKind, ActionStatus, SettingsChanges, Weights};

use crate::fleet::{TestFleet, only};
use crate::store::{TestStore, until};

store_tests!(
    who_has_reached_every_cap_still_hears_a_no_under_its_own_picture,
    who_only_ever_posts_hears_a_no_under_its_own_picture,
    who_was_taken_off_the_list_is_not_heard_from_the_same_words,
);

const NO: &str = "No bots please, leave me alone.";

/// The newest picture of a bot that is in the gallery.
async fn newest_post(fleet: &TestFleet<'_>) -> String {
    let rows = fleet.ledger().await;
    let mut done = rows.iter().filter(|row| row.kind == ActionKind::Post && row.status == ActionStatus::Done);
    done.find_map(|row| row.remote_id.clone()).unwrap()
}

async fn is_left_alone(fleet: &TestFleet<'_>, username: &str) -> bool {
    fleet.bots.read_settings().await.unwrap().leaves_alone(username)
}

async fn who_has_reached_every_cap_still_hears_a_no_under_its_own_picture(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let caps = SettingsChanges { bot_posts: Some(1), bot_comments: Some(1), ..SettingsChanges::default() };
    fleet.bots.change_settings(caps, &fleet.asked()).await.unwrap();
    // Among so many there is surely one that it has something to say about.
    for _ in 0..2 {
        fleet.guest_posts().await;
    }
    fleet.with_bots(1, Weights { post: 1.0, comment: 1.0, like: 0.0, browse: 0.0 }).await;
    let node = fleet.start_node().await;
    for kind in [ActionKind::Post, ActionKind::Comment] {
        fleet
            .until_rows("it has done what it may today", kind, |rows| {
                rows.iter().any(|row| row.status == ActionStatus::Done)
            })
            .await;
    }
    fleet.guest("robin").await;
    fleet.gallery().comment("robin", &newest_post(&fleet).await, NO).await.unwrap();
    until("the no is heard", async || is_left_alone(&fleet, "robin").await).await;
    node.leaves().await;
}

async fn who_only_ever_posts_hears_a_no_under_its_own_picture(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.with_bots(1, only(ActionKind::Post)).await;
    let node = fleet.start_node().await;
    fleet
        .until_rows("it has posted", ActionKind::Post, |rows| {
            rows.iter().any(|row| row.status == ActionStatus::Done)
        })
        .await;
    fleet.guest("robin").await;
    fleet.gallery().comment("robin", &newest_post(&fleet).await, NO).await.unwrap();
    until("the no is heard", async || is_left_alone(&fleet, "robin").await).await;
    node.leaves().await;
}

async fn who_was_taken_off_the_list_is_not_heard_from_the_same_words(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_post("No bots please").await;
    fleet.with_bots(2, only(ActionKind::Like)).await;
    let node = fleet.start_node().await;
    until("the caption is heard", async || is_left_alone(&fleet, "guest").await).await;
    let off = SettingsChanges { people_removed: vec!["guest".into()], ..SettingsChanges::default() };
    fleet.bots.change_settings(off, &fleet.asked()).await.unwrap();
    // They read the same caption again and again.
    fleet.until_busy(30).await;
    assert!(!is_left_alone(&fleet, "guest").await, "those were the words that an operator overruled");
    fleet.guest_post("Still: no bots please").await;
    until("newer words are heard", async || is_left_alone(&fleet, "guest").await).await;
    node.leaves().await;
}
