//! What can keep a bot from finishing its turn. An agent does not fail: trouble becomes a rest and a line in the log.

use std::time::Duration;

use fleet_gallery::Retry;

/// What got in the way.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error(transparent)]
    Store(#[from] fleet_bots::Error),
    #[error(transparent)]
    Gallery(#[from] fleet_gallery::Error),
    #[error(transparent)]
    Brain(#[from] fleet_brain::Error),
    /// The gallery will not have this bot.
    #[error(
        "the gallery refused an account: {0}; it is asked for again every few minutes, and with another username as soon as the bot has one"
    )]
    Refused(String),
}

impl Trouble {
    /// Whether somebody was faster: the bot was paused or stopped, or its lease went elsewhere. Nothing is wrong then.
    pub(crate) fn is_overtaken(&self) -> bool {
        matches!(self, Trouble::Store(fleet_bots::Error::Overtaken(_) | fleet_bots::Error::NotFound(_)))
    }

    /// How long at the least to rest after it, in real time, where the gallery said so.
    pub(crate) fn rest(&self, now: jiff::Timestamp) -> Duration {
        match self {
            Trouble::Gallery(error) => match error.retry() {
                Retry::After(wait) => wait,
                Retry::At(moment) => Duration::try_from(moment.duration_since(now)).unwrap_or_default(),
                Retry::Never => Duration::from_secs(60),
                Retry::Later => Duration::ZERO,
            },
            Trouble::Refused(_) | Trouble::Brain(_) => Duration::from_secs(300),
            Trouble::Store(_) => Duration::ZERO,
        }
    }

    /// Whether the platform limits the bot, rather than something being wrong.
    pub(crate) fn is_limit(&self) -> bool {
        use fleet_gallery::Error;
        matches!(
            self,
            Trouble::Gallery(
                Error::RateLimited { .. }
                    | Error::BotLimited { .. }
                    | Error::FleetLimited { .. }
                    | Error::Paused
            )
        )
    }
}
