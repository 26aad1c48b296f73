//! The studio: runs a workflow's steps and turns each into a picture. The same steps make the same pictures.
//!
//! Drawing is heavy, so it happens on the blocking pool, a few workflows at a time. Nothing is kept here.

mod canvas;
mod generate;
mod scene;
mod shapes;
mod transform;

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use resvg::tiny_skia::Pixmap;
use resvg::usvg;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

pub(super) use canvas::escaped;

use crate::wire::Step;

/// What `generate` steps may name.
pub(super) const GENERATORS: &[&str] = &["openai", "qr", "shapes"];
/// What `transform` steps may name.
pub(super) const TRANSFORMS: &[&str] = transform::NAMES;

/// A finished picture.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub(super) png: Bytes,
    /// The digest of the bytes, in hex.
    pub(super) sha256: String,
}

/// Why a step made no picture, in the engine's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Failure {
    fn generation(message: impl Into<String>) -> Self {
        Self { code: "GENERATION_ERROR", message: message.into() }
    }

    /// The platform has no such generator.
    pub(super) fn no_provider(generator: &str) -> Self {
        Self { code: "PROVIDER_NOT_FOUND", message: format!("No provider found for generator: {generator}") }
    }

    fn transform(message: impl Into<String>) -> Self {
        Self { code: "TRANSFORM_ERROR", message: message.into() }
    }
}

/// Where workflows are drawn.
pub(super) struct Studio {
    options: Arc<usvg::Options<'static>>,
    permits: Arc<Semaphore>,
}

impl Studio {
    pub(super) fn new(at_once: usize) -> Self {
        Self { options: Arc::new(canvas::options()), permits: Arc::new(Semaphore::new(at_once.max(1))) }
    }

    /// Runs the steps, one picture for each that makes one.
    pub(super) async fn run(&self, steps: Vec<Step>) -> Result<Vec<Drawn>, Failure> {
        let broken = |_| Failure::generation("503 the studio is closing");
        let permit = self.permits.clone().acquire_owned().await.map_err(broken)?;
        let options = self.options.clone();
        let drawing = tokio::task::spawn_blocking(move || {
            let drawn = run(&steps, &options);
            drop(permit);
            drawn
        });
        drawing
            .await
            .unwrap_or_else(|error| Err(Failure::generation(format!("500 the drawing failed: {error}"))))
    }
}

fn run(steps: &[Step], options: &usvg::Options<'_>) -> Result<Vec<Drawn>, Failure> {
    let mut named: HashMap<&str, Arc<Pixmap>> = HashMap::new();
    let mut drawn = Vec::new();
    for step in steps {
        let find = |name: &str| {
            named.get(name).cloned().ok_or_else(|| Failure::transform(format!("Unknown variable: {name}")))
        };
        let (picture, out) = match step {
            Step::Generate { generator, params, out } => {
                (generate::generate(generator, params, options)?, out.as_str())
            }
            Step::Transform { op, input, params, out } => {
                (transform::transform(op, find(input)?.as_ref(), params, options)?, out.as_str())
            }
            Step::Save { input, .. } => {
                find(input)?;
                continue;
            }
        };
        let png = Bytes::from(canvas::png(&picture)?);
        let sha256 = hex(&Sha256::digest(&png));
        drawn.push(Drawn { png, sha256 });
        named.insert(out, Arc::new(picture));
    }
    Ok(drawn)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
