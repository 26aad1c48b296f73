//! Pictures from what the gallery offers, and pictures that expire while they wait.

use std::time::Duration;

use std::collections::HashSet;
use std::sync::Arc;

use fleet_bots::{Action, ActionKind, ActionStatus, ActivityFilter, ActivityKind, Content, Selection};
use fleet_brain::Catalogue;
use fleet_gallery::sandbox::{Fault, Route, Trouble};
use serde_json::Value;

use crate::fleet::{TestFleet, only};
use crate::store::{TestStore, until};

store_tests!(
    without_a_key_everybody_posts_what_needs_none,
    a_generator_that_is_gone_is_met_once_and_then_left_out,
    a_gallery_that_does_not_say_what_it_offers_is_taken_to_have_everything,
    who_can_make_nothing_says_so_once_and_does_other_things,
    a_picture_that_expired_while_its_bot_was_paused_fails_and_is_not_posted,
    a_picture_that_waited_and_is_still_there_is_posted,
    a_workflow_that_takes_too_long_fails_and_its_picture_is_not_used,
);

/// What the picture of a row was made with.
fn generators(row: &Action) -> HashSet<String> {
    let Content::Picture { steps, .. } = &row.content else { return HashSet::new() };
    let steps = steps.as_array().unwrap().iter();
    steps.filter_map(|step| Some(step.get("generator")?.as_str()?.to_owned())).collect()
}

fn has(row: &Action, generator: &str) -> bool {
    generators(row).contains(generator)
}

async fn pictures(fleet: &TestFleet<'_>) -> Vec<Action> {
    fleet.ledger().await.into_iter().filter(|row| row.kind == ActionKind::Picture).collect()
}

async fn without_a_key_everybody_posts_what_needs_none(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.sandbox.change_policy(|policy| policy.image_model = false);
    let bots = fleet.with_bots(6, only(ActionKind::Post)).await;
    let node = fleet.start_node().await;
    fleet
        .until_rows("everybody has posted", ActionKind::Post, |rows| {
            let done = rows.iter().filter(|row| row.status == ActionStatus::Done);
            done.map(|row| row.bot_id).collect::<HashSet<_>>().len() == bots.len()
        })
        .await;
    node.leaves().await;
    for row in pictures(&fleet).await {
        assert!(row.status != ActionStatus::Failed && !has(&row, "openai"), "{row:?}");
    }
    fleet.nothing_is_doubled().await;
}

async fn a_generator_that_is_gone_is_met_once_and_then_left_out(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.with_bots(3, only(ActionKind::Post)).await;
    let node = fleet.start_node().await;
    let made = async |with: &'static str| {
        let is_made = |row: &Action| row.status == ActionStatus::Done && has(row, with);
        until("a picture is made", async || pictures(&fleet).await.iter().any(is_made)).await;
    };
    made("openai").await;
    fleet.sandbox.change_policy(|policy| policy.image_model = false);
    made("shapes").await;
    fleet.until_busy(30).await;
    node.leaves().await;
    let failed: Vec<Action> =
        pictures(&fleet).await.into_iter().filter(|row| row.status == ActionStatus::Failed).collect();
    // Each bot may have had one on its way.
    assert!((1..=3).contains(&failed.len()), "{failed:?}");
    assert!(failed.iter().all(|row| row.failure.as_ref().unwrap().contains("PROVIDER_NOT_FOUND")));
}

async fn a_gallery_that_does_not_say_what_it_offers_is_taken_to_have_everything(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.sandbox.faults().add(Fault::new(Route::Generators, Trouble::Html).always());
    fleet.sandbox.faults().add(Fault::new(Route::Transforms, Trouble::WrongType).always());
    fleet.with_bots(2, only(ActionKind::Post)).await;
    let node = fleet.start_node().await;
    fleet
        .until_rows("a painted picture is posted", ActionKind::Post, |rows| {
            rows.iter().any(|row| row.status == ActionStatus::Done)
        })
        .await;
    node.leaves().await;
    assert!(pictures(&fleet).await.iter().all(|row| has(row, "openai")));
}

/// Personas that make pictures with an image model and with nothing else.
fn painters() -> Catalogue {
    let text = include_str!("../../../fleet-brain/src/catalogue/catalogue.json");
    let mut catalogue: Value = serde_json::from_str(text).unwrap();
    for persona in catalogue["personas"].as_array_mut().unwrap() {
        persona["recipe"].as_array_mut().unwrap().retain(|recipe| recipe["generator"] == "openai");
    }
    Catalogue::from_json(&catalogue.to_string()).unwrap()
}

