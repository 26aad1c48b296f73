//! Takes the pictures of the panel and the gallery that the documents show: `cargo xtask screenshots` runs it.
//!
//! It is given Chromium, chromedriver and the folder for the pictures, in this order; the program lies where Cargo
//! builds it beside the examples.

#[path = "../tests/it/browser/chromium.rs"]
#[expect(dead_code, reason = "tests ask a page for more")]
mod chromium;
#[path = "../tests/it/browser/demo.rs"]
mod demo;

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use chromium::{Chromium, Programs, Window};
use demo::Demo;

const DESK: Window = Window { width: 1280, height: 900, is_phone: false, is_dark: false };
const PHONE: Window = Window { width: 375, height: 812, is_phone: true, is_dark: false };

/// Enough has happened to be looked at, the gallery was looked at, and nobody gets ready any more.
const IS_LIVELY: &str = "Number(document.querySelector('.day-count b')?.innerText) >= 24
    && document.querySelector('.whose')
    && !document.querySelector('main [href=\"/bots?state=starting\"]')";

/// Where the page of the bot is that shared most.
const MOST_POSTS: &str = "document.querySelector('.bot-table a.bot-name').getAttribute('href')";

/// A post and something said are in sight.
const IS_TELLING: &str = "['.row-post', '.row-comment, .row-answer'].every(rows =>
    [...document.querySelectorAll(rows)].some(row => row.getBoundingClientRect().bottom < innerHeight))";

/// Ends when all pictures are drawn that are there: a decoded one is on the page a frame later.
const DRAW: &str = "for (const picture of document.images) picture.decoding = 'sync';
    Promise.allSettled([...document.images].filter(picture => picture.complete)
    .map(picture => picture.decode())).then(() => requestAnimationFrame(() => requestAnimationFrame(done)))";

/// All pictures in sight are there.
const ARE_LOADED: &str = "[...document.images].every(picture => {
    const { top, bottom } = picture.getBoundingClientRect();
    return bottom < 0 || top > innerHeight || (picture.complete && picture.naturalWidth > 0);
})";

/// Where the post of a resident leads that most was said about.
const MOST_TALKED_OF: &str = "[...document.querySelectorAll('.card:has(.is-agent)')]
    .map(card => [Number(card.querySelector('[data-comments]').innerText), card.querySelector('.card-title a').href])
    .reduce((most, next) => next[0] > most[0] ? next : most)[1]";

/// Where the resident leads who made most of the posts.
const BUSIEST: &str =
    "Object.entries(Object.groupBy(document.querySelectorAll('.is-agent a.name'), link => link.href))
    .reduce((most, next) => next[1].length > most[1].length ? next : most)[0]";

#[tokio::main]
async fn main() -> Result<()> {
    let mut given = std::env::args_os().skip(1).map(PathBuf::from);
    let mut next = |what| given.next().with_context(|| format!("{what} was not given"));
    let programs = Programs { chromium: next("Chromium")?, chromedriver: next("chromedriver")? };
    let folder = next("the folder for the pictures")?;

    let data = tempfile::tempdir()?;
    let here = std::env::current_exe()?;
    let built = here.parent().and_then(Path::parent).context("an example lies in a folder of the build's")?;
    let port = free_port()?.to_string();
    let demo_for = |arguments: &[&str]| {
        let mut demo = Command::new(built.join("fleet"));
        demo.args(["demo", "--seed", "1", "--port", &port, "--data"]).arg(data.path()).args(arguments);
        demo
    };
    // A day of which some hours have passed has more to show than one that begins.
    let past = demo_for(&["--headless", "--speed", "600", "--for", "75s"]).stdout(Stdio::null()).status()?;
    anyhow::ensure!(past.success(), "the demo did not live through its first hours");
    let demo = Demo::start(demo_for(&["--for", "10m"]))?;
    let browser = Chromium::start(&programs).await?;
    let camera = Camera { browser: &browser, folder: &folder };

    browser.look_through(DESK).await?;
    browser.open(&demo.panel).await?;
    browser.until(IS_LIVELY).await?;
    camera.take("panel-light", DESK, IS_TELLING).await?;
    camera.take("panel-dark", Window { is_dark: true, ..DESK }, IS_TELLING).await?;
    camera.take("panel-phone", PHONE, "true").await?;
    camera.panel(&demo.panel).await?;

    // Of the orders, this one stands still while pictures are taken.
    let gallery = format!("{}?sort=trending", demo.gallery);
    browser.look_through(DESK).await?;
    browser.open(&gallery).await?;
    let [item, profile] = [browser.ask(MOST_TALKED_OF).await?, browser.ask(BUSIEST).await?];
    let [item, profile] = [&item, &profile].map(|address| address.as_str().unwrap_or_default());
    for (name, address, height) in
        [("gallery", gallery.as_str(), 1000), ("item", item, 900), ("profile", profile, 900)]
    {
        for (kind, window) in [
            ("light", Window { height, ..DESK }),
            ("dark", Window { height, is_dark: true, ..DESK }),
            ("phone", PHONE),
        ] {
            browser.look_through(window).await?;
            browser.open(address).await?;
            camera.take(&format!("{name}-{kind}"), window, "true").await?;
        }
    }
    Ok(())
}

/// A port that nobody has, nor the next one, which the gallery takes: what was shared in the first hours is shown from where
/// it was.
fn free_port() -> Result<u16> {
    let is_free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
    let found = (20_000..30_000).step_by(2).find(|port| is_free(*port) && is_free(*port + 1));
    found.context("no two ports beside each other are free")
}

struct Camera<'a> {
    browser: &'a Chromium,
    folder: &'a Path,
}

impl Camera<'_> {
    /// The other pages of the panel.
    async fn panel(&self, panel: &str) -> Result<()> {
        self.browser.open(&format!("{panel}bots?sort=posts&dir=desc")).await?;
        let bot = self.browser.ask(MOST_POSTS).await?;
        let bot = bot.as_str().unwrap_or_default().trim_start_matches('/').to_owned();
        let night = Window { is_dark: true, ..DESK };
        for (name, path, window, is_in_sight) in [
            ("bots-light", "bots?sort=last_action_at&dir=desc", DESK, "true"),
            ("bots-phone", "bots?sort=last_action_at&dir=desc", PHONE, "true"),
            ("bot-light", bot.as_str(), Window { height: 1100, ..DESK }, "true"),
            ("bot-dark", bot.as_str(), Window { height: 1100, ..night }, "true"),
            ("activity-light", "activity?kind=acts", DESK, "document.querySelector('.row-post')"),
            ("personas-dark", "personas", night, "true"),
            ("new-bot-light", "bots/new", Window { height: 1100, ..DESK }, "true"),
            ("costs-light", "costs", Window { height: 1100, ..DESK }, "true"),
            ("settings-light", "settings", DESK, "true"),
        ] {
            self.browser.look_through(window).await?;
            self.browser.open(&format!("{panel}{path}")).await?;
            self.take(name, window, is_in_sight).await?;
        }
        Ok(())
    }

    /// Takes a picture as soon as what is wanted is in sight.
    async fn take(&self, name: &str, window: Window, is_in_sight: &str) -> Result<()> {
        self.browser.look_through(window).await?;
        self.browser.until(&format!("({is_in_sight}) && ({ARE_LOADED})")).await?;
        self.browser.run(DRAW).await?;
        let path = self.folder.join(name).with_extension("png");
        std::fs::write(&path, self.browser.page.screenshot().await?)?;
        eprintln!("{}", path.display());
        Ok(())
    }
}
