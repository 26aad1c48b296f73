//! Every scripted fault, what the client makes of it, and what the gallery holds afterwards.

use std::time::Duration;

use fleet_gallery::sandbox::{Effect, Fault, Route, Trouble};
use fleet_gallery::{
    Error, Fate, FeedQuery, Gallery, GalleryConfig, Retry, Secret, SoughtPost, Step, Workflow,
};
use jiff::Timestamp;
use serde_json::json;

use crate::support::{Bench, bench, client, hasty_client, until};

async fn comment_under(trouble: Trouble) -> (Error, usize) {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Troubled").await;
    let gallery = if matches!(trouble, Trouble::Hang) { hasty_client(&sandbox) } else { client(&sandbox) };
    sandbox.faults().add(Fault::new(Route::Comment, trouble).for_agent(&agent));
    let error = gallery.comment(&agent, &post.id, "hello").await.unwrap_err();
    assert_eq!(sandbox.faults().remaining(), 0);
    let landed = sandbox.census().items[0].comments.len();
    sandbox.stop().await;
    (error, landed)
}

#[tokio::test]
async fn a_request_that_is_never_answered_times_out_and_its_fate_is_unknown() {
    let (error, landed) = comment_under(Trouble::Hang).await;
    assert!(matches!(error, Error::TimedOut { .. }), "{error:?}");
    assert_eq!((error.fate(), error.retry(), landed), (Fate::Unknown, Retry::Later, 0));
}

#[tokio::test]
async fn a_cut_connection_leaves_the_fate_unknown_whether_it_landed_or_not() {
    for (trouble, wanted) in [(Trouble::Cut, 0), (Trouble::CutAfter, 1)] {
        let (error, landed) = comment_under(trouble).await;
        assert!(matches!(error, Error::Cut { .. }), "{error:?}");
        assert_eq!((error.fate(), landed), (Fate::Unknown, wanted));
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_leaves_the_fate_unknown() {
    for trouble in [Trouble::Garbage, Trouble::Html, Trouble::Empty, Trouble::Huge, Trouble::WrongType] {
        let (error, landed) = comment_under(trouble.clone()).await;
        assert!(matches!(error, Error::Unreadable { .. }), "{trouble:?}: {error:?}");
        assert_eq!((error.fate(), landed), (Fate::Unknown, 1), "{trouble:?}");
    }
}

#[tokio::test]
async fn statuses_are_told_apart_by_what_to_do_next() {
    let reset_at: Timestamp = "2026-05-05T00:00:00Z".parse().unwrap();
    for (trouble, wanted, fate, retry) in [
        (Trouble::status(400), "Invalid", Fate::NotProcessed, Retry::Never),
        (Trouble::status(401), "Unauthorized", Fate::NotProcessed, Retry::Never),
        (Trouble::status(403), "Forbidden", Fate::NotProcessed, Retry::Never),
        (Trouble::status(404), "NotFound", Fate::NotProcessed, Retry::Never),
        (Trouble::status(413), "TooLarge", Fate::NotProcessed, Retry::Never),
        (Trouble::status(422), "Invalid", Fate::NotProcessed, Retry::Never),
        (Trouble::status(302), "Server", Fate::Unknown, Retry::Never),
        (Trouble::status(418), "Server", Fate::Unknown, Retry::Never),
        (Trouble::status(500), "Server", Fate::Unknown, Retry::Later),
        (Trouble::status(503), "Server", Fate::Unknown, Retry::Later),
        (Trouble::paused(), "Paused", Fate::NotProcessed, Retry::Later),
        (Trouble::status(429), "RateLimited", Fate::NotProcessed, Retry::After(Duration::from_secs(30))),
        (Trouble::rate_limited(7), "RateLimited", Fate::NotProcessed, Retry::After(Duration::from_secs(7))),
        (Trouble::bot_limited(reset_at, 9, 8), "BotLimited", Fate::NotProcessed, Retry::At(reset_at)),
        (Trouble::fleet_limited(reset_at), "FleetLimited", Fate::NotProcessed, Retry::At(reset_at)),
    ] {
        let (error, landed) = comment_under(trouble.clone()).await;
        assert!(format!("{error:?}").starts_with(wanted), "{trouble:?}: {error:?}");
        assert_eq!((error.fate(), error.retry(), landed), (fate, retry, 0), "{trouble:?}");
    }
}

#[tokio::test]
async fn the_engines_own_word_on_a_failure_counts_before_the_status() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let plain = |error: &str| Trouble::Status {
        status: 500,
        body: json!({ "status": "error", "error": error }),
        headers: Vec::new(),
    };
    for (trouble, wanted) in [
        (Trouble::workflow("GENERATION_ERROR", "503 overloaded", true), Retry::Later),
        (Trouble::workflow("TRANSFORM_ERROR", "Unknown operation", false), Retry::Never),
        (plain("400 Your request was rejected"), Retry::Never),
        (plain("429 Rate limit exceeded"), Retry::After(Duration::from_secs(30))),
        (plain("502 Bad gateway"), Retry::Later),
        (plain("Content policy violation"), Retry::Never),
        (plain("something broke"), Retry::Later),
        (Trouble::status(500), Retry::Later),
    ] {
        sandbox.faults().add(Fault::new(Route::Execute, trouble.clone()));
        let workflow = Workflow { name: "w".into(), steps: vec![Step::generate("qr", json!({}), "a")] };
        let error = bench.gallery.execute(&agent, &workflow).await.unwrap_err();
        assert_eq!(error.retry(), wanted, "{trouble:?}: {error:?}");
    }
}

#[tokio::test]
async fn what_lands_late_lands_although_its_sender_has_left() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Late").await;
    let late = Trouble::LandsLate(Duration::from_secs(4));
    sandbox.faults().add(Fault::new(Route::Like, late));
    let error = hasty_client(&sandbox).toggle_like(&agent, &post.id).await.unwrap_err();
    assert!(matches!(error, Error::TimedOut { .. }), "{error:?}");
    assert_eq!(bench.gallery.has_liked(&agent, &post.id).await.unwrap(), Some(false));
    until("the late like", || !sandbox.census().items[0].likers.is_empty()).await;
    assert_eq!(bench.gallery.has_liked(&agent, &post.id).await.unwrap(), Some(true));
    let effect = Some(Effect::Liked { item: post.id });
    assert!(sandbox.requests().iter().any(|request| request.effect == effect && request.status.is_none()));
}

