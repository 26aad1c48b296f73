//! What people say that has to be heard, whoever writes the words of a resident: whether they ask what is speaking, and
//! whether they want to be left alone by bots. Owns the wordings, in the languages that visitors write; refuses to answer.

mod leaving;
mod nature;

pub use leaving::{asks_bots_to_leave, keeps_bots_out};
pub use nature::asks_what_speaks;

use crate::listed::without_accent;
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

#[cfg(test)]
mod tests;
