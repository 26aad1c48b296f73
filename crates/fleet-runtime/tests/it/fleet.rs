//! A fleet in a test: a fresh store, a sandbox, a brain that needs no network, and as many nodes as a test starts.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use fleet_bots::{
    Action, ActionFilter, ActionKind, Asked, Bot, Bots, Day, FleetTime, HourSpan, Interests, Micros, NewBot,
    Rhythm, Selection, SettingsChanges, Weights,
};
use fleet_brain::{Brain, Catalogue};
use fleet_gallery::sandbox::Request;
use fleet_gallery::{Gallery, GalleryConfig, Sandbox, SandboxConfig, Secret};
use fleet_runtime::{FleetClock, Node, NodeConfig, Shutdown};
use tokio::task::JoinHandle;

use crate::store::{TestStore, until, within};

/// How fast the residents of a test live.
const SPEED: f64 = 600.0;

/// See the file's head.
pub(crate) struct TestFleet<'a> {
    pub(crate) store: &'a TestStore,
    pub(crate) bots: Bots,
    pub(crate) sandbox: Sandbox,
    clock: FleetClock,
    /// Who thinks for its bots, where it is not the offline generator.
    brain: Option<Brain>,
    pub(crate) config: NodeConfig,
    /// How long a picture may take; drawing takes long where many do it at once.
    pub(crate) workflow_timeout: Duration,
    pub(crate) catalogue: Arc<Catalogue>,
}

/// A node that runs.
pub(crate) struct TestNode {
    pub(crate) shutdown: Shutdown,
    task: JoinHandle<fleet_bots::Result<()>>,
}

impl<'a> TestFleet<'a> {
    /// A fleet without bots or nodes.
    pub(crate) async fn over(store: &'a TestStore) -> Self {
        let noon: FleetTime = "2026-03-05T12:00:00Z".parse::<jiff::Timestamp>().unwrap().into();
        let clock = FleetClock::fast(noon, SPEED);
        let now = Arc::new(move || clock.now().timestamp());
        let sandbox = Sandbox::start(SandboxConfig::new(Secret::new("fst_test_secret"), now)).await.unwrap();
        let config = NodeConfig {
            name: "test".into(),
            // A machine that stalls for a moment is no node that died.
            lease_ttl: Duration::from_secs(15),
            request_timeout: Duration::from_secs(5),
            late_landing: Duration::from_secs(1),
            drawing: 2,
            probe: Duration::from_millis(400),
            seed: 7,
        };
        let catalogue = Arc::new(Catalogue::built_in());
        let bots = store.bots.clone();
        let workflow_timeout = Duration::from_secs(20);
        let fleet = Self { store, bots, sandbox, clock, brain: None, config, workflow_timeout, catalogue };
        // Restless bots do in a minute what a cap allows for a day; those who test caps set their own, and those who test
        // that likes are off take the word back.
        let without_caps = SettingsChanges {
            likes_confirmed: Some(true),
            person_bots: Some(1_000),
            person_comments: Some(1_000),
            post_comments: Some(1_000),
            thread_replies: Some(1_000),
            reaction_floor_s: Some(0),
            bot_posts: Some(0),
            bot_comments: Some(0),
            bot_likes: Some(0),
            bot_picture_day: Some(Micros::dollars(10_000)),
            fleet_picture_day: Some(Micros::dollars(10_000)),
            fleet_picture_month: Some(Micros::dollars(10_000)),
            ..SettingsChanges::default()
        };
        fleet.bots.change_settings(without_caps, &fleet.asked()).await.unwrap();
        fleet
    }

    /// Makes bots that are awake around the clock and act every few seconds of their time, and starts them.
    pub(crate) async fn with_bots(&self, count: usize, weights: Weights) -> Vec<Bot> {
        let new = (0..count).map(|index| restless(index, weights)).collect();
        let made = self.bots.create_bots(new, &self.asked()).await.unwrap();
        let ids = made.iter().map(|bot| bot.id).collect();
        self.bots.start_bots(&Selection::Ids(ids), &self.asked()).await.unwrap();
        made
    }

    /// Starts a node, with a gateway of its own where the store can bear more than one.
    pub(crate) async fn start_node(&self) -> TestNode {
        let bots = if self.store.is_sqlite() { self.bots.clone() } else { self.store.another().await };
        self.start_node_with(bots).await
    }

