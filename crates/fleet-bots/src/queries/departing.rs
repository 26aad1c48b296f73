//! How many accounts of deleted bots are still to be removed from the gallery.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::entities::bot::{Account, Column, Entity};
use crate::error::Result;

pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(Entity::find().filter(Column::Account.eq(Account::Leaving)).count(db).await?)
}
