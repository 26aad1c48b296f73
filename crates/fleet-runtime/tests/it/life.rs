//! An ordinary day: residents get their accounts, post, like, comment, answer and look, and every bit of it is stored.

use fleet_bots::{
    Account, Action, ActionKind, ActionStatus, ActivityFilter, ActivityKind, BotChanges, Day, HourSpan,
    ObservedState, Rhythm,
};

use fleet_gallery::sandbox::{Fault, Route, Trouble};
use sea_orm::ConnectionTrait;

use crate::fleet::{TestFleet, mixed, only};
use crate::store::{TestStore, until};

store_tests!(
    residents_post_like_comment_and_answer_and_every_bit_of_it_is_stored,
    a_word_under_a_post_that_the_feed_has_left_behind_is_answered,
    a_bot_that_only_looks_never_touches_anything,
    a_bot_sleeps_at_its_local_night,
    a_refused_account_keeps_its_bot_from_acting_and_says_why,
    after_a_restart_bots_go_on_at_their_own_next_wake,
    who_has_something_to_say_may_like_it_as_well,
    a_node_that_leaves_hands_its_bots_back_at_once,
    an_agent_whose_lease_was_taken_ends_and_the_bot_is_claimed_anew,
);

async fn residents_post_like_comment_and_answer_and_every_bit_of_it_is_stored(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bots = fleet.with_bots(6, mixed()).await;
    let node = fleet.start_node().await;
    for kind in [ActionKind::Post, ActionKind::Like, ActionKind::Comment, ActionKind::Answer] {
        fleet
            .until_rows(&format!("three of {kind} are done"), kind, |rows| {
                rows.iter().filter(|row| row.status == ActionStatus::Done).count() >= 3
            })
            .await;
    }
    node.leaves().await;

    let (census, rows) = (fleet.sandbox.census(), fleet.ledger().await);
    let done = |kind| rows.iter().filter(|row| row.kind == kind && row.status == ActionStatus::Done).count();
    assert_eq!(census.items.len(), done(ActionKind::Post));
    assert_eq!(census.items.iter().map(|item| item.likers.len()).sum::<usize>(), done(ActionKind::Like));
    let comments = census.items.iter().map(|item| item.comments.len()).sum::<usize>();
    assert_eq!(comments, done(ActionKind::Comment) + done(ActionKind::Answer));
    assert!(
        rows.iter().all(|row| row.status != ActionStatus::Failed && row.status != ActionStatus::Unresolved)
    );
    fleet.nothing_is_doubled().await;

    // The counters and the log say the same as the ledger.
    let summary = fleet.bots.fleet_summary().await.unwrap();
    assert_eq!(summary.posts as usize, done(ActionKind::Post));
    let mut counted = 0;
    for bot in &bots {
        let view = fleet.bots.get_bot(&bot.username).await.unwrap();
        assert_eq!(view.bot.account, Account::Ready);
        assert!(view.seen.last_thought.is_some(), "{} never thought", bot.name);
        counted += usize::try_from(view.bot.posts + view.bot.likes + view.bot.comments).unwrap();
    }
    let done_in_all =
        rows.iter().filter(|row| row.status == ActionStatus::Done && row.kind != ActionKind::Picture);
    assert_eq!(counted, done_in_all.count());
    let liked = ActivityFilter { kinds: vec![ActivityKind::Like], limit: 1_000, ..ActivityFilter::default() };
    assert_eq!(fleet.bots.get_activity(&liked).await.unwrap().len(), done(ActionKind::Like));
}

async fn a_word_under_a_post_that_the_feed_has_left_behind_is_answered(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bot = fleet.with_bots(1, only(ActionKind::Post)).await.remove(0);
    let node = fleet.start_node().await;
    let done = |rows: &[Action]| rows.iter().any(|row| row.status == ActionStatus::Done);
    fleet.until_rows("a post is there", ActionKind::Post, done).await;
    node.leaves().await;
    let looks = fleet_bots::Weights { post: 0.0, comment: 0.0, like: 0.0, browse: 1.0 };
    let changes = BotChanges { weights: Some(looks), ..BotChanges::default() };
    fleet.bots.update_bot(bot.id, changes, &fleet.asked()).await.unwrap();

    for number in 0..41 {
        fleet.guest_post(&format!("Pixel harbour {number}")).await;
    }
    let post = fleet.sandbox.census().items.remove(0);
    assert_eq!(post.author, bot.username);
    fleet.gallery().comment("guest", &post.id, "What made you choose that light?").await.unwrap();
    // As long as it cannot be looked at, the bot's looks are as good as ever.
    fleet.sandbox.faults().add(Fault::new(Route::Item, Trouble::status(500)).always());
    let node = fleet.start_node().await;
    until("it has looked twice", async || fleet.bots.get_bot(&bot.username).await.unwrap().bot.browses >= 2)
        .await;
    assert_eq!(fleet.bots.get_bot(&bot.username).await.unwrap().bot.errors, 0);
    fleet.sandbox.faults().clear();
    fleet.until_rows("the answer is there", ActionKind::Answer, done).await;
    node.leaves().await;
    let post = fleet.sandbox.census().items.remove(0);
    assert_eq!(post.comments.last().map(|comment| &comment.author), Some(&bot.username));
    fleet.nothing_is_doubled().await;
}

async fn a_bot_that_only_looks_never_touches_anything(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_post("Pixel harbour at night").await;
    let looks = fleet_bots::Weights { post: 0.0, comment: 0.0, like: 0.0, browse: 1.0 };
    let bot = fleet.with_bots(1, looks).await.remove(0);
    let node = fleet.start_node().await;
    until("it has looked three times", async || {
        fleet.bots.get_bot(&bot.username).await.unwrap().bot.browses >= 3
    })
    .await;
    node.leaves().await;
    assert_eq!(fleet.ledger().await, vec![]);
}

