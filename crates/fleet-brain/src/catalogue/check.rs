//! Reading a catalogue and finding every mistake in it. Owns the rules of each field; refuses to stop at the first.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::cook::told;
use super::{Problem, place};
use crate::persona::{Busy, Day, HourSpan, Pace, Persona, Weights};
use crate::phrase::Vocabulary;

/// How many mistakes are told with the very line they stand in; those after them have the line of their persona.
const LOCATED: usize = 300;
const CATEGORIES: &[&str] = &["ai-workflows", "data-viz", "marketing", "utilities"];
const FIELDS: &[&str] = &[
    "id",
    "name",
    "about",
    "vibe",
    "personality",
    "interests",
    "weights",
    "zones",
    "busy",
    "pace",
    "share",
    "category",
    "recipe",
    "choices",
    "vocabulary",
];
/// The personas of a catalogue, or all its problems.
pub(super) fn catalogue(text: &str) -> Result<Vec<Persona>, Vec<Problem>> {
    let mut problems = Vec::new();
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let place = format!("line {}, column {}", error.line(), error.column());
            let mend = format!("mend the text there: {error}");
            return Err(vec![problem(None, error.line(), &place, "is not JSON", &mend)]);
        }
    };
    let Some(entries) = value.get("personas").and_then(Value::as_array).filter(|list| !list.is_empty())
    else {
        let mend = "write `{\"personas\": [ … ]}` with one persona or more";
        return Err(vec![problem(
            None,
            place::line(text, 0, "personas"),
            "personas",
            "must be a list that is not empty",
            mend,
        )]);
    };
    let mut personas = Vec::new();
    let mut ids = BTreeSet::new();
    let places = place::entries(text, "personas");
    for (at, entry) in entries.iter().enumerate() {
        let id =
            entry.get("id").and_then(Value::as_str).map_or_else(|| format!("#{}", at + 1), str::to_owned);
        let start = places.get(at).copied().unwrap_or_default();
        let line = place::line(text, start, "");
        let mut clerk = Clerk { persona: id.clone(), text, start, line, problems: &mut problems };
        let Some(fields) = entry.as_object() else {
            clerk.wrong("personas", "must be a list of objects", "write each persona in braces");
            continue;
        };
        let persona = clerk.persona(fields);
        if !ids.insert(id) {
            clerk.wrong("id", "must be unique", "give one of the two another id");
        }
        personas.push(persona);
    }
    if problems.is_empty() { Ok(personas) } else { Err(problems) }
}

fn problem(persona: Option<&str>, line: usize, field: &str, rule: &str, mend: &str) -> Problem {
    Problem {
        persona: persona.map(str::to_owned),
        line,
        field: field.to_owned(),
        rule: rule.to_owned(),
        mend: mend.to_owned(),
    }
}

/// Reads one persona. What cannot be read is noted, and replaced by something empty that is never used.
pub(super) struct Clerk<'p> {
    persona: String,
    text: &'p str,
    /// Where in the text the persona begins.
    start: usize,
    line: usize,
    problems: &'p mut Vec<Problem>,
}

