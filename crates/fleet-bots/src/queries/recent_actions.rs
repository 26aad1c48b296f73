//! The newest rows of the ledger: what a bot has done of late, or what the whole fleet has.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entities::action::{ActionKind, ActionStatus, Column, Entity, Model as Action};
use crate::error::Result;
use crate::id::BotId;

/// Which rows of the ledger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActionFilter {
    /// Only those of this bot.
    pub bot_id: Option<BotId>,
    /// Only this kind.
    pub kind: Option<ActionKind>,
    /// Only those that have come so far.
    pub status: Option<ActionStatus>,
    /// At most so many.
    pub limit: u64,
}

pub(crate) async fn execute(db: &impl ConnectionTrait, filter: &ActionFilter) -> Result<Vec<Action>> {
    let mut found = Entity::find();
    if let Some(bot_id) = filter.bot_id {
        found = found.filter(Column::BotId.eq(bot_id));
    }
    if let Some(kind) = filter.kind {
        found = found.filter(Column::Kind.eq(kind));
    }
    if let Some(status) = filter.status {
        found = found.filter(Column::Status.eq(status));
    }
    Ok(found.order_by_desc(Column::Id).limit(filter.limit).all(db).await?)
}
