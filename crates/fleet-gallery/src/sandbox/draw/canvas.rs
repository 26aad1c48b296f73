//! From a drawing's text to pixels, and from pixels to a file: sizes are checked here, fonts are at home here.
//!
//! Only the embedded fonts are used, so that a picture is the same on every machine; no file or address that a
//! drawing names is ever opened.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use super::Failure;

/// Beyond this side a picture is refused: asking the allocator for too much aborts the process.
pub(super) const LARGEST_SIDE: u32 = 2048;

/// What drawings may use.
pub(super) fn options() -> usvg::Options<'static> {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(dejavu::sans::regular().to_vec());
    fonts.load_font_data(dejavu::sans::bold().to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    let mut options = usvg::Options {
        fontdb: Arc::new(fonts),
        font_family: "DejaVu Sans".into(),
        ..usvg::Options::default()
    };
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    options
}

/// An empty picture of a checked size.
pub(super) fn blank(width: u32, height: u32) -> Result<Pixmap, Failure> {
    let sides = 1..=LARGEST_SIDE;
    let checked = sides.contains(&width) && sides.contains(&height);
    checked.then(|| Pixmap::new(width, height)).flatten().ok_or_else(|| {
        let most = LARGEST_SIDE;
        Failure::transform(format!(
            "Image of {width} x {height} pixels is too large: at most {most} x {most}"
        ))
    })
}

/// Draws the inside of an SVG of this size.
pub(super) fn render(
    inside: &str,
    (width, height): (u32, u32),
    options: &usvg::Options<'_>,
) -> Result<Pixmap, Failure> {
    let mut picture = blank(width, height)?;
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="DejaVu Sans">{inside}</svg>"#
    );
    let tree = usvg::Tree::from_str(&svg, options)
        .map_err(|error| Failure::generation(format!("the drawing cannot be read: {error}")))?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    Ok(picture)
}

/// A picture as a PNG file.
pub(super) fn png(picture: &Pixmap) -> Result<Vec<u8>, Failure> {
    let failed =
        |error: png::EncodingError| Failure::generation(format!("the picture cannot be written: {error}"));
    let opaque = picture.pixels().iter().all(|pixel| pixel.alpha() == u8::MAX);
    let mut file = Vec::with_capacity(256 * 1024);
    let mut encoder = png::Encoder::new(&mut file, picture.width(), picture.height());
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let bytes = if opaque {
        encoder.set_color(png::ColorType::Rgb);
        picture.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
    } else {
        encoder.set_color(png::ColorType::Rgba);
        picture.clone().take_demultiplied()
    };
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&bytes).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

/// Text as it may stand in a drawing: escaped, and without what XML forbids.
pub(in crate::sandbox) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            character if character.is_control() => safe.push(' '),
            character => safe.push(character),
        }
    }
    safe
}

/// Breaks text into lines of at most so many characters; what does not fit the lines is left out with an ellipsis.
pub(super) fn lines(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let length = word.chars().count();
        let full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + length <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line) if full => {
                line.push('…');
                break;
            }
            _ => lines.push(word.chars().take(columns.max(1)).collect()),
        }
    }
    lines
}

/// A round number that so many steps of reach from 0 to the largest.
pub(super) fn round_step(span: f64, steps: f64) -> f64 {
    let rough = (span / steps).max(1e-9);
    let power = 10f64.powf(rough.log10().floor());
    let nice = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|nice| nice * power >= rough * 0.999);
    nice.unwrap_or(10.0) * power
}
