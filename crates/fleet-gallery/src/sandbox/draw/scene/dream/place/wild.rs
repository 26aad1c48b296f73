//! Places without walls: flats, seas, dunes, hills, woods, clouds.

use std::f64::consts::TAU;

use super::super::sketch::{Sketch, Tone};
use super::super::sky;
use super::{Air, Brief};

/// A line of hills across the picture, made of a few waves, closed below.
fn ridge(air: &Air, brief: &mut Brief, base: f64, swell: f64, often: f64) -> String {
    let waves: Vec<(f64, f64, f64)> = (1..5)
        .map(|wave| {
            (often * brief.range(0.6, 1.6) * f64::from(wave), brief.range(0.0, TAU), swell / f64::from(wave))
        })
        .collect();
    let mut path = format!("M0 {:.0}", air.height);
    for step in 0..=90 {
        let along = f64::from(step) / 90.0;
        let rise: f64 =
            waves.iter().map(|(often, phase, high)| high * (along * often * TAU + phase).sin()).sum();
        path += &format!("L{:.1} {:.1}", along * air.width, base - rise * 0.6);
    }
    format!("{path}L{:.0} {:.0}z", air.width, air.height)
}

/// Fills everything below the horizon.
pub(super) fn floor(s: &mut Sketch, air: &Air, far: Tone, near: Tone) {
    let fill =
        s.down(&[(0.0, far.to_string()), (0.35, far.mix(near, 0.5).to_string()), (1.0, near.to_string())]);
    s.block(fill, 0.0, air.horizon, air.width, air.height - air.horizon);
}

/// Hills of the air's own colour, so that there is a distance.
pub(super) fn distance(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    for (share, swell) in [(0.72, 70.0), (0.5, 40.0)] {
        let path = ridge(air, brief, air.horizon + 4.0, swell * air.unit, 1.0);
        s.fill(air.hazy(air.tones.deep, share), &path);
    }
}

pub(super) fn salt_flat(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let violet = if brief.has(&["violet"]) { Tone::of("#8a63c9") } else { air.tones.mid };
    let far = air.sky()[3].mix(violet, 0.35);
    distance(s, air, brief);
    floor(s, air, far, violet.mix(air.tones.dark, 0.55));
    let (deep, vanish) = (air.height - air.horizon, air.width * 0.5);
    // Plates of salt, each row nearer and larger.
    for row in 1..13 {
        let near = f64::from(row) / 12.0;
        let y = air.horizon + deep * near * near;
        let next = air.horizon + deep * ((near + 1.0 / 12.0) * (near + 1.0 / 12.0));
        let size = (0.02 + near * near * 0.3) * air.width;
        let count = (air.width / size) as i32 / 2 + 2;
        for plate in -count..=count {
            let x = vanish + (f64::from(plate) + f64::from(row % 2) * 0.5) * size;
            let (jolt, open) = (brief.range(-0.12, 0.12) * size, (size / air.width * 1.5).min(0.5) + 0.3);
            s.line(
                air.tones.light.at(0.5 * open),
                1.0 + near * 3.0,
                &format!(
                    "M{x:.0} {y:.0}L{:.0} {:.0}L{:.0} {next:.0}M{:.0} {:.0}L{:.0} {y:.0}",
                    x + jolt,
                    y + (next - y) * 0.5,
                    x + size * 0.5 + jolt,
                    x + jolt,
                    y + (next - y) * 0.5,
                    x - size * 0.5
                ),
            );
        }
    }
    let shine = s.round(&[(0.0, air.tones.light.at(0.6)), (1.0, air.tones.light.at(0.0))]);
    s.oval(shine, air.orb.0, air.horizon + deep * 0.1, air.width * 0.3, deep * 0.14);
}

