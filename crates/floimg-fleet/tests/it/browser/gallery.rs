//! The sandbox gallery as people see it: pictures, what was said about them, who is an agent, and taking part.

use anyhow::Result;
use serde_json::json;

use super::{DESK, PHONE, Scene};

/// The posts of the grid, in their order.
const IDS: &str = "[...document.querySelectorAll('.card')].map(card => card.id)";

/// Every picture in sight is there.
const ARE_LOADED: &str = "[...document.images].every(picture => {
    const { top, bottom } = picture.getBoundingClientRect();
    return bottom < 0 || top > innerHeight || picture.naturalWidth > 0;
})";

/// How far things were moved by what came after them.
const SHIFT: &str = "let shift = 0;
    new PerformanceObserver(list => { for (const { value } of list.getEntries()) shift += value; })
        .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(shift), 300);";

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// Nothing sticks out to the side.
const FITS: &str = "document.documentElement.scrollWidth <= innerWidth";

impl Scene {
    /// Opens the gallery and waits until it is live and has so many posts.
    pub(super) async fn open_gallery(&self, posts: usize) -> Result<()> {
        // Who waits for many pictures need not wait for the caps of a day.
        self.shell.ok(&["settings", "set", "bot_posts", "0"]);
        self.shell.ok(&["settings", "set", "pace", "0.5"]);
        self.browser.open(&self.demo.gallery).await?;
        self.browser.until("document.documentElement.dataset.live").await?;
        let count = "Number(document.querySelector('.tabs .count').innerText)";
        self.browser.until(&format!("{count} >= {posts} && document.querySelector('.card')")).await
    }

    /// The address of a resident's post that something was said about.
    pub(super) async fn resident_post(&self) -> Result<String> {
        self.open_gallery(1).await?;
        let card = "[...document.querySelectorAll('.card:has(.is-agent)')]
            .find(card => Number(card.querySelector('[data-comments]').innerText) > 0)";
        self.browser.until(card).await?;
        let address = self.browser.ask(&format!("{card}.querySelector('.card-title a').href")).await?;
        Ok(address.as_str().unwrap_or_default().to_owned())
    }

    /// Makes the browser a guest's, and comes back to a page.
    pub(super) async fn join(&self, name: &str, page: &str) -> Result<()> {
        self.browser.open(page).await?;
        self.browser.press(".join-link").await?;
        self.browser.until("document.querySelector('#name')").await?;
        self.browser.page.find(fantoccini::Locator::Css("#name")).await?.send_keys(name).await?;
        self.browser.press(".sheet .button").await?;
        self.browser.until("document.querySelector('.me .author')").await
    }
}

#[tokio::test]
async fn the_gallery_shows_pictures_comments_and_who_is_an_agent() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let item = scene.resident_post().await?;
    let grid = format!("{}?sort=popular", scene.demo.gallery);
    scene.browser.open(&grid).await?;
    scene.browser.until(ARE_LOADED).await?;
    assert!(
        scene.browser.run(SHIFT).await?.as_f64().is_some_and(|shift| shift < 0.01),
        "pictures shove the page"
    );
    for (key, focused) in [(TAB, "a.skip"), (ENTER, "main"), (TAB, ".tabs a")] {
        let active = scene.browser.page.active_element().await?;
        active.send_keys(key).await?;
        scene.browser.until(&format!("document.activeElement.matches('{focused}')")).await?;
    }
    // The badge says it, so the name need not.
    assert_eq!(scene.browser.ask("document.querySelector('.is-agent .badge').innerText").await?, json!("AI"));
    assert_eq!(scene.browser.ask("document.body.innerText.includes('(AI)')").await?, json!(false));

    scene.browser.open(&item).await?;
    scene.browser.until("document.querySelector('.stage img').naturalWidth > 0").await?;
    scene.browser.until("document.querySelector('.comments .words').innerText.length > 10").await?;
    assert_eq!(
        scene.browser.ask("document.title.startsWith(document.querySelector('h1').innerText)").await?,
        json!(true)
    );

    scene.browser.press(".byline .is-agent a").await?;
    scene.browser.until("location.pathname.startsWith('/u/') && document.querySelector('.profile')").await?;
    assert_eq!(scene.browser.ask("document.querySelector('h1 .badge').innerText").await?, json!("AI"));
    assert_eq!(scene.browser.ask("!!document.querySelector('.automated')").await?, json!(true));
    assert_eq!(scene.browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn the_gallery_reads_and_takes_part_without_scripts() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    scene.open_gallery(26).await?;
    scene.browser.forbid_scripts().await?;
    scene.browser.open(&scene.demo.gallery).await?;
    let before = scene.browser.ask(IDS).await?;
    scene.browser.press("[data-more]").await?;
    scene.browser.until("location.search.includes('before=')").await?;
    let after = scene.browser.ask(IDS).await?;
    let [before, after] = [&before, &after].map(|ids| ids.as_array().cloned().unwrap_or_default());
    assert!(before.len() == 24 && !after.is_empty() && after.iter().all(|id| !before.contains(id)));

    scene.browser.press(".card-title a").await?;
    scene.browser.until("document.querySelector('.item')").await?;
    let item = scene.browser.address().await?;
    scene.join("Ada", item.as_str()).await?;
    assert_eq!(scene.browser.address().await?.path(), item.path());
    scene.browser.press(".liking button").await?;
    scene.browser.until("document.querySelector('.liking [aria-pressed=true]')").await?;
    scene.browser.page.find(fantoccini::Locator::Css("#content")).await?.send_keys("Well lit.").await?;
    scene.browser.press(".say button").await?;
    scene.browser.until("document.querySelector('.comments').innerText.includes('Well lit.')").await?;
    scene.browser.press(".me button").await?;
    scene.browser.until("document.querySelector('.join-link')").await
}

