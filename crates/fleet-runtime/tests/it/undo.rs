//! What operators want taken back is taken back by the nodes: each like at most once, whatever the gallery does, and none is
//! made anew.

use std::collections::BTreeMap;
use std::time::Duration;

use fleet_bots::{Account, AccountAfter, Action, ActionKind, ActionStatus, DeedFilter, Selection};
use fleet_gallery::sandbox::{Fault, Route, Trouble};

use crate::fleet::{TestFleet, only};
use crate::store::{TestStore, stop, until};

store_tests!(
    the_likes_of_stopped_and_deleted_bots_are_taken_back,
    whatever_goes_wrong_no_like_is_made_anew,
    what_a_dead_node_left_is_taken_back_by_the_next,
    nothing_is_taken_back_while_everything_is_stopped,
    a_like_that_somebody_took_back_before_is_left_alone,
    what_an_account_did_that_is_gone_is_not_taken_back_in_its_name,
    a_bot_at_its_limit_keeps_no_other_waiting,
);

/// Lets `count` bots like what is there, then stops them; nothing of theirs is open any more.
async fn liked(fleet: &TestFleet<'_>, count: usize) {
    fleet.guest_posts().await;
    fleet.with_bots(count, only(ActionKind::Like)).await;
    let node = fleet.start_node().await;
    let done = |rows: &[Action]| rows.iter().filter(|row| row.status == ActionStatus::Done).count() >= count;
    fleet.until_rows("every bot has liked something", ActionKind::Like, done).await;
    // Whoever leaves ends what has begun; a stop would leave it to be looked for.
    node.leaves().await;
    fleet.bots.stop_bots(&Selection::All, &fleet.asked()).await.unwrap();
}

async fn undos(fleet: &TestFleet<'_>) -> Vec<Action> {
    fleet.ledger().await.into_iter().filter(|row| row.kind == ActionKind::Unlike).collect()
}

async fn until_undone(fleet: &TestFleet<'_>) {
    until("nothing is left to take back", async || fleet.bots.open_undos().await.unwrap().is_empty()).await;
}

fn likes(fleet: &TestFleet<'_>) -> usize {
    fleet.sandbox.census().items.iter().map(|item| item.likers.len()).sum()
}

async fn the_likes_of_stopped_and_deleted_bots_are_taken_back(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    liked(&fleet, 4).await;
    let some = fleet.bots.bots_called("resident_0").await.unwrap().remove(0);
    fleet.bots.delete_bot(some.id, AccountAfter::Kept, &fleet.asked()).await.unwrap();
    let before = likes(&fleet);
    let planned = fleet.bots.plan_undo(&DeedFilter::default(), &fleet.asked()).await.unwrap();
    assert_eq!(usize::try_from(planned).unwrap(), before);
    let node = fleet.start_node().await;
    until_undone(&fleet).await;
    node.leaves().await;
    assert_eq!(likes(&fleet), 0);
    assert!(undos(&fleet).await.iter().all(|row| row.status == ActionStatus::Done));
    let deeds = fleet.bots.list_deeds(&DeedFilter::default()).await.unwrap();
    assert!(deeds.iter().all(|deed| deed.action.undone_by.is_some() && deed.bot.likes == 0));
}

async fn whatever_goes_wrong_no_like_is_made_anew(store: &TestStore) {
    let fleet = TestFleet::over(store).await.impatient();
    liked(&fleet, 8).await;
    let before = fleet.requests().len();
    let troubles = [
        Trouble::status(500),
        Trouble::Cut,
        Trouble::CutAfter,
        Trouble::Html,
        Trouble::rate_limited(1),
        Trouble::LandsLate(Duration::from_millis(1_500)),
    ];
    for trouble in troubles {
        fleet.sandbox.faults().add(Fault::new(Route::Like, trouble));
    }
    for trouble in [Trouble::status(502), Trouble::Empty, Trouble::rate_limited(1)] {
        fleet.sandbox.faults().add(Fault::new(Route::Item, trouble));
    }
    fleet.bots.plan_undo(&DeedFilter::default(), &fleet.asked()).await.unwrap();
    let node = fleet.start_node().await;
    until("every fault was met", async || fleet.sandbox.faults().remaining() == 0).await;
    until_undone(&fleet).await;
    node.leaves().await;

    let census = fleet.sandbox.census();
    for row in undos(&fleet).await {
        let bot = fleet.bots.get_bot(&row.bot_id.to_string()).await.unwrap().bot;
        let item = census.items.iter().find(|item| Some(&item.id) == row.target.as_ref()).unwrap();
        let is_there = item.likers.contains(&bot.username);
        match row.status {
            ActionStatus::Done => assert!(!is_there, "{row:?}"),
            ActionStatus::Unresolved => assert!(row.failure.is_some(), "{row:?}"),
            _ => panic!("{row:?}"),
        }
    }
    let mut toggles = BTreeMap::<_, usize>::new();
    for request in &fleet.requests()[before..] {
        if request.route == Route::Like && request.effect.is_some() {
            *toggles.entry((request.agent.clone(), request.path.clone())).or_default() += 1;
        }
    }
    assert!(toggles.values().all(|times| *times == 1), "{toggles:?}");
}

