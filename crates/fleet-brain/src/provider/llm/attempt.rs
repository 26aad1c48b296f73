//! A question to one endpoint: asked, read, mended once, checked, and its refused texts written anew once. Owns that what
//! comes out may be said; refuses to ask a second endpoint.

use super::call::Stop;
use super::seat::Seat;
use super::wire::Asked;
use super::{Llm, Question, lenient};
use crate::desk::{Ask, Purpose};
use crate::prompt;
use crate::record::Record;

impl Llm {
    pub(super) async fn attempt<Q: Question>(
        &self,
        seat: &Seat,
        ask: &Ask<'_>,
        question: &Q,
        record: &mut Record,
    ) -> Result<Q::Answer, Stop> {
        let told = question.prompt(ask, seat.sees);
        let asked = Asked { prompt: &told, after: None, form: &told.form };
        let heard = self.converse(seat, ask.desk, Q::PURPOSE, &asked, record).await?;
        let (mut answer, mut text) = match understood(question, &heard) {
            Ok(answer) => (answer, heard.text),
            Err(problem) => {
                tracing::debug!(model = seat.name(), problem, "asking for a readable answer");
                let mend = prompt::repair(&problem);
                let asked = Asked { after: Some((&heard.text, &mend)), ..asked };
                let again = self.converse(seat, ask.desk, Purpose::Repair, &asked, record).await?;
                let answer = understood(question, &again)
                    .map_err(|problem| Stop::Failed(format!("its answer could not be read: {problem}")))?;
                (answer, again.text)
            }
        };
        let texts = question.texts(&answer);
        let refused = self.check(ask, &told.system, &texts, &[], record).await;
        if refused.is_empty() {
            return Ok(answer);
        }
        let (mend, form) =
            prompt::rewrite(refused.iter().map(|(text, why)| (text.text.as_str(), why.as_str())));
        text.truncate(text.floor_char_boundary(4_000));
        let asked = Asked { after: Some((&text, &mend)), form: &form, prompt: &told };
        let again = self.converse(seat, ask.desk, Purpose::Rewrite, &asked, record).await;
        let anew = again.map(|heard| rewritten(&heard.text)).unwrap_or_default();
        // What stands, and must not be repeated by what is written anew.
        let of = |about: &str| refused.iter().any(|(text, _)| text.about == about);
        let kept: Vec<String> =
            texts.iter().filter(|text| !of(&text.about)).map(|text| text.text.clone()).collect();
        let mut second = Vec::new();
        for (at, (text, _)) in refused.into_iter().enumerate() {
            match anew.get(at).cloned().flatten() {
                Some(new) => second.push(super::Text { text: new, ..text }),
                None => question.put(&mut answer, &text.about, None),
            }
        }
        let still = self.check(ask, &told.system, &second, &kept, record).await;
        for text in second {
            let fits = !still.iter().any(|(refused, _)| refused.about == text.about);
            question.put(&mut answer, &text.about, fits.then_some(text.text));
        }
        if question.stands(&answer) {
            return Ok(answer);
        }
        let why = record.checks.iter().rev().find_map(|check| check.refused.clone()).unwrap_or_default();
        Err(Stop::Failed(format!("what it wrote may not be said: {why}")))
    }
}

/// What an answer says, or why it cannot be understood.
fn understood<Q: Question>(question: &Q, heard: &super::wire::Heard) -> Result<Q::Answer, String> {
    if let Some(silent) = &heard.silent {
        return Err(silent.clone());
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
