//! Whatever a gallery answers, it becomes a value or an error that somebody can read; what is written is read again as it
//! was.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::Index;
use reqwest::header::{HeaderMap, HeaderValue};
use serde::Serialize;
use serde_json::{Map, Value};

use super::*;
use crate::error::{Fate, Retry};
use crate::wire::{ItemImage, ShowcaseEntry, Stats, Step, User, UserRef};

/// Longer than any text of an error: a stranger's words are cut at 200 characters, and ours come around them.
const LONGEST_MESSAGE: usize = 500;

/// Any JSON, with numbers and texts that readers stumble over.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
        Just(json!("x".repeat(700))),
        Just(json!("2026-01-02T03:04:05Z")),
        Just(json!("429 Rate limit exceeded")),
        Just(json!("9999-99-99T99:99:99Z")),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z]{1,9}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// `right` with up to three of its parts gone or exchanged for something else.
fn nearly(right: Value) -> impl Strategy<Value = Value> {
    let change = (any::<Index>(), prop::option::of(json()));
    prop::collection::vec(change, 0..4).prop_map(move |changes| {
        let mut changed = right.clone();
        for (place, with) in changes {
            let mut places = Vec::new();
            walk(&changed, &mut String::new(), &mut places);
            let place = place.get(&places).clone();
            exchange(&mut changed, &place, with);
        }
        changed
    })
}

fn walk(value: &Value, at: &mut String, places: &mut Vec<String>) {
    places.push(at.clone());
    let inner: Vec<(String, &Value)> = match value {
        Value::Array(list) => {
            list.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
        }
        Value::Object(map) => map.iter().map(|(name, value)| (name.clone(), value)).collect(),
        _ => Vec::new(),
    };
    for (name, value) in inner {
        let before = at.len();
        at.push('/');
        at.push_str(&name.replace('~', "~0").replace('/', "~1"));
        walk(value, at, places);
        at.truncate(before);
    }
}

fn exchange(value: &mut Value, place: &str, with: Option<Value>) {
    match with {
        Some(with) => {
            if let Some(part) = value.pointer_mut(place) {
                *part = with;
            }
        }
        None => {
            let Some((parent, name)) = place.rsplit_once('/') else { return };
            match value.pointer_mut(parent) {
                Some(Value::Object(map)) => drop(map.remove(name)),
                Some(Value::Array(list)) => drop(list.pop()),
                _ => {}
            }
        }
    }
}

fn item_json() -> Value {
    json!({
        "id": "i", "title": "t", "description": "d", "category": "data-viz", "tags": ["a", "b"],
        "image": { "id": "p" }, "user": { "id": "u", "username": "ada", "name": "Ada", "avatarUrl": "/a.png" },
        "likeCount": 1, "commentCount": 2, "viewCount": 3, "isLiked": true, "workflowShared": false,
        "createdAt": "2026-01-02T03:04:05.678Z",
    })
}

fn comment_json() -> Value {
    json!({ "id": "c", "content": "so", "createdAt": "2026-01-02T03:04:05Z", "user": { "id": "u" } })
}

fn execution_json() -> Value {
    json!({
        "status": "completed", "imageIds": ["a", "b"], "imageUrls": ["/api/images/a/blob", "https://x.example/b?s=1"],
        "previews": { "a": "data:image/svg+xml;base64,AAAA" }, "dataOutputs": {}, "usageEvents": [],
    })
}

fn refusal_json() -> Value {
    json!({
        "status": "error", "error": { "code": "rate_limited", "message": "400 slow down", "retryAfter": 1.5 },
        "code": "AGENT_DAILY_LIMIT_EXCEEDED", "errorCode": "TRANSFORM_ERROR", "retryable": true,
        "resetAt": "2026-01-02T03:04:05Z", "usage": { "used": 3, "limit": 4.5 }, "errors": [{ "path": ["title"] }],
        "message": "what",
    })
}

/// A message that can stand in a line of a log.
fn is_readable(error: &Error) -> bool {
    let message = error.to_string();
    (1..=LONGEST_MESSAGE).contains(&message.chars().count()) && !message.chars().any(char::is_control)
}

fn reads<T: DeserializeOwned>(body: &Value) -> Result<(), TestCaseError> {
    reads_bytes::<T>(&serde_json::to_vec(body).unwrap())
}

