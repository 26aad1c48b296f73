//! Colour: which six a picture is painted in. Owns the dictionary of colour words and moods, and how a phrase such as
//! "bone and umber" becomes a palette; refuses to guess a colour from a thing that merely has one (an oak table).

mod names;
mod phrase;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use super::subject::Prompt;
use names::Colour;

/// Six colours that go together, from dark to light, and one that stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Palette {
    pub(super) dark: &'static str,
    pub(super) deep: &'static str,
    pub(super) mid: &'static str,
    pub(super) soft: &'static str,
    pub(super) light: &'static str,
    pub(super) accent: &'static str,
}

/// A palette, and the words that call for it.
struct Mood {
    words: &'static [&'static str],
    palette: Palette,
}

const fn mood(words: &'static [&'static str], tones: [&'static str; 6]) -> Mood {
    let [dark, deep, mid, soft, light, accent] = tones;
    Mood { words, palette: Palette { dark, deep, mid, soft, light, accent } }
}

#[rustfmt::skip]
const MOODS: &[Mood] = &[
    mood(&["dusk", "neon", "twilight", "sunset", "after-dark", "synthwave", "evening", "vaporwave"], ["#1d1836", "#4b2a63", "#a2467e", "#f08a9b", "#ffe3dc", "#ffc857"]),
    mood(&["sea", "ocean", "water", "coast", "coastal", "tide", "harbour", "marine", "lagoon", "tropical", "underwater"], ["#0b2438", "#14506b", "#2b9aa0", "#9ad9d0", "#eefaf4", "#ff8a5b"]),
    mood(&["clay", "earth", "earthy", "coffee", "wood", "autumn", "harvest", "rustic", "cosy", "cozy"], ["#33231b", "#7a4a36", "#c57b57", "#ecc3a2", "#fdf4ea", "#3f7d74"]),
    mood(&["forest", "leaf", "plant", "garden", "moss", "mossy", "botanical", "meadow", "jungle", "swamp"], ["#16281f", "#2f5a45", "#6fa36a", "#c3dba4", "#f7faea", "#e76f51"]),
    mood(&["citrus", "summer", "bold", "vivid", "sale", "festival-bright", "bouncy", "carnival", "loud"], ["#1f2a52", "#e4572e", "#ff8c42", "#ffd07b", "#fff6e3", "#17bebb"]),
    mood(&["berry", "candy", "romantic", "blossom", "tender", "valentine", "playful", "sweet"], ["#361134", "#86265e", "#d9487d", "#f9a6b8", "#fff0f2", "#4cc9c0"]),
    mood(&["ice", "icy", "winter", "cold", "snow", "snowy", "frost", "frosty", "clean", "glass", "minimal", "crisp", "nordic", "calm"], ["#172a45", "#37618e", "#7fb2d6", "#cbe4f1", "#f6fbfd", "#ff7a6b"]),
    mood(&["sun", "sunny", "golden", "desert", "warm", "noon", "afternoon", "sunlit", "savanna", "spice"], ["#3b2412", "#9d5321", "#e69a3c", "#f8d78b", "#fff9e9", "#2d7f8c"]),
    mood(&["mono", "monochrome", "minimalist", "stark", "noir", "industrial", "fog", "foggy", "mist", "misty", "overcast", "rain", "rainy"], ["#17191f", "#434857", "#8b91a3", "#cdd2de", "#f5f6f9", "#5468ff"]),
    mood(&["night", "space", "cosmic", "stars", "midnight", "dream", "moonlight", "moonlit", "starlight", "galaxy", "nocturnal"], ["#0d1033", "#2b2d75", "#6a5acd", "#b9a7f0", "#f3eeff", "#ffb86b"]),
    mood(&["fresh", "spring", "pastel", "soft", "gentle", "dew", "picnic"], ["#1f3a3d", "#3e8e7e", "#7fcfae", "#cdf0da", "#f5fff8", "#f78da7"]),
    mood(&["fire", "volcano", "lava", "retro", "ember", "vintage", "seventies", "feverish"], ["#2a0f17", "#8f1d2c", "#dd4a3f", "#f7a072", "#fff0e0", "#3fa7d6"]),
    mood(&["dawn", "sunrise", "morning", "hushed", "daybreak"], ["#2b2440", "#6d5380", "#d98c8c", "#f9cfa8", "#fff5e6", "#5fb0c9"]),
    mood(&["storm", "stormy", "thunder", "uneasy", "moody", "brooding"], ["#141a24", "#2f4152", "#5f7d8c", "#a9bfc4", "#edf2f0", "#e8b44a"]),
    mood(&["aurora", "bioluminescent", "electric", "cyber", "radioactive"], ["#071e26", "#0f4a4d", "#19a08a", "#8fe8b0", "#effff2", "#d86bff"]),
    mood(&["candle", "candlelight", "lantern", "firelight", "homesick", "tavern"], ["#20130f", "#5b3420", "#b9772f", "#eec27c", "#fff3d9", "#8a4f7d"]),
];

