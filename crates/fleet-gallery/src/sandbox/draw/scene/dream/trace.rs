//! Traces: what a hero leaves in its place and what the place leaves on it. Shadow, cliff, dust, shards, roots, weeds.

use super::doing::Stand;
use super::sketch::{Sketch, Tone};
use super::{Air, Brief};

pub(super) fn motes(
    s: &mut Sketch,
    air: &Air,
    brief: &mut Brief,
    (x, y): (f64, f64),
    (wide, high): (f64, f64),
) {
    for _ in 0..150 {
        let (dx, dy) = (brief.range(-1.0, 1.0), brief.range(-1.0, 1.0));
        let colour = [air.tones.light, air.tones.soft, air.tones.accent][brief.below(3)];
        s.disc(
            colour.at(0.7),
            x + dx * wide,
            y + dy * high - dx.abs() * high,
            brief.range(1.2, 6.0) * air.unit,
        );
    }
}

/// What leaves the hero on its way to becoming something else.
pub(super) fn shards(
    s: &mut Sketch,
    air: &Air,
    brief: &mut Brief,
    at: &Stand,
    (wide, high): (f64, f64),
    to: f64,
) {
    let hues = air.hues();
    for _ in 0..110 {
        let far = brief.range(0.0, 1.0);
        let x = at.x + to * wide * (0.2 + far * 1.5);
        let y = at.y - high * (brief.range(0.05, 0.9) + far * 0.12);
        let size = brief.range(6.0, 28.0) * (1.1 - far) * air.unit;
        let colour = [hues.body, hues.lit, hues.shade, hues.glow][brief.below(4)];
        s.placed(x, y, 1.0, brief.range(0.0, 90.0), |s| {
            s.fill(
                colour.at(1.0 - far * 0.5),
                &format!("M-{size:.0} 0L0 -{a:.0}L{size:.0} 0L0 {a:.0}z", a = size * 0.55),
            )
        });
    }
}

pub(super) fn roots(s: &mut Sketch, air: &Air, brief: &mut Brief, at: &Stand, wide: f64) {
    let colour = air.tones.dark.mix(air.tones.deep, 0.45);
    let deep = (air.height - at.y).max(0.12 * air.height);
    for root in 0..15 {
        let from = (f64::from(root) / 14.0 - 0.5) * 1.5;
        let (x, reach) = (at.x + from * wide, from * wide * brief.range(0.5, 1.3) + brief.range(-40.0, 40.0));
        let low = deep * brief.range(0.35, 0.9) * (1.1 - from.abs() * 0.5);
        let thick = brief.range(7.0, 22.0) * air.unit;
        s.line(
            colour,
            thick,
            &format!(
                "M{x:.0} {:.0}c{:.0} {:.0} {:.0} {:.0} {reach:.0} {low:.0}",
                at.y - 12.0,
                reach * 0.1,
                low * 0.6,
                reach * 0.7,
                low * 0.4
            ),
        );
        s.line(
            air.tones.soft.at(0.3),
            thick * 0.22,
            &format!(
                "M{:.0} {:.0}c{:.0} {:.0} {:.0} {:.0} {reach:.0} {low:.0}",
                x - thick * 0.25,
                at.y - 12.0,
                reach * 0.1,
                low * 0.6,
                reach * 0.7,
                low * 0.4
            ),
        );
        s.line(
            colour,
            thick * 0.45,
            &format!(
                "M{:.0} {:.0}q{:.0} {:.0} {:.0} {:.0}",
                x + reach * 0.5,
                at.y + low * 0.5,
                -reach * 0.1,
                low * 0.2,
                brief.range(-60.0, 60.0) * air.unit,
                low * 0.35
            ),
        );
    }
}

pub(super) fn overgrowth(s: &mut Sketch, air: &Air, brief: &mut Brief, at: &Stand, wide: f64) {
    let t = air.tones;
    for _ in 0..70 {
        let x = at.x + brief.range(-1.3, 1.3) * wide;
        let high = brief.range(14.0, 80.0) * air.unit;
        let colour = t.deep.mix(t.dark, brief.range(0.0, 0.8));
        s.line(
            colour,
            3.0 * air.unit,
            &format!(
                "M{x:.0} {:.0}q{:.0} -{:.0} {:.0} -{high:.0}",
                at.y + 12.0,
                brief.range(-12.0, 12.0),
                high * 0.6,
                brief.range(-26.0, 26.0)
            ),
        );
        s.disc(
            colour.mix(t.soft, 0.35),
            x + brief.range(-20.0, 20.0),
            at.y - high * 0.6,
            brief.range(3.0, 8.0) * air.unit,
        );
    }
}

