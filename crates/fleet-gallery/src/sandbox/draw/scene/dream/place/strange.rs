//! Places that cannot be: a sea of windows, a map to walk on, a room without corners, giants asleep, clouds to stand on.

use super::super::sketch::{Sketch, Tone};
use super::{Air, Brief, wild};

pub(super) fn windows(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    wild::floor(s, air, air.sky()[3].mix(t.mid, 0.5), t.dark);
    let deep = air.height - air.horizon;
    for row in 0..9 {
        let near = (f64::from(row) + 0.6) / 9.0;
        let y = air.horizon + deep * near * near;
        let size = (16.0 + 150.0 * near * near) * air.unit;
        let mut x = -brief.range(0.0, size);
        while x < air.width + size {
            let lift = (x * 0.006 + f64::from(row) * 1.4).sin() * 16.0 * near * air.unit;
            let frame = t.mid.mix(t.dark, 0.3 * near);
            s.placed(x, y + lift, size / 100.0, (x * 0.006 + f64::from(row) * 1.4).cos() * 9.0, |s| {
                s.slab(frame.mix(t.soft, 0.35), -42.0, -62.0, 84.0, 104.0, 6.0);
                let pane = t.dark.mix(t.deep, 0.5);
                for (left, top) in [(-35.0, -55.0), (3.0, -55.0), (-35.0, -7.0), (3.0, -7.0)] {
                    s.block(pane, left, top, 32.0, 42.0);
                    s.fill(t.soft.at(0.28), &format!("M{left} {}l14 -26h10l-20 36z", top + 34.0));
                }
                s.block(frame.mix(t.light, 0.4), -50.0, 40.0, 100.0, 8.0);
            });
            x += size * brief.range(0.95, 1.25);
        }
    }
}

