//! What holds for the whole fleet; the defaults where nobody changed anything.

use sea_orm::{ConnectionTrait, EntityTrait};

use crate::entities::setting::{Entity, SETTINGS};
use crate::error::Result;
use crate::settings::Settings;

pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<Settings> {
    let row = Entity::find_by_id(SETTINGS).one(db).await?;
    Ok(row.and_then(|row| serde_json::from_value(row.value).ok()).unwrap_or_default())
}
