//! Heroes that were made: piano, train, hourglass, lamps, ladder, ship, machine, kites, balloon.

use super::super::sketch::Sketch;
use super::{Brief, Hues};

pub(super) fn piano(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let wood = s.down(&[(0.0, hue.body.to_string()), (1.0, hue.shade.darker(0.3).to_string())]);
    s.fill(hue.shade, "M-290 -180h44l-10 180h-24zM330 -180h40l-6 180h-26zM20 -180h40l-8 160h-24z");
    s.line(hue.shade, 10.0, "M-60 -150L-70 -20h60");
    // The lid stands open like a sail.
    s.fill(
        &wood,
        "M-220 -296C-140 -470 40 -600 260 -610C360 -610 430 -560 440 -480C440 -400 420 -340 400 -296z",
    );
    s.fill(hue.lit.at(0.4), "M-190 -300C-110 -450 60 -570 256 -580C330 -580 390 -550 404 -490C340 -530 240 -530 150 -490C20 -440 -90 -370 -140 -300z");
    s.line(hue.lit, 8.0, "M250 -290L170 -420");
    let rainy = brief.has(&["rain"]);
    if rainy {
        let water = s.down(&[(0.0, hue.glow.lighter(0.35).at(0.9)), (1.0, hue.glow.at(0.5))]);
        s.fill(
            water,
            "M-214 -300C-150 -322 -90 -284 -20 -304S120 -320 190 -302S340 -316 398 -298V-270H-214z",
        );
        for _ in 0..90 {
            let x = brief.range(-190.0, 390.0);
            let top = brief.range(-640.0, -320.0);
            s.line(hue.lit.at(0.75), 3.0, &format!("M{x:.0} {top:.0}l-8 {:.0}", brief.range(18.0, 46.0)));
        }
        for x in [-120.0, 20.0, 150.0, 300.0] {
            s.line(hue.lit.at(0.9), 3.0, &format!("M{} -306a30 8 0 0 1 60 0", x - 30.0));
        }
    }
    s.fill(&wood, "M-330 -290H410C450 -290 456 -260 440 -236C420 -190 380 -170 330 -170H-300C-326 -170 -340 -200 -340 -230z");
    s.fill(hue.lit.at(0.55), "M-330 -290H410C430 -290 440 -284 444 -274H-334z");
    s.slab(hue.shade.darker(0.4), -400.0, -252.0, 160.0, 62.0, 8.0);
    for key in 0..9 {
        s.slab(hue.paper, -396.0 + f64::from(key) * 16.4, -248.0, 14.4, 46.0, 2.0);
    }
    for key in [0, 1, 3, 4, 5, 7] {
        s.slab(hue.shade.darker(0.6), -386.0 + f64::from(key) * 16.4, -248.0, 10.0, 27.0, 2.0);
    }
    s.fill(hue.shade, "M-400 -190H-240V-176H-396z");
    s.fill(&wood, "M-560 -96h100v14h-100zM-548 -82h10l-4 82h-8zM-482 -82h10l4 82h-8z");
    if rainy {
        // It overflows, at its lower corner.
        s.line(hue.glow.lighter(0.3).at(0.85), 16.0, "M412 -262C450 -240 446 -120 452 8");
        s.line(hue.lit.at(0.8), 5.0, "M404 -268C440 -240 438 -120 442 4");
        s.oval(hue.glow.lighter(0.2).at(0.7), 440.0, 10.0, 120.0, 16.0);
        s.oval(hue.glow.lighter(0.2).at(0.5), 0.0, 12.0, 240.0, 12.0);
    }
}

