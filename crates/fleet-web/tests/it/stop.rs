//! Stopping everything from the panel: the button, the banner that stays true, and the way back.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fleet_bots::{Intent, StopState};

use crate::glass::{Glass, asked};

#[tokio::test]
async fn everything_can_be_stopped_and_lifted_without_script() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    glass.bots.start_bot(bot.id, &asked()).await.unwrap();
    let page = glass.get("/").await;
    page.assert_shows("Yes, stop everything");
    page.assert_hides("Lift the stop");

    let answer = glass.post("/stop-everything").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/"));
    assert_eq!(glass.bots.switch().state(), StopState::On);
    assert_eq!(glass.bots.stop_order().await.unwrap().unwrap().by, "panel");

    let page = glass.get("/").await;
    page.assert_shows("<strong>Everything is stopped</strong>, by panel,");
    page.assert_shows("Lift the stop");
    page.assert_hides("Yes, stop everything");

    let answer = glass.post("/stop-everything/lift").await;
    assert_eq!(answer.status, 303);
    assert_eq!(glass.bots.switch().state(), StopState::Off);
    assert_eq!(glass.intent(bot.id).await, Intent::Running, "what was wanted is as it was");
    glass.get("/").await.assert_hides("Lift the stop");
}

#[tokio::test]
async fn a_page_with_script_gets_the_banner_at_once() {
    let glass = Glass::new().await;
    let answer = glass.order("/stop-everything").await;
    assert_eq!(answer.status, 200);
    insta::assert_snapshot!(answer.text, @r##"
    <hx-partial hx-target="#stop" hx-swap="outerMorph"><section id="stop" aria-label="Stop" role="alert"><div class="stop-banner">
      <svg class="icon" width="16" height="16" aria-hidden="true"><use href="#icon-octagon"></use></svg>
      <div class="stop-words">
        <p><strong>Everything is stopped</strong>, by panel, <time datetime="2026-03-05T12:00:00Z" title="2026-03-05 12:00:00 UTC" data-when>now</time>.</p>
        <p>No bot acts until the stop is lifted. What each was asked to do stays as it is.</p>
      </div>
      <form method="post" action="/stop-everything/lift" hx-boost="true" hx-swap="none" hx-push-url="false">
        <button class="btn btn-sm" type="submit">Lift the stop</button>
      </form>
    </div></section></hx-partial>
    <hx-partial hx-target="#stop-control" hx-swap="outerMorph"><div id="stop-control" class="stop-control"><span class="stop-said"><svg class="icon" width="16" height="16" aria-hidden="true"><use href="#icon-octagon"></use></svg>Stopped</span></div></hx-partial>
    <hx-partial hx-target="#notice" hx-swap="innerHTML"><div class="notice" data-notice="pass"><strong>Everything is stopped.</strong></div></hx-partial>
    "##);

    let answer = glass.order("/stop-everything/lift").await;
    answer.assert_shows("The stop is lifted; bots go on as they were meant to.");
    answer.assert_shows("Yes, stop everything");
}

#[tokio::test]
async fn every_page_has_the_banner_also_those_that_tell_of_a_failure() {
    let glass = Glass::new().await;
    glass.post("/stop-everything").await;
    glass.get("/nowhere").await.assert_shows("Everything is stopped");
}

#[tokio::test]
async fn a_stopped_fleet_does_not_look_at_the_gallery_either() {
    let looks = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&looks);
    let glass = Glass::looking(Arc::new(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { None })
    }))
    .await;
    glass.bots.stop_everything(&asked()).await;
    for _ in 0..3 {
        assert_eq!(glass.get("/").await.status, 200);
    }
    assert_eq!(looks.load(Ordering::Relaxed), 0);
    glass.bots.lift_stop(&asked()).await.unwrap();
    glass.get("/").await;
    assert_eq!(looks.load(Ordering::Relaxed), 1);
}
