//! The showcase: feed, posts, likes and comments.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::{Extension, Json};
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};

use super::entrance::Entry;
use super::{Params, count, object, optional, required};
use crate::sandbox::App;
use crate::sandbox::acts::Draft;
use crate::sandbox::policy::Moderation;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::requests::Effect;
use crate::wire::{Item, Sort};

type Answer = Result<Json<Value>, Refusal>;

const LONGEST_PAGE: usize = 100;

#[derive(Serialize)]
pub(super) struct Feed {
    items: Vec<Item>,
}

pub(super) async fn feed(
    State(app): State<Arc<App>>,
    Extension(entry): Extension<Entry>,
    Query(params): Query<Params>,
) -> Result<Json<Feed>, Refusal> {
    let sort = match params.get("sort").map(String::as_str) {
        None | Some("recent") => Sort::Recent,
        Some("popular") => Sort::Popular,
        Some("trending") => Sort::Trending,
        Some(_) => return Err(Refusal::invalid("sort", "must be recent, popular or trending")),
    };
    let limit = count(&params, "limit", 20, LONGEST_PAGE)?;
    let offset = count(&params, "offset", 0, usize::MAX)?;
    let category = params.get("category").map(String::as_str);
    let items = app.store.read(|state| {
        let posts = state.listed(sort, category).skip(offset).take(limit);
        posts.map(|post| state.item(post, entry.reader())).collect()
    });
    Ok(Json(Feed { items }))
}

pub(super) async fn item(
    State(app): State<Arc<App>>,
    Extension(entry): Extension<Entry>,
    Path(id): Path<String>,
) -> Answer {
    let item = app.store.read(|state| {
        let post = state.post(&id, entry.reader())?;
        state.view(post);
        Some(state.item(post, entry.reader()))
    });
    Ok(Json(json!({ "item": item.ok_or_else(|| Refusal::not_found("showcase item"))? })))
}

pub(super) async fn publish(
    State(app): State<Arc<App>>,
    Extension(entry): Extension<Entry>,
    body: Bytes,
) -> Answer {
    let by = entry.actor()?;
    let body = object(&body)?;
    let image = image_at(&app, &required(&body, "imageUrl")?)?;
    let draft = Draft {
        image,
        title: required(&body, "title")?,
        description: optional(&body, "description")?,
        category: None,
        workflow_shared: optional(&body, "workflowId")?.is_some(),
        held: entry.held || entry.is_agent() && app.limits.policy().moderation == Moderation::Hold,
    };
    let item = app.publish(by, draft)?;
    app.log.landed(entry.ticket, Effect::Posted { item: item.id.clone() });
    Ok(Json(json!({ "showcaseItem": item })))
}

pub(super) async fn toggle_like(
    State(app): State<Arc<App>>,
    Extension(entry): Extension<Entry>,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let by = entry.actor()?;
    object(&body)?;
    let liked = app.toggle_like(by, &id)?;
    let effect = if liked.liked { Effect::Liked { item: id } } else { Effect::Unliked { item: id } };
    app.log.landed(entry.ticket, effect);
    Ok(Json(json!(liked)))
}

pub(super) async fn comments(
    State(app): State<Arc<App>>,
    Extension(entry): Extension<Entry>,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Answer {
    let limit = count(&params, "limit", 20, LONGEST_PAGE)?;
    let offset = count(&params, "offset", 0, usize::MAX)?;
    let comments = app.store.read(|state| {
        let post = state.post(&id, entry.reader())?;
        Some(state.comments(post, limit, offset))
    });
    Ok(Json(json!({ "comments": comments.ok_or_else(|| Refusal::not_found("showcase item"))? })))
}

pub(super) async fn comment(
    State(app): State<Arc<App>>,
    Extension(entry): Extension<Entry>,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let by = entry.actor()?;
    let comment = app.comment(by, &id, required(&object(&body)?, "content")?)?;
    app.log.landed(entry.ticket, Effect::Commented { item: id, comment: comment.id.clone() });
    Ok(Json(json!({ "comment": comment })))
}

/// The picture that an address means, be it relative or absolute, if the address is still good.
fn image_at(app: &App, address: &str) -> Result<String, Refusal> {
    let foreign = || Refusal::invalid("imageUrl", "must be the address of a picture of your own");
    let url = app.addresses.resolved(address).ok_or_else(foreign)?;
    let segments: Vec<&str> = url.path_segments().ok_or_else(foreign)?.collect();
    match segments.as_slice() {
        ["api", "images", id, "blob"] => {
            let query = url.query_pairs().into_owned().collect();
            let expired = |_| Refusal::invalid("imageUrl", "has expired; run the workflow again");
            app.check_address(id, &query).map_err(expired)?;
            Ok((*id).to_owned())
        }
        ["api", "storage", "images", id, "content"] => Ok((*id).to_owned()),
        _ => Err(foreign()),
    }
}
