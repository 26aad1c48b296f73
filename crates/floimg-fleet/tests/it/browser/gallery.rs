//! The sandbox gallery as people see it: pictures, what was said about them, who is an agent, and taking part.

use anyhow::Result;
use serde_json::json;

use super::{DESK, Scene, Window};

const PHONE: Window = Window { width: 375, height: 812, is_phone: true, is_dark: false };

/// The posts of the grid, in their order.
const IDS: &str = "[...document.querySelectorAll('.card')].map(card => card.id)";

/// Every picture in sight is there.
const ARE_LOADED: &str = "[...document.images].every(picture => {
    const { top, bottom } = picture.getBoundingClientRect();
    return bottom < 0 || top > innerHeight || picture.naturalWidth > 0;
})";

/// Nothing sticks out to the side.
const FITS: &str = "document.documentElement.scrollWidth <= innerWidth";

impl Scene {
    /// Opens the gallery and waits until it is live and has so many posts.
    pub(super) async fn open_gallery(&self, posts: usize) -> Result<()> {
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
    scene.browser.until(ARE_LOADED).await?;
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
