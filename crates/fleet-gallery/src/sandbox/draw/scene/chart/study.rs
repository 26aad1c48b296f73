//! From a prompt to figures: which subject it is, what is told along its axis, and the numbers themselves.

use std::f64::consts::{PI, TAU};

use super::super::{Brief, capital};
use super::studies::{Axis, ENTRIES, Entry, Shape};

/// Figures to be drawn.
pub(super) struct Study {
    /// First letter upper case; as the prompt has it.
    pub(super) title: String,
    /// What is counted, in plain words.
    pub(super) unit: String,
    /// What stands behind a number; may be empty.
    pub(super) short: String,
    /// What figures are told for.
    pub(super) labels: Vec<String>,
    /// Whether the labels have an order of their own.
    pub(super) ordered: bool,
    /// Whether the first label follows the last one.
    pub(super) round: bool,
    pub(super) series: Vec<Series>,
}

#[derive(Clone)]
pub(super) struct Series {
    pub(super) name: String,
    /// One for each label, none below zero.
    pub(super) values: Vec<f64>,
}

impl Series {
    pub(super) fn most(&self) -> f64 {
        self.values.iter().copied().fold(0.0, f64::max)
    }

    pub(super) fn least(&self) -> f64 {
        self.values.iter().copied().fold(f64::MAX, f64::min)
    }

    pub(super) fn mean(&self) -> f64 {
        self.values.iter().sum::<f64>() / self.values.len().max(1) as f64
    }

    /// Where the largest is.
    pub(super) fn peak(&self) -> usize {
        (0..self.values.len())
            .max_by(|one, other| self.values[*one].total_cmp(&self.values[*other]))
            .unwrap_or(0)
    }
}

