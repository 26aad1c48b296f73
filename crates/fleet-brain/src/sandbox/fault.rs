//! What goes wrong between a provider and whoever asks it. Owns each way that was met in the wild.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};

use super::Language;

/// One thing that goes wrong with one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It says nothing at all, until whoever asked gives up.
    Silent,
    /// It answers with this status, and its error where its language has it.
    Status(u16),
    /// It answers with this status, and that it cannot read the grammar it was given.
    Grammar(u16),
    /// It answers with this status, and the error as a `detail`, as some servers do.
    Detail(u16),
    /// It is asked too often, and says for how many seconds to wait.
    TooMany(u64),
    /// It answers with this status and plain text.
    Plain(u16),
    /// It answers with 200, and an error.
    ErrorWith200,
    /// It answers with 200, and no choices.
    NoChoices,
    /// It answers with 200, and a page.
    Page,
    /// It answers with 200 and JSON that ends in the middle.
    BrokenBody,
    /// Its answer ends in the middle, at its limit.
    CutAtLimit,
    /// Its answer ends in the middle, and it does not say why.
    CutWithoutReason,
    /// It takes what it was asked for something that must not be spoken of, and says so as its language does.
    HeldBack,
    /// It spends its limit on thinking, and counts nothing else, where its language has a count of its own for that.
    OnlyThinks,
    /// Its answer is no JSON.
    Chatter,
    /// Its answer stands in a fence, with a sentence before it.
    Fenced,
}

impl Fault {
    /// The answer in place of the one that was meant, if it is not merely spoilt.
    pub(super) fn instead(&self, language: Language) -> Option<Response<Body>> {
        let json = |text: &str| response(200, "application/json", text);
        Some(match self {
            Fault::Status(status) => language.refusal(*status, "it is broken"),
            Fault::Grammar(status) => language.refusal(*status, "failed to parse grammar"),
            Fault::Detail(status) => {
                response(*status, "application/json", r#"{"detail":"Invalid or missing token"}"#)
            }
            Fault::TooMany(seconds) => {
                let mut refusal = language.refusal(429, "slow down");
                refusal.headers_mut().insert(header::RETRY_AFTER, (*seconds).into());
                refusal
            }
            Fault::Plain(status) => response(*status, "text/plain", "Internal Server Error"),
            Fault::ErrorWith200 => json(r#"{"error":{"message":"model is overloaded"}}"#),
            Fault::NoChoices => json(r#"{"id":"x","choices":[],"candidates":[],"content":[]}"#),
            Fault::HeldBack => json(&language.held_back().to_string()),
            Fault::OnlyThinks => json(&language.only_thinks().to_string()),
            Fault::Page => response(200, "text/html", "<html>Sign in</html>"),
            Fault::BrokenBody => json(r#"{"id":"x","choices":[{"message":{"content":"{"#),
            _ => return None,
        })
    }

    /// What is left of an answer.
    pub(super) fn spoilt(&self, text: &str) -> String {
        match self {
            Fault::CutAtLimit | Fault::CutWithoutReason => {
                text[..text.floor_char_boundary(text.len().min(14))].to_owned()
            }
            Fault::Chatter => "I would rather talk about the weather.".to_owned(),
            Fault::Fenced => format!("Here you are:\n```json\n{text}\n```\nEnjoy!"),
            _ => text.to_owned(),
        }
    }

    /// Why the answer ended, where that is not as usual: nothing, or its limit.
    pub(super) fn reason(&self) -> Option<End> {
        match self {
            Fault::CutAtLimit => Some(End::Limit),
            Fault::CutWithoutReason => Some(End::Unsaid),
            _ => None,
        }
    }
}

/// Why an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Limit,
    Unsaid,
}

/// An answer of this kind.
pub(super) fn response(status: u16, kind: &'static str, text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(text.to_owned()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}
