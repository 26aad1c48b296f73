//! The stop of everything, from the question to the lift, on every page; and the panel where scripts are forbidden.

use anyhow::Result;
use serde_json::json;

use super::Scene;

const BANNER: &str = "document.querySelector('.stop-banner')";

#[tokio::test]
async fn everything_stops_after_one_question_and_goes_on_when_the_stop_is_lifted() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    let bot = scene.first_bot().await?;
    let line = |words: &str| format!("document.querySelector('#status').innerText.startsWith('{words}')");
    let asks = "document.querySelector('.stop-control .ask-box').checkVisibility()";

    scene.open_panel().await?;
    assert_eq!(browser.ask(asks).await?, json!(false));
    browser.press(".stop-ask").await?;
    browser.press(".stop-control .ask-box button").await?;
    browser.until(BANNER).await?;
    browser.until(&line("6 bots hold still.")).await?;
    assert_eq!(scene.intents(), ["running"; 6], "what was asked of each stays as it was");

    // A quarter of an hour of the residents' time goes by in which they would do a great deal; the banner is everywhere.
    scene.open("bots").await?;
    let still = "[...document.querySelectorAll('.bot-words')].every(words => words.innerText.startsWith('Holding still'))";
    browser.until(&format!("{BANNER} && {still}")).await?;
    let before = scene.newest_activity();
    for path in [bot.as_str(), "unresolved", "no-such-page", "bots"] {
        browser.open(&scene.address(path)).await?;
        browser.until(BANNER).await?;
    }
    scene.until_live().await?;
    browser.until("parseInt(document.querySelector('.stop-banner time').innerText) >= 15").await?;
    assert_eq!(scene.newest_activity(), before, "nobody did anything");

    // It is lifted where one is, and stopped again from there.
    browser.press(".stop-banner button").await?;
    browser.until(&format!("!{BANNER} && document.querySelector('.stop-ask')")).await?;
    browser.until(&line("6 bots run.")).await?;
    scene.open(&bot).await?;
    browser.press(".stop-ask").await?;
    browser.press(".stop-control .ask-box button").await?;
    browser.until(&format!("{BANNER} && {}", line("6 bots hold still."))).await?;

    // A shell lifts it as well, and the page hears of it.
    scene.shell.ok(&["stop-everything", "--lift"]);
    browser.until(&format!("!{BANNER} && {}", line("6 bots run."))).await?;
    let lifted = scene.newest_activity();
    scene.open_panel().await?;
    browser.until(&format!("{} > {lifted} + 5", super::NEWEST)).await?;
    let complaints = browser.complaints().await?;
    assert!(complaints.iter().all(|complaint| complaint.contains("no-such-page")), "{complaints:?}");
    Ok(())
}

#[tokio::test]
async fn links_and_buttons_work_without_scripts() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    browser.forbid_scripts().await?;
    browser.open(&scene.demo.panel).await?;
    browser.until("document.querySelector('.no-script')?.checkVisibility()").await?;
    browser.press(".ways a[href='/bots']").await?;

    browser.press(".bot .bot-orders .order").await?;
    browser.until("document.querySelector('.bot .mark').innerText == 'Paused'").await?;
    browser.press(".bot:nth-of-type(2) [data-pick]").await?;
    browser.press(".bot:nth-of-type(3) [data-pick]").await?;
    browser.press(".bulk [formaction^='/bots/many/stop']").await?;
    browser.until("document.querySelectorAll('.bot .mark-stopped').length == 2").await?;
    browser.press("[data-pick-all]").await?;
    browser.press(".bulk [formaction^='/bots/many/start']").await?;
    browser.until("document.querySelectorAll('.bot .mark-running').length == 6").await?;
    assert_eq!(scene.intents(), ["running"; 6]);

    // The filter is the address, and an order keeps to it.
    browser.page.find(fantoccini::Locator::Css("[name=q]")).await?.send_keys("no such bot").await?;
    browser.press(".filters [type=submit]").await?;
    browser
        .until("location.search.includes('q=no+such+bot') && document.querySelector('#bots .empty')")
        .await?;
    browser.press("#bots .empty a").await?;
    browser.press(".bot-name").await?;
    browser.press("#now-order").await?;
    browser.until("document.querySelector('#bot-now .mark').innerText == 'Paused'").await?;
    browser.press(".tabs-line [href$='kind=orders']").await?;
    browser.until("document.querySelector('.row-paused')").await?;

    browser.press(".stop-ask").await?;
    browser.press(".stop-control .ask-box button").await?;
    browser.until(BANNER).await?;
    browser.press(".stop-banner button").await?;
    browser.until(&format!("!{BANNER} && document.querySelector('.stop-ask')")).await?;

    // Nobody is meant by an order to nobody, and the way back is shown.
    browser.open(&scene.address("bots")).await?;
    browser.press(".bulk [formaction^='/bots/many/pause']").await?;
    browser.until("document.querySelector('.failure h1').innerText === 'No bot is selected.'").await?;
    browser.press(".failure a").await?;
    assert_eq!(browser.address().await?.as_str(), scene.demo.panel);
    Ok(())
}
