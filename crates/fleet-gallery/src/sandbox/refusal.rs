//! How the sandbox says no: the contract's error bodies, in one place.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A refused request.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    body: Value,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, body: Value) -> Self {
        Self { status, body }
    }

    pub(super) fn unauthorized() -> Self {
        let error = json!({ "code": "unauthorized", "message": "the service token is missing or wrong" });
        Self::new(StatusCode::UNAUTHORIZED, json!({ "error": error }))
    }

    pub(super) fn forbidden(message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, json!({ "error": message }))
    }

    pub(super) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, json!({ "error": format!("{what} not found") }))
    }

    pub(super) fn bad_request(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, json!({ "error": message }))
    }

    pub(super) fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, json!({ "error": "the request body is over 1 MiB" }))
    }

    pub(super) fn conflict(message: &str) -> Self {
        let error = json!({ "code": "username_taken", "message": message });
        Self::new(StatusCode::CONFLICT, json!({ "error": error }))
    }

    /// A field that breaks its rule.
    pub(super) fn invalid(field: &str, rule: &str) -> Self {
        let body =
            json!({ "error": format!("{field} {rule}"), "code": "invalid", "errors": { field: [rule] } });
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, body)
    }

    /// The sandbox's own failure.
    pub(super) fn broken(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "the sandbox could not keep its books");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            json!({ "error": "the sandbox could not keep its books" }),
        )
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}
