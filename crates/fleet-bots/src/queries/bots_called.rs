//! All bots that have or had a name, deleted ones among them: what they did is still there, and may have to be undone.

use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entities::bot::{Column, Entity, Model as Bot};
use crate::error::Result;
use crate::id::BotId;

/// Those whose id or username `name` is, oldest first.
pub(crate) async fn execute(db: &impl ConnectionTrait, name: &str) -> Result<Vec<Bot>> {
    let name = name.replace('\0', "\u{fffd}");
    let id = name.parse::<BotId>().ok().map(|id| Column::Id.eq(id));
    let called = Condition::any().add(Column::Username.eq(name)).add_option(id);
    Ok(Entity::find().filter(called).order_by_asc(Column::Id).all(db).await?)
}
