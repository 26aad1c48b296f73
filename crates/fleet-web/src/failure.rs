//! What went wrong, told to whoever asked: what it is, and what to do. Causes are logged here, once, and never shown.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use fleet_bots::Error;

use crate::assets;
use crate::guard::{self, SignedIn};
use crate::pages::{Visit, render};
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::notice::Notice;
use crate::parts::shell::Shell;

/// Something that could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) status: StatusCode,
    /// What happened, as a sentence.
    pub(crate) what: String,
    /// What to do about it, as a sentence.
    pub(crate) advice: &'static str,
}

/// The same for somebody who is not signed in, and is shown nothing of the fleet.
#[derive(Template)]
#[template(path = "door_failure.html")]
struct DoorFailurePage<'a> {
    style_sheet: Option<String>,
    failure: &'a Failure,
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'a> {
    shell: Shell<'a>,
    failure: &'a Failure,
}

impl Failure {
    pub(crate) fn not_found(what: String) -> Self {
        Self { status: StatusCode::NOT_FOUND, what, advice: "Go back to the fleet and look what is there." }
    }

    /// The store did not say anything in time.
    pub(crate) fn store_is_silent() -> Self {
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            what: "The store does not answer.".into(),
            advice: "Check that the database runs and can be reached, then try again. \
                     “Stop everything” works without it.",
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(what) => Self::not_found(sentence(&format!("{what} does not exist"))),
            Error::Invalid(_) => Self {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                what: sentence(&error.to_string()),
                advice: "Mend it and send it again; nothing was changed.",
            },
            Error::Conflict(_) | Error::Overtaken(_) | Error::Capped { .. } => Self {
                status: StatusCode::CONFLICT,
                what: sentence(&error.to_string()),
                advice: "Nothing was changed. Look at the fleet as it is now, then choose again.",
            },
            Error::Unavailable(cause) => {
                tracing::warn!(error = %cause, "the store does not answer");
                Self::store_is_silent()
            }
            Error::Silent(_) => Self::store_is_silent(),
            Error::Store(_) | Error::Address(_) => {
                let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
                tracing::error!(%error, cause, "the panel could not be served");
                Self {
                    status: StatusCode::INTERNAL_SERVER_ERROR,
                    what: "The store answered in a way it should not.".into(),
                    advice: "Nothing was changed. “fleet doctor” and the log tell more.",
                }
            }
        }
    }
}

/// Leaves itself to [`tell`], which knows how the browser asked.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Puts failures into words: a notice for a page that is open, a page of its own otherwise.
pub(crate) async fn tell(State(panel): State<Panel>, request: Request, next: Next) -> Response {
    let visit = Visit::of(request.headers());
    let mut response = next.run(request).await;
    let failure = match response.extensions_mut().remove::<Failure>() {
        Some(failure) => failure,
        None if response.status() == StatusCode::FORBIDDEN => Failure {
            status: StatusCode::FORBIDDEN,
            what: "This order came from another site.".into(),
            advice: "Nothing was changed. Give it on the panel itself.",
        },
        None if is_bare_refusal(&response) => Failure {
            status: response.status(),
            what: "This address or form says something that cannot be read.".into(),
            advice: "Nothing was changed. Go back to the page that it came from and try again there.",
        },
        None => return response,
    };
    let signed_in = response.extensions_mut().remove::<Arc<SignedIn>>();
    let page = || render(&FailurePage { shell: Shell::known_here(&panel), failure: &failure });
    let told = match signed_in {
        _ if visit.is_partial => Frame::default().fill("notice", &Notice::failure(&failure)).into_response(),
        Some(signed_in) => guard::in_the_name_of(signed_in, page),
        None if panel.is_open() => page(),
        None => render(&DoorFailurePage { style_sheet: assets::style_sheet(), failure: &failure }),
    };
    (failure.status, told).into_response()
}

/// What could not be made out before any page was asked: it says so in bare words that nobody can go on from.
fn is_bare_refusal(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    response.status().is_client_error() && kind.is_some_and(|kind| kind.starts_with(b"text/plain"))
}

pub(crate) async fn no_such_page() -> Failure {
    Failure::not_found("There is no such page.".into())
}

pub(crate) async fn wrong_method() -> Failure {
    Failure {
        status: StatusCode::METHOD_NOT_ALLOWED,
        what: "This address takes orders; it has no page.".into(),
        advice: "Nothing was changed. Go back to the fleet and use its buttons.",
    }
}

/// `words` with a capital and a full stop.
pub(crate) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let Some(first) = letters.next() else { return String::new() };
    let end = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_failure_says_is_a_sentence() {
        assert_eq!(sentence("bot `ada` does not exist"), "Bot `ada` does not exist.");
        assert_eq!(sentence("done."), "Done.");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn the_status_tells_who_can_mend_it() {
        let status = |error| Failure::from(error).status.as_u16();
        assert_eq!(status(Error::NotFound("bot `ada`".into())), 404);
        assert_eq!(status(Error::Conflict("Ada is stopped; start it first".into())), 409);
        assert_eq!(status(Error::Invalid(fleet_bots::Problems::default())), 422);
    }
}
