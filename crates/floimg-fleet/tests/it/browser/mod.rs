//! The panel and the gallery as people see them: in a real browser, over a demo that really runs.
//!
//! Each test has a browser and a demo of its own. Where no browser is, they say so and pass, except under CI.

mod activity;
mod axe;
mod chromium;
mod demo;
mod forms;
mod gallery;
mod gallery_guest;
mod orders;
mod panel;
mod sign_in;
mod stop;

use std::path::PathBuf;

use anyhow::Result;

use self::chromium::{Chromium, Programs, Window};
use self::demo::Demo;
use crate::shell::Shell;

const DESK: Window = Window { width: 1280, height: 900, is_phone: false, is_dark: false };

/// A browser before a demo that goes fast.
struct Scene {
    browser: Chromium,
    demo: Demo,
    /// Steers the demo from outside, over the same data.
    shell: Shell,
}

impl Scene {
    /// Nothing where there is no browser.
    async fn begin() -> Result<Option<Self>> {
        Self::begin_with(&["--port", "0"]).await
    }

    async fn begin_with(arguments: &[&str]) -> Result<Option<Self>> {
        let Some(programs) = programs() else { return Ok(None) };
        let shell = Shell::new();
        let demo = demo_over(&shell, arguments)?;
        let browser = Chromium::start(&programs).await?;
        browser.look_through(DESK).await?;
        Ok(Some(Self { browser, demo, shell }))
    }

    /// Opens the panel and waits until it is live.
    async fn open_panel(&self) -> Result<()> {
        self.browser.open(&self.demo.panel).await?;
        self.browser.until("document.querySelector('[data-link=\"live\"]')").await
    }

    /// What is wanted of every bot, as the store has it.
    fn intents(&self) -> Vec<String> {
        let listed = self.shell.json(&["bots", "list"]);
        let bots = listed["bots"].as_array().expect("bots are listed");
        bots.iter().map(|bot| bot["intent"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The number of the newest activity in the store.
    fn newest_activity(&self) -> i64 {
        let newest = self.shell.json(&["activity", "--limit", "1"]);
        newest["seq"].as_i64().expect("an activity has a number")
    }
}

/// Six residents whose minutes are quarter seconds.
fn demo_over(shell: &Shell, arguments: &[&str]) -> Result<Demo> {
    let arguments = [&["demo", "--bots", "6", "--speed", "240"], arguments].concat();
    Demo::start(shell.command(&arguments))
}

/// The browser that the tests are told of.
#[expect(clippy::disallowed_methods, reason = "the test run tells its tests by variables what is there")]
fn programs() -> Option<Programs> {
    let told = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let found = told("FLEET_TEST_CHROMIUM").zip(told("FLEET_TEST_CHROMEDRIVER"));
    let Some((chromium, chromedriver)) = found else {
        skip("FLEET_TEST_CHROMIUM and FLEET_TEST_CHROMEDRIVER are not set");
        return None;
    };
    Some(Programs { chromium: PathBuf::from(chromium), chromedriver: PathBuf::from(chromedriver) })
}

/// Says why a test is left out, which must not happen where nobody reads along.
#[expect(clippy::disallowed_methods, reason = "the test run tells its tests by variables what is there")]
fn skip(why: &str) {
    let under_ci = std::env::var("CI").is_ok_and(|value| !["", "0", "false"].contains(&value.as_str()));
    assert!(!under_ci, "{why}");
    eprintln!("skipped: {why}");
}