impl Study {
    pub(super) fn of(brief: &mut Brief) -> Self {
        let known = ENTRIES.iter().map(|entry| (brief.prompt.count(entry.keys), entry));
        let known = known.max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 0);
        let topic = brief.prompt.topic.trim().to_owned();
        match known {
            Some((_, entry)) => Self::known(brief, entry, &topic),
            None if topic.is_empty() => {
                let entry = &ENTRIES[brief.below(ENTRIES.len())];
                Self::known(brief, entry, "")
            }
            None => Self::unknown(brief, &topic),
        }
    }

    fn known(brief: &mut Brief, entry: &Entry, topic: &str) -> Self {
        let axis = asked_axis(brief).filter(|_| matches!(entry.axis, Axis::Months));
        let axis = axis.as_ref().unwrap_or(&entry.axis);
        let (labels, ordered) = labels(axis);
        let mut series = Vec::new();
        for (name, shape) in entry.series {
            let scale = if entry.noise > 0.0 { brief.range(0.94, 1.06) } else { 1.0 };
            let most = if entry.short == "%" { 100.0 } else { f64::MAX };
            let values = figures(brief, shape, labels.len(), entry.noise);
            let values = values.into_iter().map(|value| (value * scale).min(most));
            series.push(Series { name: (*name).to_owned(), values: values.collect() });
        }
        // What every study shows first is not always the same.
        if brief.chance(0.5) && entry.noise > 0.0 {
            let turn = brief.below(series.len());
            series.rotate_left(turn);
        }
        let title = if topic.is_empty() { entry.title.to_owned() } else { capital(topic) };
        Self {
            title,
            unit: entry.unit.into(),
            short: entry.short.into(),
            labels,
            ordered,
            round: round(axis),
            series,
        }
    }

    /// A subject that is in no list still gets an honest chart of a plain kind.
    fn unknown(brief: &mut Brief, topic: &str) -> Self {
        let axis = asked_axis(brief).unwrap_or(Axis::Months);
        let (labels, ordered) = labels(&axis);
        let (unit, short, size) =
            if brief.has(&["price", "cost", "rent", "wage", "salary", "revenue", "income", "spending"]) {
                ("Thousand coins", "k", 40.0)
            } else if brief.has(&["percent", "share", "survey", "rate", "poll", "approval", "satisfaction"]) {
                ("Percent", "%", 62.0)
            } else if brief.has(&["time", "duration", "wait", "minutes", "sleep", "hours"]) {
                ("Minutes", "min", 48.0)
            } else if brief.has(&["speed", "distance", "walk", "run", "length", "travel"]) {
                ("Kilometres", "km", 30.0)
            } else {
                ("How many, in hundreds", "", 24.0)
            };
        let place = brief.range(0.0, 1.0);
        let mut series = Vec::new();
        for name in ["This year", "Last year", "Five-year mean"] {
            let size = size * brief.range(0.7, 1.0);
            let noise = if name == "Five-year mean" { 0.02 } else { 0.1 };
            let values = (0..labels.len()).map(|index| {
                let turn = TAU * (index as f64 / labels.len() as f64 - place);
                let stray = 1.0 + noise * brief.range(-1.0, 1.0);
                size * (0.72 + 0.26 * turn.cos()) * stray
            });
            series.push(Series { name: name.into(), values: values.collect() });
        }
        Self {
            title: capital(topic),
            unit: unit.into(),
            short: short.into(),
            labels,
            ordered,
            round: round(&axis),
            series,
        }
    }

    pub(super) fn most(&self) -> f64 {
        self.series.iter().map(Series::most).fold(0.0, f64::max)
    }

    /// A number with its unit, as one would say it.
    pub(super) fn told(&self, value: f64) -> String {
        self.with_unit(number(value, self.most()))
    }

    pub(super) fn with_unit(&self, number: String) -> String {
        match self.short.as_str() {
            "" => number,
            "%" | "°" | "k" => format!("{number}{}", self.short),
            short => format!("{number} {short}"),
        }
    }

    /// All of one label together.
    pub(super) fn sum(&self, label: usize) -> f64 {
        self.series.iter().map(|series| series.values[label]).sum()
    }

    /// What is worth pointing out: of which series, at which label, in words.
    pub(super) fn finding(&self) -> (usize, usize, String) {
        if let [one, other] = &self.series[..]
            && self.ordered
        {
            let ahead = |at: usize| one.values[at] > other.values[at];
            // A crossing at the very start or end is seen without being told.
            let middle = 2..self.labels.len().saturating_sub(2).max(2);
            if let Some(at) = middle.into_iter().find(|at| ahead(*at) != ahead(*at - 1)) {
                let (leads, index) = if ahead(at) { (&one.name, 0) } else { (&other.name, 1) };
                return (index, at, format!("{leads} ahead from {} on", self.labels[at]));
            }
        }
        let hero = &self.series[0];
        let at = hero.peak();
        (0, at, format!("Most, {}: {}", self.labels[at], self.told(hero.values[at])))
    }
}

/// As many digits as the largest number of the chart calls for; thousands are set apart.
pub(super) fn number(value: f64, most: f64) -> String {
    let text = match most {
        most if most < 12.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    };
    match text.len() {
        5.. if !text.contains('.') => format!("{},{}", &text[..text.len() - 3], &text[text.len() - 3..]),
        _ => text,
    }
}

/// A number on a scale: as many digits as its steps need.
pub(super) fn tick(value: f64, step: f64) -> String {
    if step.fract().abs() < 1e-9 { number(value, 1000.0) } else { format!("{value:.1}") }
}

/// What the prompt itself says figures are told for.
fn asked_axis(brief: &Brief) -> Option<Axis> {
    const ASKED: &[(&[&str], Axis)] = &[
        (&["by season", "by seasons", "per season"], Axis::Steps(&["Spring", "Summer", "Autumn", "Winter"])),
        (&["by weekday", "by day", "over a week", "per weekday", "weekday"], Axis::Weekdays),
        (&["by hour", "by the hour", "over a day", "hourly", "per hour"], Axis::Hours(6, 22)),
        (&["over decades", "by decade", "over the decades"], Axis::Years(1950, 10, 8)),
        (
            &["over years", "by year", "over the years", "annual", "yearly", "per year"],
            Axis::Years(2008, 1, 16),
        ),
        (&["by quarter", "quarterly"], Axis::Steps(&["Q1", "Q2", "Q3", "Q4"])),
        (&["by month", "monthly", "month by month", "over a year"], Axis::Months),
        (
            &["by age", "by age group"],
            Axis::Steps(&["0–9", "10–19", "20–29", "30–39", "40–49", "50–59", "60–69", "70+"]),
        ),
    ];
    let found = ASKED.iter().find(|(phrases, _)| brief.has(phrases))?;
    Some(match &found.1 {
        Axis::Steps(names) => Axis::Steps(names),
        Axis::Weekdays => Axis::Weekdays,
        Axis::Hours(from, to) => Axis::Hours(*from, *to),
        Axis::Years(first, step, count) => Axis::Years(*first, *step, *count),
        _ => Axis::Months,
    })
}

