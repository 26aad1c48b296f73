//! The page of costs, and how a decision is told beside the event that it led to.

use std::time::Duration;

use axum::http::StatusCode;
use fleet_bots::{
    ActivityKind, DecisionKind, Micros, NewActivity, NewDecision, NewRest, NewSpend, Purpose, RestCause,
    SettingsChanges, Settled, Tokens,
};
use serde_json::json;

use crate::glass::{Glass, NOON, asked};

fn call(bot_id: Option<fleet_bots::BotId>, most: i64) -> NewSpend {
    NewSpend {
        bot_id,
        purpose: Purpose::Judge,
        provider: "openai".into(),
        model: "small".into(),
        most: Micros(most),
        at: NOON,
    }
}

#[tokio::test]
async fn a_fleet_that_spent_nothing_says_so_and_shows_its_caps() {
    let glass = Glass::new().await;
    let page = glass.get("/costs").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Nothing was spent this month."), "{}", page.text);
    assert!(page.text.contains("$30.00"), "{}", page.text);
    assert!(!page.text.contains("Where it went") && !page.text.contains("One action today"));
    assert!(page.text.len() < 60_000);
}

#[tokio::test]
async fn what_was_spent_is_told_by_bot_model_and_purpose_with_what_is_not_known_yet() {
    let (glass, bot) = Glass::with_bot("ada").await;
    let bot = bot.id;
    let known = glass.bots.reserve_spend(call(Some(bot), 5_000)).await.unwrap();
    let tokens = Some(Tokens { input: 1_234, output: 56, pictures: 0 });
    glass.bots.settle_spend(known, Settled { cost: Micros(1_500), tokens }).await.unwrap();
    glass.bots.reserve_spend(call(None, 700)).await.unwrap();
    let page = glass.get("/costs").await.text;
    assert!(page.contains("$0.0022"), "{page}");
    assert!(page.contains("$0.0007 of it is set aside for what has no known end"), "{page}");
    assert!(page.contains("openai/small") && page.contains("1,234 in, 56 out"), "{page}");
    assert!(page.contains(&format!("href=\"/bots/{bot}\"")) && page.contains("Trying a model"), "{page}");

    let cap = SettingsChanges { fleet_text_day: Some(Micros(2_200)), ..SettingsChanges::default() };
    glass.bots.change_settings(cap, &asked()).await.unwrap();
    let page = glass.get("/costs").await.text;
    assert!(page.contains("value=\"100\""), "the cap is used up: {page}");
}

#[tokio::test]
async fn a_decision_is_told_in_full_and_what_it_quotes_is_nothing_but_text() {
    let (glass, bot) = Glass::with_bot("ada").await;
    let bot = bot.id;
    let decision = NewDecision {
        bot_id: bot,
        kind: DecisionKind::Judge,
        at: NOON,
        seed: 7,
        by: "openai/small".into(),
        view: json!({ "question": "judge", "posts": [
            { "title": "<b>Harbour</b>", "author": { "username": "bo", "name": "Bo" } },
        ] }),
        record: json!({
            "by": "openai/small",
            "calls": [{
                "purpose": "judge", "provider": "openai", "model": "small", "system": "You are Ada.",
                "user": "</pre><script>alert(1)</script>", "answer": "{\"v\":[]}", "error": null,
                "tokens": { "input": 500, "output": 20, "pictures": 0 }, "cost": 90, "took_ms": 812,
            }],
            "checks": [{ "about": "p1", "text": "Visit my shop", "refused": "it sells something" }],
        }),
        outcome: json!([]),
        tokens: Tokens { input: 500, output: 20, pictures: 0 },
        cost: Micros(90),
        people: vec!["bo".into()],
    };
    let decision = glass.bots.record_decision(decision).await.unwrap();
    let line = NewActivity::of(bot, ActivityKind::Browse, NOON, "Ada looked at one picture");
    let line = line.with(json!({ "looked_at": 1, "decision": decision }));
    glass.bots.record_activity(vec![line]).await.unwrap();
    let seq = glass
        .bots
        .get_activity(&fleet_bots::ActivityFilter { limit: 1, ..Default::default() })
        .await
        .unwrap()[0]
        .seq;

    let page = glass.get(&format!("/activity/{seq}")).await.text;
    assert!(page.contains("How it was decided"), "{page}");
    assert!(page.contains("openai/small, to judge: 500 tokens in, 20 out, $0.00009, 812 ms"), "{page}");
    assert!(page.contains("&#60;b&#62;Harbour&#60;/b&#62;") && !page.contains("<script>alert"), "{page}");
    assert!(page.contains("Refused, it sells something") && page.contains("Visit my shop"), "{page}");
}

#[tokio::test]
async fn a_bot_that_has_spent_its_money_says_so_on_its_page_until_it_goes_on() {
    let (glass, bot) = Glass::with_bot("ada").await;
    let address = format!("/bots/{}", bot.id);
    assert!(!glass.get(&address).await.text.contains("It rests"));
    let rest = NewRest {
        bot_id: Some(bot.id),
        cause: RestCause::Spending,
        why: "one bot spends $0.10 a day on models at the most".into(),
        until: Some(NOON.plus(Duration::from_secs(12 * 3_600))),
        at: NOON,
        probe_in: Duration::ZERO,
    };
    glass.bots.begin_rest(rest).await.unwrap();
    let page = glass.get(&address).await.text;
    let told = "It rests: one bot spends $0.10 a day on models at the most; until ";
    assert!(page.contains(told), "{page}");
    assert!(page.contains("Raise the cap in the settings, or wait: the bots go on by themselves."), "{page}");

    let more = SettingsChanges { bot_text_day: Some(Micros::dollars(1)), ..SettingsChanges::default() };
    glass.bots.change_settings(more, &asked()).await.unwrap();
    assert!(!glass.get(&address).await.text.contains("It rests"));
}
