//! What the buttons do: to the store, to a page with script, and to one without.

use axum::http::Method;
use fleet_bots::Intent;

use crate::glass::{Glass, asked, new_bot, redacted};

#[tokio::test]
async fn each_button_changes_what_is_wanted_and_the_page_shows_it() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    for (order, intent, shown) in [
        ("start", Intent::Running, "mark-running\">Running"),
        ("pause", Intent::Paused, "mark-paused\">Paused"),
        ("resume", Intent::Running, "mark-running\">Running"),
        ("stop", Intent::Stopped, "mark-stopped\">Stopped"),
    ] {
        let answer = glass.post(&format!("/bots/{}/{order}", bot.id)).await;
        assert_eq!(answer.status, 303, "{order}");
        assert_eq!(answer.header("location"), "/", "{order}");
        assert_eq!(glass.intent(bot.id).await, intent, "{order}");
        glass.get("/").await.assert_shows(shown);
    }
}

#[tokio::test]
async fn an_order_is_signed_in_the_log() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    glass.post(&format!("/bots/{}/start", bot.id)).await;
    let newest = glass.newest().await;
    assert_eq!(newest.message, "Ada was started");
    assert_eq!(newest.metadata.unwrap()["by"], "panel");
    glass.get("/").await.assert_shows("<span class=\"row-by\">by panel</span>");
}

#[tokio::test]
async fn a_page_with_script_gets_what_the_order_changed() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let answer = glass.order(&format!("/bots/{}/start", bot.id)).await;
    assert_eq!(answer.status, 200);
    insta::assert_snapshot!(redacted(&answer.text, bot.id), @r##"
    <hx-partial hx-target="#bot-ID" hx-swap="outerMorph"><li id="bot-ID" class="bot bot-running">
      FLAG
      <div class="bot-who">
        <h3><span class="bot-name">Ada</span> <span class="ai-mark">AI resident</span></h3>
        <p class="bot-sub">@ada <span aria-hidden="true">·</span> landscape dreamer</p>
      </div>
      <div class="bot-now">
        <p class="bot-state"><span class="mark mark-running">Running</span> <span class="bot-words">Waiting for a node</span></p>
      </div>
      <ul class="bot-counts" aria-label="So far">
        <li class="is-zero" title="0 posts"><svg class="icon" aria-hidden="true"><use href="#icon-picture"></use></svg><span aria-hidden="true">0</span><span class="sr-only">0 posts</span></li>
        <li class="is-zero" title="0 comments"><svg class="icon" aria-hidden="true"><use href="#icon-speech"></use></svg><span aria-hidden="true">0</span><span class="sr-only">0 comments</span></li>
        <li class="is-zero" title="0 likes"><svg class="icon" aria-hidden="true"><use href="#icon-heart"></use></svg><span aria-hidden="true">0</span><span class="sr-only">0 likes</span></li>
        <li class="is-zero" title="0 errors"><svg class="icon" aria-hidden="true"><use href="#icon-warning"></use></svg><span aria-hidden="true">0</span><span class="sr-only">0 errors</span></li>
      </ul>
      <form class="bot-orders" method="post" action="/bots/ID/pause" hx-boost="true" hx-swap="none" hx-push-url="false">
        <button id="bot-ID-order" class="btn btn-sm order" type="submit" formaction="/bots/ID/pause" aria-label="Pause Ada"><svg class="icon" aria-hidden="true"><use href="#icon-pause"></use></svg>Pause</button>
        <button id="bot-ID-stop" class="btn btn-sm btn-ghost order" type="submit" formaction="/bots/ID/stop" aria-label="Stop Ada"><svg class="icon" aria-hidden="true"><use href="#icon-square"></use></svg>Stop</button>
      </form>
    </li></hx-partial>
    <hx-partial hx-target="#status" hx-swap="outerMorph"><section id="status" class="fleet-state" aria-labelledby="headline">
      <h1 id="headline">1 bot runs.</h1>
      <ul class="concerns">
        <li><svg class="icon" aria-hidden="true"><use href="#icon-warning"></use></svg><p><strong>No node is alive to run the bots.</strong> Start one with “fleet serve”.</p></li>
      </ul>
      <dl class="counts">
        <div><dt><svg class="icon" aria-hidden="true"><use href="#icon-flag"></use></svg>bots</dt><dd>1</dd></div>
        <div><dt><svg class="icon" aria-hidden="true"><use href="#icon-picture"></use></svg>posts</dt><dd>0</dd></div>
        <div><dt><svg class="icon" aria-hidden="true"><use href="#icon-heart"></use></svg>likes</dt><dd>0</dd></div>
        <div><dt><svg class="icon" aria-hidden="true"><use href="#icon-speech"></use></svg>comments</dt><dd>0</dd></div>
      </dl>
    </section></hx-partial>
    <hx-partial hx-target="#notice" hx-swap="innerHTML"><div class="notice" data-notice="pass"><strong>Ada was started.</strong></div></hx-partial>
    "##);
}

