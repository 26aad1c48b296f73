//! Heroes that carry: train, ship, kites, balloon.

use super::super::sketch::Sketch;
use super::building::envelope;
use super::creature::house;
use super::{Brief, Hues};

pub(super) fn train(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let shell = brief.has(&["seashell", "shell"]);
    if shell {
        s.fill(hue.shade.at(0.4), "M-340 0H420V20H-340z");
        let pearl = s.ball(hue.lit.lighter(0.2), hue.body.mix(hue.glow, 0.2), hue.shade);
        s.fill(&pearl, "M-440 0C-520 -140 -500 -380 -340 -520C-180 -650 90 -650 220 -500C310 -390 300 -250 240 -170C330 -140 400 -80 440 0z");
        // The spiral tightens towards its eye.
        let mut coil = String::new();
        for turn in 0..=110 {
            let angle = f64::from(turn) * 0.125;
            let radius = 322.0 * (-0.165 * angle).exp();
            let (x, y) =
                (-130.0 + radius * (angle - 0.35).cos(), -330.0 - radius * 0.92 * (angle - 0.35).sin());
            coil += &format!("{}{x:.1} {y:.1}", if turn == 0 { "M" } else { "L" });
            if turn % 5 == 2 && turn < 80 {
                let inner = radius * 0.42;
                s.line(
                    hue.shade.at(0.3),
                    5.0,
                    &format!(
                        "M{x:.1} {y:.1}L{:.1} {:.1}",
                        -130.0 + inner * (angle - 0.6).cos(),
                        -330.0 - inner * (angle - 0.6).sin()
                    ),
                );
            }
        }
        s.line(hue.shade.at(0.75), 12.0, &coil);
        s.placed(-4.0, -5.0, 1.0, 0.0, |s| s.line(hue.lit.at(0.8), 5.0, &coil));
        s.fill(hue.shade.darker(0.45), "M-150 0C-170 -120 -60 -230 80 -220C190 -210 290 -120 330 0z");
        s.glow(hue.glow, 0.8, 80.0, -90.0, 190.0);
    }
    s.line(hue.shade.darker(0.3), 8.0, "M-120 0H640M-120 22H640");
    for sleeper in 0..16 {
        s.line(hue.shade, 7.0, &format!("M{} -2v26", -100 + sleeper * 48));
    }
    for (x, size) in [(-30.0, 0.8), (150.0, 0.9)] {
        s.placed(x, 0.0, size, 0.0, |s| {
            s.slab(hue.glow.mix(hue.shade, 0.35), -90.0, -128.0, 180.0, 104.0, 10.0);
            s.slab(hue.shade, -98.0, -140.0, 196.0, 20.0, 10.0);
            for window in 0..4 {
                s.slab(hue.glow.lighter(0.7), -78.0 + f64::from(window) * 42.0, -104.0, 30.0, 40.0, 6.0);
            }
            s.disc(hue.shade.darker(0.3), -50.0, -16.0, 20.0);
            s.disc(hue.shade.darker(0.3), 50.0, -16.0, 20.0);
        });
    }
    s.placed(370.0, 0.0, 1.1, 0.0, |s| {
        s.glow(hue.glow.lighter(0.4), 0.95, 150.0, -84.0, 130.0);
        s.fill(hue.glow.lighter(0.4).at(0.4), "M140 -84L420 -150V30z");
        s.slab(hue.glow.mix(hue.shade, 0.2), -60.0, -110.0, 200.0, 84.0, 22.0);
        s.slab(hue.glow.mix(hue.shade, 0.45), -90.0, -164.0, 84.0, 140.0, 6.0);
        s.slab(hue.shade, -100.0, -178.0, 104.0, 20.0, 8.0);
        s.slab(hue.glow.lighter(0.7), -74.0, -148.0, 52.0, 44.0, 6.0);
        s.fill(hue.shade, "M86 -108L78 -164H126L118 -108z");
        s.block(hue.lit, 30.0, -110.0, 10.0, 84.0);
        for (x, r) in [(-56.0, 30.0), (14.0, 30.0), (84.0, 22.0), (132.0, 18.0)] {
            s.disc(hue.shade.darker(0.3), x, -r + 4.0, r);
            s.disc(hue.lit.mix(hue.shade, 0.4), x, -r + 4.0, r * 0.55);
        }
        for puff in 0..6 {
            let along = f64::from(puff);
            s.disc(
                hue.lit.at(0.75 - along * 0.1),
                98.0 - along * 42.0,
                -200.0 - along * 34.0,
                22.0 + along * 11.0,
            );
        }
    });
}

