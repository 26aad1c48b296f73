//! Signing in as people do it: by the first link, with a slip, out again, and out from elsewhere while a page is open.

use std::sync::Arc;

use anyhow::{Context, Result};
use fantoccini::Locator;
use fleet_gallery::{Sandbox, SandboxConfig, Secret};

use super::axe::{assert_no_barriers, axe};
use super::chromium::Chromium;
use super::{DESK, Window, programs};
use crate::shell::{Running, Shell};

const PASSWORD: &str = "a horse and a staple";
const PHONE: Window = Window { width: 375, height: 812, is_phone: true, is_dark: true };

/// A fleet that is served, before a gallery of its own.
struct Served {
    panel: String,
    welcome: String,
    _serve: Running,
}

impl Served {
    fn over(shell: &Shell) -> Result<Self> {
        let mut serve = shell.begin(&["serve"]);
        let panel = serve.line().strip_prefix("panel    ").context("the panel comes first")?.to_owned();
        let welcome = serve.line().strip_prefix("welcome  ").context("then the link")?.to_owned();
        while !serve.line().starts_with("gallery  ") {}
        Ok(Self { panel, welcome, _serve: serve })
    }
}

async fn fill(browser: &Chromium, field: &str, text: &str) -> Result<()> {
    let field = browser.page.find(Locator::Css(&format!("[name={field}]"))).await?;
    field.clear().await?;
    Ok(field.send_keys(text).await?)
}

async fn no_barriers(browser: &Chromium, page: &str) -> Result<()> {
    let Some(axe) = axe()? else { return Ok(()) };
    for window in [DESK, PHONE] {
        browser.look_through(window).await?;
        assert_no_barriers(browser, &axe, page).await?;
        let is_narrow = "document.documentElement.scrollWidth <= innerWidth";
        assert!(browser.ask(is_narrow).await?.as_bool().unwrap_or_default(), "{page} is too wide");
    }
    browser.look_through(DESK).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_comes_in_goes_out_and_is_put_out() -> Result<()> {
    let Some(programs) = programs() else { return Ok(()) };
    let token = Secret::new("fst_test_0123456789");
    let now = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let sandbox = Sandbox::start(SandboxConfig::new(token.clone(), now)).await?;
    let shell = Shell::new()
        .with("FLOIMG_API_URL", sandbox.url().as_str())
        .with("FLOIMG_SERVICE_TOKEN", token.expose())
        .with("FLEET_LISTEN", "127.0.0.1:0");
    shell.ada();
    let served = Served::over(&shell)?;
    let browser = Chromium::start(&programs).await?;

    // The first operator, with a slip.
    browser.open(&served.welcome).await?;
    no_barriers(&browser, "the welcome").await?;
    fill(&browser, "name", "ada").await?;
    fill(&browser, "password", PASSWORD).await?;
    fill(&browser, "again", "another horse").await?;
    browser.press("button").await?;
    browser.until("document.querySelector('#again-rule')").await?;
    no_barriers(&browser, "the welcome with a mistake").await?;
    fill(&browser, "password", PASSWORD).await?;
    fill(&browser, "again", PASSWORD).await?;
    browser.press("button").await?;
    browser.until("document.querySelector('.who-name')?.textContent === 'ada'").await?;
    browser.until("document.querySelector('[data-link=\"live\"]')").await?;

    // What is ordered here is signed here.
    let listed = shell.json(&["bots", "show", "ada"]);
    let bot = format!("{}bots/{}", served.panel, listed["id"].as_str().unwrap_or_default());
    browser.open(&bot).await?;
    browser.press("form[action*=\"/start\"] button").await?;
    browser.until("document.body.innerText.includes('by ada')").await?;
    assert_eq!(shell.intent("ada").as_deref(), Some("running"));

    // Put out from a shell, while the page is open.
    browser.until("document.querySelector('[data-link=\"live\"]')").await?;
    shell.ok(&["operators", "sign-out", "ada"]);
    browser.until("document.querySelector('[data-signed-out]')").await?;
    browser.until("!document.querySelector('#live')").await?;
    no_barriers(&browser, "a page whose sign-in is over").await?;

    // In again, with a slip, to where it was.
    browser.press("[data-signed-out] a").await?;
    browser.until("document.querySelector('[name=password]')").await?;
    no_barriers(&browser, "the sign-in").await?;
    fill(&browser, "name", "Ada").await?;
    fill(&browser, "password", "three blue tugboats").await?;
    browser.press("button").await?;
    browser.until("document.querySelector('#wrong')").await?;
    no_barriers(&browser, "the sign-in after a slip").await?;
    fill(&browser, "password", PASSWORD).await?;
    browser.press("button").await?;
    browser.until("document.querySelector('.who-name')").await?;
    assert_eq!(browser.address().await?.as_str(), bot);

    // Out, by the operator's own page.
    browser.press(".who-name").await?;
    browser.until("document.querySelector('.sessions')").await?;
    no_barriers(&browser, "the account").await?;
    browser.press("form[action=\"/sign-out\"].account-out button").await?;
    browser.until("document.body.innerText.includes('You are signed out.')").await?;
    browser.open(&bot).await?;
    browser.until("document.querySelector('[name=password]')").await?;
    sandbox.stop().await;
    Ok(())
}
