//! The `quickchart` generator: the plain part of Chart.js, drawn here rather than by a service on the network.
//!
//! Bars, lines, pies and rings with labels, several series, colours and a title. Other kinds of chart are refused by
//! name; options that concern only looks are passed over.

use std::f64::consts::TAU;
use std::fmt::Write;

use resvg::tiny_skia::Pixmap;
use resvg::usvg;
use serde_json::Value;

use super::node::{Given, Kind, Node, Param, css};
use super::{Failure, canvas};

pub(super) const NODE: Node = Node {
    name: "quickchart",
    label: "Chart",
    category: "Charts",
    about: "A bar, line, pie or doughnut chart of given numbers, told as Chart.js is",
    params: &[
        Param::required("type", Kind::Choice(&["bar", "line", "pie", "doughnut"], ""), "Kind of chart"),
        Param::required(
            "data",
            Kind::Object,
            "{\"labels\": [text], \"datasets\": [{\"label\", \"data\": [number]}]}",
        ),
        Param::new("options", Kind::Object, "Chart.js options; the title is used"),
        Param::new("width", Kind::Whole(100, 2000, Some(500)), "Width in pixels"),
        Param::new("height", Kind::Whole(100, 2000, Some(300)), "Height in pixels"),
        Param::new("backgroundColor", Kind::Colour("rgba(0,0,0,0)"), "Colour of the ground"),
    ],
};

const COLOURS: &[&str] = &["#36a2eb", "#ff6384", "#4bc0c0", "#ff9f40", "#9966ff", "#ffcd56", "#c9cbcf"];

/// Beyond this a chart is a blot.
const MOST_VALUES: usize = 1000;
const MOST_SERIES: usize = 20;

struct Series {
    label: String,
    values: Vec<f64>,
    /// One for each value, or one for all.
    colours: Vec<String>,
    filled: bool,
}

pub(super) fn draw(given: &Given<'_>, options: &usvg::Options<'_>) -> Result<Pixmap, Failure> {
    let data = given.value("data").unwrap_or(&Value::Null);
    let labels = texts(data.get("labels"));
    let series = read(given, data)?;
    let size = (given.whole("width"), given.whole("height"));
    let (w, h) = (f64::from(size.0), f64::from(size.1));
    let mut svg = format!(
        r##"<rect width="{w}" height="{h}" fill="{}"/><g font-size="12" fill="#666666">"##,
        given.paint("backgroundColor")
    );
    let mut top = 14.0;
    if let Some(title) = title(given) {
        text(&mut svg, (w / 2.0, top + 8.0), "middle", &title, r#" font-weight="bold" font-size="14""#);
        top += 26.0;
    }
    let round = matches!(given.text("type"), "pie" | "doughnut");
    let keys: Vec<(String, String)> = if round {
        let colour = |index: usize| series.first().map_or("#666", |series| series.colour(index)).to_owned();
        labels.iter().take(24).enumerate().map(|(index, label)| (label.clone(), colour(index))).collect()
    } else {
        let named = series.iter().filter(|series| !series.label.is_empty());
        named.map(|series| (series.label.clone(), series.colour(0).to_owned())).collect()
    };
    top = legend(&mut svg, &keys, w, top);
    match given.text("type") {
        "bar" => upright(&mut svg, &series, &labels, (w, h, top), true),
        "line" => upright(&mut svg, &series, &labels, (w, h, top), false),
        kind => pie(&mut svg, &series, (w, h, top), kind == "doughnut"),
    }
    canvas::render(&(svg + "</g>"), size, options)
}

fn read(given: &Given<'_>, data: &Value) -> Result<Vec<Series>, Failure> {
    let datasets = data.get("datasets").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    if datasets.is_empty() || datasets.len() > MOST_SERIES {
        return Err(given.fail(format!("QuickChart API error: 400 data needs 1 to {MOST_SERIES} datasets")));
    }
    let one = |(index, dataset): (usize, &Value)| {
        let wrong = || {
            given.fail(format!("QuickChart API error: 400 dataset {index} needs data: an array of numbers"))
        };
        let values = dataset.get("data").and_then(Value::as_array).ok_or_else(wrong)?;
        if values.len() > MOST_VALUES {
            return Err(given
                .fail(format!("QuickChart API error: 400 dataset {index} has over {MOST_VALUES} values")));
        }
        let number = |value: &Value| value.as_f64().filter(|value| value.abs() < 1e12).ok_or_else(wrong);
        let values = values.iter().map(number).collect::<Result<Vec<_>, _>>()?;
        let named = dataset.get("backgroundColor").or(dataset.get("borderColor"));
        let colours = texts(named).iter().filter_map(|colour| colour.parse().ok()).map(css).collect();
        let label = dataset.get("label").and_then(Value::as_str).unwrap_or_default();
        let filled = dataset.get("fill").and_then(Value::as_bool).unwrap_or(false);
        let mut series = Series { label: label.chars().take(60).collect(), values, colours, filled };
        if series.colours.is_empty() {
            let round = given.text("type") == "pie" || given.text("type") == "doughnut";
            let own = COLOURS[index % COLOURS.len()].to_owned();
            series.colours =
                if round { COLOURS.iter().map(|&colour| colour.into()).collect() } else { vec![own] };
        }
        Ok(series)
    };
    datasets.iter().enumerate().map(one).collect()
}

impl Series {
    fn colour(&self, index: usize) -> &str {
        self.colours.get(index % self.colours.len().max(1)).map_or("#36a2eb", String::as_str)
    }
}

/// A list of texts or numbers, or a single one.
fn texts(value: Option<&Value>) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) => text.chars().take(60).collect(),
        other => other.to_string().chars().take(60).collect(),
    };
    match value {
        Some(Value::Array(values)) => values.iter().take(MOST_VALUES).map(one).collect(),
        Some(Value::String(text)) => vec![one(&Value::String(text.clone()))],
        _ => Vec::new(),
    }
}

