//! The client's manners: how many requests may be under way, how fast they follow each other, when a gallery that fails or
//! refuses is left alone, and how often a read may be tried again. Every request asks it for leave first.
//!
//! What is held back here never began. Waiting takes half of a call's time at the most, so that the request itself has time
//! enough for its answer to be believed. All times are Tokio's.

mod breaker;
mod pace;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::header::{DATE, HeaderMap};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until, timeout_at};
use url::Url;

use self::breaker::Breaker;
use self::pace::{Pace, Told};
use crate::error::Error;

/// After so many failures in a row a gallery is left alone.
const FAILURES: u32 = 5;
/// For so long at first, and at the most.
const FIRST_REST: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(60);
/// How long a gallery that turned the fleet away is left alone by those who do not probe, at first and at the most.
const FIRST_BAR: Duration = Duration::from_secs(60);
const LONGEST_BAR: Duration = Duration::from_secs(600);

/// So many requests earn another try of a read: no more than a tenth is ever added to what is asked.
const PRICE: u32 = 10;
/// The credit of so many tries can be saved up.
const SAVED: u32 = 10;
/// A read is tried so often again.
const TRIES: u32 = 2;
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// Below this, a difference between two clocks is the time that an answer takes.
const SKEW: SignedDuration = SignedDuration::from_secs(10);

/// How a client behaves towards a gallery of which it knows nothing yet; what the gallery says of its limits counts more.
#[derive(Clone, Debug)]
pub struct Manners {
    /// How many requests a second; as many as are asked for if none.
    pub per_second: Option<f64>,
    /// How many of them at once.
    pub burst: u32,
    /// How many calls may be under way at the same time, workflows aside.
    pub calls: usize,
    /// How many workflows may be under way at the same time.
    pub workflows: usize,
    /// What waits are spread by.
    pub seed: u64,
}

impl Manners {
    /// Those of a guest; at home, on this machine, only what the gallery asks for counts.
    pub fn towards(gallery: &Url) -> Self {
        let guest = Self { per_second: Some(5.0), burst: 10, calls: 8, workflows: 4, seed: 0 };
        if super::is_loopback(gallery) {
            return Self { per_second: None, calls: 512, workflows: 64, ..guest };
        }
        guest
    }
}

/// What a client knows of the gallery's limits and clock, from its last answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CourtesyReport {
    /// How many requests a window of the gallery's holds.
    pub limit: Option<u64>,
    /// How many of them are left in this one.
    pub remaining: Option<u64>,
    /// When the next one begins, by this machine's clock.
    pub reset_at: Option<Timestamp>,
    /// How far the gallery's clock is ahead of this machine's, to the second.
    pub clock_offset: Option<SignedDuration>,
}

/// What kind of request asks for leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Call,
    Workflow,
    /// Tries whether a gallery that turned the fleet away takes it back; it passes what holds others.
    Probe,
}

/// See the file's head.
#[derive(Debug)]
pub(super) struct Courtesy {
    calls: Semaphore,
    workflows: Semaphore,
    /// Whose turn it is to wait for the pace; the others queue behind, first come first served.
    turn: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    pace: Pace,
    calls: Breaker,
    workflows: Breaker,
    /// Shut by an answer that turns the whole fleet away, which is kept.
    bar: Breaker,
    turned_away: Option<Error>,
    /// How many requests count towards tries that were not taken.
    credit: u32,
    under_way: u64,
    report: CourtesyReport,
    dice: StdRng,
}

/// Leave for one request.
pub(super) struct Leave<'a> {
    _permit: Option<SemaphorePermit<'a>>,
    courtesy: &'a Courtesy,
    way: Way,
    began: Instant,
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        let mut state = self.courtesy.state();
        state.under_way = state.under_way.saturating_sub(1);
    }
}

