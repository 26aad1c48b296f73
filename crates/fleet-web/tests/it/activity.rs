//! The page of activity: what its address asks for, each event in full, and all of it as a file.

use axum::http::Method;
use fleet_bots::{ActivityKind, Content, NewActivity, NewBot, Outcome};
use serde_json::{Value, json};

use crate::glass::{Glass, NOON, about, asked, new_bot, redacted};

/// Ada thought of fog and Bo, a poet, of the sea; then something of Ada's went wrong.
async fn lived_in() -> Glass {
    let (glass, ada) = Glass::with_bot("Ada").await;
    let bo = NewBot { persona: "poet".into(), ..new_bot("Bo_") };
    let bo = glass.bots.create_bot(bo, &asked()).await.unwrap();
    let line = |bot, kind, minutes: i64, words: &str| {
        NewActivity::of(bot, kind, fleet_bots::FleetTime(NOON.0 + minutes * 60_000_000), words)
    };
    let lines = vec![
        line(ada.id, ActivityKind::Thought, -120, "Thinks of Fog."),
        line(bo.id, ActivityKind::Thought, -60, "Thinks of the sea."),
        line(ada.id, ActivityKind::Error, -30, "did not happen: a <b>picture</b>"),
    ];
    glass.bots.record_activity(lines).await.unwrap();
    glass
}

