//! The ledger: from plan to end, at most once, whoever asks and whatever happens in between.

use std::time::Duration;

use fleet_bots::{
    Action, ActionFilter, ActionId, ActionStatus, ActivityKind, Bots, Content, Error, Holder, NewAction,
    NodeId, Settlement,
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::fixtures::*;
use crate::store::{TestStore, stop};

store_tests![
    a_row_goes_from_plan_to_done_with_its_counter_and_its_line_in_the_log,
    what_failed_counts_as_an_error_and_says_why,
    what_nobody_can_tell_is_left_to_the_operator,
    what_did_not_begin_is_planned_again_and_not_told,
    the_gate_is_shut_for_a_bot_that_is_not_meant_to_act,
    the_gate_is_shut_while_everything_is_stopped,
    the_gate_is_shut_for_who_does_not_hold_the_bot,
    the_gate_is_shut_for_a_node_that_has_expired,
    the_gate_opens_once_for_a_plan,
    a_second_like_is_refused,
    a_second_comment_is_refused_and_a_second_answer_is_not,
    a_second_answer_to_one_remark_is_refused,
    an_answer_that_failed_may_be_tried_again,
    the_store_itself_refuses_a_second_like,
    a_failed_like_may_be_tried_again,
    nothing_else_is_done_to_a_post_while_a_fate_is_not_known,
    a_row_is_settled_once,
    only_the_present_holder_settles,
    what_follows_is_planned_in_the_same_transaction,
    a_settlement_lasts_though_what_follows_cannot_be_planned,
    deleting_a_bot_leaves_no_open_row,
    what_is_put_off_does_not_outlive_a_stop,
    nothing_is_planned_for_a_bot_that_is_gone,
];

async fn row(bots: &Bots, id: ActionId) -> Action {
    let rows = bots.recent_actions(&ActionFilter { limit: 100, ..ActionFilter::default() }).await.unwrap();
    rows.into_iter().find(|row| row.id == id).unwrap()
}

fn assert_overtaken<T: std::fmt::Debug>(outcome: Result<T, Error>) {
    assert!(matches!(outcome, Err(Error::Overtaken(_))), "{outcome:?}");
}

async fn a_row_goes_from_plan_to_done_with_its_counter_and_its_line_in_the_log(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, comment("p1")).await;
    assert_eq!(
        (plan.status, plan.target.as_deref(), plan.sent_at),
        (ActionStatus::Planned, Some("p1"), None)
    );
    assert_eq!((plan.planned_at, plan.due_at, &plan.content), (at(10), at(70), &comment("p1")));
    assert_eq!(row(bots, plan.id).await, plan);

    let sent = bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    assert_eq!(sent.status, ActionStatus::Sent);
    assert!(sent.sent_at.is_some());

    let settled = bots.settle_action(plan.id, holder, done()).await.unwrap();
    assert_eq!((settled.status, settled.settled_at), (ActionStatus::Done, Some(at(80))));
    assert_eq!(settled.remote_id.as_deref(), Some("remote"));
    assert!(bots.unsettled_actions(None).await.unwrap().is_empty());

    let line = told(bots, ActivityKind::Comment).await.remove(0);
    let words = "BOT_000 commented on “Title of p1” by brook: How green is p1!";
    assert_eq!((line.message.as_str(), line.action_id, line.at), (words, Some(plan.id), at(80)));
    let particulars = line.metadata.unwrap();
    assert_eq!(particulars["post_id"], json!("p1"));
    assert_eq!(particulars["image_url"], json!("http://gallery.example/p1.png"));
    let now = bots.get_bot("bot_000").await.unwrap().bot;
    assert_eq!((now.comments, now.errors, now.last_action.as_deref()), (1, 0, Some(words)));
}

async fn what_failed_counts_as_an_error_and_says_why(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, post()).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    let settled = bots.settle_action(plan.id, holder, failed()).await.unwrap();
    assert_eq!(
        (settled.status, settled.failure.as_deref()),
        (ActionStatus::Failed, Some("the gallery said no"))
    );
    let line = told(bots, ActivityKind::Error).await.remove(0);
    assert_eq!(line.message, "did not happen: BOT_000 shared “Fern” (the gallery said no)");
    let now = bots.get_bot("bot_000").await.unwrap().bot;
    assert_eq!((now.posts, now.errors, now.last_action), (0, 1, None));
}

