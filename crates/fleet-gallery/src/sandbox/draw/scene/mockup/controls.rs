//! The parts of a screen that are words and controls: lists, fields, switches, buttons.

use super::super::sheet::{Area, Sheet, Type, mix, on, readable};
use super::Theme;
use super::blocks::{field, note};
use super::content::Lead;
use super::view;

/// A theme on a known ground.
pub(super) struct Pen<'a> {
    pub(super) theme: &'a Theme,
    pub(super) ground: &'a str,
}

impl Pen<'_> {
    pub(super) fn say(&self, sheet: &mut Sheet, at: (f64, f64), set: Type<'_>, text: &str) {
        self.say_on(sheet, at, set, text, self.ground);
    }

    pub(super) fn say_on(&self, sheet: &mut Sheet, at: (f64, f64), set: Type<'_>, text: &str, ground: &str) {
        let colour = readable(set.colour, ground, self.theme.contrast);
        sheet.words(at, Type { colour: &colour, ..set }, text, ground);
    }

    fn type_of(&self, size: f64) -> Type<'_> {
        Type::new(size * self.theme.letter, &self.theme.ink)
    }

    fn quiet(&self, size: f64) -> Type<'_> {
        Type::new(size * self.theme.letter, &self.theme.quiet)
    }

    /// Where something may be written or chosen.
    fn well(&self, sheet: &mut Sheet, area: Area, line: &str, width: f64) {
        let fill = if self.theme.sketch { self.ground } else { &self.theme.raised };
        sheet.boxed(area, self.theme.round, fill, line, width);
    }

    fn focus(&self, sheet: &mut Sheet, area: Area) {
        let ring = area.less(-5.0, -5.0, -5.0, -5.0);
        sheet.boxed(ring, self.theme.round + 5.0, "none", &self.theme.accent, 3.0);
    }

    pub(super) fn search(&self, sheet: &mut Sheet, text: &str, area: Area) {
        let line = mix(&self.theme.ink, self.ground, 0.5);
        self.well(sheet, area, &line, 1.5);
        let middle = area.y + area.h / 2.0;
        sheet.ring((area.x + 25.0, middle - 2.0), 8.0, 2.4, &self.theme.quiet);
        sheet.line((area.x + 31.0, middle + 4.0), (area.x + 37.0, middle + 10.0), 2.6, &self.theme.quiet);
        let set = self.type_of(18.0);
        let fill = if self.theme.sketch { self.ground } else { &self.theme.raised };
        self.say_on(sheet, (area.x + 50.0, middle + 6.0), set, &set.fitting(text, area.w - 70.0), fill);
        if self.theme.focus {
            self.focus(sheet, area);
        }
    }

    pub(super) fn rows(&self, sheet: &mut Sheet, lead: Lead, rows: &[(&str, &str, &str)], area: Area) {
        let theme = self.theme;
        let title = self.type_of(18.0);
        let column = rows.iter().map(|(first, ..)| title.bold().width(first)).fold(0.0, f64::max) + 20.0;
        for (index, (first, second, end)) in rows.iter().enumerate() {
            let cell = area.cell((0, 1), (index, rows.len()), 0.0);
            let middle = cell.y + cell.h / 2.0;
            if index > 0 {
                sheet.line((cell.x, cell.y), (cell.right(), cell.y), 1.2, &theme.line);
            }
            let mut x = cell.x;
            let done = *end == "done";
            match lead {
                Lead::Check => {
                    self.tick(sheet, Area::new(x, middle - 14.0, 28.0, 28.0), done);
                    x += 44.0;
                }
                Lead::Cover => {
                    let side = (cell.h - 18.0).min(52.0);
                    view::cover(sheet, theme, Area::new(x, middle - side / 2.0, side, side), index);
                    x += side + 16.0;
                }
                Lead::Column => {
                    self.say(sheet, (x, middle + 6.0), title.bold(), first);
                    x += column;
                }
                Lead::Nothing => {}
            }
            let end_set = self.quiet(16.0).end();
            let shown = if lead == Lead::Check { if done && theme.told { "done" } else { "" } } else { end };
            let end_wide = end_set.width(shown) + 12.0;
            let room = cell.right() - x - end_wide;
            let (head, below) = if lead == Lead::Column { (*second, "") } else { (*first, *second) };
            let set = if lead == Lead::Cover { title.bold() } else { title };
            let set = if done { Type { colour: &theme.quiet, ..set } } else { set };
            let y = if below.is_empty() { middle + 6.0 } else { middle - 4.0 };
            self.say(sheet, (x, y), set, &set.fitting(head, room));
            if done {
                let wide = set.width(head).min(room);
                sheet.line((x, y - 6.0), (x + wide, y - 6.0), 1.4, &theme.quiet);
            }
            if !below.is_empty() {
                let small = self.quiet(15.0);
                self.say(sheet, (x, middle + 18.0 * theme.letter), small, &small.fitting(below, room));
            }
            if matches!(*end, "new" | "unread" | "now" | "New") {
                let tag = Area::new(
                    cell.right() - end_set.width(shown) - 18.0,
                    middle - 13.0,
                    end_set.width(shown) + 18.0,
                    26.0,
                );
                sheet.rect(tag, 13.0, &theme.soft);
                let set = Type { colour: &theme.accent, ..end_set }.middle();
                self.say_on(sheet, (tag.x + tag.w / 2.0, middle + 5.5), set, shown, &theme.soft);
            } else {
                let late = shown.starts_with("late");
                let set = if late { Type { colour: &theme.wrong, ..end_set }.bold() } else { end_set };
                self.say(sheet, (cell.right(), middle + 6.0), set, shown);
            }
        }
    }

    fn tick(&self, sheet: &mut Sheet, area: Area, done: bool) {
        let theme = self.theme;
        if done {
            sheet.rect(area, 8.0, &theme.accent);
            let Area { x, y, .. } = area;
            let tick = format!("M{} {}l5 6l9 -11", x + 7.0, y + 14.5);
            sheet.stroke(&tick, 3.0, on(&theme.accent));
        } else {
            sheet.boxed(area, 8.0, "none", &mix(&theme.ink, self.ground, 0.45), 2.0);
        }
    }

    pub(super) fn fields(&self, sheet: &mut Sheet, fields: &[(&str, &str, &str)], area: Area) {
        let theme = self.theme;
        let mut y = area.y;
        for (index, (label, value, wrong)) in fields.iter().enumerate() {
            let high = field(theme, wrong);
            self.say(sheet, (area.x, y + 18.0 * theme.letter), self.type_of(16.0).bold(), label);
            let well = Area::new(area.x, y + 30.0 * theme.letter, area.w, 52.0 * theme.letter);
            let failed = !wrong.is_empty();
            let line = if failed { theme.wrong.clone() } else { mix(&theme.ink, self.ground, 0.5) };
            self.well(sheet, well, &line, if failed { 2.5 } else { 1.5 });
            let set = self.type_of(18.0);
            let fill = if theme.sketch { self.ground } else { &theme.raised };
            self.say_on(
                sheet,
                (well.x + 16.0, well.y + well.h / 2.0 + 6.5),
                set,
                &set.fitting(value, well.w - 32.0),
                fill,
            );
            if theme.focus && index == 0 {
                self.focus(sheet, well);
            }
            if failed {
                let set = Type::new(15.0 * theme.letter, &theme.wrong);
                let told = set.fitting(wrong, area.w - 24.0);
                sheet.rect(Area::new(area.x, well.bottom() + 11.0, 15.0, 15.0), 7.5, &theme.wrong);
                let mark = Type::new(12.0, on(&theme.wrong)).bold().middle();
                self.say_on(sheet, (area.x + 7.5, well.bottom() + 23.0), mark, "!", &theme.wrong);
                self.say(sheet, (area.x + 22.0, well.bottom() + 24.0), set, &told);
            }
            y += high + 14.0;
        }
    }

    pub(super) fn toggles(&self, sheet: &mut Sheet, toggles: &[(&str, bool)], area: Area) {
        let theme = self.theme;
        for (index, (label, is_on)) in toggles.iter().enumerate() {
            let cell = area.cell((0, 1), (index, toggles.len()), 0.0);
            let middle = cell.y + cell.h / 2.0;
            if index > 0 {
                sheet.line((cell.x, cell.y), (cell.right(), cell.y), 1.2, &theme.line);
            }
            let set = self.type_of(18.0);
            self.say(
                sheet,
                (cell.x, middle + 6.5),
                set,
                &set.fitting(label, cell.w - if theme.told { 112.0 } else { 68.0 }),
            );
            let track = Area::new(cell.right() - 56.0, middle - 16.0, 56.0, 32.0);
            let knob = if *is_on { track.right() - 16.0 } else { track.x + 16.0 };
            if *is_on {
                sheet.rect(track, 16.0, &theme.accent);
                sheet.circle((knob, middle), 12.0, on(&theme.accent));
            } else {
                sheet.boxed(track, 16.0, "none", &mix(&theme.ink, self.ground, 0.45), 2.0);
                sheet.circle((knob, middle), 10.0, &mix(&theme.ink, self.ground, 0.35));
            }
            if theme.told {
                self.say(
                    sheet,
                    (track.x - 10.0, middle + 6.0),
                    self.quiet(15.0).end(),
                    if *is_on { "On" } else { "Off" },
                );
            }
            if theme.focus && index == 0 {
                sheet.boxed(track.less(-5.0, -5.0, -5.0, -5.0), 21.0, "none", &theme.accent, 3.0);
            }
        }
    }

    pub(super) fn slider(&self, sheet: &mut Sheet, (label, at, value): (&str, f64, &str), area: Area) {
        let theme = self.theme;
        self.say(sheet, (area.x, area.y + 18.0 * theme.letter), self.type_of(17.0), label);
        self.say(sheet, (area.right(), area.y + 18.0 * theme.letter), self.type_of(17.0).bold().end(), value);
        let y = area.bottom() - 18.0;
        sheet.rect(Area::new(area.x, y - 4.0, area.w, 8.0), 4.0, &theme.line);
        sheet.rect(Area::new(area.x, y - 4.0, area.w * at, 8.0), 4.0, &theme.accent);
        sheet.circle((area.x + area.w * at, y), 15.0, &theme.accent);
        sheet.circle((area.x + area.w * at, y), 9.0, &theme.surface);
    }

    pub(super) fn progress(&self, sheet: &mut Sheet, rows: &[(&str, f64)], area: Area) {
        let theme = self.theme;
        for (index, (label, share)) in rows.iter().enumerate() {
            let cell = area.cell((0, 1), (index, rows.len()), 0.0);
            let set = self.type_of(17.0);
            let text = cell.y + 20.0 * theme.letter;
            self.say(sheet, (cell.x, text), set, &set.fitting(label, cell.w - 70.0));
            let told = format!("{:.0} %", share * 100.0);
            self.say(sheet, (cell.right(), text), self.quiet(16.0).end(), &told);
            let track = Area::new(cell.x, text + 11.0, cell.w, 9.0);
            sheet.rect(track, 4.5, &theme.line);
            sheet.rect(Area { w: track.w * share, ..track }, 4.5, &theme.accent);
        }
    }

    pub(super) fn chips(&self, sheet: &mut Sheet, names: &[&str], chosen: usize, area: Area) {
        let theme = self.theme;
        let set = self.type_of(16.0).middle();
        let mut x = area.x;
        for (index, name) in names.iter().enumerate() {
            let now = index == chosen;
            let told = if now && theme.told { format!("✓ {name}") } else { (*name).to_owned() };
            let wide = set.bold().width(&told) + 30.0;
            if x + wide > area.right() + 1.0 {
                break;
            }
            let chip = Area::new(x, area.y, wide, area.h);
            let middle = (chip.x + wide / 2.0, chip.y + area.h / 2.0 + 6.0);
            if now {
                sheet.rect(chip, area.h / 2.0, &theme.accent);
                let set = Type { colour: on(&theme.accent), ..set.bold() };
                self.say_on(sheet, middle, set, &told, &theme.accent);
            } else {
                sheet.boxed(chip, area.h / 2.0, self.ground, &mix(&theme.ink, self.ground, 0.6), 1.5);
                self.say(sheet, middle, set, &told);
            }
            x += wide + 10.0;
        }
    }

    pub(super) fn stats(&self, sheet: &mut Sheet, stats: &[(&str, &str)], area: Area) {
        let theme = self.theme;
        for (index, (value, label)) in stats.iter().enumerate() {
            let cell = area.cell((index, stats.len()), (0, 1), 14.0);
            let fill =
                if theme.sketch || theme.cards { self.ground.to_owned() } else { theme.raised.clone() };
            sheet.boxed(cell, theme.round, &fill, &theme.line, 1.2);
            let mut set = self.type_of(27.0).bold();
            set.size *= ((cell.w - 30.0) / set.width(value)).min(1.0);
            self.say_on(sheet, (cell.x + 16.0, cell.y + 38.0 * theme.letter), set, value, &fill);
            let small = self.quiet(15.0);
            self.say_on(
                sheet,
                (cell.x + 16.0, cell.y + 63.0 * theme.letter),
                small,
                &small.fitting(label, cell.w - 24.0),
                &fill,
            );
        }
    }

    pub(super) fn stepper(&self, sheet: &mut Sheet, label: &str, value: &str, area: Area) {
        let middle = area.y + area.h / 2.0;
        let set = self.type_of(19.0);
        let set = Type { size: set.size * ((area.w - 190.0) / set.width(label)).min(1.0), ..set };
        self.say(sheet, (area.x, middle + 7.0), set, label);
        let (left, right) = ((area.right() - 144.0, middle), (area.right() - 26.0, middle));
        for ((x, y), plus) in [(left, false), (right, true)] {
            sheet.ring((x, y), 24.0, 2.0, &self.theme.accent);
            sheet.line((x - 9.0, y), (x + 9.0, y), 3.0, &self.theme.accent);
            if plus {
                sheet.line((x, y - 9.0), (x, y + 9.0), 3.0, &self.theme.accent);
            }
        }
        self.say(sheet, (area.right() - 85.0, middle + 9.0), self.type_of(26.0).bold().middle(), value);
    }

    pub(super) fn action(&self, sheet: &mut Sheet, text: &str, area: Area) {
        let theme = self.theme;
        let fill = readable(&theme.accent, on(&theme.accent), theme.contrast);
        sheet.rect(area, theme.round, &fill);
        let set = Type::new(19.0 * theme.letter, on(&fill)).bold().middle();
        let told = set.fitting(text, area.w - 20.0);
        self.say_on(sheet, (area.x + area.w / 2.0, area.y + area.h / 2.0 + 7.0), set, &told, &fill);
        if theme.focus {
            self.focus(sheet, area);
        }
    }

    pub(super) fn other(&self, sheet: &mut Sheet, text: &str, area: Area) {
        let theme = self.theme;
        sheet.boxed(area, theme.round, self.ground, &mix(&theme.accent, self.ground, 0.25), 1.8);
        let set = Type::new(18.0 * theme.letter, &theme.accent).middle();
        self.say(
            sheet,
            (area.x + area.w / 2.0, area.y + area.h / 2.0 + 6.5),
            set,
            &set.fitting(text, area.w - 20.0),
        );
    }

    pub(super) fn alert(&self, sheet: &mut Sheet, title: &str, text: &str, area: Area) {
        let theme = self.theme;
        let fill = mix(&theme.wrong, &theme.surface, 0.9);
        sheet.rect(area, theme.round, &fill);
        sheet.rect(Area { w: 6.0, ..area }, 3.0, &theme.wrong);
        sheet.circle((area.x + 34.0, area.y + 32.0 * theme.letter), 13.0, &theme.wrong);
        let mark = Type::new(18.0, on(&theme.wrong)).bold().middle();
        self.say_on(sheet, (area.x + 34.0, area.y + 32.0 * theme.letter + 6.5), mark, "!", &theme.wrong);
        let set = self.type_of(18.0).bold();
        let x = area.x + 60.0;
        self.say_on(sheet, (x, area.y + 38.0 * theme.letter), set, &set.fitting(title, area.w - 72.0), &fill);
        for (index, line) in note(theme).lines(text, area.w - 76.0, 4).iter().enumerate() {
            let y = area.y + (64.0 + 24.0 * index as f64) * theme.letter;
            self.say_on(sheet, (x, y), note(theme), line, &fill);
        }
    }

    pub(super) fn card(&self, sheet: &mut Sheet, title: &str, text: &str, area: Area) {
        let theme = self.theme;
        let fill = if theme.sketch { self.ground.to_owned() } else { theme.soft.clone() };
        sheet.boxed(area, theme.round + 6.0, &fill, &theme.line, 1.2);
        let (x, y) = (area.x + area.w / 2.0, area.y + area.h / 2.0);
        let mut set = self.type_of(34.0).bold().middle();
        set.size *= ((area.w - 40.0) / set.width(title)).min(1.0);
        self.say_on(sheet, (x, y + 2.0), set, title, &fill);
        let small = self.quiet(17.0).middle();
        self.say_on(sheet, (x, y + 36.0 * theme.letter), small, &small.fitting(text, area.w - 30.0), &fill);
    }
}