pub(super) fn sea(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    distance(s, air, brief);
    let t = air.tones;
    floor(s, air, air.sky()[3].mix(t.mid, 0.4), t.dark.mix(t.deep, 0.3));
    let deep = air.height - air.horizon;
    for line in 0..60 {
        let near = f64::from(line) / 60.0;
        let y = air.horizon + deep * near * near + 2.0;
        let wide = air.orb.2 * brief.range(0.2, 1.2) * (0.5 + near);
        let x = air.orb.0 + brief.range(-0.4, 0.4) * air.orb.2;
        s.slab(t.light.at(0.6 - 0.35 * near), x - wide, y, 2.0 * wide, (1.5 + 5.0 * near) * air.unit, 2.0);
        let far = brief.range(0.0, air.width);
        let long = brief.range(30.0, 150.0) * air.unit * (0.4 + near);
        s.line(
            t.soft.at(0.4),
            (1.5 + 3.0 * near) * air.unit,
            &format!("M{far:.0} {y:.0}q{:.0} {:.0} {long:.0} 0", long / 2.0, -8.0 * near * air.unit),
        );
    }
}

pub(super) fn desert(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    let sand = t.soft.mix(Tone::of("#e8b878"), 0.25).mix(t.deep, if air.night { 0.55 } else { 0.1 });
    distance(s, air, brief);
    for layer in 0..4 {
        let near = f64::from(layer) / 3.0;
        let base = air.horizon + (air.height - air.horizon) * (0.02 + 0.6 * near * near) + 14.0 * air.unit;
        let crest =
            (air.width * brief.range(0.1, 0.9), base - brief.range(30.0, 80.0) * air.unit * (0.6 + near));
        let (w, h) = (air.width, air.height);
        let lit = sand.mix(t.dark, 0.62 * near * near);
        let fill = s.down(&[
            (0.0, air.hazy(lit.lighter(0.16), 0.4 * (1.0 - near)).to_string()),
            (1.0, lit.mix(t.dark, 0.3).to_string()),
        ]);
        let (left, right) =
            (base + brief.range(0.0, 40.0) * air.unit, base + brief.range(0.0, 40.0) * air.unit);
        s.fill(fill, &format!("M0 {left:.0}C{:.0} {left:.0} {:.0} {:.0} {:.0} {:.0}C{:.0} {:.0} {:.0} {right:.0} {w:.0} {right:.0}V{h}H0z", crest.0 * 0.5, crest.0 * 0.8, crest.1 + 4.0, crest.0, crest.1, crest.0 + 0.1 * w, crest.1 + 20.0 * air.unit, crest.0 + 0.26 * w));
        // The side away from the light.
        s.fill(t.dark.at(0.3), &format!("M{:.0} {:.0}C{:.0} {:.0} {:.0} {right:.0} {w:.0} {right:.0}V{h}H{:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} {:.0}z", crest.0, crest.1, crest.0 + 0.1 * w, crest.1 + 20.0 * air.unit, crest.0 + 0.26 * w, crest.0 - 0.04 * w, crest.0 + 0.1 * w, base + 80.0 * air.unit, crest.0 - 0.06 * w, base + 30.0 * air.unit, crest.0, crest.1));
        for ripple in 0..5 {
            let y = base + (30.0 + f64::from(ripple) * 22.0) * air.unit;
            s.line(
                t.light.at(0.1),
                2.0 * air.unit,
                &format!(
                    "M0 {y:.0}q{:.0} {:.0} {:.0} 0t{:.0} 0",
                    w * 0.14,
                    -18.0 * air.unit,
                    w * 0.28,
                    w * 0.2
                ),
            );
        }
    }
}

pub(super) fn grass(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    let straw = t.light.mix(Tone::of("#d9d3a2"), 0.5).mix(t.deep, if air.night { 0.5 } else { 0.12 });
    distance(s, air, brief);
    floor(s, air, air.hazy(straw, 0.3), straw.mix(t.dark, 0.55));
    for row in 0..9 {
        let near = f64::from(row) / 8.0;
        let y = air.horizon + (air.height - air.horizon) * (near * near * 1.04) + 6.0;
        let (mut dark, mut pale) = (String::new(), String::new());
        for blade in 0..150 - row * 8 {
            let x = brief.range(0.0, air.width);
            let high = (10.0 + 90.0 * near * near) * air.unit * brief.range(0.6, 1.3);
            let path = format!(
                "M{x:.0} {y:.0}q{:.0} -{:.0} {:.0} -{high:.0}q{:.0} {:.0} {:.0} {high:.0}z",
                high * 0.05,
                high * 0.6,
                high * 0.36,
                -high * 0.24,
                high * 0.4,
                3.0 - high * 0.36
            );
            if blade % 2 == 0 { dark += &path } else { pale += &path }
        }
        s.fill(straw.mix(t.dark, 0.2 + 0.5 * near), &dark);
        s.fill(straw.lighter(0.2).mix(t.dark, 0.34 * near), &pale);
    }
}

