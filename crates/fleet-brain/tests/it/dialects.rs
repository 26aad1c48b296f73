//! Servers that differ, and servers that misbehave.

use fleet_brain::sandbox::{Fault, Language, Script, Takes};
use fleet_brain::{Endpoint, Offer, Picture, Purpose};

use crate::support::{Asking, Till, brain, endpoint, posts, provider, speaking, writing};

#[tokio::test]
async fn every_language_is_spoken() {
    let provider = provider(Script { key: Some("sk-1234567".into()), ..Script::default() }).await;
    let till = Till::default();
    let asking = Asking::at(&till);
    for name in fleet_brain::known_providers() {
        let (url, language) = match name {
            "anthropic" | "minimax" => (provider.url(), Language::Anthropic),
            "gemini" => (provider.gemini_url(), Language::Gemini),
            _ => (provider.url(), Language::OpenAi),
        };
        let key = Some("sk-1234567".into());
        let brain = brain(vec![Endpoint { base_url: Some(url), key, ..Endpoint::new(name, "tiny") }]);
        let written = brain.judge(&asking.with(1), &posts(10)).await.unwrap();
        assert_eq!(written.record.by, format!("{name}/tiny"), "{:?}", written.record.fell_back);
        let call = &written.record.calls[0];
        assert!(call.tokens.input > 100 && call.tokens.output > 5, "{name}: {:?}", call.tokens);
        let seen = provider.calls().pop().unwrap();
        // Fireworks' names stand below a folder, which the library puts before those that do not.
        assert_eq!((seen.language, seen.model.rsplit('/').next()), (language, Some("tiny")), "{name}");
        assert_eq!((&seen.system, &seen.user), (&call.system, &call.user));
        let form = match language {
            Language::OpenAi => &seen.body["response_format"]["json_schema"]["schema"],
            Language::Anthropic => &seen.body["output_config"]["format"]["schema"],
            Language::Gemini => &seen.body["generationConfig"]["responseJsonSchema"],
        };
        assert!(form["properties"]["v"].is_object(), "{name}: {}", seen.body);
    }
}

#[tokio::test]
async fn the_form_that_a_server_takes_is_found_once_and_remembered() {
    for (takes, tries) in
        [(Takes::Schema, 1), (Takes::ObjectWithSchema, 2), (Takes::Object, 3), (Takes::Nothing, 4)]
    {
        let provider = provider(Script { takes, ..Script::default() }).await;
        let till = Till::default();
        let asking = Asking::at(&till);
        let brain = brain(vec![endpoint(&provider)]);
        for seed in 0..3 {
            let written = brain.judge(&asking.with(seed), &posts(10)).await.unwrap();
            assert_eq!(written.record.by, "openai/tiny", "{takes:?}: {:?}", written.record.fell_back);
        }
        assert_eq!(provider.calls().len(), tries + 2, "{takes:?}");
    }
    // Anthropic's has one form, or none.
    let provider = provider(Script { takes: Takes::Nothing, ..Script::default() }).await;
    let till = Till::default();
    let brain = brain(vec![Endpoint { provider: "anthropic".into(), ..endpoint(&provider) }]);
    let written = brain.judge(&Asking::at(&till).with(1), &posts(10)).await.unwrap();
    assert_eq!((written.record.by.as_str(), provider.calls().len()), ("anthropic/tiny", 2));
}

#[tokio::test]
async fn whatever_a_server_answers_its_cause_can_be_read() {
    for (fault, why) in [
        (Fault::Detail(401), "it answered 401: Invalid or missing token"),
        (Fault::Status(403), "it answered 403: it is broken"),
        (Fault::Status(404), "it answered 404: it is broken"),
        (Fault::TooMany(7), "it answered 429: slow down"),
        (Fault::Plain(502), "it answered 502: Internal Server Error"),
        (Fault::Page, "it answered something that is not JSON"),
        (Fault::BrokenBody, "its answer is broken off, or not JSON"),
        (Fault::ErrorWith200, "model is overloaded"),
        (Fault::NoChoices, "it answered without a text"),
        (Fault::HeldBack, "its provider held the answer back"),
    ] {
        for language in ["openai", "anthropic", "gemini"] {
            let provider = provider(Script { faults: vec![fault.clone(); 9], ..Script::default() }).await;
            let till = Till::default();
            let key = Some("sk-very-secret".into());
            let there = Endpoint { key, ..speaking(language, &provider) };
            let written = brain(vec![there]).judge(&Asking::at(&till).with(1), &posts(10)).await.unwrap();
            assert_eq!(written.record.by, "offline", "{language}: {fault:?}");
            let told = written.record.fell_back.clone().unwrap();
            assert!(told.contains(why), "{language}: {fault:?}: {told}");
            assert!(!format!("{:?}", written.record).contains("sk-very-secret"));
        }
    }
}

