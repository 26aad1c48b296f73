//! What is taken back: which likes, at most once each, and what becomes of their rows, their bots and the log.

use std::time::Duration;

use fleet_bots::{
    Action, ActionStatus, ActivityKind, Bot, Bots, Content, Deed, DeedFilter, Departure, Error, Holder,
    NodeId, Outcome, SeenPost, SettingsChanges, SightedPost, StoreTime,
};

use crate::fixtures::*;
use crate::store::{TestStore, stop};

store_tests![
    a_like_is_taken_back_once_and_the_row_the_counter_and_the_log_say_so,
    only_likes_that_the_fleet_itself_made_are_taken_back,
    what_is_asked_for_twice_is_planned_once,
    what_failed_is_planned_anew_and_what_nobody_can_tell_is_not,
    a_like_that_was_taken_back_is_not_made_again,
    the_likes_of_a_bot_that_is_stopped_or_deleted_are_taken_back_too,
    what_is_taken_back_keeps_nothing_waiting_that_was_planned_before,
    an_agent_never_sees_what_is_to_be_taken_back,
    only_what_was_chosen_is_taken_back,
    the_gate_for_taking_back_opens_once_and_not_while_all_is_stopped,
    the_gate_for_taking_back_is_shut_for_a_node_that_has_expired,
    who_saw_an_older_row_settles_nothing,
    what_was_sent_is_looked_for_when_it_can_no_longer_land,
    what_cannot_be_looked_for_is_looked_for_later_and_keeps_none_waiting,
    the_operator_says_of_an_unresolved_one_whether_it_happened,
    a_bot_whose_name_another_has_is_told_apart,
    deeds_are_told_with_their_bots_and_what_became_of_them,
];

const ALL: DeedFilter = DeedFilter { bots: Vec::new(), persona: None, since: None, until: None, after: None };

/// Does `content` as `bot`, begun so many seconds into the morning.
async fn did(bots: &Bots, bot: &Bot, holder: Holder, content: Content, begun: i64) -> Action {
    let plan = planned(bots, bot, content).await;
    bots.mark_sent(plan.id, holder, at(begun)).await.unwrap();
    bots.settle_action(plan.id, holder, done()).await.unwrap()
}

async fn taken_back(bots: &Bots, node_id: NodeId) -> Action {
    let next = next(bots).await.unwrap();
    let sent = bots.mark_undo_sent(next.id, node_id, at(200)).await.unwrap();
    bots.settle_undo(&sent, Outcome::Done { remote_id: None }, at(201)).await.unwrap()
}

async fn next(bots: &Bots) -> Option<Action> {
    bots.next_undo(at(1_000), StoreTime(0)).await.unwrap().map(|undo| undo.action)
}

fn assert_overtaken<T: std::fmt::Debug>(outcome: Result<T, Error>) {
    assert!(matches!(outcome, Err(Error::Overtaken(_))), "{outcome:?}");
}

async fn a_like_is_taken_back_once_and_the_row_the_counter_and_the_log_say_so(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let liked = did(bots, &bot, holder, like("p1"), 75).await;
    assert_eq!(bots.get_bot("bot_000").await.unwrap().bot.likes, 1);
    assert_eq!(bots.plan_undo(&ALL, &asked()).await.unwrap(), 1);
    let ask = told(bots, ActivityKind::UndoAsked).await.remove(0);
    assert_eq!((ask.message.as_str(), ask.bot_id), ("ada asked to take back 1 like", None));

    let undone = taken_back(bots, holder.node_id).await;
    assert_eq!((undone.status, undone.target.as_deref()), (ActionStatus::Done, Some("p1")));
    let [Deed { action, undo, .. }] = &bots.list_deeds(&ALL).await.unwrap()[..] else { panic!("one deed") };
    assert_eq!((action.id, action.undone_by, action.status), (liked.id, Some(undone.id), ActionStatus::Done));
    assert_eq!(undo.as_ref(), Some(&undone));
    let now = bots.get_bot("bot_000").await.unwrap().bot;
    assert_eq!((now.likes, now.errors), (0, 0));
    assert_eq!(
        now.last_action.as_deref(),
        Some("BOT_000 liked “Title of p1” by brook"),
        "the bot did not do it"
    );
    let line = told(bots, ActivityKind::Unlike).await.remove(0);
    assert_eq!(line.message, "BOT_000's like of “Title of p1” by brook was taken back, as ada had asked");
    assert_eq!((line.bot_id, line.action_id), (Some(bot.id), Some(undone.id)));
    assert_eq!(line.metadata.unwrap()["by"], "ada");
    assert!(next(bots).await.is_none());
    // There is room for another bot's company again.
    let few = SettingsChanges { person_bots: Some(1), ..SettingsChanges::default() };
    bots.change_settings(few, &asked()).await.unwrap();
    let sighted = SightedPost { id: "p1".into(), author: Some("brook".into()), posted_at: at(0) };
    let another = bots.create_bots(vec![new_bot("bot_900")], &asked()).await.unwrap().remove(0);
    let room = bots.room_left(another.id, &[sighted], at(10_000)).await.unwrap();
    assert_eq!(room["p1"].no_like, None);
}

