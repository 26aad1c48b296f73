//! Pictures from pictures: each transform takes one and leaves it as it was.

use resvg::tiny_skia::{
    FilterQuality, Paint, PathBuilder, Pattern, Pixmap, PixmapPaint, PremultipliedColorU8, SpreadMode,
    Transform,
};
use resvg::usvg;
use serde_json::{Map, Value};

use super::{Failure, canvas};

/// What `transform` steps may name.
pub(super) const NAMES: &[&str] = &[
    "addCaption",
    "blur",
    "convert",
    "grayscale",
    "modulate",
    "negate",
    "preset",
    "resize",
    "roundCorners",
    "tint",
];

pub(super) fn transform(
    op: &str,
    source: &Pixmap,
    params: &Map<String, Value>,
    options: &usvg::Options<'_>,
) -> Result<Pixmap, Failure> {
    match op {
        "addCaption" => caption(source, params, options),
        "blur" => Ok(blur(source, canvas::number(params, "sigma", 3.0, 0.3, 60.0))),
        "convert" => match canvas::text(params, "to", canvas::text(params, "format", "png")) {
            "png" | "image/png" => Ok(source.clone()),
            other => Err(Failure::transform(format!("Unsupported format: {}", canvas::escaped(other)))),
        },
        "grayscale" => Ok(recoloured(source, &saturation(0.0))),
        "modulate" => Ok(recoloured(source, &modulation(params))),
        "negate" => Ok(recoloured(
            source,
            &[[-1.0, 0.0, 0.0, 255.0], [0.0, -1.0, 0.0, 255.0], [0.0, 0.0, -1.0, 255.0]],
        )),
        "preset" => preset(source, canvas::text(params, "name", canvas::text(params, "preset", ""))),
        "resize" => resize(source, params),
        "roundCorners" => round_corners(source, canvas::number(params, "radius", 40.0, 0.0, 1024.0)),
        "tint" => tint(source, params),
        _ => Err(Failure::transform(format!("Unknown operation: {op}"))),
    }
}

/// What each of red, green and blue becomes: shares of the three, and a constant.
type Colours = [[f32; 4]; 3];

const LUMA: [f32; 3] = [0.2126, 0.7152, 0.0722];

fn recoloured(source: &Pixmap, colours: &Colours) -> Pixmap {
    let mut picture = source.clone();
    for pixel in picture.pixels_mut() {
        let plain = pixel.demultiply();
        let [r, g, b] = [f32::from(plain.red()), f32::from(plain.green()), f32::from(plain.blue())];
        let alpha = f32::from(plain.alpha());
        let channel = |row: &[f32; 4]| {
            let value = row[0] * r + row[1] * g + row[2] * b + row[3];
            (value.clamp(0.0, 255.0) * alpha / 255.0 + 0.5) as u8
        };
        let [r, g, b] = [channel(&colours[0]), channel(&colours[1]), channel(&colours[2])];
        if let Some(changed) = PremultipliedColorU8::from_rgba(r, g, b, plain.alpha()) {
            *pixel = changed;
        }
    }
    picture
}

fn saturation(amount: f32) -> Colours {
    let row = |own: usize| {
        let share =
            |channel: usize| LUMA[channel] * (1.0 - amount) + if channel == own { amount } else { 0.0 };
        [share(0), share(1), share(2), 0.0]
    };
    [row(0), row(1), row(2)]
}

fn modulation(params: &Map<String, Value>) -> Colours {
    let brightness = canvas::number(params, "brightness", 1.0, 0.0, 10.0) as f32;
    let lightness = canvas::number(params, "lightness", 0.0, -100.0, 100.0) as f32 * 2.55;
    let amount = canvas::number(params, "saturation", 1.0, 0.0, 10.0) as f32;
    let turn = (canvas::number(params, "hue", 0.0, -3600.0, 3600.0) as f32).to_radians();
    let mut colours = product(&hue(turn), &saturation(amount));
    for row in &mut colours {
        for share in row.iter_mut() {
            *share *= brightness;
        }
        row[3] += lightness;
    }
    colours
}

/// A turn of the colour wheel that keeps greys grey.
fn hue(turn: f32) -> Colours {
    let (sin, cos) = turn.sin_cos();
    let third = (1.0 - cos) / 3.0;
    let root = sin * (1.0f32 / 3.0).sqrt();
    [
        [cos + third, third - root, third + root, 0.0],
        [third + root, cos + third, third - root, 0.0],
        [third - root, third + root, cos + third, 0.0],
    ]
}

