//! Stopping everything: here at once, everywhere soon, and for good until it is lifted.

use fleet_bots::{ActivityKind, Asked, Bots, Intent, StopState, Switch};
use sea_orm::ConnectionTrait;

use crate::fixtures::*;
use crate::store::{TestStore, stands_at, stop, until, within};

store_tests![
    a_stop_is_written_once_and_lifted_once,
    another_process_learns_of_a_stop_and_of_its_end,
    a_process_that_begins_later_is_stopped_too,
    a_stop_that_cannot_be_written_holds_and_is_written_later,
    a_stop_that_could_not_be_written_survives_a_restart,
    a_stop_that_is_lifted_stays_lifted,
    a_stop_outlives_the_lift_that_was_under_way,
];

async fn a_stop_is_written_once_and_lifted_once(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    assert_eq!(bots.switch().state(), StopState::Off);
    assert!(!bots.lift_stop(&asked()).await.unwrap(), "there is nothing to lift");

    let first = Asked { by: "ada".into(), at: at(1) };
    stop(bots, &first).await;
    within("who waits for it is woken", bots.switch().pulled()).await;
    let second = Asked { by: "cli".into(), at: at(2) };
    stop(bots, &second).await;
    assert_eq!(bots.stop_order().await.unwrap(), Some(first));
    assert!(!store.stop_file().exists(), "the row says it now");
    let stops = told(bots, ActivityKind::StopEverything).await;
    assert_eq!((stops.len(), stops[0].at, stops[0].bot_id), (1, at(1), None));
    assert_eq!(
        bots.get_bot("bot_000").await.unwrap().bot.intent,
        Intent::Running,
        "{bot:?} is still meant to run"
    );

    assert!(bots.lift_stop(&second).await.unwrap());
    assert!(!bots.lift_stop(&second).await.unwrap());
    assert_eq!((bots.stop_order().await.unwrap(), bots.switch().state()), (None, StopState::Off));
    within("who waits for the end is woken", bots.switch().lifted()).await;
    assert_eq!(told(bots, ActivityKind::StopLifted).await.len(), 1);
}

async fn another_process_learns_of_a_stop_and_of_its_end(store: &TestStore) {
    let another = store.another().await;
    stop(&store.bots, &asked()).await;
    stands_at(&another, StopState::On).await;
    another.lift_stop(&asked()).await.unwrap();
    stands_at(&store.bots, StopState::Off).await;
}

async fn a_process_that_begins_later_is_stopped_too(store: &TestStore) {
    stop(&store.bots, &asked()).await;
    stands_at(&store.another().await, StopState::On).await;
}

async fn a_stop_that_cannot_be_written_holds_and_is_written_later(store: &TestStore) {
    let holder = store.hold().await;
    // The store is held as long as that takes.
    let stop = within("it does not wait for the store", store.bots.stop_everything(&asked())).await;
    assert_eq!(stop, StopState::Pending);
    assert!(store.bots.switch().is_pulled());
    assert!(store.stop_file().exists());
    holder.execute_unprepared("ROLLBACK").await.unwrap();

    stands_at(&store.bots, StopState::On).await;
    assert_eq!(store.bots.stop_order().await.unwrap(), Some(asked()));
    assert_eq!(told(&store.bots, ActivityKind::StopEverything).await.len(), 1);
    until("the file is not needed any more", async || !store.stop_file().exists()).await;
}

async fn a_stop_that_could_not_be_written_survives_a_restart(store: &TestStore) {
    let file = store.folder().join("stop of a process");
    let bots = Bots::connect(&store.address, Switch::new(Some(file.clone()))).await.unwrap();
    let holder = store.hold().await;
    assert_eq!(bots.stop_everything(&asked()).await, StopState::Pending);
    drop(bots);
    holder.execute_unprepared("ROLLBACK").await.unwrap();

    let switch = Switch::new(Some(file.clone()));
    assert_eq!(switch.state(), StopState::Pending, "it is stopped before it has asked the store");
    let after_restart = Bots::connect(&store.address, switch).await.unwrap();
    stands_at(&after_restart, StopState::On).await;
    stands_at(&store.bots, StopState::On).await;
    assert_eq!(store.bots.stop_order().await.unwrap(), Some(asked()));
    assert!(!file.exists());
}

async fn a_stop_that_is_lifted_stays_lifted(store: &TestStore) {
    let bots = &store.bots;
    for _ in 0..25 {
        bots.stop_everything(&asked()).await;
        // Whoever comes upon the stop just now tries to write it as well.
        make_bots(bots, 0).await;
        bots.lift_stop(&asked()).await.unwrap();
        assert_eq!(bots.stop_order().await.unwrap(), None);
        assert_eq!(bots.switch().state(), StopState::Off);
    }
}

async fn a_stop_outlives_the_lift_that_was_under_way(store: &TestStore) {
    let bots = &store.bots;
    stop(bots, &asked()).await;
    let holder = store.hold().await;
    let second = Asked { by: "cli".into(), at: at(2) };
    let stopping = async {
        assert_eq!(bots.stop_everything(&second).await, StopState::Pending, "its row is still to be written");
        assert!(store.stop_file().exists());
        holder.execute_unprepared("ROLLBACK").await.unwrap();
    };
    let asked = asked();
    // The lift begins first, and waits for the store.
    let (lifted, ()) = tokio::join!(bots.lift_stop(&asked), stopping);
    assert!(lifted.unwrap());
    assert!(bots.switch().is_pulled());
    stands_at(bots, StopState::On).await;
    assert_eq!(bots.stop_order().await.unwrap(), Some(second));
    until("the file is not needed any more", async || !store.stop_file().exists()).await;
    let logged: Vec<_> = whole_log(bots).await.into_iter().map(|line| line.kind).collect();
    assert_eq!(
        logged,
        [ActivityKind::StopEverything, ActivityKind::StopLifted, ActivityKind::StopEverything]
    );
}
