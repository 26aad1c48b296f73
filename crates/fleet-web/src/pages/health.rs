//! Whether this process can do its work, and whether it is there at all, for those who watch over it. Nobody signs in for
//! this, so it says no more than that.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::panel::Panel;

/// Looks at the store.
pub(crate) async fn show(State(panel): State<Panel>) -> (StatusCode, Json<Value>) {
    told(panel.read(panel.bots.stop_order()).await.map(drop))
}

/// Looks at nothing: a process whose store hangs is alive, and its button that stops everything works.
pub(crate) async fn live() -> Json<Value> {
    Json(json!({ "status": "alive" }))
}

fn told(looked: Result<(), Failure>) -> (StatusCode, Json<Value>) {
    match looked {
        Ok(()) => (StatusCode::OK, Json(json!({ "status": "ok" }))),
        Err(failure) => {
            let body = json!({ "status": "unavailable", "error": failure.what });
            (StatusCode::SERVICE_UNAVAILABLE, Json(body))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_is_silent_makes_the_process_unavailable() {
        let (status, Json(body)) = told(Err(Failure::store_is_silent()));
        assert_eq!((status, &body["status"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable")));
    }
}
