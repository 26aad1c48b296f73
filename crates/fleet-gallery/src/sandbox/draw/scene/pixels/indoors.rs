//! Worlds without a sky: caves, halls with windows or shelves, the deep sea.

use super::Brief;
use super::grid::Grid;
use super::sprite::Home;
use super::world::Stage;

pub(super) fn cave(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let (u, wide) = (stage.unit, grid.wide);
    grid.fill(0, 0, wide, grid.high, b'0');
    let (x, y) = (wide / 2, stage.ground * 6 / 10);
    grid.halo(x, y, (wide as f64 * 0.62) as i64, b'h');
    grid.halo(x, y, (wide as f64 * 0.36) as i64, b'5');
    for (part, reach) in [(b'h', 15), (b'k', 9)] {
        let mut x = 0;
        while x < wide {
            let (half, long) = ((1 + brief.below(3) as i64) * u, (3 + brief.below(reach) as i64) * u);
            for row in 0..long {
                let left = half * (long - row) / long;
                grid.fill(x - left, row, 2 * left + 1, 1, part);
            }
            x += half * 2 + brief.below(3) as i64 * u;
        }
    }
    for _ in 0..5 {
        let (x, high) = (brief.below(wide as usize) as i64, (2 + brief.below(5) as i64) * u);
        for row in 0..high {
            let half = row / 3;
            grid.fill(x - half, stage.ground - high + row, half + 1, 1, b'c');
            grid.fill(x + 1, stage.ground - high + row, half, 1, b'o');
        }
    }
    bricks(grid, brief, stage, 26);
}

/// Some bricks where the wall shows.
fn bricks(grid: &mut Grid, brief: &mut Brief, stage: Stage, count: usize) {
    let u = stage.unit;
    for _ in 0..count {
        let (x, y) = (
            brief.below(grid.wide as usize) as i64 / (4 * u) * 4 * u,
            brief.below(stage.ground as usize) as i64 / (2 * u) * 2 * u,
        );
        for (column, row) in (0..3 * u).flat_map(|column| (0..u).map(move |row| (column, row))) {
            if grid.get(x + column, y + row) == b'0' {
                grid.set(x + column, y + row, b'h');
            }
        }
    }
}

pub(super) fn deep(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let u = stage.unit;
    grid.bands(0, grid.high, b"3250");
    for shaft in 0..4 {
        let from = grid.wide * (shaft * 2 + 1) / 8 + brief.below(5) as i64 * u;
        for y in 0..stage.ground {
            for x in 0..5 * u {
                let was = grid.get(from + x + y / 4, y);
                if was != 0 {
                    grid.weave(from + x + y / 4, y, 0.42 * (1.0 - y as f64 / stage.ground as f64), was, b'w');
                }
            }
        }
    }
    for _ in 0..9 {
        let (x, high) = (brief.below(grid.wide as usize) as i64, (5 + brief.below(9) as i64) * u);
        for y in 0..high {
            let sway = ((y as f64 / u as f64) * 0.8 + x as f64).sin() * u as f64;
            grid.fill(x + sway as i64, stage.ground - y, u, 1, if brief.chance(0.2) { b'G' } else { b'g' });
        }
    }
    for _ in 0..26 {
        let (x, y) = (brief.below(grid.wide as usize) as i64, brief.below(stage.ground as usize) as i64);
        grid.set(x, y, b'w');
        if u > 1 && brief.chance(0.5) {
            grid.frame(x, y, 3, 3, b'w');
        }
    }
}

pub(super) fn hall(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let (u, wide) = (stage.unit, grid.wide);
    grid.fill(0, 0, wide, grid.high, b'h');
    let (lit, joint) = if stage.home == Home::Castle { (b'5', b'h') } else { (b'h', b'0') };
    grid.halo(wide / 2, stage.ground * 5 / 9, wide * 5 / 9, lit);
    for row in (0..stage.ground).step_by(5 * u as usize) {
        for x in 0..wide {
            let shifted = x + if (row / (5 * u)) % 2 == 0 { 0 } else { 4 * u };
            if shifted % (8 * u) < u.min(2) && stage.home == Home::Castle {
                grid.fill(x, row, 1, 5 * u, joint);
            }
        }
        grid.fill(0, row, wide, u.min(2), joint);
    }
    let mut x = 2 * u;
    while x < wide {
        if stage.home == Home::Library || stage.home == Home::Hall && brief.chance(0.5) {
            shelf(grid, brief, stage, x);
        } else {
            // A window with the night in it, or a banner.
            let top = stage.ground * 3 / 10;
            if brief.chance(0.5) {
                grid.fill(x, top, 7 * u, 11 * u, b'k');
                grid.disc(x + 3 * u, top, 3 * u, b'k');
                grid.fill(x + u, top, 5 * u, 10 * u, b'2');
                grid.disc(x + 3 * u, top, 2 * u, b'2');
                grid.fill(x + 3 * u, top - 2 * u, u, 12 * u, b'k');
                grid.set(x + 2 * u, top + 2 * u, b'w');
                grid.set(x + 5 * u, top + 4 * u, b'w');
            } else {
                grid.fill(x, top - 4 * u, 7 * u, 12 * u, b'd');
                grid.fill(x + 2 * u, top - u, 3 * u, 3 * u, b'c');
                for step in 0..4 * u {
                    grid.fill(
                        x + step.min(7 * u - step),
                        top + 8 * u + step,
                        (7 * u - 2 * step.min(3 * u)).max(1),
                        1,
                        b'd',
                    );
                }
            }
        }
        x += 12 * u;
    }
}

fn shelf(grid: &mut Grid, brief: &mut Brief, stage: Stage, x: i64) {
    let u = stage.unit;
    let top = stage.ground * 2 / 10;
    grid.fill(x, top, 9 * u, stage.ground - top, b'k');
    for row in (top + u..stage.ground - 5 * u).step_by(6 * u as usize) {
        let mut along = x + u;
        while along < x + 8 * u {
            let high = (3 + brief.below(3) as i64) * u;
            let part = [b'e', b'd', b'b', b'g', b'o'][brief.below(5)];
            grid.fill(along, row + 5 * u - high, u, high, part);
            along += u;
        }
        grid.fill(x, row + 5 * u, 9 * u, u, b'g');
    }
}
