//! Starting, pausing, resuming and stopping, one bot or many.

use fleet_bots::{
    ActionStatus, ActivityKind, Asked, Bot, BotFilter, BotId, BotState, Error, Intent, NewBot, Selection,
};
use serde_json::json;

use crate::fixtures::*;
use crate::store::{TestStore, within};

store_tests![
    all_that_match_are_steered_whatever_their_page,
    each_change_of_intent_is_told_with_who_asked,
    a_start_counts_also_for_a_bot_that_runs,
    what_is_so_already_stays_so_and_is_not_told_twice,
    a_stopped_bot_can_be_neither_paused_nor_resumed,
    a_selection_means_all_or_a_persona_or_some_ids,
    an_id_named_twice_is_started_once,
    more_ids_than_one_statement_binds_are_no_trouble,
    stopping_drops_plans_and_leaves_what_was_sent,
    the_intent_bell_rings_for_every_gateway,
    commands_on_the_same_bots_never_lock_each_other_out,
];

async fn each_change_of_intent_is_told_with_who_asked(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    let by = |by: &str, seconds| Asked { by: by.into(), at: at(seconds) };
    assert_eq!(bots.start_bot(bot.id, &by("ada", 1)).await.unwrap().intent, Intent::Running);
    assert_eq!(bots.pause_bot(bot.id, &by("cli", 2)).await.unwrap().intent, Intent::Paused);
    assert_eq!(bots.resume_bot(bot.id, &by("panel", 3)).await.unwrap().intent, Intent::Running);
    let stopped = bots.stop_bot(bot.id, &by("api", 4)).await.unwrap();
    assert_eq!((stopped.intent, stopped.updated_at), (Intent::Stopped, at(4)));

    let log = whole_log(bots).await.split_off(1);
    let told: Vec<_> =
        log.iter().map(|a| (a.kind, a.message.as_str(), a.metadata.clone().unwrap())).collect();
    assert_eq!(
        told,
        [
            (ActivityKind::Started, "BOT_000 was started", json!({ "by": "ada" })),
            (ActivityKind::Paused, "BOT_000 was paused", json!({ "by": "cli" })),
            (ActivityKind::Resumed, "BOT_000 was resumed", json!({ "by": "panel" })),
            (ActivityKind::Stopped, "BOT_000 was stopped", json!({ "by": "api" })),
        ]
    );
}

async fn a_start_counts_also_for_a_bot_that_runs(store: &TestStore) {
    let bot = make_bots(&store.bots, 1).await.remove(0);
    for starts in 1..=3 {
        assert_eq!(store.bots.start_bot(bot.id, &asked()).await.unwrap().starts, starts);
    }
    store.bots.pause_bot(bot.id, &asked()).await.unwrap();
    assert_eq!(store.bots.resume_bot(bot.id, &asked()).await.unwrap().starts, 3, "resuming is no start");
    let wanted = store.bots.wanted_bots().await.unwrap();
    assert_eq!((wanted[0].bot_id, wanted[0].intent, wanted[0].starts), (bot.id, Intent::Running, 3));
}

async fn what_is_so_already_stays_so_and_is_not_told_twice(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    assert_eq!(bots.resume_bot(bot.id, &asked()).await.unwrap().intent, Intent::Running);
    bots.pause_bot(bot.id, &asked()).await.unwrap();
    assert_eq!(bots.pause_bot(bot.id, &asked()).await.unwrap().intent, Intent::Paused);
    bots.stop_bot(bot.id, &asked()).await.unwrap();
    assert_eq!(bots.stop_bot(bot.id, &asked()).await.unwrap().intent, Intent::Stopped);
    let kinds: Vec<_> = whole_log(bots).await.iter().map(|activity| activity.kind).collect();
    use ActivityKind::{Created, Paused, SettingsChanged, Started, Stopped};
    assert_eq!(kinds, [SettingsChanged, Created, Started, Paused, Stopped]);
}

async fn a_stopped_bot_can_be_neither_paused_nor_resumed(store: &TestStore) {
    let bot = make_bots(&store.bots, 1).await.remove(0);
    for refusal in
        [store.bots.pause_bot(bot.id, &asked()).await, store.bots.resume_bot(bot.id, &asked()).await]
    {
        let error = refusal.unwrap_err();
        assert!(matches!(error, Error::Conflict(_)), "{error:?}");
        assert_eq!(error.to_string(), "BOT_000 is stopped; start it first");
    }
    let nobody = store.bots.pause_bot(BotId::generate(), &asked()).await.unwrap_err();
    assert!(matches!(nobody, Error::NotFound(_)), "{nobody:?}");
}

