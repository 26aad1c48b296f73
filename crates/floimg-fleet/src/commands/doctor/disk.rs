//! How much room there is on a disk, where the system tells.

use std::path::Path;

/// The bytes that are free for this user where `folder` lies.
#[cfg(unix)]
pub(super) fn room(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
pub(super) fn room(_folder: &Path) -> Option<u64> {
    None
}
