//! What every request to the contract passes through: the log, scripted faults, the token, size, and headers.
//!
//! A fault strikes before the token is looked at, as a broken proxy would.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Instant;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, AUTHORIZATION, CONTENT_TYPE, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::stream;
use jiff::Timestamp;
use url::{Host, Url};

use super::is_the_token;
use crate::sandbox::App;
use crate::sandbox::connection::Scissors;
use crate::sandbox::faults::{Route, Trouble};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::requests::Ticket;

const LARGEST_BODY: usize = 1024 * 1024;

/// What the entrance found out about a request.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) caller: Caller,
    pub(super) ticket: Ticket,
    /// Whether a post made by it is to be held back.
    pub(super) held: bool,
}

/// In whose name a request comes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Caller {
    /// A browser that is not signed in.
    Nobody,
    /// A browser whose guest has joined in; the account's index.
    Person(usize),
    /// The service token alone.
    Fleet,
    /// The token and a bot's name; the account's index.
    Agent(usize),
}

impl Entry {
    /// The account that reads, if one does.
    pub(super) fn reader(&self) -> Option<usize> {
        match self.caller {
            Caller::Agent(account) | Caller::Person(account) => Some(account),
            Caller::Nobody | Caller::Fleet => None,
        }
    }

    /// The account that acts.
    pub(super) fn actor(&self) -> Result<usize, Refusal> {
        match self.caller {
            Caller::Agent(account) | Caller::Person(account) => Ok(account),
            Caller::Fleet => Err(Refusal::forbidden("X-Agent-Id must name the bot that acts")),
            Caller::Nobody => Err(Refusal::unauthorized()),
        }
    }

    /// Whether the token alone was shown, as provisioning wants it.
    pub(super) fn fleet(&self) -> Result<(), Refusal> {
        match self.caller {
            Caller::Nobody => Err(Refusal::unauthorized()),
            Caller::Person(_) => Err(Refusal::forbidden("only a fleet's owner may do this")),
            Caller::Fleet | Caller::Agent(_) => Ok(()),
        }
    }

    /// The agent that acts, if it is one: what the platform allows is counted for agents alone.
    pub(super) fn is_agent(&self) -> bool {
        matches!(self.caller, Caller::Agent(_))
    }
}

pub(super) async fn pass(
    State(app): State<Arc<App>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
    next: Next,
) -> Response {
    let origin = loopback_origin(request.headers());
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        let path = format!("/api{}", request.uri().path());
        let route = Route::of(request.method(), &path);
        let agent =
            request.headers().get("x-agent-id").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let ticket = app.log.begin(request.method().as_str(), &path, route, agent.clone());
        let trouble = app.faults.take(route, agent.as_deref());
        let visit = Visit { app: app.clone(), route, ticket, request, next };
        let response = visit.with(trouble, &scissors).await;
        if !scissors.are_closed() {
            app.log.answered(ticket, response.status().as_u16());
        }
        response
    };
    decorate(&app, response.headers_mut(), origin);
    response
}

/// A request on its way to its handler.
struct Visit {
    app: Arc<App>,
    route: Route,
    ticket: Ticket,
    request: Request,
    next: Next,
}

impl Visit {
    async fn with(self, trouble: Option<Trouble>, scissors: &Scissors) -> Response {
        let app = self.app.clone();
        match trouble {
            None => self.go(false).await,
            Some(Trouble::HiddenFromShowcase) => self.go(true).await,
            Some(Trouble::Status { status, body, headers }) => scripted(status, &body, headers),
            Some(Trouble::Delay(delay)) => tokio::select! {
                () = tokio::time::sleep(delay) => self.go(false).await,
                () = app.closing.cancelled() => cut(scissors),
            },
            Some(Trouble::Hang) => hang(&app, scissors).await,
            Some(Trouble::Cut) => cut(scissors),
            Some(Trouble::CutAfter) => {
                self.go(false).await;
                cut(scissors)
            }
            Some(Trouble::LandsLate(delay)) => {
                let landing = async move {
                    // Whatever was sent has arrived; only the doing is late.
                    let ready = self.buffered().await;
                    let closing = app.closing.clone();
                    let tasks = app.tasks.clone();
                    tasks.spawn(async move {
                        tokio::select! {
                            () = tokio::time::sleep(delay) => { ready.go(false).await; }
                            () = closing.cancelled() => {}
                        }
                    });
                    app
                };
                let app = landing.await;
                hang(&app, scissors).await
            }
            Some(mangled) => {
                let answer = self.go(false).await;
                if answer.status().is_success() { mangle(&mangled) } else { answer }
            }
        }
    }

