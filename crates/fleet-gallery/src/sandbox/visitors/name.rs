//! What visitors are called: a name from somewhere, and a handle as people make them. Nobody here exists.

use std::collections::HashSet;
use std::sync::LazyLock;

use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use super::phrase::Language;

/// Where somebody is from, as far as names and nights go.
pub(super) struct Place {
    weight: u32,
    pub(super) language: Language,
    zones: Vec<&'static str>,
    given: Vec<&'static str>,
    family: Vec<&'static str>,
}

/// A name, and what else it is the source of.
pub(super) struct Name {
    pub(super) shown: String,
    pub(super) handle: String,
    pub(super) zone: &'static str,
    pub(super) language: Language,
}

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let lines = include_str!("texts/names.txt").lines();
    lines.filter(|line| !line.starts_with(';')).filter_map(place).collect()
});

fn place(line: &'static str) -> Option<Place> {
    let mut parts = line.split('|').map(str::trim);
    let mut next = || parts.next();
    let (weight, language) = (next()?.parse().ok()?, Language::of(next()?));
    let mut list = || next().map(|part| part.split(' ').collect());
    Some(Place { weight, language, zones: list()?, given: list()?, family: list()? })
}

/// What a handle may be made of beside a name; by genre, and for all.
const THINGS: [&[&str]; 6] = [
    &["kiln", "clay", "shelf", "lightbox", "glaze", "packshot", "softbox", "linen", "wick"],
    &["poster", "riso", "flyer", "halftone", "paste", "billboard", "letterset", "zine"],
    &["pixel", "sprite", "tile", "dither", "dungeon", "slime", "savepoint", "8bit"],
    &["axis", "dots", "plots", "median", "outlier", "tally", "margin", "bars"],
    &["moon", "fog", "moth", "horizon", "tide", "dream", "comet", "heron"],
    &["grid", "button", "kerning", "wireframe", "modal", "padding", "inbox", "pixelruler"],
];
const ODD: [&str; 24] = [
    "quiet", "slow", "tiny", "salt", "paper", "north", "late", "soft", "wild", "plain", "blue", "rusty",
    "sleepy", "copper", "half", "odd", "wool", "little", "sunday", "extra", "two", "velvet", "lost", "warm",
];

/// Draws a name whose handle nobody has yet, and takes the handle.
pub(super) fn draw(genre: usize, taken: &mut HashSet<String>, dice: &mut StdRng) -> Name {
    let place = PLACES.choose_weighted(dice, |place| place.weight).unwrap_or(&PLACES[0]);
    let (given, family) = (pick(&place.given, dice), pick(&place.family, dice));
    let zone = place.zones.choose(dice).copied().unwrap_or("UTC");
    let (latin, native) = (given.0, given.1.zip(family.1));
    let first = fold(latin);
    let mut handle = handle(&first, &fold(family.0), genre, dice);
    while !taken.insert(handle.clone()) {
        handle =
            format!("{}{}", handle.trim_end_matches(|c: char| c.is_ascii_digit()), dice.random_range(2..100));
    }
    let shown = match (native, dice.random_range(0..100)) {
        // Family names come first where these letters are read, but for the Arabic and Cyrillic ones.
        (Some((given, family)), 0..30) if family.chars().all(|letter| letter > '\u{2e00}') => {
            format!("{family}{given}")
        }
        (Some((given, family)), 0..30) => format!("{given} {family}"),
        (_, 30..62) => format!("{latin} {}", family.0),
        (_, 62..76) => latin.to_owned(),
        (_, 76..84) => format!("{latin} {}.", family.0.chars().next().unwrap_or('K')),
        (_, 84..90) => first,
        (_, 90..95) => handle.clone(),
        _ => format!("{latin} {}", family.0),
    };
    Name { shown, handle, zone, language: place.language }
}