pub(super) fn hourglass(s: &mut Sketch, hue: &Hues, _: &mut Brief) {
    const GLASS: &str = "M-190 -610H190C190 -480 150 -400 70 -340C30 -310 30 -290 70 -260C150 -200 190 -120 190 10H-190C-190 -120 -150 -200 -70 -260C-30 -290 -30 -310 -70 -340C-150 -400 -190 -480 -190 -610z";
    s.glow(hue.glow, 0.75, 0.0, -300.0, 400.0);
    let inside = s.down(&[(0.0, hue.lit.at(0.5)), (0.5, hue.lit.at(0.25)), (1.0, hue.lit.at(0.55))]);
    s.fill(inside, GLASS);
    let sand = s
        .down(&[(0.0, hue.glow.lighter(0.35).to_string()), (1.0, hue.glow.mix(hue.shade, 0.35).to_string())]);
    s.within(GLASS, |s| {
        s.fill(&sand, "M-200 -500C-120 -520 -70 -470 0 -440C70 -470 130 -510 200 -490C190 -400 60 -330 20 -300H-20C-60 -330 -190 -400 -200 -500z");
        s.line(hue.glow.lighter(0.4), 9.0, "M0 -330V-150");
        s.disc(hue.lit, 90.0, -150.0, 30.0);
        s.fill(hue.glow.mix(hue.shade, 0.3), "M-210 20C-150 -80 -90 -70 -10 -160C60 -90 140 -100 210 -10V30H-210z");
        s.fill(&sand, "M-210 20C-150 -40 -110 -30 -60 -64C0 -104 30 -30 90 -44C140 -56 170 -20 210 0V30H-210z");
        s.fill(hue.shade.at(0.7), "M-60 -62C-30 -40 -50 -10 -90 10H-200C-140 -30 -110 -30 -60 -62z");
        // A caravan crosses the lower dunes.
        for (x, y) in [(40.0, -50.0), (76.0, -52.0), (112.0, -52.0)] {
            s.fill(hue.shade.darker(0.4), &format!("M{x} {y}q3 -18 10 -18q4 -10 8 0q8 0 8 18l-2 16h-3l-1 -14h-10l-1 14h-4zM{} {}l8 -12l4 4l-6 10z", x + 24.0, y - 8.0));
        }
    });
    s.line(hue.lit.at(0.9), 7.0, GLASS);
    s.line(hue.lit, 12.0, "M-150 -560C-148 -480 -120 -420 -70 -376M-148 -60C-144 -120 -124 -170 -84 -206");
    for y in [-640.0, 4.0] {
        s.slab(hue.shade, -236.0, y, 472.0, 36.0, 12.0);
        s.slab(hue.body.mix(hue.lit, 0.3), -236.0, y, 472.0, 12.0, 6.0);
    }
    for x in [-214.0, 214.0] {
        s.line(hue.shade, 13.0, &format!("M{x} -610V6"));
        s.disc(hue.body, x, -302.0, 15.0);
    }
}

pub(super) fn lamps(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    for row in [1, 0] {
        for singer in 0..6 - row {
            let x = (f64::from(singer) - f64::from(5 - row) / 2.0) * 165.0;
            let bow = (x / 420.0) * (x / 420.0);
            let high = 300.0 + f64::from(row) * 190.0 - bow * 70.0 + brief.range(-16.0, 16.0);
            let size = 1.0 - f64::from(row) * 0.14;
            s.line(
                hue.shade,
                9.0,
                &format!(
                    "M{x} 0C{} {:.0} {x} {:.0} {x} {:.0}",
                    x + brief.range(-14.0, 14.0),
                    -high * 0.3,
                    -high * 0.6,
                    -high
                ),
            );
            s.oval(hue.shade, x, 0.0, 46.0, 11.0);
            s.placed(x, -high, size, -x / 42.0, |s| {
                s.glow(hue.glow.lighter(0.25), 0.85, 0.0, 10.0, 170.0);
                s.fill(hue.glow.lighter(0.4).at(0.22), "M-62 20L-150 250H150L62 20z");
                let shade = s.down(&[
                    (0.0, hue.glow.mix(hue.body, 0.35).to_string()),
                    (1.0, hue.glow.lighter(0.6).to_string()),
                ]);
                s.fill(shade, "M-36 -84H36L72 22Q0 44 -72 22z");
                s.line(hue.line.at(0.4), 3.0, "M-20 -84L-38 30M0 -84V34M20 -84L38 30");
                // Eyes shut, mouth open: it sings.
                s.line(hue.shade, 5.0, "M-30 -26q8 8 16 0M14 -26q8 8 16 0");
                s.oval(hue.shade, 0.0, 2.0, 8.0, 11.0);
            });
        }
    }
    for _ in 0..18 {
        let (x, y) = (brief.range(-430.0, 430.0), brief.range(-700.0, -560.0));
        s.disc(hue.glow.lighter(0.5).at(0.8), x, y, brief.range(2.0, 6.0));
    }
}

