//! How an endpoint wants to be told the form of an answer. Owns what was learned of it, for as long as the process lives;
//! refuses to ask: it is told how calls went.

use std::sync::{Mutex, PoisonError};

/// A way to ask for an answer in a form, the strictest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// By a schema, as the provider documents it.
    Schema,
    /// As any JSON object, with the schema beside it, as llama.cpp takes it.
    ObjectWithSchema,
    /// As any JSON object.
    Object,
    /// By words alone.
    Words,
}

/// What a thinking model may write before its answer, in tokens.
const ROOM_TO_THINK: u32 = 2_000;

/// What was learned of an endpoint.
#[derive(Debug)]
pub(super) struct Dialect {
    /// Whether it speaks as OpenAI does, which has all four ways.
    as_openai: bool,
    learned: Mutex<Learned>,
}

#[derive(Clone, Copy, Debug)]
struct Learned {
    format: Format,
    thinks: bool,
}

impl Dialect {
    pub(super) fn new(as_openai: bool, thinks: bool) -> Self {
        Self { as_openai, learned: Mutex::new(Learned { format: Format::Schema, thinks }) }
    }

    /// The way to begin with.
    pub(super) fn format(&self) -> Format {
        self.learned().format
    }

    /// Tokens that an answer needs beside its own.
    pub(super) fn room(&self) -> u32 {
        if self.learned().thinks { ROOM_TO_THINK } else { 0 }
    }

    /// An answer came in this way.
    pub(super) fn took(&self, format: Format) {
        self.learned().format = format;
    }

    /// Its answer ended at its limit before it was whole: it thinks, or talks, more than was known.
    pub(super) fn ran_out(&self) {
        self.learned().thinks = true;
    }

    /// The way to try after `format` was refused with this status; none when that was not for its form, which only the
    /// endpoint's own words say: whatever else is wrong would be as wrong in another form, and would be paid for again.
    pub(super) fn below(&self, format: Format, status: u16, names_the_form: bool) -> Option<Format> {
        if !names_the_form || !matches!(status, 400 | 422 | 500..=599) {
            return None;
        }
        match (format, self.as_openai) {
            (Format::Schema, true) => Some(Format::ObjectWithSchema),
            (Format::ObjectWithSchema, _) => Some(Format::Object),
            (Format::Schema, false) | (Format::Object, _) => Some(Format::Words),
            (Format::Words, _) => None,
        }
    }

    fn learned(&self) -> std::sync::MutexGuard<'_, Learned> {
        self.learned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an endpoint's words are about the form of an answer. JSON alone is not: gateways speak of it when what stands
/// behind them fails.
pub(super) fn names_the_form(words: &str) -> bool {
    let words = words.to_lowercase();
    let names = [
        "response_format",
        "response format",
        "responseformat",
        "response_mime_type",
        "responsemimetype",
        "json_object",
        "json mode",
        "json_mode",
        "schema",
        "grammar",
        "guided",
        "output_config",
        "output_format",
        "structured",
    ];
    names.iter().any(|name| words.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_given_up_only_when_it_is_said_to_be_to_blame() {
        let dialect = Dialect::new(true, false);
        for status in [400, 422, 500, 501, 503] {
            assert_eq!(dialect.below(Format::Schema, status, true), Some(Format::ObjectWithSchema));
            assert_eq!(dialect.below(Format::Schema, status, false), None);
        }
        assert_eq!(dialect.below(Format::Object, 422, true), Some(Format::Words));
        assert_eq!(dialect.below(Format::Words, 400, true), None);
        for status in [401, 403, 404, 429] {
            assert_eq!(dialect.below(Format::Schema, status, true), None);
        }
        assert_eq!(Dialect::new(false, false).below(Format::Schema, 400, true), Some(Format::Words));
    }

    #[test]
    fn endpoints_name_the_form_in_their_own_words() {
        for words in [
            "failed to parse grammar",
            "`response_format` is gone",
            "JSON mode is not supported by this model",
            "Unknown name \"responseJsonSchema\"",
            "output_config: Extra inputs are not permitted",
        ] {
            assert!(names_the_form(words), "{words}");
        }
        for words in ["", "out of memory", "upstream answered invalid JSON", "context length exceeded"] {
            assert!(!names_the_form(words), "{words}");
        }
    }

    #[test]
    fn what_was_learned_is_kept() {
        let dialect = Dialect::new(true, false);
        assert_eq!((dialect.format(), dialect.room()), (Format::Schema, 0));
        dialect.took(Format::Object);
        dialect.ran_out();
        assert_eq!((dialect.format(), dialect.room()), (Format::Object, ROOM_TO_THINK));
    }
}
