//! The log, newest first, a page at a time. Pages are cut by `seq`, so that they hold still while the log grows.

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::contains;
use crate::entities::bot;
use crate::entities::bot_activity::{ActivityKind, Column, Entity, Model as Activity};
use crate::error::Result;
use crate::id::BotId;
use crate::time::FleetTime;

/// Which activities, and from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityFilter {
    /// Only those of these bots; empty means all, and what concerns the whole fleet.
    pub bots: Vec<BotId>,
    /// Only those of bots of this persona, deleted ones among them.
    pub persona: Option<String>,
    /// Only these kinds; empty means all.
    pub kinds: Vec<ActivityKind>,
    /// Only those whose words contain this, whatever the case.
    pub text: Option<String>,
    /// Only those at or after this moment.
    pub since: Option<FleetTime>,
    /// Only those before this moment.
    pub until: Option<FleetTime>,
    /// Only those after this `seq`: the newest that is known already.
    pub after: Option<i64>,
    /// Only those before this `seq`: the last one of the page before.
    pub before: Option<i64>,
    /// At most so many, 1 to 1,000; 0 means 50.
    pub limit: u64,
}

pub(crate) async fn execute(db: &impl ConnectionTrait, filter: &ActivityFilter) -> Result<Vec<Activity>> {
    let limit = if filter.limit == 0 { 50 } else { Ord::min(filter.limit, 1_000) };
    let Some(found) = filtered(db, filter).await? else { return Ok(Vec::new()) };
    Ok(found.order_by_desc(Column::Seq).limit(limit).all(db).await?)
}

/// All that `filter` lets pass, in no order; `None` where nothing can.
pub(crate) async fn filtered(
    db: &impl ConnectionTrait,
    filter: &ActivityFilter,
) -> Result<Option<Select<Entity>>> {
    let mut found = Entity::find();
    if filter.since.is_some() || filter.until.is_some() {
        let Some((first, last)) = seqs_of_span(db, filter).await? else { return Ok(None) };
        found = found.filter(Column::Seq.between(first, last)).filter(in_span(filter));
    }
    if let Some(after) = filter.after {
        found = found.filter(Column::Seq.gt(after));
    }
    if let Some(before) = filter.before {
        found = found.filter(Column::Seq.lt(before));
    }
    if !filter.bots.is_empty() {
        found = found.filter(Column::BotId.is_in(filter.bots.iter().copied()));
    }
    if let Some(persona) = &filter.persona {
        let of_persona = Query::select()
            .column(bot::Column::Id)
            .from(bot::Entity)
            .and_where(bot::Column::Persona.eq(persona.replace('\0', "\u{fffd}")))
            .take();
        found = found.filter(Column::BotId.in_subquery(of_persona));
    }
    if !filter.kinds.is_empty() {
        found = found.filter(Column::Kind.is_in(filter.kinds.iter().copied()));
    }
    if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        found = found.filter(contains(Column::Message, text));
    }
    Ok(Some(found))
}

/// The first and the last `seq` of the span of time. The log is in the order of commits and only nearly in that of time,
/// so the span itself is still asked of each line; but between these two, and not from the log's end to a day long ago.
async fn seqs_of_span(db: &impl ConnectionTrait, filter: &ActivityFilter) -> Result<Option<(i64, i64)>> {
    let ends: Option<(Option<i64>, Option<i64>)> = Entity::find()
        .select_only()
        .column_as(Column::Seq.min(), "first")
        .column_as(Column::Seq.max(), "last")
        .filter(in_span(filter))
        .into_tuple()
        .one(db)
        .await?;
    Ok(ends.and_then(|(first, last)| first.zip(last)))
}

fn in_span(filter: &ActivityFilter) -> Expr {
    let since = filter.since.map(|since| Column::At.gte(since));
    let until = filter.until.map(|until| Column::At.lt(until));
    match (since, until) {
        (Some(since), Some(until)) => since.and(until),
        (Some(bound), None) | (None, Some(bound)) => bound,
        (None, None) => Expr::val(true),
    }
}
