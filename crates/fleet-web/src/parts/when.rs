//! A moment of the fleet's day in words, with the exact time for whoever points at it. `panel.js` keeps the words true
//! while a page is open; both speak alike.

use std::time::Duration;

use askama::Template;
use fleet_bots::FleetTime;

/// A moment, as it looked when the page was made.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<time datetime="{{ at }}" title="{{ self.exact() }}" data-when{% if is_due %}="due"{% endif %}>{{ self.words() }}</time>"#,
    ext = "html"
)]
pub(crate) struct When {
    at: FleetTime,
    now: FleetTime,
    /// Whether something is to happen then: once the moment has come it is now, until it happens.
    is_due: bool,
}

/// Two of them are the same when the moment is; what it was looked at from does not count.
impl PartialEq for When {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for When {}

impl When {
    pub(crate) fn of(at: FleetTime, now: FleetTime) -> Self {
        Self { at, now, is_due: false }
    }

    /// The moment at which something is to happen.
    pub(crate) fn due(at: FleetTime, now: FleetTime) -> Self {
        Self { is_due: true, ..Self::of(at, now) }
    }

    fn words(&self) -> String {
        if self.at > self.now {
            let span = self.at.since(self.now);
            return if span < NOW { "now".into() } else { format!("in {}", span_in_words(span)) };
        }
        let span = self.now.since(self.at);
        if span < NOW || self.is_due { "now".into() } else { format!("{} ago", span_in_words(span)) }
    }

    fn exact(&self) -> String {
        let text = self.at.timestamp().to_string();
        let whole = text.split(['.', 'Z']).next().unwrap_or_default().replace('T', " ");
        format!("{whole} UTC")
    }
}

/// What is nearer than this is now.
const NOW: Duration = Duration::from_secs(3);

fn span_in_words(span: Duration) -> String {
    let seconds = span.as_secs();
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..86_400 => format!("{} h", seconds / 3_600),
        86_400..172_800 => "1 day".into(),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(offset_s: i64) -> String {
        let now = FleetTime(1_772_712_000_000_000);
        When::of(FleetTime(now.0 + offset_s * 1_000_000), now).words()
    }

    #[test]
    fn a_moment_is_told_from_where_one_stands() {
        let told: Vec<_> =
            [0, -2, -12, -59, -60, -3_599, -3_600, -86_400, -200_000, 2, 12, 300, 7_200].map(words).into();
        assert_eq!(
            told,
            [
                "now",
                "now",
                "12 s ago",
                "59 s ago",
                "1 min ago",
                "59 min ago",
                "1 h ago",
                "1 day ago",
                "2 days ago",
                "now",
                "in 12 s",
                "in 5 min",
                "in 2 h"
            ]
        );
    }

    #[test]
    fn what_is_due_is_not_told_as_past() {
        let now = FleetTime(1_772_712_000_000_000);
        let due = |offset_s: i64| When::due(FleetTime(now.0 + offset_s * 1_000_000), now);
        assert_eq!(due(-18).words(), "now");
        assert_eq!(due(18).words(), "in 18 s");
        assert!(due(18).to_string().contains(r#"data-when="due""#));
    }

    #[test]
    fn the_exact_time_is_there_for_whoever_points_at_it() {
        let at = FleetTime(1_772_712_000_250_000);
        insta::assert_snapshot!(
            When::of(at, at),
            @r#"<time datetime="2026-03-05T12:00:00.25Z" title="2026-03-05 12:00:00 UTC" data-when>now</time>"#
        );
    }
}