pub(super) fn ship(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let letters = brief.has(&["letter", "folded", "paper"]);
    let paper = hue.paper.mix(hue.body, 0.12);
    s.fill(hue.shade.at(0.3), "M-420 6Q0 44 420 6Q0 20 -420 6z");
    s.fill(paper, "M-440 -190L-290 0H290L440 -190L0 -120z");
    s.fill(hue.shade.at(0.35), "M0 -120L440 -190L290 0H0z");
    s.fill(paper.lighter(0.3), "M-440 -190L0 -120L-120 -60z");
    s.line(hue.shade.at(0.5), 3.0, "M-440 -190L0 -120L440 -190M0 -120V0M-290 0L0 -120L290 0");
    s.line(hue.shade, 12.0, "M-10 -130V-640M-220 -150V-470M210 -150V-520");
    for (x, y, wide, high) in [
        (-220.0, -300.0, 150.0, 140.0),
        (-10.0, -290.0, 200.0, 160.0),
        (-10.0, -470.0, 150.0, 130.0),
        (210.0, -300.0, 150.0, 150.0),
    ] {
        if letters {
            sail_of_letter(s, hue, brief, (x, y, wide, high));
        } else {
            s.fill(
                paper,
                &format!(
                    "M{} {y}Q{} {} {} {}H{}Q{} {} {} {y}z",
                    x - wide / 2.0,
                    x - wide * 0.35,
                    y - high / 2.0,
                    x - wide / 2.0,
                    y - high,
                    x + wide / 2.0,
                    x + wide * 0.75,
                    y - high / 2.0,
                    x + wide / 2.0
                ),
            );
        }
    }
    s.fill(hue.glow, "M-10 -636L80 -612L-10 -590zM210 -518L280 -500L210 -482z");
    if letters {
        s.slab(hue.glow, 300.0, -150.0, 46.0, 54.0, 2.0);
        s.disc(hue.lit, 323.0, -124.0, 13.0);
        s.line(
            hue.shade.at(0.45),
            4.0,
            "M-250 -60h150M-220 -36h120M60 -70q30 -12 60 0t60 0t60 0M60 -44q30 -12 60 0t60 0",
        );
        for _ in 0..6 {
            let (x, y) = (brief.range(-480.0, -250.0), brief.range(-560.0, -240.0));
            s.placed(x, y, brief.range(0.2, 0.34), brief.range(-40.0, 40.0), |s| {
                envelope(s, hue, 0.0, 0.0, 1.0)
            });
        }
    }
}

fn sail_of_letter(s: &mut Sketch, hue: &Hues, brief: &mut Brief, (x, y, wide, high): (f64, f64, f64, f64)) {
    let paper = hue.paper.mix(hue.body, brief.range(0.0, 0.3));
    let (left, right, top) = (x - wide / 2.0, x + wide / 2.0, y - high);
    s.fill(
        paper,
        &format!(
            "M{left} {y}Q{:.0} {:.0} {left} {top}L{right} {:.0}Q{:.0} {:.0} {right} {y}z",
            left + 34.0,
            y - high / 2.0,
            top - 10.0,
            right + 34.0,
            y - high / 2.0
        ),
    );
    s.line(
        hue.shade.at(0.55),
        3.5,
        &format!(
            "M{left} {top}Q{x:.0} {:.0} {:.0} {:.0}Q{:.0} {:.0} {right} {:.0}",
            y - high * 0.5,
            x + 10.0,
            y - high * 0.42,
            x + 40.0,
            y - high * 0.5,
            top - 10.0
        ),
    );
    s.disc(hue.glow, x + 10.0, y - high * 0.42, 13.0);
    for line in 0..2 {
        let low = y - 16.0 - f64::from(line) * 16.0;
        s.line(
            hue.shade.at(0.4),
            3.0,
            &format!("M{:.0} {low:.0}h{:.0}", left + 26.0, wide * brief.range(0.4, 0.75)),
        );
    }
}

