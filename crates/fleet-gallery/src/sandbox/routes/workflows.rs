//! Workflows and their pictures: running steps, listing what there is, and the bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};

use super::entrance::Entry;
use super::object;
use crate::sandbox::App;
use crate::sandbox::draw::{self, Failure};
use crate::sandbox::refusal::Refusal;
use crate::sandbox::requests::Effect;
use crate::wire::{Execution, Step};

const MOST_STEPS: usize = 20;

pub(super) async fn execute(
    State(app): State<Arc<App>>,
    Extension(entry): Extension<Entry>,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let by = entry.actor()?;
    let drawn = app.studio.run(steps(&body)?).await.map_err(failed)?;
    let ids = app.keep(by, &drawn)?;
    app.log.landed(entry.ticket, Effect::Drawn { images: ids.clone() });
    let preview = |drawn: &draw::Drawn| format!("data:image/png;base64,{}", STANDARD.encode(&drawn.png));
    let previews: BTreeMap<_, _> = ids.iter().cloned().zip(drawn.iter().map(preview)).collect();
    let image_urls = ids.iter().map(|id| format!("/api/images/{id}/blob")).collect();
    let execution = Execution { status: "completed".into(), image_ids: ids, image_urls, previews };
    let mut answer = json!(execution);
    answer["dataOutputs"] = json!({});
    answer["usageEvents"] = json!([]);
    Ok(Json(answer))
}

pub(super) async fn generators() -> Json<Value> {
    Json(nodes("generator", draw::GENERATORS))
}

pub(super) async fn transforms() -> Json<Value> {
    Json(nodes("transform", draw::TRANSFORMS))
}

pub(super) async fn image(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let bytes = app.picture(&id)?;
    Ok(([(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "public, max-age=31536000, immutable")], bytes))
}

fn nodes(kind: &str, names: &[&str]) -> Value {
    let node =
        |name: &&str| json!({ "id": format!("{kind}:{name}"), "type": kind, "name": name, "label": name });
    names.iter().map(node).collect()
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

/// The engine reports the user's mistakes with a status of 500.
fn failed(failure: Failure) -> Refusal {
    let body = json!({
        "status": "error", "error": failure.message, "errorCode": failure.code, "errorCategory": "execution",
        "retryable": false,
    });
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, body)
}
