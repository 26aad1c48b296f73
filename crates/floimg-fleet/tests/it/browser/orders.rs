//! The table of bots and its orders, to one and to many: what they change on the page is what they change in the store.

use anyhow::Result;
use serde_json::json;

use super::Scene;

const MARKS: &str = "[...document.querySelectorAll('.bot .mark')].map(mark => mark.innerText)";
const TICKED: &str = "[...document.querySelectorAll('[data-pick]:checked')].map(box => box.value)";

#[tokio::test]
async fn the_orders_of_the_table_change_bots_on_the_page_and_in_the_store() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    scene.open("bots").await?;
    browser.until("document.querySelectorAll('.bot').length === 6").await?;
    let id = browser.ask("document.querySelector('.bot').id").await?;
    let id = id.as_str().unwrap();
    let name = "document.querySelector('.bot .bot-sub').innerText.split(' ')[0].slice(1)";
    let name = browser.ask(name).await?;
    let name = name.as_str().unwrap();

    // To one, by its own buttons.
    for (button, label, shown, stored, next) in [
        ("order", "Pause", "Paused", "paused", "Resume"),
        ("order", "Resume", "Running", "running", "Pause"),
        ("stop", "Stop", "Stopped", "stopped", "Start"),
        ("order", "Start", "Running", "running", "Pause"),
    ] {
        browser.until(&format!("document.querySelector('#{id}-{button}').innerText == '{label}'")).await?;
        browser.press(&format!("#{id}-{button}")).await?;
        browser.until(&format!("document.querySelector('#{id} .mark').innerText == '{shown}'")).await?;
        browser.until(&format!("document.querySelector('#{id}-order').innerText == '{next}'")).await?;
        assert_eq!(scene.shell.intent(name).as_deref(), Some(stored), "after {label}");
    }
    assert_eq!(scene.intents(), ["running"; 6], "nobody else was meant");

    // To nobody: it says so, and leaves all as they are.
    browser.press(".bulk [formaction^='/bots/many/pause']").await?;
    browser.until("document.querySelector('#notice').innerText.includes('No bot is selected')").await?;
    assert_eq!(scene.intents(), ["running"; 6]);

    // To those that are ticked, who stay ticked while their rows change.
    browser.press(&format!("#{id}-pick")).await?;
    browser.press(".bot:nth-of-type(3) [data-pick]").await?;
    let ticked = browser.ask(TICKED).await?;
    browser
        .until("document.querySelector('[data-pick-count]').innerText.includes('2 that are ticked')")
        .await?;
    browser.press(".bulk [formaction^='/bots/many/pause']").await?;
    browser.until(&format!("{MARKS}.filter(mark => mark === 'Paused').length === 2")).await?;
    browser
        .until("document.querySelector('#status').innerText.startsWith('4 bots run, 2 are paused.')")
        .await?;
    browser.until("document.querySelector('#notice').innerText === '2 bots were paused.'").await?;
    let mut intents = scene.intents();
    intents.sort();
    assert_eq!(intents, ["paused", "paused", "running", "running", "running", "running"]);
    assert_eq!(browser.ask(TICKED).await?, ticked);

    // A question that is taken back deletes nobody.
    browser.press(".bulk .ask summary").await?;
    browser.until("document.querySelector('.bulk .ask-box').checkVisibility()").await?;
    browser.press("h1").await?;
    browser.until("!document.querySelector('.bulk .ask-box').checkVisibility()").await?;

    // To a whole page, and to all there are.
    browser.press("[data-pick-page]").await?;
    browser.until(&format!("{TICKED}.length === 6")).await?;
    for (order, shown, stored, line) in [
        ("stop", "Stopped", "stopped", "6 bots are stopped."),
        ("start", "Running", "running", "6 bots run."),
    ] {
        browser.press(&format!(".bulk [formaction^='/bots/many/{order}']")).await?;
        browser.until(&format!("{MARKS}.filter(mark => mark === '{shown}').length === 6")).await?;
        browser.until(&format!("document.querySelector('#status').innerText.startsWith('{line}')")).await?;
        assert_eq!(scene.intents(), [stored; 6], "after {order}");
    }
    browser.press("[data-pick-page]").await?;
    browser.until(&format!("{TICKED}.length === 0")).await?;
    browser.press("[data-pick-all]").await?;
    browser
        .until(&format!("{TICKED}.length === 6 && document.querySelector('[data-pick]').disabled"))
        .await?;
    for (order, stored) in [("pause", "paused"), ("resume", "running")] {
        browser.press(&format!(".bulk [formaction^='/bots/many/{order}']")).await?;
        let shown = if order == "pause" { "Paused" } else { "Running" };
        browser.until(&format!("{MARKS}.filter(mark => mark === '{shown}').length === 6")).await?;
        assert_eq!(scene.intents(), [stored; 6], "after {order}");
    }
    browser.press("[data-pick-all]").await?;

    // Of those that were ticked one goes.
    browser.press(&format!("#{id}-pick")).await?;
    browser.until(&format!("{TICKED}.length === 1")).await?;
    browser.press(".bulk .ask summary").await?;
    browser.press(".bulk .ask-box button").await?;
    browser.until(&format!("!document.getElementById('{id}')")).await?;
    browser.until("document.querySelectorAll('.bot').length === 5").await?;
    assert_eq!(scene.intents().len(), 5);
    assert_eq!(scene.shell.intent(name), None, "it is not listed any more");

    // What a shell orders is seen as well.
    scene.shell.ok(&["bots", "pause", "--all"]);
    browser.until(&format!("{MARKS}.filter(mark => mark === 'Paused').length === 5")).await?;
    browser.until("document.querySelector('#status').innerText.startsWith('5 bots are paused.')").await?;
    // Of the refusal the browser makes a note.
    let complaints = browser.complaints().await?;
    assert!(complaints.iter().all(|complaint| complaint.contains("422")), "{complaints:?}");
    assert_eq!(browser.ask(super::SIDEWAYS).await?, json!([]));
    Ok(())
}
