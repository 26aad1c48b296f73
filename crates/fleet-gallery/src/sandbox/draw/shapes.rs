//! The `shapes` generator: one figure, filled plainly, with a gradient or with a pattern.

use std::f64::consts::TAU;
use std::fmt::Write;

use resvg::tiny_skia::Pixmap;
use resvg::usvg;

use super::canvas::LARGEST_SIDE;
use super::node::{Given, Kind, Node, Param};
use super::{Failure, canvas};

/// The platform's own teal, so that a shape asked for without a word looks the same in both places.
const TEAL: &str = "#0d9488";

pub(super) const NODE: Node = Node {
    name: "shapes",
    label: "Shapes",
    category: "Basic",
    about: "A geometric figure with a plain, graded or patterned fill",
    params: &[
        Param::new(
            "shapeType",
            Kind::Choice(&["rectangle", "circle", "ellipse", "triangle", "polygon", "star"], "rectangle"),
            "The figure",
        ),
        Param::new("width", Kind::Whole(1, LARGEST_SIDE, Some(1200)), "Width of the picture in pixels"),
        Param::new("height", Kind::Whole(1, LARGEST_SIDE, Some(630)), "Height of the picture in pixels"),
        Param::new("sides", Kind::Whole(3, 20, Some(6)), "Sides of a polygon"),
        Param::new("points", Kind::Whole(3, 20, Some(5)), "Points of a star"),
        Param::new(
            "innerRadius",
            Kind::Number(0.1, 0.9, Some(0.5)),
            "How far in a star's notches lie, as a share",
        ),
        Param::new(
            "cornerRadius",
            Kind::Number(0.0, 2048.0, Some(0.0)),
            "Corner radius of a rectangle in pixels",
        ),
        Param::new(
            "fillType",
            Kind::Choice(&["solid", "gradient", "pattern", "none"], "solid"),
            "How the figure is filled",
        ),
        Param::new("fillColor", Kind::Colour(TEAL), "Colour of a solid fill"),
        Param::new("gradientType", Kind::Choice(&["linear", "radial"], "linear"), "Kind of gradient"),
        Param::new("gradientColor1", Kind::Colour(TEAL), "Where the gradient begins"),
        Param::new("gradientColor2", Kind::Colour("#14b8a6"), "Where the gradient ends"),
        Param::new(
            "gradientAngle",
            Kind::Number(0.0, 360.0, Some(135.0)),
            "Direction of a linear gradient in degrees, 0 to the right and 90 downwards",
        ),
        Param::new(
            "patternType",
            Kind::Choice(&["dots", "stripes", "grid", "checkerboard"], "dots"),
            "Kind of pattern",
        ),
        Param::new("patternColor", Kind::Colour(TEAL), "Colour of the pattern"),
        Param::new(
            "patternBackground",
            Kind::Colour("#fafafa"),
            "Colour behind the pattern, and of the picture",
        ),
        Param::new("patternScale", Kind::Number(5.0, 200.0, Some(40.0)), "Size of a repeat in pixels"),
        Param::new("strokeColor", Kind::Colour("#000000"), "Colour of the outline"),
        Param::new(
            "strokeWidth",
            Kind::Number(0.0, 100.0, Some(0.0)),
            "Width of the outline in pixels; 0 is none",
        ),
        Param::new("rotation", Kind::Number(-360.0, 360.0, Some(0.0)), "Turn in degrees, clockwise"),
    ],
};

