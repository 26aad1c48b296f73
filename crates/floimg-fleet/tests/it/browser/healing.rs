//! A page whose server goes away for a while, and one that nobody looks at: it comes back to what is so, and keeps what
//! somebody was doing with it.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;
use tokio::time::Instant;

use super::gallery::seen;
use super::{NEWEST, Scene, demo_over};

/// How soon a page is whole again after the server is back: three seconds are promised, of which it waits up to 2.6 before
/// it knocks; the rest is for a machine that stalls.
const HEALED_WITHIN: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_page_heals_itself_when_the_server_comes_back_and_rests_when_nobody_looks() -> Result<()> {
    let port = two_free_ports()?.to_string();
    let Some(mut scene) = Scene::begin_with(&["--port", &port]).await? else { return Ok(()) };
    let is_live = "document.querySelector('[data-link=\"live\"]')";
    let is_lost = "document.querySelector('[data-link=\"lost\"]')";

    // Somebody is in the middle of something on the table.
    scene.open("bots").await?;
    let begun = "(window.isStillHere = true,
        document.querySelector('.bot:nth-of-type(2) [data-pick]').click(),
        document.querySelector('.bot:nth-of-type(5) [data-pick]').click(),
        document.querySelector('[name=q]').value = 'half a na',
        document.querySelector('[name=q]').focus(),
        document.querySelector('[name=q]').setSelectionRange(4, 6),
        scrollTo(0, 120), 0)";
    scene.browser.look_through(super::Window { height: 420, ..super::DESK }).await?;
    scene.browser.ask(begun).await?;
    let doing =
        "[document.activeElement.name, document.activeElement.value, document.activeElement.selectionStart,
        [...document.querySelectorAll('[data-pick]:checked')].map(box => box.id), scrollY, window.isStillHere,
        document.querySelectorAll('.bot').length]";
    let before = scene.browser.ask(doing).await?;
    assert!(
        before[3].as_array().is_some_and(|ticked| ticked.len() == 2) && before[4] == json!(120),
        "{before}"
    );

    scene.demo.kill()?;
    scene.browser.until(is_lost).await?;
    let marks = "[...document.querySelectorAll('.bot .mark')].map(mark => mark.innerText)";
    // What changes meanwhile is told at once afterwards.
    scene.shell.ok(&["bots", "pause", "--all"]);
    scene.demo = demo_over(&scene.shell, &["--port", &port])?;
    let back = Instant::now();
    scene.browser.until(&format!("{is_live} && {marks}.every(mark => mark === 'Paused')")).await?;
    assert!(back.elapsed() < HEALED_WITHIN, "it took {:?}", back.elapsed());
    assert_eq!(scene.browser.ask(doing).await?, before, "everything is as it was left");
    scene.shell.ok(&["bots", "resume", "--all"]);
    scene.browser.until(&format!("{marks}.every(mark => mark === 'Running')")).await?;

    // The feed goes on where it was, each row once.
    scene.open_panel().await?;
    scene.browser.until(&format!("{NEWEST} > 0")).await?;
    scene.demo.kill()?;
    scene.browser.until(is_lost).await?;
    let newest = scene.browser.ask(NEWEST).await?;
    scene.demo = demo_over(&scene.shell, &["--port", &port])?;
    scene.browser.until(is_live).await?;
    scene.browser.until(&format!("{NEWEST} > {newest} + 10")).await?;
    scene.rows().await?;

    // Nobody looks: the stream ends, and nothing comes. Somebody looks again: all is there.
    scene.browser.run(&seen(false)).await?;
    let hidden = scene.newest_activity();
    scene.until_activity(hidden + 5).await;
    let newest = scene.browser.ask(NEWEST).await?.as_i64().unwrap_or_default();
    scene.until_activity(newest + 15).await;
    assert_eq!(scene.browser.ask(NEWEST).await?, json!(newest), "no stream is open");
    scene.browser.run(&seen(true)).await?;
    scene.browser.until(&format!("{is_live} && {NEWEST} > {newest} + 14")).await?;
    scene.rows().await?;
    Ok(())
}

/// The first of two neighbours, away from those that the system gives to whoever asks for any.
fn two_free_ports() -> Result<u16> {
    let is_free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    let start = 20_000 + u16::try_from(std::process::id() % 4_000)? * 2;
    (start..32_000).step_by(2).find(|port| is_free(*port) && is_free(port + 1)).context("no ports are free")
}
