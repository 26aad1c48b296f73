//! What may be said of what a model wrote. Owns that every text is held against the guard and against what was said before,
//! and that each verdict is recorded.

use super::{Llm, Text};
use crate::desk::Ask;
use crate::guard::{self, Draft, Kind};
use crate::record::{Check, Record};

const SAID_BEFORE: &str = "it was said before in much the same words";

impl Llm {
    /// Those of `texts` that may not be said, and why. None may repeat another of them, or one of `beside`.
    pub(super) async fn check(
        &self,
        ask: &Ask<'_>,
        secret: &str,
        texts: &[Text],
        beside: &[Text],
        record: &mut Record,
    ) -> Vec<(Text, String)> {
        if texts.is_empty() {
            return Vec::new();
        }
        let mut all: Vec<String> = texts.iter().map(|text| text.text.clone()).collect();
        let post = posted(texts, beside);
        all.extend(post.iter().map(|(_, whole)| whole.clone()));
        let before = ask.desk.said_before(&all).await;
        let posted_before = post.map(|(at, _)| at).filter(|_| before.get(texts.len()) == Some(&true));
        let mut refused = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            let thread: Vec<&str> = text.thread.iter().map(String::as_str).collect();
            let draft =
                Draft { kind: text.kind, text: &text.text, thread: &thread, said: &ask.memory.said, secret };
            let twin = all[..at].iter().any(|other| alike(other, &text.text))
                || beside.iter().any(|other| alike(&other.text, &text.text));
            let before = before.get(at) == Some(&true) || posted_before == Some(at);
            let why = match guard::check(&draft) {
                Err(refusal) => Some(refusal.why),
                Ok(()) if twin || before => Some(SAID_BEFORE.to_owned()),
                Ok(()) => None,
            };
            record.checks.push(Check {
                about: text.about.clone(),
                text: text.text.clone(),
                refused: why.clone(),
            });
            refused.extend(why.map(|why| (text.clone(), why)));
        }
        refused
    }
}

/// A picture's title and description as they are posted and remembered: together. With it, the place of the text that is
/// to be written anew when it was posted before: the description, unless only the title is open. None where there is no
/// picture.
fn posted(texts: &[Text], beside: &[Text]) -> Option<(usize, String)> {
    let of = |kind: Kind| texts.iter().chain(beside).find(|text| text.kind == kind);
    let whole = format!("{}\n{}", of(Kind::Title)?.text, of(Kind::Description)?.text);
    let open = |kind: Kind| texts.iter().position(|text| text.kind == kind);
    Some((open(Kind::Description).or_else(|| open(Kind::Title))?, whole))
}

/// Whether two texts are the same but for capitals and spaces.
fn alike(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    plain(one) == plain(other)
}
