//! At which hour a demo's day begins, and who lives in it: an hour at which every persona has somewhere to be busy, and
//! residents who live where that is so. Pure.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use fleet_bots::{FleetTime, NewBot, Phase, Rhythm};
use fleet_brain::Catalogue;
use rand::Rng;

use crate::residents;

/// From how many a resident is picked who is awake at the demo's hour.
const CANDIDATES: usize = 8;
/// How many residents of each persona are looked at to choose the hour.
const SAMPLE: usize = 40;
const HOUR: Duration = Duration::from_secs(3_600);

/// The full hour within the week before `now` that suits the catalogue's personas best.
pub(super) fn liveliest(
    catalogue: &Catalogue,
    now: FleetTime,
    dice: &mut impl Rng,
) -> anyhow::Result<FleetTime> {
    let sample =
        residents::draw(catalogue, SAMPLE * catalogue.personas().len(), None, &mut HashSet::new(), dice)?;
    let this_hour = FleetTime(now.0 - now.0.rem_euclid(i64::try_from(HOUR.as_micros()).unwrap_or(1)));
    let hours = (1..=7 * 24).map(|hours| this_hour.minus(HOUR * hours));
    Ok(hours.max_by_key(|hour| liveliness(&sample, *hour)).unwrap_or(this_hour))
}

/// Draws residents who are awake at `hour`, as far as there are such.
pub(super) fn residents_of(
    hour: FleetTime,
    catalogue: &Catalogue,
    count: usize,
    taken: &mut HashSet<String>,
    dice: &mut impl Rng,
) -> anyhow::Result<Vec<NewBot>> {
    residents::draw_best(
        catalogue,
        count,
        None,
        taken,
        dice,
        (CANDIDATES, |bot| points_at(&bot.rhythm, hour)),
    )
}

/// How lively an hour is: first by the persona that fares worst, then by all residents.
fn liveliness(residents: &[NewBot], hour: FleetTime) -> (usize, usize) {
    let mut by_persona: HashMap<&str, (usize, usize)> = HashMap::new();
    for bot in residents {
        let (points, bots) = by_persona.entry(&bot.persona).or_default();
        *points += points_at(&bot.rhythm, hour);
        *bots += 1;
    }
    let worst = by_persona.values().map(|(points, bots)| points * 100 / bots).min().unwrap_or(0);
    (worst, by_persona.values().map(|(points, _)| points).sum())
}

/// The first hour of a demo is judged by its middle too: who goes to bed soon after it began brings little life.
fn points_at(rhythm: &Rhythm, hour: FleetTime) -> usize {
    points_of(rhythm.phase(hour)) + points_of(rhythm.phase(hour.plus(HOUR / 2)))
}

/// Who is awake in a quiet hour acts a quarter as often as in a busy one.
fn points_of(phase: Phase) -> usize {
    match phase {
        Phase::Busy => 4,
        Phase::Quiet => 1,
        Phase::Asleep { .. } => 0,
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn every_resident_is_awake_when_the_demo_begins_and_every_persona_busy_whatever_the_season() {
        let catalogue = Catalogue::built_in();
        for now in ["2026-01-15T09:30:00Z", "2026-07-15T22:10:00Z"] {
            for seed in 0..4 {
                let mut dice = StdRng::seed_from_u64(seed);
                let now = now.parse::<jiff::Timestamp>().unwrap().into();
                let hour = liveliest(&catalogue, now, &mut dice).unwrap();
                let drawn = residents_of(hour, &catalogue, 24, &mut HashSet::new(), &mut dice).unwrap();
                for bot in &drawn {
                    assert!(points_at(&bot.rhythm, hour) > 0, "seed {seed}: {} sleeps at {hour}", bot.name);
                }
                let (worst, _) = liveliness(&drawn, hour);
                assert!(worst >= 400, "seed {seed}: at {hour} one persona is hardly busy ({worst})");
            }
        }
    }
}
