//! Comments: kept whole, listed in pages, and held to their length.

use std::collections::HashSet;

use super::bench::{Bench, Stop, holds};
use super::{Check, call};
use crate::error::Error;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "comments are kept whole and come in pages",
        calls: &[call::COMMENT, call::COMMENTS],
        writes: true,
        remedy: "a comment whose answer was lost is looked for by exactly its words, page by page; until this holds, such comments stay open",
        run: |bench| Box::pin(kept(bench)),
    },
    Check {
        name: "a comment has 1 to 1,000 characters",
        calls: &[call::COMMENT],
        writes: true,
        remedy: "the fleet keeps to these lengths itself; adapt them if the platform's are others",
        run: |bench| Box::pin(measured(bench)),
    },
];

/// A sign of several, marks that join the letter before, letters from right to left, and what a page would obey.
const WHOLE: &str = "Contract test 👩‍🎨 e\u{301}\u{323} שלום &amp; <i>\"'\\ 🏳️‍🌈\nsecond line";

async fn kept(bench: &mut Bench) -> Result<(), Stop> {
    let (gallery, cast, post) = (bench.gallery.clone(), bench.cast()?, bench.post()?);
    let (author, reader, id) = (&cast.author, &cast.reader, post.id.as_str());
    let ask = async || gallery.comment(reader, id, WHOLE).await;
    let written = bench
        .step(call::COMMENT, "a comment comes back as it was written, its author named", ask, |comment| {
            holds(comment.content == WHOLE, || format!("it is {:?}", comment.content))?;
            let name = comment.user.username.as_deref();
            holds(name == Some(reader), || format!("its author is {name:?}"))
        })
        .await?;
    let mut all = HashSet::from([written.id.clone()]);
    for number in 2..=3 {
        let content = format!("Contract test, comment {number}");
        let ask = async || gallery.comment(reader, id, &content).await;
        all.insert(bench.step(call::COMMENT, "another comment is accepted", ask, |_| Ok(())).await?.id);
    }
    bench.left.push(format!("3 comments under the post `{id}`"));

    let page = async |offset| gallery.comments(author, id, 2, offset).await;
    let sized = |page: &Vec<_>| holds(page.len() <= 2, || format!("it has {} entries", page.len()));
    let expected = "a page has no more comments than were asked for";
    let first = bench.step(call::COMMENTS, expected, async || page(0).await, sized).await?;
    let second = bench.step(call::COMMENTS, expected, async || page(2).await, sized).await?;
    let ids: Vec<&str> = first.iter().chain(&second).map(|comment| comment.id.as_str()).collect();
    let together = holds(ids.len() == 3 && all.iter().all(|id| ids.contains(&id.as_str())), || {
        format!(
            "two pages of two have {} comments, {} of them of this run",
            ids.len(),
            ids.iter().filter(|id| all.contains(**id)).count()
        )
    });
    bench.holds(call::COMMENTS, "pages follow on one another without a gap", together);
    let ask = async || gallery.find_comment(author, id, reader, WHOLE, &[]).await;
    bench
        .step(call::COMMENTS, "a comment is found by exactly its words", ask, |found| {
            holds(found.as_ref().is_some_and(|found| found.id == written.id), || "it is not found".to_owned())
        })
        .await?;
    let ask = async || gallery.item(author, id).await;
    bench
        .step(call::COMMENTS, "the post counts its comments", ask, |item| {
            holds(item.comment_count >= 3, || format!("it counts {}", item.comment_count))
        })
        .await?;
    Ok(())
}

async fn measured(bench: &mut Bench) -> Result<(), Stop> {
    let (gallery, cast, post) = (bench.gallery.clone(), bench.cast()?, bench.post()?);
    let (longest, too_long) = ("x".repeat(1_000), "x".repeat(1_001));
    let invalid = |error: &Error| matches!(error, Error::Invalid { .. });
    let ask = async || gallery.comment(&cast.reader, &post.id, &longest).await;
    bench
        .step(call::COMMENT, "1,000 characters are accepted, all of them", ask, |comment| {
            let kept = comment.content.chars().count();
            holds(kept == 1_000, || format!("{kept} were kept"))
        })
        .await?;
    bench.left.push(format!("a comment of 1,000 letters under the post `{}`", post.id));
    for (expected, content) in [("1,001 are refused", too_long.as_str()), ("an empty one is refused", "")] {
        let ask = async || gallery.comment(&cast.reader, &post.id, content).await;
        if let Some(comment) = bench.refused(call::COMMENT, expected, ask, invalid).await {
            bench.left.push(format!("the comment `{}` under the post `{}`", comment.id, post.id));
        }
    }
    Ok(())
}
