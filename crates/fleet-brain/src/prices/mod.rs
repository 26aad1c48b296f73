//! What calls to models and pictures cost. Owns a dated table of prices and the sums that follow from it, rounded up;
//! refuses to guess: what is not in the table has no price.

mod read;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::desk::{Micros, Tokens};
use crate::mistake::Mistake;
use crate::persona::Recipe;

/// The most tokens that a picture is taken for, where the table does not say: no provider counts more for a small one.
const PICTURE_TOKENS: u32 = 26_000;

/// Dated prices of models and of picture generators.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    as_of: String,
    /// The first that fits counts.
    text: Vec<TextEntry>,
    /// How many of those, from the first on, are the operator's own.
    own: usize,
    /// What a generator does when its recipe does not say, by generator and parameter.
    assumed: BTreeMap<String, BTreeMap<String, String>>,
    /// The first that fits counts.
    pictures: Vec<PictureEntry>,
}

/// What a model costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextPrice {
    /// For a million tokens of what is asked.
    pub input: Micros,
    /// For a million tokens of what is answered.
    pub output: Micros,
    /// The most tokens that a small picture counts as.
    pub picture_tokens: u32,
}

#[derive(Clone, Debug, PartialEq)]
struct TextEntry {
    provider: String,
    /// `*` for any of the provider's.
    model: String,
    price: TextPrice,
}

#[derive(Clone, Debug, PartialEq)]
struct PictureEntry {
    generator: String,
    with: BTreeMap<String, String>,
    cost: Micros,
}

/// Everything that is wrong with a table of prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricesError {
    /// The mistakes, in the order of the text.
    pub mistakes: Vec<Mistake>,
}

impl std::fmt::Display for PricesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        crate::mistake::tell(f, "the table of prices cannot be read", &self.mistakes)
    }
}

impl std::error::Error for PricesError {}

impl TextPrice {
    /// What nothing costs.
    pub const FREE: TextPrice =
        TextPrice { input: Micros(0), output: Micros(0), picture_tokens: PICTURE_TOKENS };

    /// What a call of this length costs, rounded up.
    #[must_use]
    pub fn cost(&self, tokens: Tokens) -> Micros {
        let asked = i128::from(tokens.input) + i128::from(tokens.pictures);
        let sum = asked * i128::from(self.input.0) + i128::from(tokens.output) * i128::from(self.output.0);
        let cost = sum / 1_000_000 + i128::from(sum % 1_000_000 > 0);
        Micros(i64::try_from(cost).unwrap_or(i64::MAX))
    }
}

impl Prices {
    /// The prices that were published when this was built.
    #[must_use]
    pub fn built_in() -> Prices {
        let nothing =
            Prices { as_of: String::new(), text: vec![], own: 0, assumed: BTreeMap::new(), pictures: vec![] };
        let built_in =
            read::over(nothing, include_str!("built_in.json")).expect("a test reads the embedded prices");
        Prices { own: 0, ..built_in }
    }

    /// The built-in prices with those of a JSON text before them.
    ///
    /// # Errors
    /// Every mistake in it at once, each with its field, rule and remedy.
    pub fn from_json(text: &str) -> Result<Prices, PricesError> {
        read::over(Prices::built_in(), text).map_err(|mistakes| PricesError { mistakes })
    }

    /// The day they were looked up, as `2025-11-01`; of a table laid over another the days of both.
    #[must_use]
    pub fn as_of(&self) -> &str {
        &self.as_of
    }

    /// What a model of a provider costs; none when it is not known. A model's dated edition costs what the model does,
    /// unless it has a price of its own.
    #[must_use]
    pub fn text(&self, provider: &str, model: &str) -> Option<TextPrice> {
        priced(&self.text, provider, model)
    }

    /// What the operator's own file says that a model costs; none when only the built-in prices know it.
    pub(crate) fn own_text(&self, provider: &str, model: &str) -> Option<TextPrice> {
        priced(&self.text[..self.own], provider, model)
    }

    /// What a picture costs that is made by this recipe, with all that is laid over it; none when any of it is not known.
    #[must_use]
    pub fn picture(&self, recipe: &Recipe) -> Option<Micros> {
        let mut costs = parts(recipe).map(|(generator, params)| self.made_by(generator, params));
        costs.try_fold(0_i64, |sum, cost| Some(sum.saturating_add(cost?))).map(Micros)
    }

    /// The most that a picture can cost: of what is not known as much as the dearest that its generator makes, or that any
    /// does where the generator is not known at all.
    #[must_use]
    pub fn picture_at_most(&self, recipe: &Recipe) -> Micros {
        let dearest = |is_meant: &dyn Fn(&PictureEntry) -> bool| {
            self.pictures.iter().filter(|entry| is_meant(entry)).map(|entry| entry.cost.0).max()
        };
        let costs = parts(recipe).map(|(generator, params)| {
            let unknown = || dearest(&|entry| entry.generator == *generator).or_else(|| dearest(&|_| true));
            let known = self.made_by(generator, params);
            known.unwrap_or_else(|| unknown().unwrap_or(0).saturating_mul(pieces(params)))
        });
        Micros(costs.fold(0, i64::saturating_add))
    }

    /// What a generator takes for what these parameters ask of it.
    fn made_by(&self, generator: &str, params: &Map<String, Value>) -> Option<i64> {
        let assumed = self.assumed.get(generator);
        let says = |name: &str| match params.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(value) => Some(value.to_string()),
            None => assumed.and_then(|assumed| assumed.get(name).cloned()),
        };
        let fits = |entry: &&PictureEntry| {
            entry.generator == generator
                && entry.with.iter().all(|(name, wanted)| says(name).as_ref() == Some(wanted))
        };
        let entry = self.pictures.iter().find(fits)?;
        Some(entry.cost.0.saturating_mul(pieces(params)))
    }
}

/// What a recipe is made of: the picture, and all that is laid over it.
fn parts(recipe: &Recipe) -> impl Iterator<Item = (&String, &Map<String, Value>)> {
    let layers = recipe.layers.iter().map(|layer| (&layer.generator, &layer.params));
    [(&recipe.generator, &recipe.params)].into_iter().chain(layers)
}

/// How many pictures are asked for at once.
fn pieces(params: &Map<String, Value>) -> i64 {
    params.get("n").and_then(Value::as_i64).unwrap_or(1).max(1)
}

fn priced(entries: &[TextEntry], provider: &str, model: &str) -> Option<TextPrice> {
    let of = |wanted: &str| {
        let found = entries.iter().find(|entry| entry.provider == provider && entry.model == wanted);
        found.map(|entry| entry.price)
    };
    of(model).or_else(|| undated(model).and_then(of)).or_else(|| of("*"))
}

/// The model's name without the date of its edition, `20251001` or `2025-10-01`, if it ends in one.
fn undated(model: &str) -> Option<&str> {
    let digits =
        |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let (rest, last) = model.rsplit_once('-')?;
    if digits(last, 8) {
        return Some(rest);
    }
    let (rest, month) = rest.rsplit_once('-').filter(|_| digits(last, 2))?;
    let (rest, year) = rest.rsplit_once('-').filter(|_| digits(month, 2))?;
    digits(year, 4).then_some(rest)
}

#[cfg(test)]
mod tests;