async fn what_nobody_can_tell_is_left_to_the_operator(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    let settled = bots.settle_action(plan.id, holder, unresolved()).await.unwrap();
    assert_eq!(
        (settled.status, settled.failure.as_deref()),
        (ActionStatus::Unresolved, Some("it was not found"))
    );
    assert_eq!(told(bots, ActivityKind::Unresolved).await.len(), 1);
    assert_overtaken(bots.mark_sent(plan.id, holder, at(75)).await);
    let now = bots.get_bot("bot_000").await.unwrap().bot;
    assert_eq!((now.likes, now.errors), (0, 0));
}

async fn what_did_not_begin_is_planned_again_and_not_told(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    let lines = whole_log(bots).await.len();
    for times in 1..=2 {
        bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
        let back = bots.settle_action(plan.id, holder, postponed()).await.unwrap();
        assert_eq!((back.status, back.sent_at, back.settled_at), (ActionStatus::Planned, None, None));
        assert_eq!((back.due_at, back.postponed), (at(500), times));
    }
    assert_eq!(whole_log(bots).await.len(), lines);
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    bots.settle_action(plan.id, holder, done()).await.unwrap();
}

async fn the_gate_is_shut_for_a_bot_that_is_not_meant_to_act(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    bots.pause_bot(bot.id, &asked()).await.unwrap();
    assert_overtaken(bots.mark_sent(plan.id, holder, at(75)).await);
    assert_eq!(row(bots, plan.id).await, plan, "a paused bot keeps its plans");
    bots.resume_bot(bot.id, &asked()).await.unwrap();
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();

    let plan = planned(bots, &bot, like("p2")).await;
    bots.stop_bot(bot.id, &asked()).await.unwrap();
    assert_overtaken(bots.mark_sent(plan.id, holder, at(75)).await);
    bots.start_bot(bot.id, &asked()).await.unwrap();
    let plan = planned(bots, &bot, like("p3")).await;
    bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    assert_overtaken(bots.mark_sent(plan.id, holder, at(75)).await);
}

async fn the_gate_is_shut_while_everything_is_stopped(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    // Another process pulled it: what counts is the row, not whether word of it has come round.
    stop(&store.another().await, &asked()).await;
    assert_overtaken(bots.mark_sent(plan.id, holder, at(75)).await);
    bots.lift_stop(&asked()).await.unwrap();
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
}

async fn the_gate_is_shut_for_who_does_not_hold_the_bot(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    assert_overtaken(bots.mark_sent(plan.id, Holder { epoch: holder.epoch - 1, ..holder }, at(75)).await);
    assert_overtaken(bots.mark_sent(plan.id, Holder { epoch: holder.epoch + 1, ..holder }, at(75)).await);
    assert_overtaken(bots.mark_sent(plan.id, Holder { node_id: NodeId::generate(), ..holder }, at(75)).await);
    bots.release_leases(holder.node_id, &[bot.id]).await.unwrap();
    assert_overtaken(bots.mark_sent(plan.id, holder, at(75)).await);
    // The same node once more, but under another claim.
    let again = crate::fixtures::holder(&bots.claim_leases(holder.node_id, 1).await.unwrap()[0]);
    assert_overtaken(bots.mark_sent(plan.id, holder, at(75)).await);
    bots.mark_sent(plan.id, again, at(75)).await.unwrap();
}

async fn the_gate_is_shut_for_a_node_that_has_expired(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    bots.renew_node(holder.node_id, Duration::ZERO).await.unwrap();
    assert_overtaken(bots.mark_sent(plan.id, holder, at(75)).await);
    let node_id = join(bots).await;
    let next = crate::fixtures::holder(&bots.claim_leases(node_id, 1).await.unwrap()[0]);
    assert_overtaken(bots.mark_sent(plan.id, holder, at(75)).await);
    bots.mark_sent(plan.id, next, at(75)).await.unwrap();
}

