//! The sky and its light: gradients, sun and moon, stars, clouds, and the weather before the picture.

use std::f64::consts::TAU;

use super::sketch::{Sketch, Tone};
use super::{Air, Brief};

/// What lights a dream.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Light {
    Sourceless,
    GreenMoon,
    Moon,
    Gold,
    Snow,
    Living,
    Honey,
    Stage,
    RedDawn,
    Television,
    Stars,
    Aurora,
    Sun,
    Mist,
}

impl Light {
    /// The light that the prompt asks for, or one by chance.
    pub(super) fn of(brief: &mut Brief) -> Self {
        let calls: [(&[&str], Self); 16] = [
            (&["gold light", "golden light", "golden hour"], Self::Gold),
            (&["before snow", "snow light"], Self::Snow),
            (&["source"], Self::Sourceless),
            (&["television", "screen", "neon"], Self::Television),
            (&["bioluminescent", "bioluminescence", "luminous", "firefly", "fireflies"], Self::Living),
            (&["honey", "amber"], Self::Honey),
            (&["stage", "spotlight"], Self::Stage),
            (&["dawn", "sunrise"], Self::RedDawn),
            (&["aurora"], Self::Aurora),
            (&["green"], Self::GreenMoon),
            (&["starlight", "stars", "cosmic", "galaxy", "nebula", "midnight", "space"], Self::Stars),
            (&["moonlight", "moonlit", "night", "nocturne"], Self::Moon),
            (&["snow", "winter", "frost"], Self::Snow),
            (&["gold", "golden", "sunset", "dusk", "evening"], Self::Gold),
            (&["mist", "fog", "foggy", "haze"], Self::Mist),
            (&["sun", "noon", "morning", "day", "summer"], Self::Sun),
        ];
        let moonlit = brief.has(&["moonlight"]);
        for (words, light) in calls {
            // Green is a light only where it is the moon's.
            if brief.has(words) && (light != Self::GreenMoon || moonlit) {
                return light;
            }
        }
        [Self::Moon, Self::Sun, Self::Stars, Self::Mist, Self::Gold][brief.below(5)]
    }

    pub(super) fn is_dark(self) -> Option<bool> {
        match self {
            Self::GreenMoon
            | Self::Moon
            | Self::Living
            | Self::Stage
            | Self::Television
            | Self::Stars
            | Self::Aurora => Some(true),
            Self::Gold | Self::Snow | Self::RedDawn | Self::Sun | Self::Honey => Some(false),
            Self::Sourceless | Self::Mist => None,
        }
    }

    /// The colour it lends, and how much of it.
    pub(super) fn tint(self) -> (&'static str, f64) {
        match self {
            Self::GreenMoon => ("#86e0a4", 0.5),
            Self::Gold => ("#ffc870", 0.42),
            Self::Snow => ("#e3eaf2", 0.45),
            Self::Living => ("#5ff0dc", 0.35),
            Self::Honey => ("#f2a63b", 0.6),
            Self::RedDawn => ("#ff6a55", 0.3),
            Self::Television => ("#9fc4ff", 0.35),
            Self::Stars | Self::Moon => ("#cdd9ff", 0.12),
            Self::Aurora => ("#7df2c0", 0.2),
            Self::Mist | Self::Sourceless => ("#e9e4e0", 0.2),
            Self::Sun | Self::Stage => ("#fff2d8", 0.14),
        }
    }
}

/// How many moons or suns a place brings of its own.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Orbs {
    /// One, if the light has one.
    AsLit,
    Two,
    None,
}

