//! One living bot with what was last seen of it, by id or by username.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::list_bots::{BotView, with_leases};
use crate::entities::bot::{Column, Entity};
use crate::error::{Error, Result};
use crate::id::BotId;

/// # Errors
/// `NotFound` when there is no living bot of that id or username.
pub(crate) async fn execute(db: &impl ConnectionTrait, id_or_username: &str) -> Result<BotView> {
    let by = match id_or_username.parse::<BotId>() {
        Ok(id) => Column::Id.eq(id),
        // Postgres takes no text with a zero in it, and no username has this sign either.
        Err(_) => Column::Username.eq(id_or_username.replace('\0', "\u{fffd}")),
    };
    let bot = Entity::find().filter(Column::DeletedAt.is_null()).filter(by).one(db).await?;
    with_leases(db, bot.into_iter().collect())
        .await?
        .pop()
        .ok_or_else(|| Error::NotFound(format!("bot `{id_or_username}`")))
}