    /// Reads the body, so that nothing more is needed from the client.
    async fn buffered(mut self) -> Self {
        let body = std::mem::take(self.request.body_mut());
        // A body that is too large is refused when it is read again.
        let bytes =
            to_bytes(body, LARGEST_BODY + 1).await.unwrap_or_else(|_| vec![b' '; LARGEST_BODY + 1].into());
        *self.request.body_mut() = Body::from(bytes);
        self
    }

    async fn go(mut self, held: bool) -> Response {
        let caller = match caller(&self.app, &self.request, self.route) {
            Ok(caller) => caller,
            Err(refusal) => return refusal.into_response(),
        };
        let body = std::mem::take(self.request.body_mut());
        let Ok(bytes) = to_bytes(body, LARGEST_BODY).await else {
            return Refusal::too_large().into_response();
        };
        *self.request.body_mut() = Body::from(bytes);
        self.request.extensions_mut().insert(Entry { caller, ticket: self.ticket, held });
        self.next.run(self.request).await
    }
}

fn caller(app: &App, request: &Request, route: Route) -> Result<Caller, Refusal> {
    let Some(shown) = request.headers().get(AUTHORIZATION) else {
        return Ok(app.guests.of(request.headers()).map_or(Caller::Nobody, Caller::Person));
    };
    if !is_the_token(app, shown) {
        return Err(Refusal::unauthorized());
    }
    let rate = app.limits.count(Instant::now());
    if rate.exceeded {
        return Err(Refusal::rate_limited(rate.resets_in));
    }
    if app.limits.policy().paused {
        return Err(Refusal::paused());
    }
    let agent = request.headers().get("x-agent-id");
    let (Some(agent), false) = (agent, matches!(route, Route::Invite | Route::Remove)) else {
        return Ok(Caller::Fleet);
    };
    let account = agent.to_str().ok().and_then(|username| {
        app.store
            .read(|state| state.by_username(username).filter(|account| state.accounts[*account].is_agent))
    });
    account.map(Caller::Agent).ok_or_else(|| Refusal::forbidden("X-Agent-Id names no agent of this gallery"))
}

fn cut(scissors: &Scissors) -> Response {
    scissors.cut();
    StatusCode::BAD_GATEWAY.into_response()
}

async fn hang(app: &App, scissors: &Scissors) -> Response {
    app.closing.cancelled().await;
    cut(scissors)
}

fn scripted(status: u16, body: &serde_json::Value, headers: Vec<(String, String)>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, axum::Json(body)).into_response();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn mangle(trouble: &Trouble) -> Response {
    let json = [(CONTENT_TYPE, "application/json")];
    match trouble {
        Trouble::Garbage => (json, Bytes::from_static(b"{\"items\": [\x00\xff\xfe not json")).into_response(),
        Trouble::Html => {
            ([(CONTENT_TYPE, "text/html")], "<!doctype html><title>Please wait</title>").into_response()
        }
        Trouble::Huge => {
            let megabyte = Bytes::from(vec![b' '; 1024 * 1024]);
            let body = stream::iter((0..64).map(move |_| Ok::<_, Infallible>(megabyte.clone())));
            (json, Body::from_stream(body)).into_response()
        }
        Trouble::WrongType => {
            (json, r#"{"items":7,"item":"?","showcaseItem":[],"liked":"maybe","comments":{}}"#)
                .into_response()
        }
        _ => (json, "").into_response(),
    }
}

fn decorate(app: &App, headers: &mut HeaderMap, origin: Option<HeaderValue>) {
    let rate = app.limits.look(Instant::now());
    headers.insert("x-ratelimit-limit", rate.limit.into());
    headers.insert("x-ratelimit-remaining", rate.remaining.into());
    headers.insert("x-ratelimit-reset", (real_second() + rate.resets_in).into());
    if let Some(origin) = origin {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, DELETE"));
        let allowed = HeaderValue::from_static("authorization, content-type, x-agent-id");
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    }
    headers.insert(VARY, HeaderValue::from_static("origin"));
}

/// The rate is counted in real time, and so its header tells real time.
#[expect(clippy::disallowed_methods, reason = "a header for clients; nothing is decided by it")]
fn real_second() -> u64 {
    u64::try_from(Timestamp::now().as_second()).unwrap_or(0)
}

/// The origin of the page that asks, if it was served from this machine.
fn loopback_origin(headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(ORIGIN)?;
    let url = Url::parse(origin.to_str().ok()?).ok()?;
    let local = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    local.then(|| origin.clone())
}
