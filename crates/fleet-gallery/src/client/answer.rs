//! How an answer becomes a value or an [`Error`]: sending, size limits, statuses, and bodies that are not what they
//! should be. It decides what a failure *is*; what to do about it is the error's and the caller's matter.

use std::error::Error as _;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Method, Request, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use super::Gallery;
use super::courtesy::{self, Way};
use crate::error::Error;
use crate::wire::Execution;

/// What strangers wrote is cut to this many characters before it enters an error.
const LONGEST_QUOTE: usize = 200;
const LARGEST_REFUSAL: usize = 64 * 1024;
/// Waited when a 429 does not say how long.
const DEFAULT_PAUSE: Duration = Duration::from_secs(30);
/// A pause beyond this is not believed: after it the gallery is asked again, and may ask for another.
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

impl Gallery {
    /// Sends a request and returns the body of a success. A read that met passing trouble is tried again if there is time
    /// and credit for it.
    pub(super) async fn send(
        &self,
        request: RequestBuilder,
        timeout: Duration,
        largest: usize,
        way: Way,
    ) -> Result<Vec<u8>, Error> {
        let courtesy = &self.inner.courtesy;
        let deadline = Instant::now() + timeout;
        let mut request = request.build().map_err(|error| self.lost(&error, timeout))?;
        let mut leave = courtesy.leave(way, deadline).await?;
        let mut tries = 0;
        loop {
            let is_read = request.method() == Method::GET && way == Way::Call;
            let again = request.try_clone().filter(|_| is_read);
            *request.timeout_mut() = Some(deadline.saturating_duration_since(Instant::now()));
            let sent = self.attempt(request, timeout, largest, way).await;
            courtesy.heard(&leave, &sent);
            drop(leave);
            let error = match sent {
                Err(error) if courtesy::is_transient(&error) => error,
                heard => return heard,
            };
            let (Some(next), Some(moment)) = (again, courtesy.another_try(tries, deadline)) else {
                return Err(error);
            };
            sleep_until(moment).await;
            // What went wrong says more than what keeps it from being tried again.
            leave = courtesy.leave(way, deadline).await.map_err(|_| error)?;
            (request, tries) = (next, tries + 1);
        }
    }

    /// Sends a request once.
    async fn attempt(
        &self,
        request: Request,
        timeout: Duration,
        largest: usize,
        way: Way,
    ) -> Result<Vec<u8>, Error> {
        let lost = |error: reqwest::Error| self.lost(&error, timeout);
        let mut response = self.inner.http.execute(request).await.map_err(lost)?;
        let courtesy = &self.inner.courtesy;
        courtesy.read(response.headers(), wall());
        let status = response.status();
        if status.is_success() {
            return match body(&mut response, largest).await.map_err(lost)? {
                Some(bytes) => Ok(bytes),
                None => Err(unreadable(format!("it is larger than {} MiB", largest / (1024 * 1024)))),
            };
        }
        let headers = response.headers().clone();
        // The status alone says enough if the rest of a refusal is lost.
        let bytes = body(&mut response, LARGEST_REFUSAL).await.ok().flatten().unwrap_or_default();
        let mut error = failure(status.as_u16(), &headers, &bytes, way == Way::Workflow);
        match &mut error {
            // What an engine repeats of a provider's limit concerns nobody else.
            Error::RateLimited { retry_after } if status == 429 => courtesy.asked_to_wait(*retry_after),
            Error::BotLimited { reset_at: Some(moment), .. }
            | Error::FleetLimited { reset_at: Some(moment) } => *moment = courtesy.ours(*moment),
            _ => {}
        }
        Err(self.cleaned(error))
    }

    /// Takes the token out of whatever a stranger said.
    pub(super) fn cleaned(&self, mut error: Error) -> Error {
        let token = self.inner.token.expose();
        match &mut error {
            Error::Unauthorized { message }
            | Error::Forbidden { message }
            | Error::NotFound { message }
            | Error::Invalid { message }
            | Error::Workflow { message, .. }
            | Error::Server { message, .. }
            | Error::Unreadable { what: message }
                if !token.is_empty() && message.contains(token) =>
            {
                *message = message.replace(token, "***");
            }
            _ => {}
        }
        error
    }

    pub(super) fn lost(&self, error: &reqwest::Error, after: Duration) -> Error {
        if error.is_connect() {
            Error::Unreachable { address: self.inner.base.to_string(), cause: cause(error) }
        } else if error.is_timeout() {
            Error::TimedOut { after }
        } else if error.is_builder() {
            Error::Misconfigured { what: cause(error) }
        } else {
            Error::Cut { cause: cause(error) }
        }
    }
}