fn handle(first: &str, last: &str, genre: usize, dice: &mut StdRng) -> String {
    let initial = |name: &str| name.chars().take(1).collect::<String>();
    let thing = THINGS[genre % THINGS.len()].choose(dice).copied().unwrap_or("pixel");
    let odd = ODD.choose(dice).copied().unwrap_or("quiet");
    let (low, year) = (dice.random_range(2..100), dice.random_range(78..=99));
    match dice.random_range(0..24) {
        0 | 1 => format!("{first}.{last}"),
        2 => format!("{first}_{last}"),
        3 => format!("{first}{last}"),
        4 => format!("{}{last}", initial(first)),
        5 => format!("{last}{}", initial(first)),
        6 => format!("{first}-{}", initial(last)),
        7 => format!("{first}{}", initial(last)),
        8 => format!("{first}{year}"),
        9 => format!("{first}.{thing}"),
        10 => format!("{first}{thing}"),
        11 => format!("{first}_makes"),
        12 => format!("{odd}{thing}"),
        13 => format!("{odd}.{thing}"),
        14 => format!("{odd}_{first}"),
        15 => format!("{thing}_{last}"),
        16 => format!("the{odd}{thing}"),
        17 => format!("{thing}{low}"),
        18 => format!("{odd}{first}"),
        19 => format!("{first}draws"),
        20 => format!("{last}.studio"),
        21 => format!("not{first}"),
        22 => format!("{first}_{low}"),
        _ => format!("{thing}and{odd}"),
    }
}

fn pick(from: &[&'static str], dice: &mut StdRng) -> (&'static str, Option<&'static str>) {
    let whole = from.choose(dice).copied().unwrap_or("Kim");
    whole.split_once('/').map_or((whole, None), |(latin, native)| (latin, Some(native)))
}

/// A name as it is typed on any keyboard: lower case, letters only.
fn fold(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            'a'..='z' => Some(letter),
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'ả' | 'ạ' | 'ầ' => Some('a'),
            'ç' | 'č' | 'ć' => Some('c'),
            'è'..='ë' | 'ě' | 'ę' | 'ē' => Some('e'),
            'ì'..='ï' | 'ı' | 'ī' => Some('i'),
            'ñ' | 'ň' | 'ń' => Some('n'),
            'ò'..='ö' | 'ø' | 'ő' => Some('o'),
            'ù'..='ü' | 'ů' | 'ű' => Some('u'),
            'ý' | 'ÿ' => Some('y'),
            'ş' | 'š' | 'ś' => Some('s'),
            'ř' => Some('r'),
            'ž' | 'ż' | 'ź' => Some('z'),
            'ğ' => Some('g'),
            'ł' => Some('l'),
            'đ' | 'ď' => Some('d'),
            'ť' => Some('t'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn names_are_from_many_places_and_handles_are_unlike() {
        let (mut dice, mut taken) = (StdRng::seed_from_u64(5), HashSet::new());
        let names: Vec<Name> = (0..600).map(|at| draw(at % 6, &mut taken, &mut dice)).collect();
        assert_eq!(taken.len(), 600);
        let zones: HashSet<&str> = names.iter().map(|name| name.zone).collect();
        assert!(zones.len() > 35, "{}", zones.len());
        for zone in zones {
            jiff::tz::TimeZone::get(zone).unwrap();
        }
        for Name { handle, shown, .. } in &names {
            assert!((3..=30).contains(&handle.len()), "{handle}");
            assert!(
                handle.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter)),
                "{handle}"
            );
            assert!(!shown.is_empty() && !shown.contains('/') && !shown.contains('|'), "{shown}");
        }
        // No way of making a handle is everybody's.
        let dotted = names.iter().filter(|name| name.handle.contains('.')).count();
        let numbered =
            names.iter().filter(|name| name.handle.ends_with(|c: char| c.is_ascii_digit())).count();
        assert!((60..240).contains(&dotted) && (40..200).contains(&numbered), "{dotted} {numbered}");
        let shown: HashSet<&str> = names.iter().map(|name| name.shown.as_str()).collect();
        assert!(shown.len() > 480, "{}", shown.len());
        assert!(shown.iter().filter(|name| !name.is_ascii()).count() > 60);
    }
}
