//! Worlds behind a sprite: sky, distance and ground for each home.

use super::grid::Grid;
use super::sprite::Home;
use super::{Brief, indoors};

/// What a world is laid out by.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    pub(super) home: Home,
    pub(super) night: bool,
    /// The row on which a hero stands.
    pub(super) ground: i64,
    /// Cells to a sixty-fourth of the shorter side, at least one.
    pub(super) unit: i64,
    pub(super) seams: bool,
}

/// Homes for whoever has none.
pub(super) const OUTDOORS: &[Home] =
    &[Home::Field, Home::Forest, Home::Town, Home::Sea, Home::Desert, Home::Space, Home::Cave];

/// The home that the prompt's words speak of.
pub(super) fn named(brief: &Brief) -> Option<Home> {
    let calls: [(&[&str], Home); 13] = [
        (&["cave", "dungeon", "mine", "underground", "crypt", "cavern", "roguelike"], Home::Cave),
        (&["underwater", "deep sea", "abyss"], Home::Deep),
        (&["swamp", "marsh", "bog"], Home::Swamp),
        (&["desert", "dune", "canyon"], Home::Desert),
        (&["castle", "fortress", "throne"], Home::Castle),
        (&["library", "archive", "bookshelf"], Home::Library),
        (&["sky platformer", "sky", "cloud"], Home::Sky),
        (&["space", "moon", "star", "galaxy"], Home::Space),
        (&["forest", "wood", "jungle", "mushroom"], Home::Forest),
        (&["harbour", "harbor", "sea", "ocean", "beach", "island", "lighthouse"], Home::Sea),
        (&["town", "city", "rooftop", "street", "neon"], Home::Town),
        (&["hall", "room", "tavern", "laboratory"], Home::Hall),
        (&["field", "meadow", "village", "farm"], Home::Field),
    ];
    calls.into_iter().find(|(words, _)| brief.has(words)).map(|(_, home)| home)
}

pub(super) fn paint(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    match stage.home {
        Home::Cave => indoors::cave(grid, brief, stage),
        Home::Deep => indoors::deep(grid, brief, stage),
        Home::Castle | Home::Hall | Home::Library => indoors::hall(grid, brief, stage),
        home => {
            sky(grid, brief, stage);
            match home {
                Home::Sky => clouds(grid, brief, stage),
                Home::Town => town(grid, brief, stage),
                Home::Sea => sea(grid, brief, stage),
                Home::Desert => desert(grid, brief, stage),
                Home::Forest | Home::Swamp => woods(grid, brief, stage),
                Home::Space => craters(grid, brief, stage),
                _ => hills(grid, brief, stage),
            }
        }
    }
    ground(grid, brief, stage);
}

fn sky(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let parts: &[u8] = if stage.home == Home::Space { b"001" } else { b"123" };
    grid.bands(0, stage.ground + 2, parts);
    let (u, wide) = (stage.unit, grid.wide);
    let side = if brief.chance(0.5) { 0.2 } else { 0.8 };
    let (x, y) = (
        (wide as f64 * (side + brief.range(-0.08, 0.08))) as i64,
        (stage.ground as f64 * brief.range(0.2, 0.42)) as i64,
    );
    let radius = (4 + brief.below(4) as i64) * u;
    grid.halo(x, y, radius * 3, b'3');
    grid.disc(x, y, radius, b'c');
    grid.disc(x - radius / 5, y - radius / 5, radius * 3 / 5, b'w');
    if stage.night {
        for (dx, dy) in [(-2, 1), (2, -1), (1, 3)] {
            grid.disc(x + dx * radius / 5, y + dy * radius / 5, radius / 6, b'v');
        }
        stars(grid, brief, stage, wide * stage.ground / 70);
    } else {
        for _ in 0..4 {
            let (x, y) =
                (brief.below(wide as usize) as i64, (stage.ground as f64 * brief.range(0.1, 0.55)) as i64);
            cloud(grid, brief, x, y, u, b'w', b'3');
        }
    }
}

fn stars(grid: &mut Grid, brief: &mut Brief, stage: Stage, count: i64) {
    for _ in 0..count {
        let (x, y) =
            (brief.below(grid.wide as usize) as i64, brief.below(stage.ground.max(1) as usize) as i64);
        if matches!(grid.get(x, y), b'1' | b'2' | b'0') {
            grid.set(x, y, if brief.chance(0.3) { b'c' } else { b'w' });
            if brief.chance(0.06) {
                for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
                    grid.set(x + dx, y + dy, b'v');
                }
            }
        }
    }
}

