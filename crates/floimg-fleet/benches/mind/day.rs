//! A day of a demo's fleet with a model that writes for it: the program itself, with its real configuration, and a provider
//! in this process that keeps every question. Owns what was asked and what was done; refuses to count.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fleet_bots::{
    ActionFilter, ActionKind, ActionStatus, ActivityFilter, ActivityKind, BotFilter, BotId, Bots,
    StoreAddress, Switch,
};
use fleet_brain::sandbox::{Provider, Script, Seen, Writes};
use tokio::process::Command;
use tokio::time::timeout;

/// Residents and people.
pub(crate) const RESIDENTS: u32 = 24;
pub(crate) const VISITORS: u16 = 12;
/// So many seconds of the fleet pass in one, and how long a day is then.
const SPEED: u32 = 1_200;
const SPAN: Duration = Duration::from_secs(24 * 3_600 / SPEED as u64);
/// How long everything around the day may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// A model whose price the program knows, so that its caps hold as they would.
const MODEL: &str = "gpt-5-mini";

/// What came of a day.
pub(crate) struct Day {
    /// Everything that was asked, in order.
    pub(crate) asked: Vec<Asked>,
    /// What was done, by persona.
    pub(crate) done: BTreeMap<String, Done>,
}

/// One request that the provider saw.
pub(crate) struct Asked {
    /// The persona of the resident who asked.
    pub(crate) persona: String,
    pub(crate) purpose: &'static str,
    pub(crate) seen: Seen,
}

/// What the residents of a persona did.
#[derive(Clone, Copy, Default)]
pub(crate) struct Done {
    /// Wishes to like or to comment: each looks at the gallery.
    pub(crate) looks: u64,
    /// Likes, comments, posts and answers that reached the gallery.
    pub(crate) likes: u64,
    pub(crate) comments: u64,
    pub(crate) posts: u64,
    pub(crate) answers: u64,
}

impl Done {
    pub(crate) fn actions(&self) -> u64 {
        self.likes + self.comments + self.posts + self.answers
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        Self {
            looks: self.looks + other.looks,
            likes: self.likes + other.likes,
            comments: self.comments + other.comments,
            posts: self.posts + other.posts,
            answers: self.answers + other.answers,
        }
    }
}

impl Day {
    /// Lives a day, and reads what became of it.
    pub(crate) async fn live() -> Result<Self> {
        let provider = Provider::begin(Script { writes: Writes::Sensibly, ..Script::default() }).await?;
        let folder = tempfile::tempdir()?;
        let mut demo = Command::new(env!("CARGO_BIN_EXE_fleet"))
            .env_clear()
            .args(["demo", "--headless", "--json", "--port", "0"])
            .args(["--bots", &RESIDENTS.to_string(), "--visitors", &VISITORS.to_string()])
            .args(["--speed", &SPEED.to_string(), "--for", &format!("{}s", SPAN.as_secs())])
            .arg("--data")
            .arg(folder.path())
            .env("LLM_PROVIDER", "openai")
            .env("LLM_MODEL", MODEL)
            .env("LLM_BASE_URL", provider.url().as_str())
            .env("LLM_API_KEY", "sandbox")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("the demo does not start")?;
        let ended = timeout(SPAN + PATIENCE, demo.wait()).await.context("the demo does not end")??;
        ensure!(ended.success(), "the demo ended with {ended}");

        let store = StoreAddress::Sqlite(folder.path().join("fleet.db"));
        let bots = Bots::connect(&store, Switch::new(None)).await?;
        let residents = residents(&bots).await?;
        let persona = |handle: &str| {
            residents.values().find(|(username, _)| username == handle).map(|(_, persona)| persona.clone())
        };
        let asked = provider.calls().into_iter().map(|seen| {
            let persona = handle(&seen.system).and_then(persona).context("nobody knows who asked")?;
            Ok(Asked { persona, purpose: purpose(&seen)?, seen })
        });
        Ok(Self { asked: asked.collect::<Result<_>>()?, done: done(&bots, &residents).await? })
    }

    pub(crate) fn in_all(&self) -> Done {
        self.done.values().fold(Done::default(), |sum, done| sum.and(done))
    }
}

/// Handle and persona of every resident.
async fn residents(bots: &Bots) -> Result<BTreeMap<BotId, (String, String)>> {
    let all = BotFilter { per_page: 1_000, ..BotFilter::default() };
    let rows = bots.list_bots(&all).await?.rows.into_iter();
    Ok(rows.map(|view| (view.bot.id, (view.bot.username, view.bot.persona))).collect())
}

async fn done(bots: &Bots, residents: &BTreeMap<BotId, (String, String)>) -> Result<BTreeMap<String, Done>> {
    let mut done: BTreeMap<String, Done> =
        residents.values().map(|(_, persona)| (persona.clone(), Done::default())).collect();
    let mut of = |bot_id: BotId, count: fn(&mut Done)| {
        let persona = residents.get(&bot_id).map(|(_, persona)| persona);
        if let Some(done) = persona.and_then(|persona| done.get_mut(persona)) {
            count(done);
        }
    };
    let reached = ActionFilter {
        status: Some(ActionStatus::Done),
        limit: u64::from(u32::MAX),
        ..ActionFilter::default()
    };
    for action in bots.recent_actions(&reached).await? {
        match action.kind {
            ActionKind::Like => of(action.bot_id, |done| done.likes += 1),
            ActionKind::Comment => of(action.bot_id, |done| done.comments += 1),
            ActionKind::Post => of(action.bot_id, |done| done.posts += 1),
            ActionKind::Answer => of(action.bot_id, |done| done.answers += 1),
            ActionKind::Picture | ActionKind::Unlike => {}
        }
    }
    let mut before = None;
    loop {
        let filter =
            ActivityFilter { kinds: vec![ActivityKind::Thought], before, limit: 1_000, ..Default::default() };
        let page = bots.get_activity(&filter).await?;
        let Some(last) = page.last() else { return Ok(done) };
        before = Some(last.seq);
        for thought in &page {
            let wish = thought.metadata.as_ref().and_then(|inputs| inputs["thought"]["wish"].as_str());
            if let (Some("like" | "comment"), Some(bot_id)) = (wish, thought.bot_id) {
                of(bot_id, |done| done.looks += 1);
            }
        }
    }
}

/// Whose words a question begins with: `You are Ada, @ada, …`.
fn handle(system: &str) -> Option<&str> {
    system.split_once(", @")?.1.split(',').next()
}

/// What a request was for, by the form that it asks for and by whether anything was answered before.
fn purpose(seen: &Seen) -> Result<&'static str> {
    let form = seen.body["response_format"]["json_schema"]["name"].as_str();
    let is_first = seen.body["messages"].as_array().is_some_and(|messages| messages.len() == 2);
    Ok(match (form.context("a question names no form")?, is_first) {
        ("texts", _) => "rewrite",
        (_, false) => "repair",
        ("verdicts", _) => "judge",
        ("picture", _) => "compose",
        ("answer", _) => "answer",
        (other, _) => anyhow::bail!("`{other}` is no form that is known"),
    })
}
