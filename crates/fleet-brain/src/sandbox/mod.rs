//! A provider of our own, on this machine: for tests, for benchmarks, and for trying things without an account. Owns its
//! addresses and what it remembers of each request; refuses to listen to anybody outside this machine.
//!
//! It speaks as OpenAI does (`/v1/chat/completions`, which most servers copy), as Anthropic does (`/v1/messages`), and as
//! Gemini does (`/v1beta/models/{model}:generateContent`), and misbehaves as it is told.

mod fault;
mod speech;
mod writer;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use url::Url;

pub use fault::Fault;
pub use speech::Language;
pub use writer::Writes;

use crate::desk::Tokens;

/// How a provider behaves.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// What it answers.
    pub writes: Writes,
    /// Which forms it takes.
    pub takes: Takes,
    /// The key it wants to see; none when it asks for none.
    pub key: Option<String>,
    /// What goes wrong with the first requests, one each; after that, nothing does.
    pub faults: Vec<Fault>,
    /// What it says of how long a call was.
    pub counts: Counts,
}

/// What a server says of how long a call was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counts {
    /// What was asked and what was answered.
    #[default]
    Both,
    /// What was asked alone.
    Asked,
    /// Nothing.
    Nothing,
}

/// Which forms of an answer a server takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Takes {
    /// All of them.
    #[default]
    Schema,
    /// `json_object`, and a schema beside it.
    ObjectWithSchema,
    /// `json_object`, and nothing beside it.
    Object,
    /// No form at all.
    Nothing,
}

/// A request that it has seen.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The language it was asked in.
    pub language: Language,
    /// The model that was asked for.
    pub model: String,
    /// The whole body.
    pub body: Value,
    /// What was said to it about itself.
    pub system: String,
    /// What was asked, with what was said after it.
    pub user: String,
    /// How many pictures were shown.
    pub pictures: usize,
    /// What was answered; none when something went wrong.
    pub answer: Option<String>,
    /// How long it was, at four bytes a token.
    pub tokens: Tokens,
}

/// A provider that is listening. It stops when it is dropped.
#[derive(Debug)]
pub struct Provider {
    address: SocketAddr,
    state: Arc<Inner>,
    open: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Debug)]
struct Inner {
    script: Script,
    kept: Mutex<Kept>,
    /// Whether answers go out, or are kept back.
    open: watch::Receiver<bool>,
}

#[derive(Debug)]
struct Kept {
    faults: VecDeque<Fault>,
    said: usize,
    seen: Vec<Seen>,
    /// How many requests are being answered, and the most that were at once.
    under_way: usize,
    most_at_once: usize,
}

impl Inner {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Provider {
    /// Begins to listen on a free port of this machine.
    ///
    /// # Errors
    /// When there is none.
    pub async fn begin(script: Script) -> std::io::Result<Provider> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (open, watched) = watch::channel(true);
        let faults = script.faults.clone().into();
        let kept = Kept { faults, said: 0, seen: vec![], under_way: 0, most_at_once: 0 };
        let state = Arc::new(Inner { script, kept: Mutex::new(kept), open: watched });
        let routes = Router::new()
            .route("/v1/chat/completions", post(as_openai))
            .route("/v1/messages", post(as_anthropic))
            .route("/v1beta/models/{call}", post(as_gemini))
            .with_state(Arc::clone(&state));
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).await {
                tracing::warn!(%error, "the sandbox provider stopped");
            }
        });
        Ok(Provider { address, state, open, task })
    }

    /// Where OpenAI's and Anthropic's languages are spoken: the `base_url` of an endpoint.
    #[must_use]
    pub fn url(&self) -> Url {
        self.at("/v1/")
    }

    /// Where Gemini's language is spoken.
    #[must_use]
    pub fn gemini_url(&self) -> Url {
        self.at("/v1beta/")
    }

    fn at(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).expect("an address and a path are a URL")
    }

    /// What it was asked so far, in order.
    #[must_use]
    pub fn calls(&self) -> Vec<Seen> {
        self.state.kept().seen.clone()
    }

    /// How long all of it was.
    #[must_use]
    pub fn usage(&self) -> Tokens {
        self.state.kept().seen.iter().fold(Tokens::default(), |sum, seen| Tokens {
            input: sum.input.saturating_add(seen.tokens.input),
            output: sum.output.saturating_add(seen.tokens.output),
            pictures: sum.pictures.saturating_add(seen.tokens.pictures),
        })
    }

    /// The most requests that were under way at once.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        self.state.kept().most_at_once
    }

    /// More that is to go wrong, with the next requests.
    pub fn fail(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state.kept().faults.extend(faults);
    }

    /// Keeps every answer back until [`Provider::let_go`].
    pub fn hold(&self) {
        self.open.send_replace(false);
    }

    /// Lets the answers out that are kept back.
    pub fn let_go(&self) {
        self.open.send_replace(true);
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn as_openai(State(state): State<Arc<Inner>>, headers: HeaderMap, body: Bytes) -> Response {
    answered(&state, Language::OpenAi, None, &headers, &body).await
}

async fn as_anthropic(State(state): State<Arc<Inner>>, headers: HeaderMap, body: Bytes) -> Response {
    answered(&state, Language::Anthropic, None, &headers, &body).await
}

async fn as_gemini(
    State(state): State<Arc<Inner>>,
    Path(call): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let model = call.split(':').next().unwrap_or_default().to_owned();
    answered(&state, Language::Gemini, Some(model), &headers, &body).await
}

/// Counts a request while it is under way.
struct UnderWay<'s>(&'s Inner);

