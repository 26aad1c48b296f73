//! The parts of a screen that show figures: dials, columns, curves, calendars, codes.

use std::f64::consts::TAU;

use qrcode::{Color, QrCode};

use super::super::sheet::{Area, Sheet, Type, mix, on};
use super::content::Block;
use super::controls::Pen;
use super::view;

pub(super) fn put(sheet: &mut Sheet, pen: &Pen<'_>, block: &Block, area: Area) {
    match block {
        Block::Dial(value, label, share) => dial(sheet, pen, (value, label, *share), area),
        Block::Bars(bars, now) => columns(sheet, pen, bars, *now, area),
        Block::Tide(waters) => tide(sheet, pen, waters, area),
        Block::Month(name, first, days, chosen) => month(sheet, pen, name, (*first, *days, *chosen), area),
        Block::Colours => colours(sheet, pen, area),
        Block::Code(label) => code(sheet, pen, label, area),
        Block::Empty(title, text) => view::empty(sheet, pen, title, text, area),
        Block::Route(label) => view::route(sheet, pen, label, area),
        Block::Player(title, text) => view::player(sheet, pen, title, text, area),
        Block::Photos => view::photos(sheet, pen, area),
        Block::Sizes(text) => sizes(sheet, pen, text, area),
        // All others are words and controls, which `blocks` draws.
        _ => {}
    }
}

fn dial(sheet: &mut Sheet, pen: &Pen<'_>, (value, label, share): (&str, &str, f64), area: Area) {
    let theme = pen.theme;
    let (x, y) = (area.x + area.w / 2.0, area.y + area.h / 2.0);
    let r = area.h / 2.0 - 12.0;
    sheet.ring((x, y), r, 16.0, &theme.line);
    let (sin, cos) = (TAU * (share.min(0.999) - 0.25)).sin_cos();
    let large = u8::from(share > 0.5);
    let arc = format!("M{x:.1} {:.1}A{r:.1} {r:.1} 0 {large} 1 {:.1} {:.1}", y - r, x + r * cos, y + r * sin);
    sheet.stroke(&arc, 16.0, &theme.accent);
    sheet.circle((x + r * cos, y + r * sin), 5.0, on(&theme.accent));
    let mut set = Type::new(r * 0.5, &theme.ink).bold().middle();
    set.size *= (r * 1.5 / set.width(value)).min(1.0);
    pen.say(sheet, (x, y + set.size * 0.28), set, value);
    let small = Type::new(16.0 * theme.letter, &theme.quiet).middle();
    pen.say(sheet, (x, y + set.size * 0.28 + 26.0 * theme.letter), small, label);
}

fn columns(sheet: &mut Sheet, pen: &Pen<'_>, bars: &[(&str, f64)], now: usize, area: Area) {
    let theme = pen.theme;
    let frame = area.less(0.0, 6.0, 0.0, 28.0);
    for (index, (label, share)) in bars.iter().enumerate() {
        let cell = frame.cell((index, bars.len()), (0, 1), 10.0);
        let high = (frame.h * share).max(4.0);
        let bar = Area::new(cell.x, frame.bottom() - high, cell.w, high);
        let fill = if index == now { theme.accent.clone() } else { mix(&theme.accent, pen.ground, 0.66) };
        sheet.rect(bar, 6.0, &fill);
        let set =
            Type::new(15.0 * theme.letter, if index == now { &theme.ink } else { &theme.quiet }).middle();
        let set = if index == now { set.bold() } else { set };
        pen.say(sheet, (cell.x + cell.w / 2.0, area.bottom() - 4.0), set, label);
    }
    sheet.line((frame.x, frame.bottom() + 1.0), (frame.right(), frame.bottom() + 1.0), 1.4, &theme.quiet);
}

fn tide(sheet: &mut Sheet, pen: &Pen<'_>, waters: &[(&str, &str)], area: Area) {
    let theme = pen.theme;
    let frame = area.less(0.0, 34.0, 0.0, 26.0);
    let low = |index: usize| index.is_multiple_of(2);
    let x = |index: usize| frame.x + frame.w * (0.14 + 0.24 * index as f64);
    let y = |index: usize| if low(index) { frame.bottom() - 34.0 } else { frame.y + 6.0 };
    let mut path = format!("M{:.1} {:.1}", frame.x, f64::midpoint(y(0), y(1)));
    let mut before = (frame.x, f64::midpoint(y(0), y(1)));
    for index in 0..waters.len() {
        let (to_x, to_y) = (x(index), y(index));
        let middle = f64::midpoint(before.0, to_x);
        path.push_str(&format!("C{middle:.1} {:.1} {middle:.1} {to_y:.1} {to_x:.1} {to_y:.1}", before.1));
        before = (to_x, to_y);
    }
    path.push_str(&format!(
        "Q{:.1} {:.1} {:.1} {:.1}",
        frame.right() - 8.0,
        before.1,
        frame.right(),
        f64::midpoint(y(0), y(1))
    ));
    sheet.fill(&format!("{path}V{:.1}H{:.1}z", frame.bottom(), frame.x), &theme.soft);
    sheet.stroke(&path, 4.0, &theme.accent);
    for (index, (time, metres)) in waters.iter().enumerate() {
        sheet.circle((x(index), y(index)), 6.0, &theme.accent);
        let set = Type::new(14.5, &theme.ink).bold().middle();
        let (text, ground) = match low(index) {
            true => (y(index) + 25.0, theme.soft.as_str()),
            false => (y(index) - 16.0, pen.ground),
        };
        pen.say_on(sheet, (x(index), text), set, metres, ground);
        let small = Type::new(14.0, &theme.quiet).middle();
        pen.say(sheet, (x(index), area.bottom() - 4.0), small, time);
    }
}

