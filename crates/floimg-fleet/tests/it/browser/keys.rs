//! The panel by the keyboard alone: where the focus goes, that it is seen, and that nothing takes it away.

use anyhow::Result;
use serde_json::json;

use super::Scene;

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const SPACE: &str = " ";
const ESCAPE: &str = "\u{e00c}";

impl Scene {
    /// Goes on with the Tab key until what has the focus is such.
    async fn tab_to(&self, selector: &str) -> Result<()> {
        let is_there = format!("document.activeElement.matches(`{selector}`)");
        for _ in 0..200 {
            if self.browser.ask(&is_there).await? == json!(true) {
                return self.assert_focus_is_seen().await;
            }
            self.browser.type_keys(TAB).await?;
        }
        anyhow::bail!("the Tab key does not lead to `{selector}`")
    }

    async fn assert_focus_is_seen(&self) -> Result<()> {
        let ring = "(({ outlineStyle, outlineWidth, boxShadow }) =>
            (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none')(getComputedStyle(document.activeElement))";
        let place = "(({ left, top, width, height }) => document.activeElement.contains(
            document.elementFromPoint(left + width / 2, top + height / 2)))(document.activeElement.getBoundingClientRect())";
        let focused = self.browser.ask("document.activeElement.outerHTML.slice(0, 160)").await?;
        assert_eq!(self.browser.ask(&format!("{ring} && {place}")).await?, json!(true), "{focused}");
        Ok(())
    }
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    scene.open_panel().await?;
    browser.type_keys(TAB).await?;
    scene.tab_to("a.skip").await?;
    browser.type_keys(ENTER).await?;
    browser.until("location.hash === '#main'").await?;
    // From there the way goes on within the page.
    browser.type_keys(TAB).await?;
    browser.until("document.querySelector('main').contains(document.activeElement)").await?;

    scene.open_panel().await?;
    scene.tab_to(".ways a[href='/bots']").await?;
    browser.type_keys(ENTER).await?;
    browser.until("location.pathname === '/bots'").await?;
    scene.until_live().await?;

    // A question opens, is taken back, and is where it was.
    scene.tab_to(".stop-ask").await?;
    browser.type_keys(ENTER).await?;
    browser.until("document.querySelector('.stop-control .ask-box').checkVisibility()").await?;
    browser.type_keys(TAB).await?;
    browser.until("document.activeElement.matches('.stop-control .ask-box button')").await?;
    browser.type_keys(ESCAPE).await?;
    browser.until("!document.querySelector('.stop-control .ask-box').checkVisibility() && document.activeElement.matches('.stop-ask')").await?;

    // Two are ticked, and paused.
    let id = browser.ask("document.querySelector('.bot').id").await?;
    let id = id.as_str().unwrap();
    for row in [1, 2] {
        scene.tab_to(&format!(".bot:nth-of-type({row}) [data-pick]")).await?;
        browser.type_keys(SPACE).await?;
    }
    browser.until("document.querySelectorAll('[data-pick]:checked').length === 2").await?;
    browser.ask("document.querySelector('.filters [type=submit]').focus()").await?;
    scene.tab_to(".bulk [formaction^='/bots/many/pause']").await?;
    browser.type_keys(SPACE).await?;
    browser.until("document.querySelectorAll('.bot .mark-paused').length === 2").await?;
    browser.until("document.activeElement.matches('.bulk [formaction^=\"/bots/many/pause\"]')").await?;

    // Whose button has the focus keeps it while the row is exchanged, here for what a shell ordered.
    scene.tab_to(&format!("#{id}-order")).await?;
    browser.until(&format!("document.querySelector('#{id}-order').innerText === 'Resume'")).await?;
    scene.shell.ok(&["bots", "resume", "--all"]);
    browser.until(&format!("document.querySelector('#{id}-order').innerText === 'Pause'")).await?;
    assert_eq!(browser.ask("document.activeElement.id").await?, json!(format!("{id}-order")));
    scene.assert_focus_is_seen().await?;
    browser.type_keys(ENTER).await?;
    browser.until(&format!("document.querySelector('#{id} .mark').innerText === 'Paused'")).await?;
    assert_eq!(browser.ask("document.activeElement.id").await?, json!(format!("{id}-order")));

    // Everything is stopped and goes on.
    scene.open_panel().await?;
    scene.tab_to(".stop-ask").await?;
    browser.type_keys(ENTER).await?;
    scene.tab_to(".stop-control .ask-box button").await?;
    browser.type_keys(ENTER).await?;
    browser.until("document.querySelector('.stop-banner')").await?;
    scene.tab_to(".stop-banner button").await?;
    browser.type_keys(ENTER).await?;
    browser.until("!document.querySelector('.stop-banner') && document.querySelector('.stop-ask')").await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}
