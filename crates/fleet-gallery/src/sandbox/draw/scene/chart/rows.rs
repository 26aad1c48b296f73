//! Forms of rows: heat maps, ridgelines, slopes and dots.

use super::super::sheet::{Area, Sheet, Type, luminance, mix, on, path};
use super::axes::{Scale, along, apart, keys};
use super::study::{Study, number};
use super::{Look, dark};

/// A field of cells, the darker the more.
pub(super) fn heat(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    let name = look.plain();
    let left =
        study.series.iter().map(|series| name.width(&series.name)).fold(0.0, f64::max) + look.size(22.0);
    let frame = area.less(left, 0.0, 0.0, look.size(108.0));
    let (rows, columns) = (study.series.len(), study.labels.len());
    let most = study.most().max(1e-6);
    // Towards the accent, which is darkened where the page is light: more is always further from the page.
    let end = match dark(look) {
        true => mix(look.series(0), "#ffffff", 0.25),
        false => mix(look.series(0), "#000000", if luminance(look.series(0)) > 0.3 { 0.45 } else { 0.25 }),
    };
    let tone = |value: f64| {
        let share = value / most;
        match share < 0.6 {
            true => mix(&mix(look.series(0), &look.ground, 0.9), look.series(0), share / 0.6),
            false => mix(look.series(0), &end, (share - 0.6) / 0.4),
        }
    };
    let gap = look.size(if columns > 16 { 2.0 } else { 5.0 });
    for (row, series) in study.series.iter().enumerate() {
        for (column, value) in series.values.iter().enumerate() {
            let cell = frame.cell((column, columns), (row, rows), gap);
            let shade = tone(*value);
            sheet.rect(cell, look.size(4.0), &shade);
            let set = Type::new(look.size(20.0), on(&shade)).middle();
            let told = number(*value, study.most());
            if set.width(&told) + look.size(10.0) < cell.w && cell.h > look.size(36.0) {
                sheet.words(
                    (cell.x + cell.w / 2.0, cell.y + cell.h / 2.0 + look.size(7.0)),
                    set,
                    &told,
                    &shade,
                );
            }
        }
        let cell = frame.cell((0, columns), (row, rows), gap);
        let set = if row == 0 { name.bold() } else { name };
        let middle = cell.y + cell.h / 2.0 + look.size(8.0);
        sheet.words((frame.x - look.size(18.0), middle), set.end(), &series.name, &look.ground);
    }
    let x = |index: usize| {
        let cell = frame.cell((index, columns), (0, rows), gap);
        cell.x + cell.w / 2.0
    };
    along(sheet, look, study, frame.bottom() + look.size(34.0), x, None);
    // The key: from nothing to the most.
    let key = Area::new(
        frame.x,
        area.bottom() - look.size(26.0),
        look.size(300.0).min(frame.w * 0.5),
        look.size(16.0),
    );
    for step in 0..12 {
        let part = key.cell((step, 12), (0, 1), 0.0);
        sheet.rect(Area { w: part.w + 0.6, ..part }, 0.0, &tone(most * (step as f64 + 0.5) / 12.0));
    }
    let base = key.bottom() - look.size(1.0);
    sheet.words((key.x - look.size(12.0), base), look.small().end(), "0", &look.ground);
    sheet.words((key.right() + look.size(12.0), base), look.small(), &study.told(most), &look.ground);
}

