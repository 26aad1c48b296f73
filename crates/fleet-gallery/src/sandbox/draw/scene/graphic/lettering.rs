//! Type: fits a headline into a box and sets it in the manner that the prompt asks for, all from one bold face.

use std::fmt::Write;

use super::super::{Brief, canvas, colour};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Type {
    Fat,
    Condensed,
    Wobbly,
    Tall,
    Huge,
    Tilted,
    Stencil,
    Bubble,
    Cut,
    Plain,
}

#[rustfmt::skip]
const TYPES: &[(&str, Type)] = &[
    ("hand-cut letters", Type::Cut), ("cut-out letters", Type::Cut),
    ("fat rounded type", Type::Fat), ("rounded type", Type::Fat), ("chunky type", Type::Fat),
    ("condensed capitals", Type::Condensed), ("condensed", Type::Condensed),
    ("wobbly hand lettering", Type::Wobbly), ("hand lettering", Type::Wobbly), ("handwritten", Type::Wobbly), ("hand-lettered", Type::Wobbly),
    ("tall narrow type", Type::Tall), ("narrow type", Type::Tall), ("one huge word", Type::Huge), ("huge word", Type::Huge),
    ("tilted headline type", Type::Tilted), ("tilted", Type::Tilted), ("stencil letters", Type::Stencil), ("stencil", Type::Stencil),
    ("soft bubble letters", Type::Bubble), ("bubble letters", Type::Bubble),
];

/// Advance widths of the bold face, in thousandths of its size, from `!` to `~`; others are taken as wide.
#[rustfmt::skip]
const WIDTHS: [u16; 94] = [
    456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696, 696, 696, 696, 400, 400,
    838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774,
    1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716,
    493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
];

/// How wide a text is, in shares of its size.
fn width(text: &str) -> f64 {
    let one = |letter: char| match letter {
        ' ' => 348,
        letter => {
            let at = (letter as usize).checked_sub('!' as usize);
            at.and_then(|at| WIDTHS.get(at)).copied().unwrap_or(if letter.is_uppercase() { 780 } else { 700 })
        }
    };
    text.chars().map(|letter| f64::from(one(letter)) / 1000.0).sum()
}

impl Type {
    pub(super) fn of(brief: &mut Brief) -> Self {
        let free =
            [Self::Plain, Self::Fat, Self::Condensed, Self::Tilted, Self::Plain, Self::Bubble, Self::Tall];
        let any = free[brief.below(free.len())];
        let names: Vec<&'static str> = TYPES.iter().map(|(name, _)| *name).collect();
        let called = brief.find(&names);
        TYPES.iter().find(|(name, _)| Some(*name) == called).map_or(any, |(_, style)| *style)
    }

    /// How much narrower than drawn.
    fn stretch(self) -> f64 {
        match self {
            Self::Condensed => 0.66,
            Self::Tall => 0.52,
            _ => 1.0,
        }
    }

    /// What letters need beyond their own width, in shares of the size.
    fn spread(self) -> f64 {
        match self {
            Self::Fat => 0.035,
            Self::Bubble => 0.06,
            Self::Cut => 0.13,
            Self::Wobbly => 0.03,
            Self::Plain | Self::Tilted => -0.025,
            _ => 0.0,
        }
    }

    fn cased(self, word: &str) -> String {
        match self {
            Self::Bubble | Self::Wobbly => word.to_lowercase(),
            _ => word.to_uppercase(),
        }
    }

    fn line_width(self, line: &str) -> f64 {
        (width(line) + self.spread() * line.chars().count() as f64 + 0.04) * self.stretch()
    }
}

/// Where words go, and in which colours.
pub(super) struct Setting<'a> {
    /// Left, top, width and height.
    pub(super) area: (f64, f64, f64, f64),
    pub(super) ink: &'a str,
    /// For outlines, gaps and paper.
    pub(super) ground: &'a str,
    /// Two more, for what has several.
    pub(super) others: [&'a str; 2],
    pub(super) centred: bool,
    /// How far down they stand in the area, from 0 at its head to 1 at its foot.
    pub(super) down: f64,
}

