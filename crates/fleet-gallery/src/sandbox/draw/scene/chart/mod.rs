//! Charts that do not mislead: a title that says what is shown, scales from zero, words beside what they name, one
//! thing pointed out, and a line that says that the figures are invented.
//!
//! `study` finds the figures for a prompt; here the form is chosen and the page is set; `axes`, `rows` and `panels`
//! draw the forms.

mod axes;
mod panels;
mod rows;
mod studies;
mod study;

use super::Brief;
use super::sheet::{Area, Sheet, Type, luminance, mix, readable, vividness};
use study::Study;

pub(super) const WORDS: &[&str] = &[
    "chart",
    "graph",
    "data",
    "infographic",
    "bar",
    "line",
    "plot",
    "statistics",
    "axis",
    "trend",
    "report",
    "survey",
    "percent",
    "histogram",
    "visualization",
    "visualisation",
    "metrics",
    "numbers",
    "comparison",
    "quarterly",
    "dataset",
    "scatter",
];

/// What a page looks like, and which of the prompt's wishes it honours.
#[derive(Clone)]
struct Look {
    ground: String,
    ink: String,
    /// For words that may wait.
    quiet: String,
    grid: String,
    /// One for each series; the first one stands out.
    colours: Vec<String>,
    /// Pixels, of 1024 on the shorter side.
    unit: f64,
    /// The average as a thin line.
    mean: bool,
    /// One thing is pointed out in words.
    note: bool,
    /// Names stand in the title rather than in the chart.
    folded: bool,
    /// Wide gaps between bars.
    airy: bool,
}

impl Look {
    fn of(brief: &mut Brief, series: usize) -> Self {
        let p = brief.palette;
        let night = brief.has(&["dark background", "black background", "dark mode"]) || brief.chance(0.12);
        let (ground, ink) = match night {
            true => (p.dark.to_owned(), mix(p.light, "#ffffff", 0.4)),
            false if brief.has(&["white background"]) => ("#ffffff".to_owned(), mix(p.dark, "#101216", 0.3)),
            false => (mix(p.light, "#ffffff", 0.35), mix(p.dark, "#101216", 0.3)),
        };
        let ink = readable(&ink, &ground, 9.0);
        let quiet = readable(&mix(&ink, &ground, 0.42), &ground, 4.6);
        let faint =
            if brief.has(&["gridlines so light", "no gridlines", "nearly vanish"]) { 0.93 } else { 0.84 };
        // The liveliest of the palette's colours stands out, its accent before others; the rest is one ramp.
        let lively = |colour: &str| vividness(colour);
        let all = [p.accent, p.mid, p.deep];
        let hero = all
            .into_iter()
            .fold(p.accent, |best, one| if lively(one) > lively(best) + 0.12 { one } else { best });
        let rest = all.into_iter().filter(|one| *one != hero);
        let second =
            rest.fold(p.dark, |best, one| if lively(one) > lively(best) + 0.04 { one } else { best });
        let second = match brief.has(&["accent", "highlight", "single"]) {
            true => mix(&ink, &ground, 0.3),
            false => readable(&mix(second, &ink, 0.15), &ground, 4.0),
        };
        let mut colours = vec![readable(hero, &ground, 3.0)];
        for index in 1..series.max(2) {
            let share = (index - 1) as f64 / (series.max(3) - 2) as f64;
            colours.push(mix(&second, &ground, 0.62 * share));
        }
        Self {
            grid: mix(&ink, &ground, faint),
            colours,
            unit: (brief.width * brief.height).sqrt() / 1024.0 * 0.93,
            mean: brief.has(&["average"]),
            note: brief.has(&["annotation"]) || brief.chance(0.6),
            folded: brief.has(&["legend folded"]),
            airy: brief.has(&["space between the bars"]),
            ground,
            ink,
            quiet,
        }
    }

    fn size(&self, size: f64) -> f64 {
        size * self.unit
    }

    fn small(&self) -> Type<'_> {
        Type::new(self.size(21.0), &self.quiet)
    }

    fn plain(&self) -> Type<'_> {
        Type::new(self.size(23.0), &self.ink)
    }

    fn series(&self, index: usize) -> &str {
        self.colours.get(index % self.colours.len()).map_or(&self.ink, String::as_str)
    }

    /// The colour of a series for words: dark enough to be read.
    fn name(&self, index: usize) -> String {
        readable(self.series(index), &self.ground, 4.5)
    }
}

