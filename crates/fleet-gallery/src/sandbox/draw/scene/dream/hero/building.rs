//! Heroes that were built: towers, stages, doors, bridges, stairs.

use super::super::sketch::Sketch;
use super::{Brief, Hues};

pub(super) fn cathedral(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let fog = brief.has(&["fog", "mist"]);
    let low = if fog { 0.06 } else { 1.0 };
    let wall = s.down(&[(0.0, hue.lit.at(1.0)), (0.5, hue.body.at(0.95)), (1.0, hue.body.at(low))]);
    let dim = s.down(&[(0.0, hue.body.at(1.0)), (0.6, hue.shade.at(0.9)), (1.0, hue.shade.at(low))]);
    let pane = s.down(&[(0.0, hue.glow.lighter(0.4).at(1.0)), (1.0, hue.glow.at(low.max(0.25)))]);
    for (x, high) in [(-330.0, 250.0), (330.0, 250.0)] {
        s.fill(&dim, &format!("M{} 0V-{high}L{x} -{}L{} -{high}V0z", x - 50.0, high + 110.0, x + 50.0));
    }
    s.fill(&dim, "M-300 0V-270L0 -420L300 -270V0z");
    for x in [-190.0, 190.0] {
        s.fill(&wall, &format!("M{} 0V-400H{}V0z", x - 74.0, x + 74.0));
        s.fill(&dim, &format!("M{} -400L{x} -640L{} -400z", x - 84.0, x + 84.0));
        s.line(hue.lit, 4.0, &format!("M{x} -640v-44M{} -668h24", x - 12.0));
        for (left, top, high) in
            [(x - 44.0, -250.0, 96.0), (x + 12.0, -250.0, 96.0), (x - 16.0, -380.0, 86.0)]
        {
            s.fill(&pane, &format!("M{left} {}V{top}q4 -40 16 -54q12 14 16 54V{}z", top + high, top + high));
        }
        for spike in [-84.0, -42.0, 42.0, 84.0] {
            s.fill(&wall, &format!("M{} -396l8 -64l8 64z", x + spike - 8.0));
        }
    }
    s.fill(&wall, "M-118 0V-330L0 -450L118 -330V0z");
    s.disc(hue.shade.at(0.8), 0.0, -300.0, 66.0);
    s.disc(&pane, 0.0, -300.0, 56.0);
    for spoke in 0..12 {
        s.group(&format!(r#"transform="rotate({} 0 -300)""#, spoke * 30), |s| {
            s.line(hue.body, 4.0, "M0 -300V-354");
            s.ring(hue.body, 3.0, 0.0, -340.0, 10.0);
        });
    }
    s.disc(hue.body, 0.0, -300.0, 13.0);
    s.fill(hue.shade.at(0.85), "M-66 0V-110C-60 -180 -30 -206 0 -226C30 -206 60 -180 66 -110V0z");
    s.fill(&pane, "M-44 0V-108C-40 -160 -20 -180 0 -196C20 -180 40 -160 44 -108V0z");
    for x in [-284.0, -122.0, 122.0, 284.0] {
        s.fill(&dim, &format!("M{} 0L{} -230h14L{} 0z", x - 14.0, x - 6.0, x + 24.0));
    }
    for _ in 0..if fog { 22 } else { 0 } {
        let (x, y) = (brief.range(-440.0, 440.0), brief.range(-240.0, 20.0));
        s.oval(hue.lit.at(0.13), x, y, brief.range(120.0, 300.0), brief.range(14.0, 44.0));
    }
}

