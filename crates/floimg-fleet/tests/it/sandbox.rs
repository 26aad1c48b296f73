//! `fleet sandbox`: a gallery of its own in a process of its own, as its owner sets it.

use std::time::Duration;

use fleet_gallery::{
    Error, FeedQuery, Gallery, GalleryConfig, Invite, NewItem, Secret, Step, Workflow, client_builder,
};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::shell::{Running, Shell};

const TOKEN: &str = "fst_test_0123456789";

/// A sandbox that runs, and where.
fn sandbox(shell: &Shell, options: &[&str]) -> (Running, Gallery) {
    let arguments = [&["sandbox", "--port", "0", "--service-token", TOKEN], options].concat();
    let mut running = shell.begin(&arguments);
    let line = running.line();
    let url = line.strip_prefix("gallery  ").unwrap_or_else(|| panic!("no address in `{line}`"));
    let gallery = Gallery::new(GalleryConfig::new(url.parse().unwrap(), Secret::new(TOKEN))).unwrap();
    (running, gallery)
}

/// An agent with an account.
async fn agent(gallery: &Gallery) -> &'static str {
    let invite = Invite {
        agent_id: "1".into(),
        name: "Ada (AI)".into(),
        username: "ada".into(),
        is_agent: true,
        agent_persona_id: "ai_artist".into(),
    };
    gallery.invite(&invite).await.unwrap();
    "ada"
}

async fn draw(gallery: &Gallery) -> Result<String, Error> {
    let steps = vec![Step::generate("shapes", json!({ "width": 32, "height": 32 }), "a")];
    let execution = gallery.execute("ada", &Workflow { name: "test".into(), steps }).await?;
    Ok(execution.finished().unwrap().to_owned())
}

#[tokio::test]
async fn its_platform_is_set_by_options_and_then_by_its_control() {
    let shell = Shell::new();
    let limits = ["--fleet-daily-budget", "1", "--hold-posts", "--signed-addresses", "1h"];
    let faults = ["--fault", "feed:status=503", "--fault", "like:cut:2"];
    let (running, gallery) = sandbox(&shell, &[&limits[..], &faults].concat());
    let ada = agent(&gallery).await;
    let picture = draw(&gallery).await.unwrap();
    assert!(picture.contains("signature="), "{picture}");
    assert!(matches!(draw(&gallery).await, Err(Error::FleetLimited { reset_at: Some(_) })));
    let feed = async || gallery.feed(ada, &FeedQuery::default()).await;
    assert!(matches!(feed().await, Err(Error::Server { status: 503, .. })));
    let item = NewItem { image_url: picture, title: "Held".into(), description: None, workflow_id: None };
    let post = gallery.publish(ada, &item).await.unwrap();
    assert!(feed().await.unwrap().is_empty());

    let http = client_builder().no_proxy().build().unwrap();
    let control = |path: &str| gallery.base_url().join(&format!("control/{path}")).unwrap();
    let lifted = http
        .patch(control("policy"))
        .bearer_auth(TOKEN)
        .json(&json!({ "fleetDailyBudget": null }))
        .send()
        .await
        .unwrap();
    let policy: Value = lifted.json().await.unwrap();
    assert_eq!((&policy["fleetDailyBudget"], &policy["moderation"]), (&Value::Null, &json!("hold")));
    draw(&gallery).await.unwrap();
    let approve = control(&format!("posts/{}/approve", post.id));
    assert_eq!(http.post(approve).bearer_auth(TOKEN).send().await.unwrap().status(), 200);
    assert_eq!(feed().await.unwrap().len(), 1);
    assert_eq!(running.interrupt(), 0);
}

#[tokio::test]
async fn what_it_keeps_outlives_a_kill_and_its_clock_never_goes_back() {
    let shell = Shell::new();
    let mut before: Option<Timestamp> = None;
    for round in 1..=3 {
        let (running, gallery) = sandbox(&shell, &["--keep", "--speed", "3600"]);
        let ada = agent(&gallery).await;
        let item = NewItem {
            image_url: draw(&gallery).await.unwrap(),
            title: format!("Post {round}"),
            description: None,
            workflow_id: None,
        };
        let post = gallery.publish(ada, &item).await.unwrap();
        assert!(before.is_none_or(|before| before < post.created_at), "{before:?} {}", post.created_at);
        before = Some(post.created_at);
        assert_eq!(gallery.feed(ada, &FeedQuery::default()).await.unwrap().len(), round);
        // Dropping it is a kill -9.
        drop(running);
    }
}

#[test]
fn an_option_that_cannot_be_meant_is_refused_with_what_may_stand_there() {
    let shell = Shell::new();
    let told = |options: &[&str]| shell.fails(2, &[&["sandbox", "--port", "0"], options].concat());
    assert!(told(&["--fault", "likes:cut"]).contains("there is no route `likes`"));
    assert!(told(&["--speed", "0"]).contains("must be a number from 0.1 to 3600"));
    assert!(told(&["--signed-addresses", "soon"]).contains("must be a span of time"));
    assert!(told(&["--signed-addresses", "0s"]).contains("must be a second at the least"));
    assert!(told(&["--requests-per-minute", "0"]).contains("0 is not in 1.."));
    assert!(told(&["--fleet-daily-budget", "some"]).contains("--fleet-daily-budget"));
}

#[test]
fn time_runs_fast_against_a_sandbox_alone() {
    let shell = Shell::new().with("FLOIMG_SERVICE_TOKEN", TOKEN);
    // A server that has nothing of a sandbox's, as a real gallery.
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", other.local_addr().unwrap());
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        while let Ok((mut client, _)) = other.accept() {
            _ = client.read(&mut [0; 4_096]);
            _ = client
                .write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");
        }
    });
    let serve =
        |more: &[&str]| shell.fails(2, &[&["serve", "--headless", "--gallery-url", &url], more].concat());
    let refused = serve(&["--speed", "60"]);
    assert!(refused.contains("is no sandbox") && refused.contains("`--speed` must be 1"), "{refused}");
    for odd in ["0s", "3m", "soon"] {
        assert!(serve(&["--request-timeout", odd]).contains("must be "), "{odd}");
    }
}

#[tokio::test]
async fn it_says_where_it_is_and_makes_a_token_of_its_own() {
    // A token that is there and empty counts as none.
    let shell = Shell::new().with("FLOIMG_SERVICE_TOKEN", "");
    let mut running = shell.begin(&["sandbox", "--port", "0"]);
    let (token, address) = (running.line(), running.line());
    let token = token.strip_prefix("token    ").unwrap();
    let url = address.strip_prefix("gallery  ").unwrap().parse().unwrap();
    let gallery = Gallery::new(GalleryConfig::new(url, Secret::new(token))).unwrap();
    assert_eq!(agent(&gallery).await, "ada");
    running.signal("TERM");
    assert_eq!(running.end_within(Duration::from_secs(10)), 0);
}
