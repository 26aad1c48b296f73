//! The `fleet` program. It reads its command line and environment once, wires the crates together, and turns what went
//! wrong into a sentence and an exit code: 0 done, 1 failed, 2 asked for something that cannot be.

mod characters;
mod cli;
mod commands;
mod config;
mod entrance;
mod failure;
mod lifecycle;
mod models;
mod moment;
mod output;
mod residents;
mod visitors;
mod wiring;

use std::process::ExitCode;
use std::time::Duration;

use crate::cli::Cli;

/// How long threads may be waited for whose work is not wanted any more, such as a look-up of a name that hangs.
const LEFT_BEHIND: Duration = Duration::from_millis(200);

fn main() -> ExitCode {
    let cli = Cli::read();
    cli.logging.begin();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("fleet: the system gives no threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(Box::pin(commands::run(cli)));
    runtime.shutdown_timeout(LEFT_BEHIND);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fleet: {}", failure::told(&error));
            failure::exit_code(&error)
        }
    }
}
