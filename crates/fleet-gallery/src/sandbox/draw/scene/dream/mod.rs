//! Dreams: a hero, what it is doing, a place, a light and a medium, each found in the prompt's words.
//!
//! The hero stands out by one rule: under a dark sky it is light, and before a light sky it is dark. What the prompt
//! does not name, chance chooses; a hero that we cannot draw is left to a wanderer who looks for it.

mod doing;
mod hero;
mod medium;
mod place;
mod sketch;
mod sky;
mod trace;

use self::doing::Doing;
use self::hero::{Hero, Hues};
use self::place::Place;
use self::sketch::{Sketch, Tone};
use self::sky::Light;
use super::Brief;
use super::colour::Palette;

pub(super) const WORDS: &[&str] = &[
    "surreal",
    "dream",
    "dreamlike",
    "landscape",
    "sky",
    "moon",
    "floating",
    "planet",
    "cosmic",
    "mountain",
    "sea",
    "ocean",
    "horizon",
    "cloud",
    "island",
    "desert",
    "aurora",
    "nebula",
    "cathedral",
    "staircase",
    "door",
    "whale",
    "world",
    "mist",
    "surrealism",
    "fantasy",
    "abstract",
    "galaxy",
    "valley",
];

/// A palette as tones, dark to light, and the one that stands out.
#[derive(Clone, Copy)]
struct Tones {
    dark: Tone,
    deep: Tone,
    mid: Tone,
    soft: Tone,
    light: Tone,
    accent: Tone,
}

impl Tones {
    fn of(palette: &Palette) -> Self {
        Self {
            dark: Tone::of(palette.dark),
            deep: Tone::of(palette.deep),
            mid: Tone::of(palette.mid),
            soft: Tone::of(palette.soft),
            light: Tone::of(palette.light),
            accent: Tone::of(palette.accent),
        }
    }

    /// All of them under a coloured light, which tells most on what is bright.
    fn under(self, light: Tone, share: f64) -> Self {
        Self {
            dark: self.dark.mix(light, share * 0.1),
            deep: self.deep.mix(light, share * 0.2),
            mid: self.mid.mix(light, share * 0.4),
            soft: self.soft.mix(light, share * 0.8),
            light: self.light.mix(light, share * 0.7),
            accent: self.accent.mix(light, share * 0.3),
        }
    }
}

/// What all of a picture's parts share.
struct Air {
    width: f64,
    height: f64,
    /// One at 1024 pixels on the shorter side.
    unit: f64,
    /// How far down the ground begins.
    horizon: f64,
    night: bool,
    tones: Tones,
    light: Light,
    /// Sun or moon: where, and how large.
    orb: (f64, f64, f64),
}

impl Air {
    /// The sky's colours, from the top to the horizon.
    fn sky(&self) -> [Tone; 4] {
        let t = self.tones;
        if self.night {
            [t.dark.darker(0.35), t.dark.mix(t.deep, 0.4), t.deep.mix(t.mid, 0.3), t.mid.mix(t.soft, 0.15)]
        } else {
            [
                t.mid.mix(t.deep, 0.2),
                t.mid.mix(t.soft, 0.55),
                t.soft.mix(t.light, 0.4),
                t.light.mix(t.accent, 0.1),
            ]
        }
    }

    /// What stands before this sky and is to be seen.
    fn hues(&self) -> Hues {
        let t = self.tones;
        if self.night {
            let body = t.soft.mix(t.mid, 0.35);
            let shade = t.deep.mix(t.dark, 0.35);
            Hues { lit: t.light, body, shade, line: t.dark, paper: t.light.lighter(0.35), glow: t.accent }
        } else {
            let glow = t.accent.lighter(0.12);
            let lit = t.mid.mix(t.soft, 0.3);
            Hues { lit, body: t.deep, shade: t.dark, line: t.light, paper: t.light.lighter(0.3), glow }
        }
    }

    /// Far things take on the colour of the air before the horizon.
    fn hazy(&self, tone: Tone, share: f64) -> Tone {
        tone.mix(self.sky()[3], share)
    }
}

pub(super) fn paint(brief: &mut Brief) -> String {
    let (hero, named) = Hero::of(brief).unwrap_or((&hero::WANDERER, 0..0));
    let light = Light::of(brief);
    let night = light.is_dark().unwrap_or_else(|| brief.chance(0.45));
    let place = Place::of(hero, named, brief);
    let doing = Doing::of(brief);
    let mut tones = Tones::of(&brief.palette);
    let (tint, share) = light.tint();
    tones = tones.under(Tone::of(tint), share);
    if brief.has(&["feverish"]) {
        tones = tones.under(Tone::of("#ff5a4d"), 0.2);
    } else if brief.has(&["uneasy", "homesick"]) {
        tones = tones.under(Tone::of("#5f7f86"), 0.2);
    } else if brief.has(&["tender"]) {
        tones = tones.under(Tone::of("#ffd3cf"), 0.2);
    }
    let (width, height) = (brief.width, brief.height);
    let unit = width.min(height) / 1024.0;
    let tall = height > width;
    let horizon = height * brief.range(0.63, 0.71) + if tall { height * 0.04 } else { 0.0 };
    let (x, y) = (width * brief.range(0.24, 0.76), horizon - height * brief.range(0.14, 0.36));
    let orb = (x, y, unit * brief.range(90.0, 190.0));
    let mut air = Air { width, height, unit, horizon, night, tones, light, orb };
    let at = doing.composed(&mut air, hero, brief);

    let mut s = Sketch::default();
    sky::paint(&mut s, &air, brief, at.x, place.lights());
    (place.paint)(&mut s, &air, brief);
    doing::paint(&mut s, &air, brief, hero, &at);
    sky::weather(&mut s, &air, brief);
    medium::finish(&mut s, &air, brief);
    s.finish()
}

#[cfg(test)]
mod tests;
