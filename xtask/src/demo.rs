//! `cargo xtask demo`: builds the panel's assets and the program, then becomes `fleet demo`.
//!
//! Standard output belongs to the demo alone, because `--json` is read by programs.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::{assets, workspace};

/// Runs the demo; its exit code and the user's Ctrl-C are its own.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    if let Err(error) = assets::build() {
        eprintln!("warning: the panel's assets could not be made: {error:#}");
        eprintln!("warning: {}", assets::without_them());
    }
    let mut demo = Command::new("cargo");
    demo.current_dir(workspace::root());
    demo.args(["run", "--package", "floimg-fleet", "--bin", "fleet", "--", "demo"]).args(own(arguments));
    become_it(demo)
}

/// The demo's own arguments, whether or not the user put `--` before them.
fn own(arguments: &[String]) -> &[String] {
    match arguments.split_first() {
        Some((first, rest)) if first == "--" => rest,
        _ => arguments,
    }
}

/// Puts the program in our place, so that nobody stands between it and its terminal.
#[cfg(unix)]
fn become_it(mut program: Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;

    Err(anyhow::Error::new(program.exec()).context("cargo could not be started"))
}

/// Runs the program and hands its exit code on.
#[cfg(not(unix))]
fn become_it(mut program: Command) -> Result<ExitCode> {
    let code = program.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn a_leading_double_dash_is_not_the_demos() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(own(&words("-- --for 60s")), words("--for 60s"));
        assert_eq!(own(&words("--for 60s")), words("--for 60s"));
        assert_eq!(own(&words("--for 60s -- x")), words("--for 60s -- x"));
        assert!(own(&[]).is_empty());
    }
}
