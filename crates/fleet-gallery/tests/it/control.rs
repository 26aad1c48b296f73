//! The control, through which another process sets what a running sandbox allows and what goes wrong in it.

use fleet_gallery::sandbox::Census;
use fleet_gallery::{Error, FeedQuery, Sandbox};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::bench;

/// Asks the control, and returns the status and the answer.
async fn ask(sandbox: &Sandbox, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    let url = sandbox.url().join(&format!("control/{path}")).unwrap();
    let request = http.request(method, url).bearer_auth(sandbox.token().expose());
    let request = body.map_or(request.try_clone().unwrap(), |body| request.json(&body));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_policy_is_read_and_changed_while_the_sandbox_runs() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let (status, policy) = ask(&sandbox, Method::GET, "policy", None).await;
    assert_eq!(status, 200);
    // Whether an object keeps its order depends on what the test is built with.
    insta::with_settings!({sort_maps => true}, {
        insta::assert_json_snapshot!(policy, @r#"
        {
          "agentDailyLimit": null,
          "agentMonthlyLimit": null,
          "fleetDailyBudget": null,
          "fleetMonthlyBudget": null,
          "imageModel": true,
          "moderation": "open",
          "paused": false,
          "presignedSeconds": null,
          "requestsPerMinute": 60000,
          "usersWrite": true
        }
        "#);
    });
    let (status, changed) = ask(&sandbox, Method::PATCH, "policy", Some(json!({ "paused": true }))).await;
    assert_eq!((status, &changed["paused"]), (200, &json!(true)));
    assert!(matches!(bench.gallery.feed(&agent, &FeedQuery::default()).await, Err(Error::Paused)));
    let wrong = json!({ "paused": false, "moderation": "maybe" });
    let (status, refused) = ask(&sandbox, Method::PATCH, "policy", Some(wrong)).await;
    assert_eq!(status, 422);
    assert!(refused["error"].as_str().unwrap().contains("`moderation` cannot be \"maybe\""), "{refused}");
    assert!(sandbox.policy().paused, "a change is made whole or not at all");
    sandbox.stop().await;
}

#[tokio::test]
async fn faults_are_added_listed_and_cleared_while_the_sandbox_runs() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let faults = json!(["feed:status=503:2", { "route": "like", "agent": agent, "trouble": "cut" }]);
    let (status, all) = ask(&sandbox, Method::POST, "faults", Some(faults)).await;
    assert_eq!((status, all.as_array().unwrap().len()), (200, 2));
    let feed = async || bench.gallery.feed(&agent, &FeedQuery::default()).await;
    assert!(matches!(feed().await, Err(Error::Server { status: 503, .. })));
    let (_, all) = ask(&sandbox, Method::GET, "faults", None).await;
    assert_eq!(all[0]["times"], json!(1));
    let (_, all) = ask(&sandbox, Method::DELETE, "faults", None).await;
    assert_eq!(all, json!([]));
    feed().await.unwrap();
    for wrong in [
        json!("feed:explode"),
        json!({ "route": "feed" }),
        json!({ "trouble": "cut", "times": 0 }),
        json!(["feed:cut", 7]),
    ] {
        let (status, refused) = ask(&sandbox, Method::POST, "faults", Some(wrong)).await;
        assert_eq!((status, &refused["code"]), (422, &json!("invalid")));
    }
    assert_eq!(sandbox.faults().remaining(), 0, "of several, none is added if one is wrong");
    sandbox.stop().await;
}

#[tokio::test]
async fn the_census_and_the_requests_are_read_by_another_process_as_well() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Counted").await;
    bench.gallery.comment(&agent, &post.id, "mine").await.unwrap();
    let (_, census) = ask(&sandbox, Method::GET, "census", None).await;
    assert_eq!(serde_json::from_value::<Census>(census).unwrap(), sandbox.census());
    let (_, requests) = ask(&sandbox, Method::GET, "requests", None).await;
    let requests = requests["requests"].as_array().unwrap();
    let last = requests.last().unwrap();
    assert_eq!(
        (&last["route"], &last["status"], &last["agent"]),
        (&json!("comment"), &json!(200), &json!(agent))
    );
    assert_eq!(last["effect"]["commented"]["item"], json!(post.id));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_name_that_was_made_to_point_here_opens_nothing() {
    let (sandbox, _) = bench().await;
    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    for path in ["", "api/showcase", "control/policy", "join"] {
        let ask = async |host: &str| {
            let request = http.get(sandbox.url().join(path).unwrap()).header("host", host);
            request.send().await.unwrap().status().as_u16()
        };
        assert_eq!(ask("evil.example").await, 421, "{path}");
        assert_ne!(ask("localhost").await, 421, "{path}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn the_control_opens_to_the_token_alone() {
    let (sandbox, _) = bench().await;
    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    for path in ["policy", "faults", "census", "nothing"] {
        let url = sandbox.url().join(&format!("control/{path}")).unwrap();
        assert_eq!(http.get(url.clone()).send().await.unwrap().status(), 401, "{path}");
        assert_eq!(http.get(url).bearer_auth("fst_wrong").send().await.unwrap().status(), 401, "{path}");
    }
    assert_eq!(ask(&sandbox, Method::GET, "nothing", None).await.0, 404);
    sandbox.stop().await;
}
