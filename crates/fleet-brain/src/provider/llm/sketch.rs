//! A picture and the words to post it with, for a workflow that is chosen. Owns how they are read from an answer; refuses
//! to choose the workflow.

use super::{Question, Text, lenient};
use crate::character::{ByAuthor, Character, Composition};
use crate::cut::cut;
use crate::desk::{Ask, Purpose};
use crate::guard::Kind;
use crate::persona::Shows;
use crate::prompt::{self, Prompt};
use crate::provider::offline::Sketch;

/// The longest that the gallery and its generators take, in characters.
const TITLE: usize = 200;
const PROMPT: usize = 1_000;
const DESCRIPTION: usize = 1_000;

/// The question: what to make by the sketch's recipe.
pub(crate) struct Picturing<'a> {
    pub(crate) sketch: &'a Sketch<'a>,
}

/// The words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) prompt: String,
    pub(crate) title: String,
    pub(crate) description: String,
}

impl Words {
    /// The picture that they make by `sketch`'s recipe.
    pub(crate) fn composed(self, sketch: &Sketch<'_>) -> Composition {
        let Words { prompt, title, description } = self;
        // What is drawn without a model is there already, whatever was said of it.
        let prompt = if sketch.recipe.shows == Shows::Scene { prompt } else { sketch.prompt.clone() };
        sketch.worded(prompt, title, description)
    }

    fn of(&mut self, about: &str) -> Option<&mut String> {
        match about {
            "prompt" => Some(&mut self.prompt),
            "title" => Some(&mut self.title),
            "description" => Some(&mut self.description),
            _ => None,
        }
    }
}

impl Question for Picturing<'_> {
    type Answer = Words;

    const PURPOSE: Purpose = Purpose::Compose;

    fn prompt(&self, ask: &Ask<'_>, _: bool) -> Prompt {
        prompt::compose(ask, self.sketch)
    }

    fn read(&self, text: &str) -> Result<Words, String> {
        let value = lenient::read(text)?.value;
        let value = lenient::field(&value, &["picture", "post", "answer"])
            .filter(|inner| inner.is_object())
            .unwrap_or(&value);
        let field = |names: &[&str], most: usize| {
            let text = lenient::text(lenient::field(value, names));
            text.map(|text| cut(&text, most)).ok_or_else(|| format!("there is no {} in it", names[0]))
        };
        Ok(Words {
            prompt: field(&["prompt"], PROMPT)?,
            title: field(&["title"], TITLE)?,
            description: field(&["description", "caption"], DESCRIPTION)?,
        })
    }

    fn texts(&self, answer: &Words) -> Vec<Text> {
        let parts = [
            ("prompt", Kind::Prompt, &answer.prompt),
            ("title", Kind::Title, &answer.title),
            ("description", Kind::Description, &answer.description),
        ];
        parts
            .map(|(about, kind, text)| Text { about: about.into(), kind, text: text.clone(), thread: vec![] })
            .into()
    }

    fn put(&self, answer: &mut Words, about: &str, text: Option<String>) {
        if let Some(part) = answer.of(about) {
            *part = text.unwrap_or_default();
        }
    }

    /// Nobody else has a word in it.
    fn shown(&self, _: &Character) -> ByAuthor {
        ByAuthor::new()
    }

    fn stands(&self, answer: &Words) -> bool {
        !answer.prompt.is_empty() && !answer.title.is_empty() && !answer.description.is_empty()
    }
}
