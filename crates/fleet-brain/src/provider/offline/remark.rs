//! What a remark wants of the one it was made to. Owns telling a question from a compliment; refuses to answer.

use crate::heard::asks_what_speaks;
use crate::words::words;

/// What a remark wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It asks who speaks: the honest answer is owed.
    Nature,
    /// It asks for a life that an AI does not have: buying, eating, travelling.
    Personal,
    /// It asks for an engine, a font, a demo, a file.
    Tool,
    /// It asks how it was lit.
    Light,
    /// It asks for the colours.
    Colour,
    /// It asks how it was made.
    Making,
    /// It asks which of two things of the post.
    Choice,
    /// It asks why a thing of the post is there.
    Why,
    /// It asks how many or how much.
    Count,
    /// It asks whether something is meant to be so.
    Fact,
    /// It asks whether a thing of the post could be otherwise.
    Proposal,
    /// It asks anything else, and nobody knows the answer.
    Unknown,
    Suggestion,
    Doubt,
    Thanks,
    Talk,
}

const PRAISE: &[&str] = &[
    "love",
    "nice",
    "great",
    "lovely",
    "beautiful",
    "thanks",
    "thank",
    "good",
    "wonderful",
    "well",
    "fan",
    "excellent",
    "neat",
    "yes",
    "perfect",
    "jealous",
    "favourite",
    "wow",
    "best",
];
const ADVICE: &[&str] = &["maybe", "should", "try", "instead", "perhaps", "wish"];
/// As they stand in a remark, in lower case.
const DOUBT: &[&str] = &[
    "not sure",
    "not sold",
    "not convinced",
    "not feeling",
    "unpopular",
    "i'd lose",
    "i'd cut",
    "i'd drop",
    "i'd crop",
    "i would lose",
    "i would cut",
    "i would drop",
    "a touch",
    "too much",
    "too smooth",
    "too pretty",
    "torn",
    "disagree",
    "would crop",
    "would flip",
    "almost works",
    "nearly works",
    "compete",
    "explains too",
    "nerf",
];

/// A question with one of these asks for an amount.
const AMOUNTS: &[&str] = &["how many", "how much", "how long", "how often"];
/// A question with one of these words and a `you` asks for a life.
const LIFE: &[&str] = &[
    "drink",
    "drank",
    "eat",
    "ate",
    "taste",
    "wear",
    "wore",
    "live",
    "sleep",
    "travel",
    "visit",
    "cook",
    "family",
    "wife",
    "husband",
    "mother",
    "father",
    "children",
    "kids",
    "job",
    "boss",
    "home",
    "house",
    "age",
    "born",
    "feel",
    "smell",
    "own",
    "afterwards",
    "hungry",
    "married",
];
/// A question with one of these asks for a life, whoever is meant.
const LIVED: &[&str] = &[
    "buy",
    "bought",
    "purchase",
    "how old are you",
    "have you been",
    "did you go",
    "are you going",
    "your own",
];
/// What a picture could be made with or come with, and ours is not.
const TOOLS: &[&str] = &[
    "engine",
    "software",
    "camera",
    "lens",
    "tool",
    "tools",
    "app",
    "program",
    "font",
    "typeface",
    "demo",
    "download",
    "play",
    "playable",
    "code",
    "repo",
    "file",
    "shop",
    "price",
    "sell",
    "sale",
    "link",
    "brush",
    "brushes",
    "photoshop",
    "blender",
    "unity",
    "godot",
    "tutorial",
    "model",
];
/// Beginnings of a question after how a picture came to be.
const MAKING: &[&str] = &[
    "how did you",
    "how do you",
    "how was",
    "how were",
    "how is this made",
    "how have you",
    "how'd you",
    "what prompt",
    "which prompt",
    "your prompt",
    "the prompt",
];
const MEANT: &[&str] = &["on purpose", "deliberate", "intended", "intentional", "planned", "an accident"];
/// What begins a question after another version.
const OTHERWISE: &[&str] =
    &["would you", "did you try", "have you tried", "did you consider", "what if", "could you"];

impl Kind {
    /// What `text` wants, when it names `named` things of the post that it was said under.
    pub(super) fn of(text: &str, named: usize) -> Kind {
        let lower = text.to_lowercase();
        let all: Vec<String> = words(text).collect();
        let has = |some: &[&str]| all.iter().any(|word| some.contains(&word.as_str()));
        let nature = asks_what_speaks(text);
        let doubts = DOUBT.iter().any(|doubt| lower.contains(doubt));
        match question(&lower) {
            _ if nature => Kind::Nature,
            Some(asked) => Kind::asked(asked, named),
            None if doubts => Kind::Doubt,
            None if has(ADVICE) => Kind::Suggestion,
            None if has(PRAISE) => Kind::Thanks,
            None => Kind::Talk,
        }
    }

