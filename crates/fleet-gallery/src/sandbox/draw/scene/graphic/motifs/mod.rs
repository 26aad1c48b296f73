//! The large shape behind a campaign's words: a paper moon, an arrow, a ribbon. Each fills the room it is given and
//! leans on a focus, so that a layout can put words where it is quiet.

mod fields;
mod figures;

use std::f64::consts::TAU;
use std::fmt::Write;

use super::super::Brief;
use super::Poster;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Motif {
    Moon,
    Letters,
    Arrow,
    Blocks,
    Ribbon,
    Confetti,
    Sun,
    Circles,
    Torn,
    Flags,
    Spiral,
    Quotes,
    Checkerboard,
    One,
    Waves,
    Rays,
}

#[rustfmt::skip]
const MOTIFS: &[(&str, Motif)] = &[
    ("paper moon", Motif::Moon), ("moon", Motif::Moon), ("crescent", Motif::Moon),
    ("hand-cut letters", Motif::Letters), ("cut letters", Motif::Letters), ("paper letters", Motif::Letters),
    ("arrow", Motif::Arrow), ("enormous arrow", Motif::Arrow),
    ("colour blocks", Motif::Blocks), ("color blocks", Motif::Blocks), ("stacked colour blocks", Motif::Blocks), ("geometric shapes", Motif::Blocks), ("geometric", Motif::Blocks),
    ("ribbon", Motif::Ribbon), ("ribbons", Motif::Ribbon), ("streamer", Motif::Ribbon),
    ("confetti", Motif::Confetti), ("triangles", Motif::Confetti), ("confetti made of triangles", Motif::Confetti),
    ("smiling sun", Motif::Sun), ("sun", Motif::Sun), ("overlapping circles", Motif::Circles), ("circles", Motif::Circles), ("bubbles", Motif::Circles),
    ("torn-paper edge", Motif::Torn), ("torn paper", Motif::Torn), ("collage", Motif::Torn),
    ("waving flags", Motif::Flags), ("flags", Motif::Flags), ("bunting", Motif::Flags), ("flag", Motif::Flags),
    ("spiral of small icons", Motif::Spiral), ("spiral", Motif::Spiral), ("swirl", Motif::Spiral),
    ("quotation marks", Motif::Quotes), ("oversized quotation marks", Motif::Quotes), ("quote", Motif::Quotes),
    ("checkerboard", Motif::Checkerboard), ("checkerboard floor", Motif::Checkerboard), ("chequered", Motif::Checkerboard),
    ("number one", Motif::One), ("big friendly number one", Motif::One), ("waves", Motif::Waves), ("rays", Motif::Rays), ("sunburst", Motif::Rays), ("stripes", Motif::Rays),
];

impl Motif {
    pub(super) fn of(brief: &mut Brief) -> Self {
        let free = [Self::Waves, Self::Rays, Self::Confetti, Self::Circles, Self::Blocks, Self::Ribbon];
        let any = free[brief.below(free.len())];
        let names: Vec<&'static str> = MOTIFS.iter().map(|(name, _)| *name).collect();
        let called = brief.find(&names);
        MOTIFS.iter().find(|(name, _)| Some(*name) == called).map_or(any, |(_, motif)| *motif)
    }

    /// Whether it is one large thing that a layout should leave room for.
    pub(super) fn is_a_figure(self) -> bool {
        matches!(
            self,
            Self::Moon | Self::Sun | Self::One | Self::Quotes | Self::Spiral | Self::Arrow | Self::Flags
        )
    }

    /// Draws it around the focus, about so large.
    pub(super) fn draw(
        self,
        svg: &mut String,
        brief: &mut Brief,
        poster: &Poster,
        (x, y): (f64, f64),
        r: f64,
    ) {
        let (w, h) = (poster.width, poster.height);
        match self {
            Self::Moon => figures::moon(svg, brief, poster, (x, y), r),
            Self::Letters => fields::scraps(svg, brief, poster),
            Self::Arrow => figures::arrow(svg, brief, poster, (x, y), r),
            Self::Blocks => fields::blocks(svg, brief, poster, y),
            Self::Ribbon => fields::ribbon(svg, brief, poster, y),
            Self::Confetti => fields::confetti(svg, brief, poster),
            Self::Sun => figures::sun(svg, brief, poster, (x, y), r),
            Self::Circles => {
                let colours =
                    [poster.scheme.hot, poster.scheme.second, poster.scheme.tint, poster.scheme.hot];
                let start = brief.range(0.0, TAU);
                for (index, colour) in colours.iter().enumerate() {
                    let angle = start + TAU * index as f64 / 4.0;
                    let (a, b) = (x + r * 0.62 * angle.cos(), y + r * 0.62 * angle.sin());
                    let reach = r * brief.range(0.62, 0.92);
                    _ = write!(
                        svg,
                        r#"<circle cx="{a:.0}" cy="{b:.0}" r="{reach:.0}" fill="{colour}" fill-opacity=".82"/>"#
                    );
                }
            }
            Self::Torn => fields::torn(svg, brief, poster, y),
            Self::Flags => figures::flags(svg, brief, poster, (x, y), r),
            Self::Spiral => figures::spiral(svg, brief, poster, (x, y), r),
            Self::Quotes => {
                let mark = "M-40 90C-110 90 -130 30 -120 -20C-108 -80 -70 -120 -10 -130L0 -96C-40 -86 -58 -60 -60 -36C-20 -40 16 -14 16 28C16 64 -8 90 -40 90z";
                let (s, colours) = (r / 130.0, [poster.scheme.hot, poster.scheme.second]);
                for (index, colour) in colours.iter().enumerate() {
                    let (a, turn) = (x + (index as f64 - 0.5) * r * 1.15 + 0.3 * r, brief.range(-5.0, 5.0));
                    _ = write!(
                        svg,
                        r#"<path d="{mark}" transform="translate({a:.0} {y:.0}) rotate({turn:.1}) scale({s:.2})" fill="{colour}"/>"#
                    );
                }
            }
            Self::Checkerboard => fields::checkerboard(svg, brief, poster),
            Self::One => figures::one(svg, brief, poster, (x, y), r),
            Self::Waves => {
                for (band, colour) in
                    [poster.scheme.tint, poster.scheme.second, poster.scheme.hot].iter().enumerate()
                {
                    let (level, swell) = (y + r * (band as f64 - 0.8) * 0.55, r * brief.range(0.2, 0.5));
                    _ = write!(
                        svg,
                        r#"<path d="M0 {level:.0}C{:.0} {:.0} {:.0} {:.0} {w:.0} {level:.0}V{h}H0z" fill="{colour}"/>"#,
                        w * 0.3,
                        level - swell,
                        w * 0.65,
                        level + swell
                    );
                }
            }
            Self::Rays => fields::rays(svg, poster, (x, y), 9 + brief.below(6), w + h),
        }
    }
}
