//! Simulated people in a gallery that runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

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

/// Lets everybody whose time has come have their turn: at this speed nobody sleeps for longer than a millisecond, and
/// all of them share a thread with the test.
async fn turns(rounds: usize) {
    for _ in 0..rounds {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn a_script_that_falls_silent_leaves_a_gallery_that_still_stops() {
    let begin: Timestamp = "2026-05-04T16:00:00Z".parse().unwrap();
    for (rate, goes_on) in [(0, false), (1, true)] {
        let minutes = Arc::new(AtomicI64::new(0));
        let hand = Arc::clone(&minutes);
        let now = move || begin + SignedDuration::from_mins(hand.load(Ordering::Relaxed));
        let token = Secret::new("fst_test_0123456789abcdef");
        let sandbox = Sandbox::start(SandboxConfig::new(token, Arc::new(now))).await.unwrap();
        let script = format!(r#"[{{"after":"0h","rate":2,"join":10}},{{"after":"3h","rate":{rate}}}]"#);
        let script = VisitorScript::parse(&script).unwrap();
        sandbox.start_visitors(&Visitors { script, speed: 1e9, ..Visitors::new(0, 5) });
        // A picture in the making may still be finished, so posts are not counted.
        let done = || {
            let census = sandbox.census();
            let acts = census.items.iter().map(|item| item.likers.len() + item.comments.len());
            (census.accounts.len(), acts.sum::<usize>())
        };
        for minute in 0..=181 {
            minutes.store(minute, Ordering::Relaxed);
            turns(2).await;
        }
        turns(100).await;
        let before = done();
        assert!((1..=10).contains(&before.0), "{before:?}");
        for hour in 4..=51 {
            minutes.store(hour * 60, Ordering::Relaxed);
            turns(10).await;
        }
        assert_eq!(done() != before, goes_on, "{before:?}, then {:?}", done());
        tokio::time::timeout(Duration::from_secs(60), sandbox.stop()).await.expect("it stops");
    }
}
