//! The signature under an order: who gives it, and when by the fleet's clock. A handler that gives orders asks for it as
//! an argument, so that none goes into the log without a name.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use fleet_bots::Asked;

use crate::panel::Panel;

/// Who gives this order, and when.
#[derive(Clone, Debug)]
pub(crate) struct Signed(pub(crate) Asked);

impl FromRequestParts<Panel> for Signed {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, panel: &Panel) -> Result<Self, Infallible> {
        Ok(Self(panel.asked()))
    }
}
