//! What axe-core, a checker of accessibility, finds on our pages: nothing that would keep anyone out.

use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::json;

use super::chromium::Chromium;
use super::{DESK, PHONE, SIDEWAYS, Scene, Window, skip};

/// Where npm puts the checker; no part of the panel.
const AXE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../fleet-web/assets/node_modules/axe-core/axe.min.js");

#[tokio::test]
async fn the_panel_keeps_nobody_out() -> Result<()> {
    let Some((axe, scene)) = axe_and_scene().await? else { return Ok(()) };
    let bot = scene.first_bot().await?;
    // By day on a desk and by night on a phone, so that each colour and each form is met.
    for window in [DESK, Window { is_dark: true, ..PHONE }] {
        scene.browser.look_through(window).await?;
        scene.open_panel().await?;
        scene.browser.until("document.querySelector('img.row-picture')").await?;
        for path in [
            "",
            "bots",
            "bots?q=nobody",
            &bot,
            "unresolved",
            "activity",
            "activity?bot=nobody",
            "nodes",
            "costs",
            "settings",
        ] {
            scene.open(path).await?;
            assert_no_barriers(&scene.browser, &axe, &format!("/{path}")).await?;
            assert_eq!(scene.browser.ask(SIDEWAYS).await?, json!([]), "/{path}, {window:?}");
        }
        scene.browser.open(&scene.address("no-such-page")).await?;
        assert_no_barriers(&scene.browser, &axe, "a page that is not there").await?;

        scene.open("bots").await?;
        scene.browser.press(".stop-ask").await?;
        assert_no_barriers(&scene.browser, &axe, "the panel that asks whether to stop").await?;
        assert_eq!(scene.browser.ask(SIDEWAYS).await?, json!([]), "the question, {window:?}");
        scene.browser.press(".stop-control .ask-box button").await?;
        scene.browser.until("document.querySelector('.stop-banner')").await?;
        assert_no_barriers(&scene.browser, &axe, "the panel of a stopped fleet").await?;
        scene.browser.press(".stop-banner button").await?;
        scene.browser.until("!document.querySelector('.stop-banner')").await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_forms_and_the_catalogue_keep_nobody_out() -> Result<()> {
    let Some((axe, scene)) = axe_and_scene().await? else { return Ok(()) };
    for window in [DESK, Window { is_dark: true, ..PHONE }] {
        scene.browser.look_through(window).await?;
        for path in ["bots/new", "bots/seed", "personas"] {
            scene.browser.open(&format!("{}{path}", scene.demo.panel)).await?;
            assert_no_barriers(&scene.browser, &axe, path).await?;
        }
        // With mistakes and a sample.
        scene.browser.open(&format!("{}bots/new", scene.demo.panel)).await?;
        scene.browser.press("[formaction='/bots/preview']").await?;
        scene.browser.until("document.querySelector('.sample')").await?;
        assert_no_barriers(&scene.browser, &axe, "a sample of what a character writes").await?;
        scene.browser.ask("document.querySelector('#field-busy').value = 'x'").await?;
        scene.browser.press(".form-end .btn-primary").await?;
        scene.browser.until("document.querySelector('.form-failure')").await?;
        assert_no_barriers(&scene.browser, &axe, "a form that came back").await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_gallery_keeps_nobody_out() -> Result<()> {
    let Some((axe, scene)) = axe_and_scene().await? else { return Ok(()) };
    let item = scene.resident_post().await?;
    scene.browser.open(&item).await?;
    let profile = scene.browser.ask("document.querySelector('.byline a').href").await?;
    // One that stands still: what is just fading in has no contrast yet.
    let grid = format!("{}?sort=popular", scene.demo.gallery);
    let join = format!("{}join", scene.demo.gallery);
    let pages = [&grid, &item, profile.as_str().unwrap_or_default(), &join];
    for (is_dark, is_phone) in [(false, false), (true, true)] {
        let window = Window { is_dark, ..if is_phone { PHONE } else { DESK } };
        scene.browser.look_through(window).await?;
        for address in pages {
            scene.browser.open(address).await?;
            assert_no_barriers(&scene.browser, &axe, address).await?;
        }
    }
    scene.join("Ada", &item).await?;
    assert_no_barriers(&scene.browser, &axe, "a post that a guest looks at").await
}

async fn axe_and_scene() -> Result<Option<(String, Scene)>> {
    let Some(axe) = axe()? else { return Ok(None) };
    Ok(Scene::begin().await?.map(|scene| (axe, scene)))
}

/// The checker, if it is there.
pub(super) fn axe() -> Result<Option<String>> {
    if !Path::new(AXE).is_file() {
        skip("axe-core is not installed; `cargo xtask assets` does it");
        return Ok(None);
    }
    Ok(Some(fs::read_to_string(AXE)?))
}

pub(super) async fn assert_no_barriers(browser: &Chromium, axe: &str, page: &str) -> Result<()> {
    // What is on its way from one colour to another has no contrast yet.
    let found = browser
        .run(&format!(
            "{axe};
            const passing = document.getAnimations().filter(({{ effect }}) =>
                Number.isFinite(effect.getComputedTiming().endTime));
            Promise.allSettled(passing.map(({{ finished }}) => finished)).then(() => axe.run()).then(({{ violations }}) => done(violations
                .filter(({{ impact }}) => ['serious', 'critical'].includes(impact))
                .map(({{ id, help, nodes }}) => ({{ id, help, nodes: nodes.map(({{ html, failureSummary }}) =>
                    [html.slice(0, 200), failureSummary]) }}))),
                error => done(String(error)));"
        ))
        .await?;
    let dark = browser.ask("matchMedia('(prefers-color-scheme: dark)').matches").await?;
    assert!(found == json!([]), "{page}, dark: {dark}: {}", serde_json::to_string_pretty(&found)?);
    Ok(())
}