pub(super) fn kites(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    for (x, y, size, turn) in [
        (-360.0, -330.0, 0.72, 14.0),
        (330.0, -400.0, 0.86, -16.0),
        (-20.0, -430.0, 1.15, 8.0),
        (180.0, -210.0, 0.5, 20.0),
    ] {
        let (low, swing) = (y + 330.0 * size, brief.range(-40.0, 40.0));
        s.line(hue.lit.at(0.9), 3.0, &format!("M{x:.0} {y:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} {:.0}M{x:.0} {y:.0}C{:.0} {:.0} {:.0} {:.0} {:.0} {:.0}", x + swing, y + 120.0 * size, x - swing, low - 160.0 * size, x - 26.0 * size, low - 62.0 * size, x + swing, y + 120.0 * size, x - swing, low - 160.0 * size, x + 40.0 * size, low - 62.0 * size));
        s.placed(x, y, size, turn, |s| {
            s.fill(hue.glow, "M0 -190L-120 -50H0z");
            s.fill(hue.glow.lighter(0.4), "M0 -190L120 -50H0z");
            s.fill(hue.body, "M-120 -50L0 140V-50z");
            s.fill(hue.shade, "M120 -50L0 140V-50z");
            s.line(hue.lit, 5.0, "M0 -190V140M-120 -50H120");
            s.line(hue.glow, 5.0, "M0 140C-40 180 40 220 -10 270S20 340 -20 380");
            for (x, y) in [(-6.0, 200.0), (2.0, 290.0), (-14.0, 350.0)] {
                s.fill(hue.lit, &format!("M{x} {y}l-22 -12v24zM{x} {y}l22 -12v24z"));
            }
        });
        house(s, hue, x + swing * 0.1, low, 1.2 * size);
        s.fill(
            hue.shade,
            &format!(
                "M{:.0} {low:.0}h{:.0}l{:.0} {:.0}l{:.0} {:.0}z",
                x - 62.0 * size,
                124.0 * size,
                -40.0 * size,
                34.0 * size,
                -24.0 * size,
                -6.0 * size
            ),
        );
    }
}

pub(super) fn balloon(s: &mut Sketch, hue: &Hues, _: &mut Brief) {
    const SKIN: &str = "M0 -640C170 -640 240 -510 220 -400C200 -300 110 -220 60 -150H-60C-110 -220 -200 -300 -220 -400C-240 -510 -170 -640 0 -640z";
    s.fill(hue.body, SKIN);
    s.within(SKIN, |s| {
        s.fill(hue.glow, "M-110 -650C-150 -480 -120 -300 -50 -140H-10C-60 -300 -80 -480 -40 -650zM40 -650C80 -480 60 -300 10 -140H50C120 -300 150 -480 110 -650z");
        let shadow = s.across(&[(0.0, hue.lit.at(0.35)), (0.4, hue.lit.at(0.0)), (1.0, hue.shade.at(0.75))]);
        s.block(shadow, -240.0, -650.0, 480.0, 520.0);
    });
    s.line(hue.shade, 4.0, "M-58 -150L-40 -70M58 -150L40 -70M-18 -150L-14 -70M18 -150L14 -70");
    s.glow(hue.glow.lighter(0.4), 0.9, 0.0, -140.0, 60.0);
    s.slab(hue.shade, -50.0, -74.0, 100.0, 74.0, 12.0);
    s.line(hue.lit.at(0.5), 4.0, "M-48 -50H48M-46 -26H46M-20 -70V-4M20 -70V-4");
}
