//! The fleet at a glance: what needs the operator, its bots by state, and what they do as they do it.

mod pulse;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fleet_bots::{ActivityFilter, FleetSummary, Intent, ObservedState};
use serde::Deserialize;

use self::pulse::PulseView;
use super::render;
use crate::failure::Failure;
use crate::live::Opening;
use crate::panel::Panel;
use crate::parts::feed::Feed;
use crate::parts::grouped;
use crate::parts::shell::{Section, Shell};
use crate::parts::status::{Concern, Status};
use crate::scene::{Piece, Scene};

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage<'a> {
    shell: Shell<'a>,
    concerns: Concerns,
    states: States,
    pulse: Option<PulseView>,
    feed: Feed,
}

/// What is wrong, each with what to do.
#[derive(Template)]
#[template(path = "overview/concerns.html")]
struct Concerns(Vec<Concern>);

/// The bots by what is wanted and what is seen of them.
#[derive(Template)]
#[template(path = "overview/states.html")]
struct States {
    bots: u64,
    states: Vec<InState>,
    is_known: bool,
}

/// How many bots stand how.
struct InState {
    label: &'static str,
    count: String,
    path: &'static str,
    tone: &'static str,
}

/// Which part of the feed the page begins with.
#[derive(Deserialize)]
pub(crate) struct Shown {
    before: Option<i64>,
}

/// The page, as far as it moves.
struct Overview;

impl Scene for Overview {
    async fn pieces(&self, panel: &Panel) -> Result<Vec<Piece>, Failure> {
        let (concerns, states, pulse) = read(panel).await?;
        Ok(vec![Piece::of("concerns", &concerns), Piece::of("states", &states), Piece::of("pulse", &pulse)])
    }

    fn feed(&self) -> Option<ActivityFilter> {
        Some(ActivityFilter::default())
    }
}

pub(crate) async fn index(State(panel): State<Panel>, Query(shown): Query<Shown>) -> Response {
    let filter = ActivityFilter { before: shown.before, ..ActivityFilter::default() };
    let (shell, feed) =
        futures::join!(Shell::read(&panel, Section::Overview, None), Feed::read(&panel, &filter, "/"),);
    // After the head, which has asked for the numbers as they are now.
    let pieces = read(&panel).await;
    let silent = [pieces.as_ref().err(), feed.as_ref().err()].into_iter().flatten().next();
    let code = silent.map_or(StatusCode::OK, |failure| failure.status);
    let feed = feed.unwrap_or_else(|_| Feed::unknown());
    let (concerns, states, pulse) = match pieces {
        Ok((concerns, states, pulse)) => (concerns, states, Some(pulse)),
        Err(_) => (Concerns(Vec::new()), States::unknown(), None),
    };
    let live = shown.before.is_none().then(|| format!("/live?after={}", feed.newest()));
    let shell = shell.followed_by(live);
    (code, render(&OverviewPage { shell, concerns, states, pulse, feed })).into_response()
}

pub(crate) async fn live(opening: Opening) -> Response {
    opening.follow(Overview)
}

async fn read(panel: &Panel) -> Result<(Concerns, States, PulseView), Failure> {
    let (status, numbers, pulse) =
        futures::try_join!(Status::glimpse(panel), panel.numbers(), panel.pulse())?;
    let pulse = PulseView::of(&pulse, panel.share.known(&panel.bots), panel.speed());
    Ok((Concerns(status.concerns), States::of(&numbers.summary), pulse))
}

impl States {
    fn unknown() -> Self {
        Self { bots: 0, states: Vec::new(), is_known: false }
    }

    fn of(summary: &FleetSummary) -> Self {
        let seen =
            |state, label, path, tone| InState { label, count: grouped(summary.seen(state)), path, tone };
        let meant = |intent, label, path| InState {
            label,
            count: grouped(summary.meant(intent)),
            path,
            tone: "still",
        };
        let states = [
            seen(ObservedState::Acting, "acting", "/bots?state=acting", "busy"),
            seen(ObservedState::Looking, "looking", "/bots?state=looking", "busy"),
            seen(ObservedState::Resting, "resting", "/bots?state=resting", "plain"),
            seen(ObservedState::Starting, "starting", "/bots?state=starting", "plain"),
            seen(ObservedState::Limited, "held back", "/bots?state=limited", "bad"),
            seen(ObservedState::BackingOff, "waiting after an error", "/bots?state=backing_off", "bad"),
            seen(ObservedState::Parked, "parked", "/bots?state=parked", "bad"),
            seen(ObservedState::Halted, "holding still", "/bots?state=halted", "still"),
            meant(Intent::Paused, "paused", "/bots?intent=paused"),
            meant(Intent::Stopped, "stopped", "/bots?intent=stopped"),
        ];
        let is_shown = |state: &InState| state.count != "0" || matches!(state.label, "acting" | "resting");
        Self { bots: summary.bots, states: states.into_iter().filter(is_shown).collect(), is_known: true }
    }
}

#[cfg(test)]
mod tests {
    use fleet_bots::StopState;

    use super::*;
    use crate::parts::stop::{StopBanner, StopControl};

    #[test]
    fn a_page_without_the_store_says_so_and_still_stops_everything() {
        let banner = StopBanner::of(StopState::Off);
        let shell = Shell {
            section: Section::Overview,
            notice: None,
            style_sheet: None,
            scripts: Vec::new(),
            control: StopControl::of(&banner),
            banner,
            status: Status::unknown(&Failure::store_is_silent()),
            operator: crate::parts::operator::Operator::here(),
            live: None,
            now_ms: 0,
        };
        let page = OverviewPage {
            shell,
            concerns: Concerns(Vec::new()),
            states: States::unknown(),
            pulse: None,
            feed: Feed::unknown(),
        };
        let html = page.render().unwrap();
        for words in [
            "The store does not answer.",
            "“Stop everything” works without it.",
            "action=\"/stop-everything\"",
            "What happens is shown as soon as it does.",
            "This build has no style sheet",
        ] {
            assert!(html.contains(words), "`{words}` is not in:\n{html}");
        }
        assert!(!html.contains("Nobody lives here yet"), "nobody knows that");
    }
}
