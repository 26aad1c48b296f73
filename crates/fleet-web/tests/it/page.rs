//! What is shown: the page with bots and without, its headers, health, files, and failures in words.

use axum::http::Method;
use fleet_bots::{About, ActivityKind, Content, NewActivity, Outcome, ShownPost};
use serde_json::json;

use crate::glass::{DEADLINE, Glass, NOON, about, asked, new_bot, redacted};

#[tokio::test]
async fn a_fleet_without_bots_says_what_to_do_next() {
    let glass = Glass::new().await;
    let page = glass.get("/").await;
    assert_eq!(page.status, 200);
    page.assert_shows("No bots yet.");
    page.assert_shows("href=\"/bots/seed\">Make the first residents</a>");
    page.assert_shows("Nothing of this kind has happened yet.");
    page.assert_shows("Demo: open on this machine only, no sign-in");
    page.assert_shows("Stop everything");
    let table = glass.get("/bots").await;
    table.assert_shows("href=\"/bots/seed\">Make the first residents</a>");
    table.assert_hides("Yes, delete them");
}

#[tokio::test]
async fn a_bot_is_shown_as_an_ai_resident_with_its_state_and_its_buttons() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    glass.bots.start_bot(bot.id, &asked()).await.unwrap();
    let page = glass.get("/bots").await;
    page.assert_shows("1 bot runs.");
    page.assert_shows(&format!(
        "href=\"/bots/{}\">Ada</a> <span class=\"ai-mark\">AI resident</span>",
        bot.id
    ));
    page.assert_shows("landscape dreamer");
    page.assert_shows("Waiting for a node");
    page.assert_shows(&format!("formaction=\"/bots/{}/pause?back=%2Fbots\"", bot.id));
    page.assert_shows(&format!("formaction=\"/bots/{}/stop?back=%2Fbots\"", bot.id));
    let concern = "<strong>No node is alive to run the bots.</strong> Start one with “fleet serve”.";
    glass.get("/").await.assert_shows(concern);
}

#[tokio::test]
async fn what_a_bot_did_is_told_with_its_picture_and_a_way_there() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    glass.provision(&bot).await;
    let about = About { image_url: None, ..about("p7", "Fog & <salt>") };
    let activity = NewActivity::of(
        bot.id,
        ActivityKind::Comment,
        NOON,
        "Ada commented on “Fog & <salt>” by bo: <b>Soft</b>",
    )
    .with(json!({
        "content": Content::Comment { about, text: "<b>Soft</b>".into() },
        "image_url": "https://gallery.example/images/7.png",
        "post_id": "p7",
    }));
    glass.bots.record_activity(vec![activity]).await.unwrap();

    let page = glass.get("/").await;
    let own = glass.get(&format!("/bots/{}", bot.id)).await;
    own.assert_shows("<a href=\"https://gallery.example/u/ada\" rel=\"noreferrer\">@ada in the gallery</a>");
    let seq = glass.newest().await.seq;
    let row = page.text.split(&format!("<li id=\"act-{seq}\"")).nth(1).unwrap();
    let row = redacted(row.split("</li>").next().unwrap(), bot.id);
    let row =
        row.replace(&format!("act-{seq}"), "act-SEQ").replace(&format!("/activity/{seq}"), "/activity/SEQ");
    insta::assert_snapshot!(row, @r##"
    class="row row-plain row-comment">
     <span class="row-mark">FLAG</span>
     <div class="row-body">
       <p class="row-told">Ada commented on <a href="https://gallery.example/item/p7" rel="noreferrer">Fog &#38; &#60;salt&#62;</a> by bo</p>
       <blockquote class="row-quote">&#60;b&#62;Soft&#60;/b&#62;</blockquote>
       <p class="row-when"><svg class="icon" width="16" height="16" aria-hidden="true"><use href="#icon-speech"></use></svg><time datetime="2026-03-05T12:00:00Z" title="2026-03-05 12:00:00 UTC" data-when>now</time> <a class="row-open" href="/activity/SEQ" hx-get="/activity/SEQ" hx-target="#act-SEQ-more" hx-swap="innerHTML" aria-controls="act-SEQ-more" aria-expanded="false">Details</a></p>
     </div>
     <img class="row-picture" src="https://gallery.example/images/7.png" alt="Picture “Fog &#38; &#60;salt&#62;”" width="56" height="42" loading="lazy" decoding="async">
     <div id="act-SEQ-more" class="row-more"></div>
    "##);
}

