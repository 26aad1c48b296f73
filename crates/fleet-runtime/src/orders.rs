//! What an agent is told: what is wanted of its bot, and whether anything holds the whole node. The smallest thing that an
//! idle agent has to carry.

use fleet_bots::{Intent, WantedBot};

/// What an agent is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Orders {
    /// What is wanted of the bot.
    pub(crate) wanted: WantedBot,
    /// Everything is stopped, or the node's leases may lapse.
    pub(crate) held: bool,
    /// The agent is to end; what has begun may come to its end.
    pub(crate) leaving: bool,
    /// The agent is to end now.
    pub(crate) cancelled: bool,
}

impl Orders {
    pub(crate) fn may_act(self) -> bool {
        !self.held && self.wanted.intent == Intent::Running
    }

    /// Why the bot may not act, for people.
    pub(crate) fn why_not(self) -> &'static str {
        match (self.held, self.wanted.intent) {
            (true, _) => "everything is stopped",
            (false, Intent::Paused) => "paused",
            (false, _) => "stopped",
        }
    }
}