    /// Starts a node in the process that `bots` is the gateway of.
    pub(crate) async fn start_node_with(&self, bots: Bots) -> TestNode {
        let config = GalleryConfig {
            timeout: self.config.request_timeout,
            workflow_timeout: self.workflow_timeout,
            ..GalleryConfig::new(self.sandbox.url().clone(), self.sandbox.token().clone())
        };
        let offline = || Brain::offline(Arc::clone(&self.catalogue));
        let brain = self.brain.clone().unwrap_or_else(offline);
        let node = Node::new(bots, Gallery::new(config).unwrap(), brain, self.clock, self.config.clone());
        let shutdown = Shutdown::default();
        TestNode { task: tokio::spawn(node.run(shutdown.clone())), shutdown }
    }

    pub(crate) fn now(&self) -> FleetTime {
        self.clock.now()
    }

    pub(crate) fn asked(&self) -> Asked {
        Asked { by: "test".into(), at: self.clock.now() }
    }

    /// Every row of the ledger, newest first.
    pub(crate) async fn ledger(&self) -> Vec<Action> {
        let all = ActionFilter { limit: 1_000_000, ..ActionFilter::default() };
        self.bots.recent_actions(&all).await.unwrap()
    }

    /// Waits until the rows of one kind satisfy `reached`.
    pub(crate) async fn until_rows(&self, what: &str, kind: ActionKind, reached: impl Fn(&[Action]) -> bool) {
        until(what, async || {
            let rows: Vec<Action> = self.ledger().await.into_iter().filter(|row| row.kind == kind).collect();
            reached(&rows)
        })
        .await;
    }

    /// Has `brain` think for the bots.
    pub(crate) fn thinking_with(mut self, brain: Brain) -> Self {
        self.brain = Some(brain);
        self
    }

    /// Lets whoever waits for a dead node not wait long.
    pub(crate) fn mortal(mut self) -> Self {
        self.config.lease_ttl = Duration::from_secs(2);
        self
    }

    /// Lets requests time out soon, and look-ups follow soon after.
    pub(crate) fn impatient(mut self) -> Self {
        self.config.request_timeout = Duration::from_secs(1);
        self
    }

    /// The requests that bots made; those of the fleet itself and of guests are left out.
    pub(crate) fn requests(&self) -> Vec<Request> {
        let of_a_bot = |agent: &String| agent.starts_with("resident_");
        self.sandbox
            .requests()
            .into_iter()
            .filter(|request| request.agent.as_ref().is_some_and(of_a_bot))
            .collect()
    }

    /// Waits until the bots have made `more` further requests.
    pub(crate) async fn until_busy(&self, more: usize) {
        let before = self.requests().len();
        until("the bots ask the gallery for something", async || self.requests().len() >= before + more)
            .await;
    }

    /// What must hold of every gallery whatever went wrong: nothing is there more often than the ledger has rows for it,
    /// no like was taken back, and nobody liked or commented on their own.
    pub(crate) async fn nothing_is_doubled(&self) {
        let (census, rows) = (self.sandbox.census(), self.ledger().await);
        assert_eq!(census.unlikes, 0, "a like was taken back");
        let sent =
            |kind: ActionKind| rows.iter().filter(move |row| row.kind == kind && row.sent_at.is_some());
        let own: Vec<_> = census.items.iter().filter(|item| item.author.starts_with("resident_")).collect();
        assert!(own.len() <= sent(ActionKind::Post).count(), "more posts than rows");
        for item in &census.items {
            assert!(!item.likers.contains(&item.author), "{} liked their own post", item.author);
            let mut said: Vec<_> =
                item.comments.iter().map(|comment| (&comment.author, &comment.content)).collect();
            said.sort();
            let before = said.len();
            said.dedup();
            assert_eq!(said.len(), before, "somebody said the same twice under {}", item.title);
        }
    }

    /// Puts so many posts into the gallery that every bot surely finds one to like, and some surely find something to say:
    /// about a single post, few have.
    pub(crate) async fn guest_posts(&self) {
        let titles = [
            "Pixel harbour at night",
            "A lamp on linen",
            "A chart of snow days",
            "Dream of a whale",
            "Sign-up form",
        ];
        for title in titles.repeat(5) {
            self.guest_post(title).await;
        }
    }

