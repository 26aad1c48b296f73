//! Finding the colours that a prompt names: "coral and navy colours", "in sand, rust and navy", "slate with one orange
//! accent". Refuses a thing's own colour: the amber of a bottle and the slate it stands on are not the palette.

use super::super::subject::Prompt;
use super::names::{COLOURS, Colour};

/// Words that shade a colour or belong to its name without being one.
const SHADING: &[&str] = &[
    "dark",
    "deep",
    "pale",
    "light",
    "soft",
    "dusty",
    "muted",
    "bright",
    "neon",
    "electric",
    "hot",
    "warm",
    "cool",
    "dried",
    "tarnished",
    "faded",
    "rich",
    "vivid",
    "late",
    "autumn",
    "cave",
    "rain",
    "sunset",
    "lantern",
    "frost",
    "meadow",
    "sea",
    "single",
    "burnt",
    "old",
    "washed",
    "royal",
    "baby",
    "off",
];

/// Words that come with colours and say nothing of them.
const LINKS: &[&str] = &[
    "a",
    "an",
    "the",
    "one",
    "in",
    "accent",
    "highlight",
    "line",
    "type",
    "limited",
    "palette",
    "colour",
    "color",
    "colours",
    "colors",
    "tone",
    "tones",
    "gradient",
    "background",
    "to",
    "held",
    "clean",
    "of",
    "only",
    "all",
];

/// Words that make a phrase one about colour.
const PALETTE: &[&str] = &["palette", "colour", "color", "gradient", "tone", "background"];

/// What stands between two colours.
const BREAKS: &[&str] = &["and", "with", "over", "against", "on", "under", "behind", "or"];

/// "Two blues" counts colours rather than naming them.
const COUNTS: &[&str] =
    &["two", "three", "four", "five", "six", "seven", "eight", "nine", "twelve", "sixteen"];

/// Two colours that were only counted, or one that was named and nothing else.
const ENOUGH: i32 = 9;

/// The colours of the phrase that is most clearly about colour, three at most; none if no phrase names two, or one with
/// nothing else in it.
pub(super) fn colours(prompt: &Prompt) -> Option<Vec<&'static Colour>> {
    let mut best: Option<(i32, Vec<&'static Colour>)> = None;
    let mut before: Option<&'static Colour> = None;
    for segment in prompt.segments() {
        for part in parts(segment) {
            let (mut score, mut found) = weighed(part);
            // "White, slate and one blue" is one list although a comma parts it.
            let alone = found.len() == 1 && score >= ENOUGH;
            if let Some(first) = before.filter(|_| !found.is_empty() && score > 0) {
                score += 10;
                found.insert(0, first);
            }
            before = if alone { found.last().copied() } else { None };
            found.truncate(3);
            let enough = score >= ENOUGH && !found.is_empty();
            if enough && best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, found));
            }
        }
    }
    best.map(|(_, found)| found)
}

/// A segment as a whole, and what follows its last "in", where palettes like to stand: "a paper moon in coral and navy".
fn parts(segment: &[String]) -> Vec<&[String]> {
    let mut parts = vec![segment];
    if let Some(at) = segment.iter().rposition(|word| word == "in" || word == "to")
        && at + 1 < segment.len()
    {
        parts.push(&segment[at + 1..]);
    }
    parts
}

/// Ten for each colour, less for whatever is no colour.
fn weighed(part: &[String]) -> (i32, Vec<&'static Colour>) {
    let mut score = 0;
    let mut found: Vec<&'static Colour> = Vec::new();
    for chunk in part.split(|word| BREAKS.contains(&word.as_str())) {
        let Some((colour, used)) = colour_of(chunk) else {
            score -= 6 * chunk.len() as i32;
            continue;
        };
        let idle = chunk.iter().enumerate().filter(|(at, word)| {
            let word = word.as_str();
            !used.contains(at)
                && !SHADING.contains(&word)
                && !LINKS.contains(&word)
                && lookup(&[word]).is_none()
        });
        score += 10;
        for (_, word) in idle {
            score -= if COUNTS.contains(&word.as_str()) { 11 } else { 8 };
        }
        if !found.iter().any(|other| std::ptr::eq(*other, colour)) {
            found.push(colour);
        }
    }
    if !found.is_empty() && part.iter().any(|word| PALETTE.contains(&word.trim_end_matches('s'))) {
        score += 8;
    }
    (score, found)
}

/// The colour that a few words name, and which of them do: a name of two words before one of one.
fn colour_of(chunk: &[String]) -> Option<(&'static Colour, std::ops::Range<usize>)> {
    for length in [2, 1] {
        for (at, words) in chunk.windows(length).enumerate() {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            if let Some(colour) = lookup(&words) {
                return Some((colour, at..at + length));
            }
        }
    }
    None
}

fn lookup(words: &[&str]) -> Option<&'static Colour> {
    let name = words.join(" ");
    let plain = name.strip_suffix('s').unwrap_or(&name);
    COLOURS.iter().find(|colour| colour.words.iter().any(|word| *word == name || *word == plain))
}

/// A colour word that stands alone, and how much it says: more where it is meant as a colouring ("mint light").
pub(super) fn lone(prompt: &Prompt, tinted: &[&str]) -> Option<(&'static Colour, usize)> {
    let mut best: Option<(&'static Colour, usize)> = None;
    for (at, word) in prompt.words.iter().enumerate() {
        // A material's name is a thing's before it is a colour; only what is nothing but a colour counts everywhere.
        let plain = PLAIN.contains(&word.as_str());
        let tints = prompt.words.get(at + 1).is_some_and(|next| tinted.contains(&next.as_str()));
        let weight = if tints { 4 } else { usize::from(plain) * 2 };
        if weight > best.map_or(0, |(_, most)| most)
            && let Some(colour) = lookup(&[word])
        {
            best = Some((colour, weight));
        }
    }
    best
}

/// Colours that are nothing else.
const PLAIN: &[&str] = &[
    "red",
    "green",
    "blue",
    "yellow",
    "orange",
    "purple",
    "violet",
    "pink",
    "magenta",
    "teal",
    "turquoise",
    "cyan",
    "indigo",
    "brown",
    "grey",
    "gray",
    "black",
    "white",
    "lilac",
    "mauve",
    "crimson",
    "scarlet",
    "beige",
    "navy",
    "aqua",
    "maroon",
    "cobalt",
    "ultramarine",
    "emerald",
    "golden",
    "coral",
    "burgundy",
    "lavender",
    "viridian",
];
