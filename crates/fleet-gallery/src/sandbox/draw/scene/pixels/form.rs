//! Forms: a sprite by itself, a scene, an isometric tile, a sheet of frames, a set of tiles, a portrait.

use super::event::{self, Event};
use super::grid::Grid;
use super::{Brief, Plan, sheet, world};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    Sprite,
    Scene,
    Isometric,
    Sheet,
    Tiles,
    Portrait,
}

impl Form {
    pub(super) fn of(brief: &Brief) -> Self {
        let calls: [(&[&str], Self); 6] = [
            (&["sprite sheet", "spritesheet", "animation frames"], Self::Sheet),
            (&["tileset", "tile set", "tile map"], Self::Tiles),
            (&["isometric"], Self::Isometric),
            (&["portrait", "icon", "avatar"], Self::Portrait),
            (&["scene", "level", "platformer", "landscape", "town", "cave", "background"], Self::Scene),
            (&["sprite", "character"], Self::Sprite),
        ];
        // A dark background is no scene.
        let plain = brief.has(&["dark background"]);
        let found =
            calls.into_iter().find(|(words, form)| brief.has(words) && !(plain && *form == Self::Scene));
        found.map_or(if brief.has(&["game screen"]) { Self::Scene } else { Self::Sprite }, |(_, form)| form)
    }

    /// The side of a cell in pixels at 1024, and the cells for one pixel of a sprite.
    pub(super) fn cells(self, size: usize) -> (f64, i64) {
        match (self, size) {
            (Self::Sheet, 16) | (Self::Scene, 16) => (16.0, 1),
            (Self::Sheet, 24) => (12.0, 1),
            (Self::Scene, 24) => (12.0, 2),
            (Self::Sheet | Self::Tiles, _) | (Self::Scene, 32) => (8.0, 2),
            (_, 16) => (32.0, 1),
            (_, 24) => (20.0, 2),
            (_, 32) => (16.0, 2),
            (Self::Sprite | Self::Portrait, 48) => (12.0, 4),
            _ => (8.0, 4),
        }
    }

    pub(super) fn paint(self, grid: &mut Grid, brief: &mut Brief, plan: &Plan, dark: bool) {
        match self {
            Self::Sheet => sheet::sheet(grid, brief, plan, dark),
            Self::Tiles => sheet::tiles(grid, brief, plan),
            Self::Isometric => isometric(grid, brief, plan, dark),
            Self::Portrait => portrait(grid, brief, plan),
            Self::Scene => stand(grid, brief, plan, Back::World),
            Self::Sprite if dark => stand(grid, brief, plan, Back::Dark),
            Self::Sprite => {
                let back = [Back::World, Back::World, Back::Disc, Back::Plain][brief.below(4)];
                stand(grid, brief, plan, back);
            }
        }
        if plan.display && self != Self::Portrait {
            event::display(grid, brief, if grid.wide < 60 { 1 } else { plan.stage.unit });
        }
    }
}

/// What is behind a hero.
#[derive(Clone, Copy, PartialEq)]
enum Back {
    World,
    Disc,
    Plain,
    Dark,
}

fn stand(grid: &mut Grid, brief: &mut Brief, plan: &Plan, back: Back) {
    let (stage, u) = (plan.stage, plan.scale);
    let hero = plan.hero();
    let (wide, high) = (hero.wide as i64, hero.high as i64);
    let shift = match plan.event {
        Event::Idle | Event::Jumping | Event::Sign | Event::Bridge | Event::SaveRoom | Event::Rain => 0.0,
        Event::Boss | Event::Waiting => -0.17,
        Event::Edge | Event::Walking => -0.08,
        _ => 0.08,
    };
    let x = (grid.wide as f64 * (0.5 + shift)) as i64;
    let middle = stage.ground - high / 2;
    match back {
        Back::World => world::paint(grid, brief, stage),
        Back::Disc => {
            grid.bands(0, grid.high, b"12");
            grid.halo(x, middle, wide.max(high) * 9 / 8, b'3');
            grid.disc(x, middle, wide.max(high) * 5 / 8, b'3');
            pedestal(grid, plan, x, wide);
        }
        Back::Plain => {
            grid.bands(0, grid.high, b"332");
            floor(grid, plan);
        }
        Back::Dark => {
            grid.bands(0, grid.high, b"00h");
            grid.halo(x, middle, wide.max(high), b'h');
            grid.halo(x, middle, wide.max(high) * 2 / 3, b'5');
            pedestal(grid, plan, x, wide);
        }
    }
    plan.event.behind(grid, brief, stage, (x, wide), u);
    if back == Back::World {
        let glow = if stage.night { b'5' } else { b'3' };
        grid.halo(x, middle, wide.max(high) * 5 / 8, glow);
    }
    let foot = (stage.ground - plan.event.lift() * u + 1).max(high + u);
    shadow(grid, x, stage.ground, wide);
    grid.stamp(&hero, x, foot);
    plan.event.before(grid, brief, stage, (x, foot - high, wide), u);
}

/// Woven darkness under a foot.
pub(super) fn shadow(grid: &mut Grid, x: i64, ground: i64, wide: i64) {
    for row in 0..(wide / 12).max(1) {
        for column in -wide / 2..wide / 2 + wide / 6 {
            let was = grid.get(x + column, ground + row);
            if was != 0 {
                grid.weave(x + column, ground + row, 0.6, was, b'k');
            }
        }
    }
}