impl Courtesy {
    pub(super) fn new(manners: &Manners) -> Self {
        let breaker = || Breaker::new(FAILURES, FIRST_REST, LONGEST_REST);
        let state = State {
            pace: Pace::new(manners.per_second, manners.burst, Instant::now()),
            calls: breaker(),
            workflows: breaker(),
            bar: Breaker::new(1, FIRST_BAR, LONGEST_BAR),
            turned_away: None,
            credit: 0,
            under_way: 0,
            report: CourtesyReport::default(),
            dice: StdRng::seed_from_u64(manners.seed),
        };
        Self {
            calls: Semaphore::new(manners.calls.max(1)),
            workflows: Semaphore::new(manners.workflows.max(1)),
            turn: tokio::sync::Mutex::new(()),
            state: Mutex::new(state),
        }
    }

    /// Waits for leave to send one request that has until `deadline`.
    ///
    /// # Errors
    /// [`Error::HeldBack`] if waiting would take too long, and what turned the fleet away if something has.
    pub(super) async fn leave(&self, way: Way, deadline: Instant) -> Result<Leave<'_>, Error> {
        let now = Instant::now();
        let patience = now + deadline.saturating_duration_since(now) / 2;
        if way == Way::Probe {
            self.state().bar.let_in(deadline.saturating_duration_since(now), now);
            return Ok(self.begin(None, way));
        }
        self.state().refusal(way, now)?;
        let lane = if way == Way::Workflow { &self.workflows } else { &self.calls };
        let crowded =
            || held_back(Duration::from_secs(1), "as much as it is asked at once is under way".into());
        let permit = match timeout_at(patience, lane.acquire()).await {
            Ok(Ok(permit)) => permit,
            _ => return Err(crowded()),
        };
        {
            let _turn = timeout_at(patience, self.turn.lock()).await.map_err(|_| crowded())?;
            loop {
                let now = Instant::now();
                let Err(free) = self.state().pace.take(now) else { break };
                if free > patience {
                    let wait = free.saturating_duration_since(now);
                    return Err(held_back(wait, "it would be more than it allows".into()));
                }
                sleep_until(free).await;
            }
        }
        self.state().enter(way, deadline)?;
        Ok(self.begin(Some(permit), way))
    }

    fn begin<'a>(&'a self, permit: Option<SemaphorePermit<'a>>, way: Way) -> Leave<'a> {
        let mut state = self.state();
        state.under_way += 1;
        state.credit = (state.credit + 1).min(PRICE * SAVED);
        Leave { _permit: permit, courtesy: self, way, began: Instant::now() }
    }

    /// Takes note of an answer's head, which came at `now` by this machine's clock.
    pub(super) fn read(&self, headers: &HeaderMap, now: Timestamp) {
        let mut state = self.state();
        let date = date(headers);
        if let Some(date) = date {
            // Half a second is what a date without fractions lacks on average.
            let offset = date.duration_since(now).as_millis() + 500;
            state.report.clock_offset = Some(SignedDuration::from_secs((offset / 1_000) as i64));
        }
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
        let told = (
            number("x-ratelimit-limit"),
            number("x-ratelimit-remaining"),
            number("x-ratelimit-reset")
                .and_then(|second| Timestamp::from_second(second.try_into().ok()?).ok()),
        );
        if let (Some(limit), Some(remaining), Some(reset_at)) = told {
            // By the gallery's own clock, so that it does not matter how far that is off.
            let resets_in = reset_at.duration_since(date.unwrap_or(now)).try_into().unwrap_or(Duration::ZERO);
            let others = state.under_way.saturating_sub(1);
            state.pace.told(Told { limit, remaining, resets_in }, others, Instant::now());
            state.report = CourtesyReport {
                limit: Some(limit),
                reset_at: Some(ours(reset_at, state.report.clock_offset)),
                ..state.report
            };
        }
    }

    /// Takes note of what became of a request.
    pub(super) fn heard<T>(&self, leave: &Leave<'_>, heard: &Result<T, Error>) {
        let (now, mut state) = (Instant::now(), self.state());
        let spread = state.dice.random_range(0.8..1.2);
        let failed = heard.as_ref().is_err_and(is_outage);
        if let Err(error @ (Error::Unauthorized { .. } | Error::Paused)) = heard {
            state.turned_away = Some(error.clone());
            state.bar.failed(spread, now);
        } else if !failed {
            state.bar.succeeded(leave.began);
        }
        let lane = match leave.way {
            Way::Workflow => &mut state.workflows,
            Way::Call | Way::Probe => &mut state.calls,
        };
        if failed { lane.failed(spread, now) } else { lane.succeeded(leave.began) }
    }

    /// Takes note that the gallery asked to be left alone for so long.
    pub(super) fn asked_to_wait(&self, wait: Duration) {
        self.state().pace.asked_to_wait(wait, Instant::now());
    }

    /// How long to wait before a read is tried again that was tried `tries` times, if there is credit and time for it.
    pub(super) fn another_try(&self, tries: u32, deadline: Instant) -> Option<Instant> {
        let (now, mut state) = (Instant::now(), self.state());
        let wait = (FIRST_WAIT * (1 << tries.min(8))).mul_f64(state.dice.random_range(0.5..=1.0));
        let left = deadline.saturating_duration_since(now);
        if tries >= TRIES || state.credit <= PRICE || wait * 2 > left {
            return None;
        }
        // The try itself earns nothing, though it is counted like every request.
        state.credit -= PRICE + 1;
        Some(now + wait)
    }

    /// Lets requests go out again: whoever turned the fleet away has taken it back.
    pub(super) fn reopen(&self) {
        self.state().bar.close();
    }

    pub(super) fn report(&self) -> CourtesyReport {
        let state = self.state();
        CourtesyReport { remaining: state.pace.remaining(Instant::now()), ..state.report }
    }

    /// A moment that the gallery named, by this machine's clock.
    pub(super) fn ours(&self, moment: Timestamp) -> Timestamp {
        ours(moment, self.state().report.clock_offset)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Whether anything keeps requests of this kind from being sent at the moment.
    fn refusal(&self, way: Way, now: Instant) -> Result<(), Error> {
        match (self.bar.open_until(now), self.lane(way).open_until(now)) {
            (Some(until), _) => Err(self.turned_away(until, now)),
            (None, Some(until)) => Err(failing(until, now)),
            (None, None) => Ok(()),
        }
    }

    fn enter(&mut self, way: Way, deadline: Instant) -> Result<(), Error> {
        let now = Instant::now();
        self.refusal(way, now)?;
        let patience = deadline.saturating_duration_since(now);
        self.bar.enter(patience, now).map_err(|until| self.turned_away(until, now))?;
        let lane = if way == Way::Workflow { &mut self.workflows } else { &mut self.calls };
        lane.enter(patience, now).map_err(|until| failing(until, now))
    }

    fn lane(&self, way: Way) -> &Breaker {
        if way == Way::Workflow { &self.workflows } else { &self.calls }
    }

    fn turned_away(&self, until: Instant, now: Instant) -> Error {
        self.turned_away.clone().unwrap_or_else(|| failing(until, now))
    }
}

