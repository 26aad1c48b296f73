//! Heroes of earth, water, air and space: volcano, storm, wave, planets, mountain.

use super::super::sketch::Sketch;
use super::{Brief, Hues};

pub(super) fn volcano(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    const CONE: &str = "M-520 0C-330 -60 -220 -260 -120 -440Q0 -400 120 -440C220 -260 330 -60 520 0z";
    let slope =
        s.across(&[(0.0, hue.lit.to_string()), (0.45, hue.body.to_string()), (1.0, hue.shade.to_string())]);
    s.glow(hue.glow, 0.8, 0.0, -450.0, 240.0);
    for puff in 0..11 {
        let along = f64::from(puff);
        s.disc(
            hue.lit.at(0.75 - along * 0.055),
            (along * 0.9).sin() * (20.0 + along * 9.0),
            -440.0 - along * 26.0,
            26.0 + along * 9.0,
        );
    }
    s.fill(slope, CONE);
    s.within(CONE, |s| {
        s.fill(hue.glow, "M-126 -450H126L96 -400C80 -350 60 -390 44 -340C30 -290 10 -370 -10 -350C-30 -300 -46 -380 -66 -370C-80 -340 -90 -380 -126 -430z");
        s.fill(hue.glow.lighter(0.5), "M-126 -460H126L100 -416C60 -380 -60 -380 -100 -416z");
        for _ in 0..22 {
            let x = brief.range(-360.0, 360.0);
            s.line(hue.shade.at(0.3), 5.0, &format!("M{:.0} -420Q{:.0} -200 {x:.0} 0", x * 0.24, x * 0.5));
        }
        // The blanket that the woods pull up.
        s.fill(hue.shade.mix(hue.glow, 0.2), "M-540 10C-420 -130 -340 -70 -260 -116C-180 -150 -100 -80 0 -110C90 -140 160 -70 250 -116C340 -150 420 -110 540 10z");
    });
    s.line(
        hue.shade.darker(0.4),
        10.0,
        "M-120 -226C-96 -196 -56 -196 -32 -226M32 -226C56 -196 96 -196 120 -226",
    );
    s.line(
        hue.shade.darker(0.4),
        5.0,
        "M-112 -208l-12 16M-76 -200v20M-40 -208l12 16M40 -208l-12 16M76 -200v20M112 -208l12 16",
    );
    s.oval(hue.shade.darker(0.3), 0.0, -150.0, 19.0, 13.0);
    s.disc(hue.glow.at(0.5), -130.0, -172.0, 26.0);
    s.disc(hue.glow.at(0.5), 130.0, -172.0, 26.0);
}