fn reads_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Err(error) = answer::read::<T>(bytes) {
        prop_assert!(is_readable(&error), "{error}");
        prop_assert_eq!(error.fate(), Fate::Unknown);
    }
    Ok(())
}

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(
    value: &T,
) -> Result<(), TestCaseError> {
    let written = serde_json::to_vec(value).unwrap();
    prop_assert_eq!(&serde_json::from_slice::<T>(&written).unwrap(), value);
    Ok(())
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,30}", Just("\0 \u{202e}\"\\\n".to_owned())]
}

fn some_text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(text())
}

fn moment() -> impl Strategy<Value = Timestamp> {
    (0..4_000_000_000_000_i64).prop_map(|ms| Timestamp::from_millisecond(ms).unwrap())
}

fn user() -> impl Strategy<Value = UserRef> {
    (text(), some_text(), some_text(), some_text()).prop_map(|(id, username, name, avatar_url)| UserRef {
        id,
        username,
        name,
        avatar_url,
    })
}

fn item() -> impl Strategy<Value = Item> {
    let words = (text(), text(), some_text(), some_text(), prop::collection::vec(text(), 0..3));
    let counts = any::<(u64, u64, u64, bool, bool)>();
    (words, text(), user(), counts, moment()).prop_map(|(words, image, user, counts, created_at)| {
        let (id, title, description, category, tags) = words;
        let (like_count, comment_count, view_count, is_liked, workflow_shared) = counts;
        let image = ItemImage { id: image };
        Item {
            id,
            title,
            description,
            category,
            tags,
            image,
            user,
            like_count,
            comment_count,
            view_count,
            is_liked,
            workflow_shared,
            created_at,
        }
    })
}

fn step() -> impl Strategy<Value = Step> {
    let params = || prop::collection::btree_map("[a-z]{1,6}", text().prop_map(Value::from), 0..3);
    let object = |map: BTreeMap<String, Value>| map.into_iter().collect::<Map<_, _>>();
    prop_oneof![
        (text(), params(), text()).prop_map(move |(generator, params, out)| Step::Generate {
            generator,
            params: object(params),
            out
        }),
        (text(), text(), params(), text()).prop_map(move |(op, input, params, out)| {
            Step::Transform { op, input, params: object(params), out }
        }),
        (text(), text()).prop_map(|(input, destination)| Step::Save { input, destination }),
    ]
}

