//! The settings and the nodes: what is saved on the page is what the fleet lives by, and a node tells what it holds.

use anyhow::Result;
use serde_json::json;

use super::Scene;

const PACE: &str = "document.querySelector('#set-pace')";

#[tokio::test]
async fn what_is_saved_holds_and_what_is_wrong_is_told_beside_its_field() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    scene.open("settings").await?;
    assert_eq!(browser.ask(&format!("{PACE}.value")).await?, json!("1"));

    browser.ask(&format!("{PACE}.value = 'quick'")).await?;
    browser.press(".settings-save .btn").await?;
    browser.until("document.querySelector('#wrong-pace')").await?;
    assert_eq!(browser.ask(&format!("{PACE}.value")).await?, json!("quick"), "what was typed stays");

    browser.ask(&format!("{PACE}.value = '2.5'")).await?;
    browser.press(".settings-save .btn").await?;
    browser.until("!document.querySelector('#wrong-pace') && document.querySelector('.change')").await?;
    let shown = scene.shell.ok(&["settings", "show"]);
    assert!(shown.lines().any(|line| line.contains("pace") && line.contains("2.5")), "{shown}");

    // Somebody else changes another one: the page tells of it, and what is being typed stays.
    browser.ask("document.querySelector('#set-opted_out').value = 'half a na'").await?;
    scene.shell.ok(&["settings", "set", "bot_likes", "50"]);
    browser.until("document.querySelectorAll('.change').length == 2").await?;
    let typed = browser.ask("document.querySelector('#set-opted_out').value").await?;
    assert_eq!(typed, json!("half a na"));

    scene.open("nodes").await?;
    browser.until("document.querySelector('#nodes td strong').innerText == '6 bots'").await?;
    let complaints = browser.complaints().await?;
    assert!(complaints.iter().all(|complaint| complaint.contains("422")), "{complaints:?}");
    Ok(())
}
