//! Sprites: drawn by hand in rows of characters, then enlarged, lit and outlined.
//!
//! `a` is the main colour, `b` the second, `c` what glows, `w` pale, `k` ink; `d`, `e`, `v` and `o` are the dark sides
//! of the first four, and `.` is nothing. A mirrored sprite is only its left half.

mod beast;
mod building;
mod folk;
mod prop;

use super::super::subject::Prompt;
use super::Brief;

/// Where a sprite lives when the prompt does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Home {
    Castle,
    Cave,
    Deep,
    Desert,
    Field,
    Forest,
    Hall,
    Library,
    Sea,
    Sky,
    Space,
    Swamp,
    Town,
}

pub(super) struct Sprite {
    names: &'static [&'static str],
    pub(super) home: Home,
    mirrored: bool,
    art: &'static [&'static str],
}

/// A sprite's pixels, row by row; 0 is nothing.
#[derive(Clone)]
pub(super) struct Art {
    /// Whether it has the straight edges of something built, which rounding would spoil.
    pub(super) square: bool,
    pub(super) wide: usize,
    pub(super) high: usize,
    pub(super) cells: Vec<u8>,
}

/// How a sprite is finished.
#[derive(Clone, Copy)]
pub(super) struct Finish {
    pub(super) outline: Outline,
    /// Shadows are woven from two colours rather than filled with a third.
    pub(super) dithered: bool,
    /// Highlights are twice as wide.
    pub(super) chunky: bool,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Outline {
    Hard,
    /// Ink where the light does not fall, a darker tone of the body where it does.
    Selective,
    None,
}

fn all() -> impl Iterator<Item = &'static Sprite> {
    [folk::FOLK, beast::BEAST, building::BUILDING, prop::PROP].into_iter().flatten()
}

impl Sprite {
    /// The sprite that the prompt names: what it is about comes before all else; of several the longest, then the
    /// first, is meant.
    pub(super) fn of(brief: &Brief) -> Option<&'static Self> {
        let topic = Prompt::read(&brief.prompt.topic);
        [&topic, &brief.prompt].into_iter().find_map(|prompt| {
            let mut best: Option<(usize, &Self)> = None;
            for at in 0..prompt.words.len() {
                for (sprite, name) in
                    all().flat_map(|sprite| sprite.names.iter().map(move |name| (sprite, name)))
                {
                    if let Some(length) = prompt.at(at, name)
                        && best.is_none_or(|(most, _)| length > most)
                    {
                        best = Some((length, sprite));
                    }
                }
            }
            best.map(|(_, sprite)| sprite)
        })
    }

    pub(super) fn art(&self) -> Art {
        let row = |line: &&str| -> Vec<u8> {
            let left = line.bytes().map(|cell| if cell == b'.' { 0 } else { cell });
            if self.mirrored { left.clone().chain(left.rev()).collect() } else { left.collect() }
        };
        let rows: Vec<Vec<u8>> = self.art.iter().map(row).collect();
        let square = building::BUILDING.iter().any(|built| std::ptr::eq(built, self));
        Art { square, wide: rows[0].len(), high: rows.len(), cells: rows.concat() }
    }

    #[cfg(test)]
    pub(super) fn names(&self) -> &'static [&'static str] {
        self.names
    }
}

/// A creature for a subject that nobody has drawn yet: half of it by chance, the other half its mirror.
pub(super) fn unknown(brief: &mut Brief) -> Art {
    const HIGH: usize = 14;
    let mut cells = vec![0; 16 * HIGH];
    let (waist, feet) = (6 + brief.below(3), 1 + brief.below(3));
    for row in 1..HIGH {
        let reach = match row {
            1 => 2 + brief.below(2),
            row if row == waist => 3 + brief.below(2),
            row if row > HIGH - 3 => 3 + feet,
            _ => 4 + brief.below(3),
        };
        for column in 0..reach.min(7) {
            let leg = row > HIGH - 3 && column < feet;
            let trim = row == waist || row > waist && column < 2;
            let cell = if leg {
                0
            } else if trim {
                b'b'
            } else {
                b'a'
            };
            cells[row * 16 + 7 - column] = cell;
            cells[row * 16 + 8 + column] = cell;
        }
    }
    for (column, cell) in [(5, b'w'), (6, b'k'), (9, b'k'), (10, b'w')] {
        cells[3 * 16 + column] = cell;
        cells[4 * 16 + column] = cell;
    }
    let horn = 5 + brief.below(2);
    cells[horn] = b'c';
    cells[15 - horn] = b'c';
    cells[(waist + 2) * 16 + 7] = b'c';
    cells[(waist + 2) * 16 + 8] = b'c';
    Art { square: false, wide: 16, high: HIGH, cells }
}

