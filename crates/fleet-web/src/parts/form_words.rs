//! The words beside the fields of a form: what is wrong, what somebody else changed meanwhile, and what would be better. They
//! are told in the words of the form; what the rules are is the context's.

use askama::Template;
use fleet_bots::{Problem, Problems};

use crate::failure::sentence;

/// The fields that have words beside them, by the names in the form, each with what the context calls it or its parts.
const FIELDS: [(&str, &str); 13] = [
    ("persona", "persona"),
    ("name", "name"),
    ("username", "username"),
    ("bio", "bio"),
    ("personality", "personality"),
    ("vibe", "vibe"),
    ("interests", "interests"),
    ("weights", "weights"),
    ("zone", "rhythm.zone"),
    ("busy", "rhythm.busy"),
    ("days", "rhythm.days"),
    ("min", "min_interval_s"),
    ("max", "max_interval_s"),
];

/// What is said beside the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FormWords {
    pub(crate) fields: Vec<FieldWords>,
    /// A username that is free and goes with the name.
    pub(crate) suggestion: Option<String>,
}

/// What is said beside one field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts/field_words.html")]
pub(crate) struct FieldWords {
    /// The name of the field in the form.
    pub(crate) field: &'static str,
    /// What is wrong.
    wrong: Vec<String>,
    /// What somebody else made of it meanwhile.
    pub(crate) theirs: Option<String>,
    /// What would be better, though it may be so.
    advice: Option<&'static str>,
}

impl FormWords {
    pub(crate) fn of(problems: &Problems) -> Self {
        let fields = FIELDS.iter().map(|(field, known_as)| {
            let wrong = problems.0.iter().filter(|problem| {
                problem.field == *known_as || problem.field.split('.').next() == Some(known_as)
            });
            FieldWords { field, wrong: wrong.map(told).collect(), ..FieldWords::default() }
        });
        Self { fields: fields.collect(), suggestion: None }
    }

    pub(crate) fn has_wrong(&self) -> bool {
        self.fields.iter().any(|words| !words.wrong.is_empty())
    }

    /// Says of a field, as the context calls it, what somebody else made of it.
    pub(crate) fn changed_by_others(&mut self, known_as: &str, theirs: String) {
        let field = FIELDS.iter().find(|(_, name)| *name == known_as).map(|(field, _)| *field);
        if let Some(words) = self.fields.iter_mut().find(|words| Some(words.field) == field) {
            words.theirs = Some(theirs);
        }
    }

    pub(crate) fn advise(&mut self, field: &str, advice: &'static str) {
        if let Some(words) = self.fields.iter_mut().find(|words| words.field == field) {
            words.advice = Some(advice);
        }
    }

    pub(crate) fn suggest(&mut self, username: Option<String>) {
        self.suggestion = username;
    }

    pub(crate) fn of_field(&self, field: &'static str) -> FieldWords {
        let words = self.fields.iter().find(|words| words.field == field);
        words.cloned().unwrap_or(FieldWords { field, ..FieldWords::default() })
    }
}

impl FieldWords {
    pub(crate) fn is_wrong(&self) -> bool {
        !self.wrong.is_empty()
    }
}

/// A problem as a sentence, in the words of the form.
fn told(problem: &Problem) -> String {
    let Problem { field, rule, mend } = problem;
    let part = match *field {
        "weights.post" => "“Make and share a picture” ",
        "weights.comment" => "“Say something” ",
        "weights.like" => "“Like a picture” ",
        "weights.browse" => "“Only look” ",
        _ => "",
    };
    let plain = |text: &str| {
        quoted(&text.replace("`min_interval_s`", "the shortest pause").replace("`browse`", "“Only look”"))
    };
    format!("{} {}", sentence(&format!("{part}{}", plain(rule))), sentence(&plain(mend)))
}

/// With quotation marks instead of the signs that mark code in a shell.
fn quoted(text: &str) -> String {
    let mut is_open = false;
    let mut quoted = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '`' => {
                is_open = !is_open;
                quoted.push(if is_open { '“' } else { '”' });
            }
            letter => quoted.push(letter),
        }
    }
    quoted
}
