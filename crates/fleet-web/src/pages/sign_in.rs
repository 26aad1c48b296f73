//! The way in and the way out: a name and a password become a sign-in, and a sign-in ends.

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, FromRequestParts, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use fleet_bots::{ActivityKind, Asked, NewActivity, Password, Session, SignedIn as Begun};
use serde::Deserialize;
use serde_json::json;

use super::{Back, render};
use crate::assets;
use crate::cookie::Cookie;
use crate::failure::Failure;
use crate::guard::SignedIn;
use crate::panel::Panel;
use crate::session::Known;
use crate::signed::Signed;

/// When the store is told again of a sign-out that it did not take down, each after the one before.
const UNTOLD_AGAIN: [Duration; 6] = [
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_secs(120),
    Duration::from_secs(600),
    Duration::from_secs(3_600),
];

/// Where to go once somebody is signed in, and whether somebody has just signed out.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Way {
    next: Option<String>,
    out: Option<String>,
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Credentials {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: Password,
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    style_sheet: Option<String>,
    name: String,
    next: String,
    /// What was wrong with the last try.
    wrong: Option<String>,
    is_out: bool,
    /// The store does not know yet.
    is_untold: bool,
}

/// Where a request comes from, as far as that can be known: behind a proxy on this machine, what that one says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sender(Option<IpAddr>);

pub(crate) async fn new(State(panel): State<Panel>, Query(way): Query<Way>, headers: HeaderMap) -> Response {
    let next = Back::to(way.next.as_deref().unwrap_or("/"));
    let is_known = match panel.shown(&headers) {
        Some(token) => {
            matches!(panel.sessions.find(&panel.bots, &token, panel.patience().who).await, Known::As(_))
        }
        None => false,
    };
    if panel.is_open() || is_known {
        return Redirect::to(next.path()).into_response();
    }
    let is_untold = way.out.as_deref() == Some("untold");
    render(&SignInPage {
        is_out: way.out.is_some(),
        is_untold,
        ..SignInPage::with(next.path(), String::new(), None)
    })
}

