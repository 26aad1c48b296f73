//! The names of some bots, as far as they live.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::bot::{Column, Entity};
use crate::error::Result;
use crate::id::BotId;

pub(crate) async fn execute(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = BotId>,
) -> Result<HashMap<BotId, String>> {
    let names: Vec<(BotId, String)> = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::Name)
        .filter(Column::Id.is_in(ids))
        .filter(Column::DeletedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(names.into_iter().collect())
}
