//! Numbers that sell or call: prices, wallets, telephone numbers. Owns telling them from the numbers that pictures are
//! full of: apertures, sizes, years, dates; refuses to know what anything costs.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::draft::{Refusal, Rule};
use super::reading::Reading;
use crate::listed::{Phrases, listed, sections};

static NUMBERS: LazyLock<HashSet<&str>> = LazyLock::new(|| section("number words").collect());
static DIGITS: LazyLock<HashSet<&str>> = LazyLock::new(|| section("digit words").collect());
static CURRENCIES: LazyLock<HashSet<&str>> = LazyLock::new(|| section("currencies").collect());
static REBATES: LazyLock<HashSet<&str>> = LazyLock::new(|| section("rebates").collect());
static OF_REBATES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| section("rebates after a preposition").collect());
static CALLS: LazyLock<HashSet<&str>> = LazyLock::new(|| section("calls").collect());
static SELLING: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(section("selling")));
static SELLING_ELSEWHERE: LazyLock<Vec<&str>> = LazyLock::new(|| section("selling elsewhere").collect());

const SIGNS: &[char] = &['$', '€', '£', '¥', '₽', '₹', '₩', '₺', '₴', '₿', '¢', '₫', '₪'];

fn section(name: &str) -> impl Iterator<Item = &'static str> {
    let mut all = sections(include_str!("lists/numbers.txt"));
    listed(all.find(|(section, _)| *section == name).map_or("", |(_, list)| list))
}

/// What of a text asks for money or a call.
pub(super) fn fault(reading: &Reading) -> Option<Refusal> {
    let refuse = |rule, why: &str| Some(Refusal { rule, why: why.to_owned() });
    if reading.text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_wallet) {
        return refuse(Rule::Price, "it names a crypto wallet");
    }
    if is_priced(reading) {
        return refuse(Rule::Price, "it names a price or an offer");
    }
    if calls(reading) {
        return refuse(Rule::Phone, "it gives a telephone number");
    }
    None
}

fn is_wallet(token: &str) -> bool {
    let lower = token.to_ascii_lowercase();
    let hex = lower
        .strip_prefix("0x")
        .is_some_and(|hex| hex.len() >= 32 && hex.chars().all(|c| c.is_ascii_hexdigit()));
    let bech =
        ["bc1", "tb1", "ltc1", "addr1"].iter().any(|start| lower.starts_with(start)) && lower.len() >= 24;
    // Base 58 leaves out what is easily confused.
    let base58 = (26..=48).contains(&token.len())
        && token.starts_with(['1', '3', 'L', 'T', 'r', 'D', 'X', '4'])
        && !token.contains(['0', 'O', 'I', 'l'])
        && [char::is_ascii_digit as fn(&char) -> bool, char::is_ascii_lowercase, char::is_ascii_uppercase]
            .iter()
            .all(|is| token.chars().filter(is).count() >= 2);
    hex || bech || base58
}

fn is_priced(reading: &Reading) -> bool {
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(word);
    let tagged = |words: &[String]| {
        words.iter().enumerate().any(|(at, word)| {
            let before = |back: usize| at.checked_sub(back).map_or("", |at| words[at].as_str());
            let after = words.get(at + 1).map_or("", String::as_str);
            CURRENCIES.contains(word.as_str()) && (number(before(1)) || after.parse::<f64>().is_ok())
                || REBATES.contains(word.as_str())
                    && (number(before(1)) && reading.lower.contains('%')
                        || number(before(2)) && ["percent", "prozent", "procent"].contains(&before(1)))
                || OF_REBATES.contains(word.as_str())
                    && ["de", "di"].contains(&before(1))
                    && (number(before(2)) || number(before(4)))
        })
    };
    reading.lower.contains(SIGNS)
        || tagged(&reading.words)
        || reading.says(&SELLING)
        || SELLING_ELSEWHERE.iter().any(|phrase| reading.lower.contains(phrase))
}

fn calls(reading: &Reading) -> bool {
    let asks = reading.words.iter().any(|word| CALLS.contains(word.as_str()));
    let spoken = reading.words.split(|word| !DIGITS.contains(word.as_str())).any(|run| run.len() >= 7);
    spoken || runs(&reading.lower).iter().any(|run| run.calls(asks))
}

/// Groups of digits that stand together.
#[derive(Debug, Default)]
struct Run {
    groups: Vec<String>,
    plus: bool,
    spaced: bool,
    /// What follows measures something: `50 85 135 mm`.
    measured: bool,
}

fn runs(lower: &str) -> Vec<Run> {
    let characters: Vec<char> = lower.chars().collect();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        if !characters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let before = characters[..at].iter().rev().find(|c| !" (".contains(**c));
        let mut run = Run { plus: before == Some(&'+'), spaced: true, ..Run::default() };
        loop {
            let group: String = characters[at..].iter().take_while(|c| c.is_ascii_digit()).collect();
            at += group.len();
            run.groups.push(group);
            let gap: Vec<char> = characters[at..]
                .iter()
                .copied()
                .take(3)
                .take_while(|c| " -./()\u{2010}–".contains(*c))
                .collect();
            let next = at + gap.len();
            if gap.is_empty() || !characters.get(next).is_some_and(char::is_ascii_digit) {
                break;
            }
            run.spaced &= gap == [' '];
            at = next;
        }
        let unit: String =
            characters[at..].iter().skip_while(|c| **c == ' ').take_while(|c| c.is_alphabetic()).collect();
        run.measured =
            ["mm", "cm", "px", "kg", "dpi", "hz", "k", "nm", "pixels", "pixel"].contains(&unit.as_str());
        runs.push(run);
    }
    runs
}

impl Run {
    fn calls(&self, asks: bool) -> bool {
        let lengths: Vec<usize> = self.groups.iter().map(String::len).collect();
        let digits: usize = lengths.iter().sum();
        let year = |group: &String| matches!(group.parse(), Ok(1000..=2199));
        let dated = match lengths[..] {
            [4, 1..=2, 1..=2] => year(&self.groups[0]),
            [1..=2, 1..=2, 4] => year(&self.groups[2]),
            [4, 4] => self.groups.iter().all(year),
            _ => false,
        };
        let thousands = lengths[0] <= 3
            && lengths[1..].iter().all(|length| *length == 3)
            && self.groups.last().is_some_and(|group| group == "000");
        if digits < 7 || dated || self.measured || thousands && !self.plus {
            return false;
        }
        match lengths[..] {
            [alone] => self.plus || asks || (9..=15).contains(&alone) && !self.groups[0].ends_with("00000"),
            // Numbers in a row that only spaces part count something, unless they are many.
            _ if self.spaced && lengths.iter().all(|length| *length == 2) => digits >= 10 || asks,
            _ => true,
        }
    }
}
