//! The `fleet` program. It reads its command line and environment once, wires the crates together, and turns what went
//! wrong into a sentence and an exit code: 0 done, 1 failed, 2 asked for something that cannot be.

mod cli;
mod commands;
mod config;
mod failure;
mod lifecycle;
mod output;
mod residents;
mod wiring;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.logging.begin();
    match Box::pin(commands::run(cli)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fleet: {}", failure::told(&error));
            failure::exit_code(&error)
        }
    }
}
