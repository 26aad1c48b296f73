//! Which of some usernames a new bot may not have: living bots have them, or the accounts of deleted ones.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::bot::{Column, Entity, has_its_username};
use crate::error::Result;

pub(crate) async fn execute(db: &impl ConnectionTrait, usernames: &[String]) -> Result<HashSet<String>> {
    let taken: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Username)
        .filter(has_its_username())
        .filter(Column::Username.is_in(usernames.iter().map(|name| name.replace('\0', "\u{fffd}"))))
        .into_tuple()
        .all(db)
        .await?;
    Ok(taken.into_iter().collect())
}
