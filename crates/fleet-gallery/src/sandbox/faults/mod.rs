//! Scripted trouble: which request goes wrong, how often and how. Acting it out is the `entrance`'s.
//!
//! Faults are taken in the order they were added; the first that matches a request is used up by it.

mod written;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::Method;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The calls of the contract, as faults and the request log name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Route {
    /// Reading the feed.
    Feed,
    /// Reading one post.
    Item,
    /// Publishing.
    Publish,
    /// Toggling a like.
    Like,
    /// Reading comments.
    Comments,
    /// Writing a comment.
    Comment,
    /// Reading an account.
    Profile,
    /// Reading what an account published.
    Showcase,
    /// Who is signed in.
    Me,
    /// A picture's bytes.
    Image,
    /// Running a workflow.
    Execute,
    /// Listing generators.
    Generators,
    /// Listing transforms.
    Transforms,
    /// Making an account.
    Invite,
    /// Removing an account.
    Remove,
    /// Anything else.
    Other,
}

impl Route {
    const ALL: [Self; 16] = [
        Self::Feed,
        Self::Item,
        Self::Publish,
        Self::Like,
        Self::Comments,
        Self::Comment,
        Self::Profile,
        Self::Showcase,
        Self::Me,
        Self::Image,
        Self::Execute,
        Self::Generators,
        Self::Transforms,
        Self::Invite,
        Self::Remove,
        Self::Other,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Item => "item",
            Self::Publish => "publish",
            Self::Like => "like",
            Self::Comments => "comments",
            Self::Comment => "comment",
            Self::Profile => "profile",
            Self::Showcase => "showcase",
            Self::Me => "me",
            Self::Image => "image",
            Self::Execute => "execute",
            Self::Generators => "generators",
            Self::Transforms => "transforms",
            Self::Invite => "invite",
            Self::Remove => "remove",
            Self::Other => "other",
        }
    }

    pub(super) fn of(method: &Method, path: &str) -> Self {
        let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
        match (method.as_str(), segments.as_slice()) {
            ("GET", ["api", "showcase"]) => Self::Feed,
            ("POST", ["api", "showcase"]) => Self::Publish,
            ("GET", ["api", "showcase", _]) => Self::Item,
            ("POST", ["api", "showcase", _, "like"]) => Self::Like,
            ("GET", ["api", "showcase", _, "comments"]) => Self::Comments,
            ("POST", ["api", "showcase", _, "comments"]) => Self::Comment,
            ("GET", ["api", "users", _]) => Self::Profile,
            ("GET", ["api", "users", _, "showcase"]) => Self::Showcase,
            ("GET", ["api", "auth", "me"]) => Self::Me,
            ("GET", ["api", "storage", "images", _, "content"] | ["api", "images", _, "blob"]) => Self::Image,
            ("POST", ["api", "execute", "sync"]) => Self::Execute,
            ("GET", ["api", "nodes", "generators"]) => Self::Generators,
            ("GET", ["api", "nodes", "transforms"]) => Self::Transforms,
            ("POST", ["api", "admin", "users", "invite"]) => Self::Invite,
            ("DELETE", ["api", "admin", "users", _]) => Self::Remove,
            _ => Self::Other,
        }
    }
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Trouble {
    /// Answers with this status and body; nothing is done.
    Status {
        /// The HTTP status.
        status: u16,
        /// The JSON body.
        #[serde(default)]
        body: Value,
        /// Further headers.
        #[serde(default)]
        headers: Vec<(String, String)>,
    },
    /// Waits this long, in real time, and goes on as usual.
    Delay(#[serde(with = "written::seconds")] Duration),
    /// Never answers and does nothing, until the client leaves or the sandbox stops.
    Hang,
    /// Closes the connection without an answer; nothing is done.
    Cut,
    /// Does what was asked and closes the connection without an answer.
    CutAfter,
    /// Does what was asked and answers noise.
    Garbage,
    /// Does what was asked and answers a web page.
    Html,
    /// Does what was asked and answers nothing.
    Empty,
    /// Does what was asked and answers 64 MiB.
    Huge,
    /// Does what was asked and answers JSON of another shape.
    WrongType,
    /// Never answers; does what was asked this much later, in real time, though the client be gone by then.
    LandsLate(#[serde(with = "written::seconds")] Duration),
    /// Publishes, but keeps the post out of the feed and its author's showcase, as moderation does.
    HiddenFromShowcase,
}

impl Trouble {
    /// A status with a plain message.
    pub fn status(status: u16) -> Self {
        let body = json!({ "error": format!("scripted fault {status}") });
        Self::Status { status, body, headers: Vec::new() }
    }

    /// A status with a code, such as 503 `FLEET_PAUSED`.
    pub fn code(status: u16, code: &str) -> Self {
        let body = json!({ "error": format!("scripted fault {code}"), "code": code });
        Self::Status { status, body, headers: Vec::new() }
    }

    /// 429, asking for a pause.
    pub fn rate_limited(seconds: u64) -> Self {
        let body =
            json!({ "error": { "code": "rate_limited", "message": "slow down", "retryAfter": seconds } });
        Self::Status { status: 429, body, headers: vec![("retry-after".into(), seconds.to_string())] }
    }

    /// 429, the calling bot's allowance is used up.
    pub fn bot_limited(reset_at: Timestamp, used: u64, limit: u64) -> Self {
        let code = "AGENT_DAILY_LIMIT_EXCEEDED";
        let body = json!({
            "error": "daily limit reached", "code": code, "resetAt": reset_at,
            "usage": { "used": used, "limit": limit },
        });
        Self::Status { status: 429, body, headers: Vec::new() }
    }

    /// 429, the fleet's budget is used up.
    pub fn fleet_limited(reset_at: Timestamp) -> Self {
        let code = "FLEET_DAILY_BUDGET_EXCEEDED";
        let body = json!({ "error": "daily budget reached", "code": code, "resetAt": reset_at });
        Self::Status { status: 429, body, headers: Vec::new() }
    }

    /// 503, the platform holds the fleet.
    pub fn paused() -> Self {
        Self::code(503, "FLEET_PAUSED")
    }

    /// 500, as the engine reports a workflow that failed.
    pub fn workflow(code: &str, message: &str, retryable: bool) -> Self {
        let body = json!({
            "status": "error", "error": message, "errorCode": code, "errorCategory": "execution",
            "retryable": retryable,
        });
        Self::Status { status: 500, body, headers: Vec::new() }
    }
}

/// A trouble, and the requests it befalls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    route: Option<Route>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agent: Option<String>,
    /// Every request if none; once if left out.
    #[serde(default = "once")]
    times: Option<u32>,
    /// As JSON, or as a command line writes it.
    #[serde(deserialize_with = "written::trouble")]
    trouble: Trouble,
}

#[expect(clippy::unnecessary_wraps, reason = "it is what the field holds")]
fn once() -> Option<u32> {
    Some(1)
}

impl Fault {
    /// Befalls the next request to a route, once.
    pub fn new(route: Route, trouble: Trouble) -> Self {
        Self { route: Some(route), agent: None, times: Some(1), trouble }
    }

    /// Befalls the next request of any kind, once.
    pub fn anywhere(trouble: Trouble) -> Self {
        Self { route: None, agent: None, times: Some(1), trouble }
    }

    /// Only requests in this bot's name.
    #[must_use]
    pub fn for_agent(mut self, username: &str) -> Self {
        self.agent = Some(username.to_owned());
        self
    }

    /// So many requests.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// The fault, if it strikes at all.
    pub(super) fn checked(self) -> Result<Self, String> {
        match self.times {
            Some(0) => Err("`times` must be 1 or more, or null for always".into()),
            _ => Ok(self),
        }
    }

    /// Every request, until the faults are cleared.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }
}

/// The script of a sandbox's faults. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<Vec<Fault>>>);

impl Faults {
    /// Adds a fault to the end of the script.
    pub fn add(&self, fault: Fault) {
        self.lock().push(fault);
    }

    /// Ends all trouble. Requests already hanging stay so.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// The faults that are yet to strike, in their order.
    pub fn all(&self) -> Vec<Fault> {
        self.lock().clone()
    }

    /// How many faults are yet to be used up; one that always strikes counts as one.
    pub fn remaining(&self) -> usize {
        self.lock().iter().map(|fault| fault.times.map_or(1, |times| times as usize)).sum()
    }

    pub(super) fn take(&self, route: Route, agent: Option<&str>) -> Option<Trouble> {
        let mut faults = self.lock();
        let matches = |fault: &Fault| {
            fault.route.is_none_or(|wanted| wanted == route)
                && fault.agent.as_deref().is_none_or(|wanted| Some(wanted) == agent)
        };
        let index = faults.iter().position(matches)?;
        let fault = &mut faults[index];
        let trouble = fault.trouble.clone();
        match fault.times.as_mut() {
            Some(times) if *times <= 1 => _ = faults.remove(index),
            Some(times) => *times -= 1,
            None => {}
        }
        Some(trouble)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_used_up_by_the_requests_it_names_and_by_no_others() {
        let faults = Faults::default();
        faults.add(Fault::new(Route::Like, Trouble::Cut).for_agent("ada").times(2));
        assert_eq!(faults.take(Route::Like, Some("bob")), None);
        assert_eq!(faults.take(Route::Feed, Some("ada")), None);
        assert_eq!(faults.take(Route::Like, Some("ada")), Some(Trouble::Cut));
        assert_eq!(faults.take(Route::Like, Some("ada")), Some(Trouble::Cut));
        assert_eq!(faults.take(Route::Like, Some("ada")), None);
    }

    #[test]
    fn a_lasting_fault_stays_until_it_is_cleared() {
        let faults = Faults::default();
        faults.add(Fault::anywhere(Trouble::Hang).always());
        assert_eq!(faults.take(Route::Other, None), Some(Trouble::Hang));
        assert_eq!(faults.take(Route::Item, None), Some(Trouble::Hang));
        faults.clear();
        assert_eq!(faults.take(Route::Item, None), None);
    }
}
