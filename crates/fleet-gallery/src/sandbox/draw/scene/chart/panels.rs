//! Forms of several charts, and the one that goes round: small multiples, a dashboard, a rose.

use std::f64::consts::TAU;

use super::super::sheet::{Area, Sheet, Type, mix, path};
use super::axes::{self, Scale};
use super::study::{Series, Study, number};
use super::{Look, rows};

/// One panel for each series, all to the same scale, the others faint behind it.
pub(super) fn multiples(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    let count = study.series.len();
    let columns = match (area.w > area.h, count) {
        (true, 0..=3) => count,
        (true, 4) => 2,
        (true, _) => 3,
        (false, 0..=3) => 1,
        (false, _) => 2,
    };
    let lines = count.div_ceil(columns);
    let most = study.most();
    for (index, series) in study.series.iter().enumerate() {
        let cell = area.cell((index % columns, columns), (index / columns, lines), look.size(44.0));
        let colour = look.name(0);
        let set = Type::new(look.size(25.0), if index == 0 { &colour } else { &look.ink }).bold();
        sheet.words((cell.x, cell.y + look.size(24.0)), set, &series.name, &look.ground);
        let frame = cell.less(0.0, look.size(62.0), 0.0, look.size(32.0));
        let scale = Scale::new(frame, most, (frame.h / look.size(80.0)).clamp(1.0, 3.0));
        scale.draw(sheet, look, study);
        let last = study.labels.len().saturating_sub(1).max(1) as f64;
        let start = look.size(54.0);
        let x = |at: usize| frame.x + start + (frame.w - start - look.size(8.0)) * at as f64 / last;
        let points = |series: &Series| -> Vec<(f64, f64)> {
            series.values.iter().enumerate().map(|(at, value)| (x(at), scale.y(*value))).collect()
        };
        for other in study.series.iter().filter(|other| other.name != series.name) {
            sheet.stroke(&path(&points(other)), look.size(2.0), &mix(&look.ink, &look.ground, 0.8));
        }
        let line = points(series);
        let colour = if index == 0 { look.series(0) } else { look.series(1) };
        let ground = frame.bottom();
        let hill = format!("{}L{:.1} {ground:.1}L{:.1} {ground:.1}z", path(&line), x(line.len() - 1), x(0));
        sheet.put(&format!(r#"<path d="{hill}" fill="{colour}" opacity=".16"/>"#));
        sheet.stroke(&path(&line), look.size(5.0), colour);
        let at = series.peak();
        sheet.circle(line[at], look.size(8.0), colour);
        let told = Type::new(look.size(20.0), &look.ink).bold();
        let (from, told) = match line[at].0 {
            from if from + look.size(70.0) > frame.right() => (from, told.end()),
            from if from < frame.x + look.size(90.0) => (from, told),
            from => (from, told.middle()),
        };
        let above = (line[at].1 - look.size(16.0)).max(cell.y + look.size(50.0));
        sheet.words((from, above), told, &number(series.values[at], most), &look.ground);
        let small = Type::new(look.size(18.0), &look.quiet);
        let base = frame.bottom() + look.size(26.0);
        let (first, end) = (&study.labels[0], &study.labels[study.labels.len() - 1]);
        sheet.words((x(0), base), small, first, &look.ground);
        sheet.words((frame.right(), base), small.end(), end, &look.ground);
    }
}

/// A page of four: numbers, lines, bars and a field.
pub(super) fn dashboard(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    let tile = mix(&look.ground, &look.ink, 0.04);
    let gap = look.size(22.0);
    let wide = area.w > area.h;
    let inner = Look {
        ground: tile.clone(),
        mean: false,
        note: false,
        folded: true,
        unit: look.unit * if wide { 0.76 } else { 0.84 },
        ..look.clone()
    };
    // Numbers beside the charts where there is width, above them where there is height.
    let (top, rest) = match wide {
        true => (Area { w: area.w * 0.19, ..area }, area.less(area.w * 0.19 + gap, 0.0, 0.0, 0.0)),
        false => (Area { h: look.size(150.0), ..area }, area.less(0.0, look.size(150.0) + gap, 0.0, 0.0)),
    };
    let kinds = [
        ("Most", study.series[0].most()),
        ("Mean", study.series[0].mean()),
        ("Least", study.series[0].least()),
    ];
    for (index, (what, value)) in kinds.iter().enumerate() {
        let cell = match wide {
            true => top.cell((0, 1), (index, kinds.len()), gap),
            false => top.cell((index, kinds.len()), (0, 1), gap),
        };
        sheet.rect(cell, look.size(14.0), &tile);
        let pad = look.size(22.0);
        let small = Type::new(look.size(20.0), &look.quiet);
        let what = small.fitting(&format!("{what}, {}", study.series[0].name), cell.w - 2.0 * pad);
        let middle = cell.y + cell.h / 2.0;
        sheet.words((cell.x + pad, middle - look.size(30.0)), small, &what, &tile);
        let colour = look.name(0);
        let mut set = Type::new(look.size(58.0), if index == 0 { &colour } else { &look.ink }).bold();
        let told = study.told(*value);
        set.size *= ((cell.w - 2.0 * pad) / set.width(&told)).min(1.0);
        sheet.words((cell.x + pad, middle + look.size(36.0)), set, &told, &tile);
    }
    let first = if study.ordered { axes::lines } else { rows::dots };
    let (main, side, low) = match wide {
        true => {
            let main = Area { w: rest.w * 0.56, ..rest };
            let right = rest.less(main.w + gap, 0.0, 0.0, 0.0);
            (main, right.cell((0, 1), (0, 2), gap), right.cell((0, 1), (1, 2), gap))
        }
        false => {
            (rest.cell((0, 1), (0, 3), gap), rest.cell((0, 1), (1, 3), gap), rest.cell((0, 1), (2, 3), gap))
        }
    };
    let panel = |sheet: &mut Sheet, cell: Area, title: &str, plot: super::Plot, inner: &Look| {
        sheet.rect(cell, look.size(14.0), &tile);
        let set = Type::new(look.size(21.0), &look.ink).bold();
        sheet.words(
            (cell.x + look.size(22.0), cell.y + look.size(38.0)),
            set,
            &set.fitting(title, cell.w - look.size(44.0)),
            &tile,
        );
        plot(
            sheet,
            inner,
            study,
            cell.less(look.size(22.0), look.size(58.0), look.size(22.0), look.size(16.0)),
        );
    };
    let plain = Look { folded: false, ..inner.clone() };
    panel(sheet, main, &study.unit, first, &plain);
    panel(sheet, side, &study.series[0].name, axes::bars, &inner);
    panel(sheet, low, "All of them", rows::heat, &inner);
}

/// Bars around a circle, for what comes round again; lengths begin at the inner ring.
pub(super) fn rose(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    let (x, y) = (area.x + area.w / 2.0, area.y + area.h / 2.0);
    let outer = (area.w.min(area.h) / 2.0 - look.size(46.0)).max(look.size(40.0));
    let inner = outer * 0.24;
    let hero = &study.series[0];
    let scale = Scale::new(Area::new(0.0, 0.0, 1.0, 1.0), hero.most(), 3.0);
    let reach = |value: f64| inner + (outer - inner) * value / scale.most;
    for tick in scale.ticks() {
        let (colour, width) = if tick == 0.0 { (&look.ink, 2.5) } else { (&look.grid, 1.5) };
        sheet.ring((x, y), reach(tick), look.size(width), colour);
    }
    let count = hero.values.len();
    let point = |angle: f64, r: f64| {
        let (sin, cos) = (TAU * (angle - 0.25)).sin_cos();
        (x + r * cos, y + r * sin)
    };
    let peak = hero.peak();
    let every = count.div_ceil(12);
    for (index, value) in hero.values.iter().enumerate() {
        let slot = 1.0 / count as f64;
        let share = if look.airy { 0.3 } else { 0.42 };
        let middle = index as f64 * slot;
        let (from, to) = (middle - slot * share, middle + slot * share);
        let r = reach(*value);
        let (a, b, c, d) = (point(from, inner), point(from, r), point(to, r), point(to, inner));
        let colour =
            if index == peak { look.series(0).to_owned() } else { mix(look.series(1), &look.ground, 0.25) };
        sheet.fill(
            &format!(
                "M{:.1} {:.1}L{:.1} {:.1}A{r:.1} {r:.1} 0 0 1 {:.1} {:.1}L{:.1} {:.1}A{inner:.1} {inner:.1} 0 0 0 {:.1} {:.1}z",
                a.0, a.1, b.0, b.1, c.0, c.1, d.0, d.1, a.0, a.1
            ),
            &colour,
        );
        if index % every == 0 || index == peak {
            let at = point(middle, outer + look.size(24.0));
            let set =
                if index == peak { Type { colour: &look.ink, ..look.small().bold() } } else { look.small() };
            let set = match at.0 - x {
                away if away > outer * 0.2 => set,
                away if away < -outer * 0.2 => set.end(),
                _ => set.middle(),
            };
            sheet.words((at.0, at.1 + look.size(8.0)), set, &study.labels[index], &look.ground);
        }
    }
    let set = Type::new(look.size(34.0), &look.ink).bold().middle();
    sheet.words((x, y + look.size(12.0)), set, &number(hero.most(), hero.most()), &look.ground);
    for tick in scale.ticks().skip(1) {
        let at = point(0.5 / count as f64, reach(tick));
        let set = Type::new(look.size(17.0), &look.quiet).middle();
        let last = tick == scale.most;
        let told = if last { study.with_unit(scale.told(tick)) } else { scale.told(tick) };
        sheet.rect(
            Area::new(
                at.0 - set.width(&told) / 2.0 - look.size(4.0),
                at.1 - look.size(9.0),
                set.width(&told) + look.size(8.0),
                look.size(20.0),
            ),
            look.size(4.0),
            &look.ground,
        );
        sheet.words((at.0, at.1 + look.size(6.0)), set, &told, &look.ground);
    }
}
