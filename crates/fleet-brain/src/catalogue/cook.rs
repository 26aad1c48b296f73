//! The recipes of a persona as a catalogue has them: reading them, and finding every mistake in them. Owns that a recipe's
//! words can speak of what it shows, and that whatever stands in braces is given; the other fields of a persona are
//! `check`'s.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::check::Clerk;
use crate::persona::{Choices, Finish, Layer, Recipe, Shows};

/// Generators that draw from words; a recipe for one must hand the words over.
const WORD_GENERATORS: &[&str] = &["openai", "gemini-generate", "stability", "replicate"];
/// What is given for every picture.
const ALWAYS_GIVEN: &[&str] = &["prompt", "title"];
const FIELDS: &[&str] = &["shows", "generator", "params", "layers", "finish", "choices"];
/// No picture of the engine is larger than this, in pixels.
const FURTHEST: i64 = 4_096;
const MOST_LAYERS: usize = 15;

/// The names under which what was drawn by lot is known to a persona's phrases. Phrases for pictures that none of the recipes
/// makes are no mistake.
pub(super) fn told(recipes: &[Recipe], for_all: &Choices) -> BTreeSet<String> {
    let drawn = recipes.iter().map(|recipe| &recipe.choices).chain([for_all]).flat_map(names);
    drawn.chain(Shows::ALL.iter().flat_map(|shows| shows.told()).map(|name| (*name).to_owned())).collect()
}

/// What some choices give, by name.
fn names(choices: &Choices) -> BTreeSet<String> {
    let of_one = |(name, values): (&String, &Vec<Value>)| -> Vec<String> {
        // What only some of the values give may be missing from a picture.
        match values.first() {
            Some(Value::Object(first)) => {
                let given = |name: &&String| values.iter().all(|value| value.get(name.as_str()).is_some());
                first.keys().filter(given).cloned().collect()
            }
            _ => vec![name.clone()],
        }
    };
    choices.iter().flat_map(of_one).collect()
}