pub(super) fn ladder(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    s.glow(hue.glow.lighter(0.3), 0.9, 150.0, -560.0, 300.0);
    moon(s, hue, 150.0, -560.0, 105.0);
    s.line(hue.shade, 11.0, "M-170 0L84 -500M-96 0L122 -478");
    s.line(hue.lit.at(0.8), 4.0, "M-174 -4L80 -502M-100 -4L118 -480");
    for rung in 1..18 {
        let along = f64::from(rung) / 18.0;
        let (x, y) = (-170.0 + 254.0 * along, -500.0 * along);
        let wide = 74.0 - 36.0 * along;
        s.line(
            hue.lit.mix(hue.shade, 0.35),
            8.0 - 3.0 * along,
            &format!("M{x:.0} {y:.0}l{wide:.0} {:.0}", 10.0 * along),
        );
    }
    s.placed(0.0, -290.0, 0.9, 24.0, |s| {
        s.fill(hue.line.mix(hue.lit, 0.3), "M-14 8C-26 -20 -16 -50 0 -54C20 -52 26 -20 18 8z");
        s.disc(hue.glow.lighter(0.6), 2.0, -68.0, 15.0);
        s.fill(hue.glow, "M-16 -72Q2 -96 20 -72L26 -68H-22z");
        s.line(hue.line.mix(hue.lit, 0.3), 8.0, "M-6 6L-16 36M10 6L18 26M14 -40L30 -60");
    });
    for _ in 0..14 {
        let (x, y) = (150.0 + brief.range(-260.0, 200.0), -560.0 + brief.range(-120.0, 190.0));
        s.fill(hue.glow.lighter(0.6), &format!("M{x:.0} {y:.0}l3 -9l3 9l9 3l-9 3l-3 9l-3 -9l-9 -3z"));
    }
}

pub(super) fn moon(s: &mut Sketch, hue: &Hues, x: f64, y: f64, radius: f64) {
    s.placed(x, y, radius / 100.0, 0.0, |s| {
        let face = s.ball(hue.glow.lighter(0.8), hue.glow.lighter(0.5), hue.glow.mix(hue.shade, 0.2));
        s.disc(face, 0.0, 0.0, 100.0);
        for (x, y, r) in [
            (-40.0, -34.0, 17.0),
            (36.0, -50.0, 10.0),
            (52.0, 10.0, 20.0),
            (-14.0, 52.0, 14.0),
            (-62.0, 26.0, 9.0),
            (4.0, -8.0, 7.0),
        ] {
            s.disc(hue.glow.mix(hue.shade, 0.25).at(0.4), x, y, r);
            s.disc(hue.glow.lighter(0.7).at(0.4), x + r * 0.14, y + r * 0.18, r * 0.8);
        }
    });
}

pub(super) fn quiet_moon(s: &mut Sketch, hue: &Hues, _: &mut Brief) {
    s.glow(hue.glow.lighter(0.3), 0.8, 0.0, -330.0, 560.0);
    moon(s, hue, 0.0, -330.0, 260.0);
    s.line(hue.shade.at(0.55), 7.0, "M-120 -350q36 26 72 0M48 -350q36 26 72 0M-36 -246q36 18 72 0");
}

