//! What a hero does in its place: where it stands, how large, and what becomes of it.

use super::hero::{Hero, Home};
use super::sketch::Sketch;
use super::{Air, Brief, trace};

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Doing {
    Drifting,
    Dissolved,
    Casting,
    Waiting,
    Reflected,
    Becoming,
    SeenThrough,
    Unfolding,
    Rooted,
    Humming,
    Forgotten,
    Remembered,
    Being,
}

/// Where the hero's foot is, and how many pixels one of its units takes.
pub(super) struct Stand {
    pub(super) x: f64,
    pub(super) y: f64,
    scale: f64,
    doing: Doing,
    /// Above the ground.
    pub(super) aloft: bool,
}

impl Doing {
    pub(super) fn of(brief: &Brief) -> Self {
        let calls: [(&[&str], Self); 12] = [
            (&["drifting", "drift", "flying", "hovering"], Self::Drifting),
            (&["dissolved", "dissolving"], Self::Dissolved),
            (&["casting"], Self::Casting),
            (&["waiting"], Self::Waiting),
            (&["reflected", "reflecting"], Self::Reflected),
            (&["becoming"], Self::Becoming),
            (&["seen"], Self::SeenThrough),
            (&["unfolding"], Self::Unfolding),
            (&["rooted"], Self::Rooted),
            (&["humming"], Self::Humming),
            (&["forgotten", "abandoned"], Self::Forgotten),
            (&["remembered"], Self::Remembered),
        ];
        calls.into_iter().find(|(words, _)| brief.has(words)).map_or(Self::Being, |(_, doing)| doing)
    }

    /// Sets the hero, and moves sun or moon where they serve it.
    pub(super) fn composed(self, air: &mut Air, hero: &Hero, brief: &mut Brief) -> Stand {
        let (w, h) = (air.width, air.height);
        let above = brief.has(&["above", "over", "floating", "flying"]);
        let aloft = match self {
            Self::Drifting | Self::Unfolding | Self::Humming => true,
            Self::Rooted | Self::Reflected | Self::Waiting | Self::Casting => false,
            _ => hero.home == Home::Air || above && hero.home != Home::Ground,
        };
        let share = match self {
            Self::Forgotten => 0.4,
            Self::Waiting => 0.54,
            Self::Reflected => 0.5,
            Self::Unfolding | Self::Humming | Self::Drifting => 0.5,
            Self::SeenThrough => 0.5,
            _ => 0.58,
        } * brief.range(0.96, 1.1);
        let scale = (share * h / hero.high)
            .min(w * 0.86 * (share / 0.55) / (2.0 * hero.half))
            .min(w * 0.9 / (2.0 * hero.half));
        let room = (hero.half * scale / w).min(0.46);
        let aside = match self {
            Self::Waiting | Self::Forgotten => brief.range(0.2, 0.3),
            Self::SeenThrough | Self::Remembered => 0.02,
            _ => brief.range(0.04, 0.17),
        };
        let side = if brief.chance(0.5) { 0.5 - aside } else { 0.5 + aside };
        let x = side.clamp(room + 0.02, 0.98 - room) * w;
        let ground = h - air.horizon;
        let y = match self {
            _ if aloft && self == Self::Drifting => air.horizon - brief.range(0.02, 0.08) * h,
            _ if aloft => air.horizon - brief.range(-0.02, 0.03) * h,
            Self::Reflected => air.horizon + 0.06 * ground,
            Self::Waiting => air.horizon + 0.5 * ground,
            Self::Forgotten => air.horizon + 0.14 * ground,
            _ => air.horizon + brief.range(0.24, 0.4) * ground,
        };
        let y = y.max(hero.high * scale + 0.05 * h).min(h * 0.97);
        // Light behind a dark hero draws its outline; beside a light one, it balances.
        if !air.night && brief.chance(0.55) && self != Self::Forgotten {
            air.orb = (x, y - hero.high * scale * 0.6, (air.orb.2 * 1.5).min(0.24 * w));
        } else {
            let other = if x < w / 2.0 { brief.range(0.7, 0.88) } else { brief.range(0.12, 0.3) };
            air.orb.0 = other * w;
        }
        Stand { x, y, scale, doing: self, aloft }
    }
}

