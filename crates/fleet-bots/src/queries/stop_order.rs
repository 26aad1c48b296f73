//! The stop that holds for the whole fleet, if there is one: who asked for it, and when.

use sea_orm::{ConnectionTrait, EntityTrait};

use crate::commands::Asked;
use crate::entities::setting::{Entity, STOP};
use crate::error::Result;

/// A row that cannot be read still stops the fleet.
pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<Option<Asked>> {
    let row = Entity::find_by_id(STOP).one(db).await?;
    Ok(row.map(|row| serde_json::from_value(row.value).unwrap_or_default()))
}
