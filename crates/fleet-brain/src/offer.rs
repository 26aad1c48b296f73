//! What a platform can make pictures with. Owns the question whether a recipe can be cooked there; refuses to ask a platform.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::persona::Recipe;

/// The generators and transforms that a platform offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The generators' names; none when it is not known, and everything is tried.
    pub generators: Option<BTreeSet<String>>,
    /// The transforms' names; none when it is not known, and everything is tried.
    pub transforms: Option<BTreeSet<String>>,
}

impl Offer {
    /// Whether all that `recipe` needs is there.
    #[must_use]
    pub fn makes(&self, recipe: &Recipe) -> bool {
        let has = |names: &Option<BTreeSet<String>>, name: &str| {
            names.as_ref().is_none_or(|names| names.contains(name))
        };
        has(&self.generators, &recipe.generator)
            && recipe.finish.iter().all(|step| has(&self.transforms, &step.op))
    }
}
