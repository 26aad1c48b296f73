//! Places that somebody left: harbours, pools, rooms, masts, rooftops.

use super::super::sketch::{Sketch, Tone};
use super::{Air, Brief, wild};

/// Houses, cranes and masts along a line of 1000 units.
fn quay(s: &mut Sketch, wall: Tone, lamp: Tone, brief: &mut Brief) {
    let mut x = 0.0;
    while x < 1000.0 {
        let (wide, high) = (brief.range(34.0, 74.0), brief.range(36.0, 104.0));
        let tone = wall.mix(lamp, brief.range(0.0, 0.16));
        s.block(tone, x, -high, wide, high);
        s.fill(
            tone.darker(0.2),
            &format!("M{:.0} -{high:.0}l{:.0} -24l{:.0} 24z", x - 3.0, wide / 2.0 + 3.0, wide / 2.0 + 3.0),
        );
        for window in 0..(wide / 17.0) as i32 {
            for level in 0..(high / 26.0) as i32 {
                if brief.chance(0.55) {
                    s.block(
                        lamp,
                        x + 6.0 + f64::from(window) * 16.0,
                        -high + 9.0 + f64::from(level) * 26.0,
                        7.0,
                        10.0,
                    );
                }
            }
        }
        if brief.chance(0.3) {
            s.line(wall, 3.0, &format!("M{x:.0} 0v-150l60 -20M{x:.0} -146l46 60"));
        }
        x += wide + brief.range(0.0, 22.0);
    }
    for boat in 0..6 {
        let x = 80.0 + f64::from(boat) * 160.0 + brief.range(-30.0, 30.0);
        s.fill(wall.darker(0.3), &format!("M{x:.0} 0h70l-14 18h-44z"));
        s.line(wall.darker(0.3), 3.0, &format!("M{:.0} 0v-90M{:.0} -84l26 70", x + 34.0, x + 34.0));
    }
}

pub(super) fn harbour(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, t) = (air.width, air.tones);
    wild::sea(s, air, brief);
    let scale = w / 1000.0;
    let wall = air.hazy(t.deep, 0.4);
    s.placed(0.0, air.horizon + 4.0, scale * 0.7, 0.0, |s| quay(s, wall, t.accent.lighter(0.3), brief));
    s.placed(w * 0.64, air.horizon + 4.0, scale * 0.7, 0.0, |s| quay(s, wall, t.accent.lighter(0.3), brief));
    if brief.has(&["upside down"]) {
        // And once more, hanging from the upper edge.
        let above = t.dark.mix(t.deep, 0.6);
        let water = s.down(&[(0.0, t.dark.to_string()), (1.0, t.mid.at(0.0))]);
        s.block(water, 0.0, 0.0, w, air.height * 0.16);
        s.group(
            &format!(r#"transform="translate(0 {:.0}) scale({scale:.3} -{scale:.3})""#, air.height * 0.035),
            |s| {
                quay(s, above, t.accent.lighter(0.4), brief);
            },
        );
    }
}

pub(super) fn opera(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    let wall = air.hazy(t.deep, 0.45);
    let side = if air.orb.0 > air.width / 2.0 { 0.2 } else { 0.8 };
    s.placed(air.width * side, air.horizon + 26.0 * air.unit, 1.0 * air.unit, 0.0, |s| {
        s.fill(wall.mix(t.soft, 0.1), "M-190 -240C-180 -330 -90 -370 0 -376C90 -370 180 -330 190 -240z");
        s.fill(t.light.lighter(0.6), "M-196 -250C-176 -340 -90 -384 0 -388C90 -384 176 -340 196 -250C150 -286 110 -262 60 -280C10 -300 -60 -270 -100 -282C-140 -290 -170 -276 -196 -250z");
        s.block(wall, -340.0, -240.0, 680.0, 240.0);
        s.fill(wall.darker(0.15), "M-160 -240L0 -316L160 -240z");
        for column in 0..8 {
            let x = -146.0 + f64::from(column) * 39.0;
            s.block(wall.mix(t.light, 0.4), x, -236.0, 15.0, 200.0);
            s.block(t.accent.lighter(0.35).at(0.7), x + 18.0, -170.0, 15.0, 130.0);
        }
        for window in [-310.0, -250.0, 196.0, 256.0] {
            s.slab(wall.darker(0.4), window, -190.0, 40.0, 100.0, 20.0);
        }
        s.fill(t.light.lighter(0.6), "M-352 -240H-150L0 -318L150 -240H352V-252H160L0 -334L-160 -252H-352z");
        for step in 0..4 {
            s.block(t.light.lighter(0.4).mix(wall, 0.12 * f64::from(step)), -200.0 - f64::from(step) * 22.0, -40.0 + f64::from(step) * 12.0, 400.0 + f64::from(step) * 44.0, 12.0);
        }
        s.disc(t.light, 0.0, -396.0, 12.0);
    });
    wild::snow(s, &Air { horizon: air.horizon + 20.0 * air.unit, ..*air }, brief);
}

