//! No call without its ticket, and no ticket forgotten.

use std::sync::Arc;

use fleet_brain::sandbox::{Counts, Fault, Script, Takes};
use fleet_brain::{Bill, Endpoint, Error, Micros, Offer, Purpose};

use crate::support::{
    Asking, Till, brain, endpoint, nobody, offline, posts, provider, remark, speaking, sum, until, writing,
};

#[tokio::test]
async fn every_call_has_its_ticket_before_it_begins_and_costs_no_more_than_that() {
    let provider = provider(Script { takes: Takes::ObjectWithSchema, ..Script::default() }).await;
    let till = Till::watching(&provider);
    let asking = Asking::at(&till);
    let brain = brain(vec![endpoint(&provider)]);
    let thread = [remark("r1", "juno", "Why so dark? 光が足りない。")];
    let mut records = vec![
        brain.judge(&asking.with(1), &posts(10)).await.unwrap().record,
        brain.compose(&asking.with(2), &Offer::default()).await.unwrap().record,
    ];
    provider.fail([Fault::Chatter]);
    records.push(brain.answer(&asking.with(3), &posts(1)[0], &thread).await.unwrap().record);
    let reserved = till.reserved();
    assert_eq!(reserved.len(), provider.calls().len());
    for (at, (_, _, begun)) in reserved.iter().enumerate() {
        assert_eq!(*begun, at, "a ticket is drawn before its request begins");
    }
    let settled = till.settled();
    assert_eq!(settled.len(), reserved.len());
    for ((drawn, estimate, _), (ticket, bill)) in reserved.iter().zip(&settled) {
        assert_eq!(drawn, ticket);
        assert!(bill.cost <= estimate.most, "{estimate:?} {bill:?}");
        assert_eq!((estimate.provider.as_str(), estimate.model.as_str()), ("openai", "tiny"));
    }
    let purposes: Vec<Purpose> = reserved.iter().map(|(_, estimate, _)| estimate.purpose).collect();
    let (judge, compose, answer, repair) =
        (Purpose::Judge, Purpose::Compose, Purpose::Answer, Purpose::Repair);
    assert_eq!(purposes, [judge, judge, compose, answer, repair]);
    assert_eq!(sum(&settled).0, records.iter().map(|record| record.cost().0).sum::<i64>());
    assert!(sum(&settled).0 > 0);
}

#[tokio::test]
async fn what_was_never_begun_costs_nothing_and_what_nobody_knows_is_left_open() {
    for (fault, bill) in [
        (Fault::Detail(401), Some(Bill::default())),
        (Fault::TooMany(1), Some(Bill::default())),
        (Fault::Plain(502), None),
        (Fault::BrokenBody, None),
        (Fault::Page, None),
        (Fault::ErrorWith200, None),
    ] {
        let provider = provider(Script { faults: vec![fault.clone()], ..Script::default() }).await;
        let till = Till::default();
        let written =
            brain(vec![endpoint(&provider)]).judge(&Asking::at(&till).with(1), &posts(1)).await.unwrap();
        let first = till.reserved()[0].clone();
        let settled = till.settled().into_iter().find(|(ticket, _)| *ticket == first.0).map(|(_, bill)| bill);
        assert_eq!(settled, bill, "{fault:?}");
        let counted = if bill.is_some() { 0 } else { first.1.most.0 };
        assert_eq!(written.record.calls[0].cost.0, counted, "{fault:?}");
    }
    let till = Till::default();
    brain(vec![nobody()]).judge(&Asking::at(&till).with(1), &posts(1)).await.unwrap();
    assert_eq!(till.settled().iter().map(|(_, bill)| *bill).collect::<Vec<_>>(), [Bill::default()]);
}

#[tokio::test]
async fn a_dead_provider_is_asked_three_times_at_most_and_never_in_another_form() {
    for dead in [Fault::Status(500), Fault::Status(400), Fault::Plain(500)] {
        let provider = provider(Script { faults: vec![dead.clone(); 60], ..Script::default() }).await;
        let till = Till::default();
        let asking = Asking::at(&till);
        let brain = brain(vec![endpoint(&provider)]);
        for seed in 0..8 {
            assert_eq!(brain.judge(&asking.with(seed), &posts(2)).await.unwrap().record.by, "offline");
        }
        assert_eq!((provider.calls().len(), till.reserved().len()), (3, 3), "{dead:?}");
        // A request that was refused costs nothing; of the others nobody knows.
        let known = if dead == Fault::Status(400) { 3 } else { 0 };
        assert_eq!((till.settled().len(), sum(&till.settled()).0), (known, 0), "{dead:?}");
    }
}

