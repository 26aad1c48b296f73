//! Accounts against a gallery that fails: asked for again without harm, and removed when their bots are gone.

use std::time::Duration;

use fleet_bots::{Account, AccountAfter, ActivityFilter, ActivityKind, BotChanges, Selection};
use fleet_gallery::sandbox::{Effect, Fault, Route, Trouble};
use sea_orm::ConnectionTrait;

use crate::fleet::{TestFleet, mixed};
use crate::store::{TestStore, until};

store_tests!(
    an_agent_that_dies_between_the_invitation_and_its_record_is_repaired,
    a_refused_account_is_asked_for_at_once_when_what_was_refused_is_mended,
    a_token_without_the_permission_is_told_with_its_remedy,
    a_new_name_is_told_to_the_gallery,
    accounts_of_deleted_bots_are_removed_when_the_gallery_is_back,
);

/// How often the gallery was asked for something on this route, by whomever.
fn asked(fleet: &TestFleet<'_>, route: Route) -> usize {
    fleet.sandbox.requests().iter().filter(|request| request.route == route).count()
}

async fn an_agent_that_dies_between_the_invitation_and_its_record_is_repaired(store: &TestStore) {
    let fleet = TestFleet::over(store).await.impatient().mortal();
    // It lands, and the node dies before it hears of it.
    fleet.sandbox.faults().add(Fault::new(Route::Invite, Trouble::LandsLate(Duration::from_millis(300))));
    let bot = fleet.with_bots(1, mixed()).await.remove(0);
    let account = async || fleet.bots.get_bot(&bot.id.to_string()).await.unwrap().bot.account;
    let node = fleet.start_node().await;
    until("the invitation is on its way", async || fleet.sandbox.faults().remaining() == 0).await;
    node.dies().await;
    assert_eq!(account().await, Account::Provisioning, "a crash leaves a trace");
    assert!(fleet.ledger().await.is_empty());

    let node = fleet.start_node().await;
    until("the account is there", async || account().await == Account::Ready).await;
    fleet.until_busy(3).await;
    node.leaves().await;
    let made = fleet.sandbox.requests().into_iter().filter(
        |request| matches!(&request.effect, Some(Effect::Invited { username }) if *username == bot.username),
    );
    assert_eq!(made.count(), 1, "it was made once");
}

async fn a_refused_account_is_asked_for_at_once_when_what_was_refused_is_mended(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    // Somebody else has the name already.
    fleet.guest_post("Pixel harbour at night").await;
    let bot = fleet.with_bots(1, mixed()).await.remove(0);
    let taken = BotChanges { username: Some("guest".into()), ..BotChanges::default() };
    fleet.bots.update_bot(bot.id, taken, &fleet.asked()).await.unwrap();
    let now = async || fleet.bots.get_bot(&bot.id.to_string()).await.unwrap();
    let node = fleet.start_node().await;
    until("the refusal is known", async || now().await.bot.account == Account::Refused).await;
    let invited = asked(&fleet, Route::Invite);
    // Its agent thinks and wakes for nothing: five minutes are long here.
    let free = BotChanges { username: Some("resident_0".into()), ..BotChanges::default() };
    fleet.bots.update_bot(bot.id, free, &fleet.asked()).await.unwrap();
    until("the account is there", async || now().await.bot.account == Account::Ready).await;
    assert_eq!(asked(&fleet, Route::Invite), invited + 1, "it did not hammer");
    fleet.until_busy(3).await;
    node.leaves().await;
}

async fn a_token_without_the_permission_is_told_with_its_remedy(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.sandbox.faults().add(Fault::new(Route::Invite, Trouble::status(403)).always());
    let bots = fleet.with_bots(3, mixed()).await;
    let node = fleet.start_node().await;
    for bot in &bots {
        until("the refusal is shown", async || {
            let view = fleet.bots.get_bot(&bot.username).await.unwrap();
            view.bot.account == Account::Refused
                && view.seen.state_note.is_some_and(|note| note.contains("`users:write`"))
        })
        .await;
    }
    node.leaves().await;
    assert_eq!(asked(&fleet, Route::Invite), bots.len(), "each asked once");
    assert!(fleet.requests().is_empty() && fleet.ledger().await.is_empty());
    let errors = ActivityFilter { kinds: vec![ActivityKind::Error], limit: 100, ..ActivityFilter::default() };
    let told = fleet.bots.get_activity(&errors).await.unwrap();
    assert_eq!(told.len(), bots.len(), "each was told once: {told:?}");
}

