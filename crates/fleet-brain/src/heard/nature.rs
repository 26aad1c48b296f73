//! Whether a text asks who or what is speaking. Honesty is owed then, before anything else; who asks whether the marble is
//! real asks something else.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::sentences;
use crate::listed::{Phrases, listed, sections};

/// How one language asks: words that turn to the speaker, words that may follow, and what the speaker could be.
struct Asking {
    openers: Phrases,
    fillers: HashSet<&'static str>,
    natures: HashSet<&'static str>,
}

/// In `asking.txt` a line begins with which of the three it is of.
static ASKING: LazyLock<Vec<Asking>> = LazyLock::new(|| {
    let of = |section: &'static str, what: &'static str| {
        section.lines().filter_map(move |line| line.strip_prefix(what)).flat_map(listed)
    };
    sections(include_str!("words/asking.txt"))
        .map(|(_, section)| Asking {
            openers: Phrases::of(of(section, "open:")),
            fillers: of(section, "fill:").collect(),
            natures: of(section, "be:").collect(),
        })
        .collect()
});
static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::of(listed(include_str!("words/asking_phrases.txt"))));
static ELSEWHERE: LazyLock<Vec<&str>> =
    LazyLock::new(|| listed(include_str!("words/asking_elsewhere.txt")).collect());

/// Openers after which only a question asks: `there is somebody` tells.
const ONLY_ASKING: &[&str] =
    &["is there", "does", "did", "talking to", "hay", "voce", "foi", "c est", "this is"];
/// What a sentence that ends in it asks of the speaker: `are you real`.
const REAL: &[&str] = &["real", "echt", "reel", "reelle", "reale", "vero", "vera", "verdadero", "verdadeiro"];
/// What makes of a nature something else: a robot fan is none, nor is a robot in the corner.
const BESIDE: &[&str] = &[
    "fan", "fans", "lover", "nerd", "expert", "kind", "figure", "scale", "standing", "sitting", "walking",
    "in", "on", "at", "behind", "under", "shape",
];
/// What everybody may be one of: a morning person is somebody, and `a real person` is who is asked for.
const ANYBODY: &[&str] = &["person", "personne", "someone", "somebody"];
const SOMEBODY: &[&str] = &["a", "real", "actual", "living", "live", "une", "vraie"];
/// Remarks that are nothing else.
const WHOLE: &[&str] = &[
    "bot",
    "ai",
    "a bot",
    "an ai",
    "human",
    "robot",
    "ki",
    "ia",
    "what are you",
    "are you one",
    "wer bist du",
    "was bist du",
];

/// Whether the text asks, or guesses, whether who speaks is a person or an AI.
#[must_use]
pub fn asks_what_speaks(text: &str) -> bool {
    let lower = text.to_lowercase();
    if ELSEWHERE.iter().any(|asking| lower.contains(asking)) {
        return true;
    }
    let all = sentences(text);
    all.iter().any(|(sentence, told)| {
        let asks = told.contains(['?', '？', '…']);
        let is_whole = asks && all.len() == 1 && WHOLE.contains(&sentence.join(" ").as_str());
        is_whole
            || asks && PHRASES.stand_in(sentence)
            || ASKING.iter().any(|asking| asking.is_heard(sentence, asks))
    })
}

impl Asking {
    fn is_heard(&self, sentence: &[String], asks: bool) -> bool {
        self.openers.places(sentence).any(|(from, to)| {
            (asks || !ONLY_ASKING.contains(&sentence[from..to].join(" ").as_str()))
                && self.follows(sentence, to)
        })
    }

    /// Whether a nature follows at `at`, with nothing between but fillers.
    fn follows(&self, sentence: &[String], at: usize) -> bool {
        let word = |at: usize| sentence.get(at).map_or("", String::as_str);
        let fillers = sentence[at..]
            .iter()
            .take_while(|word| self.fillers.contains(word.as_str()) && !self.natures.contains(word.as_str()));
        let here = at + fillers.count();
        match word(here) {
            "" => here > at && REAL.contains(&word(here - 1)),
            said => {
                let is_asked_for =
                    !ANYBODY.contains(&said) || here == at || SOMEBODY.contains(&word(here - 1));
                self.natures.contains(said) && is_asked_for && !BESIDE.contains(&word(here + 1))
            }
        }
    }
}
