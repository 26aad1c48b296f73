//! What somebody of each persona would write, kept in this process. A model may be asked for each, and paid for it: one that
//! was written is shown again, one that is being written is waited for and not asked for twice, and few are written at once.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::characters::{Characters, Draw};
use crate::parts::sample::Preview;

/// How many are kept; those asked for longest ago go first.
const KEPT: usize = 256;
/// How many are written at once.
const AT_ONCE: usize = 4;
/// How long one that could not be written is left alone.
const REST: Duration = Duration::from_secs(60);

/// The examples of this process; clones share them.
#[derive(Clone)]
pub(crate) struct Examples(Arc<Inner>);

struct Inner {
    kept: Mutex<VecDeque<Kept>>,
    writers: Semaphore,
}

/// Somebody, and what it would write.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) who: String,
    pub(crate) example: Preview,
    pub(crate) is_good: bool,
}

/// An example that is there, or will be.
pub(crate) type Writing = Shared<BoxFuture<'static, Arc<Written>>>;

struct Kept {
    persona: String,
    seed: u64,
    begun: Instant,
    writing: Writing,
}

impl Examples {
    /// The example of a persona that goes with a seed. It is written whether or not anybody waits for it.
    pub(crate) fn of(&self, characters: &Characters, persona: &str, seed: u64) -> Writing {
        let mut kept = self.kept();
        kept.retain(|one| !one.is_stale());
        if let Some(one) = kept.iter().find(|one| one.seed == seed && one.persona == persona) {
            return one.writing.clone();
        }
        let (examples, characters, id) = (self.clone(), characters.clone(), persona.to_owned());
        let task = tokio::spawn(async move {
            let _permit = examples.0.writers.acquire().await;
            written(&characters, &id, seed).await
        });
        let writing = async move {
            Arc::new(task.await.unwrap_or_else(|error| {
                tracing::error!(%error, "an example could not be written");
                Written::none(String::new(), "It could not be written; the log tells why.".into())
            }))
        };
        let writing = writing.boxed().shared();
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        let persona = persona.to_owned();
        kept.push_back(Kept { persona, seed, begun: Instant::now(), writing: writing.clone() });
        writing
    }

    /// Whether somebody asked for it already.
    pub(crate) fn is_known(&self, persona: &str, seed: u64) -> bool {
        self.kept().iter().any(|one| one.seed == seed && one.persona == persona)
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Kept>> {
        // Nothing is left half done under this lock.
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Examples {
    fn default() -> Self {
        Self(Arc::new(Inner { kept: Mutex::default(), writers: Semaphore::new(AT_ONCE) }))
    }
}

impl fmt::Debug for Examples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Examples").finish_non_exhaustive()
    }
}

impl Kept {
    /// Whether it failed some time ago, so that it may be tried again.
    fn is_stale(&self) -> bool {
        self.writing.peek().is_some_and(|written| !written.is_good) && self.begun.elapsed() > REST
    }
}

impl Written {
    fn none(who: String, why: String) -> Self {
        Self { who, example: Preview::of(Err(why)), is_good: false }
    }
}

/// Somebody of that persona, and what they would write.
async fn written(characters: &Characters, persona: &str, seed: u64) -> Written {
    let draw = Draw { count: 1, personas: vec![persona.to_owned()], seed, ..Draw::default() };
    let Some(bot) = characters.drawn(draw).await.pop() else {
        return Written::none(String::new(), "Nobody of this persona can be drawn.".into());
    };
    let who = bot.name.clone();
    match characters.sample(bot, seed).await {
        Ok(sample) => Written { who, example: Preview::of(Ok(sample)), is_good: true },
        Err(why) => Written::none(who, why),
    }
}