fn cloud(grid: &mut Grid, brief: &mut Brief, x: i64, y: i64, u: i64, top: u8, low: u8) {
    let long = (7 + brief.below(8) as i64) * u;
    for step in 0..long {
        let middle = 1.0 - ((step as f64 / long as f64) * 2.0 - 1.0).abs();
        let bump = ((step as f64 * 0.9 / u as f64).sin().abs() * 1.6 + middle * 4.0) * u as f64;
        let high = bump.round() as i64 / u.min(2) * u.min(2);
        grid.fill(x + step, y - high, 1, high, top);
        grid.fill(x + step, y, 1, u, low);
    }
}

/// A line of hills, filled down to the ground.
fn ridge(grid: &mut Grid, brief: &mut Brief, base: f64, swell: f64, often: f64, part: u8, down: i64) {
    let (phase, other) = (brief.range(0.0, 6.0), brief.range(0.0, 6.0));
    for x in 0..grid.wide {
        let along = x as f64 / grid.wide as f64 * often;
        let rise = (along * 6.3 + phase).sin() * 0.6 + (along * 14.0 + other).sin() * 0.3;
        let top = (base - rise * swell).round() as i64;
        grid.fill(x, top, 1, down - top, part);
    }
}

fn hills(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let (ground, u) = (stage.ground as f64, stage.unit as f64);
    ridge(grid, brief, ground * 0.72, 6.0 * u, 0.8, b'4', stage.ground);
    ridge(grid, brief, ground * 0.86, 4.0 * u, 1.2, b'5', stage.ground);
    for _ in 0..grid.wide / (7 * stage.unit) {
        let x = brief.below(grid.wide as usize) as i64;
        tree(
            grid,
            x,
            stage.ground - brief.below(4) as i64 * stage.unit,
            stage.unit,
            b'h',
            3 + brief.below(4) as i64,
        );
    }
}

/// A fir of a few tiers.
fn tree(grid: &mut Grid, x: i64, foot: i64, u: i64, part: u8, tiers: i64) {
    grid.fill(x, foot - u, u, u, part);
    for tier in 0..tiers * 2 {
        let half = (tiers - tier / 2) * u * 3 / 4 - (tier % 2) * u;
        grid.fill(x - half.max(0), foot - u - (tier + 1) * u, 2 * half.max(0) + u, u, part);
    }
}

fn woods(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let u = stage.unit;
    for (part, count, thick) in [(b'4', 9, 2), (b'5', 7, 3)] {
        for trunk in 0..count {
            let x = (trunk as f64 + brief.range(0.1, 0.9)) / count as f64 * grid.wide as f64;
            let x = x as i64;
            grid.fill(x, 0, thick * u, stage.ground, part);
            let branch = stage.ground * (2 + brief.below(4) as i64) / 9;
            for step in 0..4 * u {
                grid.fill(x + thick * u + step, branch - step / 2, 1, u, part);
                grid.fill(x - 1 - step, branch + 3 * u - step / 2, 1, u, part);
            }
        }
        for _ in 0..grid.wide / (3 * u) {
            let x = brief.below(grid.wide as usize) as i64;
            let reach = if part == b'4' { 0.24 } else { 0.14 };
            grid.disc(
                x,
                (stage.ground as f64 * brief.range(0.0, reach)) as i64,
                (2 + brief.below(4) as i64) * u,
                part,
            );
        }
    }
    for _ in 0..10 {
        let (x, y) = (brief.below(grid.wide as usize) as i64, stage.ground * (5 + brief.below(4) as i64) / 9);
        grid.set(x, y, b'c');
        if stage.home == Home::Swamp {
            let high = (3 + brief.below(5) as i64) * u;
            grid.fill(x, stage.ground - high, 1, high, b'h');
            grid.fill(x, stage.ground - high - u, 1.max(u / 2), u, b'd');
        }
    }
}

fn desert(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let (ground, u) = (stage.ground as f64, stage.unit);
    for _ in 0..3 {
        let (x, wide) = (brief.below(grid.wide as usize) as i64, (8 + brief.below(8) as i64) * u);
        let high = (8 + brief.below(8) as i64) * u;
        for row in 0..high {
            let grow = row / (3 * u) * u / 2;
            grid.fill(
                x - grow,
                stage.ground - high + row - 4 * u,
                wide + 2 * grow,
                1,
                if row % (4 * u) < u { b'5' } else { b'4' },
            );
        }
    }
    ridge(grid, brief, ground * 0.86, 3.5 * u as f64, 0.9, b'4', stage.ground);
    ridge(grid, brief, ground * 0.94, 2.5 * u as f64, 1.3, b'5', stage.ground);
}

