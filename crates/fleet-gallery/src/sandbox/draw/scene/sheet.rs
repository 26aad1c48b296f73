//! A sheet to draw and write on: charts and interfaces need the same few marks, and the same care that what is
//! written can be read.

use std::fmt::Write;

use super::canvas;

/// A part of a picture, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

impl Area {
    pub(super) fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w: w.max(1.0), h: h.max(1.0) }
    }

    pub(super) fn right(&self) -> f64 {
        self.x + self.w
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// The same without so much at the left, the top, the right and the bottom.
    pub(super) fn less(&self, left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self::new(self.x + left, self.y + top, self.w - left - right, self.h - top - bottom)
    }

    /// One of so many columns and rows with a gap between them.
    pub(super) fn cell(
        &self,
        (column, columns): (usize, usize),
        (row, rows): (usize, usize),
        gap: f64,
    ) -> Self {
        let wide = (self.w - gap * (columns as f64 - 1.0)) / columns as f64;
        let high = (self.h - gap * (rows as f64 - 1.0)) / rows as f64;
        Self::new(self.x + column as f64 * (wide + gap), self.y + row as f64 * (high + gap), wide, high)
    }
}

/// How words are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type<'a> {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) colour: &'a str,
    /// `start`, `middle` or `end`.
    pub(super) anchor: &'a str,
}

impl<'a> Type<'a> {
    pub(super) fn new(size: f64, colour: &'a str) -> Self {
        Self { size, bold: false, colour, anchor: "start" }
    }

    pub(super) fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) fn middle(self) -> Self {
        Self { anchor: "middle", ..self }
    }

    pub(super) fn end(self) -> Self {
        Self { anchor: "end", ..self }
    }

    /// About how wide a text is, in pixels.
    pub(super) fn width(&self, text: &str) -> f64 {
        let share = |character: char| match character {
            'i' | 'j' | 'l' | '\'' | '’' | '|' | 'I' => 0.29,
            '.' | ',' | ':' | ' ' => 0.32,
            'f' | 't' | 'r' | '-' | '(' | ')' | '/' => 0.39,
            'c' | 's' | 'k' | 'v' | 'x' | 'y' | 'z' => 0.56,
            'm' | 'w' | 'M' | 'W' | '%' => 0.92,
            character if character.is_uppercase() => 0.7,
            _ => 0.625,
        };
        let weight = if self.bold { 1.12 } else { 1.0 };
        text.chars().map(share).sum::<f64>() * self.size * weight
    }

    /// The text, or as much of it as fits with an ellipsis.
    pub(super) fn fitting(&self, text: &str, wide: f64) -> String {
        if self.width(text) <= wide {
            return text.to_owned();
        }
        let mut short = text.to_owned();
        while !short.is_empty() && self.width(&short) + self.size * 0.6 > wide {
            short.pop();
        }
        format!("{}…", short.trim_end())
    }

    /// The text in lines of at most this width; the last one of `most` ends with an ellipsis if more would follow.
    pub(super) fn lines(&self, text: &str, wide: f64, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let full = lines.len() == most;
            match lines.last_mut() {
                Some(line) if self.width(line) + self.width(word) + self.size * 0.29 <= wide => {
                    line.push(' ');
                    line.push_str(word);
                }
                Some(line) if full => {
                    line.push('…');
                    return lines;
                }
                _ => lines.push(self.fitting(word, wide)),
            }
        }
        lines
    }
}

/// An SVG that grows.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) svg: String,
    /// What was written on what, for tests of contrast.
    #[cfg(test)]
    pub(super) written: Vec<(String, String)>,
}

impl Sheet {
    pub(super) fn put(&mut self, svg: &str) {
        self.svg.push_str(svg);
    }

    pub(super) fn rect(&mut self, area: Area, round: f64, fill: &str) {
        let Area { x, y, w, h } = area;
        let round = round.min(w / 2.0).min(h / 2.0);
        _ = write!(
            self.svg,
            r#"<rect x="{x:.2}" y="{y:.2}" width="{w:.2}" height="{h:.2}" rx="{round:.2}" fill="{fill}"/>"#
        );
    }

    /// A rectangle with an outline that lies inside it.
    pub(super) fn boxed(&mut self, area: Area, round: f64, fill: &str, line: &str, width: f64) {
        let Area { x, y, w, h } = area.less(width / 2.0, width / 2.0, width / 2.0, width / 2.0);
        _ = write!(
            self.svg,
            r#"<rect x="{x:.2}" y="{y:.2}" width="{w:.2}" height="{h:.2}" rx="{round:.2}" fill="{fill}" stroke="{line}" stroke-width="{width:.2}"/>"#
        );
    }

