//! `fleet health`: asks the fleet of this machine how it is, for whoever watches over the process and has no browser.

use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;

use crate::entrance::ListenOptions;
use crate::output;

/// Longer than the panel waits for its store.
const PATIENCE: Duration = Duration::from_secs(4);

/// Ask the fleet that serves on this machine whether it is well
#[derive(Args, Debug)]
pub(crate) struct HealthOptions {
    #[command(flatten)]
    listen: ListenOptions,
    /// Only ask whether the process answers, whatever its store does
    #[arg(long)]
    alive: bool,
}

pub(crate) async fn run(options: HealthOptions) -> anyhow::Result<()> {
    let path = if options.alive { "health/live" } else { "health" };
    let address = format!("http://{}/{path}", options.listen.reached_here_at());
    let http = fleet_gallery::client_builder().no_proxy().timeout(PATIENCE).build()?;
    let answer = http.get(&address).send().await.with_context(|| {
        format!(
            "nobody answers at {address}; check that `fleet serve` runs, and where with --listen or --port"
        )
    })?;
    let status = answer.status();
    let said = answer.text().await.unwrap_or_default();
    if !status.is_success() {
        bail!("the fleet at {address} is not well (status {status}): {}", output::inert(&said));
    }
    output::say("ok")
}
