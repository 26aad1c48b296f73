//! Forms with a scale that goes up and labels that go along: lines, bars and stacked bars.

use super::super::sheet::{Area, Sheet, Type, mix, on, path};
use super::Look;
use super::study::{Series, Study, number, tick};
use crate::sandbox::draw::canvas::round_step;

/// A scale from zero.
pub(super) struct Scale {
    pub(super) area: Area,
    pub(super) step: f64,
    pub(super) most: f64,
}

impl Scale {
    pub(super) fn new(area: Area, most: f64, steps: f64) -> Self {
        let step = round_step(most.max(1e-6), steps);
        Self { area, step, most: (most / step - 1e-6).ceil().max(1.0) * step }
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        self.area.bottom() - self.area.h * value / self.most
    }

    pub(super) fn told(&self, value: f64) -> String {
        tick(value, self.step)
    }

    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> {
        let step = self.step;
        (0..=(self.most / step).round() as usize).map(move |tick| tick as f64 * step)
    }

    /// Lines across with their numbers above them at the left; the line of zero is the ground to stand on.
    pub(super) fn draw(&self, sheet: &mut Sheet, look: &Look, study: &Study) {
        let set = look.small();
        let last = self.ticks().count() - 1;
        for (index, tick) in self.ticks().enumerate() {
            let y = self.y(tick);
            let (colour, width) = if index == 0 { (&look.ink, 2.5) } else { (&look.grid, 1.5) };
            sheet.line((self.area.x, y), (self.area.right(), y), look.size(width), colour);
            if index > 0 {
                let told = if index == last { study.with_unit(self.told(tick)) } else { self.told(tick) };
                sheet.words((self.area.x, y - look.size(7.0)), set, &told, &look.ground);
            }
        }
    }
}

/// Labels below, as many as have room, the first one always.
pub(super) fn along(
    sheet: &mut Sheet,
    look: &Look,
    study: &Study,
    y: f64,
    x: impl Fn(usize) -> f64,
    strong: Option<usize>,
) {
    let set = look.small().middle();
    let count = study.labels.len();
    let slot = if count > 1 { (x(1) - x(0)).abs() } else { f64::MAX };
    let widest = study.labels.iter().map(|label| set.width(label)).fold(0.0, f64::max) + look.size(14.0);
    let every = (widest / slot).ceil().max(1.0) as usize;
    // Of hours and months every second, third, fourth or sixth is natural.
    let every = [1, 2, 3, 4, 6, 8, 12].into_iter().find(|natural| *natural >= every).unwrap_or(every);
    for (index, label) in study.labels.iter().enumerate() {
        let shown = match strong {
            Some(strong) if index != strong => {
                index % every == 0 && (index.abs_diff(strong) as f64) * slot > widest
            }
            Some(_) => true,
            None => index % every == 0,
        };
        if shown {
            let set = if strong == Some(index) { Type { colour: &look.ink, ..set.bold() } } else { set };
            sheet.words((x(index), y), set, label, &look.ground);
        }
    }
}

/// Moves labels apart that would overlap: wished places in, places out, in the same order.
pub(super) fn apart(wished: &[f64], gap: f64, (least, most): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wished.len()).collect();
    order.sort_by(|one, other| wished[*one].total_cmp(&wished[*other]));
    let mut places = wished.to_vec();
    let mut floor = least;
    for index in &order {
        places[*index] = places[*index].max(floor);
        floor = places[*index] + gap;
    }
    let mut ceiling = most;
    for index in order.iter().rev() {
        places[*index] = places[*index].min(ceiling);
        ceiling = places[*index] - gap;
    }
    places
}

fn mean_line(sheet: &mut Sheet, look: &Look, study: &Study, scale: &Scale, series: &Series) {
    let mean = series.mean();
    let y = scale.y(mean);
    let dash = look.size(7.0);
    sheet.put(&format!(
        r#"<path d="M{:.1} {y:.1}H{:.1}" stroke="{}" stroke-width="{:.1}" stroke-dasharray="{dash} {dash}"/>"#,
        scale.area.x,
        scale.area.right(),
        look.ink,
        look.size(1.8)
    ));
    let set = look.small().end();
    let told = format!("mean {}", study.told(mean));
    sheet.words((scale.area.right(), y - look.size(8.0)), set, &told, &look.ground);
}

