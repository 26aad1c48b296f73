//! The usernames of all living bots, and of deleted ones whose accounts may have them: what a new one may not be called.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::bot::{Column, Entity, has_its_username};
use crate::error::Result;

pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<HashSet<String>> {
    let names: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Username)
        .filter(has_its_username())
        .into_tuple()
        .all(db)
        .await?;
    Ok(names.into_iter().collect())
}