impl Clerk<'_> {
    /// One recipe, or a list of alternatives. `for_all` is what the persona draws by lot for each of them.
    pub(super) fn recipes(&mut self, fields: &Map<String, Value>, for_all: &Choices) -> Vec<Recipe> {
        match fields.get("recipe") {
            Some(Value::Array(entries)) if !entries.is_empty() => {
                let each = entries.iter().enumerate();
                each.map(|(at, entry)| self.recipe(Some(entry), &format!("recipe[{at}]"), for_all)).collect()
            }
            other => vec![self.recipe(other, "recipe", for_all)],
        }
    }

    fn recipe(&mut self, value: Option<&Value>, field: &str, for_all: &Choices) -> Recipe {
        let mut recipe = Recipe::default();
        let Some(from) = value.and_then(Value::as_object) else {
            self.wrong(field, "must be an object", "write it in braces");
            return recipe;
        };
        for unknown in from.keys().filter(|key| !FIELDS.contains(&key.as_str())) {
            let mend = format!("remove it, or use one of {}", FIELDS.join(", "));
            self.wrong(&format!("{field}.{unknown}"), "is not a field of a recipe", &mend);
        }
        recipe.generator = self.text(from, &format!("{field}."), "generator", 60);
        recipe.params = from.get("params").and_then(Value::as_object).cloned().unwrap_or_default();
        let told = recipe.params.values().any(|value| value == "{prompt}");
        if WORD_GENERATORS.contains(&recipe.generator.as_str()) && !told {
            let mend = "write `\"prompt\": \"{prompt}\"`";
            let rule = "must hand the prompt to a generator that draws from words";
            self.wrong(&format!("{field}.params"), rule, mend);
        }
        recipe.layers = self.layers(from.get("layers"), field);
        recipe.finish = self.finish(from.get("finish"), &format!("{field}.finish"));
        recipe.choices = self.choices(from.get("choices"), &format!("{field}.choices"));
        recipe.shows = self.shows(from.get("shows"), &recipe, field);
        self.is_complete(&recipe, field, for_all);
        recipe
    }

    /// What the recipe says that it shows, or what its generators show by themselves.
    fn shows(&mut self, value: Option<&Value>, recipe: &Recipe, field: &str) -> Shows {
        let generators =
            std::iter::once(&recipe.generator).chain(recipe.layers.iter().map(|layer| &layer.generator));
        let own = generators.map(|generator| Shows::of(generator));
        // A scene is what a model draws; of the others the last one is what it is about, and the rest its ground.
        let by_itself = match Shows::of(&recipe.generator) {
            Shows::Scene => Shows::Scene,
            _ => own.max().unwrap_or_default(),
        };
        let Some(value) = value else { return by_itself };
        let said = Shows::ALL.into_iter().find(|shows| value == shows.name());
        let field = format!("{field}.shows");
        match said {
            Some(Shows::Scene) if by_itself != Shows::Scene => {
                let mend = format!("write `{}`, or remove it", by_itself.name());
                self.wrong(&field, "must not be `scene` where no model draws one", &mend);
                by_itself
            }
            Some(shows) => shows,
            None => {
                self.wrong(&field, "must be what there is to see", "use scene, shapes, code or chart");
                by_itself
            }
        }
    }

    /// Whatever stands in braces must be given, and whatever the words speak of must be drawn.
    fn is_complete(&mut self, recipe: &Recipe, field: &str, for_all: &Choices) {
        let mut given = names(&recipe.choices);
        given.extend(names(for_all));
        let mut missing: Vec<&str> = recipe.places();
        missing.retain(|place| !ALWAYS_GIVEN.contains(place) && !given.contains(*place));
        missing.sort_unstable();
        missing.dedup();
        for place in missing {
            let rule = format!("must not use `{{{place}}}`, which no choice gives");
            let mend = format!("add `{place}` to `choices`, to each of the alternatives, or write a value");
            self.wrong(field, &rule, &mend);
        }
        for name in recipe.shows.told().iter().filter(|name| !given.contains(**name)) {
            let rule = format!("must draw `{name}`, which the words of such a picture name");
            self.wrong(field, &rule, &format!("add `{name}` to `choices`"));
        }
    }

    fn layers(&mut self, value: Option<&Value>, field: &str) -> Vec<Layer> {
        let field = format!("{field}.layers");
        let entries =
            self.list(value, &field, "write `[{\"generator\": \"shapes\", \"left\": 0, \"top\": 0}]`");
        if entries.len() > MOST_LAYERS {
            let rule = format!("must be {MOST_LAYERS} at the most");
            self.wrong(&field, &rule, &format!("leave some out, it has {}", entries.len()));
        }
        let mut layers = Vec::new();
        for (at, entry) in entries.iter().take(MOST_LAYERS).enumerate() {
            let field = format!("{field}[{at}]");
            let Some(from) = entry.as_object() else {
                self.wrong(&field, "must be an object", "write it in braces");
                continue;
            };
            let place = |name: &str| from.get(name).cloned().unwrap_or_else(|| 0.into());
            let layer = Layer {
                generator: self.text(from, &format!("{field}."), "generator", 60),
                params: from.get("params").and_then(Value::as_object).cloned().unwrap_or_default(),
                finish: self.finish(from.get("finish"), &format!("{field}.finish")),
                left: place("left"),
                top: place("top"),
            };
            for (name, value) in [("left", &layer.left), ("top", &layer.top)] {
                let near = |pixels: i64| (-FURTHEST..=FURTHEST).contains(&pixels);
                let named = value.as_str().is_some_and(|text| text.starts_with('{'));
                if !named && !value.as_i64().is_some_and(near) {
                    let mend = "write where it lies, like 120, or a choice's name in braces";
                    self.wrong(&format!("{field}.{name}"), "must be a whole number of pixels", mend);
                }
            }
            layers.push(layer);
        }
        layers
    }

    fn finish(&mut self, value: Option<&Value>, field: &str) -> Vec<Finish> {
        let steps = self.list(value, field, "write `[{\"op\": \"modulate\", \"params\": { … }}]`");
        let mut finish = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            match serde_json::from_value::<Finish>(step.clone()) {
                Ok(step) if !step.op.trim().is_empty() => finish.push(step),
                _ => {
                    let mend = "write `{\"op\": \"resize\", \"params\": { … }}`";
                    self.wrong(&format!("{field}[{at}]"), "must name a transform", mend);
                }
            }
        }
        finish
    }

    /// A list that may be left out.
    fn list<'v>(&mut self, value: Option<&'v Value>, field: &str, mend: &str) -> &'v [Value] {
        match value {
            None => &[],
            Some(Value::Array(entries)) => entries,
            Some(_) => {
                self.wrong(field, "must be a list", mend);
                &[]
            }
        }
    }

    /// What is drawn by lot: lists of alternatives by name.
    pub(super) fn choices(&mut self, value: Option<&Value>, field: &str) -> Choices {
        let from = match value {
            None => return Choices::new(),
            Some(Value::Object(from)) => from,
            Some(_) => {
                let mend = "write `{\"points\": [5, 6, 8]}`";
                self.wrong(field, "must be lists by name", mend);
                return Choices::new();
            }
        };
        let mut choices = Choices::new();
        for (name, value) in from {
            let field = format!("{field}.{name}");
            let alternatives = value.as_array().map(Vec::as_slice).unwrap_or_default();
            if alternatives.is_empty() {
                self.wrong(&field, "must be a list that is not empty", "write `[5, 6, 8]`");
            }
            let mixed =
                alternatives.iter().any(Value::is_object) && !alternatives.iter().all(Value::is_object);
            if mixed {
                let mend = "write each of them in braces, or none";
                self.wrong(&field, "must be all values or all objects", mend);
            }
            if alternatives.iter().any(Value::is_null) {
                self.wrong(&field, "must not hold null", "remove it");
            }
            choices.insert(name.clone(), alternatives.to_vec());
        }
        choices
    }
}
