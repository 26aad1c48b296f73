//! The log of what happened: appended in the order of commits, and delivered in that order.

pub(crate) mod feed;
pub(crate) mod writer;

use serde_json::Value;

use crate::entities::bot_activity::ActivityKind;
use crate::id::{ActionId, BotId};
use crate::time::FleetTime;

/// Something that happened and is to be logged.
#[derive(Clone, Debug, PartialEq)]
pub struct NewActivity {
    /// The bot it is about; none for what concerns the whole fleet.
    pub bot_id: Option<BotId>,
    /// What happened.
    pub kind: ActivityKind,
    /// When, in fleet time.
    pub at: FleetTime,
    /// The row of the ledger it belongs to.
    pub action_id: Option<ActionId>,
    /// What happened, in words for people.
    pub message: String,
    /// The particulars, for programs and detail pages.
    pub metadata: Option<Value>,
}

impl NewActivity {
    /// Something about a bot.
    #[must_use]
    pub fn of(bot_id: BotId, kind: ActivityKind, at: FleetTime, message: impl Into<String>) -> Self {
        Self { bot_id: Some(bot_id), kind, at, action_id: None, message: message.into(), metadata: None }
    }

    /// Something about the whole fleet.
    #[must_use]
    pub fn of_fleet(kind: ActivityKind, at: FleetTime, message: impl Into<String>) -> Self {
        Self { bot_id: None, kind, at, action_id: None, message: message.into(), metadata: None }
    }

    /// The same, with its particulars.
    #[must_use]
    pub fn with(mut self, metadata: Value) -> Self {
        self.metadata = Some(metadata);
        self
    }

    /// The same, as part of a row of the ledger.
    #[must_use]
    pub fn for_action(mut self, action_id: ActionId) -> Self {
        self.action_id = Some(action_id);
        self
    }
}
