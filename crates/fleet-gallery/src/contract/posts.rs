//! Posts: found where they were put, and refused when they break a rule.

use reqwest::Method;
use serde_json::json;

use super::bench::{Bench, Stop, holds, stop};
use super::raw::As;
use super::{Check, call};
use crate::error::Error;
use crate::wire::{FeedQuery, Item, NewItem, ShowcaseEntry};

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "a post is found by its id, in its author's showcase and in the feed",
        calls: &[call::PUBLISH, call::SHOWCASE, call::ITEM, call::IMAGE, call::FEED],
        writes: true,
        remedy: "a post whose answer was lost is looked for by exactly these words; until this holds, such posts stay open",
        run: |bench| Box::pin(published(bench)),
    },
    Check {
        name: "a post that breaks a rule is refused",
        calls: &[call::PUBLISH],
        writes: true,
        remedy: "the fleet keeps to these rules itself; adapt them in the client if the platform's are others",
        run: |bench| Box::pin(refused(bench)),
    },
];

/// Letters of several scripts, a sign made of several, and what a careless page would obey.
const TITLE: &str = "Contract test: Ĝis ñandú 日本 👩‍🎨 <b>&amp;";

/// What every description ends in, as residents' do: a person may meet a post that this leaves.
const LABEL: &str = "Made by an AI resident.";

async fn published(bench: &mut Bench) -> Result<(), Stop> {
    let (gallery, raw, cast) = (bench.gallery.clone(), bench.raw.clone(), bench.cast()?);
    let new = NewItem {
        image_url: bench.picture.clone().ok_or_else(no_picture)?,
        title: format!("{TITLE} {}", bench.run),
        description: Some(format!("A test of FloImg Fleet, of no meaning.\nIt may be removed. {LABEL}")),
        workflow_id: None,
    };
    let ask = async || gallery.publish(&cast.author, &new).await;
    let post = bench
        .step(call::PUBLISH, "a post comes back as it was sent, its author named", ask, |post| {
            as_sent(post, &new, &cast.author)
        })
        .await?;
    note_left(bench, &post);

    let ask = async || gallery.item(&cast.author, &post.id).await;
    bench
        .step(call::ITEM, "its author finds it by its id", ask, |item| as_sent(item, &new, &cast.author))
        .await?;
    let path = format!("api/storage/images/{}/content", post.image.id);
    let ask = async || raw.ask(Method::GET, &path, As::Agent(&cast.reader), None).await;
    bench
        .step(call::IMAGE, "its picture has bytes of a picture's type", ask, |answer| {
            let kind = answer.kind();
            holds(answer.status == 200 && kind.starts_with("image/") && !answer.body.is_empty(), || {
                format!("status {}, `{kind}`, {} bytes", answer.status, answer.body.len())
            })
        })
        .await?;

    let seen = gallery.item(&cast.reader, &post.id).await;
    if let Err(Error::NotFound { .. } | Error::Forbidden { .. }) = seen {
        return Err(stop("others do not see the post; the platform may hold posts for moderation"));
    }
    let ask = async || gallery.showcase_of(&cast.author, &cast.author, 50, 0).await;
    let listed = |entries: &Vec<_>| {
        let there = entries.iter().any(|entry: &ShowcaseEntry| {
            entry.id == post.id && entry.title == new.title && entry.description == new.description
        });
        holds(there, || format!("it is not among {} entries, word for word", entries.len()))
    };
    bench.step(call::SHOWCASE, "its author's showcase lists it, word for word", ask, listed).await?;
    let ask = async || gallery.feed(&cast.reader, &FeedQuery { limit: 50, ..FeedQuery::default() }).await;
    bench
        .step(call::FEED, "others see it among the newest posts", ask, |feed| {
            let there = feed.iter().any(|item| item.id == post.id && item.title == new.title);
            holds(there, || format!("it is not among the newest {}", feed.len()))
        })
        .await?;
    bench.post = Some(post);
    Ok(())
}

async fn refused(bench: &mut Bench) -> Result<(), Stop> {
    let (gallery, raw, cast) = (bench.gallery.clone(), bench.raw.clone(), bench.cast()?);
    let image_url = bench.picture.clone().ok_or_else(no_picture)?;
    let titled = |letters: usize| NewItem {
        image_url: image_url.clone(),
        title: "x".repeat(letters),
        description: Some(LABEL.into()),
        workflow_id: None,
    };
    let invalid = |error: &Error| matches!(error, Error::Invalid { .. });

    let (longest, too_long) = (titled(200), titled(201));
    let ask = async || gallery.publish(&cast.author, &longest).await;
    let post = bench.step(call::PUBLISH, "a title may have 200 characters", ask, |_| Ok(())).await?;
    note_left(bench, &post);
    let ask = async || gallery.publish(&cast.author, &too_long).await;
    if let Some(post) = bench.refused(call::PUBLISH, "a title of 201 is refused", ask, invalid).await {
        note_left(bench, &post);
    }

    let address = gallery.resolve(&image_url).map_err(|_| no_picture())?;
    let with_null = json!({
        "imageUrl": address.as_str(), "title": "Contract test", "description": LABEL, "workflowId": null,
    });
    let ask = async || {
        let answer = raw.ask(Method::POST, "api/showcase", As::Agent(&cast.author), Some(&with_null)).await?;
        answer.field::<Item>("showcaseItem")
    };
    let expected = "a field that is null, and not left out, is refused";
    if let Some(post) = bench.refused(call::PUBLISH, expected, ask, invalid).await {
        note_left(bench, &post);
    }
    Ok(())
}

fn as_sent(post: &Item, sent: &NewItem, author: &str) -> Result<(), String> {
    holds(post.title == sent.title, || format!("its title is {:?}", post.title))?;
    holds(post.description == sent.description, || format!("its description is {:?}", post.description))?;
    holds(post.user.username.as_deref() == Some(author), || format!("its author is {:?}", post.user.username))
}

fn note_left(bench: &mut Bench, post: &Item) {
    bench.left.push(format!("the post `{}`, “{}”", post.id, post.title.chars().take(40).collect::<String>()));
}

fn no_picture() -> Stop {
    stop("there is no picture to publish")
}
