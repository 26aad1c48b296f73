//! Heroes that a place is known by: city, carousel, bridge, lighthouse, theatre, stairs.

use super::super::sketch::Sketch;
use super::{Brief, Hues};

/// A branch of coral with people living in it.
fn coral(s: &mut Sketch, hue: &Hues, brief: &mut Brief, x: f64, high: f64, wide: f64) {
    let colour = [hue.body, hue.body.mix(hue.glow, 0.45), hue.body.mix(hue.lit, 0.4)][brief.below(3)];
    let skin = s.across(&[
        (0.0, colour.lighter(0.3).to_string()),
        (0.5, colour.to_string()),
        (1.0, colour.mix(hue.shade, 0.7).to_string()),
    ]);
    for (side, from, reach, up) in [(-1.0, 0.35, 1.3, 0.28), (1.0, 0.5, 1.2, 0.3), (-1.0, 0.7, 0.9, 0.2)] {
        let (y, end) = (-high * from, x + side * wide * reach);
        let branch = format!(
            "M{x:.0} {y:.0}C{end:.0} {:.0} {end:.0} {:.0} {end:.0} {:.0}",
            y - 10.0,
            y - high * up * 0.4,
            y - high * up
        );
        s.line(colour.mix(hue.shade, 0.35), wide * 0.52, &branch);
        s.disc(colour.lighter(0.2), end, y - high * up, wide * 0.3);
        s.block(hue.glow.lighter(0.4), end - 5.0, y - high * up - 6.0, 10.0, 14.0);
    }
    s.fill(&skin, &format!("M{:.0} 0C{:.0} {:.0} {:.0} {:.0} {:.0} {:.0}Q{x:.0} {:.0} {:.0} {:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} 0z", x - wide * 0.7, x - wide * 0.3, -high * 0.3, x - wide * 0.6, -high * 0.7, x - wide * 0.42, -high, -high - wide * 0.7, x + wide * 0.42, -high, x + wide * 0.6, -high * 0.7, x + wide * 0.3, -high * 0.3, x + wide * 0.7));
    for level in 0..(high / 44.0) as i32 {
        for place in [-0.2, 0.16] {
            if brief.chance(0.7) {
                let y = -high + 14.0 + f64::from(level) * 44.0;
                let lamp = if brief.chance(0.7) { hue.glow.lighter(0.45) } else { hue.shade };
                s.fill(lamp, &format!("M{:.0} {y:.0}v-14a7 7 0 0 1 14 0v14z", x + wide * place - 5.0));
            }
        }
    }
}

pub(super) fn city(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let grown = brief.has(&["coral"]);
    for layer in 0..3 {
        for tower in 0..7 {
            let x =
                -450.0 + f64::from(tower) * 150.0 + f64::from(layer % 2) * 70.0 + brief.range(-30.0, 30.0);
            let middle = 1.0 - (x / 640.0).abs();
            let high =
                (130.0 + 420.0 * middle * middle) * brief.range(0.6, 1.0) * (1.0 - f64::from(layer) * 0.22);
            let wide = brief.range(42.0, 74.0);
            if grown {
                coral(s, hue, brief, x, high, wide);
            } else {
                tower_block(s, hue, brief, (x, high, wide), f64::from(2 - layer) * 0.22);
            }
        }
    }
}

fn tower_block(s: &mut Sketch, hue: &Hues, brief: &mut Brief, (x, high, wide): (f64, f64, f64), haze: f64) {
    let wall = hue.shade.mix(hue.lit, haze);
    s.block(wall, x - wide * 0.7, -high, wide * 1.4, high);
    s.block(wall.darker(0.22), x + wide * 0.2, -high, wide * 0.5, high);
    if brief.chance(0.5) {
        s.fill(
            wall,
            &format!("M{} {}L{x} {}L{} {}z", x - wide * 0.7, -high, -high - wide, x + wide * 0.7, -high),
        );
    } else {
        s.line(wall, 4.0, &format!("M{x} {}v-50", -high));
    }
    for row in 0..(high / 30.0) as i32 {
        for column in 0..3 {
            if brief.chance(0.4) {
                s.block(
                    hue.glow.lighter(0.3).at(0.9),
                    x - wide * 0.5 + f64::from(column) * wide * 0.38,
                    -high + 14.0 + f64::from(row) * 30.0,
                    9.0,
                    13.0,
                );
            }
        }
    }
}