#[tokio::test]
async fn a_form_that_is_refused_costs_nothing_and_does_not_hide_that_the_provider_fails() {
    // Three forms are refused, and the fourth try is not about a form any more.
    let provider = provider(Script { faults: vec![Fault::Grammar(500); 60], ..Script::default() }).await;
    let till = Till::default();
    let asking = Asking::at(&till);
    let brain = brain(vec![endpoint(&provider)]);
    for seed in 0..8 {
        brain.judge(&asking.with(seed), &posts(2)).await.unwrap();
    }
    let (reserved, settled) = (till.reserved().len(), till.settled());
    assert_eq!((provider.calls().len(), reserved), (12, 12), "three questions, in four forms each");
    assert_eq!((reserved - settled.len(), sum(&settled).0), (3, 0));
}

#[tokio::test]
async fn a_server_that_counts_nothing_costs_what_was_set_aside() {
    let provider = provider(Script { counts: Counts::Nothing, ..Script::default() }).await;
    let till = Till::default();
    brain(vec![endpoint(&provider)]).judge(&Asking::at(&till).with(1), &posts(1)).await.unwrap();
    assert_eq!(till.settled()[0].1.cost, till.reserved()[0].1.most);
}

#[tokio::test]
async fn thoughts_cost_what_they_cost_and_half_a_count_is_none() {
    for language in ["openai", "anthropic", "gemini"] {
        let provider = provider(Script { faults: vec![Fault::OnlyThinks; 2], ..Script::default() }).await;
        let till = Till::default();
        let written = brain(vec![speaking(language, &provider)])
            .judge(&Asking::at(&till).with(1), &posts(1))
            .await
            .unwrap();
        // A dollar for a million tokens in, ten for a million out.
        let bills: Vec<i64> = till.settled().iter().map(|(_, bill)| bill.cost.0).collect();
        assert_eq!(bills, [100 + 7_000; 2], "{language}");
        assert_eq!(written.record.cost(), Micros(2 * 7_100), "{language}");
    }
    for language in ["openai", "anthropic", "gemini"] {
        let provider = provider(Script { counts: Counts::Asked, ..Script::default() }).await;
        let till = Till::default();
        brain(vec![speaking(language, &provider)])
            .judge(&Asking::at(&till).with(1), &posts(1))
            .await
            .unwrap();
        assert_eq!(till.settled()[0].1.cost, till.reserved()[0].1.most, "{language}");
    }
}

