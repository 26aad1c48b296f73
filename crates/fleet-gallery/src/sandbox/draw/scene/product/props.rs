//! What may keep an object company: shapes behind it, a plinth or books below. Few, and never all at once.

use std::fmt::Write;

use super::super::Brief;
use super::Stage;
use super::objects::Object;

/// On the wall or against it, out of the object's way.
pub(super) fn behind(svg: &mut String, brief: &mut Brief, stage: &Stage) {
    let p = brief.palette;
    let (x, floor, u) = (stage.place.0, stage.horizon, stage.unit);
    let colour = [p.mid, p.soft, p.accent, p.deep][brief.below(4)];
    match brief.below(9) {
        0 => {
            let r = brief.range(200.0, 270.0) * u;
            let left = x + brief.range(-80.0, 80.0) * u;
            _ = write!(
                svg,
                r#"<path d="M{:.0} {floor:.0}V{:.0}a{r:.0} {r:.0} 0 0 1 {d:.0} 0V{floor:.0}z" fill="{colour}" fill-opacity=".5"/>"#,
                left - r,
                floor - 220.0 * u,
                d = 2.0 * r
            );
        }
        1 => {
            let r = brief.range(210.0, 320.0) * u;
            _ = write!(
                svg,
                r#"<circle cx="{:.0}" cy="{:.0}" r="{r:.0}" fill="{colour}" fill-opacity=".5"/>"#,
                x + brief.range(-140.0, 180.0) * u,
                floor - brief.range(160.0, 300.0) * u
            );
        }
        2 => {
            // Two walls that meet: the corner of a room.
            let corner = stage.width * brief.range(0.62, 0.8);
            _ = write!(
                svg,
                r#"<path d="M{corner:.0} 0H{w}V{floor:.0}H{corner:.0}z" fill="{}" fill-opacity=".28"/>"#,
                p.dark,
                w = stage.width
            );
        }
        3 => {
            let top = floor - brief.range(150.0, 260.0) * u;
            _ = write!(
                svg,
                r#"<path d="M0 {top:.0}H{w}V{floor:.0}H0z" fill="{colour}" fill-opacity=".42"/><path d="M0 {top:.0}H{w}" stroke="{}" stroke-width="{:.0}" fill-opacity=".4" stroke-opacity=".4"/>"#,
                p.light,
                4.0 * u,
                w = stage.width
            );
        }
        4 => {
            // A sheet of paper hung a little askew.
            let (wide, tall) = (brief.range(330.0, 460.0) * u, brief.range(420.0, 560.0) * u);
            let left = x + brief.range(-300.0, -60.0) * u;
            _ = write!(
                svg,
                r##"<g transform="rotate({:.1} {left:.0} {:.0})"><rect x="{:.0}" y="{:.0}" width="{wide:.0}" height="{tall:.0}" fill="#000" fill-opacity=".12"/><rect x="{left:.0}" y="{:.0}" width="{wide:.0}" height="{tall:.0}" fill="{colour}" fill-opacity=".75"/></g>"##,
                brief.range(-4.0, 4.0),
                floor - tall,
                left + 10.0 * u,
                floor - tall + 12.0 * u,
                floor - tall
            );
        }
        _ => {}
    }
    if brief.has(&["shallow focus", "85 mm", "bokeh"]) {
        for _ in 0..9 {
            let (at, up, r) =
                (brief.range(0.0, stage.width), brief.range(0.05, 0.95) * floor, brief.range(26.0, 96.0) * u);
            let tone = [p.light, p.accent, p.soft][brief.below(3)];
            _ = write!(
                svg,
                r#"<circle cx="{at:.0}" cy="{up:.0}" r="{r:.0}" fill="{tone}" fill-opacity="{:.2}"/>"#,
                brief.range(0.08, 0.26)
            );
        }
    }
}

