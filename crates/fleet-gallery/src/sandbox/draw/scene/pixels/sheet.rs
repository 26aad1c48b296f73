//! Sheets: frames of an animation side by side, and tiles with the world they make.

use super::form::shadow;
use super::grid::Grid;
use super::{Brief, Plan, world};

/// Frames of a small animation: the hero breathes, leans, turns, leaps and blinks.
pub(super) fn sheet(grid: &mut Grid, brief: &mut Brief, plan: &Plan, dark: bool) {
    let u = plan.scale;
    let (back, line) =
        if dark { (b'0', b'h') } else { [(b'3', b'2'), (b'h', b'5'), (b'B', b'b')][brief.below(3)] };
    grid.fill(0, 0, grid.wide, grid.high, back);
    let side = 20 * u;
    let (columns, rows) = ((grid.wide / side).max(1), (grid.high / side).max(1));
    let (left, top) = ((grid.wide - columns * side) / 2, (grid.high - rows * side) / 2);
    let hero = plan.hero();
    let turned = plan.art.clone().flipped().finished(u as usize, plan.finish);
    for frame in 0..columns * rows {
        let (column, row) = (frame % columns, frame / columns);
        let (x, y) = (left + column * side, top + row * side);
        for cell in 0..side * side {
            if (cell % side / (2 * u) + cell / side / (2 * u)) % 2 == 0 {
                grid.set(x + cell % side, y + cell / side, line);
            }
        }
        grid.frame(x, y, side, side, if dark { b'5' } else { b'k' });
        let step = column * 3 / columns.max(1);
        let lift = match row % 3 {
            0 => step % 2,
            1 => [1, 3, 1, 2][column as usize % 4],
            _ => [0, 2, 0, 1][column as usize % 4],
        };
        let lean = if row % 3 == 1 { column - columns / 2 } else { 0 };
        let art = if row % 3 == 2 { &turned } else { &hero };
        let (middle, foot) = (x + side / 2 + lean * u / 2, y + side - u);
        shadow(grid, middle, foot - 1, art.wide as i64 * (6 - lift) / 7);
        let high = (foot - lift * u).max(y + art.high as i64 + 1);
        grid.stamp(art, middle, high.min(foot));
        if row % 3 == 2 {
            // The frames of a blow: an arc that grows.
            for spark in 0..=column {
                grid.fill(x + side - (3 + spark) * u, y + (3 + spark * 3) * u, u, u, b'c');
            }
        }
        grid.fill(x + u, y + u, (frame % 4 + 1) * u, u, b'a');
    }
}

/// Pieces of a world, each in its frame, and a corner where they have come together.
pub(super) fn tiles(grid: &mut Grid, brief: &mut Brief, plan: &Plan) {
    let u = plan.scale;
    let side = 16 * u / 2;
    grid.fill(0, 0, grid.wide, grid.high, b'h');
    let split = grid.high * (11 + brief.below(3) as i64) / 16 / side * side;
    let mut pieces = Grid::new(grid.wide, grid.high);
    let stage = world::Stage { ground: split - side / 2 - brief.below(side as usize) as i64, ..plan.stage };
    world::paint(&mut pieces, brief, stage);
    // Above: the world they make, with who lives in it. Below: the tiles themselves.
    for y in 0..split {
        for x in 0..grid.wide {
            grid.set(x, y, pieces.get(x, y));
        }
    }
    for platform in 0..3 {
        let (x, up) = (grid.wide * (1 + platform * 2) / 7 / side * side, 2 + brief.below(4) as i64);
        let y = (stage.ground - up * side) / side * side;
        for tile in 0..2 + platform % 2 {
            one(grid, brief, (x + tile * side, y), side, 0);
        }
    }
    let hero = plan.hero();
    let x = (grid.wide as f64 * brief.range(0.36, 0.64)) as i64;
    plan.event.behind(grid, brief, stage, (x, hero.wide as i64), u);
    grid.halo(
        x,
        stage.ground - hero.high as i64 / 2,
        hero.high as i64 * 2 / 3,
        if stage.night { b'5' } else { b'3' },
    );
    grid.stamp(&hero, x, stage.ground + 1);
    plan.event.before(grid, brief, stage, (x, stage.ground - hero.high as i64, hero.wide as i64), u);
    if plan.stage.seams {
        for line in (0..grid.wide.max(split)).step_by(side as usize) {
            for step in (0..grid.wide.max(split)).step_by(2) {
                if line < split && step < grid.wide {
                    grid.set(step, line, b'k');
                }
                if step < split {
                    grid.set(line, step, b'k');
                }
            }
        }
    }
    grid.fill(0, split, grid.wide, grid.high - split, b'0');
    let gap = side + 2 * u;
    let (columns, rows) = (grid.wide / gap, (grid.high - split - u) / gap);
    let (left, top) =
        ((grid.wide - columns * gap + 2 * u) / 2, split + (grid.high - split - rows * gap + 2 * u) / 2);
    for tile in 0..columns * rows {
        let at = (left + tile % columns * gap, top + tile / columns * gap);
        grid.frame(at.0 - 1, at.1 - 1, side + 2, side + 2, b'h');
        one(grid, brief, at, side, tile);
    }
}

