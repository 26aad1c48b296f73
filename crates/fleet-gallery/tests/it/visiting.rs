//! Simulated people in a gallery that runs.

use std::sync::Arc;
use std::time::Instant;

use fleet_gallery::sandbox::{VisitorScript, Visitors};
use fleet_gallery::{Sandbox, SandboxConfig, Secret};
use jiff::{SignedDuration, Timestamp};

use crate::support::until;

const SPEED: f64 = 7_200.0;

/// A sandbox in which two hours pass in a second.
async fn fast() -> Sandbox {
    let (begin, began): (Timestamp, Instant) = ("2026-05-04T16:00:00Z".parse().unwrap(), Instant::now());
    let passed = move || SignedDuration::try_from(began.elapsed().mul_f64(SPEED)).unwrap();
    let token = Secret::new("fst_test_0123456789abcdef");
    Sandbox::start(SandboxConfig::new(token, Arc::new(move || begin + passed()))).await.unwrap()
}

#[tokio::test]
async fn visitors_post_like_and_comment_as_people_until_the_sandbox_stops() {
    let sandbox = fast().await;
    sandbox.start_visitors(&Visitors { speed: SPEED, ..Visitors::new(40, 3) });
    until("posts, likes and comments by people", || {
        let items = sandbox.census().items;
        items.iter().any(|item| item.likers.len() > 1) && items.iter().any(|item| item.comments.len() > 1)
    })
    .await;
    let census = sandbox.census();
    assert!(census.accounts.len() <= 40);
    assert!(census.accounts.iter().all(|account| !account.is_agent && account.agent_id.is_none()));
    assert!(census.items.iter().all(|item| !item.likers.contains(&item.author)));
    assert_eq!(census.unlikes, 0);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_script_that_falls_silent_leaves_a_gallery_that_still_stops() {
    let sandbox = fast().await;
    let script =
        VisitorScript::parse(r#"[{"after":"0h","rate":2,"join":10},{"after":"3h","rate":0}]"#).unwrap();
    sandbox.start_visitors(&Visitors { script, speed: SPEED, ..Visitors::new(0, 5) });
    until("some of ten newcomers", || !sandbox.census().accounts.is_empty()).await;
    assert!(sandbox.census().accounts.len() <= 10);
    sandbox.stop().await;
}