#[tokio::test]
async fn the_address_says_what_is_shown() {
    let glass = lived_in().await;
    let shown = async |query: &str| {
        let page = glass.get(&format!("/activity?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        let told = ["Thinks of Fog.", "Thinks of the sea.", "did not happen"];
        told.map(|words| u8::from(page.text.contains(words)))
    };
    assert_eq!(shown("").await, [1, 1, 1]);
    assert_eq!(shown("kind=thoughts").await, [1, 1, 0]);
    assert_eq!(shown("kind=error").await, [0, 0, 1]);
    assert_eq!(shown("kind=trouble").await, [0, 0, 1]);
    assert_eq!(shown("kind=house").await, [0, 0, 0]);
    assert_eq!(shown("bot=%40ada").await, [1, 0, 1]);
    assert_eq!(shown("bot=ada%2C+bo_&q=thinks").await, [1, 1, 0]);
    assert_eq!(shown("persona=poet").await, [0, 1, 0]);
    assert_eq!(shown("q=FOG").await, [1, 0, 0]);
    assert_eq!(shown("since=2026-03-05T11:00").await, [0, 1, 1]);
    assert_eq!(shown("since=2026-03-05T11:00&until=2026-03-05T11:15").await, [0, 1, 0]);
    assert_eq!(shown("until=2026-03-05T10:30").await, [1, 0, 0]);
    let filtered = glass.get("/activity?kind=error&bot=ada").await;
    filtered.assert_shows("hx-sse:connect=\"/activity/live?kind=error&#38;bot=ada&#38;after=");
    filtered.assert_shows("href=\"/activity.jsonl?kind=error&#38;bot=ada\"");
    filtered.assert_shows("<option value=\"error\" selected>");
    filtered.assert_shows("a &#60;b&#62;picture&#60;/b&#62;");
}

#[tokio::test]
async fn what_makes_no_sense_is_told_beside_its_field() {
    let glass = lived_in().await;
    let wrong = [
        ("kind=dreams", "kind", "There is no kind “dreams”; choose one of the list."),
        ("bot=nobody", "bot", "There is no bot “nobody”; give its username or its id."),
        ("since=soon", "since", "Give a date and a time, such as 2026-03-05T09:00; it is taken as UTC."),
        ("until=%00", "until", "Give a date and a time"),
        ("since=2026-03-05T11:00&until=2026-03-05T10:00", "until", "This must be later than the beginning."),
    ];
    for (query, field, words) in wrong {
        let page = glass.get(&format!("/activity?{query}")).await;
        assert_eq!(page.status, 422, "{query}");
        page.assert_shows(&format!("id=\"{field}-problem\">{words}"));
        page.assert_shows("Mend the filter above");
        page.assert_hides("hx-sse:connect=\"/activity");
        for other in ["/activity/live", "/activity.jsonl"] {
            let refused = glass.get(&format!("{other}?{query}")).await;
            assert_eq!(refused.status, 422, "{other}?{query}");
            refused.assert_shows(words.split_once(';').map_or(words, |(first, _)| first));
        }
    }
    for harmless in ["bot=a%00b", "persona=%00", "q=%00%25", "before=minus", "kind=&bot=&q=+"] {
        let status = glass.get(&format!("/activity?{harmless}")).await.status;
        assert!([200, 422].contains(&status.as_u16()), "{harmless}: {status}");
    }
}

#[tokio::test]
async fn older_pages_lead_on_to_the_end_and_do_not_move() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    for number in 0..90 {
        glass.think(bot.id, &format!("number {number:02}.")).await;
    }
    let (mut seen, mut pages, mut next) = (0, 0, Some("/activity?kind=thought".to_owned()));
    while let Some(address) = next {
        let page = glass.get(&address).await;
        pages += 1;
        seen += page.text.matches("<li id=\"act-").count();
        assert_eq!(page.text.contains("hx-sse:connect=\"/activity/live"), pages == 1, "{address}");
        let older = page.text.split("<p class=\"feed-older\"><a").nth(1);
        next = older.map(|rest| {
            rest.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&")
        });
    }
    assert_eq!((pages, seen), (3, 90));
}

#[tokio::test]
async fn an_event_is_told_with_all_that_it_came_of() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let thought = NewActivity::of(bot.id, ActivityKind::Thought, NOON, "Ada wants to say something")
        .with(json!({ "thought": { "wish": "comment", "why": "drawn at 25 %" }, "seed": "42" }));
    glass.bots.record_activity(vec![thought]).await.unwrap();
    let thought = glass.newest().await.seq;
    let content = Content::Comment { about: about("p7", "Fog <3"), text: "<b>Soft</b>".into() };
    glass.did(bot.id, content, Outcome::Failed { why: "the gallery said no".into() }).await;
    let log = glass.bots.get_activity(&fleet_bots::ActivityFilter::default()).await.unwrap();
    let seq = log.iter().find(|line| line.kind == ActivityKind::Error).unwrap().seq;

    let page = glass.get(&format!("/activity/{seq}")).await;
    assert_eq!(page.status, 200);
    page.assert_shows("<h1 class=\"event-title\">did not happen: Ada commented");
    let part = glass.send(Method::GET, &format!("/activity/{seq}"), &[("hx-request", "true")]).await;
    part.assert_hides("<html");
    let part = redacted(&part.text, bot.id).replace(&format!("event-{seq}"), "event-SEQ");
    let part = part.replace(&format!("/activity/{thought}\""), "/activity/THOUGHT\"");
    let part = part.split("<details").next().unwrap();
    insta::assert_snapshot!(part);
    page.assert_shows("&#34;failure&#34;: &#34;the gallery said no&#34;");
    page.assert_shows("&#60;b&#62;Soft&#60;/b&#62;");
    page.assert_hides("<b>Soft</b>");
}

#[tokio::test]
async fn an_event_that_is_not_there_is_told_so() {
    let glass = Glass::new().await;
    for wrong in ["0", "-1", "9999", "newest", "99999999999999999999"] {
        let page = glass.get(&format!("/activity/{wrong}")).await;
        assert_eq!(page.status, 404, "{wrong}");
        page.assert_shows(&format!("There is no event `{wrong}`."));
    }
}

#[tokio::test]
async fn an_export_is_every_line_that_the_filter_finds_oldest_first() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let lines = (0..2_100)
        .map(|number| NewActivity::of(bot.id, ActivityKind::Thought, NOON, format!("number {number}\nnext")));
    glass.bots.record_activity(lines.collect()).await.unwrap();
    let answer = glass.get("/activity.jsonl?kind=thought").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/jsonl; charset=utf-8");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"activity.jsonl\"");
    let lines: Vec<Value> = answer.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2_100);
    assert_eq!(
        (&lines[0]["message"], &lines[2_099]["message"]),
        (&json!("number 0\nnext"), &json!("number 2099\nnext"))
    );
    assert_eq!(lines[0]["kind"], "thought");
    assert!(glass.get("/activity.jsonl?q=nothing+like+it").await.text.is_empty());
}
