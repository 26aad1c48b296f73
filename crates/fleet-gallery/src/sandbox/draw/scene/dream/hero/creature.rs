//! Heroes that breathe: whale, heron, fox, moths, hands, a dreaming stone.

use super::super::sketch::Sketch;
use super::{Brief, Hues};

pub(super) fn whale(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    const BODY: &str = "M-450 -230C-452 -350 -250 -440 -30 -420C150 -404 240 -300 340 -272C392 -262 412 -300 420 -380C452 -350 466 -322 462 -288C492 -306 528 -300 560 -272C516 -244 470 -226 424 -216C356 -146 190 -40 -50 -34C-270 -30 -440 -100 -450 -230z";
    let glass = brief.has(&["glass"]);
    let skin = if glass {
        s.down(&[(0.0, hue.lit.at(0.75)), (0.55, hue.body.at(0.42)), (1.0, hue.glow.at(0.35))])
    } else {
        s.down(&[(0.0, hue.lit.to_string()), (0.4, hue.body.to_string()), (1.0, hue.shade.to_string())])
    };
    if glass {
        s.glow(hue.glow, 0.8, -60.0, -200.0, 320.0);
    }
    s.fill(&skin, BODY);
    s.within(BODY, |s| {
        if glass {
            // What a glass whale cannot hide: a spine of lamps and a small sea with a boat on it.
            s.fill(
                hue.glow.at(0.35),
                "M-470 -150Q-380 -180 -290 -150T-110 -150T70 -150T250 -150T430 -150V0H-470z",
            );
            s.fill(
                hue.glow.at(0.5),
                "M-470 -118Q-380 -142 -290 -118T-110 -118T70 -118T250 -118T430 -118V0H-470z",
            );
            s.fill(hue.line, "M-70 -160H30L12 -132H-52z");
            s.fill(hue.lit, "M-24 -166V-262L26 -166zM-30 -166V-232L-62 -166z");
            for rib in 0..9 {
                let x = -300.0 + f64::from(rib) * 66.0;
                let high = 90.0 - f64::from(rib) * 6.0;
                s.line(hue.lit.at(0.5), 5.0, &format!("M{x} -372q34 {high} 6 {}", high * 2.6));
                s.disc(hue.glow, x, -374.0 + f64::from(rib) * 9.0, 6.0);
            }
        }
        let belly = if glass { hue.lit.at(0.3) } else { hue.line.mix(hue.lit, 0.5).at(0.85) };
        s.fill(
            belly,
            "M-460 -196C-330 -140 -80 -120 150 -140C90 -60 -60 -20 -200 -30C-360 -40 -450 -110 -460 -196z",
        );
        for fold in 0..7 {
            let y = -176.0 + f64::from(fold) * 19.0;
            let line = format!(
                "M{} {y:.0}C-300 {:.0} -150 {:.0} 90 {:.0}",
                -440 + fold * 22,
                y + 46.0,
                y + 54.0,
                y + 34.0
            );
            s.line(hue.shade.at(0.45), 4.0, &line);
        }
        s.fill(hue.lit.at(0.35), "M-420 -300C-330 -400 -130 -440 60 -400C-120 -410 -300 -370 -420 -300z");
        for _ in 0..26 {
            let (x, y) = (brief.range(-390.0, 260.0), brief.range(-390.0, -280.0));
            s.disc(hue.lit.at(0.3), x, y, brief.range(2.0, 7.0));
        }
    });
    s.fill(&skin, "M-120 -92C-110 -20 -170 40 -250 64C-256 0 -226 -60 -190 -104z");
    s.line(hue.lit.at(0.6), 4.0, "M-128 -80C-128 -20 -180 36 -244 58");
    s.disc(hue.line, -318.0, -222.0, 13.0);
    s.disc(hue.shade, -316.0, -222.0, 7.0);
    s.line(hue.lit.at(0.8), 5.0, BODY);
}