pub(super) fn map(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    let paper = t.light.mix(Tone::of("#e8d7ac"), 0.45).mix(t.deep, if air.night { 0.42 } else { 0.08 });
    wild::floor(s, air, air.hazy(paper, 0.4), paper.mix(t.dark, 0.14));
    let (w, deep) = (air.width, air.height - air.horizon);
    let flat = |along: f64, near: f64| {
        (w * 0.5 + (along - 0.5) * w * (0.6 + 1.6 * near), air.horizon + deep * near * near.sqrt())
    };
    let ink = t.dark.mix(t.deep, 0.4);
    // Folds, then contours that do not agree with each other, a coast, and a dashed way to a cross.
    for fold in 0..7 {
        let (top, low) = (flat(f64::from(fold) / 6.0, 0.0), flat(f64::from(fold) / 6.0, 1.0));
        let shade = if fold % 2 == 0 { t.dark.at(0.09) } else { t.light.lighter(0.5).at(0.2) };
        let next = (flat(f64::from(fold + 1) / 6.0, 0.0), flat(f64::from(fold + 1) / 6.0, 1.0));
        s.fill(
            shade,
            &format!(
                "M{:.0} {:.0}L{:.0} {:.0}L{:.0} {:.0}L{:.0} {:.0}z",
                top.0, top.1, next.0.0, next.0.1, next.1.0, next.1.1, low.0, low.1
            ),
        );
    }
    for _ in 0..7 {
        let (along, near) = (brief.range(0.05, 0.95), brief.range(0.2, 0.95));
        let (x, y) = flat(along, near);
        let sea = brief.chance(0.3);
        for ring in 0..5 {
            let r = (130.0 - f64::from(ring) * 24.0) * air.unit * (0.3 + near);
            let bump = brief.range(0.8, 1.2);
            let path = format!(
                "M{:.0} {y:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} {y:.0}S{:.0} {:.0} {:.0} {y:.0}z",
                x - r,
                x - r * bump,
                y - r * 0.6,
                x + r * 0.7,
                y - r * 0.44,
                x + r,
                x - r * bump,
                y + r * 0.5,
                x - r
            );
            if sea && ring == 0 {
                s.fill(t.mid.at(0.6), &path);
            }
            s.line(ink.at(0.5), 2.0, &path);
        }
    }
    let mut way = String::new();
    for step in 0..24 {
        let along = f64::from(step) / 24.0;
        let (x, y) = flat(0.2 + 0.55 * along + 0.06 * (along * 9.0).sin(), 0.95 - 0.8 * along);
        way += &format!("M{x:.0} {y:.0}l{:.0} {:.0}", 18.0 * (1.1 - along), -7.0 * (1.1 - along));
    }
    s.line(t.accent, 6.0 * air.unit, &way);
    let (x, y) = flat(0.72, 0.18);
    s.line(
        t.accent,
        8.0 * air.unit,
        &format!("M{:.0} {:.0}l34 18M{:.0} {:.0}l-34 18", x - 17.0, y - 9.0, x + 17.0, y - 9.0),
    );
    let (x, y) = flat(0.16, 0.72);
    s.group(
        &format!(r#"transform="translate({x:.0} {y:.0}) scale({u:.2} {:.2})""#, 0.5 * air.unit, u = air.unit),
        |s| {
            s.ring(ink, 4.0, 0.0, 0.0, 76.0);
            s.fill(ink, "M0 -100L16 -16L100 0L16 16L0 100L-16 16L-100 0L-16 -16z");
            s.fill(t.accent, "M0 -100L16 -16H-16z");
        },
    );
}

pub(super) fn room(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, h, t) = (air.width, air.height, air.tones);
    // Wall and floor are one curve: a cove, lit from a round opening.
    let far =
        t.soft.mix(t.light, if air.night { 0.1 } else { 0.5 }).mix(t.deep, if air.night { 0.4 } else { 0.0 });
    let cove = s.round(&[
        (0.0, far.lighter(0.3).to_string()),
        (0.5, far.to_string()),
        (1.0, far.mix(t.dark, 0.72).to_string()),
    ]);
    s.oval(cove, w * 0.5, air.horizon - 0.04 * h, w * 0.86, h * 0.95);
    let skylight = (w * 0.5, h * 0.07);
    s.oval(t.dark.mix(t.deep, 0.4), skylight.0, skylight.1, w * 0.17, h * 0.05);
    let opening =
        s.down(&[(0.0, t.accent.lighter(0.6).to_string()), (1.0, t.light.lighter(0.5).to_string())]);
    s.oval(opening, skylight.0, skylight.1 + 4.0, w * 0.16, h * 0.042);
    let beam = s.down(&[(0.0, t.light.lighter(0.6).at(0.42)), (1.0, t.light.at(0.0))]);
    s.fill(
        beam,
        &format!(
            "M{:.0} {:.0}H{:.0}L{:.0} {h:.0}H{:.0}z",
            w * 0.35,
            skylight.1,
            w * 0.65,
            w * 0.86,
            w * 0.14
        ),
    );
    for ring in 0..5 {
        let wide = w * (0.3 + f64::from(ring) * 0.14);
        s.line(
            t.dark.at(0.11),
            3.0,
            &format!(
                "M{:.0} {:.0}a{wide:.0} {:.0} 0 0 0 {:.0} 0",
                w * 0.5 - wide,
                air.horizon + 0.02 * h,
                wide * 0.3,
                wide * 2.0
            ),
        );
    }
    for side in [0.1, 0.9] {
        s.oval(t.dark.at(0.6), w * side, air.horizon - 0.16 * h, 0.045 * w, 0.17 * h);
        let dusk = s.down(&[(0.0, t.deep.to_string()), (1.0, t.accent.to_string())]);
        s.oval(dusk, w * side, air.horizon - 0.16 * h, 0.038 * w, 0.155 * h);
    }
    for _ in 0..40 {
        s.disc(
            t.light.lighter(0.6).at(0.5),
            brief.range(0.25, 0.75) * w,
            brief.range(0.1, 0.9) * h,
            brief.range(1.0, 3.4) * air.unit,
        );
    }
}

