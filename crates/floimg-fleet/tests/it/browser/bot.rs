//! A bot's page: its orders, what it is asked to do at once, its history, what nobody knows the end of, and its end.

use std::time::Duration;

use anyhow::{Context, Result};
use fleet_bots::{
    About, Asked, Bots, Content, FleetTime, Holder, Invitation, NewAction, NodeId, Outcome, SettingsChanges,
    Settlement, StoreAddress, Switch,
};
use serde_json::json;

use super::{Scene, Shell};

#[tokio::test]
async fn the_page_of_a_bot_steers_it_and_tells_what_it_did() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    let page = scene.first_bot().await?;
    scene.open(&page).await?;
    let name = browser.ask("document.querySelector('.bot-sub').innerText.split(' ')[0].slice(1)").await?;
    let name = name.as_str().unwrap();

    for (button, label, shown, stored) in [
        ("order", "Pause", "Paused", "paused"),
        ("order", "Resume", "Running", "running"),
        ("stop", "Stop", "Stopped", "stopped"),
        ("order", "Start", "Running", "running"),
    ] {
        browser.until(&format!("document.querySelector('#now-{button}').innerText == '{label}'")).await?;
        browser.press(&format!("#now-{button}")).await?;
        browser.until(&format!("document.querySelector('#bot-now .mark').innerText == '{shown}'")).await?;
        assert_eq!(scene.shell.intent(name).as_deref(), Some(stored), "after {label}");
    }

    // It does what it is asked for before anything else, and its counters tell.
    for (wish, counter, gave) in [
        ("post", "posts", "make a picture"),
        ("like", "likes", "like something"),
        ("comment", "comments", "comment on something"),
        ("browse", "only looked", "look around"),
    ] {
        let count = format!(
            "Number([...document.querySelectorAll('.now-counts li')].map(li => li.innerText)
                .find(words => words.includes('{}'))?.match(/[0-9]+/)?.[0] ?? 0)",
            counter.trim_end_matches('s')
        );
        let before = browser.ask(&count).await?;
        browser.press("#bot-now > details:first-of-type summary").await?;
        browser.press(&format!("[formaction*='/act/{wish}']")).await?;
        browser.until("document.querySelector('#notice').innerText.includes('was asked to')").await?;
        let logged = scene.shell.json(&["activity", "--bot", name, "--kind", "requested", "--limit", "1"]);
        assert!(logged["message"].as_str().is_some_and(|told| told.contains("asked")), "{logged}");
        // Not everybody finds something to like or to speak of; then the history says so.
        let gave_up = format!(
            "[...document.querySelectorAll('#feed-rows > li')].some(row => row.innerText.includes('did not {gave}'))"
        );
        let done = format!("!document.querySelector('.now-request') && ({count} > {before} || {gave_up})");
        browser.until(&done).await?;
    }

    // What it made is seen, and leads to the gallery.
    let made = "document.querySelector('.post img')";
    browser
        .until(&format!("{made} && ({made}.scrollIntoView({{ block: 'center' }}), {made}.naturalWidth > 0)"))
        .await?;
    let link = browser.ask("document.querySelector('.post a').href").await?;
    assert!(link.as_str().is_some_and(|link| link.starts_with(&scene.demo.gallery)), "{link}");

    // Each part of its history shows its own and goes on.
    for (kind, only) in [
        ("acts", ".row-post, .row-comment, .row-like, .row-answer, .row-browse, li.row-picture"),
        ("thoughts", ".row-thought"),
        ("orders", ".row:has(.row-by), .row-started, .row-paused, .row-stopped"),
    ] {
        browser.press(&format!(".tabs-line [href$='kind={kind}']")).await?;
        browser.until(&format!("location.search === '?kind={kind}'")).await?;
        scene.until_live().await?;
        browser.until("document.querySelector('#feed-rows > li')").await?;
        let others = format!(
            "[...document.querySelectorAll('#feed-rows > li:not({only})')].map(row => row.className)"
        );
        assert_eq!(browser.ask(&others).await?, json!([]), "{kind}");
        scene.rows().await?;
    }
    assert_eq!(browser.complaints().await?, Vec::<String>::new());

    browser.press("#bot-now > details:last-of-type summary").await?;
    browser.press("[action$='/delete'] button").await?;
    browser.until("location.pathname === '/bots' && document.querySelectorAll('.bot').length === 5").await?;
    assert_eq!(scene.shell.intent(name), None);
    Ok(())
}

