//! How many workflows were run today and this month, by the fleet and by each agent. Days and months are UTC's.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A span that a budget is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum Span {
    Day,
    Month,
}

impl Span {
    /// When the span that holds this moment is over.
    pub(in crate::sandbox) fn end(self, at: Timestamp) -> Timestamp {
        let date = date(at);
        let next = match self {
            Self::Day => date.tomorrow(),
            Self::Month => date.last_of_month().tomorrow(),
        };
        let end = next.and_then(|next| next.to_zoned(TimeZone::UTC));
        end.map_or(Timestamp::MAX, |end| end.timestamp())
    }
}

/// What has been used, by whom.
#[derive(Debug, Default)]
pub(in crate::sandbox) struct Usage {
    fleet: Tally,
    agents: HashMap<usize, Tally>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    on: Date,
    day: u64,
    month: u64,
}

impl Usage {
    pub(super) fn add(&mut self, account: usize, at: Timestamp) {
        self.fleet.add(at);
        self.agents.entry(account).or_default().add(at);
    }

    pub(in crate::sandbox) fn of_fleet(&self, span: Span, at: Timestamp) -> u64 {
        self.fleet.within(span, at)
    }

    pub(in crate::sandbox) fn of_agent(&self, account: usize, span: Span, at: Timestamp) -> u64 {
        self.agents.get(&account).map_or(0, |tally| tally.within(span, at))
    }
}

impl Tally {
    fn add(&mut self, at: Timestamp) {
        (self.day, self.month) = (self.within(Span::Day, at) + 1, self.within(Span::Month, at) + 1);
        self.on = date(at);
    }

    fn within(&self, span: Span, at: Timestamp) -> u64 {
        let today = date(at);
        match span {
            Span::Day if self.on == today => self.day,
            Span::Month if self.on.first_of_month() == today.first_of_month() => self.month,
            Span::Day | Span::Month => 0,
        }
    }
}

fn date(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_starts_anew_with_its_span() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let mut usage = Usage::default();
        for moment in ["2026-12-30T23:59:59Z", "2026-12-31T00:00:00Z", "2026-12-31T12:00:00Z"] {
            usage.add(3, at(moment));
        }
        usage.add(4, at("2026-12-31T13:00:00Z"));
        let eve = at("2026-12-31T14:00:00Z");
        assert_eq!((usage.of_fleet(Span::Day, eve), usage.of_fleet(Span::Month, eve)), (3, 4));
        assert_eq!((usage.of_agent(3, Span::Day, eve), usage.of_agent(3, Span::Month, eve)), (2, 3));
        assert_eq!(usage.of_agent(5, Span::Month, eve), 0);
        let new_year = at("2027-01-01T00:00:00Z");
        assert_eq!((Span::Day.end(eve), Span::Month.end(eve)), (new_year, new_year));
        assert_eq!((usage.of_fleet(Span::Day, new_year), usage.of_fleet(Span::Month, new_year)), (0, 0));
    }
}