/// Hills behind each other, all to the same scale.
pub(super) fn ridgeline(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    let name = look.plain();
    let left = study.series.iter().map(|series| name.bold().width(&series.name)).fold(0.0, f64::max)
        + look.size(26.0);
    let mut rows: Vec<usize> = (0..study.series.len()).collect();
    // Earlier peaks further back: the eye then reads along them.
    rows.sort_by_key(|index| study.series[*index].peak());
    let frame = area.less(left, look.size(20.0), look.size(20.0), look.size(48.0));
    let slot = frame.h / (rows.len() as f64 + 0.9);
    let last = study.labels.len().saturating_sub(1).max(1) as f64;
    let x = |index: usize| frame.x + frame.w * index as f64 / last;
    let most = study.most().max(1e-6);
    for index in 0..study.labels.len() {
        sheet.line((x(index), frame.y), (x(index), frame.bottom()), look.size(1.0), &look.grid);
    }
    for (row, index) in rows.iter().enumerate() {
        let series = &study.series[*index];
        let base = frame.y + slot * (row as f64 + 1.9);
        let points: Vec<(f64, f64)> = series
            .values
            .iter()
            .enumerate()
            .map(|(at, value)| (x(at), base - slot * 1.75 * value / most))
            .collect();
        let hill = curve(&points);
        let colour = look.series(*index);
        let shade = mix(colour, &look.ground, if *index == 0 { 0.3 } else { 0.72 });
        sheet.fill(&format!("{hill}L{:.1} {base:.1}L{:.1} {base:.1}z", x(points.len() - 1), x(0)), &shade);
        sheet.stroke(&hill, look.size(4.0), colour);
        sheet.line(
            (frame.x, base),
            (frame.right(), base),
            look.size(1.5),
            &mix(&look.ink, &look.ground, 0.4),
        );
        let tone = look.name(*index);
        let set = Type { colour: &tone, bold: *index == 0, ..name };
        sheet.words(
            (frame.x - look.size(18.0), base - look.size(4.0)),
            set.end(),
            &series.name,
            &look.ground,
        );
    }
    let hero = &study.series[0];
    let at = hero.peak();
    along(sheet, look, study, frame.bottom() + look.size(34.0), x, Some(at));
    if look.note
        && let Some(row) = rows.iter().position(|index| *index == 0)
    {
        let base = frame.y + slot * (row as f64 + 1.9);
        let (x, y) = (x(at), base - slot * 1.75 * hero.values[at] / most);
        sheet.circle((x, y), look.size(9.0), &look.ink);
        let set = Type::new(look.size(23.0), &look.ink).bold();
        let told = study.told(hero.values[at]);
        let set = if x + set.width(&told) + look.size(20.0) > frame.right() { set.end() } else { set };
        let beside = if set.anchor == "end" { -16.0 } else { 16.0 };
        sheet.words((x + look.size(beside), y - look.size(6.0)), set, &told, &look.ground);
    }
}

/// A smooth path through points that swings beyond none of them.
pub(super) fn curve(points: &[(f64, f64)]) -> String {
    let rise = |at: usize| (points[at + 1].1 - points[at].1) / (points[at + 1].0 - points[at].0);
    // Level at peaks and hollows, else as steep as the gentler side allows.
    let lean = |at: usize| {
        if at == 0 || at + 1 == points.len() {
            return 0.0;
        }
        let (before, after) = (rise(at - 1), rise(at));
        if before * after <= 0.0 { 0.0 } else { 2.0 * before * after / (before + after) }
    };
    let mut path = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        if index == 0 {
            path.push_str(&format!("M{x:.1} {y:.1}"));
            continue;
        }
        let (from_x, from_y) = points[index - 1];
        let third = (x - from_x) / 3.0;
        let (out, back) = (from_y + lean(index - 1) * third, y - lean(index) * third);
        path.push_str(&format!("C{:.1} {out:.1} {:.1} {back:.1} {x:.1} {y:.1}", from_x + third, x - third));
    }
    path
}

/// From one label to another: what rose and what fell.
pub(super) fn slope(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    let hero = &study.series[0];
    let lowest = (0..hero.values.len())
        .min_by(|one, other| hero.values[*one].total_cmp(&hero.values[*other]))
        .unwrap_or(0);
    let (from, to) = match (lowest, hero.peak()) {
        (low, high) if low == high => (0, hero.values.len() - 1),
        (low, high) => (low.min(high), low.max(high)),
    };
    let name = look.plain();
    let told = |index: usize, at: usize| {
        let series = &study.series[index];
        format!("{}  {}", series.name, study.told(series.values[at]))
    };
    let widest =
        (0..study.series.len()).map(|index| name.bold().width(&told(index, from))).fold(0.0, f64::max);
    let side = (widest + look.size(24.0)).min(area.w * 0.4);
    let shrink = (area.w - 2.0 * side - look.size(1100.0)).max(0.0) / 2.0;
    let frame = area.less(side + shrink, look.size(64.0), side + shrink, look.size(10.0));
    let most =
        study.series.iter().map(|series| series.values[from].max(series.values[to])).fold(0.0, f64::max);
    let scale = Scale { area: frame, step: most, most: most.max(1e-6) };
    for (x, label) in [(frame.x, from), (frame.right(), to)] {
        sheet.line(
            (x, frame.y - look.size(14.0)),
            (x, frame.bottom()),
            look.size(2.0),
            &mix(&look.ink, &look.ground, 0.55),
        );
        let set = Type::new(look.size(28.0), &look.ink).bold().middle();
        sheet.words((x, frame.y - look.size(32.0)), set, &study.labels[label], &look.ground);
    }
    let places = |at: usize| {
        let wished: Vec<f64> = study.series.iter().map(|series| scale.y(series.values[at])).collect();
        apart(&wished, look.size(31.0), (frame.y, frame.bottom()))
    };
    let (left, right) = (places(from), places(to));
    for index in (0..study.series.len()).rev() {
        let series = &study.series[index];
        let (start, end) = (scale.y(series.values[from]), scale.y(series.values[to]));
        let width = look.size(if index == 0 { 7.0 } else { 3.6 });
        sheet.line((frame.x, start), (frame.right(), end), width, look.series(index));
        let colour = look.name(index);
        for (x, y, place, at, set) in
            [(frame.x, start, left[index], from, name.end()), (frame.right(), end, right[index], to, name)]
        {
            sheet.circle((x, y), width * 1.5, look.series(index));
            let away = if at == from { -22.0 } else { 22.0 };
            let set = Type { colour: &colour, bold: index == 0, ..set };
            let told = set.fitting(&told(index, at), side);
            sheet.words((x + look.size(away), place + look.size(8.0)), set, &told, &look.ground);
        }
    }
}

