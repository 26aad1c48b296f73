//! `cargo xtask contract`: holds any gallery against the contract, call by call.
//!
//! The suite is the gallery crate's own, and its example of this name runs it; here is only the way there.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::{shell, workspace};

/// Becomes the example; its exit code and the user's Ctrl-C are its own.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let mut suite = Command::new("cargo");
    suite.current_dir(workspace::root());
    suite.args(["run", "--quiet", "--package", "fleet-gallery", "--example", "contract", "--"]);
    shell::become_it(suite.args(arguments))
}