async fn a_new_name_is_told_to_the_gallery(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bot = fleet.with_bots(1, mixed()).await.remove(0);
    let name = async || fleet.bots.get_bot(&bot.username).await.unwrap().bot.account_name;
    let node = fleet.start_node().await;
    until("the account is there", async || name().await.as_deref() == Some("Resident 0 (AI)")).await;
    fleet.sandbox.faults().add(Fault::new(Route::Invite, Trouble::status(500)));
    let renamed = BotChanges { name: Some("Fern".into()), ..BotChanges::default() };
    fleet.bots.update_bot(bot.id, renamed, &fleet.asked()).await.unwrap();
    until("the gallery was told", async || fleet.sandbox.faults().remaining() == 0).await;
    // That it could not be told does not hold the bot up.
    fleet.until_busy(5).await;
    until("it is told again", async || name().await.as_deref() == Some("Fern (AI)")).await;
    node.leaves().await;
}

async fn accounts_of_deleted_bots_are_removed_when_the_gallery_is_back(store: &TestStore) {
    let fleet = TestFleet::over(store).await.impatient();
    let bots = fleet.with_bots(6, mixed()).await;
    let node = fleet.start_node().await;
    let another = if store.is_sqlite() { None } else { Some(fleet.start_node().await) };
    until("all have accounts", async || {
        let all = fleet.bots.list_bots(&fleet_bots::BotFilter::default()).await.unwrap();
        all.rows.iter().all(|view| view.bot.account == Account::Ready)
    })
    .await;
    for trouble in [Trouble::status(500), Trouble::CutAfter, Trouble::Hang, Trouble::status(404)] {
        fleet.sandbox.faults().add(Fault::new(Route::Remove, trouble));
    }
    fleet.bots.delete_bot(bots[0].id, AccountAfter::Kept, &fleet.asked()).await.unwrap();
    fleet.bots.delete_bots(&Selection::All, AccountAfter::Removed, &fleet.asked()).await.unwrap();
    assert_eq!(fleet.bots.departing().await.unwrap(), 5);
    shorten_waits(store, async || fleet.bots.departing().await.unwrap() == 0).await;
    assert_eq!(fleet.sandbox.faults().remaining(), 0);
    node.leaves().await;
    if let Some(another) = another {
        another.leaves().await;
    }
    let mut removed: Vec<String> = fleet
        .sandbox
        .requests()
        .into_iter()
        .filter_map(|request| match request.effect {
            Some(Effect::Removed { username }) => Some(username),
            _ => None,
        })
        .collect();
    removed.sort();
    let told = ActivityFilter { kinds: vec![ActivityKind::Deprovisioned], limit: 100, ..Default::default() };
    assert_eq!(fleet.bots.get_activity(&told).await.unwrap().len(), 5);
    // The one of which the gallery said 404 was there still, and nobody asks again.
    assert!(removed.len() >= 4 && !removed.contains(&bots[0].username), "{removed:?}");
    let count = removed.len();
    removed.dedup();
    assert_eq!(removed.len(), count, "an account was removed twice");
}

/// Waits for a state while the database's clock seems to jump: what waits for it is due.
async fn shorten_waits(store: &TestStore, reached: impl AsyncFn() -> bool) {
    let past = store.past_the_gateway().await;
    let due = "UPDATE bots SET account_due = 1 WHERE account = 'leaving' AND account_note IS NOT NULL";
    until("every account is gone", async || {
        past.execute_unprepared(due).await.unwrap();
        reached().await
    })
    .await;
}
