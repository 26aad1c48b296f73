//! What an agent is told: what is wanted of its bot, and whether anything holds the whole node. The smallest thing that an
//! idle agent has to carry.

use fleet_bots::{Intent, WantedBot};

/// What an agent is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Orders {
    /// What is wanted of the bot.
    pub(crate) wanted: WantedBot,
    /// Under which claim the agent lives.
    pub(crate) epoch: i64,
    /// What holds the whole node still, if anything does.
    pub(crate) held: Option<Hold>,
    /// The agent is to end; what has begun may come to its end.
    pub(crate) leaving: bool,
    /// The agent is to end now.
    pub(crate) cancelled: bool,
}

/// What can hold a whole node still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    /// Somebody stopped everything.
    Stop,
    /// Its leases may lapse before they are renewed.
    Lapse,
}

impl Orders {
    pub(crate) fn may_act(self) -> bool {
        self.held.is_none() && self.wanted.intent == Intent::Running
    }

    /// Why the bot may not act, for people.
    pub(crate) fn why_not(self) -> &'static str {
        match (self.held, self.wanted.intent) {
            (Some(Hold::Stop), _) => "everything is stopped",
            (Some(Hold::Lapse), _) => "the store does not answer, so another node may take over",
            (None, Intent::Paused) => "paused",
            (None, _) => "stopped",
        }
    }
}
