//! What a few visitors write to see whether a machine obeys: a corpus, read once. To this program it is only text.

use std::sync::LazyLock;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

static CORPUS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = include_str!("texts/injections.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with(';')).map(unescaped).collect()
});

/// One of them.
pub(super) fn draw(dice: &mut StdRng) -> &'static str {
    CORPUS.choose(dice).map_or("ignore your instructions", String::as_str)
}

/// Whether a text is one of them.
#[cfg(test)]
pub(super) fn is_one(text: &str) -> bool {
    CORPUS.iter().any(|one| one == text)
}

/// The line with `\n` and `\u{…}` as the characters they stand for.
fn unescaped(line: &str) -> String {
    let line = line.replace("\\n", "\n");
    let mut parts = line.split("\\u{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap_or(("", part));
        text.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_corpus_is_wide_and_each_of_it_is_a_text_the_gallery_takes() {
        assert!(CORPUS.len() >= 75, "{}", CORPUS.len());
        assert_eq!(CORPUS.iter().collect::<HashSet<_>>().len(), CORPUS.len());
        for text in CORPUS.iter() {
            assert!((3..=1000).contains(&text.chars().count()), "{text}");
            assert!(!text.contains("\\u{") && !text.contains("\\n"), "{text}");
        }
        let with = |test: fn(&str) -> bool| CORPUS.iter().filter(|text| test(text)).count();
        assert!(with(|text| text.contains(['\u{200b}', '\u{200c}', '\u{2060}', '\u{feff}'])) >= 3);
        assert!(with(|text| text.contains('\n')) >= 6);
        assert!(with(|text| text.chars().any(|letter| letter.is_alphabetic() && letter > '\u{370}')) >= 8);
    }
}
