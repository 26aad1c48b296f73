//! Formats: how a campaign is framed where it is more than one plain picture.

use std::fmt::Write;

use super::super::Brief;
use super::layouts::{self, ground, medal, rect, write_words};
use super::{Poster, Scheme, inset};

/// Several frames side by side: the first whole, the others to be swiped to, and where one is.
pub(super) fn frames(brief: &mut Brief, poster: &Poster) -> String {
    let s = poster.scheme;
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let p = s.palette;
    let desk = [p.soft, p.deep, p.dark, p.mid].into_iter().find(|tone| *tone != s.ground).unwrap_or(p.light);
    let mut svg = format!(r#"<rect width="{w}" height="{h}" fill="{desk}"/>"#);
    let size = (h * 0.62, h * 0.78);
    let (top, gap) = (h * 0.08, 34.0 * u);
    let grounds = [s.ground, s.hot, s.second, s.tint];
    let count = if w > h { 3 } else { 2 };
    let five = brief.has(&["five-part", "five part", "carousel"]);
    for frame in (0..count).rev() {
        let part = poster.again(size, grounds[frame % 4]);
        let left = if w > h { w * 0.06 } else { w * 0.09 } + frame as f64 * (size.0 + gap);
        let inside = match frame {
            0 => layouts::any(brief, &part),
            1 => picture(brief, &part),
            _ => layouts::pattern(brief, &part),
        };
        _ = write!(
            svg,
            r##"<rect x="{:.0}" y="{:.0}" width="{:.0}" height="{:.0}" fill="#000" fill-opacity=".18"/>"##,
            left + 10.0 * u,
            top + 14.0 * u,
            size.0,
            size.1
        );
        inset(&mut svg, &inside, (left, top), &part);
    }
    let (many, ink) = (if five { 5 } else { 3 }, s.over(desk));
    for dot in 0..many {
        let (x, y) = (w / 2.0 + (f64::from(dot) - f64::from(many - 1) / 2.0) * 36.0 * u, h * 0.93);
        let (r, opacity) = if dot == 0 { (11.0, 1.0) } else { (8.0, 0.4) };
        _ = write!(
            svg,
            r#"<circle cx="{x:.0}" cy="{y:.0}" r="{:.0}" fill="{ink}" fill-opacity="{opacity}"/>"#,
            r * u
        );
    }
    svg
}

/// A tall frame, as a telephone shows it, on a ground of its own.
pub(super) fn phone(brief: &mut Brief, poster: &Poster) -> String {
    let s = poster.scheme;
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let desk = if s.hot == s.ground { s.second } else { s.hot };
    let mut svg = format!(r#"<rect width="{w}" height="{h}" fill="{desk}"/>"#);
    let behind = poster.again((w, h), desk);
    poster.motif.draw(&mut svg, brief, &behind, (w * 0.5, h * 0.5), h * 0.42);
    let part = poster.again((h * 0.525, h * 0.92), s.ground);
    let mut inside = layouts::any(brief, &part);
    // The bars that run out while the story is shown.
    let bar = (part.width - 60.0 * u) / 3.0;
    for step in 0..3 {
        _ = write!(
            inside,
            r#"<rect x="{:.0}" y="{:.0}" width="{:.0}" height="{:.0}" rx="4" fill="{}" fill-opacity="{}"/>"#,
            24.0 * u + f64::from(step) * (bar + 6.0 * u),
            16.0 * u,
            bar,
            7.0 * u,
            part.scheme.ink,
            if step == 0 { 1.0 } else { 0.35 }
        );
    }
    let at = ((w - part.width) / 2.0, h * 0.04);
    _ = write!(
        svg,
        r##"<rect x="{:.0}" y="{:.0}" width="{:.0}" height="{:.0}" rx="{r:.0}" fill="#000" fill-opacity=".25"/><rect x="{:.0}" y="{:.0}" width="{:.0}" height="{:.0}" rx="{r:.0}" fill="{}"/>"##,
        at.0 - 2.0 * u,
        at.1 + 8.0 * u,
        part.width + 20.0 * u,
        part.height + 16.0 * u,
        at.0 - 12.0 * u,
        at.1 - 12.0 * u,
        part.width + 24.0 * u,
        part.height + 24.0 * u,
        s.palette.dark,
        r = 34.0 * u
    );
    inset(&mut svg, &inside, at, &part);
    svg
}

/// A frame without words: the picture, large, on its motif.
fn picture(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h) = (poster.width, poster.height);
    let mut svg = ground(poster);
    poster.motif.draw(&mut svg, brief, poster, (w * 0.5, h * 0.4), w.min(h) * 0.44);
    medal(&mut svg, poster, (w * 0.5, h * 0.55), w.min(h) * 0.36, poster.scheme.ground);
    svg
}

/// A strip that runs on at both ends, between two bands of pattern.
pub(super) fn banner(brief: &mut Brief, poster: &Poster) -> String {
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let s = poster.scheme;
    let mut svg = ground(poster);
    poster.motif.draw(&mut svg, brief, poster, (w * 0.5, h * 0.2), w.min(h) * 0.34);
    let (top, tall) = (h * 0.36, h * 0.3);
    let band = Scheme::on(&s.palette, s.over(s.ground));
    rect(&mut svg, (0.0, top, w, tall), band.ground);
    for edge in [top - 22.0 * u, top + tall + 8.0 * u] {
        rect(&mut svg, (0.0, edge, w, 14.0 * u), s.hot);
    }
    write_words(
        &mut svg,
        brief,
        poster,
        (50.0 * u, top + 34.0 * u, w - 100.0 * u, tall - 68.0 * u),
        &band,
        (true, 0.5),
    );
    let (row, r) = (h * 0.84, h * 0.1);
    rect(&mut svg, (0.0, row - r * 1.25, w, r * 2.5), s.ground);
    let mut x = -r * 0.4;
    let mut number = 0;
    while x < w + r {
        let tones = [s.hot, s.second, s.tint];
        medal(&mut svg, poster, (x, row), r, tones[number % 3]);
        x += r * 2.3;
        number += 1;
    }
    svg
}
