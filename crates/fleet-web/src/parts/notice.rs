//! A short word on what an order did, or why it could not be done; read out, and gone after a while.

use askama::Template;

use crate::failure::Failure;

/// A word to the operator.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/notice.html")]
pub(crate) struct Notice {
    what: String,
    advice: Option<&'static str>,
}

impl Notice {
    pub(crate) fn done(what: impl Into<String>) -> Self {
        Self { what: what.into(), advice: None }
    }

    pub(crate) fn failure(failure: &Failure) -> Self {
        Self { what: failure.what.clone(), advice: Some(failure.advice) }
    }
}