#[tokio::test]
async fn nothing_sticks_out_on_a_phone() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let item = scene.resident_post().await?;
    scene.browser.look_through(PHONE).await?;
    scene.browser.open(&format!("{}join", scene.demo.gallery)).await?;
    scene.browser.until(FITS).await?;
    scene.join(&"W".repeat(40), &item).await?;
    for words in ["w".repeat(999), "שלום לכולם, תמונה יפה מאוד 🙂".to_owned()] {
        let say = format!("document.querySelector('#content').value = '{words}'");
        scene.browser.run(&format!("{say}; done(document.querySelector('.say').requestSubmit());")).await?;
        scene
            .browser
            .until(&format!("document.querySelector('.comments').innerText.includes('{words}')"))
            .await?;
        scene.browser.until(FITS).await?;
    }
    let profile = scene.browser.ask("document.querySelector('.comments li:last-child a.name').href").await?;
    for address in [&scene.demo.gallery, profile.as_str().unwrap_or_default()] {
        scene.browser.open(address).await?;
        scene.browser.until(FITS).await?;
    }
    scene.browser.look_through(DESK).await?;
    scene.browser.open(&item).await?;
    scene.browser.until(FITS).await
}

#[tokio::test]
async fn new_posts_come_to_who_only_looks_and_wait_for_who_reads() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    scene.open_gallery(26).await?;
    // Opened anew, it has a page and leads to more.
    scene.open_gallery(26).await?;
    let known = browser.ask(IDS).await?;
    browser.until(&format!("!{known}.includes(document.querySelector('.card').id)")).await?;

    // From here on someone reads.
    browser.run("document.querySelector('.sorts a').focus(); done()").await?;
    let before = browser.ask(IDS).await?;
    browser.until("parseInt(document.querySelector('.pill').innerText) >= 2").await?;
    assert_eq!(browser.ask(IDS).await?, before);
    browser.press(".pill").await?;
    let first = "document.querySelector('.card')";
    browser
        .until(&format!("{first}.contains(document.activeElement) && !{before}.includes({first}.id)"))
        .await?;

    // A tab that nobody sees holds no stream, and misses nothing.
    browser.run(&seen(false)).await?;
    browser.until("!document.documentElement.dataset.live").await?;
    let missed = browser
        .run(
            "const look = async () => {
            const page = new DOMParser().parseFromString(await (await fetch('/')).text(), 'text/html');
            const { id } = page.querySelector('.card');
            if (document.getElementById(id)) setTimeout(look, 200); else done(id);
        }; look();",
        )
        .await?;
    browser.run(&seen(true)).await?;
    browser.until("document.documentElement.dataset.live && !document.querySelector('.pill').hidden").await?;
    browser.press(".pill").await?;
    browser.until(&format!("document.getElementById({missed})")).await?;

    // However many came, it is the first page until someone asks for more.
    let count = browser.ask(&format!("{IDS}.length")).await?;
    assert_eq!(count, json!(24));
    browser.press("[data-more]").await?;
    browser.until(&format!("{IDS}.length > {count}")).await?;
    assert_eq!(browser.ask(&format!("new Set({IDS}).size === {IDS}.length")).await?, json!(true));
    let kept = "document.activeElement.matches('[data-more], .card-title a')";
    assert_eq!(browser.ask(kept).await?, json!(true));
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn the_feed_holds_still_for_who_says_so() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    scene.open_gallery(26).await?;
    let reads = |told: &str| format!("document.querySelector('.flow').innerText === '{told}'");
    browser.until(&reads("Hold still")).await?;
    browser.press(".flow").await?;
    browser.until(&reads("Follow along")).await?;
    scene.open_gallery(26).await?;
    browser.until(&reads("Follow along")).await?;
    let before = browser.ask(IDS).await?;
    browser.until("parseInt(document.querySelector('.pill').innerText) >= 3").await?;
    assert_eq!(browser.ask(IDS).await?, before, "it was asked to hold still");
    browser.press(".flow").await?;
    browser
        .until(&format!("!{before}.includes({IDS}[0]) && document.activeElement.matches('.flow')"))
        .await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_press_is_kept_while_posts_come_by_themselves_and_a_long_grid_ends() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    scene.open_gallery(26).await?;
    let before = browser.ask(IDS).await?;
    browser
        .run(
            "const real = window.fetch;
        const gate = new Promise(open => { window.openTheGate = open; });
        window.fetch = async (address, options) => {
            window.isAsked ||= address === location.href;
            await gate;
            return real(address, options);
        };
        done();",
        )
        .await?;
    browser.until("window.isAsked && !document.querySelector('.pill').hidden").await?;
    browser.press(".pill").await?;
    browser.run("window.openTheGate(); done()").await?;
    let first = "document.querySelector('.card')";
    browser
        .until(&format!("{first}.contains(document.activeElement) && !{before}.includes({first}.id)"))
        .await?;

    browser
        .run(
            "const grid = document.querySelector('.grid');
        grid.dataset.extended = '';
        for (let number = 0; number < 110; number += 1) {
            const card = grid.lastElementChild.cloneNode(true);
            card.id = `p-older-${number}`;
            grid.append(card);
        }
        document.querySelector('.sorts a').focus();
        done();",
        )
        .await?;
    browser.until("!document.querySelector('.pill').hidden").await?;
    browser.press(".pill").await?;
    browser.until(&format!("{IDS}.length === 24 && document.querySelector('[data-more]')")).await?;
    assert_eq!(browser.complaints().await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_guest_takes_part_and_sees_what_others_say() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let browser = &scene.browser;
    let item = scene.resident_post().await?;
    scene.join("Ada", &item).await?;
    browser.until("document.documentElement.dataset.live").await?;

    browser.press(".liking button").await?;
    browser.until("document.querySelector('.liking [aria-pressed=true]') && document.querySelector('.liked').innerText.includes(' people')").await?;
    // Text that is refused stays, with what is wrong about it.
    browser.run("const field = document.querySelector('#content'); field.removeAttribute('required'); field.value = '  ';
        done(document.querySelector('.say').requestSubmit());").await?;
    browser
        .until(
            "document.querySelector('#content-fault') && document.querySelector('#content').value === '  '",
        )
        .await?;
    browser
        .run(
            "document.querySelector('#content').value = 'Well lit.';
        done(document.querySelector('.say').requestSubmit());",
        )
        .await?;
    browser
        .until("document.querySelector('#content').value === '' && !document.querySelector('#content-fault')")
        .await?;
    browser.until(&said_once("Well lit.")).await?;

    // What is said elsewhere comes by the stream alone.
    browser
        .run(
            "fetch(document.querySelector('.say').action, {
            method: 'POST', body: new URLSearchParams({ content: 'From elsewhere.' }),
        }).then(() => done());",
        )
        .await?;
    browser.until(&said_once("From elsewhere.")).await?;
    browser.until("document.querySelector('[data-comments]').innerText == document.querySelectorAll('.comments li').length").await?;
    // Of the refusal the browser makes a note.
    let complaints = browser.complaints().await?;
    assert!(complaints.iter().all(|complaint| complaint.contains("422")), "{complaints:?}");
    Ok(())
}

/// A script that makes the page seen, or not.
pub(super) fn seen(is_seen: bool) -> String {
    format!(
        "Object.defineProperty(document, 'hidden', {{ value: {}, configurable: true }});
        document.dispatchEvent(new Event('visibilitychange'));
        done();",
        !is_seen
    )
}

pub(super) fn said_once(words: &str) -> String {
    format!(
        "[...document.querySelectorAll('.words')].filter(said => said.innerText === '{words}').length === 1"
    )
}