fn product(left: &Colours, right: &Colours) -> Colours {
    let mut result = [[0.0; 4]; 3];
    for (row, line) in result.iter_mut().enumerate() {
        for (column, cell) in line.iter_mut().enumerate().take(3) {
            *cell = (0..3).map(|k| left[row][k] * right[k][column]).sum();
        }
    }
    result
}

fn preset(source: &Pixmap, name: &str) -> Result<Pixmap, Failure> {
    let warm =
        |amount: f32| [[1.0 + amount, 0.0, 0.0, 4.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0 - amount, 0.0]];
    let colours = match name {
        "vintage" => product(&warm(0.08), &saturation(0.65)),
        "sepia" => product(&warm(0.12), &saturation(0.0)),
        "cool" => warm(-0.1),
        "warm" => warm(0.1),
        "dramatic" => [[1.3, 0.0, 0.0, -38.0], [0.0, 1.3, 0.0, -38.0], [0.0, 0.0, 1.3, -38.0]],
        "muted" => saturation(0.55),
        _ => return Err(Failure::transform(format!("Unknown preset: {}", canvas::escaped(name)))),
    };
    Ok(recoloured(source, &colours))
}

fn tint(source: &Pixmap, params: &Map<String, Value>) -> Result<Pixmap, Failure> {
    let colour = canvas::text(params, "color", canvas::text(params, "tint", "#f59e0b"));
    let [r, g, b] = hex_colour(colour)
        .ok_or_else(|| Failure::transform(format!("Unknown color: {}", canvas::escaped(colour))))?;
    let grey = saturation(0.0);
    let row = |value: u8| {
        let share = 0.25 + 0.75 * f32::from(value) / 255.0;
        grey[0].map(|part| part * share * 1.15)
    };
    Ok(recoloured(source, &[row(r), row(g), row(b)]))
}

/// `#rgb` or `#rrggbb`.
fn hex_colour(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#')?;
    let digit = |index: usize| u8::from_str_radix(digits.get(index..=index)?, 16).ok();
    match digits.len() {
        3 => Some([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17]),
        6 => Some([digit(0)? * 16 + digit(1)?, digit(2)? * 16 + digit(3)?, digit(4)? * 16 + digit(5)?]),
        _ => None,
    }
}

