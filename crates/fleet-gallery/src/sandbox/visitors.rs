//! Simulated people.

use std::sync::Arc;
use std::time::Duration;

use super::App;

/// How lively visitors are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// The median time between one visitor's acts, in fleet time.
    pub median: Duration,
    /// The spread of those times: the deviation of their logarithm.
    pub spread: f64,
    /// How many seconds of fleet time pass in a second of real time.
    pub speed: f64,
}

pub(super) fn start(_app: &Arc<App>, _count: usize, _seed: u64, _pace: Pace) {}
