//! What keeps the fleet, or one bot, from acting because the gallery said so.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::rests_of;
use crate::entities::rest::{Column, Entity, FLEET, Model as Rest};
use crate::error::Result;
use crate::time::FleetTime;

/// What keeps the whole fleet, and how matters stand with rests of single bots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rests {
    /// Those of the whole fleet.
    pub fleet: Vec<Rest>,
    /// When the first rest of all ends, of those whose end is known.
    pub first_end: Option<FleetTime>,
    /// Whether any bot rests by itself.
    pub any_of_bots: bool,
}

/// Every node asks this at each tick, so it reads few rows however many bots rest.
pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<Rests> {
    let fleet = rests_of::execute(db, None).await?;
    let first_end: Option<FleetTime> = Entity::find()
        .select_only()
        .column(Column::Until)
        .filter(Column::Until.is_not_null())
        .order_by_asc(Column::Until)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    let of_a_bot = Entity::find().filter(Column::Scope.ne(FLEET)).limit(1).one(db).await?;
    Ok(Rests { fleet, first_end, any_of_bots: of_a_bot.is_some() })
}
