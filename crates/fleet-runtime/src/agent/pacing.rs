//! When a bot acts next: randomised within its own bounds, slower outside its busy hours, and without a herd after a
//! night or a restart. Pure.

use std::time::Duration;

use fleet_bots::{Bot, FleetTime, Phase};
use rand::{Rng, RngExt};
use rand_distr::{Distribution, LogNormal};

/// How much longer a bot rests between two actions outside its busy hours.
const QUIET: f64 = 4.0;
/// Over how much fleet time bots spread their getting up, so that a zone does not act as one.
const GETTING_UP: Duration = Duration::from_secs(45 * 60);
/// Over how much fleet time bots spread that are overdue, or new.
const SETTLING_IN: Duration = Duration::from_secs(5 * 60);

/// How long `bot` rests until its next action: log-normal around the geometric middle of its bounds, as people's pauses
/// within a session are (Kaltenbrunner et al., arXiv 0708.1579), and never outside them in its busy hours.
///
/// `pace` is what the operator stretches all of them by.
pub(crate) fn interval(bot: &Bot, phase: Phase, pace: f64, dice: &mut impl Rng) -> Duration {
    let (least, most) = (seconds(bot.min_interval_s), seconds(bot.max_interval_s));
    let (least, most) = (least.as_secs_f64(), most.as_secs_f64());
    // About four of five draws fall inside the bounds; the others are drawn anew, evenly.
    let (middle, spread) = ((least * most).sqrt().ln(), ((most / least).ln() / 2.6).max(1e-6));
    let drawn = LogNormal::new(middle, spread).map_or(least, |pauses| pauses.sample(dice));
    let drawn = if (least..=most).contains(&drawn) { drawn } else { dice.random_range(least..=most) };
    Duration::from_secs_f64(pace * if phase == Phase::Busy { drawn } else { drawn * QUIET })
}

/// When a bot that sleeps until `until` gets up.
pub(crate) fn getting_up(until: FleetTime, dice: &mut impl Rng) -> FleetTime {
    until.plus(GETTING_UP.mul_f64(dice.random::<f64>()))
}

/// When a bot wakes that was just taken over: at its own next wake, or soon if that has passed or there was none.
pub(crate) fn taking_over(next_wake: Option<FleetTime>, now: FleetTime, dice: &mut impl Rng) -> FleetTime {
    match next_wake {
        Some(wake) if wake > now => wake,
        _ => now.plus(SETTLING_IN.mul_f64(dice.random::<f64>())),
    }
}

/// When a bot comes back that was sent away until `until`: a little later, by up to a tenth of the wait, and at least within
/// a minute, so that those who were sent away together do not come back together.
pub(crate) fn afterwards(until: FleetTime, now: FleetTime, dice: &mut impl Rng) -> FleetTime {
    let spread = (until.since(now) / 10).clamp(Duration::from_secs(60), Duration::from_secs(600));
    until.plus(spread.mul_f64(dice.random::<f64>()))
}

/// How long to wait, in real time, after `failures` failures in a row: doubled each time up to five minutes, and spread
/// so that those who failed together do not come back together.
pub(crate) fn back_off(failures: u32, dice: &mut impl Rng) -> Duration {
    let longest = Duration::from_secs(300);
    let full = Duration::from_secs(2).saturating_mul(1 << failures.min(10)).min(longest);
    full.mul_f64(dice.random_range(0.5..=1.0))
}

/// One of the bot's intervals, as its row has it.
fn seconds(interval_s: i64) -> Duration {
    Duration::from_secs(u64::try_from(interval_s).unwrap_or(1).max(1))
}
