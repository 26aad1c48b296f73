//! Reading a prompt: its words, what it is about, and which of the things a scene can draw it names. Owns the grammar
//! of prompts; refuses to let that grammar (formats, kinds of picture, styles of type) pass for a subject.

/// A prompt, cut up.
pub(super) struct Prompt {
    /// All its words, lower case, cut at hyphens as well.
    pub(super) words: Vec<String>,
    /// What it is about, as it was written, without articles: `walnut desk lamp`, `rainfall in harbour towns`. Empty if
    /// the prompt names only a kind of picture.
    pub(super) topic: String,
    /// What it puts in quotation marks.
    said: String,
    /// Where segments begin and end among the words: what stands between commas, full stops and colons.
    cuts: Vec<std::ops::Range<usize>>,
}

/// Words that say what kind of picture is wanted, in which form and manner, and nothing of what it shows.
#[rustfmt::skip]
const MANNER: &[&str] = &[
    // Kinds of picture.
    "product", "packshot", "photo", "photograph", "photography", "shot", "still", "life", "lifestyle", "studio",
    "hero", "image", "picture", "minimal", "campaign", "poster", "social", "media", "graphic", "story", "promotional",
    "promo", "flyer", "advert", "ad", "illustration", "drawing", "design", "system", "pixel", "art", "sprite",
    "character", "8", "16", "32", "64", "bit", "scene", "isometric", "tile", "sheet", "tileset", "retro", "game",
    "asset", "screen", "data", "visualisation", "visualization", "infographic", "chart", "graph", "plot", "bar",
    "line", "slope", "heat", "map", "dot", "stacked", "ridgeline", "small", "multiple", "page", "dashboard", "report",
    "editorial", "flat", "surreal", "dream", "dreamlike", "vision", "planet", "landscape", "interface", "mock", "up",
    "mockup", "wireframe", "mobile", "tablet", "app", "low", "high", "fidelity", "component", "dark", "mode", "ui", "ux",
    // Formats.
    "square", "post", "tall", "frame", "five", "three", "part", "carousel", "sequence", "looping", "banner",
    "opening", "card", "wide", "vertical", "one", "invitation", "announcement", "cover", "sticker",
    // Moods and manners.
    "loud", "kind", "sunny", "bouncy", "after", "crisp", "playful", "festival", "bright", "warm", "bold", "simple",
    "clean", "vivid", "colourful", "colorful", "cheerful", "striking", "modern", "vintage", "eye", "catching",
    "energetic", "friendly", "detailed", "beautiful", "soft", "hushed", "neon", "summer", "winter", "citrus", "mint",
    "berry", "golden", "create", "make", "draw", "design", "please", "tender", "uneasy", "weightless", "feverish",
    "patient", "homesick", "curious", "typographic", "big", "minimalist", "instagram", "facebook",
    "people", "everyone", "elegant", "stylish", "large", "style", "atmosphere",
];

const SMALL: &[&str] =
    &["a", "an", "the", "and", "of", "for", "in", "with", "as", "to", "my", "our", "this", "that"];

/// Words behind which the subject stands, if all before them is manner.
const CUES: &[&str] = &[
    "of",
    "for",
    "with",
    "announcing",
    "advertising",
    "promoting",
    "celebrating",
    "showing",
    "about",
    "on",
    "featuring",
    "inviting",
    "depicting",
    "titled",
    "called",
    "presenting",
    "welcoming",
    "to",
    "where",
];

/// What a "football tournament poster" is not about.
const PIECES: &[&str] = &["poster", "flyer", "banner", "advert", "leaflet", "graphic"];

/// Phrases that end a subject.
const ENDS: &[&str] = &[" as a ", " as an ", " as ", " resting on ", " alone on ", " campaign", " rendered "];

impl Prompt {
    pub(super) fn read(text: &str) -> Self {
        let mut words = Vec::new();
        let mut cuts = Vec::new();
        let mut topic = String::new();
        for segment in segments(text) {
            let start = words.len();
            words.extend(split(segment));
            if words.len() > start {
                cuts.push(start..words.len());
            }
            if topic.is_empty() {
                topic = subject(segment);
            }
        }
        Self { words, topic, said: quoted(text), cuts }
    }

    /// The words between commas, full stops and colons.
    pub(super) fn segments(&self) -> impl Iterator<Item = &[String]> {
        self.cuts.iter().map(|cut| &self.words[cut.clone()])
    }

    /// How many words a phrase takes if the prompt has it here; plurals and hyphens do not matter.
    pub(super) fn at(&self, at: usize, phrase: &str) -> Option<usize> {
        // Most words differ in their first letter, and this is asked for thousands of pairs.
        if self.words.get(at)?.as_bytes().first() != phrase.as_bytes().first() {
            return None;
        }
        let mut length = 0;
        for part in phrase.split([' ', '-']) {
            if !same(self.words.get(at + length)?, part) {
                return None;
            }
            length += 1;
        }
        Some(length)
    }