pub(super) fn carousel(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    s.glow(hue.glow, 0.75, 0.0, -260.0, 380.0);
    s.oval(hue.shade.darker(0.2), 0.0, -14.0, 330.0, 46.0);
    s.oval(hue.body, 0.0, -34.0, 320.0, 42.0);
    s.fill(hue.shade.mix(hue.body, 0.4), "M-60 -40V-350H60V-40z");
    for panel in 0..3 {
        s.slab(hue.glow.at(0.8), -48.0 + f64::from(panel) * 34.0, -310.0, 26.0, 230.0, 13.0);
    }
    for (x, y, size) in [
        (-130.0, -170.0, 0.7),
        (130.0, -210.0, 0.7),
        (-250.0, -150.0, 1.0),
        (0.0, -130.0, 1.12),
        (250.0, -190.0, 1.0),
    ] {
        s.line(hue.glow.lighter(0.3), 6.0, &format!("M{x} -364V-34"));
        let flip = if brief.chance(0.5) { -1.0 } else { 1.0 };
        s.group(&format!(r#"transform="translate({x} {y}) scale({} {size})""#, size * flip), |s| {
            horse(s, hue)
        });
    }
    const STRIPES: i32 = 10;
    for stripe in 0..STRIPES {
        let (left, right) = (f64::from(stripe) / 10.0 * 2.0 - 1.0, f64::from(stripe + 1) / 10.0 * 2.0 - 1.0);
        let colour = if stripe % 2 == 0 { hue.lit } else { hue.glow.mix(hue.shade, 0.25) };
        let sag = |at: f64| -372.0 + (1.0 - at * at).sqrt() * 26.0;
        s.fill(
            colour,
            &format!("M0 -560L{:.0} {:.0}L{:.0} {:.0}z", left * 350.0, sag(left), right * 350.0, sag(right)),
        );
        let middle = (left + right) / 2.0;
        s.disc(colour.mix(hue.shade, 0.2), middle * 350.0, sag(middle) + 4.0, 34.0);
        s.disc(hue.glow.lighter(0.6), middle * 350.0, sag(middle) + 20.0, 7.0);
    }
    s.fill(hue.shade.at(0.3), "M0 -560L350 -372L175 -348z");
    s.fill(hue.glow, "M0 -556V-640L64 -616L0 -596z");
    if brief.has(&["sea", "ocean", "floor"]) {
        for x in [-420.0, -380.0, 392.0, 430.0] {
            let high = brief.range(180.0, 330.0);
            s.line(
                hue.glow.mix(hue.shade, 0.5),
                12.0,
                &format!("M{x} 10q-34 -{:.0} 0 -{:.0}t0 -{:.0}", high * 0.2, high * 0.4, high * 0.4),
            );
        }
        for _ in 0..34 {
            s.ring(
                hue.lit.at(0.7),
                3.0,
                brief.range(-420.0, 420.0),
                brief.range(-660.0, -40.0),
                brief.range(3.0, 15.0),
            );
        }
    }
}

fn horse(s: &mut Sketch, hue: &Hues) {
    s.fill(hue.lit, "M-58 10C-60 -20 -30 -30 0 -26C16 -28 26 -44 34 -66L44 -84L50 -70C64 -62 76 -48 84 -34C80 -26 72 -26 58 -36C52 -14 46 4 38 14L64 26L54 56L46 54L50 34L22 24C0 30 -20 28 -34 22L-24 48L-40 70L-46 64L-36 48L-54 26C-66 30 -74 44 -72 58C-86 36 -78 10 -58 10z");
    s.fill(hue.shade, "M32 -64C14 -56 8 -40 4 -26L16 -28C22 -36 30 -50 36 -62z");
    s.fill(hue.glow, "M-26 -28C-10 -36 4 -34 12 -28L8 -8C-6 -2 -18 -4 -26 -8z");
    s.disc(hue.shade, 56.0, -56.0, 4.0);
}