/// On the surface, behind the object and to one side.
pub(super) fn beside(svg: &mut String, brief: &mut Brief, stage: &Stage, object: &Object) {
    let p = brief.palette;
    let (x, y, u) = (stage.place.0, stage.place.1, stage.unit);
    let clear = object.size.0 / 2.0 * stage.scale + 40.0 * u;
    let wide = stage.width > stage.height;
    let side = if x < stage.width * 0.45 {
        1.0
    } else if x > stage.width * 0.55 {
        -1.0
    } else if brief.chance(0.5) {
        1.0
    } else {
        -1.0
    };
    let at = x + side * (clear + brief.range(90.0, 150.0) * u);
    let base = y - brief.range(30.0, 70.0) * u;
    if brief.has(&["alone", "margin for text", "wide margin", "minimal"]) {
        return;
    }
    let tone = [p.mid, p.deep, p.accent, p.soft][brief.below(4)];
    let shade = |svg: &mut String, r: f64| {
        _ = write!(
            svg,
            r#"<ellipse cx="{:.0}" cy="{base:.0}" rx="{:.0}" ry="{:.0}" fill="url(#shade)" fill-opacity=".8"/>"#,
            at + r * 0.5,
            r * 1.9,
            r * 0.42
        );
    };
    match brief.below(if wide { 5 } else { 7 }) {
        0 => {
            let r = brief.range(46.0, 84.0) * u;
            shade(svg, r);
            _ = write!(
                svg,
                r##"<defs><radialGradient id="ball" cx=".34" cy=".3" r=".8"><stop offset="0" stop-color="{}"/><stop offset=".45" stop-color="{tone}"/><stop offset="1" stop-color="{}"/></radialGradient></defs><circle cx="{at:.0}" cy="{:.0}" r="{r:.0}" fill="url(#ball)"/>"##,
                p.light,
                p.dark,
                base - r
            );
        }
        1 => {
            let (a, b) = (brief.range(70.0, 120.0) * u, brief.range(90.0, 240.0) * u);
            shade(svg, a);
            _ = write!(
                svg,
                r##"<path d="M{:.0} {base:.0}v-{b:.0}h{a:.0}v{b:.0}z" fill="{tone}"/><path d="M{:.0} {base:.0}v-{b:.0}l{c:.0} -{d:.0}v{b:.0}z" fill="{}"/><path d="M{:.0} {:.0}h{a:.0}l{c:.0} -{d:.0}h-{a:.0}z" fill="{}"/>"##,
                at - a / 2.0,
                at + a / 2.0,
                p.dark,
                at - a / 2.0,
                base - b,
                p.light,
                c = a * 0.45,
                d = a * 0.3
            );
        }
        2 => {
            let high = brief.range(330.0, 520.0) * u;
            shade(svg, 40.0 * u);
            _ = write!(
                svg,
                r#"<g transform="translate({at:.0} {base:.0}) scale({:.2} {:.2})" stroke="{}" fill="{}">"#,
                side * u,
                u,
                p.deep,
                p.deep
            );
            let stem = high / u;
            _ = write!(
                svg,
                r#"<path d="M0 0C14 -{:.0} -6 -{:.0} 54 -{stem:.0}" fill="none" stroke-width="6"/>"#,
                stem * 0.4,
                stem * 0.7
            );
            for leaf in 0..8 {
                let share = 0.24 + 0.1 * f64::from(leaf);
                let turn = if leaf % 2 == 0 { -58.0 } else { 62.0 } + 8.0 * share;
                _ = write!(
                    svg,
                    r#"<path d="M0 0C26 -22 30 -66 0 -98C-30 -66 -26 -22 0 0z" stroke="none" transform="translate({:.0} {:.0}) rotate({turn:.0}) scale({:.2})"/>"#,
                    6.0 + 44.0 * share * share,
                    -stem * share,
                    1.1 - 0.5 * share
                );
            }
            *svg += "</g>";
        }
        3 => {
            for (index, r) in [54.0, 42.0, 30.0].into_iter().enumerate() {
                let lift = [0.0, 56.0, 98.0][index] * u;
                if index == 0 {
                    shade(svg, r * u);
                }
                _ = write!(
                    svg,
                    r##"<ellipse cx="{at:.0}" cy="{:.0}" rx="{:.0}" ry="{:.0}" fill="{}"/><ellipse cx="{:.0}" cy="{:.0}" rx="{:.0}" ry="{:.0}" fill="#fff" fill-opacity=".25"/>"##,
                    base - lift - r * 0.5 * u,
                    r * 1.35 * u,
                    r * 0.62 * u,
                    ["#6f6b66", "#9a958c", "#bfb8ac"][index],
                    at - r * 0.3 * u,
                    base - lift - r * 0.72 * u,
                    r * 0.7 * u,
                    r * 0.22 * u
                );
            }
        }
        _ => {}
    }
}

