//! Moments as people name them in a shell: so long ago, a day, or to the second.

use std::time::Duration;

use fleet_bots::{Bots, FleetTime};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::config;

/// A moment that was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// So long before now, by the fleet's clock.
    Ago(Duration),
    /// Then.
    At(FleetTime),
}

/// Reads a span of time before now, a day in UTC, or a moment with its zone.
///
/// # Errors
/// With how it is written.
pub(crate) fn read(text: &str) -> Result<Moment, String> {
    if let Ok(span) = config::duration(text) {
        return Ok(Moment::Ago(span));
    }
    if let Some(day) = text.parse::<Date>().ok().filter(|_| text.len() == 10) {
        let begins = day.to_zoned(TimeZone::UTC).map_err(|error| error.to_string())?;
        return Ok(Moment::At(begins.timestamp().into()));
    }
    let moment = text.parse::<jiff::Timestamp>();
    moment.map(|moment| Moment::At(moment.into())).map_err(|_| {
        "must be a span of time such as `90s` or `2h`, a day such as `2026-03-05`, or a moment such as \
         `2026-03-05T09:00:00Z`"
            .into()
    })
}

/// The moment that is meant, by the clock of the fleet.
pub(crate) async fn of(bots: &Bots, moment: Option<Moment>) -> anyhow::Result<Option<FleetTime>> {
    Ok(match moment {
        Some(Moment::Ago(span)) => Some(config::clock_of(bots).await?.now().minus(span)),
        Some(Moment::At(moment)) => Some(moment),
        None => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_they_are_written() {
        let at = |text: &str| Moment::At(text.parse::<jiff::Timestamp>().unwrap().into());
        assert_eq!(read("2h"), Ok(Moment::Ago(Duration::from_secs(7_200))));
        assert_eq!(read("2026-03-05"), Ok(at("2026-03-05T00:00:00Z")));
        assert_eq!(read("2026-03-05T09:00:00+01:00"), Ok(at("2026-03-05T08:00:00Z")));
        for text in ["", "yesterday", "2026-13-01", "2026-03-05T09:00:00", "5 h"] {
            let told = read(text).unwrap_err();
            assert!(told.contains("`2026-03-05`"), "{text}: {told}");
        }
    }
}
