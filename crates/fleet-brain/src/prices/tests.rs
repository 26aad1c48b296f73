//! Sentences about prices.

use super::*;
use crate::catalogue::Catalogue;

fn recipe(generator: &str, params: Value) -> Recipe {
    Recipe { generator: generator.into(), params: params.as_object().cloned().unwrap(), ..Recipe::default() }
}

#[test]
fn pictures_cost_what_their_recipe_asks_for() {
    let prices = Prices::built_in();
    let cost = |params: Value| prices.picture(&recipe("openai", params)).map(|micros| micros.0);
    let made = |size: &str, quality: &str| serde_json::json!({"model": "dall-e-3", "size": size, "quality": quality});
    assert_eq!(cost(made("1024x1024", "standard")), Some(40_000));
    assert_eq!(cost(made("1024x1792", "standard")), Some(80_000));
    assert_eq!(cost(made("1024x1024", "hd")), Some(80_000));
    assert_eq!(cost(made("1792x1024", "hd")), Some(120_000));
    // What a recipe leaves open is what the generator takes for it.
    assert_eq!(cost(serde_json::json!({})), Some(40_000));
    assert_eq!(cost(serde_json::json!({"n": 2})), Some(80_000));
    assert_eq!(cost(made("64x64", "standard")), None);
    assert_eq!(prices.picture(&recipe("shapes", serde_json::json!({}))), Some(Micros(0)));
    assert_eq!(prices.picture(&recipe("somebody", serde_json::json!({}))), None);
}

#[test]
fn what_is_laid_over_a_picture_costs_as_well() {
    let prices = Prices::built_in();
    let cost = |base: &str, layers: &[&str]| {
        let layers = layers.iter().map(|generator| crate::persona::Layer {
            generator: (*generator).into(),
            params: Map::new(),
            finish: vec![],
            left: 0.into(),
            top: 0.into(),
        });
        let recipe = Recipe { layers: layers.collect(), ..recipe(base, serde_json::json!({})) };
        prices.picture(&recipe).map(|micros| micros.0)
    };
    assert_eq!(cost("shapes", &["openai"]), Some(40_000));
    assert_eq!(cost("openai", &["shapes", "openai"]), Some(80_000));
    assert_eq!(cost("shapes", &["shapes", "somebody"]), None);
}

#[test]
fn every_recipe_of_the_catalogue_has_a_price() {
    let prices = Prices::built_in();
    for recipe in Catalogue::built_in().personas().iter().flat_map(|persona| &persona.recipes) {
        assert!(prices.picture(recipe).is_some(), "{recipe:?}");
    }
}

#[test]
fn a_models_dated_edition_costs_what_the_model_does() {
    let prices = Prices::built_in();
    let input = |provider: &str, model: &str| prices.text(provider, model).map(|price| price.input.0);
    assert_eq!(input("openai", "gpt-5-mini"), Some(250_000));
    assert_eq!(input("openai", "gpt-5-mini-2025-08-07"), Some(250_000));
    assert_eq!(input("anthropic", "claude-haiku-4-5-20251001"), Some(1_000_000));
    assert_eq!(input("openai", "gpt-4o-2024-05-13"), Some(5_000_000));
    assert_eq!(input("openai", "gpt-5-miniature"), None);
    assert_eq!(input("openai", "20250807"), None);
    assert_eq!(input("elsewhere", "gpt-5-mini"), None);
}

#[test]
fn a_picture_of_unknown_price_is_taken_for_the_dearest() {
    let prices = Prices::built_in();
    let most =
        |generator: &str, params: serde_json::Value| prices.picture_at_most(&recipe(generator, params));
    let known = serde_json::json!({"model": "dall-e-3", "size": "1024x1024", "quality": "hd"});
    assert_eq!(Some(most("openai", known.clone())), prices.picture(&recipe("openai", known)));
    // Nobody says in which quality, and the table knows this model's sizes by their qualities alone.
    let dearest = prices.pictures.iter().filter(|entry| entry.generator == "openai").map(|entry| entry.cost);
    let dearest = dearest.max().unwrap();
    let vague = serde_json::json!({"model": "gpt-image-1", "size": "1024x1024"});
    assert_eq!(prices.picture(&recipe("openai", vague.clone())), None);
    assert_eq!(most("openai", vague), dearest);
    assert_eq!(most("openai", serde_json::json!({"model": "new", "n": 3})), Micros(dearest.0 * 3));
    let any = prices.pictures.iter().map(|entry| entry.cost).max().unwrap();
    assert_eq!(most("somebody", serde_json::json!({})), any);
    assert_eq!(most("shapes", serde_json::json!({})), Micros(0));
}

