//! Nobody of the fleet says what somebody of it has said of late.

use fleet_bots::{ActionStatus, Bot, Content, Error, NewAction};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    what_anybody_said_is_known_again_whatever_its_capitals,
    nobody_comments_in_words_that_were_used_within_a_month,
    many_answer_the_same_and_nobody_twice_under_one_post,
    of_many_who_would_say_the_same_at_once_one_does,
];

const DAY_S: i64 = 86_400;

fn says(post_id: &str, text: &str) -> Content {
    Content::Comment { about: about(post_id), text: text.into() }
}

async fn what_anybody_said_is_known_again_whatever_its_capitals(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let change = fleet_bots::SettingsChanges {
        post_label: Some("By a machine.".into()),
        ..fleet_bots::SettingsChanges::default()
    };
    bots.change_settings(change, &asked()).await.unwrap();
    planned(bots, &bot, says("p1", "So  quiet, so GREEN. Ö")).await;
    planned(bots, &bot, post()).await;
    let failing = planned(bots, &bot, says("p2", "Never said.")).await;
    bots.settle_action(failing.id, holder, failed()).await.unwrap();
    let texts = ["so quiet, so green. ö", "So quiet, so green.", "ONE  fern.", "Fern", "never said.", ""];
    let texts = texts.map(String::from);
    let said = bots.said_before(&texts, at(0)).await.unwrap();
    assert_eq!(said, [true, false, true, false, false, false]);
    assert_eq!(bots.said_before(&texts[..1], at(11)).await.unwrap(), [false], "it was planned before");
    assert_eq!(bots.said_before(&[], at(0)).await.unwrap(), Vec::<bool>::new());
}

async fn nobody_comments_in_words_that_were_used_within_a_month(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let other = bots.create_bot(new_bot("other"), &asked()).await.unwrap();
    bots.start_bot(other.id, &asked()).await.unwrap();
    let on_day = |bot: &Bot, content, day: i64| {
        let moment = at(day * DAY_S);
        NewAction { planned_at: moment, due_at: moment, ..to_do(bot, content) }
    };
    let first = bots.plan_action(on_day(&bot, says("p1", "So quiet."), 0)).await.unwrap();
    let refused = bots.plan_action(on_day(&other, says("p2", "so quiet. "), 30)).await;
    assert!(matches!(&refused, Err(Error::Overtaken(why)) if why.contains("30 days")), "{refused:?}");
    bots.plan_action(on_day(&other, says("p2", "So quiet!"), 1)).await.unwrap();
    bots.plan_action(on_day(&other, says("p4", "So quiet."), 31)).await.unwrap();

    // What failed was said to nobody, and the title of a picture may come again.
    let failing = bots.plan_action(on_day(&bot, says("p3", "Anew."), 1)).await.unwrap();
    bots.settle_action(failing.id, holder, failed()).await.unwrap();
    bots.plan_action(on_day(&other, says("p3", "Anew."), 1)).await.unwrap();
    bots.plan_action(on_day(&bot, picture(), 1)).await.unwrap();
    bots.plan_action(on_day(&other, picture(), 1)).await.unwrap();
    assert_eq!(first.status, ActionStatus::Planned);
}

async fn many_answer_the_same_and_nobody_twice_under_one_post(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let other = bots.create_bot(new_bot("other"), &asked()).await.unwrap();
    bots.start_bot(other.id, &asked()).await.unwrap();
    let answer = |bot: &Bot, post_id: &str, to: &str, text: &str| {
        let content = Content::Answer { about: about(post_id), to: to.into(), text: text.into() };
        to_do(bot, content)
    };
    let honest = "I'm an AI, yes.";
    let first = bots.plan_action(answer(&bot, "p1", "r1", honest)).await.unwrap();
    bots.plan_action(answer(&bot, "p2", "r2", honest)).await.unwrap();
    bots.plan_action(answer(&other, "p3", "r3", honest)).await.unwrap();
    bots.mark_sent(first.id, holder, at(75)).await.unwrap();
    bots.settle_action(first.id, holder, done()).await.unwrap();
    let refused = bots.plan_action(answer(&bot, "p1", "r4", "i'm an AI,  yes.")).await;
    assert!(matches!(&refused, Err(Error::Overtaken(why)) if why.contains("same post")), "{refused:?}");
    bots.plan_action(answer(&bot, "p1", "r4", "I am one.")).await.unwrap();

    // An answer is known as something that was said, and no comment.
    assert_eq!(bots.said_before(&[honest.to_owned()], at(0)).await.unwrap(), [true]);
    let refused = bots.plan_action(to_do(&other, says("p5", honest))).await;
    assert!(matches!(&refused, Err(Error::Overtaken(why)) if why.contains("somebody")), "{refused:?}");
}

async fn of_many_who_would_say_the_same_at_once_one_does(store: &TestStore) {
    let (bots, another) = (&store.bots, store.another().await);
    let all = run_bots(bots, 8).await;
    let plans = all.iter().enumerate().map(|(index, bot)| {
        let gateway = if index % 2 == 0 { bots.clone() } else { another.clone() };
        let plan = to_do(bot, says(&format!("p{index}"), "So quiet."));
        tokio::spawn(async move { gateway.plan_action(plan).await })
    });
    let mut taken = 0;
    for plan in plans.collect::<Vec<_>>() {
        match plan.await.unwrap() {
            Ok(_) => taken += 1,
            Err(Error::Overtaken(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(taken, 1);
}