pub(super) fn draw(given: &Given<'_>, options: &usvg::Options<'_>) -> Result<Pixmap, Failure> {
    let size = (given.whole("width"), given.whole("height"));
    let (w, h) = (f64::from(size.0), f64::from(size.1));
    let (before, paint) = match given.text("fillType") {
        "gradient" => (gradient(given), "url(#f)".to_owned()),
        "pattern" => (pattern(given), "url(#f)".to_owned()),
        "none" => (String::new(), "none".to_owned()),
        _ => (String::new(), given.paint("fillColor")),
    };
    let width = given.number("strokeWidth");
    let stroke = match width > 0.0 {
        true => format!(r#" stroke="{}" stroke-width="{width}""#, given.paint("strokeColor")),
        false => String::new(),
    };
    let figure = figure(given, w, h);
    let (turn, x, y) = (given.number("rotation"), w / 2.0, h / 2.0);
    let inside =
        format!(r#"{before}<g fill="{paint}"{stroke} transform="rotate({turn} {x} {y})">{figure}</g>"#);
    canvas::render(&inside, size, options)
}

fn figure(given: &Given<'_>, w: f64, h: f64) -> String {
    let (x, y) = (w / 2.0, h / 2.0);
    // A little air around round figures, but never more than a small picture has.
    let inset = given.number("strokeWidth").max(10.0).min(x.min(y) * 0.5);
    let (rx, ry) = (x - inset, y - inset);
    let r = rx.min(ry);
    match given.text("shapeType") {
        "circle" => format!(r#"<circle cx="{x}" cy="{y}" r="{r}"/>"#),
        "ellipse" => format!(r#"<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}"/>"#),
        "triangle" => polygon(3, 1.0, (x, y), r),
        "polygon" => polygon(given.whole("sides"), 1.0, (x, y), r),
        "star" => polygon(2 * given.whole("points"), given.number("innerRadius"), (x, y), r),
        _ => format!(r#"<rect width="{w}" height="{h}" rx="{}"/>"#, given.number("cornerRadius")),
    }
}

/// Corners on a circle, the first one at the top, every second one drawn in by `inner`.
fn polygon(corners: u32, inner: f64, (x, y): (f64, f64), r: f64) -> String {
    let mut points = String::new();
    for corner in 0..corners {
        let angle = TAU * (f64::from(corner) / f64::from(corners) - 0.25);
        let reach = if corner % 2 == 1 { inner * r } else { r };
        _ = write!(points, "{:.2},{:.2} ", x + reach * angle.cos(), y + reach * angle.sin());
    }
    format!(r#"<polygon points="{points}"/>"#)
}

fn gradient(given: &Given<'_>) -> String {
    let stops = format!(
        r#"<stop stop-color="{}"/><stop offset="1" stop-color="{}"/>"#,
        given.paint("gradientColor1"),
        given.paint("gradientColor2")
    );
    if given.text("gradientType") == "radial" {
        return format!(r#"<radialGradient id="f">{stops}</radialGradient>"#);
    }
    let (sin, cos) = given.number("gradientAngle").to_radians().sin_cos();
    let end = |share: f64| 0.5 + 0.5 * share;
    format!(
        r#"<linearGradient id="f" x1="{:.4}" y1="{:.4}" x2="{:.4}" y2="{:.4}">{stops}</linearGradient>"#,
        end(-cos),
        end(-sin),
        end(cos),
        end(sin)
    )
}

fn pattern(given: &Given<'_>) -> String {
    let (size, colour) = (given.number("patternScale"), given.paint("patternColor"));
    let half = size / 2.0;
    let motif = match given.text("patternType") {
        "stripes" => format!(r#"<rect width="{half}" height="{size}"/>"#),
        "grid" => format!(r#"<path d="M0 0h{size}v1H1v{}H0z"/>"#, size - 1.0),
        "checkerboard" => {
            format!(r#"<path d="M0 0h{half}v{half}H0zM{half} {half}h{half}v{half}h-{half}z"/>"#)
        }
        _ => format!(r#"<circle cx="{half}" cy="{half}" r="{}"/>"#, (size / 10.0).max(2.0)),
    };
    format!(
        r#"<rect width="100%" height="100%" fill="{}"/><pattern id="f" width="{size}" height="{size}" patternUnits="userSpaceOnUse"><g fill="{colour}">{motif}</g></pattern>"#,
        given.paint("patternBackground")
    )
}
