//! The client's manners as a gallery sees them, and answers that no gallery should give: each is an error that says what it
//! was, and never a panic.

use std::time::Duration;

use fleet_gallery::sandbox::{Fault, Policy, Route, Trouble};
use fleet_gallery::{
    Error, Fate, FeedQuery, Gallery, GalleryConfig, NewItem, Sandbox, SandboxConfig, Secret,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::support::{bench, client, config};

#[tokio::test]
async fn a_read_that_met_passing_trouble_is_tried_again_and_a_write_never() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let feed = async || bench.gallery.feed(&agent, &FeedQuery::default()).await;
    let mut asked = 1;
    for index in 0..200 {
        // More trouble than a tenth makes up for: the rest is told as it is.
        if index % 4 == 0 {
            sandbox.faults().add(Fault::new(Route::Feed, Trouble::status(502)));
        }
        asked += 1;
        if let Err(error) = feed().await {
            assert!(matches!(error, Error::Server { status: 502, .. }), "{error:?}");
        }
    }
    let extra = sandbox.requests().len() - asked;
    assert!((15..=asked / 10).contains(&extra), "{extra} more than the {asked} that were asked for");

    let post = bench.post(&agent, "Once").await;
    sandbox.faults().add(Fault::new(Route::Comment, Trouble::status(502)));
    bench.gallery.comment(&agent, &post.id, "hello").await.unwrap_err();
    assert_eq!(sandbox.requests().iter().filter(|request| request.route == Route::Comment).count(), 1);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_refused_token_is_shown_once_and_then_only_by_probes() {
    let (sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    sandbox.faults().add(Fault::anywhere(Trouble::status(401)).always());
    let before = sandbox.requests().len();
    for _ in 0..20 {
        let error = bench.gallery.feed(&agent, &FeedQuery::default()).await.unwrap_err();
        assert!(matches!(error, Error::Unauthorized { .. }), "{error:?}");
    }
    assert_eq!(sandbox.requests().len(), before + 1);
    assert!(matches!(bench.gallery.probe(Some(&agent)).await, Err(Error::Unauthorized { .. })));
    assert_eq!(sandbox.requests().len(), before + 2);
    sandbox.faults().clear();
    bench.gallery.feed(&agent, &FeedQuery::default()).await.unwrap_err();
    bench.gallery.probe(Some(&agent)).await.unwrap();
    bench.gallery.feed(&agent, &FeedQuery::default()).await.unwrap();
    assert_eq!(sandbox.requests().len(), before + 4);
    sandbox.stop().await;
}

#[tokio::test]
async fn what_the_gallery_is_known_to_refuse_is_not_sent() {
    let policy = Policy { requests_per_minute: 6, ..Policy::default() };
    let sandbox = Sandbox::start(SandboxConfig { policy, ..config() }).await.unwrap();
    let gallery = client(&sandbox);
    let mut held = 0;
    for _ in 0..12 {
        match gallery.generators().await {
            Ok(_) => {}
            Err(error @ Error::HeldBack { .. }) => {
                assert_eq!(error.fate(), Fate::NotProcessed);
                held += 1;
            }
            Err(error) => panic!("{error:?}"),
        }
    }
    assert!(held > 0 && sandbox.requests().iter().all(|request| request.status == Some(200)));
    let report = gallery.courtesy();
    assert_eq!(report.limit, Some(6));
    assert!(report.remaining.is_some() && report.reset_at.is_some());
    assert!(report.clock_offset.is_some_and(|offset| offset.as_secs().abs() <= 2), "{report:?}");
    sandbox.stop().await;
}

/// A gallery that gives every request the same answer, byte by byte, and hangs up.
async fn parrot(answer: Vec<u8>) -> (Gallery, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
    let answering = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = vec![0; 16 * 1024];
            let _ = stream.read(&mut head).await;
            let _ = stream.write_all(&answer).await;
            let _ = stream.shutdown().await;
        }
    });
    let mut config = GalleryConfig::new(url, Secret::new("fst_test_0123456789abcdef"));
    config.timeout = Duration::from_secs(10);
    (Gallery::new(config).unwrap(), answering)
}

