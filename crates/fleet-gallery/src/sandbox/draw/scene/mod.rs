//! Scenes: what the sandbox's stand-in for an image model paints. One kind for each of the six personas.
//!
//! The prompt's words choose the kind, the palette and the subject; everything else comes from dice seeded by the
//! prompt and the size, so that the same prompt is the same picture and another one looks different.

mod chart;
mod graphic;
mod landscape;
mod mockup;
mod pixels;
mod product;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use resvg::tiny_skia::Pixmap;
use resvg::usvg;
use sha2::{Digest, Sha256};

use super::{Failure, canvas};

/// A kind of picture, and the words that call for it.
struct Kind {
    words: &'static [&'static str],
    paint: fn(&mut Brief) -> String,
}

const KINDS: &[Kind] = &[
    Kind { words: product::WORDS, paint: product::paint },
    Kind { words: graphic::WORDS, paint: graphic::paint },
    Kind { words: pixels::WORDS, paint: pixels::paint },
    Kind { words: chart::WORDS, paint: chart::paint },
    Kind { words: landscape::WORDS, paint: landscape::paint },
    Kind { words: mockup::WORDS, paint: mockup::paint },
];

/// What a scene is painted from.
pub(super) struct Brief {
    /// The prompt's words, lower case.
    words: Vec<String>,
    /// The prompt up to its first comma or full stop.
    clause: String,
    palette: &'static Palette,
    dice: StdRng,
    /// In pixels.
    width: f64,
    height: f64,
}

/// Six colours that go together, from dark to light, and one that stands out.
struct Palette {
    /// The words that call for it.
    moods: &'static [&'static str],
    dark: &'static str,
    deep: &'static str,
    mid: &'static str,
    soft: &'static str,
    light: &'static str,
    accent: &'static str,
}

#[rustfmt::skip]
const PALETTES: &[Palette] = &[
    Palette { moods: &["dusk", "purple", "violet", "neon", "magenta", "twilight"], dark: "#1d1836", deep: "#4b2a63", mid: "#a2467e", soft: "#f08a9b", light: "#ffe3dc", accent: "#ffc857" },
    Palette { moods: &["sea", "ocean", "teal", "water", "coast", "aqua", "blue"], dark: "#0b2438", deep: "#14506b", mid: "#2b9aa0", soft: "#9ad9d0", light: "#eefaf4", accent: "#ff8a5b" },
    Palette { moods: &["clay", "earth", "terracotta", "coffee", "wood", "autumn", "brown"], dark: "#33231b", deep: "#7a4a36", mid: "#c57b57", soft: "#ecc3a2", light: "#fdf4ea", accent: "#3f7d74" },
    Palette { moods: &["forest", "green", "leaf", "plant", "garden", "moss", "botanical"], dark: "#16281f", deep: "#2f5a45", mid: "#6fa36a", soft: "#c3dba4", light: "#f7faea", accent: "#e76f51" },
    Palette { moods: &["citrus", "orange", "summer", "bold", "vivid", "sale"], dark: "#1f2a52", deep: "#e4572e", mid: "#ff8c42", soft: "#ffd07b", light: "#fff6e3", accent: "#17bebb" },
    Palette { moods: &["berry", "pink", "candy", "rose", "romantic", "blossom"], dark: "#361134", deep: "#86265e", mid: "#d9487d", soft: "#f9a6b8", light: "#fff0f2", accent: "#4cc9c0" },
    Palette { moods: &["ice", "winter", "cold", "snow", "clean", "glass", "minimal"], dark: "#172a45", deep: "#37618e", mid: "#7fb2d6", soft: "#cbe4f1", light: "#f6fbfd", accent: "#ff7a6b" },
    Palette { moods: &["sun", "golden", "gold", "desert", "warm", "honey", "yellow"], dark: "#3b2412", deep: "#9d5321", mid: "#e69a3c", soft: "#f8d78b", light: "#fff9e9", accent: "#2d7f8c" },
    Palette { moods: &["mono", "black", "white", "grey", "gray", "steel", "minimalist"], dark: "#17191f", deep: "#434857", mid: "#8b91a3", soft: "#cdd2de", light: "#f5f6f9", accent: "#5468ff" },
    Palette { moods: &["night", "space", "cosmic", "stars", "midnight", "indigo", "dream"], dark: "#0d1033", deep: "#2b2d75", mid: "#6a5acd", soft: "#b9a7f0", light: "#f3eeff", accent: "#ffb86b" },
    Palette { moods: &["mint", "fresh", "spring", "pastel", "lime", "soft"], dark: "#1f3a3d", deep: "#3e8e7e", mid: "#7fcfae", soft: "#cdf0da", light: "#f5fff8", accent: "#f78da7" },
    Palette { moods: &["red", "fire", "ember", "volcano", "lava", "retro"], dark: "#2a0f17", deep: "#8f1d2c", mid: "#dd4a3f", soft: "#f7a072", light: "#fff0e0", accent: "#3fa7d6" },
];

