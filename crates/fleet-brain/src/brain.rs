//! The questions the rest of the fleet may ask. Owns the one public way to a written word and the errors of getting
//! there; refuses to know how words are made, which is a provider's business.

use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::character::{Character, Composition, Post, Remark, Reply, Verdict};
use crate::provider::offline::Offline;

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

    /// What `who` would make next: a picture's prompt with its recipe, and the words to post it with.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPersona`] when the catalogue does not know the character's persona.
    pub async fn compose(&self, who: &Character, seed: u64) -> Result<Composition, Error> {
        self.offline.compose(who, seed)
    }

    /// What `who` thinks of `posts`: one verdict for each, in their order.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPersona`] when the catalogue does not know the character's persona.
    pub async fn judge(&self, who: &Character, posts: &[Post], seed: u64) -> Result<Vec<Verdict>, Error> {
        self.offline.judge(who, posts, seed)
    }

    /// What `who` would say to the newest remark by somebody else under `post`, or `None` when `who` has already
    /// spoken after it or nobody else has. `thread` is in the order it was written.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownPersona`] when the catalogue does not know the character's persona.
    pub async fn answer(
        &self,
        who: &Character,
        post: &Post,
        thread: &[Remark],
        seed: u64,
    ) -> Result<Option<Reply>, Error> {
        self.offline.answer(who, post, thread, seed)
    }
}
