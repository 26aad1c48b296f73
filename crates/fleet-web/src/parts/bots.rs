//! The bots of a page: who each is, what was asked of it, what was seen of it, and the buttons that ask for something else.

use askama::Template;
use fleet_bots::{Account, BotFilter, BotView, Intent, ObservedState};

use super::flag::Flag;
use super::when::When;
use super::{counted, grouped};
use crate::failure::{Failure, sentence};
use crate::panel::Panel;

/// Bots a page.
const PER_PAGE: u64 = 50;

/// One page of bots.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/bots.html")]
pub(crate) struct BotList {
    pub(crate) rows: Vec<BotRow>,
    total: u64,
    page: u64,
    /// Whether the store told them.
    is_known: bool,
}

/// One bot.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/bot.html")]
pub(crate) struct BotRow {
    /// The id of its element.
    pub(crate) id: String,
    bot_id: String,
    name: String,
    username: String,
    link: Option<String>,
    persona: String,
    flag: Flag,
    intent: Intent,
    state: State,
    thought: Option<String>,
    /// What the gallery said against it.
    refusal: Option<String>,
    counters: [Counter; 4],
    primary: Order,
    page: u64,
}

/// What was seen of a bot, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    words: String,
    /// Read after the words: when it means to act next.
    wake: Option<When>,
    is_bad: bool,
    is_busy: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Counter {
    icon: &'static str,
    value: String,
    words: String,
}

/// The order that the first button gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Order {
    path: &'static str,
    label: &'static str,
    icon: &'static str,
}

impl BotList {
    pub(crate) async fn read(panel: &Panel, page: u64) -> Result<Self, Failure> {
        let filter = BotFilter { page, per_page: PER_PAGE, ..BotFilter::default() };
        let found = panel.read(panel.bots.list_bots(&filter)).await?;
        let rows = found.rows.iter().map(|view| BotRow::of(view, panel, page)).collect();
        Ok(Self { rows, total: found.total, page, is_known: true })
    }

    /// What is shown while the store is silent.
    pub(crate) fn unknown(page: u64) -> Self {
        Self { rows: Vec::new(), total: 0, page, is_known: false }
    }

    /// Whether it shows the same bots in the same order, so that single rows can be exchanged.
    pub(crate) fn is_same_page(&self, other: &Self) -> bool {
        self.is_known == other.is_known
            && self.total == other.total
            && self.rows.iter().map(|row| &row.id).eq(other.rows.iter().map(|row| &row.id))
    }

    fn range(&self) -> String {
        let first = self.page * PER_PAGE;
        let last = first + self.rows.len() as u64;
        format!("{} to {} of {}", grouped(first + 1), grouped(last), grouped(self.total))
    }

    fn has_pages(&self) -> bool {
        self.total > PER_PAGE || self.page > 0
    }

    fn has_next(&self) -> bool {
        (self.page + 1) * PER_PAGE < self.total
    }
}

impl BotRow {
    pub(crate) fn of(view: &BotView, panel: &Panel, page: u64) -> Self {
        let BotView { bot, seen } = view;
        Self {
            id: format!("bot-{}", bot.id),
            bot_id: bot.id.to_string(),
            name: bot.name.clone(),
            username: bot.username.clone(),
            link: (bot.account == Account::Ready).then(|| panel.gallery.resident(&bot.username)).flatten(),
            persona: bot.persona.replace(['-', '_'], " "),
            flag: Flag::of(bot.id),
            intent: bot.intent,
            state: State::of(view, panel),
            thought: seen.last_thought.clone().filter(|thought| !thought.trim().is_empty()),
            refusal: (bot.account == Account::Refused)
                .then(|| bot.account_note.clone().unwrap_or_else(|| "no reason was given".into())),
            counters: [
                Counter::of("picture", bot.posts, "post", "posts"),
                Counter::of("speech", bot.comments, "comment", "comments"),
                Counter::of("heart", bot.likes, "like", "likes"),
                Counter::of("warning", bot.errors, "error", "errors"),
            ],
            primary: Order::of(bot.intent, seen.state == Some(ObservedState::Parked)),
            page,
        }
    }

    fn is_stopped(&self) -> bool {
        self.intent == Intent::Stopped
    }

    fn intent_word(&self) -> &'static str {
        match self.intent {
            Intent::Running => "Running",
            Intent::Paused => "Paused",
            Intent::Stopped => "Stopped",
        }
    }

    /// Where its orders go, so that one comes back to the page that one came from.
    fn path(&self, order: &str) -> String {
        let page = if self.page == 0 { String::new() } else { format!("?page={}", self.page) };
        format!("/bots/{}/{order}{page}", self.bot_id)
    }
}

impl State {
    fn of(view: &BotView, panel: &Panel) -> Self {
        let BotView { bot, seen } = view;
        let held = seen.state.filter(|_| seen.node_id.is_some());
        let note = seen.state_note.as_deref().map(str::trim).filter(|note| !note.is_empty());
        let with_note = |words: &str| match note {
            Some(note) => format!("{words}: {note}"),
            None => words.to_owned(),
        };
        let doing = |otherwise: &str| match seen.current_action.as_deref() {
            Some(doing) if !doing.trim().is_empty() => sentence(doing).trim_end_matches('.').to_owned(),
            _ => otherwise.to_owned(),
        };
        let words = match (bot.intent, held) {
            (Intent::Stopped, None) => match bot.last_action.as_deref() {
                Some(last) => format!("Last: {last}"),
                None => "Has not done anything yet".into(),
            },
            (Intent::Stopped, Some(_)) => "Coming to a stop".into(),
            (_, None) => "Waiting for a node".into(),
            (_, Some(ObservedState::Starting)) => "Getting ready".into(),
            (_, Some(ObservedState::Resting)) => with_note("Resting"),
            (_, Some(ObservedState::Looking)) => doing("Looking at the gallery"),
            (_, Some(ObservedState::Acting)) => doing("Acting"),
            (_, Some(ObservedState::BackingOff)) => with_note("Waiting after an error"),
            (_, Some(ObservedState::Limited)) => with_note("Held back"),
            (_, Some(ObservedState::Parked)) => with_note("Parked after too many errors"),
            (_, Some(ObservedState::Halted)) => with_note("Holding still"),
        };
        let is_waiting =
            matches!(held, Some(ObservedState::Resting | ObservedState::BackingOff | ObservedState::Limited));
        let wake = seen
            .next_wake
            .filter(|_| is_waiting && bot.intent == Intent::Running)
            .map(|at| When::due(at, panel.now()));
        Self {
            words,
            wake,
            is_bad: matches!(held, Some(ObservedState::Parked | ObservedState::BackingOff)),
            is_busy: matches!(held, Some(ObservedState::Acting | ObservedState::Looking)),
        }
    }
}

impl Counter {
    fn of(icon: &'static str, value: i64, one: &str, many: &str) -> Self {
        let value = u64::try_from(value).unwrap_or(0);
        Self { icon, value: grouped(value), words: counted(value, one, many) }
    }

    fn is_zero(&self) -> bool {
        self.value == "0"
    }
}

impl Order {
    fn of(intent: Intent, is_parked: bool) -> Self {
        match intent {
            Intent::Running if is_parked => Self { path: "start", label: "Start again", icon: "play" },
            Intent::Running => Self { path: "pause", label: "Pause", icon: "pause" },
            Intent::Paused => Self { path: "resume", label: "Resume", icon: "play" },
            Intent::Stopped => Self { path: "start", label: "Start", icon: "play" },
        }
    }
}
