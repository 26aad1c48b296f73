//! What can be photographed: each object as a drawing, the outline that casts its shadow, and what it is made of.
//!
//! Drawings stand on the origin (or lie around it), are about 560 units high or wide, and are lit from the left. A mark
//! such as `@b` stands for a tone: `@s` `@b` `@h` are the material's shade, body and highlight, `@S` `@B` `@H` those of
//! the second material, `@k` and `@p` the palette's darkest and lightest, `@a` its accent. `url(#body)` and `url(#trim)`
//! round the two materials off from left to right, `url(#face)` lights one from above.

mod desk;
mod home;
mod kitchen;
mod table;
mod wear;

use super::material::{self, Material};

/// How an object meets the surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// On its foot, seen from the front and a little from above.
    Stands,
    /// Flat, seen from above.
    Lies,
    /// On the wall.
    Hangs,
}

pub(super) struct Object {
    /// What people call it; the first is its name.
    pub(super) names: &'static [&'static str],
    pub(super) stance: Stance,
    /// Width and height.
    pub(super) size: (f64, f64),
    /// A path: what casts the shadow.
    pub(super) outline: &'static str,
    pub(super) art: &'static str,
    /// What it and its trim are made of if the prompt does not say; an empty name leaves it to the palette.
    pub(super) made_of: (&'static str, &'static str),
}

const ALL: [&[Object]; 5] = [kitchen::OBJECTS, table::OBJECTS, home::OBJECTS, desk::OBJECTS, wear::OBJECTS];

/// What to fall back on where nothing else is to be had.
pub(super) const FIRST: &Object = &kitchen::OBJECTS[0];

/// Every object's names, for finding one in a prompt.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    all().flat_map(|object| object.names.iter().copied())
}

pub(super) fn all() -> impl Iterator<Item = &'static Object> {
    ALL.iter().flat_map(|objects| objects.iter())
}

/// The object of that name.
pub(super) fn called(name: &str) -> Option<&'static Object> {
    all().find(|object| object.names.contains(&name))
}

impl Object {
    /// The drawing in its colours.
    pub(super) fn drawn(&self, body: &Material, trim: &Material, palette: &super::Palette) -> String {
        let mut svg = String::with_capacity(self.art.len() + 256);
        let mut parts = self.art.split('@');
        svg += parts.next().unwrap_or_default();
        for part in parts {
            let mut letters = part.chars();
            svg += match letters.next() {
                Some('s') => body.shade,
                Some('b') => body.body,
                Some('h') => body.shine,
                Some('S') => trim.shade,
                Some('B') => trim.body,
                Some('H') => trim.shine,
                Some('k') => palette.dark,
                Some('p') => palette.light,
                _ => palette.accent,
            };
            svg += letters.as_str();
        }
        svg
    }

    /// Its materials where the prompt names none: its own, or else what is handed in.
    pub(super) fn usual(&self, body: Material, trim: Material) -> (Material, Material) {
        let known = |name: &str, other: Material| material::called(name).unwrap_or(other);
        (known(self.made_of.0, body), known(self.made_of.1, trim))
    }
}
