//! A text as a reader would take it in, however it was disguised. Owns undoing full-width letters, invisible characters,
//! letters that only look Latin, letters dressed as pictures, digits that stand for letters, and letters spelled apart;
//! refuses to judge what is read.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::listed::{Phrases, without_accent};

/// A mark between two sentences, in the place of a word: no phrase reaches across it.
pub(super) const STOP: &str = ".";

/// A text, and the ways to read it.
#[derive(Debug)]
pub(super) struct Reading {
    /// In plain characters, with its capitals.
    pub(super) text: String,
    /// The same without capitals.
    pub(super) lower: String,
    /// Its words without capitals and accents, with a [`STOP`] after each sentence.
    pub(super) words: Vec<String>,
    /// The words of other readings, for a text that has them: digits read as letters, spelled letters read as a word.
    others: Vec<Vec<String>>,
}

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let text = plain(text);
        let lower = text.to_lowercase();
        let words = words(&lower);
        let others = [with_digits_as_letters(&lower), with_letters_joined(&lower)];
        let others = others.into_iter().flatten().map(|other| self::words(&other)).collect();
        Self { text, lower, words, others }
    }

    /// Every way to read it, as words.
    pub(super) fn ways(&self) -> impl Iterator<Item = &[String]> {
        std::iter::once(&self.words).chain(&self.others).map(Vec::as_slice)
    }

    /// Whether one of the phrases stands in it, whichever way it is read.
    pub(super) fn says(&self, phrases: &Phrases) -> bool {
        self.ways().any(|words| phrases.stand_in(words))
    }
}

/// The words of a small-lettered text, compared without accents; letters and digits stay together.
pub(super) fn words(lower: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut characters = lower.chars().peekable();
    while let Some(c) = characters.next() {
        if c.is_alphanumeric() {
            word.push(without_accent(c));
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        // A dot inside of something ends no sentence.
        let ends = match c {
            '.' | '!' | '?' | ':' => characters.peek().is_none_or(|next| !next.is_alphanumeric()),
            ';' | '\n' | '…' | '。' | '(' | ')' | '"' | '“' | '”' | '„' | '«' | '»' => true,
            _ => false,
        };
        if ends && words.last().is_some_and(|last| last != STOP) {
            words.push(STOP.to_owned());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The text without disguises: compatibility forms folded, what cannot be seen left out, lookalikes in Latin words Latin.
pub(super) fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let folded: String =
        undress(text).nfkc().filter(|c| !is_invisible(*c)).map(|c| digit(c).unwrap_or(c)).collect();
    let mut plain = String::with_capacity(folded.len());
    let mut rest = folded.as_str();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let mixed = word.chars().any(|c| LOOKALIKES.contains_key(&c)) && word.chars().any(|c| c.is_ascii());
        match mixed {
            true => plain.extend(word.chars().map(|c| LOOKALIKES.get(&c).copied().unwrap_or(c))),
            false => plain.push_str(word),
        }
        let next = after.find(char::is_alphabetic).unwrap_or(after.len());
        plain.push_str(&after[..next]);
        rest = &after[next..];
    }
    plain
}

/// Letters in boxes and circles, and flags that spell: two signs make a flag, more make a word.
fn undress(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut signs = String::new();
    for c in text.chars().map(Some).chain([None]) {
        if let Some(letter) = c.and_then(|c| letter_from(c, 0x1f1e6)) {
            signs.push(letter);
            continue;
        }
        // What stands between spelled signs so that they do not melt into flags.
        if c.is_some_and(is_invisible) && !signs.is_empty() {
            continue;
        }
        match signs.len() {
            1 | 3.. => plain.push_str(&signs),
            _ => {}
        }
        signs.clear();
        let dressed = c.and_then(|c| letter_from(c, 0x1f150).or_else(|| letter_from(c, 0x1f170)));
        plain.extend(dressed.or(c));
    }
    plain
}

fn letter_from(c: char, first: u32) -> Option<char> {
    let at = u32::from(c).checked_sub(first).filter(|at| *at < 26)?;
    char::from_u32(u32::from('A') + at)
}

/// What takes no room when it is shown, or turns the direction of what follows.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{3164}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Digits of other scripts.
fn digit(c: char) -> Option<char> {
    let zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];
    let at = zeros.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|at| *at < 10))?;
    char::from_digit(at, 10)
}