#[tokio::test]
async fn pictures_are_paid_for_once_though_what_was_written_is_mended_and_written_anew() {
    let refused = r#"{"v":[{"n":1,"like":true,"comment":"Write to me at ada@example.org","why":"light"}]}"#;
    let provider = writing(&["no JSON", refused, r#"{"t":["The linen keeps its folds."]}"#]).await;
    let till = Till::default();
    let mut shown = posts(1);
    shown[0].picture = Some(fleet_brain::Picture { media_type: "image/jpeg".into(), bytes: vec![1].into() });
    let seeing = Endpoint { sees: true, ..endpoint(&provider) };
    let written = brain(vec![seeing]).judge(&Asking::at(&till).with(1), &shown).await.unwrap();
    assert_eq!(written.what[0].comment.as_deref(), Some("The linen keeps its folds."));
    let pictures: Vec<usize> = provider.calls().iter().map(|call| call.pictures).collect();
    assert_eq!(pictures, [1, 0, 0]);
}

#[tokio::test]
async fn what_a_look_can_cost_is_known_before_any_is_taken() {
    let provider = provider(Script::default()).await;
    let till = Till::default();
    let seeing = Endpoint { sees: true, ..endpoint(&provider) };
    let free = Endpoint { provider: "ollama".into(), ..endpoint(&provider) };
    let brain_of = |chain: Vec<Endpoint>| brain(chain).dearest_look();
    let dearest = brain_of(vec![endpoint(&provider)]);
    brain(vec![endpoint(&provider)]).judge(&Asking::at(&till).with(1), &posts(10)).await.unwrap();
    let taken = till.reserved()[0].1.most;
    assert!(taken <= dearest && dearest.0 < taken.0 * 2, "{taken:?} {dearest:?}");
    // Ten pictures at three hundred tokens, a millionth of a dollar each, and where they stand in the text.
    let pictures = brain_of(vec![seeing]).0 - dearest.0;
    assert!((3_000..3_300).contains(&pictures), "{pictures}");
    assert_eq!((brain_of(vec![free.clone()]).0, brain_of(vec![free, endpoint(&provider)])), (0, dearest));
    assert_eq!(offline().dearest_look().0, 0);
}

#[tokio::test]
async fn beyond_a_cap_nobody_is_asked() {
    let provider = provider(Script::default()).await;
    let till = Till { most_tickets: Some(1), ..Till::default() };
    let asking = Asking::at(&till);
    let brain = brain(vec![endpoint(&provider), endpoint(&provider)]);
    brain.judge(&asking.with(1), &posts(1)).await.unwrap();
    let error = brain.judge(&asking.with(2), &posts(1)).await.unwrap_err();
    let until = "2026-01-02T00:00:00Z".parse().unwrap();
    assert_eq!(error, Error::Capped { why: "the fleet's cap of the day is reached".into(), until });
    assert_eq!(provider.calls().len(), 1);
}

#[tokio::test]
async fn beyond_a_cap_one_that_costs_nothing_is_still_asked() {
    let (dear, free) = (provider(Script::default()).await, provider(Script::default()).await);
    let till = Till { most: Some(Micros(0)), ..Till::default() };
    let asking = Asking::at(&till);
    let at_home = || Endpoint { provider: "ollama".into(), ..endpoint(&free) };
    let chained = brain(vec![endpoint(&dear), endpoint(&dear), at_home()]);
    let written = chained.judge(&asking.with(1), &posts(1)).await.unwrap();
    assert_eq!(written.record.by, "ollama/tiny");
    assert_eq!(
        written.record.fell_back.as_deref(),
        Some("openai/tiny: the fleet's cap of the day is reached")
    );
    // Where it does not answer either, the cap is what is told.
    free.fail(vec![Fault::Plain(503); 9]);
    let error = chained.judge(&asking.with(2), &posts(1)).await.unwrap_err();
    assert!(matches!(error, Error::Capped { .. }), "{error:?}");
    assert_eq!((dear.calls().len(), free.calls().len()), (0, 2));
}

#[tokio::test]
async fn a_cap_that_is_reached_while_a_text_is_written_anew_costs_only_that_text() {
    let provider =
        writing(&[r#"{"v":[{"n":1,"like":true,"comment":"See lamps.example","why":"light"}]}"#]).await;
    let till = Till { most_tickets: Some(1), ..Till::default() };
    let written =
        brain(vec![endpoint(&provider)]).judge(&Asking::at(&till).with(1), &posts(1)).await.unwrap();
    assert_eq!((written.what[0].like, &written.what[0].comment), (true, &None));
}

#[tokio::test]
async fn without_a_ledger_nobody_is_asked_and_it_is_written_offline() {
    let provider = provider(Script::default()).await;
    let till = Till { unavailable: true, ..Till::default() };
    let asking = Asking::at(&till);
    let brain = brain(vec![endpoint(&provider), endpoint(&provider)]);
    let written = brain.judge(&asking.with(1), &posts(3)).await.unwrap();
    assert_eq!(written.what, offline().judge(&asking.with(1), &posts(3)).await.unwrap().what);
    assert_eq!(
        written.record.fell_back.as_deref(),
        Some("the ledger of costs cannot be written: the disk is full")
    );
    assert_eq!(provider.calls().len(), 0);
}

#[tokio::test]
async fn a_call_that_is_broken_off_stays_set_aside_and_keeps_nobody_out() {
    let provider = provider(Script::default()).await;
    provider.hold();
    let till = Arc::new(Till::default());
    let brain = brain(vec![endpoint(&provider)]);
    let asked = tokio::spawn({
        let (brain, till) = (brain.clone(), Arc::clone(&till));
        async move { brain.judge(&Asking::at(&till).with(1), &posts(1)).await }
    });
    until("the request", || provider.calls().len() == 1).await;
    asked.abort();
    assert!(asked.await.unwrap_err().is_cancelled());
    assert_eq!((till.reserved().len(), till.settled().len()), (1, 0));
    provider.let_go();
    let written = brain.judge(&Asking::at(&till).with(2), &posts(1)).await.unwrap();
    assert_eq!(written.record.by, "openai/tiny");
}
