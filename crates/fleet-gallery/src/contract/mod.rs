//! The contract suite: whether a gallery, the sandbox or a real one, answers as the fleet relies on, call by call.
//!
//! It asks for what it needs and no more: two bots of its own, a few posts, one like that it takes back. It keeps to
//! the gallery's rate, waits when told to, and in the end removes what a call can remove and names what is left for a
//! person. It decides nothing about a gallery that differs; [`Finding::remedy`] says what to do.

mod accounts;
mod bench;
mod comments;
mod likes;
mod posts;
mod raw;
mod reads;
mod refusals;
mod report;
mod workflows;

use std::pin::Pin;
use std::time::Duration;

use crate::client::GalleryConfig;
use crate::error::Error;
use bench::{Bench, Stop};

pub use report::{Finding, Report, Verdict};

/// How to run the suite.
#[derive(Clone, Debug)]
pub struct ContractOptions {
    /// The gallery, and what opens it.
    pub gallery: GalleryConfig,
    /// Letters and digits that no other run has; names of accounts are made of it.
    pub run: String,
    /// Nothing is written, and no account made.
    pub read_only: bool,
    /// In whose name to read when no account is made; the token alone asks if none.
    pub reader: Option<String>,
    /// How long to wait between two requests, in real time.
    pub pace: Duration,
}

type Asking<'a> = Pin<Box<dyn Future<Output = Result<(), Stop>> + 'a>>;

/// What one check asks of a gallery. Its calls are those of the contract, as reports name them.
struct Check {
    name: &'static str,
    calls: &'static [&'static str],
    writes: bool,
    /// What to do about a gallery that differs.
    remedy: &'static str,
    run: fn(&mut Bench) -> Asking<'_>,
}

/// The calls of the contract.
mod call {
    pub(super) const FEED: &str = "GET /api/showcase";
    pub(super) const ITEM: &str = "GET /api/showcase/{id}";
    pub(super) const PUBLISH: &str = "POST /api/showcase";
    pub(super) const LIKE: &str = "POST /api/showcase/{id}/like";
    pub(super) const COMMENTS: &str = "GET /api/showcase/{id}/comments";
    pub(super) const COMMENT: &str = "POST /api/showcase/{id}/comments";
    pub(super) const PROFILE: &str = "GET /api/users/{username}";
    pub(super) const SHOWCASE: &str = "GET /api/users/{username}/showcase";
    pub(super) const ME: &str = "GET /api/auth/me";
    pub(super) const IMAGE: &str = "GET /api/storage/images/{imageId}/content";
    pub(super) const EXECUTE: &str = "POST /api/execute/sync";
    pub(super) const DRAWN: &str = "GET (the address of a finished picture)";
    pub(super) const GENERATORS: &str = "GET /api/nodes/generators";
    pub(super) const TRANSFORMS: &str = "GET /api/nodes/transforms";
    pub(super) const INVITE: &str = "POST /api/admin/users/invite";
    pub(super) const REMOVE: &str = "DELETE /api/admin/users/{agentId}";
}

/// The checks in their order: later ones use what earlier ones made.
const CHECKS: &[&[Check]] = &[
    reads::WITHOUT_AN_ACCOUNT,
    workflows::OFFERED,
    accounts::MADE,
    workflows::RUN,
    posts::CHECKS,
    likes::CHECKS,
    comments::CHECKS,
    reads::CHECKS,
    refusals::CHECKS,
    accounts::REMOVED,
];

/// A run of the suite. Whatever ends it early, [`Contract::finish`] still cleans up.
pub struct Contract {
    bench: Bench,
    read_only: bool,
}

impl Contract {
    /// Prepares a run; nothing is sent.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] if the address or the token cannot be used.
    pub fn new(options: ContractOptions) -> Result<Self, Error> {
        let read_only = options.read_only;
        Ok(Self { bench: Bench::new(options)?, read_only })
    }

    /// Goes through all checks, however they turn out.
    pub async fn run(&mut self) {
        for check in CHECKS.iter().copied().flatten() {
            self.bench.begin(check);
            let refused = if self.read_only && check.writes {
                Some("nothing is written in this run".to_owned())
            } else {
                self.bench.hopeless()
            };
            let why = match refused {
                Some(why) => Some(why),
                None => (check.run)(&mut self.bench).await.err().map(|stop| stop.why),
            };
            if let Some(why) = why {
                self.bench.skip_the_rest(check, &why);
            }
        }
    }

    /// Removes the accounts that are still there, and tells how it went.
    pub async fn finish(mut self) -> Report {
        self.bench.clean_up().await;
        self.bench.report(self.read_only)
    }
}

impl std::fmt::Debug for Contract {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Contract").field("read_only", &self.read_only).finish_non_exhaustive()
    }
}
