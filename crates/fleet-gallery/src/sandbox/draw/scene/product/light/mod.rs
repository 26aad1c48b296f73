//! Light: where it comes from, how hard it is, and what it leaves on wall and surface.

mod shadow;

use std::fmt::Write;

use super::super::Brief;
use super::Stage;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Window,
    Spot,
    Sun,
    Even,
    Strip,
    Curtain,
    Overcast,
    Rim,
    Bounce,
    Candle,
    Shade,
    Raking,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shadow {
    Long,
    Crisp,
    None,
    Corner,
    Leaf,
    Double,
    Warm,
    Mirror,
}

#[rustfmt::skip]
const SOURCES: &[(&str, Source)] = &[
    ("window light", Source::Window), ("soft window light", Source::Window), ("window", Source::Window),
    ("hard light from above", Source::Spot), ("spotlight", Source::Spot), ("hard light", Source::Spot),
    ("low morning sun", Source::Sun), ("morning sun", Source::Sun), ("sunlight", Source::Sun), ("golden light", Source::Sun), ("morning light", Source::Sun), ("sun", Source::Sun), ("golden hour", Source::Sun),
    ("even studio light", Source::Even), ("studio light", Source::Even), ("softbox", Source::Even),
    ("narrow strip", Source::Strip), ("strip of afternoon light", Source::Strip), ("afternoon light", Source::Strip),
    ("diffused light", Source::Curtain), ("through a curtain", Source::Curtain), ("diffused light through a curtain", Source::Curtain),
    ("overcast", Source::Overcast), ("cool overcast light", Source::Overcast), ("winter light", Source::Overcast), ("cold light", Source::Overcast),
    ("rim light", Source::Rim), ("backlight", Source::Rim), ("light from behind", Source::Rim), ("backlit", Source::Rim),
    ("bounced off", Source::Bounce), ("white card", Source::Bounce), ("light bounced off a white card", Source::Bounce),
    ("candle's worth of light", Source::Candle), ("single candle", Source::Candle), ("candlelight", Source::Candle), ("night light", Source::Candle), ("ember light", Source::Candle),
    ("open shade", Source::Shade), ("bright open shade", Source::Shade), ("raking", Source::Raking), ("light raking across the surface", Source::Raking),
];

#[rustfmt::skip]
const SHADOWS: &[(&str, Shadow)] = &[
    ("long soft shadow", Shadow::Long), ("long shadow", Shadow::Long), ("soft shadow", Shadow::Long), ("short crisp shadow", Shadow::Crisp), ("crisp shadow", Shadow::Crisp), ("hard shadow", Shadow::Crisp),
    ("almost no shadow", Shadow::None), ("no shadow", Shadow::None), ("points to the corner", Shadow::Corner), ("shadow of a leaf", Shadow::Leaf), ("leaf shadow", Shadow::Leaf), ("dappled", Shadow::Leaf),
    ("double shadow", Shadow::Double), ("shadow with a warm edge", Shadow::Warm), ("warm edge", Shadow::Warm), ("faint reflection", Shadow::Mirror), ("reflection", Shadow::Mirror),
];

pub(super) struct Light {
    source: Source,
    shadow: Shadow,
    pub(super) from_right: bool,
}

fn called<T: Copy>(brief: &Brief, entries: &'static [(&'static str, T)]) -> Option<T> {
    let names: Vec<&'static str> = entries.iter().map(|(name, _)| *name).collect();
    let name = brief.find(&names)?;
    entries.iter().find(|(known, _)| *known == name).map(|(_, entry)| *entry)
}

