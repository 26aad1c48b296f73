//! Whether a text of ours may leave. Owns the rules by which one is refused; refuses to mend it.

#![expect(dead_code, reason = "what models write is held against it")]

use super::may_be_said;

/// What a text is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Title,
    Description,
    Prompt,
    Comment,
    Answer,
}

/// A text before it is said.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
    /// What others wrote where it is to stand: it is to be in their language.
    pub(crate) thread: &'a [&'a str],
    /// What the same bot wrote of late.
    pub(crate) said: &'a [String],
    /// What only the model was told; none of it may be repeated.
    pub(crate) secret: &'a str,
}

/// By which rule a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Rule {
    Length,
    Language,
    Link,
    Handle,
    Email,
    Phone,
    Price,
    HumanClaim,
    ProductPraise,
    LeakedPrompt,
    BannedPhrase,
    NearDuplicate,
    Profanity,
    Form,
}

/// Why a text may not be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) rule: Rule,
    /// In words for people and for the model that is to write it again.
    pub(crate) why: String,
}

/// Holds a text against every rule.
pub(crate) fn check(draft: &Draft<'_>) -> Result<(), Refusal> {
    match may_be_said(draft.text) {
        true => Ok(()),
        false => Err(Refusal { rule: Rule::Form, why: "it may not be said".into() }),
    }
}