/// What lies at the bottom of a failure, without the address it was about.
pub(super) fn cause(error: &reqwest::Error) -> String {
    let mut deepest: Option<&dyn std::error::Error> = error.source();
    while let Some(next) = deepest.and_then(std::error::Error::source) {
        deepest = Some(next);
    }
    quoted(&deepest.map_or_else(|| "no cause given".to_owned(), ToString::to_string))
}

/// Reads a body in pieces; `None` if there is more of it than `largest` bytes.
async fn body(response: &mut Response, largest: usize) -> Result<Option<Vec<u8>>, reqwest::Error> {
    let told = response.content_length().unwrap_or(0);
    if told > largest as u64 {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(told).unwrap_or(0));
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > largest {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

/// Reads the body of a success.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|error| match bytes.trim_ascii().first() {
        None => unreadable("it is empty"),
        Some(b'<') => unreadable("it is a web page; FLOIMG_API_URL may point at a site instead of its API"),
        Some(0x1f) if bytes.starts_with(&[0x1f, 0x8b]) => {
            unreadable("it is compressed, which was not asked for")
        }
        Some(_) => match Refusal::read(bytes) {
            said if said.is_error => {
                unreadable(format!("its status is a success, and it reports an error ({})", said.message))
            }
            _ => unreadable(quoted(&error.to_string())),
        },
    })
}

/// Reads what a workflow made. The engine may report a failure with a status of success.
pub(super) fn execution(bytes: &[u8]) -> Result<Execution, Error> {
    let said = Refusal::read(bytes);
    if said.failed {
        let (code, message, retryable) = said.verdict(200);
        return Err(Error::Workflow { code, message, retryable });
    }
    let execution: Execution = read(bytes)?;
    match execution.image_urls.is_empty() {
        true => Err(unreadable(format!("the workflow is `{}` without a picture", quoted(&execution.status)))),
        false => Ok(execution),
    }
}

/// Reads the names out of a list of nodes, bare or wrapped, as strings or as objects. What says of itself that it cannot be
/// used, for want of a key, is not there.
pub(super) fn node_names(bytes: &[u8], kind: &str) -> Result<Vec<String>, Error> {
    let value: Value = read(bytes)?;
    let list =
        value.as_array().or_else(|| value.get(kind)?.as_array()).or_else(|| value.get("nodes")?.as_array());
    let list = list.ok_or_else(|| unreadable(format!("there is no list of {kind} in it")))?;
    let name = |node: &Value| node.as_str().or_else(|| node.get("name")?.as_str()).map(str::to_owned);
    let is_usable =
        |node: &&Value| ["available", "configured", "enabled"].iter().all(|mark| node[*mark] != false);
    Ok(list.iter().filter(is_usable).filter_map(name).collect())
}

/// What a refusal says, whichever of its forms it takes.
#[derive(Debug, Default)]
pub(super) struct Refusal {
    code: Option<String>,
    message: String,
    retry_after: Option<Duration>,
    reset_at: Option<Timestamp>,
    used: Option<u64>,
    limit: Option<u64>,
    retryable: Option<bool>,
    failed: bool,
    is_error: bool,
}

impl Refusal {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let Ok(body @ Value::Object(_)) = serde_json::from_slice::<Value>(bytes) else {
            return Self { message: quoted(&String::from_utf8_lossy(bytes)), ..Self::default() };
        };
        let error = &body["error"];
        let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let code = text(&body["code"]).or_else(|| text(&error["code"])).or_else(|| text(&body["errorCode"]));
        let code = code.map(|code| quoted(&code));
        let message = text(error).or_else(|| text(&error["message"])).or_else(|| text(&body["message"]));
        let message = message.or_else(|| text(&body["detail"]));
        let message = message.or_else(|| body.get("errors").map(Value::to_string)).or_else(|| code.clone());
        let number = |name: &str| body[name].as_f64().or_else(|| error[name].as_f64());
        let moment = |value: &Value| value.as_str()?.parse::<Timestamp>().ok();
        Self {
            code,
            message: quoted(&message.unwrap_or_default()),
            retry_after: number("retryAfter").and_then(pause),
            reset_at: moment(&body["resetAt"]).or_else(|| moment(&error["resetAt"])),
            used: count(&body["usage"]["used"]).or_else(|| count(&error["usage"]["used"])),
            limit: count(&body["usage"]["limit"]).or_else(|| count(&error["usage"]["limit"])),
            retryable: body["retryable"].as_bool().or_else(|| error["retryable"].as_bool()),
            failed: body["status"] == "error",
            is_error: !error.is_null(),
        }
    }

    /// The status that leads an engine's message, as in `429 Rate limit exceeded`.
    fn leading_status(&self) -> Option<u16> {
        let digits = self.message.split_whitespace().next()?;
        digits.parse().ok().filter(|status| digits.len() == 3 && (400..600).contains(status))
    }

    /// Code, message, and whether the same workflow may succeed later: what the engine says of itself counts first,
    /// then the status in its message, then the one around it.
    fn verdict(&self, status: u16) -> (String, String, bool) {
        let retryable = match (self.retryable, &self.code, self.leading_status()) {
            (Some(retryable), _, _) => retryable,
            (None, _, Some(leading)) => leading == 429 || leading == 408 || leading >= 500,
            (None, Some(_), None) => false,
            (None, None, None) => status >= 500 && !self.message.to_lowercase().contains("policy"),
        };
        (self.code.clone().unwrap_or_default(), self.message.clone(), retryable)
    }
}