#[tokio::test]
async fn an_answer_that_ran_out_is_asked_for_again_with_more_room() {
    let provider = provider(Script { faults: vec![Fault::CutAtLimit], ..Script::default() }).await;
    let till = Till::default();
    let asking = Asking::at(&till);
    let brain = brain(vec![endpoint(&provider)]);
    let written = brain.judge(&asking.with(1), &posts(10)).await.unwrap();
    assert_eq!(written.record.by, "openai/tiny");
    let purposes: Vec<Purpose> = written.record.calls.iter().map(|call| call.purpose).collect();
    assert_eq!(purposes, [Purpose::Judge, Purpose::Repair]);
    brain.judge(&asking.with(2), &posts(10)).await.unwrap();
    let rooms: Vec<u64> =
        provider.calls().iter().map(|seen| seen.body["max_tokens"].as_u64().unwrap()).collect();
    assert_eq!(rooms, [330, 2_330, 2_330], "and the next question has it at once");
}

#[tokio::test]
async fn what_cannot_be_read_is_mended_once_and_then_left() {
    for fault in [Fault::Chatter, Fault::CutWithoutReason] {
        let provider = provider(Script { faults: vec![fault.clone()], ..Script::default() }).await;
        let till = Till::default();
        let brain = brain(vec![endpoint(&provider)]);
        let written = brain.judge(&Asking::at(&till).with(1), &posts(10)).await.unwrap();
        assert_eq!((written.record.by.as_str(), provider.calls().len()), ("openai/tiny", 2), "{fault:?}");
        provider.fail([fault.clone(), fault.clone(), fault]);
        let written = brain.judge(&Asking::at(&till).with(2), &posts(10)).await.unwrap();
        assert_eq!((written.record.by.as_str(), provider.calls().len()), ("offline", 4));
        let why = written.record.fell_back.unwrap();
        assert!(why.contains("its answer could not be read"), "{why}");
    }
}

#[tokio::test]
async fn what_stands_around_an_answer_needs_no_mending() {
    let provider = provider(Script { faults: vec![Fault::Fenced], ..Script::default() }).await;
    let till = Till::default();
    let written =
        brain(vec![endpoint(&provider)]).judge(&Asking::at(&till).with(1), &posts(10)).await.unwrap();
    assert_eq!((written.record.by.as_str(), provider.calls().len()), ("openai/tiny", 1));
}

#[tokio::test]
async fn the_name_of_a_model_is_sent_as_it_is() {
    let provider = provider(Script::default()).await;
    let till = Till::default();
    for (name, model) in [
        ("openai", "some-model-high"),
        ("mistral", "mistral-medium"),
        ("ollama", "mine:7b-low"),
        ("groq", "org/model.gguf"),
    ] {
        let brain =
            brain(vec![Endpoint { provider: name.into(), model: model.into(), ..endpoint(&provider) }]);
        brain.judge(&Asking::at(&till).with(1), &posts(1)).await.unwrap();
        let seen = provider.calls().pop().unwrap();
        assert_eq!(seen.model, model);
        assert!(seen.body.get("reasoning_effort").is_none());
    }
}

#[tokio::test]
async fn pictures_are_shown_only_to_those_that_see() {
    let provider = provider(Script::default()).await;
    let till = Till::default();
    let mut posts = posts(3);
    posts[1].picture = Some(Picture { media_type: "image/jpeg".into(), bytes: vec![1, 2, 3].into() });
    for (sees, shown) in [(true, 1), (false, 0)] {
        for name in ["openai", "anthropic", "gemini"] {
            let there = Endpoint { sees, ..speaking(name, &provider) };
            let written = brain(vec![there]).judge(&Asking::at(&till).with(1), &posts).await.unwrap();
            let seen = provider.calls().pop().unwrap();
            assert_eq!((seen.pictures, seen.user.contains("2 [picture 1] ")), (shown, sees), "{name}");
            assert_eq!(written.record.tokens().pictures > 0, sees, "{name}");
        }
    }
}

#[tokio::test]
async fn a_picture_is_written_for_the_workflow_that_makes_it() {
    let words = r#"{"prompt":"a brass compass on slate","title":"Compass","description":"Brass on slate."}"#;
    let provider = writing(&[words]).await;
    let till = Till::default();
    let made = brain(vec![endpoint(&provider)])
        .compose(&Asking::at(&till).with(4), &Offer::default())
        .await
        .unwrap();
    assert_eq!(
        (made.what.prompt.as_str(), made.what.title.as_str()),
        ("a brass compass on slate", "Compass")
    );
    assert_eq!(made.what.recipe.params["prompt"], "a brass compass on slate");
    let size = made.what.recipe.params["size"].as_str().unwrap();
    assert!(provider.calls()[0].user.contains(&format!("size {size}")), "{}", provider.calls()[0].user);
    let about: Vec<&str> = made.record.checks.iter().map(|check| check.about.as_str()).collect();
    assert_eq!(about, ["prompt", "title", "description"]);
}
