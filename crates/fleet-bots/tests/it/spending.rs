//! Money is set aside before a call, and no cap is ever exceeded: not by many at once, not by a crash, not over a night.

use fleet_bots::{
    ActionStatus, ActivityKind, Bot, BotId, Bots, Content, Error, FleetTime, Micros, NewRest, NewSpend,
    Outcome, Purpose, RestCause, Setting, SettingsChanges, Settled, SpendId, Tokens, Whose,
};
use sea_orm::{ConnectionTrait, Statement};

use crate::fixtures::*;
use crate::store::{TestStore, within};

store_tests![
    what_could_exceed_a_cap_is_refused_and_says_which_and_until_when,
    what_is_settled_leaves_the_rest_to_be_spent_and_what_is_not_counts_in_full,
    money_for_models_and_for_pictures_is_counted_apart,
    a_try_of_an_operators_is_held_against_the_caps_of_the_fleet_alone,
    however_many_spend_at_once_no_cap_is_exceeded,
    a_picture_is_paid_for_at_the_gate_and_given_back_when_it_was_not_made,
    a_picture_that_may_have_been_made_stays_paid_for,
    a_picture_that_no_cap_can_bear_is_not_planned_and_leaves_no_allowance,
    more_to_spend_ends_a_rest_for_want_of_it_and_less_does_not,
    what_the_fleet_costs_is_told_by_whom_and_for_what,
    calls_are_kept_as_long_as_the_log_and_what_they_came_to_for_ever,
    what_days_came_to_goes_two_months_later_and_what_months_came_to_stays,
    what_was_spent_before_sums_were_kept_is_added_up,
];

const DAY_S: i64 = 86_400;
const DAY: std::time::Duration = std::time::Duration::from_secs(86_400);
/// The tests play from nine in the morning of the 5th of March on.
const MIDNIGHT_S: i64 = 15 * 3_600;

fn cents(cents: i64) -> Micros {
    Micros(cents * 10_000)
}

fn call(bot: Option<&Bot>, most: Micros, at: FleetTime) -> NewSpend {
    NewSpend {
        bot_id: bot.map(|bot| bot.id),
        purpose: Purpose::Judge,
        provider: "openai".into(),
        model: "gpt-5-mini".into(),
        most,
        at,
    }
}

fn came_to(cost: Micros) -> Settled {
    Settled { cost, tokens: Some(Tokens { input: 900, output: 90, pictures: 10 }) }
}

async fn cap(bots: &Bots, changes: SettingsChanges) {
    bots.change_settings(changes, &asked()).await.unwrap();
}

/// Caps in cents: of a bot's day, the fleet's day and the fleet's month, for models.
async fn text_caps(bots: &Bots, [bot, day, month]: [i64; 3]) {
    let changes = SettingsChanges {
        bot_text_day: Some(cents(bot)),
        fleet_text_day: Some(cents(day)),
        fleet_text_month: Some(cents(month)),
        ..SettingsChanges::default()
    };
    cap(bots, changes).await;
}

fn assert_capped<T: std::fmt::Debug>(outcome: Result<T, Error>, who: Whose, end: FleetTime, words: &str) {
    assert!(
        matches!(&outcome, Err(Error::Capped { whose, until, why })
            if *whose == who && *until == end && why.contains(words)),
        "{outcome:?} is not {words}, until {end}"
    );
}

fn first_of_april() -> FleetTime {
    "2026-04-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap().into()
}

