//! The panel as it is looked at: who lives here, what they do, and that it stays so on a phone, in the dark, and when the
//! server goes away for a while.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{DESK, Scene, Window, demo_over};

/// The numbers of the feed's rows, as they stand.
const ROWS: &str =
    "[...document.querySelectorAll('#feed-rows > li')].map(row => Number(row.id.replace('act-', '')))";
const NEWEST: &str = "Number(document.querySelector('#feed-rows > li')?.id.replace('act-', ''))";
/// Rows that an open page keeps.
const MOST_ROWS: usize = 100;

#[tokio::test]
async fn every_resident_is_labelled_as_ai() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_panel().await?;

    let labels =
        "[...document.querySelectorAll('.bot')].map(bot => bot.querySelector('.ai-mark')?.innerText)";
    assert_eq!(scene.browser.ask(labels).await?, json!(vec!["AI resident"; 6]));

    // In the feed a resident goes by its name, which says it too.
    scene.browser.until("document.querySelectorAll('.row .flag').length > 5").await?;
    let unlabelled = "[...document.querySelectorAll('.row:has(.flag) .row-told')]
        .map(told => told.innerText).filter(told => !told.includes('(AI)'))";
    assert_eq!(scene.browser.ask(unlabelled).await?, json!([]));
    Ok(())
}

#[tokio::test]
async fn the_feed_grows_by_itself_without_end_and_without_filling_the_page() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_panel().await?;
    scene.browser.ask("window.isStillHere = true").await?;

    // So much has come that the first rows had to go.
    scene.browser.until(&format!("{NEWEST} > {}", MOST_ROWS + 40)).await?;

    let rows = scene.browser.ask(ROWS).await?;
    assert_eq!(rows.as_array().map(Vec::len), Some(MOST_ROWS));
    assert_sorted(&rows);
    assert_eq!(scene.browser.ask("window.isStillHere").await?, json!(true), "it was not loaded again");
    Ok(())
}

#[tokio::test]
async fn a_bot_that_is_due_acts_now_and_not_in_the_past() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_panel().await?;
    let wakes = "[...document.querySelectorAll('.bot-wake')].map(wake => wake.innerText)";
    let watch = format!(
        "new MutationObserver(() => window.toldAsPast ||= {wakes}.find(words => words.includes('ago')))
            .observe(document.body, {{ subtree: true, childList: true, characterData: true }})"
    );
    scene.browser.ask(&watch).await?;
    for words in ["acts in", "acts now", "acts in", "acts now"] {
        scene.browser.until(&format!("{wakes}.some(words => words.startsWith('{words}'))")).await?;
    }
    assert_eq!(scene.browser.ask("window.toldAsPast").await?, json!(null));
    Ok(())
}

#[tokio::test]
async fn the_picture_of_a_post_is_seen_in_its_row() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_panel().await?;
    let picture = "document.querySelector('.row-post .row-picture')";
    scene.browser.until(picture).await?;
    // It is fetched when it comes into sight.
    scene.browser.until(&format!("({picture}.scrollIntoView(), {picture}.naturalWidth > 0)")).await?;
    let address = scene.browser.ask(&format!("{picture}.src")).await?;
    assert!(address.as_str().is_some_and(|address| address.starts_with(&scene.demo.gallery)), "{address}");
    Ok(())
}

#[tokio::test]
async fn nothing_complains_and_nothing_scrolls_sideways_on_a_phone_by_day_and_by_night() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    for is_dark in [false, true] {
        for window in [DESK, Window { width: 375, height: 812, is_phone: true, ..DESK }] {
            scene.browser.look_through(Window { is_dark, ..window }).await?;
            scene.open_panel().await?;
            scene.browser.until("document.querySelector('.row-picture') && innerWidth > 0").await?;
            scene.browser.press(".stop-ask").await?;
            assert_eq!(scene.browser.ask("innerWidth").await?, json!(window.width));
            assert_eq!(scene.browser.ask(sideways).await?, json!(0), "{window:?}, dark: {is_dark}");
            let ground = scene.browser.ask("getComputedStyle(document.body).colorScheme").await?;
            assert_eq!(ground, json!(if is_dark { "dark" } else { "light" }));
        }
    }
    assert_eq!(scene.browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_page_heals_itself_when_the_server_comes_back() -> Result<()> {
    let port = two_free_ports()?.to_string();
    let Some(mut scene) = Scene::begin_with(&["--port", &port]).await? else { return Ok(()) };
    scene.open_panel().await?;
    let focused = "document.activeElement.id";
    scene.browser.ask("document.querySelectorAll('.bot-orders .order')[3].focus()").await?;
    let before = scene.browser.ask(focused).await?;
    assert!(before.as_str().is_some_and(|id| id.starts_with("bot-")), "{before}");
    scene.browser.ask("window.isStillHere = true").await?;

    scene.demo.kill()?;
    scene.browser.until("document.querySelector('[data-link=\"lost\"]')").await?;
    let seen = scene.browser.ask(NEWEST).await?;
    scene.demo = demo_over(&scene.shell, &["--port", &port])?;

    scene.browser.until("document.querySelector('[data-link=\"live\"]')").await?;
    scene.browser.until(&format!("{NEWEST} > {seen} + 10")).await?;
    assert_sorted(&scene.browser.ask(ROWS).await?);
    assert_eq!(scene.browser.ask("document.querySelectorAll('.bot').length").await?, json!(6));
    assert_eq!(scene.browser.ask(focused).await?, before, "the focus stays");
    assert_eq!(scene.browser.ask("window.isStillHere").await?, json!(true), "it was not loaded again");
    Ok(())
}

/// Each row is there once, the newest first.
fn assert_sorted(rows: &Value) {
    let rows: Vec<_> = rows.as_array().unwrap().iter().map(|row| row.as_i64().unwrap()).collect();
    assert!(rows.is_sorted_by(|newer, older| newer > older), "{rows:?}");
}

/// The first of two neighbours, away from those that the system gives to whoever asks for any.
fn two_free_ports() -> Result<u16> {
    let is_free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    let start = 20_000 + u16::try_from(std::process::id() % 4_000)? * 2;
    (start..32_000).step_by(2).find(|port| is_free(*port) && is_free(port + 1)).context("no ports are free")
}
