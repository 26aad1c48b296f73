//! The table `bot_activities`: the append-only log. `seq` rises in the order of commits.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{ActionId, BotId};
use crate::time::FleetTime;

/// One line of the log.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "bot_activities")]
pub struct Model {
    /// Its place in the order of commits, with gaps.
    #[sea_orm(primary_key)]
    pub seq: i64,
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
    pub metadata: Option<Json>,
}

/// What an activity tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words say it")]
pub enum ActivityKind {
    Thought,
    Browse,
    Picture,
    Post,
    Like,
    Comment,
    Answer,
    Error,
    Unresolved,
    Created,
    Updated,
    Deleted,
    Started,
    Paused,
    Resumed,
    Stopped,
    Provisioned,
    /// The account of a deleted bot is gone from the gallery.
    Deprovisioned,
    Restarted,
    Parked,
    StopEverything,
    StopLifted,
    NodeJoined,
    NodeLeft,
    /// Somebody asked a bot to do something now.
    Requested,
    /// A request ended, and nothing was done for it.
    RequestEnded,
    /// Somebody changed what holds for the whole fleet.
    SettingsChanged,
    /// Somebody asked bots to leave them alone, and is heard.
    OptedOut,
    /// What bots knew of somebody was taken away.
    Forgotten,
    /// The gallery said something that keeps the fleet, or a bot, from acting.
    RestBegun,
    /// That is over.
    RestEnded,
    OperatorAdded,
    OperatorRemoved,
    PasswordChanged,
    SignedIn,
    SignedOut,
    /// Many tries to sign in with a name failed.
    SignInRefused,
    /// A like was taken back.
    Unlike,
    /// Somebody asked for likes to be taken back.
    UndoAsked,
}

impl ActivityKind {
    /// All that there are.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as sea_orm::Iterable>::iter()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
