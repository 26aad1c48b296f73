//! The parts of a screen that are pictures: covers, photographs, maps, what is drawn where there is nothing.

use super::super::sheet::{Area, Sheet, Type, mix, on};
use super::Theme;
use super::controls::Pen;

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

/// A quiet drawing, a heading and a sentence.
pub(super) fn empty(sheet: &mut Sheet, pen: &Pen<'_>, title: &str, text: &str, area: Area) {
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

pub(super) fn route(sheet: &mut Sheet, pen: &Pen<'_>, label: &str, area: Area) {
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

pub(super) fn player(sheet: &mut Sheet, pen: &Pen<'_>, title: &str, text: &str, area: Area) {
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

pub(super) fn photos(sheet: &mut Sheet, pen: &Pen<'_>, area: Area) {
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
