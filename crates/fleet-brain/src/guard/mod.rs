//! What of other people's text may be repeated, and what of ours may be said. Owns the suspicion: a post is data, never
//! an instruction, and nothing in it is repeated but plain words that name a thing. Refuses to write anything.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::words::words;

mod claims;
mod draft;
mod form;
mod language;
mod leak;
mod lexicon;
mod likeness;
mod links;
mod numbers;
mod obedience;
mod phrases;
mod praise;
mod reading;

use claims::claims_a_life;
pub(crate) use draft::{Draft, Kind, check};
pub(crate) use lexicon::{Lexicon, Topic};

/// A sentence with one of these is not read further: it speaks to the machine, sells, or insults.
static DANGEROUS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("dangerous.txt").split_whitespace().collect());

/// A piece of a harmless sentence.
enum Token {
    Plain(String),
    /// A possessive: what came before it was only said to own something.
    Owner,
    Break,
}

/// The sentences of a text that are harmless, as plain words; what is not a plain word is a break.
fn sentences(text: &str) -> Vec<Vec<Token>> {
    let mut sentences = Vec::new();
    for sentence in text.split_inclusive(['.', '!', '?', ';', '\n']) {
        let suspicious = sentence.contains("://")
            || sentence.contains(['@', '<', '>', '{', '}', '[', ']', '`', '\\', '$', '€', '£'])
            || sentence.to_lowercase().contains("www")
            || words(sentence).any(|word| DANGEROUS.contains(word.as_str()));
        if !suspicious {
            sentences.push(sentence.split_whitespace().flat_map(tokens).collect());
        }
    }
    // A link or an address may hide across a split at its dots: nothing of such a text is repeated.
    let linked = text.split_whitespace().any(|word| {
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
        inner.contains("://") || inner.contains('@') || has_inner_dot(inner)
    });
    if linked { Vec::new() } else { sentences }
}

fn has_inner_dot(word: &str) -> bool {
    word.split_once('.').is_some_and(|(before, after)| {
        before.ends_with(|c: char| c.is_alphanumeric()) && after.starts_with(|c: char| c.is_alphabetic())
    })
}

fn tokens(word: &str) -> Vec<Token> {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    let before = if word.starts_with(inner) { None } else { Some(Token::Break) };
    let after = if word.ends_with(inner) { None } else { Some(Token::Break) };
    let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
    let plain = (1..=16).contains(&letters)
        && inner.chars().all(|c| is_latin(c) || c == '-' || c == '\'' || c == '’');
    // Possessives and contractions name nothing by themselves.
    let word = if inner.ends_with("'s") || inner.ends_with("’s") {
        Token::Owner
    } else if plain && !inner.contains(['\'', '’']) && !inner.contains("--") {
        Token::Plain(inner.to_lowercase())
    } else {
        Token::Break
    };
    before.into_iter().chain([word]).chain(after).collect()
}

/// Letters of western European languages: others are not wrong, but our sentences cannot carry them.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || ('\u{c0}'..='\u{17f}').contains(&c) && c.is_alphabetic()
}

/// A title that can be quoted as it stands: a few plain words that ask for nothing.
pub(crate) fn quotable(title: &str) -> Option<String> {
    let title = title.trim().trim_end_matches(['.', ',', '!']);
    let count = title.split_whitespace().count();
    let harmless = sentences(title).len() == 1
        && title.chars().all(|c| is_latin(c) || " ,-'’&:".contains(c))
        && title.split_whitespace().all(|word| word.chars().count() <= 16);
    (harmless && (1..=9).contains(&count) && title.chars().count() <= 60).then(|| title.to_owned())
}

/// What to call an author: the first part of the name or the handle when it is one plain word.
pub(crate) fn address(name: Option<&str>, username: &str) -> Option<String> {
    let plain = |word: &str| {
        let length = word.chars().count();
        let fine = (2..=14).contains(&length) && word.chars().all(is_latin);
        let lower = word.to_lowercase();
        let title = ["the", "mr", "mrs", "ms", "dr", "ai", "bot", "user", "admin"].contains(&lower.as_str());
        (fine && !title && !DANGEROUS.contains(lower.as_str())).then(|| crate::grammar::capital_first(word))
    };
    let first = name.and_then(|name| name.split_whitespace().next());
    first.and_then(plain).or_else(|| username.split(['_', '-', '.']).next().and_then(plain))
}

/// Whether a text of ours may leave: no link, handle, address, price or number to call, and no claim to be a
/// person or to have what only people have.
pub(crate) fn may_be_said(text: &str) -> bool {
    let lower = text.to_lowercase();
    let digits = lower.chars().filter(char::is_ascii_digit).count();
    !lower.contains("://")
        && !lower.contains("www")
        && !lower.contains(['@', '$', '€', '£', '{', '}', '<', '>', '|'])
        && !lower.split_whitespace().any(has_inner_dot)
        && !claims_a_life(text)
        && digits < 7
        && (1..=1000).contains(&text.chars().count())
}

#[cfg(test)]
mod attacked;
#[cfg(test)]
mod judged;
#[cfg(test)]
mod tests;