/// What a status that is no success means, with its headers and body.
pub(super) fn failure(status: u16, headers: &HeaderMap, bytes: &[u8], workflow: bool) -> Error {
    let said = Refusal::read(bytes);
    let failed = if workflow { workflow_failure(status, &said) } else { None };
    failed.unwrap_or_else(|| refusal(status, headers, said))
}

/// A failure that the engine reports of itself, or `None` if the status and code tell the story.
fn workflow_failure(status: u16, said: &Refusal) -> Option<Error> {
    let engine = said.failed || said.retryable.is_some();
    if !engine || matches!(status, 401 | 403 | 429) || said.code.as_deref() == Some("FLEET_PAUSED") {
        return None;
    }
    if said.retryable.is_none() && said.leading_status() == Some(429) {
        return Some(Error::RateLimited { retry_after: said.retry_after.unwrap_or(DEFAULT_PAUSE) });
    }
    let (code, message, retryable) = said.verdict(status);
    Some(Error::Workflow { code, message, retryable })
}

fn refusal(status: u16, headers: &HeaderMap, said: Refusal) -> Error {
    let code = said.code.as_deref().unwrap_or_default();
    let message = if said.message.is_empty() { format!("status {status}") } else { said.message };
    match status {
        400 | 409 | 422 => Error::Invalid { message },
        401 => Error::Unauthorized { message },
        403 => Error::Forbidden { message },
        404 => Error::NotFound { message },
        413 => Error::TooLarge,
        300..400 => {
            let target = headers.get(LOCATION).and_then(|target| target.to_str().ok()).unwrap_or_default();
            let message = format!(
                "it redirects to `{}`; FLOIMG_API_URL must be where it answers itself",
                quoted(target)
            );
            Error::Server { status, message }
        }
        429 if code.starts_with("FLEET_") => Error::FleetLimited { reset_at: said.reset_at },
        429 if code.starts_with("AGENT_") => {
            Error::BotLimited { reset_at: said.reset_at, used: said.used, limit: said.limit }
        }
        429 => {
            let retry_after = retry_after(headers).or(said.retry_after).unwrap_or(DEFAULT_PAUSE);
            Error::RateLimited { retry_after }
        }
        503 if code == "FLEET_PAUSED" => Error::Paused,
        _ => Error::Server { status, message },
    }
}

/// How long an answer's header asks to wait: seconds, or a date by the gallery's own clock.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return pause(seconds);
    }
    let wait = courtesy::moment(text)?.duration_since(courtesy::date(headers).unwrap_or_else(wall));
    pause(wait.as_secs_f64().max(0.0))
}

/// This machine's clock, to compare with the gallery's.
#[expect(
    clippy::disallowed_methods,
    reason = "what a gallery dates is compared with it; nothing else is decided by it"
)]
fn wall() -> Timestamp {
    Timestamp::now()
}

fn pause(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok().map(|pause| pause.min(LONGEST_PAUSE))
}

fn count(value: &Value) -> Option<u64> {
    // Usage may be counted in money; whole units are enough for a message.
    value.as_u64().or_else(|| value.as_f64().map(|number| number.max(0.0) as u64))
}

/// A stranger's words, fit for one line of a log.
fn quoted(text: &str) -> String {
    let mut line: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_QUOTE).collect();
    if text.chars().nth(LONGEST_QUOTE).is_some() {
        line.push('…');
    }
    line
}

fn unreadable(what: impl Into<String>) -> Error {
    Error::Unreadable { what: what.into() }
}
