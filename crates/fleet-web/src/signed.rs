//! The signature under an order: who gives it, and when by the fleet's clock. A handler that gives orders asks for it as
//! an argument, so that none goes into the log without a name.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use fleet_bots::Asked;

use crate::failure::Failure;
use crate::guard::SignedIn;
use crate::panel::Panel;

/// Who gives this order, and when.
#[derive(Clone, Debug)]
pub(crate) struct Signed(pub(crate) Asked);

impl FromRequestParts<Panel> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, panel: &Panel) -> Result<Self, Failure> {
        let signed_in = parts.extensions.get::<Arc<SignedIn>>();
        let by = signed_in.map(|signed_in| signed_in.session.operator.as_str());
        match by.or(panel.is_open().then_some(panel.by())) {
            Some(by) => Ok(Self(Asked { by: by.to_owned(), at: panel.now() })),
            None => Err(nobody()),
        }
    }
}

/// The operator who asks, where there has to be one.
impl FromRequestParts<Panel> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, panel: &Panel) -> Result<Self, Failure> {
        match parts.extensions.get::<Arc<SignedIn>>() {
            Some(signed_in) => Ok(SignedIn::clone(signed_in)),
            None if panel.is_open() => Err(Failure {
                status: StatusCode::NOT_FOUND,
                what: "This panel has no operators.".into(),
                advice: "It is open to this machine alone, and nobody signs in to it.",
            }),
            None => Err(nobody()),
        }
    }
}

fn nobody() -> Failure {
    Failure {
        status: StatusCode::UNAUTHORIZED,
        what: "Nobody is signed in.".into(),
        advice: "Sign in, then give the order again; nothing was changed.",
    }
}
