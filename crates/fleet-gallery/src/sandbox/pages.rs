//! The gallery as people see it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Html;

use super::App;

pub(super) async fn feed(State(app): State<Arc<App>>) -> Html<String> {
    Html(format!("{} posts", app.store.read(|state| state.posts.len())))
}

pub(super) async fn item(State(_): State<Arc<App>>, Path(_): Path<String>) -> Html<String> {
    Html(String::new())
}

pub(super) async fn user(State(_): State<Arc<App>>, Path(_): Path<String>) -> Html<String> {
    Html(String::new())
}

pub(super) async fn style() -> &'static str {
    ""
}

pub(super) async fn missing() -> StatusCode {
    StatusCode::NOT_FOUND
}