/// The sky, its light behind the hero at `x`, and its clouds.
pub(super) fn paint(s: &mut Sketch, air: &Air, brief: &mut Brief, x: f64, orbs: Orbs) {
    let (w, h, unit) = (air.width, air.height, air.unit);
    let sky = air.sky();
    let low = air.horizon / h;
    let fill = s.down(&[
        (0.0, sky[0].to_string()),
        (low * 0.42, sky[1].to_string()),
        (low * 0.8, sky[2].to_string()),
        (low, sky[3].to_string()),
    ]);
    s.block(fill, 0.0, 0.0, w, h);
    if air.light == Light::RedDawn {
        let band = s.down(&[
            (0.0, Tone::of("#ff3b2f").at(0.0)),
            (0.8, Tone::of("#ff3b2f").at(0.7)),
            (1.0, Tone::of("#ffb07a").at(0.9)),
        ]);
        s.block(band, 0.0, air.horizon - 0.16 * h, w, 0.16 * h);
    }
    // Without this pool of light the hero would have to be found.
    let pool =
        if air.night { air.tones.soft.mix(air.tones.accent, 0.25) } else { air.tones.light.lighter(0.5) };
    let strength = if air.night { 0.5 } else { 0.85 };
    s.glow(pool, strength, x, air.horizon - 0.26 * h, 0.62 * h.min(w * 1.1));
    if air.night {
        stars(s, air, brief, if air.light == Light::Stars { 420 } else { 130 });
    }
    if air.light == Light::Aurora {
        aurora(s, air, brief);
    }
    let (ox, oy, r) = air.orb;
    let lit = !matches!(
        air.light,
        Light::Sourceless | Light::Snow | Light::Stars | Light::Stage | Light::Mist | Light::Living
    );
    match orbs {
        Orbs::AsLit if lit => orb(s, air, ox, oy, r),
        Orbs::Two => {
            orb(s, air, ox, oy, r * 0.9);
            orb(s, air, (ox + w * 0.34).rem_euclid(w * 0.86) + w * 0.07, oy * 0.62, r * 0.46);
        }
        _ => {}
    }
    if matches!(air.light, Light::Gold | Light::Sun | Light::Honey) {
        rays(s, air, brief);
    }
    if !brief.has(&["cloudless", "clear"]) {
        clouds(s, air, brief, unit);
    }
}

fn orb(s: &mut Sketch, air: &Air, x: f64, y: f64, r: f64) {
    let t = air.tones;
    let core = match air.light {
        Light::GreenMoon => Tone::of("#c9f7cf"),
        Light::RedDawn => Tone::of("#ff5a45"),
        _ if air.night => t.light.lighter(0.4),
        _ => t.light.mix(t.accent, 0.28).lighter(0.3),
    };
    s.glow(core, 0.75, x, y, r * 3.0);
    let face = s.round(&[
        (0.0, core.lighter(0.45).to_string()),
        (0.8, core.to_string()),
        (1.0, core.mix(t.accent, 0.25).to_string()),
    ]);
    s.disc(face, x, y, r);
    if air.night {
        for (dx, dy, size) in [
            (-0.34, -0.3, 0.2),
            (0.3, -0.42, 0.12),
            (0.42, 0.16, 0.2),
            (-0.12, 0.46, 0.15),
            (-0.52, 0.2, 0.1),
        ] {
            s.disc(t.mid.at(0.2), x + dx * r, y + dy * r, size * r);
        }
    }
}

fn stars(s: &mut Sketch, air: &Air, brief: &mut Brief, count: usize) {
    let mut few = String::new();
    for _ in 0..count {
        let (x, y) = (brief.range(0.0, air.width), air.horizon * brief.range(0.0, 1.0).powf(1.3));
        let r = brief.range(0.6, 2.2) * air.unit;
        few += &format!("M{x:.1} {:.1}h{r:.1}v{r:.1}h-{r:.1}z", y);
    }
    s.fill(air.tones.light.lighter(0.5).at(0.85), &few);
    for _ in 0..count / 22 {
        let (x, y, r) = (
            brief.range(0.0, air.width),
            brief.range(0.0, air.horizon * 0.8),
            brief.range(4.0, 11.0) * air.unit,
        );
        s.fill("#ffffff/.9", &format!("M{x:.1} {:.1}l{a:.1} {b:.1}l{b:.1} {a:.1}l-{b:.1} {a:.1}l-{a:.1} {b:.1}l-{a:.1} -{b:.1}l-{b:.1} -{a:.1}l{b:.1} -{a:.1}z", y - r, a = r * 0.14, b = r * 0.86));
    }
    if air.light == Light::Stars {
        // The band of a galaxy, from dust alone.
        let (from, lean) = (brief.range(-0.1, 0.3), brief.range(0.5, 0.9));
        for _ in 0..22 {
            let along = brief.range(0.0, 1.0);
            let (x, y) = (
                air.width * (from + along * lean),
                air.horizon * (0.9 - along * 0.85) + brief.range(-60.0, 60.0) * air.unit,
            );
            s.glow(
                air.tones.soft.mix(air.tones.accent, brief.range(0.0, 0.5)),
                0.12,
                x,
                y,
                brief.range(60.0, 170.0) * air.unit,
            );
        }
    }
}

