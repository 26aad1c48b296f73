//! Reading, which needs nothing to be written: the feed in its orders and pages, one post and what belongs to it, and
//! the headers by which the fleet keeps to its rate.

use reqwest::Method;

use super::bench::{Bench, Stop, holds, stop};
use super::raw::{Answer, As, Raw};
use super::{Check, call};
use crate::error::Error;
use crate::wire::{Comment, Item, Profile, ShowcaseEntry};

pub(super) const WITHOUT_AN_ACCOUNT: &[Check] = &[
    Check {
        name: "nobody is signed in without a session",
        calls: &[call::ME],
        writes: false,
        remedy: "only the platform's own web site asks this; tell its owners",
        run: |bench| Box::pin(signed_out(bench)),
    },
    Check {
        name: "a wrong token is turned away as such",
        calls: &[call::FEED],
        writes: false,
        remedy: "the fleet stops all bots on 401 and on nothing else; adapt `client/answer.rs` to what it answers",
        run: |bench| Box::pin(strange(bench)),
    },
];

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "the feed comes in three orders and in pages",
        calls: &[call::FEED],
        writes: false,
        remedy: "bots find what to look at by this; adapt `wire::Item` if the shape has changed",
        run: |bench| Box::pin(feed(bench)),
    },
    Check {
        name: "a post can be read with all that belongs to it",
        calls: &[call::ITEM, call::COMMENTS, call::PROFILE, call::SHOWCASE, call::IMAGE],
        writes: false,
        remedy: "bots look at posts by this; adapt `wire` if a shape has changed",
        run: |bench| Box::pin(one_post(bench)),
    },
    Check {
        name: "every answer tells how much of the rate is left",
        calls: &[call::FEED],
        writes: false,
        remedy: "without these headers the fleet keeps to a rate of its own; set it below the platform's",
        run: |bench| Box::pin(rate(bench)),
    },
];

/// How often pages are read anew when the feed moved under them.
const TRIES: usize = 3;

async fn signed_out(bench: &mut Bench) -> Result<(), Stop> {
    let raw = bench.raw.clone();
    let ask = async || raw.ask(Method::GET, "api/auth/me", As::Nobody, None).await;
    bench.step(call::ME, "401 without a session", ask, answers_401).await?;
    Ok(())
}

async fn strange(bench: &mut Bench) -> Result<(), Stop> {
    let raw = bench.raw.clone();
    let ask = async || raw.ask(Method::GET, "api/showcase?limit=1", As::Stranger, None).await;
    bench.step(call::FEED, "401 for a token that was never issued", ask, answers_401).await?;
    Ok(())
}

fn answers_401(answer: &Answer) -> Result<(), String> {
    holds(answer.status == 401, || format!("it answers {}", answer.status))
}

async fn feed(bench: &mut Bench) -> Result<(), Stop> {
    let reading = Reading::of(bench);
    for sort in ["recent", "popular", "trending"] {
        let path = format!("api/showcase?limit=10&offset=0&sort={sort}");
        let ask = async || reading.get::<Vec<Item>>(&path, "items").await;
        let expected = format!("at most ten posts with `sort={sort}`");
        let items = bench
            .step(call::FEED, &expected, ask, |items| {
                holds(items.len() <= 10, || format!("there are {}", items.len()))
            })
            .await?;
        if sort == "recent" {
            let in_order = items.is_sorted_by(|newer, older| newer.created_at >= older.created_at);
            let found = || "an older post stands before a newer one".to_owned();
            bench.holds(call::FEED, "the newest post comes first", holds(in_order, found));
        }
    }
    let ask = async || reading.get::<Vec<Item>>("api/showcase?category=data-viz", "items").await;
    bench
        .step(call::FEED, "a category narrows the feed, and 20 posts are a page", ask, |items| {
            let other = items.iter().find(|item| item.category.as_deref() != Some("data-viz"));
            holds(other.is_none(), || {
                format!("there is a post in {:?}", other.and_then(|other| other.category.as_deref()))
            })?;
            holds(items.len() <= 20, || format!("there are {}", items.len()))
        })
        .await?;
    paged(bench, &reading).await
}

async fn paged(bench: &mut Bench, reading: &Reading) -> Result<(), Stop> {
    let page = async |limit: u32, offset: u32| {
        let path = format!("api/showcase?limit={limit}&offset={offset}&sort=recent");
        let items = reading.get::<Vec<Item>>(&path, "items").await?;
        Ok::<_, Error>(items.into_iter().map(|item| item.id).collect::<Vec<_>>())
    };
    let read = async || {
        let mut pages = (page(2, 0).await?, Vec::new());
        for _ in 0..TRIES {
            pages.1 = [page(1, 0).await?, page(1, 1).await?].concat();
            if pages.0 == pages.1 {
                break;
            }
            // Somebody may have published in between.
            pages.0 = page(2, 0).await?;
        }
        Ok(pages)
    };
    bench
        .step(call::FEED, "two pages of one post are one page of two", read, |(together, apart)| {
            holds(together == apart, || format!("{apart:?} and not {together:?}"))
        })
        .await?;
    Ok(())
}