pub(crate) async fn create(
    State(panel): State<Panel>,
    sender: Sender,
    cookie: Cookie,
    form: Result<Form<Credentials>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(Credentials { name, password, next }) = form.map_err(|_| unreadable())?;
    let next = Back::to(&next);
    let again = |wrong: &str| SignInPage::with(next.path(), name.clone(), Some(wrong.into()));
    let Ok(_slot) = panel.sign_ins.try_acquire() else {
        let page = render(&again("Many are signing in at this moment. Try again in a few seconds."));
        return Ok(told_to_wait(page, Duration::from_secs(5)));
    };
    if let Err(wait) = panel.attempts.begin(&name, sender.0, Instant::now()) {
        let words = format!("There were too many failed tries. Try again in {}.", in_words(wait));
        return Ok(told_to_wait(render(&again(&words)), wait));
    }
    let begun = panel.write(panel.bots.sign_in(&name, &password, panel.now())).await;
    match begun {
        Ok(Some(begun)) => {
            panel.attempts.forgive(&name, sender.0, Instant::now());
            Ok(signed_in(&cookie, &begun, next.path()))
        }
        Ok(None) => {
            // Not the name: people type their password into the wrong field.
            tracing::warn!(address = ?sender.0, "a sign-in failed");
            if let Some(failures) = panel.attempts.many(&name) {
                tell_of(&panel, &name, failures, sender).await;
            }
            let page = render(&again("The name or the password is wrong."));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(failure) => {
            panel.attempts.take_back(&name, sender.0);
            Err(failure)
        }
    }
}

pub(crate) async fn delete(
    State(panel): State<Panel>,
    SignedIn { session, .. }: SignedIn,
    Signed(asked): Signed,
    cookie: Cookie,
) -> Response {
    // Before the store is asked: whoever goes out is out of here, though it hangs.
    panel.sessions.end(&session);
    let ended = panel.write(panel.bots.sign_out(&session, &asked)).await.map(drop);
    signed_out(&panel, &cookie, session, asked, ended)
}

pub(crate) async fn delete_all(
    State(panel): State<Panel>,
    SignedIn { session, .. }: SignedIn,
    Signed(asked): Signed,
    cookie: Cookie,
) -> Response {
    panel.sessions.end_all(&session, false);
    let ended = panel.write(panel.bots.sign_out_everywhere(&session.operator, &asked)).await.map(drop);
    signed_out(&panel, &cookie, session, asked, ended)
}

/// Tells the other operators that somebody tries to come in by the name of one of them. Any other name is not written
/// down: it may be a password in the wrong field.
async fn tell_of(panel: &Panel, tried: &str, failures: u32, sender: Sender) {
    let operators = panel.read(panel.bots.list_operators()).await.unwrap_or_default();
    let known = operators.into_iter().map(|known| known.operator.name);
    let Some(name) = known.into_iter().find(|name| name.eq_ignore_ascii_case(tried.trim())) else { return };
    let from = sender.0.map_or_else(|| "nobody knows where".into(), |address| address.to_string());
    let message = format!("{failures} tries to sign in as {name} failed, the last from {from}");
    let activity = NewActivity::of_fleet(ActivityKind::SignInRefused, panel.now(), message)
        .with(json!({ "operator": name, "failures": failures, "address": from }));
    if panel.write(panel.bots.record_activity(vec![activity])).await.is_err() {
        tracing::warn!("failed tries to sign in could not be logged");
    }
}

/// Gives the browser what it has to show from now on, and leads it on.
pub(super) fn signed_in(cookie: &Cookie, begun: &Begun, next: &str) -> Response {
    let mut response = Redirect::to(next).into_response();
    response.headers_mut().append(header::SET_COOKIE, cookie.given(&begun.token));
    response
}

/// The answer to a form that is none.
pub(super) fn unreadable() -> Failure {
    Failure {
        status: StatusCode::BAD_REQUEST,
        what: "This form cannot be read.".into(),
        advice: "Go back, fill it in and send it again; nothing was changed.",
    }
}

/// Takes the cookie, and has the store told later what it could not be told now.
fn signed_out(
    panel: &Panel,
    cookie: &Cookie,
    session: Session,
    asked: Asked,
    ended: Result<(), Failure>,
) -> Response {
    let way = match ended {
        Err(failure) if failure.status != StatusCode::NOT_FOUND => {
            tokio::spawn(tell_the_store(panel.clone(), session, asked));
            "/sign-in?out=untold"
        }
        _ => "/sign-in?out",
    };
    let mut response = Redirect::to(way).into_response();
    response.headers_mut().append(header::SET_COOKIE, cookie.taken());
    response
}

/// Ends in the store what is over here. A sign-in that began since goes on.
async fn tell_the_store(panel: Panel, session: Session, asked: Asked) {
    for wait in UNTOLD_AGAIN {
        tokio::time::sleep(wait).await;
        let Ok(theirs) = panel.read(panel.bots.list_sessions(session.operator_id)).await else { continue };
        let mut is_told = true;
        for over in theirs.iter().filter(|own| panel.sessions.is_over(own)) {
            is_told &= panel.write(panel.bots.sign_out(over, &asked)).await.is_ok();
        }
        if is_told {
            return;
        }
    }
    tracing::warn!(operator = session.operator, "the store could not be told of a sign-out");
}

fn told_to_wait(page: Response, wait: Duration) -> Response {
    let mut response = (StatusCode::TOO_MANY_REQUESTS, page).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
    response
}

/// A wait, rounded up.
pub(super) fn in_words(wait: Duration) -> String {
    match wait.as_millis().div_ceil(1_000) {
        1 => "a second".into(),
        seconds @ 0..120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

impl SignInPage {
    fn with(next: &str, name: String, wrong: Option<String>) -> Self {
        Self {
            style_sheet: assets::style_sheet(),
            name,
            next: next.to_owned(),
            wrong,
            is_out: false,
            is_untold: false,
        }
    }
}

impl FromRequestParts<Panel> for Sender {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, panel: &Panel) -> Result<Self, Self::Rejection> {
        let peer = Extension::<ConnectInfo<SocketAddr>>::from_request_parts(parts, panel).await;
        Ok(Self::of(peer.ok().map(|Extension(ConnectInfo(peer))| peer.ip()), &parts.headers))
    }
}

impl Sender {
    fn of(peer: Option<IpAddr>, headers: &HeaderMap) -> Self {
        let is_proxy = peer.is_some_and(|peer| peer.is_loopback());
        // A proxy adds whom it speaks for at the end; what stands before, anybody can have written.
        let told = headers.get_all("x-forwarded-for").iter().next_back().and_then(|told| told.to_str().ok());
        let last = told.and_then(|told| told.rsplit(',').next()?.trim().parse().ok());
        Self(if is_proxy { last.or(peer) } else { peer })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_who_the_proxy_beside_us_says_and_else_who_connects() {
        let told = |peer: &str, lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", HeaderValue::from_str(line).unwrap());
            }
            Sender::of(Some(peer.parse().unwrap()), &headers).0.unwrap().to_string()
        };
        assert_eq!(told("127.0.0.1", &["203.0.113.9, 192.0.2.1"]), "192.0.2.1");
        assert_eq!(told("::1", &["203.0.113.9", "192.0.2.1"]), "192.0.2.1");
        assert_eq!(told("127.0.0.1", &["nonsense"]), "127.0.0.1");
        assert_eq!(told("127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(told("198.51.100.4", &["192.0.2.1"]), "198.51.100.4", "a stranger may say what it likes");
        assert_eq!(Sender::of(None, &HeaderMap::new()).0, None);
    }

    #[test]
    fn a_wait_is_told_in_words() {
        assert_eq!(in_words(Duration::from_millis(4_100)), "5 seconds");
        assert_eq!(in_words(Duration::from_millis(900)), "a second");
        assert_eq!(in_words(Duration::from_secs(601)), "11 minutes");
    }
}
