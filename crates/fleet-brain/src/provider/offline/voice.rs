//! How one resident writes, whatever it writes about: at what length, in which case, with which habits. Owns what
//! makes two residents of one persona sound like two; refuses to choose what is said.

use rand::RngExt;
use rand::seq::IndexedRandom;

use super::phrase_book;
use crate::grammar::{capitals, several};
use crate::persona::Persona;
use crate::phrase::Teller;
use crate::words::{Dice, dice};

/// The habits of one account; the same for as long as it keeps its handle.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Voice {
    /// `terse`, `even` or `chatty`: the list of forms that its comments are made from.
    pub(crate) talk: String,
    /// Writes without capitals.
    pub(crate) lower: bool,
    /// Writes `do not` for `don't`.
    formal: bool,
    /// Closes its last sentence.
    stops: bool,
    /// Is easily excited.
    bright: bool,
    /// How often it clears its throat.
    opens: f64,
    /// How often it calls an author by name.
    calls: f64,
    /// What it sometimes puts at the end.
    sign: Option<String>,
    /// The subject it comes back to, as one calls it the second time.
    pub(crate) pet: String,
    /// Several of them.
    pub(crate) pets: String,
}

/// How often a sign is put.
const SIGNED: f64 = 0.2;
/// How often somebody who is easily excited is.
const EXCITED: f64 = 0.4;

/// A sentence of so few words is bare.
const BARE: usize = 7;
/// How often a bare remark gets something to go with it.
const MARKED: f64 = 0.85;
/// How often any other single sentence ends in a favourite phrase.
const TIC: f64 = 0.15;

/// Every contraction that our phrases use, and what it stands for.
const IN_FULL: &[(&str, &str)] = &[
    ("can't", "cannot"),
    ("Can't", "Cannot"),
    ("won't", "will not"),
    ("I'm", "I am"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("it's", "it is"),
    ("It's", "It is"),
    ("that's", "that is"),
    ("That's", "That is"),
    ("there's", "there is"),
    ("There's", "There is"),
    ("I'd", "I would"),
    ("it'd", "it would"),
    ("It'd", "It would"),
    ("That'd", "That would"),
];

impl Voice {
    /// The voice of the account called `username`.
    pub(crate) fn of(persona: &Persona, username: &str) -> Voice {
        let mut dice = dice(0, &["voice", username]);
        let pet = persona.vocabulary.subjects.choose(&mut dice);
        let pet = pet.map(|subject| subject.short.clone()).unwrap_or_default();
        // Data has no plural: rainfall stays rainfall.
        let counted = persona.vocabulary.lists.get("subjects_are").is_none_or(|are| are[0].plain() != "data");
        let pets = if counted { several(&pet) } else { pet.clone() };
        let mut teller = Teller::new(vec![&persona.vocabulary, phrase_book()], &mut dice);
        let often = |habit: &str| match habit {
            "often" => 0.5,
            "sometimes" => 0.18,
            _ => 0.0,
        };
        let sign = teller.phrase("habit_sign");
        Voice {
            talk: teller.phrase("habit_talk"),
            lower: teller.phrase("habit_case") == "lower",
            formal: teller.phrase("habit_words") == "full",
            stops: teller.phrase("habit_end") == "stop",
            bright: teller.phrase("habit_mood") == "bright",
            opens: often(&teller.phrase("habit_opens")),
            calls: often(&teller.phrase("habit_calls")),
            sign: (sign != "none").then_some(sign),
            pet,
            pets,
        }
    }

    /// Makes the teller draw what this voice would say, and tells it what the voice is fond of.
    pub(super) fn lead<'a>(&self, teller: &mut Teller<'a>, username: &'a str) {
        teller.speak_as(username);
        teller.know("pet", &self.pet);
        teller.know("pet_many", &self.pets);
        if self.talk == "terse" {
            teller.know("aside", "");
        }
    }

    /// A remark as this voice would make it: now and then with a word to its author, a cleared throat, or a phrase that
    /// it cannot help. A bare remark hardly ever goes without.
    pub(super) fn remark(&self, teller: &mut Teller<'_>, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        teller.know("text", &lowered(text));
        // `Oh, that lamp` has its throat cleared already.
        let begun = text.split(' ').next().is_some_and(|word| word.ends_with([',', '.', '!', '?', ':']));
        let single = text.strip_suffix('.').filter(|open| !open.contains(['.', '!', '?']));
        let bare = single.is_some_and(|open| open.split(' ').count() <= BARE) && teller.chance(MARKED);
        let often = |habit: f64| if bare { habit.max(0.1) * 2.0 } else { habit };
        let text = if !begun && teller.chance(often(self.calls)) && teller.knows("author") {
            teller.phrase("to_author")
        } else if !begun && teller.chance(often(self.opens)) {
            format!("{}, {}", teller.phrase("opener"), lowered(text))
        } else if let Some(open) = single.filter(|open| !open.contains(',') && (bare || teller.chance(TIC))) {
            format!("{open}, {}.", teller.phrase("tic"))
        } else {
            text.to_owned()
        };
        let text = if self.bright && teller.chance(EXCITED) { text.replacen(". ", "! ", 1) } else { text };
        let mut text = self.written(&capitals(&text));
        if let Some(sign) = self.sign.as_ref().filter(|_| teller.chance(SIGNED)) {
            text = format!("{text} {sign}");
        }
        text
    }

    /// A text in this voice's spelling: its case, its contractions and its full stops.
    pub(crate) fn written(&self, text: &str) -> String {
        let full = if self.formal { in_full(text) } else { text.to_owned() };
        let cased = if self.lower { small(&full) } else { full };
        let one_sentence = !cased.trim_end_matches('.').contains(['.', '?', '!']);
        match cased.strip_suffix('.') {
            Some(open) if !self.stops && (one_sentence || self.lower) => open.to_owned(),
            _ => cased,
        }
    }

    /// A title in this voice's case.
    pub(super) fn titled(&self, title: &str) -> String {
        if self.lower { small(title) } else { title.to_owned() }
    }

    /// Whether it says something in its short form; the longer it talks otherwise, the less.
    pub(super) fn is_brief(&self, dice: &mut Dice) -> bool {
        dice.random_bool(match self.talk.as_str() {
            "terse" => 0.65,
            "chatty" => 0.1,
            _ => 0.35,
        })
    }
}

