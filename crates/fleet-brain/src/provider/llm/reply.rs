//! An answer to a remark. Owns how it is read; refuses to choose the remark.

use super::{Question, Text, lenient};
use crate::character::{ByAuthor, Character, Post, Remark, by_others};
use crate::cut::cut;
use crate::desk::{Ask, Purpose};
use crate::guard::Kind;
use crate::prompt::{self, Prompt};

const WHY: usize = 80;

/// The question.
pub(crate) struct Answer<'a> {
    pub(crate) post: &'a Post,
    pub(crate) thread: &'a [Remark],
    /// The remark to answer, one of the thread.
    pub(crate) to: &'a Remark,
}

/// What is said, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) why: String,
}

impl Question for Answer<'_> {
    type Answer = Said;

    const PURPOSE: Purpose = Purpose::Answer;

    fn prompt(&self, ask: &Ask<'_>, sees: bool) -> Prompt {
        prompt::answer(ask, self.post, self.thread, self.to, sees)
    }

    fn read(&self, text: &str) -> Result<Said, String> {
        let value = lenient::read(text)?.value;
        let said = lenient::text(lenient::field(&value, &["text", "answer", "reply"]));
        let why = lenient::text(lenient::field(&value, &["why", "reason"])).unwrap_or_default();
        Ok(Said { text: said.ok_or("there is no text in it")?, why: cut(&why, WHY) })
    }

    fn texts(&self, answer: &Said) -> Vec<Text> {
        let thread = vec![self.to.text.clone()];
        vec![Text { about: "answer".into(), kind: Kind::Answer, text: answer.text.clone(), thread }]
    }

    fn put(&self, answer: &mut Said, _: &str, text: Option<String>) {
        answer.text = text.unwrap_or_default();
    }

    fn shown(&self, who: &Character) -> ByAuthor {
        let said = self.thread.iter().flat_map(|remark| {
            let texts = [Some(remark.text.as_str()), remark.author.name.as_deref()];
            texts.into_iter().flatten().map(|text| (remark.author.username.as_str(), text))
        });
        by_others(who, self.post.words().chain(said))
    }

    fn stands(&self, answer: &Said) -> bool {
        !answer.text.is_empty()
    }
}