async fn the_gate_opens_once_for_a_plan(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    assert_overtaken(bots.mark_sent(ActionId::generate(), holder, at(75)).await);
    let plan = planned(bots, &bot, like("p1")).await;
    let tries = (0..8).map(|_| {
        let bots = bots.clone();
        tokio::spawn(async move { bots.mark_sent(plan.id, holder, at(75)).await.is_ok() })
    });
    let tries: Vec<_> = tries.collect();
    let mut opened = 0;
    for attempt in tries {
        opened += usize::from(attempt.await.unwrap());
    }
    assert_eq!(opened, 1);
    bots.settle_action(plan.id, holder, done()).await.unwrap();
    assert_overtaken(bots.mark_sent(plan.id, holder, at(75)).await);
}

async fn a_second_like_is_refused(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let first = planned(bots, &bot, like("p1")).await;
    assert_overtaken(bots.plan_action(to_do(&bot, like("p1"))).await);
    bots.mark_sent(first.id, holder, at(75)).await.unwrap();
    assert_overtaken(bots.plan_action(to_do(&bot, like("p1"))).await);
    bots.settle_action(first.id, holder, done()).await.unwrap();
    let refused = bots.plan_action(to_do(&bot, like("p1"))).await.unwrap_err();
    insta::assert_snapshot!(refused, @"the bot has reacted to this post in this way already; a second time would take it back or repeat it");
    planned(bots, &bot, comment("p1")).await;
    planned(bots, &bot, like("p2")).await;
}

async fn a_second_comment_is_refused_and_a_second_answer_is_not(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    for content in [comment("p1"), answer("p1", "r1"), answer("p1", "r2")] {
        let plan = planned(bots, &bot, content).await;
        bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
        bots.settle_action(plan.id, holder, done()).await.unwrap();
    }
    assert_overtaken(bots.plan_action(to_do(&bot, comment("p1"))).await);
    assert_eq!(bots.get_bot("bot_000").await.unwrap().bot.comments, 3);
}

async fn a_second_answer_to_one_remark_is_refused(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, answer("p1", "r1")).await;
    assert_eq!(plan.remark.as_deref(), Some("r1"));
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    bots.settle_action(plan.id, holder, done()).await.unwrap();
    let refused = bots.plan_action(to_do(&bot, answer("p1", "r1"))).await.unwrap_err();
    insta::assert_snapshot!(refused, @"the bot has answered this remark already; a second time would repeat it");
    // Whatever post it is said to stand under, and whatever is said: it is the same remark.
    assert_overtaken(bots.plan_action(to_do(&bot, answer("p2", "r1"))).await);

    // Of those whose remark is not known, none stands in the way of another.
    for _ in 0..2 {
        let plan = planned(bots, &bot, answer("p1", "")).await;
        assert_eq!(plan.remark, None);
        bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
        bots.settle_action(plan.id, holder, done()).await.unwrap();
    }
}

async fn an_answer_that_failed_may_be_tried_again(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    for end in [failed(), unresolved()] {
        let plan = planned(bots, &bot, answer("p1", "r1")).await;
        bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
        bots.settle_action(plan.id, holder, end).await.unwrap();
    }
    assert_overtaken(bots.plan_action(to_do(&bot, answer("p1", "r1"))).await);
    assert_overtaken(bots.plan_action(to_do(&bot, answer("p2", "r1"))).await);
}

async fn the_store_itself_refuses_a_second_like(store: &TestStore) {
    let bots = &store.bots;
    let (bot, _) = one_held_bot(bots).await;
    planned(bots, &bot, like("p1")).await;
    let past = store.past_the_gateway().await;
    let columns = "bot_id, kind, target, content, planned_at, due_at, postponed";
    let copy = |status: &str| {
        let new_id = if store.is_sqlite() { "randomblob(16)" } else { "gen_random_uuid()" };
        format!(
            "INSERT INTO actions (id, status, {columns}) SELECT {new_id}, '{status}', {columns} FROM actions LIMIT 1"
        )
    };
    for status in ["planned", "sent", "done", "unresolved"] {
        let error = past.execute_unprepared(&copy(status)).await.unwrap_err();
        assert!(matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))), "{error:?}");
    }
    past.execute_unprepared(&copy("failed")).await.unwrap();
}

