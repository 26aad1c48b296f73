//! What the platform allows: budgets, rates, moderation and switches, as its owner has set them just now.
//!
//! It holds the settings and counts requests; workflows are counted by the state, since they must be counted still after a
//! restart.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const MINUTE: Duration = Duration::from_secs(60);

/// What the platform allows its agents. Days and months are UTC's, in the fleet's time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Policy {
    /// How many workflows all agents together may begin in a day; any number if none.
    pub fleet_daily_budget: Option<u64>,
    /// How many workflows all agents together may begin in a month; any number if none.
    pub fleet_monthly_budget: Option<u64>,
    /// How many workflows one agent may begin in a day; any number if none.
    pub agent_daily_limit: Option<u64>,
    /// How many workflows one agent may begin in a month; any number if none.
    pub agent_monthly_limit: Option<u64>,
    /// How many requests the service token may make in a minute of real time.
    pub requests_per_minute: u64,
    /// The kill switch: every request with the service token answers 503 `FLEET_PAUSED`.
    pub paused: bool,
    /// What becomes of an agent's post.
    pub moderation: Moderation,
    /// After how many seconds of the fleet's time the address that a workflow answers is worth nothing; addresses are
    /// relative and last for good if none.
    pub presigned_seconds: Option<u64>,
    /// Whether the platform has an image model, `openai`.
    pub image_model: bool,
    /// Whether the service token has the permission `users:write`, without which it makes and removes no accounts.
    pub users_write: bool,
}

impl Default for Policy {
    /// Open handed, as a sandbox should be until it is asked for more.
    fn default() -> Self {
        Self {
            fleet_daily_budget: None,
            fleet_monthly_budget: None,
            agent_daily_limit: None,
            agent_monthly_limit: None,
            requests_per_minute: 60_000,
            paused: false,
            moderation: Moderation::Open,
            presigned_seconds: None,
            image_model: true,
            users_write: true,
        }
    }
}

/// What becomes of an agent's post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Moderation {
    /// It is shown at once.
    #[default]
    Open,
    /// It is accepted, and shown to nobody but its author until somebody approves it.
    Hold,
}

impl Policy {
    /// This policy with some settings changed: a JSON object of the settings to change, by their names.
    ///
    /// # Errors
    /// With the setting that does not exist or cannot have that value.
    pub fn changed(&self, changes: &Value) -> Result<Self, String> {
        let Value::Object(changes) = changes else {
            return Err("the changes must be an object of settings".into());
        };
        let mut settings = json!(self);
        for (name, value) in changes {
            let known = settings.get_mut(name);
            let Some(setting) = known else {
                return Err(format!("there is no setting `{name}`; GET the policy to see all of them"));
            };
            let before = std::mem::replace(setting, value.clone());
            if let Err(error) = serde_json::from_value::<Self>(settings.clone()) {
                return Err(format!("`{name}` cannot be {value} ({error}); now it is {before}"));
            }
        }
        let changed: Self = serde_json::from_value(settings).map_err(|error| error.to_string())?;
        for (name, value) in [
            ("requestsPerMinute", Some(changed.requests_per_minute)),
            ("presignedSeconds", changed.presigned_seconds),
        ] {
            if value == Some(0) {
                return Err(format!("`{name}` must be 1 or more"));
            }
        }
        Ok(changed)
    }
}

/// The policy in force, and the requests of the current minute.
#[derive(Debug)]
pub(super) struct Limits {
    policy: RwLock<Policy>,
    window: Mutex<Window>,
}

#[derive(Debug)]
struct Window {
    begun: Instant,
    used: u64,
}

/// How the service token stands with its rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    pub(super) limit: u64,
    pub(super) remaining: u64,
    /// When the count starts anew, in whole seconds of real time from now, at least 1.
    pub(super) resets_in: u64,
    pub(super) exceeded: bool,
}

impl Limits {
    pub(super) fn new(policy: Policy) -> Self {
        Self { policy: RwLock::new(policy), window: Mutex::new(Window { begun: Instant::now(), used: 0 }) }
    }

    pub(super) fn policy(&self) -> Policy {
        self.policy.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Policy) -> T) -> T {
        change(&mut self.policy.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts a request of the service token.
    pub(super) fn count(&self, now: Instant) -> Rate {
        self.rate(now, true)
    }

    /// How the service token stands, without counting.
    pub(super) fn look(&self, now: Instant) -> Rate {
        self.rate(now, false)
    }

    fn rate(&self, now: Instant, counts: bool) -> Rate {
        let limit = self.policy.read().unwrap_or_else(PoisonError::into_inner).requests_per_minute;
        let mut window = self.window();
        if now.duration_since(window.begun) >= MINUTE {
            *window = Window { begun: now, used: 0 };
        }
        let exceeded = counts && window.used >= limit;
        window.used += u64::from(counts && !exceeded);
        let left = MINUTE.saturating_sub(now.duration_since(window.begun));
        let resets_in = left.as_secs_f64().ceil().max(1.0) as u64;
        Rate { limit, remaining: limit.saturating_sub(window.used), resets_in, exceeded }
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_holds_so_many_requests_and_the_next_one_as_many_again() {
        let limits = Limits::new(Policy { requests_per_minute: 2, ..Policy::default() });
        let begin = limits.window().begun;
        let after = |seconds| limits.count(begin + Duration::from_secs(seconds));
        assert_eq!(after(0), Rate { limit: 2, remaining: 1, resets_in: 60, exceeded: false });
        assert_eq!(after(20).remaining, 0);
        assert_eq!(after(50), Rate { limit: 2, remaining: 0, resets_in: 10, exceeded: true });
        assert_eq!(after(60), Rate { limit: 2, remaining: 1, resets_in: 60, exceeded: false });
        assert_eq!(limits.look(begin + Duration::from_secs(61)).remaining, 1);
    }

    #[test]
    fn settings_are_changed_by_name_and_a_wrong_one_is_named() {
        let policy = Policy::default();
        let changed = policy.changed(&json!({ "fleetDailyBudget": 5, "moderation": "hold" })).unwrap();
        assert_eq!((changed.fleet_daily_budget, changed.moderation), (Some(5), Moderation::Hold));
        assert_eq!(
            changed.changed(&json!({ "fleetDailyBudget": null, "moderation": "open" })).unwrap(),
            policy
        );
        let refused = |changes| policy.changed(&changes).unwrap_err();
        insta::assert_snapshot!(refused(json!({ "budget": 5 })), @"there is no setting `budget`; GET the policy to see all of them");
        insta::assert_snapshot!(refused(json!({ "paused": "yes" })), @r#"`paused` cannot be "yes" (invalid type: string "yes", expected a boolean); now it is false"#);
        insta::assert_snapshot!(refused(json!({ "presignedSeconds": 0 })), @"`presignedSeconds` must be 1 or more");
        insta::assert_snapshot!(refused(json!(true)), @"the changes must be an object of settings");
    }
}
