//! The table `bot_memories`: whom a bot met and what it liked, the latest of each.

use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::action::ActionKind;
use crate::id::BotId;
use crate::time::FleetTime;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "bot_memories")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub bot_id: BotId,
    #[sea_orm(column_type = "JsonBinary")]
    pub met: Company,
    #[sea_orm(column_type = "JsonBinary")]
    pub liked: Delights,
    pub updated_at: FleetTime,
}

/// Those whom a bot met, the last one first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Company(pub Vec<Met>);

/// What a bot liked, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Delights(pub Vec<Liked>);

/// Somebody whom a bot met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    /// Their handle, in small letters.
    pub username: String,
    /// Their name, as people see it; their handle where only that is known.
    pub name: String,
    /// How often, as far as it is remembered.
    pub times: u32,
    /// The title of the post that they met at last.
    pub last_title: String,
    /// When that was, in fleet time.
    pub last_at: FleetTime,
    /// What the bot did then: it liked, commented or answered.
    pub how: ActionKind,
}

/// A post that a bot liked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Liked {
    /// Its title.
    pub title: String,
    /// Its author, as people see them.
    pub author: String,
    /// Its author's handle, in small letters.
    pub username: String,
    /// When the bot liked it, in fleet time.
    pub at: FleetTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
