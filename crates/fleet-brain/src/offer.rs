//! What a platform can make pictures with. Owns the question whether a recipe can be cooked there, and which of a persona's
//! recipes come first; refuses to ask a platform.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::persona::{Persona, Recipe};
use crate::recipe::{Finish, Shows};

/// The transform that lays one picture over another.
const LAYING_OVER: &str = "composite";

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
        let done = |steps: &[Finish]| steps.iter().all(|step| has(&self.transforms, &step.op));
        has(&self.generators, &recipe.generator)
            && done(&recipe.finish)
            && recipe
                .layers
                .iter()
                .all(|layer| has(&self.generators, &layer.generator) && done(&layer.finish))
            && (recipe.layers.is_empty() || has(&self.transforms, LAYING_OVER))
    }

    /// The recipes of `persona` that can be cooked: those that a model draws a scene for, and only where there is none of
    /// them those that need no model. None at all if nothing can be made.
    #[must_use]
    pub fn of<'p>(&self, persona: &'p Persona) -> Vec<&'p Recipe> {
        let (scenes, others): (Vec<&Recipe>, Vec<&Recipe>) = persona
            .recipes
            .iter()
            .filter(|recipe| self.makes(recipe))
            .partition(|recipe| recipe.shows == Shows::Scene);
        if scenes.is_empty() { others } else { scenes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    fn names(names: &[&str]) -> Option<BTreeSet<String>> {
        Some(names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// All transforms that FloImg is known to have.
    fn transforms() -> Option<BTreeSet<String>> {
        names(&[
            "convert",
            "resize",
            "composite",
            "blur",
            "sharpen",
            "grayscale",
            "negate",
            "normalize",
            "threshold",
            "modulate",
            "tint",
            "extend",
            "extract",
            "roundCorners",
            "addText",
            "addCaption",
            "preset",
        ])
    }

    #[test]
    fn with_a_model_everybody_draws_scenes_and_without_one_what_needs_no_key() {
        let catalogue = Catalogue::built_in();
        for persona in catalogue.personas() {
            let shown = |generators| {
                let offer = Offer { generators, transforms: transforms() };
                offer.of(persona).iter().map(|recipe| recipe.shows).collect::<BTreeSet<_>>()
            };
            let scenes = BTreeSet::from([Shows::Scene]);
            assert_eq!(shown(None), scenes, "{}", persona.id);
            assert_eq!(shown(names(&["openai", "qr", "quickchart", "shapes"])), scenes, "{}", persona.id);
            let plain = shown(names(&["qr", "shapes"]));
            assert!(
                plain.contains(&Shows::Shapes) && plain.is_disjoint(&scenes),
                "{}: {plain:?}",
                persona.id
            );
            assert!(shown(names(&["stability"])).is_empty(), "{}", persona.id);
        }
        let charts = Offer { generators: names(&["quickchart"]), transforms: transforms() };
        assert!(!charts.of(catalogue.get("data_viz").unwrap()).is_empty());
    }

    #[test]
    fn a_recipe_needs_all_its_steps_and_what_lays_its_layers_over() {
        let recipe: Recipe = serde_json::from_str(
            r#"{"generator":"shapes","layers":[{"generator":"qr","left":0,"top":0,
                "finish":[{"op":"roundCorners"}]}],"finish":[{"op":"tint"}]}"#,
        )
        .unwrap();
        let all = ["composite", "roundCorners", "tint"];
        let offer = |generators: &[&str], transforms: &[&str]| Offer {
            generators: names(generators),
            transforms: names(transforms),
        };
        assert!(offer(&["shapes", "qr"], &all).makes(&recipe));
        assert!(Offer { transforms: None, ..offer(&["shapes", "qr"], &[]) }.makes(&recipe));
        assert!(!offer(&["shapes"], &all).makes(&recipe));
        for missing in all {
            let rest: Vec<&str> = all.into_iter().filter(|name| *name != missing).collect();
            assert!(!offer(&["shapes", "qr"], &rest).makes(&recipe), "{missing}");
        }
    }
}