async fn what_could_exceed_a_cap_is_refused_and_says_which_and_until_when(store: &TestStore) {
    let bots = &store.bots;
    let some = make_bots(bots, 2).await;
    let spend = async |bot: usize, most: i64, seconds: i64| {
        bots.reserve_spend(call(Some(&some[bot]), cents(most), at(seconds))).await
    };
    text_caps(bots, [10, 15, 30]).await;
    spend(0, 10, 0).await.unwrap();
    let words = "one bot spends $0.10 a day on models at the most, and $0.10 are spent or set aside";
    assert_capped(spend(0, 1, 1).await, Whose::Bot, at(MIDNIGHT_S), words);
    spend(0, 0, 1).await.unwrap();
    spend(1, 5, 1).await.unwrap();
    let words = "the fleet spends $0.15 a day on models at the most, and $0.15 are spent or set aside";
    assert_capped(spend(1, 1, 2).await, Whose::Fleet, at(MIDNIGHT_S), words);
    // The next day begins anew, and the month goes on.
    spend(0, 10, MIDNIGHT_S).await.unwrap();
    spend(1, 5, MIDNIGHT_S).await.unwrap();
    let words = "the fleet spends $0.30 a month on models at the most, and $0.30 are spent or set aside; this call may cost up to \
                 $0.01; it goes on at 2026-04-01 00:00 UTC";
    assert_capped(spend(1, 1, MIDNIGHT_S + DAY_S).await, Whose::Fleet, first_of_april(), words);
    bots.reserve_spend(call(Some(&some[1]), cents(10), first_of_april())).await.unwrap();

    let words = "this call alone may cost up to $0.11, which no day or month bears until the cap is raised";
    let on_the_second = call(Some(&some[0]), cents(11), first_of_april().plus(DAY));
    let until = first_of_april().plus(2 * DAY);
    assert_capped(bots.reserve_spend(on_the_second).await, Whose::Bot, until, words);

    let unknown = NewSpend { bot_id: Some(BotId::generate()), ..call(None, cents(1), first_of_april()) };
    assert!(matches!(bots.reserve_spend(unknown).await, Err(Error::NotFound(_))));
}

async fn what_is_settled_leaves_the_rest_to_be_spent_and_what_is_not_counts_in_full(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    text_caps(bots, [10, 100, 100]).await;
    let spend = async |most: i64| bots.reserve_spend(call(Some(&bot), cents(most), at(0))).await;
    let first = spend(10).await.unwrap();
    bots.settle_spend(first, came_to(cents(2))).await.unwrap();
    let again = bots.settle_spend(first, came_to(cents(1))).await;
    assert!(matches!(again, Err(Error::Overtaken(_))), "{again:?}");
    let never = bots.settle_spend(SpendId::generate(), came_to(cents(1))).await;
    assert!(matches!(never, Err(Error::Overtaken(_))), "{never:?}");
    spend(8).await.unwrap();
    assert!(spend(1).await.is_err(), "of what was never settled nobody knows what it came to");
    // That of yesterday is yesterday's, whenever it is settled.
    let tomorrow = bots.reserve_spend(call(Some(&bot), cents(10), at(MIDNIGHT_S))).await.unwrap();
    bots.settle_spend(tomorrow, Settled::default()).await.unwrap();
    assert!(spend(1).await.is_err());
    bots.reserve_spend(call(Some(&bot), cents(10), at(MIDNIGHT_S))).await.unwrap();
}

async fn money_for_models_and_for_pictures_is_counted_apart(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    text_caps(bots, [10, 10, 10]).await;
    bots.reserve_spend(call(Some(&bot), cents(10), at(0))).await.unwrap();
    let picture = NewSpend { purpose: Purpose::Picture, ..call(Some(&bot), cents(100), at(0)) };
    bots.reserve_spend(picture.clone()).await.unwrap();
    let words = "one bot spends $1.00 a day on pictures at the most";
    assert_capped(bots.reserve_spend(picture).await, Whose::Bot, at(MIDNIGHT_S), words);
    let costs = bots.read_costs(at(1)).await.unwrap();
    let spent: Vec<_> = costs.caps.iter().map(|cap| (cap.setting, cap.spent, cap.left)).collect();
    let left = |dollars: i64| Micros::dollars(dollars).less(cents(100));
    assert_eq!(
        spent,
        [
            (Setting::FleetTextDay, cents(10), Micros::ZERO),
            (Setting::FleetTextMonth, cents(10), Micros::ZERO),
            (Setting::FleetPictureDay, cents(100), left(20)),
            (Setting::FleetPictureMonth, cents(100), left(300)),
        ]
    );
}

