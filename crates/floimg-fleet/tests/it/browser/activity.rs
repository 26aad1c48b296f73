//! The page of activity: what its filter shows and goes on to show, held still and let go again, older rows, details.

use anyhow::Result;
use serde_json::{Value, json};

use super::Scene;

/// The numbers of the feed's rows, as they stand.
const ROWS: &str =
    "[...document.querySelectorAll('#feed-rows > li')].map(row => Number(row.id.replace('act-', '')))";
const SHOW: &str = "document.querySelector('[data-feed-show]')";
const COUNT: &str =
    "Number(document.querySelector('[data-feed-show]').textContent.match(/[0-9]+/)?.[0] ?? 0)";

async fn open(scene: &Scene, query: &str) -> Result<()> {
    scene.browser.open(&format!("{}activity{query}", scene.demo.panel)).await?;
    scene.browser.until("document.querySelector('[data-link=\"live\"]')").await
}

async fn rows(scene: &Scene) -> Result<Vec<i64>> {
    let rows = scene.browser.ask(ROWS).await?;
    let rows: Vec<_> = rows.as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
    assert!(rows.is_sorted_by(|newer, older| newer > older), "each once, the newest first: {rows:?}");
    Ok(rows)
}

#[tokio::test]
async fn the_tail_shows_what_the_filter_asks_for_and_nothing_else() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    open(&scene, "").await?;
    scene.browser.ask("(document.querySelector('[name=kind]').value = 'thoughts', 0)").await?;
    scene.browser.press(".filters button[type=submit]").await?;
    scene.browser.until("location.search.includes('kind=thoughts')").await?;
    scene.browser.until("document.querySelector('[data-link=\"live\"]')").await?;
    scene.browser.until(&format!("{ROWS}.length > 10")).await?;
    let others = "document.querySelectorAll('#feed-rows > li:not(.row-thought)').length";
    assert_eq!(scene.browser.ask(others).await?, json!(0));
    rows(&scene).await?;
    let export = scene.browser.ask("document.querySelector('[download]').getAttribute('href')").await?;
    assert!(
        export.as_str().is_some_and(|href| href.starts_with("/activity.jsonl?kind=thoughts")),
        "{export}"
    );
    let lines = scene.browser.run(
        "fetch(document.querySelector('[download]').href).then(answer => answer.text())
            .then(text => done(text.trim().split('\\n').map(line => JSON.parse(line).kind)))",
    );
    let kinds = lines.await?;
    let kinds = kinds.as_array().cloned().unwrap_or_default();
    assert!(kinds.len() > 10 && kinds.iter().all(|kind| kind == "thought"), "{kinds:?}");
    Ok(())
}

#[tokio::test]
async fn a_held_feed_stands_still_and_shows_what_came_once_it_is_let_go() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    open(&scene, "").await?;
    scene.browser.press("[data-feed-hold]").await?;
    let held = rows(&scene).await?;
    scene.browser.until(&format!("{COUNT} > 5")).await?;
    assert_eq!(rows(&scene).await?, held, "nothing moves");

    scene.browser.press("[data-feed-show]").await?;
    let shown = rows(&scene).await?;
    let newest = held.first().copied().unwrap_or(0);
    assert!(shown.iter().filter(|seq| **seq > newest).count() > 5, "{shown:?} over {held:?}");
    // All that the store has is there, none left out: what is shown is what a new page shows.
    scene.browser.until(&format!("{COUNT} > 2")).await?;
    scene.browser.press("[data-feed-hold]").await?;
    scene.browser.until(&format!("{SHOW}.hidden")).await?;
    let flowing = rows(&scene).await?.first().copied().unwrap_or(0);
    scene.browser.until(&format!("{ROWS}[0] > {flowing}")).await?;
    let after = rows(&scene).await?;
    let told = scene.shell.ok(&["activity", "--limit", "1000", "--json"]);
    let seq = |line: &str| serde_json::from_str::<Value>(line).ok()?["seq"].as_i64();
    let all: Vec<_> = told.lines().filter_map(seq).collect();
    let (last, first) = (after.last().copied().unwrap_or(0), after.first().copied().unwrap_or(0));
    let expected: Vec<_> = all.iter().rev().copied().filter(|seq| (last..=first).contains(seq)).collect();
    assert_eq!(after, expected);
    Ok(())
}

#[tokio::test]
async fn whoever_reads_with_the_keyboard_is_not_disturbed() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    open(&scene, "").await?;
    scene.browser.until("document.querySelector('#feed-rows .row-open')").await?;
    scene.browser.ask("document.querySelector('#feed-rows .row-open').focus()").await?;
    let held = rows(&scene).await?;
    scene.browser.until(&format!("{COUNT} > 3")).await?;
    assert_eq!(rows(&scene).await?, held);
    let state = scene.browser.ask("document.querySelector('[data-feed-state]').textContent").await?;
    assert_eq!(state, json!("Held while you read"));
    scene.browser.ask("document.activeElement.blur()").await?;
    scene.browser.until(&format!("{SHOW}.hidden && {ROWS}[0] > {}", held[0])).await?;
    rows(&scene).await?;
    Ok(())
}

