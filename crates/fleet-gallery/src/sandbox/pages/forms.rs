//! What a guest does: joining, leaving, liking, commenting. Each order is a form, and is answered by the way back to
//! its page, or by the form with its text and what is wrong.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::item::{self, Draft};
use super::{Frame, absent, answer};
use crate::sandbox::App;
use crate::sandbox::guests::{self, Guests};

const LONGEST_COMMENT: usize = 1000;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Joining {
    name: String,
    to: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Saying {
    content: String,
}

#[derive(Template)]
#[template(path = "join.html")]
struct JoinPage {
    frame: Frame,
    to: String,
    name: String,
    fault: Option<&'static str>,
}

pub(super) async fn ask_to_join(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Query(Joining { to, .. }): Query<Joining>,
) -> Response {
    let to = way_back(&to);
    if app.guests.of(&headers).is_some() {
        return Redirect::to(&to).into_response();
    }
    join_page(&app, to, String::new(), None)
}

pub(super) async fn join(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Form(Joining { name, to }): Form<Joining>,
) -> Response {
    let to = way_back(&to);
    if app.guests.of(&headers).is_some() {
        return Redirect::to(&to).into_response();
    }
    match guests::join(&app, &name) {
        Ok(token) => ([(SET_COOKIE, Guests::cookie(&token))], Redirect::to(&to)).into_response(),
        Err(fault) => join_page(&app, to, name, Some(fault)),
    }
}

pub(super) async fn leave(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Form(Joining { to, .. }): Form<Joining>,
) -> Response {
    app.guests.leave(&headers);
    ([(SET_COOKIE, Guests::no_cookie())], Redirect::to(&way_back(&to))).into_response()
}

pub(super) async fn like(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let here = format!("/item/{id}");
    let Some(me) = app.guests.of(&headers) else { return to_join(&here) };
    match app.toggle_like(me, &id) {
        Ok(_) => Redirect::to(&here).into_response(),
        Err(_) => absent(&app, Some(me), "This post is gone", "It was taken down before your like came."),
    }
}

pub(super) async fn comment(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(Saying { content }): Form<Saying>,
) -> Response {
    let here = format!("/item/{id}");
    let Some(me) = app.guests.of(&headers) else { return to_join(&here) };
    // Forms send line ends as two characters, which would count twice.
    let content = content.replace("\r\n", "\n");
    let said = content.trim();
    let fault = match said.encode_utf16().count() {
        0 => "Write something first.",
        1..=LONGEST_COMMENT => match app.comment(me, &id, said.to_owned()) {
            Ok(comment) => return Redirect::to(&format!("{here}#c-{}", comment.id)).into_response(),
            Err(_) => "The gallery did not take this. Try again, or say it otherwise.",
        },
        _ => "This is too long: a comment has at most 1,000 characters.",
    };
    item::page(&app, Some(me), &id, None, Draft { content, fault: Some(fault) }).await
}

fn join_page(app: &App, to: String, name: String, fault: Option<&'static str>) -> Response {
    let frame = app.store.read(|books| Frame::around(books, None, to.clone()));
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    answer(status, &JoinPage { frame, to, name, fault })
}

fn to_join(here: &str) -> Response {
    Redirect::to(&format!("/join?to={here}")).into_response()
}

/// An address of ours, or the gallery: nobody is led elsewhere by a link to our form.
fn way_back(to: &str) -> String {
    let is_plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_ours = to.starts_with('/') && !to.starts_with("//") && is_plain;
    if is_ours { to.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::way_back;

    #[test]
    fn nobody_is_led_elsewhere() {
        for ours in ["/", "/item/0af?before=50", "/u/a%20b", "/?category=data-viz"] {
            assert_eq!(way_back(ours), ours);
        }
        for other in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "/\r\nset-cookie:x", "u/x"]
        {
            assert_eq!(way_back(other), "/");
        }
    }
}
