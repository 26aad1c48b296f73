//! Splitting, stemming and comparing words, and dice that depend on them. Owns what counts as the same word; refuses
//! to judge whether a word may be repeated, which is the guard's part.

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

/// The dice of this crate: small, fast, and the same on every machine and in every later version of the library.
pub(crate) type Dice = Xoshiro256PlusPlus;

/// Dice for one text: the same seed under different circumstances rolls differently, so that two bots handed the same
/// seed do not say the same.
pub(crate) fn dice(seed: u64, circumstances: &[&str]) -> Dice {
    // FNV-1a, written out because the standard hasher may change between releases.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed.rotate_left(17);
    for circumstance in circumstances {
        for byte in circumstance.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Dice::seed_from_u64(hash ^ seed)
}

/// The words of a text in lower case, letters only.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The part of a word that its forms share, roughly: `lighting` and `lights` are `light`.
pub(crate) fn stem(word: &str) -> String {
    let word = word.to_lowercase().replace("color", "colour").replace("gray", "grey");
    // Photograph, photographer, photography; infographic, infographics.
    if let Some(at) = word.find("graph") {
        return word[..at + "graph".len()].to_owned();
    }
    let strip = |end: &str, least: usize| {
        word.strip_suffix(end).filter(|rest| rest.chars().count() >= least).map(str::to_owned)
    };
    let short = if let Some(rest) = strip("ies", 3) {
        rest + "y"
    } else if let Some(rest) = strip("ing", 3).or_else(|| strip("ed", 3)) {
        rest
    } else if ["xes", "ches", "shes", "sses"].iter().any(|end| word.ends_with(end)) {
        word[..word.len() - "es".len()].to_owned()
    } else if word.ends_with("ss") || word.ends_with("us") {
        word.clone()
    } else {
        strip("s", 3).unwrap_or_else(|| word.clone())
    };
    match short.strip_suffix('e') {
        Some(rest) if rest.chars().count() >= 3 => rest.to_owned(),
        _ => short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_share_a_stem() {
        for (one, other) in [
            ("light", "Lighting"),
            ("color", "colours"),
            ("photographer", "photography"),
            ("sprites", "sprite"),
            ("boxes", "box"),
            ("wireframing", "wireframes"),
            ("stories", "story"),
            ("infographics", "infographic"),
            ("shaded", "shades"),
        ] {
            assert_eq!(stem(one), stem(other), "{one} and {other}");
        }
        assert_ne!(stem("glass"), stem("glas"));
    }

    #[test]
    fn stems_survive_any_script() {
        for word in ["ß", "été", "ing", "света", "图像", "s", "es", "xes", "ﷺ"] {
            let _ = stem(word);
        }
    }
}
