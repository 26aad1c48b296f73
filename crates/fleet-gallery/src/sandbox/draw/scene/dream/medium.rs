//! The medium: what lies over a finished dream, so that it looks made by hand.

use std::f64::consts::TAU;

use super::sketch::{Sketch, Tone};
use super::{Air, Brief, sky};

type Paint = fn(&mut Sketch, &Air, &mut Brief);

pub(super) fn finish(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    match named(brief) {
        Some(paint) => paint(s, air, brief),
        None => grain(s, air, brief, 900),
    }
    vignette(s, air);
}

/// The medium that the prompt asks for.
pub(super) fn named(brief: &Brief) -> Option<Paint> {
    let calls: [(&[&str], Paint); 10] = [
        (&["chalk"], chalk),
        (&["gouache", "gold leaf", "tempera"], gouache),
        (&["long exposure"], long_exposure),
        (&["exposure"], exposure),
        (&["collage", "cut paper", "paper cut"], collage),
        (&["watercolour", "watercolor", "aquarelle"], watercolour),
        (&["engraving", "etching", "woodcut", "linocut"], engraving),
        (&["airbrush", "seventies"], airbrush),
        (&["frottage", "soft haze"], frottage),
        (&["oil", "risograph", "grain", "print"], oil),
    ];
    let found = calls.into_iter().find(|(words, _)| brief.has(words)).map(|(_, paint)| paint);
    // Ink is a medium only where it is not one of two colours.
    let ink = || brief.prompt.segments().any(|words| words == ["ink"]);
    found.or_else(|| ink().then_some(engraving as Paint))
}

fn vignette(s: &mut Sketch, air: &Air) {
    let (w, h) = (air.width, air.height);
    let dark = air.tones.dark.darker(0.4);
    let shade = s.round(&[(0.0, dark.at(0.0)), (0.66, dark.at(0.0)), (1.0, dark.at(0.55))]);
    s.oval(shade, w / 2.0, h / 2.0, w * 0.76, h * 0.8);
}

fn grain(s: &mut Sketch, air: &Air, brief: &mut Brief, count: usize) {
    let (mut dark, mut pale) = (String::new(), String::new());
    for dot in 0..count {
        let size = brief.range(0.8, 2.2) * air.unit;
        let path = format!(
            "M{:.0} {:.0}h{size:.1}v{size:.1}h-{size:.1}z",
            brief.range(0.0, air.width),
            brief.range(0.0, air.height)
        );
        if dot % 2 == 0 { dark += &path } else { pale += &path }
    }
    s.fill(air.tones.dark.at(0.22), &dark);
    s.fill(air.tones.light.at(0.26), &pale);
}

/// A border of paper with an uneven inner edge.
fn paper(s: &mut Sketch, air: &Air, brief: &mut Brief, colour: Tone, wide: f64, rough: f64) {
    let (w, h) = (air.width, air.height);
    let mut path = format!("M0 0H{w:.0}V{h:.0}H0z");
    let mut corners = Vec::new();
    for step in 0..40 {
        let along = f64::from(step) / 40.0;
        corners.push((wide, along * h, true));
    }
    for step in 0..60 {
        corners.push((f64::from(step) / 60.0 * w, h - wide, false));
    }
    for step in 0..40 {
        corners.push((w - wide, h - f64::from(step) / 40.0 * h, true));
    }
    for step in 0..60 {
        corners.push((w - f64::from(step) / 60.0 * w, wide, false));
    }
    for (index, (x, y, upright)) in corners.into_iter().enumerate() {
        let jolt = brief.range(-rough, rough);
        let (x, y) = (x.clamp(wide, w - wide), y.clamp(wide, h - wide));
        let (x, y) = if upright { (x + jolt, y) } else { (x, y + jolt) };
        path += &format!("{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" });
    }
    s.hole(colour, &format!("{path}z"));
}