fn answer(head: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    [format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\n\r\n").as_bytes(), body].concat()
}

#[tokio::test]
async fn whatever_a_gallery_answers_the_error_says_what_it_was() {
    let item = |likes: &str| {
        format!(
            r#"{{"showcaseItem":{{"id":"1","title":"t","image":{{"id":"i"}},"user":{{"id":"u"}},"likeCount":{likes},"commentCount":0,"viewCount":0,"isLiked":false,"workflowShared":false,"createdAt":"2026-01-01T00:00:00Z"}}}}"#
        )
    };
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n20\r\n{\"showcaseItem\":";
    let length = "HTTP/1.1 200 OK\r\ncontent-length: 4000\r\n\r\n{\"showcaseItem\":";
    for (answer, kind, told, fate) in [
        (chunked.as_bytes().to_vec(), "Cut", "broke off", Fate::Unknown),
        (length.as_bytes().to_vec(), "Cut", "broke off", Fate::Unknown),
        (b"SSH-2.0-OpenSSH_9.6\r\n".to_vec(), "Cut", "broke off", Fate::Unknown),
        (Vec::new(), "Cut", "broke off", Fate::Unknown),
        (answer("200 OK", ""), "Unreadable", "it is empty", Fate::Unknown),
        (b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(), "Unreadable", "it is empty", Fate::Unknown),
        (answer("200 OK", "<!doctype html>"), "Unreadable", "a web page", Fate::Unknown),
        (answer("200 OK", [0x1f, 0x8b, 8, 0]), "Unreadable", "compressed", Fate::Unknown),
        (answer("200 OK", b"{\"showcaseItem\":\"\xff\xfe\"}"), "Unreadable", "cannot be read", Fate::Unknown),
        (answer("200 OK", "[".repeat(100_000)), "Unreadable", "invalid type", Fate::Unknown),
        (answer("200 OK", item("\"7\"")), "Unreadable", "invalid type", Fate::Unknown),
        (answer("200 OK", item("1e999")), "Unreadable", "out of range", Fate::Unknown),
        (answer("200 OK", r#"{"showcaseItem":null}"#), "Unreadable", "invalid type: null", Fate::Unknown),
        (
            answer("200 OK", r#"{"error":{"code":"oops","message":"it broke"}}"#),
            "Unreadable",
            "reports an error (it broke)",
            Fate::Unknown,
        ),
        (
            answer("301 Moved\r\nlocation: https://api.example/", ""),
            "Server",
            "redirects to `https://api.example/`",
            Fate::Unknown,
        ),
        (
            answer("401 Unauthorized", r#"{"detail":"token revoked"}"#),
            "Unauthorized",
            "token revoked",
            Fate::NotProcessed,
        ),
        (answer("429 Slow", ""), "RateLimited", "a pause of 30 s", Fate::NotProcessed),
        (
            answer(
                "429 Slow\r\ndate: Thu, 05 Mar 2026 13:00:00 GMT\r\nretry-after: Thu, 05 Mar 2026 13:01:30 GMT",
                "",
            ),
            "RateLimited",
            "a pause of 90 s",
            Fate::NotProcessed,
        ),
        (answer("429 Slow\r\nretry-after: soon", ""), "RateLimited", "a pause of 30 s", Fate::NotProcessed),
        (answer("500 Oops", "<h1>Bad gateway</h1>"), "Server", "status 500", Fate::Unknown),
        (
            answer("503 Down", r#"{"error":"paused","code":"FLEET_PAUSED"}"#),
            "Paused",
            "paused the fleet",
            Fate::NotProcessed,
        ),
    ] {
        let shown = String::from_utf8_lossy(&answer[..answer.len().min(120)]).into_owned();
        let (gallery, answering) = parrot(answer).await;
        let new = NewItem { image_url: "/i".into(), title: "t".into(), description: None, workflow_id: None };
        let error = gallery.publish("ada", &new).await.expect_err(&shown);
        assert!(format!("{error:?}").starts_with(kind), "{shown}: {error:?}");
        assert!(error.to_string().contains(told), "{shown}: {error}");
        assert_eq!(error.fate(), fate, "{shown}");
        answering.abort();
    }
}
