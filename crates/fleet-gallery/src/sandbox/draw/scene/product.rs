//! A product shot: one object on a plinth, light from one side, a soft shadow, and nothing else.

use std::fmt::Write;

use super::{Brief, horizontal, radial, vertical};

pub(super) const WORDS: &[&str] = &[
    "product",
    "packshot",
    "bottle",
    "perfume",
    "candle",
    "mug",
    "cup",
    "jar",
    "lamp",
    "studio",
    "listing",
    "shop",
    "hero",
    "ceramic",
    "vase",
    "box",
    "package",
    "skincare",
    "soap",
    "plinth",
    "shadow",
    "backdrop",
    "e-commerce",
];

const THINGS: &[&str] = &["bottle", "candle", "mug", "jar", "vase", "box", "perfume", "lamp"];

pub(super) fn paint(brief: &mut Brief) -> String {
    let p = brief.palette;
    let (w, h) = (brief.width, brief.height);
    let unit = w.min(h) / 1024.0;
    let from_left = brief.chance(0.5);
    let (x, floor) = (w * brief.range(0.46, 0.54), h * 0.5 + 262.0 * unit);
    let mut svg = String::from("<defs>");
    svg += &vertical("wall", &[(0.0, p.soft), (0.62, p.light), (0.7, p.soft), (1.0, p.mid)]);
    svg += &radial("glow", &[(0.0, "#ffffff/.85"), (1.0, "#ffffff/0")]);
    svg += &radial("shade", &[(0.0, "#000000/.42"), (0.55, "#000000/.2"), (1.0, "#000000/0")]);
    svg += &horizontal("plinth", &[(0.0, p.mid), (0.25, p.light), (0.6, p.soft), (1.0, p.mid)]);
    let body = if brief.chance(0.5) { p.deep } else { p.accent };
    svg += &horizontal(
        "body",
        &[(0.0, p.dark), (0.18, body), (0.34, p.light), (0.42, body), (0.8, body), (1.0, p.dark)],
    );
    svg += &horizontal("metal", &[(0.0, "#6f6657"), (0.3, "#fff4d6"), (0.5, "#c9a86a"), (1.0, "#5b4b2e")]);
    svg += "</defs>";
    _ = write!(svg, r#"<rect width="{w}" height="{h}" fill="url(#wall)"/>"#);
    backdrop(&mut svg, brief, x, floor, unit);
    let glow = if from_left { x - 240.0 * unit } else { x + 240.0 * unit };
    _ = write!(
        svg,
        r#"<ellipse cx="{glow}" cy="{}" rx="{}" ry="{}" fill="url(#glow)"/>"#,
        floor - 420.0 * unit,
        520.0 * unit,
        560.0 * unit
    );
    let lean = if from_left { 1.0 } else { -1.0 };
    // The plinth, its long shadow first.
    _ = write!(
        svg,
        r#"<ellipse cx="{}" cy="{}" rx="{}" ry="{}" fill="url(#shade)"/>"#,
        x + lean * 130.0 * unit,
        floor + 150.0 * unit,
        470.0 * unit,
        64.0 * unit
    );
    let (r, top, tall) = (270.0 * unit, floor, 130.0 * unit);
    _ = write!(
        svg,
        r#"<path d="M{} {top}v{tall}a{r} {q} 0 0 0 {d} 0v-{tall}z" fill="url(#plinth)"/><ellipse cx="{x}" cy="{top}" rx="{r}" ry="{q}" fill="{}"/>"#,
        x - r,
        p.light,
        q = 58.0 * unit,
        d = 2.0 * r
    );
    _ = write!(
        svg,
        r#"<ellipse cx="{}" cy="{}" rx="{}" ry="{}" fill="url(#shade)"/>"#,
        x + lean * 62.0 * unit,
        top + 6.0 * unit,
        200.0 * unit,
        36.0 * unit
    );
    let thing = brief.pick(THINGS);
    _ = write!(svg, r#"<g transform="translate({x} {}) scale({unit})">"#, top + 12.0 * unit);
    svg += &object(thing, brief);
    svg += "</g>";
    svg
}

/// A disc, an arch or a window of light behind the object, and sometimes a sprig.
fn backdrop(svg: &mut String, brief: &mut Brief, x: f64, floor: f64, unit: f64) {
    let p = brief.palette;
    let colour = if brief.chance(0.5) { p.mid } else { p.accent };
    match brief.below(4) {
        0 => {
            _ = write!(
                svg,
                r#"<circle cx="{x}" cy="{}" r="{}" fill="{colour}" opacity=".55"/>"#,
                floor - 330.0 * unit,
                330.0 * unit
            )
        }
        1 => {
            let r = 260.0 * unit;
            _ = write!(
                svg,
                r#"<path d="M{} {floor}v-{t}a{r} {r} 0 0 1 {d} 0v{t}z" fill="{colour}" opacity=".5"/>"#,
                x - r,
                t = 400.0 * unit,
                d = 2.0 * r
            );
        }
        2 => {
            for pane in 0..3 {
                let left = x - 420.0 * unit + f64::from(pane) * 230.0 * unit;
                _ = write!(
                    svg,
                    r##"<path d="M{left} {top}h{a}l{b} {c}h-{a}z" fill="#fff" opacity=".35"/>"##,
                    top = floor - 760.0 * unit,
                    a = 150.0 * unit,
                    b = 190.0 * unit,
                    c = 640.0 * unit
                );
            }
        }
        _ => {
            for ring in 0..3 {
                _ = write!(
                    svg,
                    r#"<circle cx="{x}" cy="{}" r="{}" fill="none" stroke="{colour}" stroke-width="{}" opacity=".4"/>"#,
                    floor - 320.0 * unit,
                    (200.0 + 80.0 * f64::from(ring)) * unit,
                    14.0 * unit
                );
            }
        }
    }
    if brief.chance(0.6) {
        let side = if brief.chance(0.5) { -1.0 } else { 1.0 };
        _ = write!(
            svg,
            r#"<g transform="translate({} {}) scale({} {unit})" fill="{}"><path d="M0 0C30 -160 10 -320 60 -470" fill="none" stroke="{}" stroke-width="7"/>"#,
            x + side * 205.0 * unit,
            floor + 10.0 * unit,
            side * unit,
            p.deep,
            p.deep
        );
        for leaf in 0..7 {
            let (y, turn) = (-90.0 - 56.0 * f64::from(leaf), if leaf % 2 == 0 { -52.0 } else { 40.0 });
            _ = write!(
                svg,
                r#"<path d="M0 0C34 -30 40 -90 0 -128C-40 -90 -34 -30 0 0z" transform="translate({} {y}) rotate({turn})" opacity=".9"/>"#,
                14.0 + 6.0 * f64::from(leaf)
            );
        }
        svg.push_str("</g>");
    }
}

/// The object, standing on the origin, about 560 high.
fn object(thing: &str, brief: &mut Brief) -> String {
    let p = brief.palette;
    let label = format!(
        r#"<g transform="translate(0 -190)"><rect x="-74" y="-70" width="148" height="140" rx="6" fill="{}"/><path d="M-44 -26h88M-28 0h56M-44 30h88" stroke="{}" stroke-width="9" stroke-linecap="round"/></g>"#,
        p.light, p.deep
    );
    let gloss = |x: i32, y: i32, tall: i32| {
        format!(r##"<rect x="{x}" y="{y}" width="16" height="{tall}" rx="8" fill="#fff" opacity=".55"/>"##)
    };
    match thing {
        "candle" => format!(
            r##"<rect x="-130" y="-290" width="260" height="290" rx="26" fill="url(#body)"/><ellipse cx="0" cy="-288" rx="118" ry="26" fill="{}"/><path d="M0 -290v-40" stroke="#333" stroke-width="7"/><path d="M0 -430C46 -370 36 -322 0 -322C-36 -322 -46 -370 0 -430z" fill="#ffb742"/><path d="M0 -388C20 -358 16 -330 0 -330C-16 -330 -20 -358 0 -388z" fill="#fff3c4"/><circle cx="0" cy="-370" r="150" fill="url(#glow)" opacity=".6"/>{}{}"##,
            p.light,
            gloss(-100, -250, 200),
            label.replace("0 -190", "0 -135")
        ),
        "mug" => format!(
            r##"<path d="M120 -250c120 -20 130 170 -10 170" fill="none" stroke="{}" stroke-width="38"/><path d="M-150 -310h300v210c0 70 -46 100 -110 100h-80c-64 0 -110 -30 -110 -100z" fill="url(#body)"/><ellipse cx="0" cy="-310" rx="150" ry="34" fill="{}"/><ellipse cx="0" cy="-304" rx="128" ry="24" fill="#4a2c1a"/>{}<path d="M-50 -370c-30 -50 30 -70 0 -120M40 -370c-30 -50 30 -70 0 -120" fill="none" stroke="#fff" stroke-width="12" stroke-linecap="round" opacity=".55"/>"##,
            p.dark,
            p.light,
            gloss(-112, -260, 170)
        ),
        "jar" => format!(
            r#"<rect x="-140" y="-270" width="280" height="270" rx="44" fill="url(#body)"/><rect x="-148" y="-360" width="296" height="100" rx="18" fill="url(#metal)"/>{}{}"#,
            gloss(-108, -225, 170),
            label.replace("0 -190", "0 -130")
        ),
        "vase" => format!(
            r#"<path d="M-50 -520h100c-6 70 -6 110 40 170c80 100 60 350 -40 350h-100c-100 0 -120 -250 -40 -350c46 -60 46 -100 40 -170z" fill="url(#body)"/><ellipse cx="0" cy="-520" rx="52" ry="13" fill="{}"/>{}<path d="M-116 -190q116 40 232 0M-116 -150q116 40 232 0" stroke="{}" stroke-width="8" fill="none" opacity=".7"/>"#,
            p.dark,
            gloss(-86, -260, 160),
            p.light
        ),
        "box" => format!(
            r#"<path d="M-190 -330L40 -290V10L-190 -40z" fill="{}"/><path d="M40 -290L200 -340V-50L40 10z" fill="{}"/><path d="M-190 -330L-20 -376L200 -340L40 -290z" fill="{}"/><g transform="translate(-78 -160) skewY(10)"><circle r="62" fill="{}"/><path d="M-34 4l24 26l44 -54" stroke="{}" stroke-width="14" fill="none" stroke-linecap="round"/></g>"#,
            p.deep, p.dark, p.soft, p.light, p.accent
        ),
        "perfume" => format!(
            r##"<rect x="-150" y="-300" width="300" height="300" rx="30" fill="url(#body)" opacity=".92"/><rect x="-122" y="-210" width="244" height="182" rx="18" fill="{}" opacity=".75"/><rect x="-34" y="-352" width="68" height="56" fill="url(#metal)"/><rect x="-62" y="-450" width="124" height="104" rx="12" fill="url(#metal)"/>{}<text y="-110" font-size="40" text-anchor="middle" fill="#fff" letter-spacing="8">No. {}</text>"##,
            p.accent,
            gloss(-118, -260, 220),
            1 + brief.below(19)
        ),
        "lamp" => format!(
            r#"<ellipse cx="0" cy="-8" rx="120" ry="24" fill="url(#metal)"/><rect x="-9" y="-330" width="18" height="322" fill="url(#metal)"/><path d="M-92 -540h184l82 210h-348z" fill="{}"/><path d="M-92 -540h184l82 210h-348z" fill="url(#glow)"/><ellipse cx="0" cy="-250" rx="290" ry="120" fill="url(#glow)" opacity=".6"/>"#,
            p.accent
        ),
        _ => format!(
            r#"<path d="M-44 -560h88v110c0 50 76 70 76 150v250c0 34 -20 50 -50 50h-140c-30 0 -50 -16 -50 -50v-250c0 -80 76 -100 76 -150z" fill="url(#body)"/><rect x="-54" y="-610" width="108" height="76" rx="10" fill="url(#metal)"/>{}{label}"#,
            gloss(-94, -290, 240)
        ),
    }
}