fn in_full(text: &str) -> String {
    // `I'd looked` is not `I would looked`; the few other participles do not end in `ed`.
    let past = |word: &str| word.ends_with("ed") || ["been", "gone", "seen", "had", "better"].contains(&word);
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for at in 1..words.len() {
        let next = words[at].trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
        if past(&next) && words[at - 1].ends_with("I'd") {
            words[at - 1] = words[at - 1].replace("I'd", "I had");
        }
    }
    let text = words.join(" ");
    let text = IN_FULL.iter().fold(text.to_owned(), |text, (short, full)| text.replace(short, full));
    let mut pieces = text.split("n't");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        // `Isn't it` asks: taken apart it would say nothing.
        let asks = ["it", "you", "they", "that"].iter().any(|word| piece.trim_start().starts_with(word));
        out.push_str(if asks { "n't" } else { " not" });
        out.push_str(piece);
    }
    out
}

/// The text without capitals, but for acronyms and what is quoted.
fn small(text: &str) -> String {
    let mut quoted = false;
    let words = text.split(' ').map(|word| {
        quoted |= word.starts_with('“');
        let capital = |c: char| c.is_uppercase();
        let acronym = word.chars().filter(|c| capital(*c)).count() > 1 && !word.contains(char::is_lowercase);
        let kept = if quoted || acronym { word.to_owned() } else { word.to_lowercase() };
        quoted &= !word.contains('”');
        kept
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The text as it goes on after a name: without its capital, unless that is a name's or an acronym's.
fn lowered(text: &str) -> String {
    let first = text.split([' ', ',', '’', '\'']).next().unwrap_or_default();
    let keeps = first == "I" || first == "AI" || first.chars().skip(1).any(char::is_uppercase);
    let mut chars = text.chars();
    match chars.next() {
        Some(start) if !keeps && start.is_alphabetic() => start.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn a_voice_belongs_to_its_handle_and_voices_differ() {
        let catalogue = Catalogue::built_in();
        let persona = &catalogue.personas()[0];
        assert_eq!(Voice::of(persona, "ada"), Voice::of(persona, "ada"));
        let voices: Vec<Voice> = (0..200).map(|at| Voice::of(persona, &format!("ada{at}"))).collect();
        let count = |is: &dyn Fn(&Voice) -> bool| voices.iter().filter(|voice| is(voice)).count();
        assert!((20..100).contains(&count(&|voice| voice.lower)));
        assert!((30..120).contains(&count(&|voice| voice.talk == "terse")));
        assert!((10..60).contains(&count(&|voice| voice.formal)));
        assert!(count(&|voice| voice.sign.is_some()) < 60);
        let pets: std::collections::HashSet<&str> = voices.iter().map(|voice| voice.pet.as_str()).collect();
        assert!(pets.len() > 20);
    }

    #[test]
    fn small_letters_spare_acronyms_and_quotations() {
        assert_eq!(small("I'm an AI, and “The Lamp” is Good."), "i'm an AI, and “The Lamp” is good.");
        assert_eq!(
            in_full("I'm sure it's fine, isn't it? Didn't ask."),
            "I am sure it is fine, isn't it? Did not ask."
        );
        assert_eq!(in_full("before I'd looked, I'd look"), "before I had looked, I would look");
    }
}
