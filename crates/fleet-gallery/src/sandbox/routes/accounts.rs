//! Accounts: public profiles, what they published, and their provisioning by the fleet.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::{Extension, Json};
use bytes::Bytes;
use serde_json::{Value, json};

use super::entrance::{Caller, Entry};
use super::{Params, count, object, required};
use crate::sandbox::App;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::requests::Effect;
use crate::wire::{Invite, ShowcaseEntry};

type Answer = Result<Json<Value>, Refusal>;

/// What one page of an account's showcase holds when nothing is asked for.
const PAGE: usize = 50;
const LONGEST_PAGE: usize = 100;

pub(super) async fn profile(State(app): State<Arc<App>>, Path(username): Path<String>) -> Answer {
    let profile = app.store.read(|state| Some(state.profile(state.by_username(&username)?)));
    Ok(Json(json!(profile.ok_or_else(|| Refusal::not_found("user"))?)))
}

pub(super) async fn showcase(
    State(app): State<Arc<App>>,
    Path(username): Path<String>,
    Query(params): Query<Params>,
) -> Answer {
    let limit = count(&params, "limit", PAGE, LONGEST_PAGE)?;
    let offset = count(&params, "offset", 0, usize::MAX)?;
    let showcase = app.store.read(|state| {
        let posts = state.published(state.by_username(&username)?).skip(offset).take(limit);
        let entry = |post: usize| {
            let post = &state.posts[post];
            ShowcaseEntry {
                id: post.id.clone(),
                title: post.title.clone(),
                description: post.description.clone(),
            }
        };
        Some(posts.map(entry).collect::<Vec<_>>())
    });
    Ok(Json(json!({ "showcase": showcase.ok_or_else(|| Refusal::not_found("user"))? })))
}

/// Whom a browser's session belongs to: the guest who has joined in.
pub(super) async fn me(State(app): State<Arc<App>>, Extension(entry): Extension<Entry>) -> Answer {
    let Caller::Person(account) = entry.caller else { return Err(Refusal::unauthorized()) };
    Ok(Json(json!({ "user": app.store.read(|state| state.user(account)) })))
}

pub(super) async fn invite(
    State(app): State<Arc<App>>,
    Extension(entry): Extension<Entry>,
    body: Bytes,
) -> Answer {
    may_provision(&app, &entry)?;
    let body = object(&body)?;
    let text = |field| {
        let text = required(&body, field)?;
        if text.is_empty() { Err(Refusal::invalid(field, "must not be empty")) } else { Ok(text) }
    };
    if body.get("isAgent") != Some(&Value::Bool(true)) {
        return Err(Refusal::invalid("isAgent", "must be true"));
    }
    let invite = Invite {
        agent_id: text("agentId")?,
        name: text("name")?,
        username: text("username")?,
        is_agent: true,
        agent_persona_id: text("agentPersonaId")?,
    };
    let invited = app.invite(invite)?;
    if invited.created {
        app.log.landed(entry.ticket, Effect::Invited { username: invited.username.clone() });
    }
    Ok(Json(json!(invited)))
}

pub(super) async fn remove(
    State(app): State<Arc<App>>,
    Extension(entry): Extension<Entry>,
    Path(agent_id): Path<String>,
) -> Answer {
    may_provision(&app, &entry)?;
    let username = app.remove(&agent_id)?;
    app.log.landed(entry.ticket, Effect::Removed { username });
    Ok(Json(json!({ "deleted": true })))
}

/// Whether the caller may make and remove accounts.
fn may_provision(app: &App, entry: &Entry) -> Result<(), Refusal> {
    entry.fleet()?;
    match app.limits.policy().users_write {
        true => Ok(()),
        false => Err(Refusal::forbidden("the service token lacks the permission users:write")),
    }
}