/// A dark frame that the eye looks through: torn, like a hole in the night.
pub(super) fn opening(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, h) = (air.width, air.height);
    let tone = air.tones.dark.darker(0.3);
    for (grow, colour) in [(1.0, tone.mix(air.tones.deep, 0.45)), (1.07, tone)] {
        let mut path = format!("M0 0H{w:.0}V{h:.0}H0z");
        for corner in 0..44 {
            let angle = f64::from(corner) / 44.0 * std::f64::consts::TAU;
            let reach = grow * brief.range(0.95, 1.03);
            path += &format!(
                "{}{:.0} {:.0}",
                if corner == 0 { "M" } else { "L" },
                w * (0.5 - 0.455 * reach * angle.cos()),
                h * (0.5 + 0.46 * reach * angle.sin())
            );
        }
        s.hole(colour, &format!("{path}z"));
    }
    let light: Tone = air.tones.accent;
    for _ in 0..30 {
        let angle = brief.range(0.0, std::f64::consts::TAU);
        s.disc(
            light.at(0.5),
            w * (0.5 + 0.47 * angle.cos()),
            h * (0.5 + 0.475 * angle.sin()),
            brief.range(1.0, 4.0) * air.unit,
        );
    }
}

pub(super) fn cliff(s: &mut Sketch, air: &Air, brief: &mut Brief, at: &Stand, wide: f64) {
    let (w, h, t) = (air.width, air.height, air.tones);
    let left = at.x < w / 2.0;
    let edge = if left { at.x + wide * 1.12 } else { at.x - wide * 1.12 };
    let wall = if left { 0.0 } else { w };
    let to = if left { 1.0 } else { -1.0 };
    let face = s.down(&[
        (0.0, t.deep.mix(t.mid, 0.35).to_string()),
        (0.25, t.deep.mix(t.dark, 0.4).to_string()),
        (1.0, t.dark.darker(0.4).to_string()),
    ]);
    let y = at.y - 3.0;
    s.fill(
        face,
        &format!(
            "M{wall:.0} {:.0}L{:.0} {y:.0}L{edge:.0} {:.0}L{:.0} {:.0}L{:.0} {:.0}L{:.0} {h:.0}H{wall:.0}z",
            y - 10.0,
            at.x,
            y + 6.0,
            edge - to * 26.0,
            y + 0.06 * h,
            edge - to * 10.0,
            y + 0.1 * h,
            edge - to * 0.1 * w
        ),
    );
    s.line(
        t.light.at(0.5),
        4.0 * air.unit,
        &format!("M{wall:.0} {:.0}L{:.0} {y:.0}L{edge:.0} {:.0}", y - 10.0, at.x, y + 6.0),
    );
    for _ in 0..34 {
        let x = wall + (edge - wall) * brief.range(0.0, 1.0);
        let high = brief.range(8.0, 30.0) * air.unit;
        s.line(
            t.dark.mix(t.accent, 0.25),
            2.5 * air.unit,
            &format!(
                "M{x:.0} {:.0}q{:.0} -{:.0} {:.0} -{high:.0}",
                y + 4.0,
                high * 0.1,
                high * 0.6,
                high * 0.4
            ),
        );
    }
}

/// What the hero lays on the ground: its shadow, or its light.
pub(super) fn under(s: &mut Sketch, air: &Air, at: &Stand, wide: f64) {
    let shadow = s.round(&[
        (0.0, air.tones.dark.at(0.55)),
        (0.6, air.tones.dark.at(0.25)),
        (1.0, air.tones.dark.at(0.0)),
    ]);
    if at.aloft {
        let low = air.horizon + 0.45 * (air.height - air.horizon);
        s.oval(shadow, at.x, low.max(at.y + 0.06 * air.height), wide * 0.8, 0.035 * air.height);
    } else {
        s.oval(shadow, at.x, at.y, wide * 1.15, 0.03 * air.height);
    }
}
