//! What holds for the whole fleet: changed by rule, told with who, and held where it cannot be raced.

use fleet_bots::{
    ActionFilter, ActionStatus, ActivityKind, Bot, Bots, Error, FleetTime, Micros, NewAction, NewActivity,
    Settings, SettingsChanges, Whose,
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::fixtures::*;
use crate::store::{TestStore, within};

store_tests![
    a_change_is_kept_and_told_with_who_when_and_what_it_was,
    what_breaks_a_rule_changes_nothing_and_names_every_field,
    two_changes_at_once_are_both_kept,
    a_bot_never_exceeds_its_cap_of_a_day,
    what_failed_leaves_room_and_a_picture_that_is_made_is_a_post_to_come,
    a_cap_of_the_fleet_holds_however_many_plan_at_once,
    who_opted_out_is_not_planned_for_and_what_was_planned_before_ends_at_once,
    the_log_is_kept_as_long_as_it_is_meant_to_be_and_the_ledger_for_ever,
    the_log_is_looked_through_once_an_hour,
];

const DAY_S: i64 = 86_400;

async fn change(bots: &Bots, changes: SettingsChanges) -> Settings {
    bots.change_settings(changes, &asked()).await.unwrap()
}

fn due(bot: &Bot, content: fleet_bots::Content, seconds: i64) -> NewAction {
    NewAction { bot_id: bot.id, content, planned_at: at(seconds), due_at: at(seconds), decision: None }
}

async fn a_change_is_kept_and_told_with_who_when_and_what_it_was(store: &TestStore) {
    let bots = &store.bots;
    assert_eq!(bots.read_settings().await.unwrap(), Settings::default());
    let mut bell = bots.intent_bell();
    let changes = SettingsChanges { pace: Some(2.5), bot_likes: Some(3), ..SettingsChanges::default() };
    let changed = change(bots, changes.clone()).await;
    within("the nodes are rung", bell.rung()).await;
    assert_eq!(changed, Settings { pace: 2.5, bot_likes: 3, ..Settings::default() });
    assert_eq!(store.another().await.read_settings().await.unwrap(), changed);

    let line = told(bots, ActivityKind::SettingsChanged).await.remove(0);
    assert_eq!(
        (line.message.as_str(), line.at),
        ("ada changed pace from 1 to 2.5, likes of one bot from 60 to 3", at(0))
    );
    let expected = json!({ "by": "ada", "changes": [
        { "setting": "pace", "before": "1", "after": "2.5" },
        { "setting": "bot_likes", "before": "60", "after": "3" },
    ]});
    assert_eq!(line.metadata, Some(expected));
    change(bots, changes).await;
    assert_eq!(told(bots, ActivityKind::SettingsChanged).await.len(), 1, "what stays is not told");
}

async fn what_breaks_a_rule_changes_nothing_and_names_every_field(store: &TestStore) {
    let bots = &store.bots;
    let changes = SettingsChanges {
        pace: Some(0.0),
        bot_posts: Some(10_001),
        opted_out: Some(vec!["n".repeat(201)]),
        keep_log_days: Some(7),
        ..SettingsChanges::default()
    };
    let Err(Error::Invalid(problems)) = bots.change_settings(changes, &asked()).await else {
        panic!("taken")
    };
    let fields: Vec<_> = problems.0.iter().map(|problem| problem.field).collect();
    assert_eq!(fields, ["pace", "bot_posts", "opted_out"]);
    assert_eq!(bots.read_settings().await.unwrap(), Settings::default());
    assert_eq!(whole_log(bots).await, vec![]);
}

async fn two_changes_at_once_are_both_kept(store: &TestStore) {
    let (bots, another, asked) = (&store.bots, store.another().await, asked());
    for round in 1..=10 {
        let posts = SettingsChanges { bot_posts: Some(round), ..SettingsChanges::default() };
        let likes = SettingsChanges { bot_likes: Some(round), ..SettingsChanges::default() };
        let (one, two) =
            tokio::join!(bots.change_settings(posts, &asked), another.change_settings(likes, &asked));
        one.unwrap();
        two.unwrap();
        let now = bots.read_settings().await.unwrap();
        assert_eq!((now.bot_posts, now.bot_likes), (round, round));
    }
}

async fn a_bot_never_exceeds_its_cap_of_a_day(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let other = bots.create_bot(new_bot("other"), &asked()).await.unwrap();
    bots.start_bot(other.id, &asked()).await.unwrap();
    change(bots, SettingsChanges { bot_likes: Some(2), ..SettingsChanges::default() }).await;
    let left =
        async |seconds| bots.read_allowance(bot.id, at(seconds), Micros::ZERO).await.unwrap().likes.count;
    assert_eq!(left(0).await, Some(2));

    let first = bots.plan_action(due(&bot, like("p1"), 10)).await.unwrap();
    bots.mark_sent(first.id, holder, at(20)).await.unwrap();
    bots.settle_action(first.id, holder, done()).await.unwrap();
    bots.plan_action(due(&bot, like("p2"), 30)).await.unwrap();
    assert_eq!(left(40).await, Some(0));
    let refused = bots.plan_action(due(&bot, like("p3"), 40)).await;
    // The day of the tests begins at nine in the morning.
    let midnight = at(15 * 3_600);
    assert!(
        matches!(&refused, Err(Error::Capped { until, why, .. }) if *until == midnight
            && why == "one bot likes 2 a day at the most; a new day begins at 00:00 UTC"),
        "{refused:?}"
    );
    bots.plan_action(due(&bot, comment("p3"), 40)).await.unwrap();
    bots.plan_action(due(&other, like("p3"), 40)).await.unwrap();

    // What is planned for today and not done yet counts tomorrow as well, since it will be done then.
    assert_eq!(left(DAY_S).await, Some(1));
    bots.plan_action(due(&bot, like("p4"), DAY_S)).await.unwrap();
    let refused = bots.plan_action(due(&bot, like("p5"), DAY_S)).await;
    assert!(matches!(refused, Err(Error::Capped { .. })), "{refused:?}");
    change(bots, SettingsChanges { bot_likes: Some(0), ..SettingsChanges::default() }).await;
    assert_eq!(left(DAY_S).await, None);
    bots.plan_action(due(&bot, like("p5"), DAY_S)).await.unwrap();
}

async fn what_failed_leaves_room_and_a_picture_that_is_made_is_a_post_to_come(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    change(bots, SettingsChanges { bot_posts: Some(1), ..SettingsChanges::default() }).await;
    let first = bots.plan_action(due(&bot, picture(), 10)).await.unwrap();
    assert!(matches!(bots.plan_action(due(&bot, picture(), 20)).await, Err(Error::Capped { .. })));
    bots.mark_sent(first.id, holder, at(30)).await.unwrap();
    assert!(matches!(bots.plan_action(due(&bot, picture(), 40)).await, Err(Error::Capped { .. })));
    bots.settle_action(first.id, holder, failed()).await.unwrap();

    let second = bots.plan_action(due(&bot, picture(), 50)).await.unwrap();
    bots.mark_sent(second.id, holder, at(60)).await.unwrap();
    let mut made = done();
    made.then = Some(due(&bot, post(), 70));
    bots.settle_action(second.id, holder, made).await.unwrap();
    let open = bots.unsettled_actions(Some(bot.id)).await.unwrap();
    assert_eq!(open.len(), 1, "its post may be shared: {open:?}");
    assert!(matches!(bots.plan_action(due(&bot, picture(), 80)).await, Err(Error::Capped { .. })));
}

async fn a_cap_of_the_fleet_holds_however_many_plan_at_once(store: &TestStore) {
    let (bots, another) = (&store.bots, store.another().await);
    let all = run_bots(bots, 8).await;
    change(bots, SettingsChanges { fleet_likes: Some(5), ..SettingsChanges::default() }).await;
    let plans = all.iter().enumerate().map(|(index, bot)| {
        let gateway = if index % 2 == 0 { bots.clone() } else { another.clone() };
        let plan = due(bot, like("p1"), 10);
        tokio::spawn(async move { gateway.plan_action(plan).await })
    });
    let mut outcomes = Vec::new();
    for plan in plans.collect::<Vec<_>>() {
        outcomes.push(plan.await.unwrap());
    }
    let taken = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(taken, 5, "{outcomes:?}");
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(_) | Err(Error::Capped { .. }))));
    change(bots, SettingsChanges { bot_likes: Some(3), fleet_likes: Some(6), ..SettingsChanges::default() })
        .await;
    let left = bots.read_allowance(all[0].id, at(20), Micros::ZERO).await.unwrap();
    assert_eq!((left.likes.count, left.likes.whose), (Some(1), Whose::Fleet), "a bot's are counted apart");
    change(bots, SettingsChanges { fleet_likes: Some(5), ..SettingsChanges::default() }).await;
    let left = bots.read_allowance(all[0].id, at(20), Micros::ZERO).await.unwrap();
    assert!(left.likes.is_none() && left.reached().starts_with("the fleet likes 5 a day"), "{left:?}");
    assert_eq!(left.of(all[0].weights).unwrap().like, 0.0);
}

