//! Bots, actions and the like with everything filled in, so that a test names only what it is about.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

pub(crate) use fleet_bots::AccountAfter;
use fleet_bots::{
    About, Action, Activity, ActivityFilter, ActivityKind, Asked, Bot, BotId, Bots, Content, Day, FleetTime,
    Holder, HourSpan, Interests, Invitation, Lease, Micros, NewAction, NewActivity, NewBot, NodeId, Outcome,
    Rhythm, SeenPost, Selection, SettingsChanges, Settlement, Weights,
};

/// How long a node lives in tests that do not mean it to die.
pub(crate) const LONG: Duration = Duration::from_secs(600);

/// So many seconds after the morning on which all tests play.
pub(crate) fn at(seconds: i64) -> FleetTime {
    let morning: FleetTime = "2026-03-05T09:00:00Z".parse::<jiff::Timestamp>().unwrap().into();
    FleetTime(morning.0 + seconds * 1_000_000)
}

/// Ada asks, that morning.
pub(crate) fn asked() -> Asked {
    Asked { by: "ada".into(), at: at(0) }
}

/// A bot of that username.
pub(crate) fn new_bot(username: &str) -> NewBot {
    NewBot {
        name: username.to_uppercase(),
        username: username.into(),
        persona: "botanist".into(),
        bio: "An AI resident with a window sill of ferns.".into(),
        personality: "Grows ferns and draws them.".into(),
        vibe: "calm".into(),
        interests: Interests(vec!["ferns".into(), "ink".into()]),
        weights: Weights { post: 0.2, comment: 0.3, like: 0.4, browse: 0.1 },
        rhythm: Rhythm {
            zone: "Europe/London".into(),
            busy: vec![HourSpan { from: 9, to: 17 }],
            days: Day::ALL.to_vec(),
        },
        min_interval_s: 60,
        max_interval_s: 300,
    }
}

/// Bots `bot_000`, `bot_001`, …, made and not started.
pub(crate) async fn make_bots(bots: &Bots, count: usize) -> Vec<Bot> {
    let new = (0..count).map(|number| new_bot(&format!("bot_{number:03}"))).collect();
    bots.create_bots(new, &asked()).await.unwrap()
}

/// Lets bots like, and find room at every post.
pub(crate) async fn may_like(bots: &Bots) {
    let changes = SettingsChanges {
        likes_confirmed: Some(true),
        person_bots: Some(1_000),
        person_comments: Some(1_000),
        ..SettingsChanges::default()
    };
    bots.change_settings(changes, &asked()).await.unwrap();
}

/// Bots that are meant to run, may like, and find room at every post.
pub(crate) async fn run_bots(bots: &Bots, count: usize) -> Vec<Bot> {
    may_like(bots).await;
    make_bots(bots, count).await;
    bots.start_bots(&Selection::All, &asked()).await.unwrap()
}

/// The gallery gives `bot` its account.
pub(crate) async fn provision(bots: &Bots, bot: &Bot) -> Bot {
    let accepted = Invitation::Accepted { username: bot.username.clone(), created: true };
    bots.settle_invitation(bot, &bot.name, accepted, at(1)).await.unwrap()
}

/// A node that lives long.
pub(crate) async fn join(bots: &Bots) -> NodeId {
    let id = NodeId::generate();
    bots.register_node(id, "here", LONG, &asked()).await.unwrap();
    id
}

/// By what right the holder of this lease acts.
pub(crate) fn holder(lease: &Lease) -> Holder {
    Holder { node_id: lease.node_id.unwrap(), epoch: lease.epoch }
}

/// By what right a node that lives acts for a bot that it has just claimed.
pub(crate) async fn held(bots: &Bots) -> Holder {
    let node_id = join(bots).await;
    holder(&bots.claim_leases(node_id, 1).await.unwrap()[0])
}

