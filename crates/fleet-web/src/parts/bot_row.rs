//! A bot in a line of the table: who it is, what was asked of it, what was seen of it, what it did, and the buttons that ask
//! for something else.

use askama::Template;
use fleet_bots::{Account, BotView, Intent, ObservedState};

use super::bot_state::{State, intent_word};
use super::flag::Flag;
use super::{counted, grouped};
use crate::panel::Panel;

/// One bot.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/bot_row.html")]
pub(crate) struct BotRow {
    /// The id of its element.
    pub(crate) id: String,
    bot_id: String,
    name: String,
    username: String,
    persona: String,
    flag: Flag,
    intent: Intent,
    state: State,
    thought: Option<String>,
    lacking: Option<String>,
    counters: [Counter; 4],
    primary: Order,
    /// The page that its orders lead back to, as a part of an address.
    back: String,
}

/// How often a bot did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counter {
    pub(crate) icon: &'static str,
    pub(crate) value: String,
    pub(crate) words: String,
}

/// The order that the first button gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) path: &'static str,
    pub(crate) label: &'static str,
    pub(crate) icon: &'static str,
}

impl BotRow {
    /// `back` is the page that orders lead back to.
    pub(crate) fn of(view: &BotView, panel: &Panel, back: &str) -> Self {
        let bot = &view.bot;
        Self {
            id: format!("bot-{}", bot.id),
            bot_id: bot.id.to_string(),
            name: bot.name.clone(),
            username: bot.username.clone(),
            persona: panel.persona_name(&bot.persona),
            flag: Flag::of(bot.id),
            intent: bot.intent,
            state: State::of(view, panel),
            thought: thought(view),
            lacking: lacking(view),
            counters: Counter::all(view),
            primary: Order::of(view),
            back: form_urlencoded(back),
        }
    }

    fn is_stopped(&self) -> bool {
        self.intent == Intent::Stopped
    }

    fn intent_word(&self) -> &'static str {
        intent_word(self.intent)
    }
}

impl Counter {
    pub(crate) fn all(view: &BotView) -> [Self; 4] {
        let bot = &view.bot;
        [
            Self::of("picture", bot.posts, "post", "posts"),
            Self::of("speech", bot.comments, "comment", "comments"),
            Self::of("heart", bot.likes, "like", "likes"),
            Self::of("warning", bot.errors, "error", "errors"),
        ]
    }

    fn of(icon: &'static str, value: i64, one: &str, many: &str) -> Self {
        let value = u64::try_from(value).unwrap_or(0);
        Self { icon, value: grouped(value), words: counted(value, one, many) }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.value == "0"
    }
}

impl Order {
    pub(crate) fn of(view: &BotView) -> Self {
        let is_parked = view.seen.state == Some(ObservedState::Parked);
        match view.bot.intent {
            Intent::Running if is_parked => Self { path: "start", label: "Start again", icon: "play" },
            Intent::Running => Self { path: "pause", label: "Pause", icon: "pause" },
            Intent::Paused => Self { path: "resume", label: "Resume", icon: "play" },
            Intent::Stopped => Self { path: "start", label: "Start", icon: "play" },
        }
    }
}

/// What it thought last, if it did.
pub(crate) fn thought(view: &BotView) -> Option<String> {
    view.seen.last_thought.clone().filter(|thought| !thought.trim().is_empty())
}

/// What keeps it from having its account, if something does.
pub(crate) fn lacking(view: &BotView) -> Option<String> {
    let note = view.bot.account_note.as_deref();
    match view.bot.account {
        Account::Refused => {
            Some(format!("The gallery refused its account: {}", note.unwrap_or("no reason was given")))
        }
        Account::Provisioning => {
            note.map(|note| format!("Its account was asked for, and is asked for again: {note}"))
        }
        Account::Unprovisioned | Account::Ready | Account::Leaving | Account::Gone => None,
    }
}

/// `text` as a value in an address.
pub(crate) fn form_urlencoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
