//! A surreal landscape: layered hills or water under a large light, and something that should not float.

use std::f64::consts::TAU;
use std::fmt::Write;

use super::{Brief, radial, vertical};

pub(super) const WORDS: &[&str] = &[
    "surreal",
    "dream",
    "dreamlike",
    "landscape",
    "sky",
    "moon",
    "floating",
    "planet",
    "cosmic",
    "mountain",
    "sea",
    "ocean",
    "horizon",
    "cloud",
    "island",
    "desert",
    "aurora",
    "nebula",
    "cathedral",
    "staircase",
    "door",
    "whale",
    "world",
    "mist",
    "surrealism",
    "fantasy",
    "abstract",
    "galaxy",
    "valley",
];

const WONDERS: &[&str] = &["island", "door", "staircase", "whale", "balloon", "cube"];

/// Subjects that want nothing beside them.
const ENOUGH: &[&str] = &["moon", "mist", "planet", "aurora", "nebula", "galaxy"];

pub(super) fn paint(brief: &mut Brief) -> String {
    let p = brief.palette;
    let (w, h) = (brief.width, brief.height);
    let unit = w.min(h) / 1024.0;
    let night =
        brief.has(&["night", "moon", "stars", "cosmic", "galaxy", "nebula", "aurora"]) || brief.chance(0.4);
    let horizon = h * brief.range(0.58, 0.68);
    let mut svg = String::from("<defs>");
    let sky = if night { [p.dark, p.deep, p.mid, p.soft] } else { [p.deep, p.mid, p.soft, p.light] };
    svg += &vertical("sky", &[(0.0, sky[0]), (0.3, sky[1]), (0.52, sky[2]), (0.68, sky[3])]);
    svg += &radial("halo", &[(0.0, "#ffffff/.75"), (0.3, "#ffffff/.28"), (1.0, "#ffffff/0")]);
    svg += &vertical("orb", &[(0.0, p.light), (1.0, p.accent)]);
    svg += &vertical("water", &[(0.0, sky[2]), (1.0, p.dark)]);
    svg += &vertical("rock", &[(0.0, p.mid), (1.0, p.dark)]);
    svg += "</defs>";
    _ = write!(svg, r#"<rect width="{w}" height="{h}" fill="url(#sky)"/>"#);
    if night {
        for _ in 0..140 {
            let (x, y, r) = (brief.range(0.0, w), brief.range(0.0, horizon), brief.range(0.8, 2.8) * unit);
            _ = write!(
                svg,
                r##"<circle cx="{x:.1}" cy="{y:.1}" r="{r:.1}" fill="#fff" opacity="{:.2}"/>"##,
                brief.range(0.3, 1.0)
            );
        }
    }
    let (x, y, r) = (
        w * brief.range(0.25, 0.75),
        horizon - brief.range(120.0, 380.0) * unit,
        brief.range(110.0, 210.0) * unit,
    );
    _ = write!(
        svg,
        r#"<circle cx="{x}" cy="{y}" r="{}" fill="url(#halo)"/><circle cx="{x}" cy="{y}" r="{r}" fill="url(#orb)"/>"#,
        r * 2.6
    );
    if brief.chance(0.4) {
        _ = write!(
            svg,
            r#"<ellipse cx="{x}" cy="{y}" rx="{}" ry="{}" fill="none" stroke="{}" stroke-width="{}" transform="rotate(-18 {x} {y})" opacity=".8"/>"#,
            r * 1.75,
            r * 0.36,
            p.light,
            9.0 * unit
        );
    }
    clouds(&mut svg, brief, horizon, unit);
    let dry = brief.has(&["desert", "mountain", "valley", "hill", "forest", "dune"]);
    let wet = brief.has(&["sea", "ocean", "water", "lake", "reflection"]);
    let on_water = wet || !dry && brief.chance(0.5);
    ridge(&mut svg, brief, horizon, 90.0 * unit, sky[2], 0.8);
    if on_water {
        ridge(&mut svg, brief, horizon + 20.0 * unit, 50.0 * unit, p.deep, 0.9);
        water(&mut svg, brief, horizon + 20.0 * unit, x, r);
    } else {
        for (layer, colour) in [p.mid, p.deep, p.dark].iter().enumerate() {
            ridge(
                &mut svg,
                brief,
                horizon + (60.0 + 110.0 * layer as f64) * unit,
                (110.0 - 20.0 * layer as f64) * unit,
                colour,
                1.0,
            );
        }
    }
    if brief.has(WONDERS) || !brief.has(ENOUGH) {
        float(&mut svg, brief, x, horizon, unit);
    }
    birds(&mut svg, brief, horizon, unit);
    svg
}

/// Sets the wonder beside the light, which is at `light`.
fn float(svg: &mut String, brief: &mut Brief, light: f64, horizon: f64, unit: f64) {
    let wonder = brief.pick(WONDERS);
    let side = if light > brief.width / 2.0 { brief.range(0.2, 0.36) } else { brief.range(0.64, 0.8) };
    let grounded = matches!(wonder, "staircase" | "door");
    let y = if grounded { horizon + 150.0 * unit } else { horizon - brief.range(150.0, 300.0) * unit };
    let x = brief.width * side;
    _ = write!(svg, r#"<g transform="translate({x} {y}) scale({unit})">{}</g>"#, shape(wonder, brief));
}

/// A line of hills made of a few waves.
fn ridge(svg: &mut String, brief: &mut Brief, base: f64, swell: f64, colour: &str, opacity: f64) {
    let waves: Vec<(f64, f64, f64)> = (1..5)
        .map(|wave| (brief.range(0.6, 1.8) * f64::from(wave), brief.range(0.0, TAU), swell / f64::from(wave)))
        .collect();
    let (w, h) = (brief.width, brief.height);
    let mut path = format!("M0 {h}");
    for step in 0..=120 {
        let along = f64::from(step) / 120.0;
        let rise: f64 =
            waves.iter().map(|(often, phase, high)| high * (along * often * TAU + phase).sin()).sum();
        _ = write!(path, "L{:.1} {:.1}", along * w, base - rise * 0.6);
    }
    _ = write!(svg, r#"<path d="{path}L{w} {h}z" fill="{colour}" opacity="{opacity}"/>"#);
}

fn water(svg: &mut String, brief: &mut Brief, top: f64, x: f64, r: f64) {
    let (w, h) = (brief.width, brief.height);
    let (light, soft) = (brief.palette.light, brief.palette.soft);
    _ = write!(svg, r#"<rect y="{top}" width="{w}" height="{}" fill="url(#water)"/>"#, h - top);
    for line in 0..46 {
        let depth = f64::from(line) / 46.0;
        let y = top + (h - top) * depth * depth;
        let wide = r * brief.range(0.25, 1.1) * (1.0 - depth * 0.35);
        let drift = x + brief.range(-0.35, 0.35) * r;
        _ = write!(
            svg,
            r#"<rect x="{:.1}" y="{y:.1}" width="{:.1}" height="{:.1}" rx="2" fill="{light}" opacity="{:.2}"/>"#,
            drift - wide,
            2.0 * wide,
            2.0 + 5.0 * depth,
            0.6 - 0.4 * depth
        );
        let far = brief.range(0.0, w);
        _ = write!(
            svg,
            r#"<rect x="{far:.1}" y="{:.1}" width="{:.1}" height="2" fill="{soft}" opacity=".35"/>"#,
            y + 4.0,
            brief.range(20.0, 140.0)
        );
    }
}

fn clouds(svg: &mut String, brief: &mut Brief, horizon: f64, unit: f64) {
    let colour = brief.palette.light;
    for _ in 0..4 {
        let (x, y) = (brief.range(0.0, brief.width), brief.range(0.2, 0.8) * horizon);
        let wide = brief.range(120.0, 300.0) * unit;
        _ = write!(svg, r#"<g fill="{colour}" opacity="{:.2}">"#, brief.range(0.25, 0.6));
        for puff in 0..5 {
            let along = f64::from(puff) / 4.0 - 0.5;
            _ = write!(
                svg,
                r#"<ellipse cx="{:.1}" cy="{:.1}" rx="{:.1}" ry="{:.1}"/>"#,
                x + along * wide * 1.4,
                y - brief.range(0.0, 24.0) * unit,
                wide * 0.34,
                wide * (0.15 - 0.2 * along * along)
            );
        }
        svg.push_str("</g>");
    }
}

fn birds(svg: &mut String, brief: &mut Brief, horizon: f64, unit: f64) {
    let (x, y) = (brief.range(0.15, 0.75) * brief.width, brief.range(0.25, 0.6) * horizon);
    for _ in 0..5 {
        let (left, top, size) = (
            x + brief.range(0.0, 190.0) * unit,
            y + brief.range(0.0, 110.0) * unit,
            brief.range(10.0, 20.0) * unit,
        );
        _ = write!(
            svg,
            r#"<path d="M{left:.1} {top:.1}q{:.1} -{size:.1} {size:.1} 0q{:.1} -{size:.1} {size:.1} 0" fill="none" stroke="{}" stroke-width="{:.1}" stroke-linecap="round"/>"#,
            size / 2.0,
            size / 2.0,
            brief.palette.dark,
            4.0 * unit
        );
    }
}

fn shape(wonder: &str, brief: &mut Brief) -> String {
    let p = brief.palette;
    match wonder {
        "door" => format!(
            r#"<ellipse cx="10" cy="8" rx="150" ry="18" fill="{d}" opacity=".4"/><path d="M-92 0V-300a92 92 0 0 1 184 0V0z" fill="{d}"/><path d="M-72 0V-298a72 72 0 0 1 144 0V0z" fill="url(#orb)"/><path d="M-72 0V-298a72 72 0 0 1 72 -72V0z" fill="{m}"/><circle cx="-18" cy="-160" r="9" fill="{l}"/>"#,
            d = p.dark,
            m = p.mid,
            l = p.light
        ),
        "staircase" => {
            let mut steps = String::new();
            for step in 0..13 {
                _ = write!(
                    steps,
                    r#"<path d="M{x} {y}h64l-18 16h-64z" fill="{}"/><path d="M{} {}h64v22h-64z" fill="{}"/>"#,
                    p.light,
                    f64::from(step) * 30.0 - 198.0,
                    f64::from(-step) * 40.0 + 16.0,
                    p.deep,
                    x = f64::from(step) * 30.0 - 180.0,
                    y = f64::from(-step) * 40.0
                );
            }
            steps
        }
        "whale" => format!(
            r#"<path d="M-230 20C-210 -110 30 -130 150 -20C190 10 220 -10 250 -70C262 -40 262 -20 250 0C280 6 296 20 300 44C250 40 220 30 190 40C120 130 -210 150 -230 20z" fill="{}"/><path d="M-226 50C-140 120 60 110 150 52C90 130 -190 140 -226 50z" fill="{}"/><circle cx="-150" cy="10" r="9" fill="{}"/><path d="M-40 66C-20 120 -60 160 -96 170C-96 120 -90 90 -84 66z" fill="{}"/>"#,
            p.deep, p.light, p.light, p.dark
        ),
        "balloon" => format!(
            r#"<path d="M0 -200C130 -200 150 -50 40 70H-40C-150 -50 -130 -200 0 -200z" fill="{}"/><path d="M0 -200C50 -200 60 -50 16 70H-16C-60 -50 -50 -200 0 -200z" fill="{}"/><path d="M-36 74L-24 120M36 74L24 120" stroke="{}" stroke-width="4"/><rect x="-28" y="118" width="56" height="42" rx="8" fill="{}"/>"#,
            p.accent, p.light, p.dark, p.dark
        ),
        "cube" => format!(
            r#"<path d="M0 -150L130 -75V75L0 150L-130 75V-75z" fill="{}"/><path d="M0 -150L130 -75L0 0L-130 -75z" fill="{}"/><path d="M0 0L130 -75V75L0 150z" fill="{}"/><circle cx="0" cy="0" r="250" fill="url(#halo)" opacity=".35"/>"#,
            p.mid, p.light, p.dark
        ),
        _ => format!(
            r##"<path d="M-210 0C-150 -34 150 -34 210 0C180 60 90 90 60 150C44 190 -10 240 -30 190C-60 110 -180 80 -210 0z" fill="url(#rock)"/><ellipse cx="0" cy="-4" rx="210" ry="34" fill="{}"/><path d="M-60 -10V-90M70 -12V-120" stroke="{}" stroke-width="14"/><circle cx="-60" cy="-120" r="56" fill="{}"/><circle cx="70" cy="-160" r="68" fill="{}"/><path d="M10 6C14 90 0 150 16 260" stroke="#fff" stroke-width="10" opacity=".5" fill="none"/>"##,
            p.soft, p.dark, p.accent, p.mid
        ),
    }
}
