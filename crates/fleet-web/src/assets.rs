//! The files that go with the pages. The style sheet and the scripts are made by `cargo xtask assets` and embedded when
//! they are there; a build without them serves pages that work and look plain.

use axum::extract::{Path, Query, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

use crate::failure::Failure;

const STYLE_SHEET: &str = "app.css";
const SCRIPTS: [&str; 6] = ["htmx.min.js", "hx-sse.min.js", "panel.js", "feed.js", "form.js", "sign_in.js"];
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const FAVICON: &str = include_str!("../templates/favicon.svg");

#[derive(RustEmbed)]
#[folder = "assets/dist"]
#[allow_missing = true]
struct Dist;

/// The version a page asks for, so that a browser may keep it for ever.
#[derive(Deserialize)]
pub(crate) struct Version {
    v: Option<String>,
}

/// The style sheet's address, if it was built.
pub(crate) fn style_sheet() -> Option<String> {
    address(STYLE_SHEET)
}

/// The scripts' addresses in the order they are to run; all of them or none.
pub(crate) fn scripts() -> Vec<String> {
    SCRIPTS.into_iter().map(address).collect::<Option<_>>().unwrap_or_default()
}

pub(crate) async fn show(
    Path(name): Path<String>,
    Query(Version { v }): Query<Version>,
) -> Result<Response, Failure> {
    let file = Dist::get(&name)
        .ok_or_else(|| Failure::not_found(format!("This panel was built without `{name}`.")))?;
    let kept = if v.is_some_and(|v| v == version(&file)) { FOR_EVER } else { "no-cache" };
    let kind = file.metadata.mimetype().to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept.to_owned())], file.data).into_response())
}

pub(crate) async fn favicon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")], FAVICON)
}

/// Pages show a moment: a browser that goes back should ask again.
pub(crate) async fn forbid_keeping(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn address(name: &str) -> Option<String> {
    Dist::get(name).map(|file| format!("/assets/{name}?v={}", version(&file)))
}

/// Changes with the file's contents.
fn version(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash()[..6].iter().map(|byte| format!("{byte:02x}")).collect()
}
