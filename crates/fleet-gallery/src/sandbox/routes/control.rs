//! The control: what the owner of the platform does, for tests and for trying things out. No part of the contract.
//!
//! It opens to the service token alone, and answers no page of another origin.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use serde_json::{Value, json};

use super::is_the_token;
use crate::sandbox::App;
use crate::sandbox::census::Census;
use crate::sandbox::faults::Fault;
use crate::sandbox::policy::Policy;
use crate::sandbox::refusal::Refusal;

type Answer = Result<Json<Value>, Refusal>;

pub(super) fn router(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/policy", get(policy).patch(change_policy))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/held", get(held))
        .route("/posts/{id}/approve", post(approve))
        .route("/posts/{id}/refuse", post(refuse))
        .route("/census", get(census))
        .route("/clock", get(clock))
        .route("/requests", get(requests))
        .fallback(async || Refusal::not_found("control"))
        .layer(axum::middleware::from_fn_with_state(app.clone(), pass))
}

async fn pass(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    match request.headers().get(AUTHORIZATION) {
        Some(shown) if is_the_token(&app, shown) => next.run(request).await,
        _ => Refusal::unauthorized().into_response(),
    }
}

async fn policy(State(app): State<Arc<App>>) -> Json<Policy> {
    Json(app.limits.policy())
}

async fn change_policy(State(app): State<Arc<App>>, body: Bytes) -> Result<Json<Policy>, Refusal> {
    let changes = json_of(&body)?;
    let changed = app.limits.change(|policy| {
        *policy = policy.changed(&changes)?;
        Ok(policy.clone())
    });
    changed.map(Json).map_err(|error: String| Refusal::misled(&error))
}

async fn faults(State(app): State<Arc<App>>) -> Json<Vec<Fault>> {
    Json(app.faults.all())
}

/// One fault or several, as JSON or, as a string, as a command line writes them.
async fn add_fault(State(app): State<Arc<App>>, body: Bytes) -> Result<Json<Vec<Fault>>, Refusal> {
    let added = match json_of(&body)? {
        Value::Array(faults) => faults.into_iter().map(fault).collect::<Result<Vec<_>, _>>()?,
        one => vec![fault(one)?],
    };
    added.into_iter().for_each(|fault| app.faults.add(fault));
    Ok(Json(app.faults.all()))
}

fn fault(written: Value) -> Result<Fault, Refusal> {
    let fault = match written {
        Value::String(text) => text.parse(),
        object => serde_json::from_value(object).map_err(|error| error.to_string()),
    };
    let fault: Result<Fault, String> = fault;
    let fault = fault.and_then(Fault::checked);
    fault.map_err(|error| Refusal::misled(&error))
}

async fn clear_faults(State(app): State<Arc<App>>) -> Json<Vec<Fault>> {
    app.faults.clear();
    Json(app.faults.all())
}

async fn held(State(app): State<Arc<App>>) -> Json<Value> {
    let items: Vec<Value> = app.store.read(|state| {
        let held = state.posts.iter().enumerate().filter(|(_, post)| post.hidden && !post.refused);
        held.map(|(index, post)| json!(state.item(index, Some(post.by)))).collect()
    });
    Json(json!({ "items": items }))
}

async fn approve(State(app): State<Arc<App>>, Path(id): Path<String>) -> Answer {
    app.moderate(&id, true)?;
    Ok(Json(json!({ "id": id, "moderation": "approved" })))
}

async fn refuse(State(app): State<Arc<App>>, Path(id): Path<String>) -> Answer {
    app.moderate(&id, false)?;
    Ok(Json(json!({ "id": id, "moderation": "refused" })))
}

async fn census(State(app): State<Arc<App>>) -> Json<Census> {
    Json(app.store.read(Census::take))
}

/// By this a fleet knows that its gallery is a sandbox, and what time it is there.
async fn clock(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!({ "now": (app.now)() }))
}

async fn requests(State(app): State<Arc<App>>) -> Json<Value> {
    let request = |request: crate::sandbox::Request| {
        json!({
            "begunMs": request.begun_at.duration_since(app.begun).as_millis() as u64,
            "method": request.method, "path": request.path, "route": request.route, "agent": request.agent,
            "status": request.status, "effect": request.effect,
        })
    };
    let requests: Vec<Value> = app.log.all().into_iter().map(request).collect();
    Json(json!({ "requests": requests }))
}

fn json_of(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(body)
        .map_err(|error| Refusal::bad_request(&format!("the body is not valid JSON: {error}")))
}
