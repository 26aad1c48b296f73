//! A bot's day as a strip of hours by its own clock: busy, quiet, asleep, and where it stands now.

use std::time::Duration;

use askama::Template;
use fleet_bots::{Day, FleetTime, HourSpan, Phase, Rhythm};

/// The width of an hour in the picture.
const HOUR: usize = 10;

/// The picture with its words.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/day.html")]
pub(crate) struct DayPicture {
    hours: Vec<Hour>,
    /// Where the clock stands, in the picture's units.
    hand: usize,
    words: String,
    clock: String,
    zone: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Hour {
    at: usize,
    kind: &'static str,
}

impl DayPicture {
    /// The day on which the bot's clock stands at `now`.
    pub(crate) fn of(rhythm: &Rhythm, now: FleetTime) -> Self {
        let local = rhythm.local(now);
        let midnight = local.start_of_day().map_or(now, |midnight| midnight.timestamp().into());
        let hours = (0..24)
            .map(|hour: u32| {
                let moment = midnight.plus(Duration::from_secs(3_600) * hour + Duration::from_secs(60));
                let kind = match rhythm.phase(moment) {
                    Phase::Busy => "busy",
                    Phase::Quiet => "quiet",
                    Phase::Asleep { .. } => "asleep",
                };
                Hour { at: hour as usize * HOUR, kind }
            })
            .collect();
        let minutes = usize::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap_or(0);
        Self {
            hours,
            hand: minutes * HOUR / 60,
            words: in_words(rhythm),
            clock: format!("{:02}:{:02}", local.hour(), local.minute()),
            zone: rhythm.zone.clone(),
        }
    }
}

/// Its hours and days as one would say them.
pub(crate) fn in_words(rhythm: &Rhythm) -> String {
    let busy: Vec<_> = rhythm.busy.iter().map(|span| span_in_words(*span)).collect();
    let sleep = match rhythm.sleep() {
        Some(sleep) => format!("asleep {}", span_in_words(sleep)),
        None => "never asleep".into(),
    };
    format!("Busy {}, {}; {sleep}", busy.join(" and "), days_in_words(&rhythm.days))
}

fn span_in_words(HourSpan { from, to }: HourSpan) -> String {
    format!("{from}–{to}")
}

fn days_in_words(days: &[Day]) -> String {
    let is_in = |day: &Day| days.contains(day);
    if Day::ALL.iter().all(is_in) {
        return "every day".into();
    }
    let (week, end) = Day::ALL.split_at(5);
    match (week.iter().all(is_in), end.iter().any(is_in)) {
        (true, false) => return "Monday to Friday".into(),
        (false, _) if end.iter().all(is_in) && !week.iter().any(is_in) => return "on weekends".into(),
        _ => {}
    }
    let named = Day::ALL.iter().filter(|day| is_in(day)).map(|day| format!("{day:?}"));
    named.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhythm(busy: &[(u8, u8)], days: &[Day]) -> Rhythm {
        Rhythm {
            zone: "Europe/London".into(),
            busy: busy.iter().map(|&(from, to)| HourSpan { from, to }).collect(),
            days: days.to_vec(),
        }
    }

    #[test]
    fn a_day_is_told_as_people_say_it() {
        assert_eq!(in_words(&rhythm(&[(9, 17)], &Day::ALL[..5])), "Busy 9–17, Monday to Friday; asleep 0–7");
        assert_eq!(in_words(&rhythm(&[(0, 24)], &Day::ALL)), "Busy 0–24, every day; never asleep");
        assert_eq!(days_in_words(&Day::ALL[5..]), "on weekends");
        assert_eq!(days_in_words(&[Day::Sat, Day::Mon]), "Mon, Sat");
    }

    #[test]
    fn the_picture_is_of_the_bots_own_day() {
        // 2026-07-01T11:30Z is half past twelve in London, a Wednesday.
        let now = FleetTime(1_782_905_400_000_000);
        let day = DayPicture::of(&rhythm(&[(9, 17)], &Day::ALL[..5]), now);
        assert_eq!(day.clock, "12:30");
        assert_eq!(day.hand, 125);
        let kinds: Vec<_> = [3, 8, 9, 16, 17].into_iter().map(|hour: usize| day.hours[hour].kind).collect();
        assert_eq!(kinds, ["asleep", "quiet", "busy", "busy", "quiet"]);
    }
}
