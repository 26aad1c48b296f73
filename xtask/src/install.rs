//! Getting the tools that a chore needs and the machine lacks: Cargo's from the crate registry, programs from Debian's.
//!
//! It says what it installs before it does, and never installs what is there already, whatever its version.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{shell, workspace};

/// A Cargo subcommand of which the test run makes use.
pub(crate) struct CargoTool {
    name: &'static str,
    version: &'static str,
}

/// Runs the tests.
pub(crate) const NEXTEST: CargoTool = CargoTool { name: "nextest", version: "0.9.143" };
/// Checks licences, bans and sources of what we depend on.
pub(crate) const DENY: CargoTool = CargoTool { name: "deny", version: "0.20.2" };

impl CargoTool {
    /// Installs the tool if Cargo does not know it.
    pub(crate) fn provide(&self) -> Result<()> {
        let Self { name, version } = self;
        if shell::succeeds(Command::new("cargo").args([name, "--version"])) {
            return Ok(());
        }
        eprintln!("cargo-{name} is not installed: building version {version}, once, in a few minutes");
        let mut install = Command::new("cargo");
        install.args(["install", "--locked", &format!("cargo-{name}@{version}")]);
        // Their release builds are tuned for speed at run time; we wait for the build and hardly for the tool.
        install.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        shell::run(&mut install).with_context(|| format!("cargo-{name} could not be installed"))
    }
}

/// Installs Debian packages, as root on a machine that has `apt-get`.
pub(crate) fn debian_packages(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    if workspace::find_program("apt-get").is_none() {
        bail!("there is no apt-get here to install `{names}` with");
    }
    if !shell::running_as_root() {
        bail!("installing needs root: `sudo apt-get install {names}`");
    }
    eprintln!("installing with apt-get: {names}");
    let apt_get = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet=2");
        command
    };
    shell::run(apt_get().arg("update"))?;
    shell::run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}
