//! Whatever calls are made, lost, settled or given back, on whichever day, by two processes: what is settled and what is set
//! aside never exceed a cap, and what caps are held against is what the rows say.

use std::collections::HashMap;

use fleet_bots::{Bot, Bots, Error, Micros, NewSpend, Purpose, Setting, SettingsChanges, Settled, SpendId};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![whatever_happens_no_cap_of_money_is_exceeded];

const DAY_S: i64 = 86_400;

#[derive(Clone, Debug)]
enum Event {
    /// Sets money aside for a call; `by` is the process.
    Reserve {
        bot: usize,
        most: i64,
        picture: bool,
        by: usize,
    },
    /// A call is over, and cost so much of what was set aside for it, in hundredths.
    Settle {
        call: usize,
        part: i64,
    },
    /// The process ends before its call is settled.
    Crash {
        call: usize,
    },
    NextDay,
    /// More may be spent: by one bot a day, by the fleet a day, by the fleet a month.
    Raise {
        which: usize,
        by: i64,
    },
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        8 => (0_usize..2, 0_i64..60, any::<bool>(), 0_usize..2)
            .prop_map(|(bot, most, picture, by)| Event::Reserve { bot, most, picture, by }),
        4 => (0_usize..6, 0_i64..=100).prop_map(|(call, part)| Event::Settle { call, part }),
        2 => (0_usize..6).prop_map(|call| Event::Crash { call }),
        2 => Just(Event::NextDay),
        1 => (0_usize..3, 0_i64..40).prop_map(|(which, by)| Event::Raise { which, by }),
    ];
    prop::collection::vec(event, 10..50)
}

async fn whatever_happens_no_cap_of_money_is_exceeded(store: &TestStore) {
    let config = Config { cases: Config::default().cases / 8, ..Config::default() };
    let runtime = tokio::runtime::Handle::current();
    let another = runtime.spawn({
        let address = store.address.clone();
        async move { Bots::connect(&address, fleet_bots::Switch::new(None)).await.unwrap() }
    });
    let another = another.await.unwrap();
    let past = store.past_the_gateway().await;
    let met = std::cell::Cell::new((0, 0));
    // Each walk has bots and a month of its own.
    let month = std::cell::Cell::new(0);
    tokio::task::block_in_place(|| {
        let walked = TestRunner::new(config).run(&events(), |events| {
            month.set(month.get() + 1);
            let past = &past;
            let (taken, refused) = runtime.block_on(walk([&store.bots, &another], past, month.get(), events));
            met.set((met.get().0 + taken, met.get().1 + refused));
            Ok(())
        });
        walked.unwrap();
    });
    let (taken, refused) = met.get();
    assert!(taken > 10 && refused > 10, "{taken} taken, {refused} refused: this proves nothing");
}

/// What may be spent, in the order of `Raise`.
type CapsOfKind = [i64; 3];

