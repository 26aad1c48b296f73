//! A bot's day: where it lives, when it is busy, and when it sleeps. Owns the rules of that day; it does not decide
//! what the bot does with it.

use std::fmt;
use std::time::Duration;

use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use crate::time::FleetTime;

/// How long a bot sleeps, in hours, where its busy hours leave room for it.
const SLEEP_HOURS: u8 = 7;

/// When a bot is busy, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Rhythm {
    /// An IANA time zone, such as `Europe/London`.
    pub zone: String,
    /// Busy hours by the local clock; a span may cross midnight.
    pub busy: Vec<HourSpan>,
    /// The days on which busy hours begin; a span that crosses midnight belongs to the day it began on.
    pub days: Vec<Day>,
}

/// From one full hour to another by the local clock; `22` to `2` crosses midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourSpan {
    /// The hour it begins, 0 to 23.
    pub from: u8,
    /// The hour it ends, 0 to 24, not itself part of the span.
    pub to: u8,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names of the days say it")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// What the clock asks of a bot at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Its busy hours.
    Busy,
    /// Awake, but with other things to do.
    Quiet,
    /// Its local night; it ends at `until`.
    Asleep {
        /// When the bot gets up.
        until: FleetTime,
    },
}

impl HourSpan {
    fn crosses_midnight(self) -> bool {
        self.from >= self.to
    }

    /// Several, as they are written: `9-12, 22-2`. Nothing when it cannot be read; whether such hours may be is a rule of
    /// the bot.
    #[must_use]
    pub fn read_list(text: &str) -> Option<Vec<HourSpan>> {
        text.split(',')
            .map(|span| {
                let (from, to) = span.trim().split_once(['-', '–'])?;
                Some(HourSpan { from: from.trim().parse().ok()?, to: to.trim().parse().ok()? })
            })
            .collect()
    }

    /// Whether the full hour `hour` of the clock lies in the span, whatever the day.
    #[must_use]
    pub fn covers(self, hour: u8) -> bool {
        if self.crosses_midnight() {
            hour >= self.from || hour < self.to
        } else {
            (self.from..self.to).contains(&hour)
        }
    }
}

impl Day {
    /// All seven, from Monday.
    pub const ALL: [Day; 7] = [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri, Day::Sat, Day::Sun];

    /// Several, as they are written: `mon, tue`, `weekdays`, `weekends` or `daily`. Nothing when it cannot be read.
    #[must_use]
    pub fn read_list(text: &str) -> Option<Vec<Day>> {
        match text.trim().to_lowercase().as_str() {
            "daily" => Some(Day::ALL.to_vec()),
            "weekdays" => Some(Day::ALL[..5].to_vec()),
            "weekends" => Some(Day::ALL[5..].to_vec()),
            named => named.split(',').map(|day| Day::named(day.trim())).collect(),
        }
    }

    /// Its first three letters, small.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Day::Mon => "mon",
            Day::Tue => "tue",
            Day::Wed => "wed",
            Day::Thu => "thu",
            Day::Fri => "fri",
            Day::Sat => "sat",
            Day::Sun => "sun",
        }
    }

    fn named(name: &str) -> Option<Day> {
        Self::ALL.into_iter().find(|day| day.name() == name)
    }

    fn of(weekday: Weekday) -> Self {
        Self::ALL[usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0)]
    }

    fn before(self) -> Self {
        let index = Self::ALL.iter().position(|day| *day == self).unwrap_or(0);
        Self::ALL[(index + 6) % 7]
    }
}

impl fmt::Display for HourSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.to)
    }
}