#[test]
fn costs_are_rounded_up_and_do_not_overflow() {
    let price = TextPrice { input: Micros(250_000), output: Micros(2_000_000), picture_tokens: 100 };
    let tokens = |input, output, pictures| Tokens { input, output, pictures };
    assert_eq!(price.cost(tokens(0, 0, 0)), Micros(0));
    assert_eq!(price.cost(tokens(1, 0, 0)), Micros(1));
    assert_eq!(price.cost(tokens(700, 60, 0)), Micros(295));
    assert_eq!(price.cost(tokens(4, 0, 4)), Micros(2));
    let dear = TextPrice { input: Micros(i64::MAX), ..price };
    assert_eq!(dear.cost(tokens(u32::MAX, 0, 0)), Micros(i64::MAX));
}

#[test]
fn a_file_of_prices_comes_before_the_built_in_ones() {
    let prices = Prices::from_json(
        r#"{"as_of": "2026-02-01",
            "text": [{"provider": "openai", "model": "gpt-5-mini", "input": 1, "output": 2},
                     {"provider": "open_router", "model": "*", "input": 3, "output": 4, "picture_tokens": 5}],
            "pictures": [{"generator": "openai", "cost": 7}]}"#,
    )
    .unwrap();
    assert_eq!(prices.as_of(), "2026-02-01, over 2025-11-01");
    assert_eq!(prices.text("openai", "gpt-5-mini").unwrap().input, Micros(1));
    assert_eq!(prices.text("openai", "gpt-5").unwrap().input, Micros(1_250_000));
    assert_eq!(prices.text("open_router", "whatever").unwrap().picture_tokens, 5);
    assert_eq!(prices.picture(&recipe("openai", serde_json::json!({}))), Some(Micros(7)));
}

#[test]
fn the_file_that_operators_are_shown_can_be_read() {
    let shown = include_str!("../../../../docs/models.md");
    let (_, after) = shown.split_once("```json\n").unwrap();
    let (file, after) = after.split_once("\n```").unwrap();
    assert!(!after.contains("```json"), "there is one such file");
    let prices = Prices::from_json(file).unwrap();
    assert_eq!(prices.text("open_router", "qwen/qwen3-32b").map(|price| price.output), Some(Micros(240_000)));
    assert_eq!(prices.text("ollama", "llama3.2").map(|price| price.input), Some(Micros(20_000)));
    assert_eq!(prices.picture(&recipe("openai", serde_json::json!({"quality": "hd"}))), Some(Micros(90_000)));
}

#[test]
fn every_mistake_of_a_file_is_told_with_its_field_rule_and_mend() {
    let error = Prices::from_json(
        r#"{"as_of": "soon", "texts": [],
            "text": [{"provider": "openai", "model": "", "input": 0.5, "output": -1}, 3],
            "pictures": [{"generator": "openai", "with": {"size": []}}]}"#,
    )
    .unwrap_err();
    insta::assert_snapshot!(error, @r#"
    the table of prices cannot be read: 12 mistakes
    - `the file.texts` is not a field of it; remove it, or use one of as_of, text, assumed, pictures
    - `as_of` is a day; write it as `"2025-11-01"`
    - `text[0].model` is a name; write it in quotes
    - `text[0].input` is a whole number of millionths of a US dollar, from 0; write 250000 for 0.25 dollars
    - `text[0].output` is a whole number of millionths of a US dollar, from 0; write 250000 for 0.25 dollars
    - `text[1]` is an object; write it in braces
    - `text[1].provider` is a name; write it in quotes
    - `text[1].model` is a name; write it in quotes
    - `text[1].input` is a whole number of millionths of a US dollar, from 0; write 250000 for 0.25 dollars
    - `text[1].output` is a whole number of millionths of a US dollar, from 0; write 250000 for 0.25 dollars
    - `pictures[0].cost` is a whole number of millionths of a US dollar, from 0; write 250000 for 0.25 dollars
    - `pictures[0].with.size` is a text, a number or a bool; write what the recipe's parameter is
    "#);
    assert!(Prices::from_json("{").unwrap_err().to_string().contains("is JSON"));
}