    /// The longest of these phrases that the prompt names; of equally long ones the earliest.
    pub(super) fn find(&self, phrases: &[&'static str]) -> Option<&'static str> {
        let mut best: Option<(usize, &'static str)> = None;
        for at in 0..self.words.len() {
            for phrase in phrases {
                if let Some(length) = self.at(at, phrase)
                    && best.is_none_or(|(most, _)| length > most)
                {
                    best = Some((length, phrase));
                }
            }
        }
        best.map(|(_, phrase)| phrase)
    }

    /// All of these phrases that the prompt names, in its order.
    pub(super) fn all(&self, phrases: &[&'static str]) -> Vec<&'static str> {
        let here = |at: usize| {
            let named =
                phrases.iter().filter_map(move |phrase| self.at(at, phrase).map(|length| (length, *phrase)));
            named.max_by_key(|(length, _)| *length).map(|(_, phrase)| phrase)
        };
        (0..self.words.len()).filter_map(here).collect()
    }

    /// How often these phrases come.
    pub(super) fn count(&self, phrases: &[&str]) -> usize {
        (0..self.words.len()).filter(|at| phrases.iter().any(|phrase| self.at(*at, phrase).is_some())).count()
    }

    /// The topic's words worth setting in type, about so many, as they were written; what the prompt puts in quotation
    /// marks is set before anything else.
    pub(super) fn headline(&self, most: usize) -> Vec<String> {
        const TURNS: &[&str] = &[
            "in",
            "at",
            "with",
            "on",
            "by",
            "from",
            "that",
            "near",
            "during",
            "featuring",
            "held",
            "where",
            "every",
        ];
        let mut words: Vec<&str> = self.said.split_whitespace().collect();
        if !words.is_empty() && words.len() <= most + 2 {
            return words.into_iter().map(str::to_owned).collect();
        }
        words = self.topic.split_whitespace().collect();
        if words.len() > most {
            let turn = |(at, word): (usize, &&str)| {
                let word = word.to_lowercase();
                at > 0 && TURNS.contains(&word.as_str()) || at > 1 && (word == "of" || word == "for")
            };
            if let Some(end) = words.iter().enumerate().position(turn) {
                words.truncate(end);
            }
        }
        let short = words.len() == most + 1 && self.topic.chars().count() < 28;
        if words.len() > most && !short {
            words.retain(|word| !SMALL.contains(&word.to_lowercase().as_str()));
        }
        words.truncate(if short { most + 1 } else { most });
        words.into_iter().map(str::to_owned).collect()
    }
}

/// Whether a word is this one, or its plural or singular.
fn same(word: &str, other: &str) -> bool {
    let plural = |one: &str, many: &str| {
        many.strip_prefix(one).is_some_and(|rest| rest == "s" || rest == "es")
            || one.strip_suffix('y').zip(many.strip_suffix("ies")).is_some_and(|(one, many)| one == many)
    };
    word == other || plural(word, other) || plural(other, word)
}

/// The first passage in double quotation marks, if there is a letter in it.
fn quoted(text: &str) -> String {
    let marks = ['"', '“', '”', '„'];
    let said =
        text.split(marks).nth(1).filter(|_| text.matches(marks).count() > 1).unwrap_or_default().trim();
    if said.chars().any(char::is_alphanumeric) { said.chars().take(60).collect() } else { String::new() }
}

fn segments(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '.', ';', ':', '\n', '!', '?', '—', '–', '(', ')'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// What a segment is about: what follows its cue, or all of it if it is more than manner; else nothing.
fn subject(segment: &str) -> String {
    let mut from = 0;
    let mut seen_manner = false;
    let mut at = 0;
    for word in segment.split_inclusive(|character: char| !character.is_alphanumeric()) {
        at += word.len();
        let plain = word.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase();
        if plain.is_empty() {
            continue;
        }
        if seen_manner && CUES.contains(&plain.as_str()) {
            from = at;
        } else if !manner(&plain) {
            break;
        } else {
            seen_manner = seen_manner || !SMALL.contains(&plain.as_str());
        }
    }
    let mut topic = segment[from..].trim();
    for end in ENDS {
        let ends = topic.find(end).filter(|at| *at > 0);
        topic = ends.map_or(topic, |at| topic[..at].trim());
    }
    let words: Vec<&str> = topic.split_whitespace().collect();
    let first = words.iter().position(|word| !SMALL.contains(&word.to_lowercase().as_str()));
    // A number at the end tells two prompts apart, and is not part of what they are about.
    let last = words
        .iter()
        .rposition(|word| word.parse::<u32>().is_err() && !PIECES.contains(&word.to_lowercase().as_str()));
    let (Some(first), Some(last)) = (first, last) else { return String::new() };
    let words = words.get(first..=last).unwrap_or_default();
    let tells = |word: &&str| split(word).any(|part| !manner(&part) && part.parse::<u32>().is_err());
    // Behind a cue even a word of manner may be the subject ("for opening night").
    if from == 0 && !words.iter().any(tells) {
        return String::new();
    }
    words.join(" ").chars().take(120).collect()
}

fn manner(word: &str) -> bool {
    SMALL.contains(&word) || MANNER.iter().any(|known| same(word, known))
}
