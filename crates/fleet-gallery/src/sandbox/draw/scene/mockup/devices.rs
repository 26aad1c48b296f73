//! Devices and how they stand on the page: phones side by side, a tablet, a window, or parts without any.

use super::super::sheet::{Area, Sheet, Type, mix};
use super::blocks::{self, height, put};
use super::content::Block;
use super::{Screen, Theme};

/// Draws in points of a device that is so wide; gives back nothing but leaves the sheet as it was.
fn scaled(sheet: &mut Sheet, at: Area, wide: f64, draw: impl FnOnce(&mut Sheet, Area)) {
    let scale = at.w / wide;
    sheet.put(&format!(r#"<g transform="translate({:.2} {:.2}) scale({scale:.5})">"#, at.x, at.y));
    draw(sheet, Area::new(0.0, 0.0, wide, at.h / scale));
    sheet.put("</g>");
}

fn shadow(sheet: &mut Sheet, area: Area, round: f64, theme: &Theme) {
    let ink = mix(&theme.art[1], "#000000", 0.6);
    for step in 0..7 {
        let grow = f64::from(step) * 5.0;
        let Area { x, y, w, h } = area;
        sheet.put(&format!(
            r#"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" rx="{:.1}" fill="{ink}" opacity=".045"/>"#,
            x - grow,
            y + 12.0 - grow * 0.4,
            w + 2.0 * grow,
            h + grow,
            round + grow
        ));
    }
}

/// The first of these widths in points at which everything fits: the fewer points, the larger it is drawn.
fn roomy(widths: &[f64], fits: impl Fn(f64) -> bool) -> f64 {
    widths.iter().copied().find(|wide| fits(*wide)).or(widths.last().copied()).unwrap_or(390.0)
}

fn tall(theme: &Theme, blocks: &[Block], wide: f64) -> f64 {
    blocks.iter().map(|block| height(theme, block, wide) + blocks::gap(theme)).sum::<f64>()
        - blocks::gap(theme)
}

/// What the next screen of an application shows if the first one leaves it nothing or little.
const MORE: &[Block] = &[
    Block::Chips(&["Day", "Week", "Month"], 2),
    Block::Month("September", 1, 30, 14),
    Block::Stats(&[("12", "this month"), ("+ 3", "to last")]),
    Block::Toggles(&[("Remind me", true), ("Share this", false)]),
    Block::Bars(&[("M", 0.5), ("T", 0.8), ("W", 0.4), ("T", 1.0), ("F", 0.6), ("S", 0.3), ("S", 0.2)], 3),
    Block::Progress(&[("This month", 0.6), ("This year", 0.35)]),
];

pub(super) fn phones(sheet: &mut Sheet, theme: &Theme, screen: &Screen, page: Area, count: usize, nav: bool) {
    let high = page.h * 0.92;
    let wide = (high * 0.475).min(page.w * 0.93 / (count as f64 + 0.06 * (count as f64 - 1.0)));
    let high = high.min(wide * 2.12);
    let gap = ((page.w - wide * count as f64) / (count as f64 + 1.0)).min(wide * 0.22);
    let all = wide * count as f64 + gap * (count as f64 - 1.0);
    let below = if nav { 92.0 } else { 34.0 };
    let wanted = if count == 1 { 1.0 } else { 1.35 };
    let points = roomy(&[360.0, 375.0, 390.0, 405.0], |points| {
        let space = points * high / wide - 18.0 - 58.0 - below - 60.0;
        tall(theme, &screen.blocks, points - 62.0) <= space * wanted
    });
    let mut left = screen.blocks.clone();
    for index in 0..count {
        // Side by side, every second one stands a little lower.
        let step = if count > 1 { page.h * 0.018 } else { 0.0 };
        let y = (page.h - high) / 2.0 + if index % 2 == 0 { -step } else { step };
        let body = Area::new((page.w - all) / 2.0 + index as f64 * (wide + gap), y, wide, high);
        scaled(sheet, body, points, |sheet, body| {
            shadow(sheet, body, 46.0, theme);
            let frame = if theme.sketch { &theme.surface } else { "#15171b" };
            sheet.boxed(body, 46.0, frame, &mix(&theme.ink, &theme.surface, 0.5), 1.5);
            let glass = body.less(9.0, 9.0, 9.0, 9.0);
            sheet.rect(glass, 38.0, &theme.surface);
            status(sheet, theme, glass);
            let inner = glass.less(22.0, 58.0, 22.0, below);
            let from = title(sheet, theme, screen, inner, index);
            let space = inner.less(0.0, from, 0.0, 0.0);
            let (mut shown, rest) = fitting(theme, &left, space);
            if rest.is_empty() && (index == 0) == (count == 1) {
                fill_up(theme, &mut shown, &screen.blocks, space, index);
            }
            stack(sheet, theme, &shown, space);
            left = rest;
            if nav {
                tabs(sheet, theme, screen, glass, index % screen.places.len());
            } else {
                let bar = Area::new(glass.x + glass.w / 2.0 - 62.0, glass.bottom() - 14.0, 124.0, 5.0);
                sheet.rect(bar, 3.0, &theme.ink);
            }
        });
    }
}

/// Adds what other screens have until a screen is full; nothing that is on the first one again.
fn fill_up(theme: &Theme, shown: &mut Vec<Block>, first: &[Block], space: Area, turn: usize) {
    // A screen that says that there is nothing must show nothing.
    if first.iter().any(|block| matches!(block, Block::Empty(..))) {
        return;
    }
    let same = |one: &Block, other: &Block| std::mem::discriminant(one) == std::mem::discriminant(other);
    for at in 0..MORE.len() {
        let more = MORE[(at + turn.saturating_sub(1) * 3) % MORE.len()];
        let there = first.iter().chain(shown.iter()).any(|block| same(block, &more));
        let used = tall(theme, shown, space.w) + blocks::gap(theme) + height(theme, &more, space.w);
        if !there && used <= space.h {
            shown.push(more);
        }
    }
}

fn status(sheet: &mut Sheet, theme: &Theme, glass: Area) {
    let set = Type::new(15.0, &theme.ink).bold();
    sheet.words((glass.x + 30.0, glass.y + 34.0), set, "9:41", &theme.surface);
    let y = glass.y + 24.0;
    sheet.boxed(Area::new(glass.right() - 58.0, y, 26.0, 12.0), 4.0, "none", &theme.ink, 1.4);
    sheet.rect(Area::new(glass.right() - 55.5, y + 2.6, 16.0, 6.8), 2.0, &theme.ink);
}

/// The screen's name; gives back how much of the area it takes.
fn title(sheet: &mut Sheet, theme: &Theme, screen: &Screen, area: Area, turn: usize) -> f64 {
    let name = if turn == 0 { &screen.name } else { &screen.places[turn % screen.places.len()] };
    let mut set = Type::new(30.0 * theme.letter, &theme.ink).bold();
    set.size *= (area.w / set.width(name)).clamp(0.62, 1.0);
    let (x, set) = if theme.centred { (area.x + area.w / 2.0, set.middle()) } else { (area.x, set) };
    let lines = set.lines(name, area.w, 2);
    for (index, line) in lines.iter().enumerate() {
        sheet.words((x, area.y + set.size * (1.0 + 1.15 * index as f64)), set, line, &theme.surface);
    }
    set.size * (1.0 + 1.15 * (lines.len() as f64 - 1.0)) + 24.0 * theme.room
}

/// As many of the blocks as have room, and what is left for the next screen. A heading goes with what it heads.
fn fitting(theme: &Theme, blocks: &[Block], area: Area) -> (Vec<Block>, Vec<Block>) {
    let fits = |count: &usize| tall(theme, &blocks[..*count], area.w) <= area.h;
    let mut count = (1..=blocks.len()).rev().find(fits).unwrap_or(blocks.len().min(1));
    if count > 1 && count < blocks.len() && matches!(blocks[count - 1], Block::Heading(_)) {
        count -= 1;
    }
    (blocks[..count].to_vec(), blocks[count..].to_vec())
}

/// One below the other; what room is left goes between them, and an action may keep to the lower edge.
fn stack(sheet: &mut Sheet, theme: &Theme, blocks: &[Block], area: Area) {
    let mut blocks = blocks.to_vec();
    let mut area = area;
    if theme.low_action
        && let Some(at) = blocks.iter().position(|block| matches!(block, Block::Action(_)))
    {
        let action = blocks.remove(at);
        let high = height(theme, &action, area.w);
        put(sheet, theme, &action, Area::new(area.x, area.bottom() - high, area.w, high));
        area = area.less(0.0, 0.0, 0.0, high + blocks::gap(theme));
    }
    let used: f64 = blocks.iter().map(|block| height(theme, block, area.w)).sum();
    let gaps = blocks.len().saturating_sub(1).max(1) as f64;
    let gap = ((area.h - used) / gaps).clamp(6.0, blocks::gap(theme) * 2.2);
    let mut y = area.y;
    for block in &blocks {
        let high = height(theme, block, area.w);
        if y + high > area.bottom() + 2.0 {
            break;
        }
        put(sheet, theme, block, Area::new(area.x, y, area.w, high));
        y += high + gap;
    }
}

fn tabs(sheet: &mut Sheet, theme: &Theme, screen: &Screen, glass: Area, chosen: usize) {
    let bar = Area::new(glass.x, glass.bottom() - 84.0, glass.w, 84.0);
    sheet.line((bar.x, bar.y), (bar.right(), bar.y), 1.2, &theme.line);
    for (index, place) in screen.places.iter().enumerate() {
        let cell = bar.less(14.0, 0.0, 14.0, 0.0).cell((index, screen.places.len()), (0, 1), 0.0);
        let middle = cell.x + cell.w / 2.0;
        let now = index == chosen;
        let colour = if now { &theme.accent } else { &theme.quiet };
        let set = Type::new(13.5 * theme.letter, colour).middle();
        let set = if now { set.bold() } else { set };
        let place = set.fitting(place, cell.w);
        if theme.labels {
            sheet.words((middle, bar.y + 42.0), Type { size: 16.0, ..set }, &place, &theme.surface);
        } else {
            glyph(sheet, (middle, bar.y + 25.0), index, colour, now);
            sheet.words((middle, bar.y + 56.0), set, &place, &theme.surface);
        }
        if now {
            sheet.rect(Area::new(middle - 22.0, bar.y - 1.0, 44.0, 3.0), 1.5, &theme.accent);
        }
    }
}

/// Small marks that need no meaning of their own: their label has it.
fn glyph(sheet: &mut Sheet, (x, y): (f64, f64), which: usize, colour: &str, full: bool) {
    let fill = if full { colour } else { "none" };
    let shape = match which {
        0 => format!("M{} {}l11 -9l11 9v11h-22z", x - 11.0, y - 1.0),
        1 => format!("M{} {}h20M{} {}h20M{} {}h13", x - 10.0, y - 7.0, x - 10.0, y, x - 10.0, y + 7.0),
        2 => format!("M{} {}a8 8 0 1 0 .1 0zM{} {}l7 7", x - 2.0, y - 10.0, x + 4.0, y + 4.0),
        _ => format!("M{x} {}a5 5 0 1 0 .1 0zM{} {}c2 -10 18 -10 20 0z", y - 10.0, x - 10.0, y + 10.0),
    };
    sheet.put(&format!(
        r#"<path d="{shape}" fill="{fill}" stroke="{colour}" stroke-width="2.2" stroke-linejoin="round" stroke-linecap="round"/>"#
    ));
}

/// Blocks dealt to columns of this width, always to the shorter one.
fn dealt(theme: &Theme, blocks: &[Block], wide: f64) -> [Vec<Block>; 2] {
    let mut heights = [0.0, 0.0];
    let mut sides: [Vec<Block>; 2] = [Vec::new(), Vec::new()];
    for block in blocks {
        // A heading stays with what it heads: it goes wherever the next block will.
        let heads = |side: &Vec<Block>| matches!(side.last(), Some(Block::Heading(_)));
        let side = match (heads(&sides[0]), heads(&sides[1])) {
            (true, _) => 0,
            (_, true) => 1,
            _ => usize::from(heights[0] > heights[1]),
        };
        heights[side] += height(theme, block, wide) + blocks::gap(theme);
        sides[side].push(*block);
    }
    sides
}

const BETWEEN: f64 = 34.0;

/// In one column or in two.
fn columns(sheet: &mut Sheet, theme: &Theme, screen: &Screen, area: Area, count: usize) {
    if count == 1 {
        return stack(sheet, theme, &screen.blocks, area);
    }
    let wide = (area.w - BETWEEN) / 2.0;
    let [mut left, mut right] = dealt(theme, &screen.blocks, wide);
    let sides = [Area { w: wide, ..area }, Area::new(area.x + wide + BETWEEN, area.y, wide, area.h)];
    fill_up(theme, &mut left, &screen.blocks, sides[0], 1);
    let first = [screen.blocks.clone(), left.clone()].concat();
    fill_up(theme, &mut right, &first, sides[1], 2);
    stack(sheet, theme, &left, sides[0]);
    stack(sheet, theme, &right, sides[1]);
}

fn column_height(theme: &Theme, screen: &Screen, wide: f64, count: usize) -> f64 {
    match count {
        1 => tall(theme, &screen.blocks, wide),
        _ => {
            let wide = (wide - BETWEEN) / 2.0;
            let sides = dealt(theme, &screen.blocks, wide);
            sides.iter().map(|side| tall(theme, side, wide)).fold(0.0, f64::max)
        }
    }
}

fn sidebar(sheet: &mut Sheet, theme: &Theme, screen: &Screen, area: Area) {
    sheet.rect(area, 0.0, &theme.raised);
    let pad = 26.0;
    sheet.rect(Area::new(area.x + pad, area.y + 30.0, 34.0, 34.0), 10.0, &theme.accent);
    sheet.circle((area.x + pad + 17.0, area.y + 47.0), 7.0, &theme.surface);
    for (index, place) in screen.places.iter().enumerate() {
        let row = Area::new(area.x + 14.0, area.y + 98.0 + 54.0 * index as f64, area.w - 28.0, 46.0);
        let now = index == 0;
        if now {
            sheet.rect(row, theme.round, &theme.soft);
        }
        let set = Type::new(18.0 * theme.letter, if now { &theme.accent } else { &theme.ink });
        let set = if now { set.bold() } else { set };
        let ground = if now { &theme.soft } else { &theme.raised };
        let mut x = row.x + 14.0;
        if !theme.labels {
            let colour = if now { &theme.accent } else { &theme.quiet };
            glyph(sheet, (x + 10.0, row.y + 23.0), index, colour, false);
            x += 36.0;
        }
        sheet.words((x, row.y + 30.0), set, &set.fitting(place, row.right() - x - 6.0), ground);
    }
}

pub(super) fn tablet(sheet: &mut Sheet, theme: &Theme, screen: &Screen, page: Area, split: bool) {
    let wide = page.w * if page.h > page.w { 0.88 } else { 0.9 };
    let high = (page.h * 0.9).min(wide * 1.32);
    let side = if split { 180.0 } else { 0.0 };
    let inner = |points: f64| points - side - 102.0;
    let count = |points: f64| if inner(points) > 620.0 { 2 } else { 1 };
    let points = roomy(&[520.0, 560.0, 600.0, 640.0, 680.0, 740.0, 800.0, 860.0, 920.0], |points| {
        column_height(theme, screen, inner(points), count(points)) <= points * high / wide - 180.0
    });
    let body = Area::new((page.w - wide) / 2.0, (page.h - high) / 2.0, wide, high);
    scaled(sheet, body, points, |sheet, body| {
        shadow(sheet, body, 34.0, theme);
        let frame = if theme.sketch { &theme.surface } else { "#15171b" };
        sheet.boxed(body, 34.0, frame, &mix(&theme.ink, &theme.surface, 0.5), 1.5);
        let glass = body.less(15.0, 15.0, 15.0, 15.0);
        sheet.rect(glass, 20.0, &theme.surface);
        if split {
            sidebar(sheet, theme, screen, Area { w: side, ..glass.less(0.0, 12.0, 0.0, 12.0) });
        }
        let inner = glass.less(side + 36.0, 44.0, 36.0, 36.0);
        let from = title(sheet, theme, screen, inner, 0);
        columns(sheet, theme, screen, inner.less(0.0, from, 0.0, 0.0), count(points));
    });
}

pub(super) fn desktop(sheet: &mut Sheet, theme: &Theme, screen: &Screen, page: Area, split: bool) {
    let wide = page.w * 0.9;
    let high = (page.h * 0.86).min(wide * 0.92);
    let side = if split { 196.0 } else { 0.0 };
    // Two columns that are narrower than a phone would cut their words short.
    let widths = [660.0, 720.0, 780.0, 840.0, 920.0, 1000.0].map(|room| room + side + 80.0);
    let points = roomy(&widths, |points| {
        column_height(theme, screen, points - side - 80.0, 2) <= points * high / wide - 185.0
    });
    let body = Area::new((page.w - wide) / 2.0, (page.h - high) / 2.0, wide, high);
    scaled(sheet, body, points, |sheet, body| {
        shadow(sheet, body, 16.0, theme);
        sheet.rect(body, 16.0, &theme.surface);
        let bar = Area { h: 46.0, ..body };
        let top = mix(&theme.surface, &theme.ink, 0.08);
        sheet.fill(&format!("M0 46V16a16 16 0 0 1 16 -16H{:.1}a16 16 0 0 1 16 16V46z", body.w - 16.0), &top);
        for dot in 0..3 {
            sheet.circle((26.0 + 22.0 * f64::from(dot), 23.0), 6.5, &mix(&theme.ink, &top, 0.6));
        }
        let field = Area::new(body.w * 0.28, 10.0, body.w * 0.44, 26.0);
        sheet.rect(field, 8.0, &theme.surface);
        let set = Type::new(14.0, &theme.quiet).middle();
        let address = format!("{}.example", screen.places[0].to_lowercase().replace(' ', "-"));
        sheet.words((field.x + field.w / 2.0, 28.0), set, &address, &theme.surface);
        let below = body.less(0.0, bar.h, 0.0, 0.0);
        if split {
            sidebar(sheet, theme, screen, Area { w: side, ..below.less(0.0, 0.0, 0.0, 14.0) });
        }
        let inner = below.less(side + 40.0, 36.0, 40.0, 30.0);
        let from = title(sheet, theme, screen, inner, 0);
        columns(sheet, theme, screen, inner.less(0.0, from, 0.0, 0.0), 2);
    });
}

/// Parts without a device, each on a card of its own with its measure.
pub(super) fn components(sheet: &mut Sheet, theme: &Theme, screen: &Screen, page: Area) {
    let count = if page.w > page.h { 3 } else { 2 };
    let shown: Vec<&Block> =
        screen.blocks.iter().filter(|block| !matches!(block, Block::Heading(_))).collect();
    let points = roomy(&[740.0, 780.0, 820.0, 860.0, 920.0, 1000.0, 1100.0, 1200.0, 1300.0], |points| {
        let (places, _) = placed(theme, &shown, points - 104.0, count);
        let end = places.iter().map(Area::bottom).fold(0.0, f64::max);
        end <= points * page.h / page.w - 196.0
    });
    scaled(sheet, page, points, |sheet, page| {
        sheet.rect(page, 0.0, &theme.surface);
        // An eight-point grid, so faint that it only shows the care.
        let grid = mix(&theme.ink, &theme.surface, 0.955);
        for step in 0..(page.w.max(page.h) / 40.0) as usize {
            let at = step as f64 * 40.0;
            sheet.line((at, 0.0), (at, page.h), 1.0, &grid);
            sheet.line((0.0, at), (page.w, at), 1.0, &grid);
        }
        let inner = page.less(52.0, 56.0, 52.0, 40.0);
        let set = Type::new(38.0, &theme.ink).bold();
        sheet.words(
            (inner.x, inner.y + 30.0),
            set,
            &set.fitting(&screen.name, inner.w * 0.6),
            &theme.surface,
        );
        let small = Type::new(16.0, &theme.quiet);
        sheet.words((inner.x, inner.y + 62.0), small, "Components", &theme.surface);
        let tones = [&theme.ink, &theme.accent, &theme.soft, &theme.raised, &theme.art[1]];
        for (index, tone) in tones.iter().enumerate() {
            let x = inner.right() - 44.0 * (tones.len() - index) as f64 + 6.0;
            sheet.boxed(Area::new(x, inner.y, 38.0, 38.0), 19.0, tone, &theme.line, 1.5);
        }
        let (places, wide) = placed(theme, &shown, inner.w, count);
        for (block, place) in shown.iter().zip(places) {
            let card = Area::new(inner.x + place.x, inner.y + 96.0 + place.y, place.w, place.h);
            if card.bottom() > inner.bottom() + 8.0 {
                continue;
            }
            sheet.boxed(card, theme.round + 4.0, &theme.surface, &theme.line, 1.5);
            let set = Type::new(14.0, &theme.quiet);
            sheet.words((card.x + 22.0, card.y + 32.0), set, blocks::kind(block), &theme.surface);
            let measure = format!("{:.0} × {:.0}", wide - 44.0, card.h - 74.0);
            sheet.words((card.right() - 22.0, card.y + 32.0), set.end(), &measure, &theme.surface);
            put(sheet, theme, block, card.less(22.0, 52.0, 22.0, 22.0));
        }
    });
}

/// Where each part's card goes, always below the shortest column; and how wide a column is.
fn placed(theme: &Theme, shown: &[&Block], room: f64, count: usize) -> (Vec<Area>, f64) {
    const GAP: f64 = 26.0;
    let wide = (room - GAP * (count as f64 - 1.0)) / count as f64;
    let mut ends = vec![0.0f64; count];
    let place = |block: &&Block| {
        let shortest = (0..count).min_by(|one, other| ends[*one].total_cmp(&ends[*other])).unwrap_or(0);
        let high = height(theme, block, wide - 44.0) + 74.0;
        let card = Area::new(shortest as f64 * (wide + GAP), ends[shortest], wide, high);
        ends[shortest] += high + GAP;
        card
    };
    (shown.iter().map(place).collect(), wide)
}
