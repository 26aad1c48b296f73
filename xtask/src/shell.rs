//! Running other programs, and telling what went wrong in words.
//!
//! Our own remarks and those of programs we start go to standard error: standard output belongs to what the user
//! asked for.

use std::io::{self, ErrorKind};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

/// Runs a program to its end and takes any exit code but zero for an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = describe(command);
    let status =
        command.stdout(Stdio::from(io::stderr())).status().with_context(|| could_not_start(&name))?;
    if !status.success() {
        bail!("`{name}` failed ({status})");
    }
    Ok(())
}

/// Puts the program in our place, so that nobody stands between it and its terminal.
#[cfg(unix)]
pub(crate) fn become_it(program: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;

    Err(anyhow::Error::new(program.exec()).context("cargo could not be started"))
}

/// Runs the program and hands its exit code on.
#[cfg(not(unix))]
pub(crate) fn become_it(program: &mut Command) -> Result<ExitCode> {
    let code = program.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Runs a program silently and tells what it said only if it failed.
pub(crate) fn run_quietly(command: &mut Command) -> Result<String> {
    let name = describe(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| could_not_start(&name))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{name}` failed ({}): {}", output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a program is there and answers with success.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Whether an error means that the program is not on this machine.
pub(crate) fn is_missing(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|cause| cause.kind() == ErrorKind::NotFound)
}

/// Whether we may install things and must not run a database as ourselves.
pub(crate) fn running_as_root() -> bool {
    run_quietly(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

/// The program and its first arguments, as one would type them.
fn describe(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().take(4).map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}

fn could_not_start(name: &str) -> String {
    format!("`{name}` could not be started")
}