pub(super) fn pool(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, h, t) = (air.width, air.height, air.tones);
    wild::hills(s, air, brief);
    let top = air.horizon + 0.06 * (h - air.horizon);
    wild::floor(s, &Air { horizon: top, ..*air }, t.light.mix(t.mid, 0.35), t.soft.mix(t.deep, 0.4));
    let tile = t.soft.mix(Tone::of("#7fd3d0"), 0.5);
    let (near, far, low) = (0.06, 0.24, h * 0.985);
    let edge = top + 0.1 * (h - top);
    let bottom = edge + 0.42 * (low - edge);
    s.fill(
        t.light.lighter(0.5),
        &format!(
            "M{:.0} {:.0}H{:.0}L{:.0} {:.0}H{:.0}z",
            w * (far - 0.012),
            edge - 8.0,
            w * (1.012 - far),
            w * (1.016 - near),
            low + 6.0,
            w * (near - 0.016)
        ),
    );
    let basin = format!(
        "M{:.0} {edge:.0}H{:.0}L{:.0} {low:.0}H{:.0}z",
        w * far,
        w * (1.0 - far),
        w * (1.0 - near),
        w * near
    );
    s.fill(tile.mix(t.deep, 0.4), &basin);
    s.within(&basin, |s| {
        let wall = s.down(&[(0.0, tile.to_string()), (1.0, tile.mix(t.deep, 0.4).to_string())]);
        s.fill(
            wall,
            &format!(
                "M{:.0} {edge:.0}H{:.0}L{:.0} {bottom:.0}H{:.0}z",
                w * far,
                w * (1.0 - far),
                w * (0.97 - far),
                w * (far + 0.03)
            ),
        );
        let ground =
            s.down(&[(0.0, tile.mix(t.light, 0.3).to_string()), (1.0, tile.mix(t.deep, 0.25).to_string())]);
        s.fill(
            ground,
            &format!(
                "M{:.0} {bottom:.0}H{:.0}L{:.0} {low:.0}H{:.0}z",
                w * (far + 0.03),
                w * (0.97 - far),
                w * (0.98 - near),
                w * (near + 0.02)
            ),
        );
        for line in 0..=16 {
            let along = f64::from(line) / 16.0;
            let (a, b) = (
                w * (far + 0.03 + along * (0.94 - 2.0 * far)),
                w * (near + 0.02 + along * (0.96 - 2.0 * near)),
            );
            s.line(t.light.at(0.4), 2.0, &format!("M{a:.0} {edge:.0}V{bottom:.0}L{b:.0} {low:.0}"));
        }
        for line in 0..14 {
            let y = edge + f64::from(line) * (low - edge) / 14.0;
            s.line(t.light.at(0.4), 2.0, &format!("M0 {y:.0}H{w:.0}"));
        }
        for lane in [0.36, 0.5, 0.64] {
            s.line(
                t.deep.at(0.5),
                12.0 * air.unit,
                &format!(
                    "M{:.0} {bottom:.0}L{:.0} {low:.0}",
                    w * (0.5 + (lane - 0.5) * 0.7),
                    w * (0.5 + (lane - 0.5) * 1.3)
                ),
            );
        }
        for _ in 0..26 {
            s.fill(
                t.accent.at(0.7),
                &format!(
                    "M{:.0} {:.0}q10 -10 20 0q-10 8 -20 0z",
                    brief.range(0.1, 0.9) * w,
                    brief.range(bottom, low)
                ),
            );
        }
    });
    let x = w * (0.96 - far);
    s.line(t.light.lighter(0.7), 7.0 * air.unit, &format!("M{x:.0} {bottom:.0}V{:.0}q0 -40 30 -40M{:.0} {bottom:.0}V{:.0}q0 -40 30 -40M{x:.0} {:.0}h44M{x:.0} {:.0}h44", edge - 20.0, x + 44.0, edge - 20.0, edge + 20.0, edge + 50.0));
}

