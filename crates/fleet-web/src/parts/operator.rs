//! Who is signed in, in the head of every page, with the way out. Where nobody signs in there is nothing.

use askama::Template;

use crate::guard;

/// The operator whose page this is.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/operator.html")]
pub(crate) struct Operator {
    name: Option<String>,
}

impl Operator {
    /// Whoever asked for what is being answered.
    pub(crate) fn here() -> Self {
        Self { name: guard::current().map(|signed_in| signed_in.session.operator.clone()) }
    }
}