async fn only_likes_that_the_fleet_itself_made_are_taken_back(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    // It was there when the bot looked: no request of ours made it.
    let before = planned(bots, &bot, like("p1")).await;
    bots.settle_action(before.id, holder, done()).await.unwrap();
    let unknown = planned(bots, &bot, like("p2")).await;
    bots.mark_sent(unknown.id, holder, at(75)).await.unwrap();
    bots.settle_action(unknown.id, holder, unresolved()).await.unwrap();
    did(bots, &bot, holder, comment("p3"), 75).await;
    planned(bots, &bot, like("p4")).await;
    assert_eq!(bots.plan_undo(&ALL, &asked()).await.unwrap(), 0);
    assert!(told(bots, ActivityKind::UndoAsked).await.is_empty(), "nothing was asked of anybody");
}

async fn what_is_asked_for_twice_is_planned_once(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    for post in 0..3 {
        did(bots, &bot, holder, like(&format!("p{post}")), 75).await;
    }
    let (all, asked, another) = (ALL, asked(), store.another().await);
    let (some, others) = tokio::join!(bots.plan_undo(&all, &asked), another.plan_undo(&all, &asked));
    assert_eq!(some.unwrap() + others.unwrap(), 3);
    assert_eq!(bots.open_undos().await.unwrap().len(), 3);
    taken_back(bots, holder.node_id).await;
    assert_eq!(bots.plan_undo(&ALL, &asked).await.unwrap(), 0, "what is undone stays so");
    assert_eq!(bots.open_undos().await.unwrap().len(), 2);
}

async fn what_failed_is_planned_anew_and_what_nobody_can_tell_is_not(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    did(bots, &bot, holder, like("p1"), 75).await;
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    let seen = next(bots).await.unwrap();
    let why = || "the post is gone".to_owned();
    bots.settle_undo(&seen, Outcome::Failed { why: why() }, at(90)).await.unwrap();
    let line = told(bots, ActivityKind::Error).await.remove(0);
    let words = "did not happen: BOT_000's like of “Title of p1” by brook was taken back, as ada had asked (the post is gone)";
    assert_eq!(line.message, words);

    assert_eq!(bots.plan_undo(&ALL, &asked()).await.unwrap(), 1);
    let seen = next(bots).await.unwrap();
    bots.settle_undo(&seen, Outcome::Unresolved { why: why() }, at(90)).await.unwrap();
    assert_eq!(bots.plan_undo(&ALL, &asked()).await.unwrap(), 0);
    assert_eq!(bots.fleet_summary().await.unwrap().unresolved, 1);
}

async fn a_like_that_was_taken_back_is_not_made_again(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let seen = SeenPost { bot_id: bot.id, seen_at: at(70), ..seen_post("p1") };
    bots.remember_posts(bot.id, vec![seen.clone()]).await.unwrap();
    did(bots, &bot, holder, like("p1"), 75).await;
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    assert_overtaken(bots.plan_action(to_do(&bot, comment("p1"))).await);
    taken_back(bots, holder.node_id).await;
    assert_overtaken(bots.plan_action(to_do(&bot, like("p1"))).await);
    let remembered = bots.recall_posts(bot.id).await.unwrap();
    assert_eq!(remembered, [SeenPost { likes_it: false, ..seen }], "it would only be refused again");
}

