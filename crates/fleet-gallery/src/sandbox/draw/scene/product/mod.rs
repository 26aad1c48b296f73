//! A product shot: one object on a surface that the prompt names, in its light, with its shadow.
//!
//! Everything is drawn as if the light came from the left; where it comes from the right the picture is turned round.

mod light;
mod material;
mod objects;
mod props;
mod surface;

use std::fmt::Write;

use super::{Brief, Palette, colour, horizontal, radial, subject::Prompt, vertical};
use light::Light;
use material::Material;
use objects::{Object, Stance};
use surface::Surface;

pub(super) const WORDS: &[&str] = &[
    "product",
    "packshot",
    "bottle",
    "perfume",
    "candle",
    "mug",
    "cup",
    "jar",
    "lamp",
    "studio",
    "listing",
    "shop",
    "hero",
    "ceramic",
    "vase",
    "box",
    "package",
    "skincare",
    "soap",
    "plinth",
    "shadow",
    "backdrop",
    "kettle",
    "bowl",
    "notebook",
    "sneaker",
    "headphones",
    "watch",
    "chair",
    "tabletop",
    "background",
    "shallow focus",
    "photo",
    "photograph",
];

/// Where everything goes.
struct Stage {
    width: f64,
    height: f64,
    /// A thousandth of the shorter side, about.
    unit: f64,
    /// Where the surface ends at the back; 0 where it fills the picture.
    horizon: f64,
    /// Where the object stands, or its middle lies or hangs.
    place: (f64, f64),
    /// From the object's units to pixels.
    scale: f64,
    /// Of a lying object, in degrees.
    turn: f64,
}

