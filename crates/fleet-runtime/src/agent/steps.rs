//! A brain's recipe as the gallery's steps. Owns their names; what is in them is the recipe's.

use fleet_brain::{Finish, Recipe};
use fleet_gallery::Step;
use serde_json::json;

/// A picture, what is laid over it, and what is done to it then; the finished picture comes last.
pub(crate) fn steps(recipe: &Recipe) -> Vec<Step> {
    let mut steps = Vec::new();
    let generate = |generator: &str, params, out: &str| Step::Generate {
        generator: generator.to_owned(),
        params,
        out: out.to_owned(),
    };
    let mut picture = "picture_0".to_owned();
    steps.push(generate(&recipe.generator, recipe.params.clone(), &picture));
    let mut overlays = Vec::with_capacity(recipe.layers.len());
    for (index, layer) in recipe.layers.iter().enumerate() {
        let name = format!("layer_{index}");
        steps.push(generate(&layer.generator, layer.params.clone(), &format!("{name}_0")));
        let over = finish(&mut steps, &layer.finish, &name, format!("{name}_0"));
        overlays.push(json!({ "in": over, "left": layer.left, "top": layer.top }));
    }
    if !overlays.is_empty() {
        steps.push(Step::transform("composite", &picture, json!({ "overlays": overlays }), "laid_over_0"));
        picture = "laid_over_0".to_owned();
    }
    let name = if recipe.layers.is_empty() { "picture" } else { "laid_over" };
    finish(&mut steps, &recipe.finish, name, picture);
    steps
}

/// Adds what is done to the picture called `input`; returns what it is called in the end.
fn finish(steps: &mut Vec<Step>, finish: &[Finish], name: &str, mut input: String) -> String {
    for (index, step) in finish.iter().enumerate() {
        let out = format!("{name}_{}", index + 1);
        steps.push(Step::Transform {
            op: step.op.clone(),
            input: std::mem::replace(&mut input, out.clone()),
            params: step.params.clone(),
            out,
        });
    }
    input
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use fleet_brain::{Ask, Brain, Catalogue, Character, Memory, Offer, OpenDesk, Shows};
    use fleet_gallery::sandbox::Policy;
    use fleet_gallery::{Gallery, GalleryConfig, Invite, Sandbox, SandboxConfig, Secret, Workflow};

    use super::*;

    /// How many pictures of each persona.
    const SEEDS: u64 = 8;

    #[test]
    fn layers_are_laid_over_the_first_picture_before_it_is_finished() {
        let recipe: Recipe = serde_json::from_value(json!({
            "generator": "shapes", "finish": [{ "op": "tint" }, { "op": "blur" }],
            "layers": [
                { "generator": "qr", "left": 3, "top": 4 },
                { "generator": "shapes", "finish": [{ "op": "roundCorners" }], "left": 5, "top": 6 },
            ],
        }))
        .unwrap();
        let told: Vec<String> = steps(&recipe)
            .iter()
            .map(|step| match step {
                Step::Generate { generator, out, .. } => format!("{generator} -> {out}"),
                Step::Transform { op, input, params, out } => {
                    format!("{op} {input} {} -> {out}", json!(params))
                }
                Step::Save { .. } => "save".to_owned(),
            })
            .collect();
        let overlays = r#"[{"in":"layer_0_0","left":3,"top":4},{"in":"layer_1_1","left":5,"top":6}]"#;
        assert_eq!(
            told,
            [
                "shapes -> picture_0",
                "qr -> layer_0_0",
                "shapes -> layer_1_0",
                "roundCorners layer_1_0 {} -> layer_1_1",
                &format!(r#"composite picture_0 {{"overlays":{overlays}}} -> laid_over_0"#),
                "tint laid_over_0 {} -> laid_over_1",
                "blur laid_over_1 {} -> laid_over_2",
            ]
        );
    }

    #[tokio::test]
    async fn whatever_a_platform_without_a_key_offers_every_persona_is_drawn_from_it() {
        let token = Secret::new("fst_test_0123456789abcdef");
        let now = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
        let policy = Policy { image_model: false, ..Policy::default() };
        let sandbox = Sandbox::start(SandboxConfig { policy, ..SandboxConfig::new(token.clone(), now) });
        let sandbox = sandbox.await.unwrap();
        let gallery = Gallery::new(GalleryConfig::new(sandbox.url().clone(), token)).unwrap();
        let offer = Offer {
            generators: Some(gallery.generators().await.unwrap().into_iter().collect()),
            transforms: Some(gallery.transforms().await.unwrap().into_iter().collect()),
        };
        let brain = Brain::offline(Arc::new(Catalogue::built_in()));
        let mut shown = HashSet::new();
        for persona in brain.catalogue().personas() {
            let invite = Invite {
                agent_id: persona.id.clone(),
                name: format!("{} (AI)", persona.name),
                username: persona.id.clone(),
                is_agent: true,
                agent_persona_id: persona.id.clone(),
            };
            gallery.invite(&invite).await.unwrap();
            let who = Character {
                persona: persona.id.clone(),
                name: persona.name.clone(),
                username: persona.id.clone(),
                personality: persona.personality.clone(),
                vibe: persona.vibe.clone(),
                interests: persona.interests.clone(),
            };
            let memory = Memory::default();
            for seed in 0..SEEDS {
                let ask = Ask { who: &who, memory: &memory, desk: &OpenDesk, seed };
                let made = brain.compose(&ask, &offer).await.unwrap().what;
                let workflow = Workflow { name: made.title.clone(), steps: steps(&made.recipe) };
                let drawn = gallery.execute(&persona.id, &workflow).await;
                let drawn = drawn.unwrap_or_else(|error| panic!("{}: {error} of {workflow:?}", persona.id));
                assert_eq!(drawn.image_urls.len(), workflow.steps.len());
                shown.insert(made.recipe.shows);
            }
        }
        assert_eq!(shown, HashSet::from([Shows::Shapes, Shows::Code, Shows::Chart]));
        sandbox.stop().await;
    }
}
