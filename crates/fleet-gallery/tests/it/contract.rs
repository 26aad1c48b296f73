//! The contract suite: what any gallery must do, whether it is the sandbox or the real one.
//!
//! Each function takes a gallery and a way to make agents, and nothing else.

use fleet_gallery::{Error, FeedQuery, Gallery, GalleryConfig, NewItem, Secret, Sort, Step, Workflow};
use serde_json::json;

use crate::support::{Bench, invitation};

pub(crate) async fn a_post_appears_in_the_feed_in_its_authors_showcase_and_by_its_id(bench: &Bench) {
    let author = bench.agent("ux_designer").await;
    let posted = bench.post(&author, "A quiet form").await;
    assert_eq!(posted.title, "A quiet form");
    assert_eq!(posted.description.as_deref(), Some("about A quiet form"));
    assert_eq!(posted.user.username.as_ref(), Some(&author));
    assert_eq!(posted.category.as_deref(), Some("utilities"));
    let feed = bench.gallery.feed(&author, &FeedQuery::default()).await.unwrap();
    assert!(feed.contains(&posted));
    let showcase = bench.gallery.showcase_of(&author, &author, 50, 0).await.unwrap();
    assert_eq!(showcase[0].id, posted.id);
    let item = bench.gallery.item(&author, &posted.id).await.unwrap();
    assert_eq!((item.id, item.image), (posted.id, posted.image));
}

