//! What is pushed: everything first, then what changed, nothing twice, and an end when the server ends.

use axum::body::Body;
use axum::http::Request;
use fleet_bots::{ActivityKind, NewActivity};
use fleet_web::serve;
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tower::ServiceExt;

use crate::glass::{DEADLINE, Glass, NOON, asked, new_bot};

/// An open page.
struct Stream {
    body: Body,
    /// What came and was not looked at yet.
    text: String,
}

impl Stream {
    async fn open(glass: &Glass) -> Self {
        Self::of(glass, "/live").await
    }

    /// The stream of another page than the overview.
    async fn of(glass: &Glass, path: &str) -> Self {
        Self::resumed(glass, path, None).await
    }

    /// The stream of a page that had one before, and was sent rows up to `last`.
    async fn resumed(glass: &Glass, path: &str, last: Option<i64>) -> Self {
        let mut request = Request::get(path);
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let request = request.body(Body::empty()).unwrap();
        let response = glass.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        Self { body: response.into_body(), text: String::new() }
    }

    /// Reads until `words` came, and takes everything up to the end of that event.
    async fn until(&mut self, words: &str) -> String {
        let found = async {
            loop {
                if let Some(at) = self.text.find(words)
                    && let Some(end) = self.text[at..].find("\n\n")
                {
                    let rest = self.text.split_off(at + end + 2);
                    return std::mem::replace(&mut self.text, rest);
                }
                let frame = self.body.frame().await.expect("the stream goes on").unwrap();
                self.text.push_str(std::str::from_utf8(&frame.into_data().unwrap()).unwrap());
            }
        };
        timeout(DEADLINE, found).await.unwrap_or_else(|_| panic!("`{words}` did not come"))
    }
}

/// The rows of the feed that a text shows, in its order.
fn rows(text: &str) -> Vec<i64> {
    let ids = text.split("<li id=\"act-").skip(1);
    ids.map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
}

#[tokio::test]
async fn a_page_gets_everything_first_and_then_what_is_new() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let mut stream = Stream::open(&glass).await;
    let snapshot = stream.until("hx-target=\"#feed-rows\"").await;
    for part in ["event: clock", "#stop", "#stop-control", "#status", "#states", "#concerns", "Ada joined"] {
        assert!(snapshot.contains(part), "{part} is missing in:\n{snapshot}");
    }

    glass.think(bot.id, "I want to see the sea").await;
    let delta = stream.until("I want to see the sea").await;
    assert!(delta.contains("hx-target=\"#feed-rows\" hx-swap=\"prepend\""), "{delta}");
    assert_eq!(rows(&delta), [glass.newest().await.seq]);
}

#[tokio::test]
async fn a_page_that_has_rows_is_sent_only_those_that_it_has_not() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    glass.think(bot.id, "seen.").await;
    let seen = glass.newest().await.seq;
    glass.think(bot.id, "missed.").await;
    let missed = glass.newest().await.seq;

    let mut made_then = Stream::of(&glass, &format!("/live?after={seen}")).await;
    assert_eq!(rows(&made_then.until("missed.").await), [missed]);
    let mut came_back = Stream::resumed(&glass, "/live?after=0", Some(seen)).await;
    let text = came_back.until("missed.").await;
    assert_eq!(rows(&text), [missed]);
    assert!(text.contains(&format!("id: {missed}")), "a browser that comes back says so: {text}");
}

#[tokio::test]
async fn a_page_over_another_store_begins_its_feed_anew() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    glass.think(bot.id, "here.").await;
    let mut stream = Stream::resumed(&glass, "/live", Some(1_000_000)).await;
    let text = stream.until("here.").await;
    assert!(text.contains("hx-target=\"#feed-rows\" hx-swap=\"innerHTML\""), "{text}");
}

#[tokio::test]
async fn a_bot_that_changed_is_shown_anew_and_the_others_are_left_alone() {
    let (glass, ada) = Glass::with_bot("Ada").await;
    let bo = glass.bots.create_bot(new_bot("Bo_"), &asked()).await.unwrap();
    let mut stream = Stream::of(&glass, "/bots/live").await;
    stream.until("hx-target=\"#status\"").await;

    glass.bots.start_bot(ada.id, &asked()).await.unwrap();
    let delta = stream.until("hx-target=\"#status\"").await;
    assert!(delta.contains(&format!("hx-target=\"#bot-{}\"", ada.id)), "{delta}");
    assert!(delta.contains("1 bot runs, 1 is stopped."), "{delta}");
    assert!(!delta.contains(&format!("#bot-{}\"", bo.id)), "{delta}");
}

#[tokio::test]
async fn only_the_bots_of_the_page_are_pushed() {
    let (glass, ada) = Glass::with_bot("Ada").await;
    let bo = glass.bots.create_bot(new_bot("Bo_"), &asked()).await.unwrap();
    let mut stream = Stream::of(&glass, "/bots/live?q=ada").await;
    let snapshot = stream.until("hx-target=\"#status\"").await;
    assert!(snapshot.contains(&ada.id.to_string()) && !snapshot.contains(&bo.id.to_string()), "{snapshot}");
    glass.bots.start_bot(bo.id, &asked()).await.unwrap();
    let delta = stream.until("1 bot runs, 1 is stopped.").await;
    assert!(!delta.contains(&bo.id.to_string()), "{delta}");
}