pub(super) fn aquarium(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, h, t) = (air.width, air.height, air.tones);
    let water = s.down(&[(0.0, t.mid.mix(Tone::of("#4fb7b0"), 0.4).at(0.55)), (1.0, t.dark.at(0.75))]);
    s.block(water, 0.0, 0.0, w, h);
    for shaft in 0..6 {
        let x = w * (f64::from(shaft) * 0.18 + brief.range(-0.03, 0.05));
        s.fill(
            t.light.at(0.1),
            &format!("M{x:.0} 0h{:.0}l{:.0} {h:.0}h-{:.0}z", 0.05 * w, 0.12 * w, 0.16 * w),
        );
    }
    wild::floor(s, air, t.mid.mix(t.deep, 0.4), t.dark);
    let sand = s.down(&[(0.0, t.soft.mix(t.deep, 0.3).to_string()), (1.0, t.dark.to_string())]);
    s.fill(
        sand,
        &format!(
            "M0 {:.0}Q{:.0} {:.0} {:.0} {:.0}T{w:.0} {:.0}V{h:.0}H0z",
            air.horizon + 30.0,
            w * 0.25,
            air.horizon - 30.0,
            w * 0.5,
            air.horizon + 20.0,
            air.horizon + 10.0
        ),
    );
    for _ in 0..22 {
        let side = if brief.chance(0.5) { brief.range(-0.02, 0.26) } else { brief.range(0.74, 1.02) };
        let (x, high, y) = (w * side, brief.range(120.0, 460.0) * air.unit, brief.range(0.78, 1.02) * h);
        let colour = t.deep.mix(t.accent, brief.range(0.0, 0.45));
        s.line(
            colour,
            brief.range(6.0, 16.0) * air.unit,
            &format!(
                "M{x:.0} {y:.0}q-{d:.0} -{q:.0} 0 -{p:.0}t0 -{p:.0}",
                d = 40.0 * air.unit,
                q = high * 0.25,
                p = high * 0.5
            ),
        );
    }
    for _ in 0..9 {
        let (x, y, size) =
            (brief.range(0.05, 0.95) * w, brief.range(0.1, 0.75) * h, brief.range(0.4, 1.1) * air.unit);
        let colour = t.accent.mix(t.light, brief.range(0.0, 0.6));
        let flip = if brief.chance(0.5) { 1.0 } else { -1.0 };
        s.group(
            &format!(
                r#"transform="translate({x:.0} {y:.0}) scale({:.2} {size:.2})" opacity=".8""#,
                size * flip
            ),
            |s| {
                s.fill(colour, "M-46 0C-20 -30 26 -26 44 0L72 -22V22L44 0C26 26 -20 30 -46 0z");
                s.disc(t.dark, -28.0, -5.0, 4.0);
            },
        );
    }
    for _ in 0..60 {
        s.ring(
            t.light.at(0.5),
            2.0,
            brief.range(0.0, w),
            brief.range(0.0, h),
            brief.range(2.0, 9.0) * air.unit,
        );
    }
    // The tank's frame, rusted, one pane broken.
    let frame = t.dark.darker(0.2);
    for x in [0.0, w * 0.333, w * 0.666, w] {
        s.block(frame.at(0.85), x - 9.0 * air.unit, 0.0, 18.0 * air.unit, h);
    }
    s.block(frame, 0.0, 0.0, w, 22.0 * air.unit);
    s.line(
        t.light.at(0.6),
        2.5 * air.unit,
        &format!(
            "M{:.0} {:.0}l60 40l-20 50l80 30M{:.0} {:.0}l40 -60l70 10",
            w * 0.7,
            h * 0.1,
            w * 0.7 + 60.0,
            h * 0.1 + 40.0
        ),
    );
}

