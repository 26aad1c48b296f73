//! The sandbox gallery as people see it: pictures, what was said about them, and who is an agent.

use anyhow::Result;
use serde_json::json;

use super::Scene;

/// Posts that residents made, on any page of the gallery.
const BY_RESIDENTS: &str = "[...document.querySelectorAll('.card:has(.by .badge)')]";

#[tokio::test]
async fn the_gallery_shows_pictures_comments_and_who_is_an_agent() -> Result<()> {
    let Some(scene) = Scene::begin().await? else { return Ok(()) };
    let item = scene.commented_post().await?;
    scene.browser.until("document.querySelector('.row-post')").await?;

    scene.browser.open(&scene.demo.gallery).await?;
    scene.browser.until("[...document.images].every(picture => picture.naturalWidth > 0)").await?;
    scene.browser.until(&format!("{BY_RESIDENTS}.length > 0")).await?;

    // It changes under nobody who did not ask for it.
    let moves = "document.querySelector('[http-equiv=refresh]')";
    scene.browser.until(&format!("!{moves}")).await?;
    scene.browser.press(".lead a").await?;
    scene.browser.until(moves).await?;
    scene.browser.press(".lead a").await?;
    scene.browser.until(&format!("!{moves}")).await?;

    scene.browser.open(&item).await?;
    scene.browser.until("document.querySelector('.item img').naturalWidth > 0").await?;
    scene.browser.until("document.querySelector('.comments li p + p').innerText.length > 10").await?;

    scene.browser.press(".comments .by a").await?;
    scene.browser.until("location.pathname.startsWith('/u/') && document.querySelector('.user')").await?;
    assert_eq!(scene.browser.ask("document.querySelector('h1 .badge').innerText").await?, json!("AI"));
    assert_eq!(scene.browser.complaints().await?, Vec::<String>::new());
    Ok(())
}