async fn who_can_make_nothing_says_so_once_and_does_other_things(store: &TestStore) {
    let mut fleet = TestFleet::over(store).await;
    fleet.catalogue = Arc::new(painters());
    fleet.sandbox.change_policy(|policy| policy.image_model = false);
    fleet.guest_posts().await;
    let poster = fleet.with_bots(1, only(ActionKind::Post)).await.remove(0);
    let node = fleet.start_node().await;
    let log = async |kind| {
        let lines = ActivityFilter {
            bots: vec![poster.id],
            kinds: vec![kind],
            limit: 1_000,
            ..ActivityFilter::default()
        };
        fleet.bots.get_activity(&lines).await.unwrap()
    };
    until("it looks around instead", async || log(ActivityKind::Browse).await.len() >= 5).await;
    node.leaves().await;
    let why = "the gallery offers nothing that";
    let told = log(ActivityKind::Thought).await;
    let told = told.iter().filter(|line| line.metadata.as_ref().unwrap().to_string().contains(why)).count();
    assert_eq!(told, 1, "it says once why it makes no picture");
    assert!(log(ActivityKind::Error).await.is_empty());
    assert!(pictures(&fleet).await.is_empty());
}

/// A bot with a picture in hand that the gallery did not take yet, paused; addresses are good for `lasting_s` of its time.
async fn with_a_picture_in_hand(fleet: &TestFleet<'_>, lasting_s: u64) -> Action {
    fleet.sandbox.change_policy(|policy| policy.presigned_seconds = Some(lasting_s));
    fleet.sandbox.faults().add(Fault::new(Route::Publish, Trouble::rate_limited(1)).always());
    let is_in_hand = |row: &Action| row.kind == ActionKind::Post && row.postponed > 0;
    until("a post was put off", async || fleet.ledger().await.iter().any(is_in_hand)).await;
    fleet.bots.pause_bots(&Selection::All, &fleet.asked()).await.unwrap();
    fleet.sandbox.faults().clear();
    fleet.ledger().await.into_iter().find(is_in_hand).unwrap()
}

/// How the row ends once its bot may go on.
async fn ends(fleet: &TestFleet<'_>, post: &Action) -> Action {
    fleet.bots.resume_bots(&Selection::All, &fleet.asked()).await.unwrap();
    let row = async || fleet.ledger().await.into_iter().find(|row| row.id == post.id).unwrap();
    until("its row has ended", async || !row().await.status.is_open()).await;
    row().await
}

async fn a_picture_that_expired_while_its_bot_was_paused_fails_and_is_not_posted(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.with_bots(1, only(ActionKind::Post)).await;
    let node = fleet.start_node().await;
    let post = with_a_picture_in_hand(&fleet, 600).await;
    let expired = post.planned_at.plus(std::time::Duration::from_secs(601));
    until("the address has expired", async || fleet.now() > expired).await;
    let ended = ends(&fleet, &post).await;
    assert_eq!(ended.status, ActionStatus::Failed, "{ended:?}");
    let why = ended.failure.unwrap();
    assert!(why.starts_with("picture expired") && why.ends_with("to make is lost"), "{why}");
    assert!(
        ended.sent_at.is_none() || post.sent_at == ended.sent_at,
        "it was sent though it was known to be gone"
    );
    node.leaves().await;
    let Content::Post { title, .. } = &post.content else { panic!("{post:?}") };
    assert!(fleet.sandbox.census().items.iter().all(|item| item.title != *title));
}

async fn a_picture_that_waited_and_is_still_there_is_posted(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.with_bots(1, only(ActionKind::Post)).await;
    let node = fleet.start_node().await;
    let post = with_a_picture_in_hand(&fleet, 7 * 86_400).await;
    let ended = ends(&fleet, &post).await;
    assert_eq!(ended.status, ActionStatus::Done, "{ended:?}");
    node.leaves().await;
    fleet.nothing_is_doubled().await;
}

async fn a_workflow_that_takes_too_long_fails_and_its_picture_is_not_used(store: &TestStore) {
    let mut fleet = TestFleet::over(store).await;
    fleet.workflow_timeout = Duration::from_secs(1);
    fleet.sandbox.faults().add(Fault::new(Route::Execute, Trouble::Hang));
    fleet.with_bots(1, only(ActionKind::Post)).await;
    let node = fleet.start_node().await;
    let failed = async || {
        let mut rows = pictures(&fleet).await;
        rows.retain(|row| row.status == ActionStatus::Failed);
        rows.pop()
    };
    until("the workflow was given up", async || failed().await.is_some()).await;
    node.leaves().await;
    let why = failed().await.unwrap().failure.unwrap();
    assert!(why.ends_with("the picture may have been made, and is not used"), "{why}");
}