/// A lake cut open, and the shelves below its water.
pub(super) fn library(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    const LAKE: &str =
        "M-470 -470H470C470 -300 440 -120 350 -30C250 20 -250 20 -350 -30C-440 -120 -470 -300 -470 -470z";
    let drowned = brief.has(&["lake", "under", "sea", "water"]);
    let room = if drowned {
        s.down(&[
            (0.0, hue.glow.mix(hue.lit, 0.5).to_string()),
            (0.3, hue.shade.to_string()),
            (1.0, hue.shade.darker(0.55).to_string()),
        ])
    } else {
        s.down(&[(0.0, hue.shade.to_string()), (1.0, hue.shade.darker(0.5).to_string())])
    };
    s.fill(&room, LAKE);
    s.within(LAKE, |s| {
        for (x, wide) in [(-330.0, 190.0), (-100.0, 200.0), (140.0, 190.0)] {
            s.block(hue.shade.darker(0.25), x, -390.0, wide, 400.0);
            for shelf in 0..5 {
                let y = -330.0 + f64::from(shelf) * 74.0;
                let mut along = x + 8.0;
                while along < x + wide - 18.0 {
                    let (thick, high) = (brief.range(9.0, 19.0), brief.range(38.0, 58.0));
                    let colour =
                        [hue.glow, hue.lit, hue.body, hue.line, hue.body.mix(hue.glow, 0.5)][brief.below(5)];
                    s.block(colour.mix(hue.shade, 0.14 * f64::from(shelf)), along, y - high, thick, high);
                    along += thick + 2.0;
                }
                s.block(hue.body.mix(hue.shade, 0.5), x, y, wide, 8.0);
            }
        }
        s.line(
            hue.lit.at(0.8),
            6.0,
            "M-90 8L-40 -400M-50 8L0 -400M-84 -40h40M-76 -110h40M-68 -180h40M-60 -250h40M-52 -320h40",
        );
        for x in [-120.0, 118.0, 350.0] {
            s.glow(hue.glow.lighter(0.4), 0.9, x, -300.0, 110.0);
            s.disc(hue.glow.lighter(0.7), x, -300.0, 11.0);
        }
        if drowned {
            for _ in 0..6 {
                let (x, y) = (brief.range(-400.0, 400.0), brief.range(-360.0, -90.0));
                s.fill(
                    hue.lit.at(0.85),
                    &format!("M{x:.0} {y:.0}q18 -18 44 0l16 -12v26l-16 -12q-26 16 -44 -2z"),
                );
            }
            for _ in 0..30 {
                s.ring(
                    hue.lit.at(0.6),
                    2.0,
                    brief.range(-420.0, 420.0),
                    brief.range(-440.0, -40.0),
                    brief.range(2.0, 9.0),
                );
            }
            for x in [-300.0, -140.0, 60.0, 220.0] {
                s.fill(hue.lit.at(0.1), &format!("M{x} -480h70l-60 480h-150z"));
            }
        }
    });
    if drowned {
        s.oval(hue.lit.mix(hue.glow, 0.4), 0.0, -470.0, 470.0, 46.0);
        s.oval(hue.body.mix(hue.glow, 0.3), 0.0, -462.0, 440.0, 34.0);
        for (x, wide) in [(-200.0, 90.0), (60.0, 120.0), (240.0, 60.0)] {
            s.line(hue.lit.at(0.9), 4.0, &format!("M{x} -470q{} -12 {wide} 0", wide / 2.0));
        }
        s.fill(hue.line, "M-40 -486h90l-20 22h-50zM4 -490v-74l44 70z");
    } else {
        s.fill(hue.body, "M-500 -460L0 -640L500 -460z");
        s.fill(hue.lit.at(0.5), "M-440 -472L0 -626L440 -472z");
    }
}

pub(super) fn door(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    s.glow(hue.glow, 0.8, 0.0, -270.0, 420.0);
    if brief.has(&["sky", "cloud"]) {
        for (x, y, wide) in
            [(-150.0, 12.0, 190.0), (130.0, 16.0, 210.0), (0.0, -6.0, 230.0), (-20.0, 34.0, 150.0)]
        {
            s.oval(hue.lit.at(0.85), x, y, wide, 44.0);
        }
    }
    for step in 0..4 {
        let wide = 130.0 + f64::from(step) * 30.0;
        s.block(hue.lit.mix(hue.shade, 0.2), -wide, -6.0 + f64::from(step) * 18.0, wide * 2.0, 8.0);
        s.block(hue.shade, -wide, 2.0 + f64::from(step) * 18.0, wide * 2.0, 10.0);
    }
    s.fill(hue.shade, "M-148 0V-400C-140 -520 -70 -566 0 -580C70 -566 140 -520 148 -400V0z");
    s.fill(hue.body, "M-134 0V-398C-126 -506 -64 -548 0 -562C64 -548 126 -506 134 -398V0z");
    let beyond = s.down(&[
        (0.0, hue.glow.mix(hue.shade, 0.35).to_string()),
        (0.55, hue.glow.lighter(0.35).to_string()),
        (0.72, hue.glow.lighter(0.8).to_string()),
        (0.73, hue.body.to_string()),
        (1.0, hue.lit.to_string()),
    ]);
    s.fill(beyond, "M-106 0V-392C-100 -484 -52 -518 0 -532C52 -518 100 -484 106 -392V0z");
    s.disc(hue.glow.lighter(0.85), 36.0, -232.0, 40.0);
    // The leaf stands open, towards us.
    let leaf = s
        .across(&[(0.0, hue.shade.darker(0.2).to_string()), (1.0, hue.body.mix(hue.shade, 0.4).to_string())]);
    s.fill(leaf, "M-106 0V-392C-100 -450 -84 -486 -70 -500L-196 -440C-220 -400 -230 -380 -230 -340V44z");
    s.fill(
        hue.shade.darker(0.4).at(0.7),
        "M-210 -210L-130 -196V-40L-210 -20zM-206 -370C-200 -410 -180 -430 -130 -440V-236L-208 -246z",
    );
    s.disc(hue.glow, -216.0, -190.0, 9.0);
    s.fill(hue.glow.at(0.35), "M-106 0H106L230 120H-260z");
}

