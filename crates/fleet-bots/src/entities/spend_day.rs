//! The table `spend_days`: what rows of `spends` come to, by day. Caps are asked at each call, and must not add up a month of
//! calls each time.

use sea_orm::entity::prelude::*;

use super::spend::SpendKind;
use crate::id::BotId;
use crate::money::Micros;
use crate::time::FleetTime;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "spend_days")]
pub struct Model {
    /// The bot, or the nil id for the whole fleet.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope: BotId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: SpendKind,
    /// When the day began, in UTC of fleet time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: FleetTime,
    /// What is settled, and what is reserved and not settled.
    pub spent: Micros,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
