//! The fleet's state in one line, what is wrong with it, and its counts. Owns the words; the numbers are the context's.

use askama::Template;
use fleet_bots::{FleetSummary, Intent, ObservedState, RestCause};

use super::{counted, grouped};
use crate::failure::Failure;
use crate::glance::{MOST_ERRORS, Numbers};
use crate::panel::Panel;

/// The fleet in one line, with what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts/status.html")]
pub(crate) struct Status {
    headline: String,
    /// Said while everything is stopped: what goes on when the stop is lifted.
    afterwards: Option<String>,
    /// Whether bots like nothing, because nobody vouches that it is counted apart.
    likes_are_off: bool,
    /// Said when nothing is wrong.
    verdict: String,
    /// The worst first.
    pub(crate) concerns: Vec<Concern>,
    /// Whether the store told it.
    is_known: bool,
}

/// Something that is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Concern {
    pub(crate) what: String,
    pub(crate) advice: &'static str,
    /// Where more of it is told.
    pub(crate) path: Option<&'static str>,
}

impl Status {
    /// As it is now.
    pub(crate) async fn read(panel: &Panel) -> Result<Self, Failure> {
        Ok(Self::told(&*panel.numbers_now().await?, panel))
    }

    /// As it was a moment ago.
    pub(crate) async fn glimpse(panel: &Panel) -> Result<Self, Failure> {
        Ok(Self::told(&*panel.numbers().await?, panel))
    }

    fn told(numbers: &Numbers, panel: &Panel) -> Self {
        Self::of(&numbers.summary, numbers.errors, panel.bots.switch().is_pulled())
    }

    /// What is said while the store is silent.
    pub(crate) fn unknown(failure: &Failure) -> Self {
        Self {
            headline: "Nobody can tell how the fleet is".into(),
            afterwards: None,
            likes_are_off: false,
            verdict: String::new(),
            concerns: vec![Concern { what: failure.what.clone(), advice: failure.advice, path: None }],
            is_known: false,
        }
    }

    pub(crate) fn of(summary: &FleetSummary, errors: u64, is_stopped: bool) -> Self {
        let meant = headline(summary);
        let (headline, afterwards) = match (is_stopped, summary.bots) {
            (false, _) | (true, 0) => (meant, None),
            (true, bots) => {
                let still = counted(bots, "bot holds still", "bots hold still");
                (still, Some(format!("Once the stop is lifted, {meant}")))
            }
        };
        Self {
            headline,
            afterwards,
            likes_are_off: summary.likes_are_off && summary.bots > 0,
            verdict: if is_stopped { "Nothing is sent to the gallery".into() } else { verdict(summary) },
            concerns: concerns(summary, errors),
            is_known: true,
        }
    }
}

fn headline(summary: &FleetSummary) -> String {
    let [running, paused, stopped] =
        [Intent::Running, Intent::Paused, Intent::Stopped].map(|intent| summary.meant(intent));
    if summary.bots == 0 {
        return "No bots yet".into();
    }
    let mut parts = Vec::new();
    if running > 0 {
        parts.push(counted(running, "bot runs", "bots run"));
    }
    for (count, state) in [(paused, "paused"), (stopped, "stopped")] {
        if count > 0 {
            let noun = if !parts.is_empty() {
                ""
            } else if count == 1 {
                "bot "
            } else {
                "bots "
            };
            let verb = if count == 1 { "is" } else { "are" };
            parts.push(format!("{} {noun}{verb} {state}", grouped(count)));
        }
    }
    parts.join(", ")
}

fn verdict(summary: &FleetSummary) -> String {
    match summary.nodes {
        0 => "Nothing is wrong".into(),
        count => format!("All is well on {}", counted(count, "node", "nodes")),
    }
}

