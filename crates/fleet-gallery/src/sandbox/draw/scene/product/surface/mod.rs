//! What the object stands or lies on. Owns the look of each material, near and far.

use std::fmt::Write;

mod grounds;

use super::super::Brief;
use super::objects::{Object, Stance};
use super::{Stage, props};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surface {
    Linen,
    Concrete,
    Paper,
    Limestone,
    Oak,
    Acrylic,
    Cloth,
    Slate,
    Terrazzo,
    Books,
    Pebbles,
    SmokedGlass,
    Handmade,
    Marble,
    Plinth,
    Tiles,
    Plain,
}

#[rustfmt::skip]
const SURFACES: &[(&str, Surface)] = &[
    ("pale linen", Surface::Linen), ("linen tablecloth", Surface::Linen), ("on linen", Surface::Linen),
    ("raw concrete", Surface::Concrete), ("concrete", Surface::Concrete), ("cement", Surface::Concrete),
    ("warm grey paper", Surface::Paper), ("seamless", Surface::Paper), ("chalk background", Surface::Paper), ("seamless chalk background", Surface::Paper),
    ("limestone", Surface::Limestone), ("brushed limestone", Surface::Limestone), ("sandstone", Surface::Limestone), ("on stone", Surface::Limestone),
    ("oak table", Surface::Oak), ("scuffed oak table", Surface::Oak), ("wooden table", Surface::Oak), ("table", Surface::Oak), ("desk surface", Surface::Oak), ("wooden surface", Surface::Oak),
    ("acrylic", Surface::Acrylic), ("white acrylic", Surface::Acrylic), ("mirror", Surface::Acrylic),
    ("folded sand-coloured cloth", Surface::Cloth), ("folded cloth", Surface::Cloth), ("silk", Surface::Cloth), ("velvet", Surface::Cloth), ("fabric", Surface::Cloth),
    ("slate", Surface::Slate), ("dark slate", Surface::Slate), ("on slate", Surface::Slate),
    ("terrazzo", Surface::Terrazzo), ("stack of old books", Surface::Books), ("old books", Surface::Books), ("stack of books", Surface::Books),
    ("river pebbles", Surface::Pebbles), ("pebbles", Surface::Pebbles), ("gravel", Surface::Pebbles),
    ("smoked glass", Surface::SmokedGlass), ("black glass", Surface::SmokedGlass),
    ("handmade paper", Surface::Handmade), ("marble", Surface::Marble), ("plinth", Surface::Plinth), ("pedestal", Surface::Plinth),
    ("tiles", Surface::Tiles), ("tiled", Surface::Tiles), ("bathroom", Surface::Tiles), ("kitchen", Surface::Tiles),
];

impl Surface {
    /// What the prompt names, else one of the quiet ones.
    pub(super) fn of(brief: &mut Brief) -> Self {
        let names: Vec<&'static str> = SURFACES.iter().map(|(name, _)| *name).collect();
        let quiet = [Self::Plain, Self::Paper, Self::Plinth, Self::Plain][brief.below(4)];
        let called = brief.find(&names);
        SURFACES.iter().find(|(name, _)| Some(*name) == called).map_or(quiet, |(_, surface)| *surface)
    }

    /// Whether it shows things upside down.
    pub(super) fn glossy(self) -> bool {
        matches!(self, Self::Acrylic | Self::SmokedGlass | Self::Marble | Self::Tiles)
    }

    fn tones(self, brief: &Brief) -> (&'static str, &'static str) {
        let p = brief.palette;
        match self {
            Self::Linen => ("#e7decb", "#d9cdb4"),
            Self::Concrete => ("#b9b8b2", "#9d9c96"),
            Self::Paper => ("#d8d3ca", "#cbc4b8"),
            Self::Limestone => ("#e2d9c8", "#cfc3ac"),
            Self::Oak => ("#c59a66", "#a97b48"),
            Self::Acrylic => ("#fbfbfa", "#e4e6e7"),
            Self::Cloth => ("#dcc6a0", "#c9ad80"),
            Self::Slate => ("#3a4147", "#2a2f34"),
            Self::Terrazzo => ("#efeae2", "#e0d9ce"),
            Self::Pebbles => ("#8f8b83", "#6c6861"),
            Self::SmokedGlass => ("#3b4043", "#15181a"),
            Self::Handmade => (p.mid, p.deep),
            Self::Marble => ("#f4f3f1", "#dcdbdb"),
            Self::Tiles => (p.light, p.soft),
            Self::Books | Self::Plinth | Self::Plain => (p.soft, p.mid),
        }
    }

    /// Covers the picture from the horizon down.
    pub(super) fn lay(self, svg: &mut String, brief: &mut Brief, stage: &Stage, wall: &str) {
        let (w, top, h) = (stage.width, stage.horizon, stage.height);
        let (near, far) = self.tones(brief);
        let flat = top == 0.0;
        let seamless = matches!(self, Self::Paper | Self::Plain | Self::Plinth | Self::Books) && !flat;
        // A sweep of paper has no edge: the wall becomes the floor.
        let (upper, back) = if seamless { (top - h * 0.1, wall.to_owned()) } else { (top, far.to_owned()) };
        _ = write!(svg, "<defs>");
        *svg += &super::vertical(
            "floor",
            &[(0.0, &back), (0.32, if seamless { near } else { far }), (1.0, near)],
        );
        _ = write!(
            svg,
            r#"</defs><rect y="{upper}" width="{w}" height="{}" fill="url(#floor)"/>"#,
            h - upper
        );
        match self {
            Self::Linen => grounds::linen(svg, brief, stage),
            Self::Concrete => grounds::concrete(svg, brief, stage),
            Self::Limestone => grounds::strokes(svg, brief, stage, ("#8d7c5d", 70)),
            Self::Oak => grounds::oak(svg, brief, stage),
            Self::Cloth => grounds::cloth(svg, brief, stage),
            Self::Slate => grounds::slate(svg, brief, stage),
            Self::Terrazzo => grounds::terrazzo(svg, brief, stage),
            Self::Pebbles => grounds::pebbles(svg, brief, stage),
            Self::Handmade => grounds::handmade(svg, brief, stage),
            Self::Marble => grounds::marble(svg, brief, stage),
            Self::Tiles => grounds::tiles(svg, stage),
            Self::Acrylic | Self::SmokedGlass | Self::Paper | Self::Books | Self::Plinth | Self::Plain => {}
        }
        if !flat && !seamless {
            // The far edge falls out of focus, and a little of the wall's colour lies on everything.
            let band = h * 0.035;
            _ = write!(
                svg,
                r##"<rect y="{}" width="{w}" height="{band}" fill="#000" fill-opacity=".07"/><rect y="{}" width="{w}" height="3" fill="#fff" fill-opacity=".3"/>"##,
                top, top
            );
        }
        _ = write!(
            svg,
            r#"<rect y="{upper}" width="{w}" height="{}" fill="{wall}" fill-opacity=".1"/>"#,
            h - upper
        );
    }

    /// Puts what it stands on under a standing object, and tells by how much that lifts it, in pixels.
    pub(super) fn raise(self, svg: &mut String, brief: &mut Brief, stage: &Stage, object: &Object) -> f64 {
        match (self, object.stance) {
            (Self::Books, _) => props::books(svg, brief, stage, object),
            (Self::Plinth, Stance::Stands) => props::plinth(svg, brief, stage, object),
            _ => 0.0,
        }
    }
}
