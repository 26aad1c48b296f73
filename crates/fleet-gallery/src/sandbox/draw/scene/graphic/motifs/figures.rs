//! Motifs that are one large thing: a moon, an arrow, a sun, flags, a spiral, a one.

use std::f64::consts::{PI, TAU};
use std::fmt::Write;

use super::super::super::Brief;
use super::super::Poster;

fn star((x, y): (f64, f64), r: f64) -> String {
    let n = r * 0.28;
    format!(
        "M{x:.0} {:.0}l{n:.1} {m:.1}l{m:.1} {n:.1}l-{m:.1} {n:.1}l-{n:.1} {m:.1}l-{n:.1} -{m:.1}l-{m:.1} -{n:.1}l{m:.1} -{n:.1}z",
        y - r,
        m = r - n
    )
}

pub(super) fn moon(svg: &mut String, brief: &mut Brief, poster: &Poster, (x, y): (f64, f64), r: f64) {
    let s = &poster.scheme;
    let mut stars = String::new();
    for _ in 0..18 {
        let at = (brief.range(0.03, 0.97) * poster.width, brief.range(0.03, 0.97) * poster.height);
        stars += &star(at, brief.range(6.0, 26.0) * poster.unit);
    }
    _ = write!(
        svg,
        r#"<path d="{stars}" fill="{}"/><path d="M{x:.0} {:.0}V-10" stroke="{}" stroke-width="{:.1}"/>"#,
        s.second,
        y - r,
        s.ink,
        3.0 * poster.unit
    );
    // A sickle cut from card, with the edge of a second sheet showing and its shadow on the ground.
    let sickle = |grow: f64| {
        let (r, bite) = (r * grow, r * 0.75);
        format!(
            "M{:.0} {:.0}A{r:.0} {r:.0} 0 1 0 {:.0} {:.0}A{bite:.0} {bite:.0} 0 1 1 {:.0} {:.0}z",
            x + r * 0.42,
            y - r * 0.9,
            x + r * 0.9,
            y + r * 0.42,
            x + r * 0.42,
            y - r * 0.9
        )
    };
    let turn = brief.range(-24.0, 6.0);
    _ = write!(
        svg,
        r##"<g transform="rotate({turn:.0} {x:.0} {y:.0})"><path d="{p}" fill="#000" fill-opacity=".2" transform="translate({d:.0} {d:.0})"/><path d="{p}" fill="{}"/><path d="{}" fill="{}"/>"##,
        s.hot,
        sickle(0.94),
        s.tint,
        p = sickle(1.0),
        d = 16.0 * poster.unit
    );
    for _ in 0..7 {
        let (angle, far, hole) = (brief.range(1.9, 4.0), brief.range(0.72, 0.88), brief.range(0.018, 0.05));
        _ = write!(
            svg,
            r#"<circle cx="{:.0}" cy="{:.0}" r="{:.0}" fill="{}" fill-opacity=".6"/>"#,
            x + r * far * angle.cos(),
            y + r * far * angle.sin(),
            r * hole,
            s.hot
        );
    }
    *svg += "</g>";
}

pub(super) fn arrow(svg: &mut String, brief: &mut Brief, poster: &Poster, (x, y): (f64, f64), r: f64) {
    let turn = [-38.0, -18.0, 0.0, 14.0, -90.0][brief.below(5)];
    let scale = r / 100.0;
    let shape = "M-190 -46H20V-120L190 0L20 120V46H-190z";
    _ = write!(
        svg,
        r##"<g transform="translate({x:.0} {y:.0}) rotate({turn}) scale({scale:.2})"><path d="{shape}" fill="{}" transform="translate(14 16)"/><path d="{shape}" fill="{}"/><path d="M-190 -46H20V-120L190 0H-190z" fill="#fff" fill-opacity=".12"/></g>"##,
        poster.scheme.second, poster.scheme.hot
    );
}

