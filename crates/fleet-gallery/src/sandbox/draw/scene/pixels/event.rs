//! What happens around a hero: coins counted, a bridge guarded, a boss about to be met.

use super::Brief;
use super::grid::Grid;
use super::sprite::{Art, Finish};
use super::world::Stage;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Event {
    Idle,
    Walking,
    Jumping,
    SaveRoom,
    Bridge,
    Coins,
    Edge,
    Waiting,
    Boss,
    Sign,
    Rain,
    Signpost,
}

impl Event {
    pub(super) fn of(brief: &Brief) -> Option<Self> {
        let calls: [(&[&str], Self); 12] = [
            (&["idle"], Self::Idle),
            (&["walking", "running"], Self::Walking),
            (&["jump", "jumping"], Self::Jumping),
            (&["save room"], Self::SaveRoom),
            (&["bridge"], Self::Bridge),
            (&["coin"], Self::Coins),
            (&["edge"], Self::Edge),
            (&["waiting"], Self::Waiting),
            (&["boss"], Self::Boss),
            (&["blinking sign"], Self::Sign),
            (&["rain of pixels", "rain"], Self::Rain),
            (&["signpost"], Self::Signpost),
        ];
        calls.into_iter().find(|(words, _)| brief.has(words)).map(|(_, event)| event)
    }

    /// How far the hero leaves the ground, in sprite pixels.
    pub(super) fn lift(self) -> i64 {
        if self == Self::Jumping { 6 } else { 0 }
    }