fn round(axis: &Axis) -> bool {
    match axis {
        Axis::Months | Axis::Weekdays | Axis::Hours(0, 23) => true,
        Axis::Steps(names) => matches!(names.first(), Some(&"N" | &"Spring")),
        _ => false,
    }
}

fn labels(axis: &Axis) -> (Vec<String>, bool) {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    match axis {
        Axis::Months => (
            owned(&["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]),
            true,
        ),
        Axis::Weekdays => (owned(&["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]), true),
        Axis::Hours(from, to) => ((*from..=*to).map(|hour| format!("{hour}:00")).collect(), true),
        Axis::Years(first, step, count) => {
            ((0..*count as u32).map(|index| (first + step * index).to_string()).collect(), true)
        }
        Axis::Count(word, count) => ((1..=*count).map(|index| format!("{word} {index}")).collect(), true),
        Axis::Steps(names) => (owned(names), true),
        Axis::Kinds(names) => (owned(names), false),
    }
}

fn figures(brief: &mut Brief, shape: &Shape, count: usize, noise: f64) -> Vec<f64> {
    let last = count.saturating_sub(1).max(1) as f64;
    let figure = |index: usize| {
        let (at, around) = (index as f64 / last, index as f64 / count as f64);
        let value: f64 = match shape {
            Shape::Wave(least, most, peak) => {
                least
                    + (most - least)
                        * (0.5 + 0.5 * (TAU * (around + 0.5 / count as f64 - peak)).cos()).powf(1.3)
            }
            Shape::Bumps(base, bumps) => {
                let bump =
                    |(place, wide, high): &(f64, f64, f64)| high * (-((at - place) / wide).powi(2)).exp();
                base + bumps.iter().map(bump).sum::<f64>()
            }
            Shape::Trend(from, to) => from + (to - from) * at,
            Shape::Rise(middle, wide, most) => most / (1.0 + (-(at - middle) / (wide * 0.5)).exp()),
            Shape::Surge(base, peak, most, half) => match at < *peak {
                true => base + most * (at / peak).powi(2),
                false => base + most * 0.5f64.powf((at - peak) / half),
            },
            Shape::Decay(most, half, base) => base + most * 0.5f64.powf(at / half),
            Shape::Daylight(latitude) => {
                let day = 15.0 + 30.44 * index as f64 * 12.0 / count as f64;
                let tilt = (-23.44f64).to_radians() * (TAU * (day + 10.0) / 365.24).cos();
                let edge = -latitude.to_radians().tan() * tilt.tan();
                24.0 / PI * edge.clamp(-1.0, 1.0).acos()
            }
            Shape::Tide(mean, half, late) => mean + half * (TAU * (at * 24.0 - late) / 12.42).cos(),
            Shape::Each(values) => {
                // An axis of another length is read off between the values.
                let place = at * (values.len() - 1) as f64;
                let (low, share) = (place.floor() as usize, place.fract());
                let high = (low + 1).min(values.len() - 1);
                values[low] * (1.0 - share) + values[high] * share
            }
        };
        value.max(0.0)
    };
    let plain: Vec<f64> = (0..count).map(figure).collect();
    if noise == 0.0 {
        return plain;
    }
    plain.into_iter().map(|value| value * (1.0 + noise * brief.range(-1.0, 1.0))).collect()
}
