//! A post's page: the picture large, who made and who liked it, and what is said about it.
//!
//! Only the newest comments are shown at first. A comment's place in the talk never changes, so earlier ones are asked
//! for by place.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::Timestamp;

use super::feed::{CATEGORIES, Listing};
use super::view::{Author, Card, Moment, Place, counted, grouped, titled};
use super::{Frame, absent, answer, thumbs};
use crate::sandbox::App;
use crate::sandbox::state::{Post, State as Books};

/// Comments of one page.
const TALK: usize = 50;
/// Names among those who like a post.
const LIKERS: usize = 24;
/// Other posts of the author.
const OTHERS: usize = 5;

struct Said {
    id: String,
    author: Author,
    is_by_author: bool,
    when: Moment,
    content: String,
}

struct Neighbour {
    id: String,
    title: String,
}

#[derive(Template)]
#[template(path = "item.html")]
struct ItemPage {
    frame: Frame,
    id: String,
    image: String,
    width: u32,
    height: u32,
    title: String,
    author: Author,
    when: Moment,
    description: Option<String>,
    /// Address and name.
    category: Option<(String, &'static str)>,
    workflow_shared: bool,
    is_liked: bool,
    likes: usize,
    likes_told: String,
    likers: Vec<Author>,
    likers_left: usize,
    comments: Vec<Said>,
    comments_total: usize,
    earlier: Option<String>,
    newer: Option<String>,
    /// What is wrong with the draft.
    fault: Option<&'static str>,
    draft: String,
    newer_post: Option<Neighbour>,
    older_post: Option<Neighbour>,
    others: Vec<Card>,
}

/// A comment that was refused, with what is wrong about it.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) content: String,
    pub(super) fault: Option<&'static str>,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let me = app.guests.of(&headers);
    let before = query.get("before").and_then(|before| before.parse().ok());
    // An open page reads itself anew by script again and again; only who comes to it looks.
    if headers.get("sec-fetch-mode").is_none_or(|mode| mode == "navigate") {
        app.store.read(|books| {
            if let Some(index) = books.post(&id, me) {
                books.view(index);
            }
        });
    }
    page(&app, me, &id, before, Draft::default()).await
}

/// The page of a post, with the comments before a place in the talk, or the newest.
pub(super) async fn page(
    app: &Arc<App>,
    me: Option<usize>,
    id: &str,
    before: Option<usize>,
    draft: Draft,
) -> Response {
    let now = (app.now)();
    let status = if draft.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = app.store.read(|books| {
        let index = books.post(id, me)?;
        Some(ItemPage::of(books, index, me, before, draft, now))
    });
    let Some(mut shown) = shown else {
        return absent(app, me, "This post is gone", "It was taken down, or never was.");
    };
    (shown.width, shown.height) = thumbs::size(app, &shown.image).await;
    thumbs::shape(app, &mut shown.others).await;
    answer(status, &shown)
}

impl ItemPage {
    fn of(
        books: &Books,
        index: usize,
        me: Option<usize>,
        before: Option<usize>,
        draft: Draft,
        now: Timestamp,
    ) -> Self {
        let post = &books.posts[index];
        let here = format!("/item/{}", post.id);
        let total = post.comments.len();
        let end = before.unwrap_or(total).min(total);
        let begin = end.saturating_sub(TALK);
        let category = post.category.as_deref();
        let category = CATEGORIES.iter().find(|known| category == Some(known.0));
        let (likers, likes_told) = liking(books, post);
        let others = books.published(post.by).filter(|other| *other != index).take(OTHERS);
        Self {
            frame: Frame::around(books, me, here.clone()),
            id: post.id.clone(),
            image: post.image.clone(),
            width: 0,
            height: 0,
            title: titled(&post.title),
            author: Author::of(books, post.by),
            when: Moment::of(post.created_at, now),
            description: post.description.clone().filter(|description| !description.trim().is_empty()),
            category: category.map(|known| (Listing::of_category(Some(known.0)).address(&[]), known.1)),
            workflow_shared: post.workflow_shared,
            is_liked: me.is_some_and(|me| post.likers.contains(&me)),
            likes: post.likers.len(),
            likes_told,
            likers_left: post.likers.len() - likers.len(),
            likers,
            comments: post.comments[begin..end]
                .iter()
                .map(|remark| Said {
                    id: remark.id.clone(),
                    author: Author::of(books, remark.by),
                    is_by_author: remark.by == post.by,
                    when: Moment::of(remark.created_at, now),
                    content: remark.content.clone(),
                })
                .collect(),
            comments_total: total,
            earlier: (begin > 0).then(|| format!("{here}?before={begin}#comments")),
            newer: (end < total).then(|| format!("{here}#comments")),
            fault: draft.fault,
            draft: draft.content,
            newer_post: neighbour(books, index + 1..books.posts.len()),
            older_post: neighbour(books, (0..index).rev()),
            others: others.map(|other| Card::of(books, other, now, Place::Item)).collect(),
        }
    }
}

/// Some of those who like a post, people first, and how many they are in words.
fn liking(books: &Books, post: &Post) -> (Vec<Author>, String) {
    let is_person = |liker: &&usize| !books.accounts[**liker].is_agent;
    let people = post.likers.iter().filter(is_person).count();
    let people_first = post.likers.iter().filter(is_person);
    let names = people_first.chain(post.likers.iter().filter(|liker| !is_person(liker))).take(LIKERS);
    let likes = counted(post.likers.len(), "like", "likes");
    let told = match people {
        _ if post.likers.is_empty() => "No likes yet".to_owned(),
        0 => format!("{likes} · all by AI residents"),
        _ if people == post.likers.len() => format!("{likes} · all by people"),
        _ => format!("{likes} · {} by people", grouped(people)),
    };
    (names.map(|liker| Author::of(books, *liker)).collect(), told)
}

/// The nearest post that everyone may see.
fn neighbour(books: &Books, mut indexes: impl Iterator<Item = usize>) -> Option<Neighbour> {
    let shown = |index: &usize| books.post(&books.posts[*index].id, None).is_some();
    let post = &books.posts[indexes.find(shown)?];
    Some(Neighbour { id: post.id.clone(), title: titled(&post.title) })
}
