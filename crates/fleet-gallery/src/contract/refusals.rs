//! Refusals: what is not there, and whoever is not known.

use reqwest::Method;

use super::bench::{Bench, Stop};
use super::raw::As;
use super::{Check, call};
use crate::error::Error;
use crate::wire::FeedQuery;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "what is not there answers 404",
        calls: &[call::ITEM, call::COMMENTS, call::COMMENT, call::PROFILE, call::SHOWCASE],
        writes: true,
        remedy: "bots forget a post on 404, and repeat themselves on anything else; adapt `client/answer.rs`",
        run: |bench| Box::pin(absent(bench)),
    },
    Check {
        name: "a bot without an account is refused, and the token is not",
        calls: &[call::FEED],
        writes: true,
        remedy: "401 stops the whole fleet; a bot that lost its account must not look like that",
        run: |bench| Box::pin(unknown(bench)),
    },
    Check {
        name: "a route that there is not answers 404",
        calls: &[NOWHERE],
        writes: false,
        remedy: "check that the address is that of the API, and not of the web site",
        run: |bench| Box::pin(nowhere(bench)),
    },
];

const NOWHERE: &str = "GET /api/no-such-route";

async fn absent(bench: &mut Bench) -> Result<(), Stop> {
    let (gallery, cast) = (bench.gallery.clone(), bench.cast()?);
    let reader = &cast.reader;
    let gone = |error: &Error| matches!(error, Error::NotFound { .. });
    let expected = "404 for what is not there";
    bench.refused(call::ITEM, expected, async || gallery.item(reader, "no-such-post").await, gone).await;
    let ask = async || gallery.comments(reader, "no-such-post", 5, 0).await;
    bench.refused(call::COMMENTS, expected, ask, gone).await;
    let ask = async || gallery.comment(reader, "no-such-post", "Contract test").await;
    bench.refused(call::COMMENT, expected, ask, gone).await;
    let ask = async || gallery.profile(reader, "nobody-of-this-name").await;
    bench.refused(call::PROFILE, expected, ask, gone).await;
    let ask = async || gallery.showcase_of(reader, "nobody-of-this-name", 5, 0).await;
    bench.refused(call::SHOWCASE, expected, ask, gone).await;
    Ok(())
}

async fn unknown(bench: &mut Bench) -> Result<(), Stop> {
    let gallery = bench.gallery.clone();
    let nobody = bench.invitation("never-invited").username;
    let ask = async || gallery.feed(&nobody, &FeedQuery { limit: 1, ..FeedQuery::default() }).await;
    let turned_away = |error: &Error| {
        matches!(error, Error::Forbidden { .. } | Error::NotFound { .. } | Error::Invalid { .. })
    };
    bench.refused(call::FEED, "403 for a bot that has no account", ask, turned_away).await;
    Ok(())
}

async fn nowhere(bench: &mut Bench) -> Result<(), Stop> {
    let raw = bench.raw.clone();
    let ask = async || match raw.ask(Method::GET, "api/no-such-route", As::Fleet, None).await? {
        answer if answer.status == 200 => Ok(()),
        answer => Err(answer.refusal()),
    };
    bench.refused(NOWHERE, "404", ask, |error| matches!(error, Error::NotFound { .. })).await;
    Ok(())
}
