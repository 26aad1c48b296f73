//! The client against the sandbox, where both promise more than the contract does: exact orders and pages, look-ups over
//! many of them, and what the sandbox refuses although a platform might not.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use fleet_gallery::sandbox::Route;
use fleet_gallery::{Error, FeedQuery, NewItem, Sort, SoughtPost, Step, Workflow};
use serde_json::json;

use crate::support::{bench, bench_at, invitation};

#[tokio::test]
async fn the_newest_post_comes_first_and_pages_do_not_overlap() {
    let (_sandbox, bench) = bench().await;
    let author = bench.agent("data_viz").await;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(bench.post(&author, &format!("Chart {number}")).await.id);
    }
    ids.reverse();
    let page = |limit, offset| FeedQuery { limit, offset, ..FeedQuery::default() };
    let mut read = Vec::new();
    for query in [page(2, 0), page(2, 2), page(1, 4)] {
        let items = bench.gallery.feed(&author, &query).await.unwrap();
        read.extend(items.into_iter().map(|item| item.id));
    }
    assert_eq!(read, ids);
    let entries = bench.gallery.showcase_of(&author, &author, 2, 1).await.unwrap();
    assert_eq!(entries.iter().map(|entry| &entry.id).collect::<Vec<_>>(), [&ids[1], &ids[2]]);
}

#[tokio::test]
async fn a_category_narrows_the_feed() {
    let (_sandbox, bench) = bench().await;
    let (chart, mock_up) = (bench.agent("data_viz").await, bench.agent("ux_designer").await);
    let (wanted, other) = (bench.post(&chart, "Bars").await, bench.post(&mock_up, "Buttons").await);
    let query = FeedQuery { category: Some("data-viz".into()), ..FeedQuery::default() };
    let feed = bench.gallery.feed(&chart, &query).await.unwrap();
    assert!(feed.iter().any(|item| item.id == wanted.id));
    assert!(feed.iter().all(|item| item.id != other.id));
}

#[tokio::test]
async fn the_most_liked_post_leads_the_popular_and_the_trending_feed() {
    let (_sandbox, bench) = bench().await;
    let (author, reader) = (bench.agent("ai_artist").await, bench.agent("ai_artist").await);
    let liked = bench.post(&author, "Loved").await;
    bench.post(&author, "Overlooked").await;
    bench.gallery.toggle_like(&reader, &liked.id).await.unwrap();
    bench.gallery.toggle_like(&author, &liked.id).await.unwrap();
    for sort in [Sort::Popular, Sort::Trending] {
        let feed = bench.gallery.feed(&reader, &FeedQuery { sort, ..FeedQuery::default() }).await.unwrap();
        assert_eq!(feed[0].id, liked.id, "{sort:?}");
    }
}

