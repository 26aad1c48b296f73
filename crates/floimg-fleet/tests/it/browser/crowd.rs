//! A thousand bots in the table: found, sorted, paged and ordered; small on the wire, and pushed only as far as they are seen.

use anyhow::Result;
use serde_json::json;

use super::{PHONE, Scene, Window};

/// What a page may weigh on the wire, in bytes.
const MOST_BYTES: u64 = 60_000;

const NAMES: &str = "[...document.querySelectorAll('.bot-name')].map(name => name.innerText)";

/// Notes which elements the stream exchanges.
const NOTE_PUSHES: &str = "(window.pushed = [], document.addEventListener('htmx:sse:before:message', ({ detail }) =>
    window.pushed.push(...[...(detail.message.data ?? '').matchAll(/hx-target=\"#([^\"]+)\"/g)].map(found => found[1]))), 0)";

#[tokio::test]
async fn a_thousand_bots_are_found_paged_and_ordered() -> Result<()> {
    let arguments = ["--port", "0", "--bots", "1000", "--speed", "20", "--visitors", "0"];
    let Some(scene) = Scene::begin_with(&arguments).await? else { return Ok(()) };
    let browser = &scene.browser;
    scene.open("bots").await?;
    assert_eq!(browser.ask("document.querySelectorAll('.bot').length").await?, json!(50));
    browser.until("document.querySelector('.pages').innerText.includes('1 to 50 of 1,000')").await?;

    // Only what is seen is pushed: rows of this page, and what every page has.
    browser.ask(NOTE_PUSHES).await?;
    browser.until("window.pushed.filter(id => id.startsWith('bot-')).length > 20").await?;
    let strange =
        browser.ask("[...new Set(window.pushed)].filter(id => !document.getElementById(id))").await?;
    assert_eq!(strange, json!([]));
    assert_eq!(browser.ask("document.querySelectorAll('.bot').length").await?, json!(50));

    // Light on the wire, and what all pages share comes once.
    for path in ["bots", "", "unresolved"] {
        scene.open(path).await?;
        let bytes = browser.ask("performance.getEntriesByType('navigation')[0].transferSize").await?;
        assert!(bytes.as_u64().is_some_and(|bytes| bytes > 0 && bytes <= MOST_BYTES), "/{path}: {bytes}");
        let again = "performance.getEntriesByType('resource').filter(({ name, transferSize }) =>
            name.includes('/assets/') && transferSize > 0).map(({ name }) => name)";
        assert_eq!(browser.ask(again).await?, json!([]), "/{path}");
    }

    // Pages lead on and back, and show each bot once.
    scene.open("bots").await?;
    let first = browser.ask(NAMES).await?;
    browser.press(".pages [rel=next]").await?;
    browser.until("document.querySelector('.pages').innerText.includes('51 to 100 of 1,000')").await?;
    let ids = "[...document.querySelectorAll('.bot')].map(({ id }) => id)";
    let second = browser.ask(ids).await?;
    browser.press(".pages [rel=prev]").await?;
    browser.until("document.querySelector('.pages').innerText.includes('1 to 50')").await?;
    assert_eq!(browser.ask(NAMES).await?, first);
    let both = browser.ask(ids).await?;
    assert!(both.as_array().unwrap().iter().all(|id| !second.as_array().unwrap().contains(id)));

    // Sorted by a head, and the other way round.
    browser.press(".bot-table thead a[href*='sort=username'], .bot-table thead a[href*='sort=name']").await?;
    browser.until("document.querySelector('[aria-sort=descending]')").await?;
    assert_ne!(browser.ask(NAMES).await?, first);

    // Searched and filtered; what is found is what the store finds.
    scene.open("bots").await?;
    browser.page.find(fantoccini::Locator::Css("[name=q]")).await?.send_keys("ada").await?;
    browser.ask("(document.querySelector('[name=intent]').value = 'running', 0)").await?;
    browser.press(".filters [type=submit]").await?;
    browser.until("location.search.includes('q=ada') && location.search.includes('intent=running')").await?;
    scene.until_live().await?;
    let found =
        scene.shell.json(&["bots", "list", "--text", "ada", "--intent", "running", "--per-page", "1000"]);
    let total = found["total"].as_u64().unwrap();
    assert!(total > 1 && total < 1_000, "{total}");
    let shown = browser.ask("document.querySelectorAll('.bot').length").await?;
    assert_eq!(shown, json!(total.min(50)));

    // All that match, and nobody else, are paused, also beyond what is seen.
    browser.press("[data-pick-all]").await?;
    browser.press(".bulk [formaction^='/bots/many/pause']").await?;
    browser.until("document.querySelector('#bots .empty')").await?;
    let line = format!("{} bots run, {total} are paused.", 1_000 - total);
    browser.until(&format!("document.querySelector('#status').innerText.startsWith('{line}')")).await?;
    let count = |intent: &str| {
        let listed = scene.shell.json(&["bots", "list", "--intent", intent, "--per-page", "1"]);
        listed["total"].as_u64().unwrap_or_default()
    };
    assert_eq!((count("paused"), count("running")), (total, 1_000 - total));
    scene.open("bots?intent=paused").await?;
    browser.press("[data-pick-all]").await?;
    browser.press(".bulk [formaction^='/bots/many/delete'], .bulk .ask summary").await?;
    browser.press(".bulk .ask-box button").await?;
    browser.until("document.querySelector('#bots .empty')").await?;
    assert_eq!(count("running"), 1_000 - total);
    assert_eq!(count("paused"), 0);

    browser.look_through(PHONE).await?;
    scene.open("bots").await?;
    scene.assert_whole("a thousand bots on a phone").await?;
    // Whatever is asked stands whole on the page, wherever its button has wrapped to.
    let bot = scene.browser.ask("document.querySelector('.bot a').href").await?;
    let pages = [format!("{}bots", scene.demo.panel), bot.as_str().unwrap_or_default().to_owned()];
    for width in [320, 375, 600, 768, 1024] {
        scene.browser.look_through(Window { width, ..PHONE }).await?;
        for page in &pages {
            scene.browser.open(page).await?;
            let outside = "[...document.querySelectorAll('[data-ask]')].map(ask => {
                ask.open = true;
                const { left, right } = ask.querySelector('.ask-box').getBoundingClientRect();
                ask.open = false;
                return left >= 0 && right <= innerWidth ? '' : `${ask.id}: ${left} to ${right}`;
            }).filter(Boolean).join()";
            let outside = scene.browser.ask(outside).await?;
            assert_eq!(outside, "", "{page}, {width} wide");
        }
    }
    Ok(())
}
