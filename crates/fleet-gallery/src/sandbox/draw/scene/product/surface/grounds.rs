//! The grain of each surface, drawn over its colour: weave, speckles, planks, chips, stones.

use std::f64::consts::TAU;
use std::fmt::Write;

use super::super::super::Brief;
use super::super::Stage;

/// A place on the surface and how large things look there: small at the back, large in front.
fn spot(brief: &mut Brief, stage: &Stage) -> (f64, f64, f64) {
    let x = brief.range(0.0, stage.width);
    let depth = brief.range(0.0, 1.0);
    if stage.horizon == 0.0 {
        return (x, depth * stage.height, 1.0);
    }
    (x, stage.horizon + (stage.height - stage.horizon) * depth.powf(1.4), 0.3 + 0.7 * depth.powf(1.4))
}

/// How much a surface is foreshortened.
fn squash(stage: &Stage) -> f64 {
    if stage.horizon == 0.0 { 1.0 } else { 0.42 }
}

pub(super) fn linen(svg: &mut String, brief: &mut Brief, stage: &Stage) {
    let (w, top, h, u) = (stage.width, stage.horizon, stage.height, stage.unit);
    let cell = 7.0 * u;
    _ = write!(
        svg,
        r##"<defs><pattern id="weave" width="{cell}" height="{cell}" patternUnits="userSpaceOnUse"><path d="M0 {a}H{cell}M{a} 0V{cell}" stroke="#8c7b58" stroke-width="{t}" fill-opacity=".28" stroke-opacity=".28"/><path d="M0 {b}H{cell}" stroke="#fff" stroke-width="{t}" fill-opacity=".3" stroke-opacity=".3"/></pattern></defs><rect y="{top}" width="{w}" height="{}" fill="url(#weave)"/>"##,
        h - top,
        a = cell * 0.3,
        b = cell * 0.7,
        t = 1.6 * u
    );
    folds(svg, brief, stage, 5, ("#6f5f41", "#ffffff"));
}

pub(super) fn cloth(svg: &mut String, brief: &mut Brief, stage: &Stage) {
    folds(svg, brief, stage, 12, ("#7d5e2f", "#fff3d9"));
}

/// Soft ridges: each a shade with a light beside it.
fn folds(svg: &mut String, brief: &mut Brief, stage: &Stage, count: usize, (shade, shine): (&str, &str)) {
    let (w, top, h) = (stage.width, stage.horizon, stage.height);
    for _ in 0..count {
        let (x, lean) = (brief.range(-0.2, 1.1) * w, brief.range(0.1, 0.5) * w);
        let bow = brief.range(-0.12, 0.12) * w;
        let thick = brief.range(10.0, 34.0) * stage.unit;
        let (y1, y2, y3) = (top, top + (h - top) * 0.5, h);
        for (step, (colour, opacity)) in
            [(shade, 0.05), (shade, 0.06), (shade, 0.07), (shine, 0.09), (shine, 0.12)]
                .into_iter()
                .enumerate()
        {
            let off = (step as f64 - 2.0) * thick * 0.42;
            _ = write!(
                svg,
                r#"<path d="M{:.0} {y1:.0}Q{:.0} {y2:.0} {:.0} {y3:.0}" fill="none" stroke="{colour}" stroke-width="{:.0}" stroke-opacity="{opacity}"/>"#,
                x + off,
                x + bow + lean * 0.5 + off,
                x + lean + off,
                thick * if step < 3 { 1.6 - 0.4 * step as f64 } else { 0.7 }
            );
        }
    }
}

pub(super) fn concrete(svg: &mut String, brief: &mut Brief, stage: &Stage) {
    for _ in 0..9 {
        let (x, y, near) = spot(brief, stage);
        let r = brief.range(90.0, 260.0) * stage.unit * near;
        let colour = if brief.chance(0.5) { "url(#glow)" } else { "url(#shade)" };
        _ = write!(
            svg,
            r#"<ellipse cx="{x:.0}" cy="{y:.0}" rx="{r:.0}" ry="{:.0}" fill="{colour}" fill-opacity=".16"/>"#,
            r * squash(stage)
        );
    }
    for _ in 0..150 {
        let (x, y, near) = spot(brief, stage);
        let r = brief.range(1.0, 4.2) * stage.unit * near;
        let (colour, opacity) = if brief.chance(0.7) { ("#4e4d49", 0.32) } else { ("#fff", 0.4) };
        _ = write!(
            svg,
            r#"<ellipse cx="{x:.0}" cy="{y:.0}" rx="{r:.1}" ry="{:.1}" fill="{colour}" fill-opacity="{opacity}"/>"#,
            r * squash(stage).max(0.6)
        );
    }
}