fn aurora(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    for curtain in 0..4 {
        let colour =
            [Tone::of("#5cf2b0"), air.tones.accent, Tone::of("#8f7bff"), Tone::of("#5cf2d8")][curtain];
        let veil = s.down(&[(0.0, colour.at(0.0)), (0.75, colour.at(0.42)), (1.0, colour.at(0.0))]);
        let (y, bend) = (air.horizon * brief.range(0.3, 0.62), air.horizon * brief.range(0.1, 0.24));
        let (w, high) = (air.width, air.horizon * brief.range(0.34, 0.6));
        s.fill(
            veil,
            &format!(
                "M0 {y:.0}C{:.0} {:.0} {:.0} {:.0} {w:.0} {:.0}V{:.0}C{:.0} {:.0} {:.0} {:.0} 0 {:.0}z",
                w * 0.3,
                y - bend,
                w * 0.6,
                y + bend,
                y - bend * 0.5,
                y - high - bend * 0.5,
                w * 0.6,
                y - high + bend,
                w * 0.3,
                y - high - bend,
                y - high
            ),
        );
    }
}

fn rays(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (x, y, r) = air.orb;
    let far = air.width.max(air.height) * 1.2;
    for ray in 0..9 {
        let angle = f64::from(ray) / 9.0 * TAU + brief.range(0.0, 0.4);
        let open = brief.range(0.03, 0.09);
        s.fill(
            air.tones.light.lighter(0.4).at(0.13),
            &format!(
                "M{x:.0} {y:.0}L{:.0} {:.0}L{:.0} {:.0}z",
                x + far * angle.cos(),
                y + far * angle.sin(),
                x + far * (angle + open).cos(),
                y + far * (angle + open).sin()
            ),
        );
    }
    s.glow(air.tones.light.lighter(0.6), 0.6, x, y, r * 1.6);
}

fn clouds(s: &mut Sketch, air: &Air, brief: &mut Brief, unit: f64) {
    let colour =
        if air.night { air.tones.mid.mix(air.tones.soft, 0.4) } else { air.tones.light.lighter(0.5) };
    for _ in 0..3 + brief.below(4) {
        let (x, y) = (brief.range(0.0, air.width), brief.range(0.14, 0.86) * air.horizon);
        let wide = brief.range(110.0, 300.0) * unit * (0.5 + 0.6 * (1.0 - y / air.horizon));
        let fill = s.down(&[(0.0, colour.at(if air.night { 0.4 } else { 0.85 })), (1.0, colour.at(0.0))]);
        let mut path = format!("M{:.0} {y:.0}", x - wide);
        let puffs = 5 + brief.below(3);
        for puff in 0..puffs {
            let step = 2.0 * wide / puffs as f64;
            let middle = 1.0 - ((puff as f64 + 0.5) / puffs as f64 * 2.0 - 1.0).abs();
            let high = wide * (0.12 + 0.3 * middle) * brief.range(0.7, 1.1);
            path += &format!("c0 -{high:.0} {step:.0} -{high:.0} {step:.0} 0");
        }
        s.fill(
            fill,
            &format!(
                "{path}C{:.0} {:.0} {:.0} {:.0} {:.0} {y:.0}z",
                x + wide * 0.6,
                y + wide * 0.16,
                x - wide * 0.6,
                y + wide * 0.16,
                x - wide
            ),
        );
    }
}

