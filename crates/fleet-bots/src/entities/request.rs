//! The table `requests`: what operators asked bots to do now, one row a bot, until it is served or lapses.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::BotId;
use crate::time::{FleetTime, StoreTime};

/// Something that an operator asked a bot to do now.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "requests")]
pub struct Model {
    /// Its number; a later request has a larger one, and none is given twice.
    #[sea_orm(primary_key)]
    pub number: i64,
    /// Who is to do it; a bot has one open request at the most.
    pub bot_id: BotId,
    /// What.
    pub wish: ActNow,
    /// Who asked.
    pub by: String,
    /// When, in fleet time.
    pub at: FleetTime,
    /// When, by the database's clock; it lapses ten minutes later.
    pub made_at: StoreTime,
    /// What had been asked for before and was not served yet: this took its place.
    pub replaces: Option<ActNow>,
}

/// What a bot can be asked to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ActNow {
    /// To make a picture and share it.
    Post,
    /// To say something about somebody's picture.
    Comment,
    /// To like somebody's picture.
    Like,
    /// To look.
    Browse,
}

impl ActNow {
    /// What is asked for, after "to".
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            ActNow::Post => "make a picture",
            ActNow::Comment => "comment on something",
            ActNow::Like => "like something",
            ActNow::Browse => "look around",
        }
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
