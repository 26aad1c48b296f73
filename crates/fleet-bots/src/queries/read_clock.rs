//! Where the fleet's clock stood when it was last kept, and never before the newest activity: a process that was killed
//! kept its clock a little too early.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QuerySelect};

use crate::commands::keep_clock::ClockReading;
use crate::entities::setting::CLOCK;
use crate::entities::{bot_activity, setting};
use crate::error::Result;
use crate::time::FleetTime;

/// `None` when no fleet has run over this data.
pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<Option<ClockReading>> {
    let row = setting::Entity::find_by_id(CLOCK).one(db).await?;
    let Some(mut reading) = row.and_then(|row| serde_json::from_value::<ClockReading>(row.value).ok()) else {
        return Ok(None);
    };
    let newest: Option<Option<FleetTime>> = bot_activity::Entity::find()
        .select_only()
        .column_as(bot_activity::Column::At.max(), "newest")
        .into_tuple()
        .one(db)
        .await?;
    reading.fleet = Ord::max(reading.fleet, newest.flatten().unwrap_or_default());
    Ok(Some(reading))
}