fn oil(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    for _ in 0..260 {
        let (x, y, long) =
            (brief.range(0.0, air.width), brief.range(0.0, air.height), brief.range(30.0, 130.0) * air.unit);
        let t = air.tones;
        let colour = [t.light, t.soft, t.mid, t.deep, t.accent][brief.below(5)];
        let bend = brief.range(-20.0, 20.0) * air.unit;
        s.line(
            colour.at(0.13),
            brief.range(4.0, 13.0) * air.unit,
            &format!("M{x:.0} {y:.0}q{:.0} {bend:.0} {long:.0} {:.0}", long / 2.0, bend * 0.6),
        );
    }
    grain(s, air, brief, 3200);
}

fn chalk(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let mut dust = String::new();
    for _ in 0..4200 {
        let (x, y) = (brief.range(0.0, air.width), brief.range(0.0, air.height));
        let size = brief.range(1.0, 3.6) * air.unit;
        dust += &format!("M{x:.0} {y:.0}l{size:.1} -{:.1}l{:.1} {size:.1}z", size * 0.4, size * 0.3);
    }
    s.fill("#07070b/.42", &dust);
    for _ in 0..110 {
        let (x, y, long) =
            (brief.range(0.0, air.width), brief.range(0.0, air.height), brief.range(40.0, 160.0) * air.unit);
        s.line(
            air.tones.light.at(0.12),
            brief.range(3.0, 9.0) * air.unit,
            &format!("M{x:.0} {y:.0}l{long:.0} -{:.0}", long * 0.5),
        );
    }
    paper(s, air, brief, Tone::of("#0b0b10"), 30.0 * air.unit, 11.0 * air.unit);
}

fn gouache(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let gold = Tone::of("#e3b44a");
    for _ in 0..52 {
        let (x, y) = (brief.range(0.0, air.width), brief.range(0.0, 1.0).powf(1.4) * air.height);
        let size = brief.range(5.0, 30.0) * air.unit;
        let leaf = gold.mix(Tone::of("#fff2b8"), brief.range(0.0, 0.5));
        let jag = |brief: &mut Brief| brief.range(0.4, 1.0) * size;
        s.fill(
            leaf.at(0.9),
            &format!(
                "M{x:.0} {y:.0}l{:.0} -{:.0}l{:.0} {:.0}l-{:.0} {:.0}l-{:.0} -{:.0}z",
                jag(brief),
                jag(brief),
                jag(brief),
                jag(brief),
                jag(brief),
                jag(brief),
                jag(brief),
                jag(brief) * 0.3
            ),
        );
    }
    let (x, y, r) = air.orb;
    s.ring(gold.at(0.8), 4.0 * air.unit, x, y, r * 1.3);
    s.ring(gold.at(0.5), 2.0 * air.unit, x, y, r * 1.46);
    paper(s, air, brief, Tone::of("#f6f0e2"), 26.0 * air.unit, 4.0 * air.unit);
}

/// The hero a second time, over everything: what the second exposure saw.
fn exposure(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let shift = if brief.chance(0.5) { 0.16 } else { -0.16 };
    let (w, h) = (air.width, air.height);
    s.group(
        &format!(
            r#"opacity=".24" transform="translate({:.0} {:.0}) scale(1.5)""#,
            w * (shift - 0.25),
            -h * 0.28
        ),
        |s| s.again("hero"),
    );
    let wash = s.across(&[
        (0.0, air.tones.accent.at(0.22)),
        (0.5, air.tones.accent.at(0.0)),
        (1.0, air.tones.mid.at(0.3)),
    ]);
    s.block(wash, 0.0, 0.0, w, h);
    grain(s, air, brief, 1800);
}

