//! The hero of a dream: what each is called, how much room it wants, and how it is drawn.
//!
//! A hero stands on the point (0, 0), about 600 units high; up is negative.

mod building;
mod creature;
mod element;
mod growth;
mod landmark;
mod thing;
mod vessel;

use std::ops::Range;

use super::super::subject::Prompt;
use super::Brief;
use super::sketch::{Sketch, Tone};

/// The tones a hero is drawn in; they stand out from the sky behind it, whether that is dark or light.
#[derive(Clone, Copy)]
pub(super) struct Hues {
    pub(super) lit: Tone,
    pub(super) body: Tone,
    pub(super) shade: Tone,
    /// What is drawn on a body: against it, never against the sky.
    pub(super) line: Tone,
    /// Letters, plaster, bone: pale in any light.
    pub(super) paper: Tone,
    /// Lamps, fire, what stands out.
    pub(super) glow: Tone,
}

/// Where a hero feels at home when the prompt does not say.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Home {
    Ground,
    Air,
    Water,
}

pub(super) struct Hero {
    /// Words or phrases, singular.
    names: &'static [&'static str],
    /// Half of its width, and its height, in units.
    pub(super) half: f64,
    pub(super) high: f64,
    pub(super) home: Home,
    pub(super) paint: fn(&mut Sketch, &Hues, &mut Brief),
}

use Home::{Air, Ground, Water};

#[rustfmt::skip]
const HEROES: &[Hero] = &[
    Hero { names: &["glass whale", "whale"], half: 560.0, high: 460.0, home: Air, paint: creature::whale },
    Hero { names: &["staircase of moths", "moth"], half: 260.0, high: 700.0, home: Ground, paint: creature::moth_stairs },
    Hero { names: &["cathedral made of fog", "fog cathedral", "cathedral", "church", "abbey", "temple"], half: 400.0, high: 660.0, home: Ground, paint: building::cathedral },
    Hero { names: &["piano full of rain", "piano"], half: 560.0, high: 620.0, home: Ground, paint: thing::piano },
    Hero { names: &["orchard of clocks", "orchard", "clock"], half: 640.0, high: 540.0, home: Ground, paint: growth::orchard },
    Hero { names: &["paper planet", "ringed planet", "planet", "globe"], half: 440.0, high: 580.0, home: Air, paint: element::paper_planet },
    Hero { names: &["train inside a seashell", "seashell", "train", "railway"], half: 560.0, high: 620.0, home: Ground, paint: vessel::train },
    Hero { names: &["sleeping volcano", "volcano"], half: 520.0, high: 700.0, home: Ground, paint: element::volcano },
    Hero { names: &["garden of antlers", "antler", "stag", "deer"], half: 500.0, high: 610.0, home: Ground, paint: growth::antlers },
    Hero { names: &["library under a lake", "library", "bookshelf"], half: 480.0, high: 560.0, home: Ground, paint: building::library },
    Hero { names: &["hourglass desert", "hourglass"], half: 250.0, high: 650.0, home: Ground, paint: thing::hourglass },
    Hero { names: &["door in the sky", "door", "gate", "portal", "doorway"], half: 300.0, high: 600.0, home: Ground, paint: building::door },
    Hero { names: &["choir of lamps", "lamp", "lantern"], half: 480.0, high: 640.0, home: Ground, paint: thing::lamps },
    Hero { names: &["velvet thunderstorm", "thunderstorm", "storm", "thunder"], half: 520.0, high: 680.0, home: Air, paint: element::thunderstorm },
    Hero { names: &["island on the back of a moth"], half: 500.0, high: 520.0, home: Air, paint: creature::moth_island },
    Hero { names: &["mirror forest", "forest", "wood", "pine"], half: 600.0, high: 600.0, home: Ground, paint: growth::forest },
    Hero { names: &["ladder to a smaller moon", "ladder"], half: 330.0, high: 680.0, home: Ground, paint: thing::ladder },
    Hero { names: &["ship of folded letters", "paper boat", "ship", "boat", "sailboat"], half: 450.0, high: 640.0, home: Water, paint: vessel::ship },
    Hero { names: &["city grown from coral", "city", "town", "skyline", "coral"], half: 540.0, high: 580.0, home: Ground, paint: landmark::city },
    Hero { names: &["heron with a window for a heart", "heron", "crane"], half: 300.0, high: 630.0, home: Ground, paint: creature::heron },
    Hero { names: &["carousel at the sea floor", "carousel", "merry-go-round"], half: 440.0, high: 640.0, home: Ground, paint: landmark::carousel },
    Hero { names: &["bridge of held breath", "bridge"], half: 600.0, high: 490.0, home: Ground, paint: landmark::bridge },
    Hero { names: &["ink ocean", "wave"], half: 640.0, high: 620.0, home: Water, paint: element::ocean },
    Hero { names: &["lighthouse for comets", "lighthouse", "comet"], half: 420.0, high: 680.0, home: Ground, paint: landmark::lighthouse },
    Hero { names: &["stone that dreams of birds", "stone", "boulder", "rock"], half: 430.0, high: 600.0, home: Ground, paint: creature::stone },
    Hero { names: &["theatre of roots", "theatre", "theater", "stage"], half: 520.0, high: 700.0, home: Ground, paint: landmark::theatre },
    Hero { names: &["floating teahouse", "teahouse", "pagoda"], half: 330.0, high: 660.0, home: Air, paint: building::teahouse },
    Hero { names: &["weather machine", "machine", "contraption"], half: 440.0, high: 660.0, home: Ground, paint: thing::machine },
    Hero { names: &["hands made of rivers", "hand"], half: 400.0, high: 470.0, home: Ground, paint: creature::hands },
    Hero { names: &["nine quiet planets", "solar system"], half: 590.0, high: 580.0, home: Air, paint: element::planets },
    Hero { names: &["fox made of static", "fox", "wolf"], half: 360.0, high: 570.0, home: Ground, paint: creature::fox },
    Hero { names: &["kites carrying houses", "kite"], half: 480.0, high: 640.0, home: Air, paint: vessel::kites },
    Hero { names: &["post office for dreams", "post office", "letterbox", "mailbox"], half: 480.0, high: 640.0, home: Ground, paint: building::post_office },
    Hero { names: &["floating island", "sky island", "island"], half: 390.0, high: 470.0, home: Air, paint: growth::island },
    Hero { names: &["staircase", "stair", "step"], half: 300.0, high: 690.0, home: Ground, paint: landmark::stairs },
    Hero { names: &["castle", "tower", "palace", "fortress"], half: 400.0, high: 650.0, home: Ground, paint: building::castle },
    Hero { names: &["hot air balloon", "balloon", "airship"], half: 230.0, high: 640.0, home: Air, paint: vessel::balloon },
    Hero { names: &["quiet moon", "full moon", "moon", "sun"], half: 280.0, high: 600.0, home: Air, paint: thing::quiet_moon },
    Hero { names: &["jellyfish", "medusa", "octopus"], half: 240.0, high: 610.0, home: Air, paint: creature::jellyfish },
    Hero { names: &["flock of birds", "bird", "swallow", "gull"], half: 420.0, high: 600.0, home: Air, paint: creature::birds },
    Hero { names: &["umbrella", "parasol"], half: 370.0, high: 620.0, home: Air, paint: thing::umbrella },
    Hero { names: &["tree", "oak", "willow"], half: 340.0, high: 610.0, home: Ground, paint: growth::tree },
    Hero { names: &["mountain", "peak", "summit", "alp"], half: 620.0, high: 600.0, home: Ground, paint: element::mountain },
    Hero { names: &["giant flower", "flower", "rose", "lotus", "sunflower"], half: 260.0, high: 640.0, home: Ground, paint: growth::flower },
    Hero { names: &["garden", "grove"], half: 500.0, high: 610.0, home: Ground, paint: growth::antlers },
];

