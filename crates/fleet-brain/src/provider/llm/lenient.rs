//! Reading JSON as models write it: in fences, between sentences, with commas too many and quotes of the wrong kind, or cut
//! off. Owns what is forgiven; refuses to make up what is missing: a text that was cut off is left out.

use serde_json::{Map, Number, Value};

/// How deep lists and objects may stand in each other.
const DEEPEST: usize = 16;

/// What was found in a text.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    pub(super) value: Value,
    /// Whether it ends in the middle, and is what was whole of it.
    pub(super) cut: bool,
}

/// What is said of a text that ends in the middle.
pub(super) const CUT: &str = "it ends in the middle";

/// The first object or list in a text, or why there is none.
pub(super) fn read(text: &str) -> Result<Found, &'static str> {
    let text = after_thinking(text);
    let mut problem = "there is no JSON in it";
    for (start, _) in text.char_indices().filter(|(_, c)| matches!(c, '{' | '[')).take(32) {
        let mut reader = Reader { rest: &text[start..], cut: false };
        match reader.value(0) {
            Some(value) if !is_empty(&value) => return Ok(Found { value, cut: reader.cut }),
            _ if reader.cut => problem = CUT,
            _ => problem = "its JSON is broken",
        }
    }
    Err(problem)
}

/// What stands after the thinking that some models put before their answer.
fn after_thinking(text: &str) -> &str {
    text.rfind("</think>").map_or(text, |at| &text[at + "</think>".len()..])
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.is_empty(),
        // `[1]` in a sentence is no answer, and neither is the list of an answer that has nothing to say: that one stands
        // in an object.
        Value::Array(items) => !items.iter().any(|item| item.is_object() || item.is_string()),
        _ => true,
    }
}

struct Reader<'t> {
    rest: &'t str,
    /// Whether the text ended too early.
    cut: bool,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let next = self.rest.chars().next();
        self.cut |= next.is_none();
        next
    }

    fn skip(&mut self, sign: char) -> bool {
        let there = self.peek() == Some(sign);
        if there {
            self.rest = &self.rest[sign.len_utf8()..];
        }
        there
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        match self.peek()? {
            '{' => self.object(depth),
            '[' => self.list(depth),
            quote @ ('"' | '\'' | '“') => self.text(quote).map(Value::String),
            _ => self.word(),
        }
    }

    /// An object; of one that was cut off, the fields that are whole.
    fn object(&mut self, depth: usize) -> Option<Value> {
        self.skip('{');
        let mut fields = Map::new();
        loop {
            while self.skip(',') {}
            if self.skip('}') {
                return Some(Value::Object(fields));
            }
            let whole = |this: &mut Self| {
                let name = match this.peek()? {
                    quote @ ('"' | '\'' | '“') => this.text(quote)?,
                    _ => this.name()?,
                };
                let colon = this.skip(':');
                colon.then_some(())?;
                Some((name, this.value(depth + 1)?))
            };
            match whole(self) {
                Some((name, value)) => _ = fields.entry(name).or_insert(value),
                // What was cut is left out, and what encloses it is closed.
                None if self.cut => return Some(Value::Object(fields)),
                None => return None,
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        self.skip('[');
        let mut items = Vec::new();
        loop {
            while self.skip(',') {}
            if self.skip(']') {
                return Some(Value::Array(items));
            }
            let began_cut = self.cut;
            match self.value(depth + 1) {
                // An object that was cut is not the one that was meant.
                Some(item) if !self.cut || began_cut => items.push(item),
                _ if self.cut => return Some(Value::Array(items)),
                _ => return None,
            }
        }
    }

    fn text(&mut self, quote: char) -> Option<String> {
        let end = if quote == '“' { '”' } else { quote };
        let mut signs = self.rest.char_indices();
        signs.next();
        let mut text = String::new();
        while let Some((at, c)) = signs.next() {
            match c {
                '\\' => {
                    let (_, escaped) = signs.next()?;
                    match escaped {
                        'n' | 'r' | 't' | 'b' | 'f' => text.push(' '),
                        'u' => {
                            let from = at + 2;
                            let (sign, length) = unicode(&self.rest[from..])?;
                            text.push(sign);
                            for _ in 0..length {
                                signs.next();
                            }
                        }
                        other => text.push(other),
                    }
                }
                c if c == end => {
                    self.rest = &self.rest[at + c.len_utf8()..];
                    return Some(text);
                }
                c => text.push(c),
            }
        }
        self.cut = true;
        self.rest = "";
        None
    }

    /// A name without quotes.
    fn name(&mut self) -> Option<String> {
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')?;
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// A number, or a word that stands for a value.
    fn word(&mut self) -> Option<Value> {
        let end = self.rest.find(|c: char| matches!(c, ',' | '}' | ']' | ':') || c.is_whitespace());
        let Some(end) = end else {
            self.cut = true;
            return None;
        };
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word.to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(Value::Bool(true)),
            "false" | "no" => Some(Value::Bool(false)),
            "null" | "none" | "undefined" => Some(Value::Null),
            number => {
                let whole = number.parse::<i64>().ok().map(Number::from);
                whole.or_else(|| number.parse().ok().and_then(Number::from_f64)).map(Value::Number)
            }
        }
    }
}

/// The sign that four hexadecimal digits stand for, or twice four of them, and how many characters they take.
fn unicode(digits: &str) -> Option<(char, usize)> {
    let unit = |from: usize| {
        let digits = digits.get(from..from + 4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let first = unit(0)?;
    let pair = digits.get(4..6) == Some("\\u");
    let units: Vec<u16> = [Some(first), unit(6).filter(|_| pair)].into_iter().flatten().collect();
    let high = (0xd800..0xdc00).contains(&first);
    let used = if high && units.len() == 2 { 2 } else { 1 };
    let sign =
        char::decode_utf16(units[..used].iter().copied()).next()?.unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((sign, if used == 2 { 10 } else { 4 }))
}

/// The field by any of its names.
pub(super) fn field<'v>(value: &'v Value, names: &[&str]) -> Option<&'v Value> {
    let fields = value.as_object()?;
    names
        .iter()
        .find_map(|wanted| fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)))
        .map(|(_, value)| value)
}

