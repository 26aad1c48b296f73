//! Pictures from nothing: which generators there are, and the one that stands in for an image model.

use resvg::tiny_skia::Pixmap;
use resvg::usvg;
use serde_json::{Map, Value};

use super::node::{Given, Kind, Node, Param};
use super::{Failure, qr, quickchart, scene, shapes};

type Draw = fn(&Given<'_>, &usvg::Options<'_>) -> Result<Pixmap, Failure>;

/// What `generate` steps may name, and who draws it.
static GENERATORS: [(&Node, Draw); 4] = [
    (&IMAGINE, imagine),
    (&qr::NODE, qr::draw),
    (&quickchart::NODE, quickchart::draw),
    (&shapes::NODE, shapes::draw),
];

static IMAGINE: Node = Node {
    name: "openai",
    label: "OpenAI images",
    category: "AI",
    about: "A picture from a description in words",
    params: &[
        Param::required("prompt", Kind::Text(4000, ""), "What the picture shows"),
        Param::new("model", Kind::Text(60, "dall-e-3"), "Which model paints it"),
        Param::new(
            "size",
            Kind::Choice(&["1024x1024", "1024x1792", "1792x1024"], "1024x1024"),
            "Width and height in pixels",
        ),
        Param::new("quality", Kind::Choice(&["standard", "hd"], "standard"), "How much care it takes"),
        Param::new("style", Kind::Choice(&["vivid", "natural"], "vivid"), "How it leans"),
    ],
};

/// What this platform can make from nothing.
pub(in crate::sandbox) fn nodes() -> impl Iterator<Item = &'static Node> {
    GENERATORS.iter().map(|(node, _)| *node)
}

pub(super) fn generate(
    generator: &str,
    params: &Map<String, Value>,
    options: &usvg::Options<'_>,
) -> Result<Pixmap, Failure> {
    let (node, draw) = GENERATORS
        .iter()
        .find(|(node, _)| node.name == generator)
        .ok_or_else(|| Failure::no_provider(generator))?;
    let refuse = match generator {
        "openai" => |message: String| Failure::provider(format!("400 Invalid value: {message}")),
        _ => |message: String| Failure::generation(message),
    };
    draw(&node.read(params, refuse)?, options)
}

/// Stands in for an image model: a scene that fits the prompt, the same one every time.
fn imagine(given: &Given<'_>, options: &usvg::Options<'_>) -> Result<Pixmap, Failure> {
    let prompt = given.text("prompt").trim();
    if prompt.is_empty() {
        return Err(given.fail("'prompt' must not be empty"));
    }
    if prompt.to_lowercase().contains("forbidden content") {
        return Err(Failure::provider(
            "400 Your request was rejected as a result of our safety system: Content policy violation",
        ));
    }
    let size = match given.text("size") {
        "1024x1792" => (1024, 1792),
        "1792x1024" => (1792, 1024),
        _ => (1024, 1024),
    };
    scene::draw(prompt, size, options)
}