async fn a_try_of_an_operators_is_held_against_the_caps_of_the_fleet_alone(store: &TestStore) {
    let bots = &store.bots;
    text_caps(bots, [0, 5, 5]).await;
    let probe = NewSpend { purpose: Purpose::Probe, ..call(None, cents(5), at(0)) };
    bots.reserve_spend(probe.clone()).await.unwrap();
    assert!(matches!(bots.reserve_spend(probe).await, Err(Error::Capped { whose: Whose::Fleet, .. })));
    let costs = bots.read_costs(at(1)).await.unwrap();
    assert_eq!(costs.day.by_bot[0].label, "tries of operators");
    assert_eq!((costs.day.by_purpose[0].key.as_str(), costs.day.total().total()), ("probe", cents(5)));
}

async fn however_many_spend_at_once_no_cap_is_exceeded(store: &TestStore) {
    let (bots, another) = (&store.bots, store.another().await);
    let some = make_bots(bots, 4).await;
    text_caps(bots, [3, 7, 100]).await;
    let calls = (0..24).map(|index| {
        let gateway = if index % 2 == 0 { bots.clone() } else { another.clone() };
        let call = call(Some(&some[index % 4]), cents(1), at(0));
        tokio::spawn(async move { gateway.reserve_spend(call).await })
    });
    let mut taken = 0;
    for call in calls.collect::<Vec<_>>() {
        match call.await.unwrap() {
            Ok(_) => taken += 1,
            Err(Error::Capped { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(taken, 7);
    let costs = bots.read_costs(at(1)).await.unwrap();
    assert_eq!((costs.day.text.reserved, costs.day.text.calls), (cents(7), 7));
    assert!(costs.day.by_bot.iter().all(|share| share.sum.total() <= cents(3)), "{:?}", costs.day.by_bot);
}

fn priced(price: Micros) -> Content {
    match picture() {
        Content::Picture { prompt, steps, title, description, .. } => {
            Content::Picture { prompt, steps, title, description, price }
        }
        other => other,
    }
}

async fn spent_on_pictures(bots: &Bots) -> (Micros, Micros) {
    let pictures = bots.read_costs(at(1)).await.unwrap().day.pictures;
    (pictures.settled, pictures.reserved)
}

async fn a_picture_is_paid_for_at_the_gate_and_given_back_when_it_was_not_made(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    cap(bots, SettingsChanges { bot_picture_day: Some(cents(10)), ..SettingsChanges::default() }).await;
    let (one, other) =
        (planned(bots, &bot, priced(cents(6))).await, planned(bots, &bot, priced(cents(6))).await);
    assert_eq!(spent_on_pictures(bots).await, (Micros::ZERO, Micros::ZERO), "a plan is not paid for");
    bots.mark_sent(one.id, holder, at(75)).await.unwrap();
    assert_eq!(spent_on_pictures(bots).await, (Micros::ZERO, cents(6)));
    let refused = bots.mark_sent(other.id, holder, at(76)).await;
    assert_capped(refused, Whose::Bot, at(MIDNIGHT_S), "one bot spends $0.10 a day on pictures");
    let open = bots.unsettled_actions(Some(bot.id)).await.unwrap();
    let other = open.into_iter().find(|row| row.id == other.id).unwrap();
    assert_eq!((other.status, other.sent_at, other.begun_at), (ActionStatus::Planned, None, None));

    // Put off, and sent again: it is paid for once.
    bots.settle_action(one.id, holder, postponed()).await.unwrap();
    assert_eq!(spent_on_pictures(bots).await, (Micros::ZERO, Micros::ZERO));
    bots.mark_sent(one.id, holder, at(500)).await.unwrap();
    bots.settle_action(one.id, holder, done()).await.unwrap();
    assert_eq!(spent_on_pictures(bots).await, (cents(6), Micros::ZERO));

    cap(bots, SettingsChanges { bot_picture_day: Some(cents(12)), ..SettingsChanges::default() }).await;
    bots.mark_sent(other.id, holder, at(501)).await.unwrap();
    bots.settle_action(other.id, holder, failed()).await.unwrap();
    assert_eq!(spent_on_pictures(bots).await, (cents(6), Micros::ZERO));
}

async fn a_picture_that_may_have_been_made_stays_paid_for(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let [lost, stopped, deleted] = [
        planned(bots, &bot, priced(cents(1))).await,
        planned(bots, &bot, priced(cents(2))).await,
        planned(bots, &bot, priced(cents(4))).await,
    ];
    for row in [&lost, &stopped, &deleted] {
        bots.mark_sent(row.id, holder, at(75)).await.unwrap();
    }
    let why = "the answer never came".to_owned();
    let row = bots.settle_action(lost.id, holder, ended(Outcome::Wasted { why })).await.unwrap();
    assert_eq!((row.status, row.failure.as_deref()), (ActionStatus::Failed, Some("the answer never came")));
    assert_eq!(told(bots, ActivityKind::Error).await.len(), 1);
    // What is put off while its bot is stopped ends; its request is known not to have begun.
    bots.stop_bot(bot.id, &asked()).await.unwrap();
    bots.settle_action(stopped.id, holder, postponed()).await.unwrap();
    assert_eq!(spent_on_pictures(bots).await, (Micros::ZERO, cents(5)));
    bots.delete_bot(bot.id, AccountAfter::Kept, &asked()).await.unwrap();
    assert_eq!(spent_on_pictures(bots).await, (Micros::ZERO, cents(5)));
}

async fn a_picture_that_no_cap_can_bear_is_not_planned_and_leaves_no_allowance(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    cap(bots, SettingsChanges { fleet_picture_month: Some(cents(10)), ..SettingsChanges::default() }).await;
    let posts = async |price| bots.read_allowance(bot.id, at(2), cents(price)).await.unwrap().posts;
    assert_eq!(
        (posts(0).await.count, posts(4).await.count, posts(11).await.count),
        (Some(6), Some(2), Some(0))
    );
    let plan = planned(bots, &bot, priced(cents(7))).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    let left = posts(4).await;
    assert_eq!((left.count, left.whose), (Some(0), Whose::Fleet));
    assert_eq!(left.cap, "the fleet spends $0.10 a month on pictures at the most");
    let refused = bots.plan_action(to_do(&bot, priced(cents(4)))).await;
    assert!(matches!(refused, Err(Error::Capped { whose: Whose::Fleet, .. })), "{refused:?}");
    planned(bots, &bot, priced(cents(3))).await;
    planned(bots, &bot, picture()).await;
}

async fn more_to_spend_ends_a_rest_for_want_of_it_and_less_does_not(store: &TestStore) {
    let bots = &store.bots;
    let rest = |cause| NewRest {
        bot_id: None,
        cause,
        why: "the fleet spends $2.00 a day on models at the most".into(),
        until: Some(at(MIDNIGHT_S)),
        at: at(0),
        probe_in: std::time::Duration::ZERO,
    };
    for cause in [RestCause::Spending, RestCause::Budget] {
        bots.begin_rest(rest(cause)).await.unwrap();
    }
    let causes = async || -> Vec<RestCause> {
        bots.read_rests().await.unwrap().fleet.iter().map(|rest| rest.cause).collect()
    };
    assert_eq!(causes().await, [RestCause::Budget, RestCause::Spending]);
    assert!(!RestCause::Spending.is_silence());
    text_caps(bots, [5, 100, 1_000]).await;
    cap(bots, SettingsChanges { bot_likes: Some(1_000), ..SettingsChanges::default() }).await;
    assert_eq!(causes().await.len(), 2, "there is less to spend");
    let tired = make_bots(bots, 1).await.remove(0);
    bots.begin_rest(NewRest { bot_id: Some(tired.id), ..rest(RestCause::Spending) }).await.unwrap();
    let mut bell = bots.intent_bell();
    cap(bots, SettingsChanges { fleet_text_day: Some(cents(101)), ..SettingsChanges::default() }).await;
    within("the nodes are rung", bell.rung()).await;
    assert_eq!(causes().await, [RestCause::Budget]);
    assert!(bots.rests_of(Some(tired.id)).await.unwrap().is_empty());
    assert_eq!(told(bots, ActivityKind::RestEnded).await.len(), 2);
    let line = told(bots, ActivityKind::SettingsChanged).await.pop().unwrap();
    assert_eq!(line.message, "ada changed models for the fleet in a day from $1.00 to $1.01");
}

async fn what_the_fleet_costs_is_told_by_whom_and_for_what(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let other = bots.create_bot(new_bot("other"), &asked()).await.unwrap();
    let yesterday = bots.reserve_spend(call(Some(&bot), cents(9), at(-DAY_S))).await.unwrap();
    bots.settle_spend(yesterday, came_to(cents(8))).await.unwrap();
    let first = bots.reserve_spend(call(Some(&bot), cents(5), at(0))).await.unwrap();
    bots.settle_spend(first, came_to(cents(3))).await.unwrap();
    let compose = NewSpend { purpose: Purpose::Compose, ..call(Some(&other), cents(4), at(1)) };
    bots.reserve_spend(compose).await.unwrap();
    let plan = planned(bots, &bot, comment("p1")).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    bots.settle_action(plan.id, holder, done()).await.unwrap();

    let costs = bots.read_costs(at(100)).await.unwrap();
    let (day, month) = (&costs.day, &costs.month);
    assert_eq!((day.from, day.until), (at(MIDNIGHT_S - DAY_S), at(MIDNIGHT_S)));
    assert_eq!((day.text.settled, day.text.reserved, day.text.calls), (cents(3), cents(4), 2));
    assert_eq!(day.text.tokens, Tokens { input: 900, output: 90, pictures: 10 });
    assert_eq!((month.until, month.total().total()), (first_of_april(), cents(15)));
    let told = |shares: &[fleet_bots::Share]| -> Vec<(String, i64)> {
        shares.iter().map(|share| (share.label.clone(), share.sum.total().0 / 10_000)).collect()
    };
    let shares = |of: &[(&str, i64)]| {
        of.iter().map(|(label, cents)| ((*label).to_owned(), *cents)).collect::<Vec<_>>()
    };
    assert_eq!(told(&day.by_bot), shares(&[("OTHER", 4), ("BOT_000", 3)]));
    assert_eq!(told(&month.by_bot), shares(&[("BOT_000", 11), ("OTHER", 4)]));
    assert_eq!(told(&day.by_persona), shares(&[("botanist", 7)]));
    assert_eq!(told(&day.by_model), shares(&[("openai/gpt-5-mini", 7)]));
    assert_eq!(told(&day.by_purpose), shares(&[("compose", 4), ("judge", 3)]));
    let engagement = &costs.engagement[0];
    assert_eq!((engagement.persona.as_str(), engagement.actions), ("botanist", 1));
    assert_eq!(engagement.tokens_per_action(), Some(1_000));
    assert_eq!(costs.bot_text_day, cents(10));
}

async fn count_calls(store: &TestStore) -> i64 {
    let past = store.past_the_gateway().await;
    let count = Statement::from_string(past.get_database_backend(), "SELECT COUNT(id) FROM spends");
    past.query_one_raw(count).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

async fn calls_are_kept_as_long_as_the_log_and_what_they_came_to_for_ever(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    cap(bots, SettingsChanges { keep_log_days: Some(1), ..SettingsChanges::default() }).await;
    let spend = async |days: i64, is_settled: bool| {
        let id = bots.reserve_spend(call(Some(&bot), cents(2), at(days * DAY_S))).await.unwrap();
        if is_settled {
            bots.settle_spend(id, came_to(cents(1))).await.unwrap();
        }
        id
    };
    // In February, in March, and of late.
    for days in [-10, 0, 3] {
        spend(days, true).await;
        spend(days, false).await;
    }
    let before = bots.read_costs(at(3 * DAY_S)).await.unwrap();
    let of_february = bots.read_costs(at(-10 * DAY_S)).await.unwrap();
    while bots.prune_activities(at(3 * DAY_S + 60)).await.unwrap() > 0 {}
    assert_eq!(count_calls(store).await, 3, "one of this month that is open, and those of today");
    assert_eq!(bots.read_costs(at(3 * DAY_S)).await.unwrap(), before);
    assert_eq!((before.month.total().total(), before.month.text.calls), (cents(6), 4));
    assert_eq!((of_february.month.text.settled, of_february.month.text.reserved), (cents(1), cents(2)));
    assert_eq!(bots.read_costs(at(-10 * DAY_S)).await.unwrap(), of_february);
}

async fn what_days_came_to_goes_two_months_later_and_what_months_came_to_stays(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    for days in [-40, -39, -10, 0] {
        let id = bots.reserve_spend(call(Some(&bot), cents(2), at(days * DAY_S))).await.unwrap();
        bots.settle_spend(id, came_to(cents(1))).await.unwrap();
    }
    let spent = async |days: i64| {
        let costs = bots.read_costs(at(days * DAY_S)).await.unwrap();
        (costs.day.text.settled, costs.month.text.settled)
    };
    assert_eq!((spent(-40).await, spent(-10).await), ((cents(1), cents(2)), (cents(1), cents(1))));
    while bots.prune_activities(at(1)).await.unwrap() > 0 {}
    // Early in March, of January only the month is kept.
    assert_eq!((spent(-40).await, spent(-39).await), ((cents(0), cents(2)), (cents(0), cents(2))));
    assert_eq!((spent(-10).await, spent(0).await), ((cents(1), cents(1)), (cents(1), cents(1))));
    let past = store.past_the_gateway().await;
    let days = Statement::from_string(past.get_database_backend(), "SELECT COUNT(*) FROM spend_days");
    let days: i64 = past.query_one_raw(days).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    assert_eq!(days, 4, "of two days, for the bot and for the fleet");
}

async fn what_was_spent_before_sums_were_kept_is_added_up(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    for (seconds, whose) in [(0, Some(&bot)), (1, None), (MIDNIGHT_S, Some(&bot)), (40 * DAY_S, Some(&bot))] {
        bots.reserve_spend(call(whose, cents(2), at(seconds))).await.unwrap();
        let id = bots.reserve_spend(call(whose, cents(2), at(seconds))).await.unwrap();
        bots.settle_spend(id, came_to(cents(1))).await.unwrap();
    }
    let moments = [at(2), at(MIDNIGHT_S), at(40 * DAY_S)];
    let read = async |bots: &Bots| {
        let mut costs = Vec::new();
        for moment in moments {
            costs.push(bots.read_costs(moment).await.unwrap());
        }
        costs
    };
    let before = read(bots).await;
    assert_eq!(before[0].day.text.calls, 4);
    let past = store.past_the_gateway().await;
    past.execute_unprepared("DROP TABLE spend_sums").await.unwrap();
    past.execute_unprepared("DELETE FROM seaql_migrations WHERE version = 'm0015_spend_sums'").await.unwrap();
    assert_eq!(read(&store.another().await).await, before);
}