/// What is between the picture and the eye.
pub(super) fn weather(s: &mut Sketch, air: &Air, brief: &mut Brief) {
    let (w, h, unit) = (air.width, air.height, air.unit);
    match air.light {
        Light::Snow => {
            for _ in 0..170 {
                s.disc("#ffffff/.85", brief.range(0.0, w), brief.range(0.0, h), brief.range(1.0, 5.5) * unit);
            }
        }
        Light::Living => {
            for index in 0..90 {
                let (x, y) = (brief.range(0.0, w), air.horizon + brief.range(-0.4, 1.0) * (h - air.horizon));
                let colour = [Tone::of("#63ffe6"), Tone::of("#9dffb0"), air.tones.accent][index % 3];
                s.glow(colour, 0.85, x, y, brief.range(8.0, 30.0) * unit);
                s.disc(colour.lighter(0.7), x, y, brief.range(1.4, 3.4) * unit);
            }
        }
        Light::Honey => {
            let pour = s.down(&[
                (0.0, Tone::of("#ffb52e").at(0.34)),
                (0.6, Tone::of("#ff9a1f").at(0.12)),
                (1.0, Tone::of("#a14a00").at(0.3)),
            ]);
            s.block(pour, 0.0, 0.0, w, h);
            for _ in 0..40 {
                s.disc(
                    Tone::of("#fff0c0").at(0.5),
                    brief.range(0.0, w),
                    brief.range(0.0, h),
                    brief.range(1.0, 4.0) * unit,
                );
            }
        }
        Light::Stage => {
            for (from, to) in [(0.12, 0.42), (0.5, 0.5), (0.88, 0.58)] {
                let beam =
                    s.down(&[(0.0, air.tones.light.lighter(0.6).at(0.42)), (1.0, air.tones.light.at(0.03))]);
                let (top, low) = (from * w, to * w);
                s.fill(
                    beam,
                    &format!(
                        "M{:.0} -10H{:.0}L{:.0} {h:.0}H{:.0}z",
                        top - 24.0 * unit,
                        top + 24.0 * unit,
                        low + 0.15 * w,
                        low - 0.15 * w
                    ),
                );
            }
            fog(s, air, brief, 11);
        }
        Light::Television => {
            let mut lines = String::new();
            for line in 0..(h / (7.0 * unit)) as i32 {
                lines += &format!("M0 {:.1}h{w:.0}v{:.1}h-{w:.0}z", f64::from(line) * 7.0 * unit, 2.0 * unit);
            }
            s.fill("#050510/.26", &lines);
            for _ in 0..5 {
                let (y, high) = (brief.range(0.05, 0.95) * h, brief.range(3.0, 16.0) * unit);
                s.block(air.tones.light.at(0.22), 0.0, y, w, high);
                s.block(
                    air.tones.accent.at(0.4),
                    brief.range(0.0, w * 0.7),
                    y,
                    brief.range(60.0, 400.0) * unit,
                    high * 0.4,
                );
            }
        }
        Light::Mist => fog(s, air, brief, 12),
        _ => {}
    }
}

pub(super) fn fog(s: &mut Sketch, air: &Air, brief: &mut Brief, banks: usize) {
    let colour = if air.night { air.tones.soft } else { air.tones.light.lighter(0.4) };
    for _ in 0..banks {
        let (x, y) = (brief.range(-0.1, 1.1) * air.width, air.horizon + brief.range(-0.12, 0.3) * air.height);
        let wide = brief.range(0.16, 0.4) * air.width;
        let bank = s.round(&[(0.0, colour.at(0.3)), (0.6, colour.at(0.12)), (1.0, colour.at(0.0))]);
        s.oval(bank, x, y, wide, brief.range(0.02, 0.07) * air.height);
    }
}