pub(super) fn river(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    hills(s, air, brief);
    let (w, h, top) = (air.width, air.height, air.horizon + 16.0 * air.unit);
    let water = s.down(&[
        (0.0, t.light.lighter(0.3).to_string()),
        (0.4, t.soft.mix(t.mid, 0.3).to_string()),
        (1.0, t.mid.mix(t.deep, 0.4).to_string()),
    ]);
    let bank = |left: f64, right: f64| {
        format!(
            "M{:.0} {top:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} {h:.0}H{:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} {top:.0}z",
            w * 0.56 - 6.0,
            w * 0.8,
            top + 0.1 * (h - top),
            w * left,
            top + 0.34 * (h - top),
            w * (left - 0.26),
            w * (right - 0.04),
            w * right,
            top + 0.42 * (h - top),
            w * 0.86,
            top + 0.12 * (h - top),
            w * 0.56 + 8.0
        )
    };
    let course = bank(0.3, 0.86);
    s.fill(t.dark.at(0.4), &bank(0.27, 0.9));
    s.fill(water, &course);
    s.within(&course, |s| {
        // Glass flows in panes.
        for _ in 0..40 {
            let near = brief.range(0.0, 1.0);
            let (x, y) = (brief.range(0.0, w), top + (h - top) * near);
            let long = (40.0 + 200.0 * near) * air.unit;
            let colour = if brief.chance(0.6) { t.light.lighter(0.4) } else { t.dark };
            s.fill(
                colour.at(brief.range(0.08, 0.34)),
                &format!(
                    "M{x:.0} {y:.0}l{long:.0} {:.0}l{:.0} {:.0}l-{long:.0} -{:.0}z",
                    -0.16 * long,
                    0.1 * long,
                    0.1 * long,
                    0.02 * long
                ),
            );
        }
    });
}

pub(super) fn hills(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    distance(s, air, brief);
    for layer in 0..4 {
        let near = f64::from(layer) / 3.0;
        let base = air.horizon + (air.height - air.horizon) * (0.06 + 0.62 * near);
        let path = ridge(air, brief, base, (58.0 - 20.0 * near) * air.unit, 0.7);
        let colour = air.hazy(t.mid.mix(t.deep, near).mix(t.dark, 0.5 * near * near), 0.34 * (1.0 - near));
        let fill = s.down(&[
            (0.0, colour.mix(t.soft, 0.3).to_string()),
            (0.5, colour.to_string()),
            (1.0, colour.darker(0.3).to_string()),
        ]);
        s.fill(fill, &path);
        let mut tufts = String::new();
        for _ in 0..46 {
            let (x, y) = (brief.range(0.0, air.width), base + brief.range(20.0, 130.0) * air.unit);
            let high = (5.0 + 14.0 * near) * air.unit;
            tufts += &format!("M{x:.0} {y:.0}l{:.1} -{high:.1}l{:.1} {high:.1}z", high * 0.2, high * 0.2);
        }
        s.fill(t.soft.at(0.3), &tufts);
    }
}

pub(super) fn peaks(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    for layer in 0..3 {
        let near = f64::from(layer) / 2.0;
        let colour = air.hazy(t.deep, 0.66 - 0.5 * near);
        let mut x = -0.1 * air.width;
        while x < 1.1 * air.width {
            let (wide, high) = (
                brief.range(150.0, 320.0) * air.unit,
                brief.range(120.0, 330.0) * air.unit * (1.0 - 0.34 * near),
            );
            let base = air.horizon + (20.0 + 50.0 * near) * air.unit;
            s.fill(
                colour,
                &format!("M{:.0} {base:.0}L{x:.0} {:.0}L{:.0} {base:.0}z", x - wide, base - high, x + wide),
            );
            s.fill(
                t.dark.at(0.26),
                &format!(
                    "M{x:.0} {:.0}L{:.0} {base:.0}H{:.0}L{:.0} {:.0}z",
                    base - high,
                    x + wide,
                    x - wide * 0.1,
                    x + wide * 0.16,
                    base - high * 0.5
                ),
            );
            s.fill(t.light.at(0.75 - 0.2 * near), &format!("M{x:.0} {:.0}l{a:.0} {b:.0}l-{c:.0} -{d:.0}l-{c:.0} {e:.0}l-{c:.0} -{e:.0}l-{c:.0} {d:.0}z", base - high, a = wide * 0.24, b = high * 0.24, c = wide * 0.12, d = high * 0.05, e = high * 0.08));
            x += wide * brief.range(0.7, 1.2);
        }
    }
    let low = Air { horizon: air.horizon + 30.0 * air.unit, ..*air };
    hills(s, &low, brief);
}

