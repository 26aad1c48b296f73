//! `fleet sandbox`: the sandbox gallery alone, for a fleet in another process or for a developer.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use fleet_gallery::sandbox::Pace;
use fleet_gallery::{Sandbox, SandboxConfig, Secret};
use fleet_runtime::FleetClock;

use crate::config::StoreOptions;
use crate::wiring::loopback;
use crate::{lifecycle, output};

/// Run the sandbox gallery alone, on this machine only
#[derive(Args, Debug)]
pub(crate) struct SandboxOptions {
    /// Its port on 127.0.0.1; 0 takes any
    #[arg(long, default_value_t = 4001)]
    port: u16,
    /// The service token it accepts; without it, it makes one and prints it
    #[arg(long, env = "FLOIMG_SERVICE_TOKEN", hide_env_values = true)]
    service_token: Option<String>,
    /// Keep everything in the folder named by --data
    #[arg(long)]
    keep: bool,
    /// How many simulated people visit it
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=12))]
    visitors: u8,
    /// What the visitors' chance is drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) async fn run(store: &StoreOptions, options: SandboxOptions) -> anyhow::Result<()> {
    let shutdown = lifecycle::until_asked_to_end()?;
    let token = match &options.service_token {
        Some(token) => Secret::new(token.as_str()),
        None => {
            let token = Secret::for_sandbox(&mut rand::make_rng::<rand::rngs::StdRng>());
            // It opens nothing but this sandbox, and whoever started it needs it.
            output::say(format!("token    {}", token.expose()))?;
            token
        }
    };
    let clock = FleetClock::wall();
    let config = SandboxConfig {
        addr: loopback(options.port),
        state_dir: if options.keep { Some(store.folder()?.join("gallery")) } else { None },
        ..SandboxConfig::new(token, Arc::new(move || clock.now().timestamp()))
    };
    let sandbox = Sandbox::start(config).await?;
    output::say(format!("gallery  {}", sandbox.url()))?;
    let pace = Pace { median: Duration::from_secs(8 * 60), spread: 0.8, speed: 1.0 };
    sandbox.start_visitors(usize::from(options.visitors), options.seed, pace);
    shutdown.soft.cancelled().await;
    sandbox.stop().await;
    Ok(())
}