async fn the_likes_of_a_bot_that_is_stopped_or_deleted_are_taken_back_too(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    for post in ["p1", "p2", "p3"] {
        did(bots, &bot, holder, like(post), 75).await;
    }
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    let first = next(bots).await.unwrap();
    let sent = bots.mark_undo_sent(first.id, holder.node_id, at(90)).await.unwrap();
    bots.stop_bot(bot.id, &asked()).await.unwrap();
    taken_back(bots, holder.node_id).await;
    bots.delete_bot(bot.id, AccountAfter::Kept, &asked()).await.unwrap();
    taken_back(bots, holder.node_id).await;
    bots.settle_undo(&sent, Outcome::Done { remote_id: None }, at(95)).await.unwrap();
    let gone = bots.bots_called("bot_000").await.unwrap().remove(0);
    assert_eq!((gone.likes, gone.deleted_at.is_some()), (0, true));
}

async fn what_is_taken_back_keeps_nothing_waiting_that_was_planned_before(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    did(bots, &bot, holder, like("p1"), 75).await;
    let says = planned(bots, &bot, comment("p1")).await;
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    let undo = next(bots).await.unwrap();
    bots.mark_undo_sent(undo.id, holder.node_id, at(90)).await.unwrap();
    assert_eq!(bots.mark_sent(says.id, holder, at(91)).await.unwrap().status, ActionStatus::Sent);
}

async fn an_agent_never_sees_what_is_to_be_taken_back(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let liked = did(bots, &bot, holder, like("p1"), 75).await;
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    assert!(bots.unsettled_actions(Some(bot.id)).await.unwrap().is_empty());
    let Content::Like { about } = liked.content else { panic!("a like") };
    let by_itself = Content::Unlike { about, like: liked.id, by: "nobody".into() };
    assert_overtaken(bots.plan_action(to_do(&bot, by_itself)).await);
}

async fn only_what_was_chosen_is_taken_back(store: &TestStore) {
    let bots = &store.bots;
    let of = run_bots(bots, 2).await;
    let node_id = join(bots).await;
    let leases = bots.claim_leases(node_id, 2).await.unwrap();
    for bot in &of {
        provision(bots, bot).await;
        let lease = leases.iter().find(|lease| lease.bot_id == bot.id).unwrap();
        for (post, begun) in [("p1", 100), ("p2", 200), ("p3", 300)] {
            did(bots, bot, holder(lease), like(post), begun).await;
        }
    }
    let counted = async |filter: DeedFilter| bots.list_deeds(&filter).await.unwrap().len();
    let one = vec![of[0].id];
    assert_eq!(counted(ALL).await, 6);
    assert_eq!(counted(DeedFilter { bots: one.clone(), ..ALL }).await, 3);
    assert_eq!(counted(DeedFilter { persona: Some("botanist".into()), ..ALL }).await, 6);
    assert_eq!(counted(DeedFilter { persona: Some("nobody".into()), ..ALL }).await, 0);
    assert_eq!(counted(DeedFilter { since: Some(at(200)), ..ALL }).await, 4);
    assert_eq!(counted(DeedFilter { until: Some(at(200)), ..ALL }).await, 2);
    let narrow = DeedFilter { bots: one, since: Some(at(150)), until: Some(at(250)), ..ALL };
    assert_eq!(counted(narrow.clone()).await, 1);
    assert_eq!(bots.plan_undo(&narrow, &asked()).await.unwrap(), 1);
    let open = bots.open_undos().await.unwrap();
    assert_eq!((open.len(), open[0].bot_id, open[0].target.as_deref()), (1, of[0].id, Some("p2")));
}