#[tokio::test]
async fn a_bot_that_was_made_elsewhere_appears() {
    let glass = Glass::new().await;
    let mut stream = Stream::of(&glass, "/bots/live").await;
    assert!(stream.until("hx-target=\"#status\"").await.contains("Nobody lives here yet."));
    glass.bots.create_bot(new_bot("Ada"), &asked()).await.unwrap();
    assert!(stream.until("hx-target=\"#bots\"").await.contains("AI resident"));
}

#[tokio::test]
async fn the_page_of_a_bot_tells_of_that_bot_alone() {
    let (glass, ada) = Glass::with_bot("Ada").await;
    let bo = glass.bots.create_bot(new_bot("Bo_"), &asked()).await.unwrap();
    let mut stream = Stream::of(&glass, &format!("/bots/{}/live?kind=thoughts", ada.id)).await;
    stream.until("hx-target=\"#status\"").await;
    glass.think(bo.id, "not hers.").await;
    glass.bots.start_bot(ada.id, &asked()).await.unwrap();
    glass.think(ada.id, "hers.").await;
    let text = stream.until("hers.").await;
    assert!(!text.contains("not hers.") && !text.contains("was started"), "{text}");
    assert!(stream.until("hx-target=\"#bot-now\"").await.contains("mark-running"));
}

#[tokio::test]
async fn the_banner_comes_and_goes_with_the_stop() {
    let glass = Glass::new().await;
    let mut stream = Stream::open(&glass).await;
    stream.until("hx-target=\"#status\"").await;
    glass.bots.stop_everything(&asked()).await;
    stream.until("<strong>Everything is stopped</strong>, by test,").await;
    glass.bots.lift_stop(&asked()).await.unwrap();
    stream.until("Yes, stop everything").await;
}

#[tokio::test]
async fn no_row_is_sent_twice_whatever_comes_while_the_page_is_made() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let mut stream = Stream::open(&glass).await;
    let writer = async {
        for number in 0..30 {
            glass.think(bot.id, &format!("thought {number}.")).await;
        }
    };
    let (text, ()) = tokio::join!(stream.until("thought 29."), writer);

    let mut seen = rows(&text);
    let count = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), count);
    assert!(seen.len() >= 30);
}

#[tokio::test]
async fn a_page_that_fell_behind_begins_its_feed_anew() {
    let (glass, bot) = Glass::with_bot("Ada").await;
    let mut stream = Stream::open(&glass).await;
    stream.until("hx-target=\"#status\"").await;
    let flood = (0..3_000)
        .map(|number| NewActivity::of(bot.id, ActivityKind::Thought, NOON, format!("thought {number}.")));
    glass.bots.record_activity(flood.collect()).await.unwrap();

    let text = stream.until("thought 2999.").await;
    assert!(text.contains("hx-target=\"#feed-rows\" hx-swap=\"innerHTML\""), "it is not told row by row");
    assert!(rows(&text).len() <= 101);
}

#[tokio::test]
async fn streams_end_when_the_server_does() {
    let glass = Glass::new().await;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(serve(listener, glass.router.clone(), async {
        let _ = ended.await;
    }));

    let mut page = TcpStream::connect(address).await.unwrap();
    page.write_all(b"GET /live HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut text = String::new();
    while !text.contains("#status") {
        let mut piece = [0; 4_096];
        let length = timeout(DEADLINE, page.read(&mut piece)).await.unwrap().unwrap();
        assert!(length > 0, "the stream ended early: {text}");
        text.push_str(&String::from_utf8_lossy(&piece[..length]));
    }

    end.send(()).unwrap();
    timeout(DEADLINE, server).await.expect("the server ends though a page is open").unwrap().unwrap();
}

#[tokio::test]
async fn the_page_of_a_bot_that_is_deleted_says_so_once_and_its_head_goes_on() {
    let (glass, ada) = Glass::with_bot("Ada").await;
    let mut stream = Stream::of(&glass, &format!("/bots/{}/live", ada.id)).await;
    stream.until("hx-target=\"#status\"").await;
    glass.bots.delete_bot(ada.id, fleet_bots::AccountAfter::Removed, &asked()).await.unwrap();
    let text = stream.until("does not exist.").await;
    assert!(text.contains("hx-target=\"#notice\""), "{text}");
    let text = stream.until("No bots yet.").await;
    assert!(!text.contains("Nobody can tell how the fleet is"), "{text}");
}

#[tokio::test]
async fn after_an_order_pieces_are_sent_again_though_they_look_as_they_did() {
    let (glass, ada) = Glass::with_bot("Ada").await;
    let mut stream = Stream::of(&glass, "/bots/live").await;
    stream.until("hx-target=\"#status\"").await;
    // The page shows the answer to this order, whatever the stream sends meanwhile.
    glass.order(&format!("/bots/{}/start?back=/bots", ada.id)).await;
    glass.bots.stop_bot(ada.id, &asked()).await.unwrap();
    let text = stream.until("hx-target=\"#bots\"").await;
    assert!(text.contains("mark-stopped"), "{text}");
}

#[tokio::test]
async fn the_head_of_a_page_that_stands_still_moves() {
    let glass = Glass::new().await;
    glass.get("/account").await;
    let mut stream = Stream::of(&glass, "/live/head").await;
    stream.until("No bots yet.").await;
    glass.bots.stop_everything(&asked()).await;
    stream.until("<strong>Everything is stopped</strong>, by test,").await;
}
