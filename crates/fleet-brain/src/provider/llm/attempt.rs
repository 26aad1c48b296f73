//! A question to one endpoint: asked, read, mended once, checked, and its refused texts written anew once. Owns that what
//! comes out may be said; refuses to ask a second endpoint.

use super::call::Stop;
use super::seat::Seat;
use super::wire::{Asked, Heard};
use super::{Llm, Question, Text, lenient};
use crate::desk::{Ask, Purpose};
use crate::prompt::{self, Prompt};
use crate::record::Record;

/// The most of an answer that is told again when it is asked for once more, in bytes.
const BEFORE: usize = 4_000;

impl Llm {
    pub(super) async fn attempt<Q: Question>(
        &self,
        seat: &Seat,
        ask: &Ask<'_>,
        question: &Q,
        record: &mut Record,
    ) -> Result<Q::Answer, Stop> {
        let told = question.prompt(ask, seat.sees);
        let (mut answer, text) = self.answered(seat, ask, question, &told, record).await?;
        let texts = question.texts(&answer);
        let shown = question.shown(ask.who);
        let refused = self.check(ask, &told.system, &shown, &texts, &[], record).await;
        if refused.is_empty() {
            return Ok(answer);
        }
        let anew = self.anew(seat, ask, &told, &text, &refused, record).await;
        // What stands must not be repeated by what is written anew.
        let is_refused = |about: &str| refused.iter().any(|(text, _)| text.about == about);
        let standing: Vec<Text> = texts.iter().filter(|text| !is_refused(&text.about)).cloned().collect();
        let still = self.check(ask, &told.system, &shown, &anew, &standing, record).await;
        for (text, _) in &refused {
            let fits = |new: &&Text| {
                new.about == text.about && !still.iter().any(|(refused, _)| refused.about == new.about)
            };
            let new = anew.iter().find(fits).map(|new| new.text.clone());
            question.put(&mut answer, &text.about, new);
        }
        if question.stands(&answer) {
            return Ok(answer);
        }
        let why = record.checks.iter().rev().find_map(|check| check.refused.clone()).unwrap_or_default();
        Err(Stop::Failed(format!("what it wrote may not be said: {why}")))
    }

    /// An answer that could be read, at the first or the second try, and its text.
    async fn answered<Q: Question>(
        &self,
        seat: &Seat,
        ask: &Ask<'_>,
        question: &Q,
        told: &Prompt,
        record: &mut Record,
    ) -> Result<(Q::Answer, String), Stop> {
        let asked = Asked { prompt: told, after: None, form: &told.form };
        let heard = self.converse(seat, ask.desk, Q::PURPOSE, &asked, record).await?;
        let problem = match understood(question, &heard) {
            Ok(answer) => return Ok((answer, heard.text)),
            Err(problem) => problem,
        };
        tracing::debug!(model = seat.name(), problem, "asking for a readable answer");
        let mend = prompt::repair(&problem);
        // What was written stands there to be mended; pictures cost as much the second time.
        let unseen = told.without_pictures();
        let prompt = if heard.text.is_empty() { told } else { &unseen };
        let asked = Asked { prompt, after: Some((before(&heard.text), &mend)), ..asked };
        let again = self.converse(seat, ask.desk, Purpose::Repair, &asked, record).await?;
        match understood(question, &again) {
            Ok(answer) => Ok((answer, again.text)),
            Err(problem) => Err(Stop::Failed(format!("its answer could not be read: {problem}"))),
        }
    }

    /// The refused texts of an answer in other words, as far as they came. Whatever keeps them from coming, the rest of the
    /// answer is worth keeping: nothing is an error here.
    async fn anew(
        &self,
        seat: &Seat,
        ask: &Ask<'_>,
        told: &Prompt,
        text: &str,
        refused: &[(Text, String)],
        record: &mut Record,
    ) -> Vec<Text> {
        let (mend, form) =
            prompt::rewrite(refused.iter().map(|(text, why)| (text.text.as_str(), why.as_str())));
        let asked =
            Asked { prompt: &told.without_pictures(), after: Some((before(text), &mend)), form: &form };
        let Ok(heard) = self.converse(seat, ask.desk, Purpose::Rewrite, &asked, record).await else {
            return Vec::new();
        };
        let texts = rewritten(&heard.text).into_iter().zip(refused);
        texts.filter_map(|(new, (text, _))| Some(Text { text: new?, ..text.clone() })).collect()
    }
}

/// As much of an answer as is told again.
fn before(text: &str) -> &str {
    &text[..text.floor_char_boundary(BEFORE)]
}

/// What an answer says, or why it cannot be understood.
fn understood<Q: Question>(question: &Q, heard: &Heard) -> Result<Q::Answer, String> {
    if let Some(silent) = &heard.silent {
        return Err(silent.to_string());
    }
    question.read(&heard.text)
}

/// The texts of an answer to a request to write some anew, in their order.
fn rewritten(text: &str) -> Vec<Option<String>> {
    let Ok(lenient::Found { value, .. }) = lenient::read(text) else { return vec![] };
    let list = lenient::field(&value, &["t", "texts", "text"]).unwrap_or(&value);
    match list {
        serde_json::Value::Array(items) => items.iter().map(|item| lenient::text(Some(item))).collect(),
        one => vec![lenient::text(Some(one))],
    }
}
