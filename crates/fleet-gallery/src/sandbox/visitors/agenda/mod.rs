//! Who does something when: everybody's sessions, planned one ahead. Pure; it is told the time and never waits.
//!
//! A person's sessions come at log-normal distances, measured not in hours but in hours weighed by the script's rate and
//! by how lively the person is then: while one sleeps, and while the script is silent, that clock stands still. Within a
//! session there is about a minute between two acts.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use rand::rngs::StdRng;
use rand_distr::{Distribution, LogNormal};

use super::person::{self, Person};
use super::script::VisitorScript;

/// The plan looks at time in pieces of this length.
const SLICE: SignedDuration = SignedDuration::from_mins(30);
/// Who would not look in again for so long has left for good.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long those who are there from the beginning take to come.
const OPENING: Duration = Duration::from_secs(15 * 60);
/// How long the gallery is news to somebody.
const NOVEL: Duration = Duration::from_secs(18 * 3600);
/// How likely one of them is up for it in the middle of the night.
const UP_LATE: f64 = 0.5;

/// Somebody's turn to do one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// A person's number.
    pub(super) who: usize,
    pub(super) at: Timestamp,
    /// Whether it is the first thing they do since they looked in.
    pub(super) opens: bool,
    /// Whether it is the first thing they ever do.
    pub(super) joins: bool,
}

/// Everybody's next turn.
#[derive(Debug)]
pub(super) struct Agenda {
    begin: Timestamp,
    script: VisitorScript,
    lives: Vec<Life>,
    due: BinaryHeap<Reverse<(Timestamp, usize)>>,
}

#[derive(Debug)]
struct Life {
    person: Person,
    dice: StdRng,
    /// What is left of this session, the next turn included.
    left: u32,
    opens: bool,
    joined: Timestamp,
    joins: bool,
    /// Whether this session goes on although it is night.
    up_late: bool,
    leaves: Option<Timestamp>,
}

/// When somebody means to join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrival {
    /// After the beginning.
    pub(super) after: Duration,
    /// Whether they come then even if it is night where they live.
    pub(super) whatever_the_hour: bool,
}

/// When everyone means to join: the first `founders` in a quarter of an hour, the very first at once, and the others as
/// the script has it. An opening is a reason to stay up, so that nobody opens a gallery to silence.
pub(super) fn arrivals(script: &VisitorScript, seed: u64, founders: usize) -> Vec<Arrival> {
    let opening = std::iter::once((Duration::ZERO, OPENING, founders));
    let spans = opening
        .chain(script.arrivals())
        .flat_map(|(from, until, count)| std::iter::repeat_n((from, until), count));
    let draw = |(index, (from, until)): (usize, (Duration, Duration))| {
        let mut dice = person::dice(seed, index, 1);
        let share = if index == 0 { 0.0 } else { dice.random::<f64>() };
        let whatever_the_hour = index == 0 || index < founders && dice.random_bool(UP_LATE);
        Arrival { after: from + (until - from).mul_f64(share), whatever_the_hour }
    };
    spans.enumerate().map(draw).collect()
}

impl Agenda {
    /// The plan of these people, who began at `begin` and go on from `now`. `arrivals` has one entry for each.
    pub(super) fn new(
        people: &[Person],
        arrivals: &[Arrival],
        script: &VisitorScript,
        seed: u64,
        (begin, now): (Timestamp, Timestamp),
    ) -> Self {
        // Whoever goes on must not say and do again what they did the first time.
        let run = now.duration_since(begin).as_micros().max(0);
        let purpose = 2 + u64::try_from(run).unwrap_or(u64::MAX - 2);
        let lives = people.iter().enumerate().zip(arrivals).map(|((index, person), arrival)| {
            let joined = later(begin, arrival.after);
            Life {
                person: person.clone(),
                dice: person::dice(seed, index, purpose),
                left: 0,
                opens: true,
                joined,
                joins: joined >= now,
                up_late: joined >= now && arrival.whatever_the_hour,
                leaves: person.stays.map(|stays| later(joined, stays)),
            }
        });
        let mut agenda =
            Self { begin, script: script.clone(), lives: lives.collect(), due: BinaryHeap::new() };
        for (who, arrival) in arrivals.iter().enumerate().take(people.len()) {
            let joining = later(begin, arrival.after);
            let at = match (joining >= now, arrival.whatever_the_hour) {
                (true, true) => Some(joining),
                (true, false) => agenda.awake(who, joining),
                (false, _) => agenda.session(who, now),
            };
            agenda.put(who, at);
            agenda.begin_session(who);
        }
        agenda
    }

