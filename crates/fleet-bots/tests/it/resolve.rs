//! What nobody could tell the fate of, and what the operator says of it.

use fleet_bots::{Action, ActionFilter, ActionId, ActionStatus, ActivityKind, Asked, Bots, Error};
use serde_json::json;

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    what_happened_after_all_counts_and_is_told_with_who_said_so,
    what_did_not_happen_has_failed_and_may_be_done_again,
    what_is_said_to_have_happened_is_never_done_again,
    only_what_nobody_can_tell_is_asked_for,
    an_action_that_is_not_there_is_named,
    of_two_who_answer_at_once_one_is_heard,
];

/// An unresolved like of `p1`.
async fn unresolved_like(bots: &Bots) -> (fleet_bots::Bot, Action) {
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    let row = bots.settle_action(plan.id, holder, unresolved()).await.unwrap();
    (bot, row)
}

fn later() -> Asked {
    Asked { by: "grace".into(), at: at(900) }
}

async fn what_happened_after_all_counts_and_is_told_with_who_said_so(store: &TestStore) {
    let bots = &store.bots;
    let (_, row) = unresolved_like(bots).await;
    let resolved = bots.resolve_action(row.id, true, &later()).await.unwrap();
    assert_eq!(
        (resolved.status, resolved.failure, resolved.settled_at),
        (ActionStatus::Done, None, Some(at(900)))
    );

    let line = told(bots, ActivityKind::Like).await.remove(0);
    assert_eq!(line.message, "BOT_000 liked “Title of p1” by brook");
    assert_eq!((line.action_id, line.at), (Some(row.id), at(900)));
    assert_eq!(line.metadata.unwrap()["by"], json!("grace"));
    let now = bots.get_bot("bot_000").await.unwrap().bot;
    assert_eq!((now.likes, now.errors, now.last_action_at), (1, 0, Some(at(900))));
    assert_eq!(bots.fleet_summary().await.unwrap().unresolved, 0);
}

async fn what_did_not_happen_has_failed_and_may_be_done_again(store: &TestStore) {
    let bots = &store.bots;
    let (bot, row) = unresolved_like(bots).await;
    assert!(matches!(bots.plan_action(to_do(&bot, like("p1"))).await, Err(Error::Overtaken(_))));
    let resolved = bots.resolve_action(row.id, false, &later()).await.unwrap();
    assert_eq!(resolved.status, ActionStatus::Failed);
    assert_eq!(resolved.failure.as_deref(), Some("grace said that it did not happen"));

    let line = told(bots, ActivityKind::Error).await.remove(0);
    let words = "did not happen: BOT_000 liked “Title of p1” by brook (grace said so)";
    assert_eq!((line.message.as_str(), line.action_id), (words, Some(row.id)));
    assert_eq!(line.metadata.unwrap()["by"], json!("grace"));
    let now = bots.get_bot("bot_000").await.unwrap().bot;
    assert_eq!((now.likes, now.errors), (0, 1));
    assert!(bots.unsettled_actions(None).await.unwrap().is_empty(), "it is not repeated by itself");
    planned(bots, &bot, like("p1")).await;
}

async fn what_is_said_to_have_happened_is_never_done_again(store: &TestStore) {
    let bots = &store.bots;
    let (bot, row) = unresolved_like(bots).await;
    bots.resolve_action(row.id, true, &later()).await.unwrap();
    assert!(matches!(bots.plan_action(to_do(&bot, like("p1"))).await, Err(Error::Overtaken(_))));
}

async fn only_what_nobody_can_tell_is_asked_for(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let conflict = async |id: ActionId, words: &str| {
        let lines = whole_log(bots).await.len();
        for happened in [true, false] {
            let refused = bots.resolve_action(id, happened, &later()).await;
            let Err(Error::Conflict(why)) = refused else { panic!("{refused:?}") };
            assert!(why.contains(words), "{why}");
        }
        assert_eq!(whole_log(bots).await.len(), lines);
    };
    let plan = planned(bots, &bot, like("p1")).await;
    conflict(plan.id, "not known yet").await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    conflict(plan.id, "not known yet").await;
    bots.settle_action(plan.id, holder, done()).await.unwrap();
    conflict(plan.id, "known to have happened").await;

    let plan = planned(bots, &bot, like("p2")).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    bots.settle_action(plan.id, holder, unresolved()).await.unwrap();
    bots.resolve_action(plan.id, false, &later()).await.unwrap();
    conflict(plan.id, "known not to have happened").await;
    assert_eq!(bots.get_bot("bot_000").await.unwrap().bot.errors, 1, "it counts once");
}

async fn an_action_that_is_not_there_is_named(store: &TestStore) {
    let id = ActionId::generate();
    let refused = store.bots.resolve_action(id, true, &later()).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound(_)), "{refused:?}");
    assert!(refused.to_string().contains(&id.to_string()));
}

async fn of_two_who_answer_at_once_one_is_heard(store: &TestStore) {
    let bots = &store.bots;
    let (_, row) = unresolved_like(bots).await;
    let (asked, another) = (later(), store.another().await);
    let (yes, no) = tokio::join!(
        bots.resolve_action(row.id, true, &asked),
        another.resolve_action(row.id, false, &asked)
    );
    assert!(yes.is_ok() != no.is_ok(), "{yes:?} and {no:?}");
    let rows = bots.recent_actions(&ActionFilter { limit: 9, ..ActionFilter::default() }).await.unwrap();
    let now = bots.get_bot("bot_000").await.unwrap().bot;
    match rows[0].status {
        ActionStatus::Done => assert_eq!((now.likes, now.errors), (1, 0)),
        _ => assert_eq!((now.likes, now.errors), (0, 1)),
    }
}
