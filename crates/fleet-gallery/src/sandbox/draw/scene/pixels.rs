//! Pixel art: a small grid, seven colours, a hero, a world to walk in.

use std::fmt::Write;

use super::{Brief, Palette};

pub(super) const WORDS: &[&str] = &[
    "pixel",
    "sprite",
    "8-bit",
    "16-bit",
    "tile",
    "tileset",
    "dungeon",
    "retro",
    "game",
    "platformer",
    "arcade",
    "rpg",
    "boss",
    "inventory",
    "knight",
    "slime",
    "dithering",
    "roguelike",
    "animation",
    "pixels",
];

/// The shorter side in cells.
const CELLS: usize = 64;

/// A grid of colours.
struct Grid {
    columns: usize,
    rows: usize,
    cells: Vec<&'static str>,
}

impl Grid {
    fn set(&mut self, x: i64, y: i64, colour: &'static str) {
        if let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y))
            && x < self.columns
            && y < self.rows
        {
            self.cells[y * self.columns + x] = colour;
        }
    }

    fn fill(&mut self, x: i64, y: i64, wide: i64, tall: i64, colour: &'static str) {
        for row in y..y + tall {
            for column in x..x + wide {
                self.set(column, row, colour);
            }
        }
    }

    fn disc(&mut self, x: i64, y: i64, radius: i64, colour: &'static str) {
        for row in -radius..=radius {
            for column in -radius..=radius {
                if row * row + column * column <= radius * radius {
                    self.set(x + column, y + row, colour);
                }
            }
        }
    }

    /// Runs of one colour become one rectangle each.
    fn svg(&self, width: f64, height: f64) -> String {
        let (w, h) = (width / self.columns as f64, height / self.rows as f64);
        let mut svg = String::from(r#"<g shape-rendering="crispEdges">"#);
        for (row, line) in self.cells.chunks(self.columns).enumerate() {
            let mut start = 0;
            for column in 1..=line.len() {
                if column == line.len() || line[column] != line[start] {
                    let (x, y) = (start as f64 * w, row as f64 * h);
                    _ = write!(
                        svg,
                        r#"<rect x="{x}" y="{y}" width="{}" height="{h}" fill="{}"/>"#,
                        (column - start) as f64 * w,
                        line[start]
                    );
                    start = column;
                }
            }
        }
        svg + "</g>"
    }
}

pub(super) fn paint(brief: &mut Brief) -> String {
    let p = brief.palette;
    let cell = brief.width.min(brief.height) / CELLS as f64;
    let (columns, rows) = ((brief.width / cell).round() as usize, (brief.height / cell).round() as usize);
    let mut grid = Grid { columns, rows, cells: vec![p.deep; columns * rows] };
    let cave = brief.has(&["dungeon", "cave", "boss", "roguelike", "castle"]) || brief.chance(0.25);
    if cave {
        dungeon(&mut grid, brief)
    } else {
        outdoors(&mut grid, brief)
    }
    grid.svg(brief.width, brief.height)
}

fn outdoors(grid: &mut Grid, brief: &mut Brief) {
    let p = brief.palette;
    let (columns, rows) = (grid.columns as i64, grid.rows as i64);
    let night = brief.has(&["night", "moon", "space", "stars"]) || brief.chance(0.4);
    let bands: [&str; 4] =
        if night { [p.dark, p.deep, p.mid, p.soft] } else { [p.mid, p.soft, p.light, p.light] };
    for row in 0..rows {
        let depth = row as f64 / rows as f64 * 4.2;
        for column in 0..columns {
            // Ordered dithering between bands: the old way to have more colours than there are.
            let threshold = [0.1, 0.6, 0.85, 0.35][((row % 2) * 2 + column % 2) as usize];
            let band = (depth + if depth.fract() > threshold { 0.5 } else { 0.0 }).floor().min(3.0);
            grid.set(column, row, bands[band as usize]);
        }
    }
    let sun = brief.below(grid.columns - 24) as i64 + 12;
    grid.disc(sun, rows / 5, 6, p.light);
    grid.disc(sun, rows / 5, 5, p.accent);
    if night {
        grid.disc(sun + 3, rows / 5 - 2, 4, p.dark);
        for _ in 0..columns / 2 {
            let (x, y) = (brief.below(grid.columns) as i64, brief.below(grid.rows / 2) as i64);
            grid.set(x, y, p.light);
        }
    } else {
        for _ in 0..4 {
            let (x, y) = (brief.below(grid.columns) as i64, 6 + brief.below(grid.rows / 4) as i64);
            let wide = 7 + brief.below(6) as i64;
            grid.fill(x, y, wide, 2, "#ffffff");
            grid.fill(x + 2, y - 2, wide - 5, 2, "#ffffff");
        }
    }
    for (layer, colour) in [(0, if night { p.deep } else { p.soft }), (1, p.deep)] {
        let mut top = rows * (52 + 10 * layer) / 100;
        for column in 0..columns {
            top = (top + brief.below(3) as i64 - 1).clamp(rows * 38 / 100, rows * 70 / 100);
            grid.fill(column, top, 1, rows - top, colour);
        }
    }
    let ground = rows * 80 / 100;
    grid.fill(0, ground, columns, rows - ground, p.dark);
    grid.fill(0, ground, columns, 2, "#7ac74f");
    for column in 0..columns {
        if brief.chance(0.4) {
            grid.set(column, ground - 1, "#7ac74f");
        }
        if brief.chance(0.5) {
            grid.set(column, ground + 2, "#4f9d3a");
        }
        if brief.chance(0.3) {
            grid.set(column, ground + 4 + brief.below(6) as i64, p.deep);
        }
    }
    for _ in 0..2 + columns / 40 {
        let (x, y) = (brief.below(grid.columns - 14) as i64, ground - 14 - brief.below(14) as i64);
        let wide = 8 + brief.below(7) as i64;
        grid.fill(x, y, wide, 3, p.dark);
        grid.fill(x, y, wide, 1, "#7ac74f");
        for coin in 0..wide / 4 {
            grid.fill(x + 1 + coin * 4, y - 5, 2, 3, "#ffd23f");
        }
    }
    for _ in 0..3 {
        let x = brief.below(grid.columns - 8) as i64 + 4;
        grid.fill(x, ground - 7, 2, 7, "#7a4a2b");
        grid.disc(x, ground - 10, 4, "#3c8d40");
        grid.disc(x - 1, ground - 11, 2, "#7ac74f");
    }
    let (x, foe) = (columns / 5, columns * 3 / 4);
    creature(grid, brief, x, ground, p.accent, "#ffffff");
    creature(grid, brief, foe, ground, p.mid, p.light);
}

