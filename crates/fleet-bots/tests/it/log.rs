//! Reading the log page by page.

use fleet_bots::{Activity, ActivityFilter, ActivityKind, Bots, NewActivity, NewBot};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    the_log_is_cut_by_bot_and_kind_and_moment,
    pages_hold_still_while_the_log_grows,
    a_page_has_a_thousand_lines_at_most,
    looks_and_errors_are_counted_at_their_bots,
    words_personas_and_spans_are_found,
    what_came_since_is_read_newest_first,
    an_export_hands_out_every_line_once_and_ends_though_the_log_grows,
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

    let of_first = ActivityFilter { bots: vec![made[0].id], since: Some(at(1)), ..Default::default() };
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

async fn words_personas_and_spans_are_found(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 2).await;
    let poet = NewBot { persona: "poet".into(), ..new_bot("poet") };
    let poet = bots.create_bot(poet, &asked()).await.unwrap();
    let line = |bot: &fleet_bots::Bot, seconds, words: &str| {
        NewActivity::of(bot.id, ActivityKind::Thought, at(seconds), words)
    };
    bots.record_activity(vec![
        line(&made[0], 10, "a FERN at 100 %"),
        // Committed later than the next, and earlier by the clock.
        line(&made[1], 30, "a moss"),
        line(&made[0], 20, "another fern"),
        line(&poet, 40, "a rhyme on ferns"),
    ])
    .await
    .unwrap();
    bots.delete_bot(poet.id, AccountAfter::Removed, &asked()).await.unwrap();
    let all = || ActivityFilter { kinds: vec![ActivityKind::Thought], ..Default::default() };
    let of_text = |text: &str| ActivityFilter { text: Some(text.into()), ..all() };
    assert_eq!(words(bots, of_text("Fern")).await, ["a rhyme on ferns", "another fern", "a FERN at 100 %"]);
    assert_eq!(words(bots, of_text("0 %")).await, ["a FERN at 100 %"]);
    assert_eq!(words(bots, of_text(" ")).await.len(), 4);
    assert!(words(bots, of_text("a\0b")).await.is_empty());
    let poets = ActivityFilter { persona: Some("poet".into()), ..all() };
    assert_eq!(words(bots, poets).await, ["a rhyme on ferns"], "those of a deleted bot as well");
    assert!(words(bots, ActivityFilter { persona: Some("\0".into()), ..all() }).await.is_empty());
    let two = ActivityFilter { bots: vec![made[1].id, poet.id], ..all() };
    assert_eq!(words(bots, two).await, ["a rhyme on ferns", "a moss"]);

    let span = |since, until| ActivityFilter { since, until, ..all() };
    assert_eq!(words(bots, span(Some(at(20)), Some(at(40)))).await, ["another fern", "a moss"]);
    assert_eq!(words(bots, span(None, Some(at(30)))).await, ["another fern", "a FERN at 100 %"]);
    assert_eq!(words(bots, span(Some(at(25)), None)).await, ["a rhyme on ferns", "a moss"]);
    assert!(words(bots, span(Some(at(41)), None)).await.is_empty());
    assert!(words(bots, span(Some(at(30)), Some(at(20)))).await.is_empty());
}

async fn what_came_since_is_read_newest_first(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    bots.record_activity((0..5).map(|number| thought(&bot, number.to_string())).collect()).await.unwrap();
    let log = whole_log(bots).await;
    let after = log.iter().find(|line| line.message == "1").map(|line| line.seq);
    let since = |limit| ActivityFilter { after, limit, ..Default::default() };
    assert_eq!(words(bots, since(0)).await, ["4", "3", "2"]);
    assert_eq!(words(bots, since(2)).await, ["4", "3"]);
    let before = log.iter().find(|line| line.message == "4").map(|line| line.seq);
    assert_eq!(words(bots, ActivityFilter { before, ..since(0) }).await, ["3", "2"]);
}

async fn an_export_hands_out_every_line_once_and_ends_though_the_log_grows(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 2).await;
    let say = async |bot: usize, count: i32| {
        let lines = (0..count).map(|number| thought(&made[bot], number.to_string())).collect();
        bots.record_activity(lines).await.unwrap();
    };
    say(0, 2_300).await;
    say(1, 10).await;
    // What cuts a page of the log cuts no export.
    let of_first = ActivityFilter { bots: vec![made[0].id], limit: 3, before: Some(2), ..Default::default() };
    let mut export = bots.export_activity(&of_first).await.unwrap();
    let (mut lines, mut pages) = (Vec::new(), 0);
    loop {
        let page = export.next().await.unwrap();
        say(0, 700).await;
        if page.is_empty() {
            break;
        }
        pages += 1;
        lines.extend(page);
    }
    assert_eq!((pages, lines.len()), (3, 2_301), "its making and its thoughts");
    assert!(lines.is_sorted_by(|one, next| one.seq < next.seq));
    assert!(lines.iter().all(|line| line.bot_id == Some(made[0].id)));
    assert_eq!(lines.last().unwrap().message, "2299");
    let nothing = ActivityFilter { since: Some(at(9_999)), ..Default::default() };
    assert!(bots.export_activity(&nothing).await.unwrap().next().await.unwrap().is_empty());
}
