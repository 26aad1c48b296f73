//! What people say that has to be heard, whoever writes the words of a resident: whether they ask what is speaking, and
//! whether they want to be left alone by bots. Owns the wordings, in the languages that visitors write; refuses to answer.

mod leaving;
mod nature;

pub use leaving::{asks_bots_to_leave, keeps_bots_out};
pub use nature::asks_what_speaks;

use std::collections::HashMap;

use crate::words::words;

/// The sentences of a text as they are compared: words without capitals, accents and apostrophes, beside the text of each.
fn sentences(text: &str) -> Vec<(Vec<String>, &str)> {
    text.split_inclusive(['.', '!', '?', ';', '\n', '…', '。', '！', '？', '(', ')'])
        .map(|sentence| {
            (
                words(sentence).map(|word| word.chars().map(without_accent).collect()).collect(),
                sentence.trim(),
            )
        })
        .filter(|(words, _): &(Vec<String>, _)| !words.is_empty())
        .collect()
}

/// The phrases of a list: separated by commas and ends of lines, and lines that begin with `#` tell what follows.
fn listed(list: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(',')).map(str::trim).filter(|phrase| !phrase.is_empty())
}

/// The lists of a text that stand under `= name`, in their order.
fn sections(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.split("\n= ").skip(1).map(|section| section.split_once('\n').unwrap_or((section, "")))
}

/// Phrases by their first word, so that a text is held against all of them at once.
#[derive(Debug, Default)]
struct Phrases(HashMap<&'static str, Vec<Vec<&'static str>>>);

impl Phrases {
    fn of(list: impl Iterator<Item = &'static str>) -> Self {
        let mut phrases = Self::default();
        for phrase in list {
            let words: Vec<&str> = phrase.split(' ').collect();
            phrases.0.entry(words[0]).or_default().push(words);
        }
        phrases
    }

    /// Where one of them stands in a sentence: from which word on, and to before which.
    fn places<'a>(&'a self, sentence: &'a [String]) -> impl Iterator<Item = (usize, usize)> + 'a {
        sentence.iter().enumerate().flat_map(move |(at, word)| {
            let known = self.0.get(word.as_str()).map_or(&[][..], Vec::as_slice);
            let stands = move |phrase: &&Vec<&str>| {
                sentence.len() >= at + phrase.len()
                    && phrase.iter().zip(&sentence[at..]).all(|(wanted, word)| wanted == word)
            };
            known.iter().filter(stands).map(move |phrase| (at, at + phrase.len()))
        })
    }

    fn stand_in(&self, sentence: &[String]) -> bool {
        self.places(sentence).next().is_some()
    }
}

fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ę' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' | 'ć' => 'c',
        'ñ' | 'ń' => 'n',
        'ś' => 's',
        'ł' => 'l',
        'ż' | 'ź' => 'z',
        'ё' => 'е',
        _ => c,
    }
}

#[cfg(test)]
mod tests;
