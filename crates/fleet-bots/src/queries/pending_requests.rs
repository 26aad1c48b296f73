//! What operators asked bots to do now and was not served yet, oldest first.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entities::request::{Column, Entity, Model as Request};
use crate::error::Result;
use crate::id::BotId;

/// That of `bot_id`, or everybody's.
pub(crate) async fn execute(db: &impl ConnectionTrait, bot_id: Option<BotId>) -> Result<Vec<Request>> {
    let mut pending = Entity::find();
    if let Some(bot_id) = bot_id {
        pending = pending.filter(Column::BotId.eq(bot_id));
    }
    Ok(pending.order_by_asc(Column::Number).all(db).await?)
}
