//! Whether this process can do its work, for those who watch over it: it looks at the store.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::panel::Panel;

pub(crate) async fn show(State(panel): State<Panel>) -> (StatusCode, Json<Value>) {
    match panel.read(panel.bots.stop_order()).await {
        Ok(_) => (StatusCode::OK, Json(json!({ "status": "ok" }))),
        Err(failure) => {
            let body = json!({ "status": "unavailable", "error": failure.what });
            (StatusCode::SERVICE_UNAVAILABLE, Json(body))
        }
    }
}
