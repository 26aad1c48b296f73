//! The parts of a screen that are pictures: dials, curves, calendars, codes, maps.

use std::f64::consts::TAU;

use qrcode::{Color, QrCode};

use super::super::sheet::{Area, Sheet, Type, mix, on};
use super::Theme;
use super::blocks::Pen;
use super::content::Block;

pub(super) fn put(sheet: &mut Sheet, pen: &Pen<'_>, block: &Block, area: Area) {
    match block {
        Block::Dial(value, label, share) => dial(sheet, pen, (value, label, *share), area),
        Block::Bars(bars, now) => columns(sheet, pen, bars, *now, area),
        Block::Tide(waters) => tide(sheet, pen, waters, area),
        Block::Month(name, first, days, chosen) => month(sheet, pen, name, (*first, *days, *chosen), area),
        Block::Colours => colours(sheet, pen, area),
        Block::Code(label) => code(sheet, pen, label, area),
        Block::Empty(title, text) => empty(sheet, pen, title, text, area),
        Block::Route(label) => route(sheet, pen, label, area),
        Block::Player(title, text) => player(sheet, pen, title, text, area),
        Block::Photos => photos(sheet, pen, area),
        Block::Sizes(text) => sizes(sheet, pen, text, area),
        // All others are words and controls, which `blocks` draws.
        _ => {}
    }
}

