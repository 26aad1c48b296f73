//! The usernames of all living bots: what a new one may not be called.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::bot::{Column, Entity};
use crate::error::Result;

pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<HashSet<String>> {
    let names: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Username)
        .filter(Column::DeletedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(names.into_iter().collect())
}
