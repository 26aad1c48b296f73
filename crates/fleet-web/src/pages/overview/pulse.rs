//! How lively the fleet is: what it did hour by hour, today against yesterday, and how late it began what was due. Owns the
//! picture; the counting is the context's.

use std::time::Duration;

use askama::Template;
use fleet_bots::{Compared, Hour, OurShare, Part as Fraction, Pulse};

use crate::parts::{counted, grouped};

/// The width of an hour in the picture, and of the space between two.
const STEP: u64 = 20;
const GAP: u64 = 4;
/// The height of the picture's bars.
const HEIGHT: u64 = 96;

/// The numbers of the day.
#[derive(Template)]
#[template(path = "overview/pulse.html")]
pub(super) struct PulseView {
    bars: Vec<Bar>,
    /// What the highest bar stands for.
    most: String,
    days: Vec<Day>,
    delay: Option<Delay>,
    summary: String,
    /// Whose the gallery's newest posts are, and what was done to them.
    parts: Vec<Whose>,
}

/// How much of something is the fleet's.
struct Whose {
    label: &'static str,
    percent: u64,
    all: String,
}

/// One hour.
struct Bar {
    x: u64,
    parts: Vec<Part>,
    /// The hour of the clock, where the picture names it.
    label: Option<String>,
    words: String,
}

/// One kind of thing in an hour's bar, from the bottom upwards.
struct Part {
    kind: &'static str,
    y: u64,
    height: u64,
}

/// Today against yesterday.
struct Day {
    label: &'static str,
    icon: &'static str,
    today: String,
    words: String,
}

/// How late the fleet begins what is due.
struct Delay {
    median: String,
    words: String,
}

impl PulseView {
    /// `speed` is how fast the fleet's time runs: delays are told in the operator's time.
    pub(super) fn of(pulse: &Pulse, share: Option<OurShare>, speed: f64) -> Self {
        let most = pulse.hours.iter().map(total).max().unwrap_or(0);
        let acts: u64 = pulse.hours.iter().map(|hour| hour.posts + hour.likes + hour.comments).sum();
        let errors: u64 = pulse.hours.iter().map(|hour| hour.errors).sum();
        Self {
            bars: pulse.hours.iter().zip(0..).map(|(hour, index)| Bar::of(hour, index, most)).collect(),
            most: grouped(most),
            days: vec![
                Day::of("posts today", "picture", pulse.posts),
                Day::of("likes today", "heart", pulse.likes),
                Day::of("comments today", "speech", pulse.comments),
            ],
            delay: pulse.delays.map(|delays| Delay {
                median: span(delays.median, speed),
                words: format!(
                    "99 of 100 within {}, of the last {}",
                    span(delays.p99, speed),
                    counted(delays.count, "action", "actions")
                ),
            }),
            summary: format!(
                "{} and {} in the last 24 hours",
                counted(acts, "action", "actions"),
                counted(errors, "error", "errors")
            ),
            parts: share.map(Whose::all).unwrap_or_default(),
        }
    }
}

fn total(hour: &Hour) -> u64 {
    hour.posts + hour.likes + hour.comments + hour.errors
}

impl Bar {
    fn of(hour: &Hour, index: u64, most: u64) -> Self {
        let mut y = HEIGHT;
        let mut parts = Vec::new();
        let kinds = [
            ("likes", hour.likes),
            ("comments", hour.comments),
            ("posts", hour.posts),
            ("errors", hour.errors),
        ];
        for (kind, count) in kinds {
            // What happened at all is seen.
            let height = if count == 0 { 0 } else { (count * HEIGHT / most.max(1)).max(1).min(y) };
            y -= height;
            if height > 0 {
                parts.push(Part { kind, y, height });
            }
        }
        let clock = hour.from.timestamp().to_string();
        let clock = clock.get(11..16).unwrap_or_default().to_owned();
        let words = format!(
            "from {clock} UTC: {}, {}, {}, {}",
            counted(hour.posts, "post", "posts"),
            counted(hour.comments, "comment", "comments"),
            counted(hour.likes, "like", "likes"),
            counted(hour.errors, "error", "errors"),
        );
        let is_named = index.is_multiple_of(6);
        Self { x: index * STEP + GAP / 2, parts, label: is_named.then_some(clock), words }
    }
}

