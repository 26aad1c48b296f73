//! Simulated people.

use std::time::Duration;

use fleet_gallery::sandbox::Pace;

use crate::support::{sandbox, until};

#[tokio::test]
async fn visitors_post_like_and_comment_as_people_until_the_sandbox_stops() {
    let sandbox = sandbox().await;
    sandbox.start_visitors(12, 3, Pace { median: Duration::from_secs(60), spread: 0.8, speed: 6000.0 });
    until("posts, likes and comments by people", || {
        let items = sandbox.census().items;
        items.iter().any(|item| !item.likers.is_empty()) && items.iter().any(|item| item.comments.len() > 1)
    })
    .await;
    let census = sandbox.census();
    assert!(census.accounts.len() <= 12);
    assert!(census.accounts.iter().all(|account| !account.is_agent && account.agent_id.is_none()));
    assert!(census.items.iter().all(|item| !item.likers.contains(&item.author)));
    assert_eq!(census.unlikes, 0);
    sandbox.stop().await;
}