/// A storm that hangs like a curtain.
pub(super) fn thunderstorm(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    for (x, y, wide, high) in [
        (-300.0, -470.0, 210.0, 110.0),
        (300.0, -480.0, 220.0, 116.0),
        (0.0, -540.0, 300.0, 130.0),
        (-150.0, -430.0, 240.0, 100.0),
        (170.0, -436.0, 240.0, 100.0),
    ] {
        let puff = s.ball(hue.lit, hue.body, hue.shade);
        s.oval(puff, x, y, wide, high);
    }
    for fold in 0..13 {
        let x = -470.0 + f64::from(fold) * 72.0;
        let high = 190.0 + (f64::from(fold) * 1.9).sin() * 40.0 + brief.range(0.0, 30.0);
        let cloth = s.across(&[
            (0.0, hue.shade.to_string()),
            (0.35, hue.lit.mix(hue.body, 0.3).to_string()),
            (0.6, hue.body.to_string()),
            (1.0, hue.shade.darker(0.3).to_string()),
        ]);
        s.fill(
            cloth,
            &format!(
                "M{x} -430C{} -380 {} -330 {} -{:.0}Q{} -{:.0} {} -{:.0}C{} -330 {} -380 {} -430z",
                x - 10.0,
                x + 12.0,
                x - 4.0,
                440.0 - high,
                x + 38.0,
                400.0 - high,
                x + 80.0,
                440.0 - high,
                x + 70.0,
                x + 90.0,
                x + 76.0
            ),
        );
        s.line(
            hue.glow,
            5.0,
            &format!(
                "M{} -{:.0}Q{} -{:.0} {} -{:.0}",
                x - 4.0,
                440.0 - high,
                x + 38.0,
                400.0 - high,
                x + 80.0,
                440.0 - high
            ),
        );
        s.fill(hue.glow, &format!("M{:.0} -{:.0}l-8 40h16z", x + 38.0, 418.0 - high));
    }
    for (x, size) in [(-210.0, 0.9), (60.0, 1.25), (290.0, 0.75)] {
        s.glow(hue.glow.lighter(0.5), 0.6, x, -110.0, 150.0);
        s.placed(x, -210.0, size, 0.0, |s| {
            s.fill(hue.glow.lighter(0.65), "M14 0L-46 100H-8L-34 210L50 80H10L44 0z")
        });
    }
    for _ in 0..50 {
        let (x, y) = (brief.range(-480.0, 480.0), brief.range(-220.0, 0.0));
        s.line(hue.lit.at(0.5), 3.0, &format!("M{x:.0} {y:.0}l-10 34"));
    }
}

pub(super) fn ocean(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let ink = brief.has(&["ink"]);
    s.fill(
        hue.body.mix(hue.lit, 0.2),
        "M-700 -60C-560 -130 -430 -130 -330 -60S-90 10 40 -50S330 -150 700 -60V60H-700z",
    );
    let wave = s.down(&[
        (0.0, hue.body.to_string()),
        (0.6, hue.shade.to_string()),
        (1.0, hue.shade.darker(0.5).to_string()),
    ]);
    s.fill(&wave, "M-640 40C-520 -60 -440 -360 -220 -500C-80 -590 120 -570 190 -440C210 -390 190 -330 140 -330C150 -380 120 -410 70 -400C-40 -380 -70 -240 20 -130C90 -50 220 -40 330 -70C480 -110 600 -40 700 40z");
    for line in 0..6 {
        let at = f64::from(line) * 26.0;
        s.line(
            hue.lit.at(0.55),
            6.0,
            &format!(
                "M{:.0} 30C{:.0} -80 {:.0} -330 {:.0} -{:.0}C{:.0} -{:.0} 0 -{:.0} 70 -{:.0}",
                -560.0 + at * 2.2,
                -440.0 + at * 1.5,
                -360.0 + at * 1.6,
                -190.0 + at * 0.8,
                466.0 - at * 0.8,
                -120.0 + at * 0.5,
                520.0 - at * 0.6,
                530.0 - at * 0.7,
                500.0 - at * 0.5
            ),
        );
    }
    // Claws of foam.
    for claw in 0..12 {
        let angle = f64::from(claw) / 11.0 * 3.4 - 2.3;
        let (x, y) = (110.0 + 92.0 * angle.cos(), -420.0 + 96.0 * angle.sin());
        s.disc(hue.lit, x, y, 24.0);
        s.line(
            hue.lit,
            11.0,
            &format!(
                "M{x:.0} {y:.0}q{:.0} {:.0} {:.0} {:.0}",
                34.0 * angle.cos() + 12.0,
                30.0 * angle.sin(),
                30.0 * angle.cos(),
                44.0 * angle.sin() + 22.0
            ),
        );
    }
    for _ in 0..44 {
        s.disc(
            if ink { hue.shade } else { hue.lit },
            brief.range(60.0, 420.0),
            brief.range(-620.0, -240.0),
            brief.range(2.0, 12.0),
        );
    }
    s.placed(330.0, -96.0, 1.0, 9.0, |s| {
        s.fill(hue.line.mix(hue.glow, 0.2), "M-90 -30H90L58 20H-60z");
        s.fill(hue.glow, "M-6 -36V-180L84 -44z");
        s.fill(hue.lit, "M-14 -36V-150L-66 -44z");
    });
    s.fill(&wave, "M-700 20C-560 -40 -440 -30 -300 10S0 50 170 0S500 -40 700 16V90H-700z");
    s.line(hue.lit.at(0.8), 6.0, "M-640 6C-540 -30 -440 -24 -300 16S0 56 170 6S500 -30 660 14");
    if ink {
        s.placed(-300.0, -560.0, 1.0, 28.0, |s| {
            s.fill(hue.glow, "M-30 -20C-70 -140 -40 -260 40 -330C60 -220 50 -110 30 -20z");
            s.line(hue.lit, 4.0, "M0 -10C-6 -120 10 -230 36 -310M0 -90l-38 -24M0 -140l-38 -40M4 -110l34 -30");
            s.fill(hue.shade, "M-24 -20H26L4 90z");
            s.line(hue.lit, 3.0, "M2 20V84");
        });
        for (y, r) in [(-470.0, 9.0), (-430.0, 12.0), (-380.0, 7.0)] {
            s.disc(hue.shade, -344.0, y, r);
        }
    }
}

