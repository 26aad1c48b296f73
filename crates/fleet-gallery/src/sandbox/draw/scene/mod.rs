//! Scenes.

use resvg::tiny_skia::Pixmap;
use resvg::usvg;

use super::{Failure, canvas};

pub(super) fn draw(prompt: &str, size: (u32, u32), options: &usvg::Options<'_>) -> Result<Pixmap, Failure> {
    let hue = prompt.bytes().fold(7u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 360;
    canvas::render(&format!(r#"<rect width="100%" height="100%" fill="hsl({hue},60%,55%)"/>"#), size, options)
}
