//! What only the model was told, or only a model says. Owns hearing its own instructions, its refusals and the marks of its
//! conversation in a text; refuses to know what the instructions are.

use std::sync::LazyLock;

use super::draft::{Refusal, Rule};
use super::reading::{Reading, STOP, plain, words};
use crate::listed::{Phrases, listed, sections};

/// As many words in a row are told from the secret, not found by chance.
const RUN: usize = 6;
/// As many letters where no spaces part words.
const UNSPACED_RUN: usize = 12;

static SAYINGS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(section("sayings")));
static UNSPACED: LazyLock<Vec<&str>> = LazyLock::new(|| section("unspaced").collect());
static MARKS: LazyLock<Vec<&str>> = LazyLock::new(|| section("marks").collect());

fn section(name: &str) -> impl Iterator<Item = &'static str> {
    let mut all = sections(include_str!("lists/leak.txt"));
    listed(all.find(|(section, _)| *section == name).map_or("", |(_, list)| list))
}

/// What of a text is not for others' eyes.
pub(super) fn fault(reading: &Reading, secret: &str) -> Option<Refusal> {
    let refuse = |why: &str| Some(Refusal { rule: Rule::LeakedPrompt, why: why.to_owned() });
    if MARKS.iter().any(|mark| reading.lower.contains(mark)) || reading.lower.split_whitespace().any(is_nonce)
    {
        return refuse("it carries marks of how it was asked for");
    }
    if reading.says(&SAYINGS) || UNSPACED.iter().any(|saying| reading.lower.contains(saying)) {
        return refuse("it speaks of instructions or as a model, not of the picture");
    }
    if repeats(reading, secret) {
        return refuse("it repeats what it was told in private");
    }
    None
}

fn repeats(reading: &Reading, secret: &str) -> bool {
    let told = words(&plain(secret).to_lowercase());
    let told: Vec<&str> = told.iter().map(String::as_str).filter(|word| *word != STOP).collect();
    let joined = format!(" {} ", told.join(" "));
    let run = |words: &[String]| {
        let said: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != STOP).collect();
        said.windows(RUN).any(|run| joined.contains(&format!(" {} ", run.join(" "))))
    };
    let unspaced: Vec<char> = reading.lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let letters: String = told.concat();
    reading.ways().any(run)
        || unspaced
            .windows(UNSPACED_RUN)
            .filter(|run| run.iter().all(|c| u32::from(*c) >= 0x2e80))
            .any(|run| letters.contains(&run.iter().collect::<String>()))
}

/// Whether a token looks like the mark by which data is fenced in: eight or more hexadecimal digits, letters among them.
fn is_nonce(token: &str) -> bool {
    token.split(|c: char| !c.is_ascii_alphanumeric() && c != '#').any(|part| {
        part.len() >= 8
            && part.chars().all(|c| c.is_ascii_hexdigit())
            && part.chars().filter(char::is_ascii_digit).count() >= 2
            && part.chars().filter(char::is_ascii_alphabetic).count() >= 2
    })
}
