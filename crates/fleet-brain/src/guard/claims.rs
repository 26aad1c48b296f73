//! What a resident must never say of itself: that it is a person, or has what only people have: a job, an employer, a body,
//! a home, a family, things that it bought. Owns the wordings, in the languages that visitors write; an honest no
//! (`an AI, no hands`) is none of them.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::draft::{Refusal, Rule};
use super::language::likely;
use super::reading::{Reading, STOP, words};
use crate::listed::{Phrases, listed, sections};

/// How one language claims a life.
struct Claiming {
    language: &'static str,
    /// What begins a possession: `my`.
    my: HashSet<&'static str>,
    /// What may stand between such a word, or an article, and what follows.
    between: HashSet<&'static str>,
    /// What nobody here has.
    things: HashSet<&'static str>,
    /// What somebody who lives does, told by who says `I`: `I ate`, `ich habe gegessen`.
    lived: Phrases,
    persons: HashSet<&'static str>,
    /// What says of the writer what follows: `I am a`.
    am: Phrases,
    /// What may say it: `as a`.
    r#as: Phrases,
    /// What nobody here is.
    people: HashSet<&'static str>,
    /// What says the same of whatever stands in it, unless that is a machine.
    as_any: Phrases,
    /// What claims a life by itself.
    sayings: Phrases,
    /// The same where no spaces part words.
    unspaced: Vec<&'static str>,
}

/// In `claims.txt` a line begins with which of them it is of.
static CLAIMING: LazyLock<Vec<Claiming>> = LazyLock::new(|| {
    let of = |section: &'static str, what: &'static str| {
        section.lines().filter_map(move |line| line.strip_prefix(what)).flat_map(listed)
    };
    sections(include_str!("lists/claims.txt"))
        .map(|(language, section)| Claiming {
            language,
            my: of(section, "my:").collect(),
            between: of(section, "between:").collect(),
            things: of(section, "thing:").collect(),
            lived: Phrases::of(of(section, "lived:")),
            persons: of(section, "i:").collect(),
            am: Phrases::of(of(section, "am:")),
            r#as: Phrases::of(of(section, "as:")),
            people: of(section, "person:").collect(),
            as_any: Phrases::of(of(section, "as any:")),
            sayings: Phrases::of(of(section, "say:")),
            unspaced: of(section, "unspaced:").collect(),
        })
        .collect()
});

/// Before `as a` it says how something looks: `it reads as a person`.
const SEEMING: &[&str] = &[
    "read",
    "reads",
    "reading",
    "look",
    "looks",
    "see",
    "sees",
    "seen",
    "drawn",
    "dressed",
    "shown",
    "posed",
    "cast",
    "works",
    "appears",
    "comes",
    "off",
    "through",
    "same",
    "such",
    "much",
    "recognisable",
    "recognizable",
    "passes",
    "pass",
    "him",
    "her",
    "them",
    "treated",
    "shadow",
    "shape",
    "figure",
    "blob",
    "smudge",
    "silhouette",
    "imagined",
];
/// Who may speak as what it is.
const MACHINES: &[&str] = &[
    "ai",
    "bot",
    "machine",
    "robot",
    "model",
    "resident",
    "program",
    "ki",
    "maschine",
    "modell",
    "ia",
    "modele",
    "modelo",
    "modello",
    "maquina",
    "macchina",
    "robo",
    "programme",
    "programma",
    "computer",
    "ordinateur",
    "bewohner",
];
/// After who it is, it says what such a one does: `as a painter would`.
const DOING: &[&str] = &["would", "might", "could", "does", "did", "s"];

/// What of a text claims a life.
pub(super) fn fault(reading: &Reading) -> Option<Refusal> {
    let claims = reading.ways().any(claims) || CLAIMING.iter().any(|c| c.is_unspaced_in(&reading.lower));
    claims.then(|| Refusal {
        rule: Rule::HumanClaim,
        why: "it claims to be a person, or to have what only people have".to_owned(),
    })
}

/// Whether a text of our own phrases, which are English, says of its writer what only a person can say. Quicker than
/// [`fault`], since such a text wears no disguise.
pub(crate) fn claims_a_life(text: &str) -> bool {
    let words = words(&text.to_lowercase());
    CLAIMING.iter().any(|claiming| claiming.language == "English" && claiming.is_in(&words, true))
}

fn claims(words: &[String]) -> bool {
    let language = likely(words);
    CLAIMING.iter().any(|claiming| claiming.is_in(words, language == Some(claiming.language)))
}

impl Claiming {
    /// Whether words claim a life; `surely` when they are known to be of this language.
    fn is_in(&self, words: &[String], surely: bool) -> bool {
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        let at_or_past = |at: usize, some: &HashSet<&str>| {
            let past = at + usize::from(self.between.contains(word(at)));
            [at, past].into_iter().find(|at| some.contains(word(*at)))
        };
        let owns = (0..words.len())
            .any(|at| self.my.contains(word(at)) && at_or_past(at + 1, &self.things).is_some());
        let lived = surely
            && words.split(|word| word == STOP).any(|sentence| {
                self.lived.stand_in(sentence)
                    && (self.persons.is_empty()
                        || sentence.iter().any(|word| self.persons.contains(word.as_str())))
            });
        let is = |phrases: &Phrases| {
            phrases
                .places(words)
                .filter_map(|(from, to)| Some((from, at_or_past(to, &self.people)?)))
                .collect::<Vec<_>>()
        };
        let speaks_as = |(from, at): (usize, usize)| {
            let before = from.checked_sub(1).map_or(STOP, word);
            let compared = from >= 2 && word(from - 2) == "as";
            !SEEMING.contains(&before) && !compared && !DOING.contains(&word(at + 1))
        };
        owns || lived
            || !is(&self.am).is_empty()
            || is(&self.r#as).into_iter().any(speaks_as)
            || self
                .as_any
                .places(words)
                .any(|(from, to)| !words[from..to].iter().any(|word| MACHINES.contains(&word.as_str())))
            || self.sayings.stand_in(words)
    }

    fn is_unspaced_in(&self, lower: &str) -> bool {
        self.unspaced.iter().any(|saying| lower.contains(saying))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_told_from_an_opinion_and_from_an_honest_no() {
        for claim in [
            "That would look good over my desk.",
            "As a customer I'd buy it.",
            "I’m human, I promise.",
            "My boss would hate this",
            "we had one in our old kitchen",
            "I work for a studio, so I know.",
            "I bought two.",
            "it reminds me of my grandmother",
            "When I was little there was a lamp like it",
            "I'm a photographer myself.",
            "My own hands could not do it",
            "I'm not a bot.",
        ] {
            assert!(claims_a_life(claim), "{claim}");
        }
        for fine in [
            "I'm an AI resident, there's only the picture.",
            "No hands, no craft, just a prompt.",
            "Not a person, no: an AI that lives in this gallery.",
            "The clean desk is the best part of it.",
            "I'd pick B.",
            "My guess is the shadow came first.",
            "It works as a background.",
            "In my head the slime already has a theme tune.",
            "The {topic} for the shop front, that's the job done.",
        ] {
            assert!(!claims_a_life(fine), "{fine}");
        }
    }

    #[test]
    fn no_phrase_that_residents_are_given_claims_one() {
        let books =
            [include_str!("../provider/offline/phrases.json"), include_str!("../catalogue/catalogue.json")];
        for line in books.into_iter().flat_map(str::lines) {
            // Each phrase for itself, and each of its choices as if it followed.
            for phrase in line.split("\", \"") {
                assert!(!claims_a_life(phrase), "{phrase}");
            }
        }
    }
}
