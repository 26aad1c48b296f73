//! `cargo xtask test`: everything CI runs, in the order in which it fails soonest.
//!
//! The tests come last, so that their summary is what one reads at the end.
//! A step that fails ends the run; a thing that cannot be had is skipped and named, but under CI it is an error.

use std::num::NonZero;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::browser::{self, Browser};
use crate::postgres::{self, Postgres};
use crate::{assets, install, shell, workspace};

/// How long to wait for the list of known vulnerabilities, which not every network lets us fetch.
const ADVISORIES_PATIENCE: &str = "20s";

/// Runs all checks, or with arguments only the tests they name.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let mut checks = Checks { began: Instant::now(), strict: workspace::under_ci(), skipped: Vec::new() };
    if arguments.is_empty() {
        checks.sources()?;
        checks.dependencies()?;
    }
    checks.step("assets", |checks| {
        let built = assets::build().with_context(assets::without_them);
        checks.or_skip("the panel's assets", built).map(drop)
    })?;
    let surroundings = checks.step("surroundings", Surroundings::set_up)?;
    checks.step("tests", |_| tests(arguments, &surroundings))?;
    drop(surroundings);
    eprintln!("\n{}", checks.summary());
    Ok(ExitCode::SUCCESS)
}

/// A run through the steps, and what it had to leave out.
struct Checks {
    began: Instant,
    strict: bool,
    skipped: Vec<String>,
}

impl Checks {
    /// Runs one step under its heading and says how long it took.
    fn step<T>(&mut self, name: &str, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        eprintln!("\n==> {name}");
        let began = Instant::now();
        let outcome = work(self).with_context(|| format!("the step `{name}` failed"))?;
        // After the tests nothing may come between their summary and ours.
        if name != "tests" {
            eprintln!("    {name} took {}", lasted(began.elapsed()));
        }
        Ok(outcome)
    }

    /// Goes on without a thing that cannot be had, except where nobody reads along.
    fn or_skip<T>(&mut self, what: &str, got: Result<T>) -> Result<Option<T>> {
        match got {
            Ok(thing) => Ok(Some(thing)),
            Err(error) if self.strict => Err(error),
            Err(error) => {
                eprintln!("skipped: {what}: {error:#}");
                self.skipped.push(what.to_owned());
                Ok(None)
            }
        }
    }

    fn sources(&mut self) -> Result<()> {
        self.step("format", |_| cargo(&["fmt", "--all", "--check"]))?;
        self.step("clippy", |_| cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
        self.step("documentation", |_| {
            shell::run(
                in_workspace("cargo")
                    .args(["doc", "--workspace", "--no-deps"])
                    .env("RUSTDOCFLAGS", "-D warnings"),
            )
        })
    }

    fn dependencies(&mut self) -> Result<()> {
        self.step("dependencies", |checks| {
            install::DENY.provide()?;
            cargo(&["deny", "check", "licenses", "bans", "sources"])?;
            let fetch = ["cargo", "deny", "--log-level", "off", "fetch", "db"];
            let mut fetching = in_workspace("timeout");
            fetching.args(["--foreground", ADVISORIES_PATIENCE]).args(fetch);
            if shell::succeeds(&mut fetching) {
                return cargo(&["deny", "check", "--disable-fetch", "advisories"]);
            }
            eprintln!("skipped: advisories: their database could not be fetched");
            checks.skipped.push("advisories".to_owned());
            Ok(())
        })
    }

    fn summary(&self) -> String {
        let passed = format!("Everything passed in {}", lasted(self.began.elapsed()));
        if self.skipped.is_empty() {
            format!("{passed}.")
        } else {
            format!("{passed}; skipped: {}.", self.skipped.join(", "))
        }
    }
}

/// What the tests need around them; the database is gone when this is.
struct Surroundings {
    postgres: Option<Postgres>,
    browser: Option<Browser>,
}

impl Surroundings {
    fn set_up(checks: &mut Checks) -> Result<Self> {
        install::NEXTEST.provide()?;
        let mut packages = Vec::new();
        if postgres::programs().is_none() {
            packages.push(postgres::PACKAGE);
        }
        if Browser::find().is_none() {
            packages.extend(browser::PACKAGES);
        }
        if !packages.is_empty()
            && let Err(error) = install::debian_packages(&packages)
        {
            if checks.strict {
                return Err(error);
            }
            eprintln!("{error:#}");
        }
        let postgres = checks.or_skip("tests on Postgres", Postgres::start())?;
        let found = Browser::find().context("Chromium or its driver is not installed");
        let browser = checks.or_skip("tests in a browser", found)?;
        Ok(Self { postgres, browser })
    }
}

/// How nextest is told how many tests run at a time.
const SIDE_BY_SIDE: &str = "NEXTEST_TEST_THREADS";

/// The tests themselves, by nextest, with word of where to find what they need.
fn tests(arguments: &[String], surroundings: &Surroundings) -> Result<()> {
    let mut nextest = in_workspace("cargo");
    nextest.args(["nextest", "run"]);
    if !arguments.iter().any(|argument| argument == "-p" || argument.starts_with("--package")) {
        nextest.arg("--workspace");
    }
    if workspace::under_ci() && !arguments.iter().any(|argument| argument.starts_with("--profile")) {
        nextest.args(["--profile", "ci"]);
    }
    // Whoever names another number on the command line means it: that counts for more than this.
    nextest.env(
        SIDE_BY_SIDE,
        workspace::variable(SIDE_BY_SIDE).unwrap_or_else(|| side_by_side().to_string().into()),
    );
    if let Some(postgres) = &surroundings.postgres {
        nextest.env("FLEET_TEST_POSTGRES", postgres.url());
    }
    if let Some(browser) = &surroundings.browser {
        nextest.env("FLEET_TEST_CHROMIUM", &browser.chromium);
        nextest.env("FLEET_TEST_CHROMEDRIVER", &browser.chromedriver);
    }
    shell::run(nextest.args(arguments))
}

/// How many tests run at a time: one more than there are processors, since most of them wait for a state as much as they work.
fn side_by_side() -> usize {
    std::thread::available_parallelism().map_or(2, NonZero::get) + 1
}

fn cargo(arguments: &[&str]) -> Result<()> {
    shell::run(in_workspace("cargo").args(arguments))
}

fn in_workspace(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    command
}

/// A duration as one says it.
fn lasted(duration: Duration) -> String {
    match duration.as_secs() {
        0..60 => format!("{:.1} s", duration.as_secs_f64()),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checks(strict: bool) -> Checks {
        Checks { began: Instant::now(), strict, skipped: Vec::new() }
    }

    #[test]
    fn what_cannot_be_had_is_named_at_the_end() -> Result<()> {
        let mut checks = checks(false);
        assert!(checks.or_skip("tests in a browser", Err::<(), _>(anyhow::anyhow!("none")))?.is_none());
        assert!(checks.summary().ends_with("; skipped: tests in a browser."));
        Ok(())
    }

    #[test]
    fn what_cannot_be_had_fails_the_run_where_nobody_reads_along() {
        assert!(checks(true).or_skip("tests in a browser", Err::<(), _>(anyhow::anyhow!("none"))).is_err());
    }

    #[test]
    fn a_step_that_fails_names_itself() {
        let error = checks(true).step("clippy", |_| -> Result<()> { anyhow::bail!("no") }).unwrap_err();
        assert_eq!(format!("{error:#}"), "the step `clippy` failed: no");
    }

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(lasted(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(lasted(Duration::from_secs(192)), "3 min 12 s");
    }
}
