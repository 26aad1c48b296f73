//! Finding the browser in which the panel is tested: Chromium, and the driver that steers it.

use std::path::PathBuf;

use crate::workspace;

/// Debian's names of what [`Browser::find`] looks for.
pub(crate) const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// A browser with its driver.
pub(crate) struct Browser {
    /// Tests find it as `FLEET_TEST_CHROMIUM`.
    pub(crate) chromium: PathBuf,
    /// Tests find it as `FLEET_TEST_CHROMEDRIVER`.
    pub(crate) chromedriver: PathBuf,
}

impl Browser {
    /// The browser on `PATH`, if both halves of it are there.
    pub(crate) fn find() -> Option<Self> {
        Some(Self {
            chromium: workspace::find_program("chromium")?,
            chromedriver: workspace::find_program("chromedriver")?,
        })
    }
}