fn dungeon(grid: &mut Grid, brief: &mut Brief) {
    let p = brief.palette;
    let (columns, rows) = (grid.columns as i64, grid.rows as i64);
    for row in 0..rows {
        for column in 0..columns {
            let joint = row % 6 == 0 || (column + if (row / 6) % 2 == 0 { 0 } else { 5 }) % 10 == 0;
            grid.set(column, row, if joint { p.dark } else { p.deep });
        }
    }
    for _ in 0..columns {
        let (x, y) = (brief.below(grid.columns) as i64, brief.below(grid.rows) as i64);
        grid.set(x, y, p.mid);
    }
    let floor = rows * 78 / 100;
    grid.fill(0, floor, columns, rows - floor, p.dark);
    for tile in 0..columns / 8 + 1 {
        grid.fill(tile * 8, floor, 7, 3, p.mid);
        grid.fill(tile * 8, floor, 7, 1, p.soft);
    }
    let gate = columns / 2 - 7;
    grid.disc(gate + 7, floor - 20, 9, p.dark);
    grid.fill(gate - 2, floor - 20, 19, 20, p.dark);
    grid.disc(gate + 7, floor - 20, 7, "#07060f");
    grid.fill(gate, floor - 20, 15, 20, "#07060f");
    for torch in [columns / 5, columns * 4 / 5] {
        grid.disc(torch, floor - 26, 7, p.mid);
        grid.disc(torch, floor - 26, 4, "#ff9f1c");
        grid.disc(torch, floor - 27, 2, "#fff3b0");
        grid.fill(torch, floor - 22, 1, 6, "#7a4a2b");
    }
    for glow in [3, 10] {
        grid.fill(gate + glow, floor - 17, 2, 2, p.accent);
    }
    let chest = columns * 7 / 10;
    grid.fill(chest, floor - 6, 10, 6, "#7a4a2b");
    grid.fill(chest, floor - 6, 10, 2, "#b06f3a");
    grid.fill(chest + 4, floor - 5, 2, 2, "#ffd23f");
    creature(grid, brief, columns / 4, floor, p.accent, "#ffffff");
}

/// A creature standing on the ground: a random half, mirrored, with eyes.
fn creature(grid: &mut Grid, brief: &mut Brief, x: i64, ground: i64, body: &'static str, eyes: &'static str) {
    let Palette { dark, .. } = brief.palette;
    let tall = 10 + brief.below(3) as i64;
    let mut half = vec![[false; 5]; tall as usize];
    for (row, line) in half.iter_mut().enumerate() {
        let reach = if row < 2 || row + 2 > tall as usize { 2 + brief.below(2) } else { 3 + brief.below(3) };
        for cell in line.iter_mut().take(reach) {
            *cell = true;
        }
    }
    for (row, line) in half.iter().enumerate() {
        for (column, on) in line.iter().enumerate().filter(|(_, on)| **on) {
            let edge = column + 1 == line.iter().filter(|on| **on).count() || row == 0;
            let colour = if edge && *on { dark } else { body };
            let y = ground - tall + row as i64;
            grid.set(x + column as i64, y, colour);
            grid.set(x - 1 - column as i64, y, colour);
        }
    }
    for eye in [x - 3, x + 1] {
        grid.fill(eye, ground - tall + 4, 2, 2, eyes);
        grid.set(eye + 1, ground - tall + 5, dark);
    }
    grid.fill(x - 1, ground - 1, 2, 1, dark);
}