pub(super) fn masts(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    wild::hills(s, air, brief);
    let t = air.tones;
    for mast in 0..9 {
        let x = air.width * (0.04 + f64::from(mast) * 0.115) + brief.range(-30.0, 30.0) * air.unit;
        let near = brief.range(0.0, 1.0);
        let base = air.horizon + (0.03 + 0.16 * near) * air.height;
        let high = (210.0 + 300.0 * near) * air.unit;
        let colour = air.hazy(t.dark, 0.55 - 0.45 * near);
        let wide = high * 0.028;
        s.line(colour.at(0.6), 1.6 * air.unit, &format!("M{x:.0} {:.0}l-{g:.0} {:.0}M{x:.0} {:.0}l{g:.0} {:.0}M{x:.0} {:.0}l-{g:.0} {:.0}M{x:.0} {:.0}l{g:.0} {:.0}", base - high * 0.9, high * 0.9, base - high * 0.9, high * 0.9, base - high * 0.55, high * 0.55, base - high * 0.55, high * 0.55, g = high * 0.3));
        s.line(
            colour,
            (2.0 + 2.4 * near) * air.unit,
            &format!("M{:.0} {base:.0}L{x:.0} {:.0}L{:.0} {base:.0}", x - wide, base - high, x + wide),
        );
        let mut braces = String::new();
        for brace in 0..14 {
            let (low, up) = (f64::from(brace) / 14.0, f64::from(brace + 1) / 14.0);
            braces += &format!(
                "M{:.1} {:.0}L{:.1} {:.0}",
                x - wide * (1.0 - low),
                base - high * low,
                x + wide * (1.0 - up),
                base - high * up
            );
        }
        s.line(colour, 1.6 * air.unit, &braces);
        s.glow(Tone::of("#ff4a3d"), 0.9, x, base - high, 30.0 * air.unit * (0.5 + near));
        s.disc(Tone::of("#ff7a66"), x, base - high, 5.0 * air.unit);
        for ring in 1..4 {
            s.ring(
                t.accent.at(0.3 / f64::from(ring)),
                2.0,
                x,
                base - high,
                f64::from(ring) * 34.0 * air.unit,
            );
        }
    }
}

pub(super) fn station(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, h, t) = (air.width, air.height, air.tones);
    wild::hills(s, air, brief);
    wild::floor(s, air, air.hazy(t.mid, 0.3), t.dark);
    let (x, top) = (w * 0.5, air.horizon);
    for rail in [-0.1, 0.1] {
        s.line(
            t.light.at(0.8),
            7.0 * air.unit,
            &format!("M{:.0} {top:.0}L{:.0} {h:.0}", x + rail * 0.04 * w, x + rail * 2.6 * w),
        );
    }
    for sleeper in 1..16 {
        let near = f64::from(sleeper) / 15.0;
        let y = top + (h - top) * near * near;
        s.line(
            t.deep.darker(0.3),
            (2.0 + 12.0 * near) * air.unit,
            &format!("M{:.0} {y:.0}H{:.0}", x - 0.34 * w * near * near, x + 0.34 * w * near * near),
        );
    }
    for side in [1.0, -1.0] {
        let edge = s.down(&[(0.0, t.soft.mix(t.mid, 0.5).to_string()), (1.0, t.deep.to_string())]);
        s.fill(
            edge,
            &format!(
                "M{:.0} {top:.0}L{:.0} {h:.0}H{:.0}V{top:.0}z",
                x + side * 0.02 * w,
                x + side * 0.46 * w,
                x + side * 0.7 * w
            ),
        );
        for post in 0..4 {
            let near = 0.25 + f64::from(post) * 0.22;
            let (px, py) = (x + side * w * (0.1 + 0.42 * near * near), top + (h - top) * near * near * 0.7);
            let high = 440.0 * near * air.unit;
            s.line(t.dark, 9.0 * near * air.unit, &format!("M{px:.0} {py:.0}v-{high:.0}"));
            s.glow(t.accent.lighter(0.3), 0.9, px, py - high, 90.0 * near * air.unit);
            s.disc(t.accent.lighter(0.6), px, py - high, 14.0 * near * air.unit);
        }
    }
}

pub(super) fn rooftops(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    for layer in 0..4 {
        let near = f64::from(layer) / 3.0;
        let base = air.horizon + (air.height - air.horizon) * near * 0.8;
        let colour = air.hazy(t.deep.mix(t.dark, near), 0.6 * (1.0 - near));
        let mut x = -40.0;
        s.block(colour, 0.0, base + 40.0 * air.unit, air.width, air.height);
        while x < air.width {
            let wide = brief.range(60.0, 150.0) * air.unit * (0.6 + near);
            let high = brief.range(20.0, 140.0) * air.unit;
            s.block(colour, x, base - high, wide + 1.0, air.height);
            if brief.chance(0.6) {
                s.fill(
                    colour.mix(t.soft, 0.18),
                    &format!(
                        "M{:.0} {:.0}l{:.0} -{:.0}l{:.0} {:.0}z",
                        x - 6.0,
                        base - high,
                        wide / 2.0 + 6.0,
                        wide * 0.4,
                        wide / 2.0 + 6.0,
                        wide * 0.4
                    ),
                );
            }
            for _ in 0..4 {
                if brief.chance(0.5) {
                    s.block(
                        t.accent.lighter(0.4).at(0.85),
                        x + brief.range(0.1, 0.8) * wide,
                        base - high + brief.range(16.0, 90.0) * air.unit,
                        9.0 * air.unit,
                        13.0 * air.unit,
                    );
                }
            }
            x += wide;
        }
    }
}