pub(super) fn teahouse(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    let rock = s.down(&[(0.0, hue.body.to_string()), (1.0, hue.shade.darker(0.3).to_string())]);
    s.fill(rock, "M-310 -130C-200 -96 200 -96 310 -130C260 -70 160 -60 110 0C70 50 20 110 -20 104C-60 90 -80 20 -140 -10C-220 -50 -280 -80 -310 -130z");
    s.oval(hue.glow.mix(hue.shade, 0.45), 0.0, -130.0, 312.0, 36.0);
    s.glow(hue.glow, 0.85, 0.0, -220.0, 240.0);
    for (y, wide, high) in [(-134.0, 190.0, 130.0), (-326.0, 124.0, 90.0)] {
        s.block(hue.shade, -wide, y - high, wide * 2.0, high);
        for screen in 0..4 {
            let x = -wide + 10.0 + f64::from(screen) * (wide * 2.0 - 20.0) / 4.0;
            s.block(hue.glow.lighter(0.55), x, y - high + 14.0, wide / 2.0 - 14.0, high - 26.0);
            s.line(
                hue.shade,
                3.0,
                &format!(
                    "M{:.0} {}v{}M{x:.0} {:.0}h{}",
                    x + wide / 4.0 - 7.0,
                    y - high + 14.0,
                    high - 26.0,
                    y - high / 2.0,
                    wide / 2.0 - 14.0
                ),
            );
        }
    }
    s.fill(hue.body, "M-290 -252C-220 -272 -180 -300 -140 -340H140C180 -300 220 -272 290 -252C296 -240 286 -236 270 -238C120 -256 -120 -256 -270 -238C-286 -236 -296 -240 -290 -252z");
    s.fill(hue.body, "M-210 -410C-150 -430 -110 -470 -70 -520H70C110 -470 150 -430 210 -410C216 -398 206 -394 190 -396C90 -412 -90 -412 -190 -396C-206 -394 -216 -398 -210 -410z");
    s.line(
        hue.lit.at(0.8),
        5.0,
        "M-284 -248C-120 -268 120 -268 284 -248M-204 -406C-90 -424 90 -424 204 -406M-70 -520H70",
    );
    s.fill(hue.glow, "M-12 -520V-560L0 -584L12 -560V-520z");
    for x in [-240.0, 240.0] {
        s.line(hue.shade, 3.0, &format!("M{x} -244v34"));
        s.glow(hue.glow, 0.9, x, -186.0, 70.0);
        s.oval(hue.glow, x, -188.0, 18.0, 24.0);
    }
    s.line(hue.lit.at(0.5), 12.0, "M90 -590C60 -630 130 -650 96 -700M140 -570C120 -600 170 -620 150 -654");
    for (x, size) in [(-268.0, 0.5), (262.0, 0.6)] {
        s.placed(x, -132.0, size * 0.6, 0.0, |s| super::growth::round_tree(s, hue, brief));
    }
}

