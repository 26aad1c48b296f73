//! `cargo xtask demo`: builds the panel's assets and the program, then becomes `fleet demo`.
//!
//! Standard output belongs to the demo alone, because `--json` is read by programs.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::{assets, shell, workspace};

/// Runs the demo; its exit code and the user's Ctrl-C are its own.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    if let Err(error) = assets::build() {
        eprintln!("warning: the panel's assets could not be made: {error:#}");
        eprintln!("warning: {}", assets::without_them());
    }
    let mut demo = Command::new("cargo");
    demo.current_dir(workspace::root());
    demo.args(["run", "--package", "floimg-fleet", "--bin", "fleet", "--", "demo"]).args(own(arguments));
    shell::become_it(&mut demo)
}

/// The demo's own arguments, whether or not the user put `--` before them.
fn own(arguments: &[String]) -> &[String] {
    match arguments.split_first() {
        Some((first, rest)) if first == "--" => rest,
        _ => arguments,
    }
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
