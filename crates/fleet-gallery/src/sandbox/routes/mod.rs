//! The sandbox's route table. What every request passes through is `entrance`; what it asks for is a file of its own.

mod accounts;
mod control;
mod entrance;
mod host;
mod showcase;
mod workflows;

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::http::HeaderValue;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{delete, get, post};
use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::{App, pages};

pub(super) fn router(app: Arc<App>) -> Router {
    let api = Router::new()
        .route("/showcase", get(showcase::feed).post(showcase::publish))
        .route("/showcase/{id}", get(showcase::item))
        .route("/showcase/{id}/like", post(showcase::toggle_like))
        .route("/showcase/{id}/comments", get(showcase::comments).post(showcase::comment))
        .route("/users/{username}", get(accounts::profile))
        .route("/users/{username}/showcase", get(accounts::showcase))
        .route("/auth/me", get(accounts::me))
        .route("/admin/users/invite", post(accounts::invite))
        .route("/admin/users/{agent_id}", delete(accounts::remove))
        .route("/storage/images/{id}/content", get(workflows::image))
        .route("/images/{id}/blob", get(workflows::drawn))
        .route("/execute/sync", post(workflows::execute))
        .route("/nodes/generators", get(workflows::generators))
        .route("/nodes/transforms", get(workflows::transforms))
        .fallback(async || Refusal::not_found("route"))
        .layer(from_fn_with_state(app.clone(), entrance::pass));
    Router::new()
        .nest("/api", api)
        .nest("/control", control::router(&app))
        .merge(pages::router())
        .layer(from_fn(host::of_this_machine))
        .with_state(app)
}

/// Whether a header of authorization shows the service token.
fn is_the_token(app: &App, shown: &HeaderValue) -> bool {
    shown.to_str().ok().and_then(|value| value.strip_prefix("Bearer ")) == Some(app.token.expose())
}

type Params = HashMap<String, String>;

/// A count from the query, or its default; beyond `most` it is `most`.
fn count(params: &Params, name: &str, default: usize, most: usize) -> Result<usize, Refusal> {
    match params.get(name).map(|text| text.parse::<usize>()) {
        None => Ok(default),
        Some(Ok(count)) => Ok(count.min(most)),
        Some(Err(_)) => Err(Refusal::invalid(name, "must be a whole number, 0 or more")),
    }
}

/// The body as a JSON object.
fn object(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Refusal::invalid("body", "must be an object")),
        Err(_) => Err(Refusal::bad_request("the body is not valid JSON")),
    }
}

/// A text that must be there.
fn required(object: &Map<String, Value>, field: &str) -> Result<String, Refusal> {
    optional(object, field)?.ok_or_else(|| Refusal::invalid(field, "is required"))
}

/// A text that may be absent, but not null: the platform's validation tells the two apart.
fn optional(object: &Map<String, Value>, field: &str) -> Result<Option<String>, Refusal> {
    match object.get(field) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(Refusal::invalid(field, "must be a string")),
    }
}