/// One running bot with an account, and the lease under which a living node acts for it.
pub(crate) async fn one_held_bot(bots: &Bots) -> (Bot, Holder) {
    let bot = provision(bots, &run_bots(bots, 1).await.remove(0)).await;
    (bot, held(bots).await)
}

pub(crate) fn about(post_id: &str) -> About {
    About {
        post_id: post_id.into(),
        title: format!("Title of {post_id}"),
        author: "brook".into(),
        person: None,
        posted_at: None,
        image_url: Some(format!("http://gallery.example/{post_id}.png")),
        why: "it has ferns".into(),
    }
}

pub(crate) fn like(post_id: &str) -> Content {
    Content::Like { about: about(post_id) }
}

pub(crate) fn comment(post_id: &str) -> Content {
    Content::Comment { about: about(post_id), text: format!("How green is {post_id}!") }
}

/// An answer in words that nobody used before.
pub(crate) fn answer(post_id: &str, to: &str) -> Content {
    static WRITTEN: AtomicU32 = AtomicU32::new(0);
    let text = format!("Thank you! ({})", WRITTEN.fetch_add(1, Ordering::Relaxed));
    Content::Answer { about: about(post_id), to: to.into(), text }
}

pub(crate) fn picture() -> Content {
    Content::Picture {
        prompt: "a fern".into(),
        steps: serde_json::json!([]),
        title: "Fern".into(),
        description: "One fern.".into(),
        price: Micros::ZERO,
    }
}

pub(crate) fn post() -> Content {
    Content::Post {
        image_url: "http://gallery.example/fern.png".into(),
        title: "Fern".into(),
        description: "One fern.".into(),
        prompt: "a fern".into(),
    }
}

/// `bot` means to do this a minute later.
/// A post that was looked at and liked, and of which nothing else is known.
pub(crate) fn seen_post(post_id: &str) -> SeenPost {
    SeenPost {
        bot_id: BotId::generate(),
        post_id: post_id.into(),
        author: None,
        seen_at: at(0),
        own: false,
        judged: true,
        likes_it: true,
        remark: None,
        why: None,
        comments: 0,
        comments_read: 0,
        decision: None,
    }
}

pub(crate) fn to_do(bot: &Bot, content: Content) -> NewAction {
    NewAction { bot_id: bot.id, content, planned_at: at(10), due_at: at(70), decision: None }
}

pub(crate) async fn planned(bots: &Bots, bot: &Bot, content: Content) -> Action {
    bots.plan_action(to_do(bot, content)).await.unwrap()
}

pub(crate) fn ended(outcome: Outcome) -> Settlement {
    Settlement { outcome, at: at(80), image_url: None, then: None }
}

pub(crate) fn done() -> Settlement {
    ended(Outcome::Done { remote_id: Some("remote".into()) })
}

pub(crate) fn failed() -> Settlement {
    ended(Outcome::Failed { why: "the gallery said no".into() })
}

pub(crate) fn unresolved() -> Settlement {
    ended(Outcome::Unresolved { why: "it was not found".into() })
}

pub(crate) fn postponed() -> Settlement {
    ended(Outcome::Postponed { until: at(500), why: "the gallery is down".into() })
}

/// `bot` thought something.
pub(crate) fn thought(bot: &Bot, words: impl Into<String>) -> NewActivity {
    NewActivity::of(bot.id, ActivityKind::Thought, at(1), words)
}

/// All of the log, oldest first.
pub(crate) async fn whole_log(bots: &Bots) -> Vec<Activity> {
    let everything = ActivityFilter { limit: 1_000, ..ActivityFilter::default() };
    let mut log = bots.get_activity(&everything).await.unwrap();
    log.reverse();
    log
}

/// What the log tells of this kind.
pub(crate) async fn told(bots: &Bots, kind: ActivityKind) -> Vec<Activity> {
    whole_log(bots).await.into_iter().filter(|activity| activity.kind == kind).collect()
}
