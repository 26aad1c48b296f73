//! Raw requests, where the client says too little: headers, refusals in their own words, and reading without a bot.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use crate::client::{GalleryConfig, client_builder, is_loopback};
use crate::error::Error;
use crate::secret::Secret;

const LARGEST_ANSWER: usize = 16 * 1024 * 1024;
/// Of what the gallery said, a finding repeats this many characters.
const LONGEST_QUOTE: usize = 200;
/// Waited when a 429 does not say how long.
const DEFAULT_PAUSE: Duration = Duration::from_secs(30);

/// Makes raw requests. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    http: reqwest::Client,
    base: Url,
    token: Secret,
    timeout: Duration,
}

/// In whose name a raw request is made.
#[derive(Clone, Copy, Debug)]
pub(super) enum As<'a> {
    /// Nobody's: without a token.
    Nobody,
    /// With a token that was never issued.
    Stranger,
    /// The fleet's own.
    Fleet,
    /// A bot's.
    Agent(&'a str),
}

/// The answer to a raw request.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Raw {
    pub(super) fn new(config: &GalleryConfig, base: Url) -> Result<Self, Error> {
        let mut builder =
            client_builder().user_agent(&config.user_agent).redirect(reqwest::redirect::Policy::none());
        if is_loopback(&base) {
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(|error| Error::Misconfigured { what: error.to_string() })?;
        Ok(Self { http, base, token: config.token.clone(), timeout: config.timeout })
    }

    /// Makes a raw request, and hands on whatever was answered.
    pub(super) async fn ask(
        &self,
        method: Method,
        path: &str,
        who: As<'_>,
        body: Option<&Value>,
    ) -> Result<Answer, Error> {
        let unreadable =
            |_| Error::Unreadable { what: format!("`{}` is not an address", quoted(path.as_bytes())) };
        let url = self.base.join(path).map_err(unreadable)?;
        let mut request = self.http.request(method, url.clone()).timeout(self.timeout);
        // A picture may lie elsewhere, and the token is nobody's business there.
        if url.origin() == self.base.origin() {
            request = match who {
                As::Nobody => request,
                As::Stranger => request.bearer_auth("fst_contract_was-never-issued"),
                As::Fleet => request.bearer_auth(self.token.expose()),
                As::Agent(agent) => request.bearer_auth(self.token.expose()).header("x-agent-id", agent),
            };
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let lost = |error: reqwest::Error| {
            if error.is_connect() {
                let cause = "no connection".to_owned();
                Error::Unreachable { address: self.base.to_string(), cause }
            } else if error.is_timeout() {
                Error::TimedOut { after: self.timeout }
            } else {
                Error::Cut { cause: error.without_url().to_string() }
            }
        };
        let mut response = request.send().await.map_err(lost)?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(Error::Unreadable { what: format!("it is larger than {LARGEST_ANSWER} bytes") });
            }
            body.extend_from_slice(&chunk);
        }
        let answer = Answer { status, headers, body };
        if status == 429 {
            return Err(Error::RateLimited { retry_after: answer.pause() });
        }
        Ok(answer)
    }
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Errors
    /// With what it is instead.
    pub(super) fn json(&self) -> Result<Value, String> {
        serde_json::from_slice(&self.body)
            .map_err(|_| format!("status {} and no JSON: {}", self.status, quoted(&self.body)))
    }

    /// One field of a success, typed as the fleet reads it.
    ///
    /// # Errors
    /// The error that the fleet's client would make of it.
    pub(super) fn field<T: DeserializeOwned>(&self, name: &str) -> Result<T, Error> {
        if !(200..300).contains(&self.status) {
            return Err(self.refusal());
        }
        let unreadable = |what: String| Error::Unreadable { what };
        let mut body = self.json().map_err(unreadable)?;
        let field = body.get_mut(name).map(Value::take);
        let field = field.ok_or_else(|| unreadable(format!("there is no `{name}` in it")))?;
        serde_json::from_value(field).map_err(|error| unreadable(format!("`{name}`: {error}")))
    }

    /// What a status other than a success means.
    pub(super) fn refusal(&self) -> Error {
        let message = quoted(&self.body);
        let code = self.json().ok().and_then(|body| body.get("code")?.as_str().map(str::to_owned));
        match self.status {
            400 | 409 | 422 => Error::Invalid { message },
            401 => Error::Unauthorized { message },
            403 => Error::Forbidden { message },
            404 => Error::NotFound { message },
            503 if code.as_deref() == Some("FLEET_PAUSED") => Error::Paused,
            status => Error::Server { status, message },
        }
    }

    /// Its content type; empty if it has none.
    pub(super) fn kind(&self) -> &str {
        self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn pause(&self) -> Duration {
        let told = self.headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        told.map_or(DEFAULT_PAUSE, Duration::from_secs)
    }
}

/// A stranger's words, fit for one line.
pub(super) fn quoted(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let line = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    line.take(LONGEST_QUOTE).collect()
}
