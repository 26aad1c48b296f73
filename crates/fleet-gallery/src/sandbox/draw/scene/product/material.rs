//! What things are made of: a word such as "walnut" or "brass" as three tones.

use super::Palette;

/// A material's tones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Material {
    pub(super) shade: &'static str,
    pub(super) body: &'static str,
    pub(super) shine: &'static str,
}

#[rustfmt::skip]
const MATERIALS: &[(&[&str], [&str; 3])] = &[
    (&["walnut", "mahogany", "teak", "rosewood"], ["#3a2417", "#6f4a2f", "#a97a52"]),
    (&["oak", "beech", "beechwood", "ash wood", "wood", "wooden", "maple", "pine"], ["#7a5330", "#b98a55", "#e0bc87"]),
    (&["birch", "bamboo", "plywood", "ash"], ["#a07a45", "#d8b57c", "#f3deb2"]),
    (&["wicker", "rattan", "straw", "seagrass", "willow"], ["#6e4a26", "#b17f47", "#dcb47a"]),
    (&["cork"], ["#8a6238", "#c2935c", "#e2bf8e"]),
    (&["brass", "gold", "golden"], ["#6b4a17", "#c2953f", "#fbe6a6"]),
    (&["copper", "bronze", "rose gold"], ["#6a2c16", "#b8663a", "#f6c39a"]),
    (&["silver", "steel", "chrome", "aluminium", "pewter"], ["#4a5058", "#9aa3ad", "#f4f7fa"]),
    (&["tin", "zinc", "metal"], ["#4d5355", "#8f999b", "#dfe6e6"]),
    (&["cast-iron", "iron", "matte black", "black", "blackened"], ["#0f1012", "#2a2c30", "#5d6269"]),
    (&["amber glass", "amber"], ["#4f2206", "#9a4d10", "#eda64a"]),
    (&["green glass"], ["#12382a", "#2f7454", "#a9dcbc"]),
    (&["smoked glass"], ["#1d2124", "#4a5156", "#a9b3b8"]),
    (&["glass", "crystal", "water"], ["#6f949c", "#b5d0d4", "#f3fbfb"]),
    (&["stoneware", "clay body", "hand-thrown"], ["#5e5346", "#a2937d", "#dcd0bb"]),
    (&["porcelain", "enamel", "white", "ceramic", "chalk"], ["#a9a69e", "#ebe8e1", "#ffffff"]),
    (&["terracotta", "clay", "earthenware"], ["#7c3a20", "#bd6a45", "#e9a681"]),
    (&["concrete", "cement", "stone", "granite"], ["#62635f", "#9c9d97", "#cfd0c9"]),
    (&["marble"], ["#a4a3a6", "#e2e1e0", "#ffffff"]),
    (&["leather", "suede", "saddle"], ["#46230f", "#8a4d26", "#c98a58"]),
    (&["canvas", "linen", "linen-bound", "cotton", "hessian", "jute"], ["#8b7a5b", "#c6b591", "#e9ddc2"]),
    (&["waxed cotton"], ["#2d3322", "#565c3b", "#8d9166"]),
    (&["olive soap", "olive"], ["#6f7440", "#a9ad6c", "#d9dba6"]),
    (&["soy", "beeswax", "wax"], ["#c9b489", "#efe1bd", "#fffaea"]),
    (&["honey"], ["#8a4a08", "#d98a1c", "#ffd57a"]),
    (&["plastic", "rubber"], ["#2b3038", "#59616d", "#a7b0bb"]),
    (&["cocoa", "chocolate"], ["#2a1710", "#54301f", "#8d5c40"]),
    (&["paper", "card", "cardboard", "kraft"], ["#8a6a45", "#c4a070", "#e7cea4"]),
];

/// Every material's names.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    MATERIALS.iter().flat_map(|(names, _)| names.iter().copied())
}

/// The material of that name.
pub(super) fn called(name: &str) -> Option<Material> {
    let (_, [shade, body, shine]) = MATERIALS.iter().find(|(names, _)| names.contains(&name))?;
    Some(Material { shade, body, shine })
}

/// What the palette gives: coloured glaze, cloth or lacquer. There are three of them.
pub(super) fn coloured(palette: &Palette, which: usize) -> Material {
    match which % 3 {
        0 => Material { shade: palette.dark, body: palette.deep, shine: palette.mid },
        1 => Material { shade: palette.deep, body: palette.mid, shine: palette.soft },
        _ => Material { shade: palette.deep, body: palette.accent, shine: palette.light },
    }
}