pub(super) fn paper_planet(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let folded = brief.has(&["paper", "folded"]);
    s.glow(hue.glow, 0.6, 0.0, -300.0, 480.0);
    let ring = "M-430 -200C-380 -90 300 -330 430 -430C400 -470 300 -450 240 -420L232 -396C280 -410 330 -420 340 -404C300 -340 -300 -130 -340 -200C-350 -220 -310 -250 -250 -280L-256 -310C-360 -270 -440 -230 -430 -200z";
    let globe = s.ball(hue.lit.lighter(0.2), hue.body, hue.shade);
    s.disc(&globe, 0.0, -300.0, 270.0);
    let outline = "M-270 -300a270 270 0 0 1 540 0a270 270 0 0 1 -540 0z";
    s.within(outline, |s| {
        if !folded {
            for band in 0..7 {
                s.line(
                    hue.lit.at(0.25),
                    brief.range(8.0, 34.0),
                    &format!(
                        "M-300 {y}Q0 {} 300 {y}",
                        -460.0 + f64::from(band) * 66.0,
                        y = -500.0 + f64::from(band) * 66.0
                    ),
                );
            }
            return;
        }
        // Crumpled once and smoothed again: each crease has a bright and a dark side.
        let mut corners = Vec::new();
        for row in 0..7 {
            for column in 0..7 {
                let (x, y) = (-300.0 + f64::from(column) * 100.0, -600.0 + f64::from(row) * 100.0);
                corners.push((x + brief.range(-34.0, 34.0), y + brief.range(-34.0, 34.0)));
            }
        }
        for row in 0..6 {
            for column in 0..6 {
                let [a, b, c, d] =
                    [row * 7 + column, row * 7 + column + 1, row * 7 + column + 8, row * 7 + column + 7]
                        .map(|at| corners[at]);
                for [one, two, three] in [[a, b, d], [b, c, d]] {
                    let colour = if brief.chance(0.5) { hue.lit.lighter(0.5) } else { hue.shade };
                    s.fill(
                        colour.at(brief.range(0.04, 0.34)),
                        &format!(
                            "M{:.0} {:.0}L{:.0} {:.0}L{:.0} {:.0}z",
                            one.0, one.1, two.0, two.1, three.0, three.1
                        ),
                    );
                }
            }
        }
        for line in 0..4 {
            let y = -400.0 + f64::from(line) * 56.0;
            s.line(hue.shade.at(0.35), 3.0, &format!("M-190 {y}q60 -14 120 0t120 0t120 0"));
        }
    });
    s.within("M-600 -800H600V-330L-600 -250zM-600 -250L600 -330V100H-600z", |s| {
        s.fill(hue.shade.at(0.4), "M-268 -274C-100 -230 180 -330 262 -366C180 -280 -60 -190 -262 -240z");
    });
    s.fill(hue.glow.lighter(0.3), ring);
    s.line(hue.lit.lighter(0.5).at(0.8), 3.0, ring);
    for (x, y, r) in [(-360.0, -520.0, 34.0), (380.0, -160.0, 22.0)] {
        let small = s.ball(hue.lit, hue.body, hue.shade);
        s.disc(small, x, y, r);
    }
}

