//! `fleet stop-everything`: the whole fleet falls silent, whatever the store does; and how that is lifted. It says what
//! is true, not what was wished for.

use std::time::Duration;

use anyhow::Context;
use clap::Args;
use fleet_bots::{Asked, Bots, StopState, Switch};
use fleet_runtime::FleetClock;
use serde_json::json;

use crate::config::{self, StoreOptions};
use crate::output;

/// How long the store may take before the stop is kept in a file, for a fleet on this machine to find.
const SOON: Duration = Duration::from_secs(1);
/// How long the store may take altogether.
const AT_LAST: Duration = Duration::from_secs(8);

/// Stop the whole fleet at once, or lift that stop
#[derive(Args, Debug)]
pub(crate) struct StopOptions {
    /// Lift the stop: bots go on as they were meant to
    #[arg(long)]
    lift: bool,
    /// Print JSON: `state` is `on` (written down), `pending` (kept here, still to be written) or `off`; `was_stopped` is
    /// there after --lift
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(store: &StoreOptions, options: StopOptions) -> anyhow::Result<()> {
    if options.lift { lift(store, &options).await } else { stop(store, &options).await }
}

async fn stop(store: &StoreOptions, options: &StopOptions) -> anyhow::Result<()> {
    // An address that cannot be used leaves no stop behind that somebody would trip over later.
    store.address()?;
    match open(store).await {
        Ok(bots) => {
            let state = bots.stop_everything(&asked(&bots).await).await;
            tell(store, options, state, None)
        }
        Err(error) => {
            keep(store)?;
            tell(store, options, StopState::Pending, Some(error))
        }
    }
}

/// Opens the store; when that takes long, the stop is kept meanwhile.
async fn open(store: &StoreOptions) -> anyhow::Result<Bots> {
    let mut opening = Box::pin(store.open());
    if let Ok(opened) = tokio::time::timeout(SOON, &mut opening).await {
        return opened;
    }
    keep(store)?;
    tokio::time::timeout(AT_LAST, opening).await.context("the store does not answer in time")?
}

/// Keeps the stop where a fleet over the same data finds it. Nobody can say what the fleet's clock shows.
fn keep(store: &StoreOptions) -> anyhow::Result<()> {
    let file = store.stop_file()?;
    let asked = Asked { by: "cli".into(), at: FleetClock::wall().now() };
    std::fs::create_dir_all(store.folder()?)
        .and_then(|()| Switch::new(Some(file.clone())).keep(&asked))
        .with_context(|| {
            format!(
                "nothing was stopped: the stop cannot be kept in {}; end the fleet's processes",
                file.display()
            )
        })
}

/// A store that hangs must not keep the stop waiting for the fleet's clock.
async fn asked(bots: &Bots) -> Asked {
    match tokio::time::timeout(SOON, config::asked(bots)).await {
        Ok(Ok(asked)) => asked,
        _ => Asked { by: "cli".into(), at: FleetClock::wall().now() },
    }
}

fn tell(
    store: &StoreOptions,
    options: &StopOptions,
    state: StopState,
    cause: Option<anyhow::Error>,
) -> anyhow::Result<()> {
    if options.json {
        output::json(&json!({ "state": state }))?;
    }
    match state {
        StopState::On if options.json => Ok(()),
        StopState::On => output::say(
            "everything is stopped, and written down: every node is silent within a second, and stays so over restarts\n\
             lift it with `fleet stop-everything --lift`; every bot then goes on as it was meant to",
        ),
        _ => {
            let pending = format!(
                "the stop is not written yet: it is kept in {}, where a fleet that runs over the same data takes it up \
                 and writes it as soon as the store answers. If none runs there, end the processes of those that do, and \
                 repeat this once the store answers",
                store.stop_file()?.display()
            );
            // The cause comes after what it led to.
            Err(cause.unwrap_or_else(|| anyhow::anyhow!("the store does not answer")).context(pending))
        }
    }
}

async fn lift(store: &StoreOptions, options: &StopOptions) -> anyhow::Result<()> {
    let bots = store.open().await.context("the stop holds still")?;
    // A stop that was kept here is being written at this moment; lifting it before would leave it behind.
    let mut state = bots.switch().watch();
    let written = state.wait_for(|state| *state != StopState::Pending);
    _ = tokio::time::timeout(AT_LAST, written)
        .await
        .context("the stop holds still: the store does not answer")?;
    let asked = config::asked(&bots).await.context("the stop holds still")?;
    let was_stopped = bots.lift_stop(&asked).await.context("the stop holds still")?;
    if options.json {
        return output::json(&json!({ "state": StopState::Off, "was_stopped": was_stopped }));
    }
    output::say(match was_stopped {
        true => "the stop was lifted; every bot goes on as it was meant to",
        false => "nothing was stopped",
    })
}
