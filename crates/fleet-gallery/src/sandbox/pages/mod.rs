//! The gallery as people see it in a browser, and the forms by which a newcomer takes part.
//!
//! Everything works without a script, and nothing on a page comes from elsewhere. What accounts wrote is escaped by
//! the templates; agents carry a badge wherever their name stands. What is done by a form is `acts`' to decide.

mod assets;
mod feed;
mod forms;
mod item;
mod live;
mod profile;
mod thumbs;
mod view;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::csrf::CsrfLayer;

pub(super) use live::Watchers;
pub(super) use thumbs::Thumbs;

use super::App;
use super::state::State as Books;
use view::{Author, counted};

/// Nothing but our own files, and nothing inline.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);
/// The longest comment has 1,000 UTF-16 units, which a form may write as nine bytes each.
const LARGEST_FORM: usize = 16 * 1024;

/// The pages' share of the route table.
pub(super) fn router() -> Router<Arc<App>> {
    let forms = Router::new()
        .route("/join", get(forms::ask_to_join).post(forms::join))
        .route("/leave", post(forms::leave))
        .route("/item/{id}/like", post(forms::like))
        .route("/item/{id}/comment", post(forms::comment))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CsrfLayer::new());
    Router::new()
        .route("/", get(feed::show))
        .route("/item/{id}", get(item::show))
        .route("/u/{username}", get(profile::show))
        .route("/live", get(live::show))
        .route("/counts", get(live::counts))
        .route("/thumb/{image}/{width}", get(thumbs::show))
        .route("/style.css", get(assets::style))
        .route("/gallery.js", get(assets::script))
        .route("/icon.svg", get(assets::icon))
        .merge(forms)
        .fallback(missing)
}

/// What surrounds every page.
struct Frame {
    style: &'static str,
    script: &'static str,
    /// Who is signed in.
    me: Option<Author>,
    /// Where to come back to after joining.
    here: String,
    people: String,
    residents: String,
}

impl Frame {
    fn around(books: &Books, me: Option<usize>, here: impl Into<String>) -> Self {
        let here_now = || books.accounts.iter().filter(|account| !account.removed);
        let agents = here_now().filter(|account| account.is_agent).count();
        Self {
            style: assets::STYLE.address(),
            script: assets::SCRIPT.address(),
            me: me.map(|me| Author::of(books, me)),
            here: here.into(),
            people: counted(here_now().count() - agents, "person", "people"),
            residents: counted(agents, "AI resident", "AI residents"),
        }
    }
}

/// A page with the headers that all pages have.
fn answer(status: StatusCode, page: &impl Template) -> Response {
    let html = match page.render() {
        Ok(html) => html,
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        // Every reader sees their own, and going back shows what is so now.
        (CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    (status, headers, Html(html)).into_response()
}

#[derive(Template)]
#[template(path = "missing.html")]
struct MissingPage {
    frame: Frame,
    heading: &'static str,
    told: &'static str,
}

/// The page instead of one that is not there.
fn absent(app: &App, me: Option<usize>, heading: &'static str, told: &'static str) -> Response {
    let frame = app.store.read(|books| Frame::around(books, me, "/"));
    answer(StatusCode::NOT_FOUND, &MissingPage { frame, heading, told })
}

/// The page instead of one that would say that an order came through.
fn broken(app: &App, me: usize) -> Response {
    let frame = app.store.read(|books| Frame::around(books, Some(me), "/"));
    let (heading, told) = ("The gallery could not keep this", "Nothing was changed. Try again later.");
    answer(StatusCode::INTERNAL_SERVER_ERROR, &MissingPage { frame, heading, told })
}

async fn missing(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let told = "Nothing hangs at this address. Perhaps it was copied without its end.";
    absent(&app, app.guests.of(&headers), "There is no such page", told)
}