proptest! {
    #[test]
    fn an_answer_that_is_nearly_right_is_read_or_told_of(
        item in nearly(item_json()), comment in nearly(comment_json()), execution in nearly(execution_json()),
        profile in nearly(json!({
            "user": { "id": "u", "username": "ada", "bio": null, "createdAt": "2026-01-02T03:04:05Z" },
            "stats": { "publicImages": 3 },
        })),
        other in nearly(json!({
            "showcase": [{ "id": "i", "title": "t", "description": "d" }], "deleted": true, "liked": true,
            "likeCount": 3, "id": "u", "username": "ada", "created": false,
        })),
    ) {
        reads::<body::Items>(&json!({ "items": [item_json(), item] }))?;
        reads::<body::OneItem>(&json!({ "item": item }))?;
        reads::<body::Published>(&json!({ "showcaseItem": item }))?;
        reads::<body::Comments>(&json!({ "comments": [comment] }))?;
        reads::<body::OneComment>(&json!({ "comment": comment }))?;
        reads::<Profile>(&profile)?;
        reads::<body::Showcase>(&other)?;
        reads::<body::Deleted>(&other)?;
        reads::<Liked>(&other)?;
        reads::<Invited>(&other)?;
        match answer::execution(&serde_json::to_vec(&execution).unwrap()) {
            Ok(made) => prop_assert!(made.finished().is_some(), "{made:?}"),
            Err(error) => prop_assert!(is_readable(&error), "{error}"),
        }
    }

    #[test]
    fn an_answer_that_breaks_off_is_told_of(item in item(), cut in any::<Index>()) {
        let whole = serde_json::to_vec(&json!({ "items": [item] })).unwrap();
        let part = &whole[..cut.index(whole.len())];
        let error = answer::read::<body::Items>(part).err();
        prop_assert!(error.is_some_and(|error| is_readable(&error) && error.fate() == Fate::Unknown));
    }

    #[test]
    fn bytes_of_any_kind_are_read_or_told_of(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC*") {
        for bytes in [&bytes, text.as_bytes()] {
            reads_bytes::<body::Items>(bytes)?;
            reads_bytes::<body::OneComment>(bytes)?;
            for told in [answer::execution(bytes).err(), answer::node_names(bytes, "generators").err()] {
                prop_assert!(told.is_none_or(|error| is_readable(&error)));
            }
        }
    }

    #[test]
    fn a_list_of_nodes_in_any_form_is_read_or_told_of(
        bare in nearly(json!(["shapes", { "name": "qr" }])),
        wrapped in nearly(json!({ "generators": [{ "name": "shapes" }], "nodes": ["qr"] })),
    ) {
        for body in [bare, wrapped] {
            let names = answer::node_names(&serde_json::to_vec(&body).unwrap(), "generators");
            prop_assert!(names.err().is_none_or(|error| is_readable(&error)));
        }
    }

    #[test]
    fn a_refusal_of_any_form_says_what_became_of_the_call_and_when_to_call_again(
        status in 300_u16..600, body in prop_oneof![nearly(refusal_json()), json()], after in "\\PC{0,12}|[0-9.e-]{0,9}",
        workflow: bool,
    ) {
        let mut headers = HeaderMap::new();
        if let Ok(after) = HeaderValue::try_from(after) {
            headers.insert("retry-after", after);
        }
        let bytes = serde_json::to_vec(&body).unwrap();
        let error = answer::failure(status, &headers, &bytes, workflow);
        prop_assert!(is_readable(&error), "{error}");
        if let Retry::After(pause) = error.retry() {
            prop_assert!(pause <= Duration::from_secs(24 * 3_600), "{pause:?}");
        }
        // What a proxy or a broken server says does not prove that nothing was done.
        let has_said_so = matches!(error, Error::Workflow { .. } | Error::Paused | Error::RateLimited { .. });
        if status >= 500 && !has_said_so {
            prop_assert_eq!(error.fate(), Fate::Unknown);
        }
        if status == 429 {
            prop_assert_eq!(error.fate(), Fate::NotProcessed);
            prop_assert!(error.retry() != Retry::Never, "{error:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_as_it_was(
        item in item(), user in user(), words in (text(), text(), some_text(), some_text()), at in moment(),
        steps in prop::collection::vec(step(), 0..4), counts: (u64, u64, u64, u64), yes: bool,
    ) {
        let (id, username, name, bio) = words;
        comes_back(&item)?;
        comes_back(&Comment { id: id.clone(), content: username.clone(), created_at: at, user })?;
        comes_back(&Workflow { name: id.clone(), steps })?;
        let stats = Stats {
            public_projects: counts.0, public_workflows: counts.1, public_images: counts.2, showcase_items: counts.3,
        };
        let entry = ShowcaseEntry { id: id.clone(), title: username.clone(), description: bio.clone() };
        comes_back(&entry)?;
        comes_back(&NewItem {
            image_url: id.clone(), title: username.clone(), description: name.clone(), workflow_id: bio.clone(),
        })?;
        let user = User { id: id.clone(), username: username.clone(), name, bio, avatar_url: None, created_at: at };
        comes_back(&Profile { user, stats })?;
        comes_back(&Liked { liked: yes, like_count: counts.0 })?;
        comes_back(&Execution {
            status: id.clone(), image_ids: vec![username.clone()], image_urls: vec![id.clone()],
            previews: [(id.clone(), username.clone())].into(),
        })?;
        comes_back(&Invited { id, username, created: yes })?;
    }

    #[test]
    fn an_address_of_a_picture_is_one_of_the_web_or_told_of(address in "\\PC{0,40}|[a-z:/?#.@%-]{0,30}") {
        // Making a client takes longer than all the rest.
        static GALLERY: LazyLock<Gallery> = LazyLock::new(|| {
            let base = Url::parse("https://gallery.example/studio").unwrap();
            Gallery::new(GalleryConfig::new(base, Secret::new("fst_a_b"))).unwrap()
        });
        match GALLERY.resolve(&address) {
            Ok(url) => prop_assert!(matches!(url.scheme(), "http" | "https")),
            Err(error) => prop_assert!(is_readable(&error)),
        }
    }
}
