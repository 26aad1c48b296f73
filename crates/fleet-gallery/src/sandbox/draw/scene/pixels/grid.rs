//! A grid of cells, each one of a picture's parts, and how it becomes a drawing without a soft edge.

use std::fmt::Write;

use super::limit::{Colours, PARTS};
use super::sprite::Art;

pub(super) struct Grid {
    pub(super) wide: i64,
    pub(super) high: i64,
    cells: Vec<u8>,
}

/// The order in which the cells of a block of sixteen turn dark: the old way to have more colours than there are.
const WEAVE: [[f64; 4]; 4] =
    [[0.03, 0.53, 0.16, 0.66], [0.78, 0.28, 0.91, 0.41], [0.22, 0.72, 0.09, 0.59], [0.97, 0.47, 0.84, 0.34]];

impl Grid {
    pub(super) fn new(wide: i64, high: i64) -> Self {
        Self { wide, high, cells: vec![b'0'; (wide * high) as usize] }
    }

    pub(super) fn set(&mut self, x: i64, y: i64, part: u8) {
        if (0..self.wide).contains(&x) && (0..self.high).contains(&y) {
            self.cells[(y * self.wide + x) as usize] = part;
        }
    }

    pub(super) fn get(&self, x: i64, y: i64) -> u8 {
        let inside = (0..self.wide).contains(&x) && (0..self.high).contains(&y);
        if inside { self.cells[(y * self.wide + x) as usize] } else { 0 }
    }

    pub(super) fn fill(&mut self, x: i64, y: i64, wide: i64, high: i64, part: u8) {
        for row in y..y + high {
            for column in x..x + wide {
                self.set(column, row, part);
            }
        }
    }

    /// A rectangle's outline.
    pub(super) fn frame(&mut self, x: i64, y: i64, wide: i64, high: i64, part: u8) {
        self.fill(x, y, wide, 1, part);
        self.fill(x, y + high - 1, wide, 1, part);
        self.fill(x, y, 1, high, part);
        self.fill(x + wide - 1, y, 1, high, part);
    }

    pub(super) fn disc(&mut self, x: i64, y: i64, radius: i64, part: u8) {
        for row in -radius..=radius {
            for column in -radius..=radius {
                if row * row + column * column <= radius * radius + radius / 2 {
                    self.set(x + column, y + row, part);
                }
            }
        }
    }

    /// Sets a cell to one part or the other, woven so that a share of the cells has the second.
    pub(super) fn weave(&mut self, x: i64, y: i64, share: f64, one: u8, other: u8) {
        let turn = WEAVE[y.rem_euclid(4) as usize][x.rem_euclid(4) as usize];
        self.set(x, y, if share > turn { other } else { one });
    }

    /// Bands from top to bottom, each woven into the next.
    pub(super) fn bands(&mut self, top: i64, bottom: i64, parts: &[u8]) {
        let steps = parts.len() as f64 - 1.0;
        for y in top..bottom {
            let along = (y - top) as f64 / (bottom - top).max(1) as f64 * steps;
            let band = (along.floor() as usize).min(parts.len() - 2);
            // Each part keeps a stretch of its own; only between two of them are they woven.
            let share = ((along - band as f64) * 1.8 - 0.4).clamp(0.0, 1.0);
            for x in 0..self.wide {
                self.weave(x, y, share, parts[band], parts[band + 1]);
            }
        }
    }

    /// Light around a point, woven into what is there.
    pub(super) fn halo(&mut self, x: i64, y: i64, radius: i64, part: u8) {
        for row in -radius..=radius {
            for column in -radius..=radius {
                let away = ((row * row + column * column) as f64).sqrt() / radius as f64;
                let was = self.get(x + column, y + row);
                if away < 1.0 && was != 0 {
                    self.weave(x + column, y + row, (1.0 - away) * 0.8, was, part);
                }
            }
        }
    }

    /// Sets a sprite by the middle of its foot.
    pub(super) fn stamp(&mut self, art: &Art, x: i64, foot: i64) {
        let (left, top) = (x - art.wide as i64 / 2, foot - art.high as i64);
        for (index, cell) in art.cells.iter().enumerate().filter(|(_, cell)| **cell != 0) {
            self.set(left + (index % art.wide) as i64, top + (index / art.wide) as i64, *cell);
        }
    }

    /// One path for each colour; a run of cells is one step of it.
    pub(super) fn svg(&self, colours: &Colours, cell: f64, width: f64, height: f64) -> String {
        // Cells that do not divide the picture lose equally on both sides.
        let left = ((width - self.wide as f64 * cell) / 2.0).round();
        let top = ((height - self.high as f64 * cell) / 2.0).round();
        let mut svg = format!(r#"<g shape-rendering="crispEdges" transform="translate({left} {top})">"#);
        for part in PARTS {
            let mut path = String::new();
            for y in 0..self.high {
                let mut x = 0;
                while x < self.wide {
                    let from = x;
                    while x < self.wide && self.get(x, y) == *part {
                        x += 1;
                    }
                    if x > from {
                        let (across, down, long) =
                            (from as f64 * cell, y as f64 * cell, (x - from) as f64 * cell);
                        _ = write!(path, "M{across} {down}h{long}v{cell}h-{long}z");
                    }
                    x += 1;
                }
            }
            if !path.is_empty() {
                _ = write!(svg, r#"<path d="{path}" fill="{}"/>"#, colours.hex(*part));
            }
        }
        svg + "</g>"
    }
}
