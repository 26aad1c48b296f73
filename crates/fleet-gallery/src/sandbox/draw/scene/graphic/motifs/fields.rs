//! Motifs that spread over the frame: scraps, blocks, a ribbon, confetti, torn paper, a floor, rays.

use std::f64::consts::TAU;
use std::fmt::Write;

use super::super::super::Brief;
use super::super::Poster;

pub(super) fn rays(svg: &mut String, poster: &Poster, (x, y): (f64, f64), count: usize, reach: f64) {
    let mut path = String::new();
    for ray in 0..count {
        let (angle, wide) = (TAU * ray as f64 / count as f64, TAU / count as f64 / 4.0);
        let end = |angle: f64| (x + reach * angle.cos(), y + reach * angle.sin());
        let (a, b) = (end(angle - wide), end(angle + wide));
        _ = write!(path, "M{x:.0} {y:.0}L{:.0} {:.0}L{:.0} {:.0}z", a.0, a.1, b.0, b.1);
    }
    _ = write!(svg, r#"<path d="{path}" fill="{}"/>"#, poster.scheme.tint);
}

/// Offcuts of coloured paper.
pub(super) fn scraps(svg: &mut String, brief: &mut Brief, poster: &Poster) {
    let s = &poster.scheme;
    for _ in 0..34 {
        let (x, y) = (brief.range(0.0, poster.width), brief.range(0.0, poster.height));
        let r = brief.range(20.0, 74.0) * poster.unit;
        let colour = [s.hot, s.second, s.tint][brief.below(3)];
        let mut points = String::new();
        for corner in 0..4 {
            let angle = TAU * (f64::from(corner) + brief.range(0.0, 0.7)) / 4.0;
            _ = write!(points, "{:.0},{:.0} ", x + r * angle.cos(), y + r * angle.sin() * 0.7);
        }
        _ = write!(svg, r#"<polygon points="{points}" fill="{colour}"/>"#);
    }
}

pub(super) fn blocks(svg: &mut String, brief: &mut Brief, poster: &Poster, y: f64) {
    let s = &poster.scheme;
    let (w, h) = (poster.width, poster.height);
    let colours = [s.hot, s.second, s.tint];
    let side = w / 5.0;
    let rows = ((h - y * 0.5) / side).ceil() as usize;
    for column in 0..5 {
        let tall = 1 + brief.below(rows.max(2));
        for row in 0..tall {
            let (left, top) = (column as f64 * side, h - (row as f64 + 1.0) * side);
            let colour = colours[(column + row + brief.below(2)) % 3];
            _ = write!(
                svg,
                r##"<rect x="{left:.0}" y="{top:.0}" width="{:.0}" height="{:.0}" fill="{colour}"/>"##,
                side + 1.0,
                side + 1.0
            );
            let (cx, cy, half) = (left + side / 2.0, top + side / 2.0, side / 2.0);
            match brief.below(5) {
                0 => {
                    _ = write!(
                        svg,
                        r#"<circle cx="{cx:.0}" cy="{cy:.0}" r="{:.0}" fill="{}"/>"#,
                        half * 0.62,
                        s.ground
                    )
                }
                1 => {
                    _ = write!(
                        svg,
                        r#"<path d="M{left:.0} {top:.0}h{side:.0}A{side:.0} {side:.0} 0 0 1 {left:.0} {:.0}z" fill="{}"/>"#,
                        top + side,
                        colours[(column + row + 2) % 3]
                    )
                }
                2 => {
                    _ = write!(
                        svg,
                        r#"<path d="M{left:.0} {top:.0}l{side:.0} {side:.0}H{left:.0}z" fill="{}"/>"#,
                        s.ink
                    )
                }
                _ => {}
            }
        }
    }
}

pub(super) fn ribbon(svg: &mut String, brief: &mut Brief, poster: &Poster, y: f64) {
    let s = &poster.scheme;
    let (w, u) = (poster.width, poster.unit);
    let (wide, swing) = (brief.range(90.0, 130.0) * u, brief.range(130.0, 240.0) * u);
    let path = |down: f64| {
        format!(
            "M-40 {:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} {:.0}S{:.0} {:.0} {:.0} {:.0}",
            y + down,
            w * 0.2,
            y - swing * 1.6 + down,
            w * 0.32,
            y + swing * 1.5 + down,
            w * 0.56,
            y + down,
            w * 0.8,
            y - swing * 1.4 + down,
            w + 40.0,
            y + swing * 0.3 + down
        )
    };
    for (down, colour, share) in [
        (wide * 0.34, s.second, 1.0),
        (0.0, s.hot, 1.0),
        (-wide * 0.3, s.tint, 0.14),
        (wide * 0.3, s.tint, 0.14),
    ] {
        _ = write!(
            svg,
            r#"<path d="{}" fill="none" stroke="{colour}" stroke-width="{:.0}"/>"#,
            path(down),
            wide * share
        );
    }
}

pub(super) fn confetti(svg: &mut String, brief: &mut Brief, poster: &Poster) {
    let s = &poster.scheme;
    for colour in [s.hot, s.second, s.tint] {
        let mut path = String::new();
        for _ in 0..34 {
            let (x, y, turn) =
                (brief.range(0.0, poster.width), brief.range(0.0, poster.height), brief.range(0.0, TAU));
            let r = brief.range(9.0, 40.0) * poster.unit;
            for corner in 0..3 {
                let angle = turn + TAU * f64::from(corner) / 3.0;
                _ = write!(
                    path,
                    "{}{:.0} {:.0}",
                    if corner == 0 { "M" } else { "L" },
                    x + r * angle.cos(),
                    y + r * angle.sin() * 0.8
                );
            }
            path.push('z');
        }
        _ = write!(svg, r#"<path d="{path}" fill="{colour}"/>"#);
    }
}

pub(super) fn torn(svg: &mut String, brief: &mut Brief, poster: &Poster, y: f64) {
    let s = &poster.scheme;
    let (w, h, u) = (poster.width, poster.height, poster.unit);
    let lean = brief.range(-90.0, 90.0) * u;
    let mut edge = Vec::new();
    for step in 0..=64 {
        let share = f64::from(step) / 64.0;
        edge.push((
            w * share,
            y + lean * (share - 0.5) + brief.range(-11.0, 11.0) * u + 16.0 * u * (share * 9.0).sin(),
        ));
    }
    for (lift, colour) in [(-24.0, s.tint), (0.0, s.hot)] {
        let mut path = format!("M-5 {h}");
        for (x, y) in &edge {
            _ = write!(
                path,
                "L{x:.0} {:.0}",
                y + lift * u + if lift < 0.0 { brief.range(-8.0, 5.0) * u } else { 0.0 }
            );
        }
        _ = write!(svg, r#"<path d="{path}L{:.0} {h}z" fill="{colour}"/>"#, w + 5.0);
    }
}

/// A floor that runs to the horizon.
pub(super) fn checkerboard(svg: &mut String, brief: &mut Brief, poster: &Poster) {
    let s = &poster.scheme;
    let (w, h) = (poster.width, poster.height);
    let top = h * brief.range(0.6, 0.68);
    let level = |row: i32| top + (h - top) * (f64::from(row) / 7.0).powf(1.9);
    let across =
        |column: i32, y: f64| w / 2.0 + f64::from(column) * w * (0.05 + 0.13 * (y - top) / (h - top));
    let mut path = String::new();
    for row in 0..7 {
        let (y, next) = (level(row), level(row + 1));
        for column in (-11..11).filter(|column| (column + row) % 2 == 0) {
            _ = write!(
                path,
                "M{:.0} {y:.0}L{:.0} {y:.0}L{:.0} {next:.0}L{:.0} {next:.0}z",
                across(column, y),
                across(column + 1, y),
                across(column + 1, next),
                across(column, next)
            );
        }
    }
    _ = write!(
        svg,
        r#"<path d="M0 {top:.0}H{w}V{h}H0z" fill="{}"/><path d="{path}" fill="{}"/>"#,
        s.tint, s.second
    );
}