async fn who_opted_out_is_not_planned_for_and_what_was_planned_before_ends_at_once(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let by_handle = |post_id: &str, handle: &str| {
        let about = fleet_bots::About { person: Some(handle.into()), ..about(post_id) };
        fleet_bots::Content::Like { about }
    };
    let before = planned(bots, &bot, by_handle("p1", "Brook")).await;
    let of_others = planned(bots, &bot, by_handle("p2", "grace")).await;
    let people = Some(vec!["@BROOK".into()]);
    change(bots, SettingsChanges { opted_out: people, ..SettingsChanges::default() }).await;

    let refused = bots.plan_action(to_do(&bot, by_handle("p3", "brook"))).await;
    assert!(matches!(&refused, Err(Error::Overtaken(why)) if why.starts_with("opted out")), "{refused:?}");
    let rows = bots.recent_actions(&ActionFilter { limit: 9, ..ActionFilter::default() }).await.unwrap();
    let ended = rows.into_iter().find(|row| row.id == before.id).unwrap();
    assert_eq!((ended.status, ended.sent_at, ended.settled_at), (ActionStatus::Failed, None, Some(at(0))));
    assert_eq!(ended.failure.as_deref(), Some("opted out: @Brook asked to be left alone"));
    let line = told(bots, ActivityKind::Error).await.remove(0);
    assert!(line.message.contains("opted out"), "{}", line.message);
    let sent = bots.mark_sent(before.id, holder, at(90)).await;
    assert!(matches!(&sent, Err(Error::Overtaken(_))), "{sent:?}");
    assert_eq!(bots.mark_sent(of_others.id, holder, at(91)).await.unwrap().status, ActionStatus::Sent);
}

