//! The questions the rest of the fleet may ask. Owns the one public way to a written word and the errors of getting
//! there; refuses to know how words are made, which is a provider's business.

use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::character::{Composition, Post, Remark, Reply, Verdict};
use crate::desk::Ask;
use crate::offer::Offer;
use crate::provider::offline::Offline;
use crate::record::{Record, Written};

/// Writes for every resident of a fleet. Cheap to clone: the clones share one catalogue.
///
/// The same question with the same seed has the same answer, for as long as the catalogue is the same.
#[derive(Debug, Clone)]
pub struct Brain {
    offline: Offline,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The character's persona is not in the catalogue. Asking again will not help: the bot needs another persona, or
    /// the fleet another catalogue.
    #[error("persona `{persona}` is not in the catalogue")]
    UnknownPersona {
        /// The id that was looked for.
        persona: String,
    },
    /// The platform offers nothing that the persona could make a picture with. Asking again will not help before it does.
    #[error("the platform offers nothing that persona `{persona}` makes pictures with")]
    NothingToMake {
        /// Whose recipes need something else.
        persona: String,
    },
    /// A cap on what may be spent is reached.
    #[error("{why}")]
    Capped {
        /// Which one, in words for people.
        why: String,
        /// When it can be spent again.
        until: jiff::Timestamp,
    },
}

impl Brain {
    /// A brain that needs no network, no account and no key.
    pub fn offline(catalogue: Arc<Catalogue>) -> Brain {
        Brain { offline: Offline::new(catalogue) }
    }

    /// The personas this brain can speak as.
    pub fn catalogue(&self) -> &Catalogue {
        self.offline.catalogue()
    }

    /// What the one who is asked would make next of what there is in `offer`: a picture's prompt with its recipe, and the
    /// words to post it with.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPersona`] when the catalogue does not know the persona, [`Error::NothingToMake`] when the offer has
    /// nothing for it, [`Error::Capped`] when no more may be spent.
    pub async fn compose(&self, ask: &Ask<'_>, offer: &Offer) -> Result<Written<Composition>, Error> {
        let what = self.offline.compose(ask.who, offer, ask.seed)?;
        Ok(Written { what, record: Record::offline() })
    }

    /// What the one who is asked thinks of `posts`. A post that is left out is not judged yet.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPersona`] when the catalogue does not know the persona, [`Error::Capped`] when no more may be spent.
    pub async fn judge(&self, ask: &Ask<'_>, posts: &[Post]) -> Result<Written<Vec<Verdict>>, Error> {
        let what = self.offline.judge(ask.who, posts, ask.seed)?;
        Ok(Written { what, record: Record::offline() })
    }

    /// What the one who is asked would say to the newest remark by somebody else under `post`, or `None` when they have
    /// already spoken after it or nobody else has. `thread` is in the order it was written.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPersona`] when the catalogue does not know the persona, [`Error::Capped`] when no more may be spent.
    pub async fn answer(
        &self,
        ask: &Ask<'_>,
        post: &Post,
        thread: &[Remark],
    ) -> Result<Written<Option<Reply>>, Error> {
        let what = self.offline.answer(ask.who, post, thread, ask.seed)?;
        Ok(Written { what, record: Record::offline() })
    }
}
