//! How many living bots there are of each persona, those among them that the catalogue does not know any more.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::bot::{Column, Entity};
use crate::error::Result;

pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<BTreeMap<String, u64>> {
    let counts: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::Persona)
        .column_as(Column::Id.count(), "bots")
        .filter(Column::DeletedAt.is_null())
        .group_by(Column::Persona)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counts.into_iter().map(|(persona, count)| (persona, u64::try_from(count).unwrap_or(0))).collect())
}
