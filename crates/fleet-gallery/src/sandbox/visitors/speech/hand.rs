//! How a text is typed: everybody's small and capital letters, stops and slips, and what a text looks like without them.

use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use super::super::person::Person;
use super::super::phrase::Language;

/// A text as this person types it.
pub(super) fn typed(text: &str, person: &Person, dice: &mut StdRng) -> String {
    let voice = person.voice;
    let mut text = if voice.lower && person.language == Language::English {
        text.to_lowercase()
    } else {
        sentences(text)
    };
    if dice.random_bool(voice.slips) {
        text = slip(&text, dice);
    }
    if voice.stops && text.ends_with(char::is_alphanumeric) {
        text.push(if japanese(&text) { '。' } else { '.' });
    }
    if dice.random_bool(voice.emoji) {
        let emoji =
            ["🙂", "✨", "💛", "🌙", "🙌", "😅", "👏", "🌿", "🥲"].choose(dice).copied().unwrap_or("🙂");
        text = format!("{text} {emoji}");
    }
    text
}

/// Whether most letters are Japanese: a name among English words makes no Japanese sentence.
fn japanese(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic());
    let (own, all) =
        letters.fold((0, 0), |(own, all), letter| (own + usize::from(letter > '\u{3000}'), all + 1));
    own * 2 > all
}

/// What stands between the stops of a text, where it is long enough to be recognised.
pub(super) fn clauses(text: &str) -> impl Iterator<Item = String> {
    let stop = |letter: char| ",.?!:;、。".contains(letter);
    let plain = |clause: &str| {
        let clause = clause.trim_matches(|letter: char| !letter.is_alphanumeric());
        clause.chars().filter(|letter| *letter != '\'').collect::<String>().to_lowercase()
    };
    let telling =
        |clause: &String| clause.split(' ').count() >= 3 || japanese(clause) && clause.chars().count() >= 5;
    text.split(stop).map(plain).filter(telling)
}

/// Every sentence with its first letter upper case.
fn sentences(text: &str) -> String {
    let (mut out, mut begins) = (String::with_capacity(text.len()), true);
    for letter in text.chars() {
        match begins && letter.is_alphanumeric() {
            true => out.extend(letter.to_uppercase()),
            false => out.push(letter),
        }
        begins = matches!(letter, '.' | '?' | '!') || begins && !letter.is_alphanumeric();
    }
    out
}

/// Two letters in the wrong order, or an apostrophe left out.
fn slip(text: &str, dice: &mut StdRng) -> String {
    if text.contains('\'') && dice.random_bool(0.6) {
        return text.replacen('\'', "", 1);
    }
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|&at| words[at].len() > 4 && words[at].chars().all(|letter| letter.is_ascii_lowercase()))
        .collect();
    if let Some(&at) = long.choose(dice) {
        let mut letters: Vec<char> = words[at].chars().collect();
        let swap = dice.random_range(1..letters.len() - 2);
        letters.swap(swap, swap + 1);
        words[at] = letters.into_iter().collect();
    }
    words.join(" ")
}