impl Art {
    fn at(&self, x: i64, y: i64) -> u8 {
        let inside = x >= 0 && y >= 0 && x < self.wide as i64 && y < self.high as i64;
        if inside { self.cells[y as usize * self.wide + x as usize] } else { 0 }
    }

    pub(super) fn flipped(mut self) -> Self {
        for row in self.cells.chunks_mut(self.wide) {
            row.reverse();
        }
        self
    }

    /// Four pixels for each, corners following the lines they belong to (the rule known as Scale2x).
    fn doubled(&self) -> Self {
        let (wide, high) = (self.wide * 2, self.high * 2);
        let mut cells = vec![0; wide * high];
        for y in 0..self.high {
            for x in 0..self.wide {
                let (across, down) = (x as i64, y as i64);
                let own = self.at(across, down);
                let (up, left) = (self.at(across, down - 1), self.at(across - 1, down));
                let (right, below) = (self.at(across + 1, down), self.at(across, down + 1));
                let corner = |one: u8, other: u8, far: u8, beyond: u8| {
                    if !self.square && one == other && one != far && other != beyond { one } else { own }
                };
                let at = 2 * y * wide + 2 * x;
                cells[at] = corner(left, up, below, right);
                cells[at + 1] = corner(up, right, left, below);
                cells[at + wide] = corner(left, below, up, right);
                cells[at + wide + 1] = corner(below, right, left, up);
            }
        }
        Self { square: self.square, wide, high, cells }
    }

    /// Enlarged by a power of two, lit from the upper left, and outlined one pixel beyond its edge.
    pub(super) fn finished(&self, scale: usize, finish: Finish) -> Self {
        let mut large = self.clone();
        let mut step = 1;
        while step < scale {
            large = large.doubled();
            step *= 2;
        }
        let lit = large.lit(scale as i64, finish);
        lit.outlined(finish.outline)
    }

    fn lit(&self, reach: i64, finish: Finish) -> Self {
        let mut lit = self.clone();
        let bright = if finish.chunky { reach } else { reach.div_euclid(2).max(1) };
        for y in 0..self.high as i64 {
            for x in 0..self.wide as i64 {
                let own = self.at(x, y);
                let (Some(light), Some(dark)) = (lighter(own), darker(own)) else { continue };
                let open = |by: i64| self.at(x + by, y) == 0 || self.at(x, y + by) == 0;
                let woven = (x + y) % 2 == 0;
                // At their own size sprites are too small for three tones.
                let small = reach == 1;
                let edge = open(1) && !small || (2..=reach).any(open);
                let fringe = finish.dithered && woven && (reach..=3 * reach).any(open);
                let cell = if edge || fringe {
                    dark
                } else if (1..=bright).any(|by| open(-by)) && !(small && finish.outline == Outline::None) {
                    light
                } else {
                    own
                };
                lit.cells[y as usize * self.wide + x as usize] = cell;
            }
        }
        lit
    }

    fn outlined(&self, outline: Outline) -> Self {
        let (wide, high) = (self.wide + 2, self.high + 2);
        let mut cells = vec![0; wide * high];
        for y in 0..high as i64 {
            for x in 0..wide as i64 {
                let near = |x: i64, y: i64| self.at(x - 1, y - 1);
                let own = near(x, y);
                let shaded = near(x - 1, y) != 0 || near(x, y - 1) != 0;
                let bright = [near(x + 1, y), near(x, y + 1)].into_iter().find(|cell| *cell != 0);
                let edge = match (outline, bright) {
                    (Outline::None, _) => 0,
                    (_, _) if shaded => b'k',
                    (Outline::Selective, Some(body)) => darker(body.to_ascii_lowercase()).unwrap_or(b'k'),
                    (_, Some(_)) => b'k',
                    (_, None) => 0,
                };
                cells[y as usize * wide + x as usize] = if own == 0 { edge } else { own };
            }
        }
        Self { square: self.square, wide, high, cells }
    }
}

fn lighter(cell: u8) -> Option<u8> {
    Some(match cell {
        b'a' => b'A',
        b'b' => b'B',
        b'c' => b'w',
        b'w' => b'w',
        _ => return None,
    })
}

fn darker(cell: u8) -> Option<u8> {
    Some(match cell {
        b'a' => b'd',
        b'b' => b'e',
        b'c' => b'o',
        b'w' => b'v',
        _ => return None,
    })
}
