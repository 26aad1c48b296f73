//! How fast requests may follow each other: a token bucket that what the gallery says of its limits keeps in step. Pure: it
//! is told what time it is, and says until when to wait.

use std::time::Duration;

use tokio::time::Instant;

/// Public plans count by the minute.
const WINDOW: Duration = Duration::from_secs(60);
/// The share of a window's requests that may go out at once.
const BURST: f64 = 1.0 / 6.0;
/// A window that ends later than this is not believed.
const LONGEST_WINDOW: Duration = Duration::from_secs(3_600);

/// What the gallery said of its limits with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// How many requests a window holds.
    pub(super) limit: u64,
    /// How many of them are left.
    pub(super) remaining: u64,
    /// When the next window begins, from the answer on.
    pub(super) resets_in: Duration,
}

/// So many requests a second, and so many at once.
#[derive(Clone, Copy, Debug)]
struct Rate {
    per_second: f64,
    burst: f64,
}

#[derive(Debug)]
pub(super) struct Pace {
    /// What holds until the gallery says what it allows; no limit if none.
    rate: Option<Rate>,
    /// What is left of the window that the gallery told of, and when that ends.
    window: Option<(u64, Instant)>,
    /// A burst's worth of requests at the most.
    tokens: f64,
    refilled: Instant,
    /// The gallery asked to be left alone until then.
    quiet_until: Option<Instant>,
}

impl Pace {
    pub(super) fn new(per_second: Option<f64>, burst: u32, now: Instant) -> Self {
        let burst = f64::from(burst.max(1));
        let rate = per_second.map(|per_second| Rate { per_second, burst });
        Self { rate, window: None, tokens: burst, refilled: now, quiet_until: None }
    }

    /// Takes leave for one request.
    ///
    /// # Errors
    /// With the moment before which it would be refused, or come too fast.
    pub(super) fn take(&mut self, now: Instant) -> Result<(), Instant> {
        if let Some(until) = self.quiet_until.filter(|until| *until > now) {
            return Err(until);
        }
        self.window = self.window.filter(|(_, resets)| *resets > now);
        if let Some((0, resets)) = self.window {
            return Err(resets);
        }
        let Some(rate) = self.rate_at(now) else { return Ok(()) };
        let passed = now.saturating_duration_since(self.refilled).as_secs_f64();
        self.tokens = (self.tokens + passed * rate.per_second).min(rate.burst);
        self.refilled = now;
        if self.tokens < 1.0 {
            return Err(now + Duration::from_secs_f64((1.0 - self.tokens) / rate.per_second));
        }
        self.tokens -= 1.0;
        if let Some((left, _)) = &mut self.window {
            *left -= 1;
        }
        Ok(())
    }

    /// Spreads what is left of a window over the rest of it, so that others who show the same token are reckoned with.
    fn rate_at(&self, now: Instant) -> Option<Rate> {
        let rate = self.rate?;
        Some(match self.window {
            Some((left, resets)) => {
                let rest = resets.saturating_duration_since(now).as_secs_f64().max(0.001);
                Rate { per_second: (left as f64 / rest).max(0.001), ..rate }
            }
            None => rate,
        })
    }

    /// Takes note of the limits that came with an answer, while `under_way` other requests were under way that the gallery
    /// may not have counted yet.
    pub(super) fn told(&mut self, told: Told, under_way: u64, now: Instant) {
        let limit = told.limit.max(1) as f64;
        let rate = Rate { per_second: limit / WINDOW.as_secs_f64(), burst: (limit * BURST).max(1.0) };
        if self.rate.is_none_or(|before| before.burst < rate.burst) {
            // What may go out at once has grown, and nothing of it was used.
            self.tokens = self.tokens.max(rate.burst - 1.0);
        }
        self.rate = Some(rate);
        let left = told.remaining.saturating_sub(under_way);
        self.window = (!told.resets_in.is_zero()).then(|| (left, now + told.resets_in.min(LONGEST_WINDOW)));
    }

    /// Takes note that the gallery asked to be left alone.
    pub(super) fn asked_to_wait(&mut self, wait: Duration, now: Instant) {
        let until = now + wait;
        self.quiet_until = Some(self.quiet_until.map_or(until, |before| before.max(until)));
    }

    /// How many requests the window that the gallery told of still holds.
    pub(super) fn remaining(&self, now: Instant) -> Option<u64> {
        self.window.filter(|(_, resets)| *resets > now).map(|(left, _)| left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(limit: u64, remaining: u64, seconds: u64) -> Told {
        Told { limit, remaining, resets_in: Duration::from_secs(seconds) }
    }

    #[test]
    fn a_burst_goes_out_at_once_and_the_rest_at_the_rate() {
        let now = Instant::now();
        let mut pace = Pace::new(Some(5.0), 3, now);
        for _ in 0..3 {
            pace.take(now).unwrap();
        }
        let next = pace.take(now).unwrap_err();
        assert_eq!(next.duration_since(now).as_millis(), 200);
        pace.take(next + Duration::from_millis(1)).unwrap();
        pace.take(next).unwrap_err();
    }

    #[test]
    fn nothing_goes_out_that_is_known_to_be_refused() {
        let now = Instant::now();
        let mut pace = Pace::new(None, 1, now);
        for _ in 0..1_000 {
            pace.take(now).unwrap();
        }
        pace.told(told(60, 0, 30), 0, now);
        let opens = pace.take(now).unwrap_err();
        assert_eq!(opens, now + Duration::from_secs(30));
        pace.take(opens).unwrap();
        pace.asked_to_wait(Duration::from_secs(7), opens);
        assert_eq!(pace.take(opens + Duration::from_secs(6)), Err(opens + Duration::from_secs(7)));
        pace.take(opens + Duration::from_secs(7)).unwrap();
    }

    #[test]
    fn what_is_left_of_a_window_is_spread_over_it_and_requests_under_way_count() {
        let now = Instant::now();
        let mut pace = Pace::new(Some(5.0), 10, now);
        // Another process has used most of the minute.
        pace.told(told(120, 8, 40), 2, now);
        assert_eq!(pace.remaining(now), Some(6));
        let (mut at, mut sent) = (now, 0);
        while at < now + Duration::from_secs(40) {
            match pace.take(at) {
                Ok(()) => sent += 1,
                Err(later) => at = later.max(at + Duration::from_millis(1)),
            }
        }
        assert_eq!(sent, 6);
    }

    #[test]
    fn a_window_as_long_as_a_year_is_not_believed() {
        let now = Instant::now();
        let mut pace = Pace::new(None, 1, now);
        pace.told(told(60, 0, 31_536_000), 0, now);
        assert_eq!(pace.take(now), Err(now + LONGEST_WINDOW));
    }
}
