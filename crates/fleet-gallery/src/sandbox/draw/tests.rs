//! Pictures from prompts: the same twice, different otherwise, at every size.

use serde_json::json;

use super::*;

fn drawn(generator: &str, params: serde_json::Value) -> Vec<Drawn> {
    run(&[Step::generate(generator, params, "a")], &canvas::options()).unwrap()
}

fn prompted(prompt: &str) -> Drawn {
    drawn("openai", json!({ "prompt": prompt })).remove(0)
}

#[test]
fn the_same_prompt_is_the_same_picture_and_another_one_is_not() {
    let one = prompted("a surreal sea at dusk");
    assert_eq!(one.sha256, prompted("a surreal sea at dusk").sha256);
    assert_ne!(one.sha256, prompted("a surreal sea at dawn").sha256);
}

#[test]
fn every_kind_of_scene_can_be_painted_at_every_size() {
    let options = canvas::options();
    for prompt in
        ["product bottle", "poster", "pixel sprite", "bar chart", "surreal sky", "wireframe", "<&\">'\u{0}"]
    {
        for size in ["1024x1024", "1024x1792", "1792x1024"] {
            let step = Step::generate("openai", json!({ "prompt": prompt, "size": size }), "a");
            let picture = run(&[step], &options).unwrap().remove(0);
            assert!(picture.png.len() > 4000, "{prompt} {size}");
        }
    }
}