fn long_exposure(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (x, y) = (air.width * brief.range(0.3, 0.7), air.horizon * 0.3);
    for _ in 0..130 {
        let r = brief.range(0.03, 1.0) * air.width;
        let (from, open) = (brief.range(0.0, TAU), brief.range(0.1, 0.4));
        let end = from + open;
        let (top, low) = (y + r * from.sin(), y + r * end.sin());
        if top.max(low) < air.horizon {
            s.line(
                air.tones.light.lighter(0.4).at(0.34),
                brief.range(0.8, 2.4) * air.unit,
                &format!(
                    "M{:.1} {top:.1}A{r:.1} {r:.1} 0 0 1 {:.1} {low:.1}",
                    x + r * from.cos(),
                    x + r * end.cos()
                ),
            );
        }
    }
    for _ in 0..16 {
        let y = brief.range(air.horizon, air.height);
        s.line(
            air.tones.accent.lighter(0.3).at(0.22),
            brief.range(1.0, 4.0) * air.unit,
            &format!(
                "M0 {y:.0}Q{:.0} {:.0} {:.0} {:.0}",
                air.width / 2.0,
                y + brief.range(-30.0, 30.0),
                air.width,
                y + brief.range(-20.0, 20.0)
            ),
        );
    }
    sky::fog(s, air, brief, 7);
}

fn collage(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, h, t) = (air.width, air.height, air.tones);
    // Strips of torn paper with white edges and a shadow, along two sides.
    for (left, top, colour) in [(true, 0.72, t.accent), (false, 0.82, t.deep), (true, 0.9, t.soft)] {
        let mut path = String::new();
        for step in 0..=26 {
            let along = f64::from(step) / 26.0;
            let x = if left { along * 0.52 * w } else { w - along * 0.56 * w };
            let y = h * (top + (1.0 - top) * along) + brief.range(-7.0, 7.0) * air.unit;
            path += &format!("{}{x:.0} {y:.0}", if step == 0 { "M" } else { "L" });
        }
        let corner = if left { 0.0 } else { w };
        let closed = format!("{path}L{corner:.0} {h:.0}z");
        s.group(r#"transform="translate(4 -12)""#, |s| s.fill(t.dark.at(0.35), &closed));
        s.fill(colour, &closed);
        s.line(t.light.lighter(0.8), 6.0 * air.unit, &path);
    }
    for _ in 0..7 {
        let (x, y, size) =
            (brief.range(0.05, 0.95) * w, brief.range(0.05, 0.35) * h, brief.range(12.0, 30.0) * air.unit);
        s.placed(x, y, 1.0, brief.range(0.0, 90.0), |s| {
            s.block(t.dark.at(0.3), 3.0, 4.0, size, size * 0.7);
            s.block(t.accent.mix(t.light, 0.4), 0.0, 0.0, size, size * 0.7);
        });
    }
    grain(s, air, brief, 1200);
    paper(s, air, brief, t.light.lighter(0.75), 16.0 * air.unit, 3.0 * air.unit);
}

fn watercolour(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, h, t) = (air.width, air.height, air.tones);
    for _ in 0..24 {
        let colour = [t.mid, t.soft, t.accent, t.deep, t.light][brief.below(5)];
        let (x, y, r) = (brief.range(0.0, w), brief.range(0.0, h), brief.range(60.0, 240.0) * air.unit);
        let bloom = s.round(&[
            (0.0, colour.at(0.14)),
            (0.8, colour.at(0.1)),
            (0.94, colour.at(0.26)),
            (1.0, colour.at(0.0)),
        ]);
        s.oval(bloom, x, y, r, r * brief.range(0.6, 1.0));
    }
    for _ in 0..26 {
        let x = brief.range(0.0, w);
        let long = brief.range(30.0, 190.0) * air.unit;
        let run = s.down(&[(0.0, t.deep.at(0.3)), (1.0, t.deep.at(0.04))]);
        s.slab(run, x, h - long, brief.range(3.0, 9.0) * air.unit, long, 4.0);
    }
    grain(s, air, brief, 2600);
    paper(s, air, brief, Tone::of("#f7f3ea"), 34.0 * air.unit, 13.0 * air.unit);
}

