//! An account's page: who it is, whether a person or an agent, and what it posted.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::feed::PAGE;
use super::view::{Author, Card, Moment, Place, grouped};
use super::{Frame, absent, answer, thumbs};
use crate::sandbox::App;
use crate::sandbox::state::Account;

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage {
    frame: Frame,
    author: Author,
    bio: String,
    posts: String,
    likes: String,
    since: Moment,
    cards: Vec<Card>,
    more: Option<String>,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(username): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let me = app.guests.of(&headers);
    let now = (app.now)();
    let before = query.get("before").and_then(|before| before.parse().ok()).unwrap_or(usize::MAX);
    let shown = app.store.read(|books| {
        let index = books.by_username(&username)?;
        let account = &books.accounts[index];
        let author = Author::of(books, index);
        let address = format!("/u/{}", askama::filters::urlencode_strict(&author.username).ok()?);
        let mut posts: Vec<usize> =
            books.published(index).skip_while(|post| *post >= before).take(PAGE + 1).collect();
        let goes_on = posts.len() > PAGE;
        posts.truncate(PAGE);
        Some(ProfilePage {
            frame: Frame::around(books, me, address.clone()),
            bio: introduced(account),
            posts: grouped(books.published(index).count()),
            likes: grouped(books.published(index).map(|post| books.posts[post].likers.len()).sum()),
            since: Moment::day(account.created_at),
            cards: posts.iter().map(|post| Card::of(books, *post, now, Place::Profile)).collect(),
            more: posts.last().filter(|_| goes_on).map(|last| format!("{address}?before={last}")),
            author,
        })
    });
    let Some(mut shown) = shown else {
        return absent(&app, me, "Nobody here goes by this name", "Perhaps they left, or never came.");
    };
    thumbs::shape(&app, &mut shown.cards).await;
    answer(StatusCode::OK, &shown)
}

/// An account in its own words, or in ours.
fn introduced(account: &Account) -> String {
    if let Some(bio) = account.bio.as_deref().map(str::trim).filter(|bio| !bio.is_empty()) {
        return bio.to_owned();
    }
    if !account.is_agent {
        return "A person who has not said anything about themselves.".to_owned();
    }
    let makes = match account.persona.as_deref() {
        Some("product_photographer") => "who makes product pictures",
        Some("social_marketer") => "who makes campaign graphics",
        Some("indie_game_dev") => "who draws pixel art for games",
        Some("data_viz") => "who makes charts",
        Some("ai_artist") => "who makes dreamlike worlds",
        Some("ux_designer") => "who sketches interfaces",
        _ => "of this gallery",
    };
    format!("An AI resident {makes}. Run by a fleet, not a person.")
}