pub(super) fn moth(s: &mut Sketch, hue: &Hues, veins: bool) {
    for side in [1.0, -1.0] {
        s.group(&format!(r#"transform="scale({side} 1)""#), |s| {
            let wing = s.across(&[(0.0, hue.body.to_string()), (1.0, hue.lit.to_string())]);
            s.fill(hue.body.mix(hue.shade, 0.4), "M8 6C70 14 120 40 112 76C96 104 40 88 6 40z");
            s.fill(&wing, "M6 -6C40 -66 130 -104 196 -84C206 -30 150 26 90 30C50 34 20 26 6 14z");
            if veins {
                s.line(
                    hue.line.at(0.35),
                    3.0,
                    "M8 2C70 -20 120 -52 190 -80M8 6C70 -4 120 -20 168 -30M10 10C60 14 90 12 128 12",
                );
                s.disc(hue.line.at(0.55), 108.0, -38.0, 19.0);
                s.disc(hue.glow, 108.0, -38.0, 11.0);
                s.disc(hue.line.at(0.5), 74.0, 58.0, 10.0);
            }
            s.line(hue.line.mix(hue.shade, 0.5), 3.5, "M3 -26C10 -52 26 -66 44 -70M16 -52l10 4M22 -58l12 2");
        });
    }
    s.oval(hue.shade, 0.0, 14.0, 12.0, 42.0);
    s.disc(hue.shade, 0.0, -26.0, 11.0);
}

