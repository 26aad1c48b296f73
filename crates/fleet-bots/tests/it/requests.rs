//! What operators ask bots to do now: taken once, replaced by the next, and never forgotten without a word.

use std::time::Duration;

use fleet_bots::{
    ActNow, ActionStatus, ActivityKind, Asked, Bots, Error, Holder, Invitation, NewActivity, Observation,
    ObservedState, Reply, SettingsChanges,
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::fixtures::*;
use crate::store::{TestStore, stop, within};

store_tests![
    a_request_is_told_and_rings_the_nodes,
    a_second_request_takes_the_place_of_the_first_and_says_so,
    what_could_not_be_done_anyway_is_refused_with_advice,
    a_request_is_taken_once_with_what_comes_of_it,
    a_request_of_which_nothing_comes_says_why,
    a_plan_that_is_not_possible_is_left_out_and_told_when_it_was_the_last,
    of_two_who_take_a_request_at_once_one_plans,
    who_was_asked_and_who_thinks_by_itself_never_wait_for_each_other_for_ever,
    a_request_that_was_not_served_in_time_lapses_with_a_word,
    what_was_asked_of_a_bot_that_was_stopped_or_deleted_is_dropped,
];

fn thinks(bot: &fleet_bots::Bot) -> NewActivity {
    thought(bot, "because ada asked")
}

async fn wanted_number(bots: &Bots) -> i64 {
    bots.wanted_bots().await.unwrap().remove(0).request
}

async fn a_request_is_told_and_rings_the_nodes(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    assert_eq!(wanted_number(bots).await, 0);
    let mut bell = bots.intent_bell();
    let request = bots.request_action(bot.id, ActNow::Like, &asked()).await.unwrap();
    within("the nodes are rung", bell.rung()).await;
    assert_eq!((request.wish, request.by.as_str(), request.at), (ActNow::Like, "ada", at(0)));
    assert_eq!(request.replaces, None);
    assert_eq!(bots.pending_requests(Some(bot.id)).await.unwrap(), vec![request.clone()]);
    assert_eq!(bots.pending_requests(None).await.unwrap(), vec![request.clone()]);
    assert_eq!(wanted_number(bots).await, request.number);
    let line = told(bots, ActivityKind::Requested).await.remove(0);
    assert_eq!(
        (line.message.as_str(), line.bot_id),
        ("ada asked BOT_000 to like something now", Some(bot.id))
    );
    assert_eq!(line.metadata.unwrap(), json!({ "by": "ada", "wish": "like", "replaces": null }));
}

async fn a_second_request_takes_the_place_of_the_first_and_says_so(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    let first = bots.request_action(bot.id, ActNow::Like, &asked()).await.unwrap();
    let grace = Asked { by: "grace".into(), at: at(5) };
    let second = bots.request_action(bot.id, ActNow::Post, &grace).await.unwrap();
    assert!(second.number > first.number);
    assert_eq!(second.replaces, Some(ActNow::Like));
    assert_eq!(bots.pending_requests(None).await.unwrap(), vec![second]);
    let line = told(bots, ActivityKind::Requested).await.remove(1);
    let words =
        "grace asked BOT_000 to make a picture now, instead of what ada had asked for: to like something";
    assert_eq!(line.message, words);
    let late = bots.take_request(first.number, Reply::Nothing { why: "late".into() }, at(6)).await;
    assert!(matches!(late, Err(Error::Overtaken(_))), "{late:?}");
}

async fn what_could_not_be_done_anyway_is_refused_with_advice(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    let node_id = join(bots).await;
    let lease = bots.claim_leases(node_id, 1).await.unwrap().remove(0);
    let refused = async |advice: &str| {
        let answer = bots.request_action(bot.id, ActNow::Browse, &asked()).await;
        let Err(Error::Conflict(why)) = answer else { panic!("{answer:?}") };
        assert!(why.contains(advice), "{why}");
        assert_eq!(bots.pending_requests(None).await.unwrap(), vec![]);
    };
    bots.pause_bot(bot.id, &asked()).await.unwrap();
    refused("resume it first").await;
    bots.stop_bot(bot.id, &asked()).await.unwrap();
    refused("start it first").await;
    bots.start_bot(bot.id, &asked()).await.unwrap();

    stop(bots, &asked()).await;
    refused("lift the stop").await;
    let another = store.another().await;
    let elsewhere = another.request_action(bot.id, ActNow::Browse, &asked()).await;
    assert!(matches!(elsewhere, Err(Error::Conflict(_))), "{elsewhere:?}");
    bots.lift_stop(&asked()).await.unwrap();

    let why = "the username is taken".into();
    let no = Invitation::Refused { why, wait: Duration::ZERO };
    let no = bots.settle_invitation(&bot, &bot.name, no, at(1)).await.unwrap();
    refused("the username is taken").await;
    provision(bots, &no).await;

    let starts = bots.get_bot("bot_000").await.unwrap().bot.starts;
    let parked = Observation {
        bot_id: bot.id,
        holder: Holder { node_id, epoch: lease.epoch },
        state: ObservedState::Parked,
        state_note: Some("it broke".into()),
        current_action: None,
        last_thought: None,
        next_wake: None,
        parked_start: Some(starts),
    };
    bots.observe_bots(vec![parked]).await.unwrap();
    refused("it broke").await;
    bots.start_bot(bot.id, &asked()).await.unwrap();
    bots.request_action(bot.id, ActNow::Browse, &asked()).await.unwrap();

    bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    let gone = bots.request_action(bot.id, ActNow::Browse, &asked()).await;
    assert!(matches!(gone, Err(Error::NotFound(_))), "{gone:?}");
}

async fn a_request_is_taken_once_with_what_comes_of_it(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    let request = bots.request_action(bot.id, ActNow::Like, &asked()).await.unwrap();
    let plans = vec![to_do(&bot, like("p1")), to_do(&bot, like("p2"))];
    let reply = Reply::Acts { log: vec![thinks(&bot)], plans };
    let planned = bots.take_request(request.number, reply.clone(), at(1)).await.unwrap();
    assert_eq!(planned, bots.unsettled_actions(Some(bot.id)).await.unwrap());
    assert_eq!(planned.len(), 2);
    assert_eq!(told(bots, ActivityKind::Thought).await.len(), 1);
    assert_eq!(told(bots, ActivityKind::RequestEnded).await, vec![]);
    assert_eq!((bots.pending_requests(None).await.unwrap(), wanted_number(bots).await), (vec![], 0));

    let again = bots.take_request(request.number, reply, at(2)).await;
    assert!(matches!(again, Err(Error::Overtaken(_))), "{again:?}");
    assert_eq!(told(bots, ActivityKind::Thought).await.len(), 1, "and nothing of it is told twice");
}

async fn a_request_of_which_nothing_comes_says_why(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    let request = bots.request_action(bot.id, ActNow::Like, &asked()).await.unwrap();
    let why = "the gallery wants to be left alone".to_owned();
    assert_eq!(bots.take_request(request.number, Reply::Nothing { why }, at(1)).await.unwrap(), vec![]);
    let line = told(bots, ActivityKind::RequestEnded).await.remove(0);
    let words = "BOT_000 did not like something, as ada had asked: the gallery wants to be left alone";
    assert_eq!((line.message.as_str(), line.bot_id), (words, Some(bot.id)));

    let request = bots.request_action(bot.id, ActNow::Browse, &asked()).await.unwrap();
    let look = NewActivity::of(bot.id, ActivityKind::Browse, at(2), "looked");
    let reply = Reply::Acts { log: vec![thinks(&bot), look], plans: vec![] };
    bots.take_request(request.number, reply, at(2)).await.unwrap();
    assert_eq!(told(bots, ActivityKind::RequestEnded).await.len(), 1, "a look is what was asked for");
    assert_eq!(bots.get_bot("bot_000").await.unwrap().bot.browses, 1);
}

async fn a_plan_that_is_not_possible_is_left_out_and_told_when_it_was_the_last(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    planned(bots, &bot, like("p1")).await;
    let request = bots.request_action(bot.id, ActNow::Like, &asked()).await.unwrap();
    let plans = vec![to_do(&bot, like("p1")), to_do(&bot, like("p2"))];
    let reply = Reply::Acts { log: vec![thinks(&bot)], plans };
    let planned = bots.take_request(request.number, reply, at(1)).await.unwrap();
    assert_eq!(planned.iter().map(|row| row.target.as_deref()).collect::<Vec<_>>(), [Some("p2")]);

    let request = bots.request_action(bot.id, ActNow::Like, &asked()).await.unwrap();
    let reply = Reply::Acts { log: vec![thinks(&bot)], plans: vec![to_do(&bot, like("p1"))] };
    assert_eq!(bots.take_request(request.number, reply, at(2)).await.unwrap(), vec![]);
    let line = told(bots, ActivityKind::RequestEnded).await.remove(0);
    assert!(line.message.contains("unsettled action on post p1"), "{}", line.message);

    let request = bots.request_action(bot.id, ActNow::Like, &asked()).await.unwrap();
    let reply = Reply::Acts { log: vec![thinks(&bot)], plans: vec![] };
    bots.take_request(request.number, reply, at(3)).await.unwrap();
    let line = told(bots, ActivityKind::RequestEnded).await.remove(1);
    assert!(line.message.ends_with("it found nothing new"), "{}", line.message);

    // A like on the way is not the comment that was asked for.
    bots.plan_action(to_do(&bot, comment("p1"))).await.unwrap();
    let request = bots.request_action(bot.id, ActNow::Comment, &asked()).await.unwrap();
    let plans = vec![to_do(&bot, comment("p1")), to_do(&bot, like("p3"))];
    let reply = Reply::Acts { log: vec![thinks(&bot)], plans };
    assert_eq!(bots.take_request(request.number, reply, at(4)).await.unwrap().len(), 1);
    let line = told(bots, ActivityKind::RequestEnded).await.remove(2);
    assert!(line.message.contains("did not comment on something, as ada had asked"), "{}", line.message);
    assert!(line.message.contains("unsettled action on post p1"), "{}", line.message);
}

async fn of_two_who_take_a_request_at_once_one_plans(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    let another = store.another().await;
    for round in 0..5 {
        let request = bots.request_action(bot.id, ActNow::Post, &asked()).await.unwrap();
        let reply = || Reply::Acts { log: vec![thinks(&bot)], plans: vec![to_do(&bot, picture())] };
        let (here, there) = tokio::join!(
            bots.take_request(request.number, reply(), at(round)),
            another.take_request(request.number, reply(), at(round))
        );
        assert!(here.is_ok() != there.is_ok(), "{here:?} and {there:?}");
    }
    let rows = bots.unsettled_actions(Some(bot.id)).await.unwrap();
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| row.status == ActionStatus::Planned));
}

