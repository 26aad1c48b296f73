//! A panel over a store of its own, with a clock that stands still, and the words to look through it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use fleet_bots::{
    About, Account, Activity, ActivityFilter, ActivityKind, Asked, Bot, BotId, Bots, Content, Day, FleetTime,
    Holder, HourSpan, Intent, Interests, Invitation, NewAction, NewActivity, NewBot, NodeId, Outcome, Rhythm,
    SettingsChanges, Settlement, ShownPost, StoreAddress, Switch, Weights,
};
use fleet_web::{Characters, Door, GalleryPosts, PanelConfig, Patience, router};
use http_body_util::BodyExt;
use tempfile::TempDir;
use tower::ServiceExt;

/// 2026-03-05T12:00:00Z.
pub(crate) const NOON: FleetTime = FleetTime(1_772_712_000_000_000);

/// How long anything may take on a busy machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

pub(crate) struct Glass {
    pub(crate) bots: Bots,
    pub(crate) router: Router,
    pub(crate) folder: TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Glass {
    pub(crate) async fn new() -> Self {
        Self::with(None, Door::Open).await
    }

    /// Before a gallery that shows these posts.
    pub(crate) async fn looking_at(posts: Vec<ShownPost>) -> Self {
        let look: GalleryPosts = Arc::new(move || {
            let posts = posts.clone();
            Box::pin(async move { Some(posts) })
        });
        Self::looking(look).await
    }

    /// One that looks at the gallery so.
    pub(crate) async fn looking(look: GalleryPosts) -> Self {
        Self::with(Some(look), Door::Open).await
    }

    /// One that asks who comes, or does not.
    pub(crate) async fn behind(door: Door) -> Self {
        Self::with(None, door).await
    }

    /// One that knows personas.
    pub(crate) async fn knowing(characters: Characters) -> Self {
        Self::with_all(None, Some(characters), Door::Open).await
    }

    async fn with(gallery_posts: Option<GalleryPosts>, door: Door) -> Self {
        Self::with_all(gallery_posts, None, door).await
    }

    async fn with_all(
        gallery_posts: Option<GalleryPosts>,
        characters: Option<Characters>,
        door: Door,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = StoreAddress::Sqlite(folder.path().join("fleet.db"));
        // A machine that stalls for a moment is no store that hangs.
        let [reading, who, name] = [Duration::from_secs(20); 3];
        let patient = Patience { reading, who, name };
        Self::made(folder, &address, Self::config(gallery_posts, characters, door, patient)).await
    }

    /// One over a store elsewhere.
    pub(crate) async fn over(address: &StoreAddress, door: Door) -> Self {
        let config = Self::config(None, None, door, Patience::default());
        Self::made(tempfile::tempdir().unwrap(), address, config).await
    }

    fn config(
        gallery_posts: Option<GalleryPosts>,
        characters: Option<Characters>,
        door: Door,
        patience: Patience,
    ) -> PanelConfig {
        PanelConfig {
            gallery_url: Some("https://gallery.example/".into()),
            notice: Some("Demo: open on this machine only, no sign-in".into()),
            now: Arc::new(|| NOON),
            speed: 1.0,
            by: "panel".into(),
            gallery_posts,
            characters,
            door,
            patience,
        }
    }

    async fn made(folder: TempDir, address: &StoreAddress, config: PanelConfig) -> Self {
        let bots = Bots::connect(address, Switch::new(None)).await.unwrap();
        Self { router: router(bots.clone(), config), bots, folder }
    }

    pub(crate) async fn with_bot(name: &str) -> (Self, Bot) {
        let glass = Self::new().await;
        let bot = glass.bots.create_bot(new_bot(name), &asked()).await.unwrap();
        (glass, bot)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[]).await
    }

    /// As a form without script sends it.
    pub(crate) async fn post(&self, path: &str) -> Answer {
        self.send(Method::POST, path, &[("sec-fetch-site", "same-origin")]).await
    }

    /// A form with fields, without script.
    pub(crate) async fn fill(&self, path: &str, form: &str) -> Answer {
        self.send_form(path, form, &[]).await
    }

    /// A form with fields, with htmx.
    pub(crate) async fn fill_with_script(&self, path: &str, form: &str) -> Answer {
        self.send_form(path, form, &[("hx-request", "true")]).await
    }

    async fn send_form(&self, path: &str, form: &str, headers: &[(&str, &str)]) -> Answer {
        let own = [("sec-fetch-site", "same-origin"), ("content-type", "application/x-www-form-urlencoded")];
        self.ask("localhost:4000", Method::POST, path, &[&own, headers].concat(), form).await
    }