fn sea(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let (u, top) = (stage.unit, stage.ground * 74 / 100);
    ridge(grid, brief, top as f64 - u as f64, 3.0 * u as f64, 1.4, b'4', top);
    grid.bands(top, stage.ground + 1, b"453");
    for row in (top..stage.ground).step_by(u as usize + 1) {
        for _ in 0..5 {
            let x = brief.below(grid.wide as usize) as i64;
            grid.fill(
                x,
                row,
                (1 + brief.below(4) as i64) * u,
                1,
                if brief.chance(0.4) { b'w' } else { b'2' },
            );
        }
    }
    let (x, high) = (brief.below(grid.wide as usize) as i64, 5 * u);
    for row in 0..high {
        grid.fill(x, top - high + row, row / 2 + 1, 1, b'w');
    }
    grid.fill(x - 2 * u, top, 6 * u, u, b'k');
}

fn town(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let u = stage.unit;
    for (part, least, most) in [(b'4', 0.4, 0.7), (b'5', 0.22, 0.46)] {
        let mut x = -(brief.below(4) as i64);
        while x < grid.wide {
            let (wide, high) =
                ((5 + brief.below(6) as i64) * u, (stage.ground as f64 * brief.range(least, most)) as i64);
            let top = stage.ground - high;
            grid.fill(x, top, wide, high, part);
            if brief.chance(0.4) {
                grid.fill(x + wide / 2, top - 3 * u, u.max(1), 3 * u, part);
            } else if brief.chance(0.5) {
                grid.fill(x + u, top - u, wide - 2 * u, u, part);
            }
            for row in (top + 2 * u..stage.ground - 2 * u).step_by(3 * u as usize) {
                for column in (x + u..x + wide - u).step_by(2 * u as usize) {
                    if brief.chance(0.34) {
                        grid.fill(column, row, u, u, if part == b'4' { b'3' } else { b'c' });
                    }
                }
            }
            x += wide + u * brief.below(2) as i64;
        }
    }
}

fn clouds(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let u = stage.unit;
    for row in 0..5 {
        let y = stage.ground * (52 + row * 11) / 100;
        for _ in 0..4 {
            let x = brief.below(grid.wide as usize) as i64 - 5 * u;
            cloud(
                grid,
                brief,
                x,
                y,
                u + row / 3,
                if row < 2 { b'3' } else { b'w' },
                if row < 2 { b'2' } else { b'v' },
            );
        }
    }
}

fn craters(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let u = stage.unit;
    stars(grid, brief, stage, grid.wide * stage.ground / 50);
    let (x, y, radius) =
        (grid.wide * (2 + brief.below(6) as i64) / 9, stage.ground / 2, (6 + brief.below(4) as i64) * u);
    grid.disc(x, y, radius, b'5');
    for row in -radius..radius {
        for column in -radius..radius {
            if row * row + column * column <= radius * radius {
                grid.weave(
                    x + column,
                    y + row,
                    0.5 - (column + row) as f64 / radius as f64 * 0.6,
                    b'5',
                    b'B',
                );
            }
        }
    }
    grid.fill(x - radius * 3 / 2, y + u, radius * 3, u, b'c');
    ridge(grid, brief, stage.ground as f64 * 0.93, 3.0 * u as f64, 1.2, b'5', stage.ground);
}

fn ground(grid: &mut Grid, brief: &mut Brief, stage: Stage) {
    let (u, top, wide) = (stage.unit, stage.ground, grid.wide);
    grid.fill(0, top, wide, grid.high - top, b'h');
    grid.fill(0, top, wide, 2 * u, b'g');
    grid.fill(0, top, wide, u, b'G');
    let tile = 8 * u;
    let paved = matches!(stage.home, Home::Castle | Home::Hall | Home::Library | Home::Town | Home::Cave);
    for x in 0..wide {
        if !paved && brief.chance(0.45) {
            grid.fill(x, top + 2 * u, 1, brief.below(3) as i64, b'g');
            grid.fill(x, top - brief.below(2 * u as usize) as i64, 1, u, b'G');
        }
    }
    for _ in 0..wide * (grid.high - top) / (22 * u * u) {
        let (x, y) = (
            brief.below(wide as usize) as i64,
            top + 4 * u + brief.below((grid.high - top).max(1) as usize) as i64,
        );
        grid.fill(x, y, u * (1 + brief.below(2) as i64), u, if brief.chance(0.6) { b'0' } else { b'g' });
    }
    if paved || stage.seams {
        for row in (top..grid.high).step_by(tile as usize) {
            let shift = if paved { (row - top) / tile % 2 * tile / 2 } else { 0 };
            grid.fill(0, row + tile - 1, wide, 1, b'k');
            for x in (shift..wide).step_by(tile as usize) {
                grid.fill(x, row, 1, tile, b'k');
            }
        }
    } else {
        for _ in 0..wide / (9 * u) {
            let x = brief.below(wide as usize) as i64;
            grid.fill(x, top - 2 * u, u, 2 * u, b'g');
            grid.fill(x - u / 2, top - 3 * u, 2 * u, u, if brief.chance(0.5) { b'c' } else { b'A' });
        }
    }
}