pub(super) fn bridge(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let breath = brief.has(&["breath"]);
    let deck = |x: f64| -250.0 - 110.0 * (1.0 - (x / 560.0) * (x / 560.0));
    let stone = s.down(&[
        (0.0, hue.lit.to_string()),
        (0.35, hue.body.to_string()),
        (1.0, hue.shade.at(if breath { 0.05 } else { 1.0 })),
    ]);
    let mut path = String::from("M-600 -230Q0 -490 600 -230V0H560");
    for arch in 0..4 {
        let left = 520.0 - f64::from(arch) * 280.0;
        path += &format!(
            "C{left} {:.0} {} {:.0} {} 0H{}",
            deck(left) + 30.0,
            left - 200.0,
            deck(left - 200.0) + 30.0,
            left - 200.0,
            left - 240.0
        );
    }
    s.fill(&stone, &format!("{path}z"));
    s.line(hue.lit, 9.0, "M-610 -242Q0 -506 610 -242");
    s.line(hue.lit.at(0.8), 4.0, "M-610 -272Q0 -536 610 -272");
    for post in -9..=9 {
        let x = f64::from(post) * 60.0;
        s.line(hue.lit.at(0.9), 4.0, &format!("M{x} {:.0}v-36", deck(x) - 16.0));
    }
    for x in [-360.0, 0.0, 360.0] {
        s.line(hue.shade, 6.0, &format!("M{x} {:.0}v-96", deck(x) - 12.0));
        s.glow(hue.glow, 0.9, x, deck(x) - 116.0, 80.0);
        s.disc(hue.glow.lighter(0.6), x, deck(x) - 116.0, 15.0);
    }
    s.fill(
        hue.line.mix(hue.shade, 0.3),
        &format!(
            "M110 {y:.0}l8 -54a11 11 0 0 1 22 0l8 54zM128 {:.0}a13 13 0 1 1 .1 0z",
            deck(120.0) - 78.0,
            y = deck(120.0) - 16.0
        ),
    );
    if breath {
        for _ in 0..70 {
            let x = brief.range(-580.0, 580.0);
            let (y, r) = (deck(x) + brief.range(0.0, 230.0), brief.range(8.0, 44.0));
            s.disc(hue.lit.at(0.16), x, y, r);
            s.ring(hue.lit.at(0.55), 2.5, x, y, r);
            s.disc(hue.lit.at(0.8), x - r * 0.35, y - r * 0.35, r * 0.13);
        }
    }
}

pub(super) fn lighthouse(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    s.fill(hue.glow.lighter(0.4).at(0.34), "M-20 -520L-900 -700V-360z");
    s.fill(hue.glow.lighter(0.4).at(0.34), "M20 -520L900 -420V-700z");
    s.glow(hue.glow.lighter(0.3), 0.95, 0.0, -520.0, 210.0);
    s.fill(hue.shade, "M-260 0C-220 -50 -190 -40 -150 -80C-100 -110 90 -110 140 -72C180 -50 240 -40 280 0z");
    s.fill(hue.body.at(0.8), "M-190 -40C-150 -80 -90 -94 -40 -94C-70 -60 -120 -50 -190 -40z");
    let wall = s.across(&[
        (0.0, hue.lit.to_string()),
        (0.45, hue.line.mix(hue.lit, 0.6).to_string()),
        (1.0, hue.shade.to_string()),
    ]);
    const TOWER: &str = "M-88 -84L-50 -460H50L88 -84z";
    s.fill(wall, TOWER);
    s.within(TOWER, |s| {
        for band in 0..3 {
            let y = -440.0 + f64::from(band) * 126.0;
            s.fill(
                hue.glow.mix(hue.shade, 0.3),
                &format!("M-120 {y}Q0 {} 120 {y}V{}Q0 {} -120 {}z", y + 22.0, y + 60.0, y + 82.0, y + 60.0),
            );
        }
        s.fill(hue.shade.darker(0.2).at(0.45), "M30 -470H130V-60H54z");
    });
    for y in [-330.0, -210.0] {
        s.slab(hue.shade, -12.0, y, 24.0, 40.0, 12.0);
    }
    s.fill(hue.shade, "M-26 -84V-132a26 26 0 0 1 52 0V-84z");
    s.block(hue.shade, -72.0, -474.0, 144.0, 16.0);
    s.line(hue.shade, 4.0, "M-70 -500H70M-70 -500v28M-35 -500v28M0 -500v28M35 -500v28M70 -500v28");
    s.slab(hue.glow.lighter(0.75), -38.0, -562.0, 76.0, 88.0, 4.0);
    s.line(hue.shade, 5.0, "M-38 -562V-474M0 -562V-474M38 -562V-474");
    s.fill(hue.shade, "M-54 -560C-44 -600 -20 -616 0 -620C20 -616 44 -600 54 -560z");
    s.disc(hue.glow, 0.0, -626.0, 9.0);
    for _ in 0..if brief.has(&["comet"]) { 7 } else { 0 } {
        let (x, y, size) = (brief.range(-560.0, 560.0), brief.range(-680.0, -320.0), brief.range(0.5, 1.3));
        s.placed(x, y, size, brief.range(-34.0, -18.0), |s| {
            let tail = s.across(&[(0.0, hue.glow.lighter(0.6).at(0.95)), (1.0, hue.glow.at(0.0))]);
            s.fill(tail, "M0 -11C90 -16 180 -10 280 -4C180 2 90 16 0 11z");
            s.glow(hue.glow.lighter(0.5), 0.9, 0.0, 0.0, 40.0);
            s.disc(hue.lit.lighter(0.7), 0.0, 0.0, 12.0);
        });
    }
}

