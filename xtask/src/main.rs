//! The project's own chores behind `cargo xtask`: the table of commands and the way into each.
//!
//! A chore does its own set-up and says what it cannot get.
//! Nothing here is part of the product, and nothing of the product is linked here, so that the first chore on a
//! fresh machine starts after seconds of building.
//!
//! A new chore is a file with `run` and a line in [`COMMANDS`].

mod assets;
mod bench;
mod browser;
mod contract;
mod demo;
mod install;
mod postgres;
mod screenshots;
mod shell;
mod test;
mod torture;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

/// One chore, as the list shows it.
struct Command {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<ExitCode>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "demo",
        arguments: "[arguments of `fleet demo`]",
        about: "Bring a fleet to life: sandbox gallery, offline brain, panel; no accounts needed.",
        run: demo::run,
    },
    Command {
        name: "test",
        arguments: "[arguments of `cargo nextest run`]",
        about: "Run everything CI runs; with arguments only these tests, with all they need.",
        run: test::run,
    },
    Command {
        name: "contract",
        arguments: "--url URL --token TOKEN [--read-only] [--json]",
        about: "Hold any gallery against the contract, call by call; asks before it writes.",
        run: contract::run,
    },
    Command {
        name: "assets",
        arguments: "",
        about: "Make the panel's style sheet and scripts; instant when nothing has changed.",
        run: assets::run,
    },
    Command {
        name: "postgres",
        arguments: "",
        about: "Run a throw-away Postgres, print its URL, and leave nothing behind.",
        run: postgres::run,
    },
    Command {
        name: "screenshots",
        arguments: "",
        about: "Take the documents' pictures anew, of a demo in a real browser.",
        run: screenshots::run,
    },
    Command {
        name: "torture",
        arguments: "[--kills N] [--seed N] [--postgres] | --properties [--cases N]",
        about: "Kill the fleet at random against a hostile gallery, and hold its ledger against the truth.",
        run: torture::run,
    },
    Command {
        name: "bench",
        arguments: "[names of benchmarks]",
        about: "Measure anew what the documents claim; release build, a few minutes.",
        run: bench::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        print!("{}", listing());
        return ExitCode::SUCCESS;
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", listing());
        return ExitCode::SUCCESS;
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprint!("error: there is no command `{name}`\n\n{}", listing());
        return ExitCode::from(2);
    };
    match (command.run)(rest) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What `cargo xtask` alone prints.
fn listing() -> String {
    let mut text = String::from("Chores of this repository, run with `cargo xtask <command>`:\n\n");
    for command in COMMANDS {
        text += &format!(
            "  {}\n      {}\n",
            [command.name, command.arguments].join(" ").trim_end(),
            command.about
        );
    }
    text
}

/// Refuses arguments for a chore that takes none.
fn refuse_arguments(name: &str, arguments: &[String]) -> Result<()> {
    match arguments.first() {
        Some(argument) => {
            anyhow::bail!("`cargo xtask {name}` takes no arguments, but was given `{argument}`")
        }
        None => Ok(()),
    }
}
