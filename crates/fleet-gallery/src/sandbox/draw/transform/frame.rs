//! Transforms that change how large a picture is, what is cut off it and what is laid over it.

use std::collections::HashSet;

use resvg::tiny_skia::{
    Color, FillRule, FilterQuality, Paint, PathBuilder, Pattern, Pixmap, PixmapPaint, SpreadMode, Transform,
};
use serde_json::Value;

use super::Job;
use crate::sandbox::draw::{Failure, canvas, node};

pub(super) fn convert(job: &Job<'_>) -> Result<Pixmap, Failure> {
    match job.given.text("to") {
        "png" | "image/png" => Ok(job.source.clone()),
        "" => Err(job.given.fail("Convert operation requires 'to' parameter")),
        "image/svg+xml" | "svg" => Err(job.given.fail("Cannot convert raster images to SVG")),
        other => Err(job.given.fail(format!("Unsupported target format: {}", node::short(other)))),
    }
}

pub(super) fn resize(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let source = job.source;
    let (w, h) = (f64::from(source.width()), f64::from(source.height()));
    let side = |name| job.given.maybe(name);
    let (width, height) = match (side("width"), side("height")) {
        (None, None) => return Err(job.given.fail("resize requires 'width' or 'height' parameter")),
        (Some(width), None) => (width, (width * h / w).round().max(1.0)),
        (None, Some(height)) => ((height * w / h).round().max(1.0), height),
        (Some(width), Some(height)) => (width, height),
    };
    let mut picture = canvas::blank(width as u32, height as u32)?;
    let (x, y) = (width / w, height / h);
    let (mut x, mut y) = match job.given.text("fit") {
        "contain" => {
            // The engine's bars are black.
            picture.fill(Color::BLACK);
            (x.min(y), x.min(y))
        }
        "fill" => (x, y),
        _ => (x.max(y), x.max(y)),
    };
    let crisp = x >= 2.0 && y >= 2.0 && of_few_colours(source);
    // Halving first: one wide step would skip pixels and leave jagged edges.
    let mut shrunk = None;
    while x <= 0.5 && y <= 0.5 {
        let from = shrunk.as_ref().unwrap_or(source);
        let Some(half) = halved(from) else { break };
        shrunk = Some(half);
        (x, y) = (x * 2.0, y * 2.0);
    }
    let from = shrunk.as_ref().unwrap_or(source);
    let left = (width - f64::from(from.width()) * x) / 2.0;
    let top = (height - f64::from(from.height()) * y) / 2.0;
    let place = Transform::from_row(x as f32, 0.0, 0.0, y as f32, left as f32, top as f32);
    let quality = if crisp { FilterQuality::Nearest } else { FilterQuality::Bilinear };
    let shader = Pattern::new(from.as_ref(), SpreadMode::Pad, quality, 1.0, place);
    let paint = Paint { shader, anti_alias: false, ..Paint::default() };
    let area = resvg::tiny_skia::Rect::from_xywh(
        left.max(0.0).round() as f32,
        top.max(0.0).round() as f32,
        (f64::from(from.width()) * x).min(width).round().max(1.0) as f32,
        (f64::from(from.height()) * y).min(height).round().max(1.0) as f32,
    );
    if let Some(area) = area {
        picture.fill_rect(area, &paint, Transform::identity(), None);
    }
    Ok(picture)
}

/// Pixel art is of few colours, and is enlarged pixel by pixel: smoothed, it would be mud.
fn of_few_colours(source: &Pixmap) -> bool {
    let mut colours = HashSet::new();
    source.data().chunks_exact(4).all(|pixel| {
        colours.insert([pixel[0], pixel[1], pixel[2], pixel[3]]);
        colours.len() <= 64
    })
}

fn halved(source: &Pixmap) -> Option<Pixmap> {
    let (width, height) = (source.width() / 2, source.height() / 2);
    let mut half = Pixmap::new(width, height)?;
    let (row, wide) = (source.width() as usize * 4, width as usize * 4);
    let bytes = source.data();
    for (index, byte) in half.data_mut().iter_mut().enumerate() {
        let (line, column) = (index / wide, index % wide);
        let first = 2 * line * row + column / 4 * 8 + column % 4;
        let sum: u16 =
            [first, first + 4, first + row, first + row + 4].iter().map(|at| u16::from(bytes[*at])).sum();
        *byte = ((sum + 2) / 4) as u8;
    }
    Some(half)
}

