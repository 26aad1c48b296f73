//! Transforms that write on a picture.

use std::fmt::Write;

use resvg::tiny_skia::{Pixmap, PixmapPaint, Transform};

use super::Job;
use crate::sandbox::draw::{Failure, canvas};

/// Words on the picture; line breaks are kept, and what does not fit is cut off by the edge.
pub(super) fn text(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let given = &job.given;
    if given.text("text").trim().is_empty() {
        return Err(given.fail("addText requires 'text' parameter"));
    }
    let (x, size) = (given.number("x"), given.number("fontSize"));
    let y = given.maybe("y").unwrap_or(size * 1.2);
    let mut inside = format!(r#"<g font-size="{size}" fill="{}">"#, given.paint("color"));
    for (index, line) in given.text("text").lines().enumerate() {
        let y = y + size * 1.25 * index as f64;
        _ = write!(inside, r#"<text x="{x}" y="{y}">{}</text>"#, canvas::escaped(line));
    }
    inside.push_str("</g>");
    let words = canvas::render(&inside, (job.source.width(), job.source.height()), job.options)?;
    let mut picture = job.source.clone();
    picture.draw_pixmap(0, 0, words.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
    Ok(picture)
}

/// A bar with words above or below, which makes the picture taller.
pub(super) fn caption(job: &Job<'_>) -> Result<Pixmap, Failure> {
    let given = &job.given;
    let width = job.source.width();
    let size = given.number("fontSize");
    let columns = (f64::from(width) * 0.92 / (size * 0.6)).max(1.0) as usize;
    let lines = canvas::lines(given.text("text"), columns, 3);
    if lines.is_empty() {
        return Err(given.fail("addCaption requires 'text' parameter"));
    }
    let bar = (size * (1.35 * lines.len() as f64 + 0.9)).round() as u32;
    let mut inside =
        format!(r#"<rect width="{width}" height="{bar}" fill="{}"/>"#, given.paint("backgroundColor"));
    for (index, line) in lines.iter().enumerate() {
        let y = size * (1.35 * index as f64 + 1.42);
        _ = write!(
            inside,
            r#"<text x="{}" y="{y}" font-size="{size}" font-weight="bold" text-anchor="middle" fill="{}">{}</text>"#,
            width / 2,
            given.paint("textColor"),
            canvas::escaped(line)
        );
    }
    let strip = canvas::render(&inside, (width, bar), job.options)?;
    let mut picture = canvas::blank(width, job.source.height() + bar)?;
    let on_top = given.text("position") == "top";
    let (strip_y, source_y) = if on_top { (0, bar as i32) } else { (job.source.height() as i32, 0) };
    let paint = PixmapPaint::default();
    picture.draw_pixmap(0, source_y, job.source.as_ref(), &paint, Transform::identity(), None);
    picture.draw_pixmap(0, strip_y, strip.as_ref(), &paint, Transform::identity(), None);
    Ok(picture)
}
