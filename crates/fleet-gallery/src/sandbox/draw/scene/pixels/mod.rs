//! Pixel art: a hero on a grid, in as few colours as the prompt allows, doing what it says in a world of its own.
//!
//! Cells are multiples of four pixels at 1024, so that they survive a resize to 256 and back.

mod event;
mod form;
mod grid;
mod indoors;
mod limit;
mod sheet;
mod sprite;
mod world;

use self::event::Event;
use self::form::Form;
use self::grid::Grid;
use self::limit::Colours;
use self::sprite::{Art, Finish, Outline, Sprite};
use self::world::Stage;
use super::Brief;

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

/// What a form is laid out from.
struct Plan {
    art: Art,
    finish: Finish,
    /// Cells for one pixel of a sprite.
    scale: i64,
    event: Event,
    stage: Stage,
    /// Hearts and coins along the upper edge.
    display: bool,
}

impl Plan {
    /// The hero as it is to be stamped.
    fn hero(&self) -> Art {
        self.art.finished(self.scale as usize, self.finish)
    }
}

pub(super) fn paint(brief: &mut Brief) -> String {
    let named = Sprite::of(brief);
    let art = named.map_or_else(|| sprite::unknown(brief), Sprite::art);
    let home = world::named(brief).or(named.map(|sprite| sprite.home));
    let home = home.unwrap_or_else(|| world::OUTDOORS[brief.below(world::OUTDOORS.len())]);
    let night = brief.has(&["night", "moon", "midnight", "star", "dark", "dusk"])
        || !brief.has(&["day", "noon", "summer", "morning"]) && brief.chance(0.4);
    let dark = brief.has(&["dark background"]);
    let form = Form::of(brief);
    let (cell, scale) = form.cells(size(brief));
    let cell = cell * brief.width.min(brief.height) / 1024.0;
    let (wide, high) = ((brief.width / cell).ceil() as i64, (brief.height / cell).ceil() as i64);
    let mut grid = Grid::new(wide, high);
    let finish = Finish {
        outline: if brief.has(&["selective outline"]) {
            Outline::Selective
        } else if brief.has(&["no outline"]) {
            Outline::None
        } else {
            Outline::Hard
        },
        dithered: brief.has(&["dithering", "dithered", "dither"]),
        chunky: brief.has(&["chunky", "light source"]),
    };
    let share = if high > wide { brief.range(0.62, 0.7) } else { brief.range(0.76, 0.84) };
    let stage = Stage {
        home,
        night: night || dark,
        ground: (high as f64 * share) as i64,
        unit: (wide.min(high) / 64).max(1),
        seams: brief.has(&["seam"]),
    };
    let event = Event::of(brief).unwrap_or(Event::Idle);
    // Faces look to the left, the way they are drawn, unless something there is to be passed.
    let art = if event != Event::Walking && brief.chance(0.4) { art.flipped() } else { art };
    let display = brief.has(&["game screen", "level", "platformer", "hud"]);
    let plan = Plan { art, finish, scale, event, stage, display };
    form.paint(&mut grid, brief, &plan, dark);
    let colours = Colours::of(brief, night || dark);
    grid.svg(&colours, cell, brief.width, brief.height)
}

/// The sprite's side in pixels: what the prompt says, or thirty-two.
fn size(brief: &Brief) -> usize {
    let said =
        |side: &usize| brief.has(&[format!("{side} by {side}").as_str(), format!("{side}x{side}").as_str()]);
    let bits = || if brief.has(&["8 bit"]) { 16 } else { 32 };
    [16, 24, 32, 48, 64].into_iter().find(said).unwrap_or_else(bits)
}

#[cfg(test)]
mod tests;