pub(super) fn composite(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let mut picture = job.source.clone();
    let overlays = job.given.value("overlays").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for (index, overlay) in overlays.iter().enumerate() {
        let missing = || job.given.fail(format!("Overlay image(s) at index {index} missing or invalid"));
        let name = overlay.get("in").and_then(Value::as_str).ok_or_else(missing)?;
        let over = (job.find)(name).ok_or_else(missing)?;
        if over.width() > picture.width() || over.height() > picture.height() {
            return Err(job.given.fail("Image to composite must have same dimensions or smaller"));
        }
        let place = |side: &str| match overlay.get(side) {
            None | Some(Value::Null) => Ok(0),
            Some(value) => value
                .as_i64()
                .filter(|at| at.unsigned_abs() <= u64::from(canvas::LARGEST_SIDE))
                .map(|at| at as i32)
                .ok_or_else(|| job.given.fail(format!("Expected integer for {side} of overlay {index}"))),
        };
        let (left, top) = (place("left")?, place("top")?);
        let paint = PixmapPaint::default();
        picture.draw_pixmap(left, top, over.as_ref().as_ref(), &paint, Transform::identity(), None);
    }
    Ok(picture)
}

pub(super) fn extend(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let side = |name| job.given.whole(name);
    let width = job.source.width() + side("left") + side("right");
    let height = job.source.height() + side("top") + side("bottom");
    let mut picture = canvas::blank(width, height)?;
    let colour = job.given.colour("background");
    picture.fill(Color::from_rgba8(colour.red, colour.green, colour.blue, colour.alpha));
    let (left, top) = (side("left") as i32, side("top") as i32);
    let paint = PixmapPaint::default();
    picture.draw_pixmap(left, top, job.source.as_ref(), &paint, Transform::identity(), None);
    Ok(picture)
}

pub(super) fn extract(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let side = |name| job.given.whole(name);
    let (left, top, width, height) = (side("left"), side("top"), side("width"), side("height"));
    if left + width > job.source.width() || top + height > job.source.height() {
        return Err(job.given.fail("extract_area: bad extract area"));
    }
    let mut picture = canvas::blank(width, height)?;
    let (row, wide) = (job.source.width() as usize * 4, width as usize * 4);
    for (line, target) in picture.data_mut().chunks_exact_mut(wide).enumerate() {
        let from = (top as usize + line) * row + left as usize * 4;
        target.copy_from_slice(&job.source.data()[from..from + wide]);
    }
    Ok(picture)
}

pub(super) fn round_corners(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let source = job.source;
    let (w, h) = (source.width() as f32, source.height() as f32);
    let r = (job.given.number("radius") as f32).min(w / 2.0).min(h / 2.0);
    // How far a quarter circle's handles lie from its ends.
    let k = r * 0.4477;
    let mut path = PathBuilder::new();
    path.move_to(r, 0.0);
    path.line_to(w - r, 0.0);
    path.cubic_to(w - k, 0.0, w, k, w, r);
    path.line_to(w, h - r);
    path.cubic_to(w, h - k, w - k, h, w - r, h);
    path.line_to(r, h);
    path.cubic_to(k, h, 0.0, h - k, 0.0, h - r);
    path.line_to(0.0, r);
    path.cubic_to(0.0, k, k, 0.0, r, 0.0);
    path.close();
    let path = path.finish().ok_or_else(|| job.given.fail("the picture is too small for round corners"))?;
    let mut picture = canvas::blank(source.width(), source.height())?;
    let shader =
        Pattern::new(source.as_ref(), SpreadMode::Pad, FilterQuality::Nearest, 1.0, Transform::identity());
    let paint = Paint { shader, anti_alias: true, ..Paint::default() };
    picture.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
    Ok(picture)
}
