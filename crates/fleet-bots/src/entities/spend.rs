//! The table `spends`: what calls to models and pictures cost, a row before each of them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{ActionId, BotId, SpendId};
use crate::money::Micros;
use crate::time::FleetTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "spends")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SpendId,
    /// For whom; none for a try of an operator's.
    pub bot_id: Option<BotId>,
    /// The bot's persona as it was then.
    pub persona: Option<String>,
    pub kind: SpendKind,
    pub purpose: Purpose,
    pub provider: String,
    pub model: String,
    /// The most that it can cost.
    pub reserved: Micros,
    /// What it cost; none until that is known, which may be never.
    pub settled: Option<Micros>,
    pub tokens_in: Option<i64>,
    pub tokens_out: Option<i64>,
    pub tokens_pictures: Option<i64>,
    /// When it was reserved; it belongs to this day and month whenever it is settled.
    pub at: FleetTime,
    /// The row of the ledger whose picture it pays for.
    pub action_id: Option<ActionId>,
}

/// What money is spent on; caps are held apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SpendKind {
    /// Calls to language models.
    Text,
    /// Pictures that the gallery makes.
    Picture,
}

/// What a call that costs money is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To say what a bot makes of posts.
    Judge,
    /// To think of a picture and its words.
    Compose,
    /// To answer a remark.
    Answer,
    /// To have an answer that could not be read written again.
    Repair,
    /// To have a text that may not be said written again.
    Rewrite,
    /// To see whether a provider answers.
    Probe,
    /// To have a picture made.
    Picture,
}

impl Purpose {
    /// What money for it is spent on.
    #[must_use]
    pub fn kind(self) -> SpendKind {
        match self {
            Purpose::Picture => SpendKind::Picture,
            _ => SpendKind::Text,
        }
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
