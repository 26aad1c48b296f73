//! Who may see the panel. Where it needs a sign-in, whoever has none is led to it from every address but a few, and a
//! stream ends soon after its sign-in did. Refuses to know what the pages are about.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use askama::Template;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use fleet_bots::{Session, Token};
use futures::{StreamExt, stream};

use crate::failure::Failure;
use crate::pages::{Back, Visit};
use crate::panel::Panel;
use crate::parts::Frame;
use crate::session::Known;

/// How soon a stream whose sign-in ended notices it.
const WATCHED: Duration = Duration::from_secs(2);

tokio::task_local! {
    static CURRENT: Arc<SignedIn>;
}

/// The operator who sent this request, and what its browser showed for it.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    pub(crate) session: Session,
    pub(crate) token: Token,
}

/// A word for an open page whose sign-in is over, with the way back.
#[derive(Template)]
#[template(path = "parts/signed_out.html")]
struct SignedOut {
    way: String,
}

/// Lets a request pass that may, with the name of its sender.
pub(crate) async fn ask(State(panel): State<Panel>, mut request: Request, next: Next) -> Response {
    if panel.is_open() || is_door(request.uri().path()) {
        return next.run(request).await;
    }
    let (shown, is_stream) = (panel.shown(request.headers()), is_stream(request.headers()));
    let known = match &shown {
        Some(token) => panel.sessions.find(&panel.bots, token, panel.patience().who).await,
        None => Known::Not,
    };
    let (session, token) = match (known, shown) {
        (Known::As(session), Some(token)) => (session, token),
        (Known::Unclear, _) => return unclear().into_response(),
        _ => return refused(&request),
    };
    // A page that lies open listens for ever; that is no use of it.
    if !is_stream {
        panel.sessions.renew(&panel.bots, &token, &session);
    }
    let open_page = open_page(request.headers());
    let signed_in = Arc::new(SignedIn { session, token });
    request.extensions_mut().insert(Arc::clone(&signed_in));
    let mut response = CURRENT.scope(Arc::clone(&signed_in), next.run(request)).await;
    if is_event_stream(response.headers()) {
        return while_signed_in(panel, &signed_in, open_page, response);
    }
    response.extensions_mut().insert(signed_in);
    response
}

/// The operator whose request is being answered, for the frame around its page; none where the panel is open.
pub(crate) fn current() -> Option<Arc<SignedIn>> {
    CURRENT.try_with(Arc::clone).ok()
}

/// Answers something in the name of an operator whose request has been answered otherwise.
pub(crate) fn in_the_name_of<T>(signed_in: Arc<SignedIn>, answer: impl FnOnce() -> T) -> T {
    CURRENT.sync_scope(signed_in, answer)
}

/// What needs no sign-in: the way in, what it looks like, and what watches over the process.
fn is_door(path: &str) -> bool {
    ["/sign-in", "/health", "/health/live", "/favicon.svg"].contains(&path)
        || path.starts_with("/welcome/")
        || path.starts_with("/assets/")
}

/// The way to the sign-in, and back again to where somebody wanted to go.
fn way_in(wanted: &str) -> String {
    match Back::to(wanted).path() {
        "/" => "/sign-in".into(),
        path => {
            let escaped: String = path
                .bytes()
                .map(|byte| match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                        char::from(byte).to_string()
                    }
                    _ => format!("%{byte:02X}"),
                })
                .collect();
            format!("/sign-in?next={escaped}")
        }
    }
}

fn refused(request: &Request) -> Response {
    let headers = request.headers();
    if Visit::of(headers).is_partial || is_stream(headers) {
        (StatusCode::UNAUTHORIZED, Html(signed_out(&open_page(headers)))).into_response()
    } else if request.method() == Method::GET || request.method() == Method::HEAD {
        let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
        Redirect::to(&way_in(wanted)).into_response()
    } else {
        // What was ordered is not done by the way back.
        Redirect::to(&way_in("/")).into_response()
    }
}

/// The page that is open, and not the piece that it asked for.
fn open_page(headers: &HeaderMap) -> String {
    let page = headers.get("hx-current-url").and_then(|url| url.to_str().ok()?.parse::<Uri>().ok());
    page.as_ref().and_then(Uri::path_and_query).map_or_else(|| "/".into(), ToString::to_string)
}

fn unclear() -> Failure {
    Failure {
        advice: "Check that the database runs and can be reached, then try again. Until then “fleet stop-everything” \
                 in a shell stops the fleet.",
        ..Failure::store_is_silent()
    }
}

fn signed_out(page: &str) -> String {
    Frame::default().fill("notice", &SignedOut { way: way_in(page) }).into_text()
}

fn is_stream(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/event-stream"))
}

fn is_event_stream(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    kind.is_some_and(|kind| kind.starts_with(b"text/event-stream"))
}

/// The same stream, until the sign-in is over: then a last event says so.
fn while_signed_in(panel: Panel, signed_in: &SignedIn, open_page: String, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let is_over = Arc::new(AtomicBool::new(false));
    let over = until_signed_out(panel, signed_in.token.clone(), Arc::clone(&is_over));
    // It may also have ended because the server does.
    let farewell = stream::once(async move {
        let told = || signed_out(&open_page).trim_end().replace('\n', "\ndata: ");
        is_over.load(Ordering::Relaxed).then(|| Ok(Bytes::from(format!("data: {}\n\n", told()))))
    });
    let events = body.into_data_stream().take_until(Box::pin(over)).map(Some).chain(farewell);
    let events = events.filter_map(|event| async move { event });
    Response::from_parts(parts, Body::from_stream(events))
}

async fn until_signed_out(panel: Panel, token: Token, is_over: Arc<AtomicBool>) {
    loop {
        tokio::time::sleep(WATCHED).await;
        if matches!(panel.sessions.find(&panel.bots, &token, panel.patience().who).await, Known::Not) {
            is_over.store(true, Ordering::Relaxed);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_in_leads_back_to_a_page_of_ours() {
        assert_eq!(way_in("/"), "/sign-in");
        assert_eq!(way_in("/bots?page=2&q=a"), "/sign-in?next=/bots%3Fpage%3D2%26q%3Da");
        assert_eq!(way_in("//evil.example"), "/sign-in");
        assert_eq!(way_in("https://evil.example/"), "/sign-in");
    }

    #[test]
    fn what_needs_no_sign_in_is_little() {
        for door in ["/sign-in", "/welcome/abc", "/health", "/health/live", "/assets/app.css", "/favicon.svg"]
        {
            assert!(is_door(door), "{door}");
        }
        for page in
            ["/", "/sign-in/", "/sign-in/x", "/welcome", "/assets", "/sign-out", "//health", "/Health"]
        {
            assert!(!is_door(page), "{page}");
        }
    }
}
