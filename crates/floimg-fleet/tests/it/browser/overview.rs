//! The overview: how the fleet is, what it does as it does it, and where that leads.

use anyhow::Result;
use serde_json::json;

use super::{DESK, NEWEST, PHONE, Scene, Window};

const WAKES: &str = "[...document.querySelectorAll('.bot-wake')].map(wake => wake.innerText)";

#[tokio::test]
async fn the_overview_tells_how_the_fleet_is_and_leads_to_what_it_names() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    scene.open_panel().await?;
    let counted =
        "[...document.querySelectorAll('.in-state b')].reduce((sum, b) => sum + Number(b.innerText), 0)";
    browser.until(&format!("{counted} === 6")).await?;
    browser.until("document.querySelector('#status').innerText.startsWith('6 bots run.')").await?;
    for (label, bar) in [("posts", "posts"), ("likes", "likes"), ("comments", "comments")] {
        let count = format!(
            "[...document.querySelectorAll('.day-count')].some(day =>
                day.innerText.includes('{label}') && Number(day.querySelector('b').innerText) > 0)"
        );
        browser.until(&format!("{count} && document.querySelector('.hours-bars .bar-{bar}')")).await?;
    }

    // Who is an AI goes by a name that says so.
    browser.until("document.querySelectorAll('.row .flag').length > 5").await?;
    let unlabelled = "[...document.querySelectorAll('.row:has(.flag) .row-told')]
        .map(told => told.innerText).filter(told => !told.includes('(AI)'))";
    assert_eq!(browser.ask(unlabelled).await?, json!([]));

    // A post is seen in its row, once that is in sight.
    let picture = "document.querySelector('.row-post .row-picture')";
    browser.until(picture).await?;
    browser
        .until(&format!("({picture}.scrollIntoView({{ block: 'center' }}), {picture}.naturalWidth > 0)"))
        .await?;
    let address = browser.ask(&format!("{picture}.src")).await?;
    assert!(address.as_str().is_some_and(|address| address.starts_with(&scene.demo.gallery)), "{address}");
    browser.press(".row-post .row-told a").await?;
    browser.until("location.pathname.startsWith('/item/') && document.querySelector('.stage img')").await?;

    for (link, path, landed) in [
        (
            ".in-state a[href='/bots?state=resting']",
            "/bots",
            "document.querySelector('[name=state]').value === 'resting'",
        ),
        (".ways a[href='/bots']", "/bots", "document.querySelectorAll('.bot').length === 6"),
    ] {
        scene.open_panel().await?;
        browser.until("document.querySelectorAll('#feed-rows > li').length > 50").await?;
        browser.press(link).await?;
        browser.until(&format!("location.pathname === '{path}' && {landed}")).await?;
    }
    scene.rows().await?;
    scene.assert_whole("the overview").await?;

    for is_dark in [false, true] {
        for window in [DESK, PHONE] {
            browser.look_through(Window { is_dark, ..window }).await?;
            scene.open_panel().await?;
            assert_eq!(browser.ask("innerWidth").await?, json!(window.width));
            let ground = browser.ask("getComputedStyle(document.body).colorScheme").await?;
            assert_eq!(ground, json!(if is_dark { "dark" } else { "light" }));
            scene.assert_whole(&format!("the overview, {window:?}, dark: {is_dark}")).await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_is_open_goes_on_by_itself() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    scene.open_panel().await?;
    browser.ask("window.isStillHere = true").await?;
    let first = browser.ask(NEWEST).await?;
    let place = "document.querySelector('#feed-rows').getBoundingClientRect().top";
    browser.until(&format!("{NEWEST} > {first} + 20")).await?;
    let top = browser.ask(place).await?;
    browser.until(&format!("{NEWEST} > {first} + 40")).await?;
    assert_eq!(browser.ask(place).await?, top, "what comes moves nothing but the feed");
    scene.rows().await?;
    assert_eq!(browser.ask("window.isStillHere").await?, json!(true), "it was not loaded again");

    // On the table, who is due acts now and not in the past.
    scene.open("bots").await?;
    let watch = format!(
        "new MutationObserver(() => window.toldAsPast ||= {WAKES}.find(words => words.includes('ago')))
            .observe(document.body, {{ subtree: true, childList: true, characterData: true }})"
    );
    browser.ask(&watch).await?;
    for words in ["acts in", "acts now", "acts in", "acts now"] {
        browser.until(&format!("{WAKES}.some(words => words.startsWith('{words}'))")).await?;
    }
    assert_eq!(browser.ask("window.toldAsPast").await?, json!(null));
    let labels =
        "[...document.querySelectorAll('.bot')].map(bot => bot.querySelector('.ai-mark')?.innerText)";
    assert_eq!(browser.ask(labels).await?, json!(vec!["AI resident"; 6]));
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}
