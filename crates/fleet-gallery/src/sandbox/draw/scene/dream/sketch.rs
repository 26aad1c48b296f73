//! A sketch: SVG that grows shape by shape, and the tones it is made in.
//!
//! A colour is anything that prints as one: a tone, a gradient's address, or either of them with an opacity behind
//! a slash.

use std::fmt::{self, Display, Write};

/// A colour that can be mixed: red, green and blue from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tone([f64; 3]);

impl Tone {
    /// Reads `#rrggbb`; what cannot be read is black.
    pub(super) fn of(text: &str) -> Self {
        let part = |at: usize| text.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        Self([1, 3, 5].map(|at| f64::from(part(at).unwrap_or(0))))
    }

    /// This tone with a share of another, from 0 to 1.
    pub(super) fn mix(self, other: Self, share: f64) -> Self {
        Self([0, 1, 2].map(|at| self.0[at] + (other.0[at] - self.0[at]) * share))
    }

    pub(super) fn lighter(self, share: f64) -> Self {
        self.mix(Self([255.0; 3]), share)
    }

    pub(super) fn darker(self, share: f64) -> Self {
        self.mix(Self([6.0, 7.0, 16.0]), share)
    }

    /// With an opacity from 0 to 1.
    pub(super) fn at(self, opacity: f64) -> String {
        format!("{self}/{opacity:.2}")
    }
}

