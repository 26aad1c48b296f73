//! `cargo xtask torture`: the fleet killed at random for as long as one likes, or the property tests with many more cases.
//!
//! What is held stands in the tests; here is only how long, from which seed, and over which store.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

use crate::postgres::Postgres;
use crate::{shell, workspace};

/// Kills that are asked for when nothing is said.
const KILLS: u64 = 300;
/// Cases of each property.
const CASES: u64 = 4_096;
/// The test that goes on for as long as it is told.
const RANDOM: &str = "torture::e2e::a_fleet_that_is_killed_at_random_doubles_nothing_and_ends_every_row";
/// Where properties are tested: parts of the names of their tests.
const PROPERTIES: &[&str] =
    &["properties::", "odd_addresses::", "ledger_walk::", "catalogue::tests::", "_panic", "config::tests::"];

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Kills { kills: u64, seed: u64, on_postgres: bool },
    Properties { cases: u64 },
}

/// Runs what the arguments ask for, and fails when something was found.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    match asked(arguments)? {
        Asked::Properties { cases } => {
            eprintln!("{cases} cases of each property");
            let mut tests = cargo();
            tests.args([
                "test",
                "--workspace",
                "--lib",
                "--bins",
                "--tests",
                "--quiet",
                "--no-fail-fast",
                "--",
            ]);
            shell::run(tests.args(PROPERTIES).env("PROPTEST_CASES", cases.to_string()))?;
        }
        Asked::Kills { kills, seed, on_postgres } => {
            eprintln!(
                "{kills} kills from seed {seed}, over {}",
                if on_postgres { "Postgres" } else { "SQLite" }
            );
            let server = on_postgres.then(Postgres::start).transpose()?;
            let mut test = cargo();
            test.args(["test", "--quiet", "--package", "floimg-fleet", "--test", "it", "--"]);
            test.args(["--exact", RANDOM, "--nocapture"]);
            test.env("FLEET_TORTURE_KILLS", kills.to_string()).env("FLEET_TORTURE_SEED", seed.to_string());
            if let Some(server) = &server {
                test.env("FLEET_TORTURE_POSTGRES", server.url());
            }
            shell::run(&mut test)
                .with_context(|| format!("try it again with `--kills {kills} --seed {seed}`"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root());
    cargo
}

fn asked(arguments: &[String]) -> Result<Asked> {
    let (mut kills, mut seed, mut cases) = (None, None, None);
    let (mut on_postgres, mut properties) = (false, false);
    let mut left = arguments.iter();
    while let Some(argument) = left.next() {
        let value = match argument.as_str() {
            "--postgres" => {
                on_postgres = true;
                continue;
            }
            "--properties" => {
                properties = true;
                continue;
            }
            "--kills" => &mut kills,
            "--seed" => &mut seed,
            "--cases" => &mut cases,
            other => bail!(
                "there is no argument `{other}`; write `--kills N --seed N [--postgres]` or `--properties [--cases N]`"
            ),
        };
        let number = left.next().and_then(|number| number.parse::<u64>().ok());
        *value = Some(number.with_context(|| format!("`{argument}` needs a whole number after it"))?);
    }
    if properties {
        if kills.is_some() || seed.is_some() || on_postgres {
            bail!("`--properties` stands alone or with `--cases N`: properties kill nothing");
        }
        return Ok(Asked::Properties { cases: cases.unwrap_or(CASES) });
    }
    if cases.is_some() {
        bail!("`--cases` is for `--properties`");
    }
    Ok(Asked::Kills { kills: kills.unwrap_or(KILLS), seed: seed.unwrap_or(1), on_postgres })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Asked> {
        asked(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn how_long_is_read_as_it_is_written_and_what_cannot_be_meant_is_refused() {
        assert_eq!(read("").unwrap(), Asked::Kills { kills: KILLS, seed: 1, on_postgres: false });
        let long = Asked::Kills { kills: 9, seed: 5, on_postgres: true };
        assert_eq!(read("--seed 5 --postgres --kills 9").unwrap(), long);
        assert_eq!(read("--properties --cases 7").unwrap(), Asked::Properties { cases: 7 });
        for line in ["--kill 3", "--kills", "--kills many", "--properties --seed 3", "--cases 3"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