    /// Somebody with an account who is no bot of this fleet.
    pub(crate) async fn guest(&self, username: &str) {
        let guest = fleet_gallery::Invite {
            agent_id: username.into(),
            name: username.to_uppercase(),
            username: username.into(),
            is_agent: true,
            agent_persona_id: "ai_artist".into(),
        };
        self.gallery().invite(&guest).await.unwrap();
    }

    /// Puts a post by a person into the gallery: a bot's account that no bot of this fleet has.
    pub(crate) async fn guest_post(&self, title: &str) -> String {
        let gallery = self.gallery();
        self.guest("guest").await;
        let steps = vec![fleet_gallery::Step::generate(
            "shapes",
            serde_json::json!({"width": 64, "height": 64}),
            "a",
        )];
        let made =
            gallery.execute("guest", &fleet_gallery::Workflow { name: "w".into(), steps }).await.unwrap();
        let item = fleet_gallery::NewItem {
            image_url: made.finished().unwrap().to_owned(),
            title: title.into(),
            description: Some(
                "Pixel art of a surreal landscape with soft light, colour and composition".into(),
            ),
            workflow_id: None,
        };
        gallery.publish("guest", &item).await.unwrap().id
    }

    /// A client as patient as people are.
    pub(crate) fn gallery(&self) -> Gallery {
        Gallery::new(GalleryConfig::new(self.sandbox.url().clone(), self.sandbox.token().clone())).unwrap()
    }
}

/// For how long the machine gave this test no time, which is no promise of the fleet's.
pub(crate) struct Stalls {
    lost: Arc<AtomicU64>,
    _watch: tokio_util::task::AbortOnDropHandle<()>,
}

impl Stalls {
    const EVERY: Duration = Duration::from_millis(10);
    /// A timer is late by as much on any machine.
    const USUAL: Duration = Duration::from_millis(20);

    /// Begins to watch.
    pub(crate) fn watch() -> Self {
        let lost = Arc::<AtomicU64>::default();
        let watch = {
            let lost = Arc::clone(&lost);
            async move {
                loop {
                    let due = Instant::now() + Self::EVERY;
                    tokio::time::sleep(Self::EVERY).await;
                    let late = Some(due.elapsed()).filter(|late| *late > Self::USUAL).unwrap_or_default();
                    lost.fetch_add(u64::try_from(late.as_micros()).unwrap(), Ordering::Relaxed);
                }
            }
        };
        Self { lost, _watch: tokio_util::task::AbortOnDropHandle::new(tokio::spawn(watch)) }
    }

    /// How long that was until now.
    pub(crate) fn lost(&self) -> Duration {
        Duration::from_micros(self.lost.load(Ordering::Relaxed))
    }
}

impl TestNode {
    /// Asks the node to finish, and waits until it has.
    pub(crate) async fn leaves(self) {
        self.shutdown.soft.cancel();
        within("the node leaves", self.task).await.unwrap().unwrap();
    }

    /// Ends the node as a crash would: nothing is handed back.
    pub(crate) async fn dies(self) {
        self.task.abort();
        let _ = self.task.await;
    }
}

/// A bot that is always awake and acts every ten to thirty seconds of its time.
pub(crate) fn restless(index: usize, weights: Weights) -> NewBot {
    let personas = Catalogue::built_in();
    let persona = &personas.personas()[index % personas.personas().len()];
    NewBot {
        name: format!("Resident {index} (AI)"),
        username: format!("resident_{index}"),
        persona: persona.id.clone(),
        bio: String::new(),
        personality: persona.personality.clone(),
        vibe: persona.vibe.clone(),
        interests: Interests(persona.interests.clone()),
        weights,
        rhythm: Rhythm {
            zone: "UTC".into(),
            busy: vec![HourSpan { from: 0, to: 24 }],
            days: Day::ALL.to_vec(),
        },
        min_interval_s: 10,
        max_interval_s: 30,
    }
}

/// Weights with one wish alone.
pub(crate) fn only(wish: ActionKind) -> Weights {
    let none = Weights { post: 0.0, comment: 0.0, like: 0.0, browse: 0.0 };
    match wish {
        ActionKind::Picture | ActionKind::Post => Weights { post: 1.0, ..none },
        ActionKind::Like | ActionKind::Unlike => Weights { like: 1.0, ..none },
        ActionKind::Comment | ActionKind::Answer => Weights { comment: 1.0, ..none },
    }
}

/// Something of everything.
pub(crate) fn mixed() -> Weights {
    Weights { post: 2.0, comment: 2.0, like: 3.0, browse: 1.0 }
}
