//! The two times, as types that cannot be mixed up. Owns their form in the store: whole microseconds since 1970 in a
//! `BIGINT`, the same bytes and the same order on SQLite and Postgres. Refuses to read any clock: `now` is handed in,
//! and lease time is the database's.

use std::fmt;
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

const DAY: Duration = Duration::from_secs(86_400);

/// A moment in the residents' day. It can run fast (`--speed`), and over the same data it goes on from where it was.
///
/// Microseconds since 1970-01-01 UTC.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
#[serde(transparent)]
pub struct FleetTime(pub i64);

/// A moment by the database's clock, the only clock that all nodes share. It never runs fast.
///
/// Microseconds since 1970-01-01 UTC.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
#[serde(transparent)]
pub struct StoreTime(pub i64);

impl FleetTime {
    /// This moment plus `span`, at most the latest moment that can be told.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(micros(span)))
    }

    /// This moment less `span`, at least the earliest moment that can be told.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(micros(span)))
    }

    /// How long it is from `earlier` to this moment; zero when `earlier` is not earlier.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The same moment for calendars and zones.
    #[must_use]
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

impl StoreTime {
    /// This moment plus `span`, at most the latest moment that can be told.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(micros(span)))
    }

    /// This moment less `span`, at least the earliest moment that can be told.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(micros(span)))
    }

    /// The same moment for calendars and zones.
    #[must_use]
    pub fn timestamp(self) -> jiff::Timestamp {
        FleetTime(self.0).timestamp()
    }

    /// How long it is from `earlier` to this moment; zero when `earlier` is not earlier.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// A day or a month in UTC of fleet time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// Its first moment.
    pub(crate) start: FleetTime,
    /// The first moment after it.
    pub(crate) end: FleetTime,
}

impl Period {
    /// The day of `at`.
    pub(crate) fn day_of(at: FleetTime) -> Self {
        let start = FleetTime(at.0.saturating_sub(at.0.rem_euclid(micros(DAY))));
        Self { start, end: start.plus(DAY) }
    }

    /// The month of `at`.
    pub(crate) fn month_of(at: FleetTime) -> Self {
        let first = at.timestamp().to_zoned(TimeZone::UTC).date().first_of_month();
        let midnight = |date: Date| date.to_zoned(TimeZone::UTC).map(|first| first.timestamp().into());
        let start = midnight(first).unwrap_or(FleetTime(i64::MIN));
        let next = first.checked_add(1.month()).and_then(midnight);
        Self { start, end: next.unwrap_or(FleetTime(i64::MAX)) }
    }
}

impl From<jiff::Timestamp> for FleetTime {
    fn from(timestamp: jiff::Timestamp) -> Self {
        Self(timestamp.as_microsecond())
    }
}

impl fmt::Display for FleetTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

/// `span` in whole microseconds, the unit of every time column.
pub(crate) fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_added_and_taken_away_leaves_the_same_moment() {
        let noon: FleetTime = "2026-03-05T12:00:00Z".parse::<jiff::Timestamp>().unwrap().into();
        let span = Duration::from_millis(1_500);
        assert_eq!(noon.plus(span).minus(span), noon);
        assert_eq!(noon.plus(span).since(noon), span);
        assert_eq!(noon.since(noon.plus(span)), Duration::ZERO);
    }

    #[test]
    fn a_day_and_a_month_begin_at_midnight_in_utc() {
        let moment = |text: &str| FleetTime::from(text.parse::<jiff::Timestamp>().unwrap());
        let noon = moment("2026-12-31T12:00:00Z");
        let day = Period { start: moment("2026-12-31T00:00:00Z"), end: moment("2027-01-01T00:00:00Z") };
        assert_eq!(Period::day_of(noon), day);
        assert_eq!(Period::day_of(day.end).start, day.end);
        let month = Period { start: moment("2026-12-01T00:00:00Z"), end: day.end };
        assert_eq!(Period::month_of(noon), month);
        assert_eq!(Period::month_of(month.end).end, moment("2027-02-01T00:00:00Z"));
        for at in [FleetTime(i64::MIN), FleetTime(i64::MAX)] {
            assert!(Period::month_of(at).start <= Period::month_of(at).end);
        }
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        assert_eq!(FleetTime(i64::MAX).plus(Duration::from_secs(1)), FleetTime(i64::MAX));
        assert_eq!(FleetTime(i64::MAX).timestamp(), jiff::Timestamp::MAX);
        assert_eq!(FleetTime(i64::MIN).timestamp(), jiff::Timestamp::MIN);
    }
}
