//! The log of requests: when each began, in whose name, and what it did. It judges nothing; tests do.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use serde::Serialize;

use super::faults::Route;

/// Older requests are forgotten beyond this many.
const KEPT: usize = 200_000;

/// One request, as the sandbox saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// When its head had arrived, in real time.
    pub begun_at: Instant,
    /// The HTTP method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// Which call it is.
    pub route: Route,
    /// In whose name.
    pub agent: Option<String>,
    /// The status answered; none while it is open, or if it was never answered.
    pub status: Option<u16>,
    /// What it did; none if nothing, or nothing yet.
    pub effect: Option<Effect>,
}

/// What a request did to the gallery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Effect {
    /// An account was made.
    Invited {
        /// Its handle.
        username: String,
    },
    /// An account was removed.
    Removed {
        /// Its handle.
        username: String,
    },
    /// Pictures were made.
    Drawn {
        /// Their ids, in step order.
        images: Vec<String>,
    },
    /// A post was published.
    Posted {
        /// Its id.
        item: String,
    },
    /// A like was given.
    Liked {
        /// The post's id.
        item: String,
    },
    /// A like was taken back.
    Unliked {
        /// The post's id.
        item: String,
    },
    /// A comment was written.
    Commented {
        /// The post's id.
        item: String,
        /// The comment's id.
        comment: String,
    },
}

/// A request's place in the log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ticket(u64);

#[derive(Debug, Default)]
pub(super) struct RequestLog(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    forgotten: u64,
    kept: VecDeque<Request>,
}

impl RequestLog {
    pub(super) fn begin(&self, method: &str, path: &str, route: Route, agent: Option<String>) -> Ticket {
        let (method, path) = (method.to_owned(), path.to_owned());
        let mut entries = self.lock();
        let request =
            Request { begun_at: Instant::now(), method, path, route, agent, status: None, effect: None };
        entries.kept.push_back(request);
        if entries.kept.len() > KEPT {
            entries.kept.pop_front();
            entries.forgotten += 1;
        }
        Ticket(entries.forgotten + entries.kept.len() as u64 - 1)
    }

    pub(super) fn answered(&self, ticket: Ticket, status: u16) {
        self.change(ticket, |request| request.status = Some(status));
    }

    pub(super) fn landed(&self, ticket: Ticket, effect: Effect) {
        self.change(ticket, |request| request.effect = Some(effect));
    }

    pub(super) fn all(&self) -> Vec<Request> {
        self.lock().kept.iter().cloned().collect()
    }

    fn change(&self, Ticket(number): Ticket, change: impl FnOnce(&mut Request)) {
        let mut entries = self.lock();
        let index = number.checked_sub(entries.forgotten).and_then(|index| usize::try_from(index).ok());
        if let Some(request) = index.and_then(|index| entries.kept.get_mut(index)) {
            change(request);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
