//! What requests are answered with: one file for each thing that can be looked at or ordered.

pub(crate) mod account;
pub(crate) mod activity;
pub(crate) mod bot;
pub(crate) mod bots;
pub(crate) mod costs;
pub(crate) mod edit;
pub(crate) mod form;
pub(crate) mod health;
pub(crate) mod new;
pub(crate) mod nodes;
pub(crate) mod overview;
pub(crate) mod personas;
pub(crate) mod seed;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod stop;
pub(crate) mod typed;
pub(crate) mod unresolved;
pub(crate) mod welcome;

use std::convert::Infallible;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use fleet_bots::AccountAfter;
use serde::Deserialize;

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

    /// Answers an order: with what it changed, or by leading `back` to a page of the panel.
    pub(crate) fn answer(self, back: &str, frame: Frame) -> Response {
        if self.is_partial { frame.into_response() } else { Redirect::to(back).into_response() }
    }
}

/// The page that an order came from, as its address says.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Back {
    back: Option<String>,
}

impl Back {
    /// The way to `path`, if it is one of ours.
    pub(crate) fn to(path: &str) -> Self {
        Self { back: Some(path.to_owned()) }
    }

    /// A page of this panel, whatever the address says: nobody is led elsewhere from here.
    pub(crate) fn path(&self) -> &str {
        let path = self.back.as_deref().unwrap_or("/");
        let is_ours = path.starts_with('/')
            && !path.starts_with("//")
            && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if is_ours { path } else { "/" }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// What the form of a deletion says of the accounts.
pub(crate) fn account_after(form: &[u8]) -> AccountAfter {
    match url::form_urlencoded::parse(form).any(|(name, _)| name == "keep_account") {
        true => AccountAfter::Kept,
        false => AccountAfter::Removed,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_away_from_the_panel() {
        let led = |back: &str| Back { back: Some(back.to_owned()) }.path().to_owned();
        assert_eq!(led("/bots?page=2&q=a%20b"), "/bots?page=2&q=a%20b");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a\r\nb: c",
            "",
            "bots",
            "/\t/evil",
        ] {
            assert_eq!(led(elsewhere), "/", "{elsewhere:?}");
        }
        assert_eq!(Back::default().path(), "/");
    }
}