async fn one_post(bench: &mut Bench) -> Result<(), Stop> {
    let reading = Reading::of(bench);
    let newest = async || reading.get::<Vec<Item>>("api/showcase?limit=1", "items").await;
    let newest = bench.step(call::FEED, "the feed answers", newest, |_| Ok(())).await?;
    let Some(post) = newest.into_iter().next() else { return Err(stop("the feed is empty")) };
    let id = segment(&post.id);
    let path = format!("api/showcase/{id}");
    let ask = async || reading.get::<Item>(&path, "item").await;
    bench
        .step(call::ITEM, "a post of the feed is found by its id", ask, |item| {
            holds((&item.id, &item.image) == (&post.id, &post.image), || "it is another".to_owned())
        })
        .await?;
    let path = format!("api/showcase/{id}/comments?limit=5&offset=0");
    let ask = async || reading.get::<Vec<Comment>>(&path, "comments").await;
    let few = |comments: &Vec<_>| holds(comments.len() <= 5, || format!("there are {}", comments.len()));
    bench.step(call::COMMENTS, "at most five of its comments", ask, few).await?;
    let path = format!("api/storage/images/{}/content", segment(&post.image.id));
    let ask = async || reading.answer(&path).await;
    bench
        .step(call::IMAGE, "its picture has a picture's type", ask, |answer| {
            let kind = answer.kind();
            holds(kind.starts_with("image/"), || format!("it is `{kind}`"))
        })
        .await?;
    let Some(username) = &post.user.username else {
        return Err(stop("the author of the newest post has no username"));
    };
    let path = format!("api/users/{}", segment(username));
    let ask = async || {
        let body = reading.answer(&path).await?.json().map_err(|what| Error::Unreadable { what })?;
        serde_json::from_value::<Profile>(body).map_err(|error| Error::Unreadable { what: error.to_string() })
    };
    bench
        .step(call::PROFILE, "its author's account is public", ask, |profile| {
            holds(profile.user.username == *username, || format!("it is `{}`", profile.user.username))
        })
        .await?;
    let path = format!("api/users/{}/showcase", segment(username));
    let ask = async || reading.get::<Vec<ShowcaseEntry>>(&path, "showcase").await;
    bench
        .step(call::SHOWCASE, "its author's showcase lists it", ask, |entries| {
            holds(entries.iter().any(|entry| entry.id == post.id), || {
                format!("it is not among {} entries", entries.len())
            })
        })
        .await?;
    Ok(())
}

async fn rate(bench: &mut Bench) -> Result<(), Stop> {
    let reading = Reading::of(bench);
    let ask = async || reading.answer("api/showcase?limit=1").await;
    bench
        .step(call::FEED, "X-RateLimit-Limit, -Remaining and -Reset are there", ask, |answer| {
            let number = |name: &str| -> Result<u64, String> {
                let value = answer.headers.get(name).ok_or_else(|| format!("there is no `{name}`"))?;
                let number = value.to_str().ok().and_then(|text| text.parse().ok());
                number.ok_or_else(|| format!("`{name}` is no whole number"))
            };
            let (limit, left) = (number("x-ratelimit-limit")?, number("x-ratelimit-remaining")?);
            holds(left <= limit, || format!("{left} are left of {limit}"))?;
            let reset = number("x-ratelimit-reset")?;
            // Fewer would be seconds from now, or long ago.
            holds(reset > 1_500_000_000, || format!("`x-ratelimit-reset` is {reset}, not in Unix seconds"))
        })
        .await?;
    Ok(())
}

/// Reading in the name of a bot, if there is one.
struct Reading {
    raw: Raw,
    agent: Option<String>,
}

impl Reading {
    fn of(bench: &Bench) -> Self {
        Self { raw: bench.raw.clone(), agent: bench.reading_as() }
    }

    async fn get<T: serde::de::DeserializeOwned>(&self, path: &str, field: &str) -> Result<T, Error> {
        self.answer(path).await?.field(field)
    }

    async fn answer(&self, path: &str) -> Result<Answer, Error> {
        let who = self.agent.as_deref().map_or(As::Fleet, As::Agent);
        let answer = self.raw.ask(Method::GET, path, who, None).await?;
        if answer.status == 200 { Ok(answer) } else { Err(answer.refusal()) }
    }
}

/// What a gallery gave as an id, fit to stand in a path.
fn segment(id: &str) -> String {
    url::form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>().replace('+', "%20")
}
