//! Where the fleet's clock stood when it was last kept, and never before the newest activity: a process that was killed
//! kept its clock a little too early.

use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};

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
    // The last in the log and not the latest of all: that would read the whole log, and a single line from a clock that
    // went wrong would set the fleet's for good.
    let newest: Option<FleetTime> = bot_activity::Entity::find()
        .select_only()
        .column(bot_activity::Column::At)
        .order_by_desc(bot_activity::Column::Seq)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    reading.fleet = Ord::max(reading.fleet, newest.unwrap_or_default());
    Ok(Some(reading))
}
