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
    /// Whether an answer came in this way.
    sure: bool,
    thinks: bool,
}

impl Dialect {
    pub(super) fn new(as_openai: bool, thinks: bool) -> Self {
        Self { as_openai, learned: Mutex::new(Learned { format: Format::Schema, sure: false, thinks }) }
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
        let mut learned = self.learned();
        (learned.format, learned.sure) = (format, true);
    }

    /// Its answer ended at its limit before it was whole: it thinks, or talks, more than was known.
    pub(super) fn ran_out(&self) {
        self.learned().thinks = true;
    }

    /// The way to try after `format` was refused with `status` and these words; none when that was not for its form.
    pub(super) fn below(&self, format: Format, status: u16, words: &str) -> Option<Format> {
        let words = words.to_lowercase();
        let named = [
            "response_format",
            "json_schema",
            "json_object",
            "schema",
            "grammar",
            "output_config",
            "structured",
        ]
        .iter()
        .any(|name| words.contains(name));
        // A form that was taken before is not what is wrong now, unless the endpoint says so.
        let blamed = match status {
            400 | 422 | 500 | 501 => named || !self.learned().sure,
            _ => false,
        };
        if !blamed {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_given_up_only_when_it_is_to_blame() {
        let dialect = Dialect::new(true, false);
        assert_eq!(dialect.below(Format::Schema, 400, "no"), Some(Format::ObjectWithSchema));
        assert_eq!(
            dialect.below(Format::Schema, 500, "failed to parse grammar"),
            Some(Format::ObjectWithSchema)
        );
        assert_eq!(dialect.below(Format::Object, 422, ""), Some(Format::Words));
        assert_eq!(dialect.below(Format::Words, 400, "response_format"), None);
        for status in [401, 403, 404, 429, 503] {
            assert_eq!(dialect.below(Format::Schema, status, "response_format"), None);
        }
        dialect.took(Format::Schema);
        assert_eq!(dialect.below(Format::Schema, 500, "out of memory"), None);
        assert_eq!(
            dialect.below(Format::Schema, 400, "`response_format` is gone"),
            Some(Format::ObjectWithSchema)
        );
        assert_eq!(Dialect::new(false, false).below(Format::Schema, 400, ""), Some(Format::Words));
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
