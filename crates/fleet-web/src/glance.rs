//! What all open pages ask for again and again: the fleet in numbers, and its pulse. It is read once for all of them, so that
//! ten tabs weigh on the store as one does. Whoever opens a page or gives an order gets it as it is now.

use std::sync::Arc;
use std::time::Duration;

use fleet_bots::{ActivityFilter, ActivityKind, FleetSummary, Pulse};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::failure::Failure;
use crate::panel::Panel;

/// How old numbers may be that are pushed.
const NUMBERS: Duration = Duration::from_millis(700);
/// How old a pulse may be that is pushed: it goes over two days of the log.
const PULSE: Duration = Duration::from_secs(5);
/// How far back errors count as news.
const NEWS: Duration = Duration::from_secs(3_600);
/// Errors are counted up to here.
pub(crate) const MOST_ERRORS: u64 = 100;

/// The fleet in numbers.
#[derive(Debug)]
pub(crate) struct Numbers {
    pub(crate) summary: FleetSummary,
    /// What went wrong in the last hour, up to `MOST_ERRORS`.
    pub(crate) errors: u64,
}

/// What was read last; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Glance {
    numbers: Kept<Numbers>,
    pulse: Kept<Pulse>,
}

/// Something that was read.
#[derive(Debug)]
struct Kept<T>(Arc<Mutex<Last<T>>>);

/// What came of reading it last.
#[derive(Debug)]
struct Last<T> {
    /// When that reading began, and what it brought.
    read: Option<(Instant, Arc<T>)>,
    /// When it was found that it could not be read, since it was, and why.
    failed: Option<(Instant, Failure)>,
}

impl<T> Default for Last<T> {
    fn default() -> Self {
        Self { read: None, failed: None }
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Kept<T> {
    /// What was read not longer than `age` ago, or since it was asked for. Of those who ask while somebody reads one reads
    /// for all, and all are told when it fails: nobody waits for all who came before, whether the store is slow or hangs.
    async fn within(
        &self,
        age: Duration,
        read: impl Future<Output = Result<T, Failure>>,
    ) -> Result<Arc<T>, Failure> {
        let asked = Instant::now();
        let mut last = self.0.lock().await;
        if let Some((since, value)) = &last.read
            && (*since >= asked || since.elapsed() < age)
        {
            return Ok(Arc::clone(value));
        }
        if let Some((_, failure)) = last.failed.as_ref().filter(|(failed, _)| *failed > asked) {
            return Err(failure.clone());
        }
        let begins = Instant::now();
        match read.await {
            Ok(value) => {
                let value = Arc::new(value);
                *last = Last { read: Some((begins, Arc::clone(&value))), failed: None };
                Ok(value)
            }
            Err(failure) => {
                last.failed = Some((Instant::now(), failure.clone()));
                Err(failure)
            }
        }
    }
}

impl Panel {
    /// The fleet in numbers, as it is now.
    pub(crate) async fn numbers_now(&self) -> Result<Arc<Numbers>, Failure> {
        self.glance.numbers.within(Duration::ZERO, self.read_numbers()).await
    }

    /// The fleet in numbers, as it was a moment ago.
    pub(crate) async fn numbers(&self) -> Result<Arc<Numbers>, Failure> {
        self.glance.numbers.within(NUMBERS, self.read_numbers()).await
    }

    /// The fleet's pulse, as it was some seconds ago.
    pub(crate) async fn pulse(&self) -> Result<Arc<Pulse>, Failure> {
        self.glance.pulse.within(PULSE, self.read(self.bots.fleet_pulse(self.now()))).await
    }

    async fn read_numbers(&self) -> Result<Numbers, Failure> {
        let news = ActivityFilter {
            kinds: vec![ActivityKind::Error],
            since: Some(self.now().minus(NEWS)),
            limit: MOST_ERRORS,
            ..ActivityFilter::default()
        };
        let both = async { futures::try_join!(self.bots.fleet_summary(), self.bots.get_activity(&news)) };
        let (summary, errors) = self.read(both).await?;
        Ok(Numbers { summary, errors: errors.len() as u64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_just_read_is_not_read_again_and_what_is_asked_for_now_is() {
        let kept = Kept::default();
        let read = |value: u64| async move { Ok(value) };
        assert_eq!(*kept.within(NUMBERS, read(1)).await.unwrap(), 1);
        assert_eq!(*kept.within(Duration::MAX, read(2)).await.unwrap(), 1);
        assert_eq!(*kept.within(Duration::ZERO, read(3)).await.unwrap(), 3);
        assert_eq!(*kept.within(Duration::MAX, read(4)).await.unwrap(), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn while_the_store_hangs_nobody_waits_for_those_who_asked_before() {
        let kept = Kept::<u64>::default();
        let hangs = || async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Err(Failure::store_is_silent())
        };
        let began = Instant::now();
        let all = futures::future::join_all((0..12).map(|_| kept.within(Duration::ZERO, hangs()))).await;
        assert!(all.iter().all(Result::is_err));
        assert_eq!(began.elapsed(), Duration::from_secs(1), "all of them wait for the same reading");
        // Whoever asks later asks anew.
        assert_eq!(*kept.within(Duration::ZERO, async { Ok(5) }).await.unwrap(), 5);
    }

    #[tokio::test(start_paused = true)]
    async fn while_the_store_is_slow_one_reads_for_all_who_wait() {
        let kept = Kept::<u64>::default();
        let second = Duration::from_secs(1);
        let reads = |value| async move {
            tokio::time::sleep(second).await;
            Ok(value)
        };
        let began = Instant::now();
        let at_once = futures::future::join_all((0..12).map(|at| kept.within(Duration::ZERO, reads(at))));
        let meanwhile = async {
            tokio::time::sleep(second / 2).await;
            futures::future::join_all((20..32).map(|at| kept.within(Duration::ZERO, reads(at)))).await
        };
        let (at_once, meanwhile) = tokio::join!(at_once, meanwhile);
        assert!(at_once.iter().all(|read| **read.as_ref().unwrap() == 0));
        assert!(meanwhile.iter().all(|read| **read.as_ref().unwrap() == 20), "what began before may be old");
        assert_eq!(began.elapsed(), second * 2);
    }

    #[tokio::test]
    async fn what_could_not_be_read_is_asked_for_again() {
        let kept = Kept::<u64>::default();
        let failed = kept.within(Duration::MAX, async { Err(Failure::store_is_silent()) }).await;
        assert!(failed.is_err());
        assert_eq!(*kept.within(Duration::MAX, async { Ok(5) }).await.unwrap(), 5);
    }
}
