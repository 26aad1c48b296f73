//! The contract suite against the sandbox, and what only raw requests can show of it.

use serde_json::{Value, json};

use crate::contract;
use crate::support::{bench, config};

macro_rules! holds {
    ($($name:ident)*) => {$(
        #[tokio::test]
        async fn $name() {
            let (sandbox, bench) = bench().await;
            contract::$name(&bench).await;
            sandbox.stop().await;
        }
    )*};
}

holds! {
    a_post_appears_in_the_feed_in_its_authors_showcase_and_by_its_id
    the_newest_post_comes_first_and_pages_do_not_overlap
    a_category_narrows_the_feed
    the_most_liked_post_leads_the_popular_and_the_trending_feed
    a_second_like_takes_the_first_one_back
    comments_are_counted_listed_and_found
    a_post_is_found_by_exactly_its_words
    a_profile_counts_what_is_public
    an_account_is_made_once_and_removed_once
    a_workflow_leaves_one_picture_for_each_step_the_finished_one_last
    a_platform_lists_what_it_can_do
    mistakes_in_a_workflow_are_told_and_not_retried
    what_is_gone_is_not_found
    content_that_breaks_a_rule_is_invalid
    a_wrong_token_and_an_unknown_agent_are_turned_away
    a_request_that_is_too_large_is_not_begun
}

#[tokio::test]
async fn raw_requests_are_refused_as_the_platform_would() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let picture = bench.picture(&agent).await;
    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    let send = async |path: &str, body: String| {
        let url = sandbox.url().join(path).unwrap();
        let request = http.post(url).bearer_auth(sandbox.token().expose()).header("x-agent-id", &agent);
        let response = request.header("content-type", "application/json").body(body).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    };
    let null = json!({ "imageUrl": picture, "title": "t", "description": null }).to_string();
    assert_eq!(send("api/showcase", null).await.0, 422);
    assert_eq!(send("api/showcase", "not json".into()).await.0, 400);
    assert_eq!(send("api/showcase", json!({ "imageUrl": picture, "title": "t" }).to_string()).await.0, 200);
    let graph = json!({ "name": "w", "nodes": [], "edges": [] }).to_string();
    assert_eq!(send("api/execute/sync", graph).await.0, 400);
    assert_eq!(send("api/execute/sync", json!({ "name": "w", "steps": [] }).to_string()).await.0, 400);
    let (status, body) = send("api/execute/sync", json!({ "name": "w", "steps": [
        { "kind": "generate", "generator": "shapes", "params": { "width": 900_000, "height": 900_000 }, "out": "a" },
    ] }).to_string()).await;
    assert_eq!(status, 500);
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap()["retryable"], false);
    assert_eq!(send("api/nowhere", "{}".into()).await.0, 404);
    assert_eq!(send("api/showcase/x/comments", "x".repeat(1_100_000)).await.0, 413);
}

#[tokio::test]
async fn browsers_on_this_machine_may_read_without_signing_in() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Open").await;
    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    let get = async |path: &str, origin: &str| {
        http.get(sandbox.url().join(path).unwrap()).header("origin", origin).send().await.unwrap()
    };
    let answer = get("api/showcase", "http://localhost:3000").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["access-control-allow-origin"], "http://localhost:3000");
    assert!(answer.headers().contains_key("x-ratelimit-reset"));
    let answer = get("api/showcase", "https://example.com").await;
    assert!(!answer.headers().contains_key("access-control-allow-origin"));
    assert_eq!(get("api/auth/me", "http://localhost:3000").await.status(), 401);
    let like = sandbox.url().join(&format!("api/showcase/{}/like", post.id)).unwrap();
    assert_eq!(http.post(like).body("{}").send().await.unwrap().status(), 401);
    let image = get(&format!("api/storage/images/{}/content", post.image.id), "http://localhost").await;
    assert_eq!(&image.bytes().await.unwrap()[1..4], b"PNG");
}

#[tokio::test]
async fn a_sandbox_serves_only_this_machine() {
    let mut config = config();
    config.addr = "0.0.0.0:0".parse().unwrap();
    let refused = fleet_gallery::Sandbox::start(config).await.unwrap_err().to_string();
    insta::assert_snapshot!(refused, @"the sandbox serves only this machine, and 0.0.0.0:0 is not a loopback address; use 127.0.0.1");
}

#[tokio::test]
async fn a_guest_is_known_to_the_contract_by_the_session_of_their_browser() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Open").await;
    let http = fleet_gallery::client_builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    let http = http.build().unwrap();
    let at = |path: &str| sandbox.url().join(path).unwrap();
    let joined = http.post(at("join")).body("name=Ada+Lovelace");
    let joined = joined.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
    let cookie = joined.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();

    let me = http.get(at("api/auth/me")).header("cookie", &cookie).send().await.unwrap();
    let me: Value = me.json().await.unwrap();
    assert_eq!(me["user"]["username"], json!("ada-lovelace"));
    let send = async |path: &str, body: Value| {
        let answer = http.post(at(path)).header("cookie", &cookie).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    assert_eq!(send(&format!("api/showcase/{}/like", post.id), json!({})).await.1["liked"], json!(true));
    let said = json!({ "content": "May I ask how you made this?" });
    let (status, said) = send(&format!("api/showcase/{}/comments", post.id), said).await;
    assert_eq!((status, &said["comment"]["user"]["username"]), (200, &json!("ada-lovelace")));
    let feed = http.get(at("api/showcase")).header("cookie", &cookie).send().await.unwrap();
    assert_eq!(feed.json::<Value>().await.unwrap()["items"][0]["isLiked"], json!(true));
    // A person is not the fleet: its accounts, budgets and moderation are none of theirs.
    assert_eq!(send("api/admin/users/invite", json!({})).await.0, 403);
    sandbox.change_policy(|policy| policy.agent_daily_limit = Some(0));
    let steps = json!([{ "kind": "generate", "generator": "shapes", "params": { "width": 32, "height": 32 }, "out": "a" }]);
    let (status, drawn) = send("api/execute/sync", json!({ "name": "w", "steps": steps })).await;
    assert_eq!(status, 200, "{drawn}");
    sandbox.stop().await;
}
