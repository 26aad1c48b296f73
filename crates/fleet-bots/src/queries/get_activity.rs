//! The log, newest first, a page at a time. Pages are cut by `seq`, so that they hold still while the log grows.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entities::bot_activity::{ActivityKind, Column, Entity, Model as Activity};
use crate::error::Result;
use crate::id::BotId;
use crate::time::FleetTime;

/// Which activities, and from where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActivityFilter {
    /// Only those of this bot.
    pub bot_id: Option<BotId>,
    /// Only these kinds; empty means all.
    pub kinds: Vec<ActivityKind>,
    /// Only those at or after this moment.
    pub since: Option<FleetTime>,
    /// Only those before this `seq`: the last one of the page before.
    pub before: Option<i64>,
    /// At most so many, 1 to 1,000; 0 means 50.
    pub limit: u64,
}

pub(crate) async fn execute(db: &impl ConnectionTrait, filter: &ActivityFilter) -> Result<Vec<Activity>> {
    let mut found = Entity::find();
    if let Some(bot_id) = filter.bot_id {
        found = found.filter(Column::BotId.eq(bot_id));
    }
    if !filter.kinds.is_empty() {
        found = found.filter(Column::Kind.is_in(filter.kinds.iter().copied()));
    }
    if let Some(since) = filter.since {
        found = found.filter(Column::At.gte(since));
    }
    if let Some(before) = filter.before {
        found = found.filter(Column::Seq.lt(before));
    }
    let limit = if filter.limit == 0 { 50 } else { filter.limit.min(1_000) };
    Ok(found.order_by_desc(Column::Seq).limit(limit).all(db).await?)
}
