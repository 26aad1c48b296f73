//! The pages' own files: style, script, icon. Their addresses name their content, so that browsers may keep them.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::Query;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::IntoResponse;
use sha2::{Digest, Sha256};

/// A file and the address that its pages use.
pub(super) struct Asset {
    text: &'static str,
    kind: &'static str,
    address: String,
}

pub(super) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("/style.css", "text/css; charset=utf-8", include_str!("style.css")));
pub(super) static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("/gallery.js", "text/javascript; charset=utf-8", include_str!("gallery.js")));

impl Asset {
    fn new(path: &str, kind: &'static str, text: &'static str) -> Self {
        let digest = Sha256::digest(text);
        let version: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { text, kind, address: format!("{path}?v={version}") }
    }

    /// Changes whenever the file does.
    pub(super) fn address(&'static self) -> &'static str {
        &self.address
    }

    fn answer(&self, query: &HashMap<String, String>) -> impl IntoResponse + use<> {
        // An address of another version may not be kept: it would go on showing what it does not name.
        let is_named = query.get("v").is_some_and(|version| self.address.ends_with(&format!("?v={version}")));
        let keep = if is_named { "public, max-age=31536000, immutable" } else { "no-cache" };
        ([(CONTENT_TYPE, self.kind), (CACHE_CONTROL, keep), (X_CONTENT_TYPE_OPTIONS, "nosniff")], self.text)
    }
}

pub(super) async fn style(Query(query): Query<HashMap<String, String>>) -> impl IntoResponse {
    STYLE.answer(&query)
}

pub(super) async fn script(Query(query): Query<HashMap<String, String>>) -> impl IntoResponse {
    SCRIPT.answer(&query)
}

pub(super) async fn icon() -> impl IntoResponse {
    let frame = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\"><path fill=\"#4a3fc4\" d=\"M2 \
                 4h20v16H2z\"/><path fill=\"#fff\" d=\"m4.500 17.500 5.500-8 4 5 2-2.500 4 5.500z\"/><circle fill=\"#ffc861\" \
                 cx=\"16.500\" cy=\"8.200\" r=\"1.700\"/></svg>";
    ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "max-age=3600")], frame)
}
