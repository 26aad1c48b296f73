//! The client without a gallery: addresses, ids, and answers that are not what they should be.

use super::*;
use proptest::prelude::*;
use reqwest::header::HeaderMap;

fn gallery(base: &str) -> Result<Gallery, Error> {
    Gallery::new(GalleryConfig::new(Url::parse(base).unwrap(), Secret::new("fst_test_secret")))
}

#[test]
fn an_address_keeps_its_path_and_gains_a_slash() {
    let gallery = gallery("https://gallery.example/studio?x=1#y").unwrap();
    assert_eq!(gallery.base_url().as_str(), "https://gallery.example/studio/");
    let request = gallery.request(Method::GET, &["showcase", "a/b c?"]).unwrap().build().unwrap();
    assert_eq!(request.url().as_str(), "https://gallery.example/studio/api/showcase/a%2Fb%20c%3F");
}

#[test]
fn addresses_that_are_not_of_the_web_are_refused() {
    for base in ["ftp://gallery.example", "file:///etc", "https://user:password@gallery.example"] {
        assert!(matches!(gallery(base), Err(Error::Misconfigured { .. })), "{base}");
    }
    let gallery = gallery("https://gallery.example").unwrap();
    assert!(matches!(gallery.resolve("javascript:alert(1)"), Err(Error::Unreadable { .. })));
    assert_eq!(
        gallery.resolve("/api/images/1/blob").unwrap().as_str(),
        "https://gallery.example/api/images/1/blob"
    );
    assert_eq!(gallery.resolve("https://cdn.example/1?s=2").unwrap().as_str(), "https://cdn.example/1?s=2");
}

#[test]
fn ids_that_would_address_something_else_are_refused() {
    let gallery = gallery("https://gallery.example").unwrap();
    for id in ["", ".", ".."] {
        assert!(matches!(gallery.request(Method::GET, &["showcase", id]), Err(Error::Misconfigured { .. })));
    }
}

#[test]
fn a_list_of_nodes_is_read_in_every_form() {
    for body in [
        r#"["shapes","qr"]"#,
        r#"[{"id":"generator:shapes","name":"shapes"},{"name":"qr"},7]"#,
        r#"{"generators":[{"name":"shapes"},"qr"]}"#,
    ] {
        assert_eq!(answer::node_names(body.as_bytes(), "generators").unwrap(), ["shapes", "qr"]);
    }
    assert!(answer::node_names(b"{}", "generators").is_err());
    let keys = br#"[{"name":"openai","configured":false},{"name":"stability","available":false},{"name":"shapes","available":true}]"#;
    assert_eq!(answer::node_names(keys, "generators").unwrap(), ["shapes"]);
}

#[test]
fn a_pause_of_a_day_is_believed_for_an_hour_and_then_looked_at_again() {
    let hour = Duration::from_secs(3_600);
    for asked in ["86400", "3601", "1e18"] {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", asked.parse().unwrap());
        assert_eq!(answer::failure(429, &headers, b"", false), Error::RateLimited { retry_after: hour });
        let body = format!(r#"{{"code":"rate_limited","retryAfter":{asked}}}"#);
        let error = answer::failure(429, &HeaderMap::new(), body.as_bytes(), false);
        assert_eq!(error, Error::RateLimited { retry_after: hour });
    }
}

#[test]
fn an_entry_that_cannot_be_read_hides_no_other() {
    let entry = |id: &str, user: &str| {
        format!(r#"{{"id":"{id}","image":{{"id":"i"}},"user":{user},"createdAt":"2026-03-05T12:00:00Z"}}"#)
    };
    let list = |entries: &[String]| format!(r#"{{"items":[{}]}}"#, entries.join(","));
    let (one, lost) = (entry("a", r#"{"id":"u"}"#), entry("b", "null"));
    let read = |entries: &[String]| answer::read::<body::Items>(list(entries).as_bytes());
    let items = read(&[lost.clone(), one, "7".into(), lost.clone()]).unwrap().items;
    assert_eq!(items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["a"]);
    assert_eq!(read(&[]).unwrap().items, []);
    // Where nothing can be read it is not that nothing is there.
    let Err(Error::Unreadable { what }) = read(&[lost.clone(), lost.clone(), lost]) else { panic!() };
    assert!(what.contains("none of 3 entries can be read"), "{what}");
}

#[test]
fn a_success_that_reports_an_error_is_a_failure() {
    let body = br#"{"status":"error","error":"Unknown operation: adjust","errorCode":"TRANSFORM_ERROR"}"#;
    assert!(matches!(answer::execution(body), Err(Error::Workflow { retryable: false, .. })));
    let empty = br#"{"status":"completed","imageIds":[],"imageUrls":[]}"#;
    assert!(matches!(answer::execution(empty), Err(Error::Unreadable { .. })));
}

proptest! {
    #[test]
    fn no_body_makes_reading_an_answer_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        _ = answer::Refusal::read(&bytes);
        _ = answer::execution(&bytes);
        _ = answer::node_names(&bytes, "generators");
    }

    #[test]
    fn no_refusal_makes_reading_panic(
        error in "\\PC{0,300}", retry in any::<f64>(), reset in "\\PC{0,30}", used in any::<i64>(),
    ) {
        let body = json!({
            "error": { "message": error, "retryAfter": retry }, "resetAt": reset,
            "usage": { "used": used, "limit": "many" }, "retryable": 1,
        });
        _ = answer::Refusal::read(&serde_json::to_vec(&body).unwrap());
    }
}