/// Sets the words as large as the area allows.
pub(super) fn set(svg: &mut String, brief: &mut Brief, style: Type, words: &[String], setting: &Setting<'_>) {
    let (x, y, w, h) = setting.area;
    let tilt = if style == Type::Tilted { brief.range(-9.0, -5.0) } else { 0.0 };
    // A tilted line must still fit.
    let (w, h) = if tilt == 0.0 { (w, h) } else { (w * 0.97, h - 0.13 * w) };
    let y = if tilt == 0.0 { y } else { y + 0.1 * w };
    let words: Vec<String> = words.iter().map(|word| style.cased(word)).collect();
    let (lines, sizes) = if style == Type::Huge { huge(&words, w, h) } else { broken(&words, style, w, h) };
    let tall: f64 = sizes.iter().map(|size| size * LEADING).sum();
    let mut base = y + (h - tall) * setting.down;
    if tilt != 0.0 {
        _ = write!(svg, r#"<g transform="rotate({tilt:.1} {:.0} {:.0})">"#, x + w / 2.0, y + h / 2.0);
    }
    for (number, (line, size)) in lines.iter().zip(&sizes).enumerate() {
        base += size * LEADING;
        let long = style.line_width(line) * size;
        let left = if setting.centred { x + (w - long) / 2.0 } else { x };
        one_line(svg, brief, style, (line, number), (left, base - size * 0.13, *size), setting);
    }
    if tilt != 0.0 {
        *svg += "</g>";
    }
}

/// From one line's foot to the next, in shares of the size.
const LEADING: f64 = 0.98;

/// The way of breaking the words into lines that lets them be largest.
fn broken(words: &[String], style: Type, w: f64, h: f64) -> (Vec<String>, Vec<f64>) {
    let breaks = words.len().saturating_sub(1).min(6);
    let mut best: (f64, Vec<String>) = (0.0, Vec::new());
    for choice in 0..1_usize << breaks {
        let mut lines = vec![String::new()];
        for (at, word) in words.iter().enumerate() {
            if at > 0 && choice >> (at - 1) & 1 == 1 {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                if !line.is_empty() {
                    line.push(' ');
                }
                *line += word;
            }
        }
        let widest = lines.iter().map(|line| style.line_width(line)).fold(0.1, f64::max);
        let size = (w / widest).min(h / (lines.len() as f64 * LEADING));
        if size > best.0 {
            best = (size, lines);
        }
    }
    let sizes = vec![best.0; best.1.len()];
    (best.1, sizes)
}

/// The longest word across the whole width, the others small above and below.
fn huge(words: &[String], w: f64, h: f64) -> (Vec<String>, Vec<f64>) {
    let Some(star) = (0..words.len()).max_by_key(|at| words[*at].chars().count()) else {
        return (vec![], vec![]);
    };
    let (before, after) = (words[..star].join(" "), words[star + 1..].join(" "));
    let mut lines = Vec::new();
    for (line, most) in [(before, 0.2), (words[star].clone(), 0.6), (after, 0.2)] {
        if !line.is_empty() {
            let size = (w / Type::Huge.line_width(&line)).min(h * most / LEADING);
            lines.push((line, size));
        }
    }
    lines.into_iter().unzip()
}

fn one_line(
    svg: &mut String,
    brief: &mut Brief,
    style: Type,
    (line, number): (&str, usize),
    (x, y, size): (f64, f64, f64),
    setting: &Setting<'_>,
) {
    let ink = setting.ink;
    let text = canvas::escaped(line);
    let plain = |fill: &str, more: &str| {
        format!(
            r#"<text x="0" y="0" font-size="{size:.1}" font-weight="bold" fill="{fill}" letter-spacing="{:.2}" {more}>{text}</text>"#,
            style.spread() * size
        )
    };
    let stretch = style.stretch();
    _ = write!(svg, r#"<g transform="translate({:.1} {y:.1}) scale({stretch} 1)">"#, x + 0.02 * size);
    match style {
        Type::Fat => {
            *svg += &plain(
                ink,
                &format!(r#"stroke="{ink}" stroke-width="{:.1}" stroke-linejoin="round""#, size * 0.055),
            )
        }
        Type::Bubble => {
            // A swollen outline with a colour inside, and its shadow behind.
            let [shadow, other] = setting.others;
            let inside =
                if colour::contrast(other, ink) > colour::contrast(shadow, ink) { other } else { shadow };
            let round = |tone: &str, share: f64, more: &str| {
                plain(
                    tone,
                    &format!(
                        r#"stroke="{tone}" stroke-width="{:.1}" stroke-linejoin="round" {more}"#,
                        size * share
                    ),
                )
            };
            let off = size * 0.05;
            *svg += &round(
                inside,
                0.17,
                &format!(r#"transform="translate({off:.1} {off:.1})" fill-opacity=".6" stroke-opacity=".6""#),
            );
            *svg += &round(ink, 0.16, "");
            *svg += &round(inside, 0.04, "");
        }
        Type::Stencil => {
            // The bridges that hold a stencil together.
            _ = write!(
                svg,
                r##"<defs><mask id="bridge{number}" maskUnits="userSpaceOnUse" x="-20" y="-{size:.0}" width="{:.0}" height="{:.0}"><rect x="-20" y="-{size:.0}" width="{:.0}" height="{:.0}" fill="#fff"/>"##,
                width(line) * size + 40.0,
                size * 1.4,
                width(line) * size + 40.0,
                size * 1.4
            );
            let mut at = 0.0;
            for letter in line.chars() {
                let wide = width(&letter.to_string()) * size;
                _ = write!(
                    svg,
                    r##"<rect x="{:.1}" y="-{size:.0}" width="{:.1}" height="{:.0}" fill="#000"/>"##,
                    at + wide / 2.0 - size * 0.026,
                    size * 0.052,
                    size * 1.4
                );
                at += wide;
            }
            _ = write!(svg, r#"</mask></defs><g mask="url(#bridge{number})">{}</g>"#, plain(ink, ""));
        }
        Type::Wobbly | Type::Cut => letters(svg, brief, style, line, size, setting),
        _ => *svg += &plain(ink, ""),
    }
    *svg += "</g>";
}

/// Letter by letter, none quite like the last.
fn letters(svg: &mut String, brief: &mut Brief, style: Type, line: &str, size: f64, setting: &Setting<'_>) {
    let mut at = 0.0;
    for letter in line.chars() {
        let wide = (width(&letter.to_string()) + style.spread()) * size;
        if letter != ' ' {
            let (turn, lift, grow) =
                (brief.range(-7.0, 7.0), brief.range(-0.05, 0.05) * size, brief.range(0.93, 1.06));
            let middle = at + wide / 2.0;
            _ = write!(
                svg,
                r#"<g transform="translate({middle:.1} {lift:.1}) rotate({turn:.1}) scale({grow:.2})">"#
            );
            let mut ink = setting.ink;
            let mut share = 1.0;
            if style == Type::Cut {
                // Every letter on its own piece of paper.
                let (half, top, low) = (wide * 0.47, size * 0.8, size * 0.1);
                let mut jag = || brief.range(-0.05, 0.05) * size;
                let points = [
                    (-half + jag(), -top + jag()),
                    (half + jag(), -top + jag()),
                    (half + jag(), low + jag()),
                    (-half + jag(), low + jag()),
                ];
                let points: String = points.iter().map(|(x, y)| format!("{x:.1},{y:.1} ")).collect();
                let paper = [setting.ink, setting.others[0], setting.others[1]][brief.below(3)];
                let paper = if colour::contrast(paper, setting.ground) > 1.7 { paper } else { setting.ink };
                ink = super::legible(paper, setting.ink, setting.ground);
                share = 0.84;
                _ = write!(
                    svg,
                    r##"<polygon points="{points}" fill="#000" fill-opacity=".22" transform="translate({s:.1} {s:.1})"/><polygon points="{points}" fill="{paper}"/>"##,
                    s = size * 0.03
                );
            }
            _ = write!(
                svg,
                r#"<text y="{:.1}" font-size="{:.1}" font-weight="bold" text-anchor="middle" fill="{ink}">{}</text></g>"#,
                -size * (1.0 - share) * 0.4,
                size * share,
                canvas::escaped(&letter.to_string())
            );
        }
        at += wide;
    }
}
