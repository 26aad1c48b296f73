//! Leaves a gallery alone that fails: after so many failures in a row nothing is sent for a while, then one request tries
//! whether it is well again. Pure: it is told what time it is.

use std::time::Duration;

use tokio::time::Instant;

#[derive(Debug)]
pub(super) struct Breaker {
    /// How many failures in a row it takes.
    threshold: u32,
    /// How long it is open the first time and at the most; doubled from one to the other.
    first: Duration,
    longest: Duration,
    failures: u32,
    open: Option<Open>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    since: Instant,
    until: Instant,
    cool: Duration,
    trying: bool,
}

impl Breaker {
    pub(super) fn new(threshold: u32, first: Duration, longest: Duration) -> Self {
        Self { threshold, first, longest, failures: 0, open: None }
    }

    /// Until when nothing may be sent, if it is open.
    pub(super) fn open_until(&self, now: Instant) -> Option<Instant> {
        self.open.map(|open| open.until).filter(|until| *until > now)
    }

    /// Lets a request in; the first after the wait is the one that tries, and has `patience` for it: whoever gives up
    /// without a word must not keep it open for ever.
    ///
    /// # Errors
    /// With the moment until which it is open.
    pub(super) fn enter(&mut self, patience: Duration, now: Instant) -> Result<(), Instant> {
        match self.open_until(now) {
            Some(until) => Err(until),
            None => {
                self.let_in(patience, now);
                Ok(())
            }
        }
    }

    /// Lets a request in that tries, whether or not it is time.
    pub(super) fn let_in(&mut self, patience: Duration, now: Instant) {
        if let Some(open) = &mut self.open {
            (open.trying, open.until) = (true, now + patience);
        }
    }

    /// A request that began at `began` was answered.
    pub(super) fn succeeded(&mut self, began: Instant) {
        // What began before it opened says nothing of how things are now.
        if self.open.is_none_or(|open| began > open.since) {
            self.close();
        }
    }

    /// A request failed. `spread`, about 1, keeps those who fail together from trying together.
    pub(super) fn failed(&mut self, spread: f64, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        let cool = match self.open {
            Some(open) if open.trying => (open.cool * 2).min(self.longest),
            Some(_) => return,
            None if self.failures < self.threshold => return,
            None => self.first,
        };
        self.open = Some(Open { since: now, until: now + cool.mul_f64(spread), cool, trying: false });
    }

    pub(super) fn close(&mut self) {
        (self.failures, self.open) = (0, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn broken(now: Instant) -> Breaker {
        let mut breaker = Breaker::new(3, SECOND, 4 * SECOND);
        for _ in 0..2 {
            breaker.failed(1.0, now);
            breaker.enter(SECOND, now).unwrap();
        }
        breaker.failed(1.0, now);
        breaker
    }

    #[test]
    fn it_opens_after_failures_in_a_row_lets_one_try_and_waits_longer_each_time() {
        let mut now = Instant::now();
        let mut breaker = broken(now);
        for cool in [1, 2, 4, 4] {
            assert_eq!(breaker.enter(SECOND, now), Err(now + cool * SECOND));
            now += cool * SECOND;
            breaker.enter(SECOND, now).unwrap();
            breaker.enter(SECOND, now).unwrap_err();
            breaker.failed(1.0, now);
        }
        now += 4 * SECOND;
        breaker.enter(SECOND, now).unwrap();
        breaker.succeeded(now);
        assert_eq!(breaker.open_until(now), None);
        breaker.failed(1.0, now);
        breaker.enter(SECOND, now).unwrap();
    }

    #[test]
    fn one_that_tries_and_is_never_heard_of_again_does_not_keep_it_open() {
        let now = Instant::now();
        let mut breaker = broken(now);
        breaker.enter(SECOND, now + SECOND).unwrap();
        breaker.enter(SECOND, now + SECOND).unwrap_err();
        breaker.enter(SECOND, now + 2 * SECOND).unwrap();
    }

    #[test]
    fn what_began_before_it_opened_does_not_close_it() {
        let now = Instant::now();
        let mut breaker = broken(now);
        breaker.succeeded(now - SECOND);
        assert!(breaker.open_until(now).is_some());
        breaker.succeeded(now + SECOND);
        assert_eq!(breaker.open_until(now), None);
    }
}