fn pedestal(grid: &mut Grid, plan: &Plan, x: i64, wide: i64) {
    let (u, ground) = (plan.scale, plan.stage.ground);
    for (step, part) in [(0, b'G'), (1, b'g'), (2, b'h')] {
        let half = wide / 2 + (4 + step * 2) * u;
        grid.fill(x - half, ground + step * 2 * u, 2 * half, 2 * u, part);
        if plan.stage.seams || step == 1 {
            for brick in (x - half..x + half).step_by(5 * u as usize) {
                grid.fill(brick, ground + step * 2 * u, 1, 2 * u, b'k');
            }
        }
    }
}

fn floor(grid: &mut Grid, plan: &Plan) {
    let (u, ground) = (plan.scale, plan.stage.ground);
    for y in ground..grid.high {
        for x in 0..grid.wide {
            let even = (x / (4 * u) + (y - ground) / (2 * u)) % 2 == 0;
            grid.set(x, y, if even { b'B' } else { b'b' });
        }
    }
    grid.fill(0, ground, grid.wide, 1.max(u / 2), b'k');
}

/// One block of the world, seen from a corner, and who stands on it.
fn isometric(grid: &mut Grid, brief: &mut Brief, plan: &Plan, dark: bool) {
    let u = plan.scale;
    if dark {
        grid.bands(0, grid.high, b"00h");
    } else {
        grid.bands(0, grid.high, [b"123", b"332", b"122"][brief.below(3)]);
    }
    let (x, half) = (grid.wide / 2, (13 * u).min(grid.wide * 2 / 5));
    let deep = 7 * u;
    let top = grid.high * 7 / 10 - half / 2;
    grid.halo(x, top, half * 2, if dark { b'5' } else { b'3' });
    for row in 0..=half {
        let reach = if row <= half / 2 { row * 2 } else { (half - row) * 2 };
        for column in -reach..=reach {
            let (across, down) = ((column + 2 * row) / (4 * u).max(1), (2 * row - column) / (4 * u).max(1));
            let part = if (across + down) % 2 == 0 { b'G' } else { b'g' };
            grid.set(x + column, top + row, part);
        }
        if row >= half / 2 {
            let edge = (half - row) * 2;
            for side in [-1, 1] {
                for column in [edge, edge - 1] {
                    for down in 1..=deep {
                        let seam = plan.stage.seams && (down % (3 * u) == 0 || column % (5 * u) == 0);
                        let part = match (side, seam) {
                            (_, true) => b'k',
                            (-1, _) if down <= u => b'G',
                            (-1, _) => b'b',
                            _ => {
                                if down <= u {
                                    b'g'
                                } else {
                                    b'e'
                                }
                            }
                        };
                        grid.set(x + side * column, top + row + down, part);
                    }
                }
            }
        }
    }
    for _ in 0..16 {
        let (column, row) = (brief.range(-0.6, 0.6) * half as f64, half / 2);
        let down = (brief.range(-0.3, 0.3) * half as f64 * (1.0 - column.abs() / half as f64)) as i64;
        let (left, y) = (x + column as i64, top + row + down);
        grid.fill(left, y - u, 1.max(u / 2), u, b'g');
        grid.set(left, y - u - 1, if brief.chance(0.4) { b'c' } else { b'G' });
    }
    let hero = plan.hero();
    let lift = plan.event.lift() * u;
    let (wide, foot) = (hero.wide as i64, top + half / 2 + 2 * u);
    let stage = world::Stage { ground: foot, ..plan.stage };
    shadow(grid, x, foot, wide);
    // What would dig into the ground has no place on one block.
    let small = !matches!(plan.event, Event::Bridge | Event::Edge | Event::Boss);
    if small {
        plan.event.behind(grid, brief, stage, (x, wide), u.max(2) / 2);
    }
    grid.stamp(&hero, x, foot - lift);
    if small {
        plan.event.before(grid, brief, stage, (x, foot - lift - hero.high as i64, wide), u.max(2) / 2);
    }
}

/// Head and shoulders in a frame.
fn portrait(grid: &mut Grid, brief: &mut Brief, plan: &Plan) {
    let u = plan.scale;
    grid.bands(0, grid.high, b"123");
    let hero = plan.art.finished((u * 2) as usize, plan.finish);
    let (x, middle) = (grid.wide / 2, grid.high / 2);
    grid.halo(x, middle, grid.wide * 5 / 9, b'3');
    let fits = hero.wide as i64 + 4 * u < grid.wide;
    let hero = if fits { hero } else { plan.hero() };
    let foot = if fits {
        (middle + hero.high as i64 * 2 / 3).max(hero.high as i64 + 4 * u)
    } else {
        middle + hero.high as i64 / 2
    };
    grid.stamp(&hero, x, foot);
    let edge = 2 * u;
    for (inset, part) in [(0, b'k'), (1, b'o'), (2, b'c'), (3, b'k')] {
        for line in 0..edge / 2 {
            let at = inset * edge / 2 + line;
            grid.frame(at, at, grid.wide - 2 * at, grid.high - 2 * at, part);
        }
    }
    for _ in 0..12 {
        grid.set(brief.below(grid.wide as usize) as i64, brief.below(grid.high as usize / 2) as i64, b'w');
    }
}
