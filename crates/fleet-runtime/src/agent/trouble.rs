//! What can keep a bot from finishing its turn. An agent does not fail: trouble becomes a rest and a line in the log.

use std::time::Duration;

use fleet_bots::FleetTime;
use fleet_gallery::{Error, Retry};

use crate::clock::FleetClock;

/// The longest rest that a gallery can ask for. A reset further away is looked for again after that.
const LONGEST: Duration = Duration::from_secs(24 * 3_600);

/// How much fleet time passes at the most until a bot that has reached a cap looks whether it was raised.
pub(crate) const RAISED: Duration = Duration::from_secs(1_800);

/// What got in the way.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error(transparent)]
    Store(#[from] fleet_bots::Error),
    #[error(transparent)]
    Gallery(#[from] Error),
    #[error(transparent)]
    Brain(#[from] fleet_brain::Error),
    /// The bot has no account, and the gallery is not to be asked for one yet.
    #[error("{why}")]
    NoAccount {
        /// Until then.
        until: FleetTime,
        /// What the gallery said, and how to mend it.
        why: String,
    },
    /// A cap of the day, or a rest that the gallery asked for.
    #[error("{why}")]
    Limited {
        /// Until then.
        until: FleetTime,
        /// What the gallery said, or the cap.
        why: String,
    },
}

impl Trouble {
    /// Whether somebody was faster: the bot was paused or stopped, or its lease went elsewhere. Nothing is wrong then.
    pub(crate) fn is_overtaken(&self) -> bool {
        matches!(self, Trouble::Store(fleet_bots::Error::Overtaken(_) | fleet_bots::Error::NotFound(_)))
    }

    /// Until when the gallery wants to be left alone, if it said so.
    pub(crate) fn until(&self, clock: &FleetClock) -> Option<FleetTime> {
        let after = |wait: Duration| Some(clock.now().plus(clock.in_fleet(wait)));
        match self {
            Trouble::Gallery(error) => until(error, clock),
            Trouble::Brain(fleet_brain::Error::Capped { until, .. }) => {
                Some(FleetTime::from(*until).min(clock.now().plus(RAISED)))
            }
            Trouble::Brain(_) => after(Duration::from_secs(300)),
            Trouble::NoAccount { until, .. } => Some(*until),
            Trouble::Limited { until, .. } | Trouble::Store(fleet_bots::Error::Capped { until, .. }) => {
                Some(*until)
            }
            Trouble::Store(_) => None,
        }
    }

    /// Whether it holds for every bot of the fleet: a token that is refused, a budget or a switch of the platform's.
    pub(crate) fn concerns_all(&self) -> bool {
        matches!(self, Trouble::Gallery(error) if concerns_all(error))
    }

    /// Whether the platform or a cap limits the bot, rather than something being wrong with it. A limit is told as a rest.
    pub(crate) fn is_limit(&self) -> bool {
        match self {
            Trouble::Limited { .. }
            | Trouble::Store(fleet_bots::Error::Capped { .. })
            | Trouble::Brain(fleet_brain::Error::Capped { .. }) => true,
            Trouble::Gallery(error) => matches!(
                error,
                Error::RateLimited { .. }
                    | Error::HeldBack { .. }
                    | Error::Unauthorized { .. }
                    | Error::BotLimited { .. }
                    | Error::FleetLimited { .. }
                    | Error::Paused
            ),
            _ => false,
        }
    }
}

/// Whether `error` holds for every bot of the fleet.
pub(crate) fn concerns_all(error: &Error) -> bool {
    matches!(error, Error::Unauthorized { .. } | Error::FleetLimited { .. } | Error::Paused)
}

/// Until when the gallery wants to be left alone after `error`, in fleet time: the gallery's clock and the fleet's are one.
pub(crate) fn until(error: &Error, clock: &FleetClock) -> Option<FleetTime> {
    let now = clock.now();
    let after = |wait: Duration| now.plus(clock.in_fleet(wait));
    match (error, error.retry()) {
        (Error::Unauthorized { .. } | Error::Paused, _) => Some(after(Duration::from_secs(60))),
        (_, Retry::After(wait)) => Some(after(wait)),
        (_, Retry::At(moment)) => Some(FleetTime::from(moment).min(now.plus(LONGEST))),
        (_, Retry::Never) => Some(after(Duration::from_secs(60))),
        (_, Retry::Later) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reset_is_a_moment_of_the_fleets_clock_however_fast_it_runs() {
        let noon: FleetTime = "2026-03-05T12:00:00Z".parse::<jiff::Timestamp>().unwrap().into();
        let clock = FleetClock::fast(noon, 600.0);
        let midnight = "2026-03-06T00:00:00Z".parse::<jiff::Timestamp>().unwrap();
        let limited = |reset_at| Error::BotLimited { reset_at: Some(reset_at), used: None, limit: None };
        assert_eq!(until(&limited(midnight), &clock), Some(midnight.into()));
        let next_year = "2027-03-06T00:00:00Z".parse::<jiff::Timestamp>().unwrap();
        let rest = until(&limited(next_year), &clock).unwrap().since(noon);
        assert!(rest >= LONGEST && rest < LONGEST * 2, "{rest:?}");
    }

    #[test]
    fn a_pause_in_seconds_is_real_time() {
        let clock = FleetClock::fast(FleetTime(0), 60.0);
        let asked = Error::RateLimited { retry_after: Duration::from_secs(2) };
        let rest = until(&asked, &clock).unwrap().since(FleetTime(0));
        assert!(rest >= Duration::from_secs(120), "{rest:?}");
    }
}