async fn the_log_is_kept_as_long_as_it_is_meant_to_be_and_the_ledger_for_ever(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    bots.settle_action(plan.id, holder, done()).await.unwrap();
    let thoughts = |seconds: i64, count: usize| -> Vec<NewActivity> {
        (0..count).map(|_| NewActivity::of(bot.id, ActivityKind::Thought, at(seconds), "hm")).collect()
    };
    bots.record_activity(thoughts(10, 1_200)).await.unwrap();
    bots.record_activity(thoughts(10 * DAY_S, 3)).await.unwrap();
    let looked = NewActivity::of(bot.id, ActivityKind::Browse, at(20), "looked");
    bots.record_activity(vec![looked]).await.unwrap();

    let (mut gone, mut batches) = (0, 0);
    loop {
        match bots.prune_activities(at(30 * DAY_S + 3_600)).await.unwrap() {
            0 => break,
            some => (gone, batches) = (gone + some, batches + 1),
        }
    }
    assert_eq!(gone, 1_201);
    assert!(batches >= 3, "they go in small batches, not in {batches}");
    assert_eq!(told(bots, ActivityKind::Thought).await.len(), 3);
    assert_eq!(told(bots, ActivityKind::Like).await.len(), 1, "what was done is kept longer");

    let forever =
        SettingsChanges { keep_thoughts_days: Some(0), keep_log_days: Some(1), ..SettingsChanges::default() };
    change(bots, forever).await;
    let past = store.past_the_gateway().await;
    past.execute_unprepared("DELETE FROM settings WHERE key = 'pruned'").await.unwrap();
    while bots.prune_activities(at(500 * DAY_S)).await.unwrap() > 0 {}
    let left: Vec<_> = whole_log(bots).await.into_iter().map(|line| line.kind).collect();
    assert_eq!(left, [ActivityKind::Thought; 3]);
    assert_eq!(bots.fleet_summary().await.unwrap().likes, 1, "the ledger is never pruned");
}

async fn the_log_is_looked_through_once_an_hour(store: &TestStore) {
    let (bots, another) = (&store.bots, store.another().await);
    let bot = make_bots(bots, 1).await.remove(0);
    let late: FleetTime = at(40 * DAY_S);
    assert_eq!(bots.prune_activities(late).await.unwrap(), 0);
    bots.record_activity(vec![thought(&bot, "old")]).await.unwrap();
    assert_eq!(bots.prune_activities(late).await.unwrap(), 0);
    assert_eq!(another.prune_activities(late).await.unwrap(), 0, "whichever node asks");
    let past = store.past_the_gateway().await;
    let row = past
        .query_one_raw(sea_orm::Statement::from_string(
            past.get_database_backend(),
            "SELECT CAST(value AS TEXT) AS value FROM settings WHERE key = 'pruned'",
        ))
        .await
        .unwrap()
        .unwrap();
    let pruned: i64 = row.try_get::<String>("", "value").unwrap().parse().unwrap();
    let an_hour_ago = pruned - 3_601_000_000;
    let turn_back = format!("UPDATE settings SET value = '{an_hour_ago}' WHERE key = 'pruned'");
    past.execute_unprepared(&turn_back).await.unwrap();
    assert_eq!(another.prune_activities(late).await.unwrap(), 1);
}