pub(super) fn post_office(s: &mut Sketch, hue: &Hues, brief: &mut Brief) {
    s.glow(hue.glow, 0.7, 0.0, -220.0, 380.0);
    let wall = s.down(&[(0.0, hue.lit.to_string()), (1.0, hue.body.to_string())]);
    s.block(wall, -230.0, -300.0, 460.0, 300.0);
    s.fill(hue.shade.at(0.3), "M110 -300H230V0H110z");
    s.fill(hue.shade, "M-270 -290L-200 -410H200L270 -290z");
    s.line(hue.lit.at(0.35), 3.0, "M-236 -350H236M-256 -320H256M-216 -380H216");
    s.block(hue.shade, 120.0, -470.0, 44.0, 90.0);
    s.fill(hue.shade, "M-90 -400L0 -500L90 -400z");
    s.disc(hue.glow.lighter(0.5), 0.0, -424.0, 32.0);
    s.disc(hue.shade, 13.0, -432.0, 26.0);
    s.slab(hue.glow, -130.0, -280.0, 260.0, 52.0, 10.0);
    envelope(s, hue, 0.0, -254.0, 0.3);
    s.slab(hue.shade.darker(0.3), -96.0, -204.0, 192.0, 30.0, 8.0);
    s.fill(hue.line, "M-40 -190H50L56 -160H-46z");
    for x in [-186.0, 142.0] {
        s.slab(hue.shade, x - 8.0, -196.0, 60.0, 90.0, 30.0);
        s.slab(hue.glow.lighter(0.5), x, -188.0, 44.0, 76.0, 22.0);
        s.line(hue.shade, 4.0, &format!("M{} -188v76M{x} -150h44", x + 22.0));
    }
    s.slab(hue.shade, -50.0, -150.0, 100.0, 150.0, 6.0);
    s.slab(hue.glow.at(0.9), -36.0, -136.0, 72.0, 60.0, 4.0);
    s.disc(hue.glow, 34.0, -62.0, 7.0);
    s.fill(hue.shade, "M-330 0V-130a40 40 0 0 1 80 0V0z");
    s.block(hue.glow, -318.0, -128.0, 56.0, 10.0);
    for _ in 0..13 {
        let along = brief.range(0.0, 1.0);
        let (x, y) = (
            60.0 + along * 420.0 + brief.range(-120.0, 120.0),
            -430.0 - along * 200.0 + brief.range(-70.0, 90.0),
        );
        s.placed(x, y, 1.0 - along * 0.4, brief.range(-24.0, 24.0), |s| {
            s.fill(hue.lit.at(0.9), "M-30 0C-60 -40 -100 -50 -116 -40C-90 -30 -70 0 -34 14zM30 0C60 -40 100 -50 116 -40C90 -30 70 0 34 14z");
            envelope(s, hue, 0.0, 0.0, 0.5);
        });
    }
}

pub(super) fn envelope(s: &mut Sketch, hue: &Hues, x: f64, y: f64, size: f64) {
    s.placed(x, y, size, 0.0, |s| {
        s.slab(hue.paper, -80.0, -50.0, 160.0, 100.0, 6.0);
        s.line(hue.shade, 6.0, "M-76 -46L0 14L76 -46");
        s.disc(hue.glow, 0.0, 14.0, 17.0);
    });
}

pub(super) fn castle(s: &mut Sketch, hue: &Hues, _: &mut Brief) {
    s.glow(hue.glow, 0.6, 0.0, -300.0, 420.0);
    for (x, wide, high, far) in [
        (-200.0, 60.0, 380.0, 0.3),
        (210.0, 56.0, 430.0, 0.3),
        (20.0, 70.0, 520.0, 0.2),
        (-320.0, 70.0, 250.0, 0.0),
        (320.0, 70.0, 270.0, 0.0),
        (-90.0, 60.0, 330.0, 0.0),
        (120.0, 64.0, 310.0, 0.0),
    ] {
        let wall = s.across(&[
            (0.0, hue.body.mix(hue.lit, far + 0.3).to_string()),
            (1.0, hue.shade.mix(hue.lit, far).to_string()),
        ]);
        s.block(wall, x - wide, -high, wide * 2.0, high);
        s.fill(
            hue.glow.mix(hue.shade, 0.45),
            &format!("M{} -{high}L{x} -{}L{} -{high}z", x - wide - 16.0, high + wide * 2.1, x + wide + 16.0),
        );
        s.fill(hue.glow, &format!("M{x} -{}v-44l34 12l-34 14z", high + wide * 2.1 - 4.0));
        for level in 0..3 {
            s.slab(hue.glow.lighter(0.5), x - 9.0, -high + 34.0 + f64::from(level) * 84.0, 18.0, 34.0, 9.0);
        }
    }
    s.block(hue.body, -390.0, -150.0, 780.0, 150.0);
    for tooth in 0..13 {
        s.block(hue.body, -390.0 + f64::from(tooth) * 62.0, -178.0, 36.0, 32.0);
    }
    s.fill(hue.shade.darker(0.4), "M-64 0V-90a64 64 0 0 1 128 0V0z");
    s.line(hue.body, 5.0, "M-32 0V-146M0 0V-154M32 0V-146M-64 -50H64M-64 -100H64");
}