impl Display for Tone {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0.map(|part| part.round().clamp(0.0, 255.0) as u8);
        write!(to, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// SVG in the making.
#[derive(Default)]
pub(super) struct Sketch {
    svg: String,
    gradients: usize,
}

impl Sketch {
    pub(super) fn finish(self) -> String {
        self.svg
    }

    pub(super) fn fill(&mut self, colour: impl Display, path: &str) {
        let colour = paint("fill", &colour.to_string());
        _ = write!(self.svg, r#"<path d="{path}" {colour}/>"#);
    }

    /// Like `fill`, but a path within another is a hole in it.
    pub(super) fn hole(&mut self, colour: impl Display, path: &str) {
        let colour = paint("fill", &colour.to_string());
        _ = write!(self.svg, r#"<path d="{path}" fill-rule="evenodd" {colour}/>"#);
    }

    /// A group that was drawn before, by its id.
    pub(super) fn again(&mut self, id: &str) {
        _ = write!(self.svg, r##"<use href="#{id}"/>"##);
    }

    /// A line along a path, with round ends.
    pub(super) fn line(&mut self, colour: impl Display, width: f64, path: &str) {
        let colour = paint("stroke", &colour.to_string());
        _ = write!(
            self.svg,
            r#"<path d="{path}" fill="none" {colour} stroke-width="{width:.1}" stroke-linecap="round" stroke-linejoin="round"/>"#
        );
    }

    pub(super) fn disc(&mut self, colour: impl Display, x: f64, y: f64, radius: f64) {
        let colour = paint("fill", &colour.to_string());
        _ = write!(self.svg, r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" {colour}/>"#);
    }

    pub(super) fn ring(&mut self, colour: impl Display, width: f64, x: f64, y: f64, radius: f64) {
        let colour = paint("stroke", &colour.to_string());
        _ = write!(
            self.svg,
            r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius:.1}" fill="none" {colour} stroke-width="{width:.1}"/>"#
        );
    }

    pub(super) fn oval(&mut self, colour: impl Display, x: f64, y: f64, wide: f64, high: f64) {
        let colour = paint("fill", &colour.to_string());
        _ = write!(self.svg, r#"<ellipse cx="{x:.1}" cy="{y:.1}" rx="{wide:.1}" ry="{high:.1}" {colour}/>"#);
    }

    /// A rectangle by its left upper corner.
    pub(super) fn block(&mut self, colour: impl Display, x: f64, y: f64, wide: f64, high: f64) {
        self.slab(colour, x, y, wide, high, 0.0);
    }

    /// A rectangle with round corners.
    pub(super) fn slab(&mut self, colour: impl Display, x: f64, y: f64, wide: f64, high: f64, round: f64) {
        let colour = paint("fill", &colour.to_string());
        _ = write!(
            self.svg,
            r#"<rect x="{x:.1}" y="{y:.1}" width="{wide:.1}" height="{high:.1}" rx="{round:.1}" {colour}/>"#
        );
    }

    /// Everything drawn inside is moved, turned or faded by these attributes.
    pub(super) fn group(&mut self, attributes: &str, inside: impl FnOnce(&mut Self)) {
        _ = write!(self.svg, "<g {attributes}>");
        inside(self);
        self.svg.push_str("</g>");
    }

    /// Everything drawn inside, moved to a place, scaled and turned by degrees.
    pub(super) fn placed(&mut self, x: f64, y: f64, scale: f64, turn: f64, inside: impl FnOnce(&mut Self)) {
        let attributes =
            format!(r#"transform="translate({x:.1} {y:.1}) scale({scale:.3}) rotate({turn:.1})""#);
        self.group(&attributes, inside);
    }

    /// Everything drawn inside shows only within a path.
    pub(super) fn within(&mut self, path: &str, inside: impl FnOnce(&mut Self)) {
        let id = self.next();
        _ = write!(self.svg, r#"<clipPath id="{id}"><path d="{path}"/></clipPath>"#);
        self.group(&format!(r#"clip-path="url(#{id})""#), inside);
    }

    /// Everything drawn inside fades along a line from one point to the other, in the group's units.
    pub(super) fn fading(&mut self, from: (f64, f64), to: (f64, f64), inside: impl FnOnce(&mut Self)) {
        let (gradient, mask) = (self.next(), self.next());
        let (x, y, right, down) = (from.0, from.1, to.0, to.1);
        _ = write!(
            self.svg,
            r##"<linearGradient id="{gradient}" gradientUnits="userSpaceOnUse" x1="{x:.1}" y1="{y:.1}" x2="{right:.1}" y2="{down:.1}"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#000"/></linearGradient><mask id="{mask}" maskUnits="userSpaceOnUse" x="-3000" y="-3000" width="6000" height="6000"><rect x="-3000" y="-3000" width="6000" height="6000" fill="url(#{gradient})"/></mask>"##
        );
        self.group(&format!(r#"mask="url(#{mask})""#), inside);
    }

    /// A gradient from top to bottom of what it fills.
    pub(super) fn down(&mut self, stops: &[(f64, String)]) -> String {
        self.gradient("linearGradient", r#"x2="0" y2="1""#, stops)
    }

    /// A gradient from left to right of what it fills.
    pub(super) fn across(&mut self, stops: &[(f64, String)]) -> String {
        self.gradient("linearGradient", "", stops)
    }

    /// A gradient from the middle outwards.
    pub(super) fn round(&mut self, stops: &[(f64, String)]) -> String {
        self.gradient("radialGradient", "", stops)
    }

    /// A round body lit from the upper left.
    pub(super) fn ball(&mut self, lit: Tone, body: Tone, shade: Tone) -> String {
        let stops = [(0.0, lit.to_string()), (0.45, body.to_string()), (1.0, shade.to_string())];
        self.gradient("radialGradient", r#"cx=".36" cy=".3" r=".75""#, &stops)
    }

    /// A light that goes out towards its rim.
    pub(super) fn glow(&mut self, colour: Tone, strength: f64, x: f64, y: f64, radius: f64) {
        let stops = [
            (0.0, colour.at(strength)),
            (0.35, colour.at(strength * 0.42)),
            (0.7, colour.at(strength * 0.1)),
            (1.0, colour.at(0.0)),
        ];
        let fill = self.round(&stops);
        self.disc(fill, x, y, radius);
    }

    fn gradient(&mut self, element: &str, attributes: &str, stops: &[(f64, String)]) -> String {
        let id = self.next();
        _ = write!(self.svg, r#"<{element} id="{id}" {attributes}>"#);
        for (offset, colour) in stops {
            let (colour, opacity) = colour.split_once('/').unwrap_or((colour, "1"));
            _ = write!(
                self.svg,
                r#"<stop offset="{offset}" stop-color="{colour}" stop-opacity="{opacity}"/>"#
            );
        }
        _ = write!(self.svg, "</{element}>");
        format!("url(#{id})")
    }

    fn next(&mut self) -> String {
        self.gradients += 1;
        format!("g{}", self.gradients)
    }
}

fn paint(attribute: &str, colour: &str) -> String {
    match colour.split_once('/') {
        Some((colour, opacity)) => format!(r#"{attribute}="{colour}" {attribute}-opacity="{opacity}""#),
        None => format!(r#"{attribute}="{colour}""#),
    }
}
