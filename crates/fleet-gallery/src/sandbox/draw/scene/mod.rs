//! Scenes: what the sandbox's stand-in for an image model paints. One kind for each of the six personas.
//!
//! The prompt's words choose the kind, the palette and the subject; everything else comes from dice seeded by the
//! prompt and the size, so that the same prompt is the same picture and another one looks different.

mod chart;
mod colour;
mod dream;
mod graphic;
mod mockup;
mod pixels;
mod product;
mod sheet;
mod subject;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use resvg::tiny_skia::Pixmap;
use resvg::usvg;
use sha2::{Digest, Sha256};

use super::{Failure, canvas};
use colour::Palette;
use subject::Prompt;

/// A kind of picture.
struct Kind {
    #[cfg(test)]
    name: &'static str,
    /// What such pictures are called; one such word outweighs any number of things shown.
    called: &'static [&'static str],
    /// What such pictures tend to show or mention.
    words: &'static [&'static str],
    paint: fn(&mut Brief) -> String,
}

#[rustfmt::skip]
const KINDS: &[Kind] = &[
    Kind {
        #[cfg(test)]
        name: "product",
        called: &["product", "packshot", "still life", "hero image", "product page", "product photo", "product shot", "e-commerce", "shop listing"],
        words: product::WORDS,
        paint: product::paint,
    },
    Kind {
        #[cfg(test)]
        name: "graphic",
        called: &["campaign", "poster", "social media", "promotional", "flyer", "promo", "campaign poster", "social graphic", "leaflet"],
        words: graphic::WORDS,
        paint: graphic::paint,
    },
    Kind {
        #[cfg(test)]
        name: "pixels",
        called: &["pixel", "pixel art", "sprite", "8-bit", "16-bit", "tileset", "sprite sheet", "game asset", "retro game"],
        words: pixels::WORDS,
        paint: pixels::paint,
    },
    Kind {
        #[cfg(test)]
        name: "chart",
        called: &["chart", "infographic", "data visualisation", "data visualization", "one-page dashboard", "histogram", "bar chart", "line chart", "scatter plot"],
        words: chart::WORDS,
        paint: chart::paint,
    },
    Kind {
        #[cfg(test)]
        name: "landscape",
        called: &["surreal", "dreamlike", "surreal landscape", "landscape", "dreamscape"],
        words: dream::WORDS,
        paint: dream::paint,
    },
    Kind {
        #[cfg(test)]
        name: "mockup",
        called: &["mock-up", "mockup", "wireframe", "interface", "component sheet", "design system", "ui", "ux", "app screen", "user interface"],
        words: mockup::WORDS,
        paint: mockup::paint,
    },
];

/// What a scene is painted from.
pub(super) struct Brief {
    prompt: Prompt,
    palette: Palette,
    dice: StdRng,
    /// In pixels.
    width: f64,
    height: f64,
}

/// Paints the scene that a prompt asks for.
pub(super) fn draw(prompt: &str, size: (u32, u32), options: &usvg::Options<'_>) -> Result<Pixmap, Failure> {
    canvas::render(&painted(prompt, size), size, options)
}

/// The inside of the picture's SVG.
fn painted(text: &str, size: (u32, u32)) -> String {
    let mut brief = Brief::new(text, size);
    let kind = kind(&brief.prompt, &mut brief.dice);
    (kind.paint)(&mut brief)
}

/// The kind that the prompt calls by its name, else the one whose things it mentions; chance decides between equals.
fn kind(prompt: &Prompt, dice: &mut StdRng) -> &'static Kind {
    const NAMED: usize = 100;
    let score = |kind: &Kind| NAMED * prompt.count(kind.called) + prompt.count(kind.words);
    let most = KINDS.iter().map(score).max().unwrap_or(0);
    let equals: Vec<&Kind> = KINDS.iter().filter(|kind| score(kind) == most).collect();
    equals.choose(dice).copied().unwrap_or(&KINDS[0])
}

impl Brief {
    fn new(text: &str, size: (u32, u32)) -> Self {
        let digest = Sha256::digest(format!("{}x{} {text}", size.0, size.1));
        let mut dice = StdRng::from_seed(digest.into());
        let prompt = Prompt::read(text);
        let palette = colour::palette(&prompt, &mut dice);
        Self { prompt, palette, dice, width: f64::from(size.0), height: f64::from(size.1) }
    }

    /// Whether one of these words or phrases is in the prompt.
    fn has(&self, phrases: &[&str]) -> bool {
        self.prompt.count(phrases) > 0
    }

    /// The longest of these words or phrases that the prompt names, earlier ones first.
    fn find(&self, phrases: &[&'static str]) -> Option<&'static str> {
        self.prompt.find(phrases)
    }

    fn range(&mut self, least: f64, most: f64) -> f64 {
        self.dice.random_range(least..most)
    }

    fn chance(&mut self, probability: f64) -> bool {
        self.dice.random_bool(probability)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.dice.random_range(0..bound)
    }

    /// A few words of the topic, worth setting in type, first letter upper case; none if the prompt does not say what
    /// it is about.
    fn headline(&self, most: usize) -> Vec<String> {
        self.prompt.headline(most).iter().map(|word| capital(word)).collect()
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A gradient from top to bottom, by id.
fn vertical(id: &str, stops: &[(f64, &str)]) -> String {
    gradient(&format!(r#"<linearGradient id="{id}" x2="0" y2="1">"#), "linearGradient", stops)
}

/// A gradient from left to right, by id.
fn horizontal(id: &str, stops: &[(f64, &str)]) -> String {
    gradient(&format!(r#"<linearGradient id="{id}">"#), "linearGradient", stops)
}

/// A gradient from the middle outwards, by id.
fn radial(id: &str, stops: &[(f64, &str)]) -> String {
    gradient(&format!(r#"<radialGradient id="{id}">"#), "radialGradient", stops)
}

/// A colour may carry its opacity behind a slash.
fn gradient(open: &str, close: &str, stops: &[(f64, &str)]) -> String {
    let stop = |(offset, colour): &(f64, &str)| {
        let (colour, opacity) = colour.split_once('/').unwrap_or((colour, "1"));
        format!(r#"<stop offset="{offset}" stop-color="{colour}" stop-opacity="{opacity}"/>"#)
    };
    format!("{open}{}</{close}>", stops.iter().map(stop).collect::<String>())
}

#[cfg(test)]
mod tests;