pub(super) fn woods(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    hills(s, air, brief);
    for layer in 0..3 {
        let near = f64::from(layer) / 2.0;
        let colour = air.hazy(t.dark.mix(t.deep, 0.3), 0.55 * (1.0 - near));
        let base = air.horizon + (air.height - air.horizon) * (0.04 + 0.12 * near);
        let mut x = -20.0;
        let mut path = String::new();
        while x < air.width + 40.0 {
            let middle = ((x / air.width) - 0.5).abs() * 2.0;
            let high =
                (70.0 + 190.0 * middle * middle) * (0.7 + 0.7 * near) * air.unit * brief.range(0.7, 1.2);
            let wide = high * 0.3;
            path += &format!(
                "M{:.0} {:.0}L{x:.0} {:.0}L{:.0} {:.0}z",
                x - wide,
                base + 8.0,
                base - high,
                x + wide,
                base + 8.0
            );
            x += wide * brief.range(0.7, 1.4);
        }
        s.fill(colour, &path);
        s.block(colour, 0.0, base, air.width, 30.0 * air.unit);
    }
    let low = Air { horizon: air.horizon + (air.height - air.horizon) * 0.2, ..*air };
    hills(s, &low, brief);
}

pub(super) fn snow(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    distance(s, air, brief);
    for layer in 0..4 {
        let near = f64::from(layer) / 3.0;
        let base = air.horizon + (air.height - air.horizon) * (0.04 + 0.6 * near);
        let path = ridge(air, brief, base, 34.0 * air.unit, 0.6);
        let white = t.light.lighter(0.6).mix(t.mid, if air.night { 0.4 } else { 0.08 } + 0.12 * near);
        let fill = s.down(&[(0.0, white.lighter(0.4).to_string()), (1.0, white.mix(t.mid, 0.5).to_string())]);
        s.fill(fill, &path);
    }
    for _ in 0..26 {
        let (x, near) = (brief.range(0.0, air.width), brief.range(0.05, 0.8));
        let (y, high) = (air.horizon + (air.height - air.horizon) * near, (20.0 + 50.0 * near) * air.unit);
        s.fill(
            t.dark.mix(t.deep, 0.5).at(0.8),
            &format!(
                "M{x:.0} {y:.0}l-{:.0} 0l{:.0} -{high:.0}l{:.0} {high:.0}z",
                high * 0.3,
                high * 0.3,
                high * 0.3
            ),
        );
        s.fill(
            t.light.lighter(0.7),
            &format!("M{x:.0} {:.0}l-{:.0} {:.0}l{:.0} 0z", y - high, high * 0.18, high * 0.55, high * 0.3),
        );
    }
}

pub(super) fn mist(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    for layer in 0..6 {
        let near = f64::from(layer) / 5.0;
        let base = air.horizon + (air.height - air.horizon) * (near * 0.9) - 10.0 * air.unit;
        let path = ridge(air, brief, base, (70.0 - 30.0 * near) * air.unit, 1.1);
        let colour = air.hazy(t.deep.mix(t.dark, 0.4 * near), 0.7 - 0.5 * near);
        let fill = s.down(&[
            (0.0, colour.at(0.95)),
            (0.4, air.hazy(colour, 0.5).at(0.8)),
            (1.0, air.sky()[3].at(0.9)),
        ]);
        s.fill(fill, &path);
        sky::fog(s, air, brief, 3);
    }
}
