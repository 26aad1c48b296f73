//! Whether a text that a model wrote may leave. Owns the order of the rules by which one is refused; refuses to mend it.

use super::reading::Reading;
use super::{claims, form, language, leak, likeness, links, numbers, obedience, phrases, praise};

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
    /// All that others wrote and the model was shown, by author: what is said may be said to somebody else than whoever
    /// dictated it.
    pub(crate) shown: &'a [Vec<String>],
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
    /// A price, an offer, or a wallet to pay into.
    Price,
    HumanClaim,
    ProductPraise,
    LeakedPrompt,
    /// A phrase that nobody says here, or one that an instruction dictated.
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

/// Holds a text against every rule; the first that it breaks refuses it.
///
/// What a text says comes before how it is written: a hidden link is told of as a link. What is looked for in other texts
/// comes last, since it costs most.
pub(crate) fn check(draft: &Draft<'_>) -> Result<(), Refusal> {
    let Draft { kind, text, thread, shown, said, secret } = *draft;
    if let Some(refusal) = form::length(kind, text) {
        return Err(refusal);
    }
    let reading = Reading::of(text);
    let refusal = links::fault(&reading)
        .or_else(|| leak::fault(&reading, secret))
        .or_else(|| claims::fault(&reading))
        .or_else(|| praise::fault(&reading))
        .or_else(|| phrases::fault(&reading))
        .or_else(|| numbers::fault(&reading))
        .or_else(|| form::fault(kind, text, &reading))
        .or_else(|| obedience::fault(&reading, thread, shown))
        .or_else(|| language::fault(&reading, thread))
        .or_else(|| likeness::fault(text, said));
    refusal.map_or(Ok(()), Err)
}