pub(super) fn clouds(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let tea = if brief.has(&["tea"]) { Tone::of("#b9733c") } else { air.tones.soft };
    if brief.has(&["tea"]) {
        let wash = s.down(&[
            (0.0, Tone::of("#5a2c14").at(0.75)),
            (0.6, tea.at(0.55)),
            (1.0, Tone::of("#f2c48a").at(0.4)),
        ]);
        s.block(wash, 0.0, 0.0, air.width, air.horizon + 40.0);
    }
    for layer in 0..6 {
        let near = f64::from(layer) / 5.0;
        let base = air.horizon + (air.height - air.horizon) * near * 0.85;
        let top = air
            .tones
            .light
            .mix(tea, 0.25)
            .mix(air.tones.deep, if air.night { 0.4 } else { 0.0 } + 0.16 * near);
        let fill = s.down(&[
            (0.0, top.lighter(0.2).to_string()),
            (0.5, top.mix(tea, 0.5).to_string()),
            (1.0, top.mix(air.tones.deep, 0.6).to_string()),
        ]);
        let mut path = format!("M-40 {:.0}V{base:.0}", air.height + 20.0);
        let mut x = -40.0;
        while x < air.width {
            let wide = brief.range(60.0, 190.0) * air.unit * (0.6 + near);
            path += &format!(
                "c0 -{high:.0} {wide:.0} -{high:.0} {wide:.0} 0",
                high = wide * brief.range(0.35, 0.62)
            );
            x += wide;
        }
        s.fill(fill, &format!("{path}V{:.0}z", air.height + 20.0));
    }
}

pub(super) fn giants(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let t = air.tones;
    wild::distance(s, air, brief);
    // Each giant is a row of hills: brow, nose, lips, chin, chest, and a hand upon it.
    for (layer, flip) in [(0.0, 1.0), (1.0, -1.0), (2.0, 1.0)] {
        let near = layer / 2.0;
        let colour = air.hazy(t.deep.mix(t.dark, 0.5 * near), 0.5 * (1.0 - near));
        let base = air.horizon + (air.height - air.horizon) * (0.1 + 0.5 * near);
        let size = air.width / 1500.0 * (0.8 + 0.5 * near);
        let x = if flip > 0.0 {
            brief.range(-0.1, 0.04) * air.width
        } else {
            brief.range(0.94, 1.08) * air.width
        };
        let fill = s.down(&[
            (0.0, colour.mix(t.soft, 0.25).to_string()),
            (0.4, colour.to_string()),
            (1.0, colour.darker(0.4).to_string()),
        ]);
        s.block(colour.darker(0.15), 0.0, base, air.width, air.height - base);
        s.group(&format!(r#"transform="translate({x:.0} {base:.0}) scale({:.3} {size:.3})""#, size * flip), |s| {
            s.fill(fill, "M0 400V0C40 -70 90 -120 150 -130C176 -134 186 -120 200 -122C214 -150 232 -190 250 -186C268 -176 262 -140 270 -124C280 -114 292 -116 294 -106C300 -98 292 -92 298 -86C306 -78 296 -70 306 -62C326 -60 350 -78 372 -66C400 -44 420 -20 470 -30C560 -60 640 -90 740 -70C880 -44 960 -40 1100 -50C1220 -60 1300 -20 1420 0V400z");
            s.line(t.dark.darker(0.3).at(0.8), 6.0, "M150 -84q20 18 46 6M286 -86q-14 6 -26 2");
            s.line(t.soft.at(0.3), 5.0, "M560 -58q50 -34 110 -12q20 10 14 26M600 -46q40 -10 84 14");
            for x in [520.0, 800.0, 860.0, 1130.0] {
                s.fill(t.dark.mix(colour, 0.4), &format!("M{x} -44l14 -44l14 44zM{} -50l10 -34l10 34z", x + 26.0));
            }
        });
    }
}