#[tokio::test]
async fn what_comes_in_the_moment_of_letting_go_does_not_overtake_what_waited() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    open(&scene, "").await?;
    scene.browser.until(&format!("{ROWS}.length > 40")).await?;
    scene.browser.ask("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })").await?;
    let held = rows(&scene).await?[0];
    scene.browser.until(&format!("{COUNT} > 2")).await?;
    // The page is back at its top, a row comes, and only then is the scrolling told.
    let come = "(() => {
        scrollTo({ top: 0, behavior: 'instant' });
        const list = document.getElementById('feed-rows');
        const row = list.firstElementChild.cloneNode(true);
        row.id = 'act-1000000';
        list.prepend(row);
    })()";
    scene.browser.ask(come).await?;
    scene.browser.until(&format!("{SHOW}.hidden && {ROWS}.includes(1000000)")).await?;
    let shown = scene.browser.ask(ROWS).await?;
    let shown: Vec<_> = shown.as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
    let place = |wanted| shown.iter().position(|seq| *seq == wanted);
    assert!(place(1_000_000) < place(held + 1) && place(held + 1) < place(held), "{held} in {shown:?}");
    Ok(())
}

#[tokio::test]
async fn older_rows_come_by_themselves_and_a_page_that_is_left_open_stays_small() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    open(&scene, "").await?;
    scene.browser.until(&format!("{ROWS}[0] > 140")).await?;
    open(&scene, "").await?;
    // While nobody answers, it is not asked again at once; then it goes on by itself.
    let refused = "((answers) => {
        window.asked = 0;
        window.fetch = (address, ...more) => {
            if (!String(address).includes('before=')) return answers(address, ...more);
            window.asked += 1;
            return Promise.resolve({ ok: false });
        };
        window.answerAgain = () => { window.fetch = answers; };
        document.querySelector('.feed-older').scrollIntoView();
    })(window.fetch)";
    scene.browser.ask(refused).await?;
    scene.browser.until("window.asked > 0").await?;
    let frames = "let left = 60; (function next() { left -= 1;
        if (left > 0) requestAnimationFrame(next); else done(window.asked); })()";
    let asked = scene.browser.run(frames).await?;
    assert!(asked.as_i64().is_some_and(|asked| asked <= 3), "it asked {asked} times in 60 frames");
    scene.browser.ask("(window.answerAgain(), 0)").await?;
    scene.browser.until(&format!("{ROWS}.length > 60")).await?;
    rows(&scene).await?;
    // Down to the very first event.
    scene
        .browser
        .until(&format!("(document.querySelector('.feed-older').scrollIntoView(), {ROWS}.length > 130)"))
        .await?;
    let gathered = rows(&scene).await?;
    scene.browser.ask("scrollTo(0, 0)").await?;
    scene
        .browser
        .until(&format!("{SHOW}.hidden && {ROWS}.length <= 100 && {ROWS}[0] > {}", gathered[0]))
        .await?;
    rows(&scene).await?;
    // At one moment: more comes all the time.
    let ends = format!("[{ROWS}.at(-1), document.querySelector('.feed-older a').getAttribute('href')]");
    let ends = scene.browser.ask(&ends).await?;
    assert_eq!(ends[1], json!(format!("/activity?before={}", ends[0])), "it goes on where the page ends");
    Ok(())
}

#[tokio::test]
async fn an_event_opens_under_its_row_and_closes_again() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    open(&scene, "?kind=picture").await?;
    scene.browser.until("document.querySelector('.row-open')").await?;
    let before = scene.browser.ask("location.pathname").await?;
    scene.browser.ask("window.row = document.querySelector('.row-open').closest('li').id").await?;
    let link = "document.querySelector(`#${window.row} .row-open`)";
    scene.browser.ask(&format!("({link}.focus(), {link}.click())")).await?;
    let within = "document.querySelector(`#${window.row} .row-more .event`)";
    scene.browser.until(&format!("{within}?.innerText.includes('Workflow')")).await?;
    for words in ["Prompt", "Thought", "drawn with the seed", "Make a picture with", "Settled"] {
        scene.browser.until(&format!("{within}.innerText.includes('{words}')")).await?;
    }
    assert_eq!(scene.browser.ask(&format!("{link}.getAttribute('aria-expanded')")).await?, json!("true"));
    assert_eq!(scene.browser.ask("location.pathname").await?, before, "the page stays");
    scene.browser.ask(&format!("{link}.click()")).await?;
    scene.browser.until(&format!("!{within} && {link}.getAttribute('aria-expanded') === 'false'")).await?;

    // Without a script the same link is a page.
    let address = scene.browser.ask(&format!("{link}.href")).await?;
    scene.browser.open(address.as_str().unwrap_or_default()).await?;
    scene
        .browser
        .until("document.querySelector('h1.event-title') && document.querySelector('.event-steps li')")
        .await?;
    assert_eq!(scene.browser.complaints().await?, Vec::<String>::new());
    Ok(())
}