impl Clerk<'_> {
    pub(super) fn wrong(&mut self, field: &str, rule: &str, mend: &str) {
        // A text that is wrong in every second place is not walked through a million times.
        let is_located = self.problems.len() < LOCATED;
        let line = if is_located { place::line(self.text, self.start, field) } else { self.line };
        self.problems.push(problem(Some(&self.persona), line, field, rule, mend));
    }

    fn persona(&mut self, fields: &Map<String, Value>) -> Persona {
        for unknown in fields.keys().filter(|key| !FIELDS.contains(&key.as_str())) {
            self.wrong(
                unknown,
                "is not a field of a persona",
                &format!("remove it, or use one of {}", FIELDS.join(", ")),
            );
        }
        let mut persona = Persona {
            id: self.text(fields, "", "id", 40),
            name: self.text(fields, "", "name", 60),
            about: self.text(fields, "", "about", 300),
            vibe: self.text(fields, "", "vibe", 30),
            personality: self.text(fields, "", "personality", 1000),
            interests: self.interests(fields),
            weights: self.weights(fields),
            zones: self.zones(fields),
            busy: self.busy(fields),
            pace: self.pace(fields),
            share: self.number(fields, "", "share", 0.01, 100.0),
            category: self.text(fields, "", "category", 40),
            recipes: vec![],
            choices: self.choices(fields.get("choices"), "choices"),
            vocabulary: Vocabulary::default(),
        };
        persona.recipes = self.recipes(fields, &persona.choices);
        let told = told(&persona.recipes, &persona.choices);
        persona.vocabulary = self.vocabulary(fields, &told);
        let id_fits = persona.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !id_fits {
            self.wrong("id", "must be of a to z, 0 to 9 and _", "write it like `data_viz`");
        }
        if !persona.category.is_empty() && !CATEGORIES.contains(&persona.category.as_str()) {
            let mend = format!("use one of {}", CATEGORIES.join(", "));
            self.wrong("category", "must be a shelf of the gallery", &mend);
        }
        persona
    }

    pub(super) fn text(
        &mut self,
        fields: &Map<String, Value>,
        prefix: &str,
        key: &str,
        longest: usize,
    ) -> String {
        let text = fields.get(key).and_then(Value::as_str).unwrap_or_default();
        let length = text.chars().count();
        if text.trim().is_empty() || length > longest || text.chars().any(char::is_control) {
            let rule = format!("must be a text of 1 to {longest} characters on one line");
            let mend = match (fields.get(key), length) {
                (None, _) => "add it".to_owned(),
                (Some(Value::String(_)), 0) => "write something".to_owned(),
                (Some(Value::String(_)), _) if length > longest => format!("cut it, it has {length}"),
                (Some(Value::String(_)), _) => "remove the line breaks".to_owned(),
                _ => "put it in quotes".to_owned(),
            };
            self.wrong(&format!("{prefix}{key}"), &rule, &mend);
        }
        text.to_owned()
    }

    fn number(&mut self, fields: &Map<String, Value>, prefix: &str, key: &str, least: f64, most: f64) -> f64 {
        match fields.get(key).and_then(Value::as_f64) {
            Some(number) if (least..=most).contains(&number) => number,
            _ => {
                let found = fields.get(key).map_or_else(|| "nothing".to_owned(), Value::to_string);
                let rule = format!("must be a number from {least} to {most}");
                self.wrong(&format!("{prefix}{key}"), &rule, &format!("replace {found}"));
                least.max(1.0)
            }
        }
    }

    fn whole(&mut self, fields: &Map<String, Value>, prefix: &str, key: &str, least: u32, most: u32) -> u32 {
        let number = self.number(fields, prefix, key, f64::from(least), f64::from(most));
        if number.fract() != 0.0 {
            self.wrong(&format!("{prefix}{key}"), "must be a whole number", "drop the fraction");
        }
        number as u32
    }

    pub(super) fn object<'v>(
        &mut self,
        fields: &'v Map<String, Value>,
        key: &str,
    ) -> Option<&'v Map<String, Value>> {
        let object = fields.get(key).and_then(Value::as_object);
        if object.is_none() {
            self.wrong(key, "must be an object", "write it in braces");
        }
        object
    }

    /// A list of texts of the right number.
    pub(super) fn texts(
        &mut self,
        value: Option<&Value>,
        field: &str,
        least: usize,
        most: usize,
    ) -> Vec<String> {
        let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if !(least..=most).contains(&list.len()) {
            let mend = format!("it has {}", list.len());
            self.wrong(field, &format!("must be a list of {least} to {most} texts"), &mend);
        }
        let mut texts = Vec::new();
        for (at, entry) in list.iter().enumerate() {
            match entry.as_str().filter(|text| !text.trim().is_empty()) {
                Some(text) => texts.push(text.to_owned()),
                None => {
                    self.wrong(&format!("{field}[{at}]"), "must be a text", "put it in quotes, or remove it")
                }
            }
        }
        texts
    }

    fn interests(&mut self, fields: &Map<String, Value>) -> Vec<String> {
        let interests = self.texts(fields.get("interests"), "interests", 1, 20);
        for (at, interest) in interests.iter().enumerate() {
            let field = format!("interests[{at}]");
            if interest.chars().count() > 60 {
                self.wrong(&field, "must have 60 characters at most", "say it shorter");
            }
            if interests[..at].iter().any(|other| other.eq_ignore_ascii_case(interest)) {
                self.wrong(&field, "must not come twice", &format!("remove the second `{interest}`"));
            }
        }
        interests
    }

    fn weights(&mut self, fields: &Map<String, Value>) -> Weights {
        let empty = Map::new();
        let object = self.object(fields, "weights");
        let known = object.is_some();
        let from = object.unwrap_or(&empty);
        let mut weight = |key| if known { self.number(from, "weights.", key, 0.0, 1.0) } else { 1.0 };
        let weights = Weights {
            post: weight("post"),
            comment: weight("comment"),
            like: weight("like"),
            browse: weight("browse"),
        };
        if weights.post + weights.comment + weights.like + weights.browse <= 0.0 {
            self.wrong("weights", "must not all be 0", "give at least one of them a weight");
        }
        weights
    }

    fn zones(&mut self, fields: &Map<String, Value>) -> Vec<String> {
        let zones = self.texts(fields.get("zones"), "zones", 1, 100);
        for (at, zone) in zones.iter().enumerate() {
            if jiff::tz::TimeZone::get(zone).is_err() {
                let mend = format!("replace `{zone}` by one like `Europe/London`");
                self.wrong(&format!("zones[{at}]"), "must be an IANA time zone", &mend);
            }
        }
        zones
    }

    fn busy(&mut self, fields: &Map<String, Value>) -> Busy {
        let mut busy = Busy { hours: vec![], days: vec![] };
        let Some(from) = self.object(fields, "busy") else { return busy };
        let spans = from.get("hours").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if spans.is_empty() {
            self.wrong(
                "busy.hours",
                "must be a list that is not empty",
                "write `[{\"from\": 9, \"to\": 17}]`",
            );
        }
        for (at, span) in spans.iter().enumerate() {
            let prefix = format!("busy.hours[{at}].");
            let empty = Map::new();
            let span = span.as_object().unwrap_or(&empty);
            let hours = HourSpan {
                from: self.whole(span, &prefix, "from", 0, 23) as u8,
                to: self.whole(span, &prefix, "to", 0, 24) as u8,
            };
            if hours.from == hours.to {
                let mend = "let it end later; all day is from 0 to 24";
                self.wrong(&prefix[..prefix.len() - 1], "must not end when it begins", mend);
            }
            busy.hours.push(hours);
        }
        for (at, name) in self.texts(from.get("days"), "busy.days", 1, 7).iter().enumerate() {
            let field = format!("busy.days[{at}]");
            match Day::from_name(name) {
                Some(day) if busy.days.contains(&day) => {
                    self.wrong(&field, "must not come twice", &format!("remove the second `{name}`"));
                }
                Some(day) => busy.days.push(day),
                None => self.wrong(&field, "must be a day", "use mon, tue, wed, thu, fri, sat or sun"),
            }
        }
        busy
    }

    fn pace(&mut self, fields: &Map<String, Value>) -> Pace {
        let Some(from) = self.object(fields, "pace") else { return Pace { min_seconds: 1, max_seconds: 1 } };
        let pace = Pace {
            min_seconds: self.whole(from, "pace.", "min_seconds", 1, 86_400),
            max_seconds: self.whole(from, "pace.", "max_seconds", 1, 86_400),
        };
        if pace.min_seconds > pace.max_seconds {
            let mend = format!("raise it to {} or more", pace.min_seconds);
            self.wrong("pace.max_seconds", "must not be below `pace.min_seconds`", &mend);
        }
        pace
    }
}