pub(super) fn paint(s: &mut Sketch, air: &Air, brief: &mut Brief, hero: &Hero, at: &Stand) {
    let (x, y, scale) = (at.x, at.y, at.scale);
    let hues = air.hues();
    let (wide, high) = (hero.half * scale, hero.high * scale);
    trace::under(s, air, at, wide);
    if at.doing == Doing::Waiting {
        trace::cliff(s, air, brief, at, wide);
    }
    if at.doing == Doing::Casting {
        for ray in 0..7 {
            let reach = (f64::from(ray) - 3.0) * 0.2 * air.width;
            let beam =
                s.down(&[(0.0, air.tones.accent.lighter(0.5).at(0.42)), (1.0, air.tones.accent.at(0.0))]);
            s.fill(
                beam,
                &format!(
                    "M{x:.0} {:.0}L{:.0} {h:.0}h{:.0}z",
                    y - high * 0.55,
                    x + reach - 0.06 * air.width,
                    0.12 * air.width,
                    h = air.height
                ),
            );
        }
    }
    if at.doing == Doing::Unfolding {
        for petal in 0..13 {
            let turn = f64::from(petal) * 15.0 - 90.0;
            let sheet =
                s.down(&[(0.0, air.tones.accent.at(0.0)), (1.0, air.tones.accent.lighter(0.3).at(0.34))]);
            s.placed(x, y - high * 0.1, 1.0, turn, |s| {
                s.fill(
                    sheet,
                    &format!(
                        "M0 0L-{a:.0} -{b:.0}L0 -{c:.0}L{a:.0} -{b:.0}z",
                        a = high * 0.12,
                        b = high * 0.75,
                        c = high * 1.06
                    ),
                )
            });
        }
    }
    if at.doing == Doing::Humming {
        for ring in 1..8 {
            let r = high * (0.4 + f64::from(ring) * 0.16);
            s.ring(
                air.tones.accent.lighter(0.3).at(0.5 / f64::from(ring).sqrt()),
                3.0 * air.unit,
                x,
                y - high * 0.45,
                r,
            );
        }
    }

    let place = |s: &mut Sketch, brief: &mut Brief| {
        s.group(r#"id="hero""#, |s| s.placed(x, y, scale, 0.0, |s| (hero.paint)(s, &hues, brief)));
    };
    match at.doing {
        Doing::Dissolved => {
            s.fading((x, y - high * 0.55), (x, y + 0.02 * air.height), |s| place(s, brief));
            s.group(r#"opacity=".3""#, |s| s.again("hero"));
            trace::motes(s, air, brief, (x, y - high * 0.12), (wide * 1.1, high * 0.3));
        }
        Doing::Becoming => {
            let to = if x < air.width / 2.0 { 1.0 } else { -1.0 };
            s.fading((x + to * wide * 0.05, y), (x + to * wide * 0.95, y), |s| place(s, brief));
            s.group(r#"opacity=".2""#, |s| s.again("hero"));
            trace::shards(s, air, brief, at, (wide, high), to);
        }
        Doing::Remembered => {
            place(s, brief);
            let (grow, middle) = (1.5, y - high * 0.5);
            let (left, top) = (x * (1.0 - grow), middle * (1.0 - grow));
            let echo = format!(r#"opacity=".17" transform="translate({left:.1} {top:.1}) scale({grow})""#);
            s.group(&echo, |s| s.again("hero"));
        }
        Doing::Reflected => {
            place(s, brief);
            s.fading((x, y), (x, y + high * 0.85), |s| {
                s.group(
                    &format!(r#"opacity=".55" transform="translate(0 {:.1}) scale(1 -.72)""#, y * 1.72),
                    |s| s.again("hero"),
                );
            });
            for line in 0..26 {
                let low = y + f64::from(line) * high * 0.028;
                let long = wide * brief.range(0.3, 1.3);
                s.line(
                    air.tones.light.at(0.26),
                    (1.0 + f64::from(line) * 0.12) * air.unit,
                    &format!("M{:.0} {low:.0}h{long:.0}", x - long / 2.0 + brief.range(-0.3, 0.3) * wide),
                );
            }
        }
        Doing::Forgotten => {
            s.group(r#"opacity=".82""#, |s| place(s, brief));
            trace::overgrowth(s, air, brief, at, wide);
        }
        Doing::Rooted => {
            trace::roots(s, air, brief, at, wide);
            place(s, brief);
        }
        Doing::SeenThrough => {
            place(s, brief);
            trace::opening(s, air, brief);
        }
        _ => place(s, brief),
    }
}