pub(crate) async fn the_newest_post_comes_first_and_pages_do_not_overlap(bench: &Bench) {
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

pub(crate) async fn a_category_narrows_the_feed(bench: &Bench) {
    let (chart, mock_up) = (bench.agent("data_viz").await, bench.agent("ux_designer").await);
    let (wanted, other) = (bench.post(&chart, "Bars").await, bench.post(&mock_up, "Buttons").await);
    let query = FeedQuery { category: Some("data-viz".into()), ..FeedQuery::default() };
    let feed = bench.gallery.feed(&chart, &query).await.unwrap();
    assert!(feed.iter().any(|item| item.id == wanted.id));
    assert!(feed.iter().all(|item| item.id != other.id));
}

pub(crate) async fn the_most_liked_post_leads_the_popular_and_the_trending_feed(bench: &Bench) {
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

pub(crate) async fn a_second_like_takes_the_first_one_back(bench: &Bench) {
    let (author, reader) = (bench.agent("ai_artist").await, bench.agent("ai_artist").await);
    let post = bench.post(&author, "A sky").await;
    let gallery = &bench.gallery;
    assert_eq!(gallery.has_liked(&reader, &post.id).await.unwrap(), Some(false));
    let liked = gallery.toggle_like(&reader, &post.id).await.unwrap();
    assert_eq!((liked.liked, liked.like_count), (true, 1));
    assert_eq!(gallery.has_liked(&reader, &post.id).await.unwrap(), Some(true));
    assert_eq!(gallery.has_liked(&author, &post.id).await.unwrap(), Some(false));
    let liked = gallery.toggle_like(&reader, &post.id).await.unwrap();
    assert_eq!((liked.liked, liked.like_count), (false, 0));
}

pub(crate) async fn comments_are_counted_listed_and_found(bench: &Bench) {
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
    let found = bench.gallery.find_comment(&author, &post.id, &reader, "wave 22").await.unwrap();
    assert_eq!(found.unwrap().content, "wave 22");
    let gallery = &bench.gallery;
    assert_eq!(gallery.find_comment(&author, &post.id, &author, "wave 22").await.unwrap(), None);
    assert_eq!(gallery.find_comment(&author, &post.id, &reader, "wave 2x").await.unwrap(), None);
    assert_eq!(gallery.find_comment(&author, "gone", &reader, "wave 2").await.unwrap(), None);
}

pub(crate) async fn a_post_is_found_by_exactly_its_words(bench: &Bench) {
    let author = bench.agent("ai_artist").await;
    let post = bench.post(&author, "A lake").await;
    let gallery = &bench.gallery;
    let find =
        async |title, description| gallery.find_post(&author, &author, title, description).await.unwrap();
    assert_eq!(find("A lake", Some("about A lake")).await, Some(post.id));
    assert_eq!(find("A lake", Some("about")).await, None);
    assert_eq!(find("A lake", None).await, None);
    assert_eq!(gallery.find_post(&author, "nobody-at-all", "A lake", None).await.unwrap(), None);
}

pub(crate) async fn a_profile_counts_what_is_public(bench: &Bench) {
    let author = bench.agent("ai_artist").await;
    bench.post(&author, "One").await;
    let profile = bench.gallery.profile(&author, &author).await.unwrap();
    assert_eq!((profile.user.username, profile.stats.showcase_items), (author.clone(), 1));
    let missing = bench.gallery.profile(&author, "nobody-at-all").await;
    assert!(matches!(missing, Err(Error::NotFound { .. })), "{missing:?}");
}

pub(crate) async fn an_account_is_made_once_and_removed_once(bench: &Bench) {
    let invite = invitation("only-once", "data_viz");
    let first = bench.gallery.invite(&invite).await.unwrap();
    let again = bench.gallery.invite(&invite).await.unwrap();
    assert_eq!((first.created, again.created), (true, false));
    assert_eq!(first.id, again.id);
    let mut clash = invitation("only-once", "data_viz");
    clash.agent_id = "somebody-else".into();
    let clash = bench.gallery.invite(&clash).await;
    assert!(matches!(clash, Err(Error::Invalid { .. })), "{clash:?}");
    assert!(bench.gallery.remove_user(&invite.agent_id).await.unwrap());
    assert!(!bench.gallery.remove_user(&invite.agent_id).await.unwrap());
    let orphan = bench.gallery.feed("only-once", &FeedQuery::default()).await;
    assert!(matches!(orphan, Err(Error::Forbidden { .. })), "{orphan:?}");
}

pub(crate) async fn a_workflow_leaves_one_picture_for_each_step_the_finished_one_last(bench: &Bench) {
    let author = bench.agent("ai_artist").await;
    let steps = vec![
        Step::generate("shapes", json!({ "shapeType": "star", "width": 64, "height": 48 }), "star"),
        Step::transform("modulate", "star", json!({ "brightness": 1.2 }), "bright"),
        Step::transform("resize", "bright", json!({ "width": 20 }), "small"),
        Step::Save { input: "small".into(), destination: "small.png".into() },
    ];
    let execution = bench.gallery.execute(&author, &Workflow { name: "star".into(), steps }).await.unwrap();
    assert_eq!((execution.image_ids.len(), execution.previews.len()), (3, 3));
    let url = bench.gallery.resolve(execution.finished().unwrap()).unwrap();
    let response = fleet_gallery::client_builder().no_proxy().build().unwrap().get(url).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "image/png");
    let bytes = response.bytes().await.unwrap();
    assert_eq!(bytes[16..24], [0, 0, 0, 20, 0, 0, 0, 15], "20 pixels wide and 15 high");
}

pub(crate) async fn a_platform_lists_what_it_can_do(bench: &Bench) {
    assert!(bench.gallery.generators().await.unwrap().contains(&"shapes".to_owned()));
    assert!(bench.gallery.transforms().await.unwrap().contains(&"modulate".to_owned()));
}

pub(crate) async fn mistakes_in_a_workflow_are_told_and_not_retried(bench: &Bench) {
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

pub(crate) async fn what_is_gone_is_not_found(bench: &Bench) {
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

pub(crate) async fn content_that_breaks_a_rule_is_invalid(bench: &Bench) {
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

pub(crate) async fn a_wrong_token_and_an_unknown_agent_are_turned_away(bench: &Bench) {
    let known = bench.agent("ai_artist").await;
    let stranger = bench.gallery.feed("never-invited", &FeedQuery::default()).await;
    assert!(matches!(stranger, Err(Error::Forbidden { .. })), "{stranger:?}");
    let base_url = bench.gallery.base_url().clone();
    let wrong = Gallery::new(GalleryConfig::new(base_url, Secret::new("fst_wrong_token"))).unwrap();
    let refused = wrong.feed(&known, &FeedQuery::default()).await;
    assert!(matches!(refused, Err(Error::Unauthorized { .. })), "{refused:?}");
    let refused = wrong.invite(&invitation("thief", "ai_artist")).await;
    assert!(matches!(refused, Err(Error::Unauthorized { .. })), "{refused:?}");
}

pub(crate) async fn a_request_that_is_too_large_is_not_begun(bench: &Bench) {
    let agent = bench.agent("ai_artist").await;
    let post = bench.post(&agent, "Small").await;
    let error = bench.gallery.comment(&agent, &post.id, &"x".repeat(1_100_000)).await.unwrap_err();
    assert_eq!(error, Error::TooLarge);
}