async fn what_a_dead_node_left_is_taken_back_by_the_next(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    liked(&fleet, 4).await;
    let fleet = fleet.impatient();
    fleet.sandbox.faults().add(Fault::new(Route::Like, Trouble::Hang));
    fleet.bots.plan_undo(&DeedFilter::default(), &fleet.asked()).await.unwrap();
    let node = fleet.start_node().await;
    until("a request hangs", async || fleet.sandbox.faults().remaining() == 0).await;
    node.dies().await;
    assert_eq!(undos(&fleet).await.iter().filter(|row| row.status == ActionStatus::Sent).count(), 1);
    let node = fleet.start_node().await;
    until_undone(&fleet).await;
    node.leaves().await;
    let rows = undos(&fleet).await;
    let unresolved = rows.iter().filter(|row| row.status == ActionStatus::Unresolved).count();
    assert_eq!((likes(&fleet), unresolved), (1, 1), "what hung never came, and is not sent again");
}

async fn nothing_is_taken_back_while_everything_is_stopped(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    liked(&fleet, 2).await;
    let before = likes(&fleet);
    stop(&fleet.bots, &fleet.asked()).await;
    fleet.bots.plan_undo(&DeedFilter::default(), &fleet.asked()).await.unwrap();
    let node = fleet.start_node().await;
    // Its lease tells how long it has lived: long enough to look for something to do twice.
    until("the node has lived for two seconds", async || {
        let nodes = fleet.bots.list_nodes().await.unwrap();
        let node = nodes.iter().find(|node| node.is_alive).map(|node| &node.node);
        node.is_some_and(|node| {
            node.expires_at.since(node.started_at) > fleet.config.lease_ttl + Duration::from_secs(2)
        })
    })
    .await;
    assert_eq!(likes(&fleet), before);
    fleet.bots.lift_stop(&fleet.asked()).await.unwrap();
    until_undone(&fleet).await;
    node.leaves().await;
    assert_eq!(likes(&fleet), 0);
}

async fn a_like_that_somebody_took_back_before_is_left_alone(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    liked(&fleet, 2).await;
    let deed = fleet.bots.list_deeds(&DeedFilter::default()).await.unwrap().remove(0);
    let post = deed.action.target.unwrap();
    fleet.gallery().toggle_like(&deed.bot.username, &post).await.unwrap();
    fleet.bots.plan_undo(&DeedFilter::default(), &fleet.asked()).await.unwrap();
    let node = fleet.start_node().await;
    until_undone(&fleet).await;
    node.leaves().await;
    assert_eq!(likes(&fleet), 0, "one that is not there is not made by taking it back");
    assert!(undos(&fleet).await.iter().all(|row| row.status == ActionStatus::Done));
}

async fn what_an_account_did_that_is_gone_is_not_taken_back_in_its_name(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    liked(&fleet, 2).await;
    let node = fleet.start_node().await;
    let some = fleet.bots.list_deeds(&DeedFilter::default()).await.unwrap().remove(0).bot;
    fleet.bots.delete_bot(some.id, AccountAfter::Removed, &fleet.asked()).await.unwrap();
    until("its account is removed", async || {
        fleet.bots.bots_called(&some.username).await.unwrap()[0].account == Account::Gone
    })
    .await;
    let before = fleet.requests().len();
    fleet.bots.plan_undo(&DeedFilter::default(), &fleet.asked()).await.unwrap();
    until_undone(&fleet).await;
    node.leaves().await;
    let rows = undos(&fleet).await;
    assert!(rows.iter().any(|row| row.bot_id == some.id));
    for row in rows {
        let told = (row.status, row.failure.as_deref());
        match row.bot_id == some.id {
            true => assert_eq!(told, (ActionStatus::Failed, Some("the bot's account is gone"))),
            false => assert_eq!(told, (ActionStatus::Done, None)),
        }
    }
    let in_its_name =
        |request: &fleet_gallery::sandbox::Request| request.agent.as_ref() == Some(&some.username);
    assert!(!fleet.requests()[before..].iter().any(in_its_name), "nothing is asked in its name");
}

async fn a_bot_at_its_limit_keeps_no_other_waiting(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    // More than one bot can like of five posts.
    liked(&fleet, 8).await;
    let limited = fleet.bots.list_deeds(&DeedFilter::default()).await.unwrap().remove(0).bot;
    let next_year = "2027-03-05T00:00:00Z".parse::<jiff::Timestamp>().unwrap();
    let limit = Trouble::bot_limited(next_year, 50, 50);
    fleet.sandbox.faults().add(Fault::new(Route::Like, limit).for_agent(&limited.username).always());
    fleet.bots.plan_undo(&DeedFilter::default(), &fleet.asked()).await.unwrap();
    let node = fleet.start_node().await;
    until("only what the limited bot did is left", async || {
        let open = fleet.bots.open_undos().await.unwrap();
        open.iter().all(|row| row.bot_id == limited.id && row.postponed > 0)
    })
    .await;
    node.leaves().await;
    let rows = undos(&fleet).await;
    assert!(rows.iter().any(|row| row.bot_id == limited.id));
    assert!(rows.iter().all(|row| row.bot_id == limited.id || row.status == ActionStatus::Done), "{rows:?}");
}
