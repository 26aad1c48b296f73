//! What the sandbox's platform allows and what goes wrong in it, as options of `fleet sandbox`. While it runs, its control
//! changes the same settings.

use std::time::Duration;

use clap::Args;
use fleet_gallery::sandbox::{Fault, Moderation, Policy};

use crate::config::duration;

/// What the platform allows.
#[derive(Args, Debug)]
#[command(next_help_heading = "What the platform allows")]
pub(super) struct PlatformOptions {
    /// Workflows that all bots together may begin in a day; without it, any number
    #[arg(long, value_name = "N")]
    fleet_daily_budget: Option<u64>,
    /// Workflows that all bots together may begin in a month
    #[arg(long, value_name = "N")]
    fleet_monthly_budget: Option<u64>,
    /// Workflows that one bot may begin in a day
    #[arg(long, value_name = "N")]
    bot_daily_limit: Option<u64>,
    /// Workflows that one bot may begin in a month
    #[arg(long, value_name = "N")]
    bot_monthly_limit: Option<u64>,
    /// Requests that the service token may make in a minute
    #[arg(long, value_name = "N", default_value_t = Policy::default().requests_per_minute, value_parser = clap::value_parser!(u64).range(1..))]
    requests_per_minute: u64,
    /// Begin with the kill switch on: every request with the token answers `FLEET_PAUSED`
    #[arg(long)]
    paused: bool,
    /// Hold every bot's post until the control approves it
    #[arg(long)]
    hold_posts: bool,
    /// Sign the addresses of new pictures, so that they expire after so long, such as `1h`
    #[arg(long, value_name = "TIME", value_parser = lasting)]
    signed_addresses: Option<Duration>,
    /// Be a platform without a key for an image model
    #[arg(long)]
    no_image_model: bool,
    /// Take from the service token the permission `users:write`, so that it makes no accounts
    #[arg(long)]
    no_users_write: bool,
    /// Let something go wrong: `like:cut-after:3`, `execute:delay=2.5`, `any:status=503:always`; may be given again
    #[arg(long = "fault", value_name = "FAULT")]
    faults: Vec<Fault>,
}

impl PlatformOptions {
    pub(super) fn policy(&self) -> Policy {
        Policy {
            fleet_daily_budget: self.fleet_daily_budget,
            fleet_monthly_budget: self.fleet_monthly_budget,
            agent_daily_limit: self.bot_daily_limit,
            agent_monthly_limit: self.bot_monthly_limit,
            requests_per_minute: self.requests_per_minute,
            paused: self.paused,
            moderation: if self.hold_posts { Moderation::Hold } else { Moderation::Open },
            presigned_seconds: self.signed_addresses.map(|span| span.as_secs()),
            image_model: !self.no_image_model,
            users_write: !self.no_users_write,
        }
    }

    pub(super) fn faults(&self) -> impl Iterator<Item = Fault> {
        self.faults.iter().cloned()
    }
}

/// A span that is not over when it begins.
fn lasting(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        Duration::ZERO => {
            Err("must be a second at the least: an address that is worth nothing at once is none".into())
        }
        span => Ok(span),
    }
}