#[tokio::test]
async fn orders_to_all_reach_every_bot_and_lead_back_to_the_page_they_came_from() {
    let (glass, ada) = Glass::with_bot("Ada").await;
    let bo = glass.bots.create_bot(new_bot("Bo_"), &asked()).await.unwrap();
    for (order, intent) in [
        ("start", Intent::Running),
        ("pause", Intent::Paused),
        ("resume", Intent::Running),
        ("stop", Intent::Stopped),
    ] {
        let answer = glass.post(&format!("/bots/{order}?page=2")).await;
        assert_eq!(answer.status, 303);
        assert_eq!(answer.header("location"), "/?page=2");
        assert_eq!([glass.intent(ada.id).await, glass.intent(bo.id).await], [intent; 2], "{order}");
    }
    let answer = glass.order("/bots/start").await;
    answer.assert_shows("2 bots were started.");
    answer.assert_shows("hx-target=\"#bots\"");
    glass.order("/bots/resume").await.assert_shows("No bot had to be resumed.");
}

#[tokio::test]
async fn an_order_that_cannot_be_followed_says_why_and_changes_nothing() {
    let (glass, bot) = Glass::with_bot("Ada").await;

    let page = glass.post(&format!("/bots/{}/pause", bot.id)).await;
    assert_eq!(page.status, 409);
    page.assert_shows("Ada is stopped; start it first.");
    assert_eq!(glass.intent(bot.id).await, Intent::Stopped);

    let notice = glass.order(&format!("/bots/{}/resume", bot.id)).await;
    assert_eq!(notice.status, 409);
    insta::assert_snapshot!(notice.text, @r##"
    <hx-partial hx-target="#notice" hx-swap="innerHTML"><div class="notice notice-bad" data-notice="stay"><strong>Ada is stopped; start it first.</strong> Nothing was changed. Look at the fleet as it is now, then choose again.</div></hx-partial>
    "##);

    for nobody in ["nobody", "01890000-0000-7000-8000-000000000000"] {
        let page = glass.post(&format!("/bots/{nobody}/start")).await;
        assert_eq!(page.status, 404, "{nobody}");
        page.assert_shows("Back to the fleet");
    }
}

#[tokio::test]
async fn an_order_from_another_site_is_refused() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    for path in [format!("/bots/{}/start", bot.id), "/bots/start".into(), "/stop-everything".into()] {
        for header in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
            let page = glass.send(Method::POST, &path, &[header]).await;
            assert_eq!(page.status, 403, "{path} {header:?}");
            page.assert_shows("This order came from another site.");
        }
    }
    assert_eq!(glass.intent(bot.id).await, Intent::Stopped);
    assert!(!glass.bots.switch().is_pulled());
}

#[tokio::test]
async fn a_name_that_was_made_to_point_here_opens_nothing() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let page = glass.send_under("evil.example", Method::GET, "/").await;
    assert_eq!(page.status, 421);
    page.assert_shows("http://127.0.0.1");
    let order = glass.send_under("evil.example", Method::POST, &format!("/bots/{}/start", bot.id)).await;
    assert_eq!(order.status, 421);
    assert_eq!(glass.intent(bot.id).await, Intent::Stopped);
}
