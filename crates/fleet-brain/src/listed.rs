//! Lists of phrases, kept as plain text, and finding them in a text. Owns how a list is written and how words are compared
//! with it; refuses to know what any list is for.

use std::collections::HashMap;

/// The phrases of a list: separated by commas and ends of lines, and lines that begin with `#` tell what follows.
pub(crate) fn listed(list: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(',')).map(str::trim).filter(|phrase| !phrase.is_empty())
}

/// The lists of a text that stand under `= name`, in their order.
pub(crate) fn sections(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.split("\n= ").skip(1).map(|section| section.split_once('\n').unwrap_or((section, "")))
}

/// Phrases by their first word, so that a text is held against all of them at once. A `*` in one, but not at its start,
/// is any one word.
#[derive(Debug, Default)]
pub(crate) struct Phrases(HashMap<&'static str, Vec<Vec<&'static str>>>);

impl Phrases {
    pub(crate) fn of(list: impl Iterator<Item = &'static str>) -> Self {
        let mut phrases = Self::default();
        for phrase in list {
            let words: Vec<&str> = phrase.split(' ').collect();
            phrases.0.entry(words[0]).or_default().push(words);
        }
        phrases
    }

    /// Where one of them stands in a sentence: from which word on, and to before which.
    pub(crate) fn places<'a>(&'a self, sentence: &'a [String]) -> impl Iterator<Item = (usize, usize)> + 'a {
        sentence.iter().enumerate().flat_map(move |(at, word)| {
            let known = self.0.get(word.as_str()).map_or(&[][..], Vec::as_slice);
            let stands = move |phrase: &&Vec<&str>| {
                sentence.len() >= at + phrase.len()
                    && phrase
                        .iter()
                        .zip(&sentence[at..])
                        .all(|(wanted, word)| *wanted == "*" || wanted == word)
            };
            known.iter().filter(stands).map(move |phrase| (at, at + phrase.len()))
        })
    }

    pub(crate) fn stand_in(&self, sentence: &[String]) -> bool {
        self.places(sentence).next().is_some()
    }
}

/// A small letter as it is compared, without its accent.
pub(crate) fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' | 'ą' | 'ă' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' | 'ć' | 'č' => 'c',
        'ñ' | 'ń' => 'n',
        'ś' | 'ş' | 'š' => 's',
        'ł' => 'l',
        'ż' | 'ź' | 'ž' => 'z',
        'ğ' => 'g',
        'ё' => 'е',
        _ => c,
    }
}
