//! What a step may be told: every generator and transform declares its parameters once, and both the lists that
//! the platform gives and the checks before drawing are made from that.
//!
//! A parameter that nobody declared is passed over, as the engine does; one of the wrong type or beyond its bounds
//! is refused in the words of the engine's image library.

use serde_json::{Map, Value, json};
use svgtypes::Color;

use super::Failure;

/// A generator or a transform.
#[derive(Debug)]
pub(in crate::sandbox) struct Node {
    pub(in crate::sandbox) name: &'static str,
    pub(super) label: &'static str,
    pub(super) category: &'static str,
    /// What it does, in a sentence.
    pub(super) about: &'static str,
    pub(super) params: &'static [Param],
}

/// A parameter of a node.
#[derive(Debug)]
pub(super) struct Param {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// What a parameter may be, and what it is when nothing is said.
#[derive(Debug)]
pub(super) enum Kind {
    /// Least, most, default.
    Number(f64, f64, Option<f64>),
    /// Least, most, default; a whole number.
    Whole(u32, u32, Option<u32>),
    /// At most so many characters; default.
    Text(usize, &'static str),
    /// One of these; default, which may be none of them.
    Choice(&'static [&'static str], &'static str),
    /// As in CSS; default.
    Colour(&'static str),
    /// A list, checked by the node itself.
    List,
    /// An object or a text, checked by the node itself.
    Object,
}

impl Param {
    pub(super) const fn new(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, about, kind, required: false }
    }

    pub(super) const fn required(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, about, kind, required: true }
    }

    fn schema(&self) -> Value {
        let mut schema = match &self.kind {
            Kind::Number(least, most, default) => {
                bounded("number", json!(least), json!(most), json!(default))
            }
            Kind::Whole(least, most, default) => {
                bounded("integer", json!(least), json!(most), json!(default))
            }
            Kind::Text(most, default) => json!({ "type": "string", "maxLength": most, "default": default }),
            Kind::Choice(of, default) => json!({ "type": "string", "enum": of, "default": default }),
            Kind::Colour(default) => json!({ "type": "string", "format": "color", "default": default }),
            Kind::List => json!({ "type": "array" }),
            Kind::Object => json!({ "type": "object" }),
        };
        let nothing = schema.get("default").is_some_and(|default| default.is_null() || default == "");
        if let Some(schema) = schema.as_object_mut() {
            if nothing {
                schema.remove("default");
            }
            schema.insert("title".into(), json!(self.name));
            schema.insert("description".into(), json!(self.about));
        }
        schema
    }

    /// Why a value will not do: what was expected.
    fn refuses(&self, value: &Value) -> Option<String> {
        match &self.kind {
            Kind::Number(least, most, _) => {
                let within = value.as_f64().is_some_and(|number| (*least..=*most).contains(&number));
                (!within).then(|| format!("number between {least} and {most}"))
            }
            Kind::Whole(least, most, _) => {
                let whole = whole(value).is_some_and(|number| (*least..=*most).contains(&number));
                (!whole).then(|| format!("integer between {least} and {most}"))
            }
            Kind::Text(most, _) => match value.as_str() {
                Some(text) if text.chars().count() <= *most => None,
                Some(_) => Some(format!("string of at most {most} characters")),
                None => Some("string".into()),
            },
            Kind::Choice(of, _) => {
                let known = value.as_str().is_some_and(|text| of.contains(&text));
                (!known).then(|| format!("one of: {}", of.join(", ")))
            }
            Kind::Colour(_) => {
                let colour = value.as_str().and_then(|text| text.parse::<Color>().ok());
                colour.is_none().then(|| "color as in CSS".into())
            }
            Kind::List => (!value.is_array()).then(|| "array".into()),
            Kind::Object => (!value.is_object() && !value.is_string()).then(|| "object".into()),
        }
    }
}

fn bounded(kind: &str, least: Value, most: Value, default: Value) -> Value {
    json!({ "type": kind, "minimum": least, "maximum": most, "default": default })
}

/// JSON does not tell 5 from 5.0, so both are whole.
fn whole(value: &Value) -> Option<u32> {
    let number = value.as_f64()?;
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}

impl Node {
    /// The node as the platform lists it.
    pub(in crate::sandbox) fn listed(&self, kind: &str) -> Value {
        let properties: Map<String, Value> =
            self.params.iter().map(|param| (param.name.to_owned(), param.schema())).collect();
        let required: Vec<&str> =
            self.params.iter().filter(|param| param.required).map(|param| param.name).collect();
        json!({
            "id": format!("{kind}:{}", self.name), "type": kind, "name": self.name, "label": self.label,
            "description": self.about, "category": self.category,
            "params": { "type": "object", "properties": properties, "required": required },
        })
    }