impl Rhythm {
    /// The zones that a bot can live in, by region and city, and UTC, in the order of the alphabet.
    #[must_use]
    pub fn zones() -> Vec<String> {
        const REGIONS: [&str; 10] = [
            "Africa/",
            "America/",
            "Antarctica/",
            "Arctic/",
            "Asia/",
            "Atlantic/",
            "Australia/",
            "Europe/",
            "Indian/",
            "Pacific/",
        ];
        let all = jiff::tz::db().available().map(|name| name.as_str().to_owned());
        let mut zones: Vec<String> = all
            .filter(|zone| zone == "UTC" || REGIONS.iter().any(|region| zone.starts_with(region)))
            .collect();
        zones.sort();
        zones.dedup();
        zones
    }

    /// What the clock asks of the bot at `at`. A zone that cannot be found counts as UTC: validation keeps such a zone
    /// out, and a zone that vanished from the database must not stop a bot.
    #[must_use]
    pub fn phase(&self, at: FleetTime) -> Phase {
        let local = self.local(at);
        if self.busy_at(local.datetime()) {
            return Phase::Busy;
        }
        match self.sleep() {
            Some(sleep) if sleep.covers(hour(local.datetime())) => {
                Phase::Asleep { until: end_of(sleep, &local) }
            }
            _ => Phase::Quiet,
        }
    }

    /// The bot's local clock at `at`.
    #[must_use]
    pub fn local(&self, at: FleetTime) -> Zoned {
        at.timestamp().to_zoned(TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC))
    }

    /// The local hours in which the bot sleeps: seven, as near to midnight-to-seven as its busy hours and an hour of
    /// ease on either side leave room for. `None` when they leave none.
    #[must_use]
    pub fn sleep(&self) -> Option<HourSpan> {
        (1..=SLEEP_HOURS).rev().find_map(|length| {
            [1, 0].into_iter().find_map(|ease| {
                // Shifts in the order 0, +1, -1, +2, …: a night owl goes to bed later rather than earlier.
                (0..24_i16)
                    .map(|step| if step % 2 == 1 { (step + 1) / 2 } else { -(step / 2) })
                    .map(wrap)
                    .find(|from| {
                        (0..length + 2 * ease).all(|offset| !self.covers((from + 24 - ease + offset) % 24))
                    })
                    .map(|from| HourSpan { from, to: (from + length) % 24 })
            })
        })
    }

    fn covers(&self, hour: u8) -> bool {
        self.busy.iter().any(|span| span.covers(hour))
    }

    fn busy_at(&self, local: DateTime) -> bool {
        let (hour, today) = (hour(local), Day::of(local.weekday()));
        self.busy.iter().any(|span| {
            let began = if span.crosses_midnight() && hour < span.to { today.before() } else { today };
            span.covers(hour) && self.days.contains(&began)
        })
    }
}

fn hour(local: DateTime) -> u8 {
    u8::try_from(local.hour()).unwrap_or(0)
}

fn wrap(hour: i16) -> u8 {
    u8::try_from(hour.rem_euclid(24)).unwrap_or(0)
}

