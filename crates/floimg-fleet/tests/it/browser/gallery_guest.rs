//! What a guest of the gallery sends when things go wrong: it is there once, or the guest still has it.

use anyhow::Result;
use fantoccini::Locator;
use serde_json::json;

use super::Scene;
use super::gallery::{said_once, seen};

/// Every order comes through, and no answer to one comes back.
const LOSE_ANSWERS: &str = "const real = window.fetch;
    window.fetch = async (address, options) => {
        const answer = await real(address, options);
        if (options?.method === 'POST') throw new TypeError('the answer is lost');
        return answer;
    };
    done();";

const REMARKS: &str = "[...document.querySelectorAll('.words')]
    .map(said => /^remark (\\d+)$/.exec(said.innerText)?.[1]).filter(Boolean).map(Number)";

impl Scene {
    async fn say(&self, words: &str) -> Result<()> {
        let fill = format!("document.querySelector('#content').value = '{words}'");
        let script = format!("{fill}; done(document.querySelector('.say').requestSubmit());");
        self.browser.run(&script).await.map(drop)
    }
}

#[tokio::test]
async fn an_order_whose_answer_is_lost_is_there_once() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    let item = scene.resident_post().await?;
    scene.join("Ada", &item).await?;
    browser.run(LOSE_ANSWERS).await?;
    browser.press(".liking button").await?;
    browser.until("document.querySelector('#said.trouble')?.innerText.includes('did not answer')").await?;
    let liked = "document.querySelector('.liking [aria-pressed=true]')";
    browser.until(liked).await?;

    scene.say("Lost and found.").await?;
    browser.until("document.querySelector('#said').innerText === 'Your comment came through.'").await?;
    let is_taken =
        format!("document.querySelector('#content').value === '' && {}", said_once("Lost and found."));
    browser.until(&is_taken).await?;
    browser.open(&item).await?;
    browser.until(&format!("{liked} && {is_taken}")).await?;

    // Nothing comes through at all.
    browser.run("window.fetch = () => Promise.reject(new TypeError('no line')); done();").await?;
    scene.say("Not yet.").await?;
    browser
        .until("document.querySelector('#said.trouble')?.innerText.includes('Nothing was sent again')")
        .await?;
    assert_eq!(browser.ask("document.querySelector('#content').value").await?, json!("Not yet."));
    assert_eq!(browser.address().await?.as_str(), item);
    Ok(())
}

#[tokio::test]
async fn what_was_being_written_is_there_after_joining_again() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    let item = scene.resident_post().await?;
    scene.join("Ada", &item).await?;
    let leave =
        "fetch('/leave', { method: 'POST', body: new URLSearchParams({ to: '/' }) }).then(() => done());";
    browser.run(leave).await?;
    scene.say("Kept words.").await?;
    browser.until("location.pathname === '/join' && document.querySelector('#name')").await?;
    browser.page.find(Locator::Css("#name")).await?.send_keys("Bea").await?;
    browser.press(".sheet .button").await?;
    browser.until("document.querySelector('#content')?.value === 'Kept words.'").await?;
    assert_eq!(browser.address().await?.as_str(), item);
    browser.press(".say button").await?;
    browser.until(&said_once("Kept words.")).await?;
    // It was taken up once.
    browser.open(&item).await?;
    browser.until("document.querySelector('#content')?.value === ''").await
}

#[tokio::test]
async fn a_talk_that_ran_ahead_is_shown_without_a_gap() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    let item = scene.resident_post().await?;
    scene.join("Ada", &item).await?;
    browser.until("document.documentElement.dataset.live").await?;
    browser.run(&seen(false)).await?;
    browser.until("!document.documentElement.dataset.live").await?;
    browser
        .run(
            "const say = async number => {
            if (number === 60) return done();
            const body = new URLSearchParams({ content: `remark ${number}` });
            await fetch(document.querySelector('.say').action, { method: 'POST', body });
            say(number + 1);
        };
        say(0);",
        )
        .await?;
    assert_eq!(browser.ask(&format!("{REMARKS}.length")).await?, json!(0));
    browser.run(&seen(true)).await?;
    let goes_on = format!("{REMARKS}.every((number, index, all) => number === all[0] + index)");
    browser.until(&format!("{REMARKS}.at(-1) === 59 && {REMARKS}[0] > 0 && {goes_on}")).await?;
    browser.press("[data-earlier]").await?;
    browser.until(&format!("{REMARKS}.length === 60 && {REMARKS}[0] === 0 && {goes_on}")).await?;
    let ids = "[...document.querySelectorAll('.comments > li')].map(({ id }) => id)";
    assert_eq!(browser.ask(&format!("new Set({ids}).size === {ids}.length")).await?, json!(true));
    Ok(())
}