async fn a_selection_means_all_or_a_persona_or_some_ids(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 3).await;
    let poet = NewBot { persona: "poet".into(), ..new_bot("poet") };
    let poet = bots.create_bot(poet, &asked()).await.unwrap();

    let poets = Selection::Persona("poet".into());
    assert_eq!(ids(&bots.start_bots(&poets, &asked()).await.unwrap()), [poet.id]);
    assert_eq!(bots.start_bots(&Selection::All, &asked()).await.unwrap().len(), 4);

    let some = Selection::Ids(vec![made[0].id, BotId::generate(), made[2].id]);
    assert_eq!(ids(&bots.pause_bots(&some, &asked()).await.unwrap()), [made[0].id, made[2].id]);
    assert!(bots.pause_bots(&some, &asked()).await.unwrap().is_empty(), "they are paused already");
    assert_eq!(ids(&bots.resume_bots(&Selection::All, &asked()).await.unwrap()), [made[0].id, made[2].id]);
    assert_eq!(bots.stop_bots(&some, &asked()).await.unwrap().len(), 2);
    assert_eq!(bots.stop_bots(&Selection::All, &asked()).await.unwrap().len(), 2);
    assert!(bots.stop_bots(&Selection::Ids(Vec::new()), &asked()).await.unwrap().is_empty());

    assert_eq!(ids(&bots.delete_bots(&poets, AccountAfter::Removed, &asked()).await.unwrap()), [poet.id]);
    assert_eq!(bots.delete_bots(&Selection::All, AccountAfter::Removed, &asked()).await.unwrap().len(), 3);
    assert_eq!(told(bots, ActivityKind::Stopped).await.len(), 4);
}

fn ids(bots: &[Bot]) -> Vec<BotId> {
    let mut ids: Vec<_> = bots.iter().map(|bot| bot.id).collect();
    ids.sort();
    ids
}

async fn an_id_named_twice_is_started_once(store: &TestStore) {
    let bot = make_bots(&store.bots, 1).await.remove(0);
    let started = store.bots.start_bots(&Selection::Ids(vec![bot.id; 3]), &asked()).await.unwrap();
    assert_eq!((started.len(), started[0].starts), (1, 1));
}

async fn more_ids_than_one_statement_binds_are_no_trouble(store: &TestStore) {
    let bot = make_bots(&store.bots, 1).await.remove(0);
    let many = (0..70_000).map(|_| BotId::generate()).chain([bot.id]).collect();
    let many = Selection::Ids(many);
    assert_eq!(store.bots.start_bots(&many, &asked()).await.unwrap().len(), 1);
    assert_eq!(store.bots.delete_bots(&many, AccountAfter::Removed, &asked()).await.unwrap().len(), 1);
}

async fn stopping_drops_plans_and_leaves_what_was_sent(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let sent = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(sent.id, holder, at(75)).await.unwrap();
    let plan = planned(bots, &bot, comment("p2")).await;

    bots.stop_bot(bot.id, &asked()).await.unwrap();
    let rows =
        bots.recent_actions(&fleet_bots::ActionFilter { limit: 9, ..Default::default() }).await.unwrap();
    let dropped = rows.iter().find(|row| row.id == plan.id).unwrap();
    assert_eq!((dropped.status, dropped.settled_at), (ActionStatus::Failed, Some(at(0))));
    assert_eq!(dropped.failure.as_deref(), Some("dropped: the bot was stopped before it was sent"));
    let open = bots.unsettled_actions(Some(bot.id)).await.unwrap();
    assert_eq!((open.len(), open[0].id, open[0].status), (1, sent.id, ActionStatus::Sent));

    let late = bots.plan_action(to_do(&bot, comment("p3"))).await.unwrap_err();
    assert!(matches!(late, Error::Overtaken(_)), "{late:?}");
    assert_eq!(
        bots.unsettled_actions(None).await.unwrap().len(),
        1,
        "an agent that lags behind plans nothing"
    );
}