pub(super) fn lines(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    let name = Type::new(look.size(24.0), &look.ink);
    let widest = study.series.iter().map(|series| name.bold().width(&series.name)).fold(0.0, f64::max);
    let right = if look.folded { look.size(20.0) } else { (widest + look.size(26.0)).min(area.w * 0.34) };
    let frame = area.less(0.0, look.size(34.0), right, look.size(44.0));
    let scale = Scale::new(frame, study.most(), (frame.h / look.size(120.0)).clamp(2.0, 7.0));
    scale.draw(sheet, look, study);
    let last = study.labels.len().saturating_sub(1).max(1) as f64;
    let start = look.size(58.0);
    let x = |index: usize| frame.x + start + (frame.w - start) * index as f64 / last;
    let (of, at, told) = study.finding();
    along(sheet, look, study, frame.bottom() + look.size(36.0), x, look.note.then_some(at));
    if look.mean {
        mean_line(sheet, look, study, &scale, &study.series[0]);
    }
    let points = |series: &Series| -> Vec<(f64, f64)> {
        series.values.iter().enumerate().map(|(index, value)| (x(index), scale.y(*value))).collect()
    };
    // The one that stands out is drawn last, above the others.
    for (index, series) in study.series.iter().enumerate().rev() {
        let line = points(series);
        let width = if index == 0 { 6.0 } else { 3.4 };
        if index == 0 && study.series.len() < 4 {
            let ground = frame.bottom();
            let area =
                format!("{}L{:.1} {ground:.1}L{:.1} {ground:.1}z", path(&line), x(line.len() - 1), x(0));
            sheet.fill(&area, &mix(look.series(0), &look.ground, 0.84));
            scale.ticks().skip(1).for_each(|tick| {
                let y = scale.y(tick);
                sheet.line((frame.x, y), (frame.right(), y), look.size(1.2), &look.grid);
            });
        }
        sheet.stroke(&path(&line), look.size(width + 4.0), &look.ground);
        sheet.stroke(&path(&line), look.size(width), look.series(index));
        if let Some(end) = line.last() {
            sheet.circle(*end, look.size(width + 1.0), look.series(index));
        }
    }
    if !look.folded {
        let wished: Vec<f64> =
            study.series.iter().map(|series| scale.y(series.values.last().copied().unwrap_or(0.0))).collect();
        let places = apart(&wished, look.size(31.0), (frame.y, frame.bottom()));
        for (index, series) in study.series.iter().enumerate() {
            let colour = look.name(index);
            let set = Type { colour: &colour, bold: index == 0, ..name };
            let told = set.fitting(&series.name, right - look.size(18.0));
            sheet.words(
                (frame.right() + look.size(18.0), places[index] + look.size(8.0)),
                set,
                &told,
                &look.ground,
            );
        }
    }
    if look.note {
        callout(sheet, look, (x(at), scale.y(study.series[of].values[at])), frame, &told, of);
    }
}

/// A ring around a point, and its words on whichever side has room.
fn callout(sheet: &mut Sheet, look: &Look, (x, y): (f64, f64), frame: Area, told: &str, of: usize) {
    let colour = look.name(of);
    let set = Type::new(look.size(24.0), &look.ink).bold();
    sheet.circle((x, y), look.size(11.0), &look.ground);
    sheet.ring((x, y), look.size(9.0), look.size(4.0), &colour);
    let wide = set.width(told);
    let above = y - look.size(26.0);
    let (x, anchored) = match x {
        x if x + wide / 2.0 > frame.right() => (frame.right(), set.end()),
        x if x - wide / 2.0 < frame.x + look.size(70.0) => {
            ((x - look.size(12.0)).max(frame.x + look.size(70.0)), set)
        }
        x => (x, set.middle()),
    };
    // A halo, so that lines which pass behind do not cross the letters.
    let halo = Type { colour: &look.ground, ..anchored };
    sheet.put(&format!(
        r#"<g stroke="{}" stroke-width="{:.1}" stroke-linejoin="round">"#,
        look.ground,
        look.size(8.0)
    ));
    sheet.text((x, above), halo, told);
    sheet.put("</g>");
    sheet.words((x, above), anchored, told, &look.ground);
}