/// Whether a request met a gallery that serves nobody.
fn is_outage(error: &Error) -> bool {
    match error {
        Error::Unreachable { .. } | Error::TimedOut { .. } | Error::Cut { .. } => true,
        Error::Server { status, .. } => *status >= 500,
        _ => false,
    }
}

/// Whether the same read may fare better in a moment.
pub(super) fn is_transient(error: &Error) -> bool {
    // A read that timed out has used up its time.
    is_outage(error) && !matches!(error, Error::TimedOut { .. })
}

fn failing(until: Instant, now: Instant) -> Error {
    let why = "it did not answer, or failed, several times in a row";
    held_back(until.saturating_duration_since(now), why.into())
}

fn held_back(retry_after: Duration, why: String) -> Error {
    Error::HeldBack { retry_after, why }
}

/// When an answer was sent, by the gallery's clock.
pub(super) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    moment(headers.get(DATE)?.to_str().ok()?)
}

/// A date as HTTP writes it.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()
}

fn ours(moment: Timestamp, offset: Option<SignedDuration>) -> Timestamp {
    match offset.filter(|offset| offset.abs() >= SKEW) {
        Some(offset) => moment.checked_sub(offset).unwrap_or(moment),
        None => moment,
    }
}

#[cfg(test)]
mod tests;
