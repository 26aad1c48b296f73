//! A social graphic: a few loud shapes, a few large words, room around both.

use std::f64::consts::TAU;
use std::fmt::Write;

use super::{Brief, canvas, vertical};

pub(super) const WORDS: &[&str] = &[
    "campaign",
    "poster",
    "social",
    "story",
    "reel",
    "carousel",
    "banner",
    "sale",
    "launch",
    "bold",
    "typography",
    "typographic",
    "instagram",
    "announcement",
    "graphic",
    "promo",
    "brand",
    "trend",
    "engagement",
    "giveaway",
    "sticker",
    "flyer",
];

pub(super) fn paint(brief: &mut Brief) -> String {
    let p = brief.palette;
    let (w, h) = (brief.width, brief.height);
    let unit = w.min(h) / 1024.0;
    let dark_ground = brief.chance(0.5);
    let (ground, ink) = if dark_ground { (p.dark, p.light) } else { (p.light, p.dark) };
    let mut svg = format!(
        "<defs>{}{}</defs>",
        vertical("a", &[(0.0, p.accent), (1.0, p.mid)]),
        vertical("b", &[(0.0, p.mid), (1.0, p.deep)])
    );
    _ = write!(svg, r#"<rect width="{w}" height="{h}" fill="{ground}"/>"#);
    match brief.below(4) {
        0 => arcs(&mut svg, brief, unit),
        1 => sunburst(&mut svg, brief),
        2 => tiles(&mut svg, brief, unit),
        _ => waves(&mut svg, brief),
    }
    dots(&mut svg, brief, unit);
    let top = words(&mut svg, brief, unit, ink, ground);
    let (seal, call) = if dark_ground { (p.accent, p.dark) } else { (p.dark, p.light) };
    badge(&mut svg, brief, unit, top, (seal, call));
    svg
}

fn arcs(svg: &mut String, brief: &mut Brief, unit: f64) {
    let p = brief.palette;
    let (x, y) = (brief.width * brief.range(0.6, 1.0), brief.height * brief.range(0.1, 0.4));
    for (ring, colour) in ["url(#b)", p.soft, "url(#a)", p.light, p.accent].iter().enumerate() {
        _ = write!(
            svg,
            r#"<circle cx="{x}" cy="{y}" r="{}" fill="{colour}"/>"#,
            (560.0 - 112.0 * ring as f64) * unit
        );
    }
}

fn sunburst(svg: &mut String, brief: &mut Brief) {
    let p = brief.palette;
    let (x, y) = (brief.width * brief.range(0.3, 0.7), brief.height * brief.range(0.2, 0.4));
    let reach = brief.width + brief.height;
    let rays = 12 + brief.below(5);
    for ray in 0..rays {
        let angle = TAU * ray as f64 / rays as f64;
        let wide = TAU / rays as f64 / 4.0;
        _ = write!(
            svg,
            r#"<path d="M{x} {y}L{} {}L{} {}z" fill="{}"/>"#,
            x + reach * (angle - wide).cos(),
            y + reach * (angle - wide).sin(),
            x + reach * (angle + wide).cos(),
            y + reach * (angle + wide).sin(),
            if ray % 2 == 0 { p.soft } else { p.mid }
        );
    }
    _ = write!(
        svg,
        r#"<circle cx="{x}" cy="{y}" r="{}" fill="url(#a)"/>"#,
        brief.width.min(brief.height) * 0.21
    );
}

fn tiles(svg: &mut String, brief: &mut Brief, unit: f64) {
    let p = brief.palette;
    let side = 256.0 * unit;
    let colours = [p.deep, p.mid, p.soft, p.accent];
    let (columns, rows) = ((brief.width / side).ceil() as usize, (brief.height / side).ceil() as usize);
    for row in 0..rows.saturating_sub(2) {
        for column in 0..columns {
            let (x, y) = (column as f64 * side, row as f64 * side);
            let (back, front) = (colours[brief.below(4)], colours[brief.below(4)]);
            _ = write!(svg, r#"<rect x="{x}" y="{y}" width="{side}" height="{side}" fill="{back}"/>"#);
            let turn = 90 * brief.below(4);
            let motif = match brief.below(3) {
                0 => format!("M0 0A{side} {side} 0 0 1 {side} {side}L0 {side}z"),
                1 => format!("M0 0L{side} {side}L0 {side}z"),
                _ => format!(
                    "M{half} 0A{half} {half} 0 0 1 {half} {side}A{half} {half} 0 0 1 {half} 0z",
                    half = side / 2.0
                ),
            };
            _ = write!(
                svg,
                r#"<path d="{motif}" fill="{front}" transform="translate({x} {y}) rotate({turn} {half} {half})"/>"#,
                half = side / 2.0
            );
        }
    }
}

fn waves(svg: &mut String, brief: &mut Brief) {
    let p = brief.palette;
    let (w, h) = (brief.width, brief.height);
    for (band, colour) in ["url(#b)", p.mid, p.accent, p.soft].iter().enumerate() {
        let y = h * (0.12 + 0.12 * band as f64);
        let swell = h * brief.range(0.05, 0.13);
        _ = write!(
            svg,
            r#"<path d="M0 {y}C{} {} {} {} {w} {y}V{}C{} {} {} {} 0 {}z" fill="{colour}"/>"#,
            w * 0.3,
            y - swell,
            w * 0.6,
            y + swell,
            y + h * 0.12,
            w * 0.6,
            y + h * 0.12 + swell,
            w * 0.3,
            y + h * 0.12 - swell,
            y + h * 0.12
        );
    }
}

fn dots(svg: &mut String, brief: &mut Brief, unit: f64) {
    let colour = brief.palette.accent;
    let (x, y) = (64.0 * unit, 72.0 * unit);
    for dot in 0..24 {
        let (column, row) = (f64::from(dot % 8), f64::from(dot / 8));
        _ = write!(
            svg,
            r#"<circle cx="{}" cy="{}" r="{}" fill="{colour}"/>"#,
            x + column * 30.0 * unit,
            y + row * 30.0 * unit,
            6.0 * unit
        );
    }
}

/// What a wide picture has on either side of the square that small screens show.
fn margin(brief: &Brief) -> f64 {
    (brief.width - brief.height).max(0.0) / 2.0
}

/// Sets the words at the foot and returns where they begin.
fn words(svg: &mut String, brief: &mut Brief, unit: f64, ink: &str, ground: &str) -> f64 {
    let mut words = brief.headline(3);
    if words.is_empty() {
        words = vec!["Hello".into()];
    }
    let longest = words.iter().map(|word| word.chars().count()).max().unwrap_or(1) as f64;
    let size = (brief.width.min(brief.height) * 0.8 / (longest * 0.8)).min(190.0 * unit);
    let tall = size * (1.02 * words.len() as f64 + 0.7);
    let top = brief.height - tall - 96.0 * unit;
    // The words stand on a ground of their own, so that no shape behind them makes them hard to read.
    _ = write!(
        svg,
        r#"<rect y="{top}" width="{}" height="{}" fill="{ground}"/><rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>"#,
        brief.width,
        brief.height - top,
        margin(brief) + 64.0 * unit,
        top + size * 0.1,
        150.0 * unit,
        14.0 * unit,
        brief.palette.accent
    );
    for (line, word) in words.iter().enumerate() {
        let y = top + size * (1.12 + 1.02 * line as f64);
        _ = write!(
            svg,
            r#"<text x="{}" y="{y}" font-size="{size}" font-weight="bold" fill="{ink}" letter-spacing="{}">{}</text>"#,
            margin(brief) + 60.0 * unit,
            -0.03 * size,
            canvas::escaped(&word.to_uppercase())
        );
    }
    top
}

fn badge(svg: &mut String, brief: &mut Brief, unit: f64, top: f64, (seal, ink): (&str, &str)) {
    const CALLS: &[&str] = &["NEW", "NOW", "LIVE", "TODAY", "VOL. 2", "HELLO", "OPEN"];
    let call = CALLS[brief.below(CALLS.len())];
    let (x, y) = (brief.width - margin(brief) - 180.0 * unit, top - 110.0 * unit);
    let turn = brief.range(-18.0, 18.0);
    let mut spikes = String::new();
    for corner in 0..40 {
        let reach = if corner % 2 == 0 { 124.0 } else { 106.0 };
        let angle = TAU * f64::from(corner) / 40.0;
        _ = write!(spikes, "{:.1},{:.1} ", reach * angle.cos(), reach * angle.sin());
    }
    _ = write!(
        svg,
        r#"<g transform="translate({x} {y}) rotate({turn:.1}) scale({unit})"><polygon points="{spikes}" fill="{seal}"/><text y="16" font-size="46" font-weight="bold" text-anchor="middle" fill="{ink}">{call}</text></g>"#
    );
}
