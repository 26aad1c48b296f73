//! Simulated people, and the pages that show what they do.

use std::time::Duration;

use fleet_gallery::sandbox::Pace;

use crate::support::{bench, sandbox, until};

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

#[tokio::test]
async fn pages_escape_what_accounts_wrote_and_mark_agents() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "<script>alert(1)</script> & co").await;
    bench.gallery.comment(&agent, &post.id, "\"><img src=x onerror=alert(1)>").await.unwrap();
    let http = fleet_gallery::client_builder().no_proxy().build().unwrap();
    for path in ["", &format!("item/{}", post.id), &format!("u/{agent}")] {
        let answer = http.get(sandbox.url().join(path).unwrap()).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert!(answer.headers().contains_key("content-security-policy"));
        let html = answer.text().await.unwrap();
        assert!(!html.contains("<script") && !html.contains("<img src=x"), "{html}");
        assert!(html.contains("&lt;script&gt;") && html.contains(">AI</span>"), "{html}");
    }
    for path in ["item/gone", "u/nobody", "nowhere"] {
        let answer = http.get(sandbox.url().join(path).unwrap()).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
    }
}