impl Day {
    fn of(label: &'static str, icon: &'static str, compared: Compared) -> Self {
        let words = match compared.yesterday {
            0 => "none yesterday".into(),
            all => {
                format!("{} by now yesterday, {} that day", grouped(compared.yesterday_by_now), grouped(all))
            }
        };
        Self { label, icon, today: grouped(compared.today), words }
    }
}

impl Whose {
    fn all(share: OurShare) -> Vec<Self> {
        let parts = [("posts", share.posts), ("likes", share.likes), ("comments", share.comments)];
        let told = parts.into_iter().filter(|(_, part)| part.all > 0);
        told.map(|(label, Fraction { ours, all })| Self {
            label,
            percent: ours * 100 / all,
            all: grouped(all),
        })
        .collect()
    }
}

/// A span of the fleet's time as it is for whoever watches.
fn span(fleet: Duration, speed: f64) -> String {
    let real = fleet.div_f64(speed.max(f64::MIN_POSITIVE));
    match real.as_millis() {
        0..1_000 => format!("{} ms", real.as_millis()),
        1_000..60_000 => format!("{:.1} s", real.as_secs_f64()),
        _ => format!("{} min", real.as_secs() / 60),
    }
}

#[cfg(test)]
mod tests {
    use fleet_bots::{Delays, FleetTime};

    use super::*;

    fn hour(posts: u64, likes: u64, comments: u64, errors: u64) -> Hour {
        Hour { from: FleetTime(1_772_712_000_000_000), posts, likes, comments, errors }
    }

    #[test]
    fn an_hour_is_as_high_as_what_happened_in_it_and_never_higher_than_the_picture() {
        let heights = |hour: &Hour, most| {
            let bar = Bar::of(hour, 0, most);
            bar.parts.iter().map(|part| (part.kind, part.height)).collect::<Vec<_>>()
        };
        assert_eq!(heights(&hour(0, 0, 0, 0), 0), []);
        assert_eq!(heights(&hour(1, 2, 1, 0), 4), [("likes", 48), ("comments", 24), ("posts", 24)]);
        assert_eq!(heights(&hour(1, 0, 0, 1), 10_000), [("posts", 1), ("errors", 1)]);
        let full = Bar::of(&hour(1, 96, 1, 1), 0, 99);
        assert!(full.parts.iter().all(|part| part.y + part.height <= HEIGHT));
    }

    #[test]
    fn delays_are_told_in_the_operators_time() {
        let delays = Delays {
            median: Duration::from_secs(12),
            p95: Duration::from_secs(60),
            p99: Duration::from_secs(120),
            count: 1_200,
        };
        let pulse = Pulse { delays: Some(delays), ..Pulse::default() };
        let told = PulseView::of(&pulse, None, 60.0).delay.unwrap();
        assert_eq!(told.median, "200 ms");
        assert_eq!(told.words, "99 of 100 within 2.0 s, of the last 1,200 actions");
    }

    #[test]
    fn whose_the_gallery_is_is_told_of_what_there_is() {
        let share = OurShare {
            posts: Fraction { ours: 75, all: 100 },
            likes: Fraction { ours: 1, all: 3 },
            comments: Fraction::default(),
        };
        let parts = PulseView::of(&Pulse::default(), Some(share), 1.0).parts;
        let told: Vec<_> = parts.iter().map(|whose| (whose.label, whose.percent)).collect();
        assert_eq!(told, [("posts", 75), ("likes", 33)]);
    }
}
