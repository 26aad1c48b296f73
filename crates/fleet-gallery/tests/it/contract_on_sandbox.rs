//! What only raw requests can show of how the sandbox keeps the contract.

use fleet_gallery::NewItem;
use serde_json::{Value, json};

use crate::support::{bench, config};

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

/// The shape of an answer: what kind of value stands where.
fn shape(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "bool".into(),
        Value::Number(_) => "number".into(),
        Value::String(text) if text.parse::<jiff::Timestamp>().is_ok() => "moment".into(),
        Value::String(text) if text.starts_with("data:image/") => "picture".into(),
        Value::String(_) => "text".into(),
        Value::Array(values) => format!("[{}]", values.first().map(shape).unwrap_or_default()),
        Value::Object(fields) => {
            // Names of variables and pictures are not part of the shape.
            let is_id = |name: &str| name.len() == 32 && name.chars().all(|c| c.is_ascii_hexdigit());
            let field = |(name, value): (&String, &Value)| {
                format!("{}:{}", if is_id(name) { "ID" } else { name }, shape(value))
            };
            // Whether an object keeps its order depends on what the test is built with.
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(name, _)| *name);
            format!("{{{}}}", sorted.into_iter().map(field).collect::<Vec<_>>().join(" "))
        }
    }
}

#[tokio::test]
async fn every_call_of_the_contract_is_answered_in_its_shape() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "A sea").await;
    bench.gallery.comment(&agent, &post.id, "Calm.").await.unwrap();
    let picture = bench.picture(&agent).await;
    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    let ask = async |method: &str, path: &str, body: Option<Value>| {
        let url = sandbox.url().join(path).unwrap();
        let request = http.request(method.parse().unwrap(), url).bearer_auth(sandbox.token().expose());
        let request = request.header("x-agent-id", &agent);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        let shape = if kind == "application/json" { shape(&answer.json().await.unwrap()) } else { kind };
        format!("{method} {path} {status} {shape}").replace(&post.id, "ID").replace(&post.image.id, "ID")
    };
    let invite = json!({
        "agentId": "7", "name": "Seven (AI)", "username": "seven", "isAgent": true, "agentPersonaId": "ai_artist",
    });
    let steps = json!([
        { "kind": "generate", "generator": "shapes", "params": { "width": 32, "height": 32 }, "out": "a" },
        { "kind": "transform", "op": "blur", "in": "a", "params": {}, "out": "b" },
        { "kind": "save", "in": "b", "destination": "./b.png" },
    ]);
    let wrong = json!([{ "kind": "transform", "op": "adjust", "in": "a", "params": {}, "out": "b" }]);
    let new = json!({ "imageUrl": picture, "title": "New", "description": "Yes", "workflowId": "w1" });
    let calls = [
        ("GET", "api/showcase?limit=1&sort=trending&category=ai-workflows".to_owned(), None),
        ("GET", format!("api/showcase/{}", post.id), None),
        ("POST", "api/showcase".into(), Some(new)),
        ("POST", format!("api/showcase/{}/like", post.id), Some(json!({}))),
        ("GET", format!("api/showcase/{}/comments?limit=5&offset=0", post.id), None),
        ("POST", format!("api/showcase/{}/comments", post.id), Some(json!({ "content": "Quiet." }))),
        ("GET", format!("api/users/{agent}"), None),
        ("GET", format!("api/users/{agent}/showcase"), None),
        ("GET", "api/auth/me".into(), None),
        ("GET", format!("api/storage/images/{}/content", post.image.id), None),
        ("POST", "api/execute/sync".into(), Some(json!({ "name": "w", "steps": steps }))),
        ("POST", "api/execute/sync".into(), Some(json!({ "name": "w", "steps": wrong }))),
        ("POST", "api/admin/users/invite".into(), Some(invite)),
        ("DELETE", "api/admin/users/7".into(), None),
        ("DELETE", "api/admin/users/7".into(), None),
    ];
    let mut answers = Vec::new();
    for (method, path, body) in calls {
        answers.push(ask(method, &path, body).await);
    }
    insta::assert_snapshot!(answers.join("\n"), @"
    GET api/showcase?limit=1&sort=trending&category=ai-workflows 200 {items:[{category:text commentCount:number createdAt:moment description:text id:text image:{id:text} isLiked:bool likeCount:number title:text user:{id:text name:text username:text} viewCount:number workflowShared:bool}]}
    GET api/showcase/ID 200 {item:{category:text commentCount:number createdAt:moment description:text id:text image:{id:text} isLiked:bool likeCount:number title:text user:{id:text name:text username:text} viewCount:number workflowShared:bool}}
    POST api/showcase 200 {showcaseItem:{category:text commentCount:number createdAt:moment description:text id:text image:{id:text} isLiked:bool likeCount:number title:text user:{id:text name:text username:text} viewCount:number workflowShared:bool}}
    POST api/showcase/ID/like 200 {likeCount:number liked:bool}
    GET api/showcase/ID/comments?limit=5&offset=0 200 {comments:[{content:text createdAt:moment id:text user:{id:text name:text username:text}}]}
    POST api/showcase/ID/comments 200 {comment:{content:text createdAt:moment id:text user:{id:text name:text username:text}}}
    GET api/users/bot-0 200 {stats:{publicImages:number publicProjects:number publicWorkflows:number showcaseItems:number} user:{createdAt:moment id:text name:text username:text}}
    GET api/users/bot-0/showcase 200 {showcase:[{description:text id:text title:text}]}
    GET api/auth/me 401 {error:{code:text message:text}}
    GET api/storage/images/ID/content 200 image/png
    POST api/execute/sync 200 {dataOutputs:{} imageIds:[text] imageUrls:[text] previews:{ID:picture ID:picture} status:text usageEvents:[]}
    POST api/execute/sync 500 {error:text errorCategory:text errorCode:text retryable:bool status:text}
    POST api/admin/users/invite 200 {created:bool id:text username:text}
    DELETE api/admin/users/7 200 {deleted:bool}
    DELETE api/admin/users/7 404 {error:text}
    ");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_feed_has_twenty_posts_unless_told_otherwise_and_an_unknown_category_none() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    for number in 0..22 {
        bench.post(&agent, &format!("Sky {number}")).await;
    }
    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    let count = async |query: &str| {
        let url = sandbox.url().join(&format!("api/showcase{query}")).unwrap();
        let answer: Value = http.get(url).send().await.unwrap().json().await.unwrap();
        answer["items"].as_array().map(Vec::len)
    };
    assert_eq!(count("").await, Some(20));
    assert_eq!(count("?offset=20").await, Some(2));
    assert_eq!(count("?limit=1000&offset=0").await, Some(22));
    assert_eq!(count("?offset=99999999").await, Some(0));
    assert_eq!(count("?category=sculpture").await, Some(0));
    assert_eq!(count("?limit=-1").await, None);
    assert_eq!(count("?sort=best").await, None);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_look_is_counted_and_a_shared_workflow_told() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let image_url = bench.picture(&agent).await;
    let new =
        NewItem { image_url, title: "Shared".into(), description: None, workflow_id: Some("w1".into()) };
    let post = bench.gallery.publish(&agent, &new).await.unwrap();
    assert!(post.workflow_shared);
    for views in 1..=2 {
        assert_eq!(bench.gallery.item(&agent, &post.id).await.unwrap().view_count, views);
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn a_browser_asks_first_and_is_told_what_a_page_of_this_machine_may_send() {
    let (sandbox, _) = bench().await;
    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    let ask = async |origin: &str| {
        let url = sandbox.url().join("api/showcase/x/like").unwrap();
        let request = http.request(reqwest::Method::OPTIONS, url).header("origin", origin);
        let request = request.header("access-control-request-method", "POST");
        request.header("access-control-request-headers", "content-type").send().await.unwrap()
    };
    let answer = ask("http://127.0.0.1:3000").await;
    assert_eq!(answer.status(), 204);
    assert_eq!(answer.headers()["access-control-allow-origin"], "http://127.0.0.1:3000");
    assert_eq!(answer.headers()["access-control-allow-credentials"], "true");
    assert_eq!(answer.headers()["access-control-allow-methods"], "GET, POST, DELETE");
    assert_eq!(answer.headers()["access-control-allow-headers"], "authorization, content-type, x-agent-id");
    assert!(!ask("http://127.0.0.1.example.com").await.headers().contains_key("access-control-allow-origin"));
    sandbox.stop().await;
}
