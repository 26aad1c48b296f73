//! A mock-up of an interface: one window, a grid that holds, one thing to press.

use std::fmt::Write;

use super::{Brief, canvas, vertical};

pub(super) const WORDS: &[&str] = &[
    "ui",
    "ux",
    "wireframe",
    "mock-up",
    "mockup",
    "app",
    "screen",
    "component",
    "button",
    "form",
    "card",
    "interface",
    "dashboard",
    "onboarding",
    "prototype",
    "settings",
    "checkout",
    "navigation",
    "accessibility",
    "accessible",
    "modal",
    "login",
    "figma",
    "design-system",
];

pub(super) fn paint(brief: &mut Brief) -> String {
    let p = brief.palette;
    let (w, h) = (brief.width, brief.height);
    let unit = w.min(h) / 1024.0;
    let mut svg = format!(
        "<defs>{}{}</defs>",
        vertical("back", &[(0.0, p.soft), (1.0, p.mid)]),
        vertical("hero", &[(0.0, p.accent), (1.0, p.mid)])
    );
    _ = write!(
        svg,
        r#"<rect width="{w}" height="{h}" fill="url(#back)"/><circle cx="{}" cy="{}" r="{}" fill="{}" opacity=".35"/><circle cx="{}" cy="{}" r="{}" fill="{}" opacity=".25"/>"#,
        w * 0.1,
        h * 0.9,
        330.0 * unit,
        p.light,
        w * 0.95,
        h * 0.08,
        280.0 * unit,
        p.deep
    );
    let desk = brief.has(&["dashboard", "desktop", "web", "table"]);
    let phone = h > w
        || !desk && (brief.has(&["app", "mobile", "phone", "onboarding", "login"]) || brief.chance(0.3));
    let heading = brief.headline(2).join(" ");
    let heading = if heading.chars().count() > 15 { brief.headline(1).join(" ") } else { heading };
    let heading = canvas::escaped(if heading.is_empty() { "Overview" } else { &heading });
    let (wide, tall) = if phone { (470.0, 880.0) } else { (900.0, 720.0) };
    let scale =
        if phone { (h * 0.9 / tall).min(w * 0.8 / wide) } else { (w * 0.88 / wide).min(h * 0.86 / tall) };
    let (x, y) = ((w - wide * scale) / 2.0, (h - tall * scale) / 2.0);
    _ = write!(svg, r#"<g transform="translate({x} {y}) scale({scale})">"#);
    for spread in 0..6 {
        let grow = f64::from(spread) * 6.0;
        _ = write!(
            svg,
            r#"<rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}" opacity=".05"/>"#,
            -grow,
            18.0 - grow / 2.0,
            wide + 2.0 * grow,
            tall + grow,
            34.0 + grow,
            p.dark
        );
    }
    _ = write!(
        svg,
        r##"<rect width="{wide}" height="{tall}" rx="{}" fill="#fff"/>"##,
        if phone { 54 } else { 24 }
    );
    if phone {
        phone_screen(&mut svg, brief, &heading)
    } else {
        window(&mut svg, brief, &heading)
    }
    svg + "</g>"
}

fn bar(svg: &mut String, x: f64, y: f64, wide: f64, tall: f64, colour: &str) {
    _ = write!(
        svg,
        r#"<rect x="{x}" y="{y}" width="{wide}" height="{tall}" rx="{}" fill="{colour}"/>"#,
        (tall / 2.0).min(10.0)
    );
}

fn window(svg: &mut String, brief: &mut Brief, heading: &str) {
    let p = brief.palette;
    _ = write!(
        svg,
        r#"<path d="M0 24a24 24 0 0 1 24 -24h196v720h-196a24 24 0 0 1 -24 -24z" fill="{}"/>"#,
        p.dark
    );
    for (dot, colour) in ["#ff5f57", "#febc2e", "#28c840"].iter().enumerate() {
        _ = write!(svg, r#"<circle cx="{}" cy="34" r="8" fill="{colour}"/>"#, 34 + 26 * dot);
    }
    let chosen = brief.below(5);
    for entry in 0..6 {
        let y = 104.0 + 52.0 * entry as f64;
        if entry == chosen {
            bar(svg, 18.0, y - 14.0, 184.0, 44.0, p.deep);
        }
        _ = write!(
            svg,
            r#"<circle cx="44" cy="{}" r="9" fill="{}"/>"#,
            y + 8.0,
            if entry == chosen { p.accent } else { p.mid }
        );
        let wide = brief.range(70.0, 118.0);
        bar(svg, 66.0, y, wide, 16.0, if entry == chosen { p.light } else { p.deep });
    }
    _ = write!(
        svg,
        r#"<text x="256" y="84" font-size="34" font-weight="bold" fill="{}">{heading}</text>"#,
        p.dark
    );
    bar(svg, 256.0, 104.0, 260.0, 14.0, "#e3e6ee");
    bar(svg, 726.0, 52.0, 138.0, 48.0, p.accent);
    bar(svg, 758.0, 70.0, 74.0, 12.0, "#ffffff");
    for card in 0..3 {
        let x = 256.0 + 208.0 * f64::from(card);
        _ = write!(
            svg,
            r##"<rect x="{x}" y="146" width="192" height="128" rx="16" fill="#f6f7fb" stroke="#e3e6ee" stroke-width="2"/><text x="{}" y="236" font-size="36" font-weight="bold" fill="{}">{}</text>"##,
            x + 20.0,
            p.deep,
            12 + brief.below(880)
        );
        bar(svg, x + 20.0, 170.0, 92.0, 12.0, "#c6cad6");
        let wide = brief.range(30.0, 150.0);
        bar(svg, x + 20.0, 250.0, 152.0, 8.0, "#e3e6ee");
        bar(svg, x + 20.0, 250.0, wide, 8.0, p.accent);
    }
    _ = write!(
        svg,
        r##"<rect x="256" y="294" width="400" height="390" rx="16" fill="#f6f7fb" stroke="#e3e6ee" stroke-width="2"/>"##
    );
    let mut path = String::from("M276 650");
    for step in 0..13 {
        _ = write!(
            path,
            "L{} {:.0}",
            276 + 30 * step,
            620.0 - brief.range(20.0, 150.0) - 8.0 * f64::from(step)
        );
    }
    _ = write!(
        svg,
        r#"<path d="{path}L636 650z" fill="{}" opacity=".25"/><path d="{path}" fill="none" stroke="{}" stroke-width="5" stroke-linejoin="round"/>"#,
        p.mid, p.deep
    );
    bar(svg, 280.0, 322.0, 150.0, 16.0, p.dark);
    bar(svg, 280.0, 350.0, 96.0, 12.0, "#c6cad6");
    _ = write!(
        svg,
        r##"<rect x="672" y="294" width="192" height="390" rx="16" fill="#f6f7fb" stroke="#e3e6ee" stroke-width="2"/>"##
    );
    for row in 0..5 {
        let y = 334.0 + 70.0 * f64::from(row);
        let colour = [p.accent, p.mid, p.deep, p.soft, p.dark][brief.below(5)];
        _ = write!(svg, r#"<circle cx="712" cy="{y}" r="20" fill="{colour}"/>"#);
        let wide = brief.range(56.0, 104.0);
        bar(svg, 744.0, y - 14.0, wide, 12.0, p.dark);
        bar(svg, 744.0, y + 6.0, 70.0, 10.0, "#c6cad6");
    }
}

fn phone_screen(svg: &mut String, brief: &mut Brief, heading: &str) {
    let p = brief.palette;
    _ = write!(svg, r#"<rect x="175" y="18" width="120" height="26" rx="13" fill="{}"/>"#, p.dark);
    _ = write!(
        svg,
        r#"<text x="36" y="112" font-size="36" font-weight="bold" fill="{}">{heading}</text><circle cx="408" cy="100" r="26" fill="{}"/>"#,
        p.dark, p.mid
    );
    bar(svg, 36.0, 132.0, 220.0, 14.0, "#d6dae4");
    _ = write!(svg, r#"<rect x="36" y="172" width="398" height="220" rx="28" fill="url(#hero)"/>"#);
    match brief.below(3) {
        0 => {
            _ = write!(
                svg,
                r#"<circle cx="340" cy="250" r="66" fill="{}" opacity=".8"/><path d="M36 364C120 270 180 330 250 300C330 262 380 330 434 300V364a28 28 0 0 1 -28 28H64a28 28 0 0 1 -28 -28z" fill="{}"/>"#,
                p.light, p.deep
            )
        }
        1 => {
            _ = write!(
                svg,
                r##"<path d="M80 340l70 -90l60 60l50 -40l90 70z" fill="#fff" opacity=".7"/><circle cx="330" cy="230" r="26" fill="#fff" opacity=".9"/>"##
            )
        }
        _ => {
            _ = write!(
                svg,
                r##"<circle cx="235" cy="282" r="72" fill="none" stroke="#fff" stroke-width="20" opacity=".35"/><path d="M235 210a72 72 0 1 1 -66 100" fill="none" stroke="#fff" stroke-width="20" stroke-linecap="round"/>"##
            )
        }
    }
    for row in 0..3 {
        let y = 418.0 + 92.0 * f64::from(row);
        _ = write!(
            svg,
            r##"<rect x="36" y="{y}" width="398" height="78" rx="20" fill="#f6f7fb"/><rect x="52" y="{}" width="46" height="46" rx="14" fill="{}"/>"##,
            y + 16.0,
            [p.soft, p.mid, p.accent][row as usize]
        );
        let wide = brief.range(110.0, 190.0);
        bar(svg, 116.0, y + 22.0, wide, 14.0, p.dark);
        bar(svg, 116.0, y + 46.0, 120.0, 10.0, "#c6cad6");
        let on = brief.chance(0.5);
        _ = write!(
            svg,
            r##"<rect x="358" y="{}" width="60" height="34" rx="17" fill="{}"/><circle cx="{}" cy="{}" r="13" fill="#fff"/>"##,
            y + 22.0,
            if on { p.accent } else { "#ccd0db" },
            if on { 401 } else { 375 },
            y + 39.0
        );
    }
    _ = write!(
        svg,
        r##"<rect x="36" y="716" width="398" height="70" rx="24" fill="{}"/><text x="235" y="760" font-size="28" font-weight="bold" text-anchor="middle" fill="#fff">Continue</text>"##,
        p.deep
    );
    for entry in 0..4 {
        _ = write!(
            svg,
            r#"<circle cx="{}" cy="832" r="12" fill="{}"/>"#,
            82 + 102 * entry,
            if entry == 0 { p.deep } else { "#ccd0db" }
        );
    }
}