#[tokio::test]
async fn a_picture_from_elsewhere_is_not_loaded() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let activity = NewActivity::of(bot.id, ActivityKind::Post, NOON, "Ada shared something")
        .with(json!({ "image_url": "https://elsewhere.example/7.png" }));
    glass.bots.record_activity(vec![activity]).await.unwrap();
    glass.get("/").await.assert_hides("elsewhere.example");
}

#[tokio::test]
async fn trouble_stands_out_and_says_what_to_do() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let error =
        NewActivity::of(bot.id, ActivityKind::Error, NOON, "did not happen: Ada shared “Fog” (no room)");
    glass.bots.record_activity(vec![error]).await.unwrap();
    let page = glass.get("/").await;
    page.assert_shows("1 error in the last hour.");
    page.assert_shows("row-alarm");
    page.assert_shows("It is not repeated.");
    page.assert_hides("All is well");
}

#[tokio::test]
async fn a_page_may_load_nothing_but_our_files_and_the_gallerys_pictures() {
    let page = Glass::new().await.get("/").await;
    assert_eq!(
        page.header("content-security-policy"),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https://gallery.example; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("referrer-policy"), "same-origin");
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert_eq!(page.header("cache-control"), "no-store");
    for forbidden in ["style=\"", "onclick", "<script>", "hx-on", "javascript:"] {
        page.assert_hides(forbidden);
    }
}

#[tokio::test]
async fn pages_are_sent_small_and_streams_as_they_come() {
    let (glass, _) = Glass::with_bot("Ada").await;
    let request = axum::http::Request::get("/").header("accept-encoding", "gzip");
    let request = request.body(axum::body::Body::empty()).unwrap();
    let response = tower::ServiceExt::oneshot(glass.router.clone(), request).await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");

    let request = axum::http::Request::get("/live").header("accept-encoding", "gzip");
    let request = request.body(axum::body::Body::empty()).unwrap();
    let response = tower::ServiceExt::oneshot(glass.router.clone(), request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["x-accel-buffering"], "no");
    assert!(!response.headers().contains_key("content-encoding"));
}

#[tokio::test]
async fn health_looks_at_the_store() {
    let health = Glass::new().await.get("/health").await;
    assert_eq!(health.status, 200);
    assert_eq!(health.text, r#"{"status":"ok"}"#);
    let live = Glass::new().await.get("/health/live").await;
    assert_eq!((live.status.as_u16(), live.text.as_str()), (200, r#"{"status":"alive"}"#));
}

#[tokio::test]
async fn the_fleet_has_a_sign_of_its_own() {
    let favicon = Glass::new().await.get("/favicon.svg").await;
    assert_eq!(favicon.header("content-type"), "image/svg+xml");
    assert!(favicon.text.starts_with("<svg"));
}

#[tokio::test]
async fn what_is_not_there_is_told_on_a_page_that_leads_back() {
    let glass = Glass::new().await;
    for path in ["/nowhere", "/assets/nothing.css"] {
        let page = glass.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        page.assert_shows("Back to the fleet");
    }
    let page = glass.send(Method::GET, "/stop-everything", &[]).await;
    assert_eq!(page.status, 405);
    page.assert_shows("This address takes orders; it has no page.");
}

#[tokio::test]
async fn a_page_too_far_leads_back_to_the_first() {
    let (glass, _) = Glass::with_bot("Ada").await;
    let page = glass.get("/bots?page=99999999999").await;
    assert_eq!(page.status, 200);
    page.assert_shows("There are no bots on this page. <a href=\"/bots\">Back to the first</a>");
    // What was searched and sorted stays so.
    let page = glass.get("/bots?q=a&sort=posts&dir=desc&page=3").await;
    page.assert_shows("<a href=\"/bots?q=a&#38;sort=posts&#38;dir=desc\">Back to the first</a>");
}

#[tokio::test]
async fn a_bot_has_a_page_of_its_own_with_all_that_is_known_of_it() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    glass.think(bot.id, "I want to see the sea").await;
    for address in [bot.id.to_string(), "ada".to_owned()] {
        let page = glass.get(&format!("/bots/{address}")).await;
        assert_eq!(page.status, 200);
        for words in [
            "<title>Ada · FloImg Fleet</title>",
            "landscape dreamer",
            "Walks a lot.",
            "fog",
            "posts <b>25 %</b>",
            "Busy 9–17, every day; asleep 0–7, in UTC, where it is 12:00.",
            "60 to 300 seconds",
            "It has not shared anything yet.",
            "It has not said anything yet.",
            "I want to see the sea",
            "Yes, delete Ada",
        ] {
            page.assert_shows(words);
        }
    }
    let thoughts = glass.get(&format!("/bots/{}?kind=orders", bot.id)).await;
    thoughts.assert_hides("I want to see the sea");
    thoughts.assert_shows("Ada joined");
    assert_eq!(glass.get("/bots/nobody").await.status, 404);
}

#[tokio::test]
async fn what_a_bot_did_stands_on_its_page_and_so_does_what_nobody_knows_the_end_of() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    glass
        .did(
            bot.id,
            Content::Post {
                image_url: "https://gallery.example/images/7.png".into(),
                title: "Fog".into(),
                description: String::new(),
                prompt: "fog".into(),
            },
            Outcome::Done { remote_id: Some("p7".into()) },
        )
        .await;
    glass
        .did(
            bot.id,
            Content::Comment { about: about("p8", "Salt"), text: "So quiet.".into() },
            Outcome::Done { remote_id: Some("c1".into()) },
        )
        .await;
    glass
        .did(
            bot.id,
            Content::Like { about: about("p9", "Rope") },
            Outcome::Unresolved { why: "the answer never came".into() },
        )
        .await;

    let page = glass.get(&format!("/bots/{}", bot.id)).await;
    page.assert_shows("<a href=\"https://gallery.example/item/p7\" rel=\"noreferrer\"><img src=\"https://gallery.example/images/7.png\"");
    page.assert_shows("So quiet.");
    page.assert_shows("because: it is quiet");
    page.assert_shows("Nobody knows how this ended");
    page.assert_shows("Like “Rope”");
    page.assert_shows("the answer never came");
}

#[tokio::test]
async fn the_table_is_searched_filtered_and_sorted_by_its_address() {
    let (glass, ada) = Glass::with_bot("Ada").await;
    glass.bots.create_bot(new_bot("Bo_"), &asked()).await.unwrap();
    glass.bots.start_bot(ada.id, &asked()).await.unwrap();
    for (address, has_ada, has_bo) in [
        ("/bots?q=AD", true, false),
        ("/bots?intent=stopped", false, true),
        ("/bots?state=waiting", true, false),
        ("/bots?persona=nobody", false, false),
        ("/bots?sort=dancing&state=dancing", true, true),
    ] {
        let page = glass.get(address).await;
        assert_eq!(page.status, 200);
        assert_eq!(
            (page.text.contains(">Ada</a>"), page.text.contains(">Bo_</a>")),
            (has_ada, has_bo),
            "{address}"
        );
    }
    glass.get("/bots?persona=nobody").await.assert_shows("No bot is like that.");
    let turned = glass.get("/bots?dir=desc").await;
    turned.assert_shows("aria-sort=\"descending\"");
    assert!(turned.text.find(">Bo_</a>") < turned.text.find(">Ada</a>"));
}

#[tokio::test]
async fn whose_the_gallery_is_is_told_when_it_was_looked_at() {
    let glass = Glass::looking_at(vec![
        ShownPost { id: "p1".into(), author: "ada".into(), likes: 3, comments: 0 },
        ShownPost { id: "p2".into(), author: "a_person".into(), likes: 1, comments: 0 },
    ])
    .await;
    glass.bots.create_bot(new_bot("Ada"), &asked()).await.unwrap();
    let told = async {
        loop {
            let page = glass.get("/").await;
            if page.text.contains("<b>50 %</b> of 2 posts") {
                break page;
            }
            tokio::task::yield_now().await;
        }
    };
    let page = tokio::time::timeout(DEADLINE, told).await.expect("the look comes to its end");
    page.assert_shows("<b>0 %</b> of 4 likes");
    page.assert_hides("comments</p>");
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_told_on_a_page_that_leads_back() {
    let glass = Glass::new().await;
    for path in ["/?before=x", "/bots?q=a&q=b"] {
        let page = glass.get(path).await;
        assert!(page.status.is_client_error(), "{path}: {}", page.status);
        page.assert_shows("Stop everything");
        page.assert_shows("Back to the fleet");
    }
    glass.get("/?before=x").await.assert_shows("says something that cannot be read");
}
