//! Following the log: every activity in the order of commits, once, whoever wrote it.

use std::collections::HashSet;

use fleet_bots::{Activity, Bot, Bots, FeedEvent, StoreAddress, Subscription, Switch};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use tokio::sync::watch;

use crate::connect::a_way_with_silences;
use crate::fixtures::*;
use crate::store::{TestStore, until, within};

store_tests![
    what_many_write_at_once_arrives_in_order_and_once,
    a_subscriber_begins_where_it_likes,
    a_slow_subscriber_is_told_and_misses_nothing,
    waiting_can_be_given_up_without_losing_anything,
    two_commits_that_cross_arrive_in_their_order,
    what_another_process_writes_arrives_too,
    the_feed_goes_on_after_its_connections_were_cut,
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_feed_goes_on_after_its_connections_died_without_a_word() {
    let Some(store) = TestStore::postgres().await else { return };
    let StoreAddress::Postgres(url) = &store.address else { return };
    let (silences, folder) = (watch::Sender::new(0), tempfile::tempdir().unwrap());
    let _way = a_way_with_silences(url, folder.path(), silences.clone()).await;
    let (way, _) = url.split_once("host=").unwrap();
    let there = StoreAddress::Postgres(format!("{way}host={}", folder.path().display()));
    let far = Bots::connect(&there, Switch::new(None)).await.unwrap();
    let bot = make_bots(&store.bots, 1).await.remove(0);
    let mut subscription = far.subscribe(None).await.unwrap();
    say(&store.bots, &bot, "before").await;
    assert_eq!(next_words(&mut subscription, 1).await, ["before"]);

    // A connection dies while its answer is waited for.
    let holder = store.past_the_gateway().await;
    holder.execute_unprepared("BEGIN").await.unwrap();
    holder.execute_unprepared("LOCK TABLE bot_activities IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let observer = store.past_the_gateway().await;
    until("both feeds wait for the log", async || {
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                       AND wait_event_type = 'Lock' AND query LIKE '%bot_activities%'";
        count(&observer, waiting).await == 2
    })
    .await;
    silences.send_modify(|count| *count += 1);
    holder.execute_unprepared("ROLLBACK").await.unwrap();
    say(&store.bots, &bot, "after").await;
    assert_eq!(next_words(&mut subscription, 1).await, ["after"]);
    drop(far);
    store.remove().await;
}

async fn say(bots: &Bots, bot: &Bot, words: impl Into<String>) {
    bots.record_activity(vec![thought(bot, words)]).await.unwrap();
}

async fn next(subscription: &mut Subscription) -> Activity {
    loop {
        if let FeedEvent::Activity(activity) = within("the next activity", subscription.next()).await.unwrap()
        {
            return (*activity).clone();
        }
    }
}

async fn next_words(subscription: &mut Subscription, count: usize) -> Vec<String> {
    let mut words = Vec::new();
    while words.len() < count {
        words.push(next(subscription).await.message);
    }
    words
}

async fn what_many_write_at_once_arrives_in_order_and_once(store: &TestStore) {
    const WRITERS: usize = 8;
    const EACH: usize = 40;
    let bot = make_bots(&store.bots, 1).await.remove(0);
    let another = store.another().await;
    let mut here = store.bots.subscribe(None).await.unwrap();
    let mut there = another.subscribe(None).await.unwrap();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let bots = if writer % 2 == 0 { store.bots.clone() } else { another.clone() };
            let bot = bot.clone();
            tokio::spawn(async move {
                for line in 0..EACH {
                    say(&bots, &bot, format!("{writer}/{line}")).await;
                }
            })
        })
        .collect();
    for subscription in [&mut here, &mut there] {
        let mut last = 0;
        let mut words = Vec::new();
        for _ in 0..WRITERS * EACH {
            let activity = next(subscription).await;
            assert!(activity.seq > last, "{} came after {last}", activity.seq);
            last = activity.seq;
            words.push(activity.message);
        }
        assert_eq!(words.iter().collect::<HashSet<_>>().len(), WRITERS * EACH);
        for writer in 0..WRITERS {
            let of_writer = words.iter().filter(|words| words.starts_with(&format!("{writer}/")));
            assert!(of_writer.eq(&(0..EACH).map(|line| format!("{writer}/{line}")).collect::<Vec<_>>()));
        }
    }
    for writer in writers {
        writer.await.unwrap();
    }
}

async fn a_subscriber_begins_where_it_likes(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    for words in ["one", "two", "three"] {
        say(bots, &bot, words).await;
    }
    let seq_of_one = whole_log(bots).await[1].seq;
    let mut after_one = bots.subscribe(Some(seq_of_one)).await.unwrap();
    let mut from_the_start = bots.subscribe(Some(0)).await.unwrap();
    let mut from_now = bots.subscribe(None).await.unwrap();
    say(bots, &bot, "four").await;
    assert_eq!(next_words(&mut after_one, 3).await, ["two", "three", "four"]);
    assert_eq!(next_words(&mut from_the_start, 5).await[1..], ["one", "two", "three", "four"]);
    assert_eq!(next_words(&mut from_now, 1).await, ["four"]);
}