fn concerns(summary: &FleetSummary, errors: u64) -> Vec<Concern> {
    let wanted = summary.meant(Intent::Running) + summary.meant(Intent::Paused);
    let parked = summary.seen(ObservedState::Parked);
    let backing_off = summary.seen(ObservedState::BackingOff);
    let mut found = Vec::new();
    let mut note = |is_so: bool, what: String, advice, path| {
        if is_so {
            found.push(Concern { what, advice, path });
        }
    };
    for rest in &summary.rests {
        note(true, format!("The whole fleet rests: {}.", rest.told()), advice(rest.cause), None);
    }
    note(
        summary.nodes == 0 && wanted > 0,
        "No node is alive to run the bots.".into(),
        "Start one with “fleet serve”.",
        None,
    );
    note(
        parked > 0,
        counted(parked, "bot is parked.", "bots are parked."),
        "Its reason stands beside it; mend that, then start it again.",
        Some("/bots?state=parked"),
    );
    note(
        backing_off > 0,
        counted(backing_off, "bot waits after an error.", "bots wait after an error."),
        "It tries again by itself.",
        Some("/bots?state=backing_off"),
    );
    note(
        summary.unresolved > 0,
        counted(summary.unresolved, "action has an unknown end.", "actions have an unknown end."),
        "Look in the gallery whether it happened; it is never repeated by itself.",
        Some("/unresolved"),
    );
    note(
        summary.departing > 0,
        counted(
            summary.departing,
            "account of a deleted bot is still to be removed.",
            "accounts of deleted bots are still to be removed.",
        ),
        "A node removes them by itself; when the gallery refuses that, the log says why and how to mend it.",
        Some("/activity?kind=trouble"),
    );
    let more = if errors >= MOST_ERRORS { " or more" } else { "" };
    let noun = if errors == 1 { "error" } else { "errors" };
    note(
        errors > 0,
        format!("{errors}{more} {noun} in the last hour."),
        "Each of them says what to do.",
        Some("/activity?kind=trouble"),
    );
    found
}

/// What an operator can do about a rest.
fn advice(cause: RestCause) -> &'static str {
    match cause {
        RestCause::Token => {
            "Set FLOIMG_SERVICE_TOKEN to a valid token and restart the fleet. A token that is valid again is noticed by itself."
        }
        RestCause::Paused => "The platform did this; once it takes it back, the bots go on by themselves.",
        RestCause::Rate => "The bots go on by themselves.",
        RestCause::Budget => "The bots go on by themselves; the platform can grant more before that.",
        RestCause::Spending => "Raise the cap in the settings, or wait: the bots go on by themselves.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(running: u64, paused: u64, stopped: u64) -> FleetSummary {
        let by_intent = [("running", running), ("paused", paused), ("stopped", stopped)];
        FleetSummary {
            bots: running + paused + stopped,
            by_intent: by_intent.map(|(word, count)| (word.to_owned(), count)).into(),
            nodes: 1,
            ..FleetSummary::default()
        }
    }

    #[test]
    fn the_fleet_is_told_in_one_line() {
        assert_eq!(headline(&summary(0, 0, 0)), "No bots yet");
        assert_eq!(headline(&summary(7, 2, 1)), "7 bots run, 2 are paused, 1 is stopped");
        assert_eq!(headline(&summary(1, 0, 0)), "1 bot runs");
        assert_eq!(headline(&summary(0, 1, 3)), "1 bot is paused, 3 are stopped");
        assert_eq!(headline(&summary(0, 0, 1_200)), "1,200 bots are stopped");
    }

    #[test]
    fn a_stopped_fleet_does_not_claim_to_run() {
        let status = Status::of(&summary(7, 2, 1), 0, true);
        assert_eq!(status.headline, "10 bots hold still");
        let afterwards = "Once the stop is lifted, 7 bots run, 2 are paused, 1 is stopped";
        assert_eq!(status.afterwards.as_deref(), Some(afterwards));
    }

    #[test]
    fn a_fleet_without_trouble_has_no_concerns_and_each_trouble_brings_its_advice() {
        assert_eq!(concerns(&summary(3, 0, 0), 0), []);

        let mut troubled = summary(3, 0, 0);
        troubled.nodes = 0;
        troubled.unresolved = 1;
        troubled.departing = 1;
        troubled.by_state = [("parked".to_owned(), 2)].into();
        let told: Vec<_> = concerns(&troubled, 100).into_iter().map(|concern| concern.what).collect();
        assert_eq!(
            told,
            [
                "No node is alive to run the bots.",
                "2 bots are parked.",
                "1 action has an unknown end.",
                "1 account of a deleted bot is still to be removed.",
                "100 or more errors in the last hour.",
            ]
        );
    }

    #[test]
    fn bots_that_are_all_stopped_need_no_node() {
        let mut idle = summary(0, 0, 4);
        idle.nodes = 0;
        assert_eq!(concerns(&idle, 0), []);
    }
}
