//! `fleet sandbox`: the sandbox gallery alone, for a fleet in another process or for a developer.

mod platform;

use std::sync::{Arc, OnceLock};

use clap::Args;
use fleet_bots::FleetTime;
use fleet_gallery::{Sandbox, SandboxConfig, Secret};
use fleet_runtime::FleetClock;
use jiff::Timestamp;
use rand::rngs::StdRng;

use self::platform::PlatformOptions;
use crate::config::StoreOptions;
use crate::entrance::loopback;
use crate::visitors::VisitorOptions;
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
    /// How many simulated people visit it from the beginning; a script may let more join
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=500))]
    visitors: u16,
    #[command(flatten)]
    visiting: VisitorOptions,
    /// What the visitors' chance is drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many seconds of the gallery's time pass in one of yours
    #[arg(long, default_value_t = 1.0, value_parser = crate::config::speed)]
    speed: f64,
    #[command(flatten)]
    platform: PlatformOptions,
}

pub(crate) async fn run(store: &StoreOptions, options: SandboxOptions) -> anyhow::Result<()> {
    let shutdown = lifecycle::until_asked_to_end()?;
    let visitors = options.visiting.visitors(options.visitors, options.seed, options.speed)?;
    let given = options.service_token.as_deref().map(str::trim).filter(|token| !token.is_empty());
    let token = given.map_or_else(|| Secret::for_sandbox(&mut rand::make_rng::<StdRng>()), Secret::from);
    let state_dir = if options.keep { Some(store.folder()?.join("gallery")) } else { None };
    let clock = Arc::new(OnceLock::new());
    let reading = Arc::clone(&clock);
    let config = SandboxConfig {
        addr: loopback(options.port),
        state_dir: state_dir.clone(),
        policy: options.platform.policy(),
        ..SandboxConfig::new(token, Arc::new(move || reading.get_or_init(FleetClock::wall).now().timestamp()))
    };
    let opened = Sandbox::open(config).await?;
    // Before anybody is answered: the time is never behind what has happened.
    clock.get_or_init(|| clock_from(opened.latest(), options.speed));
    let sandbox = opened.serve();
    options.platform.faults().for_each(|fault| sandbox.faults().add(fault));
    if given.is_none() {
        // It opens nothing but this sandbox, and whoever started it needs it.
        output::say(format!("token    {}", sandbox.token().expose()))?;
    }
    output::say(format!("gallery  {}", sandbox.url()))?;
    if let Some(folder) = state_dir {
        output::say(format!("data     {}", folder.display()))?;
    }
    sandbox.start_visitors(&visitors);
    shutdown.soft.cancelled().await;
    sandbox.stop().await;
    Ok(())
}

/// The gallery's clock: the wall clock, unless it runs fast or what was kept is from a clock that did.
fn clock_from(latest: Option<Timestamp>, speed: f64) -> FleetClock {
    let now = FleetClock::wall().now();
    match latest.map(FleetTime::from) {
        Some(latest) if latest > now => FleetClock::fast(latest, speed),
        #[expect(clippy::float_cmp, reason = "it is 1 unless somebody asked for something else")]
        _ if speed == 1.0 => FleetClock::wall(),
        _ => FleetClock::fast(now, speed),
    }
}
