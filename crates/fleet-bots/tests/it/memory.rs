//! What a bot remembers of posts, and where the fleet's clock stood.

use fleet_bots::{ClockReading, SeenPost, SettingsChanges};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    a_post_that_is_seen_again_is_remembered_as_it_is_now,
    a_post_that_was_seen_twice_at_once_is_remembered_as_it_was_last,
    what_was_seen_of_somebody_before_they_were_forgotten_is_not_remembered_after,
    of_posts_of_who_is_left_alone_only_that_they_were_looked_at_is_kept,
    the_newest_five_hundred_posts_are_remembered,
    a_deleted_bot_remembers_nothing,
    the_clock_goes_on_from_where_it_was_kept,
    the_clock_never_stands_before_the_newest_activity,
];

fn seen(post: usize, seconds: i64) -> SeenPost {
    SeenPost {
        author: Some("brook".into()),
        seen_at: at(seconds),
        remark: Some("lovely".into()),
        why: Some("ferns".into()),
        comments: 2,
        ..seen_post(&format!("p{post:04}"))
    }
}

async fn a_post_that_is_seen_again_is_remembered_as_it_is_now(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 2).await;
    bots.remember_posts(made[0].id, vec![seen(1, 1), seen(2, 2)]).await.unwrap();
    bots.remember_posts(made[1].id, vec![seen(1, 1)]).await.unwrap();
    let again = SeenPost {
        own: true,
        judged: false,
        likes_it: false,
        remark: None,
        why: None,
        comments: 9,
        comments_read: 3,
        ..seen(1, 5)
    };
    bots.remember_posts(made[0].id, vec![again.clone()]).await.unwrap();
    bots.remember_posts(made[0].id, Vec::new()).await.unwrap();

    let kept = bots.recall_posts(made[0].id).await.unwrap();
    let of = |bot: &fleet_bots::Bot, post: SeenPost| SeenPost { bot_id: bot.id, ..post };
    assert_eq!(kept, [of(&made[0], again), of(&made[0], seen(2, 2))]);
    assert_eq!(bots.recall_posts(made[1].id).await.unwrap(), [of(&made[1], seen(1, 1))]);
}

async fn a_post_that_was_seen_twice_at_once_is_remembered_as_it_was_last(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    let later = SeenPost { comments: 7, ..seen(1, 3) };
    // A feed that moves while it is read shows a post on two pages.
    bots.remember_posts(bot.id, vec![seen(1, 1), seen(2, 2), later]).await.unwrap();
    let kept = bots.recall_posts(bot.id).await.unwrap();
    assert_eq!((kept.len(), kept[0].comments, kept[0].seen_at), (2, 7, at(3)));
}

async fn what_was_seen_of_somebody_before_they_were_forgotten_is_not_remembered_after(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    bots.remember_posts(bot.id, vec![seen(1, 1)]).await.unwrap();
    bots.forget_person("brook", &asked()).await.unwrap();
    let written = |author: &str| SeenPost { author: Some(author.into()), ..seen(2, 2) };
    let others = SeenPost { author: Some("brooke".into()), ..seen(3, 3) };
    let nobodys = SeenPost { author: None, ..seen(4, 4) };
    // Its turn began before, and ends only now.
    let turn = vec![written("brook"), written("Brook"), others, nobodys];
    bots.remember_posts(bot.id, turn).await.unwrap();
    let kept = bots.recall_posts(bot.id).await.unwrap();
    let kept: Vec<_> = kept.iter().map(|post| post.post_id.as_str()).collect();
    assert_eq!(kept, ["p0004", "p0003"]);
}

/// Else a bot came back to them again and again, and to nobody else.
async fn of_posts_of_who_is_left_alone_only_that_they_were_looked_at_is_kept(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    bots.remember_posts(bot.id, vec![seen(1, 1)]).await.unwrap();
    let before = bots.recall_posts(bot.id).await.unwrap().remove(0);
    let alone = SettingsChanges { opted_out: Some(vec!["brook".into()]), ..SettingsChanges::default() };
    bots.change_settings(alone, &asked()).await.unwrap();

    let read = SeenPost { comments: 4, comments_read: 4, remark: None, why: None, ..seen(1, 9) };
    bots.remember_posts(bot.id, vec![read, seen(2, 9)]).await.unwrap();
    let now = SeenPost { seen_at: at(9), comments: 4, comments_read: 4, ..before };
    assert_eq!(bots.recall_posts(bot.id).await.unwrap(), [now]);
}

async fn the_newest_five_hundred_posts_are_remembered(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    let many = (0..4_000).map(|post| seen(post, i64::try_from(post).unwrap() / 3)).collect();
    bots.remember_posts(bot.id, many).await.unwrap();
    bots.remember_posts(bot.id, vec![seen(0, 2_000)]).await.unwrap();
    let kept: Vec<_> =
        bots.recall_posts(bot.id).await.unwrap().into_iter().map(|post| post.post_id).collect();
    assert_eq!((kept.len(), kept[0].as_str(), kept[1].as_str()), (500, "p0000", "p3999"));
    assert_eq!(kept[499], "p3501");
}

async fn a_deleted_bot_remembers_nothing(store: &TestStore) {
    let bot = make_bots(&store.bots, 1).await.remove(0);
    store.bots.remember_posts(bot.id, vec![seen(1, 1)]).await.unwrap();
    store.bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    assert!(store.bots.recall_posts(bot.id).await.unwrap().is_empty());
}

async fn the_clock_goes_on_from_where_it_was_kept(store: &TestStore) {
    let bots = &store.bots;
    assert_eq!(bots.read_clock().await.unwrap(), None);
    for seconds in [5, 9] {
        let reading = ClockReading { fleet: at(seconds), wall_us: 123, speed: 60.0 };
        bots.keep_clock(reading).await.unwrap();
        assert_eq!(bots.read_clock().await.unwrap(), Some(reading));
    }
}

async fn the_clock_never_stands_before_the_newest_activity(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    let reading = ClockReading { fleet: at(5), wall_us: 123, speed: 60.0 };
    bots.keep_clock(reading).await.unwrap();
    let late = fleet_bots::NewActivity { at: at(77), ..thought(&bot, "so late") };
    bots.record_activity(vec![thought(&bot, "so early"), late]).await.unwrap();
    assert_eq!(bots.read_clock().await.unwrap(), Some(ClockReading { fleet: at(77), ..reading }));
    bots.record_activity(vec![thought(&bot, "and early again")]).await.unwrap();
    assert_eq!(bots.read_clock().await.unwrap(), Some(reading), "one line from a wrong clock is got over");
}
