//! What the platform allows: budgets, rates, the kill switch, moderation, and addresses that expire.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use fleet_gallery::sandbox::{Moderation, Policy};
use fleet_gallery::{Error, FeedQuery, NewItem, Sandbox, SandboxConfig, Secret, Step, Workflow};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::support::{Bench, client, config};

/// A sandbox whose clock stands until it is moved.
async fn held_clock(policy: Policy) -> (Sandbox, Bench, impl Fn(i64)) {
    let begin: Timestamp = "2026-05-30T22:00:00Z".parse().unwrap();
    let hours = Arc::new(AtomicI64::new(0));
    let reading = hours.clone();
    let now = move || begin + SignedDuration::from_hours(reading.load(Ordering::Relaxed));
    let config = SandboxConfig {
        policy,
        ..SandboxConfig::new(Secret::new("fst_test_0123456789abcdef"), Arc::new(now))
    };
    let sandbox = Sandbox::start(config).await.unwrap();
    let bench = Bench::new(client(&sandbox), "bot");
    (sandbox, bench, move |hour| hours.store(hour, Ordering::Relaxed))
}

fn at(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

async fn refusal(bench: &Bench, agent: &str) -> Error {
    let steps = vec![Step::generate("shapes", json!({ "width": 32, "height": 32 }), "a")];
    bench.gallery.execute(agent, &Workflow { name: "test".into(), steps }).await.unwrap_err()
}

#[tokio::test]
async fn an_agent_that_used_up_its_day_is_told_when_the_next_one_begins() {
    let policy = Policy { agent_daily_limit: Some(2), agent_monthly_limit: Some(3), ..Policy::default() };
    let (sandbox, bench, set_clock) = held_clock(policy).await;
    let (one, other) = (bench.agent("ai_artist").await, bench.agent("ai_artist").await);
    bench.picture(&one).await;
    bench.picture(&one).await;
    let Error::BotLimited { reset_at, used, limit } = refusal(&bench, &one).await else { panic!() };
    assert_eq!((reset_at, used, limit), (at("2026-05-31T00:00:00Z"), Some(2), Some(2)));
    bench.picture(&other).await;
    set_clock(2);
    bench.picture(&one).await;
    // The month ends with this day, too.
    let Error::BotLimited { reset_at, used, limit } = refusal(&bench, &one).await else { panic!() };
    assert_eq!((reset_at, used, limit), (at("2026-06-01T00:00:00Z"), Some(3), Some(3)));
    set_clock(26);
    bench.picture(&one).await;
    sandbox.stop().await;
}

#[tokio::test]
async fn a_budget_of_the_fleet_ends_for_all_its_agents_and_for_no_person() {
    let policy = Policy { fleet_daily_budget: Some(1), fleet_monthly_budget: Some(2), ..Policy::default() };
    let (sandbox, bench, set_clock) = held_clock(policy).await;
    let (one, other) = (bench.agent("ai_artist").await, bench.agent("data_viz").await);
    bench.picture(&one).await;
    let Error::FleetLimited { reset_at } = refusal(&bench, &other).await else { panic!() };
    assert_eq!(reset_at, at("2026-05-31T00:00:00Z"));
    // Reading costs nothing.
    bench.gallery.feed(&other, &FeedQuery::default()).await.unwrap();
    set_clock(2);
    bench.picture(&other).await;
    let Error::FleetLimited { reset_at } = refusal(&bench, &one).await else { panic!() };
    assert_eq!(reset_at, at("2026-06-01T00:00:00Z"));
    sandbox.change_policy(|policy| (policy.fleet_daily_budget, policy.fleet_monthly_budget) = (None, None));
    bench.picture(&one).await;
    sandbox.stop().await;
}

#[tokio::test]
async fn what_was_used_is_remembered_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config = || SandboxConfig {
        state_dir: Some(folder.path().to_owned()),
        policy: Policy { agent_monthly_limit: Some(1), ..Policy::default() },
        ..config()
    };
    let sandbox = Sandbox::start(config()).await.unwrap();
    let bench = Bench::new(client(&sandbox), "bot");
    let agent = bench.agent("ai_artist").await;
    bench.picture(&agent).await;
    sandbox.stop().await;
    let sandbox = Sandbox::start(config()).await.unwrap();
    let bench = Bench::new(client(&sandbox), "bot");
    assert!(matches!(refusal(&bench, &agent).await, Error::BotLimited { used: Some(1), .. }));
    sandbox.stop().await;
}

#[tokio::test]
async fn too_many_requests_are_asked_to_wait_and_say_what_is_left() {
    let (sandbox, bench, _) = held_clock(Policy { requests_per_minute: 3, ..Policy::default() }).await;
    let agent = bench.agent("ai_artist").await;
    let url = sandbox.url().join("api/showcase").unwrap();
    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    let get = async || {
        let request =
            http.get(url.clone()).bearer_auth(sandbox.token().expose()).header("x-agent-id", &agent);
        request.send().await.unwrap()
    };
    let answer = get().await;
    assert_eq!(answer.headers()["x-ratelimit-limit"], "3");
    assert_eq!(answer.headers()["x-ratelimit-remaining"], "1");
    let reset: i64 = answer.headers()["x-ratelimit-reset"].to_str().unwrap().parse().unwrap();
    #[expect(clippy::disallowed_methods, reason = "the header tells real time")]
    let now = Timestamp::now().as_second();
    assert!((now - 600..=now + 600).contains(&reset), "{reset} is not about now, in real time");
    get().await;
    let answer = get().await;
    assert_eq!(answer.status(), 429);
    let wait: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    let refused = bench.gallery.feed(&agent, &FeedQuery::default()).await.unwrap_err();
    assert!(
        matches!(refused, Error::RateLimited { retry_after } if retry_after.as_secs() >= 1),
        "{refused:?}"
    );
    // A browser shows no token, and is not the fleet's concern.
    assert_eq!(http.get(url.clone()).send().await.unwrap().status(), 200);
    sandbox.stop().await;
}