impl<'s> UnderWay<'s> {
    fn begin(state: &'s Inner) -> Self {
        let mut kept = state.kept();
        kept.under_way += 1;
        kept.most_at_once = kept.most_at_once.max(kept.under_way);
        Self(state)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.kept().under_way -= 1;
    }
}

async fn answered(
    state: &Inner,
    language: Language,
    model: Option<String>,
    headers: &HeaderMap,
    body: &[u8],
) -> Response {
    let _under_way = UnderWay::begin(state);
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return language.refusal(400, "the body is not JSON");
    };
    let mut seen = language.understood(body);
    seen.model = model.unwrap_or(seen.model);
    // It is remembered before it is answered: who asks what was seen does not wait for the answer.
    let (at, fault) = {
        let mut kept = state.kept();
        kept.seen.push(seen.clone());
        (kept.seen.len() - 1, kept.faults.pop_front())
    };
    let mut open = state.open.clone();
    if open.wait_for(|open| *open).await.is_err() {
        return language.refusal(503, "it is closing");
    }
    if let Some(response) = fault.as_ref().and_then(|fault| fault.instead(language)) {
        return response;
    }
    if matches!(fault, Some(Fault::Silent)) {
        // Whoever gives up waiting ends it.
        std::future::pending::<()>().await;
    }
    if let Some(key) = &state.script.key
        && language.key(headers) != Some(key.as_str())
    {
        return language.refusal(401, "the key is not valid");
    }
    if let Some(response) = state.script.takes.refusal(&seen.body) {
        return response;
    }
    let text = {
        let mut kept = state.kept();
        kept.said += 1;
        state.script.writes.text(&seen, kept.said - 1)
    };
    let text = fault.as_ref().map_or(text.clone(), |fault| fault.spoilt(&text));
    seen.tokens.output = u32::try_from(text.len().div_ceil(4)).unwrap_or(u32::MAX);
    let counts = state.script.counts;
    let response =
        language.answer(&seen.model, &text, (counts, seen.tokens), fault.as_ref().and_then(Fault::reason));
    {
        let mut kept = state.kept();
        kept.seen[at].answer = Some(text);
        kept.seen[at].tokens = seen.tokens;
    }
    response
}

impl Takes {
    /// What a server says to a form that it does not take.
    fn refusal(self, body: &Value) -> Option<Response> {
        let asked = &body["response_format"];
        let kind = asked["type"].as_str();
        let refused = match self {
            Takes::Schema => false,
            Takes::ObjectWithSchema => kind == Some("json_schema"),
            Takes::Object => kind == Some("json_schema") || asked.get("schema").is_some(),
            Takes::Nothing => kind.is_some() || body.get("output_config").is_some(),
        };
        refused.then(|| match self {
            Takes::Object => Language::OpenAi.refusal(500, "Input should be 'text' or 'json_object'"),
            _ => Language::OpenAi.refusal(400, "response_format is not supported here"),
        })
    }
}

#[cfg(test)]
mod tests;
