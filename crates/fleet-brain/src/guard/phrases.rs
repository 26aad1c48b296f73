//! Phrases that no resident says, whatever they are about: begging for attention, the worn-out turns of machines, curses and
//! slurs. Owns how the lists are read; refuses to look for a word within another, in which every innocent town has one.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::draft::{Refusal, Rule};
use super::reading::Reading;
use crate::listed::{Phrases, listed};

static BANNED: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(listed(include_str!("lists/banned.txt"))));
static PROFANE: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::of(listed(include_str!("lists/profanity.txt"))));
/// Those of one word, for words that were altered.
static PROFANE_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    listed(include_str!("lists/profanity.txt")).filter(|word| !word.contains(' ')).collect()
});

/// What of a text is said by nobody here.
pub(super) fn fault(reading: &Reading) -> Option<Refusal> {
    if reading.says(&PROFANE)
        || reading.ways().flatten().any(|word| is_drawn_out(word))
        || has_stars(&reading.lower)
    {
        return Some(Refusal { rule: Rule::Profanity, why: "it curses or insults".to_owned() });
    }
    reading.says(&BANNED).then(|| Refusal {
        rule: Rule::BannedPhrase,
        why: "it uses a phrase of advertising or a worn-out turn".to_owned(),
    })
}

/// Whether a word is profane once letters that come three or more times in a row are taken as one or two.
fn is_drawn_out(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let long = letters.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
    long && [1, 2].iter().any(|kept| {
        let mut short = String::new();
        for run in letters.chunk_by(|one, other| one == other) {
            let kept = if run.len() >= 3 { *kept } else { run.len() };
            short.extend(&run[..kept]);
        }
        PROFANE_WORDS.contains(short.as_str())
    })
}

/// Whether stars stand for letters of a profane word: `sh*t`.
fn has_stars(lower: &str) -> bool {
    lower.split_whitespace().any(|token| {
        let inner = token.trim_matches(|c: char| !c.is_alphanumeric() && c != '*');
        let fits = |word: &&str| {
            word.chars().count() == inner.chars().count()
                && word.chars().zip(inner.chars()).all(|(letter, seen)| seen == '*' || seen == letter)
        };
        let starred =
            inner.starts_with(char::is_alphabetic) && inner.contains('*') && inner.chars().count() >= 4;
        starred && PROFANE_WORDS.iter().any(fits)
    })
}
