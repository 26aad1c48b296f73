//! A social graphic: what it is about as a picture and in a few large words, one loud shape, and room around them.
//!
//! The format decides the frames, a layout divides each frame, and motif, type and colours fill it.

mod formats;
mod icons;
mod layouts;
mod lettering;
mod motifs;

use std::fmt::Write;

use super::{Brief, Palette, colour, subject::Prompt};
use icons::Icon;
use lettering::Type;
use motifs::Motif;

pub(super) const WORDS: &[&str] = &[
    "campaign",
    "poster",
    "social",
    "story",
    "reel",
    "carousel",
    "banner",
    "sale",
    "launch",
    "bold",
    "typography",
    "typographic",
    "instagram",
    "announcement",
    "graphic",
    "promo",
    "brand",
    "engagement",
    "giveaway",
    "sticker",
    "flyer",
    "headline",
    "invitation",
    "slogan",
    "festival",
];

/// Five colours that can be told apart: the ground, what is written on it, and three to play with.
#[derive(Clone, Copy, Debug)]
struct Scheme {
    palette: Palette,
    ground: &'static str,
    ink: &'static str,
    hot: &'static str,
    second: &'static str,
    tint: &'static str,
}

impl Scheme {
    /// The palette's other colours, ordered by what can be seen on this ground.
    fn on(palette: &Palette, ground: &'static str) -> Self {
        let ink = legible(ground, palette.dark, palette.light);
        let mut rest =
            vec![palette.accent, palette.mid, palette.deep, palette.soft, palette.light, palette.dark];
        rest.sort_unstable();
        rest.dedup();
        rest.retain(|tone| *tone != ground && *tone != ink && colour::contrast(tone, ground) > 1.25);
        let vivid = |tone: &&str| colour::vividness(tone) as f64 * colour::contrast(tone, ground).min(3.0);
        rest.sort_by(|one, other| vivid(other).total_cmp(&vivid(one)));
        let nth = |at: usize| rest.get(at).copied().unwrap_or(ink);
        Self { palette: *palette, ground, ink, hot: nth(0), second: nth(1), tint: nth(2) }
    }

    /// The dark or the light one, whichever can be read on this colour.
    fn over(&self, colour: &str) -> &'static str {
        legible(colour, self.palette.dark, self.palette.light)
    }
}

/// Whichever of two inks can be read better on a ground.
fn legible<'a>(ground: &str, one: &'a str, other: &'a str) -> &'a str {
    if colour::contrast(one, ground) >= colour::contrast(other, ground) { one } else { other }
}

/// One frame of a campaign: its size in pixels and all that goes into it.
struct Poster {
    width: f64,
    height: f64,
    /// A thousandth of the shorter side.
    unit: f64,
    scheme: Scheme,
    words: Vec<String>,
    style: Type,
    motif: Motif,
    icon: &'static Icon,
}

impl Poster {
    /// The pictogram in its colours, so large from the middle to its edge.
    fn icon_at(&self, (x, y): (f64, f64), size: f64) -> String {
        self.icon_on((x, y), size, &self.scheme)
    }

    /// The same on another ground.
    fn icon_on(&self, (x, y): (f64, f64), size: f64, scheme: &Scheme) -> String {
        let mut svg = format!(r#"<g transform="translate({x:.1} {y:.1}) scale({:.3})">"#, size / 100.0);
        for (at, part) in self.icon.art.split('@').enumerate() {
            let mut letters = part.chars();
            if at > 0 {
                svg += match letters.next() {
                    Some('k') => scheme.ink,
                    Some('a') => scheme.hot,
                    Some('b') => scheme.second,
                    Some('c') => scheme.tint,
                    _ => scheme.ground,
                };
            }
            svg += letters.as_str();
        }
        svg + "</g>"
    }

    /// The same frame in another size or on another ground.
    fn again(&self, (width, height): (f64, f64), ground: &'static str) -> Self {
        Self {
            width,
            height,
            unit: width.min(height) / 1000.0,
            scheme: Scheme::on(&self.scheme.palette, ground),
            words: self.words.clone(),
            ..*self
        }
    }
}

pub(super) fn paint(brief: &mut Brief) -> String {
    let palette = brief.palette;
    let ground = ground(brief);
    let mut words = brief.headline(4);
    if words.is_empty() {
        words = vec!["Hello".into()];
    }
    let poster = Poster {
        width: brief.width,
        height: brief.height,
        unit: brief.width.min(brief.height) / 1000.0,
        scheme: Scheme::on(&palette, ground),
        words,
        style: Type::of(brief),
        motif: Motif::of(brief),
        icon: icon(brief),
    };
    let tall = brief.height > brief.width * 1.2;
    if brief.has(&["carousel", "story sequence", "three frames"]) && !tall && brief.chance(0.65) {
        formats::frames(brief, &poster)
    } else if brief.has(&["tall story frame", "story frame", "reel"]) && !tall && brief.chance(0.7) {
        formats::phone(brief, &poster)
    } else if brief.has(&["banner"]) && brief.chance(0.6) {
        formats::banner(brief, &poster)
    } else {
        layouts::any(brief, &poster)
    }
}

/// The colour that most of the picture has.
fn ground(brief: &mut Brief) -> &'static str {
    let p = brief.palette;
    let choices = if brief.has(&["after-dark", "night", "midnight", "neon", "lantern", "stargazing", "disco"])
    {
        [p.dark, p.deep, p.dark, p.deep]
    } else if brief.has(&["sunny", "warm", "bouncy", "festival-bright", "summer", "citrus"]) {
        [p.accent, p.soft, p.light, p.mid]
    } else if brief.has(&["crisp", "clean", "minimal", "winter"]) {
        [p.light, p.light, p.soft, p.deep]
    } else {
        [p.accent, p.deep, p.light, p.mid]
    };
    choices[brief.below(4)]
}

/// What stands for the subject: the longest name in the topic, else in the prompt's first words, else a megaphone.
fn icon(brief: &Brief) -> &'static Icon {
    let names: Vec<&'static str> = icons::ICONS.iter().flat_map(|icon| icon.words.iter().copied()).collect();
    let named = Prompt::read(&brief.prompt.topic).find(&names);
    let found = named.and_then(|name| icons::ICONS.iter().find(|icon| icon.words.contains(&name)));
    found.unwrap_or(&icons::MEGAPHONE)
}

/// A drawing of another size put into this one, cut at its edges.
fn inset(svg: &mut String, inside: &str, (x, y): (f64, f64), poster: &Poster) {
    let (w, h) = (poster.width, poster.height);
    _ = write!(
        svg,
        r#"<svg x="{x:.1}" y="{y:.1}" width="{w:.1}" height="{h:.1}" viewBox="0 0 {w:.1} {h:.1}">{inside}</svg>"#
    );
}

#[cfg(test)]
mod tests;
