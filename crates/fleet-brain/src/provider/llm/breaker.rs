//! Whether an endpoint is left alone for a while. Owns the count of its failures, and that one call at a time tries it
//! again; refuses to know what a call is.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// So many failures in a row, and it is left alone.
const FAILURES: u32 = 3;
const SHORTEST_REST: Duration = Duration::from_secs(15);
const LONGEST_REST: Duration = Duration::from_secs(8 * 60);

/// Counts failures.
#[derive(Debug, Default)]
pub(super) struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    failures: u32,
    /// Until when it is left alone; none while it is not.
    until: Option<Instant>,
    /// How long it is left alone the next time.
    rest: Duration,
    /// Whether somebody tries it just now.
    trying: bool,
}

/// Leave to call once. What is dropped without a word, as by a call that was broken off, says nothing of the endpoint.
#[derive(Debug)]
pub(super) struct Leave<'b> {
    breaker: &'b Breaker,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// While nothing was wrong.
    Plain,
    /// To try it again.
    Tries,
    /// Whatever happened before.
    Anyway,
}

impl Breaker {
    /// Leave to call, or how long there is none.
    pub(super) fn leave(&self) -> Result<Leave<'_>, Duration> {
        let mut state = self.state();
        let Some(until) = state.until else { return Ok(Leave { breaker: self, kind: Kind::Plain }) };
        let now = Instant::now();
        if until > now {
            return Err(until - now);
        }
        if state.trying {
            return Err(Duration::ZERO);
        }
        state.trying = true;
        Ok(Leave { breaker: self, kind: Kind::Tries })
    }

    /// Leave to call whatever happened before, for somebody who wants to know.
    pub(super) fn leave_anyway(&self) -> Leave<'_> {
        Leave { breaker: self, kind: Kind::Anyway }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Leave<'_> {
    /// Whether it still holds, for who had to wait since; else how long there is none.
    pub(super) fn holds(&self) -> Result<(), Duration> {
        let now = Instant::now();
        match self.breaker.state().until {
            Some(until) if self.kind == Kind::Plain && until > now => Err(until - now),
            _ => Ok(()),
        }
    }

    /// It answered, whatever it said.
    pub(super) fn answered(self) {
        let mut state = self.breaker.state();
        *state = State { trying: state.trying, ..State::default() };
    }

    /// It failed. `at_once` when it is no use to try again soon; `after` when it said how long.
    pub(super) fn failed(self, at_once: bool, after: Option<Duration>) {
        let mut state = self.breaker.state();
        // What began before it was left alone ends as the others did, and says nothing new.
        if self.kind != Kind::Tries && state.until.is_some() {
            return;
        }
        state.failures = state.failures.saturating_add(1);
        if self.kind == Kind::Tries || at_once || after.is_some() || state.failures >= FAILURES {
            let rest = state.rest.max(SHORTEST_REST);
            let rest = after.unwrap_or_default().max(rest).min(LONGEST_REST);
            state.until = Some(Instant::now() + rest);
            state.rest = (rest * 2).min(LONGEST_REST);
        }
    }
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        if self.kind == Kind::Tries {
            self.breaker.state().trying = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fail(breaker: &Breaker) {
        breaker.leave().unwrap().failed(false, None);
    }

    #[tokio::test(start_paused = true)]
    async fn three_failures_in_a_row_open_it_and_one_at_a_time_tries_it_again() {
        let breaker = Breaker::default();
        fail(&breaker);
        fail(&breaker);
        breaker.leave().unwrap().answered();
        for _ in 0..3 {
            fail(&breaker);
        }
        assert_eq!(breaker.leave().unwrap_err(), SHORTEST_REST);
        tokio::time::advance(SHORTEST_REST).await;
        let trying = breaker.leave().unwrap();
        assert!(breaker.leave().is_err(), "a second one must wait for the first");
        // What was broken off says nothing, and the next one may try.
        drop(trying);
        fail(&breaker);
        assert_eq!(breaker.leave().unwrap_err(), SHORTEST_REST * 2);
        tokio::time::advance(SHORTEST_REST * 2).await;
        breaker.leave().unwrap().answered();
        let (first, second) = (breaker.leave(), breaker.leave());
        assert!(first.is_ok() && second.is_ok(), "closed again, for everybody");
    }

    #[tokio::test(start_paused = true)]
    async fn calls_that_fail_together_are_one_failure() {
        let breaker = Breaker::default();
        let together: Vec<_> = (0..16).map(|_| breaker.leave().unwrap()).collect();
        together.into_iter().for_each(|leave| leave.failed(false, None));
        assert_eq!(breaker.leave().unwrap_err(), SHORTEST_REST);
        tokio::time::advance(SHORTEST_REST).await;
        fail(&breaker);
        assert_eq!(breaker.leave().unwrap_err(), SHORTEST_REST * 2);
    }

    #[tokio::test(start_paused = true)]
    async fn who_waited_while_it_was_found_to_fail_does_not_call_and_says_nothing_new() {
        let breaker = Breaker::default();
        let [waits, late] = [breaker.leave().unwrap(), breaker.leave().unwrap()];
        for _ in 0..3 {
            breaker.leave().unwrap().failed(false, None);
            assert_eq!(waits.holds().is_ok(), breaker.leave().is_ok());
        }
        assert_eq!(waits.holds().unwrap_err(), SHORTEST_REST);
        assert!(breaker.leave_anyway().holds().is_ok());
        // Its rest is over by the time that the last of those fails which began before it.
        tokio::time::advance(SHORTEST_REST).await;
        late.failed(false, None);
        let trying = breaker.leave().unwrap();
        assert!(trying.holds().is_ok() && waits.holds().is_ok());
        trying.failed(false, None);
        assert_eq!(breaker.leave().unwrap_err(), SHORTEST_REST * 2);
    }

    #[tokio::test(start_paused = true)]
    async fn what_it_says_of_itself_is_believed_up_to_a_limit() {
        let breaker = Breaker::default();
        breaker.leave().unwrap().failed(false, Some(Duration::from_secs(60)));
        assert_eq!(breaker.leave().unwrap_err(), Duration::from_secs(60));
        let breaker = Breaker::default();
        breaker.leave().unwrap().failed(false, Some(Duration::from_secs(86_400)));
        assert_eq!(breaker.leave().unwrap_err(), LONGEST_REST);
        let breaker = Breaker::default();
        breaker.leave().unwrap().failed(true, None);
        assert_eq!(breaker.leave().unwrap_err(), SHORTEST_REST);
        assert!(breaker.leave_anyway().breaker.leave().is_err());
    }
}