pub(super) fn machine(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let metal =
        s.across(&[(0.0, hue.lit.to_string()), (0.4, hue.body.to_string()), (1.0, hue.shade.to_string())]);
    s.line(hue.shade, 20.0, "M-150 0L-120 -90M150 0L120 -90");
    s.line(hue.shade, 34.0, "M170 -240H300V-420M-170 -200H-290V-350");
    s.line(hue.body, 14.0, "M166 -246H294V-420M-166 -206H-284V-350");
    s.fill(hue.body, "M240 -410L210 -500H390L350 -410z");
    s.fill(hue.shade, "M-340 -340L-360 -410H-220L-240 -340z");
    s.slab(&metal, -190.0, -340.0, 380.0, 260.0, 50.0);
    s.slab(hue.shade, -204.0, -110.0, 408.0, 36.0, 14.0);
    s.fill(hue.body, "M-90 -334V-400C-90 -450 90 -450 90 -400V-334z");
    s.fill(hue.glow.lighter(0.4).at(0.85), "M-70 -340V-398C-70 -430 70 -430 70 -398V-340z");
    for (x, y, r, turn) in
        [(-96.0, -220.0, 62.0, -50.0), (60.0, -246.0, 46.0, 40.0), (130.0, -170.0, 30.0, 100.0)]
    {
        s.disc(hue.shade, x, y, r + 8.0);
        s.disc(hue.paper, x, y, r);
        for mark in 0..9 {
            s.group(&format!(r#"transform="rotate({} {x} {y})""#, -120 + mark * 30), |s| {
                s.line(hue.shade, 3.0, &format!("M{x} {}v8", y - r + 6.0))
            });
        }
        s.group(&format!(r#"transform="rotate({turn} {x} {y})""#), |s| {
            s.line(hue.glow.mix(hue.shade, 0.2), 6.0, &format!("M{x} {y}v{}", -r * 0.7))
        });
    }
    for (x, y, r) in [(20.0, -150.0, 34.0), (-150.0, -120.0, 26.0)] {
        for tooth in 0..8 {
            s.group(&format!(r#"transform="rotate({} {x} {y})""#, tooth * 45), |s| {
                s.block(hue.shade, x - 8.0, y - r - 8.0, 16.0, 20.0)
            });
        }
        s.disc(hue.shade, x, y, r);
        s.disc(hue.body, x, y, r * 0.4);
    }
    // What it makes: cloud and rain to the right, a small sun to the left, lightning above.
    for (x, y, r) in
        [(220.0, -560.0, 66.0), (300.0, -600.0, 90.0), (390.0, -560.0, 70.0), (300.0, -540.0, 70.0)]
    {
        s.disc(hue.lit.at(0.92), x, y, r);
    }
    for _ in 0..18 {
        let (x, y) = (brief.range(200.0, 450.0), brief.range(-480.0, -250.0));
        s.line(hue.glow.lighter(0.3), 4.0, &format!("M{x:.0} {y:.0}l-8 24"));
    }
    s.glow(hue.glow, 0.9, -290.0, -520.0, 150.0);
    s.disc(hue.glow.lighter(0.45), -290.0, -520.0, 52.0);
    for ray in 0..12 {
        s.group(&format!(r#"transform="rotate({} -290 -520)""#, ray * 30), |s| {
            s.line(hue.glow.lighter(0.3), 6.0, "M-290 -588v-26")
        });
    }
    s.fill(hue.glow.lighter(0.6), "M10 -640L-40 -540H-6L-24 -456L44 -566H8L36 -640z");
}

pub(super) fn umbrella(s: &mut Sketch, hue: &Hues, _: &mut Brief) {
    s.line(hue.shade, 12.0, "M0 -560V-60C0 20 -90 20 -90 -50");
    s.fill(hue.body, "M-360 -300C-330 -480 -170 -600 0 -600C170 -600 330 -480 360 -300C310 -340 260 -340 220 -300C170 -350 110 -350 70 -304C30 -344 -30 -344 -70 -304C-110 -350 -170 -350 -220 -300C-260 -340 -310 -340 -360 -300z");
    s.fill(hue.glow, "M0 -600C-50 -520 -76 -420 -70 -304C-30 -344 30 -344 70 -304C76 -420 50 -520 0 -600z");
    s.fill(
        hue.lit.at(0.4),
        "M-360 -300C-330 -480 -170 -600 0 -600C-120 -540 -200 -430 -220 -300C-260 -340 -310 -340 -360 -300z",
    );
    s.disc(hue.shade, 0.0, -612.0, 12.0);
}