/// Fine level lines, as a brush or a bed of stone leaves them.
pub(super) fn strokes(svg: &mut String, brief: &mut Brief, stage: &Stage, (colour, count): (&str, usize)) {
    for _ in 0..count {
        let (x, y, near) = spot(brief, stage);
        let (long, bow) = (brief.range(60.0, 420.0) * stage.unit, brief.range(-9.0, 9.0) * stage.unit);
        _ = write!(
            svg,
            r#"<path d="M{:.0} {y:.0}q{:.0} {bow:.0} {long:.0} 0" fill="none" stroke="{colour}" stroke-width="{:.1}" stroke-opacity="{:.2}" stroke-linecap="round"/>"#,
            x - long / 2.0,
            long / 2.0,
            brief.range(1.0, 3.4) * near * stage.unit,
            brief.range(0.06, 0.22)
        );
    }
}

pub(super) fn oak(svg: &mut String, brief: &mut Brief, stage: &Stage) {
    let (w, top, h, u) = (stage.width, stage.horizon, stage.height, stage.unit);
    let planks = if top == 0.0 { 5 } else { 4 };
    for plank in 0..planks {
        let at = |share: f64| {
            let share = share / f64::from(planks);
            top + (h - top) * if top == 0.0 { share } else { share.powf(1.5) }
        };
        let (y, next) = (at(f64::from(plank)), at(f64::from(plank + 1)));
        _ = write!(
            svg,
            r##"<rect y="{y:.0}" width="{w}" height="{:.0}" fill="{}" fill-opacity=".16"/>"##,
            next - y,
            if brief.chance(0.5) { "#6d451c" } else { "#f0cf9c" }
        );
        for _ in 0..13 {
            let level = y + (next - y) * brief.range(0.05, 0.95);
            let (bow, x) = (brief.range(-0.12, 0.12) * (next - y), brief.range(-0.3, 0.7) * w);
            _ = write!(
                svg,
                r##"<path d="M{x:.0} {level:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} {level:.0}" fill="none" stroke="#5f3c17" stroke-width="{:.1}" stroke-opacity="{:.2}"/>"##,
                x + 0.2 * w,
                level + bow,
                x + 0.4 * w,
                level - bow,
                x + 0.75 * w,
                brief.range(1.0, 3.2) * u,
                brief.range(0.1, 0.3)
            );
        }
        if brief.chance(0.6) {
            let (x, r) = (brief.range(0.05, 0.95) * w, (next - y) * 0.14);
            for ring in 1..4 {
                _ = write!(
                    svg,
                    r##"<ellipse cx="{x:.0}" cy="{:.0}" rx="{:.0}" ry="{:.0}" fill="none" stroke="#4c2e10" stroke-width="{:.1}" stroke-opacity=".3"/>"##,
                    (y + next) / 2.0,
                    r * 1.5 * f64::from(ring),
                    r * 0.7 * f64::from(ring),
                    2.2 * u
                );
            }
        }
        _ = write!(
            svg,
            r##"<rect y="{next:.0}" width="{w}" height="{:.1}" fill="#3a210b" fill-opacity=".5"/><rect y="{:.0}" width="{w}" height="{:.1}" fill="#fff" fill-opacity=".16"/>"##,
            3.0 * u,
            next + 3.0 * u,
            2.0 * u
        );
    }
    for _ in 0..7 {
        let (x, y, _) = spot(brief, stage);
        let (long, tall) = (brief.range(30.0, 120.0) * u, brief.range(-26.0, 26.0) * u * squash(stage));
        _ = write!(
            svg,
            r##"<path d="M{x:.0} {y:.0}l{long:.0} {tall:.0}" stroke="#fbe7c6" stroke-width="{:.1}" fill-opacity=".35" stroke-opacity=".35" stroke-linecap="round"/>"##,
            2.0 * u
        );
    }
}

