//! A chart that does not mislead: bars from zero or a line with its axis, few gridlines, one thing pointed out.

use std::fmt::Write;

use super::{Brief, canvas, capital};

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

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Where the values go.
struct Frame {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    /// The axis ends here.
    most: f64,
    unit: f64,
}

impl Frame {
    fn y(&self, value: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * value / self.most
    }
}

pub(super) fn paint(brief: &mut Brief) -> String {
    let p = brief.palette;
    let (w, h) = (brief.width, brief.height);
    let unit = w.min(h) / 1024.0;
    let night = brief.chance(0.3);
    let (ground, ink, faint) = if night { (p.dark, p.light, p.deep) } else { (p.light, p.dark, p.soft) };
    let clause = brief.clause.clone();
    let subject = clause.to_lowercase().find("chart of ").and_then(|at| clause.get(at + "chart of ".len()..));
    let title = capital(subject.unwrap_or(&clause));
    let mut svg = format!(r#"<rect width="{w}" height="{h}" fill="{ground}"/>"#);
    let mut y = 118.0 * unit;
    for line in canvas::lines(&title, (w / (30.0 * unit)) as usize, 2) {
        _ = write!(
            svg,
            r#"<text x="{}" y="{y}" font-size="{}" font-weight="bold" fill="{ink}">{}</text>"#,
            72.0 * unit,
            46.0 * unit,
            canvas::escaped(&line)
        );
        y += 58.0 * unit;
    }
    _ = write!(
        svg,
        r#"<text x="{}" y="{y}" font-size="{}" fill="{ink}" opacity=".65">Made-up figures, per month, axis from zero</text>"#,
        72.0 * unit,
        26.0 * unit
    );
    let values = walk(brief, if w > h { 12 } else { 8 });
    let (most, ticks) = if values.iter().all(|value| *value <= 46.0) { (50.0, 5) } else { (100.0, 4) };
    let frame = Frame {
        left: 140.0 * unit,
        top: y + 70.0 * unit,
        right: w - 80.0 * unit,
        bottom: h - 140.0 * unit,
        most,
        unit,
    };
    for tick in 0..=ticks {
        let value = most * f64::from(tick) / f64::from(ticks);
        let at = frame.y(value);
        _ = write!(
            svg,
            r#"<path d="M{} {at}H{}" stroke="{}" stroke-width="{}"/><text x="{}" y="{}" font-size="{}" text-anchor="end" fill="{ink}" opacity=".7">{value}</text>"#,
            frame.left,
            frame.right,
            if tick == 0 { ink } else { faint },
            if tick == 0 { 3.0 * unit } else { 2.0 * unit },
            frame.left - 18.0 * unit,
            at + 9.0 * unit,
            26.0 * unit
        );
    }
    let bars = brief.has(&["bar", "histogram", "comparison", "survey"])
        || (!brief.has(&["line", "trend"]) && brief.chance(0.5));
    if bars {
        draw_bars(&mut svg, brief, &frame, &values, ink)
    } else {
        draw_lines(&mut svg, brief, &frame, &values, ink)
    }
    _ = write!(
        svg,
        r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>"#,
        72.0 * unit,
        46.0 * unit,
        72.0 * unit,
        10.0 * unit,
        p.accent
    );
    svg
}

/// A wandering series between 12 and 94.
fn walk(brief: &mut Brief, count: usize) -> Vec<f64> {
    let mut value = brief.range(25.0, 70.0);
    let drift = brief.range(-3.0, 6.0);
    let step = |_| {
        let next = value + drift + brief.range(-14.0, 14.0);
        // Turned back at the edges: a series that sticks to one looks broken.
        value = if next > 92.0 {
            184.0 - next
        } else if next < 14.0 {
            28.0 - next
        } else {
            next
        };
        value
    };
    (0..count).map(step).collect()
}

fn label(svg: &mut String, frame: &Frame, x: f64, index: usize, ink: &str) {
    _ = write!(
        svg,
        r#"<text x="{x}" y="{}" font-size="{}" text-anchor="middle" fill="{ink}" opacity=".75">{}</text>"#,
        frame.bottom + 44.0 * frame.unit,
        26.0 * frame.unit,
        MONTHS[index % 12]
    );
}

fn largest(values: &[f64]) -> usize {
    (0..values.len()).max_by(|one, other| values[*one].total_cmp(&values[*other])).unwrap_or(0)
}

fn draw_bars(svg: &mut String, brief: &Brief, frame: &Frame, values: &[f64], ink: &str) {
    let p = brief.palette;
    let slot = (frame.right - frame.left) / values.len() as f64;
    let best = largest(values);
    for (index, value) in values.iter().enumerate() {
        let (x, top) = (frame.left + slot * (index as f64 + 0.16), frame.y(*value));
        let colour = if index == best { p.accent } else { p.mid };
        _ = write!(
            svg,
            r#"<rect x="{x}" y="{top}" width="{}" height="{}" fill="{colour}"/>"#,
            slot * 0.68,
            frame.bottom - top
        );
        _ = write!(
            svg,
            r#"<text x="{}" y="{}" font-size="{}" text-anchor="middle" fill="{ink}" font-weight="{}">{value:.0}</text>"#,
            x + slot * 0.34,
            top - 14.0 * frame.unit,
            26.0 * frame.unit,
            if index == best { "bold" } else { "normal" }
        );
        label(svg, frame, x + slot * 0.34, index, ink);
    }
}

fn draw_lines(svg: &mut String, brief: &mut Brief, frame: &Frame, values: &[f64], ink: &str) {
    let p = brief.palette;
    let step = (frame.right - frame.left - 40.0 * frame.unit) / (values.len() - 1) as f64;
    let x = |index: usize| frame.left + 20.0 * frame.unit + step * index as f64;
    let other: Vec<f64> = walk(brief, values.len()).iter().map(|value| value * frame.most / 100.0).collect();
    let path = |values: &[f64]| {
        let mut path = String::new();
        for (index, value) in values.iter().enumerate() {
            _ = write!(path, "{}{:.1} {:.1}", if index == 0 { 'M' } else { 'L' }, x(index), frame.y(*value));
        }
        path
    };
    _ = write!(
        svg,
        r#"<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round" stroke-dasharray="{d} {d}"/>"#,
        path(&other),
        p.mid,
        5.0 * frame.unit,
        d = 14.0 * frame.unit
    );
    let main = path(values);
    _ = write!(
        svg,
        r#"<path d="{main}L{} {b}L{} {b}z" fill="{}" opacity=".16"/><path d="{main}" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round"/>"#,
        x(values.len() - 1),
        x(0),
        p.accent,
        p.accent,
        8.0 * frame.unit,
        b = frame.bottom
    );
    let best = largest(values);
    for (index, value) in values.iter().enumerate() {
        let radius = if index == best { 15.0 } else { 8.0 };
        _ = write!(
            svg,
            r#"<circle cx="{}" cy="{}" r="{}" fill="{}"/>"#,
            x(index),
            frame.y(*value),
            radius * frame.unit,
            p.accent
        );
        label(svg, frame, x(index), index, ink);
    }
    let side = if best + 2 > values.len() {
        "end"
    } else if best == 0 {
        "start"
    } else {
        "middle"
    };
    _ = write!(
        svg,
        r#"<text x="{}" y="{}" font-size="{}" font-weight="bold" text-anchor="{side}" fill="{ink}">peak {:.0}</text>"#,
        x(best),
        frame.y(values[best]) - 30.0 * frame.unit,
        30.0 * frame.unit,
        values[best]
    );
}
