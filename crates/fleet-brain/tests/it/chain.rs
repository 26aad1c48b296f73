//! Who is asked, in which order, and how many at once.

use std::sync::Arc;
use std::time::Duration;

use fleet_brain::sandbox::{Fault, Script};
use fleet_brain::{Brain, Catalogue, Endpoint, Models, Offer, Purpose};

use crate::support::{
    Asking, Till, brain, endpoint, nobody, offline, post, posts, prices, provider, remark, speaking, until,
    writing,
};

#[tokio::test]
async fn a_look_at_ten_posts_is_one_call_and_the_rest_is_not_judged_yet() {
    let provider = provider(Script::default()).await;
    let (till, mut posts) = (Till::default(), posts(12));
    posts[0].author.username = "ada_lumen".into();
    posts[1].description = Some("No bots, please.".into());
    let asking = Asking::at(&till);
    let written = brain(vec![endpoint(&provider)]).judge(&asking.with(3), &posts).await.unwrap();
    assert_eq!(provider.calls().len(), 1);
    assert_eq!(written.record.by, "openai/tiny");
    assert_eq!(written.record.fell_back, None);
    assert_eq!((written.record.calls.len(), written.record.checks.len()), (1, 1));
    let ids: Vec<&str> = written.what.iter().map(|verdict| verdict.post_id.as_str()).collect();
    assert_eq!(ids, (1..=12).map(|at| format!("p{at}")).collect::<Vec<_>>());
    assert_eq!(
        (written.what[0].why.as_str(), written.what[1].why.as_str()),
        ("its own post", "its author wants no bots")
    );
    let liked = written.what.iter().filter(|verdict| verdict.like).map(|verdict| verdict.post_id.as_str());
    assert_eq!(liked.collect::<Vec<_>>(), ["p3", "p8"]);
    assert!(written.what[2].comment.as_ref().unwrap().contains("walnut lamp"), "{:?}", written.what[2]);
    assert_eq!(written.what[5].why, "it passed it by");
    assert!(written.what[2].interest > 0.5 && written.what[0].interest == 0.0);
    let thirteen = [posts.as_slice(), &[post("p13", "Lamp", "A lamp.")]].concat();
    let written = brain(vec![endpoint(&provider)]).judge(&asking.with(3), &thirteen).await.unwrap();
    assert_eq!(written.what.len(), 12, "ten are open, two are known, and the last one waits");
}

#[tokio::test]
async fn nobody_is_asked_about_nothing() {
    let provider = provider(Script::default()).await;
    let till = Till::default();
    let asking = Asking::at(&till);
    let brain = brain(vec![endpoint(&provider)]);
    let closed = [post("p1", "Lamp", "No bots, please.")];
    assert_eq!(brain.judge(&asking.with(1), &closed).await.unwrap().what.len(), 1);
    assert_eq!(brain.judge(&asking.with(1), &[]).await.unwrap().what.len(), 0);
    let spoken = [remark("r1", "ada_lumen", "Well lit.")];
    assert_eq!(brain.answer(&asking.with(1), &posts(1)[0], &spoken).await.unwrap().what, None);
    assert_eq!(provider.calls().len(), 0);
    assert_eq!(till.reserved().len(), 0);
}

#[tokio::test]
async fn the_second_answers_when_the_first_cannot() {
    let second = provider(Script::default()).await;
    let till = Till::default();
    let asking = Asking::at(&till);
    let brain = brain(vec![nobody(), Endpoint { provider: "groq".into(), ..endpoint(&second) }]);
    let written = brain.compose(&asking.with(3), &Offer::default()).await.unwrap();
    assert_eq!(written.record.by, "groq/tiny");
    assert_eq!(written.record.fell_back.as_deref(), Some("openai/tiny: it cannot be reached"));
    assert_eq!(written.record.calls.len(), 2);
    assert_eq!(written.record.calls[0].error.as_deref(), Some("it cannot be reached"));
}

#[tokio::test]
async fn when_nobody_answers_it_is_written_offline_and_the_record_says_why() {
    let broken = provider(Script { faults: vec![Fault::Plain(503); 20], ..Script::default() }).await;
    let till = Till::default();
    let asking = Asking::at(&till);
    let brain = brain(vec![endpoint(&broken), nobody()]);
    let posts = posts(4);
    let judged = brain.judge(&asking.with(3), &posts).await.unwrap();
    assert_eq!(judged.what, offline().judge(&asking.with(3), &posts).await.unwrap().what);
    assert_eq!(judged.record.by, "offline");
    let why = judged.record.fell_back.unwrap();
    assert_eq!(why, "openai/tiny: it answered 503: Internal Server Error; openai/tiny: it cannot be reached");
    let made = brain.compose(&asking.with(3), &Offer::default()).await.unwrap();
    assert_eq!(made.what, offline().compose(&asking.with(3), &Offer::default()).await.unwrap().what);
}