/// A low drum under the object.
pub(super) fn plinth(svg: &mut String, brief: &mut Brief, stage: &Stage, object: &Object) -> f64 {
    let p = brief.palette;
    let (x, y, u) = (stage.place.0, stage.place.1, stage.unit);
    let (r, tall) = (object.size.0 * 0.5 * stage.scale + 70.0 * u, brief.range(70.0, 120.0) * u);
    let q = r * 0.17;
    let tone = [p.light, p.soft, p.mid][brief.below(3)];
    *svg += "<defs>";
    *svg += &super::horizontal(
        "plinth",
        &[(0.0, p.soft), (0.22, "#ffffff"), (0.5, tone), (0.9, p.deep), (1.0, p.mid)],
    );
    *svg += "</defs>";
    let floor = y + tall * 0.5;
    _ = write!(
        svg,
        r#"<ellipse cx="{:.0}" cy="{:.0}" rx="{:.0}" ry="{:.0}" fill="url(#shade)"/>"#,
        x + r * 0.5,
        floor,
        r * 1.6,
        q * 1.6
    );
    let top = floor - tall;
    _ = write!(
        svg,
        r#"<path d="M{:.0} {top:.0}v{tall:.0}a{r:.0} {q:.0} 0 0 0 {d:.0} 0v-{tall:.0}z" fill="url(#plinth)"/><ellipse cx="{x:.0}" cy="{top:.0}" rx="{r:.0}" ry="{q:.0}" fill="{tone}"/><ellipse cx="{:.0}" cy="{:.0}" rx="{:.0}" ry="{:.0}" fill="url(#glow)" fill-opacity=".6"/>"#,
        x - r,
        x - r * 0.3,
        top - q * 0.1,
        r * 0.6,
        q * 0.7,
        d = 2.0 * r
    );
    y - top - q * 0.25
}

