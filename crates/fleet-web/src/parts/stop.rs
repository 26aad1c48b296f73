//! The stop: its banner, true to what is known, and its button. Owns the words for the three states of the switch.

use askama::Template;
use fleet_bots::{Asked, StopState};

use crate::panel::Panel;
use crate::parts::when::When;

/// What is known of the stop.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/stop.html")]
pub(crate) struct StopBanner {
    state: StopState,
    order: Option<Order>,
}

/// Who stopped the fleet, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Order {
    by: String,
    when: When,
}

/// The button in the head of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/stop_control.html")]
pub(crate) struct StopControl {
    is_stopped: bool,
}

impl StopBanner {
    /// What this process knows without asking anyone.
    pub(crate) fn known_here(panel: &Panel) -> Self {
        Self::of(panel.bots.switch().state())
    }

    pub(crate) fn of(state: StopState) -> Self {
        Self { state, order: None }
    }

    /// The same, with who asked for it and when, if the store says so soon enough.
    pub(crate) async fn read(panel: &Panel) -> Self {
        let known = Self::known_here(panel);
        if known.state != StopState::On {
            return known;
        }
        let order = tokio::time::timeout(panel.patience().name, panel.bots.stop_order()).await;
        match order {
            Ok(Ok(Some(Asked { by, at }))) if !by.is_empty() => {
                Self { order: Some(Order { by, when: When::of(at, panel.now()) }), ..known }
            }
            _ => known,
        }
    }
}

impl StopControl {
    pub(crate) fn of(banner: &StopBanner) -> Self {
        Self { is_stopped: banner.state != StopState::Off }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_that_the_store_has_not_heard_of_says_so() {
        let banner = StopBanner::of(StopState::Pending).to_string();
        assert!(banner.contains("Everything is stopped on this node."), "{banner}");
        assert!(banner.contains("The store could not be told yet"), "{banner}");
        assert!(banner.contains("Lift the stop"), "{banner}");
        assert!(!StopBanner::of(StopState::Off).to_string().contains("Lift the stop"));
    }
}