/// Columns where labels have an order, else bars, the longest first.
pub(super) fn bars(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    if !study.ordered || (area.h > area.w * 1.25 && study.labels.len() < 16) {
        return lying(sheet, look, study, area);
    }
    let frame = area.less(0.0, look.size(36.0), 0.0, look.size(44.0));
    let hero = &study.series[0];
    let scale = Scale::new(frame, hero.most(), (frame.h / look.size(120.0)).clamp(2.0, 7.0));
    scale.draw(sheet, look, study);
    let count = hero.values.len();
    let start = look.size(64.0);
    let slot = (frame.w - start) / count as f64;
    let share = if look.airy { 0.54 } else { 0.76 };
    let x = |index: usize| frame.x + start + slot * (index as f64 + 0.5);
    let peak = hero.peak();
    let told = Type::new(look.size(21.0), &look.ink).middle();
    let fits = told.bold().width(&number(hero.most(), study.most())) < slot * 0.98;
    for (index, value) in hero.values.iter().enumerate() {
        let y = scale.y(*value);
        let colour = match index == peak {
            true => look.series(0).to_owned(),
            false => mix(look.series(1), &look.ground, 0.28),
        };
        let bar = Area::new(x(index) - slot * share / 2.0, y, slot * share, frame.bottom() - y);
        sheet.rect(bar, look.size(3.0), &colour);
        if fits || index == peak {
            let set = if index == peak { told.bold() } else { told };
            sheet.words((x(index), y - look.size(10.0)), set, &number(*value, study.most()), &look.ground);
        }
    }
    along(sheet, look, study, frame.bottom() + look.size(36.0), x, Some(peak));
    if look.mean {
        mean_line(sheet, look, study, &scale, hero);
    }
}

/// Which labels come first: the largest, or as they are where they have an order.
fn order(study: &Study, value: impl Fn(usize) -> f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..study.labels.len()).collect();
    if !study.ordered {
        order.sort_by(|one, other| value(*other).total_cmp(&value(*one)));
    }
    order
}

fn lying(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    let hero = &study.series[0];
    let order = order(study, |index| hero.values[index]);
    let name = look.plain();
    let left =
        order.iter().map(|index| name.width(&study.labels[*index])).fold(0.0, f64::max) + look.size(24.0);
    let frame = area.less(left, look.size(10.0), look.size(110.0), 0.0);
    let slot = frame.h / order.len() as f64;
    let share = if look.airy { 0.5 } else { 0.7 };
    let most = hero.most().max(1e-6);
    for (row, index) in order.iter().enumerate() {
        let y = frame.y + slot * row as f64;
        let value = hero.values[*index];
        let bar = Area::new(frame.x, y + slot * (1.0 - share) / 2.0, frame.w * value / most, slot * share);
        let first = *index == hero.peak();
        let colour = match first {
            true => look.series(0).to_owned(),
            false => mix(look.series(1), &look.ground, 0.28),
        };
        sheet.rect(bar, look.size(3.0), &colour);
        let middle = y + slot / 2.0 + look.size(8.0);
        let set = if first { name.bold() } else { name };
        sheet.words((frame.x - look.size(18.0), middle), set.end(), &study.labels[*index], &look.ground);
        sheet.words((bar.right() + look.size(12.0), middle), set, &study.told(value), &look.ground);
    }
    if look.mean {
        let x = frame.x + frame.w * hero.mean() / most;
        sheet.line((x, frame.y), (x, frame.bottom()), look.size(1.8), &look.ink);
        let told = format!("mean {}", study.told(hero.mean()));
        sheet.words(
            (x + look.size(8.0), frame.bottom() + look.size(26.0)),
            look.small(),
            &told,
            &look.ground,
        );
    }
    sheet.line((frame.x, frame.y), (frame.x, frame.bottom()), look.size(2.5), &look.ink);
}