impl Light {
    pub(super) fn of(brief: &mut Brief) -> Self {
        let any = [Source::Window, Source::Even, Source::Sun, Source::Curtain, Source::Bounce, Source::Strip];
        let any = any[brief.below(any.len())];
        let source = called(brief, SOURCES).unwrap_or(any);
        let usual = match source {
            Source::Spot => Shadow::Crisp,
            Source::Overcast | Source::Shade => Shadow::None,
            _ => Shadow::Long,
        };
        let shadow = called(brief, SHADOWS).unwrap_or(usual);
        let either = brief.chance(0.5);
        let from_right = match (brief.has(&["from the left", "left"]), brief.has(&["from the right"])) {
            (true, _) => false,
            (_, true) => true,
            // Room for words on the right means the object stays where it was put.
            _ => either && !brief.has(&["on the right"]),
        };
        Self { source, shadow, from_right }
    }

    #[cfg(test)]
    pub(super) fn kinds(&self) -> impl std::fmt::Debug + use<> {
        (self.source, self.shadow)
    }

    fn dark(&self) -> bool {
        matches!(self.source, Source::Rim | Source::Candle)
    }

    /// The wall's colours, above and below.
    pub(super) fn wall(&self, brief: &mut Brief) -> (&'static str, &'static str) {
        let p = brief.palette;
        let dice = brief.below(10);
        match self.source {
            Source::Rim | Source::Candle => (p.dark, p.deep),
            Source::Even | Source::Shade | Source::Curtain if dice < 7 => (p.light, p.soft),
            Source::Spot if dice < 6 => (p.deep, p.mid),
            _ if dice < 4 => (p.soft, p.light),
            _ if dice < 6 => (p.mid, p.soft),
            _ if dice < 7 => (p.deep, p.mid),
            _ => (p.light, p.soft),
        }
    }

