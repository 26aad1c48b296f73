//! `cargo xtask bench`: the figures that the documents quote, measured anew on this machine.
//!
//! What is measured, and what is wanted, stands in the benchmarks beside the crates.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::browser::{self, Browser};
use crate::{assets, shell, workspace};

/// The benchmarks there are: a crate and one of its benches.
const BENCHES: &[(&str, &str)] =
    &[("fleet-gallery", "sandbox"), ("floimg-fleet", PANEL), ("floimg-fleet", "mind")];
/// The one that looks through a browser.
const PANEL: &str = "panel";

/// Runs all benchmarks, or those whose names are given.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let wanted: Vec<_> = BENCHES
        .iter()
        .filter(|(_, bench)| arguments.is_empty() || arguments.iter().any(|name| name == bench))
        .collect();
    let known = |name: &String| BENCHES.iter().any(|(_, bench)| name == bench);
    if let Some(name) = arguments.iter().find(|name| !known(name)) {
        let names: Vec<_> = BENCHES.iter().map(|(_, bench)| *bench).collect();
        anyhow::bail!("there is no benchmark `{name}`; there is {}", names.join(", "));
    }
    for (package, bench) in wanted {
        let mut command = Command::new("cargo");
        command.current_dir(workspace::root()).args([
            "bench",
            "--quiet",
            "--package",
            package,
            "--bench",
            bench,
        ]);
        if *bench == PANEL {
            let Some(browser) = Browser::find() else {
                let packages = browser::PACKAGES.join(" and ");
                anyhow::bail!("there is no browser for the benchmark `{PANEL}`; install {packages}");
            };
            assets::build().with_context(assets::without_them)?;
            command.arg("--").args([browser.chromium, browser.chromedriver]);
        }
        shell::run(&mut command)?;
    }
    Ok(ExitCode::SUCCESS)
}