/// Two to four old books.
pub(super) fn books(svg: &mut String, brief: &mut Brief, stage: &Stage, object: &Object) -> f64 {
    let p = brief.palette;
    let (x, u) = (stage.place.0, stage.unit);
    let lies = object.stance == super::Stance::Lies;
    if lies {
        return flat_books(svg, brief, stage);
    }
    let covers = [p.deep, p.mid, p.accent, p.dark, "#7b4a32", "#4f5b48"];
    let count = 2 + brief.below(2);
    let floor = stage.place.1 + 70.0 * u;
    let wide = (object.size.0 * stage.scale + 190.0 * u).min(stage.width * 0.84);
    _ = write!(
        svg,
        r#"<ellipse cx="{:.0}" cy="{floor:.0}" rx="{:.0}" ry="{:.0}" fill="url(#shade)"/>"#,
        x + 60.0 * u,
        wide * 0.66,
        46.0 * u
    );
    let mut y = floor;
    for book in 0..count {
        let (tall, length) =
            (brief.range(44.0, 66.0) * u, wide * brief.range(0.88, 1.0) - book as f64 * 24.0 * u);
        let left = x - length / 2.0 + brief.range(-14.0, 14.0) * u;
        let cover = covers[brief.below(covers.len())];
        y -= tall;
        let edge = 7.0 * u;
        _ = write!(
            svg,
            r##"<rect x="{:.0}" y="{:.0}" width="{:.0}" height="{:.0}" fill="#eadfc7"/>"##,
            left + edge,
            y + edge,
            length - 2.0 * edge,
            tall - 2.0 * edge
        );
        for leaf in 1..4 {
            _ = write!(
                svg,
                r##"<path d="M{:.0} {:.0}h{:.0}" stroke="#b8a682" stroke-width="{:.1}" fill-opacity=".8" stroke-opacity=".8"/>"##,
                left + edge,
                y + tall * f64::from(leaf) / 4.0,
                length - 2.0 * edge,
                2.0 * u
            );
        }
        _ = write!(
            svg,
            r##"<rect x="{left:.0}" y="{y:.0}" width="{length:.0}" height="{edge:.0}" rx="{r:.0}" fill="{cover}"/><rect x="{left:.0}" y="{:.0}" width="{length:.0}" height="{edge:.0}" rx="{r:.0}" fill="{cover}"/><path d="M{left:.0} {y:.0}h{:.0}v{tall:.0}h-{:.0}q-{:.0} -{:.0} 0 -{tall:.0}z" fill="{cover}"/><path d="M{:.0} {:.0}h{:.0}" stroke="#e9cf8a" stroke-width="{:.0}" fill-opacity=".8" stroke-opacity=".8"/>"##,
            y + tall - edge,
            96.0 * u,
            96.0 * u,
            16.0 * u,
            tall / 2.0,
            left + 20.0 * u,
            y + tall / 2.0,
            56.0 * u,
            5.0 * u,
            r = 3.0 * u
        );
        // The top cover is seen a little from above.
        if book + 1 == count {
            _ = write!(
                svg,
                r##"<path d="M{left:.0} {y:.0}l{:.0} -{:.0}h{:.0}l{:.0} {:.0}z" fill="{cover}"/><path d="M{left:.0} {y:.0}l{:.0} -{:.0}h{:.0}l{:.0} {:.0}z" fill="#fff" fill-opacity=".16"/>"##,
                46.0 * u,
                40.0 * u,
                length - 92.0 * u,
                46.0 * u,
                40.0 * u,
                46.0 * u,
                40.0 * u,
                length - 92.0 * u,
                46.0 * u,
                40.0 * u
            );
        }
    }
    stage.place.1 - y + 16.0 * u
}

/// Seen from above: covers that lie askew under the object.
fn flat_books(svg: &mut String, brief: &mut Brief, stage: &Stage) -> f64 {
    let p = brief.palette;
    let (w, h, u) = (stage.width, stage.height, stage.unit);
    let side = w.min(h) * 0.8;
    for (cover, turn) in [
        (p.deep, brief.range(-26.0, -8.0)),
        ("#7b4a32", brief.range(6.0, 20.0)),
        (p.mid, brief.range(-7.0, 5.0)),
    ] {
        let (a, b) = (side * brief.range(0.9, 1.05), side * brief.range(0.72, 0.84));
        _ = write!(
            svg,
            r##"<g transform="translate({:.0} {:.0}) rotate({turn:.1})"><rect x="{x:.0}" y="{y:.0}" width="{a:.0}" height="{b:.0}" rx="8" fill="#000" fill-opacity=".28" transform="translate({s} {s})"/><rect x="{x:.0}" y="{y:.0}" width="{a:.0}" height="{b:.0}" rx="8" fill="{cover}"/><rect x="{x:.0}" y="{y:.0}" width="{:.0}" height="{b:.0}" fill="#000" fill-opacity=".16"/><rect x="{:.0}" y="{:.0}" width="{:.0}" height="{:.0}" fill="none" stroke="#e9cf8a" stroke-width="4" stroke-opacity=".6"/></g>"##,
            w / 2.0,
            h / 2.0,
            46.0 * u,
            -a / 2.0 + 74.0 * u,
            -b / 2.0 + 26.0 * u,
            a - 100.0 * u,
            b - 52.0 * u,
            x = -a / 2.0,
            y = -b / 2.0,
            s = 14.0 * u
        );
    }
    0.0
}
