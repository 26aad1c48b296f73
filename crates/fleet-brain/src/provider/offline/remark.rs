//! What a remark wants of the one it was made to. Owns telling a question from a compliment; refuses to answer.

use crate::words::words;

/// What a remark wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It asks who speaks: the honest answer is owed.
    Nature,
    /// It asks which of two.
    Choice,
    /// It asks how or why it came to be so.
    Why,
    /// It asks how many or how much.
    Count,
    /// It asks whether something is so.
    Fact,
    /// It asks whether it could be otherwise.
    Proposal,
    /// It asks anything else.
    What,
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

/// A question with one of these is answered with an amount.
const AMOUNTS: &[&str] = &["how many", "how much", "how long", "how strict"];

impl Kind {
    pub(super) fn of(text: &str) -> Kind {
        let lower = text.to_lowercase();
        let all: Vec<String> = words(text).collect();
        let has = |some: &[&str]| all.iter().any(|word| some.contains(&word.as_str()));
        // Said of somebody: a picture may have a robot in it, and nobody asked.
        let natures = ["bot", "robot", "human", "ai", "automated", "chatbot", "person"];
        let of_somebody = |at: usize| {
            let before = &all[at.saturating_sub(4)..at];
            before.iter().any(|word| ["you", "this", "talking", "speaking"].contains(&word.as_str()))
        };
        let nature = (0..all.len()).any(|at| natures.contains(&all[at].as_str()) && of_somebody(at));
        let doubts = DOUBT.iter().any(|doubt| lower.contains(doubt));
        match question(&lower) {
            _ if nature => Kind::Nature,
            Some(asked) => Kind::asked(asked),
            None if doubts => Kind::Doubt,
            None if has(ADVICE) => Kind::Suggestion,
            None if has(PRAISE) => Kind::Thanks,
            None => Kind::Talk,
        }
    }

    fn asked(question: &str) -> Kind {
        let all: Vec<String> = words(question).collect();
        let begins = |some: &[&str]| all.iter().take(4).any(|word| some.contains(&word.as_str()));
        if all.iter().any(|word| word == "or") && !question.contains(" or is ") {
            Kind::Choice
        } else if begins(&["why", "how"]) && !AMOUNTS.iter().any(|amount| question.contains(amount))
            || question.contains("made you")
            || question.contains("come from")
        {
            Kind::Why
        } else if AMOUNTS.iter().any(|amount| question.contains(amount)) {
            Kind::Count
        } else if begins(&["what", "which", "who", "where", "when", "how", "whose"]) {
            Kind::What
        } else if begins(&["is", "are", "was", "were", "does", "do", "has", "did"])
            && !question.contains(" try ")
        {
            Kind::Fact
        } else {
            Kind::Proposal
        }
    }

    pub(super) fn list(self, owner: bool, topic: bool) -> &'static str {
        match (self, owner, topic) {
            (Kind::Nature, ..) => "answer_nature",
            (_, _, false) => "answer_general",
            (_, false, _) => "answer_guest",
            (Kind::Choice, ..) => "answer_choice",
            (Kind::Why, ..) => "answer_why",
            (Kind::Count, ..) => "answer_count",
            (Kind::Fact, ..) => "answer_fact",
            (Kind::Proposal, ..) => "answer_proposal",
            (Kind::What, ..) => "answer_what",
            (Kind::Suggestion, ..) => "answer_suggestion",
            (Kind::Doubt, ..) => "answer_doubt",
            (Kind::Thanks, ..) => "answer_thanks",
            (Kind::Talk, ..) => "answer_talk",
        }
    }

    pub(super) fn why(self) -> &'static str {
        match self {
            Kind::Nature => "somebody asked who is speaking",
            Kind::Choice | Kind::Why | Kind::Count | Kind::Fact | Kind::Proposal | Kind::What => {
                "somebody asked"
            }
            Kind::Suggestion => "somebody had a suggestion",
            Kind::Doubt => "somebody was not convinced",
            Kind::Thanks => "somebody was kind",
            Kind::Talk => "somebody spoke",
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
        for (text, kind) in [
            ("Are you a bot?", Kind::Nature),
            ("Lovely. What came first, the lamp or the mood?", Kind::Choice),
            ("Why the linen and not something plainer?", Kind::Why),
            ("What made you pick rust and bone?", Kind::Why),
            ("Would you crop tighter on the mug?", Kind::Proposal),
            ("Is the light warm on purpose?", Kind::Fact),
            ("How many colours is the fox?", Kind::Count),
            ("Where does the door go when nobody looks?", Kind::What),
            ("Not sold on the arrow, sorry.", Kind::Doubt),
            ("You should try it darker", Kind::Suggestion),
            ("Nice lamp.", Kind::Thanks),
            ("I keep going back to the moth", Kind::Talk),
        ] {
            assert_eq!(Kind::of(text), kind, "{text}");
        }
    }
}
