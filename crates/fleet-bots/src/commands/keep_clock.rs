//! Keeps where the fleet's clock stands, so that over the same data it goes on from there.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Effect;
use crate::entities::setting::{ActiveModel, CLOCK, Column, Entity};
use crate::error::Result;
use crate::time::FleetTime;

/// Where the fleet's clock stood, and when.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClockReading {
    /// What it showed.
    pub fleet: FleetTime,
    /// The wall clock at that moment, in microseconds since 1970.
    pub wall_us: i64,
    /// How many seconds of fleet time pass in one of real time.
    pub speed: f64,
}

pub(crate) async fn execute(tx: &impl ConnectionTrait, reading: ClockReading) -> Result<Effect<()>> {
    let row = ActiveModel { key: Set(CLOCK.to_owned()), value: Set(json!(reading)) };
    let newer = OnConflict::column(Column::Key).update_column(Column::Value).to_owned();
    Entity::insert(row).on_conflict(newer).exec_without_returning(tx).await?;
    Ok(Effect::silent(()))
}
