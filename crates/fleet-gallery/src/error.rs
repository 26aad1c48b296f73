//! What can go wrong between the fleet and the gallery, by what the caller does next.
//!
//! It does not retry and does not log; it answers two questions: what became of a write, and when to try again.

use std::time::Duration;

use jiff::Timestamp;

/// A call that brought no usable answer. Messages are written for the operator and carry no secret.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The client was given settings or arguments it cannot send; nothing was sent.
    #[error("the gallery client cannot be used like this: {what}")]
    Misconfigured {
        /// What is wrong, and how to mend it.
        what: String,
    },
    /// No connection was established, so nothing began.
    #[error(
        "the gallery at {address} cannot be reached ({cause}); check FLOIMG_API_URL and that it is running"
    )]
    Unreachable {
        /// Where it was looked for, without credentials.
        address: String,
        /// What the network said.
        cause: String,
    },
    /// We did not send it, out of consideration: it would have been refused, or too much, or the gallery fails.
    #[error("the gallery was not asked, because {why}; it may be in {} s", .retry_after.as_secs_f64().ceil())]
    HeldBack {
        /// How long to wait, in real time.
        retry_after: Duration,
        /// What speaks against it.
        why: String,
    },
    /// No answer came in time. The request may still be processed.
    #[error("the gallery did not answer within {} ms", .after.as_millis())]
    TimedOut {
        /// How long was waited, in real time.
        after: Duration,
    },
    /// The connection was lost before the answer was complete.
    #[error("the gallery broke off before its answer was complete ({cause})")]
    Cut {
        /// What the network said.
        cause: String,
    },
    /// 401: every bot stops acting until the operator mends the token.
    #[error("the gallery refused the service token ({message}); check FLOIMG_SERVICE_TOKEN")]
    Unauthorized {
        /// What the gallery said.
        message: String,
    },
    /// 403: this account may not do this.
    #[error(
        "the gallery forbids this ({message}); check that the bot is provisioned and the token's permissions"
    )]
    Forbidden {
        /// What the gallery said.
        message: String,
    },
    /// 404: it is gone; forget it.
    #[error("the gallery has no such thing ({message})")]
    NotFound {
        /// What the gallery said.
        message: String,
    },
    /// 400, 409 or 422: a defect of ours or of the content; the same request will fail again.
    #[error("the gallery found the request invalid ({message})")]
    Invalid {
        /// What the gallery said.
        message: String,
    },
    /// 413: the request is over the limit of 1 MiB.
    #[error("the request is too large for the gallery; it takes at most 1 MiB")]
    TooLarge,
    /// 429 without a budget's code: wait, then go on.
    #[error("the gallery asks for a pause of {} s", .retry_after.as_secs())]
    RateLimited {
        /// How long to wait, in real time.
        retry_after: Duration,
    },
    /// 429: this bot has used up its allowance.
    #[error("this bot has used up its allowance at the gallery ({} of {})", or_unknown(.used), or_unknown(.limit))]
    BotLimited {
        /// When it is granted again, if the gallery said.
        reset_at: Option<Timestamp>,
        /// How much it used.
        used: Option<u64>,
        /// How much it may use.
        limit: Option<u64>,
    },
    /// 429: the whole fleet has used up its budget.
    #[error("the fleet has used up its budget at the gallery")]
    FleetLimited {
        /// When it is granted again, if the gallery said.
        reset_at: Option<Timestamp>,
    },
    /// 503 `FLEET_PAUSED`: the platform holds the whole fleet until it lifts the pause.
    #[error("the platform has paused the fleet; it goes on when the platform lifts the pause")]
    Paused,
    /// The engine says that the workflow failed: there is no picture. What its steps cost may be spent.
    #[error("the workflow failed ({code}): {message}")]
    Workflow {
        /// The engine's code; empty when it gave none.
        code: String,
        /// What the engine said.
        message: String,
        /// Whether the same workflow may succeed later.
        retryable: bool,
    },
    /// A failure of the gallery's own, or a status the contract does not name.
    #[error("the gallery failed with status {status} ({message})")]
    Server {
        /// The HTTP status.
        status: u16,
        /// What the gallery said.
        message: String,
    },
    /// There is more to look through than anybody reads.
    #[error("the gallery has more than {entries} entries to look through")]
    Endless {
        /// How many were looked through.
        entries: usize,
    },
    /// A success that cannot be understood: a page, garbage, nothing, too much or the wrong shape.
    #[error("the gallery's answer cannot be read: {what}")]
    Unreadable {
        /// What was found instead.
        what: String,
    },
}

/// What became of a write that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It certainly had no effect.
    NotProcessed,
    /// It may have had, or may yet have, its effect: look before anything else.
    Unknown,
}

/// When the same call may be made again. For a write this holds only if its fate is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Not as it is.
    Never,
    /// With the caller's own back-off.
    Later,
    /// After this much real time.
    After(Duration),
    /// At this moment of the gallery's clock.
    At(Timestamp),
}

impl Error {
    /// What became of the write that failed like this.
    pub fn fate(&self) -> Fate {
        match self {
            Self::Misconfigured { .. }
            | Self::Unreachable { .. }
            | Self::HeldBack { .. }
            | Self::Unauthorized { .. }
            | Self::Forbidden { .. }
            | Self::NotFound { .. }
            | Self::Invalid { .. }
            | Self::TooLarge
            | Self::Endless { .. }
            | Self::RateLimited { .. }
            | Self::BotLimited { .. }
            | Self::FleetLimited { .. }
            | Self::Paused
            | Self::Workflow { .. } => Fate::NotProcessed,
            Self::TimedOut { .. } | Self::Cut { .. } | Self::Server { .. } | Self::Unreadable { .. } => {
                Fate::Unknown
            }
        }
    }

    /// When the same call may be made again.
    pub fn retry(&self) -> Retry {
        match self {
            Self::RateLimited { retry_after } | Self::HeldBack { retry_after, .. } => {
                Retry::After(*retry_after)
            }
            Self::BotLimited { reset_at, .. } | Self::FleetLimited { reset_at } => {
                reset_at.map_or(Retry::Later, Retry::At)
            }
            Self::Unreachable { .. }
            | Self::TimedOut { .. }
            | Self::Cut { .. }
            | Self::Paused
            | Self::Unreadable { .. }
            | Self::Workflow { retryable: true, .. } => Retry::Later,
            Self::Server { status, .. } if *status >= 500 || *status == 408 => Retry::Later,
            Self::Server { .. }
            | Self::Misconfigured { .. }
            | Self::Unauthorized { .. }
            | Self::Forbidden { .. }
            | Self::NotFound { .. }
            | Self::Invalid { .. }
            | Self::TooLarge
            | Self::Endless { .. }
            | Self::Workflow { .. } => Retry::Never,
        }
    }
}

fn or_unknown(count: &Option<u64>) -> String {
    count.map_or_else(|| "an unknown number".to_owned(), |count| count.to_string())
}
