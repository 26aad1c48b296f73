//! What was seen of a bot, in words, with when it means to act next. Owns the words for every state a node can see.

use fleet_bots::{BotView, Intent, ObservedState};

use super::when::When;
use crate::failure::sentence;
use crate::panel::Panel;

/// What was seen of a bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) words: String,
    /// Read after the words: when it means to act next.
    pub(crate) wake: Option<When>,
    pub(crate) is_bad: bool,
    pub(crate) is_busy: bool,
}

impl State {
    pub(crate) fn of(view: &BotView, panel: &Panel) -> Self {
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

/// The word for what was asked of a bot.
pub(crate) fn intent_word(intent: Intent) -> &'static str {
    match intent {
        Intent::Running => "Running",
        Intent::Paused => "Paused",
        Intent::Stopped => "Stopped",
    }
}
