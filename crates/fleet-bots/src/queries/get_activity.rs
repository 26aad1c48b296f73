//! The log, newest first, a page at a time. Pages are cut by `seq`, so that they hold still while the log grows.

use std::cmp::Reverse;

use sea_orm::sea_query::{BinOper, Condition, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect, Select,
};

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
    let newest = |found: Select<Entity>| found.order_by_desc(Column::Seq).limit(limit).all(db);
    if filter.kinds.is_empty() || !filter.bots.is_empty() {
        return Ok(newest(found.filter(is_one_of(&filter.kinds))).await?);
    }
    // Each kind by itself is there in order; of several at once the store would sort all there ever were.
    let mut kinds = filter.kinds.clone();
    kinds.dedup();
    let mut rows = Vec::new();
    for kind in kinds {
        rows.extend(newest(found.clone().filter(Column::Kind.eq(kind))).await?);
    }
    rows.sort_unstable_by_key(|row| Reverse(row.seq));
    rows.dedup_by_key(|row| row.seq);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// Whether a line is of one of `kinds`, or of any where none is named: asked of each line that is found by other means,
/// and never the way to find it.
pub(crate) fn is_one_of(kinds: &[ActivityKind]) -> Condition {
    let mut asked = Condition::all();
    if !kinds.is_empty() {
        asked = asked.add(hidden(Column::Kind).is_in(kinds.iter().copied()));
    }
    asked
}

/// A column of texts as an index does not know it: SQLite takes the index of the kinds wherever one is named, and would
/// read all likes there ever were for those of one bot.
fn hidden(column: Column) -> Expr {
    Expr::col(column).binary(BinOper::Custom("||"), Expr::Constant("".into()))
}

/// All that `filter` lets pass but for its kinds, in no order; `None` where nothing can.
pub(crate) async fn filtered(
    db: &impl ConnectionTrait,
    filter: &ActivityFilter,
) -> Result<Option<Select<Entity>>> {
    let mut found = Entity::find();
    if filter.since.is_some() || filter.until.is_some() {
        let Some((first, last)) = seqs_of_span(db, filter).await? else { return Ok(None) };
        // The moment is asked of what lies between, and is not the way there any more.
        let at = || Expr::col(Column::At).add(Expr::Constant(0_i64.into()));
        found = found.filter(Column::Seq.between(first, last)).filter(in_span(filter, at));
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
    if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        found = found.filter(contains(Column::Message, text));
    }
    Ok(Some(found))
}

/// The first and the last `seq` of the span of time. The log is in the order of commits and only nearly in that of time,
/// so the span itself is still asked of each line; but between these two, and not from the log's end to a day long ago.
/// The index of moments is one by kind; naming all kinds lets the store use it.
async fn seqs_of_span(db: &impl ConnectionTrait, filter: &ActivityFilter) -> Result<Option<(i64, i64)>> {
    let ends: Option<(Option<i64>, Option<i64>)> = Entity::find()
        .select_only()
        .column_as(Column::Seq.min(), "first")
        .column_as(Column::Seq.max(), "last")
        .filter(Column::Kind.is_in(ActivityKind::iter()))
        .filter(in_span(filter, || Expr::col(Column::At)))
        .into_tuple()
        .one(db)
        .await?;
    Ok(ends.and_then(|(first, last)| first.zip(last)))
}

fn in_span(filter: &ActivityFilter, at: impl Fn() -> Expr) -> Condition {
    Condition::all()
        .add_option(filter.since.map(|since| at().gte(since)))
        .add_option(filter.until.map(|until| at().lt(until)))
}
