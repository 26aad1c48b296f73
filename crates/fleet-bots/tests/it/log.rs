//! Reading the log page by page.

use fleet_bots::{Activity, ActivityFilter, ActivityKind, Bots, NewActivity};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    the_log_is_cut_by_bot_and_kind_and_moment,
    pages_hold_still_while_the_log_grows,
    a_page_has_a_thousand_lines_at_most,
    looks_and_errors_are_counted_at_their_bots,
];

async fn words(bots: &Bots, filter: ActivityFilter) -> Vec<String> {
    bots.get_activity(&filter).await.unwrap().into_iter().map(|activity| activity.message).collect()
}

async fn the_log_is_cut_by_bot_and_kind_and_moment(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 2).await;
    let line =
        |bot: usize, kind, seconds, words: &str| NewActivity::of(made[bot].id, kind, at(seconds), words);
    bots.record_activity(vec![
        line(0, ActivityKind::Thought, 10, "one"),
        line(1, ActivityKind::Thought, 20, "two"),
        line(0, ActivityKind::Error, 30, "three"),
        NewActivity::of_fleet(ActivityKind::NodeJoined, at(40), "four"),
    ])
    .await
    .unwrap();

    let of_first = ActivityFilter { bot_id: Some(made[0].id), since: Some(at(1)), ..Default::default() };
    assert_eq!(words(bots, of_first).await, ["three", "one"]);
    let kinds = vec![ActivityKind::Thought, ActivityKind::NodeJoined];
    assert_eq!(words(bots, ActivityFilter { kinds, ..Default::default() }).await, ["four", "two", "one"]);
    assert_eq!(
        words(bots, ActivityFilter { since: Some(at(20)), ..Default::default() }).await,
        ["four", "three", "two"]
    );
    assert_eq!(words(bots, ActivityFilter { limit: 1, ..Default::default() }).await, ["four"]);
    assert_eq!(words(bots, ActivityFilter::default()).await.len(), 6);
}

async fn pages_hold_still_while_the_log_grows(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    let say = async |words: String| bots.record_activity(vec![thought(&bot, words)]).await.unwrap();
    for number in 0..25 {
        say(format!("before {number}")).await;
    }
    let mut read: Vec<Activity> = Vec::new();
    loop {
        let before = read.last().map(|activity| activity.seq);
        let page =
            bots.get_activity(&ActivityFilter { before, limit: 4, ..Default::default() }).await.unwrap();
        if page.is_empty() {
            break;
        }
        read.extend(page);
        say("meanwhile".into()).await;
    }
    let expected: Vec<_> = (0..25)
        .rev()
        .map(|number| format!("before {number}"))
        .chain(["BOT_000 joined as botanist".into()])
        .collect();
    let words: Vec<_> = read.iter().map(|activity| activity.message.clone()).collect();
    assert_eq!(words, expected);
}

async fn a_page_has_a_thousand_lines_at_most(store: &TestStore) {
    let bot = make_bots(&store.bots, 1).await.remove(0);
    let many = (0..1_200).map(|number| thought(&bot, number.to_string())).collect();
    store.bots.record_activity(many).await.unwrap();
    let all = ActivityFilter { limit: u64::MAX, ..Default::default() };
    let page = words(&store.bots, all).await;
    assert_eq!((page.len(), page[0].as_str(), page[999].as_str()), (1_000, "1199", "200"));
    assert_eq!(words(&store.bots, ActivityFilter::default()).await.len(), 50);
}

async fn looks_and_errors_are_counted_at_their_bots(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 2).await;
    let line = |bot: usize, kind| NewActivity::of(made[bot].id, kind, at(1), "so it was");
    use ActivityKind::{Browse, Error, Thought};
    let lines = vec![line(0, Browse), line(1, Error), line(0, Thought), line(0, Browse), line(0, Error)];
    bots.record_activity(lines).await.unwrap();
    let (first, second) =
        (bots.get_bot("bot_000").await.unwrap().bot, bots.get_bot("bot_001").await.unwrap().bot);
    assert_eq!((first.browses, first.errors, second.browses, second.errors), (2, 1, 0, 1));
}