type Plot = fn(&mut Sheet, &Look, &Study, Area);

/// A form that figures can take, and what it is called.
struct Form {
    called: &'static [&'static str],
    plot: Plot,
    /// Whether it shows one series alone, which the line below the title must then name.
    single: bool,
    /// Whether the names of its series may stand in the title instead.
    folds: bool,
    /// Whether labels without an order of their own make sense in it.
    unordered: bool,
}

const fn form(
    called: &'static [&'static str],
    plot: Plot,
    single: bool,
    folds: bool,
    unordered: bool,
) -> Form {
    Form { called, plot, single, folds, unordered }
}

#[rustfmt::skip]
const FORMS: &[Form] = &[
    form(&["small multiples", "small multiples line chart", "small multiple", "panels"], panels::multiples, false, false, false),
    form(&["one-page dashboard", "dashboard"], panels::dashboard, false, false, true),
    form(&["stacked bar chart", "stacked bars", "stacked"], axes::stacked, false, true, true),
    form(&["ridgeline chart", "ridgeline", "joy plot"], rows::ridgeline, false, false, false),
    form(&["heat map chart", "heat map", "heatmap"], rows::heat, false, false, true),
    form(&["slope chart", "slopegraph", "slope"], rows::slope, false, false, true),
    form(&["dot plot chart", "dot plot", "strip plot", "scatter plot", "scatter"], rows::dots, false, true, true),
    form(&["radial chart", "radial", "rose", "polar", "radar chart", "wind rose"], panels::rose, true, false, true),
    form(&["line chart", "line graph", "time series", "area chart", "trend"], axes::lines, false, true, false),
    form(&["bar chart", "bar graph", "histogram", "column chart", "bars", "pie chart", "pie"], axes::bars, true, false, true),
];

/// The form that the prompt names, or one that suits the figures.
fn chosen(brief: &mut Brief, study: &Study) -> &'static Form {
    let ordered = study.ordered;
    let named = FORMS.iter().find(|form| brief.has(form.called));
    let round = |form: &Form| study.round || !form.called.contains(&"rose");
    let suited: Vec<&Form> = FORMS.iter().filter(|form| (ordered || form.unordered) && round(form)).collect();
    let like = |name: &str| suited.iter().find(|form| form.called.contains(&name)).copied();
    match named {
        // Lines between things without an order would show a trend that is none.
        Some(form) if ordered || form.unordered => form,
        Some(_) => like("dot plot").unwrap_or(&FORMS[0]),
        None if brief.has(&["infographic"]) => {
            like("rose").or(like("line chart")).or(like("bars")).unwrap_or(&FORMS[0])
        }
        None => suited[brief.below(suited.len())],
    }
}

pub(super) fn paint(brief: &mut Brief) -> String {
    let mut study = Study::of(brief);
    let form = chosen(brief, &study);
    study.series.truncate(7);
    let look = Look::of(brief, study.series.len());
    let (w, h) = (brief.width, brief.height);
    let margin = look.size(80.0);
    let mut sheet = Sheet::default();
    sheet.rect(Area::new(0.0, 0.0, w, h), 0.0, &look.ground);
    let page = Area::new(margin, look.size(64.0), w - 2.0 * margin, h - look.size(64.0) - look.size(54.0));
    let top = heading(&mut sheet, &look, &study, form, page, brief.below(3));
    footer(&mut sheet, &look, page);
    let mut plot = Area::new(page.x, top, page.w, page.bottom() - top - look.size(58.0));
    let aside = brief.has(&["infographic", "poster"]) && !form.called.contains(&"dashboard");
    if aside && w > h {
        let side = Area::new(plot.x, plot.y, plot.w * 0.25, plot.h);
        big_number(&mut sheet, &look, &study, side);
        plot = plot.less(plot.w * 0.29, 0.0, 0.0, 0.0);
    } else if aside && plot.h > look.size(760.0) {
        let side = Area::new(plot.x, plot.y, plot.w, look.size(250.0));
        big_number(&mut sheet, &look, &study, side);
        plot = plot.less(0.0, look.size(290.0), 0.0, 0.0);
    }
    (form.plot)(&mut sheet, &look, &study, plot);
    sheet.svg
}