    pub(super) fn circle(&mut self, (x, y): (f64, f64), r: f64, fill: &str) {
        _ = write!(self.svg, r#"<circle cx="{x:.2}" cy="{y:.2}" r="{r:.2}" fill="{fill}"/>"#);
    }

    pub(super) fn ring(&mut self, (x, y): (f64, f64), r: f64, width: f64, line: &str) {
        _ = write!(
            self.svg,
            r#"<circle cx="{x:.2}" cy="{y:.2}" r="{r:.2}" fill="none" stroke="{line}" stroke-width="{width:.2}"/>"#
        );
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), width: f64, colour: &str) {
        let ((x1, y1), (x2, y2)) = (from, to);
        _ = write!(
            self.svg,
            r#"<path d="M{x1:.2} {y1:.2}L{x2:.2} {y2:.2}" stroke="{colour}" stroke-width="{width:.2}"/>"#
        );
    }

    pub(super) fn fill(&mut self, path: &str, fill: &str) {
        _ = write!(self.svg, r#"<path d="{path}" fill="{fill}"/>"#);
    }

    pub(super) fn stroke(&mut self, path: &str, width: f64, colour: &str) {
        _ = write!(
            self.svg,
            r#"<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:.2}" stroke-linejoin="round" stroke-linecap="round"/>"#
        );
    }

    /// Words at their base line.
    pub(super) fn text(&mut self, (x, y): (f64, f64), set: Type<'_>, text: &str) {
        let Type { size, bold, colour, anchor } = set;
        let weight = if bold { r#" font-weight="bold""# } else { "" };
        _ = write!(
            self.svg,
            r#"<text x="{x:.2}" y="{y:.2}" font-size="{size:.2}" fill="{colour}" text-anchor="{anchor}"{weight}>{}</text>"#,
            canvas::escaped(text)
        );
    }

    /// The same, on a ground that is known: the colour gives way until the words can be read.
    pub(super) fn words(&mut self, at: (f64, f64), set: Type<'_>, text: &str, ground: &str) {
        let colour = readable(set.colour, ground, 4.5);
        #[cfg(test)]
        self.written.push((colour.clone(), ground.to_owned()));
        self.text(at, Type { colour: &colour, ..set }, text);
    }
}

/// A path through points, straight from each to the next.
pub(super) fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        _ = write!(path, "{}{x:.2} {y:.2}", if index == 0 { 'M' } else { 'L' });
    }
    path
}

/// Red, green and blue of `#rrggbb`, 0 to 1 each.
fn channels(colour: &str) -> [f64; 3] {
    let channel = |at: usize| {
        let digits = colour.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        f64::from(digits.unwrap_or(0)) / 255.0
    };
    [channel(1), channel(3), channel(5)]
}

/// A colour between two, `#rrggbb` each; 0 is the first and 1 the second.
pub(super) fn mix(one: &str, other: &str, share: f64) -> String {
    let (one, other) = (channels(one), channels(other));
    let channel =
        |at: usize| ((one[at] + (other[at] - one[at]) * share).clamp(0.0, 1.0) * 255.0).round() as u8;
    format!("#{:02x}{:02x}{:02x}", channel(0), channel(1), channel(2))
}

/// How far a colour is from grey, 0 to 1.
pub(super) fn vividness(colour: &str) -> f64 {
    let channels = channels(colour);
    channels.iter().copied().fold(0.0, f64::max) - channels.iter().copied().fold(1.0, f64::min)
}

/// How bright a colour is to the eye, 0 to 1.
pub(super) fn luminance(colour: &str) -> f64 {
    let [r, g, b] = channels(colour).map(|channel| match channel <= 0.04045 {
        true => channel / 12.92,
        false => ((channel + 0.055) / 1.055).powf(2.4),
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// The contrast of two colours as accessibility guidelines count it, 1 to 21.
pub(super) fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The colour, or the nearest darker or lighter one that stands out from the ground this much.
pub(super) fn readable(colour: &str, ground: &str, least: f64) -> String {
    let to = if contrast("#ffffff", ground) > contrast("#000000", ground) { "#ffffff" } else { "#000000" };
    (0..=20)
        .map(|step| mix(colour, to, f64::from(step) / 20.0))
        .find(|mixed| contrast(mixed, ground) >= least)
        .unwrap_or_else(|| to.into())
}

/// White or nearly black, whichever can be read on this.
pub(super) fn on(ground: &str) -> &'static str {
    if contrast("#ffffff", ground) >= 4.5 { "#ffffff" } else { "#14161a" }
}