#[tokio::test]
async fn comments_are_counted_listed_and_found() {
    let (_sandbox, bench) = bench().await;
    let (author, reader) = (bench.agent("ai_artist").await, bench.agent("ai_artist").await);
    let post = bench.post(&author, "A sea").await;
    for number in 0..23 {
        bench.gallery.comment(&reader, &post.id, &format!("wave {number}")).await.unwrap();
    }
    let item = bench.gallery.item(&author, &post.id).await.unwrap();
    assert_eq!(item.comment_count, 23);
    let page = bench.gallery.comments(&author, &post.id, 10, 20).await.unwrap();
    assert_eq!(page.len(), 3);
    assert_eq!(page[0].user.username.as_ref(), Some(&reader));
    let found = bench.gallery.find_comment(&author, &post.id, &reader, "wave 22", &[]).await.unwrap();
    assert_eq!(found.unwrap().content, "wave 22");
    let gallery = &bench.gallery;
    assert_eq!(gallery.find_comment(&author, &post.id, &author, "wave 22", &[]).await.unwrap(), None);
    assert_eq!(gallery.find_comment(&author, &post.id, &reader, "wave 2x", &[]).await.unwrap(), None);
    assert_eq!(gallery.find_comment(&author, "gone", &reader, "wave 2", &[]).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_known_already_is_not_found_again_for_the_same_words() {
    let (_sandbox, bench) = bench().await;
    let author = bench.agent("ai_artist").await;
    let (first, second) = (bench.post(&author, "A bay").await, bench.post(&author, "A bay").await);
    let gallery = &bench.gallery;
    let find = async |known: &[String]| {
        let sought = SoughtPost { known, ..sought("A bay", Some("about A bay")) };
        gallery.find_post(&author, &author, &sought).await.unwrap()
    };
    assert_eq!(find(std::slice::from_ref(&second.id)).await, Some(first.id.clone()));
    assert_eq!(find(&[first.id.clone(), second.id]).await, None);

    let one = gallery.comment(&author, &first.id, "Thank you!").await.unwrap().id;
    let find = async |known: &[String]| {
        gallery
            .find_comment(&author, &first.id, &author, "Thank you!", known)
            .await
            .unwrap()
            .map(|said| said.id)
    };
    assert_eq!(find(std::slice::from_ref(&one)).await, None);
    let other = gallery.comment(&author, &first.id, "Thank you!").await.unwrap().id;
    assert_eq!(find(&[one]).await, Some(other));
}

#[tokio::test]
async fn a_post_is_found_by_exactly_its_words() {
    let (_sandbox, bench) = bench().await;
    let author = bench.agent("ai_artist").await;
    let post = bench.post(&author, "A lake").await;
    let gallery = &bench.gallery;
    let find = async |title, description| {
        gallery.find_post(&author, &author, &sought(title, description)).await.unwrap()
    };
    assert_eq!(find("A lake", Some("about A lake")).await, Some(post.id));
    assert_eq!(find("A lake", Some("about")).await, None);
    assert_eq!(find("A lake", None).await, None);
    assert_eq!(gallery.find_post(&author, "nobody-at-all", &sought("A lake", None)).await.unwrap(), None);
}

#[tokio::test]
async fn a_post_is_not_looked_for_among_those_that_are_older() {
    let clock = Arc::new(AtomicI64::new(1_772_712_000));
    let now = Arc::clone(&clock);
    let now = Arc::new(move || jiff::Timestamp::from_second(now.load(Ordering::Relaxed)).unwrap());
    let (sandbox, bench) = bench_at(now).await;
    let (author, other) = (bench.agent("ai_artist").await, bench.agent("ux_designer").await);
    for number in 0..110 {
        bench.post(&other, &format!("Bay {number}")).await;
    }
    clock.fetch_add(7_200, Ordering::Relaxed);
    let begun = jiff::Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap();
    let pages = async |since| {
        let before = sandbox.requests().len();
        let sought = SoughtPost { since, ..sought("Lost", None) };
        assert_eq!(bench.gallery.find_post(&author, &author, &sought).await.unwrap(), None);
        sandbox.requests()[before..].iter().filter(|request| request.route == Route::Feed).count()
    };
    assert_eq!(pages(Some(begun)).await, 1);
    assert!(pages(None).await > 2, "without knowing when, everything is looked through");
    let late = bench.post(&author, "Landed").await;
    let sought = SoughtPost { since: Some(begun), ..sought("Landed", Some("about Landed")) };
    assert_eq!(bench.gallery.find_post(&author, &author, &sought).await.unwrap(), Some(late.id));
}

fn sought<'a>(title: &'a str, description: Option<&'a str>) -> SoughtPost<'a> {
    SoughtPost { title, description, known: &[], since: None }
}

#[tokio::test]
async fn mistakes_in_a_workflow_are_told_and_not_retried() {
    let (_sandbox, bench) = bench().await;
    let author = bench.agent("ai_artist").await;
    let run = async |steps| bench.gallery.execute(&author, &Workflow { name: "w".into(), steps }).await;
    let shape = Step::generate("shapes", json!({}), "a");
    for (steps, wanted) in [
        (vec![shape, Step::transform("adjust", "a", json!({}), "b")], "TRANSFORM_ERROR"),
        (vec![Step::generate("no-such-generator", json!({}), "a")], "PROVIDER_NOT_FOUND"),
    ] {
        let error = run(steps).await.unwrap_err();
        let Error::Workflow { code, retryable, .. } = &error else { panic!("{error:?}") };
        assert_eq!((code.as_str(), *retryable), (wanted, false));
    }
}

#[tokio::test]
async fn what_is_gone_is_not_found() {
    let (_sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let gallery = &bench.gallery;
    let errors = [
        gallery.item(&agent, "gone").await.unwrap_err(),
        gallery.toggle_like(&agent, "gone").await.unwrap_err(),
        gallery.comments(&agent, "gone", 10, 0).await.unwrap_err(),
        gallery.comment(&agent, "gone", "hello").await.unwrap_err(),
        gallery.showcase_of(&agent, "gone", 10, 0).await.unwrap_err(),
        gallery.item(&agent, "a/../b?c#d %2e").await.unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, Error::NotFound { .. }), "{error:?}");
    }
    assert_eq!(gallery.has_liked(&agent, "gone").await.unwrap(), None);
}

#[tokio::test]
async fn content_that_breaks_a_rule_is_invalid() {
    let (_sandbox, bench) = bench().await;
    let (agent, other) = (bench.agent("ai_artist").await, bench.agent("ai_artist").await);
    let gallery = &bench.gallery;
    let (own, foreign) = (bench.picture(&agent).await, bench.picture(&other).await);
    let post = bench.post(&agent, "A rule").await;
    let item = |image_url: &str, title: &str| NewItem {
        image_url: image_url.into(),
        title: title.into(),
        description: None,
        workflow_id: None,
    };
    let errors = [
        gallery.publish(&agent, &item(&own, &"x".repeat(201))).await.unwrap_err(),
        gallery.publish(&agent, &item(&foreign, "Not mine")).await.unwrap_err(),
        gallery.publish(&agent, &item("https://example.com/cat.png", "A stock photo")).await.unwrap_err(),
        gallery.comment(&agent, &post.id, "").await.unwrap_err(),
        gallery.comment(&agent, &post.id, &"x".repeat(1001)).await.unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, Error::Invalid { .. }), "{error:?}");
    }
    gallery.publish(&agent, &item(&own, &"x".repeat(200))).await.unwrap();
    gallery.comment(&agent, &post.id, &"x".repeat(1000)).await.unwrap();
}

#[tokio::test]
async fn a_request_that_is_too_large_is_not_begun() {
    let (_sandbox, bench) = bench().await;
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Small").await;
    let error = bench.gallery.comment(&agent, &post.id, &"x".repeat(1_100_000)).await.unwrap_err();
    assert_eq!(error, Error::TooLarge);
}

#[tokio::test]
async fn a_bot_whose_account_was_removed_is_turned_away() {
    let (_sandbox, bench) = bench().await;
    let invite = invitation("only-once", "data_viz");
    bench.gallery.invite(&invite).await.unwrap();
    assert!(bench.gallery.remove_user(&invite.agent_id).await.unwrap());
    assert!(!bench.gallery.remove_user(&invite.agent_id).await.unwrap());
    let orphan = bench.gallery.feed("only-once", &FeedQuery::default()).await;
    assert!(matches!(orphan, Err(Error::Forbidden { .. })), "{orphan:?}");
}
