//! One line of the log with all that explains it.

use fleet_bots::{ActivityKind, Error, NewActivity, Outcome, Settlement};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    a_post_is_explained_by_its_picture_and_the_thought_before_it,
    what_the_operator_asked_for_has_no_thought,
    a_line_of_a_deleted_bot_is_explained_and_one_that_is_not_there_is_not,
];

async fn a_post_is_explained_by_its_picture_and_the_thought_before_it(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let think = async |seconds, words: &str| {
        let thought = NewActivity::of(bot.id, ActivityKind::Thought, at(seconds), words);
        bots.record_activity(vec![thought]).await.unwrap();
    };
    think(5, "an older one").await;
    think(9, "a picture of a fern").await;
    let made = planned(bots, &bot, picture()).await;
    bots.mark_sent(made.id, holder, at(70)).await.unwrap();
    let mut settlement = Settlement { at: at(20), ..done() };
    settlement.then = Some(to_do(&bot, post()));
    let made = bots.settle_action(made.id, holder, settlement).await.unwrap();
    think(30, "something else meanwhile").await;
    let shared = bots.unsettled_actions(Some(bot.id)).await.unwrap().remove(0);
    bots.mark_sent(shared.id, holder, at(71)).await.unwrap();
    let outcome = Outcome::Done { remote_id: Some("item".into()) };
    let shared = bots.settle_action(shared.id, holder, ended(outcome)).await.unwrap();

    let line = told(bots, ActivityKind::Post).await.remove(0);
    let explained = bots.explain_activity(line.seq).await.unwrap();
    assert_eq!(explained.activity, line);
    assert_eq!(explained.bot.unwrap().id, bot.id);
    assert_eq!((explained.action, explained.picture), (Some(shared), Some(made)));
    assert_eq!(explained.thought.unwrap().message, "a picture of a fern");
    let thought = told(bots, ActivityKind::Thought).await.remove(1);
    let explained = bots.explain_activity(thought.seq).await.unwrap();
    assert_eq!((explained.thought, explained.action, explained.picture), (None, None, None));
}

async fn what_the_operator_asked_for_has_no_thought(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    bots.record_activity(vec![thought(&bot, "I could look around")]).await.unwrap();
    bots.record_activity(vec![NewActivity::of(bot.id, ActivityKind::Browse, at(2), "looked")]).await.unwrap();
    bots.stop_bot(bot.id, &asked()).await.unwrap();
    let browse = told(bots, ActivityKind::Browse).await.remove(0);
    let explained = bots.explain_activity(browse.seq).await.unwrap();
    assert_eq!(explained.thought.unwrap().message, "I could look around");
    let stop = told(bots, ActivityKind::Stopped).await.remove(0);
    let explained = bots.explain_activity(stop.seq).await.unwrap();
    assert_eq!((explained.bot.unwrap().id, explained.thought), (bot.id, None));
}

async fn a_line_of_a_deleted_bot_is_explained_and_one_that_is_not_there_is_not(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    let gone = told(bots, ActivityKind::Deleted).await.remove(0);
    assert!(bots.explain_activity(gone.seq).await.unwrap().bot.unwrap().deleted_at.is_some());
    for seq in [0, -1, gone.seq + 1, i64::MAX] {
        let error = bots.explain_activity(seq).await.unwrap_err();
        assert!(matches!(error, Error::NotFound(_)), "{error:?}");
        assert_eq!(error.to_string(), format!("activity {seq} does not exist"));
    }
}
