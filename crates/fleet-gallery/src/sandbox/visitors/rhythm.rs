//! When somebody is awake, and how likely they are to look in then. Pure: it is asked about times and has no clock.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A day has so many of the pieces in which nobody's mood changes.
const PIECES: usize = 48;

/// Somebody's days, by the clock on their own wall.
#[derive(Clone, Debug)]
pub(super) struct Rhythm {
    pub(super) zone: TimeZone,
    /// How lively they are in each piece of a week that begins on Monday.
    week: Vec<f64>,
}

impl Rhythm {
    /// Somebody who gets up at `rises` and goes to bed at `retires`, in hours after the midnight before, and `weekend`
    /// hours later when the next day, or the day itself, is free.
    pub(super) fn new(zone: TimeZone, rises: f64, retires: f64, weekend: f64) -> Self {
        let waking = |day: usize| {
            let lie_in = if day >= 5 { weekend } else { 0.0 };
            let party = if (4..6).contains(&day) { weekend } else { 0.0 };
            (rises + lie_in, retires + party)
        };
        let piece = |index: usize| {
            let (day, hour) = (index / PIECES, ((index % PIECES) as f64 + 0.5) * 24.0 / PIECES as f64);
            let late = waking((day + 6) % 7);
            // The small hours belong to the evening before.
            if hour + 24.0 < late.1 { lively(hour + 24.0, late) } else { lively(hour, waking(day)) }
        };
        Self { zone, week: (0..7 * PIECES).map(piece).collect() }
    }

    /// How lively they are at a time: 0 while they sleep, and 1 on average over a day.
    pub(super) fn liveliness(&self, at: Timestamp) -> f64 {
        let wall = self.zone.to_datetime(at);
        let day = usize::try_from(wall.weekday().to_monday_zero_offset()).unwrap_or_default();
        let minute =
            usize::try_from(i32::from(wall.hour()) * 60 + i32::from(wall.minute())).unwrap_or_default();
        self.week[day * PIECES + minute * PIECES / 1440]
    }
}

fn lively(hour: f64, (rises, retires): (f64, f64)) -> f64 {
    if hour < rises || hour >= retires {
        return 0.0;
    }
    let through = (hour - rises) / (retires - rises);
    let bump = |at: f64, wide: f64| (-((through - at) / wide).powi(2)).exp();
    // A first look, the break at noon, and most of all the evening; drowsy at both ends.
    let drowsy = (through / 0.06).min((1.0 - through) / 0.05).min(1.0);
    1.7 * drowsy * (0.45 + 0.3 * bump(0.1, 0.07) + 0.5 * bump(0.33, 0.09) + 1.25 * bump(0.8, 0.13))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use jiff::civil::Weekday;

    use super::*;

    fn rhythm(zone: &str, rises: f64, retires: f64) -> Rhythm {
        Rhythm::new(TimeZone::get(zone).unwrap(), rises, retires, 1.0)
    }

    /// Every ten minutes of a fortnight in which Europe and America change their clocks.
    fn fortnight() -> impl Iterator<Item = Timestamp> {
        let begin: Timestamp = "2026-10-19T00:00:00Z".parse().unwrap();
        (0..14 * 144).map(move |slot| begin + SignedDuration::from_mins(slot * 10))
    }

    #[test]
    fn everyone_sleeps_in_their_own_night_and_longer_at_the_weekend() {
        for (zone, rises, retires) in
            [("Europe/Berlin", 7.0, 23.0), ("Asia/Tokyo", 6.5, 22.5), ("America/New_York", 9.0, 26.5)]
        {
            let rhythm = rhythm(zone, rises, retires);
            for at in fortnight() {
                let wall = rhythm.zone.to_datetime(at);
                let hour = f64::from(wall.hour()) + f64::from(wall.minute()) / 60.0;
                let weekend = matches!(wall.weekday(), Weekday::Saturday | Weekday::Sunday);
                let liveliness = rhythm.liveliness(at);
                if (4.0..rises).contains(&hour) || weekend && (4.0..rises + 1.0).contains(&hour) {
                    assert_eq!(liveliness, 0.0, "{zone} {wall}");
                }
                if (rises + 2.0..22.0).contains(&hour) {
                    assert!(liveliness > 0.3, "{zone} {wall}: {liveliness}");
                }
            }
        }
    }

    #[test]
    fn a_day_is_as_lively_as_any_and_its_evening_the_most() {
        let rhythm = rhythm("Europe/Lisbon", 7.5, 23.5);
        let all: Vec<(i8, f64)> =
            fortnight().map(|at| (rhythm.zone.to_datetime(at).hour(), rhythm.liveliness(at))).collect();
        let mean = |hours: std::ops::Range<i8>| {
            let within: Vec<f64> =
                all.iter().filter(|(hour, _)| hours.contains(hour)).map(|(_, lively)| *lively).collect();
            within.iter().sum::<f64>() / within.len() as f64
        };
        assert!((0.85..1.15).contains(&mean(0..24)), "{}", mean(0..24));
        assert!(mean(19..22) > 1.6 * mean(14..17) && mean(2..6) == 0.0);
    }
}
