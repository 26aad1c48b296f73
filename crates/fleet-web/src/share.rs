//! How much of the gallery is the fleet's. It is looked at now and then while somebody looks on, never while a page waits: a
//! page shows what the last look found.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fleet_bots::{Bots, OurShare, StopState};
use tokio::time::Instant;

use crate::panel::GalleryPosts;

/// How long a look is good for.
const FRESH: Duration = Duration::from_secs(60);
/// How long it is shown when the gallery does not answer any more.
const STALE: Duration = Duration::from_secs(600);
/// How long the gallery may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// What the last look found; clones share it.
#[derive(Clone)]
pub(crate) struct Share {
    look: Option<GalleryPosts>,
    last: Arc<Mutex<Last>>,
}

#[derive(Clone, Copy, Default)]
struct Last {
    found: Option<OurShare>,
    /// When the last look was begun.
    begun: Option<Instant>,
    /// When the gallery answered last.
    answered: Option<Instant>,
}

impl Share {
    pub(crate) fn of(look: Option<GalleryPosts>) -> Self {
        Self { look, last: Arc::default() }
    }

    /// What is known of it; begins another look when that is old.
    pub(crate) fn known(&self, bots: &Bots) -> Option<OurShare> {
        let look = self.look.as_ref()?;
        // Nothing is asked of the gallery while everything is stopped.
        if bots.switch().is_pulled() {
            return self.last().found;
        }
        let last = *self.last();
        if last.begun.is_none_or(|begun| begun.elapsed() > FRESH) {
            self.last().begun = Some(Instant::now());
            let (posts, bots, share) = (look(), bots.clone(), self.clone());
            tokio::spawn(async move {
                let mut switch = bots.switch().watch();
                let stopped = async { switch.wait_for(|state| *state != StopState::Off).await };
                let posts = tokio::select! {
                    biased;
                    _ = stopped => return,
                    posts = tokio::time::timeout(PATIENCE, posts) => posts,
                };
                let Ok(Some(posts)) = posts else { return };
                match bots.our_share(&posts).await {
                    Ok(found) => {
                        let mut last = share.last();
                        (last.found, last.answered) = (Some(found), Some(Instant::now()));
                    }
                    Err(error) => tracing::debug!(%error, "the fleet's share of the gallery is not known"),
                }
            });
        }
        // A gallery that has not answered for long may be another by now.
        last.found.filter(|_| last.answered.is_some_and(|answered| answered.elapsed() < STALE))
    }

    fn last(&self) -> MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Share").finish_non_exhaustive()
    }
}
