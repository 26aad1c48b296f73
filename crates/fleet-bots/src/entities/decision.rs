//! The table `decisions`: what was asked and answered when a bot decided, kept for some days.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{BotId, DecisionId};
use crate::money::Micros;
use crate::settings::Settings;
use crate::time::FleetTime;

/// What was asked and answered when a bot decided.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "decisions")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DecisionId,
    /// Who decided.
    pub bot_id: BotId,
    /// What it was about.
    pub kind: DecisionKind,
    /// When, in fleet time.
    pub at: FleetTime,
    /// What all its chance was drawn from: a whole number of 64 bits, which not every reader of JSON can hold as one.
    pub seed: String,
    /// Who was asked: `offline`, or a provider and a model.
    pub by: String,
    /// Exactly what was asked.
    #[sea_orm(column_type = "JsonBinary")]
    pub view: Json,
    /// How the answer came about: calls, answers, checks.
    #[sea_orm(column_type = "JsonBinary")]
    pub record: Json,
    /// What came of it.
    #[sea_orm(column_type = "JsonBinary")]
    pub outcome: Json,
    /// Tokens of what was asked, pictures left out.
    pub tokens_in: i64,
    /// Tokens of what was answered.
    pub tokens_out: i64,
    /// Tokens of pictures that were shown.
    pub tokens_pictures: i64,
    /// What it cost.
    pub cost: Micros,
    /// Whose words stand in it, each handle between ends of lines.
    #[serde(skip)]
    pub people: String,
}

impl Model {
    /// The handles of everybody whose words, name or pictures stand in it.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.people.lines().filter(|handle| !handle.is_empty())
    }

    /// Whether somebody stands in it who is to be left alone by `settings`: nobody may decide about them again.
    #[must_use]
    pub fn names_left_alone(&self, settings: &Settings) -> bool {
        self.named().any(|handle| settings.leaves_alone(handle))
    }
}

/// What a decision was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// What it makes of posts.
    Judge,
    /// Which picture it shares, and with which words.
    Compose,
    /// What it answers.
    Answer,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
