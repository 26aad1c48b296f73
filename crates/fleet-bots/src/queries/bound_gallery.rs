//! The gallery that the data is about.

use sea_orm::{ConnectionTrait, EntityTrait};

use crate::entities::setting::{Entity, GALLERY};
use crate::error::Result;

/// As it was named when the data was tied to it; none before.
pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<Option<String>> {
    let bound = Entity::find_by_id(GALLERY).one(db).await?;
    Ok(bound.and_then(|row| row.value.as_str().map(str::to_owned)))
}
