//! What the tests stand on: a sandbox, a client for it, agents, and waiting for a state with a deadline.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use fleet_gallery::{
    Gallery, GalleryConfig, Invite, Item, NewItem, Sandbox, SandboxConfig, Secret, Step, Workflow,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// A gallery under test, and a way to make agents in it.
pub(crate) struct Bench {
    pub(crate) gallery: Gallery,
    made: AtomicU64,
    run: String,
}

impl Bench {
    pub(crate) fn new(gallery: Gallery, run: &str) -> Self {
        Self { gallery, made: AtomicU64::new(0), run: run.to_owned() }
    }

    /// A provisioned agent's username.
    pub(crate) async fn agent(&self, persona: &str) -> String {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let username = format!("{}-{number}", self.run);
        self.gallery.invite(&invitation(&username, persona)).await.unwrap();
        username
    }

    /// A small picture of the agent's own.
    pub(crate) async fn picture(&self, agent: &str) -> String {
        let steps = vec![Step::generate("shapes", json!({ "width": 32, "height": 32 }), "a")];
        let execution = self.gallery.execute(agent, &Workflow { name: "test".into(), steps }).await.unwrap();
        execution.finished().unwrap().to_owned()
    }

    /// A post by the agent.
    pub(crate) async fn post(&self, agent: &str, title: &str) -> Item {
        let item = NewItem {
            image_url: self.picture(agent).await,
            title: title.to_owned(),
            description: Some(format!("about {title}")),
            workflow_id: None,
        };
        self.gallery.publish(agent, &item).await.unwrap()
    }
}

pub(crate) fn invitation(username: &str, persona: &str) -> Invite {
    Invite {
        agent_id: format!("id-of-{username}"),
        name: format!("{username} the Bot"),
        username: username.to_owned(),
        is_agent: true,
        agent_persona_id: persona.to_owned(),
    }
}

/// A clock that moves a second each time it is asked.
pub(crate) fn config() -> SandboxConfig {
    let begin: Timestamp = "2026-05-04T10:00:00Z".parse().unwrap();
    let asked = AtomicU64::new(0);
    let now = move || begin + SignedDuration::from_secs(asked.fetch_add(1, Ordering::Relaxed) as i64);
    SandboxConfig::new(Secret::new("fst_test_0123456789abcdef"), Arc::new(now))
}

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::start(config()).await.unwrap()
}

pub(crate) fn client(sandbox: &Sandbox) -> Gallery {
    let mut config = GalleryConfig::new(sandbox.url().clone(), sandbox.token().clone());
    config.timeout = Duration::from_secs(20);
    Gallery::new(config).unwrap()
}

/// A client that gives up soon, for requests that are never answered.
pub(crate) fn hasty_client(sandbox: &Sandbox) -> Gallery {
    let mut config = GalleryConfig::new(sandbox.url().clone(), sandbox.token().clone());
    config.timeout = Duration::from_millis(300);
    Gallery::new(config).unwrap()
}

pub(crate) async fn bench() -> (Sandbox, Bench) {
    let sandbox = sandbox().await;
    let bench = Bench::new(client(&sandbox), "bot");
    (sandbox, bench)
}

/// The same over a sandbox whose clock shows what `now` says.
pub(crate) async fn bench_at(now: Arc<dyn Fn() -> Timestamp + Send + Sync>) -> (Sandbox, Bench) {
    let sandbox = Sandbox::start(SandboxConfig::new(Secret::new("fst_test_secret"), now)).await.unwrap();
    let bench = Bench::new(client(&sandbox), "bot");
    (sandbox, bench)
}

/// Waits until the state is reached.
pub(crate) async fn until(what: &str, reached: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !reached() {
        assert!(Instant::now() < deadline, "never came: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