pub(super) fn planets(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    for orbit in 0..4 {
        let wide = 240.0 + f64::from(orbit) * 110.0;
        s.line(
            hue.lit.at(0.22),
            2.5,
            &format!(
                "M-{wide} -300a{wide} {h} 0 1 0 {} 0a{wide} {h} 0 1 0 -{} 0",
                wide * 2.0,
                wide * 2.0,
                h = wide * 0.46
            ),
        );
    }
    let places = [
        (0.0, -300.0, 118.0),
        (-250.0, -420.0, 62.0),
        (262.0, -210.0, 74.0),
        (-420.0, -240.0, 84.0),
        (430.0, -430.0, 64.0),
        (-190.0, -120.0, 46.0),
        (150.0, -540.0, 42.0),
        (540.0, -240.0, 36.0),
        (-520.0, -500.0, 38.0),
    ];
    for (index, (x, y, r)) in places.into_iter().enumerate() {
        let colour =
            [hue.glow, hue.body, hue.lit, hue.body.mix(hue.glow, 0.5), hue.lit.mix(hue.glow, 0.5)][index % 5];
        s.placed(x, y, r / 100.0, brief.range(-20.0, 20.0), |s| {
            let globe = s.ball(colour.lighter(0.5), colour, colour.mix(hue.shade, 0.75));
            s.disc(globe, 0.0, 0.0, 100.0);
            s.within("M-100 0a100 100 0 0 1 200 0a100 100 0 0 1 -200 0z", |s| {
                for band in 0..if index % 2 == 0 { 3 } else { 0 } {
                    let y = -60.0 + f64::from(band) * 42.0;
                    s.line(hue.shade.at(0.22), 14.0, &format!("M-110 {y}Q0 {} 110 {y}", y + 22.0));
                }
            });
            s.line(hue.shade.darker(0.2), 6.0, "M-46 2q14 12 28 0M18 2q14 12 28 0M-10 40q10 6 20 0");
            if index % 3 == 0 {
                s.line(hue.lit.at(0.9), 9.0, "M-96 -20C-190 10 -160 50 0 30S190 -50 96 -46");
            }
        });
    }
}

pub(super) fn mountain(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    for (x, high, wide, far) in
        [(-360.0, 380.0, 330.0, 0.4), (380.0, 430.0, 350.0, 0.36), (0.0, 600.0, 430.0, 0.0)]
    {
        let body = hue.body.mix(hue.lit, far);
        s.fill(body, &format!("M{:.0} 0L{x:.0} -{high}L{:.0} 0z", x - wide, x + wide));
        let ridge = brief.range(20.0, 70.0);
        s.fill(
            hue.shade.mix(hue.lit, far),
            &format!(
                "M{x:.0} -{high}L{:.0} 0H{:.0}L{:.0} -{:.0}L{:.0} -{:.0}z",
                x + wide,
                x + ridge,
                x - ridge,
                high * 0.35,
                x + ridge * 0.5,
                high * 0.62
            ),
        );
        let snow = high * 0.64;
        s.fill(
            hue.lit.lighter(0.6),
            &format!(
                "M{x:.0} -{high}L{:.0} -{snow:.0}l30 -26l26 40l34 -50l30 44l34 -40L{:.0} -{snow:.0}z",
                x - wide * 0.36,
                x + wide * 0.36
            ),
        );
    }
}