    /// As a page with htmx sends it.
    pub(crate) async fn order(&self, path: &str) -> Answer {
        self.send(Method::POST, path, &[("sec-fetch-site", "same-origin"), ("hx-request", "true")]).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("localhost:4000", method, path, headers, "").await
    }

    /// From a page of the panel that believes to be somewhere else.
    pub(crate) async fn send_under(&self, host: &str, method: Method, path: &str) -> Answer {
        self.ask(host, method, path, &[("sec-fetch-site", "same-origin")], "").await
    }

    pub(crate) async fn ask(
        &self,
        host: &str,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response =
            self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// The gallery gives `bot` its account, if it has none.
    pub(crate) async fn provision(&self, bot: &Bot) {
        if bot.account != Account::Ready {
            let accepted = Invitation::Accepted { username: bot.username.clone(), created: true };
            self.bots.settle_invitation(bot, &bot.name, accepted, NOON).await.unwrap();
        }
    }

    /// Has a bot do something that ends so.
    pub(crate) async fn did(&self, id: BotId, content: Content, outcome: Outcome) {
        let node = NodeId::generate();
        self.bots.register_node(node, "test", Duration::from_secs(60), &asked()).await.unwrap();
        let bot = self.bots.start_bot(id, &asked()).await.unwrap();
        self.provision(&bot).await;
        let lease = self.bots.claim_leases(node, 1).await.unwrap().remove(0);
        let holder = Holder { node_id: node, epoch: lease.epoch };
        let likes = SettingsChanges { likes_confirmed: Some(true), ..SettingsChanges::default() };
        self.bots.change_settings(likes, &asked()).await.unwrap();
        let new = NewAction { bot_id: id, content, planned_at: NOON, due_at: NOON, decision: None };
        let action = self.bots.plan_action(new).await.unwrap();
        self.bots.mark_sent(action.id, holder, NOON).await.unwrap();
        let settlement = Settlement { outcome, at: NOON, image_url: None, then: None };
        self.bots.settle_action(action.id, holder, settlement).await.unwrap();
        self.bots.stop_bot(id, &asked()).await.unwrap();
        self.bots.retire_node(node, &asked()).await.unwrap();
    }

    pub(crate) async fn intent(&self, id: BotId) -> Intent {
        self.bots.get_bot(&id.to_string()).await.unwrap().bot.intent
    }

    pub(crate) async fn newest(&self) -> Activity {
        let filter = ActivityFilter { limit: 1, ..ActivityFilter::default() };
        self.bots.get_activity(&filter).await.unwrap().remove(0)
    }

    pub(crate) async fn think(&self, id: BotId, thought: &str) {
        let activity = NewActivity::of(id, ActivityKind::Thought, NOON, thought);
        self.bots.record_activity(vec![activity]).await.unwrap();
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    #[track_caller]
    pub(crate) fn assert_shows(&self, words: &str) {
        assert!(self.text.contains(words), "`{words}` is not in:\n{}", self.text);
    }

    #[track_caller]
    pub(crate) fn assert_hides(&self, words: &str) {
        assert!(!self.text.contains(words), "`{words}` is in:\n{}", self.text);
    }
}

pub(crate) fn about(post_id: &str, title: &str) -> About {
    About {
        post_id: post_id.into(),
        title: title.into(),
        author: "bo".into(),
        person: None,
        posted_at: None,
        image_url: None,
        why: "it is quiet".into(),
    }
}

pub(crate) fn asked() -> Asked {
    Asked { by: "test".into(), at: NOON }
}

pub(crate) fn new_bot(name: &str) -> NewBot {
    NewBot {
        name: name.into(),
        username: name.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_"),
        persona: "landscape-dreamer".into(),
        bio: String::new(),
        personality: "Walks a lot.".into(),
        vibe: "calm".into(),
        interests: Interests(vec!["fog".into()]),
        weights: Weights { post: 1.0, comment: 1.0, like: 1.0, browse: 1.0 },
        rhythm: Rhythm {
            zone: "UTC".into(),
            busy: vec![HourSpan { from: 9, to: 17 }],
            days: Day::ALL.to_vec(),
        },
        min_interval_s: 60,
        max_interval_s: 300,
    }
}

/// `html` with the bot's id as `ID` and without the flag that is drawn from it.
pub(crate) fn redacted(html: &str, id: BotId) -> String {
    let mut text = html.replace(&id.to_string(), "ID");
    while let Some(start) = text.find("<svg class=\"flag\"") {
        let end = start + text[start..].find("</svg>").unwrap() + "</svg>".len();
        text.replace_range(start..end, "FLAG");
    }
    text
}