/// A text, unless it says that there is none.
pub(super) fn text(value: Option<&Value>) -> Option<String> {
    let text = value?.as_str()?.trim();
    let bare = text.trim_matches(['"', '“', '”']).trim();
    let nothing = ["", "null", "none", "n/a", "-"].contains(&bare.to_lowercase().as_str());
    (!nothing).then(|| if bare.contains(['"', '“', '”']) { text.to_owned() } else { bare.to_owned() })
}

/// A yes or a no, however it is put.
pub(super) fn yes(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(yes)) => *yes,
        Some(Value::Number(number)) => number.as_f64().is_some_and(|number| number > 0.0),
        Some(Value::String(word)) => {
            ["true", "yes", "1", "y", "like"].contains(&word.trim().to_lowercase().as_str())
        }
        _ => false,
    }
}

/// A whole number, however it is put.
pub(super) fn number(value: Option<&Value>) -> Option<usize> {
    match value? {
        Value::Number(number) => {
            number.as_f64().filter(|n| n.fract() == 0.0 && *n >= 0.0).map(|n| n as usize)
        }
        Value::String(text) => text.trim().trim_start_matches(['#', 'p']).parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_models_write_around_json_is_forgiven() {
        let wanted = json!({"v": [{"n": 1, "like": true, "comment": null}]});
        for text in [
            r#"{"v":[{"n":1,"like":true,"comment":null}]}"#,
            "```json\n{\"v\":[{\"n\":1,\"like\":true,\"comment\":null}]}\n```",
            "Sure! Here it is [1]: {\"v\":[{\"n\":1,\"like\":true,\"comment\":null}]} I hope {that} helps.",
            "<think>{\"v\": 3} or not?</think> {\"v\":[{\"n\":1,\"like\":true,\"comment\":null}]}",
            r#"{"v":[{"n":1,"like":true,"comment":null,},],}"#,
            "{v: [{n: 1, 'like': True, 'comment': None}]}",
            "\u{feff}{“v”:[{\"n\":1,\"like\":true,\"comment\":null}]}",
            r#"{"v":[{"n":1,"like":true,"comment":null}"#,
            r#"{"v":[{"n":1,"like":true,"comment":null}, {"n":2,"like":true,"comment":"it is cut o"#,
            r#"{"v":[{"n":1,"like":true,"comment":null}, {"n":2,"like":tr"#,
        ] {
            assert_eq!(read(text).map(|found| found.value), Ok(wanted.clone()), "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_not_made_up() {
        assert_eq!(read(""), Err("there is no JSON in it"));
        assert_eq!(read("I would rather not."), Err("there is no JSON in it"));
        assert_eq!(read(r#"{"text": "it is cut o"#), Err("it ends in the middle"));
        assert_eq!(read("{\"text\" \"no colon\"}"), Err("its JSON is broken"));
        assert_eq!(read(&"[".repeat(200)), Err("its JSON is broken"));
        // A text that is whole is kept, and what was cut after it is not.
        let found = read(r#"{"title": "Lamp", "description": "A la"#);
        assert_eq!(found, Ok(Found { value: json!({"title": "Lamp"}), cut: true }));
    }

    #[test]
    fn escapes_stand_for_their_signs() {
        let read = |text: &str| read(text).unwrap().value["t"].as_str().unwrap().to_owned();
        assert_eq!(read(r#"{"t": "caf\u00e9 \ud83d\ude00 \"q\" a\nb \/"}"#), "café 😀 \"q\" a b /");
        assert_eq!(read(r#"{"t": "\ud83d half"}"#), "\u{fffd} half");
    }

    #[test]
    fn values_are_understood_however_they_are_put() {
        for (value, is) in [
            (json!(true), true),
            (json!("Yes"), true),
            (json!(1), true),
            (json!("no"), false),
            (json!(null), false),
        ] {
            assert_eq!(yes(Some(&value)), is, "{value}");
        }
        for (value, is) in [
            (json!(3), Some(3)),
            (json!("#3"), Some(3)),
            (json!(3.0), Some(3)),
            (json!(-1), None),
            (json!("x"), None),
        ] {
            assert_eq!(number(Some(&value)), is, "{value}");
        }
        assert_eq!(text(Some(&json!(" “Fine.” "))).as_deref(), Some("Fine."));
        assert_eq!(text(Some(&json!("“Lamp” is it"))).as_deref(), Some("“Lamp” is it"));
        assert_eq!(text(Some(&json!("None"))), None);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "[\\[\\]{}:,\"'a-c0-9\\\\u\u{e9}\u{1f600} ]{0,80}") {
            let _ = read(&text);
        }

        #[test]
        fn plain_json_is_read_as_it_is(words in proptest::collection::vec("[^\\p{Cc}“”]{1,20}", 1..5)) {
            let value = json!({ "words": words });
            prop_assert_eq!(read(&value.to_string()), Ok(Found { value, cut: false }));
        }
    }
}
