//! Where the workspace is and what machine it stands on.
//!
//! The only file of the chores that reads the environment.

use std::path::{Path, PathBuf};

/// The folder of the workspace's own `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace's root")
}

/// The folder of the panel's style sheet and scripts.
pub(crate) fn panel_assets() -> PathBuf {
    root().join("crates/fleet-web/assets")
}

/// Whether nobody reads along: what cannot be had is an error then, not a remark.
pub(crate) fn under_ci() -> bool {
    variable("CI").is_some_and(|value| !value.is_empty() && value != "false" && value != "0")
}

/// The full path of a program that is on `PATH`.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = variable("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|candidate| candidate.is_file())
}

#[expect(clippy::disallowed_methods, reason = "the chores are a program of their own, and this is its door")]
pub(crate) fn variable(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}