/// Title, unit and, if wished, names; gives back where the chart may begin.
fn heading(sheet: &mut Sheet, look: &Look, study: &Study, form: &Form, page: Area, manner: usize) -> f64 {
    let mut y = page.y;
    match manner {
        0 => sheet.rect(Area::new(page.x, y, look.size(76.0), look.size(9.0)), 0.0, look.series(0)),
        1 => sheet.rect(Area::new(page.x, y, page.w, look.size(3.0)), 0.0, &look.ink),
        _ => {}
    }
    y += look.size(if manner == 2 { 46.0 } else { 76.0 });
    let mut title = Type::new(look.size(54.0), &look.ink).bold();
    if title.width(&study.title) > page.w * 1.7 {
        title.size = look.size(44.0);
    }
    for line in title.lines(&study.title, page.w, 3) {
        sheet.words((page.x, y), title, &line, &look.ground);
        y += title.size * 1.16;
    }
    let unit = match form.single {
        true if study.series.len() > 1 => format!("{}: {}", study.unit, study.series[0].name),
        _ => study.unit.clone(),
    };
    let set = Type::new(look.size(27.0), &look.quiet);
    y += look.size(2.0);
    for line in set.lines(&unit, page.w, 2) {
        sheet.words((page.x, y), set, &line, &look.ground);
        y += set.size * 1.3;
    }
    if look.folded && form.folds && study.series.len() < 6 {
        let mut x = page.x;
        y += look.size(8.0);
        for (index, series) in study.series.iter().enumerate() {
            let colour = look.name(index);
            let set = Type::new(look.size(25.0), &colour).bold();
            if x + set.width(&series.name) > page.right() {
                x = page.x;
                y += set.size * 1.4;
            }
            sheet.words((x, y), set, &series.name, &look.ground);
            x += set.width(&series.name) + look.size(30.0);
        }
        y += look.size(20.0);
    }
    y + look.size(18.0)
}

fn footer(sheet: &mut Sheet, look: &Look, page: Area) {
    let set = Type::new(look.size(19.0), &look.quiet);
    sheet.words((page.x, page.bottom()), set, "Invented figures, drawn for practice.", &look.ground);
    sheet.words((page.right(), page.bottom()), set.end(), "Scales from zero", &look.ground);
}

/// The finding as a number that is read across the room.
fn big_number(sheet: &mut Sheet, look: &Look, study: &Study, area: Area) {
    let series = &study.series[0];
    let at = series.peak();
    let number = study::number(series.values[at], study.most());
    let hero = look.name(0);
    let mut set = Type::new(look.size(132.0), &hero).bold();
    set.size *= (area.w / set.width(&number)).min(1.0);
    sheet.rect(Area::new(area.x, area.y, area.w, look.size(3.0)), 0.0, &look.ink);
    let mut y = area.y + look.size(24.0) + set.size * 0.86;
    sheet.words((area.x, y), set, &number, &look.ground);
    let said = Type::new(look.size(25.0), &look.ink);
    y += look.size(46.0);
    let told = format!("{}, at its most: {}. {}.", series.name, study.labels[at], study.unit);
    for line in said.lines(&told, area.w, 4) {
        sheet.words((area.x, y), said, &line, &look.ground);
        y += said.size * 1.35;
    }
    if area.h > look.size(420.0) {
        y += look.size(24.0);
        sheet.rect(Area::new(area.x, y, area.w, look.size(1.5)), 0.0, &look.grid);
        y += look.size(40.0);
        let quiet = look.small();
        for (name, value) in [("Mean", series.mean()), ("Least", series.least())] {
            sheet.words((area.x, y), quiet, name, &look.ground);
            let set = Type::new(look.size(25.0), &look.ink).bold().end();
            sheet.words((area.right(), y), set, &study.told(value), &look.ground);
            y += look.size(38.0);
        }
    }
}

/// Whether the page is dark.
fn dark(look: &Look) -> bool {
    luminance(&look.ground) < 0.2
}

#[cfg(test)]
mod tests;