async fn the_gate_for_taking_back_opens_once_and_not_while_all_is_stopped(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    did(bots, &bot, holder, like("p1"), 75).await;
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    let plan = next(bots).await.unwrap();
    stop(bots, &asked()).await;
    assert_overtaken(bots.mark_undo_sent(plan.id, holder.node_id, at(90)).await);
    bots.lift_stop(&asked()).await.unwrap();
    let another = store.another().await;
    let (one, other) = tokio::join!(
        bots.mark_undo_sent(plan.id, holder.node_id, at(90)),
        another.mark_undo_sent(plan.id, holder.node_id, at(90))
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} and {other:?}");
    assert_overtaken(bots.mark_undo_sent(plan.id, holder.node_id, at(91)).await);
}

async fn the_gate_for_taking_back_is_shut_for_a_node_that_has_expired(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let liked = did(bots, &bot, holder, like("p1"), 75).await;
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    let plan = next(bots).await.unwrap();
    bots.renew_node(holder.node_id, Duration::ZERO).await.unwrap();
    assert_overtaken(bots.mark_undo_sent(plan.id, holder.node_id, at(90)).await);
    assert_overtaken(bots.mark_undo_sent(plan.id, NodeId::generate(), at(90)).await);
    assert_overtaken(bots.mark_undo_sent(liked.id, holder.node_id, at(90)).await);
}

async fn who_saw_an_older_row_settles_nothing(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    did(bots, &bot, holder, like("p1"), 75).await;
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    let plan = next(bots).await.unwrap();
    let sent = bots.mark_undo_sent(plan.id, holder.node_id, at(90)).await.unwrap();
    let outcome = || Outcome::Failed { why: "the post is gone".into() };
    assert_overtaken(bots.settle_undo(&plan, outcome(), at(91)).await);
    let put_off = Outcome::Postponed { until: at(120), why: "the gallery is down".into() };
    let again = bots.settle_undo(&sent, put_off, at(92)).await.unwrap();
    assert_eq!((again.status, again.sent_at, again.postponed), (ActionStatus::Planned, None, 1));
    assert!(bots.next_undo(at(119), StoreTime(0)).await.unwrap().is_none());
    assert_overtaken(bots.settle_undo(&plan, outcome(), at(93)).await);
    taken_back(bots, holder.node_id).await;
    assert_overtaken(bots.settle_undo(&again, outcome(), at(210)).await);
    assert_eq!(told(bots, ActivityKind::Unlike).await.len(), 1);
    assert!(told(bots, ActivityKind::Error).await.is_empty());
}

async fn what_was_sent_is_looked_for_when_it_can_no_longer_land(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    did(bots, &bot, holder, like("p1"), 75).await;
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    let plan = next(bots).await.unwrap();
    let sent = bots.mark_undo_sent(plan.id, holder.node_id, at(90)).await.unwrap();
    let begun = sent.sent_at.unwrap();
    assert!(bots.next_undo(at(999), StoreTime(begun.0 - 1)).await.unwrap().is_none(), "it may still land");
    assert_eq!(bots.next_undo(at(0), begun).await.unwrap().unwrap().action, sent);
}

async fn what_cannot_be_looked_for_is_looked_for_later_and_keeps_none_waiting(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    for post in ["p1", "p2"] {
        did(bots, &bot, holder, like(post), 75).await;
    }
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    for _ in 0..2 {
        let plan = next(bots).await.unwrap();
        bots.mark_undo_sent(plan.id, holder.node_id, at(90)).await.unwrap();
    }
    let landed = StoreTime(i64::MAX);
    let first = bots.next_undo(at(100), landed).await.unwrap().unwrap().action;
    let later = bots.look_later(&first, at(150)).await.unwrap();
    assert_eq!((later.status, later.sent_at, later.postponed), (ActionStatus::Sent, first.sent_at, 1));
    let other = bots.next_undo(at(149), landed).await.unwrap().unwrap().action;
    assert_ne!(other.id, first.id);
    bots.settle_undo(&other, Outcome::Done { remote_id: None }, at(101)).await.unwrap();
    assert!(bots.next_undo(at(149), landed).await.unwrap().is_none(), "it is not due");
    assert_eq!(bots.next_undo(at(150), landed).await.unwrap().unwrap().action, later);
    assert_overtaken(bots.look_later(&first, at(160)).await);
    assert_overtaken(
        bots.settle_undo(&first, Outcome::Unresolved { why: "it is there".into() }, at(160)).await,
    );
    bots.settle_undo(&later, Outcome::Done { remote_id: None }, at(160)).await.unwrap();
    assert_overtaken(bots.look_later(&later, at(170)).await);
}