async fn the_intent_bell_rings_for_every_gateway(store: &TestStore) {
    let another = store.another().await;
    let (mut here, mut there) = (store.bots.intent_bell(), another.intent_bell());
    let bot = make_bots(&store.bots, 1).await.remove(0);
    within("the bell here", here.rung()).await;
    within("the bell of another process", there.rung()).await;
    // Whoever hears it finds what it rang for.
    store.bots.start_bot(bot.id, &asked()).await.unwrap();
    assert_eq!(another.wanted_bots().await.unwrap().len(), 1);
}

async fn commands_on_the_same_bots_never_lock_each_other_out(store: &TestStore) {
    let bots = &store.bots;
    let made = run_bots(bots, 40).await;
    let node_id = join(bots).await;
    let leases = bots.claim_leases(node_id, 40).await.unwrap();
    let operators = (0..3).map(|number| {
        let bots = bots.clone();
        tokio::spawn(async move {
            for _ in 0..8 {
                if number == 0 {
                    bots.stop_bots(&Selection::All, &asked()).await.unwrap();
                } else {
                    bots.start_bots(&Selection::All, &asked()).await.unwrap();
                }
            }
        })
    });
    let reversed: Vec<_> = made.iter().rev().cloned().collect();
    let agents = reversed.chunks(10).map(|some| {
        let (bots, some) = (bots.clone(), some.to_vec());
        let leases = leases.clone();
        tokio::spawn(async move {
            for round in 0..4 {
                bots.record_activity(some.iter().map(browsed).collect()).await.unwrap();
                for bot in &some {
                    let lease = leases.iter().find(|lease| lease.bot_id == bot.id).unwrap();
                    let Ok(action) = bots.plan_action(to_do(bot, comment(&format!("p{round}")))).await else {
                        continue;
                    };
                    let _ = bots.mark_sent(action.id, holder(lease), at(75)).await;
                    match bots.settle_action(action.id, holder(lease), failed()).await {
                        Ok(_) | Err(Error::Overtaken(_)) => {}
                        Err(error) => panic!("{error:?}"),
                    }
                }
            }
        })
    });
    let tasks: Vec<_> = operators.chain(agents).collect();
    for task in tasks {
        within("everybody comes through", task).await.unwrap();
    }
}

fn browsed(bot: &Bot) -> fleet_bots::NewActivity {
    fleet_bots::NewActivity::of(bot.id, ActivityKind::Browse, at(1), "looked around")
}

async fn all_that_match_are_steered_whatever_their_page(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 6).await;
    let poet = NewBot { persona: "poet".into(), ..new_bot("poet") };
    let poet = bots.create_bot(poet, &asked()).await.unwrap();
    bots.delete_bot(made[5].id, AccountAfter::Removed, &asked()).await.unwrap();
    let matching = |filter: BotFilter| Selection::Matching(BotFilter { page: 3, per_page: 1, ..filter });
    let botanists = BotFilter { persona: Some("botanist".into()), ..BotFilter::default() };
    let stopped = BotFilter { state: Some(BotState::Stopped), ..BotFilter::default() };

    let started = bots.start_bots(&matching(botanists.clone()), &asked()).await.unwrap();
    assert_eq!(ids(&started), made[..5].iter().map(|bot| bot.id).collect::<Vec<_>>());
    let text = BotFilter { text: Some("_003".into()), ..BotFilter::default() };
    assert_eq!(ids(&bots.pause_bots(&matching(text), &asked()).await.unwrap()), [made[3].id]);
    let running = BotFilter { intent: Some(Intent::Running), ..BotFilter::default() };
    assert_eq!(bots.stop_bots(&matching(running), &asked()).await.unwrap().len(), 4);
    let paused = BotFilter { intent: Some(Intent::Paused), ..BotFilter::default() };
    assert_eq!(ids(&bots.resume_bots(&matching(paused), &asked()).await.unwrap()), [made[3].id]);
    assert_eq!(bots.delete_bots(&matching(stopped), AccountAfter::Removed, &asked()).await.unwrap().len(), 5);
    assert!(bots.get_bot(&poet.username).await.is_err(), "the poet was stopped as well");
    assert_eq!(bots.list_bots(&BotFilter::default()).await.unwrap().total, 1);
    let none = BotFilter { persona: Some("nobody".into()), ..BotFilter::default() };
    assert!(bots.start_bots(&matching(none), &asked()).await.unwrap().is_empty());
}