fn resize(source: &Pixmap, params: &Map<String, Value>) -> Result<Pixmap, Failure> {
    let (w, h) = (f64::from(source.width()), f64::from(source.height()));
    let (width, height) = match (canvas::pixels(params, "width")?, canvas::pixels(params, "height")?) {
        (None, None) => return Err(Failure::transform("resize needs a width or a height")),
        (Some(width), None) => (width, (f64::from(width) * h / w).round().max(1.0) as u32),
        (None, Some(height)) => ((f64::from(height) * w / h).round().max(1.0) as u32, height),
        (Some(width), Some(height)) => (width, height),
    };
    let mut picture = canvas::blank(width, height)?;
    let (x, y) = (f64::from(width) / w, f64::from(height) / h);
    let (x, y) = match canvas::text(params, "fit", "cover") {
        "contain" | "inside" => (x.min(y), x.min(y)),
        "fill" => (x, y),
        _ => (x.max(y), x.max(y)),
    };
    let crisp = canvas::text(params, "kernel", "") == "nearest";
    // Halving first: one wide step would skip pixels and leave jagged edges.
    let mut shrunk = None;
    let (mut x, mut y) = (x, y);
    while !crisp && x <= 0.5 && y <= 0.5 {
        let from = shrunk.as_ref().unwrap_or(source);
        let Some(half) = halved(from) else { break };
        shrunk = Some(half);
        (x, y) = (x * 2.0, y * 2.0);
    }
    let from = shrunk.as_ref().unwrap_or(source);
    let left = (f64::from(width) - f64::from(from.width()) * x) / 2.0;
    let top = (f64::from(height) - f64::from(from.height()) * y) / 2.0;
    let place = Transform::from_row(x as f32, 0.0, 0.0, y as f32, left as f32, top as f32);
    let quality = if crisp { FilterQuality::Nearest } else { FilterQuality::Bilinear };
    let paint = PixmapPaint { quality, ..PixmapPaint::default() };
    picture.draw_pixmap(0, 0, from.as_ref(), &paint, place, None);
    Ok(picture)
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

fn round_corners(source: &Pixmap, radius: f64) -> Result<Pixmap, Failure> {
    let (w, h) = (source.width() as f32, source.height() as f32);
    let r = (radius as f32).min(w / 2.0).min(h / 2.0);
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
    let path =
        path.finish().ok_or_else(|| Failure::transform("the picture is too small for round corners"))?;
    let mut picture = canvas::blank(source.width(), source.height())?;
    let shader =
        Pattern::new(source.as_ref(), SpreadMode::Pad, FilterQuality::Nearest, 1.0, Transform::identity());
    let paint = Paint { shader, anti_alias: true, ..Paint::default() };
    picture.fill_path(&path, &paint, resvg::tiny_skia::FillRule::Winding, Transform::identity(), None);
    Ok(picture)
}

/// Three box blurs, which together come close to a Gaussian one.
fn blur(source: &Pixmap, sigma: f64) -> Pixmap {
    let radius = ((sigma * 0.94).round() as usize).clamp(1, 60);
    let mut picture = source.clone();
    let (width, height) = (source.width() as usize, source.height() as usize);
    let mut scratch = vec![0; width * height * 4];
    for _ in 0..3 {
        box_blur(picture.data(), &mut scratch, (width, height), 4, width * 4, radius);
        box_blur(&scratch, picture.data_mut(), (height, width), width * 4, 4, radius);
    }
    picture
}

/// Averages along lines of `length` pixels that lie `step` bytes apart; the lines lie `stride` bytes apart.
fn box_blur(
    from: &[u8],
    to: &mut [u8],
    (length, lines): (usize, usize),
    step: usize,
    stride: usize,
    radius: usize,
) {
    let span = (2 * radius + 1) as u32;
    let last = length - 1;
    for line in 0..lines {
        for channel in 0..4 {
            let start = line * stride + channel;
            let at = |index: usize| u32::from(from[start + index.min(last) * step]);
            let mut sum = at(0) * (radius as u32 + 1) + (1..=radius).map(at).sum::<u32>();
            for index in 0..length {
                to[start + index * step] = ((sum + span / 2) / span) as u8;
                sum = sum + at(index + radius + 1) - at(index.saturating_sub(radius));
            }
        }
    }
}

fn caption(
    source: &Pixmap,
    params: &Map<String, Value>,
    options: &usvg::Options<'_>,
) -> Result<Pixmap, Failure> {
    let width = source.width();
    let size = canvas::number(params, "fontSize", (f64::from(width) / 24.0).max(12.0), 6.0, 200.0);
    let columns = (f64::from(width) * 0.92 / (size * 0.6)).max(1.0) as usize;
    let lines = canvas::lines(canvas::text(params, "text", ""), columns, 3);
    if lines.is_empty() {
        return Err(Failure::transform("addCaption needs a text"));
    }
    let bar = (size * (1.35 * lines.len() as f64 + 0.9)).round() as u32;
    let ground = canvas::escaped(canvas::text(params, "backgroundColor", "#111827"));
    let ink = canvas::escaped(canvas::text(params, "textColor", "#ffffff"));
    let mut inside = format!(r#"<rect width="{width}" height="{bar}" fill="{ground}"/>"#);
    for (index, line) in lines.iter().enumerate() {
        let y = size * (1.35 * index as f64 + 1.42);
        inside.push_str(&format!(
            r#"<text x="{}" y="{y}" font-size="{size}" font-weight="bold" text-anchor="middle" fill="{ink}">{}</text>"#,
            width / 2,
            canvas::escaped(line)
        ));
    }
    let strip = canvas::render(&inside, (width, bar), options)?;
    let mut picture = canvas::blank(width, source.height() + bar)?;
    let on_top = canvas::text(params, "position", "bottom") == "top";
    let (strip_y, source_y) = if on_top { (0, bar as i32) } else { (source.height() as i32, 0) };
    let paint = PixmapPaint::default();
    picture.draw_pixmap(0, source_y, source.as_ref(), &paint, Transform::identity(), None);
    picture.draw_pixmap(0, strip_y, strip.as_ref(), &paint, Transform::identity(), None);
    Ok(picture)
}