/// Bars whose parts are the series; lying where labels have no order.
pub(super) fn stacked(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    let sums: Vec<f64> = (0..study.labels.len()).map(|index| study.sum(index)).collect();
    let most = sums.iter().copied().fold(0.0, f64::max).max(1e-6);
    let shades: Vec<String> = (0..study.series.len()).map(|index| look.series(index).to_owned()).collect();
    if !study.ordered {
        let order = order(study, |index| sums[index]);
        let name = look.plain();
        let left =
            order.iter().map(|index| name.width(&study.labels[*index])).fold(0.0, f64::max) + look.size(24.0);
        let frame = area.less(left, look.size(52.0), look.size(110.0), 0.0);
        let slot = frame.h / order.len() as f64;
        for (row, index) in order.iter().enumerate() {
            let (y, high) = (frame.y + slot * (row as f64 + 0.15), slot * 0.7);
            let mut x = frame.x;
            for (series, shade) in study.series.iter().zip(&shades) {
                let part = Area::new(x, y, frame.w * series.values[*index] / most, high);
                sheet.rect(part.less(0.0, 0.0, look.size(2.0), 0.0), 0.0, shade);
                let set = Type::new(look.size(19.0), on(shade)).middle();
                let told = number(series.values[*index], study.most());
                if set.width(&told) + look.size(12.0) < part.w && high > look.size(28.0) {
                    sheet.words((part.x + part.w / 2.0, y + high / 2.0 + look.size(7.0)), set, &told, shade);
                }
                x = part.right();
            }
            let middle = y + high / 2.0 + look.size(8.0);
            sheet.words((frame.x - look.size(18.0), middle), name.end(), &study.labels[*index], &look.ground);
            sheet.words(
                (x + look.size(12.0), middle),
                name.bold(),
                &number(sums[*index], most),
                &look.ground,
            );
        }
        keys(sheet, look, study, (frame.x, area.y + look.size(22.0)), frame.right());
        return;
    }
    let name = Type::new(look.size(23.0), &look.ink);
    let widest = study.series.iter().map(|series| name.width(&series.name)).fold(0.0, f64::max);
    let right = if look.folded { look.size(10.0) } else { widest + look.size(30.0) };
    let frame = area.less(0.0, look.size(36.0), right, look.size(44.0));
    let scale = Scale::new(frame, most, (frame.h / look.size(120.0)).clamp(2.0, 7.0));
    scale.draw(sheet, look, study);
    let start = look.size(64.0);
    let slot = (frame.w - start) / sums.len() as f64;
    let share = if look.airy { 0.56 } else { 0.8 };
    let x = |index: usize| frame.x + start + slot * (index as f64 + 0.5);
    let mut wished = vec![0.0; study.series.len()];
    for index in 0..sums.len() {
        let mut below = 0.0;
        // The first series lies at the bottom, where its heights can be compared.
        for (at, (series, shade)) in study.series.iter().zip(&shades).enumerate() {
            let (low, high) = (scale.y(below), scale.y(below + series.values[index]));
            let part = Area::new(x(index) - slot * share / 2.0, high, slot * share, low - high);
            sheet.rect(part.less(0.0, look.size(1.2).min(part.h / 2.0), 0.0, 0.0), 0.0, shade);
            below += series.values[index];
            wished[at] = f64::midpoint(low, high);
        }
    }
    along(sheet, look, study, frame.bottom() + look.size(36.0), x, None);
    if look.folded {
        return;
    }
    let places = apart(&wished, look.size(31.0), (frame.y, frame.bottom()));
    for (index, series) in study.series.iter().enumerate() {
        let colour = look.name(index);
        let set = Type { colour: &colour, bold: index == 0, ..name };
        sheet.words(
            (frame.right() + look.size(14.0), places[index] + look.size(8.0)),
            set,
            &series.name,
            &look.ground,
        );
    }
}

/// Names with a dot of their colour, in rows.
pub(super) fn keys(sheet: &mut Sheet, look: &Look, study: &Study, (left, top): (f64, f64), right: f64) {
    let (mut x, mut y) = (left, top);
    for (index, series) in study.series.iter().enumerate() {
        let colour = look.name(index);
        let set = Type { colour: &colour, bold: index == 0, ..look.plain() };
        let wide = set.width(&series.name) + look.size(58.0);
        if x + wide > right + look.size(30.0) && x > left {
            (x, y) = (left, y + look.size(34.0));
        }
        sheet.circle((x + look.size(9.0), y - look.size(8.0)), look.size(9.0), look.series(index));
        sheet.words((x + look.size(26.0), y), set, &series.name, &look.ground);
        x += wide;
    }
}