    /// When the next turn is; none if nobody ever comes again.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.due.peek().map(|Reverse((at, _))| *at)
    }

    /// The first turn that is due. One that has been due for longer than `patience` is passed over: whoever slept
    /// through an hour does not make up for it all at once.
    pub(super) fn take(&mut self, now: Timestamp, patience: Duration) -> Option<Turn> {
        let patience = SignedDuration::try_from(patience).unwrap_or(SignedDuration::MAX);
        while self.next()? <= now {
            let Reverse((at, who)) = self.due.pop()?;
            let late = now.duration_since(at) > patience;
            let life = &mut self.lives[who];
            let turn = Turn { who, at, opens: life.opens, joins: life.joins };
            if late {
                life.left = 0;
            } else {
                (life.opens, life.joins) = (false, false);
            }
            let from = if late { now } else { at };
            let next = self.go_on(who, from);
            self.put(who, next);
            if !late {
                return Some(turn);
            }
        }
        None
    }

    fn put(&mut self, who: usize, at: Option<Timestamp>) {
        if let Some(at) = at
            && (self.lives[who].joins || self.lives[who].leaves.is_none_or(|leaves| at <= leaves))
        {
            self.due.push(Reverse((at, who)));
        }
    }

    /// The turn after one at `at`: soon, while the session lasts, or when they look in again.
    fn go_on(&mut self, who: usize, at: Timestamp) -> Option<Timestamp> {
        let life = &mut self.lives[who];
        life.left = life.left.saturating_sub(1);
        if life.left > 0 {
            let pause = log_normal(48.0, 0.9, &mut life.dice).clamp(2.0, 1200.0);
            let next = later(at, Duration::from_secs_f64(pause));
            let up = life.up_late || life.person.rhythm.liveliness(next) > 0.0;
            if up && self.rate(next).0 > 0.0 {
                return Some(next);
            }
        }
        self.lives[who].up_late = false;
        self.begin_session(who);
        self.session(who, later(at, Duration::from_secs(900)))
    }

    fn begin_session(&mut self, who: usize) {
        let life = &mut self.lives[who];
        // A first look round takes longer.
        let more = (life.person.acts - 1.0).max(0.0) + if life.joins { 5.0 } else { 0.0 };
        // Geometric: most sessions are short.
        let stop = 1.0 / (more + 1.0);
        life.left = 1;
        while life.left < 40 && !life.dice.random_bool(stop) {
            life.left += 1;
        }
        life.opens = true;
    }

    /// When they look in next, from a time on.
    fn session(&mut self, who: usize, from: Timestamp) -> Option<Timestamp> {
        let life = &mut self.lives[who];
        // What is new draws people back, the more the newer it is to them.
        let known = from.duration_since(life.joined).as_secs_f64().max(0.0);
        let novelty = 1.0 + 5.0 * (-known / NOVEL.as_secs_f64()).exp();
        let mean = 86_400.0 / (life.person.sessions * novelty);
        let gap = log_normal(mean * (-0.5_f64).exp(), 1.0, &mut life.dice);
        self.after(who, from, gap)
    }

    /// When they are first awake, from a time on.
    fn awake(&self, who: usize, from: Timestamp) -> Option<Timestamp> {
        self.after(who, from, 0.0)
    }

    /// The time by which so many seconds have passed for them, weighed as the head of this file says.
    fn after(&self, who: usize, from: Timestamp, mut seconds: f64) -> Option<Timestamp> {
        let rhythm = &self.lives[who].person.rhythm;
        let mut at = from;
        while at.duration_since(from) < FORGOTTEN {
            let (rate, until) = self.rate(at);
            if rate == 0.0 {
                at = until?;
                continue;
            }
            let end = at.checked_add(SLICE).ok()?;
            let end = until.map_or(end, |until| end.min(until));
            let pace = rate * rhythm.liveliness(at);
            let passes = pace * end.duration_since(at).as_secs_f64();
            if pace > 0.0 && passes >= seconds {
                return Some(later(at, Duration::from_secs_f64(seconds / pace)));
            }
            seconds -= passes;
            at = end;
        }
        None
    }

    /// The script's rate at a time, and until when it holds.
    fn rate(&self, at: Timestamp) -> (f64, Option<Timestamp>) {
        let after = Duration::try_from(at.duration_since(self.begin)).unwrap_or_default();
        let (rate, until) = self.script.rate(after);
        (rate, until.map(|until| later(self.begin, until)))
    }
}

/// So much later, or the end of time.
fn later(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

fn log_normal(median: f64, spread: f64, dice: &mut StdRng) -> f64 {
    LogNormal::new(median.max(1e-6).ln(), spread).map_or(median, |times| times.sample(dice))
}

#[cfg(test)]
mod tests;
