//! How lively the fleet is: what it did in each of the last 24 hours, today against yesterday, what nobody can tell the
//! fate of, and how late it began what was due. Days are those of UTC, by the fleet's clock.

use std::time::Duration;

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::Serialize;

use crate::entities::action::{self, ActionStatus};
use crate::entities::bot_activity::{ActivityKind, Column, Entity};
use crate::error::Result;
use crate::time::FleetTime;

/// An hour in microseconds.
const HOUR: i64 = 3_600_000_000;
/// A day in microseconds.
const DAY: i64 = 24 * HOUR;
/// How many hours are told of.
const HOURS: i64 = 24;
/// How many delays are looked at, the latest of the last hour: enough for the percentiles, and few enough to be read at
/// once, however busy the hour was.
const MOST_DELAYS: u64 = 5_000;
/// What is counted.
const COUNTED: [ActivityKind; 5] = [
    ActivityKind::Post,
    ActivityKind::Like,
    ActivityKind::Comment,
    ActivityKind::Answer,
    ActivityKind::Error,
];

/// How lively the fleet is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pulse {
    /// The last 24 whole hours of the clock, oldest first; the last one is not over yet.
    pub hours: Vec<Hour>,
    /// Pictures shared.
    pub posts: Compared,
    /// Likes given.
    pub likes: Compared,
    /// Comments written, answers among them.
    pub comments: Compared,
    /// Rows of the ledger that nobody can tell the fate of.
    pub unresolved: u64,
    /// How late the fleet began what was due in the last hour; `None` when it began nothing.
    pub delays: Option<Delays>,
}

/// What happened in an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Hour {
    /// When it began.
    pub from: FleetTime,
    /// Pictures shared.
    pub posts: u64,
    /// Likes given.
    pub likes: u64,
    /// Comments written, answers among them.
    pub comments: u64,
    /// What went wrong.
    pub errors: u64,
}

/// How often something happened today, and the day before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Since midnight.
    pub today: u64,
    /// On the whole day before.
    pub yesterday: u64,
    /// On the day before, up to the same time of day.
    pub yesterday_by_now: u64,
}

/// How much later than due requests began, in fleet time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Delays {
    /// Half of them were not later than this.
    pub median: Duration,
    /// 95 of 100 were not later than this.
    pub p95: Duration,
    /// 99 of 100 were not later than this.
    pub p99: Duration,
    /// How many were looked at: those of the last hour, and at most the latest 5,000 of them.
    pub count: u64,
}

#[derive(FromQueryResult)]
struct Tally {
    kind: ActivityKind,
    /// Whole hours since 1970.
    hour: i64,
    so_often: i64,
    /// How many of these came not later in their day than it is now.
    by_now: i64,
}

pub(crate) async fn execute(db: &impl ConnectionTrait, now: FleetTime) -> Result<Pulse> {
    let this_hour = now.0.div_euclid(HOUR);
    let midnight = now.0.div_euclid(DAY) * DAY;
    let mut pulse = Pulse { hours: hours_until(this_hour), ..Pulse::default() };
    for tally in tallies(db, midnight - DAY, (this_hour + 1) * HOUR, now.0 - DAY).await? {
        pulse.add(&tally, midnight / HOUR);
    }
    let unresolved = action::Entity::find().filter(action::Column::Status.eq(ActionStatus::Unresolved));
    pulse.unresolved = unresolved.count(db).await?;
    pulse.delays = delays(db, now).await?;
    Ok(pulse)
}

impl Pulse {
    /// Takes in what was counted; `today` is the first hour of today since 1970.
    fn add(&mut self, tally: &Tally, today: i64) {
        let (so_often, by_now) = (whole(tally.so_often), whole(tally.by_now));
        let compared = match tally.kind {
            ActivityKind::Post => Some(&mut self.posts),
            ActivityKind::Like => Some(&mut self.likes),
            ActivityKind::Comment | ActivityKind::Answer => Some(&mut self.comments),
            _ => None,
        };
        if let Some(compared) = compared {
            if tally.hour >= today {
                compared.today += so_often;
            } else {
                compared.yesterday += so_often;
                compared.yesterday_by_now += by_now;
            }
        }
        let Some(hour) = self.hours.iter_mut().find(|hour| hour.from.0 == tally.hour * HOUR) else { return };
        match tally.kind {
            ActivityKind::Post => hour.posts += so_often,
            ActivityKind::Like => hour.likes += so_often,
            ActivityKind::Comment | ActivityKind::Answer => hour.comments += so_often,
            _ => hour.errors += so_often,
        }
    }
}

fn hours_until(last: i64) -> Vec<Hour> {
    let first = last - HOURS + 1;
    (first..=last).map(|hour| Hour { from: FleetTime(hour * HOUR), ..Hour::default() }).collect()
}

/// What was counted from `from` and before `until`, by kind and hour; `by_now` are those up to this moment. All in
/// microseconds.
async fn tallies(db: &impl ConnectionTrait, from: i64, until: i64, by_now: i64) -> Result<Vec<Tally>> {
    // A constant, not a value to be bound: Postgres must see that what is grouped by is what is told.
    let hour = || Expr::col(Column::At).div(Expr::Constant(HOUR.into()));
    let is_by_now = Expr::case(Column::At.lte(FleetTime(by_now)), 1).finally(0);
    Ok(Entity::find()
        .select_only()
        .column(Column::Kind)
        .column_as(hour(), "hour")
        .column_as(Column::Seq.count(), "so_often")
        .column_as(Expr::expr(is_by_now).sum(), "by_now")
        .filter(Column::At.gte(FleetTime(from)))
        .filter(Column::At.lt(FleetTime(until)))
        .filter(Column::Kind.is_in(COUNTED))
        .group_by(Column::Kind)
        .group_by(hour())
        .into_model()
        .all(db)
        .await?)
}

async fn delays(db: &impl ConnectionTrait, now: FleetTime) -> Result<Option<Delays>> {
    let begun: Vec<(FleetTime, FleetTime)> = action::Entity::find()
        .select_only()
        .columns([action::Column::DueAt, action::Column::BegunAt])
        .filter(action::Column::BegunAt.gte(FleetTime(now.0 - HOUR)))
        .order_by_desc(action::Column::BegunAt)
        .limit(MOST_DELAYS)
        .into_tuple()
        .all(db)
        .await?;
    Ok(Delays::of(begun.into_iter().map(|(due, begun)| begun.since(due)).collect()))
}

impl Delays {
    fn of(mut delays: Vec<Duration>) -> Option<Self> {
        delays.sort_unstable();
        // The smallest one that so many of a hundred are not above.
        let percentile = |percent: usize| {
            let rank = (delays.len() * percent).div_ceil(100).max(1);
            delays.get(rank - 1).copied()
        };
        let (median, p95, p99) = (percentile(50)?, percentile(95)?, percentile(99)?);
        Some(Delays { median, p95, p99, count: delays.len() as u64 })
    }
}

fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_delays_that_were_there() {
        assert_eq!(Delays::of(Vec::new()), None);
        let seconds = |count: u64| (1..=count).rev().map(Duration::from_secs).collect();
        let told = |count| Delays::of(seconds(count)).map(|d| [d.median, d.p95, d.p99].map(|d| d.as_secs()));
        assert_eq!(told(1), Some([1, 1, 1]));
        assert_eq!(told(2), Some([1, 2, 2]));
        assert_eq!(told(100), Some([50, 95, 99]));
        assert_eq!(told(1_000), Some([500, 950, 990]));
    }
}
