//! Whatever is asked of the ledger in whatever order: an end is an end, and a request begins once a plan.

use std::collections::HashMap;

use fleet_bots::{
    Action, ActionFilter, ActionId, ActionStatus, Bots, Content, Error, Holder, Intent, Selection, Settlement,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![no_order_of_events_sends_twice_or_undoes_an_end];

#[derive(Clone, Debug)]
enum Event {
    PlanLike(u8),
    PlanComment(u8),
    Send { row: usize, stale: bool },
    Settle { row: usize, stale: bool, end: u8 },
    Pause,
    Resume,
    Stop,
    Start,
    ClaimAgain,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let row = 0_usize..6;
    let stale = prop::bool::weighted(0.1);
    prop::collection::vec(
        prop_oneof![
            3 => (0_u8..3).prop_map(Event::PlanLike),
            1 => (0_u8..3).prop_map(Event::PlanComment),
            6 => (row.clone(), stale).prop_map(|(row, stale)| Event::Send { row, stale }),
            5 => (row, stale, 0_u8..4).prop_map(|(row, stale, end)| Event::Settle { row, stale, end }),
            1 => Just(Event::Pause),
            1 => Just(Event::Resume),
            1 => Just(Event::Stop),
            2 => Just(Event::Start),
            1 => Just(Event::ClaimAgain),
        ],
        1..30,
    )
}

async fn no_order_of_events_sends_twice_or_undoes_an_end(store: &TestStore) {
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| {
        let walked = TestRunner::new(config).run(&events(), |events| {
            runtime.block_on(walk(&store.bots, events));
            Ok(())
        });
        walked.unwrap();
    });
}

async fn walk(bots: &Bots, events: Vec<Event>) {
    bots.delete_bots(&Selection::All, &asked()).await.unwrap();
    let bot = bots.create_bot(new_bot("walker"), &asked()).await.unwrap();
    bots.start_bot(bot.id, &asked()).await.unwrap();
    let node_id = join(bots).await;
    let mut holds = holder(&bots.claim_leases(node_id, 1).await.unwrap()[0]);
    let mut rows: Vec<ActionId> = Vec::new();
    let mut permits: HashMap<ActionId, i64> = HashMap::new();
    let mut before: HashMap<ActionId, Action> = HashMap::new();
    for event in events {
        let by = |stale: bool| if stale { Holder { epoch: holds.epoch - 1, ..holds } } else { holds };
        match &event {
            Event::PlanLike(post) => rows.extend(plan(bots, &bot, like(&format!("p{post}"))).await),
            Event::PlanComment(post) => rows.extend(plan(bots, &bot, comment(&format!("p{post}"))).await),
            Event::Send { row, stale } => {
                let Some(id) = rows.get(*row) else { continue };
                if expected(bots.mark_sent(*id, by(*stale), at(75)).await).is_some() {
                    assert!(!stale, "a stale holder was let through");
                    *permits.entry(*id).or_default() += 1;
                }
            }
            Event::Settle { row, stale, end } => {
                let Some(id) = rows.get(*row) else { continue };
                let settled = expected(bots.settle_action(*id, by(*stale), end_of(*end)).await);
                if let Some(action) = settled {
                    assert!(!stale, "a stale holder settled");
                    if action.status == ActionStatus::Planned {
                        permits.insert(*id, 0);
                    }
                }
            }
            Event::Pause => drop(bots.pause_bot(bot.id, &asked()).await),
            Event::Resume => drop(bots.resume_bot(bot.id, &asked()).await),
            Event::Stop => drop(bots.stop_bot(bot.id, &asked()).await.unwrap()),
            Event::Start => drop(bots.start_bot(bot.id, &asked()).await.unwrap()),
            Event::ClaimAgain => {
                bots.release_leases(node_id, &[bot.id]).await.unwrap();
                if let Some(lease) = bots.claim_leases(node_id, 1).await.unwrap().first() {
                    holds = holder(lease);
                }
            }
        }
        check(bots, &bot, &permits, &mut before, &event).await;
    }
}

/// What must be true after every event.
async fn check(
    bots: &Bots,
    bot: &fleet_bots::Bot,
    permits: &HashMap<ActionId, i64>,
    before: &mut HashMap<ActionId, Action>,
    event: &Event,
) {
    let filter = ActionFilter { bot_id: Some(bot.id), limit: 100, ..ActionFilter::default() };
    let rows = bots.recent_actions(&filter).await.unwrap();
    for row in &rows {
        if let Some(ended) = before.get(&row.id).filter(|row| !row.status.is_open()) {
            assert_eq!(row, ended, "{event:?} changed a row that had ended");
        }
        let begun = permits.get(&row.id).copied().unwrap_or(0);
        assert!(begun <= 1, "a request for {row:?} was let through {begun} times");
        if row.status == ActionStatus::Planned {
            assert_eq!(begun, 0, "{event:?} made a plan of a row that was sent");
        }
    }
    for post in ["p0", "p1", "p2"] {
        let of_post = || rows.iter().filter(|row| row.target.as_deref() == Some(post));
        assert!(of_post().filter(|row| row.status.is_open()).count() <= 1, "{event:?} left two open rows");
        let likes = of_post().filter(|row| matches!(row.content, Content::Like { .. }));
        assert!(likes.filter(|row| row.status != ActionStatus::Failed).count() <= 1, "{event:?} likes twice");
    }
    if bots.get_bot("walker").await.unwrap().bot.intent == Intent::Stopped {
        let plans = rows.iter().filter(|row| row.status == ActionStatus::Planned).count();
        assert_eq!(plans, 0, "{event:?} left a stopped bot its plans");
    }
    *before = rows.into_iter().map(|row| (row.id, row)).collect();
}

async fn plan(bots: &Bots, bot: &fleet_bots::Bot, content: Content) -> Option<ActionId> {
    expected(bots.plan_action(to_do(bot, content)).await).map(|action| action.id)
}

/// What was done; being refused is as good.
fn expected<T>(outcome: fleet_bots::Result<T>) -> Option<T> {
    match outcome {
        Ok(value) => Some(value),
        Err(Error::Overtaken(_)) => None,
        Err(error) => panic!("{error:?}"),
    }
}

fn end_of(number: u8) -> Settlement {
    match number {
        0 => done(),
        1 => failed(),
        2 => unresolved(),
        _ => postponed(),
    }
}
