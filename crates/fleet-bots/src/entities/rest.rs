//! The table `rests`: what the gallery said that keeps the fleet, or one bot, from acting. It stands beside what operators
//! want, and neither changes the other.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::BotId;
use crate::time::{FleetTime, StoreTime};

/// The scope of what concerns every bot: no bot has this id.
pub(crate) const FLEET: BotId = BotId(Uuid::nil());

/// Something that the gallery said and that keeps the fleet, or one bot, from acting.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "rests")]
pub struct Model {
    /// Whose: a bot's id, or nobody's for the whole fleet's.
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub scope: BotId,
    /// What it comes of.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cause: RestCause,
    /// What the gallery said, or which cap it is, in words for people.
    pub why: String,
    /// When it began, in fleet time.
    pub since: FleetTime,
    /// When it ends, in fleet time; none if only a probe can tell.
    pub until: Option<FleetTime>,
    /// How often it was probed whether it is over.
    pub probes: i32,
    /// When it was probed last, by the database's clock.
    #[serde(skip)]
    pub probed_at: Option<StoreTime>,
    /// When it is probed next, by the database's clock.
    #[serde(skip)]
    pub probe_at: Option<StoreTime>,
}

/// What a rest comes of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RestCause {
    /// The service token is refused: nothing may be asked until it is mended.
    Token,
    /// The platform's switch holds the fleet until the platform lifts it.
    Paused,
    /// The gallery asked for a pause.
    Rate,
    /// What may be spent is spent: nothing new is done, and what was done is still looked for.
    Budget,
    /// A cap on what models may cost is reached: nothing new is thought of, and what was done is still looked for.
    Spending,
}

impl Model {
    /// The bot whose rest it is; none for the whole fleet's.
    #[must_use]
    pub fn bot(&self) -> Option<BotId> {
        (self.scope != FLEET).then_some(self.scope)
    }
}

impl Model {
    /// What it is, in words for people.
    #[must_use]
    pub fn told(&self) -> String {
        match self.until.map(FleetTime::timestamp) {
            None => self.why.clone(),
            Some(until) => format!("{}; until {}", self.why, until.strftime("%Y-%m-%d %H:%M UTC")),
        }
    }
}

impl RestCause {
    /// Whether nothing at all may be asked of the gallery meanwhile.
    #[must_use]
    pub fn is_silence(self) -> bool {
        !matches!(self, RestCause::Budget | RestCause::Spending)
    }

    /// What an operator can do about it.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            RestCause::Token => {
                "set FLOIMG_SERVICE_TOKEN to a valid token and restart; a token that is valid again is noticed by itself"
            }
            RestCause::Paused => {
                "nothing to do here: the platform lifts its switch, and the bots go on by themselves"
            }
            RestCause::Rate => "nothing to do here: the bots go on by themselves",
            RestCause::Budget => "the bots go on by themselves; the platform can grant more before that",
            RestCause::Spending => "raise the cap in the settings, or wait: the bots go on by themselves",
        }
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