#[tokio::test]
async fn one_that_keeps_failing_is_left_alone() {
    let broken = provider(Script { faults: vec![Fault::Plain(503); 3], ..Script::default() }).await;
    let refusing = provider(Script { key: Some("right".into()), ..Script::default() }).await;
    let till = Till::default();
    let asking = Asking::at(&till);
    let first = brain(vec![endpoint(&broken)]);
    let mut why = String::new();
    for seed in 0..5 {
        why = first.judge(&asking.with(seed), &posts(2)).await.unwrap().record.fell_back.unwrap();
    }
    assert_eq!(broken.calls().len(), 3);
    assert!(why.contains("it failed, and is left alone for"), "{why}");
    // A key that is wrong is wrong at the next call as well.
    let second = brain(vec![Endpoint { key: Some("wrong".into()), ..endpoint(&refusing) }]);
    for seed in 0..3 {
        second.judge(&asking.with(seed), &posts(2)).await.unwrap();
    }
    assert_eq!(refusing.calls().len(), 1);
    assert_eq!(till.reserved().len(), 4, "who is left alone costs no ticket");
}

#[tokio::test]
async fn what_is_held_back_says_nothing_against_its_provider() {
    for language in ["openai", "anthropic", "gemini"] {
        let provider = provider(Script { faults: vec![Fault::HeldBack; 5], ..Script::default() }).await;
        let till = Till::default();
        let brain = brain(vec![speaking(language, &provider)]);
        for seed in 0..5 {
            let written = brain.judge(&Asking::at(&till).with(seed), &posts(1)).await.unwrap();
            assert_eq!(written.record.by, "offline", "{language}");
        }
        // A post that nobody may speak of must not silence the model about all others.
        let written = brain.judge(&Asking::at(&till).with(6), &posts(1)).await.unwrap();
        assert_eq!(written.record.by, format!("{language}/tiny"));
        assert_eq!(provider.calls().len(), 6, "{language}");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_kept_no_longer_than_it_may_be_and_never_with_the_key() {
    let endless = "sk-very-secret ".repeat(10_000);
    let provider = writing(&[&endless, &endless]).await;
    let till = Till::default();
    let there = Endpoint { key: Some("sk-very-secret".into()), ..endpoint(&provider) };
    let written = brain(vec![there]).judge(&Asking::at(&till).with(1), &posts(1)).await.unwrap();
    let answer = written.record.calls[0].answer.clone().unwrap();
    assert!(answer.len() <= 32_000 && !answer.contains("sk-very-secret"), "{} bytes", answer.len());
    assert!(!provider.calls()[1].user.contains("sk-very-secret"), "nor is it told the key again");
}

#[tokio::test]
async fn no_more_calls_are_under_way_than_allowed() {
    let provider = provider(Script::default()).await;
    provider.hold();
    let models = Models { concurrency: 2, prices: prices(), ..Models::of(vec![endpoint(&provider)]) };
    let brain = Brain::with_models(Arc::new(Catalogue::built_in()), models).unwrap();
    let asked: Vec<_> = (0..6)
        .map(|seed| {
            let brain = brain.clone();
            tokio::spawn(async move {
                let till = Till::default();
                let written = brain.judge(&Asking::at(&till).with(seed), &posts(1)).await.unwrap();
                written.record.by
            })
        })
        .collect();
    until("the second request", || provider.calls().len() == 2).await;
    provider.let_go();
    for one in asked {
        assert_eq!(one.await.unwrap(), "openai/tiny");
    }
    assert_eq!((provider.most_at_once(), provider.calls().len()), (2, 6));
}

#[tokio::test]
async fn one_that_says_nothing_is_given_up_in_its_time() {
    let provider = provider(Script { faults: vec![Fault::Silent], ..Script::default() }).await;
    let till = Till::default();
    let hasty = Endpoint { timeout: Duration::from_millis(200), ..endpoint(&provider) };
    let written = brain(vec![hasty]).judge(&Asking::at(&till).with(1), &posts(2)).await.unwrap();
    assert_eq!(written.record.fell_back.as_deref(), Some("openai/tiny: it did not answer within 0.2 s"));
}

#[tokio::test]
async fn a_probe_asks_each_one_for_a_word_whatever_is_known_of_it() {
    let fine = provider(Script::default()).await;
    let refusing = provider(Script { key: Some("right".into()), ..Script::default() }).await;
    let till = Till::default();
    let brain = brain(vec![
        endpoint(&fine),
        Endpoint { key: Some("wrong-key".into()), provider: "groq".into(), ..endpoint(&refusing) },
        nobody(),
    ]);
    for _ in 0..2 {
        let found = brain.probe(&till).await;
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["openai/tiny", "groq/tiny", "openai/tiny"]);
        let call = found[0].1.as_ref().unwrap();
        assert_eq!((call.purpose, call.answer.as_deref()), (Purpose::Probe, Some(r#"{"ok":true}"#)));
        assert!(call.cost.0 > 0 && call.tokens.input > 0);
        assert_eq!(found[1].1.as_ref().unwrap_err(), "it answered 401: the key is not valid");
        assert_eq!(found[2].1.as_ref().unwrap_err(), "it cannot be reached");
    }
    assert_eq!(refusing.calls().len(), 2);
    assert!(offline().probe(&till).await.is_empty());
}