async fn a_failed_like_may_be_tried_again(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    for _ in 0..3 {
        let plan = planned(bots, &bot, like("p1")).await;
        bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
        bots.settle_action(plan.id, holder, failed()).await.unwrap();
    }
    let plan = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    bots.settle_action(plan.id, holder, done()).await.unwrap();
    assert_overtaken(bots.plan_action(to_do(&bot, like("p1"))).await);
}

async fn nothing_else_is_done_to_a_post_while_a_fate_is_not_known(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let said = planned(bots, &bot, comment("p1")).await;
    assert_overtaken(bots.plan_action(to_do(&bot, comment("p1"))).await);
    let liked = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(said.id, holder, at(75)).await.unwrap();
    assert_overtaken(bots.mark_sent(liked.id, holder, at(75)).await);
    assert_eq!(row(bots, liked.id).await.status, ActionStatus::Planned, "it waits");
    bots.settle_action(said.id, holder, done()).await.unwrap();
    bots.mark_sent(liked.id, holder, at(76)).await.unwrap();
    assert_overtaken(bots.plan_action(to_do(&bot, comment("p1"))).await);

    let said = planned(bots, &bot, comment("p2")).await;
    let liked = planned(bots, &bot, like("p2")).await;
    bots.mark_sent(said.id, holder, at(77)).await.unwrap();
    bots.settle_action(said.id, holder, unresolved()).await.unwrap();
    assert_overtaken(bots.plan_action(to_do(&bot, comment("p2"))).await);
    let left = bots.mark_sent(liked.id, holder, at(78)).await.unwrap();
    let why = "nobody knows whether what it did about this post before has happened";
    assert_eq!((left.status, left.failure.as_deref()), (ActionStatus::Failed, Some(why)));
    // Pictures and posts have no target, so that one never stands in the way of another.
    planned(bots, &bot, picture()).await;
    planned(bots, &bot, picture()).await;
}

async fn a_row_is_settled_once(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    for end in [done(), failed(), unresolved()] {
        let plan = planned(bots, &bot, picture()).await;
        bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
        let settled = bots.settle_action(plan.id, holder, end).await.unwrap();
        let lines = whole_log(bots).await.len();
        for second in [done(), failed(), unresolved(), postponed()] {
            assert_overtaken(bots.settle_action(plan.id, holder, second).await);
        }
        assert_eq!(row(bots, plan.id).await, settled);
        assert_eq!(whole_log(bots).await.len(), lines);
    }
}

async fn only_the_present_holder_settles(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    assert_overtaken(bots.settle_action(plan.id, Holder { epoch: 0, ..holder }, done()).await);
    let stranger = Holder { node_id: NodeId::generate(), ..holder };
    assert_overtaken(bots.settle_action(plan.id, stranger, done()).await);

    bots.renew_node(holder.node_id, Duration::ZERO).await.unwrap();
    let node_id = join(bots).await;
    let next = crate::fixtures::holder(&bots.claim_leases(node_id, 1).await.unwrap()[0]);
    assert_overtaken(bots.settle_action(plan.id, holder, done()).await);
    // Whoever holds the bot now looks it up and ends the row.
    assert_eq!(bots.settle_action(plan.id, next, done()).await.unwrap().status, ActionStatus::Done);
}

async fn what_follows_is_planned_in_the_same_transaction(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, picture()).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    let image_url = Some("http://gallery.example/made.png".to_owned());
    let then = Some(to_do(&bot, post()));
    let settlement = Settlement { image_url, then: then.clone(), ..done() };
    bots.settle_action(plan.id, holder, settlement.clone()).await.unwrap();
    let open = bots.unsettled_actions(Some(bot.id)).await.unwrap();
    let labelled = Content::Post {
        image_url: "http://gallery.example/fern.png".into(),
        title: "Fern".into(),
        description: "One fern. Made by an AI resident.".into(),
        prompt: "a fern".into(),
    };
    assert_eq!((open.len(), &open[0].content, open[0].status), (1, &labelled, ActionStatus::Planned));
    let line = told(bots, ActivityKind::Picture).await.remove(0);
    assert_eq!(line.metadata.unwrap()["image_url"], json!("http://gallery.example/made.png"));

    assert_overtaken(bots.settle_action(plan.id, holder, settlement).await);
    assert_eq!(bots.unsettled_actions(None).await.unwrap().len(), 1, "refused with all that follows from it");
}

