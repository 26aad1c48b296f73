//! How a picture is made: one generator, what is laid over its picture, and what is done to it in the end. Owns what may be
//! drawn by lot for one picture, so that its words can speak of just that; refuses to know a platform or to draw.

use std::collections::BTreeMap;

use rand::seq::IndexedRandom;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::words::Dice;

/// A workflow of the gallery's engine: one generator and what is done to its picture.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// What there is to see when it is done; its words speak of nothing else.
    #[serde(default, skip_serializing_if = "Shows::is_scene")]
    pub shows: Shows,
    /// The generator's name.
    pub generator: String,
    /// The generator's settings. In a persona, a name in braces like `{prompt}` stands for what is put there.
    #[serde(default)]
    pub params: Map<String, Value>,
    /// What is laid over the picture, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<Layer>,
    /// What is done to the picture then, in order.
    #[serde(default)]
    pub finish: Vec<Finish>,
    /// What is drawn by lot for each picture, besides and before what the persona draws for all of them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: Choices,
}

/// What can be drawn by lot, by name: one of each is taken for a picture. A value that is an object gives all that it names
/// at once, any other one stands for the name itself.
pub type Choices = BTreeMap<String, Vec<Value>>;

/// What a picture shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shows {
    /// What its prompt says: a model draws it.
    #[default]
    Scene,
    /// Plain figures in a few colours.
    Shapes,
    /// A code that a camera reads.
    Code,
    /// Numbers as a chart.
    Chart,
}

impl Shows {
    /// All that there is.
    pub(crate) const ALL: [Shows; 4] = [Shows::Scene, Shows::Shapes, Shows::Code, Shows::Chart];

    /// Its name in a catalogue, and that of its phrases: `shapes_title`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Shows::Scene => "scene",
            Shows::Shapes => "shapes",
            Shows::Code => "code",
            Shows::Chart => "chart",
        }
    }

    /// What `generator` shows where a recipe does not say.
    pub(crate) fn of(generator: &str) -> Shows {
        match generator {
            "shapes" => Shows::Shapes,
            "qr" => Shows::Code,
            "quickchart" | "mermaid" => Shows::Chart,
            _ => Shows::Scene,
        }
    }

    /// What must be drawn by lot for such a picture, since its words name it. The first is what is talked about.
    pub(crate) fn told(self) -> &'static [&'static str] {
        match self {
            Shows::Scene => &[],
            Shows::Shapes => &["figure", "palette"],
            Shows::Code => &["code", "palette"],
            Shows::Chart => &["chart", "numbers", "palette"],
        }
    }

    fn is_scene(&self) -> bool {
        *self == Shows::Scene
    }
}

/// A picture of its own that is laid over the first one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    /// The generator's name.
    pub generator: String,
    /// The generator's settings.
    #[serde(default)]
    pub params: Map<String, Value>,
    /// What is done to it before it is laid over, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub finish: Vec<Finish>,
    /// Where its left edge comes to lie, in pixels: a whole number, or in a persona a name in braces.
    pub left: Value,
    /// Where its top edge comes to lie, in the same way.
    pub top: Value,
}

/// One step that changes a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finish {
    /// The transform's name.
    pub op: String,
    /// The transform's settings.
    #[serde(default)]
    pub params: Map<String, Value>,
}

/// What stands for the names in braces.
pub(crate) type Given = BTreeMap<String, Value>;

impl Recipe {
    /// Draws one of each of its own choices and of those `for_all` that it has none of its own for.
    pub(crate) fn draw(&self, for_all: &Choices, dice: &mut Dice) -> Given {
        let mut given = Given::new();
        let others = for_all.iter().filter(|(name, _)| !self.choices.contains_key(*name));
        for (name, choices) in self.choices.iter().chain(others) {
            match choices.choose(dice) {
                Some(Value::Object(several)) => given.extend(several.clone()),
                Some(value) => _ = given.insert(name.clone(), value.clone()),
                None => {}
            }
        }
        given
    }