/// The next moment after `local` at which the clock shows the end of `span`; civil arithmetic, so that it is right
/// across a daylight-saving change.
fn end_of(span: HourSpan, local: &Zoned) -> FleetTime {
    let end = i8::try_from(span.to % 24).unwrap_or(0);
    let day = if end > local.hour() { local.date() } else { local.date().saturating_add(1.day()) };
    day.at(end, 0, 0, 0).to_zoned(local.time_zone().clone()).map_or_else(
        |_| FleetTime::from(local.timestamp()).plus(Duration::from_secs(3_600)),
        |zoned| zoned.timestamp().into(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhythm(zone: &str, busy: &[(u8, u8)], days: &[Day]) -> Rhythm {
        Rhythm {
            zone: zone.into(),
            busy: busy.iter().map(|&(from, to)| HourSpan { from, to }).collect(),
            days: days.to_vec(),
        }
    }

    fn at(text: &str) -> FleetTime {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    #[test]
    fn an_evening_that_crosses_midnight_belongs_to_the_day_it_began_on() {
        let friday_nights = rhythm("UTC", &[(18, 2)], &[Day::Fri]);
        assert_eq!(friday_nights.phase(at("2026-03-06T19:00:00Z")), Phase::Busy, "Friday evening");
        assert_eq!(
            friday_nights.phase(at("2026-03-07T01:30:00Z")),
            Phase::Busy,
            "the same evening, after midnight"
        );
        assert_eq!(
            friday_nights.phase(at("2026-03-06T01:30:00Z")),
            Phase::Quiet,
            "Thursday's evening was not one"
        );
        assert_eq!(friday_nights.phase(at("2026-03-07T19:00:00Z")), Phase::Quiet, "Saturday evening");
    }

    #[test]
    fn office_hours_follow_the_zone_and_not_utc() {
        let office = rhythm("America/New_York", &[(9, 12), (13, 17)], &Day::ALL[..5]);
        assert_eq!(office.phase(at("2026-03-05T14:30:00Z")), Phase::Busy, "half past nine in New York");
        assert_eq!(office.phase(at("2026-03-05T17:30:00Z")), Phase::Quiet, "lunch");
        assert_eq!(
            office.phase(at("2026-03-05T09:00:00Z")),
            Phase::Asleep { until: at("2026-03-05T12:00:00Z") },
            "four in the morning"
        );
        assert_eq!(office.phase(at("2026-03-07T15:00:00Z")), Phase::Quiet, "Saturday");
    }

    #[test]
    fn a_night_that_loses_an_hour_to_summer_time_still_ends_at_seven_by_the_clock() {
        let office = rhythm("Europe/London", &[(9, 17)], &Day::ALL);
        // On 2026-03-29 London's clocks go from 01:00 to 02:00, so seven o'clock is 06:00 UTC.
        let Phase::Asleep { until } = office.phase(at("2026-03-29T00:30:00Z")) else { panic!("it is night") };
        assert_eq!(until, at("2026-03-29T06:00:00Z"));
    }

    #[test]
    fn a_night_owl_sleeps_into_the_day() {
        assert_eq!(rhythm("UTC", &[(20, 4)], &Day::ALL).sleep(), Some(HourSpan { from: 5, to: 12 }));
        assert_eq!(rhythm("UTC", &[(9, 17)], &Day::ALL).sleep(), Some(HourSpan { from: 0, to: 7 }));
        assert_eq!(
            rhythm("UTC", &[(7, 9), (12, 14), (18, 22)], &Day::ALL).sleep(),
            Some(HourSpan { from: 23, to: 6 })
        );
    }

    #[test]
    fn hours_and_days_are_read_as_they_are_spoken() {
        let span = |from, to| HourSpan { from, to };
        assert_eq!(HourSpan::read_list("9-12, 22 – 2"), Some(vec![span(9, 12), span(22, 2)]));
        assert_eq!(HourSpan::read_list(&span(22, 2).to_string()), Some(vec![span(22, 2)]));
        for text in ["9", "", "9-", "nine-five", "-9-12", "9-12,"] {
            assert_eq!(HourSpan::read_list(text), None, "{text}");
        }
        assert_eq!(Day::read_list("Mon, sun"), Some(vec![Day::Mon, Day::Sun]));
        assert_eq!(Day::read_list("weekdays").map(|days| days.len()), Some(5));
        assert_eq!(Day::read_list("someday"), None);
    }

    #[test]
    fn every_zone_that_is_offered_is_one() {
        let zones = Rhythm::zones();
        assert!(zones.len() > 300 && zones.contains(&"Europe/London".to_owned()), "{}", zones.len());
        assert!(zones.iter().all(|zone| TimeZone::get(zone).is_ok()));
    }

    #[test]
    fn who_is_busy_around_the_clock_never_sleeps() {
        let restless = rhythm("UTC", &[(0, 24)], &Day::ALL);
        assert_eq!(restless.sleep(), None);
        assert_eq!(restless.phase(at("2026-03-05T03:00:00Z")), Phase::Busy);
    }
}
