//! How a frame is divided between picture, motif and words. Words always stand on one plain colour.

use std::fmt::Write;

use super::super::Brief;
use super::lettering::{self, Setting};
use super::motifs::Motif;
use super::{Poster, Scheme};

const LAYOUTS: [fn(&mut Brief, &Poster) -> String; 10] =
    [stacked, loud, split, slanted, round, grid, framed, pattern, horizon, column];

/// One of the layouts.
pub(super) fn any(brief: &mut Brief, poster: &Poster) -> String {
    let room = brief.has(&["space at the bottom", "clear layout"]);
    let choice = brief.below(LAYOUTS.len());
    let choice = match (choice, poster.motif) {
        // Asked for room below, the words must not stand there.
        (0 | 5, _) if room => 8,
        // A floor must not be built over, and what the prompt names must be seen beside a pattern of pictograms.
        (0 | 1, Motif::Checkerboard) => 3,
        (7, motif) if !matches!(motif, Motif::Spiral | Motif::Confetti | Motif::Circles) => 6,
        _ => choice,
    };
    LAYOUTS[choice](brief, poster)
}

pub(super) fn ground(poster: &Poster) -> String {
    format!(r#"<rect width="{}" height="{}" fill="{}"/>"#, poster.width, poster.height, poster.scheme.ground)
}

pub(super) fn rect(svg: &mut String, (x, y, w, h): (f64, f64, f64, f64), fill: &str) {
    _ = write!(svg, r#"<rect x="{x:.0}" y="{y:.0}" width="{w:.0}" height="{h:.0}" fill="{fill}"/>"#);
}

pub(super) fn write_words(
    svg: &mut String,
    brief: &mut Brief,
    poster: &Poster,
    area: (f64, f64, f64, f64),
    scheme: &Scheme,
    (centred, down): (bool, f64),
) {
    let setting = Setting {
        area,
        ink: scheme.ink,
        ground: scheme.ground,
        others: [scheme.hot, scheme.second],
        centred,
        down,
    };
    lettering::set(svg, brief, poster.style, &poster.words, &setting);
}

/// A disc for the pictogram to stand on where a motif is behind it.
pub(super) fn medal(svg: &mut String, poster: &Poster, (x, y): (f64, f64), r: f64, fill: &'static str) {
    _ = write!(svg, r#"<circle cx="{x:.0}" cy="{y:.0}" r="{r:.0}" fill="{fill}"/>"#);
    *svg += &poster.icon_on((x, y), r * 0.7, &Scheme::on(&poster.scheme.palette, fill));
}

/// Picture above, words below at the left.
fn stacked(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let mut svg = ground(poster);
    let line = h * if h > w * 1.2 { 0.68 } else { brief.range(0.56, 0.62) };
    let figure = poster.motif.is_a_figure();
    let aside = w * if figure { 0.68 } else { brief.range(0.4, 0.6) };
    poster.motif.draw(&mut svg, brief, poster, (aside, line * 0.5), line.min(w) * 0.46);
    let (at, share) = if figure { ((w * 0.23, line * 0.62), 0.24) } else { ((w * 0.5, line * 0.54), 0.32) };
    medal(&mut svg, poster, at, line.min(w) * share, poster.scheme.ground);
    rect(&mut svg, (0.0, line, w, h - line), poster.scheme.ground);
    rect(&mut svg, (0.0, line, w, 12.0 * u), poster.scheme.ink);
    write_words(
        &mut svg,
        brief,
        poster,
        (60.0 * u, line + 50.0 * u, w - 120.0 * u, h - line - 110.0 * u),
        &poster.scheme,
        (false, 0.0),
    );
    svg
}

/// The words fill most of the frame; picture and motif look in from a corner.
fn loud(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let mut svg = ground(poster);
    let top = (h * 0.36).max(h - w);
    poster.motif.draw(&mut svg, brief, poster, (w * 0.74, top * 0.42), top.min(w) * 0.58);
    rect(&mut svg, (0.0, top, w, h - top), poster.scheme.ground);
    medal(&mut svg, poster, (w * 0.22, top * 0.55), top.min(w) * 0.34, poster.scheme.second);
    write_words(
        &mut svg,
        brief,
        poster,
        (54.0 * u, top + 40.0 * u, w - 108.0 * u, h - top - 90.0 * u),
        &poster.scheme,
        (false, 1.0),
    );
    svg
}

/// Two colours side by side: words on one, the picture on the other.
fn split(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let s = poster.scheme;
    let mut svg = ground(poster);
    let other = poster.again(if w > h * 0.9 { (w * 0.46, h) } else { (w, h * 0.46) }, s.hot);
    let mut inside = ground(&other);
    other.motif.draw(
        &mut inside,
        brief,
        &other,
        (other.width * 0.5, other.height * 0.36),
        other.width.min(other.height) * 0.5,
    );
    let fill = if other.scheme.ground == s.ground { other.scheme.tint } else { s.ground };
    medal(
        &mut inside,
        &other,
        (other.width * 0.5, other.height * 0.62),
        other.width.min(other.height) * 0.32,
        fill,
    );
    let wide = w > h * 0.9;
    let first = brief.chance(0.5);
    let at = match (wide, first) {
        (true, false) => (w - other.width, 0.0),
        (false, false) => (0.0, h - other.height),
        _ => (0.0, 0.0),
    };
    super::inset(&mut svg, &inside, at, &other);
    let area = match (wide, first) {
        (true, true) => (other.width + 50.0 * u, 80.0 * u, w - other.width - 100.0 * u, h - 160.0 * u),
        (true, false) => (50.0 * u, 80.0 * u, w - other.width - 100.0 * u, h - 160.0 * u),
        (false, true) => (60.0 * u, other.height + 60.0 * u, w - 120.0 * u, h - other.height - 120.0 * u),
        (false, false) => (60.0 * u, 80.0 * u, w - 120.0 * u, h - other.height - 140.0 * u),
    };
    let down = if brief.chance(0.5) { 1.0 } else { 0.0 };
    write_words(&mut svg, brief, poster, area, &s, (false, down));
    svg
}

/// A band across the frame at a slant carries the words.
fn slanted(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let s = poster.scheme;
    let mut svg = ground(poster);
    poster.motif.draw(&mut svg, brief, poster, (w * 0.6, h * 0.28), w.min(h) * 0.36);
    let (middle, tall, turn) = (h * 0.66, h * 0.3, brief.range(-9.0, -4.0));
    medal(&mut svg, poster, (w * 0.3, h * 0.27), w.min(h) * 0.24, s.ground);
    _ = write!(svg, r#"<g transform="rotate({turn:.1} {:.0} {middle:.0})">"#, w / 2.0);
    let band = Scheme::on(&s.palette, s.over(s.ground));
    rect(&mut svg, (-w, middle - tall / 2.0 - 18.0 * u, w * 3.0, tall + 36.0 * u), s.hot);
    rect(&mut svg, (-w, middle - tall / 2.0, w * 3.0, tall), band.ground);
    let style = if poster.style == lettering::Type::Tilted { lettering::Type::Plain } else { poster.style };
    let setting = Setting {
        area: (70.0 * u, middle - tall / 2.0 + 26.0 * u, w - 140.0 * u, tall - 52.0 * u),
        ink: band.ink,
        ground: band.ground,
        others: [band.hot, band.second],
        centred: true,
        down: 0.5,
    };
    lettering::set(&mut svg, brief, style, &poster.words, &setting);
    svg + "</g>"
}

/// A great disc holds everything.
fn round(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let s = poster.scheme;
    let mut svg = ground(poster);
    let r = w.min(h) * 0.4;
    let (x, y) = (w / 2.0, h * 0.5);
    let aside = x + r * brief.range(-0.8, 0.8);
    poster.motif.draw(&mut svg, brief, poster, (aside, y - r * 0.9), r * 0.8);
    let disc =
        Scheme::on(&s.palette, if s.ground == s.palette.light { s.palette.deep } else { s.palette.light });
    _ = write!(
        svg,
        r#"<circle cx="{x:.0}" cy="{y:.0}" r="{r:.0}" fill="{}"/><circle cx="{x:.0}" cy="{y:.0}" r="{:.0}" fill="none" stroke="{}" stroke-width="{:.0}"/>"#,
        disc.ground,
        r - 22.0 * u,
        disc.ink,
        5.0 * u
    );
    svg += &poster.icon_on((x, y - r * 0.38), r * 0.36, &disc);
    write_words(
        &mut svg,
        brief,
        poster,
        (x - r * 0.74, y + r * 0.06, r * 1.48, r * 0.56),
        &disc,
        (true, 0.5),
    );
    svg
}

/// Squares of colour, the picture in some of them, the words across two rows.
fn grid(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let s = poster.scheme;
    let mut svg = ground(poster);
    let (columns, rows) = if w > h * 1.2 {
        (5, 3)
    } else if h > w * 1.2 {
        (3, 5)
    } else {
        (3, 3)
    };
    let (a, b) = (w / f64::from(columns), h / f64::from(rows));
    let shown = if rows == 5 { 3 } else { rows - 1 };
    let tones = [s.hot, s.second, s.tint, s.ink];
    let hero = (brief.below(columns as usize) as i32, brief.below(shown as usize) as i32);
    for row in 0..shown {
        for column in 0..columns {
            let cell = poster.again((a, b), tones[((row * 2 + column) as usize + brief.below(2)) % 4]);
            let mut inside = ground(&cell);
            let middle = (a / 2.0, b / 2.0);
            if (column, row) == hero || brief.chance(0.3) {
                inside += &cell.icon_at(middle, a.min(b) * 0.34);
            } else {
                let motif = if brief.chance(0.6) {
                    cell.motif
                } else {
                    [Motif::Circles, Motif::Rays, Motif::Confetti][brief.below(3)]
                };
                motif.draw(&mut inside, brief, &cell, middle, a.min(b) * 0.36);
            }
            super::inset(&mut svg, &inside, (f64::from(column) * a, f64::from(row) * b), &cell);
        }
    }
    let top = f64::from(shown) * b;
    write_words(
        &mut svg,
        brief,
        poster,
        (50.0 * u, top + 36.0 * u, w - 100.0 * u, h - top - 80.0 * u),
        &s,
        (false, 0.0),
    );
    svg
}

/// A thick frame, the picture in the middle, words above.
fn framed(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let s = poster.scheme;
    let mut svg = format!(r#"<rect width="{w}" height="{h}" fill="{}"/>"#, s.hot);
    let edge = 46.0 * u;
    let inner = poster.again((w - 2.0 * edge, h - 2.0 * edge), s.ground);
    let mut inside = ground(&inner);
    let top = inner.height * 0.4;
    inner.motif.draw(
        &mut inside,
        brief,
        &inner,
        (inner.width * 0.5, top + (inner.height - top) * 0.5),
        inner.width.min(inner.height - top) * 0.44,
    );
    rect(&mut inside, (0.0, 0.0, inner.width, top), s.ground);
    medal(
        &mut inside,
        &inner,
        (inner.width * 0.5, top + (inner.height - top) * 0.52),
        inner.width.min(inner.height - top) * 0.3,
        s.ground,
    );
    write_words(
        &mut inside,
        brief,
        &inner,
        (40.0 * u, 46.0 * u, inner.width - 80.0 * u, top - 70.0 * u),
        &inner.scheme,
        (true, 0.5),
    );
    super::inset(&mut svg, &inside, (edge, edge), &inner);
    svg
}

/// The picture again and again, and a label across it.
pub(super) fn pattern(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let s = poster.scheme;
    let mut svg = ground(poster);
    let step = 200.0 * u;
    let turn = brief.range(-14.0, 14.0);
    _ = write!(svg, r#"<g transform="rotate({turn:.0} {:.0} {:.0})">"#, w / 2.0, h / 2.0);
    let (columns, rows) = ((w / step) as i32 + 3, (h / step) as i32 + 3);
    for row in -2..rows {
        for column in -2..columns {
            let at = (
                f64::from(column) * step + if row % 2 == 0 { 0.0 } else { step / 2.0 },
                f64::from(row) * step,
            );
            if (column + row) % 3 == 0 {
                _ = write!(
                    svg,
                    r#"<circle cx="{:.0}" cy="{:.0}" r="{:.0}" fill="{}"/>"#,
                    at.0,
                    at.1,
                    34.0 * u,
                    s.tint
                );
            } else {
                svg += &poster.icon_at(at, 56.0 * u);
            }
        }
    }
    svg += "</g>";
    let label = Scheme::on(&s.palette, s.over(s.ground));
    let (tall, top) = (h * 0.36, h * brief.range(0.3, 0.44));
    rect(&mut svg, (44.0 * u, top - 16.0 * u, w - 88.0 * u, tall + 32.0 * u), s.hot);
    rect(&mut svg, (60.0 * u, top, w - 120.0 * u, tall), label.ground);
    write_words(
        &mut svg,
        brief,
        poster,
        (96.0 * u, top + 34.0 * u, w - 192.0 * u, tall - 68.0 * u),
        &label,
        (true, 0.5),
    );
    svg
}

/// Words in the sky, hills below, the picture between.
fn horizon(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let s = poster.scheme;
    let mut svg = ground(poster);
    let sky = h * 0.38;
    let (aside, stand) = if brief.chance(0.5) { (0.34, 0.72) } else { (0.66, 0.28) };
    poster.motif.draw(&mut svg, brief, poster, (w * aside, h * 0.7), w.min(h) * 0.32);
    rect(&mut svg, (0.0, 0.0, w, sky), s.ground);
    let level = h * 0.84;
    let hill = s.over(s.ground);
    medal(&mut svg, poster, (w * stand, level - w.min(h) * 0.15), w.min(h) * 0.21, s.ground);
    _ = write!(
        svg,
        r#"<path d="M0 {level:.0}C{:.0} {:.0} {:.0} {:.0} {w} {level:.0}V{h}H0z" fill="{hill}"/>"#,
        w * 0.3,
        level - 70.0 * u,
        w * 0.6,
        level + 60.0 * u
    );
    write_words(
        &mut svg,
        brief,
        poster,
        (60.0 * u, 70.0 * u, w - 120.0 * u, sky - 90.0 * u),
        &s,
        (poster.words.len() < 3, 0.5),
    );
    svg
}

/// The words climb the left edge.
fn column(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let s = poster.scheme;
    let mut svg = ground(poster);
    let wide = w * if w > h { 0.26 } else { 0.34 };
    poster.motif.draw(&mut svg, brief, poster, (wide + (w - wide) * 0.5, h * 0.34), (w - wide).min(h) * 0.42);
    medal(
        &mut svg,
        poster,
        (wide + (w - wide) * brief.range(0.42, 0.6), h * 0.66),
        (w - wide).min(h) * 0.27,
        s.ground,
    );
    let bar = Scheme::on(&s.palette, s.over(s.ground));
    rect(&mut svg, (0.0, 0.0, wide, h), bar.ground);
    _ = write!(svg, r#"<g transform="translate(0 {h}) rotate(-90)">"#);
    write_words(
        &mut svg,
        brief,
        poster,
        (50.0 * u, 34.0 * u, h - 100.0 * u, wide - 68.0 * u),
        &bar,
        (false, 0.0),
    );
    svg + "</g>"
}
