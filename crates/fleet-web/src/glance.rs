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

/// Something that was read, with when.
#[derive(Debug)]
struct Kept<T>(Arc<Mutex<Option<Read<T>>>>);

type Read<T> = (Instant, Arc<T>);

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
    /// What was read not longer than `age` ago, or now. Those who ask while somebody reads wait for the same reading.
    async fn within(
        &self,
        age: Duration,
        read: impl Future<Output = Result<T, Failure>>,
    ) -> Result<Arc<T>, Failure> {
        let mut kept = self.0.lock().await;
        if let Some((since, value)) = kept.as_ref()
            && since.elapsed() < age
        {
            return Ok(Arc::clone(value));
        }
        let value = Arc::new(read.await?);
        *kept = Some((Instant::now(), Arc::clone(&value)));
        Ok(value)
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

    #[tokio::test]
    async fn what_could_not_be_read_is_asked_for_again() {
        let kept = Kept::<u64>::default();
        let failed = kept.within(Duration::MAX, async { Err(Failure::store_is_silent()) }).await;
        assert!(failed.is_err());
        assert_eq!(*kept.within(Duration::MAX, async { Ok(5) }).await.unwrap(), 5);
    }
}
