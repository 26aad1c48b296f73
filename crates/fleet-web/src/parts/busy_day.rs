//! One busy day as a strip of hours: busy, quiet, asleep. It is the day of a character that nobody is yet, so that it knows
//! no today.

use askama::Template;
use fleet_bots::Rhythm;

use super::day::in_words;

/// The width of an hour in the picture.
const HOUR: usize = 10;

/// The picture with its words.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/busy_day.html")]
pub(crate) struct BusyDay {
    /// Where each hour begins in the picture, and how it is spent.
    hours: Vec<(usize, &'static str)>,
    words: String,
}

impl BusyDay {
    pub(crate) fn of(rhythm: &Rhythm) -> Self {
        let sleep = rhythm.sleep();
        let kind = |hour: u8| match hour {
            _ if rhythm.busy.iter().any(|span| span.covers(hour)) => "busy",
            _ if sleep.is_some_and(|sleep| sleep.covers(hour)) => "asleep",
            _ => "quiet",
        };
        let hours = (0..24_u8).map(|hour| (usize::from(hour) * HOUR, kind(hour))).collect();
        Self { hours, words: in_words(rhythm) }
    }
}

#[cfg(test)]
mod tests {
    use fleet_bots::{Day, HourSpan};

    use super::*;

    #[test]
    fn hours_are_busy_quiet_or_asleep() {
        let rhythm = Rhythm {
            zone: "UTC".into(),
            busy: vec![HourSpan { from: 20, to: 2 }],
            days: Day::ALL[..5].to_vec(),
        };
        let day = BusyDay::of(&rhythm);
        let kinds: Vec<_> = [0, 1, 2, 3, 9, 10, 19, 20, 23].map(|hour: usize| day.hours[hour].1).into();
        assert_eq!(kinds, ["busy", "busy", "quiet", "asleep", "asleep", "quiet", "quiet", "busy", "busy"]);
        assert_eq!(day.words, "Busy 20–2, Monday to Friday; asleep 3–10");
    }
}