pub(super) fn slate(svg: &mut String, brief: &mut Brief, stage: &Stage) {
    strokes(svg, brief, stage, ("#aab6bf", 60));
    let u = stage.unit;
    for _ in 0..14 {
        let (x, y, near) = spot(brief, stage);
        let mut path = format!("M{x:.0} {y:.0}");
        for _ in 0..6 {
            _ = write!(
                path,
                "l{:.0} {:.0}",
                brief.range(10.0, 90.0) * u * near,
                brief.range(-34.0, 34.0) * u * squash(stage)
            );
        }
        _ = write!(
            svg,
            r##"<path d="{path}" fill="none" stroke="#0c0f11" stroke-width="{:.1}" stroke-opacity=".5"/><path d="{path}" fill="none" stroke="#93a1aa" stroke-width="{:.1}" stroke-opacity=".35" transform="translate(0 {})"/>"##,
            4.0 * u,
            1.6 * u,
            3.0 * u
        );
    }
}

pub(super) fn terrazzo(svg: &mut String, brief: &mut Brief, stage: &Stage) {
    let p = brief.palette;
    let colours = [p.deep, p.mid, p.accent, p.soft, p.dark, "#b9aa95", "#8e8579"];
    for _ in 0..210 {
        let (x, y, near) = spot(brief, stage);
        let r = brief.range(4.0, 25.0) * stage.unit * near;
        let corners = 4 + brief.below(3);
        let mut points = String::new();
        for corner in 0..corners {
            let angle = TAU * (corner as f64 + brief.range(-0.3, 0.3)) / corners as f64;
            let reach = r * brief.range(0.6, 1.1);
            _ = write!(
                points,
                "{:.0},{:.0} ",
                x + reach * angle.cos(),
                y + reach * angle.sin() * squash(stage)
            );
        }
        let colour = colours[brief.below(colours.len())];
        _ = write!(svg, r#"<polygon points="{points}" fill="{colour}" fill-opacity=".62"/>"#);
    }
}

pub(super) fn pebbles(svg: &mut String, brief: &mut Brief, stage: &Stage) {
    let (w, top, h, u) = (stage.width, stage.horizon, stage.height, stage.unit);
    let flat = top == 0.0;
    let colours = ["#a8a399", "#8a8d8f", "#c4bcae", "#74726d", "#b7a48c", "#5f646a", "#d6d0c5"];
    let rows = ((h - top) / (58.0 * u)).ceil() as u32 + 4;
    for row in 0..=rows {
        let depth = f64::from(row) / f64::from(rows);
        let near = if flat { 1.0 } else { 0.34 + 0.66 * depth };
        let y = top + (h - top) * if flat { depth } else { depth.powf(1.3) };
        let mut x = brief.range(-60.0, 0.0) * u;
        while x < w + 60.0 * u {
            let (rx, turn) = (brief.range(34.0, 66.0) * u * near, brief.range(-14.0, 14.0));
            let ry = rx * brief.range(0.62, 0.85) * if flat { 1.0 } else { 0.66 };
            let lift = brief.range(-0.4, 0.4) * ry;
            let colour = colours[brief.below(colours.len())];
            _ = write!(
                svg,
                r##"<g transform="translate({:.0} {:.0}) rotate({turn:.0})"><ellipse cx="{:.0}" cy="{:.0}" rx="{rx:.0}" ry="{ry:.0}" fill="#24221f" fill-opacity=".5"/><ellipse rx="{rx:.0}" ry="{ry:.0}" fill="{colour}"/><ellipse cx="{:.0}" cy="{:.0}" rx="{:.0}" ry="{:.0}" fill="#fff" fill-opacity=".22"/></g>"##,
                x + rx,
                y + lift,
                rx * 0.1,
                ry * 0.22,
                -rx * 0.22,
                -ry * 0.3,
                rx * 0.56,
                ry * 0.42
            );
            x += rx * 1.72;
        }
    }
}

pub(super) fn handmade(svg: &mut String, brief: &mut Brief, stage: &Stage) {
    let (w, top, h, u) = (stage.width, stage.horizon, stage.height, stage.unit);
    let flat = top == 0.0;
    // A sheet with a torn edge, in perspective unless it is seen from above.
    let (cx, cy) =
        (stage.place.0.clamp(w * 0.4, w * 0.6), if flat { h * 0.5 } else { top + (h - top) * 0.48 });
    let (wide, tall) = (w * 0.43, if flat { h * 0.42 } else { (h - top) * 0.36 });
    let lean = if flat { 0.0 } else { 0.16 * wide };
    let corners = [(-wide + lean, -tall), (wide - lean, -tall), (wide + lean, tall), (-wide - lean, tall)];
    let mut points = String::new();
    for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        for step in 0..26 {
            let share = f64::from(step) / 26.0;
            _ = write!(
                points,
                "{:.0},{:.0} ",
                cx + from.0 + (to.0 - from.0) * share + brief.range(-7.0, 7.0) * u,
                cy + from.1 + (to.1 - from.1) * share + brief.range(-6.0, 6.0) * u * squash(stage).max(0.6)
            );
        }
    }
    _ = write!(
        svg,
        r##"<polygon points="{points}" fill="#000" fill-opacity=".25" transform="translate({} {})"/><polygon points="{points}" fill="#f1ead9"/>"##,
        8.0 * u,
        10.0 * u
    );
    for _ in 0..90 {
        let (x, y) = (cx + brief.range(-0.92, 0.92) * wide, cy + brief.range(-0.9, 0.9) * tall);
        let (dx, dy) = (brief.range(-22.0, 22.0) * u, brief.range(-14.0, 14.0) * u * squash(stage));
        _ = write!(
            svg,
            r##"<path d="M{x:.0} {y:.0}q{dx:.0} 0 {dx:.0} {dy:.0}" fill="none" stroke="#a08d66" stroke-width="{:.1}" stroke-opacity=".4"/>"##,
            1.6 * u
        );
    }
}