fn title(given: &Given<'_>) -> Option<String> {
    let options = given.value("options")?;
    let title = options.pointer("/plugins/title/text").or(options.pointer("/title/text"))?.as_str()?;
    Some(title.chars().take(120).collect())
}

fn text(svg: &mut String, (x, y): (f64, f64), anchor: &str, text: &str, more: &str) {
    let text = canvas::escaped(text);
    _ = write!(svg, r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}"{more}>{text}</text>"#);
}

/// Keys in one row; gives back where the chart may begin.
fn legend(svg: &mut String, keys: &[(String, String)], w: f64, top: f64) -> f64 {
    if keys.is_empty() {
        return top;
    }
    let wide = |label: &str| 46.0 + 7.2 * label.chars().count() as f64;
    let all: f64 = keys.iter().map(|(label, _)| wide(label)).sum();
    let mut x = ((w - all) / 2.0).max(8.0);
    for (label, colour) in keys {
        _ = write!(svg, r#"<rect x="{x:.1}" y="{top}" width="30" height="11" fill="{colour}"/>"#);
        text(svg, (x + 36.0, top + 10.0), "start", label, "");
        x += wide(label);
    }
    top + 28.0
}

fn upright(svg: &mut String, series: &[Series], labels: &[String], (w, h, top): (f64, f64, f64), bars: bool) {
    let values = || series.iter().flat_map(|series| series.values.iter().copied());
    // Both kinds begin at zero: the sandbox's charts do not exaggerate.
    let (least, most) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let step = canvas::round_step(if most > least { most - least } else { 1.0 }, (h / 50.0).clamp(3.0, 8.0));
    let (low, high) = ((least / step).floor() * step, ((most / step).ceil() * step).max(step));
    let tick = |value: f64| {
        let text = format!("{value:.2}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let margin = 14.0 + 7.5 * tick(high).len().max(tick(low).len()) as f64;
    let (left, right, bottom) = (margin + 6.0, w - 12.0, h - 28.0);
    let y = |value: f64| bottom - (bottom - top) * (value - low) / (high - low);
    for line in 0..=((high - low) / step).round() as usize {
        let value = low + step * line as f64;
        let at = y(value);
        let ink = if value.abs() < step / 2.0 { 0.35 } else { 0.1 };
        _ = write!(
            svg,
            r##"<path d="M{left:.1} {at:.1}H{right:.1}" stroke="#000" stroke-opacity="{ink}"/>"##
        );
        text(svg, (left - 6.0, at + 4.0), "end", &tick(value), "");
    }
    let count = series.iter().map(|series| series.values.len()).max().unwrap_or(0).max(labels.len()).max(1);
    let slot = (right - left) / count as f64;
    // Labels that would run into each other are left out, evenly.
    let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0) as f64;
    let every = ((longest * 7.2 + 8.0) / slot).ceil().max(1.0) as usize;
    for (index, label) in labels.iter().enumerate().step_by(every) {
        text(svg, (left + slot * (index as f64 + 0.5), bottom + 18.0), "middle", label, "");
    }
    for (number, one) in series.iter().enumerate() {
        if bars {
            let wide = slot * 0.8 / series.len() as f64;
            for (index, value) in one.values.iter().enumerate() {
                let x = left + slot * (index as f64 + 0.1) + wide * number as f64;
                let (high, low) = (y(value.max(0.0)), y(value.min(0.0)));
                let colour = one.colour(index);
                _ = write!(
                    svg,
                    r#"<rect x="{x:.1}" y="{high:.1}" width="{:.1}" height="{:.1}" fill="{colour}"/>"#,
                    wide * 0.94,
                    low - high
                );
            }
            continue;
        }
        let mut path = String::new();
        for (index, value) in one.values.iter().enumerate() {
            let x = left + slot * (index as f64 + 0.5);
            _ = write!(path, "{}{x:.1} {:.1}", if index == 0 { 'M' } else { 'L' }, y(*value));
        }
        let colour = one.colour(0);
        if one.filled && !one.values.is_empty() {
            let (first, last) = (left + slot * 0.5, left + slot * (one.values.len() as f64 - 0.5));
            let zero = y(0.0);
            _ = write!(
                svg,
                r#"<path d="{path}L{last:.1} {zero:.1}L{first:.1} {zero:.1}z" fill="{colour}" opacity=".3"/>"#
            );
        }
        _ = write!(
            svg,
            r#"<path d="{path}" fill="none" stroke="{colour}" stroke-width="3" stroke-linejoin="round"/>"#
        );
    }
}

fn pie(svg: &mut String, series: &[Series], (w, h, top): (f64, f64, f64), ring: bool) {
    let Some(one) = series.first() else { return };
    let all: f64 = one.values.iter().map(|value| value.max(0.0)).sum();
    if all <= 0.0 {
        return;
    }
    let (x, y) = (w / 2.0, f64::midpoint(top, h - 8.0));
    let r = ((h - 8.0 - top).min(w - 16.0) / 2.0).max(4.0);
    let mut begun = 0.0;
    for (index, value) in one.values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
        // A whole circle has no two ends to draw an arc between.
        let share = (value / all).min(0.9999);
        let point = |share: f64| {
            let (sin, cos) = (TAU * (share - 0.25)).sin_cos();
            (x + r * cos, y + r * sin)
        };
        let ((x1, y1), (x2, y2)) = (point(begun), point(begun + share));
        let large = u8::from(share > 0.5);
        _ = write!(
            svg,
            r##"<path d="M{x:.1} {y:.1}L{x1:.2} {y1:.2}A{r:.2} {r:.2} 0 {large} 1 {x2:.2} {y2:.2}z" fill="{}" stroke="#fff" stroke-width="2"/>"##,
            one.colour(index)
        );
        begun += share;
    }
    if ring {
        _ = write!(svg, r##"<circle cx="{x:.1}" cy="{y:.1}" r="{:.1}" fill="#fff"/>"##, r * 0.5);
    }
}