#[tokio::test]
async fn a_held_post_is_accepted_and_seen_by_nobody() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    sandbox.faults().add(Fault::new(Route::Publish, Trouble::HiddenFromShowcase));
    bench.post(&agent, "Held").await;
    let sought = SoughtPost { title: "Held", description: Some("about Held"), known: &[], since: None };
    let found = bench.gallery.find_post(&agent, &agent, &sought).await.unwrap();
    assert_eq!(found, None);
    assert!(sandbox.census().items[0].hidden);
}

#[tokio::test]
async fn a_delayed_answer_is_an_answer() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    sandbox.faults().add(Fault::new(Route::Feed, Trouble::Delay(Duration::from_millis(50))));
    bench.gallery.feed(&agent, &FeedQuery::default()).await.unwrap();
}

#[tokio::test]
async fn a_hanging_request_does_not_keep_the_sandbox_from_stopping() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    sandbox.faults().add(Fault::new(Route::Feed, Trouble::Hang));
    let gallery = bench.gallery.clone();
    let hanging = tokio::spawn(async move { gallery.feed(&agent, &FeedQuery::default()).await });
    until("the request", || sandbox.requests().last().is_some_and(|last| last.route == Route::Feed)).await;
    sandbox.stop().await;
    let error = hanging.await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Cut { .. }), "{error:?}");
}

#[tokio::test]
async fn a_dropped_sandbox_stops() {
    let (sandbox, bench) = bench().await;
    let url = sandbox.url().clone();
    drop(sandbox);
    let address = (url.host_str().unwrap().to_owned(), url.port().unwrap());
    until("the end", || std::net::TcpStream::connect((address.0.as_str(), address.1)).is_err()).await;
    assert!(bench.gallery.feed("anyone", &FeedQuery::default()).await.is_err());
}

#[tokio::test]
async fn a_gallery_that_is_not_there_is_unreachable_and_nothing_was_begun() {
    let (sandbox, bench) = bench().await;
    let gallery: Gallery = bench.gallery.clone();
    sandbox.stop().await;
    let error = gallery.toggle_like("anyone", "any").await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    assert_eq!((error.fate(), error.retry()), (Fate::NotProcessed, Retry::Later));
}

#[tokio::test]
async fn a_gallery_that_repeats_the_token_does_not_put_it_into_the_error() {
    let (sandbox, bench) = bench().await;
    let token = sandbox.token().expose().to_owned();
    let body = json!({ "error": format!("no such token: {token} {}", "x".repeat(5000)) });
    sandbox.faults().add(Fault::anywhere(Trouble::Status { status: 401, body, headers: Vec::new() }));
    let error = bench.gallery.feed("anyone", &FeedQuery::default()).await.unwrap_err();
    let told = format!("{error} {error:?}");
    assert!(!told.contains(&token) && told.len() < 1000, "{told}");
    for route in [Route::Generators, Route::Transforms] {
        let body = json!({ "error": format!("no such token: {token}") });
        sandbox.faults().add(Fault::new(route, Trouble::Status { status: 200, body, headers: Vec::new() }));
    }
    for error in [bench.gallery.generators().await, bench.gallery.transforms().await] {
        let told = format!("{error:?}");
        assert!(told.contains("no such token: ***") && !told.contains(&token), "{told}");
    }
    let config = GalleryConfig::new(sandbox.url().clone(), Secret::new(token.clone()));
    assert!(!format!("{config:?} {:?}", bench.gallery).contains(&token));
}

#[tokio::test]
async fn the_log_says_in_whose_name_what_was_done() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = Bench::post(&bench, &agent, "Logged").await;
    bench.gallery.toggle_like(&agent, &post.id).await.unwrap();
    bench.gallery.toggle_like(&agent, &post.id).await.unwrap();
    let requests = sandbox.requests();
    let effects: Vec<_> = requests.iter().filter_map(|request| request.effect.clone()).collect();
    assert_eq!(effects[0], Effect::Invited { username: agent.clone() });
    assert!(matches!(&effects[1], Effect::Drawn { images } if images.len() == 1));
    let item = post.id;
    let rest = [
        Effect::Posted { item: item.clone() },
        Effect::Liked { item: item.clone() },
        Effect::Unliked { item },
    ];
    assert_eq!(effects[2..], rest);
    assert_eq!(requests.last().unwrap().agent.as_ref(), Some(&agent));
    assert_eq!(sandbox.census().unlikes, 1);
}