async fn a_slow_subscriber_is_told_and_misses_nothing(store: &TestStore) {
    const LINES: usize = 3_000;
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    let (mut slow, mut quick) = (bots.subscribe(None).await.unwrap(), bots.subscribe(None).await.unwrap());
    say(bots, &bot, "first").await;
    assert_eq!(next_words(&mut slow, 1).await, ["first"]);
    assert_eq!(next_words(&mut quick, 1).await, ["first"]);

    bots.record_activity((0..LINES).map(|line| thought(&bot, line.to_string())).collect()).await.unwrap();
    // Once the quick one has them all, the slow one is further behind than anyone may be.
    next_words(&mut quick, LINES).await;
    let mut lags = 0;
    let mut words = Vec::new();
    while words.len() < LINES {
        match within("the slow one catches up", slow.next()).await.unwrap() {
            FeedEvent::Activity(activity) => words.push(activity.message.clone()),
            FeedEvent::Lagged(missed) => {
                assert!(missed > 0);
                lags += 1;
            }
        }
    }
    assert_eq!(lags, 1);
    assert_eq!(words, (0..LINES).map(|line| line.to_string()).collect::<Vec<_>>());
    say(bots, &bot, "last").await;
    assert_eq!(next_words(&mut slow, 1).await, ["last"]);
}

async fn waiting_can_be_given_up_without_losing_anything(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    let mut subscription = bots.subscribe(None).await.unwrap();
    let (writer, its_bot) = (bots.clone(), bot.clone());
    let writing = tokio::spawn(async move {
        for line in 0..50 {
            say(&writer, &its_bot, line.to_string()).await;
        }
    });
    let mut words = Vec::new();
    within("all fifty lines", async {
        while words.len() < 50 {
            tokio::select! {
                biased;
                () = tokio::task::yield_now() => {}
                event = subscription.next() => match event.unwrap() {
                    FeedEvent::Activity(activity) => words.push(activity.message.clone()),
                    FeedEvent::Lagged(_) => {}
                },
            }
            tokio::select! {
                biased;
                event = subscription.next() => match event.unwrap() {
                    FeedEvent::Activity(activity) => words.push(activity.message.clone()),
                    FeedEvent::Lagged(_) => {}
                },
                () = tokio::task::yield_now() => {}
            }
        }
    })
    .await;
    writing.await.unwrap();
    assert_eq!(words, (0..50).map(|line| line.to_string()).collect::<Vec<_>>());
}

/// The advisory lock under which every process appends, whichever version of it is running.
const APPENDING: &str = "SELECT pg_advisory_xact_lock(301927318868)";

/// Another process that has appended and not committed yet.
async fn appending(store: &TestStore, words: &str) -> DatabaseConnection {
    let other = store.past_the_gateway().await;
    if store.is_sqlite() {
        other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    } else {
        other.execute_unprepared("BEGIN").await.unwrap();
        other.execute_unprepared(APPENDING).await.unwrap();
    }
    let line = format!("INSERT INTO bot_activities (kind, at, message) VALUES ('thought', 0, '{words}')");
    other.execute_unprepared(&line).await.unwrap();
    other
}

async fn two_commits_that_cross_arrive_in_their_order(store: &TestStore) {
    let bot = make_bots(&store.bots, 1).await.remove(0);
    let mut subscription = store.bots.subscribe(None).await.unwrap();
    let first = appending(store, "the first").await;
    let bots = store.bots.clone();
    let second = tokio::spawn(async move { say(&bots, &bot, "the second").await });
    if !store.is_sqlite() {
        let observer = store.past_the_gateway().await;
        until("the second writer waits for the first", async || {
            let waiting = "SELECT count(*) FROM pg_stat_activity \
                           WHERE datname = current_database() AND wait_event = 'advisory'";
            count(&observer, waiting).await == 1
        })
        .await;
    }
    assert!(!second.is_finished());
    first.execute_unprepared("COMMIT").await.unwrap();
    second.await.unwrap();
    assert_eq!(next_words(&mut subscription, 2).await, ["the first", "the second"]);
}

async fn count(db: &DatabaseConnection, sql: &str) -> i64 {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

async fn what_another_process_writes_arrives_too(store: &TestStore) {
    let mut here = store.bots.subscribe(None).await.unwrap();
    let another = store.another().await;
    let bot = make_bots(&another, 1).await.remove(0);
    say(&another, &bot, "from elsewhere").await;
    assert_eq!(next_words(&mut here, 2).await, ["BOT_000 joined as botanist", "from elsewhere"]);
    // Past every gateway, without any bell.
    appending(store, "by hand").await.execute_unprepared("COMMIT").await.unwrap();
    assert_eq!(next_words(&mut here, 1).await, ["by hand"]);
}

async fn the_feed_goes_on_after_its_connections_were_cut(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    let mut subscription = bots.subscribe(None).await.unwrap();
    say(bots, &bot, "before").await;
    assert_eq!(next_words(&mut subscription, 1).await, ["before"]);
    let another = store.another().await;
    if !store.is_sqlite() {
        let observer = store.past_the_gateway().await;
        let listening = "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'";
        until("both listen", async || count(&observer, &format!("SELECT count(*) {listening}")).await == 2)
            .await;
        let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        assert!(count(&observer, cut).await >= 2);
    }
    until("the store answers again", async || {
        another.record_activity(vec![thought(&bot, "after")]).await.is_ok()
    })
    .await;
    assert_eq!(next_words(&mut subscription, 1).await, ["after"]);
    if !store.is_sqlite() {
        let observer = store.past_the_gateway().await;
        let listening = "SELECT count(*) FROM pg_stat_activity \
                         WHERE datname = current_database() AND query LIKE 'LISTEN%'";
        until("both listen again", async || count(&observer, listening).await == 2).await;
    }
}
