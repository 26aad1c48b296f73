//! The sandbox's simulated people: they join, post, like, comment and answer, each in their own time, until it stops.
//!
//! They act through the same rules as bots do, but not over HTTP, and never take a like back.
//!
//! - `script` says how lively they are over time, `person` who they are, `agenda` when each does something.
//! - `screen` is what one of them sees, `wish` what they make of it, `speech` how they say it.
//! - `host` keeps the time and does it. Everything else is pure, and can be planned for weeks in a moment.

mod agenda;
mod host;
mod injection;
mod name;
mod person;
mod phrase;
mod rhythm;
mod screen;
mod script;
mod speech;
mod wish;

use std::sync::Arc;

pub use script::{ScriptError, VisitorScript};

use super::App;

/// Who visits, and how lively they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Visitors {
    /// How many are there from the beginning, or as soon as they are up; at most [`Visitors::MOST`].
    pub count: usize,
    /// What all chance is drawn from: the same seed is the same people.
    pub seed: u64,
    /// How lively they are over time, and who joins later.
    pub script: VisitorScript,
    /// How many seconds of fleet time pass in a second of real time.
    pub speed: f64,
}

impl Visitors {
    /// The most people that a sandbox takes at its beginning, and the most that its script lets join.
    pub const MOST: usize = 500;

    /// So many visitors, on ordinary days, in real time.
    #[must_use]
    pub fn new(count: usize, seed: u64) -> Self {
        Self { count, seed, script: VisitorScript::steady(), speed: 1.0 }
    }
}

pub(super) fn start(app: &Arc<App>, visitors: &Visitors) {
    let host = host::Host::new(app.clone(), visitors);
    let closing = app.closing.clone();
    app.tasks.spawn(async move {
        tokio::select! {
            () = host.run() => {}
            () = closing.cancelled() => {}
        }
    });
}