/// One tile of a kind: turf, soil, brick, plank, water, stone, window, ladder, coin, thorn.
fn one(grid: &mut Grid, brief: &mut Brief, (x, y): (i64, i64), side: i64, kind: i64) {
    let parts = [
        (b'h', b'g'),
        (b'h', b'0'),
        (b'e', b'b'),
        (b'o', b'e'),
        (b'5', b'4'),
        (b'5', b'h'),
        (b'e', b'c'),
        (b'h', b'B'),
        (b'0', b'c'),
        (b'0', b'w'),
    ];
    let (base, mark) = parts[kind as usize % parts.len()];
    grid.fill(x, y, side, side, base);
    let (third, half) = (side / 3, side / 2);
    match kind % 10 {
        0 => {
            grid.fill(x, y, side, side / 4, b'G');
            for column in 0..side {
                grid.fill(x + column, y + side / 4, 1, brief.below(side as usize / 4) as i64, mark);
            }
        }
        1 | 5 => {
            for _ in 0..side {
                grid.fill(
                    x + brief.below(side as usize - 1) as i64,
                    y + brief.below(side as usize) as i64,
                    2,
                    1,
                    mark,
                );
            }
        }
        2 => {
            for row in 0..4 {
                let shift = if row % 2 == 0 { 0 } else { half / 2 };
                grid.fill(x, y + row * side / 4, side, 1, mark);
                grid.fill(x + shift, y + row * side / 4, 1, side / 4, mark);
                grid.fill(x + shift + half, y + row * side / 4, 1, side / 4, mark);
            }
        }
        3 => (0..3).for_each(|row| grid.fill(x, y + row * third, side, 1, mark)),
        4 => {
            for row in (0..side).step_by(3) {
                grid.fill(x + brief.below(half as usize) as i64, y + row, half / 2, 1, mark);
            }
            grid.fill(x, y, side, 1, b'w');
        }
        6 => {
            grid.fill(x + side / 4, y + side / 4, half, half, mark);
            grid.fill(x + half, y + side / 4, 1, half, b'k');
            grid.fill(x + side / 4, y + half, half, 1, b'k');
        }
        7 => {
            grid.fill(x + side / 4, y, 2, side, mark);
            grid.fill(x + side * 3 / 4 - 1, y, 2, side, mark);
            (0..4).for_each(|rung| grid.fill(x + side / 4, y + rung * side / 4 + 1, half, 1, mark));
        }
        8 => {
            grid.disc(x + half, y + half, third, b'o');
            grid.disc(x + half, y + half, third - 1, mark);
            grid.fill(x + half - 1, y + third, 1, third, b'w');
        }
        _ => {
            for spike in 0..4 {
                for row in 0..half {
                    grid.fill(
                        x + spike * side / 4 + (half - row) / 4,
                        y + half + row - half + side / 4,
                        1.max(row / 3),
                        1,
                        mark,
                    );
                }
            }
        }
    }
}
