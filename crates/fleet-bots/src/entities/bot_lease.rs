//! The table `bot_leases`: which node holds a bot, and what that node last saw of it. One row a bot, made with it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{BotId, NodeId};
use crate::time::{FleetTime, StoreTime};

/// Who holds a bot, and what was last seen of it. Nodes write this; commands of the operator never do.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "bot_leases")]
pub struct Model {
    /// The bot.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bot_id: BotId,
    /// The node that holds it; the lease lives while that node's `expires_at` is ahead of the database's clock.
    pub node_id: Option<NodeId>,
    /// Rises with every claim, so that a former holder can be told from the present one.
    pub epoch: i64,
    /// When it was claimed.
    pub claimed_at: Option<StoreTime>,
    /// What the node last saw.
    pub state: Option<ObservedState>,
    /// Why, or until when, in plain words.
    pub state_note: Option<String>,
    /// What the bot is doing right now.
    pub current_action: Option<String>,
    /// What it last thought, and why.
    pub last_thought: Option<String>,
    /// When it means to act next.
    pub next_wake: Option<FleetTime>,
    /// The `starts` of the bot when it was parked; it stays parked while the two are equal.
    pub parked_start: Option<i64>,
}

/// What a node sees of a bot it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ObservedState {
    /// Its agent is being set up.
    Starting,
    /// Waiting for its next wake.
    Resting,
    /// Reading the gallery.
    Looking,
    /// Doing something to the gallery.
    Acting,
    /// Waiting after something went wrong.
    BackingOff,
    /// A budget or a rate holds it back for a while.
    Limited,
    /// It went wrong too often; starting it again unparks it.
    Parked,
    /// Held still, by its operator or by the stop switch.
    Halted,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
