//! What a bot may still do today.

use sea_orm::ConnectionTrait;

use super::read_settings;
use crate::caps::{self, Allowance};
use crate::error::Result;
use crate::id::BotId;
use crate::money::Micros;
use crate::time::FleetTime;

/// The day is that of `at`; `picture` is what the next picture costs.
pub(crate) async fn execute(
    db: &impl ConnectionTrait,
    bot_id: BotId,
    at: FleetTime,
    picture: Micros,
) -> Result<Allowance> {
    let settings = read_settings::execute(db).await?;
    caps::allowance(db, &settings, bot_id, at, picture).await
}