    /// What a question wants. Only what it surely wants: a wrong answer is worse than none.
    fn asked(question: &str, named: usize) -> Kind {
        let all: Vec<String> = words(question).collect();
        let has = |some: &[&str]| all.iter().any(|word| some.contains(&word.as_str()));
        let says = |some: &[&str]| some.iter().any(|part| question.contains(part));
        let begins = |some: &[&str]| all.iter().take(3).any(|word| some.contains(&word.as_str()));
        if has(&["you"]) && has(LIFE) || says(LIVED) {
            Kind::Personal
        } else if has(TOOLS) {
            Kind::Tool
        } else if says(AMOUNTS) {
            Kind::Count
        } else if says(MAKING) {
            let lit = has(&["light", "lit", "lighting", "lights", "lamp"]);
            if lit { Kind::Light } else { Kind::Making }
        } else if begins(&["what", "which"]) && has(&["colour", "colours", "color", "colors", "palette"]) {
            Kind::Colour
        } else if has(&["or"]) && named >= 2 {
            Kind::Choice
        } else if named >= 1 && (begins(&["why"]) || question.contains("what made you")) {
            Kind::Why
        } else if says(MEANT) {
            Kind::Fact
        } else if named >= 1 && says(OTHERWISE) {
            Kind::Proposal
        } else {
            Kind::Unknown
        }
    }

    /// Whether it asks something.
    fn asks(self) -> bool {
        !matches!(self, Kind::Nature | Kind::Suggestion | Kind::Doubt | Kind::Thanks | Kind::Talk)
    }

    /// The list that answers it: by the `owner` of the picture or a guest, with a `topic` to speak of or without.
    pub(super) fn list(self, owner: bool, topic: bool) -> &'static str {
        match (self, owner, topic) {
            (Kind::Nature, ..) => "answer_nature",
            (Kind::Personal, ..) => "answer_personal",
            (_, false, _) if self.asks() => "answer_not_mine",
            (Kind::Tool, ..) => "answer_tool",
            (Kind::Light, ..) => "answer_light",
            (Kind::Colour, ..) => "answer_colour",
            (Kind::Making, ..) => "answer_making",
            (Kind::Count, ..) => "answer_count",
            (Kind::Unknown, ..) => "answer_unknown",
            (_, _, false) => "answer_general",
            (_, false, _) => "answer_guest",
            (Kind::Choice, ..) => "answer_choice",
            (Kind::Why, ..) => "answer_why",
            (Kind::Fact, ..) => "answer_fact",
            (Kind::Proposal, ..) => "answer_proposal",
            (Kind::Suggestion, ..) => "answer_suggestion",
            (Kind::Doubt, ..) => "answer_doubt",
            (Kind::Thanks, ..) => "answer_thanks",
            (Kind::Talk, ..) => "answer_talk",
        }
    }

    pub(super) fn why(self) -> &'static str {
        match self {
            Kind::Nature => "somebody asked who is speaking",
            _ if self.asks() => "somebody asked",
            Kind::Suggestion => "somebody had a suggestion",
            Kind::Doubt => "somebody was not convinced",
            Kind::Thanks => "somebody was kind",
            _ => "somebody spoke",
        }
    }
}

/// The last sentence of a text that asks something.
fn question(text: &str) -> Option<&str> {
    let end = text.rfind('?')?;
    let start = text[..end].rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    Some(text[start..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_is_told_by_what_it_wants() {
        for (text, named, kind) in [
            ("Are you a bot?", 0, Kind::Nature),
            ("Lovely. What came first, the lamp or the mood?", 2, Kind::Choice),
            ("Tea or coffee?", 0, Kind::Unknown),
            ("Why the linen and not something plainer?", 1, Kind::Why),
            ("Why?", 0, Kind::Unknown),
            ("What made you pick rust and bone?", 1, Kind::Why),
            ("Would you crop tighter on the mug?", 1, Kind::Proposal),
            ("Is the light warm on purpose?", 1, Kind::Fact),
            ("How many colours is the fox?", 1, Kind::Count),
            ("Where does the door go when nobody looks?", 1, Kind::Unknown),
            ("What engine do you use for this, and is there a demo I can play?", 0, Kind::Tool),
            ("How did you light this pot?", 1, Kind::Light),
            ("How did you make this?", 0, Kind::Making),
            ("Which colours are these?", 1, Kind::Colour),
            ("Hallo! Welche Schrift hast du benutzt?", 0, Kind::Unknown),
            ("Did you drink out of it afterwards?", 0, Kind::Personal),
            ("Which glasses are these, and where did you buy them?", 1, Kind::Personal),
            ("Are those glasses for reading?", 1, Kind::Unknown),
            ("What does it look like in German?", 0, Kind::Unknown),
            ("Not sold on the arrow, sorry.", 1, Kind::Doubt),
            ("You should try it darker", 0, Kind::Suggestion),
            ("Nice lamp.", 1, Kind::Thanks),
            ("I keep going back to the moth", 1, Kind::Talk),
        ] {
            assert_eq!(Kind::of(text, named), kind, "{text}");
        }
    }
}