#[tokio::test]
async fn what_nobody_knows_the_end_of_is_asked_for_and_told() -> Result<()> {
    if super::programs().is_none() {
        return Ok(());
    }
    let shell = Shell::new();
    shell.ada();
    leave_open(&shell, &["Rope", "Salt", "Tide"]).await?;
    let Some(scene) = Scene::begin_over(shell, &["--port", "0"]).await? else { return Ok(()) };
    let browser = &scene.browser;
    scene.open_panel().await?;
    browser.until("document.querySelector('#concerns').innerText.includes('3 actions')").await?;
    browser.press("#concerns a[href='/unresolved']").await?;
    browser.until("location.pathname === '/unresolved'").await?;
    scene.until_live().await?;

    let open = "[...document.querySelectorAll('.unresolved-row strong')].map(row => row.innerText)";
    for (answer, button, noted, left, stored) in [
        (
            "happened",
            "It happened: Like “Rope”",
            "it happened",
            json!(["Like “Tide”", "Like “Salt”"]),
            "Rope",
        ),
        ("did-not", "It did not happen: Like “Salt”", "it did not happen", json!(["Like “Tide”"]), "Salt"),
    ] {
        browser.press(&format!("[aria-label='{button}']")).await?;
        browser.until(&format!("document.querySelector('#notice').innerText === 'Noted: {noted}.'")).await?;
        browser.until(&format!("JSON.stringify({open}) === JSON.stringify({left})")).await?;
        let newest = scene.shell.json(&["activity", "--bot", "ada", "--limit", "1"]);
        assert!(newest["message"].as_str().is_some_and(|told| told.contains(stored)), "{answer}: {newest}");
    }

    // The last one from the page of the bot.
    browser.press(".unresolved-row a[href^='/bots/']").await?;
    browser.until("location.pathname.startsWith('/bots/')").await?;
    scene.until_live().await?;
    browser.press("[formaction*='/happened']").await?;
    browser.until("!document.querySelector('.unresolved')").await?;
    scene.open("unresolved").await?;
    browser.until("document.querySelector('#unresolved .empty')").await?;
    assert_eq!(scene.shell.json(&["status"])["unresolved"], json!([]));
    Ok(())
}

/// Has Ada like posts with these titles, of which nobody hears the end.
async fn leave_open(shell: &Shell, titles: &[&str]) -> Result<()> {
    let store = StoreAddress::Sqlite(shell.folder().join("fleet.db"));
    let bots = Bots::connect(&store, Switch::new(None)).await?;
    let noon = FleetTime(1_772_712_000_000_000);
    let asked = Asked { by: "ada".into(), at: noon };
    let likes = SettingsChanges { likes_confirmed: Some(true), ..SettingsChanges::default() };
    bots.change_settings(likes, &asked).await?;
    let bot = bots.get_bot("ada").await?.bot;
    let node = NodeId::generate();
    bots.register_node(node, "test", Duration::from_secs(60), &asked).await?;
    let started = bots.start_bot(bot.id, &asked).await?;
    let accepted = Invitation::Accepted { username: started.username.clone(), created: true };
    bots.settle_invitation(&started, &started.name, accepted, noon).await?;
    let lease = bots.claim_leases(node, 1).await?.pop().context("Ada is free")?;
    let holder = Holder { node_id: node, epoch: lease.epoch };
    for (number, title) in titles.iter().enumerate() {
        let about = About {
            post_id: format!("p{number}"),
            title: (*title).to_owned(),
            author: "Bea".into(),
            person: None,
            posted_at: None,
            image_url: None,
            why: "it is quiet".into(),
        };
        let content = Content::Like { about };
        let new = NewAction { bot_id: bot.id, content, planned_at: noon, due_at: noon, decision: None };
        let action = bots.plan_action(new).await?;
        bots.mark_sent(action.id, holder, noon).await?;
        let outcome = Outcome::Unresolved { why: "the answer never came".into() };
        let settlement = Settlement { outcome, at: noon, image_url: None, then: None };
        bots.settle_action(action.id, holder, settlement).await?;
    }
    bots.stop_bot(bot.id, &asked).await?;
    bots.retire_node(node, &asked).await?;
    Ok(())
}
