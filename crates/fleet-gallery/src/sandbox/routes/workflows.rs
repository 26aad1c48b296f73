//! Workflows and their pictures: running steps, listing what there is, and the bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};

use super::entrance::Entry;
use super::{Params, object};
use crate::sandbox::App;
use crate::sandbox::draw::{self, Failure};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::requests::Effect;
use crate::wire::{Execution, Step};

const MOST_STEPS: usize = 20;
const KEPT_FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// The generator that a platform has only with a key.
const IMAGE_MODEL: &str = "openai";

pub(super) async fn execute(
    State(app): State<Arc<App>>,
    Extension(entry): Extension<Entry>,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let by = entry.actor()?;
    let steps = steps(&body)?;
    if entry.is_agent() {
        app.begin_workflow(by)?;
    }
    let policy = app.limits.policy();
    if !policy.image_model && steps.iter().any(wants_model) {
        return Err(failed(draw::Failure::no_provider(IMAGE_MODEL)));
    }
    let drawn = app.studio.run(steps).await.map_err(failed)?;
    let ids = app.keep(by, &drawn)?;
    app.log.landed(entry.ticket, Effect::Drawn { images: ids.clone() });
    let preview = |drawn: &draw::Drawn| format!("data:image/png;base64,{}", STANDARD.encode(&drawn.png));
    let previews: BTreeMap<_, _> = ids.iter().cloned().zip(drawn.iter().map(preview)).collect();
    let now = (app.now)();
    let image_urls = ids.iter().map(|id| app.addresses.of(id, policy.presigned_seconds, now)).collect();
    let execution = Execution { status: "completed".into(), image_ids: ids, image_urls, previews };
    let mut answer = json!(execution);
    answer["dataOutputs"] = json!({});
    answer["usageEvents"] = json!([]);
    Ok(Json(answer))
}

pub(super) async fn generators(State(app): State<Arc<App>>) -> Json<Value> {
    let has_model = app.limits.policy().image_model;
    let offered = draw::generators().filter(|node| has_model || node.name != IMAGE_MODEL);
    Json(offered.map(|node| node.listed("generator")).collect())
}

pub(super) async fn transforms() -> Json<Value> {
    Json(draw::transforms().map(|node| node.listed("transform")).collect())
}

/// A picture as a workflow's answer names it, while that address is good.
pub(super) async fn drawn(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(query): Query<Params>,
) -> Result<impl IntoResponse, Refusal> {
    app.check_address(&id, &query)?;
    // What expires must not be kept for longer.
    let cache = if query.contains_key("expires") { "private, no-store" } else { KEPT_FOR_GOOD };
    Ok(([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, cache)], app.picture(&id)?))
}

pub(super) async fn image(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let bytes = app.picture(&id)?;
    Ok(([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, KEPT_FOR_GOOD)], bytes))
}

fn wants_model(step: &Step) -> bool {
    matches!(step, Step::Generate { generator, .. } if generator == IMAGE_MODEL)
}

fn steps(body: &[u8]) -> Result<Vec<Step>, Refusal> {
    let mut body = object(body)?;
    if body.contains_key("nodes") || body.contains_key("edges") {
        return Err(Refusal::bad_request("the workflow must be given as steps, not as nodes and edges"));
    }
    if !body.get("name").is_some_and(Value::is_string) {
        return Err(Refusal::bad_request("the workflow needs a name"));
    }
    let steps = body.remove("steps").unwrap_or_default();
    let steps: Vec<Step> = serde_json::from_value(steps)
        .map_err(|error| Refusal::bad_request(&format!("the steps cannot be read: {error}")))?;
    match steps.len() {
        0 => Err(Refusal::bad_request("the workflow has no steps")),
        1..=MOST_STEPS => Ok(steps),
        _ => Err(Refusal::bad_request("the workflow has more than 20 steps")),
    }
}

/// The engine reports the user's mistakes, like its own, with a status of 500.
fn failed(failure: Failure) -> Refusal {
    let body = json!({
        "status": "error", "error": failure.message, "errorCode": failure.code,
        "errorCategory": failure.category, "retryable": failure.retryable,
    });
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, body)
}