    /// Looks at what a step was told. `refuse` makes the node's kind of failure.
    pub(super) fn read<'a>(
        &'static self,
        params: &'a Map<String, Value>,
        refuse: fn(String) -> Failure,
    ) -> Result<Given<'a>, Failure> {
        for param in self.params {
            // The engine takes null for nothing said.
            match params.get(param.name).filter(|value| !value.is_null()) {
                None if param.required => {
                    return Err(refuse(format!("{} requires '{}' parameter", self.name, param.name)));
                }
                None => {}
                Some(value) => {
                    if let Some(expected) = param.refuses(value) {
                        let got = shown(value);
                        let name = param.name;
                        return Err(refuse(format!("Expected {expected} for {name} but received {got}")));
                    }
                }
            }
        }
        Ok(Given { node: self, params, refuse })
    }
}

/// A value as an error may repeat it: short, on one line, with its type.
fn shown(value: &Value) -> String {
    let (text, kind) = match value {
        Value::Null => ("null".to_owned(), "object"),
        Value::Bool(truth) => (truth.to_string(), "boolean"),
        Value::Number(number) => (number.to_string(), "number"),
        Value::String(text) => (text.clone(), "string"),
        Value::Array(_) => ("[…]".to_owned(), "array"),
        Value::Object(_) => ("{…}".to_owned(), "object"),
    };
    format!("{} of type {kind}", short(&text))
}

/// At most forty characters, none of them a control character.
pub(super) fn short(text: &str) -> String {
    let clean = |character: char| if character.is_control() { ' ' } else { character };
    let mut short: String = text.chars().take(40).map(clean).collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}

/// Parameters that passed their node's checks.
pub(super) struct Given<'a> {
    node: &'static Node,
    params: &'a Map<String, Value>,
    refuse: fn(String) -> Failure,
}

impl<'a> Given<'a> {
    fn kind(&self, name: &str) -> &'static Kind {
        let param = self.node.params.iter().find(|param| param.name == name);
        &param.expect("a node asks only for what it declares; every node is drawn in a test").kind
    }

    pub(super) fn value(&self, name: &str) -> Option<&'a Value> {
        self.params.get(name).filter(|value| !value.is_null())
    }

    /// A number, if one was given or there is a default.
    pub(super) fn maybe(&self, name: &str) -> Option<f64> {
        let default = match self.kind(name) {
            Kind::Number(_, _, default) => *default,
            Kind::Whole(_, _, default) => default.map(f64::from),
            _ => None,
        };
        self.value(name).and_then(Value::as_f64).or(default)
    }

    /// A number that has a default or is required.
    pub(super) fn number(&self, name: &str) -> f64 {
        self.maybe(name).unwrap_or_default()
    }

    /// A whole number that has a default or is required.
    pub(super) fn whole(&self, name: &str) -> u32 {
        self.number(name) as u32
    }

    /// A text, a choice or a colour; empty if nothing was said and nothing is the default.
    pub(super) fn text(&self, name: &str) -> &'a str {
        let default = match self.kind(name) {
            Kind::Text(_, default) | Kind::Choice(_, default) | Kind::Colour(default) => default,
            _ => "",
        };
        self.value(name).and_then(Value::as_str).unwrap_or(default)
    }

    pub(super) fn colour(&self, name: &str) -> Color {
        self.text(name).parse().unwrap_or_else(|_| Color::black())
    }

    /// A colour as a drawing may name it.
    pub(super) fn paint(&self, name: &str) -> String {
        css(self.colour(name))
    }

    /// This node's kind of failure.
    pub(super) fn fail(&self, message: impl Into<String>) -> Failure {
        (self.refuse)(message.into())
    }
}

/// Written anew rather than passed on: what is read as a colour may still hold what a drawing must not.
pub(super) fn css(colour: Color) -> String {
    let Color { red, green, blue, alpha } = colour;
    format!("rgba({red},{green},{blue},{:.3})", f64::from(alpha) / 255.0)
}