/// Steps that rise in a bend, and every step a moth.
pub(super) fn moth_stairs(s: &mut Sketch, hue: &Hues, _: &mut Brief) {
    s.glow(hue.glow, 0.7, 150.0, -620.0, 240.0);
    for step in (0..10).rev() {
        let along = f64::from(step) / 9.0;
        let x = (along * 4.6).sin() * 150.0 * (1.0 - along * 0.35) + along * 130.0 - 60.0;
        let (y, size) = (-along * 600.0 - 10.0, 1.14 - along * 0.78);
        s.placed(x, y + 40.0 * size, size, 0.0, |s| s.oval(hue.shade.at(0.3), 0.0, 10.0, 170.0, 16.0));
        let (low, lean) = (size * 0.62, (along * 4.6).cos() * 13.0);
        let set =
            format!(r#"transform="translate({x:.1} {y:.1}) scale({size:.3} {low:.3}) rotate({lean:.1})""#);
        s.group(&set, |s| moth(s, hue, true));
    }
    s.fill(hue.line, "M-22 -52l8 -34a9 9 0 0 1 18 0l8 34zM-5 -104a9 9 0 1 1 .1 0z");
}

pub(super) fn moth_island(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    s.placed(0.0, -180.0, 2.6, 0.0, |s| {
        s.group(r#"transform="scale(1 .72)""#, |s| moth(s, hue, true));
    });
    let rock =
        s.down(&[(0.0, hue.shade.mix(hue.glow, 0.2).to_string()), (1.0, hue.shade.darker(0.3).to_string())]);
    s.fill(rock, "M-210 -226C-120 -196 120 -196 210 -226C190 -170 110 -150 60 -120C30 -100 -30 -100 -60 -122C-120 -150 -190 -170 -210 -226z");
    s.oval(hue.glow.mix(hue.shade, 0.35), 0.0, -228.0, 212.0, 34.0);
    s.oval(hue.glow.mix(hue.body, 0.3), -10.0, -233.0, 186.0, 24.0);
    house(s, hue, 10.0, -232.0, 1.0);
    for (x, size) in [(-130.0, 1.1), (-92.0, 0.8), (104.0, 0.9), (144.0, 1.25), (68.0, 0.6)] {
        s.placed(x, -230.0, size * 0.5, 0.0, |s| super::growth::round_tree(s, hue, brief));
    }
}

pub(super) fn house(s: &mut Sketch, hue: &Hues, x: f64, y: f64, size: f64) {
    s.placed(x, y, size, 0.0, |s| {
        s.fill(hue.paper.mix(hue.body, 0.15), "M-40 0V-52H40V0z");
        s.fill(hue.shade.at(0.35), "M8 0V-52H40V0z");
        s.fill(hue.shade, "M-52 -48L0 -98L52 -48z");
        s.fill(hue.shade.darker(0.25), "M20 -82V-106H34V-68z");
        s.block(hue.glow, -28.0, -38.0, 20.0, 22.0);
        s.line(hue.shade, 2.5, "M-18 -38V-16M-28 -27H-8");
        s.slab(hue.shade, 12.0, -36.0, 18.0, 36.0, 3.0);
    });
}

pub(super) fn heron(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let plume =
        s.down(&[(0.0, hue.lit.to_string()), (0.5, hue.body.to_string()), (1.0, hue.shade.to_string())]);
    let leg = hue.shade.mix(hue.glow, 0.25);
    s.line(leg, 9.0, "M30 -190L22 -96L30 0M-12 -186L-16 -100L-10 0");
    s.line(leg, 6.0, "M30 0L62 6M30 0L4 8M-10 0L22 6M-10 0L-38 8");
    s.disc(leg, 22.0, -98.0, 8.0);
    s.disc(leg, -16.0, -102.0, 8.0);
    // Neck, body and tail are one stroke of the brush.
    s.fill(&plume, "M-92 -596C-60 -628 0 -620 8 -574C14 -530 -46 -494 -50 -440C-52 -404 -24 -392 30 -384C120 -372 196 -300 250 -176C190 -206 150 -208 104 -192C60 -172 -40 -164 -78 -216C-116 -270 -96 -340 -94 -400C-92 -468 -42 -510 -40 -552C-40 -576 -62 -580 -92 -572z");
    s.fill(hue.glow, "M-84 -598L-232 -570L-82 -566z");
    s.fill(hue.shade, "M-232 -570L-82 -574V-566z");
    s.fill(hue.shade, "M-84 -594C-56 -622 -16 -622 10 -604C60 -596 96 -570 120 -536C80 -566 40 -574 0 -580C-30 -590 -60 -594 -84 -594z");
    s.disc(hue.glow, -58.0, -586.0, 9.0);
    s.disc(hue.shade.darker(0.4), -60.0, -586.0, 4.5);
    for feather in 0..7 {
        let drop = f64::from(feather);
        let path = format!(
            "M{:.0} {:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} {:.0}",
            10.0 + drop * 8.0,
            -352.0 + drop * 20.0,
            80.0 + drop * 6.0,
            -340.0 + drop * 18.0,
            150.0 + drop * 6.0,
            -290.0 + drop * 14.0,
            232.0 - drop * 18.0,
            -192.0 + drop * 3.0
        );
        s.line(hue.shade.at(0.55), 5.0, &path);
    }
    s.line(hue.lit.at(0.8), 4.0, "M-70 -220C-78 -180 -86 -160 -84 -132M-52 -206C-58 -170 -62 -150 -58 -124");
    if brief.has(&["window", "heart"]) {
        s.glow(hue.glow, 0.9, -20.0, -296.0, 150.0);
        s.fill(hue.shade.darker(0.3), "M-62 -238V-322a42 42 0 0 1 84 0V-238z");
        let pane = s.down(&[(0.0, hue.glow.lighter(0.65).to_string()), (1.0, hue.glow.to_string())]);
        s.fill(pane, "M-54 -246V-322a34 34 0 0 1 68 0V-246z");
        s.line(hue.shade.darker(0.3), 5.0, "M-20 -356V-246M-54 -298H14");
        s.block(hue.shade.darker(0.2), -70.0, -242.0, 100.0, 9.0);
    }
}

pub(super) fn fox(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    const BODY: &str = "M-96 0C-110 -110 -96 -210 -60 -286C-120 -300 -150 -340 -156 -386C-168 -440 -164 -510 -150 -560L-82 -496C-60 -506 -28 -506 -6 -496L62 -560C76 -510 78 -440 66 -386C60 -350 40 -320 12 -302C80 -250 118 -170 124 -86C170 -84 214 -110 240 -158C262 -206 250 -262 280 -312C336 -262 364 -176 340 -100C318 -34 250 0 170 0z";
    let fur =
        s.down(&[(0.0, hue.lit.to_string()), (0.5, hue.body.to_string()), (1.0, hue.shade.to_string())]);
    let still = brief.has(&["static"]);
    if still {
        s.glow(hue.glow, 0.6, 40.0, -280.0, 380.0);
    }
    s.fill(&fur, BODY);
    s.within(BODY, |s| {
        s.fill(hue.line.mix(hue.lit, 0.3), "M280 -320C344 -262 360 -220 352 -190C320 -220 280 -236 246 -226C256 -262 262 -290 280 -320z");
        s.fill(hue.line.mix(hue.lit, 0.3).at(0.9), "M-164 -386C-110 -400 -70 -370 -44 -318C-20 -370 20 -400 74 -386C60 -330 20 -290 -44 -276C-110 -290 -150 -330 -164 -386zM-60 -270C-20 -250 30 -230 40 -150C20 -120 -30 -120 -60 -150C-70 -200 -70 -240 -60 -270z");
        if still {
            for _ in 0..420 {
                let (x, y) = (brief.range(-170.0, 350.0), brief.range(-560.0, 0.0));
                let colour = [hue.glow, hue.lit, hue.shade.darker(0.3), hue.line][brief.below(4)];
                s.block(colour.at(0.75), x, y, brief.range(6.0, 34.0), brief.range(3.0, 8.0));
            }
        }
        for line in 0..if still { 38 } else { 0 } {
            s.block(hue.shade.darker(0.5).at(0.22), -200.0, -570.0 + f64::from(line) * 15.0, 600.0, 5.0);
        }
    });
    s.fill(
        hue.shade,
        "M-140 -536L-92 -492C-112 -482 -126 -470 -136 -452zM52 -536L4 -492C24 -482 38 -470 48 -452z",
    );
    s.fill(hue.shade.darker(0.5), "M-62 -322H-26L-44 -300z");
    let eye = if still { hue.glow.lighter(0.5) } else { hue.shade.darker(0.6) };
    s.fill(eye, "M-116 -404C-100 -420 -84 -416 -72 -396C-88 -390 -104 -392 -116 -404zM28 -404C12 -420 -4 -416 -16 -396C0 -390 16 -392 28 -404z");
    s.line(
        hue.shade.at(0.7),
        5.0,
        "M-24 -110C-30 -60 -28 -30 -30 0M44 -120C50 -70 44 -30 46 0M124 -86C120 -50 110 -20 90 0",
    );
    if still {
        // A few lines of the picture arrive late.
        for _ in 0..9 {
            let y = brief.range(-540.0, -40.0);
            let shift = brief.range(30.0, 110.0);
            s.block(hue.body.at(0.85), 60.0, y, 120.0 + shift, brief.range(4.0, 12.0));
            s.block(hue.glow.at(0.8), -190.0 - shift * 0.4, y + 22.0, shift, 5.0);
        }
    }
}

/// Two open hands; water runs from the fingers to the wrists and on.
pub(super) fn hands(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    const HAND: &str = "M40 0C30 -90 34 -130 52 -190C66 -240 74 -300 96 -356C104 -376 132 -370 128 -346C120 -300 116 -270 118 -244C132 -310 150 -380 176 -442C186 -464 214 -454 208 -430C192 -372 180 -310 172 -250C192 -310 220 -384 252 -438C264 -458 290 -444 282 -422C258 -362 240 -300 226 -240C250 -290 276 -336 306 -376C320 -394 344 -380 334 -360C308 -308 288 -262 270 -210C290 -232 316 -252 346 -262C368 -268 378 -244 360 -232C318 -204 290 -160 262 -120C220 -70 190 -60 186 0z";
    for side in [1.0, -1.0] {
        s.group(&format!(r#"transform="scale({side} 1) rotate(6)""#), |s| {
            let water = s.down(&[
                (0.0, hue.lit.to_string()),
                (0.45, hue.body.mix(hue.glow, 0.25).to_string()),
                (1.0, hue.shade.to_string()),
            ]);
            s.fill(&water, HAND);
            s.within(HAND, |s| {
                for river in 0..13 {
                    let (from, to) = (f64::from(river) * 24.0 + 60.0, 56.0 + f64::from(river) * 10.0);
                    let bend = brief.range(-30.0, 30.0);
                    let line = format!(
                        "M{from:.0} -460C{:.0} -330 {:.0} -240 {:.0} -170S{to:.0} -70 {to:.0} 4",
                        from + bend,
                        from - 20.0 - bend,
                        to + 44.0
                    );
                    let colour = if river % 3 == 0 { hue.line.at(0.7) } else { hue.glow.at(0.65) };
                    s.line(colour, brief.range(2.0, 7.0), &line);
                }
            });
            s.line(hue.lit, 5.0, HAND);
            // The rivers leave the wrist and spread.
            for arm in 0..5 {
                let x = 56.0 + f64::from(arm) * 28.0;
                s.line(
                    hue.body.mix(hue.glow, 0.3).at(0.8),
                    15.0 - f64::from(arm),
                    &format!(
                        "M{x} -6C{x} 40 {} 40 {} 92",
                        x + 30.0 * f64::from(arm) - 20.0,
                        x + 62.0 * f64::from(arm)
                    ),
                );
            }
        });
    }
    s.glow(hue.glow, 0.9, 0.0, -330.0, 130.0);
    s.disc(hue.glow.lighter(0.6), 0.0, -330.0, 30.0);
}

pub(super) fn stone(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    const ROCK: &str = "M-330 0C-366 -70 -330 -180 -250 -226C-190 -262 -120 -250 -60 -276C30 -310 150 -290 226 -226C300 -166 350 -90 330 0z";
    let face =
        s.down(&[(0.0, hue.lit.to_string()), (0.35, hue.body.to_string()), (1.0, hue.shade.to_string())]);
    s.fill(&face, ROCK);
    s.within(ROCK, |s| {
        s.fill(hue.shade.at(0.4), "M120 -300C100 -200 160 -120 130 0H360V-300z");
        s.fill(hue.lit.at(0.35), "M-260 -220C-180 -240 -110 -246 -50 -270C-90 -200 -190 -190 -290 -120z");
        for _ in 0..60 {
            s.disc(
                hue.shade.at(0.3),
                brief.range(-330.0, 330.0),
                brief.range(-280.0, 0.0),
                brief.range(1.0, 5.0),
            );
        }
        s.line(hue.shade.at(0.6), 4.0, "M226 -220L190 -150L214 -96L170 -40M-240 -30L-190 -60L-150 -34");
        s.fill(hue.glow.at(0.5), "M-360 10C-330 -60 -260 -40 -210 -24C-150 -6 -90 0 -60 10z");
    });
    s.line(hue.shade.darker(0.4), 8.0, "M-146 -132C-126 -108 -86 -108 -66 -132M12 -132C32 -108 72 -108 92 -132M-62 -66C-42 -54 -12 -54 6 -66");
    for (x, y, r) in [(150.0, -330.0, 12.0), (176.0, -374.0, 18.0)] {
        s.disc(hue.lit.at(0.7), x, y, r);
    }
    for _ in 0..15 {
        let along = brief.range(0.0, 1.0);
        let (x, y) = (
            120.0 + along * 260.0 + brief.range(-130.0, 130.0),
            -400.0 - along * 190.0 + brief.range(-50.0, 60.0),
        );
        s.placed(x, y, brief.range(0.35, 1.0) * (1.0 - along * 0.4), 0.0, |s| bird(s, hue));
    }
}

pub(super) fn bird(s: &mut Sketch, hue: &Hues) {
    s.fill(hue.lit, "M-8 4C-30 -30 -66 -34 -92 -20C-60 -18 -40 0 -26 18C-10 26 10 24 26 14L50 6L28 2C24 -6 14 -8 4 -4C18 -34 46 -50 82 -50C50 -30 30 -10 16 14z");
}

pub(super) fn birds(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    for row in 0..5 {
        for column in 0..3 {
            let (x, y) =
                (f64::from(column - 1) * 190.0 + f64::from(row) * 44.0, -90.0 - f64::from(row) * 110.0);
            s.placed(
                x + brief.range(-40.0, 40.0),
                y + brief.range(-30.0, 30.0),
                brief.range(0.8, 1.7),
                brief.range(-14.0, 14.0),
                |s| bird(s, hue),
            );
        }
    }
}

pub(super) fn jellyfish(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    s.glow(hue.glow, 0.8, 0.0, -430.0, 330.0);
    for arm in 0..11 {
        let x = -150.0 + f64::from(arm) * 30.0;
        let (swing, low) = (brief.range(-60.0, 60.0), brief.range(-140.0, 0.0));
        s.line(
            hue.lit.at(0.6),
            brief.range(3.0, 10.0),
            &format!("M{x} -380C{} -280 {} -220 {} {low}", x + swing, x - swing, x + swing * 0.6),
        );
    }
    let bell = s.down(&[(0.0, hue.lit.at(0.95)), (1.0, hue.body.at(0.55))]);
    s.fill(bell, "M-220 -380C-220 -560 -110 -610 0 -610C110 -610 220 -560 220 -380C180 -352 150 -400 110 -372C70 -350 40 -400 0 -372C-40 -400 -70 -350 -110 -372C-150 -400 -180 -352 -220 -380z");
    s.line(
        hue.line.at(0.4),
        5.0,
        "M-120 -400C-120 -500 -60 -560 0 -600M120 -400C120 -500 60 -560 0 -600M0 -390V-600",
    );
}

/// Seen from behind, on a rise, with a lantern.
pub(super) fn wanderer(s: &mut Sketch, hue: &Hues, _: &mut Brief) {
    s.fill(hue.shade, "M-190 0C-120 -50 -70 -90 -10 -96C60 -90 120 -40 190 0z");
    s.fill(hue.lit.at(0.3), "M-190 0C-120 -50 -70 -90 -10 -96C10 -94 20 -92 30 -90C-30 -80 -90 -40 -120 0z");
    s.line(hue.shade, 6.0, "M64 -66L52 -232");
    s.glow(hue.glow.lighter(0.3), 0.95, 84.0, -196.0, 90.0);
    s.line(hue.shade, 4.0, "M52 -230Q72 -240 84 -222");
    s.slab(hue.glow.lighter(0.5), 74.0, -222.0, 20.0, 30.0, 6.0);
    s.fill(hue.body, "M-34 -92C-44 -160 -40 -226 -8 -240C28 -240 40 -170 44 -84L20 -92L-6 -80z");
    s.fill(
        hue.shade,
        "M-8 -240C-30 -226 -36 -190 -36 -150C-10 -180 20 -180 34 -160C30 -200 20 -236 -8 -240z",
    );
    s.disc(hue.shade, -4.0, -262.0, 25.0);
    s.fill(hue.body, "M-44 -266Q-4 -292 38 -264Q-2 -276 -44 -266zM-24 -276C-18 -312 14 -312 18 -274z");
    s.line(hue.body, 12.0, "M26 -206Q44 -190 52 -170");
}
