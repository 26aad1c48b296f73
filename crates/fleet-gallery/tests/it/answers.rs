//! Answers at the limits of what is read and waited for, from servers that do exactly as a test says.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use fleet_gallery::{Error, Fate, Gallery, GalleryConfig, Secret, Step, Workflow};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

const MIB: usize = 1024 * 1024;

/// A server that answers each connection as `answer` does, which is shown what was asked; it ends with the test.
async fn server<F>(answer: impl Fn(String, TcpStream) -> F + Send + 'static) -> (Url, JoinHandle<()>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let serving = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = Vec::new();
            while !asked.windows(4).any(|end| end == b"\r\n\r\n") {
                let mut some = [0; 4096];
                match stream.read(&mut some).await {
                    Ok(0) | Err(_) => break,
                    Ok(read) => asked.extend_from_slice(&some[..read]),
                }
            }
            tokio::spawn(answer(String::from_utf8_lossy(&asked).into_owned(), stream));
        }
    });
    (url, serving)
}

fn gallery(url: Url, workflow_timeout: Duration) -> Gallery {
    let config = GalleryConfig::new(url, Secret::new("fst_test_0123456789abcdef"));
    Gallery::new(GalleryConfig { workflow_timeout, ..config }).unwrap()
}

fn workflow() -> Workflow {
    Workflow { name: "w".into(), steps: vec![Step::generate("shapes", json!({}), "a")] }
}

/// A workflow's answer of exactly so many bytes, most of which are a preview.
fn execution(bytes: usize) -> Vec<u8> {
    let body = |preview: &str| {
        json!({ "status": "completed", "imageIds": ["a"], "imageUrls": ["/a"], "previews": { "a": preview } })
            .to_string()
    };
    let rest = body("").len();
    body(&"A".repeat(bytes - rest)).into_bytes()
}

#[tokio::test]
async fn a_workflows_answer_is_read_up_to_sixteen_mebibytes_and_no_further() {
    for (bytes, is_read) in [(16 * MIB, true), (16 * MIB + 1, false)] {
        let body = Arc::new(execution(bytes));
        assert_eq!(body.len(), bytes);
        let (url, serving) = server(move |_, mut stream| {
            let body = Arc::clone(&body);
            async move {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {bytes}\r\n\r\n");
                _ = stream.write_all(head.as_bytes()).await;
                _ = stream.write_all(&body).await;
            }
        })
        .await;
        let made = gallery(url, Duration::from_secs(60)).execute("ada", &workflow()).await;
        serving.abort();
        match made {
            Ok(made) => assert!(is_read && made.finished() == Some("/a")),
            Err(error) => {
                assert!(!is_read, "{error}");
                assert_eq!(
                    error.to_string(),
                    "the gallery's answer cannot be read: it is larger than 16 MiB"
                );
                assert_eq!(error.fate(), Fate::Unknown, "the picture may have been made");
            }
        }
    }
}

#[tokio::test]
async fn an_answer_without_an_end_is_let_go_before_it_fills_the_memory() {
    let written = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&written);
    let (url, serving) = server(move |_, mut stream| {
        let counted = Arc::clone(&counted);
        async move {
            _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
            let chunk = [b"10000\r\n".as_slice(), &[b'A'; 0x10000], b"\r\n"].concat();
            while stream.write_all(&chunk).await.is_ok() {
                counted.fetch_add(0x10000, Ordering::Relaxed);
            }
        }
    })
    .await;
    let error = gallery(url, Duration::from_secs(60)).execute("ada", &workflow()).await.unwrap_err();
    serving.abort();
    assert!(matches!(&error, Error::Unreadable { what } if what == "it is larger than 16 MiB"), "{error:?}");
    // What was sent beyond that lies in the machine's buffers and was never kept.
    let written = written.load(Ordering::Relaxed);
    assert!(written < 64 * MIB as u64, "{written} bytes were taken");
}

#[tokio::test]
async fn a_workflow_is_given_its_time_and_its_fate_is_unknown_after_that() {
    let usual = GalleryConfig::new("http://127.0.0.1:9/".parse().unwrap(), Secret::new("fst_test"));
    assert_eq!(usual.workflow_timeout, Duration::from_secs(120));

    let (url, serving) = server(|_, mut stream| async move {
        // Held open until the other side lets go.
        _ = stream.read(&mut [0; 16]).await;
    })
    .await;
    let patience = Duration::from_millis(200);
    let error = gallery(url, patience).execute("ada", &workflow()).await.unwrap_err();
    serving.abort();
    assert_eq!(error, Error::TimedOut { after: patience });
    assert_eq!(error.fate(), Fate::Unknown, "the picture may have been made");
}

/// A server that answers everything with one status, and what it was asked.
async fn storage(status: u16) -> (Url, JoinHandle<()>, tokio::sync::mpsc::UnboundedReceiver<String>) {
    let (tell, asked) = tokio::sync::mpsc::unbounded_channel();
    let (url, serving) = server(move |said, mut stream| {
        let tell = tell.clone();
        async move {
            _ = tell.send(said);
            let head = format!("HTTP/1.1 {status} Whatever\r\ncontent-length: 0\r\n\r\n");
            _ = stream.write_all(head.as_bytes()).await;
        }
    })
    .await;
    (url, serving, asked)
}

#[tokio::test]
async fn only_what_is_certainly_gone_is_given_up_and_a_stranger_never_sees_the_token() {
    for (status, is_gone) in [
        (200, false),
        (206, false),
        (302, false),
        (401, false),
        (500, false),
        (400, true),
        (403, true),
        (404, true),
        (410, true),
    ] {
        let (home, at_home, mut asked_home) = storage(status).await;
        let (away, abroad, mut asked_away) = storage(status).await;
        let gallery = gallery(home.clone(), Duration::from_secs(60));
        let signed = away.join("a.png?signature=1").unwrap();
        assert_eq!(gallery.picture_is_gone("ada", signed.as_str()).await, is_gone, "{status} abroad");
        let stranger = asked_away.recv().await.unwrap().to_lowercase();
        assert!(
            stranger.starts_with("get /a.png?signature=1 ") && stranger.contains("range: bytes=0-0"),
            "{stranger}"
        );
        for secret in ["authorization", "fst_test", "x-agent-id", "ada"] {
            assert!(!stranger.contains(secret), "a stranger was told `{secret}`: {stranger}");
        }
        assert_eq!(gallery.picture_is_gone("ada", "/api/images/a/blob").await, is_gone, "{status} at home");
        let own = asked_home.recv().await.unwrap().to_lowercase();
        assert!(own.contains("authorization: bearer fst_test") && own.contains("x-agent-id: ada"), "{own}");
        at_home.abort();
        abroad.abort();
    }
    // Nobody answers there: that says nothing.
    let gallery = gallery("http://127.0.0.1:9/".parse().unwrap(), Duration::from_secs(60));
    assert!(!gallery.picture_is_gone("ada", "/a.png").await);
}