async fn a_settlement_lasts_though_what_follows_cannot_be_planned(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let liked = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(liked.id, holder, at(75)).await.unwrap();
    bots.settle_action(liked.id, holder, done()).await.unwrap();
    let settle_with = async |then: NewAction| {
        let plan = planned(bots, &bot, picture()).await;
        bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
        (plan, Settlement { then: Some(then), ..done() })
    };

    let (plan, settlement) = settle_with(to_do(&bot, like("p1"))).await;
    let settled = bots.settle_action(plan.id, holder, settlement).await.unwrap();
    assert_eq!(row(bots, plan.id).await, settled);

    let (plan, settlement) = settle_with(to_do(&bot, post())).await;
    bots.stop_bot(bot.id, &asked()).await.unwrap();
    let settled = bots.settle_action(plan.id, holder, settlement).await.unwrap();
    assert_eq!((row(bots, plan.id).await.status, settled.status), (ActionStatus::Done, ActionStatus::Done));
    assert!(bots.unsettled_actions(None).await.unwrap().is_empty(), "a stopped bot has no plans");
    assert_eq!(told(bots, ActivityKind::Picture).await.len(), 2);
}

async fn deleting_a_bot_leaves_no_open_row(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let sent = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(sent.id, holder, at(75)).await.unwrap();
    let plan = planned(bots, &bot, like("p2")).await;
    bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    let (sent, plan) = (row(bots, sent.id).await, row(bots, plan.id).await);
    assert_eq!((sent.status, plan.status), (ActionStatus::Unresolved, ActionStatus::Failed));
    assert_eq!(sent.failure.as_deref(), Some("the bot was deleted before the fate of this was known"));
    assert_eq!((sent.settled_at, plan.settled_at), (Some(at(0)), Some(at(0))));
    assert_overtaken(bots.settle_action(sent.id, holder, done()).await);
    let lines = told(bots, ActivityKind::Unresolved).await;
    assert_eq!(lines.len(), 1, "what was only planned is no riddle");
    assert_eq!((lines[0].bot_id, lines[0].action_id, lines[0].at), (Some(bot.id), Some(sent.id), at(0)));
    insta::assert_snapshot!(lines[0].message, @"nobody can tell whether BOT_000 liked “Title of p1” by brook (the bot was deleted before the fate of this was known)");
}

async fn what_is_put_off_does_not_outlive_a_stop(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    bots.stop_bot(bot.id, &asked()).await.unwrap();
    let lines = whole_log(bots).await.len();
    let dropped = bots.settle_action(plan.id, holder, postponed()).await.unwrap();
    assert_eq!((dropped.status, dropped.settled_at), (ActionStatus::Failed, Some(at(80))));
    let why = "dropped: the bot was stopped before it was sent again";
    assert_eq!(dropped.failure.as_deref(), Some(why));
    assert_eq!(row(bots, plan.id).await, dropped);
    assert_eq!(whole_log(bots).await.len(), lines, "as quiet as the plans that the stop itself dropped");
    assert_eq!(bots.get_bot("bot_000").await.unwrap().bot.errors, 0);
    bots.start_bot(bot.id, &asked()).await.unwrap();
    assert!(bots.unsettled_actions(None).await.unwrap().is_empty());
    planned(bots, &bot, like("p1")).await;

    // A paused bot keeps what it was going to do.
    let plan = planned(bots, &bot, like("p2")).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    bots.pause_bot(bot.id, &asked()).await.unwrap();
    let back = bots.settle_action(plan.id, holder, postponed()).await.unwrap();
    assert_eq!(back.status, ActionStatus::Planned);
}

async fn nothing_is_planned_for_a_bot_that_is_gone(store: &TestStore) {
    let bots = &store.bots;
    let (bot, _) = one_held_bot(bots).await;
    bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    assert_overtaken(bots.plan_action(to_do(&bot, picture())).await);
    let unknown = NewAction { bot_id: fleet_bots::BotId::generate(), ..to_do(&bot, picture()) };
    assert_overtaken(bots.plan_action(unknown).await);
    assert!(bots.unsettled_actions(None).await.unwrap().is_empty());
}
