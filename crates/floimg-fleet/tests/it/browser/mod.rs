//! The panel and the gallery as people see them: in a real browser, over a demo that really runs.
//!
//! Each test is the story of one page: it has a browser and a demo of its own, which are dear, and looks at many things with
//! them. Where no browser is, they say so and pass, except under CI.

mod activity;
mod axe;
mod bot;
mod chromium;
mod crowd;
mod demo;
mod forms;
mod gallery;
mod gallery_guest;
mod healing;
mod keys;
mod orders;
mod overview;
mod settings;
mod sign_in;
mod stop;

use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use self::chromium::{Chromium, Programs, Window};
use self::demo::Demo;
use crate::shell::Shell;

const DESK: Window = Window { width: 1280, height: 900, is_phone: false, is_dark: false };
const PHONE: Window = Window { width: 375, height: 812, is_phone: true, is_dark: false };

/// The numbers of a feed's rows, as they stand.
const ROWS: &str =
    "[...document.querySelectorAll('#feed-rows > li')].map(row => Number(row.id.replace('act-', '')))";
const NEWEST: &str = "Number(document.querySelector('#feed-rows > li')?.id.replace('act-', ''))";

/// What of a page sticks out to the side, if it can be scrolled there.
const SIDEWAYS: &str = "document.documentElement.scrollWidth > document.documentElement.clientWidth
    ? ['the page is too wide', ...[...document.querySelectorAll('body *')].filter(part => part.getBoundingClientRect().right > innerWidth + 0.5)
        .map(part => part.outerHTML.slice(0, 120))] : []";

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
        Self::begin_over(Shell::new(), arguments).await
    }

    /// Over what is in the shell's store already.
    async fn begin_over(shell: Shell, arguments: &[&str]) -> Result<Option<Self>> {
        let Some(programs) = programs() else { return Ok(None) };
        let demo = demo_over(&shell, arguments)?;
        let browser = Chromium::start(&programs).await?;
        browser.look_through(DESK).await?;
        Ok(Some(Self { browser, demo, shell }))
    }

    /// Opens the panel and waits until it is live.
    async fn open_panel(&self) -> Result<()> {
        self.open("").await
    }

    /// Opens a page of the panel, by its path without the first slash, and waits until it is live.
    async fn open(&self, path: &str) -> Result<()> {
        self.browser.open(&self.address(path)).await?;
        self.until_live().await
    }

    async fn until_live(&self) -> Result<()> {
        self.browser.until("document.querySelector('[data-link=\"live\"]')").await
    }

    /// Where a page of the panel is.
    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.demo.panel)
    }

    /// The path of the first bot's page.
    async fn first_bot(&self) -> Result<String> {
        self.open("bots").await?;
        let path = self.browser.ask("document.querySelector('.bot-name').getAttribute('href')").await?;
        Ok(path.as_str().unwrap_or_default().trim_start_matches('/').to_owned())
    }

    /// The rows of the feed: each once, the newest first.
    async fn rows(&self) -> Result<Vec<i64>> {
        let rows = self.browser.ask(ROWS).await?;
        let rows: Vec<_> = rows.as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
        assert!(rows.is_sorted_by(|newer, older| newer > older), "{rows:?}");
        Ok(rows)
    }

    /// The page has done nothing that a browser complains of, and nothing sticks out of it.
    async fn assert_whole(&self, page: &str) -> Result<()> {
        assert_eq!(self.browser.ask(SIDEWAYS).await?, json!([]), "{page}");
        assert_eq!(self.browser.complaints().await?, Vec::<String>::new(), "{page}");
        Ok(())
    }

    /// What is wanted of every bot, as the store has it.
    fn intents(&self) -> Vec<String> {
        let listed = self.shell.json(&["bots", "list"]);
        let bots = listed["bots"].as_array().expect("bots are listed");
        bots.iter().map(|bot| bot["intent"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Waits until the store has an activity of that number.
    async fn until_activity(&self, number: i64) {
        while self.newest_activity() < number {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
    }

    /// The number of the newest activity in the store.
    fn newest_activity(&self) -> i64 {
        let newest = self.shell.json(&["activity", "--limit", "1"]);
        newest["seq"].as_i64().expect("an activity has a number")
    }
}

/// Six residents whose minutes are quarter seconds, unless the arguments say otherwise.
fn demo_over(shell: &Shell, arguments: &[&str]) -> Result<Demo> {
    let mut arguments = [&["demo"], arguments].concat();
    for (name, value) in [("--bots", "6"), ("--speed", "240")] {
        if !arguments.contains(&name) {
            arguments.extend([name, value]);
        }
    }
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
