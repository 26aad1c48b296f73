//! The bots that are meant to run or to be paused, with as little of each as a node needs to compare.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::entities::bot::{Column, Entity, Intent};
use crate::entities::request;
use crate::error::Result;
use crate::id::BotId;

/// A bot that should have an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedBot {
    /// Which.
    pub bot_id: BotId,
    /// Running or paused.
    pub intent: Intent,
    /// How often it was started; when this moves, a parking ends.
    pub starts: i64,
    /// How often an operator changed what the gallery is told of it; when this moves, it asks the gallery at once.
    pub renames: i64,
    /// The number of what it was asked to do now; 0 when it was asked for nothing.
    pub request: i64,
}

pub(crate) async fn execute(db: &impl ConnectionTrait) -> Result<Vec<WantedBot>> {
    let rows: Vec<(BotId, Intent, i64, i64)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Intent, Column::Starts, Column::Renames])
        .filter(Column::DeletedAt.is_null())
        .filter(Column::Intent.ne(Intent::Stopped))
        .into_tuple()
        .all(db)
        .await?;
    let asked_of: Vec<(BotId, i64)> = request::Entity::find()
        .select_only()
        .columns([request::Column::BotId, request::Column::Number])
        .into_tuple()
        .all(db)
        .await?;
    let asked_of: HashMap<_, _> = asked_of.into_iter().collect();
    let wanted = rows.into_iter().map(|(bot_id, intent, starts, renames)| {
        let request = asked_of.get(&bot_id).copied().unwrap_or(0);
        WantedBot { bot_id, intent, starts, renames, request }
    });
    Ok(wanted.collect())
}