/// Paints the scene that a prompt asks for.
pub(super) fn draw(prompt: &str, size: (u32, u32), options: &usvg::Options<'_>) -> Result<Pixmap, Failure> {
    let digest = Sha256::digest(format!("{}x{} {prompt}", size.0, size.1));
    let mut dice = StdRng::from_seed(digest.into());
    let words: Vec<String> = prompt
        .to_lowercase()
        .split(|character: char| !character.is_alphanumeric() && character != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let kind = best(KINDS, |kind| kind.words, &words, &mut dice);
    let palette = best(PALETTES, |palette| palette.moods, &words, &mut dice);
    let (width, height) = (f64::from(size.0), f64::from(size.1));
    let clause = prompt.split([',', '.', ';', ':', '\n']).find(|part| !part.trim().is_empty());
    let clause = clause.unwrap_or_default().trim().chars().take(120).collect();
    let mut brief = Brief { words, clause, palette, dice, width, height };
    let inside = (kind.paint)(&mut brief);
    canvas::render(&inside, size, options)
}

/// The entry that most of the words call for; chance decides between equals.
fn best<'a, T>(
    entries: &'a [T],
    calls: fn(&T) -> &'static [&'static str],
    words: &[String],
    dice: &mut StdRng,
) -> &'a T {
    let score =
        |entry: &T| words.iter().filter(|word| calls(entry).iter().any(|call| is(word, call))).count();
    let most = entries.iter().map(score).max().unwrap_or(0);
    let equals: Vec<&T> = entries.iter().filter(|entry| score(entry) == most).collect();
    equals.choose(dice).copied().unwrap_or(&entries[0])
}

/// Whether a word is this one, or its plural.
fn is(word: &str, call: &str) -> bool {
    word == call || word.strip_suffix('s') == Some(call)
}

impl Brief {
    /// Whether one of these words is in the prompt.
    fn has(&self, calls: &[&str]) -> bool {
        self.words.iter().any(|word| calls.iter().any(|call| is(word, call)))
    }

    /// The first of these words that is in the prompt, or one by chance.
    fn pick(&mut self, calls: &'static [&'static str]) -> &'static str {
        let called = self.words.iter().find_map(|word| calls.iter().find(|call| is(word, call)));
        called.copied().unwrap_or_else(|| calls.choose(&mut self.dice).copied().unwrap_or(""))
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

    /// A few words of the prompt worth setting in type, first letter upper case.
    fn headline(&self, most: usize) -> Vec<String> {
        const DULL: &[&str] = &[
            "a",
            "an",
            "and",
            "the",
            "of",
            "in",
            "on",
            "with",
            "for",
            "to",
            "at",
            "by",
            "from",
            "style",
            "shot",
            "product",
            "image",
            "picture",
            "photo",
            "illustration",
            "very",
            "its",
            "it",
            "is",
            "are",
            "that",
            "this",
            "as",
            "into",
            "over",
            "under",
            "pixel",
            "art",
            "chart",
            "bar",
            "line",
            "ui",
            "mock-up",
            "mockup",
            "wireframe",
            "poster",
            "graphic",
            "social",
            "campaign",
            "announcement",
            "story",
            "vivid",
            "bold",
            "clean",
            "minimal",
            "palette",
            "background",
            "light",
            "soft",
        ];
        let worth = || {
            self.words.iter().filter(|word| {
                !DULL.contains(&word.as_str()) && word.chars().count() < 13 && word.parse::<u32>().is_err()
            })
        };
        // A colour or a mood is seen already; it is said only for want of other words.
        let mood = |word: &&String| PALETTES.iter().any(|palette| palette.moods.contains(&word.as_str()));
        let plain: Vec<&String> = worth().filter(|word| !mood(word)).collect();
        let words = if plain.len() > 1 { plain } else { worth().collect() };
        words.into_iter().take(most).map(|word| capital(word)).collect()
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
