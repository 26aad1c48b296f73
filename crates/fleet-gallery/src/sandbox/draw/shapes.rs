//! The `shapes` generator: one figure, filled plainly, with a gradient or with a pattern.

use std::f64::consts::TAU;
use std::fmt::Write;

use resvg::tiny_skia::Pixmap;
use resvg::usvg;
use serde_json::{Map, Value};

use super::{Failure, canvas};

pub(super) fn draw(params: &Map<String, Value>, options: &usvg::Options<'_>) -> Result<Pixmap, Failure> {
    let width = canvas::pixels(params, "width")?.unwrap_or(512);
    let height = canvas::pixels(params, "height")?.unwrap_or(512);
    let colour = |name, default| canvas::escaped(canvas::text(params, name, default));
    let fill = match canvas::text(params, "fillType", "solid") {
        "gradient" => gradient(params),
        "pattern" => pattern(params),
        _ => String::new(),
    };
    let paint = if fill.is_empty() { colour("fillColor", "#3b82f6") } else { "url(#f)".into() };
    let stroke_width = canvas::number(params, "strokeWidth", 0.0, 0.0, 200.0);
    let stroke = match stroke_width > 0.0 {
        true => format!(r#" stroke="{}" stroke-width="{stroke_width}""#, colour("strokeColor", "#111827")),
        false => String::new(),
    };
    let (w, h) = (f64::from(width), f64::from(height));
    let figure = figure(params, w, h, stroke_width / 2.0)?;
    let turn = canvas::number(params, "rotation", 0.0, -3600.0, 3600.0);
    let (x, y) = (w / 2.0, h / 2.0);
    let inside = format!(
        r#"<defs>{fill}</defs><g fill="{paint}"{stroke} transform="rotate({turn} {x} {y})">{figure}</g>"#
    );
    canvas::render(&inside, (width, height), options)
}

fn figure(params: &Map<String, Value>, w: f64, h: f64, inset: f64) -> Result<String, Failure> {
    let (x, y) = (w / 2.0, h / 2.0);
    let (rx, ry) = ((x - inset).max(0.5), (y - inset).max(0.5));
    Ok(match canvas::text(params, "shapeType", "rectangle") {
        "rectangle" => {
            let corner = canvas::number(params, "cornerRadius", 0.0, 0.0, 2000.0);
            format!(
                r#"<rect x="{inset}" y="{inset}" width="{}" height="{}" rx="{corner}"/>"#,
                2.0 * rx,
                2.0 * ry
            )
        }
        "circle" => format!(r#"<circle cx="{x}" cy="{y}" r="{}"/>"#, rx.min(ry)),
        "ellipse" => format!(r#"<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}"/>"#),
        "triangle" => polygon(3, 1.0, (x, y), (rx, ry)),
        "polygon" => polygon(canvas::number(params, "sides", 6.0, 3.0, 60.0) as u32, 1.0, (x, y), (rx, ry)),
        "star" => {
            polygon(2 * canvas::number(params, "points", 5.0, 3.0, 60.0) as u32, 0.42, (x, y), (rx, ry))
        }
        other => {
            return Err(Failure::generation(format!("400 Unknown shapeType: {}", canvas::escaped(other))));
        }
    })
}

/// Corners on an ellipse, every second one drawn in by `inner`.
fn polygon(corners: u32, inner: f64, (x, y): (f64, f64), (rx, ry): (f64, f64)) -> String {
    let mut points = String::new();
    for corner in 0..corners {
        let angle = TAU * (f64::from(corner) / f64::from(corners) - 0.25);
        let reach = if corner % 2 == 1 { inner } else { 1.0 };
        _ = write!(points, "{:.2},{:.2} ", x + rx * reach * angle.cos(), y + ry * reach * angle.sin());
    }
    format!(r#"<polygon points="{points}"/>"#)
}

fn gradient(params: &Map<String, Value>) -> String {
    let from = canvas::escaped(canvas::text(params, "gradientColor1", "#6366f1"));
    let to = canvas::escaped(canvas::text(params, "gradientColor2", "#ec4899"));
    let stops = format!(r#"<stop stop-color="{from}"/><stop offset="1" stop-color="{to}"/>"#);
    if canvas::text(params, "gradientType", "linear") == "radial" {
        return format!(r#"<radialGradient id="f">{stops}</radialGradient>"#);
    }
    let angle = canvas::number(params, "gradientAngle", 45.0, -3600.0, 3600.0);
    format!(r#"<linearGradient id="f" gradientTransform="rotate({angle} .5 .5)">{stops}</linearGradient>"#)
}

fn pattern(params: &Map<String, Value>) -> String {
    let ground = canvas::escaped(canvas::text(params, "fillColor", "#e0e7ff"));
    let ink = canvas::escaped(canvas::text(params, "strokeColor", "#4338ca"));
    let motif = match canvas::text(params, "patternType", "dots") {
        "stripes" => r#"<path d="M0 0h12v24H0z"/>"#,
        "checkerboard" | "checks" => r#"<path d="M0 0h12v12H0zM12 12h12v12H12z"/>"#,
        "grid" => r#"<path d="M0 0h24v2H0zM0 0h2v24H0z"/>"#,
        _ => r#"<circle cx="12" cy="12" r="5"/>"#,
    };
    format!(
        r#"<pattern id="f" width="24" height="24" patternUnits="userSpaceOnUse"><rect width="24" height="24" fill="{ground}"/><g fill="{ink}" stroke="none">{motif}</g></pattern>"#
    )
}
