//! What a bot remembers of posts, newest first.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entities::seen_post::{Column, Entity, Model as SeenPost};
use crate::error::Result;
use crate::id::BotId;

pub(crate) async fn execute(db: &impl ConnectionTrait, bot_id: BotId) -> Result<Vec<SeenPost>> {
    let remembered = Entity::find().filter(Column::BotId.eq(bot_id));
    Ok(remembered.order_by_desc(Column::SeenAt).order_by_desc(Column::PostId).all(db).await?)
}
