//! What keeps one bot from acting because the gallery said so, or the whole fleet.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::entities::rest::{Column, Entity, FLEET, Model as Rest};
use crate::error::Result;
use crate::id::BotId;

/// The rests of `bot_id` alone, or those of the whole fleet if none; the gravest first.
pub(crate) async fn execute(db: &impl ConnectionTrait, bot_id: Option<BotId>) -> Result<Vec<Rest>> {
    let mut rests = Entity::find().filter(Column::Scope.eq(bot_id.unwrap_or(FLEET))).all(db).await?;
    rests.sort_by_key(|rest| rest.cause as u8);
    Ok(rests)
}
