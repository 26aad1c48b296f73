//! Drawing, step by step: the same twice, different otherwise, and refusals in the engine's words.

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

#[test]
fn every_transform_takes_a_picture_and_gives_one() {
    let options = canvas::options();
    for op in TRANSFORMS {
        let params = json!({ "width": 33, "height": 21, "text": "a <b> & c", "name": "sepia", "hue": 40 });
        let steps = [
            Step::generate("shapes", json!({ "shapeType": "star", "width": 64, "height": 40 }), "a"),
            Step::transform(op, "a", params, "b"),
        ];
        assert_eq!(run(&steps, &options).unwrap().len(), 2, "{op}");
    }
}

#[test]
fn a_code_and_every_shape_can_be_drawn() {
    drawn("qr", json!({ "text": "https://floimg.com", "width": 300 }));
    for shape in ["rectangle", "circle", "ellipse", "triangle", "polygon", "star"] {
        for fill in ["solid", "gradient", "pattern"] {
            drawn(
                "shapes",
                json!({ "shapeType": shape, "fillType": fill, "width": 40, "height": 30, "strokeWidth": 2 }),
            );
        }
    }
}

#[test]
fn a_step_that_cannot_be_done_says_why() {
    let fails = |steps: &[Step]| run(steps, &canvas::options()).unwrap_err();
    let nothing = Step::transform("blur", "nothing", json!({}), "b");
    assert_eq!(fails(&[nothing]).message, "Unknown variable: nothing");
    let huge = Step::generate("shapes", json!({ "width": 4_000_000 }), "a");
    assert!(fails(&[huge]).message.starts_with("400 width"));
    let flagged = Step::generate("openai", json!({ "prompt": "forbidden content" }), "a");
    assert!(fails(&[flagged]).message.contains("Content policy violation"));
}
