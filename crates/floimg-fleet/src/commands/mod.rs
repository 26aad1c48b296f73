//! One file a command. Each owns its options and what it prints; what it does is a call or two on the gateway.

pub(crate) mod activity;
pub(crate) mod bots;
pub(crate) mod completions;
pub(crate) mod costs;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod forget;
pub(crate) mod health;
pub(crate) mod migrate;
pub(crate) mod operators;
pub(crate) mod replay;
pub(crate) mod sandbox;
pub(crate) mod seed;
pub(crate) mod serve;
pub(crate) mod settings;
pub(crate) mod status;
pub(crate) mod stop_everything;
pub(crate) mod undo;

use crate::cli::{Cli, Command};

/// Does what was asked for.
pub(crate) async fn run(cli: Cli) -> anyhow::Result<()> {
    let store = &cli.store;
    match cli.command {
        Command::Demo(options) => demo::run(store, options).await,
        Command::Serve(options) => serve::run(store, options).await,
        Command::Sandbox(options) => sandbox::run(store, options).await,
        Command::Seed(options) => seed::run(store, options).await,
        Command::Bots(command) => bots::run(store, command).await,
        Command::Operators(command) => operators::run(store, command).await,
        Command::Settings(command) => settings::run(store, command).await,
        Command::StopEverything(options) => stop_everything::run(store, options).await,
        Command::Status(options) => status::run(store, options).await,
        Command::Activity(options) => activity::run(store, options).await,
        Command::Forget(options) => forget::run(store, options).await,
        Command::Costs(options) => costs::run(store, options).await,
        Command::Explain(options) => explain::run(store, options).await,
        Command::Replay(options) => Box::pin(replay::run(store, options)).await,
        Command::Undo(options) => undo::run(store, options).await,
        Command::Health(options) => health::run(options).await,
        Command::Migrate => migrate::run(store).await,
        Command::Doctor(options) => doctor::run(store, options).await,
        Command::Completions(options) => completions::run(&options),
    }
}
