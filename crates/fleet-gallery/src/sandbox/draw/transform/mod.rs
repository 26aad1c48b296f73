//! Pictures from pictures: which transforms there are, and what each is told.
//!
//! Each takes a picture and leaves it as it was. What it does is a file of its own: `colour` changes what pixels
//! look like, `frame` how many there are, `soft` how sharp, and `letter` writes on them.

mod colour;
mod frame;
mod letter;
mod soft;

use std::sync::Arc;

use resvg::tiny_skia::Pixmap;
use resvg::usvg;
use serde_json::{Map, Value};

use super::Failure;
use super::canvas::LARGEST_SIDE;
use super::node::{Given, Kind, Node, Param};

/// What a transform works with.
struct Job<'a> {
    source: &'a Pixmap,
    given: Given<'a>,
    /// Pictures of earlier steps, by name.
    find: &'a dyn Fn(&str) -> Option<Arc<Pixmap>>,
    options: &'a usvg::Options<'a>,
}

type Make = fn(&Job<'_>) -> Result<Pixmap, Failure>;

const fn node(
    name: &'static str,
    label: &'static str,
    category: &'static str,
    about: &'static str,
    params: &'static [Param],
) -> Node {
    Node { name, label, category, about, params }
}

const SIDE: Kind = Kind::Whole(1, LARGEST_SIDE, None);
const EDGE: Kind = Kind::Whole(0, LARGEST_SIDE, Some(0));

/// What `transform` steps may name, and who makes it.
static TRANSFORMS: [(Node, Make); 17] = [
    (
        node(
            "convert",
            "Convert",
            "Format",
            "The picture in another format; here PNG is the only one",
            &[Param::new("to", Kind::Text(40, ""), "The format: image/png")],
        ),
        frame::convert,
    ),
    (
        node(
            "resize",
            "Resize",
            "Size",
            "The picture in another size",
            &[
                Param::new("width", SIDE, "Width in pixels; left out, it follows the height"),
                Param::new("height", SIDE, "Height in pixels; left out, it follows the width"),
                Param::new(
                    "fit",
                    Kind::Choice(&["cover", "contain", "fill"], "cover"),
                    "Whether edges are cut off, bars are added, or the picture is stretched",
                ),
            ],
        ),
        frame::resize,
    ),
    (
        node(
            "composite",
            "Composite",
            "Composition",
            "Pictures of earlier steps laid over this one",
            &[Param::required(
                "overlays",
                Kind::List,
                "What is laid over it: [{\"in\": name of a step's picture, \"left\", \"top\"}], in pixels",
            )],
        ),
        frame::composite,
    ),
    (
        node(
            "extend",
            "Extend",
            "Size",
            "A border around the picture",
            &[
                Param::new("top", EDGE, "Pixels above"),
                Param::new("bottom", EDGE, "Pixels below"),
                Param::new("left", EDGE, "Pixels to the left"),
                Param::new("right", EDGE, "Pixels to the right"),
                Param::new("background", Kind::Colour("#000000"), "Colour of the border"),
            ],
        ),
        frame::extend,
    ),
    (
        node(
            "extract",
            "Extract",
            "Size",
            "A part of the picture",
            &[
                Param::required("left", EDGE, "Where it begins, in pixels from the left"),
                Param::required("top", EDGE, "Where it begins, in pixels from the top"),
                Param::required("width", SIDE, "Width in pixels"),
                Param::required("height", SIDE, "Height in pixels"),
            ],
        ),
        frame::extract,
    ),
    (
        node(
            "roundCorners",
            "Round corners",
            "Effects",
            "The picture with round, transparent corners",
            &[Param::required("radius", Kind::Number(0.0, 4096.0, None), "Radius in pixels")],
        ),
        frame::round_corners,
    ),
    (
        node(
            "blur",
            "Blur",
            "Filters",
            "The picture out of focus",
            &[Param::new("sigma", Kind::Number(0.3, 1000.0, Some(3.0)), "How far, in pixels")],
        ),
        soft::blur,
    ),
    (
        node(
            "sharpen",
            "Sharpen",
            "Filters",
            "The picture with crisper edges",
            &[
                Param::new("sigma", Kind::Number(0.000_001, 10.0, Some(1.0)), "Width of an edge in pixels"),
                Param::new(
                    "m1",
                    Kind::Number(0.0, 1_000_000.0, Some(1.0)),
                    "How much flat areas are sharpened",
                ),
                Param::new("m2", Kind::Number(0.0, 1_000_000.0, Some(2.0)), "How much edges are sharpened"),
            ],
        ),
        soft::sharpen,
    ),
    (node("grayscale", "Grayscale", "Filters", "The picture without colour", &[]), colour::grayscale),
    (node("negate", "Negate", "Filters", "The picture in opposite colours", &[]), colour::negate),
    (
        node("normalize", "Normalize", "Filters", "The picture with its contrast stretched", &[]),
        colour::normalize,
    ),
    (
        node(
            "threshold",
            "Threshold",
            "Filters",
            "The picture in black and white alone",
            &[Param::new(
                "value",
                Kind::Number(0.0, 255.0, Some(128.0)),
                "From this brightness on it is white",
            )],
        ),
        colour::threshold,
    ),
    (
        node(
            "modulate",
            "Modulate",
            "Adjustments",
            "Brightness, saturation, hue and lightness",
            &[
                Param::new("brightness", Kind::Number(0.0, 100.0, Some(1.0)), "A factor; 1 changes nothing"),
                Param::new("saturation", Kind::Number(0.0, 100.0, Some(1.0)), "A factor; 1 changes nothing"),
                Param::new(
                    "hue",
                    Kind::Number(-36_000.0, 36_000.0, Some(0.0)),
                    "A turn of the colour wheel in degrees",
                ),
                Param::new(
                    "lightness",
                    Kind::Number(-100.0, 100.0, Some(0.0)),
                    "What is added, in percent of white",
                ),
            ],
        ),
        colour::modulate,
    ),
    (
        node(
            "tint",
            "Tint",
            "Filters",
            "The picture in shades of one colour",
            &[Param::required("color", Kind::Colour(""), "The colour")],
        ),
        colour::tint,
    ),
    (
        node(
            "preset",
            "Preset",
            "Effects",
            "A look that has a name",
            &[Param::required(
                "name",
                Kind::Choice(&["vintage", "sepia", "cool", "warm", "dramatic", "muted"], ""),
                "The look",
            )],
        ),
        colour::preset,
    ),
    (
        node(
            "addText",
            "Add text",
            "Text",
            "Words on the picture",
            &[
                Param::required("text", Kind::Text(1000, ""), "The words"),
                Param::new(
                    "x",
                    Kind::Number(-4096.0, 4096.0, Some(20.0)),
                    "Where they begin, in pixels from the left",
                ),
                Param::new(
                    "y",
                    Kind::Number(-4096.0, 4096.0, None),
                    "Their base line, in pixels from the top",
                ),
                Param::new("fontSize", Kind::Number(1.0, 512.0, Some(32.0)), "Size in pixels"),
                Param::new("color", Kind::Colour("#ffffff"), "Colour of the words"),
            ],
        ),
        letter::text,
    ),
    (
        node(
            "addCaption",
            "Add caption",
            "Text",
            "A bar with words, which makes the picture taller",
            &[
                Param::required("text", Kind::Text(1000, ""), "The words"),
                Param::new("position", Kind::Choice(&["top", "bottom"], "bottom"), "Where the bar is"),
                Param::new("fontSize", Kind::Number(6.0, 256.0, Some(24.0)), "Size in pixels"),
                Param::new("backgroundColor", Kind::Colour("#000000"), "Colour of the bar"),
                Param::new("textColor", Kind::Colour("#ffffff"), "Colour of the words"),
            ],
        ),
        letter::caption,
    ),
];

/// What this platform can make from a picture.
pub(in crate::sandbox) fn nodes() -> impl Iterator<Item = &'static Node> {
    TRANSFORMS.iter().map(|(node, _)| node)
}

pub(super) fn transform(
    op: &str,
    source: &Pixmap,
    params: &Map<String, Value>,
    find: &dyn Fn(&str) -> Option<Arc<Pixmap>>,
    options: &usvg::Options<'_>,
) -> Result<Pixmap, Failure> {
    let (node, make) = TRANSFORMS
        .iter()
        .find(|(node, _)| node.name == op)
        .ok_or_else(|| Failure::transform(format!("Unknown operation: {}", super::node::short(op))))?;
    let given = node.read(params, Failure::transform)?;
    make(&Job { source, given, find, options })
}