pub(super) fn theatre(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    s.fill(hue.shade.darker(0.3), "M-400 0V-420C-300 -560 300 -560 400 -420V0z");
    let backdrop = s.down(&[
        (0.0, hue.shade.to_string()),
        (0.7, hue.glow.to_string()),
        (1.0, hue.glow.lighter(0.6).to_string()),
    ]);
    s.fill(backdrop, "M-280 -40V-390C-200 -470 200 -470 280 -390V-40z");
    s.disc(hue.lit.lighter(0.4), 60.0, -250.0, 66.0);
    s.fill(hue.shade, "M-280 -40V-120C-200 -160 -120 -90 -40 -110C60 -140 160 -90 280 -130V-40z");
    for side in [1.0, -1.0] {
        s.group(&format!(r#"transform="scale({side} 1)""#), |s| {
            let fold = s.across(&[(0.0, hue.glow.mix(hue.shade, 0.5).to_string()), (1.0, hue.glow.mix(hue.shade, 0.2).to_string())]);
            s.fill(fold, "M290 -30V-420C200 -430 120 -440 90 -454C110 -360 150 -290 230 -250C200 -180 210 -90 214 -30z");
            s.line(hue.shade.at(0.7), 5.0, "M130 -440C150 -360 190 -300 246 -260M190 -430C204 -360 230 -310 262 -276M246 -240C234 -160 240 -90 244 -34M270 -250C262 -160 266 -90 268 -34");
        });
    }
    s.fill(hue.lit.mix(hue.shade, 0.35), "M-320 -40H320L400 20H-400z");
    s.line(hue.shade.at(0.5), 3.0, "M-160 -40L-220 20M0 -40V20M160 -40L220 20M-360 -10H360");
    for lamp in -3..=3 {
        s.glow(hue.glow.lighter(0.5), 0.9, f64::from(lamp) * 96.0, 12.0, 54.0);
        s.disc(hue.lit.lighter(0.6), f64::from(lamp) * 96.0, 12.0, 12.0);
    }
    // The roots that are the house, and the crown they feed.
    for side in [1.0, -1.0] {
        for root in 0..7 {
            let x = side * (300.0 + f64::from(root) * 26.0);
            let (bend, reach) = (brief.range(-40.0, 40.0), side * brief.range(20.0, 180.0));
            let top = side * f64::from(6 - root) * 22.0;
            let colour = hue.body.mix(hue.shade, brief.range(0.0, 0.7));
            s.line(
                colour,
                26.0 - f64::from(root) * 2.4,
                &format!(
                    "M{top:.0} -560C{:.0} -520 {:.0} -300 {:.0} -170S{:.0} -30 {:.0} 30",
                    x + bend,
                    x - bend,
                    x,
                    x + reach * 0.4,
                    x + reach
                ),
            );
        }
    }
    for _ in 0..26 {
        let (x, y) = (brief.range(-230.0, 230.0), brief.range(-680.0, -540.0));
        s.disc(hue.body.mix(hue.glow, brief.range(0.0, 0.6)).at(0.9), x, y, brief.range(26.0, 58.0));
    }
}

pub(super) fn stairs(s: &mut Sketch, hue: &Hues, _: &mut Brief) {
    for step in (0..16).rev() {
        let along = f64::from(step) / 15.0;
        let size = 1.0 - along * 0.62;
        s.placed((along * 4.4).sin() * 170.0 + along * 60.0, -along * 570.0, size, 0.0, |s| {
            s.fill(hue.shade, "M-170 0L170 0L150 44L-150 44z");
            s.fill(hue.body, "M-150 44L150 44L40 92L-40 92z");
            s.fill(hue.lit, "M-170 0L-120 -34H200L170 0z");
        });
    }
    s.placed(20.0, -596.0, 0.42, 0.0, |s| {
        s.glow(hue.glow, 0.9, 0.0, -100.0, 300.0);
        s.fill(hue.shade, "M-90 0V-190a90 90 0 0 1 180 0V0z");
        s.fill(hue.glow.lighter(0.5), "M-70 0V-190a70 70 0 0 1 140 0V0z");
    });
}