/// A cap of the whole fleet and the company of a post are both counted under a lock.
async fn who_was_asked_and_who_thinks_by_itself_never_wait_for_each_other_for_ever(store: &TestStore) {
    let bots = &store.bots;
    let all = run_bots(bots, 2).await;
    may_like(bots).await;
    let capped = SettingsChanges { fleet_likes: Some(10_000), ..SettingsChanges::default() };
    bots.change_settings(capped, &asked()).await.unwrap();
    for round in 0..40 {
        let post = format!("p{round}");
        let request = bots.request_action(all[0].id, ActNow::Like, &asked()).await.unwrap();
        let reply = Reply::Acts { log: vec![], plans: vec![to_do(&all[0], like(&post))] };
        let (taken, thought) = tokio::join!(
            bots.take_request(request.number, reply, at(1)),
            bots.plan_action(to_do(&all[1], like(&post))),
        );
        assert_eq!(taken.unwrap().len(), 1, "{round}");
        thought.unwrap();
    }
}

async fn a_request_that_was_not_served_in_time_lapses_with_a_word(store: &TestStore) {
    let bots = &store.bots;
    let some = run_bots(bots, 2).await;
    for bot in &some {
        bots.request_action(bot.id, ActNow::Comment, &asked()).await.unwrap();
    }
    assert_eq!(bots.lapse_requests(at(1)).await.unwrap(), vec![]);
    let past = store.past_the_gateway().await;
    let ten_minutes_ago = format!(
        "UPDATE requests SET made_at = made_at - 600500000 WHERE number = {}",
        bots.pending_requests(Some(some[0].id)).await.unwrap()[0].number
    );
    past.execute_unprepared(&ten_minutes_ago).await.unwrap();
    let another = store.another().await;
    let (here, there) = tokio::join!(bots.lapse_requests(at(2)), another.lapse_requests(at(2)));
    assert_eq!(here.unwrap().len() + there.unwrap().len(), 1);
    assert_eq!(bots.pending_requests(None).await.unwrap().len(), 1);
    let lines = told(bots, ActivityKind::RequestEnded).await;
    assert_eq!(lines.len(), 1);
    assert!(lines[0].message.ends_with("as ada had asked: it could not within 10 minutes"), "{lines:?}");
}

async fn what_was_asked_of_a_bot_that_was_stopped_or_deleted_is_dropped(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    bots.request_action(bot.id, ActNow::Like, &asked()).await.unwrap();
    bots.pause_bot(bot.id, &asked()).await.unwrap();
    assert_eq!(bots.pending_requests(None).await.unwrap().len(), 1, "a pause keeps what was asked for");
    bots.stop_bot(bot.id, &asked()).await.unwrap();
    assert_eq!(bots.pending_requests(None).await.unwrap(), vec![]);
    bots.start_bot(bot.id, &asked()).await.unwrap();
    bots.request_action(bot.id, ActNow::Like, &asked()).await.unwrap();
    bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    assert_eq!(bots.pending_requests(None).await.unwrap(), vec![]);
}
