//! The stop of everything, from the question to the lift; and the same page where scripts are forbidden.

use anyhow::Result;
use serde_json::json;

use super::Scene;

#[tokio::test]
async fn everything_stops_after_one_question_and_goes_on_when_the_stop_is_lifted() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_panel().await?;
    assert_eq!(
        scene.browser.ask("document.querySelector('.ask-box').checkVisibility()").await?,
        json!(false)
    );
    scene.browser.press(".stop-ask").await?;
    scene.browser.press(".ask-box button").await?;
    scene.browser.until("document.querySelector('.stop-banner')").await?;
    scene.browser.until("document.querySelector('#headline').innerText == '6 bots hold still.'").await?;
    assert_eq!(scene.intents(), ["running"; 6], "what was asked of each stays as it was");

    // A quarter of an hour of the residents' time goes by in which they would do a great deal.
    let still = "[...document.querySelectorAll('.bot-words')].every(words => words.innerText.startsWith('Holding still'))";
    scene.browser.until(still).await?;
    let before = scene.newest_activity();
    scene.browser.until("parseInt(document.querySelector('.stop-banner time').innerText) >= 15").await?;
    assert_eq!(scene.newest_activity(), before, "nobody did anything");

    scene.browser.press(".stop-banner button").await?;
    scene
        .browser
        .until("!document.querySelector('.stop-banner') && document.querySelector('.stop-ask')")
        .await?;
    scene.browser.until("document.querySelector('#headline').innerText == '6 bots run.'").await?;
    let newest = "Number(document.querySelector('#feed-rows > li').id.replace('act-', ''))";
    scene.browser.until(&format!("{newest} > {before} + 5")).await?;
    assert_eq!(scene.browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn links_and_buttons_work_without_scripts() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.browser.forbid_scripts().await?;
    scene.browser.open(&scene.demo.panel).await?;
    scene.browser.until("document.querySelector('.no-script')?.checkVisibility()").await?;

    scene.browser.press(".bot .bot-orders .order").await?;
    scene.browser.until("document.querySelector('.bot .mark').innerText == 'Paused'").await?;
    scene.browser.press(".all-orders [formaction='/bots/stop']").await?;
    scene.browser.until("document.querySelectorAll('.bot .mark-stopped').length == 6").await?;
    assert_eq!(scene.intents(), ["stopped"; 6]);

    scene.browser.press(".stop-ask").await?;
    scene.browser.press(".ask-box button").await?;
    scene.browser.until("document.querySelector('.stop-banner')").await?;
    scene.browser.press(".stop-banner button").await?;
    scene
        .browser
        .until("!document.querySelector('.stop-banner') && document.querySelector('.stop-ask')")
        .await?;

    scene.browser.press(".no-script a").await?;
    assert_eq!(scene.browser.address().await?.as_str(), scene.demo.panel);
    Ok(())
}
