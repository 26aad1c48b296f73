//! What a bot remembers of posts, newest first.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entities::seen_post::{Column, Entity, Model as SeenPost};
use crate::error::Result;
use crate::id::BotId;

pub(crate) async fn execute(db: &impl ConnectionTrait, bot_id: BotId) -> Result<Vec<SeenPost>> {
    Ok(Entity::find().filter(Column::BotId.eq(bot_id)).order_by_desc(Column::SeenAt).all(db).await?)
}
