//! Heroes that grew, or were always there: orchards, forests, antlers, mountains, storms, seas, planets.

use std::f64::consts::TAU;

use super::super::sketch::Sketch;
use super::{Brief, Hues};

/// A tree of about 300 units.
pub(super) fn round_tree(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    s.line(hue.shade, 22.0, "M0 0C6 -60 -6 -100 0 -150M0 -90L40 -140M0 -110L-36 -160");
    let leaf = hue.body.mix(hue.glow, brief.range(0.1, 0.5));
    for (x, y, r) in [(-60.0, -170.0, 60.0), (62.0, -166.0, 58.0), (0.0, -220.0, 84.0), (0.0, -160.0, 64.0)] {
        s.disc(leaf.mix(hue.shade, 0.4), x + 10.0, y + 12.0, r);
        s.disc(leaf, x, y, r);
    }
    for _ in 0..9 {
        s.disc(
            leaf.lighter(0.35).at(0.6),
            brief.range(-80.0, 20.0),
            brief.range(-280.0, -170.0),
            brief.range(6.0, 22.0),
        );
    }
}

fn clock(s: &mut Sketch, hue: &Hues, brief: &mut Brief, x: f64, y: f64, radius: f64) {
    let turn = brief.range(0.0, 360.0);
    s.placed(x, y, radius / 50.0, 0.0, |s| {
        s.disc(hue.glow.mix(hue.shade, 0.4), 3.0, 4.0, 54.0);
        s.disc(hue.glow, 0.0, 0.0, 53.0);
        s.disc(hue.paper, 0.0, 0.0, 44.0);
        for hour in 0..12 {
            s.group(&format!(r#"transform="rotate({})""#, hour * 30), |s| {
                s.line(hue.shade, if hour % 3 == 0 { 5.0 } else { 2.5 }, "M0 -38v6")
            });
        }
        s.group(&format!(r#"transform="rotate({turn:.0})""#), |s| {
            s.line(hue.shade.darker(0.3), 5.0, "M0 0V-32")
        });
        s.group(&format!(r#"transform="rotate({:.0})""#, turn * 12.0), |s| {
            s.line(hue.shade.darker(0.3), 6.5, "M0 0V-20")
        });
        s.disc(hue.shade.darker(0.3), 0.0, 0.0, 5.0);
    });
}

pub(super) fn orchard(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let clocks = brief.has(&["clock"]);
    for row in 0..3 {
        let count = 4 - row;
        let size = [0.62, 0.9, 1.35][row as usize];
        for tree in 0..count {
            let x = (f64::from(tree) - f64::from(count - 1) / 2.0) * [250.0, 330.0, 620.0][row as usize];
            let y = [-110.0, -50.0, 40.0][row as usize];
            s.placed(x + brief.range(-20.0, 20.0), y, size, 0.0, |s| {
                s.oval(hue.shade.darker(0.2).at(0.5), 0.0, 4.0, 130.0, 16.0);
                s.line(hue.shade, 30.0, "M0 4C14 -60 -10 -120 0 -190");
                s.line(hue.shade, 13.0, "M0 -130C40 -170 70 -180 110 -240M0 -150C-40 -190 -80 -190 -116 -250M0 -190C10 -240 -6 -280 0 -330");
                let leaf = hue.body.mix(hue.shade, 0.35 - f64::from(row) * 0.1);
                for (x, y, r) in [(-104.0, -262.0, 74.0), (104.0, -256.0, 76.0), (0.0, -330.0, 96.0), (0.0, -240.0, 84.0), (-54.0, -320.0, 70.0), (60.0, -322.0, 72.0)] {
                    s.disc(leaf.mix(hue.lit, brief.range(0.0, 0.25)), x, y, r);
                }
                for (x, y, r) in [(-112.0, -246.0, 34.0), (112.0, -236.0, 32.0), (0.0, -352.0, 40.0), (-10.0, -232.0, 36.0), (66.0, -312.0, 27.0), (-70.0, -320.0, 26.0)] {
                    if clocks {
                        clock(s, hue, brief, x, y, r);
                    } else {
                        s.disc(hue.glow, x, y, r * 0.6);
                    }
                }
            });
        }
    }
    if clocks {
        clock(s, hue, brief, -150.0, 56.0, 30.0);
        clock(s, hue, brief, 96.0, 72.0, 24.0);
    }
}