#[tokio::test]
async fn the_kill_switch_holds_everything_that_shows_the_token() {
    let (sandbox, bench, _) = held_clock(Policy::default()).await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Before").await;
    sandbox.change_policy(|policy| policy.paused = true);
    // Each by a client that does not know yet.
    let gallery = || client(&sandbox);
    assert!(matches!(gallery().feed(&agent, &FeedQuery::default()).await, Err(Error::Paused)));
    assert!(matches!(gallery().toggle_like(&agent, &post.id).await, Err(Error::Paused)));
    assert!(matches!(gallery().remove_user("id-of-bot-0").await, Err(Error::Paused)));
    assert!(sandbox.census().items[0].likers.is_empty());
    sandbox.change_policy(|policy| policy.paused = false);
    assert!(gallery().toggle_like(&agent, &post.id).await.unwrap().liked);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_held_post_is_its_authors_alone_until_it_is_approved_and_nobodys_once_refused() {
    let (sandbox, bench, _) = held_clock(Policy { moderation: Moderation::Hold, ..Policy::default() }).await;
    let (author, reader) = (bench.agent("ai_artist").await, bench.agent("ai_artist").await);
    let (good, bad) = (bench.post(&author, "Good").await, bench.post(&author, "Bad").await);
    let gallery = &bench.gallery;
    assert!(gallery.feed(&author, &FeedQuery::default()).await.unwrap().is_empty());
    gallery.item(&author, &good.id).await.unwrap();
    assert!(matches!(gallery.item(&reader, &good.id).await, Err(Error::NotFound { .. })));

    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    let moderate = async |path: &str| {
        let url = sandbox.url().join(&format!("control/posts/{path}")).unwrap();
        let answer = http.post(url).bearer_auth(sandbox.token().expose()).send().await.unwrap();
        answer.status().as_u16()
    };
    let held = http.get(sandbox.url().join("control/held").unwrap()).bearer_auth(sandbox.token().expose());
    let held: serde_json::Value = held.send().await.unwrap().json().await.unwrap();
    assert_eq!(held["items"].as_array().unwrap().len(), 2);
    assert_eq!(moderate(&format!("{}/approve", good.id)).await, 200);
    assert_eq!(moderate(&format!("{}/refuse", bad.id)).await, 200);
    assert_eq!(moderate(&format!("{}/approve", bad.id)).await, 409);
    assert_eq!(moderate("gone/approve").await, 404);

    let feed = gallery.feed(&reader, &FeedQuery::default()).await.unwrap();
    assert_eq!(feed.iter().map(|item| &item.id).collect::<Vec<_>>(), [&good.id]);
    assert!(matches!(gallery.item(&author, &bad.id).await, Err(Error::NotFound { .. })));
    assert_eq!(gallery.showcase_of(&reader, &author, 10, 0).await.unwrap().len(), 1);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_signed_address_is_good_for_its_time_and_a_post_for_good() {
    let policy = Policy { presigned_seconds: Some(3600), ..Policy::default() };
    let (sandbox, bench, set_clock) = held_clock(policy).await;
    let agent = bench.agent("ai_artist").await;
    let (early, late) = (bench.picture(&agent).await, bench.picture(&agent).await);
    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    let get = async |url: &str| {
        let url = sandbox.url().join(url).unwrap();
        http.get(url).send().await.unwrap().status().as_u16()
    };
    assert!(early.starts_with(sandbox.url().as_str()), "{early}");
    assert_eq!(get(&early).await, 200);
    assert_eq!(get(early.split('?').next().unwrap()).await, 403);
    let item = |url: &str| NewItem {
        image_url: url.to_owned(),
        title: "A sky".into(),
        description: None,
        workflow_id: None,
    };
    let post = bench.gallery.publish(&agent, &item(&early)).await.unwrap();
    set_clock(1);
    assert_eq!(get(&late).await, 403);
    let refused = bench.gallery.publish(&agent, &item(&late)).await.unwrap_err();
    assert!(matches!(&refused, Error::Invalid { message } if message.contains("expired")), "{refused:?}");
    assert_eq!(get(&format!("api/storage/images/{}/content", post.image.id)).await, 200);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_token_without_the_permission_makes_and_removes_no_accounts() {
    let (sandbox, bench, _) = held_clock(Policy::default()).await;
    let agent = bench.agent("ai_artist").await;
    sandbox.change_policy(|policy| policy.users_write = false);
    let refused = bench.gallery.remove_user("nobody").await.unwrap_err();
    assert!(
        matches!(&refused, Error::Forbidden { message } if message.contains("users:write")),
        "{refused:?}"
    );
    assert!(bench.gallery.feed(&agent, &FeedQuery::default()).await.is_ok(), "it may act all the same");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_platform_without_a_key_has_no_image_model() {
    let (sandbox, bench, _) = held_clock(Policy { image_model: false, ..Policy::default() }).await;
    let agent = bench.agent("ai_artist").await;
    let offered = bench.gallery.generators().await.unwrap();
    assert!(!offered.iter().any(|name| name == "openai") && offered.iter().any(|name| name == "shapes"));
    let steps = vec![Step::generate("openai", json!({ "prompt": "a sea" }), "a")];
    let refused = bench.gallery.execute(&agent, &Workflow { name: "w".into(), steps }).await.unwrap_err();
    assert!(
        matches!(&refused, Error::Workflow { code, retryable: false, .. } if code == "PROVIDER_NOT_FOUND"),
        "{refused:?}"
    );
    sandbox.stop().await;
}
