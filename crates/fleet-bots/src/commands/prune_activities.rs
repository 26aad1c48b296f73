//! Takes from the log, and from what is kept of decisions and of calls that cost money, what was kept long enough, some of it at
//! a time. The ledger is never pruned: it says what was done to the gallery, and keeps it from being done twice.

use std::time::Duration;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use serde_json::json;

use super::Effect;
use crate::backend;
use crate::entities::bot_activity::{ActivityKind, Column, Entity};
use crate::entities::decision;
use crate::entities::setting::{self, PRUNED};
use crate::entities::spend_sum::{self, SumSpan};
use crate::entities::{spend, spend_day};
use crate::error::Result;
use crate::queries::read_settings;
use crate::time::{FleetTime, Period, StoreTime, micros};

/// How long it is until the log is looked through again, in real time.
const EVERY: Duration = Duration::from_secs(3_600);
/// How many lines go at once, so that the store is free again soon.
const BATCH: u64 = 500;
const DAY: Duration = Duration::from_secs(86_400);

/// Returns how many lines, decisions and calls went; when it is 0 there is nothing to do for an hour, whichever node asks.
pub(crate) async fn execute(tx: &impl ConnectionTrait, at: FleetTime) -> Result<Effect<u64>> {
    backend::lock_pruning(tx).await?;
    let now = backend::now(tx).await?;
    let last = setting::Entity::find_by_id(PRUNED).one(tx).await?;
    let last = last.and_then(|row| serde_json::from_value::<StoreTime>(row.value).ok());
    if last.is_some_and(|last| now.since(last) < EVERY) {
        return Ok(Effect::silent(0));
    }
    let settings = read_settings::execute(tx).await?;
    let mut gone = 0;
    for kind in ActivityKind::iter() {
        let days = match kind {
            ActivityKind::Thought | ActivityKind::Browse => settings.keep_thoughts_days,
            _ => settings.keep_log_days,
        };
        if days == 0 || gone >= BATCH {
            continue;
        }
        let before = days_before(at, days);
        let oldest = Entity::find()
            .select_only()
            .column(Column::Seq)
            .filter(Column::Kind.eq(kind))
            .filter(Column::At.lt(before))
            .order_by_asc(Column::At)
            .limit(BATCH - gone)
            .into_query();
        gone += Entity::delete_many().filter(Column::Seq.in_subquery(oldest)).exec(tx).await?.rows_affected;
    }
    if settings.keep_decisions_days > 0 && gone < BATCH {
        use decision::{Column, Entity};
        let oldest = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::At.lt(days_before(at, settings.keep_decisions_days)))
            .order_by_asc(Column::At)
            .limit(BATCH - gone)
            .into_query();
        gone += Entity::delete_many().filter(Column::Id.in_subquery(oldest)).exec(tx).await?.rows_affected;
    }
    if settings.keep_log_days > 0 && gone < BATCH {
        gone += prune_spends(tx, at, days_before(at, settings.keep_log_days), BATCH - gone).await?;
    }
    if gone == 0 {
        // Last, and alone: it looks through all days.
        gone = prune_days(tx, at).await?;
    }
    if gone == 0 {
        let row = setting::ActiveModel { key: Set(PRUNED.to_owned()), value: Set(json!(now)) };
        let newer = OnConflict::column(setting::Column::Key).update_column(setting::Column::Value).to_owned();
        setting::Entity::insert(row).on_conflict(newer).exec_without_returning(tx).await?;
    }
    Ok(Effect::silent(gone))
}

/// Calls go without a trace: what they came to is added up elsewhere. One that is not settled may still be, while its month lasts.
async fn prune_spends(tx: &impl ConnectionTrait, at: FleetTime, before: FleetTime, most: u64) -> Result<u64> {
    use spend::{Column, Entity};
    let is_over = Column::Settled.is_not_null().or(Column::At.lt(Period::month_of(at).start));
    let oldest = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::At.lt(before))
        .filter(is_over)
        .order_by_asc(Column::At)
        .limit(most)
        .into_query();
    Ok(Entity::delete_many().filter(Column::Id.in_subquery(oldest)).exec(tx).await?.rows_affected)
}

/// What was added up by day is read while its month lasts, and may be added to while calls of it are open: the oldest day
/// before the month before this one goes, with all that it was added up by.
async fn prune_days(tx: &impl ConnectionTrait, at: FleetTime) -> Result<u64> {
    let this_month = Period::month_of(at).start;
    let before = Period::month_of(FleetTime(this_month.0 - 1)).start;
    let oldest = spend_day::Entity::find()
        .filter(spend_day::Column::Day.lt(before))
        .order_by_asc(spend_day::Column::Day)
        .one(tx)
        .await?;
    let Some(oldest) = oldest else { return Ok(0) };
    let days =
        spend_day::Entity::delete_many().filter(spend_day::Column::Day.lte(oldest.day)).exec(tx).await?;
    let sums = spend_sum::Entity::delete_many()
        .filter(spend_sum::Column::Span.eq(SumSpan::Day))
        .filter(spend_sum::Column::Since.lte(oldest.day))
        .exec(tx)
        .await?;
    Ok(days.rows_affected + sums.rows_affected)
}

fn days_before(at: FleetTime, days: u32) -> FleetTime {
    FleetTime(at.0.saturating_sub(micros(DAY).saturating_mul(i64::from(days))))
}
