//! Pictures from nothing: which generators there are, and what each makes of its parameters.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use resvg::tiny_skia::Pixmap;
use resvg::usvg;
use serde_json::{Map, Value};

use super::{Failure, canvas, scene, shapes};

pub(super) fn generate(
    generator: &str,
    params: &Map<String, Value>,
    options: &usvg::Options<'_>,
) -> Result<Pixmap, Failure> {
    match generator {
        "openai" => imagine(params, options),
        "shapes" => shapes::draw(params, options),
        "qr" => qr(params, options),
        _ => Err(Failure::no_provider(generator)),
    }
}

/// Stands in for an image model: a scene that fits the prompt, the same one every time.
fn imagine(params: &Map<String, Value>, options: &usvg::Options<'_>) -> Result<Pixmap, Failure> {
    let prompt = canvas::text(params, "prompt", "").trim();
    if prompt.is_empty() {
        return Err(Failure::generation("400 Invalid value: 'prompt' must not be empty"));
    }
    if prompt.to_lowercase().contains("forbidden content") {
        let message =
            "400 Your request was rejected as a result of our safety system: Content policy violation";
        return Err(Failure::generation(message));
    }
    let size = match canvas::text(params, "size", "1024x1024") {
        "1024x1024" => (1024, 1024),
        "1024x1792" => (1024, 1792),
        "1792x1024" => (1792, 1024),
        other => {
            let other: String = other.chars().take(20).collect();
            return Err(Failure::generation(format!("400 Invalid value for 'size': {other}")));
        }
    };
    scene::draw(prompt, size, options)
}

fn qr(params: &Map<String, Value>, options: &usvg::Options<'_>) -> Result<Pixmap, Failure> {
    let failed =
        |error: qrcode::types::QrError| Failure::generation(format!("400 the QR code failed: {error}"));
    let level = match canvas::text(params, "errorCorrectionLevel", "M") {
        "L" => EcLevel::L,
        "Q" => EcLevel::Q,
        "H" => EcLevel::H,
        _ => EcLevel::M,
    };
    let side = canvas::pixels(params, "width")?.unwrap_or(512);
    let text = canvas::text(params, "text", "");
    let code = QrCode::with_error_correction_level(text, level).map_err(failed)?;
    let dark = params.get("color").and_then(|color| color.get("dark").unwrap_or(color).as_str());
    let dark = canvas::escaped(dark.unwrap_or("#000000"));
    let image = code
        .render::<svg::Color<'_>>()
        .quiet_zone(params.get("margin").and_then(Value::as_u64) != Some(0))
        .dark_color(svg::Color(&dark))
        .light_color(svg::Color("#ffffff"))
        .build();
    // The code is a document of its own, with a size of its own: it is nested without its declaration, and scaled.
    let nested = image.split_once("?>").map_or(image.as_str(), |(_, rest)| rest);
    let width = attribute(nested, "width").unwrap_or(side);
    let scale = f64::from(side) / f64::from(width.max(1));
    let inside = format!(
        r##"<rect width="{side}" height="{side}" fill="#fff"/><g transform="scale({scale})">{nested}</g>"##
    );
    canvas::render(&inside, (side, side), options)
}

fn attribute(svg: &str, name: &str) -> Option<u32> {
    let start = svg.find(&format!("{name}=\""))? + name.len() + 2;
    svg[start..].split('"').next()?.parse().ok()
}