/// Phrases that only seem to name a hero.
const FALSE_FRIENDS: &[&str] = &["planet landscape", "stage light", "by hand", "gold leaf", "step by step"];

impl Hero {
    /// The hero that the prompt names, and where among its words: what it is about comes before all else it mentions,
    /// and of several names the longest, then the first, is meant.
    pub(super) fn of(brief: &Brief) -> Option<(&'static Self, Range<usize>)> {
        let topic = Prompt::read(&brief.prompt.topic);
        let (hero, name) = named(&topic).or_else(|| named(&brief.prompt))?;
        let mut spans =
            (0..brief.prompt.words.len()).filter_map(|at| Some(at..at + brief.prompt.at(at, name)?));
        Some((hero, spans.next().unwrap_or(0..0)))
    }

    #[cfg(test)]
    pub(super) fn name(&self) -> &'static str {
        self.names[0]
    }
}

fn named(prompt: &Prompt) -> Option<(&'static Hero, &'static str)> {
    let mut best: Option<(usize, &Hero, &str)> = None;
    for at in 0..prompt.words.len() {
        if FALSE_FRIENDS
            .iter()
            .any(|friend| (0..2).any(|back| at >= back && prompt.at(at - back, friend).is_some()))
        {
            continue;
        }
        for hero in HEROES {
            for name in hero.names {
                if let Some(length) = prompt.at(at, name)
                    && best.is_none_or(|(most, ..)| length > most)
                {
                    best = Some((length, hero, name));
                }
            }
        }
    }
    best.map(|(_, hero, name)| (hero, name))
}

/// Who stands in for a hero that we cannot draw: someone small before something large, looking.
pub(super) const WANDERER: Hero =
    Hero { names: &["wanderer"], half: 340.0, high: 600.0, home: Ground, paint: creature::wanderer };
