//! The `qr` generator: a text as a code that a camera reads.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};
use resvg::tiny_skia::Pixmap;
use resvg::usvg;

use super::node::{Given, Kind, Node, Param, css};
use super::{Failure, canvas};

pub(super) const NODE: Node = Node {
    name: "qr",
    label: "QR code",
    category: "Utility",
    about: "A text or an address as a QR code",
    params: &[
        Param::required("text", Kind::Text(2953, ""), "What the code says"),
        Param::new("width", Kind::Whole(50, 1000, Some(300)), "Width and height of the picture in pixels"),
        Param::new("margin", Kind::Whole(0, 20, Some(4)), "Quiet zone around the code, in modules"),
        Param::new(
            "errorCorrectionLevel",
            Kind::Choice(&["L", "M", "Q", "H"], "M"),
            "How much of the code may be lost: 7, 15, 25 or 30 %",
        ),
        Param::new(
            "color",
            Kind::Object,
            "Colours of the code: {\"dark\", \"light\"}, or the dark one alone",
        ),
    ],
};

pub(super) fn draw(given: &Given<'_>, options: &usvg::Options<'_>) -> Result<Pixmap, Failure> {
    let text = given.text("text");
    if text.is_empty() {
        return Err(given.fail("No input text"));
    }
    let level = match given.text("errorCorrectionLevel") {
        "L" => EcLevel::L,
        "Q" => EcLevel::Q,
        "H" => EcLevel::H,
        _ => EcLevel::M,
    };
    let code = QrCode::with_error_correction_level(text, level).map_err(|error| {
        given.fail(format!("The amount of data is too big to be stored in a QR code: {error}"))
    })?;
    let (modules, margin, side) = (code.width(), given.whole("margin") as usize, given.whole("width"));
    let mut path = String::new();
    for (index, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            _ = write!(path, "M{} {}h1v1h-1z", margin + index % modules, margin + index / modules);
        }
    }
    let scale = f64::from(side) / (modules + 2 * margin) as f64;
    let (dark, light) = (colour(given, "dark", "#000000")?, colour(given, "light", "#ffffff")?);
    let inside = format!(
        r#"<rect width="{side}" height="{side}" fill="{light}"/><path transform="scale({scale})" d="{path}" fill="{dark}" shape-rendering="crispEdges"/>"#
    );
    canvas::render(&inside, (side, side), options)
}

fn colour(given: &Given<'_>, which: &str, default: &str) -> Result<String, Failure> {
    let said = given.value("color");
    let own = said.and_then(|colours| colours.get(which)).or(said.filter(|_| which == "dark"));
    let text = match own.filter(|own| !own.is_object()) {
        None => default,
        Some(value) => value.as_str().ok_or_else(|| given.fail("Color should be defined as hex string"))?,
    };
    let colour =
        text.parse().map_err(|_| given.fail(format!("Invalid hex color: {}", super::node::short(text))))?;
    Ok(css(colour))
}