async fn a_bot_sleeps_at_its_local_night(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bot = fleet.with_bots(1, mixed()).await.remove(0);
    // The fleet's clock shows noon in UTC: two in the morning on Kiritimati.
    let island = Rhythm {
        zone: "Pacific/Kiritimati".into(),
        busy: vec![HourSpan { from: 9, to: 17 }],
        days: Day::ALL.to_vec(),
    };
    let changes = BotChanges { rhythm: Some(island), ..BotChanges::default() };
    fleet.bots.update_bot(bot.id, changes, &fleet.asked()).await.unwrap();
    let node = fleet.start_node().await;
    until("it goes to sleep", async || {
        let seen = fleet.bots.get_bot(&bot.username).await.unwrap().seen;
        seen.last_thought.is_some_and(|thought| thought.contains("it is night"))
    })
    .await;
    node.leaves().await;
    let seen = fleet.bots.get_bot(&bot.username).await.unwrap().seen;
    let morning = "2026-03-05T17:00:00Z".parse::<jiff::Timestamp>().unwrap();
    assert!(seen.next_wake.unwrap().timestamp() >= morning, "it means to get up at {:?}", seen.next_wake);
    assert_eq!(fleet.requests().len(), 0, "it asked for something in its sleep");
}

async fn a_refused_account_keeps_its_bot_from_acting_and_says_why(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    // Somebody else has the name already.
    fleet.guest_post("Pixel harbour at night").await;
    let bot = fleet.with_bots(1, mixed()).await.remove(0);
    let changes = BotChanges { username: Some("guest".into()), ..BotChanges::default() };
    fleet.bots.update_bot(bot.id, changes, &fleet.asked()).await.unwrap();
    let node = fleet.start_node().await;
    let own = bot.id.to_string();
    until("the refusal is known", async || {
        fleet.bots.get_bot(&own).await.unwrap().bot.account == Account::Refused
    })
    .await;
    until("the refusal is shown", async || {
        let seen = fleet.bots.get_bot(&own).await.unwrap().seen;
        seen.state == Some(ObservedState::BackingOff)
            && seen.state_note.is_some_and(|note| note.contains("username"))
    })
    .await;
    node.leaves().await;
    assert_eq!(fleet.ledger().await, vec![]);
}

async fn after_a_restart_bots_go_on_at_their_own_next_wake(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bot = fleet.with_bots(1, mixed()).await.remove(0);
    let slow =
        BotChanges { min_interval_s: Some(36_000), max_interval_s: Some(72_000), ..BotChanges::default() };
    fleet.bots.update_bot(bot.id, slow, &fleet.asked()).await.unwrap();
    let node = fleet.start_node().await;
    until("it has thought, and rests", async || {
        let seen = fleet.bots.get_bot(&bot.username).await.unwrap().seen;
        seen.last_thought.is_some() && seen.state == Some(ObservedState::Resting)
    })
    .await;
    node.leaves().await;
    let before = fleet.bots.get_bot(&bot.username).await.unwrap().seen;

    let node = fleet.start_node().await;
    until("it is held again", async || {
        let seen = fleet.bots.get_bot(&bot.username).await.unwrap().seen;
        seen.epoch > before.epoch && seen.state == Some(ObservedState::Resting)
    })
    .await;
    node.leaves().await;
    let after = fleet.bots.get_bot(&bot.username).await.unwrap().seen;
    assert_eq!(after.next_wake, before.next_wake);
    assert_eq!(after.last_thought, before.last_thought, "it thought before its time");
}

async fn who_has_something_to_say_may_like_it_as_well(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    fleet.with_bots(4, only(ActionKind::Comment)).await;
    let node = fleet.start_node().await;
    until("somebody has liked a post and said something there", async || {
        let mut items = fleet.sandbox.census().items.into_iter();
        items.any(|item| item.comments.iter().any(|comment| item.likers.contains(&comment.author)))
    })
    .await;
    node.leaves().await;
    fleet.nothing_is_doubled().await;
}

async fn a_node_that_leaves_hands_its_bots_back_at_once(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bots = fleet.with_bots(5, mixed()).await;
    let node = fleet.start_node().await;
    fleet.until_busy(5).await;
    node.leaves().await;
    for bot in &bots {
        let seen = fleet.bots.get_bot(&bot.username).await.unwrap().seen;
        assert_eq!((seen.node_id, seen.state), (None, None), "{}", bot.name);
    }
    until("no node is left", async || fleet.bots.fleet_summary().await.unwrap().nodes == 0).await;
}

async fn an_agent_whose_lease_was_taken_ends_and_the_bot_is_claimed_anew(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    let bots = fleet.with_bots(3, mixed()).await;
    let node = fleet.start_node().await;
    fleet.until_busy(6).await;
    // As if another node had held them for a while.
    let past = store.past_the_gateway().await;
    let lock = if store.is_sqlite() { "" } else { "FOR UPDATE" };
    let all = format!("SELECT bot_id FROM bot_leases ORDER BY bot_id {lock}");
    let taken = format!("UPDATE bot_leases SET epoch = epoch + 100 WHERE bot_id IN ({all})");
    past.execute_unprepared(&taken).await.unwrap();
    for bot in &bots {
        until(&format!("{} is claimed anew", bot.name), async || {
            fleet.bots.get_bot(&bot.username).await.unwrap().seen.epoch > 101
        })
        .await;
    }
    fleet.until_busy(20).await;
    node.leaves().await;
    fleet.nothing_is_doubled().await;
}
