//! Where a dream takes place: the ground below the horizon, and what stands on it far away.

mod built;
mod strange;
mod wild;

use std::ops::Range;

use super::hero::{Hero, Home};
use super::sketch::Sketch;
use super::sky::Orbs;
use super::{Air, Brief};

pub(super) struct Place {
    /// Phrases or words; an earlier place is the more particular one.
    names: &'static [&'static str],
    pub(super) paint: fn(&mut Sketch, &Air, &mut Brief),
}

#[rustfmt::skip]
const PLACES: &[Place] = &[
    Place { names: &["salt flat", "salt"], paint: wild::salt_flat },
    Place { names: &["upside-down harbour", "harbour", "harbor", "port"], paint: built::harbour },
    Place { names: &["field of pale grass", "grass", "field", "prairie"], paint: wild::grass },
    Place { names: &["sea of unlit windows", "unlit windows", "windows"], paint: strange::windows },
    Place { names: &["two moons"], paint: wild::desert },
    Place { names: &["desert", "dune", "dunes", "sand"], paint: wild::desert },
    Place { names: &["opera house", "snowbound"], paint: built::opera },
    Place { names: &["sky the colour of tea", "colour of tea", "above the clouds", "sea of clouds", "clouds"], paint: strange::clouds },
    Place { names: &["sleeping giants", "giants", "valley"], paint: strange::giants },
    Place { names: &["map that keeps changing", "map"], paint: strange::map },
    Place { names: &["swimming pool", "pool"], paint: built::pool },
    Place { names: &["no corners", "room", "hall"], paint: strange::room },
    Place { names: &["river of slow glass", "river", "stream", "canal"], paint: wild::river },
    Place { names: &["radio masts", "masts", "antennas"], paint: built::masts },
    Place { names: &["aquarium", "sea floor", "underwater", "reef"], paint: strange::aquarium },
    Place { names: &["empty station", "station", "platform"], paint: built::station },
    Place { names: &["sea of mist", "mist", "fog"], paint: wild::mist },
    Place { names: &["sea", "ocean", "water", "lake", "coast", "shore", "beach", "bay", "waves", "reflection"], paint: wild::sea },
    Place { names: &["snow", "winter", "ice", "glacier", "tundra"], paint: wild::snow },
    Place { names: &["meadow", "hills", "garden", "spring", "village"], paint: wild::hills },
    Place { names: &["mountain", "mountains", "peaks", "alpine"], paint: wild::peaks },
    Place { names: &["forest", "woods", "jungle", "trees", "pines"], paint: wild::woods },
    Place { names: &["city", "rooftops", "skyline", "town", "street"], paint: built::rooftops },
];

impl Place {
    /// The place that the prompt names outside of the hero's own name, or one that suits the hero.
    pub(super) fn of(hero: &Hero, named: Range<usize>, brief: &mut Brief) -> &'static Self {
        let prompt = &brief.prompt;
        let outside = |name: &&str| {
            (0..prompt.words.len()).any(|at| !named.contains(&at) && prompt.at(at, name).is_some())
        };
        if let Some(place) = PLACES.iter().find(|place| place.names.iter().any(&outside)) {
            return place;
        }
        let suits: &[&str] = match hero.home {
            Home::Water => &["sea"],
            Home::Air => &["sea", "desert", "sea of mist", "mountain", "meadow", "colour of tea"],
            Home::Ground => &["desert", "meadow", "grass", "snow", "mountain", "sea", "salt"],
        };
        let name = suits[brief.below(suits.len())];
        PLACES.iter().find(|place| place.names.contains(&name)).unwrap_or(&PLACES[0])
    }

    /// Whether it has moons of its own.
    pub(super) fn lights(&self) -> Orbs {
        match self.names[0] {
            "two moons" => Orbs::Two,
            "no corners" | "aquarium" => Orbs::None,
            _ => Orbs::AsLit,
        }
    }

    #[cfg(test)]
    pub(super) fn name(&self) -> &'static str {
        self.names[0]
    }
}
