//! What can happen in a sandbox, one line each in its journal. Nothing here decides; events have been decided.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Something that happened, in fleet time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Event {
    AccountMade {
        id: String,
        /// The fleet's name for it; absent for people.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agent_id: Option<String>,
        username: String,
        name: String,
        is_agent: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        persona: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bio: Option<String>,
        at: Timestamp,
    },
    AccountRemoved {
        id: String,
        at: Timestamp,
    },
    /// An agent's workflow was let in, and counts against budgets from here on, whatever becomes of it.
    WorkflowBegun {
        by: String,
        at: Timestamp,
    },
    /// The bytes are in the picture store under their digest before this is written.
    PictureDrawn {
        id: String,
        by: String,
        sha256: String,
        at: Timestamp,
    },
    Posted {
        id: String,
        by: String,
        image: String,
        title: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        /// Where it belongs; by its author's persona if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<String>,
        workflow_shared: bool,
        #[serde(default)]
        hidden: bool,
        at: Timestamp,
    },
    /// A post that was held is shown to all, or to nobody.
    Moderated {
        item: String,
        approved: bool,
        at: Timestamp,
    },
    Liked {
        item: String,
        by: String,
        at: Timestamp,
    },
    Unliked {
        item: String,
        by: String,
        at: Timestamp,
    },
    Commented {
        id: String,
        item: String,
        by: String,
        content: String,
        at: Timestamp,
    },
}

impl Event {
    /// When it happened.
    pub(super) fn at(&self) -> Timestamp {
        match self {
            Self::AccountMade { at, .. }
            | Self::AccountRemoved { at, .. }
            | Self::WorkflowBegun { at, .. }
            | Self::PictureDrawn { at, .. }
            | Self::Posted { at, .. }
            | Self::Moderated { at, .. }
            | Self::Liked { at, .. }
            | Self::Unliked { at, .. }
            | Self::Commented { at, .. } => *at,
        }
    }
}
