//! What may be said of what a model wrote. Owns that every text is held against the guard and against what was said before,
//! and that each verdict is recorded.

use super::{Llm, Text};
use crate::character::ByAuthor;
use crate::desk::Ask;
use crate::guard::{self, Draft, Kind};
use crate::record::{Check, Record};

const SAID_BEFORE: &str = "it was said before in much the same words";
const MAY_BE_SAID: &str = "whether it was said before could not be found out";

impl Llm {
    /// Those of `texts` that may not be said, and why. None may repeat another of them, or one of `beside`.
    pub(super) async fn check(
        &self,
        ask: &Ask<'_>,
        secret: &str,
        shown: &ByAuthor,
        texts: &[Text],
        beside: &[Text],
        record: &mut Record,
    ) -> Vec<(Text, String)> {
        if texts.is_empty() {
            return Vec::new();
        }
        // Names and titles of others stand in what it remembers as well.
        let mut shown = shown.clone();
        for (author, texts) in &ask.memory.named {
            shown.entry(author.clone()).or_default().extend(texts.iter().cloned());
        }
        let shown: Vec<Vec<String>> = shown.into_values().collect();
        let all: Vec<String> = texts.iter().map(|text| text.text.clone()).collect();
        let before = ask.desk.said_before(&all).await;
        let mut refused = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            let thread: Vec<&str> = text.thread.iter().map(String::as_str).collect();
            let said = match text.kind {
                Kind::Description => &ask.memory.described,
                Kind::Title | Kind::Prompt | Kind::Comment | Kind::Answer => &ask.memory.said,
            };
            let draft =
                Draft { kind: text.kind, text: &text.text, thread: &thread, shown: &shown, said, secret };
            let twin = all[..at].iter().any(|other| alike(other, &text.text))
                || beside.iter().any(|other| alike(&other.text, &text.text));
            // A comment, and an answer under the same post, is looked for once more when it is planned.
            let is_asked_again = matches!(text.kind, Kind::Comment | Kind::Answer);
            let why = match (guard::check(&draft), &before) {
                (Err(refusal), _) => Some(refusal.why),
                (Ok(()), _) if twin => Some(SAID_BEFORE.to_owned()),
                (Ok(()), Some(before)) => {
                    before.get(at).is_some_and(|said| *said).then(|| SAID_BEFORE.to_owned())
                }
                (Ok(()), None) => (!is_asked_again).then(|| MAY_BE_SAID.to_owned()),
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

/// Whether two texts are the same but for capitals and spaces.
fn alike(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    plain(one) == plain(other)
}