fn month(
    sheet: &mut Sheet,
    pen: &Pen<'_>,
    name: &str,
    (first, days, chosen): (usize, usize, usize),
    area: Area,
) {
    let theme = pen.theme;
    pen.say(sheet, (area.x, area.y + 20.0), Type::new(19.0 * theme.letter, &theme.ink).bold(), name);
    for (x, way) in [(area.right() - 56.0, -1.0), (area.right() - 14.0, 1.0)] {
        sheet.stroke(
            &format!("M{} {}l{} 8l{} 8", x - 4.0 * way, area.y + 6.0, 8.0 * way, -8.0 * way),
            2.6,
            &theme.accent,
        );
    }
    let grid = area.less(0.0, 44.0, 0.0, 0.0);
    let rows = 1 + (first + days).div_ceil(7);
    for (column, day) in ["M", "T", "W", "T", "F", "S", "S"].iter().enumerate() {
        let cell = grid.cell((column, 7), (0, rows), 0.0);
        let set = Type::new(14.0 * theme.letter, &theme.quiet).middle();
        pen.say(sheet, (cell.x + cell.w / 2.0, cell.y + cell.h / 2.0 + 5.0), set, day);
    }
    for day in 1..=days {
        let at = first + day - 1;
        let cell = grid.cell((at % 7, 7), (1 + at / 7, rows), 0.0);
        let middle = (cell.x + cell.w / 2.0, cell.y + cell.h / 2.0);
        let set = Type::new(16.0 * theme.letter, &theme.ink).middle();
        let text = (middle.0, middle.1 + 5.5);
        if day == chosen {
            sheet.circle(middle, (cell.h.min(cell.w) / 2.0 - 1.0).min(21.0), &theme.accent);
            let set = Type { colour: on(&theme.accent), ..set.bold() };
            pen.say_on(sheet, text, set, &day.to_string(), &theme.accent);
        } else {
            pen.say(sheet, text, set, &day.to_string());
            if day % 6 == 2 {
                sheet.circle((middle.0, middle.1 + 13.0), 2.4, &theme.accent);
            }
        }
    }
}

/// A field of one hue from light to dark, with the place that was chosen and a row of neighbours.
fn colours(sheet: &mut Sheet, pen: &Pen<'_>, area: Area) {
    let theme = pen.theme;
    let field = area.less(0.0, 0.0, 0.0, 56.0);
    let (rows, columns) = (6, 10);
    for row in 0..rows {
        for column in 0..columns {
            let cell = field.cell((column, columns), (row, rows), 3.0);
            let tone = mix(
                &mix("#ffffff", &theme.accent, (column as f64 + 1.0) / columns as f64),
                "#000000",
                0.13 * row as f64,
            );
            sheet.rect(cell, 4.0, &tone);
        }
    }
    let chosen = field.cell((6, columns), (1, rows), 3.0);
    sheet.boxed(chosen.less(-5.0, -5.0, -5.0, -5.0), 8.0, "none", &theme.ink, 3.0);
    let [one, two, three] = &theme.art;
    for (index, tone) in [&theme.accent, one, two, three, &theme.ink, &theme.wrong].iter().enumerate() {
        let x = area.x + 22.0 + 54.0 * index as f64;
        sheet.circle((x, area.bottom() - 22.0), 20.0, tone);
        if index == 0 {
            sheet.ring((x, area.bottom() - 22.0), 24.0, 2.4, &theme.ink);
        }
    }
}

/// A code that can be scanned, and says so itself.
fn code(sheet: &mut Sheet, pen: &Pen<'_>, label: &str, area: Area) {
    let theme = pen.theme;
    let side = area.h - 40.0;
    let card = Area::new(area.x + (area.w - side) / 2.0, area.y, side, side);
    sheet.boxed(card, theme.round, "#ffffff", &theme.line, 1.5);
    if let Ok(code) = QrCode::new(format!("FloImg Fleet, a picture of a ticket: {label}")) {
        let modules = code.width();
        let size = (side - 32.0) / modules as f64;
        let mut path = String::new();
        for (index, colour) in code.to_colors().into_iter().enumerate() {
            if colour == Color::Dark {
                let (x, y) = (
                    card.x + 16.0 + size * (index % modules) as f64,
                    card.y + 16.0 + size * (index / modules) as f64,
                );
                path.push_str(&format!("M{x:.2} {y:.2}h{size:.2}v{size:.2}h-{size:.2}z"));
            }
        }
        sheet.fill(&path, &super::super::sheet::readable(&theme.art[1], "#ffffff", 9.0));
    }
    let set = Type::new(17.0 * theme.letter, &theme.ink).middle();
    pen.say(sheet, (area.x + area.w / 2.0, area.bottom() - 8.0), set, label);
}

fn sizes(sheet: &mut Sheet, pen: &Pen<'_>, text: &str, area: Area) {
    let theme = pen.theme;
    let mut y = area.y;
    for (index, size) in [16.0, 22.0, 30.0].iter().enumerate() {
        let set = Type::new(size * theme.letter, if index == 1 { &theme.accent } else { &theme.ink });
        let set = if index == 1 { set.bold() } else { set };
        y += size * theme.letter * 1.0 + 18.0;
        pen.say(sheet, (area.x, y), set, &set.fitting(text, area.w));
    }
}
