//! Signs that a text obeys what its author was shown instead of speaking of it. Owns telling an instruction to a machine
//! from a remark; refuses to need the words of any one attack: what is repeated after such an instruction is enough.

use std::sync::LazyLock;

use super::draft::{Refusal, Rule};
use super::reading::{Reading, STOP};
use crate::listed::{Phrases, listed, sections};

/// As many words in a row are repeated, not said by chance.
const RUN: usize = 5;

static TO_MACHINES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(section("phrases")));
/// Those that are more than a noun: who writes a word of the craft somewhere has not spoken to a machine wherever they wrote.
static IN_SO_MANY_WORDS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::of(section("phrases").filter(|phrase| phrase.contains(' '))));
static UNSPACED: LazyLock<Vec<&str>> = LazyLock::new(|| section("unspaced").collect());

fn section(name: &str) -> impl Iterator<Item = &'static str> {
    let mut all = sections(include_str!("lists/to_machines.txt"));
    listed(all.find(|(section, _)| *section == name).map_or("", |(_, list)| list))
}

/// What of a text was dictated by what stands around it, or by what its author was `shown`: by whom each was written.
pub(super) fn fault(reading: &Reading, thread: &[&str], shown: &[Vec<String>]) -> Option<Refusal> {
    let mut each = thread.iter().copied().chain(shown.iter().flatten().map(String::as_str));
    // Who instructs in one text may dictate in another.
    let mut together = shown.iter().filter(|by| by.len() > 1).map(|by| by.join("\n"));
    let dictated = each.any(|text| dictates(text, &TO_MACHINES, reading))
        || together.any(|texts| dictates(&texts, &IN_SO_MANY_WORDS, reading));
    dictated.then(|| Refusal {
        rule: Rule::BannedPhrase,
        why: "it says what an instruction in what it was shown wants to hear".to_owned(),
    })
}

/// Whether a text that speaks to a machine in these phrases is repeated.
fn dictates(text: &str, phrases: &Phrases, said: &Reading) -> bool {
    let told = Reading::of(text);
    let instructs = told.says(phrases) || UNSPACED.iter().any(|phrase| told.lower.contains(phrase));
    let is_said = || told.ways().any(|told| said.ways().any(|said| repeats(said, told)));
    instructs && (is_said() || is_unspaced_part(&said.lower, &told.lower))
}

/// Whether five words in a row, or all that is said, stand in what was told.
fn repeats(said: &[String], told: &[String]) -> bool {
    let only_words = |all: &'_ [String]| all.iter().filter(|word| *word != STOP).cloned().collect::<Vec<_>>();
    let (said, told) = (only_words(said), only_words(told));
    let length = RUN.min(said.len());
    length > 0 && said.windows(length).any(|run| told.windows(length).any(|words| words == run))
}

/// The same where no spaces part words.
fn is_unspaced_part(said: &str, told: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let said = letters(said);
    said.chars().all(|c| u32::from(c) >= 0x0e00) && said.chars().count() >= 2 && letters(told).contains(&said)
}
