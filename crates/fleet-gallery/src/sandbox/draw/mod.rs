//! The studio: runs a workflow's steps and turns each into a picture. The same steps make the same pictures.
//!
//! `node` says what a step may be told, `generate` makes pictures from nothing and `transform` from pictures.
//! Drawing is heavy, so it happens on the blocking pool, a few workflows at a time. Nothing is kept here.

mod canvas;
mod generate;
mod node;
mod qr;
mod quickchart;
mod scene;
mod shapes;
mod transform;

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use resvg::tiny_skia::Pixmap;
use resvg::usvg;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

pub(super) use generate::nodes as generators;
pub(super) use transform::nodes as transforms;

use crate::wire::Step;

/// Beyond this many pixels in all its pictures a workflow is refused; twenty of the largest that an image model
/// paints are fewer.
const MOST_PIXELS: u64 = 40_000_000;

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
    pub(super) category: &'static str,
    pub(super) message: String,
    /// Whether the same steps may go well another time.
    pub(super) retryable: bool,
}

impl Failure {
    /// The engine's own, and no mistake in the steps.
    fn passing(message: impl Into<String>) -> Self {
        Self { retryable: true, ..Self::generation(message) }
    }

    fn generation(message: impl Into<String>) -> Self {
        Self { code: "GENERATION_ERROR", category: "execution", message: message.into(), retryable: false }
    }

    /// An image model's own refusal.
    fn provider(message: impl Into<String>) -> Self {
        Self {
            code: "GENERATION_ERROR",
            category: "provider_error",
            message: message.into(),
            retryable: false,
        }
    }

    fn transform(message: impl Into<String>) -> Self {
        Self { code: "TRANSFORM_ERROR", category: "execution", message: message.into(), retryable: false }
    }

    /// The platform has no such generator.
    pub(super) fn no_provider(generator: &str) -> Self {
        let message = format!("Provider \"{}\" not found for type \"generator\"", node::short(generator));
        Self { code: "PROVIDER_NOT_FOUND", category: "provider_config", message, retryable: false }
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
        let broken = |_| Failure::passing("503 the studio is closing");
        let permit = self.permits.clone().acquire_owned().await.map_err(broken)?;
        let options = self.options.clone();
        let drawing = tokio::task::spawn_blocking(move || {
            let drawn = run(&steps, &options);
            drop(permit);
            drawn
        });
        drawing
            .await
            .unwrap_or_else(|error| Err(Failure::passing(format!("500 the drawing failed: {error}"))))
    }
}

fn run(steps: &[Step], options: &usvg::Options<'_>) -> Result<Vec<Drawn>, Failure> {
    let mut named: HashMap<&str, Arc<Pixmap>> = HashMap::new();
    let mut drawn = Vec::new();
    let mut pixels = 0;
    for (index, step) in steps.iter().enumerate() {
        let find = |name: &str| named.get(name).cloned();
        let needed = |name: &str| {
            find(name).ok_or_else(|| Failure::transform(format!("Unknown variable: {}", node::short(name))))
        };
        let (picture, out) = match step {
            Step::Generate { generator, params, out } => {
                (generate::generate(generator, params, options)?, out.as_str())
            }
            Step::Transform { op, input, params, out } => {
                (transform::transform(op, needed(input)?.as_ref(), params, &find, options)?, out.as_str())
            }
            Step::Save { input, .. } => {
                needed(input)?;
                continue;
            }
        };
        pixels += u64::from(picture.width()) * u64::from(picture.height());
        if pixels > MOST_PIXELS {
            return Err(Failure::transform("Input image exceeds pixel limit"));
        }
        let png = Bytes::from(canvas::png(&picture)?);
        let sha256 = hex(&Sha256::digest(&png));
        drawn.push(Drawn { png, sha256 });
        named.insert(out, Arc::new(picture));
        // A picture is megabytes, and most are looked at by the next step only.
        named.retain(|name, _| steps[index + 1..].iter().any(|later| uses(later, name)));
    }
    Ok(drawn)
}

/// Whether a step begins with, or lays over, the picture of this name.
fn uses(step: &Step, name: &str) -> bool {
    match step {
        Step::Generate { .. } => false,
        Step::Save { input, .. } => input == name,
        Step::Transform { input, params, .. } => {
            let overlays = params.get("overlays").and_then(Value::as_array);
            let named = |overlay: &Value| overlay.get("in").and_then(Value::as_str) == Some(name);
            input == name || overlays.is_some_and(|overlays| overlays.iter().any(named))
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod engine_tests;
#[cfg(test)]
mod odd_steps;
#[cfg(test)]
mod tests;
