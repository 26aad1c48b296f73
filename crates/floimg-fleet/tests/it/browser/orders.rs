//! The buttons of one bot and of all: what they change on the page is what they change in the store.

use anyhow::Result;

use super::Scene;

#[tokio::test]
async fn the_buttons_of_a_bot_change_it_on_the_page_and_in_the_store() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_panel().await?;
    let id = scene.browser.ask("document.querySelector('.bot').id").await?;
    let id = id.as_str().unwrap();
    let handle =
        scene.browser.ask("document.querySelector('.bot-sub').innerText.split(' ')[0].slice(1)").await?;
    let handle = handle.as_str().unwrap();

    for (button, label, shown, stored, next) in [
        ("order", "Pause", "Paused", "paused", "Resume"),
        ("order", "Resume", "Running", "running", "Pause"),
        ("stop", "Stop", "Stopped", "stopped", "Start"),
        ("order", "Start", "Running", "running", "Pause"),
    ] {
        scene
            .browser
            .until(&format!("document.querySelector('#{id}-{button}').innerText == '{label}'"))
            .await?;
        scene.browser.press(&format!("#{id}-{button}")).await?;
        scene.browser.until(&format!("document.querySelector('#{id} .mark').innerText == '{shown}'")).await?;
        scene.browser.until(&format!("document.querySelector('#{id}-order').innerText == '{next}'")).await?;
        assert_eq!(scene.shell.intent(handle).as_deref(), Some(stored), "after {label}");
    }
    let others = scene.intents().iter().filter(|intent| *intent == "running").count();
    assert_eq!(others, 6, "nobody else was meant");
    Ok(())
}

#[tokio::test]
async fn the_buttons_for_all_change_every_bot_on_the_page_and_in_the_store() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_panel().await?;
    for (order, shown, stored, headline) in [
        ("pause", "Paused", "paused", "6 bots are paused."),
        ("resume", "Running", "running", "6 bots run."),
        ("stop", "Stopped", "stopped", "6 bots are stopped."),
        ("start", "Running", "running", "6 bots run."),
    ] {
        scene.browser.press(&format!(".all-orders [formaction='/bots/{order}']")).await?;
        let marks = format!(
            "[...document.querySelectorAll('.bot .mark')].filter(mark => mark.innerText == '{shown}')"
        );
        scene.browser.until(&format!("{marks}.length == 6")).await?;
        scene
            .browser
            .until(&format!("document.querySelector('#headline').innerText == '{headline}'"))
            .await?;
        assert_eq!(scene.intents(), [stored; 6], "after {order}");
    }
    Ok(())
}

#[tokio::test]
async fn an_order_from_a_shell_is_seen_on_the_page() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_panel().await?;
    scene.shell.ok(&["bots", "pause", "--all"]);
    scene.browser.until("document.querySelectorAll('.bot .mark-paused').length == 6").await?;
    scene.browser.until("document.querySelector('#headline').innerText == '6 bots are paused.'").await?;
    Ok(())
}