    /// What is drawn before the hero, who stands at `x` and is `wide` cells wide; one sprite pixel is `u` cells.
    pub(super) fn behind(
        self,
        grid: &mut Grid,
        brief: &mut Brief,
        stage: Stage,
        (x, wide): (i64, i64),
        u: i64,
    ) {
        let ground = stage.ground;
        match self {
            Self::SaveRoom => {
                for (turn, side) in [(0, -1), (1, 1)] {
                    let left = x + side * (wide / 2 + 5 * u);
                    grid.halo(left, ground - 7 * u, 8 * u, if turn == 0 { b'c' } else { b'A' });
                    for row in 0..8 * u {
                        let half = (row.min(8 * u - row)) / 2;
                        grid.fill(left - half, ground - 12 * u + row, half + 1, 1, b'w');
                        grid.fill(left + 1, ground - 12 * u + row, half, 1, b'c');
                    }
                    grid.fill(left - 2 * u, ground - 2 * u, 4 * u, 2 * u, b'e');
                    grid.fill(left - 2 * u, ground - 2 * u, 4 * u, 1.max(u / 2), b'B');
                }
            }
            Self::Boss => {
                let (middle, low) = (grid.wide - x, ground);
                let radius = 15 * u;
                for row in -radius..=0 {
                    for column in -radius..=radius {
                        if row * row + column * column <= radius * radius {
                            let away = ((row * row + column * column) as f64).sqrt() / radius as f64;
                            grid.weave(middle + column, low + row, away * away * 0.7, b'k', b'd');
                        }
                    }
                }
                for side in [-1, 1] {
                    for step in 0..6 * u {
                        grid.fill(
                            middle + side * (8 * u + step / 3),
                            low - 11 * u - step,
                            (6 * u - step) / 2 + 1,
                            1,
                            b'0',
                        );
                    }
                    grid.fill(middle + side * 5 * u - 2 * u, low - 9 * u, 4 * u, 2 * u, b'c');
                    grid.fill(middle + side * 5 * u - u / 2, low - 9 * u, u, 2 * u, b'a');
                }
                for tooth in -4..=4 {
                    grid.fill(middle + tooth * 2 * u, low - 4 * u, u, 2 * u, b'w');
                }
            }
            Self::Sign => {
                let (left, top) = (x - 9 * u, (ground - wide - 13 * u).max(2 * u));
                grid.halo(x, top + 4 * u, 16 * u, b'A');
                grid.fill(x - 6 * u, top - 20 * u, u, 20 * u, b'k');
                grid.fill(x + 5 * u, top - 20 * u, u, 20 * u, b'k');
                grid.fill(left, top, 18 * u, 8 * u, b'k');
                grid.frame(left + 1, top + 1, 18 * u - 2, 8 * u - 2, b'A');
                // An arrow that points at the one below, in lamps.
                for step in 0..5 {
                    grid.fill(x - u / 2, top + u + step * u, u, u, b'c');
                }
                for step in 0..3 {
                    grid.fill(x - u / 2 - step * u, top + 6 * u - step * u, u, u, b'c');
                    grid.fill(x - u / 2 + step * u, top + 6 * u - step * u, u, u, b'c');
                }
                for lamp in [-7, -5, 5, 7] {
                    grid.fill(x + lamp * u - u / 2, top + 3 * u, u, 2 * u, b'w');
                }
            }
            Self::Bridge => {
                let deep = grid.high - ground;
                let (left, right) = (x - wide - 6 * u, x + wide + 6 * u);
                grid.fill(left, ground, right - left, deep, b'0');
                for column in left..right {
                    let along = (column - left) as f64 / (right - left) as f64;
                    let sag = ((1.0 - (along * 2.0 - 1.0).powi(2)) * 2.0 * u as f64) as i64;
                    grid.fill(column, ground, 1, 2 * u, if (column / u) % 3 == 0 { b'k' } else { b'o' });
                    grid.set(column, ground - 7 * u + sag, b'k');
                    if (column / u) % 5 == 0 {
                        grid.fill(column, ground - 7 * u + sag, 1, 7 * u - sag, b'k');
                    }
                }
                grid.bands(ground + deep * 2 / 3, grid.high, b"52");
            }
            Self::Edge => {
                let edge = x + wide / 2 + 3 * u;
                grid.fill(edge, 0, grid.wide - edge, grid.high, b'0');
                for line in (edge + 3 * u..grid.wide).step_by(4 * u as usize) {
                    for y in (0..grid.high).step_by(4 * u as usize) {
                        grid.set(line, y, b'5');
                    }
                }
                for y in 0..grid.high {
                    if brief.chance(0.55) {
                        let long = brief.below(4 * u as usize) as i64;
                        let part = grid.get(edge - 1, y);
                        grid.fill(edge, y, long, 1, part);
                    }
                }
            }
            Self::Signpost => {
                let left = x - wide / 2 - 7 * u;
                grid.fill(left, ground - 11 * u, 2 * u, 11 * u, b'e');
                for (top, to) in [(ground - 12 * u, 1), (ground - 7 * u, -1)] {
                    grid.fill(left - 4 * u, top, 10 * u, 4 * u, b'k');
                    grid.fill(left - 4 * u + 1, top + 1, 10 * u - 2, 4 * u - 2, b'o');
                    grid.fill(left + u + to * 5 * u, top + u, u, 2 * u, b'k');
                    grid.fill(left - 2 * u, top + 3 * u / 2, 5 * u, 1.max(u / 2), b'k');
                }
            }
            Self::Waiting => {
                let left = x + wide / 2 + 2 * u;
                grid.fill(left, ground - 5 * u, 11 * u, 2 * u, b'o');
                grid.fill(left, ground - 9 * u, 11 * u, 2 * u, b'o');
                for leg in [left + u, left + 9 * u] {
                    grid.fill(leg, ground - 9 * u, u, 9 * u, b'e');
                }
            }
            _ => {}
        }
    }

