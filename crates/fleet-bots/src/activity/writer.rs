//! Appends to the log, inside the transaction of whatever happened, so that neither is there without the other.

use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ConnectionTrait, EntityTrait};

use super::NewActivity;
use crate::backend;
use crate::entities::bot_activity::{ActiveModel, Entity};
use crate::error::Result;

/// As many rows as one statement takes on both stores: SQLite binds 32,766 values at most.
const BATCH: usize = 1_000;

/// Appends `activities` in their order. Call it last in a transaction: on Postgres others wait to append until the
/// transaction ends.
pub(crate) async fn append(tx: &impl ConnectionTrait, activities: Vec<NewActivity>) -> Result<()> {
    if activities.is_empty() {
        return Ok(());
    }
    backend::lock_appends(tx).await?;
    let mut rows = activities.into_iter().map(row).peekable();
    while rows.peek().is_some() {
        let batch: Vec<ActiveModel> = rows.by_ref().take(BATCH).collect();
        Entity::insert_many(batch).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn row(activity: NewActivity) -> ActiveModel {
    let NewActivity { bot_id, kind, at, action_id, message, metadata } = activity;
    ActiveModel {
        seq: NotSet,
        bot_id: Set(bot_id),
        kind: Set(kind),
        at: Set(at),
        action_id: Set(action_id),
        message: Set(message),
        metadata: Set(metadata),
    }
}
