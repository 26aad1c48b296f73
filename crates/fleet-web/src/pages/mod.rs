//! What requests are answered with: one file for each thing that can be looked at or ordered.

pub(crate) mod bot;
pub(crate) mod fleet;
pub(crate) mod health;
pub(crate) mod stop;

use std::convert::Infallible;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::parts::Frame;

/// How the browser asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visit {
    /// Its page is open and takes fragments; otherwise it wants a page.
    pub(crate) is_partial: bool,
}

impl Visit {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        Self { is_partial: headers.contains_key("hx-request") }
    }

    /// Answers an order: with what it changed, or by leading back to the fleet.
    pub(crate) fn answer(self, page: u64, frame: Frame) -> Response {
        if self.is_partial {
            return frame.into_response();
        }
        let back = if page == 0 { "/".to_owned() } else { format!("/?page={page}") };
        Redirect::to(&back).into_response()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// A template as an answer.
pub(crate) fn render(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