pub(super) fn paint(brief: &mut Brief) -> String {
    let object = chosen(brief);
    let light = Light::of(brief);
    let surface = Surface::of(brief);
    let (body, trim) = materials(object, brief);
    let mut stage = Stage::of(object, brief);
    if surface == Surface::Books && object.stance == Stance::Stands {
        stage.scale *= 0.86;
    }
    let p = brief.palette;
    let (w, h) = (brief.width, brief.height);
    let wall = light.wall(brief);
    let mut svg = String::from("<defs>");
    svg += &vertical("wall", &[(0.0, wall.0), (1.0, wall.1)]);
    svg += &rounded("body", &body);
    svg += &rounded("trim", &trim);
    svg += &vertical("face", &[(0.0, body.shine), (0.35, body.body), (1.0, body.body)]);
    svg += &horizontal("gilt", &[(0.0, "#7d5c1e"), (0.35, "#fbe9b0"), (0.6, "#d3a848"), (1.0, "#6f4f17")]);
    svg += &radial("glow", &[(0.0, "#ffffff/.8"), (0.5, "#ffffff/.25"), (1.0, "#ffffff/0")]);
    svg += &radial("warm", &[(0.0, "#ffd98a/.75"), (0.4, "#ffbf5e/.28"), (1.0, "#ffb347/0")]);
    svg += &radial("shade", &[(0.0, "#000000/.5"), (0.5, "#000000/.2"), (1.0, "#000000/0")]);
    svg += &vertical("fall", &[(0.0, &format!("{}/.25", p.dark)), (1.0, p.dark)]);
    svg += "</defs>";
    let mirrored = light.from_right;
    if mirrored {
        _ = write!(svg, r#"<g transform="translate({w} 0) scale(-1 1)">"#);
    }
    if object.stance != Stance::Lies {
        _ = write!(svg, r#"<rect width="{w}" height="{h}" fill="url(#wall)"/>"#);
        props::behind(&mut svg, brief, &stage);
    }
    if object.stance == Stance::Hangs {
        light.on_wall(&mut svg, brief, &stage);
    }
    surface.lay(&mut svg, brief, &stage, wall.1);
    if object.stance != Stance::Hangs {
        light.on_wall(&mut svg, brief, &stage);
    }
    if object.stance != Stance::Hangs {
        let lift = surface.raise(&mut svg, brief, &stage, object);
        stage.place.1 -= lift;
    }
    if object.stance == Stance::Stands {
        props::beside(&mut svg, brief, &stage, object);
    }
    light.shadow(&mut svg, brief, &stage, object, surface.glossy());
    let drawing = object.drawn(&body, &trim, &p);
    light.reflection(&mut svg, &stage, object, &drawing, surface.glossy());
    let ((x, y), scale, turn) = (stage.place, stage.scale, stage.turn);
    _ = write!(
        svg,
        r#"<g transform="translate({x:.1} {y:.1}) rotate({turn:.1}) scale({scale:.3})">{drawing}</g>"#
    );
    light.over(&mut svg, brief, &stage);
    if mirrored {
        svg += "</g>";
    }
    svg
}

/// The object that the prompt is about; where it names none that can be drawn, a parcel or anything.
fn chosen(brief: &mut Brief) -> &'static Object {
    let names: Vec<&'static str> = objects::names().collect();
    let topic = Prompt::read(&brief.prompt.topic);
    let named = topic.find(&names).or_else(|| brief.find(&names)).and_then(objects::called);
    let all = objects::all().count();
    let any = brief.below(all);
    let other = if topic.words.is_empty() { objects::all().nth(any) } else { objects::called("box") };
    named.or(other).unwrap_or(objects::FIRST)
}

/// What the object is made of: what the prompt says, else what it usually is, else something of the palette.
fn materials(object: &Object, brief: &mut Brief) -> (Material, Material) {
    let first = brief.below(3);
    let second = first + 1 + brief.below(2);
    let (mut body, mut trim) =
        object.usual(material::coloured(&brief.palette, first), material::coloured(&brief.palette, second));
    let topic = Prompt::read(&brief.prompt.topic);
    let named = topic.all(&material::names().collect::<Vec<_>>());
    // Reading glasses are called so, and are not made of it.
    let name = Prompt::read(object.names[0]);
    let named = named.into_iter().filter(|said| name.find(&[said]).is_none());
    for said in named.filter_map(material::called) {
        // "A soy candle in a clay jar": what is only ever its trim does not become its body.
        if material::called(object.made_of.1) == Some(said) {
            trim = said;
        } else {
            body = said;
            break;
        }
    }
    if let Some([shade, _, own, tint, _]) = colour::of_thing(&topic) {
        body = Material { shade, body: own, shine: tint };
    }
    (body, trim)
}

/// A gradient that makes a flat shape round: a bright band left of the middle, a little light come back on the right.
fn rounded(id: &str, material: &Material) -> String {
    let Material { shade, body, shine } = *material;
    horizontal(id, &[(0.0, body), (0.2, shine), (0.42, body), (0.85, shade), (0.94, shade), (1.0, body)])
}

impl Stage {
    fn of(object: &Object, brief: &mut Brief) -> Self {
        let (w, h) = (brief.width, brief.height);
        let unit = w.min(h) / 1024.0;
        let close = if brief.has(&["macro", "macro detail", "close-up"]) {
            1.3
        } else if brief.has(&["tight", "tight square crop", "crop"]) {
            1.2
        } else if brief.has(&["wide margin", "margin for text", "copy space", "negative space"]) {
            0.92
        } else {
            brief.range(0.92, 1.06)
        };
        let (frame_w, frame_h) = (w.min(h * 1.25), h.min(w * 1.3));
        let share = if object.stance == Stance::Stands { (0.58, 0.55) } else { (0.6, 0.6) };
        let fit = (frame_w * share.0 / object.size.0).min(frame_h * share.1 / object.size.1);
        let scale = fit.min(1.6 * unit) * close;
        let aside = brief.has(&["margin for text", "wide margin", "on the right"]);
        let wide = w > h * 1.2;
        let across = if aside {
            0.35
        } else if wide {
            [0.36, 0.5, 0.62][brief.below(3)]
        } else {
            brief.range(0.46, 0.54)
        };
        let low = brief.has(&["low angle", "level horizon", "eye level"]);
        let above =
            brief.has(&["straight from above", "top-down", "from above view", "flat lay", "overhead"]);
        let (horizon, foot) = match object.stance {
            Stance::Lies => (0.0, 0.5),
            Stance::Hangs => (0.87, 0.43),
            Stance::Stands if above => (0.0, 0.72),
            Stance::Stands if low => (0.74, 0.8),
            Stance::Stands => (brief.range(0.54, 0.62), brief.range(0.73, 0.77)),
        };
        let turn = match object.stance {
            Stance::Lies => brief.range(-26.0, 16.0),
            _ => 0.0,
        };
        let place = (w * across, h * foot);
        Self { width: w, height: h, unit, horizon: h * horizon, place, scale, turn }
    }
}

#[cfg(test)]
mod tests;