/// What says that the word before it is meant as a colouring.
const TINTED: &[&str] = &[
    "light",
    "palette",
    "colour",
    "color",
    "landscape",
    "interface",
    "sky",
    "mood",
    "tone",
    "campaign",
    "poster",
    "gradient",
    "theme",
    "promotional",
    "version",
    "screen",
    "energy",
    "atmosphere",
    "background",
];

/// The palette that a prompt asks for: colours it names, else its mood, else a lone colour word, else one by chance.
pub(super) fn palette(prompt: &Prompt, dice: &mut StdRng) -> Palette {
    if let Some(named) = phrase::colours(prompt) {
        return composed(&named, dice);
    }
    let score = |mood: &Mood| -> usize {
        let calls = |at: usize| mood.words.iter().any(|word| prompt.at(at, word).is_some());
        let tints = |at: usize| prompt.words.get(at + 1).is_some_and(|next| TINTED.contains(&next.as_str()));
        (0..prompt.words.len()).filter(|at| calls(*at)).map(|at| if tints(at) { 4 } else { 1 }).sum()
    };
    let most = MOODS.iter().map(score).max().unwrap_or(0);
    let lone = phrase::lone(prompt, TINTED);
    match lone {
        Some((colour, weight)) if weight > most => composed(&[colour], dice),
        _ => {
            let equals: Vec<&Mood> = MOODS.iter().filter(|mood| score(mood) == most).collect();
            equals.choose(dice).map_or(MOODS[0].palette, |mood| mood.palette)
        }
    }
}

/// The tones, from dark to light, of a thing that is said to be red or blue.
pub(super) fn of_thing(thing: &Prompt) -> Option<[&'static str; 5]> {
    phrase::lone(thing, &[]).map(|(colour, _)| colour.tones)
}

/// How well one colour can be read on another, from 1 (not at all) to 21, as the guidelines for web content count it.
pub(super) fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let [r, g, b] = names::channels(colour).map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// How far a colour is from grey, from 0 to 255.
pub(super) fn vividness(colour: &str) -> u32 {
    names::vividness(colour)
}

/// One to three colours as six: the darkest gives the shades, the lightest the tints, the most vivid stands out.
fn composed(named: &[&'static Colour], dice: &mut StdRng) -> Palette {
    let mut sorted = named.to_vec();
    sorted.sort_by_key(|colour| colour.brightness());
    let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else { return MOODS[0].palette };
    let middle = if sorted.len() > 2 { sorted[1] } else { low };
    let mid = if matches!(middle.own, 2 | 3) { middle.tone() } else { middle.tones[2] };
    let accent = if sorted.len() == 1 {
        stranger(low, dice)
    } else {
        let vivid = |colour: &&&Colour| (colour.own < 4 && colour.tone() != mid, colour.vividness());
        sorted.iter().max_by_key(vivid).map_or(mid, |colour| colour.standing_out())
    };
    // What stands out must do so from the tint as well.
    let (soft, accent) = match (accent == high.tones[3], low.tones[3] == mid) {
        (true, false) => (low.tones[3], accent),
        (true, true) => (high.tones[3], high.tones[2]),
        _ => (high.tones[3], accent),
    };
    Palette {
        dark: low.tones[0],
        deep: if low.own == 0 { middle.tones[1] } else { low.tones[1] },
        mid,
        soft,
        light: high.tones[4],
        accent: if accent == mid { low.tones[1] } else { accent },
    }
}

/// An accent for a colour that was named alone: one by chance that is far from it.
fn stranger(colour: &Colour, dice: &mut StdRng) -> &'static str {
    let far: Vec<&Mood> =
        MOODS.iter().filter(|mood| names::distance(mood.palette.accent, colour.tone()) > 230).collect();
    far.choose(dice).map_or(MOODS[0].palette.accent, |mood| mood.palette.accent)
}

#[cfg(test)]
mod tests;