pub(super) fn antlers(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    for (x, size) in [(-330.0, 0.66), (330.0, 0.7), (-170.0, 0.92), (180.0, 0.88), (0.0, 1.25)] {
        for side in [1.0, -1.0] {
            s.group(&format!(r#"transform="translate({x} 0) scale({:.2} {size})""#, side * size), |s| {
                let horn = s.down(&[(0.0, hue.lit.to_string()), (0.6, hue.body.to_string()), (1.0, hue.shade.to_string())]);
                s.fill(&horn, "M10 0C40 -60 96 -110 112 -190C124 -280 84 -350 96 -470C112 -360 150 -300 140 -200C170 -240 210 -280 216 -360C226 -260 180 -190 134 -140C170 -150 230 -160 262 -220C250 -140 180 -110 110 -90C80 -60 56 -30 50 0zM114 -250C84 -280 50 -310 46 -370C36 -300 70 -240 110 -216z");
                for (x, y) in [(96.0, -474.0), (216.0, -366.0), (264.0, -226.0), (46.0, -376.0)] {
                    if brief.chance(0.75) {
                        for petal in 0..5 {
                            s.group(&format!(r#"transform="rotate({} {x} {y})""#, petal * 72), |s| s.oval(hue.glow, x, y - 15.0, 8.0, 15.0));
                        }
                        s.disc(hue.glow.lighter(0.7), x, y, 7.0);
                    }
                }
            });
        }
    }
    for _ in 0..54 {
        let (x, high) = (brief.range(-500.0, 500.0), brief.range(30.0, 96.0));
        s.line(
            hue.shade.mix(hue.glow, brief.range(0.0, 0.4)),
            5.0,
            &format!(
                "M{x:.0} 12q{:.0} -{:.0} {:.0} -{high:.0}",
                brief.range(-14.0, 14.0),
                high * 0.5,
                brief.range(-24.0, 24.0)
            ),
        );
    }
}

pub(super) fn forest(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let mirror = brief.has(&["mirror"]);
    let mut trees = Vec::new();
    for layer in 0..3 {
        for tree in 0..9 {
            let x = -560.0 + f64::from(tree) * 140.0 + brief.range(-50.0, 50.0);
            trees.push((layer, x, brief.range(0.62, 1.0) * (0.8 + 0.2 * f64::from(layer))));
        }
    }
    let stand = |s: &mut Sketch| {
        for (layer, x, size) in &trees {
            let colour = hue.shade.mix(hue.lit, 0.5 - f64::from(*layer) * 0.24);
            s.group(&format!(r#"transform="translate({x:.0} 0) scale({size:.2})""#), |s| {
                s.block(colour.darker(0.3), -9.0, -90.0, 18.0, 92.0);
                for tier in 0..5 {
                    let (y, wide) = (-60.0 - f64::from(tier) * 96.0, 116.0 - f64::from(tier) * 20.0);
                    s.fill(colour, &format!("M-{wide} {y}Q0 {} {wide} {y}L0 {}z", y + 24.0, y - 170.0));
                    s.fill(
                        hue.lit.at(0.2),
                        &format!(
                            "M-{wide} {y}Q{} {} -10 {}L0 {}z",
                            -wide / 2.0,
                            y + 12.0,
                            y + 12.0,
                            y - 170.0
                        ),
                    );
                }
            });
        }
    };
    stand(s);
    if mirror {
        s.group(r#"transform="scale(1 -.62)" opacity=".42""#, stand);
        s.line(hue.lit.at(0.8), 3.0, "M-640 2H640");
        for (x, size) in [(-360.0, 0.8), (40.0, 1.1), (410.0, 0.86)] {
            s.placed(x, 10.0, size, 0.0, |s| {
                s.line(hue.shade.darker(0.3), 10.0, "M-60 10L-20 -60M60 10L20 -60");
                s.oval(hue.glow, 0.0, -190.0, 96.0, 160.0);
                let face = s.down(&[
                    (0.0, hue.lit.lighter(0.4).to_string()),
                    (0.6, hue.glow.mix(hue.lit, 0.6).to_string()),
                    (1.0, hue.body.to_string()),
                ]);
                s.oval(face, 0.0, -190.0, 82.0, 146.0);
                s.fill(hue.shade.at(0.55), "M-60 -92L-30 -220L-6 -120L26 -250L60 -94Q0 -30 -60 -92z");
                s.line(hue.lit.lighter(0.6).at(0.8), 8.0, "M-40 -270L10 -312M-52 -230L30 -300");
            });
        }
    }
}

pub(super) fn island(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let rock = s.down(&[(0.0, hue.body.to_string()), (1.0, hue.shade.darker(0.3).to_string())]);
    s.fill(rock, "M-370 -300C-260 -250 260 -250 370 -300C330 -210 250 -210 210 -130C180 -70 110 -60 80 20C60 80 20 130 -20 110C-60 80 -70 -20 -130 -60C-200 -110 -230 -170 -290 -200C-340 -230 -360 -260 -370 -300z");
    s.fill(hue.shade.at(0.6), "M60 -270C120 -200 90 -120 60 -60C50 0 30 80 0 110C60 100 70 20 90 -10C120 -70 190 -80 210 -130C250 -210 330 -210 370 -300C280 -264 160 -262 60 -270z");
    s.oval(hue.glow.mix(hue.body, 0.45), 0.0, -300.0, 372.0, 48.0);
    s.oval(hue.glow.mix(hue.lit, 0.35), -20.0, -306.0, 330.0, 34.0);
    for (x, size) in [(-230.0, 0.8), (-120.0, 1.15), (-176.0, 0.6), (230.0, 0.95), (290.0, 0.55)] {
        s.placed(x, -306.0, size * 0.9, 0.0, |s| round_tree(s, hue, brief));
    }
    super::creature::house(s, hue, 70.0, -300.0, 1.6);
    let fall = s.down(&[(0.0, hue.lit.at(0.95)), (1.0, hue.lit.at(0.0))]);
    s.fill(fall, "M-30 -270C-40 -200 -30 0 -46 260H14C4 0 16 -200 10 -264z");
    for (x, y, size) in [(-320.0, -60.0, 0.16), (300.0, -20.0, 0.12)] {
        s.placed(x, y, size, 0.0, |s| {
            s.fill(
                hue.shade,
                "M-370 -300C-260 -350 260 -350 370 -300C330 -210 60 60 -20 110C-60 80 -360 -260 -370 -300z",
            )
        });
    }
}

pub(super) fn tree(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    s.fill(hue.shade, "M-120 10C-60 -20 -40 -120 -44 -240L-150 -360L-140 -372L-40 -290L-20 -420H10L30 -280L150 -380L160 -368L44 -230C40 -120 60 -20 130 10C60 0 40 -10 30 20C10 0 -20 0 -40 20C-50 0 -80 0 -120 10z");
    for _ in 0..46 {
        let (angle, far) = (brief.range(0.0, TAU), brief.range(0.0, 1.0).sqrt());
        let (x, y) = (angle.cos() * far * 270.0, -430.0 + angle.sin() * far * 170.0);
        let colour = hue
            .body
            .mix(hue.glow, brief.range(0.0, 0.8))
            .mix(hue.lit, ((-y - 430.0) / 400.0).clamp(0.0, 0.6));
        s.disc(colour, x, y, brief.range(34.0, 74.0));
    }
    for _ in 0..26 {
        s.disc(
            hue.glow.lighter(0.4),
            brief.range(-270.0, 270.0),
            brief.range(-580.0, -20.0),
            brief.range(3.0, 8.0),
        );
    }
}

pub(super) fn flower(s: &mut Sketch, hue: &Hues, _: &mut Brief) {
    s.line(hue.shade, 18.0, "M0 10C30 -120 -20 -220 0 -360");
    s.fill(hue.body, "M4 -110C60 -190 150 -200 200 -180C160 -110 80 -80 4 -90zM0 -190C-60 -260 -140 -270 -190 -250C-150 -180 -70 -150 2 -170z");
    for petal in 0..9 {
        s.group(&format!(r#"transform="rotate({} 0 -430)""#, petal * 40), |s| {
            s.fill(hue.glow.mix(hue.lit, 0.2), "M0 -430C-70 -500 -60 -600 0 -640C60 -600 70 -500 0 -430z");
            s.line(hue.glow.mix(hue.shade, 0.3), 4.0, "M0 -460V-590");
        });
    }
    s.disc(hue.shade, 0.0, -430.0, 62.0);
    s.disc(hue.glow.lighter(0.5), -8.0, -438.0, 46.0);
}
