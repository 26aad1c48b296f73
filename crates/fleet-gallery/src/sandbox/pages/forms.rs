//! What a guest does: joining, leaving, liking, commenting. Each order is a form, and is answered by the way back to
//! its page, or by the form with its text and what is wrong.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;

use super::item::{self, Draft};
use super::{Frame, absent, answer, broken};
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
    let Some(me) = app.guests.of(&headers) else { return to_join(&id) };
    match app.toggle_like(me, &id) {
        Ok(_) => Redirect::to(&here).into_response(),
        Err(_) if app.store.read(|books| books.post(&id, Some(me)).is_none()) => {
            absent(&app, Some(me), "This post is gone", "It was taken down before your like came.")
        }
        Err(_) => broken(&app, me),
    }
}

pub(super) async fn comment(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(Saying { content }): Form<Saying>,
) -> Response {
    let here = format!("/item/{id}");
    let Some(me) = app.guests.of(&headers) else { return to_join(&id) };
    // Forms send line ends as two characters, which would count twice.
    let content = content.replace("\r\n", "\n");
    let said = content.trim();
    let fault = match said.encode_utf16().count() {
        0 => "Write something first.",
        1..=LONGEST_COMMENT => match app.comment(me, &id, said.to_owned()) {
            Ok(comment) => return Redirect::to(&format!("{here}#c-{}", comment.id)).into_response(),
            // Its length is right, so the post is gone, which its page tells, or nothing can be written down.
            Err(_) => {
                "The gallery cannot keep its books just now. Your words are still here; try again later."
            }
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

fn to_join(id: &str) -> Response {
    // The id comes as someone wrote it, and may hold what no header can.
    let id: String = byte_serialize(id.as_bytes()).collect();
    Redirect::to(&format!("/join?to=/item/{id}")).into_response()
}

/// An address of ours, or the gallery: nobody is led elsewhere by a link to our form.
fn way_back(to: &str) -> String {
    let is_plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_ours = to.starts_with('/') && !to.starts_with("//") && is_plain;
    if is_ours { to.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use axum::http::HeaderValue;
    use axum::http::header::COOKIE;

    use super::*;
    use crate::sandbox::acts::Draft as Post;
    use crate::sandbox::draw::Drawn;
    use crate::sandbox::{Sandbox, SandboxConfig};
    use crate::secret::Secret;

    async fn told(answer: Response) -> (StatusCode, String) {
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_guest_is_told_when_nothing_can_be_written_down_and_keeps_their_words() {
        let now = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
        let sandbox = Sandbox::start(SandboxConfig::new(Secret::new("token"), now)).await.unwrap();
        let app = sandbox.app.clone();
        let token = guests::join(&app, "Ada").unwrap();
        let headers = HeaderMap::from_iter([(
            COOKIE,
            HeaderValue::try_from(format!("sandbox_guest={token}")).unwrap(),
        )]);
        let me = app.guests.of(&headers).unwrap();
        let drawn = Drawn { png: bytes::Bytes::new(), sha256: "nothing".into() };
        let image = app.keep(me, &[drawn]).unwrap().remove(0);
        let title = "Moon".to_owned();
        let post =
            Post { image, title, description: None, category: None, workflow_shared: false, held: false };
        let id = app.publish(me, post).unwrap().id;

        app.store.close_the_journal();
        let liked = like(State(app.clone()), headers.clone(), Path(id.clone())).await;
        let (status, html) = told(liked).await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(html.contains("Nothing was changed"), "{html}");
        let content = "well lit".to_owned();
        let said = comment(State(app.clone()), headers, Path(id), Form(Saying { content })).await;
        let (status, html) = told(said).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("try again later") && html.contains("well lit"), "{html}");
        let joining = Joining { name: "Bea".into(), to: "/".into() };
        let (status, html) = told(join(State(app), HeaderMap::new(), Form(joining)).await).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("Your name is fine") && html.contains("value=\"Bea\""), "{html}");
        let post = &sandbox.census().items[0];
        assert!(post.likers.is_empty() && post.comments.is_empty());
    }

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
