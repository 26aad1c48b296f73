//! Reading a table of prices from JSON, over another one. Owns the form of the file; refuses to pass over anything in it
//! that it does not know.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{PICTURE_TOKENS, PictureEntry, Prices, TextEntry, TextPrice};
use crate::desk::Micros;
use crate::mistake::Mistake;

/// What a price may be at most: a million dollars.
const MOST: i64 = 1_000_000_000_000;

/// The prices of `text` before those of `under`.
pub(super) fn over(under: Prices, text: &str) -> Result<Prices, Vec<Mistake>> {
    let whole: Value = serde_json::from_str(text).map_err(|error| {
        vec![Mistake::new("the file", format!("is JSON, and at {error} it is not"), "mend it there")]
    })?;
    let mut reader = Reader { mistakes: vec![] };
    let fields = reader.object(&whole, "the file", &["as_of", "text", "assumed", "pictures"]);
    let mut prices = under;
    match fields.get("as_of") {
        Some(Value::String(day)) if day.parse::<jiff::civil::Date>().is_ok() => {
            prices.as_of = match prices.as_of.as_str() {
                "" => day.clone(),
                under => format!("{day}, over {under}"),
            };
        }
        Some(_) => reader.mistake("as_of", "is a day", "write it as `\"2025-11-01\"`"),
        None => {}
    }
    let mut text = Vec::new();
    for (at, entry) in reader.list(&fields, "text").into_iter().enumerate() {
        text.extend(reader.text(entry, &format!("text[{at}]")));
    }
    prices.own += text.len();
    text.append(&mut prices.text);
    prices.text = text;
    let assumed = fields.get("assumed").cloned().unwrap_or_else(|| Value::Object(Map::new()));
    for (generator, values) in reader.any_object(&assumed, "assumed") {
        let values = reader.texts(&values, &format!("assumed.{generator}"));
        prices.assumed.entry(generator).or_default().extend(values);
    }
    let mut pictures = Vec::new();
    for (at, entry) in reader.list(&fields, "pictures").into_iter().enumerate() {
        pictures.extend(reader.picture(entry, &format!("pictures[{at}]")));
    }
    pictures.append(&mut prices.pictures);
    prices.pictures = pictures;
    if reader.mistakes.is_empty() { Ok(prices) } else { Err(reader.mistakes) }
}

struct Reader {
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn mistake(&mut self, field: &str, rule: &str, mend: &str) {
        self.mistakes.push(Mistake::new(field, rule, mend));
    }

    fn any_object(&mut self, value: &Value, field: &str) -> Map<String, Value> {
        match value {
            Value::Object(fields) => fields.clone(),
            _ => {
                self.mistake(field, "is an object", "write it in braces");
                Map::new()
            }
        }
    }

    fn object(&mut self, value: &Value, field: &str, known: &[&str]) -> Map<String, Value> {
        let fields = self.any_object(value, field);
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            self.mistake(
                &format!("{field}.{name}"),
                "is not a field of it",
                &format!("remove it, or use one of {}", known.join(", ")),
            );
        }
        fields
    }

    fn list<'v>(&mut self, fields: &'v Map<String, Value>, field: &str) -> Vec<&'v Value> {
        match fields.get(field) {
            None => vec![],
            Some(Value::Array(list)) => list.iter().collect(),
            Some(_) => {
                self.mistake(field, "is a list", "write it in brackets");
                vec![]
            }
        }
    }

    fn name(&mut self, fields: &Map<String, Value>, entry: &str, field: &str) -> Option<String> {
        let name = fields.get(field).and_then(Value::as_str).filter(|name| !name.trim().is_empty());
        if name.is_none() {
            self.mistake(&format!("{entry}.{field}"), "is a name", "write it in quotes");
        }
        name.map(str::to_owned)
    }

    fn micros(&mut self, fields: &Map<String, Value>, entry: &str, field: &str) -> Option<Micros> {
        let amount = fields.get(field).and_then(Value::as_i64).filter(|amount| (0..=MOST).contains(amount));
        if amount.is_none() {
            self.mistake(
                &format!("{entry}.{field}"),
                "is a whole number of millionths of a US dollar, from 0",
                "write 250000 for 0.25 dollars",
            );
        }
        amount.map(Micros)
    }

    fn text(&mut self, value: &Value, entry: &str) -> Option<TextEntry> {
        let fields = self.object(value, entry, &["provider", "model", "input", "output", "picture_tokens"]);
        let provider = self.name(&fields, entry, "provider");
        let model = self.name(&fields, entry, "model");
        let input = self.micros(&fields, entry, "input");
        let output = self.micros(&fields, entry, "output");
        let picture_tokens = match fields.get("picture_tokens").map(Value::as_u64) {
            None => Some(PICTURE_TOKENS),
            Some(tokens) => {
                tokens.and_then(|tokens| u32::try_from(tokens).ok()).filter(|tokens| *tokens <= 1_000_000)
            }
        };
        if picture_tokens.is_none() {
            self.mistake(
                &format!("{entry}.picture_tokens"),
                "is a whole number from 0 to 1000000",
                "write the most tokens that a picture of 512 pixels counts as",
            );
        }
        let price = TextPrice { input: input?, output: output?, picture_tokens: picture_tokens? };
        Some(TextEntry { provider: provider?, model: model?, price })
    }

    fn picture(&mut self, value: &Value, entry: &str) -> Option<PictureEntry> {
        let fields = self.object(value, entry, &["generator", "with", "cost"]);
        let generator = self.name(&fields, entry, "generator");
        let cost = self.micros(&fields, entry, "cost");
        let with = match fields.get("with") {
            Some(with) => self.texts(with, &format!("{entry}.with")),
            None => BTreeMap::new(),
        };
        Some(PictureEntry { generator: generator?, with, cost: cost? })
    }

    fn texts(&mut self, value: &Value, field: &str) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        for (name, value) in self.any_object(value, field) {
            match value {
                Value::String(text) => _ = texts.insert(name, text),
                Value::Number(_) | Value::Bool(_) => _ = texts.insert(name, value.to_string()),
                _ => self.mistake(
                    &format!("{field}.{name}"),
                    "is a text, a number or a bool",
                    "write what the recipe's parameter is",
                ),
            }
        }
        texts
    }
}
