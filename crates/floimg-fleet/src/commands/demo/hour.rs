//! At which hour a demo's day begins: one at which every resident is awake, and as many as can be are busy. Pure.

use std::time::Duration;

use fleet_bots::{FleetTime, Phase, Rhythm};

const HOUR: Duration = Duration::from_secs(3_600);
/// How long everybody should stay awake from then on.
const AWAKE_FOR: u64 = 2;

/// The full hour within the week before `now` that suits `rhythms` best.
pub(super) fn liveliest(rhythms: &[Rhythm], now: FleetTime) -> FleetTime {
    let this_hour = FleetTime(now.0 - now.0.rem_euclid(i64::try_from(HOUR.as_micros()).unwrap_or(1)));
    (1..=7 * 24)
        .map(|hours| this_hour.minus(HOUR * hours))
        .max_by_key(|&hour| {
            let asleep = (0..AWAKE_FOR).map(|later| asleep(rhythms, hour.plus(HOUR * u32::try_from(later).unwrap_or(0)))).sum::<usize>();
            let busy = rhythms.iter().filter(|rhythm| rhythm.phase(hour) == Phase::Busy).count();
            (std::cmp::Reverse(asleep), busy)
        })
        .unwrap_or(this_hour)
}

fn asleep(rhythms: &[Rhythm], at: FleetTime) -> usize {
    rhythms.iter().filter(|rhythm| matches!(rhythm.phase(at), Phase::Asleep { .. })).count()
}

#[cfg(test)]
mod tests {
    use fleet_brain::Catalogue;
    use fleet_bots::NewBot;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;
    use crate::residents;

    #[test]
    fn every_default_resident_is_awake_when_the_demo_begins_whatever_the_season() {
        for day in ["2026-01-15T09:30:00Z", "2026-07-15T22:10:00Z"] {
            for seed in 0..10 {
                let mut dice = StdRng::seed_from_u64(seed);
                let drawn: Vec<NewBot> =
                    residents::draw(&Catalogue::built_in(), 24, None, &mut Default::default(), &mut dice).unwrap();
                let rhythms: Vec<Rhythm> = drawn.into_iter().map(|bot| bot.rhythm).collect();
                let hour = liveliest(&rhythms, day.parse::<jiff::Timestamp>().unwrap().into());
                assert_eq!(asleep(&rhythms, hour), 0, "seed {seed} on {day}: {hour}");
            }
        }
    }
}