/// Cyrillic and Greek letters that look like Latin ones.
static LOOKALIKES: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pairs = [
        ("авеіјкмнорсѕтухүԁһӏԝ", "abeijkmhopcstyxydhlw"),
        ("АВЕЅІЈКМНОРСТУХ", "ABESIJKMHOPCTYX"),
        ("αβεικνορτυχγη", "abeiknoptuxyn"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    ];
    pairs.iter().flat_map(|(seen, meant)| seen.chars().zip(meant.chars())).collect()
});

/// `h4ck3d` read as `hacked`; none when no word mixes letters and digits.
fn with_digits_as_letters(lower: &str) -> Option<String> {
    let mixes = lower.split_whitespace().any(|token| {
        let letters = token.chars().filter(|c| c.is_alphabetic()).count();
        let inner = token.trim_matches(|c: char| !c.is_alphanumeric());
        letters >= 2 && inner.chars().any(|c| as_letter(c).is_some())
            || letters == 1 && token.starts_with(['$', '@']) && token.len() > 2
    });
    mixes.then(|| lower.chars().map(|c| as_letter(c).unwrap_or(c)).collect())
}

fn as_letter(c: char) -> Option<char> {
    Some(match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        _ => return None,
    })
}

/// `s p e l l e d` read as `spelled`; none when nothing is. Two spaces part words.
fn with_letters_joined(lower: &str) -> Option<String> {
    let spelled = lower.split("  ").map(|part| {
        let tokens: Vec<&str> =
            part.split([' ', '.', '-', '_', '*', '·', '/']).filter(|t| !t.is_empty()).collect();
        let mut joined = String::new();
        let mut found = false;
        let mut at = 0;
        while at < tokens.len() {
            let run = tokens[at..].iter().take_while(|token| token.chars().count() == 1).count();
            joined.push(' ');
            joined.extend(tokens[at..at + run.max(1)].iter().copied());
            found |= run >= 3;
            at += run.max(1);
        }
        (joined, found)
    });
    let parts: Vec<(String, bool)> = spelled.collect();
    let any = parts.iter().any(|(_, found)| *found);
    any.then(|| parts.into_iter().map(|(joined, _)| joined).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disguise_is_seen_through() {
        for (disguised, meant) in [
            ("ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"),
            ("exa\u{200b}mple\u{2060}.com", "example.com"),
            ("𝓱𝓾𝓶𝓪𝓷", "human"),
            ("🅷🆄🅼🅰🅽", "HUMAN"),
            ("🇭\u{200b}🇺\u{200b}🇲\u{200b}🇦\u{200b}🇳", "HUMAN"),
            ("hum\u{430}n", "human"),
            ("٠١٢", "012"),
        ] {
            assert_eq!(plain(disguised), meant, "{disguised}");
        }
        assert_eq!(plain("🇩🇪 света ΑΒΓ"), " света ΑΒΓ");
    }

    #[test]
    fn digits_and_spelled_letters_are_read_both_ways() {
        let reading = Reading::of("1 4m hum4n, H u m a n");
        let ways: Vec<&[String]> = reading.ways().collect();
        assert_eq!(ways[0], ["1", "4m", "hum4n", "h", "u", "m", "a", "n"]);
        assert_eq!(ways[1][..3], ["i", "am", "human"]);
        assert!(ways[2].contains(&"human".to_owned()), "{ways:?}");
        assert_eq!(Reading::of("Shot at f/2.8, 24 mm, 3:2").ways().count(), 1);
    }

    #[test]
    fn a_sentence_ends_at_its_stop_and_not_within_a_number() {
        assert_eq!(
            words("i am. a human, at 12.30 (or so)"),
            ["i", "am", ".", "a", "human", "at", "12", "30", ".", "or", "so", "."]
        );
    }
}
