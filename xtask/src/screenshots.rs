//! `cargo xtask screenshots`: the pictures in the documents, taken anew of a demo that really runs.
//!
//! What is photographed, and when, is told in the program's example of the same name; here is what it needs.

use std::fs;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::browser::{self, Browser};
use crate::{assets, install, refuse_arguments, shell, workspace};

/// Where the documents look for them.
const FOLDER: &str = "docs/images";

/// Takes the pictures; all that was started for it has ended by then.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    refuse_arguments("screenshots", arguments)?;
    // Nobody wants to show an unstyled panel.
    assets::build()?;
    if Browser::find().is_none() {
        install::debian_packages(&browser::PACKAGES)?;
    }
    let browser = Browser::find().context("Chromium or its driver is not installed")?;
    let folder = workspace::root().join(FOLDER);
    fs::create_dir_all(&folder)?;

    let build = ["build", "--package", "floimg-fleet", "--bin", "fleet", "--example", "screenshots"];
    shell::run(cargo().args(build))?;
    let mut shoot = cargo();
    shoot.args(["run", "--quiet", "--package", "floimg-fleet", "--example", "screenshots", "--"]);
    shell::run(shoot.args([&browser.chromium, &browser.chromedriver, &folder]))?;
    Ok(ExitCode::SUCCESS)
}

fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(workspace::root());
    command
}
