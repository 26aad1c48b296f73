//! Asking for a picture and the words to post it with. Owns how the workflow that makes it is told; refuses to choose it.

use serde_json::{Value, json};

use super::{Form, Prompt, fence_of, object, remembered, system};
use crate::desk::Ask;
use crate::persona::{Recipe, Shows};
use crate::provider::offline::Sketch;

const TOKENS: u32 = 320;

/// What `ask` would be asked to make of `sketch`, whose recipe is chosen: a scene begins from its thought, and anything else
/// is drawn as it stands there, so that only the words are open.
pub(crate) fn compose(ask: &Ask<'_>, sketch: &Sketch<'_>) -> Prompt {
    let mut fence = fence_of(ask, "compose");
    remembered(&mut fence, ask.memory);
    let memory =
        if *ask.memory == Default::default() { String::new() } else { format!("{}\n", fence.closed()) };
    let thought = &sketch.prompt;
    let task = match sketch.recipe.shows {
        Shows::Scene => format!(
            "Make your next picture. It is made by {}.\n\
             Begin from this thought, and make it your own: {thought}\n\
             prompt: what the generator is told, 15 to 40 words, one picture, no brands, no living artists. ",
            told(sketch.recipe),
        ),
        _ => format!(
            "Your next picture is plain graphics, drawn by {} just so: {thought}\n\
             prompt: the same picture in your own words, nothing added. ",
            sketch.recipe.generator,
        ),
    };
    let user = format!(
        "{task}\
         title: at most 8 words. \
         description: one or two sentences about this very picture, as you would post it, and nothing you said before.\n\
         {memory}Answer with JSON alone: {{\"prompt\":\"\",\"title\":\"\",\"description\":\"\"}}",
    );
    let text = json!({"type": "string"});
    let schema = object(json!({"prompt": text, "title": text, "description": text}));
    Prompt {
        system: system(ask.who),
        user,
        pictures: vec![],
        form: Form { name: "picture", schema, most: TOKENS },
    }
}

/// A workflow in words.
fn told(recipe: &Recipe) -> String {
    let settings = |params: &serde_json::Map<String, Value>| {
        let mut told: Vec<String> = params.iter().filter_map(|(name, value)| setting(name, value)).collect();
        told.sort_unstable();
        if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
    };
    let mut told = format!("{}{}", recipe.generator, settings(&recipe.params));
    for step in &recipe.finish {
        told.push_str(&format!(", then {}{}", step.op, settings(&step.params)));
    }
    told
}

fn setting(name: &str, value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text == "{prompt}" => None,
        Value::String(text) if text == "{title}" => Some(format!("{name} is the title")),
        Value::String(text) => Some(format!("{name} {text}")),
        Value::Number(_) | Value::Bool(_) => Some(format!("{name} {value}")),
        _ => None,
    }
}