    /// The names in braces that something must be put in for.
    pub(crate) fn places(&self) -> Vec<&str> {
        let layers = self.layers.iter();
        let settings = std::iter::once(&self.params)
            .chain(self.finish.iter().map(|step| &step.params))
            .chain(layers.flat_map(|layer| {
                std::iter::once(&layer.params).chain(layer.finish.iter().map(|step| &step.params))
            }));
        let places = self.layers.iter().flat_map(|layer| [&layer.left, &layer.top]);
        let mut found = Vec::new();
        settings.flat_map(Map::values).chain(places).for_each(|value| collect(value, &mut found));
        found
    }

    /// The recipe for one picture: every name in braces replaced by what is `given` for it.
    #[must_use]
    pub(crate) fn filled(&self, given: &Given) -> Recipe {
        let fill = |params: &Map<String, Value>| -> Map<String, Value> {
            params.iter().map(|(key, value)| (key.clone(), filled(value, given))).collect()
        };
        let finish = |steps: &[Finish]| -> Vec<Finish> {
            steps.iter().map(|step| Finish { op: step.op.clone(), params: fill(&step.params) }).collect()
        };
        Recipe {
            shows: self.shows,
            generator: self.generator.clone(),
            params: fill(&self.params),
            layers: self
                .layers
                .iter()
                .map(|layer| Layer {
                    generator: layer.generator.clone(),
                    params: fill(&layer.params),
                    finish: finish(&layer.finish),
                    left: filled(&layer.left, given),
                    top: filled(&layer.top, given),
                })
                .collect(),
            finish: finish(&self.finish),
            choices: Choices::new(),
        }
    }
}

/// The name in braces that a text is, if it is nothing else.
fn place(text: &str) -> Option<&str> {
    let name = text.strip_prefix('{')?.strip_suffix('}')?;
    let named = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    named.then_some(name)
}

fn collect<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.extend(place(text)),
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        Value::Object(values) => values.values().for_each(|value| collect(value, found)),
        _ => {}
    }
}

fn filled(value: &Value, given: &Given) -> Value {
    match value {
        Value::String(text) => {
            place(text).and_then(|name| given.get(name)).cloned().unwrap_or_else(|| value.clone())
        }
        Value::Array(values) => values.iter().map(|value| filled(value, given)).collect(),
        Value::Object(values) => {
            values.iter().map(|(key, value)| (key.clone(), filled(value, given))).collect()
        }
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::dice;

    fn recipe(text: &str) -> Recipe {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_recipe_takes_the_prompt_and_keeps_the_rest() {
        let recipe = recipe(
            r#"{"generator":"openai","params":{"prompt":"{prompt}","model":"dall-e-3"},
                "finish":[{"op":"addCaption","params":{"text":"{title}","fontSize":40}}]}"#,
        );
        let given = [("prompt".to_owned(), "a lamp".into()), ("title".to_owned(), "Lamp".into())].into();
        let filled = recipe.filled(&given);
        assert_eq!(filled.params["prompt"], "a lamp");
        assert_eq!(filled.params["model"], "dall-e-3");
        assert_eq!(filled.finish[0].params["text"], "Lamp");
        assert_eq!(filled.finish[0].params["fontSize"], 40);
    }

    #[test]
    fn what_is_drawn_by_lot_is_put_in_wherever_its_name_stands_and_keeps_its_kind() {
        let recipe = recipe(
            r##"{"shows":"shapes","generator":"shapes","params":{"fillColor":"{ground}"},
                "layers":[{"generator":"shapes","params":{"points":"{points}","list":[{"of":"{ground}"}]},"left":"{x}","top":7}],
                "choices":{"points":[9],"palette":[{"palette":"clay and ivory","ground":"#b66a50"}]}}"##,
        );
        let for_all =
            [("palette".to_owned(), vec!["never".into()]), ("x".to_owned(), vec![40.into()])].into();
        let given = recipe.draw(&for_all, &mut dice(3, &[]));
        assert_eq!(given["palette"], "clay and ivory");
        let mut places = recipe.places();
        places.sort_unstable();
        assert_eq!(places, ["ground", "ground", "points", "x"]);
        let filled = recipe.filled(&given);
        assert_eq!(filled.params["fillColor"], "#b66a50");
        assert_eq!(filled.layers[0].params["points"], 9);
        assert_eq!(filled.layers[0].params["list"][0]["of"], "#b66a50");
        assert_eq!((&filled.layers[0].left, &filled.layers[0].top), (&40.into(), &7.into()));
        assert!(filled.places().is_empty() && filled.choices.is_empty());
    }
}