pub(super) fn sun(svg: &mut String, brief: &mut Brief, poster: &Poster, (x, y): (f64, f64), r: f64) {
    let s = &poster.scheme;
    let points = 14 + 2 * brief.below(4);
    let mut path = String::new();
    for corner in 0..points * 2 {
        let angle = PI * corner as f64 / points as f64;
        let reach = if corner % 2 == 0 { r * if corner % 4 == 0 { 1.18 } else { 1.0 } } else { r * 0.7 };
        _ = write!(
            path,
            "{}{:.0} {:.0}",
            if corner == 0 { "M" } else { "L" },
            x + reach * angle.cos(),
            y + reach * angle.sin()
        );
    }
    let turn = brief.range(-8.0, 8.0);
    _ = write!(
        svg,
        r#"<path d="{path}z" fill="{}"/><circle cx="{x:.0}" cy="{y:.0}" r="{:.0}" fill="{}"/><g transform="translate({x:.0} {y:.0}) rotate({turn:.0}) scale({:.3})" fill="none" stroke="{ink}" stroke-width="9" stroke-linecap="round"><path d="M-34 -12Q-26 -24 -18 -12M18 -12Q26 -24 34 -12M-30 16Q0 46 30 16"/><path d="M-48 8h.1M48 8h.1" stroke="{}" stroke-width="17"/></g>"#,
        s.hot,
        r * 0.62,
        s.second,
        r / 118.0,
        s.hot,
        ink = poster.scheme.over(s.second)
    );
}

pub(super) fn flags(svg: &mut String, brief: &mut Brief, poster: &Poster, (x, y): (f64, f64), r: f64) {
    let s = &poster.scheme;
    let scale = r / 120.0;
    for (index, colour) in [s.second, s.tint, s.hot].iter().enumerate() {
        let (dx, lift) =
            ((index as f64 - 1.0) * 120.0, [-10.0, -46.0, 8.0][index] + brief.range(-12.0, 12.0));
        _ = write!(
            svg,
            r##"<g transform="translate({x:.0} {y:.0}) scale({scale:.2}) translate({dx:.0} {lift:.0}) rotate({:.0})"><path d="M-44 -130V600" stroke="{}" stroke-width="9" stroke-linecap="round"/><path d="M-40 -126C0 -156 30 -96 84 -124V-26C30 0 0 -60 -40 -30z" fill="{colour}"/><path d="M-40 -126C-20 -140 0 -134 16 -126V-34C0 -42 -20 -44 -40 -30z" fill="#000" fill-opacity=".1"/></g>"##,
            brief.range(-4.0, 6.0),
            s.ink
        );
    }
}

pub(super) fn spiral(svg: &mut String, brief: &mut Brief, poster: &Poster, (x, y): (f64, f64), r: f64) {
    let s = &poster.scheme;
    let start = brief.range(0.0, TAU);
    for step in 3..26 {
        let share = f64::from(step) / 25.0;
        let (angle, far) = (start + share * 2.6 * TAU, r * 1.15 * share);
        let (a, b, size) = (x + far * angle.cos(), y + far * angle.sin(), r * (0.05 + 0.11 * share));
        match step % 4 {
            0 => *svg += &poster.icon_at((a, b), size * 1.1),
            1 => {
                _ = write!(svg, r#"<circle cx="{a:.0}" cy="{b:.0}" r="{:.0}" fill="{}"/>"#, size * 0.7, s.hot)
            }
            2 => _ = write!(svg, r#"<path d="{}" fill="{}"/>"#, star((a, b), size * 1.2), s.second),
            _ => {
                _ = write!(
                    svg,
                    r#"<path d="M{a:.0} {:.0}l{h:.0} {t:.0}h-{:.0}z" fill="{}"/>"#,
                    b - size * 0.8,
                    size * 1.6,
                    s.tint,
                    h = size * 0.8,
                    t = size * 1.4
                )
            }
        }
    }
}

pub(super) fn one(svg: &mut String, brief: &mut Brief, poster: &Poster, (x, y): (f64, f64), r: f64) {
    let s = &poster.scheme;
    let shape = "M-18 -108H34Q44 -108 44 -98V66H70Q82 66 82 78V104Q82 116 70 116H-54Q-66 116 -66 104V78Q-66 66 -54 66H-26V-44L-48 -32Q-60 -26 -66 -38L-76 -58Q-82 -70 -70 -78L-34 -102Q-26 -108 -18 -108z";
    _ = write!(
        svg,
        r#"<g transform="translate({x:.0} {y:.0}) rotate({:.0}) scale({:.2})"><path d="{shape}" fill="{}" transform="translate(9 10)"/><path d="{shape}" fill="{}"/><g fill="none" stroke="{ink}" stroke-width="6" stroke-linecap="round"><path d="M-10 -34h.1M28 -34h.1" stroke-width="13"/><path d="M-10 -12Q9 8 28 -12"/></g></g>"#,
        brief.range(-8.0, 8.0),
        r / 112.0,
        s.second,
        s.hot,
        ink = s.over(s.hot)
    );
}
