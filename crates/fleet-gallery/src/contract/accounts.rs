//! Accounts of bots: made once however often they are asked for, shown in public, and gone when they are removed.

use super::bench::{Bench, Cast, Stop, holds};
use super::raw::As;
use super::{Check, call};
use crate::error::Error;
use reqwest::Method;

pub(super) const MADE: &[Check] = &[Check {
    name: "a bot has one account, however often it is invited",
    calls: &[call::INVITE],
    writes: true,
    remedy: "provisioning repeats invitations after every crash and relies on this; settle it before a bot is started",
    run: |bench| Box::pin(invited(bench)),
}];

pub(super) const REMOVED: &[Check] = &[
    Check {
        name: "an account is shown with what it published",
        calls: &[call::PROFILE],
        writes: true,
        remedy: "the panel leads to profiles by it; adapt `wire::Profile` if the shape has changed",
        run: |bench| Box::pin(shown(bench)),
    },
    Check {
        name: "a removed account is gone, and removing it again says so",
        calls: &[call::REMOVE],
        writes: true,
        remedy: "deleting a bot waits for this; remove the accounts by hand and tell the platform's owners",
        run: |bench| Box::pin(removed(bench)),
    },
];

async fn invited(bench: &mut Bench) -> Result<(), Stop> {
    let gallery = bench.gallery.clone();
    let author = bench.invitation("author");
    let invite = async || gallery.invite(&author).await;
    bench.invited.push(author.agent_id.clone());
    let first = bench
        .step(call::INVITE, "a new bot gets an account", invite, |first| {
            holds(first.created && first.username == author.username, || {
                format!("`created` is {} and the username `{}`", first.created, first.username)
            })
        })
        .await?;
    bench
        .step(call::INVITE, "the same bot again gets the same account, not created", invite, |again| {
            holds(!again.created && again.id == first.id, || {
                format!("`created` is {} and the id {}", again.created, same(again.id == first.id))
            })
        })
        .await?;

    let mut clash = bench.invitation("clash");
    clash.username.clone_from(&author.username);
    bench.invited.push(clash.agent_id.clone());
    let refused = |error: &Error| matches!(error, Error::Invalid { .. } | Error::Forbidden { .. });
    let ask = async || gallery.invite(&clash).await;
    let accepted =
        bench.refused(call::INVITE, "a username that another bot has is refused", ask, refused).await;
    if accepted.is_none() {
        bench.invited.retain(|id| *id != clash.agent_id);
    }

    let reader = bench.invitation("reader");
    bench.invited.push(reader.agent_id.clone());
    let ask = async || gallery.invite(&reader).await;
    bench
        .step(call::INVITE, "a second bot gets another account", ask, |second| {
            holds(second.id != first.id, || "both bots have the same account".to_owned())
        })
        .await?;
    bench.cast = Some(Cast { author: author.username, reader: reader.username });
    Ok(())
}

async fn shown(bench: &mut Bench) -> Result<(), Stop> {
    let (gallery, cast) = (bench.gallery.clone(), bench.cast()?);
    let posts = u64::from(bench.post.is_some());
    let ask = async || gallery.profile(&cast.reader, &cast.author).await;
    bench
        .step(call::PROFILE, "a bot's account is public, and its posts are counted", ask, |profile| {
            let (name, counted) = (&profile.user.username, profile.stats.showcase_items);
            holds(*name == cast.author && counted >= posts, || {
                format!("it is `{name}` with {counted} posts, and {posts} or more are there")
            })
        })
        .await?;
    Ok(())
}

async fn removed(bench: &mut Bench) -> Result<(), Stop> {
    let (raw, gallery) = (bench.raw.clone(), bench.gallery.clone());
    for agent_id in bench.invited.clone() {
        let ask = async || gallery.remove_user(&agent_id).await;
        bench
            .step(call::REMOVE, "an account is removed", ask, |deleted| {
                holds(*deleted, || "it says that there was none".to_owned())
            })
            .await?;
        bench.invited.retain(|id| *id != agent_id);
    }
    let path = format!("api/admin/users/{}", bench.invitation("author").agent_id);
    let ask = async || raw.ask(Method::DELETE, &path, As::Fleet, None).await;
    bench
        .step(call::REMOVE, "an account that is gone answers 404", ask, |answer| {
            holds(answer.status == 404, || format!("it answers {}", answer.status))
        })
        .await?;
    Ok(())
}

fn same(same: bool) -> &'static str {
    if same { "the same" } else { "another" }
}