async fn the_operator_says_of_an_unresolved_one_whether_it_happened(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    for post in ["p1", "p2"] {
        did(bots, &bot, holder, like(post), 75).await;
    }
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    for happened in [true, false] {
        let sent = bots.mark_undo_sent(next(bots).await.unwrap().id, holder.node_id, at(90)).await.unwrap();
        let unresolved = Outcome::Unresolved { why: "the like is still there".into() };
        let row = bots.settle_undo(&sent, unresolved, at(91)).await.unwrap();
        bots.resolve_action(row.id, happened, &asked()).await.unwrap();
    }
    let undone: Vec<bool> =
        bots.list_deeds(&ALL).await.unwrap().iter().map(|deed| deed.action.undone_by.is_some()).collect();
    assert_eq!(undone, [true, false]);
    assert_eq!(bots.get_bot("bot_000").await.unwrap().bot.likes, 1);
    assert_eq!(
        bots.plan_undo(&ALL, &asked()).await.unwrap(),
        1,
        "what did not happen can be asked for again"
    );
}

async fn a_bot_whose_name_another_has_is_told_apart(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    did(bots, &bot, holder, like("p1"), 75).await;
    bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    let leaving = bots.claim_departures(holder.node_id, 1, LONG).await.unwrap().remove(0);
    bots.settle_departure(&leaving, Departure::Gone { removed: true }, at(80)).await.unwrap();
    bots.plan_undo(&ALL, &asked()).await.unwrap();
    let is_replaced = async || bots.next_undo(at(999), StoreTime(0)).await.unwrap().unwrap().is_replaced;
    assert!(!is_replaced().await);
    let namesake = bots.create_bot(new_bot("bot_000"), &asked()).await.unwrap();
    assert!(!is_replaced().await, "it has no account yet");
    provision(bots, &namesake).await;
    assert!(is_replaced().await);
    let called = bots.bots_called("bot_000").await.unwrap();
    assert_eq!(called.iter().map(|bot| bot.id).collect::<Vec<_>>(), [bot.id, namesake.id]);
    assert_eq!(bots.bots_called(&bot.id.to_string()).await.unwrap().len(), 1);
    assert!(bots.bots_called("nobody\0").await.unwrap().is_empty());
}

async fn deeds_are_told_with_their_bots_and_what_became_of_them(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    did(bots, &bot, holder, picture(), 71).await;
    did(bots, &bot, holder, post(), 72).await;
    did(bots, &bot, holder, answer("p1", "r1"), 73).await;
    let unknown = planned(bots, &bot, comment("p2")).await;
    bots.mark_sent(unknown.id, holder, at(75)).await.unwrap();
    let failed_row = planned(bots, &bot, comment("p3")).await;
    bots.settle_action(failed_row.id, holder, failed()).await.unwrap();
    bots.delete_bot(bot.id, AccountAfter::Kept, &asked()).await.unwrap();
    let deeds = bots.list_deeds(&ALL).await.unwrap();
    let kinds: Vec<_> = deeds.iter().map(|deed| deed.action.kind).collect();
    use fleet_bots::ActionKind::{Answer, Comment, Post};
    assert_eq!(
        kinds,
        [Post, Answer, Comment],
        "pictures are nobody's to see, and what failed did not happen"
    );
    assert_eq!(deeds[2].action.status, ActionStatus::Unresolved);
    assert!(deeds.iter().all(|deed| deed.bot.id == bot.id && deed.undo.is_none()));
    let rest = DeedFilter { after: Some(deeds[1].action.id), ..ALL };
    assert_eq!(bots.list_deeds(&rest).await.unwrap().len(), 1);
}
