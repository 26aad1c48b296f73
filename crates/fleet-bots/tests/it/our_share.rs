//! How much of what the gallery shows came from the fleet.

use fleet_bots::{OurShare, Part, ShownPost};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    posts_and_reactions_of_residents_are_told_from_those_of_people,
    what_the_gallery_shows_no_more_is_not_counted,
    a_gallery_without_posts_has_no_share,
];

fn shown(id: &str, author: &str, likes: u64, comments: u64) -> ShownPost {
    ShownPost { id: id.into(), author: author.into(), likes, comments }
}

async fn posts_and_reactions_of_residents_are_told_from_those_of_people(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    for content in [like("p1"), comment("p1")] {
        let plan = planned(bots, &bot, content).await;
        bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
        bots.settle_action(plan.id, holder, done()).await.unwrap();
    }
    let other = planned(bots, &bot, like("p2")).await;
    bots.mark_sent(other.id, holder, at(75)).await.unwrap();
    bots.settle_action(other.id, holder, failed()).await.unwrap();

    let posts = [shown("p1", "a_person", 4, 2), shown("p2", &bot.username, 1, 0), shown("p3", "\0", 0, 0)];
    let share = bots.our_share(&posts).await.unwrap();
    assert_eq!(
        share,
        OurShare {
            posts: Part { ours: 1, all: 3 },
            likes: Part { ours: 1, all: 5 },
            comments: Part { ours: 1, all: 2 },
        }
    );
}

async fn what_the_gallery_shows_no_more_is_not_counted(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    bots.settle_action(plan.id, holder, done()).await.unwrap();
    let share = bots.our_share(&[shown("p1", "a_person", 0, 0)]).await.unwrap();
    assert_eq!(share.likes, Part { ours: 0, all: 0 });
}

async fn a_gallery_without_posts_has_no_share(store: &TestStore) {
    assert_eq!(store.bots.our_share(&[]).await.unwrap(), OurShare::default());
}
