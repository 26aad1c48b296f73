//! Whether somebody of the fleet said the same before.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::action::{ActionStatus, Column, Entity};
use crate::error::Result;
use crate::time::FleetTime;
use crate::words::known_by;

/// Of each of `texts`, in their order.
pub(crate) async fn execute(
    db: &impl ConnectionTrait,
    texts: &[String],
    since: FleetTime,
) -> Result<Vec<bool>> {
    let meant: Vec<Option<i64>> = texts.iter().map(|text| known_by(text)).collect();
    let mut said = HashSet::new();
    let asked: Vec<i64> = meant.iter().copied().flatten().collect();
    for some in asked.chunks(1_000) {
        let found: Vec<i64> = Entity::find()
            .select_only()
            .column(Column::Said)
            .distinct()
            .filter(Column::Said.is_in(some.iter().copied()))
            .filter(Column::PlannedAt.gte(since))
            .filter(Column::Status.ne(ActionStatus::Failed))
            .into_tuple()
            .all(db)
            .await?;
        said.extend(found);
    }
    Ok(meant.into_iter().map(|text| text.is_some_and(|text| said.contains(&text))).collect())
}