pub(super) fn marble(svg: &mut String, brief: &mut Brief, stage: &Stage) {
    let u = stage.unit;
    for vein in 0..11 {
        let (x, y, near) = spot(brief, stage);
        let x = x - 200.0 * u;
        let mut path = format!("M{x:.0} {y:.0}");
        for _ in 0..7 {
            let (dx, dy) = (brief.range(20.0, 110.0) * u, brief.range(-40.0, 60.0) * u * squash(stage));
            _ = write!(path, "q{:.0} {:.0} {dx:.0} {dy:.0}", dx * 0.7, dy * 0.1);
        }
        let thick = if vein % 3 == 0 { 7.0 } else { 2.4 } * near * u;
        _ = write!(
            svg,
            r##"<path d="{path}" fill="none" stroke="#84858c" stroke-width="{thick:.1}" stroke-opacity=".26"/>"##
        );
    }
}

pub(super) fn tiles(svg: &mut String, stage: &Stage) {
    let (w, top, h, u) = (stage.width, stage.horizon, stage.height, stage.unit);
    let flat = top == 0.0;
    let middle = w / 2.0;
    for line in -14..=14 {
        let near = f64::from(line) * 150.0 * u;
        let far = if flat { near } else { near * 0.45 };
        _ = write!(
            svg,
            r##"<path d="M{:.0} {top:.0}L{:.0} {h:.0}" stroke="#fff" stroke-width="{:.1}" fill-opacity=".6" stroke-opacity=".6"/>"##,
            middle + far,
            middle + near,
            4.0 * u
        );
    }
    for row in 0..9 {
        let depth = f64::from(row) / 8.0;
        let y = top + (h - top) * if flat { depth } else { depth.powf(1.7) };
        _ = write!(
            svg,
            r##"<path d="M0 {y:.0}H{w}" stroke="#fff" stroke-width="{:.1}" fill-opacity=".6" stroke-opacity=".6"/>"##,
            4.0 * u
        );
    }
}