    /// What the light draws on wall and surface before the object comes.
    pub(super) fn on_wall(&self, svg: &mut String, brief: &mut Brief, stage: &Stage) {
        let (w, h, u) = (stage.width, stage.height, stage.unit);
        let (x, y) = stage.place;
        match self.source {
            Source::Window => {
                let (left, top) = (x - 420.0 * u, (y - 700.0 * u).max(-40.0 * u));
                for (column, row) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
                    let (a, b) = (
                        left + column * 235.0 * u + row * 70.0 * u,
                        top + row * 265.0 * u + column * 46.0 * u,
                    );
                    for grow in [0.0, 5.0, 10.0] {
                        _ = write!(
                            svg,
                            r##"<path d="M{:.0} {:.0}l{wide:.0} {drop:.0}l{lean:.0} {tall:.0}l{:.0} {:.0}z" fill="#fff8e8" fill-opacity=".15"/>"##,
                            a - grow * u,
                            b - grow * u,
                            -(205.0 + 2.0 * grow) * u,
                            -42.0 * u,
                            wide = (205.0 + 2.0 * grow) * u,
                            drop = 42.0 * u,
                            lean = 62.0 * u,
                            tall = (230.0 + 2.0 * grow) * u
                        );
                    }
                }
            }
            Source::Spot => {
                for (reach, opacity) in [(0.75, 0.35), (0.5, 0.4)] {
                    _ = write!(
                        svg,
                        r#"<ellipse cx="{x:.0}" cy="{:.0}" rx="{:.0}" ry="{:.0}" fill="url(#glow)" fill-opacity="{opacity}"/>"#,
                        y - 120.0 * u,
                        w * reach,
                        h * reach * 0.8
                    );
                }
            }
            Source::Sun => {
                _ = write!(
                    svg,
                    r##"<defs>{}</defs><rect width="{w}" height="{h}" fill="url(#sun)"/>"##,
                    super::horizontal(
                        "sun",
                        &[(0.0, "#ffcf87/.62"), (0.5, "#ffb35c/.2"), (1.0, "#2b1a3a/.2")]
                    )
                );
            }
            Source::Strip => {
                let from = x - 330.0 * u;
                for (wide, opacity) in [(230.0, 0.16), (205.0, 0.2), (180.0, 0.22)] {
                    _ = write!(
                        svg,
                        r##"<path d="M{:.0} -10L{:.0} -10L{:.0} {h}L{:.0} {h}z" fill="#ffe2a6" fill-opacity="{opacity}"/>"##,
                        from - wide / 2.0 * u,
                        from + wide / 2.0 * u,
                        from + h * 0.42 + wide / 2.0 * u,
                        from + h * 0.42 - wide / 2.0 * u
                    );
                }
            }
            Source::Curtain => {
                let mut fold = -80.0 * u;
                while fold < w {
                    let wide = brief.range(60.0, 150.0) * u;
                    _ = write!(
                        svg,
                        r##"<path d="M{fold:.0} 0h{wide:.0}l{:.0} {h}h-{wide:.0}z" fill="#fff" fill-opacity="{:.2}"/>"##,
                        50.0 * u,
                        brief.range(0.03, 0.2)
                    );
                    fold += wide * brief.range(1.0, 1.7);
                }
            }
            Source::Overcast => {
                _ = write!(svg, r##"<rect width="{w}" height="{h}" fill="#a9c3d6" fill-opacity=".2"/>"##);
            }
            Source::Rim => {
                _ = write!(
                    svg,
                    r#"<ellipse cx="{x:.0}" cy="{:.0}" rx="{:.0}" ry="{:.0}" fill="url(#warm)"/>"#,
                    y - 200.0 * u,
                    640.0 * u,
                    600.0 * u
                );
            }
            Source::Bounce | Source::Even | Source::Shade => {
                let side = if self.source == Source::Bounce { 360.0 } else { -120.0 };
                _ = write!(
                    svg,
                    r#"<ellipse cx="{:.0}" cy="{:.0}" rx="{:.0}" ry="{:.0}" fill="url(#glow)" fill-opacity=".7"/>"#,
                    x + side * u,
                    y - 300.0 * u,
                    620.0 * u,
                    560.0 * u
                );
            }
            Source::Candle => {
                _ = write!(
                    svg,
                    r#"<ellipse cx="{:.0}" cy="{:.0}" rx="{:.0}" ry="{:.0}" fill="url(#warm)"/>"#,
                    x - 300.0 * u,
                    y - 160.0 * u,
                    620.0 * u,
                    520.0 * u
                );
            }
            Source::Raking => {
                for ray in 0..9 {
                    let at = stage.horizon + (h - stage.horizon) * (f64::from(ray) + 0.3) / 9.0;
                    _ = write!(
                        svg,
                        r##"<path d="M0 {at:.0}L{w} {:.0}v{:.0}L0 {:.0}z" fill="#ffe9bd" fill-opacity="{:.2}"/>"##,
                        at - 90.0 * u,
                        10.0 * u,
                        at + brief.range(14.0, 40.0) * u,
                        brief.range(0.08, 0.26)
                    );
                }
            }
        }
        if self.shadow == Shadow::Leaf {
            shadow::leaves(svg, brief, stage);
        }
    }

    /// What lies over everything: dusk round a candle, the sun's side, a darker rim.
    pub(super) fn over(&self, svg: &mut String, brief: &mut Brief, stage: &Stage) {
        let (w, h, u) = (stage.width, stage.height, stage.unit);
        let (x, y) = stage.place;
        let (strength, colour) = match self.source {
            Source::Candle => (0.82, "#0a0507"),
            Source::Rim | Source::Spot => (0.42, brief.palette.dark),
            Source::Even | Source::Shade | Source::Overcast => (0.1, "#000000"),
            _ => (0.22, brief.palette.dark),
        };
        _ = write!(
            svg,
            r#"<defs><radialGradient id="rim" gradientUnits="userSpaceOnUse" cx="{x:.0}" cy="{:.0}" r="{:.0}"><stop offset=".4" stop-color="{colour}" stop-opacity="0"/><stop offset="1" stop-color="{colour}" stop-opacity="{strength}"/></radialGradient></defs><rect width="{w}" height="{h}" fill="url(#rim)"/>"#,
            y - 160.0 * u,
            0.72 * w.max(h)
        );
    }
}
