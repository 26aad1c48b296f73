//! How the sandbox says no: the contract's error bodies, in one place.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Value, json};

/// A refused request.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    body: Value,
    /// In seconds.
    retry_after: Option<u64>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, body: Value) -> Self {
        Self { status, body, retry_after: None }
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

    pub(super) fn conflict(code: &str, message: &str) -> Self {
        let error = json!({ "code": code, "message": message });
        Self::new(StatusCode::CONFLICT, json!({ "error": error }))
    }

    /// Whether what was asked for is another's already.
    pub(super) fn is_conflict(&self) -> bool {
        self.status == StatusCode::CONFLICT
    }

    /// Too many requests in this minute.
    pub(super) fn rate_limited(seconds: u64) -> Self {
        let error = json!({ "code": "rate_limited", "message": "too many requests", "retryAfter": seconds });
        let refusal = Self::new(StatusCode::TOO_MANY_REQUESTS, json!({ "error": error }));
        Self { retry_after: Some(seconds), ..refusal }
    }

    /// The whole fleet, or this agent, has used up what it may.
    pub(super) fn used_up(code: &str, message: &str, used: u64, limit: u64, reset_at: Timestamp) -> Self {
        let usage = json!({ "used": used, "limit": limit });
        let body = json!({ "error": message, "code": code, "resetAt": reset_at, "usage": usage });
        Self::new(StatusCode::TOO_MANY_REQUESTS, body)
    }

    /// The platform's kill switch.
    pub(super) fn paused() -> Self {
        let body = json!({ "error": "the platform has paused this fleet", "code": "FLEET_PAUSED" });
        Self::new(StatusCode::SERVICE_UNAVAILABLE, body)
    }

    /// An address that was good for a while.
    pub(super) fn expired() -> Self {
        let error =
            json!({ "code": "expired", "message": "this address was good for a while, and has expired" });
        Self::new(StatusCode::FORBIDDEN, json!({ "error": error }))
    }

    /// A field that breaks its rule.
    pub(super) fn invalid(field: &str, rule: &str) -> Self {
        let body =
            json!({ "error": format!("{field} {rule}"), "code": "invalid", "errors": { field: [rule] } });
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, body)
    }

    /// An order to the control that cannot be followed.
    pub(super) fn misled(message: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, json!({ "error": message, "code": "invalid" }))
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
        let mut response = (self.status, Json(self.body)).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}