/// A small picture at the head of a row: a different one for each row.
pub(super) fn cover(sheet: &mut Sheet, theme: &Theme, area: Area, index: usize) {
    if theme.sketch {
        sheet.boxed(area, 8.0, "none", &theme.quiet, 1.6);
        sheet.line(
            (area.x + 4.0, area.y + 4.0),
            (area.right() - 4.0, area.bottom() - 4.0),
            1.4,
            &theme.quiet,
        );
        sheet.line(
            (area.right() - 4.0, area.y + 4.0),
            (area.x + 4.0, area.bottom() - 4.0),
            1.4,
            &theme.quiet,
        );
        return;
    }
    let [one, two, three] = &theme.art;
    let (ground, mark) = [(one, two), (two, three), (three, two), (two, one)][index % 4];
    sheet.rect(area, 10.0, ground);
    let (x, y, s) = (area.x, area.y, area.w);
    match index % 4 {
        0 => sheet.circle((x + s * 0.62, y + s * 0.38), s * 0.2, mark),
        1 => sheet.fill(
            &format!(
                "M{} {}l{} {}l{} {}z",
                x + s * 0.16,
                y + s * 0.8,
                s * 0.34,
                -s * 0.56,
                s * 0.34,
                s * 0.56
            ),
            mark,
        ),
        2 => sheet.fill(
            &format!(
                "M{x} {}q{} {} {} 0t{} 0V{}H{x}z",
                y + s * 0.62,
                s * 0.25,
                -s * 0.3,
                s * 0.5,
                s * 0.5,
                y + s * 0.9
            ),
            mark,
        ),
        _ => {
            sheet.rect(Area::new(x + s * 0.24, y + s * 0.24, s * 0.52, s * 0.1), 2.0, mark);
            sheet.rect(Area::new(x + s * 0.24, y + s * 0.45, s * 0.52, s * 0.1), 2.0, mark);
            sheet.rect(Area::new(x + s * 0.24, y + s * 0.66, s * 0.3, s * 0.1), 2.0, mark);
        }
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

/// A quiet drawing, a heading and a sentence.
fn empty(sheet: &mut Sheet, pen: &Pen<'_>, title: &str, text: &str, area: Area) {
    let theme = pen.theme;
    let x = area.x + area.w / 2.0;
    let s = (area.h - 130.0).clamp(90.0, 230.0);
    let y = area.y + 10.0 + s / 2.0;
    if theme.sketch {
        sheet.ring((x, y), s * 0.5, 2.0, &theme.quiet);
    } else {
        sheet.circle((x, y), s * 0.5, &theme.soft);
    }
    let body = Area::new(x - s * 0.3, y - s * 0.18, s * 0.6, s * 0.4);
    sheet.boxed(body, 10.0, if theme.sketch { &theme.surface } else { &theme.raised }, &theme.accent, 3.0);
    sheet.stroke(
        &format!(
            "M{:.1} {:.1}L{x:.1} {:.1}L{:.1} {:.1}",
            body.x + 6.0,
            body.y + 8.0,
            y + s * 0.06,
            body.right() - 6.0,
            body.y + 8.0
        ),
        3.0,
        &theme.accent,
    );
    sheet.stroke(
        &format!("M{:.1} {:.1}q{:.1} {:.1} {:.1} 0", x - s * 0.42, y - s * 0.3, s * 0.12, -s * 0.1, s * 0.24),
        2.6,
        &theme.quiet,
    );
    sheet.circle((x + s * 0.38, y - s * 0.3), 5.0, &theme.art[1]);
    let mut set = Type::new(25.0 * theme.letter, &theme.ink).bold().middle();
    set.size *= (area.w / set.width(title)).min(1.0);
    let mut y = area.y + s + 50.0;
    pen.say(sheet, (x, y), set, title);
    let small = Type::new(17.0 * theme.letter, &theme.quiet).middle();
    for line in small.lines(text, area.w - 20.0, 3) {
        y += 27.0 * theme.letter;
        pen.say(sheet, (x, y), small, &line);
    }
}

fn route(sheet: &mut Sheet, pen: &Pen<'_>, label: &str, area: Area) {
    let theme = pen.theme;
    let ground = if theme.sketch { theme.surface.clone() } else { mix(&theme.art[2], &theme.surface, 0.55) };
    sheet.boxed(area, theme.round + 4.0, &ground, &theme.line, 1.5);
    let Area { x, y, w, h } = area;
    let contour = mix(&theme.art[1], &ground, 0.72);
    for ring in 0..5 {
        let r = h * (0.09 + 0.085 * f64::from(ring));
        sheet.put(&format!(
            r#"<ellipse cx="{:.1}" cy="{:.1}" rx="{:.1}" ry="{r:.1}" fill="none" stroke="{contour}" stroke-width="1.6"/>"#,
            x + w * 0.66,
            y + h * 0.48,
            r * 1.5
        ));
    }
    sheet.fill(
        &format!(
            "M{:.1} {:.1}q{:.1} {:.1} {:.1} {:.1}t{:.1} {:.1}H{:.1}z",
            x + 2.0,
            y + h * 0.7,
            w * 0.12,
            h * 0.02,
            w * 0.2,
            h * 0.12,
            w * 0.12,
            h * 0.17,
            x + 2.0
        ),
        &mix(&theme.accent, &ground, 0.75),
    );
    let way = format!(
        "M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}S{:.1} {:.1} {:.1} {:.1}",
        x + w * 0.12,
        y + h * 0.6,
        x + w * 0.24,
        y + h * 0.16,
        x + w * 0.38,
        y + h * 0.78,
        x + w * 0.56,
        y + h * 0.5,
        x + w * 0.74,
        y + h * 0.16,
        x + w * 0.88,
        y + h * 0.3
    );
    sheet.stroke(&way, 8.0, &theme.surface);
    sheet.stroke(&way, 4.5, &theme.accent);
    for (at, r) in [((x + w * 0.12, y + h * 0.6), 8.0), ((x + w * 0.88, y + h * 0.3), 10.0)] {
        sheet.circle(at, r + 3.0, &theme.surface);
        sheet.circle(at, r, &theme.accent);
    }
    let set = Type::new(16.0 * theme.letter, &theme.ink).bold();
    let told = set.fitting(label, w - 60.0);
    let tag = Area::new(x + 12.0, y + h - 46.0, set.width(&told) + 24.0, 34.0);
    sheet.rect(tag, 10.0, &theme.surface);
    pen.say_on(sheet, (tag.x + 12.0, tag.y + 23.0), set, &told, &theme.surface);
}

fn player(sheet: &mut Sheet, pen: &Pen<'_>, title: &str, text: &str, area: Area) {
    let theme = pen.theme;
    let side = 84.0;
    cover(sheet, theme, Area::new(area.x, area.y, side, side), 1);
    let set = Type::new(21.0 * theme.letter, &theme.ink).bold();
    let room = area.w - side - 18.0;
    pen.say(sheet, (area.x + side + 18.0, area.y + 36.0), set, &set.fitting(title, room));
    let small = Type::new(16.0 * theme.letter, &theme.quiet);
    pen.say(
        sheet,
        (area.x + side + 18.0, area.y + 36.0 + 28.0 * theme.letter),
        small,
        &small.fitting(text, room),
    );
    let count = (area.w / 9.0) as usize;
    let y = area.y + side + 32.0;
    for index in 0..count {
        let wave = (index as f64 * 0.9).sin() * (index as f64 * 0.23).cos();
        let high = 6.0 + 26.0 * wave.abs();
        let played = (index as f64) < count as f64 * 0.38;
        let fill = if played { theme.accent.clone() } else { mix(&theme.ink, pen.ground, 0.72) };
        sheet.rect(Area::new(area.x + 9.0 * index as f64, y - high / 2.0, 4.5, high), 2.2, &fill);
    }
    let (x, y) = (area.x + area.w / 2.0, area.bottom() - 26.0);
    sheet.circle((x, y), 26.0, &theme.accent);
    let ink = on(&theme.accent);
    sheet.rect(Area::new(x - 9.0, y - 10.0, 6.0, 20.0), 2.0, ink);
    sheet.rect(Area::new(x + 3.0, y - 10.0, 6.0, 20.0), 2.0, ink);
    let back = Type::new(16.0 * theme.letter, &theme.ink).middle();
    pen.say(sheet, (x - 76.0, y + 6.0), back, "−15 s");
    pen.say(sheet, (x + 76.0, y + 6.0), back, "+30 s");
}

fn photos(sheet: &mut Sheet, pen: &Pen<'_>, area: Area) {
    let theme = pen.theme;
    let large = Area { w: area.w * 0.62, ..area };
    let small = area.less(large.w + 10.0, 0.0, 0.0, 0.0);
    let places = [large, small.cell((0, 1), (0, 2), 10.0), small.cell((0, 1), (1, 2), 10.0)];
    let [one, two, three] = &theme.art;
    for (index, place) in places.iter().enumerate() {
        if theme.sketch {
            cover(sheet, theme, *place, index);
            continue;
        }
        let Area { x, y, w, h } = *place;
        let (sky, hill, near) = [(three, one, two), (one, three, two), (two, one, three)][index];
        sheet.put(&format!(r#"<clipPath id="photo{index}"><rect x="{x:.1}" y="{y:.1}" width="{w:.1}" height="{h:.1}" rx="{}"/></clipPath><g clip-path="url(#photo{index})">"#, theme.round));
        sheet.rect(*place, 0.0, sky);
        sheet.circle((x + w * 0.7, y + h * 0.32), h.min(w) * 0.12, &mix(sky, "#ffffff", 0.6));
        sheet.fill(
            &format!(
                "M{x:.1} {:.1}q{:.1} {:.1} {:.1} {:.1}t{:.1} {:.1}V{:.1}H{x:.1}z",
                y + h * 0.62,
                w * 0.25,
                -h * 0.22,
                w * 0.5,
                -h * 0.02,
                w * 0.6,
                -h * 0.06,
                y + h
            ),
            hill,
        );
        sheet.fill(
            &format!(
                "M{x:.1} {:.1}q{:.1} {:.1} {:.1} {:.1}T{:.1} {:.1}V{:.1}H{x:.1}z",
                y + h * 0.82,
                w * 0.3,
                h * 0.02,
                w * 0.55,
                -h * 0.1,
                x + w,
                y + h * 0.7,
                y + h
            ),
            near,
        );
        sheet.put("</g>");
    }
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
