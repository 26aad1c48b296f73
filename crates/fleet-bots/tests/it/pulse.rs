//! How lively the fleet is: hours, days, and delays.

use std::time::Duration;

use fleet_bots::{ActivityKind, Compared, Delays, FleetTime, NewActivity, Pulse};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    hours_and_days_count_what_happened_in_them,
    a_fleet_that_did_nothing_has_a_flat_pulse,
    a_delay_is_the_time_from_due_to_begun,
];

const HOUR: i64 = 3_600;

async fn hours_and_days_count_what_happened_in_them(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    // All tests play at nine in the morning; so it is half past nine now.
    let now = at(1_800);
    let line = |kind, seconds| NewActivity::of(bot.id, kind, at(seconds), "so it was");
    use ActivityKind::{Answer, Browse, Comment, Error, Like, Post};
    bots.record_activity(vec![
        line(Post, 0),
        line(Post, -1),
        line(Comment, 600),
        line(Answer, 700),
        line(Error, 100),
        line(Browse, 100),
        // Later than now by a clock that is ahead, and in this hour still.
        line(Like, 2_000),
        // In the last hour of the day before, and in its first.
        line(Like, -9 * HOUR - 1),
        line(Like, -33 * HOUR),
        // At this time of the day before, and a moment later.
        line(Post, 1_800 - 24 * HOUR),
        line(Post, 1_801 - 24 * HOUR),
        // Before that day, and far ahead.
        line(Post, -33 * HOUR - 1),
        line(Post, HOUR),
    ])
    .await
    .unwrap();

    let pulse = bots.fleet_pulse(now).await.unwrap();
    let counts: Vec<_> =
        pulse.hours.iter().map(|hour| (hour.posts, hour.likes, hour.comments, hour.errors)).collect();
    assert_eq!(counts.len(), 24);
    assert_eq!(pulse.hours.first().unwrap().from, at(-23 * HOUR));
    assert_eq!(pulse.hours.last().unwrap().from, at(0));
    assert_eq!(counts[23], (1, 1, 2, 1), "this hour");
    assert_eq!(counts[22], (1, 0, 0, 0), "the hour before");
    assert_eq!(counts[13], (0, 1, 0, 0), "the last hour of the day before");
    assert_eq!(counts.iter().map(|(posts, ..)| posts).sum::<u64>(), 2);
    assert_eq!(pulse.posts, Compared { today: 2, yesterday: 2, yesterday_by_now: 1 });
    assert_eq!(pulse.likes, Compared { today: 1, yesterday: 2, yesterday_by_now: 1 });
    assert_eq!(pulse.comments, Compared { today: 2, yesterday: 0, yesterday_by_now: 0 });
}

async fn a_fleet_that_did_nothing_has_a_flat_pulse(store: &TestStore) {
    let pulse = store.bots.fleet_pulse(at(0)).await.unwrap();
    assert_eq!(pulse.hours.len(), 24);
    let flat = Pulse { hours: pulse.hours.clone(), ..Pulse::default() };
    assert_eq!(pulse, flat);
    let at_the_beginning = store.bots.fleet_pulse(FleetTime(0)).await.unwrap();
    assert_eq!(at_the_beginning.hours.last().unwrap().from, FleetTime(0));
}

async fn a_delay_is_the_time_from_due_to_begun(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    // Each is due at 70 s; the last one began before it was due, as one that was planned for later and told to hurry.
    for (number, begun) in [70, 72, 76, 60].into_iter().enumerate() {
        let plan = planned(bots, &bot, like(&format!("p{number}"))).await;
        let sent = bots.mark_sent(plan.id, holder, at(begun)).await.unwrap();
        assert_eq!(sent.begun_at, Some(at(begun)));
        bots.settle_action(plan.id, holder, if number == 1 { unresolved() } else { done() }).await.unwrap();
    }
    // Put off: it did not begin after all.
    let off = planned(bots, &bot, like("off")).await;
    bots.mark_sent(off.id, holder, at(79)).await.unwrap();
    let off = bots.settle_action(off.id, holder, postponed()).await.unwrap();
    assert_eq!((off.sent_at, off.begun_at), (None, None));

    let pulse = bots.fleet_pulse(at(100)).await.unwrap();
    let seconds = Duration::from_secs;
    let expected = Delays { median: seconds(0), p95: seconds(6), p99: seconds(6), count: 4 };
    assert_eq!((pulse.delays, pulse.unresolved), (Some(expected), 1));
    let later = bots.fleet_pulse(at(75 + HOUR)).await.unwrap();
    assert_eq!(later.delays.unwrap().count, 1, "only those of the last hour");
    assert_eq!(bots.fleet_pulse(at(77 + HOUR)).await.unwrap().delays, None);
}