    /// What is drawn over the hero, whose top is at `top`.
    pub(super) fn before(
        self,
        grid: &mut Grid,
        brief: &mut Brief,
        stage: Stage,
        (x, top, wide): (i64, i64, i64),
        u: i64,
    ) {
        let ground = stage.ground;
        match self {
            Self::Coins => {
                for (pile, high) in [(-1, 4), (1, 7), (2, 3)] {
                    let left = x + pile * (wide / 2 + 3 * u) + (pile - 1).max(0) * -4 * u;
                    for coin in 0..high {
                        let shift = brief.below(2) as i64 * u / 2;
                        grid.fill(
                            left - 2 * u + shift,
                            ground - (coin + 1) * u,
                            5 * u,
                            u,
                            if coin % 2 == 0 { b'c' } else { b'o' },
                        );
                        grid.fill(left - 2 * u + shift, ground - (coin + 1) * u, u, u, b'w');
                    }
                }
                for coin in 0..3 {
                    let (left, y) = (x - wide / 2 - 4 * u + coin * 3 * u, top - 3 * u - coin % 2 * 2 * u);
                    grid.disc(left, y, 3 * u / 2, b'o');
                    grid.disc(left, y, u, b'c');
                    grid.set(left - u / 2, y - u / 2, b'w');
                }
            }
            Self::Waiting => {
                // Large heroes leave little room above them.
                let u = (u + 1) / 2;
                let (left, high) = ((x + wide / 3).min(grid.wide - 14 * u), (top - 8 * u).max(u));
                grid.fill(left, high, 13 * u, 7 * u, b'k');
                grid.fill(left + 1, high + 1, 13 * u - 2, 7 * u - 2, b'w');
                grid.fill(left + 2 * u, high + 7 * u - 1, 2 * u, 2 * u, b'w');
                for dot in 0..3 {
                    grid.fill(left + (2 + dot * 4) * u, high + 3 * u, u, u, b'k');
                }
            }
            Self::Walking => {
                for (step, far) in [(0, 3), (1, 7), (2, 11)] {
                    let left = x + wide / 2 + far * u;
                    grid.fill(left, ground - (2 + step % 2) * u, (3 - step) * u, u, b'v');
                    grid.fill(left, top + (5 + step * 4) * u, 4 * u, 1, b'w');
                }
            }
            Self::Jumping => {
                for side in [-1, 1] {
                    for dust in 0..3 {
                        grid.fill(
                            x + side * (3 + dust * 3) * u,
                            ground - (1 + dust % 2) * u,
                            (3 - dust) * u,
                            u,
                            b'v',
                        );
                        grid.fill(
                            x + side * (wide / 4 + dust * 2 * u),
                            ground - (6 + dust) * u,
                            1.max(u / 2),
                            3 * u,
                            b'w',
                        );
                    }
                }
                grid.fill(x - wide / 4, ground, wide / 2, u, b'k');
            }
            Self::Rain => {
                for _ in 0..grid.wide * grid.high / (40 * u * u) {
                    let (x, y) = (
                        brief.below(grid.wide as usize) as i64 / u * u,
                        brief.below(ground as usize) as i64 / u * u,
                    );
                    let part = [b'a', b'c', b'w', b'B', b'A'][brief.below(5)];
                    grid.fill(x, y, u, u, part);
                    if brief.chance(0.5) {
                        grid.fill(x, y - 2 * u, u, u, b'2');
                    }
                }
            }
            Self::Idle => {
                grid.fill(x + wide / 2, top + 2 * u, u, u, b'w');
                grid.fill(x + wide / 2 + u, top, u, u, b'w');
            }
            _ => {}
        }
    }
}

/// Hearts, a coin and a bar of strength: a game's screen without a word.
pub(super) fn display(grid: &mut Grid, brief: &mut Brief, u: i64) {
    const HEART: [&str; 6] = ["aa.aa", "awaaa", "aaaaa", ".aaa.", "..a..", "....."];
    const COIN: [&str; 6] = [".ccc.", "cwcoc", "cwcoc", "cwcoc", ".ccc.", "....."];
    let stamp = |grid: &mut Grid, art: [&str; 6], x: i64| {
        let cells = art.concat().bytes().map(|cell| if cell == b'.' { 0 } else { cell }).collect();
        let finish = Finish { outline: super::sprite::Outline::Hard, dithered: false, chunky: false };
        let art = Art { square: true, wide: 5, high: 6, cells }.finished(u as usize, finish);
        grid.stamp(&art, x, 9 * u);
    };
    let hearts = 3 + brief.below(2) as i64;
    for heart in 0..hearts {
        stamp(grid, HEART, (5 + heart * 7) * u);
    }
    let wide = grid.wide;
    stamp(grid, COIN, wide - 6 * u);
    for coin in 0..1 + brief.below(5) as i64 {
        grid.fill(wide - (12 + coin * 3) * u, 4 * u, 2 * u, 3 * u, b'k');
        grid.fill(wide - (12 + coin * 3) * u, 4 * u, 1.max(2 * u - 1), 3 * u - 1, b'c');
    }
}
