//! What can go wrong behind the gateway. A variant says what its caller does next.
//!
//! `Invalid` is shown beside the field. `NotFound` and `Conflict` are told to whoever asked. `Overtaken` makes an agent
//! drop what it was about to do, and `Capped` until a new day or month. `Unavailable` is tried again; `Store` is a defect, logged at the edge.

use std::fmt;

use sea_orm::{DbErr, RuntimeErr, SqlErr};
use thiserror::Error;

use crate::problem::Problems;
use crate::time::FleetTime;

/// See the file's head for what each variant asks of its caller.
#[derive(Debug, Error)]
pub enum Error {
    /// The input breaks rules; nothing was written.
    #[error("{0}")]
    Invalid(Problems),
    /// There is no such thing.
    #[error("{0} does not exist")]
    NotFound(String),
    /// The thing is there, but not in a state that allows this.
    #[error("{0}")]
    Conflict(String),
    /// Somebody was faster: the bot was paused or stopped, its lease went elsewhere, or the row is settled already.
    #[error("{0}")]
    Overtaken(String),
    /// A cap of the day or the month is reached; it can be done again from `until` on.
    #[error("{why}")]
    Capped {
        /// Which cap, in words for people.
        why: String,
        /// When a new day or month begins.
        until: FleetTime,
        /// Whom it keeps from going on.
        whose: Whose,
    },
    /// The store cannot be reached at the moment.
    #[error("the store does not answer; check that it runs and that its address is right")]
    Unavailable(#[source] DbErr),
    /// The store was asked, and said nothing for so long.
    #[error("the store has said nothing for {} s; check that it runs and can be reached", .0.as_secs())]
    Silent(std::time::Duration),
    /// The store answered with something that should not happen.
    #[error("the store refused a statement")]
    Store(#[source] DbErr),
    /// The address of the store cannot be used.
    #[error("{0}")]
    Address(String),
}

/// Whose cap is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// That of one bot; others may go on.
    #[default]
    Bot,
    /// That of the whole fleet.
    Fleet,
}

impl fmt::Display for Whose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Whose::Bot => "one bot",
            Whose::Fleet => "the fleet",
        })
    }
}

/// What the store and its gateway return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Whether the same call may succeed later without anyone mending anything here.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Error::Unavailable(_) | Error::Silent(_))
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Error::Invalid(problems)
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if is_outage(&error) { Error::Unavailable(error) } else { Error::Store(error) }
    }
}

/// Whether `error` says that a rule of uniqueness was broken.
pub(crate) fn is_duplicate(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Whether `error` passes without anyone mending anything here.
pub(crate) fn is_outage(error: &DbErr) -> bool {
    use sea_orm::sqlx::Error as Driver;
    match error {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Conn(RuntimeErr::SqlxError(driver))
        | DbErr::Exec(RuntimeErr::SqlxError(driver))
        | DbErr::Query(RuntimeErr::SqlxError(driver)) => match driver.as_ref() {
            Driver::Io(_)
            | Driver::PoolTimedOut
            | Driver::PoolClosed
            | Driver::WorkerCrashed
            | Driver::Tls(_) => true,
            // Class 57 is the operator's hand on the server (shutting down, starting up, cancelling), 08 the
            // connection, 53 its resources, 40 a conflict of transactions, 55P03 a lock that took too long. SQLite has
            // numbers, whose last byte says 5 (busy), 6 (locked) or 13 (disk full), and the others which kind of it.
            Driver::Database(answer) => answer.code().is_some_and(|code| {
                if code.len() == 5 {
                    return ["57", "08", "53", "40", "55P03"].iter().any(|class| code.starts_with(class));
                }
                code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 13))
            }),
            _ => false,
        },
        DbErr::Conn(_) => true,
        _ => false,
    }
}
