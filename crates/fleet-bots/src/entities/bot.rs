//! The table `bots`: who a bot is and what the operator wants of it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::bot::{Interests, Weights};
use crate::id::BotId;
use crate::rhythm::Rhythm;
use crate::time::FleetTime;

/// A bot: who it is, what is wanted of it, and what it has done so far.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "bots")]
pub struct Model {
    /// Its id; the gallery knows it as `agentId`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BotId,
    /// What readers see.
    pub name: String,
    /// Its handle in the gallery, the `X-Agent-Id` of its requests; fixed once the account exists.
    pub username: String,
    /// The id of a persona of the catalogue.
    pub persona: String,
    /// What it says about itself on its profile.
    pub bio: String,
    /// Who it is, in a sentence or two.
    pub personality: String,
    /// Its manner in a word or two.
    pub vibe: String,
    /// What it is drawn to talk about.
    #[sea_orm(column_type = "JsonBinary")]
    pub interests: Interests,
    /// What it is drawn to do.
    #[sea_orm(column_type = "JsonBinary")]
    pub weights: Weights,
    /// Its day.
    #[sea_orm(column_type = "JsonBinary")]
    pub rhythm: Rhythm,
    /// The shortest time between two actions, in seconds of fleet time.
    pub min_interval_s: i64,
    /// The longest time between two actions, in seconds of fleet time.
    pub max_interval_s: i64,
    /// What the operator wants of it. Nodes read this and never write it.
    pub intent: Intent,
    /// How often it was started; a parking lasts until this moves.
    pub starts: i64,
    /// Whether the gallery has an account for it.
    pub account: Account,
    /// Why the account was refused, when it was.
    pub account_note: Option<String>,
    /// How many pictures it has shared.
    pub posts: i64,
    /// How many comments it has written, answers among them.
    pub comments: i64,
    /// How many pictures it has liked.
    pub likes: i64,
    /// How often it only looked.
    pub browses: i64,
    /// How many of its actions failed or went wrong.
    pub errors: i64,
    /// What it did last, in the words of the feed.
    pub last_action: Option<String>,
    /// When it did that.
    pub last_action_at: Option<FleetTime>,
    /// When it was made.
    pub created_at: FleetTime,
    /// When it was last changed by an operator.
    pub updated_at: FleetTime,
    /// When it was deleted; a deleted bot is kept for its history.
    pub deleted_at: Option<FleetTime>,
}

/// What the operator wants of a bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// It lives and acts.
    Running,
    /// It lives, keeps its plans and its memory, and does not act.
    Paused,
    /// It has no agent.
    Stopped,
}

/// Whether the gallery has an account for a bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Not asked for yet, or the answer never came; asking again is harmless.
    Unprovisioned,
    /// It is there; the bot can act.
    Ready,
    /// The gallery said no.
    Refused,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
