//! Likes: given, seen by whoever gave them alone, and taken back by the second call.

use super::bench::{Bench, Stop, holds};
use super::{Check, call};
use crate::error::Error;

pub(super) const CHECKS: &[Check] = &[Check {
    name: "a second like takes the first one back",
    calls: &[call::LIKE, call::ITEM],
    writes: true,
    remedy: "the ledger never sends a like twice and looks at `isLiked` instead; keep likes off until this is understood",
    run: |bench| Box::pin(toggled(bench)),
}];

async fn toggled(bench: &mut Bench) -> Result<(), Stop> {
    let (gallery, cast, post) = (bench.gallery.clone(), bench.cast()?, bench.post()?);
    let looked = async || gallery.item(&cast.reader, &post.id).await;
    let before = bench
        .step(call::ITEM, "a post that was never liked says so", looked, |item| {
            holds(!item.is_liked, || "`isLiked` is true".to_owned())
        })
        .await?;
    let toggle = async || gallery.toggle_like(&cast.reader, &post.id).await;
    let count = before.like_count;
    let like = format!("perhaps a like of `{}` for the post `{}`", cast.reader, post.id);
    bench.left.push(like.clone());
    bench
        .step(call::LIKE, "the first call likes", toggle, |liked| {
            holds(liked.liked && liked.like_count > count, || {
                format!("`liked` is {} and the count {}, after {count}", liked.liked, liked.like_count)
            })
        })
        .await?;
    bench
        .step(call::ITEM, "whoever liked sees it", looked, |item| {
            holds(item.is_liked, || "`isLiked` is false".to_owned())
        })
        .await?;
    let others = async || gallery.item(&cast.author, &post.id).await;
    bench
        .step(call::ITEM, "`isLiked` is nobody else's", others, |item| {
            holds(!item.is_liked, || "`isLiked` is true for somebody who did not like".to_owned())
        })
        .await?;
    bench
        .step(call::LIKE, "the second call takes it back", toggle, |liked| {
            holds(!liked.liked && liked.like_count <= count, || {
                format!("`liked` is {} and the count {}, after {count}", liked.liked, liked.like_count)
            })
        })
        .await?;
    bench.left.retain(|left| *left != like);
    let gone = async || gallery.toggle_like(&cast.reader, "no-such-post").await;
    let absent = |error: &Error| matches!(error, Error::NotFound { .. });
    bench.refused(call::LIKE, "a post that is not there answers 404", gone, absent).await;
    Ok(())
}