async fn walk(gateways: [&Bots; 2], past: &DatabaseConnection, month: i64, events: Vec<Event>) -> (u32, u32) {
    let bots = gateways[0];
    let its: Vec<Bot> = {
        let names = (0..2).map(|bot| new_bot(&format!("walker_{month}_{bot}"))).collect();
        bots.create_bots(names, &asked()).await.unwrap()
    };
    let (mut caps, mut day): (CapsOfKind, i64) = ([50, 80, 120], 0);
    set(bots, caps).await;
    let mut open: Vec<(SpendId, i64)> = Vec::new();
    // By kind, day and bot: what is settled, and what is set aside and not settled.
    let mut spent: HashMap<(bool, i64, usize), i64> = HashMap::new();
    let mut of: HashMap<SpendId, (bool, i64, usize)> = HashMap::new();
    let first: fleet_bots::FleetTime = {
        let begins = jiff::civil::date(2026 + i16::try_from(month / 12).unwrap(), 1, 1);
        let begins = begins.checked_add(jiff::Span::new().months(month % 12)).unwrap();
        begins.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().into()
    };
    let moment = |day: i64| fleet_bots::FleetTime(first.0 + (day * DAY_S + 3_600) * 1_000_000);
    let (mut taken, mut refused) = (0, 0);
    for event in events {
        match event {
            Event::Reserve { bot, most, picture, by } => {
                let new = NewSpend {
                    bot_id: Some(its[bot].id),
                    purpose: if picture { Purpose::Picture } else { Purpose::Judge },
                    provider: "somebody".into(),
                    model: "something".into(),
                    most: Micros(most),
                    at: moment(day),
                };
                let sum = |that: &dyn Fn(i64, usize) -> bool| -> i64 {
                    let of_kind = spent.iter().filter(|((kind, ..), _)| *kind == picture);
                    of_kind.filter(|((_, day, bot), _)| that(*day, *bot)).map(|(_, spent)| spent).sum()
                };
                let sums =
                    [sum(&|on, by| on == day && by == bot), sum(&|on, _| on == day), sum(&|_, _| true)];
                let fits = most == 0 || sums.iter().zip(caps).all(|(sum, cap)| sum + most <= cap);
                match gateways[by].reserve_spend(new).await {
                    Ok(id) => {
                        assert!(fits, "{most} more than {sums:?} of {caps:?}");
                        open.push((id, most));
                        of.insert(id, (picture, day, bot));
                        *spent.entry((picture, day, bot)).or_default() += most;
                        taken += 1;
                    }
                    Err(Error::Capped { .. }) => {
                        assert!(!fits, "{most} more than {sums:?} is not more than {caps:?}");
                        refused += 1;
                    }
                    Err(error) => panic!("{error}"),
                }
            }
            Event::Settle { call, part } if !open.is_empty() => {
                let (id, most) = open.remove(call % open.len());
                let cost = most * part / 100;
                let settled = Settled { cost: Micros(cost), tokens: None };
                gateways[call % 2].settle_spend(id, settled.clone()).await.unwrap();
                assert!(bots.settle_spend(id, settled).await.is_err(), "settled twice");
                *spent.entry(of[&id]).or_default() -= most - cost;
            }
            Event::Crash { call } if !open.is_empty() => drop(open.remove(call % open.len())),
            Event::Settle { .. } | Event::Crash { .. } => {}
            Event::NextDay => day = (day + 1) % 28,
            Event::Raise { which, by } => {
                caps[which] += by;
                set(bots, caps).await;
            }
        }
    }
    let costs = bots.read_costs(moment(day)).await.unwrap();
    let sum = |picture: bool, on: Option<i64>| -> i64 {
        let some =
            spent.iter().filter(|((kind, day, _), _)| *kind == picture && on.is_none_or(|on| on == *day));
        some.map(|(_, spent)| spent).sum()
    };
    let expected = [sum(false, Some(day)), sum(false, None), sum(true, Some(day)), sum(true, None)];
    let by_days: Vec<i64> = costs.caps.iter().map(|cap| cap.spent.0).collect();
    assert_eq!(by_days, expected, "what caps are held against");
    let sums = [costs.day.text, costs.month.text, costs.day.pictures, costs.month.pictures];
    assert_eq!(sums.map(|sum| sum.total().0), expected, "what is told");
    let rows = Rows { past, from: first.0, until: first.0 + 28 * DAY_S * 1_000_000 };
    for (kind, span) in [("text", costs.month.text), ("picture", costs.month.pictures)] {
        let of_kind = format!("kind = '{kind}'");
        assert_eq!(rows.come_to(&of_kind).await, told_of(span), "what the rows of {kind} say");
    }
    for share in &costs.month.by_bot {
        let bot = its.iter().find(|bot| bot.id.to_string() == share.key).unwrap();
        let of_bot = format!("bot_id IN (SELECT id FROM bots WHERE username = '{}')", bot.username);
        assert_eq!(rows.come_to(&of_bot).await, told_of(share.sum), "what the rows of {} say", bot.username);
    }
    assert!(costs.caps.iter().all(|cap| cap.spent <= cap.cap), "{:?}", costs.caps);
    assert_eq!(costs.caps[1].setting, Setting::FleetTextMonth);
    (taken, refused)
}

/// What calls of a span come to by their rows, past the gateway.
struct Rows<'a> {
    past: &'a DatabaseConnection,
    from: i64,
    until: i64,
}

impl Rows<'_> {
    /// What is settled, what is set aside, and how many calls there were.
    async fn come_to(&self, which: &str) -> (i64, i64, i64) {
        let Self { past, from, until } = self;
        let sum = |what: &str| format!("CAST(COALESCE(SUM({what}), 0) AS bigint)");
        let query = format!(
            "SELECT {}, {}, COUNT(id) FROM spends WHERE at >= {from} AND at < {until} AND {which}",
            sum("settled"),
            sum("CASE WHEN settled IS NULL THEN reserved END"),
        );
        let row = Statement::from_string(past.get_database_backend(), query);
        let row = past.query_one_raw(row).await.unwrap().unwrap();
        let number = |at| row.try_get_by_index::<i64>(at).unwrap();
        (number(0), number(1), number(2))
    }
}

fn told_of(sum: fleet_bots::Sum) -> (i64, i64, i64) {
    (sum.settled.0, sum.reserved.0, i64::try_from(sum.calls).unwrap())
}

async fn set(bots: &Bots, [bot, day, month]: CapsOfKind) {
    let (bot, day, month) = (Some(Micros(bot)), Some(Micros(day)), Some(Micros(month)));
    let changes = SettingsChanges {
        bot_text_day: bot,
        fleet_text_day: day,
        fleet_text_month: month,
        bot_picture_day: bot,
        fleet_picture_day: day,
        fleet_picture_month: month,
        ..SettingsChanges::default()
    };
    bots.change_settings(changes, &asked()).await.unwrap();
}