fn engraving(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, h) = (air.width, air.height);
    let ink = air.tones.dark.darker(0.3);
    let mut lines = String::new();
    let step = 9.0 * air.unit;
    for line in 0..(h / step) as i32 {
        let y = f64::from(line) * step;
        lines += &format!(
            "M0 {y:.1}q{:.0} {:.0} {:.0} 0t{:.0} 0t{:.0} 0t{:.0} 0",
            w / 8.0,
            brief.range(3.0, 7.0),
            w / 4.0,
            w / 4.0,
            w / 4.0,
            w / 4.0
        );
    }
    s.line(ink.at(0.2), 1.7 * air.unit, &lines);
    let mut cross = String::new();
    for line in 0..170 {
        let x = f64::from(line) / 170.0 * w;
        let high = (h - air.horizon) * brief.range(0.3, 0.9);
        cross += &format!("M{x:.0} {h:.0}l{:.0} -{high:.0}", high * 0.35);
    }
    s.line(ink.at(0.24), 1.6 * air.unit, &cross);
    let wash = s.across(&[(0.0, Tone::of("#b5651d").at(0.16)), (1.0, Tone::of("#b5651d").at(0.05))]);
    s.block(wash, 0.0, 0.0, w, h);
    paper(s, air, brief, Tone::of("#f1e7d0"), 36.0 * air.unit, 1.0);
    let (inner, thick) = (44.0 * air.unit, 2.0 * air.unit);
    s.line(ink, thick, &format!("M{inner} {inner}H{:.0}V{:.0}H{inner}z", w - inner, h - inner));
}

fn airbrush(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, t) = (air.width, air.tones);
    let side = if air.orb.0 < w / 2.0 { 1.0 } else { 0.0 };
    for (band, colour) in [t.accent, t.soft, t.mid, t.light].into_iter().enumerate() {
        let r = air.height * (0.86 - 0.06 * band as f64);
        s.ring(colour.at(0.3), 0.045 * air.height, w * side, air.horizon, r);
    }
    for _ in 0..9 {
        let (x, y, r) = (
            brief.range(0.05, 0.95) * w,
            brief.range(0.05, 0.5) * air.height,
            brief.range(14.0, 46.0) * air.unit,
        );
        s.glow(t.light.lighter(0.6), 0.8, x, y, r);
        s.fill("#ffffff/.9", &format!("M{x:.0} {:.0}Q{x:.0} {y:.0} {:.0} {y:.0}Q{x:.0} {y:.0} {x:.0} {:.0}Q{x:.0} {y:.0} {:.0} {y:.0}Q{x:.0} {y:.0} {x:.0} {:.0}z", y - r, x + r, y + r, x - r, y - r));
    }
    grain(s, air, brief, 700);
}

fn frottage(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, h) = (air.width, air.height);
    let mut lines = String::new();
    let knot = (brief.range(0.2, 0.8) * w, brief.range(0.3, 0.8) * h);
    for line in 0..74 {
        let y = f64::from(line) / 73.0 * h;
        let push = 70.0
            * air.unit
            * (1.0 / (1.0 + ((y - knot.1) / (60.0 * air.unit)).powi(2)))
            * if y < knot.1 { -1.0 } else { 1.0 };
        lines += &format!(
            "M0 {:.0}C{:.0} {y:.0} {:.0} {:.0} {:.0} {:.0}S{:.0} {y:.0} {w:.0} {:.0}",
            y + brief.range(-4.0, 4.0),
            knot.0 * 0.5,
            knot.0 - 90.0 * air.unit,
            y + push,
            knot.0,
            y + push,
            knot.0 + 0.2 * w,
            y + brief.range(-5.0, 5.0)
        );
    }
    s.line(air.tones.dark.at(0.2), 2.2 * air.unit, &lines);
    s.group(r#"transform="translate(2 3)""#, |s| s.line(air.tones.light.at(0.16), 1.6 * air.unit, &lines));
    sky::fog(s, air, brief, 16);
    grain(s, air, brief, 1400);
}