/// A row for each label, a dot for each series, and the range between them.
pub(super) fn dots(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    let rows = (area.h / look.size(46.0)).max(3.0) as usize;
    let every = study.labels.len().div_ceil(rows);
    let mut order: Vec<usize> = (0..study.labels.len()).step_by(every).collect();
    if !study.ordered {
        order.sort_by(|one, other| study.series[0].values[*other].total_cmp(&study.series[0].values[*one]));
    }
    let shown = study.series.len().min(4);
    let name = look.plain();
    let left =
        order.iter().map(|index| name.width(&study.labels[*index])).fold(0.0, f64::max) + look.size(30.0);
    let frame = area.less(left, look.size(56.0), look.size(40.0), look.size(44.0));
    let most = study.series.iter().take(shown).map(super::study::Series::most).fold(0.0, f64::max);
    let scale = Scale::new(Area::new(0.0, 0.0, 1.0, 1.0), most, (frame.w / look.size(190.0)).clamp(2.0, 7.0));
    let x = |value: f64| frame.x + frame.w * value / scale.most;
    for (index, tick) in scale.ticks().enumerate() {
        let (colour, width) = if index == 0 { (&look.ink, 2.5) } else { (&look.grid, 1.5) };
        sheet.line((x(tick), frame.y), (x(tick), frame.bottom()), look.size(width), colour);
        let last = index + 1 == scale.ticks().count();
        let told = if last { study.with_unit(scale.told(tick)) } else { scale.told(tick) };
        sheet.words((x(tick), frame.bottom() + look.size(34.0)), look.small().middle(), &told, &look.ground);
    }
    let slot = frame.h / order.len() as f64;
    for (row, label) in order.iter().enumerate() {
        let y = frame.y + slot * (row as f64 + 0.5);
        let values: Vec<f64> = study.series.iter().take(shown).map(|series| series.values[*label]).collect();
        let low = values.iter().copied().fold(f64::MAX, f64::min);
        let high = values.iter().copied().fold(0.0, f64::max);
        sheet.line((x(low), y), (x(high), y), look.size(5.0), &mix(&look.ink, &look.ground, 0.78));
        for (index, value) in values.iter().enumerate().rev() {
            let r = look.size(if index == 0 { 13.0 } else { 10.0 }).min(slot * 0.42);
            sheet.circle((x(*value), y), r + look.size(2.5), &look.ground);
            sheet.circle((x(*value), y), r, look.series(index));
        }
        sheet.words(
            (frame.x - look.size(20.0), y + look.size(8.0)),
            name.end(),
            &study.labels[*label],
            &look.ground,
        );
    }
    if look.mean {
        let mean = study.series[0].mean();
        sheet.stroke(&path(&[(x(mean), frame.y), (x(mean), frame.bottom())]), look.size(1.8), &look.ink);
        let told = format!("mean {}", study.told(mean));
        sheet.words((x(mean) + look.size(8.0), frame.y + look.size(18.0)), look.small(), &told, &look.ground);
    }
    if look.folded {
        return;
    }
    keys(
        sheet,
        look,
        &Study { series: study.series[..shown].to_vec(), ..blank(study) },
        (frame.x, area.y + look.size(22.0)),
        frame.right(),
    );
}

/// A study without its series.
fn blank(study: &Study) -> Study {
    Study {
        title: study.title.clone(),
        unit: study.unit.clone(),
        short: study.short.clone(),
        labels: study.labels.clone(),
        ordered: study.ordered,
        round: study.round,
        series: Vec::new(),
    }
}
