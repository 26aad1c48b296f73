//! Takes the pictures of the panel and the gallery that the documents show: `cargo xtask screenshots` runs it.
//!
//! It is given Chromium, chromedriver and the folder for the pictures, in this order; the program lies where Cargo
//! builds it beside the examples.

#[path = "../tests/it/browser/chromium.rs"]
#[expect(dead_code, reason = "tests ask a page for more")]
mod chromium;
#[path = "../tests/it/browser/demo.rs"]
mod demo;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use chromium::{Chromium, Programs, Window};
use demo::Demo;

const DESK: Window = Window { width: 1280, height: 900, is_phone: false, is_dark: false };

/// Enough has happened to be looked at.
const IS_LIVELY: &str = "document.querySelectorAll('.row-post').length >= 2
    && document.querySelectorAll('.row-comment, .row-answer').length >= 2
    && document.querySelectorAll('.row-like').length >= 2
    && Number(document.querySelector('.counts dd')?.innerText) > 0
    && Number(document.querySelectorAll('.counts dd')[1]?.innerText) >= 24";

/// All pictures in sight are there, and none fades in any more.
const IS_PAINTED: &str = "[...document.images].every(picture => {
        const { top, bottom } = picture.getBoundingClientRect();
        return bottom < 0 || top > innerHeight || (picture.complete && picture.naturalWidth > 0);
    }) && document.getAnimations().every(({ playState }) => playState != 'running')";

#[tokio::main]
async fn main() -> Result<()> {
    let mut given = std::env::args_os().skip(1).map(PathBuf::from);
    let mut next = |what| given.next().with_context(|| format!("{what} was not given"));
    let programs = Programs { chromium: next("Chromium")?, chromedriver: next("chromedriver")? };
    let folder = next("the folder for the pictures")?;

    let data = tempfile::tempdir()?;
    let here = std::env::current_exe()?;
    let built = here.parent().and_then(Path::parent).context("an example lies in a folder of the build's")?;
    let mut demo = Command::new(built.join("fleet"));
    demo.args(["demo", "--port", "0", "--seed", "1", "--for", "5m", "--data"]).arg(data.path());
    let demo = Demo::start(demo)?;
    let browser = Chromium::start(&programs).await?;
    let camera = Camera { browser: &browser, folder: &folder };

    browser.look_through(DESK).await?;
    browser.open(&demo.panel).await?;
    browser.until(IS_LIVELY).await?;
    camera.take("panel-light", DESK).await?;
    camera.take("panel-dark", Window { is_dark: true, ..DESK }).await?;
    camera.take("panel-phone", Window { width: 375, height: 812, is_phone: true, ..DESK }).await?;

    let item = "document.querySelector('.row-comment .row-told a').href";
    let item = browser.ask(item).await?;
    browser.open(&demo.gallery).await?;
    camera.take("gallery", Window { height: 1000, ..DESK }).await?;
    browser.open(item.as_str().context("a comment is about a post")?).await?;
    camera.take("item", DESK).await?;
    let profile = "document.querySelector('.comments .by:has(.badge) a').href";
    let profile = browser.ask(profile).await?;
    browser.open(profile.as_str().context("a resident has a profile")?).await?;
    camera.take("profile", DESK).await
}

struct Camera<'a> {
    browser: &'a Chromium,
    folder: &'a Path,
}

impl Camera<'_> {
    async fn take(&self, name: &str, window: Window) -> Result<()> {
        self.browser.look_through(window).await?;
        self.browser.until(IS_PAINTED).await?;
        let path = self.folder.join(name).with_extension("png");
        std::fs::write(&path, self.browser.page.screenshot().await?)?;
        eprintln!("{}", path.display());
        Ok(())
    }
}
