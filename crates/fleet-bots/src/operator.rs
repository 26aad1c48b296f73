//! Who may give orders, and by which sign-in: what is asked of a new operator's name, and how long a sign-in lasts. Their
//! passwords are never among what is told of them.

use std::time::Duration;

use sea_orm::FromQueryResult;
use serde::Serialize;

use crate::entities::operator::Model;
use crate::id::{OperatorId, SessionId};
use crate::password::Password;
use crate::problem::Problems;
use crate::time::StoreTime;
use crate::token::Token;

/// A sign-in that nobody used for so long is over.
pub(crate) const IDLE: Duration = Duration::from_secs(12 * 3_600);
/// However much it is used, a sign-in is over after this.
pub(crate) const LONGEST: Duration = Duration::from_secs(30 * 86_400);

const LONGEST_NAME: usize = 60;
/// What orders are signed with that come through no sign-in.
const DOORS: [&str; 4] = ["cli", "demo", "panel", "fleet"];

/// One who may give orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Operator {
    /// Its id.
    pub id: OperatorId,
    /// How orders are signed in the log.
    pub name: String,
    /// When it was made known, by the store's clock.
    pub created_at: StoreTime,
}

/// One who is to give orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOperator {
    /// How orders are to be signed.
    pub name: String,
    /// The password to sign in with.
    pub password: Password,
}

/// A sign-in as the store has it. Times are the store's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct Session {
    /// Its id; it opens nothing.
    pub id: SessionId,
    /// Whose it is.
    pub operator_id: OperatorId,
    /// What that one is called.
    pub operator: String,
    /// When it began.
    pub created_at: StoreTime,
    /// When it was last used, to a minute or so.
    pub last_seen_at: StoreTime,
    /// When it is over, unless it is used before.
    pub expires_at: StoreTime,
    /// What the store's clock showed when this was read.
    pub read_at: StoreTime,
}

/// A sign-in that has just begun, with what its browser has to show from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// To be shown with every request; nobody can tell it again.
    pub token: Token,
    /// The sign-in.
    pub session: Session,
}

impl NewOperator {
    /// Checks every rule.
    ///
    /// # Errors
    /// Every broken rule, with the field `name` or `password`.
    pub fn check(&self) -> Result<(), Problems> {
        let mut problems = Problems::default();
        let name = self.name.trim();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-@".contains(c);
        problems.require(
            (2..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(is_plain),
            "name",
            format!("must be 2 to {LONGEST_NAME} characters of a-z, A-Z, 0-9 and . _ - @"),
            "try a first name, or an address such as `ada@example.org`",
        );
        problems.require(
            !DOORS.contains(&name_key(name).as_str()),
            "name",
            format!("must not be `{name}`, which stands in the log for orders without a sign-in"),
            "choose another",
        );
        self.password.check("password", &mut problems);
        if problems.0.is_empty() { Ok(()) } else { Err(problems) }
    }
}

impl Session {
    /// How long it lasts from the moment it was read, unless it is used meanwhile.
    #[must_use]
    pub fn lasts(&self) -> Duration {
        self.expires_at.since(self.read_at)
    }

    /// How long ago it was last used when it was read.
    #[must_use]
    pub fn idle(&self) -> Duration {
        self.read_at.since(self.last_seen_at)
    }
}

impl Operator {
    /// What is told of a row.
    pub(crate) fn of(row: Model) -> Self {
        Self { id: row.id, name: row.name, created_at: row.created_at }
    }
}

/// The form of a name by which it is unique.
pub(crate) fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// When a sign-in that began at `created_at` and was used at `now` is over.
pub(crate) fn expiry(created_at: StoreTime, now: StoreTime) -> StoreTime {
    now.plus(IDLE).min(created_at.plus(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_slides_on_and_has_an_end() {
        let hour = Duration::from_secs(3_600);
        let began = StoreTime(0);
        assert_eq!(expiry(began, began), began.plus(12 * hour));
        assert_eq!(expiry(began, began.plus(100 * hour)), began.plus(112 * hour));
        assert_eq!(expiry(began, began.plus(719 * hour)), began.plus(720 * hour));
    }

    #[test]
    fn a_name_is_plain_and_not_taken_for_a_door() {
        let rules = |name: &str| {
            let new = NewOperator { name: name.into(), password: Password::new("a horse and a staple") };
            new.check().err().map_or(0, |problems| problems.0.len())
        };
        for name in ["ada", "Ada.Lovelace", "ada@example.org", " ada "] {
            assert_eq!(rules(name), 0, "{name}");
        }
        for name in ["", "a", "ada lovelace", "ada\0", "<b>ada</b>", "åsa", &"a".repeat(61), "CLI", "demo"] {
            assert_eq!(rules(name), 1, "{name}");
        }
    }
}
