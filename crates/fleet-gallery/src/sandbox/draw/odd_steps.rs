//! No steps, however odd, make the engine panic.

use proptest::prelude::*;
use serde_json::{Map, json};

use super::*;

fn ran(steps: &[Step]) -> Result<Vec<Drawn>, Failure> {
    run(steps, &canvas::options())
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i32>().prop_map(|number| json!(number)),
        (-40..400i32).prop_map(|number| json!(number)),
        any::<f64>().prop_map(|number| json!(number)),
        "\\PC{0,12}".prop_map(Value::String),
        prop_oneof![
            Just("star"),
            Just("pattern"),
            Just("gradient"),
            Just("radial"),
            Just("#1a2b3c"),
            Just("teal"),
            Just("contain"),
            Just("fill"),
            Just("top"),
            Just("bar"),
            Just("pie"),
            Just("vintage"),
            Just("grid"),
        ]
        .prop_map(|text| json!(text)),
        Just(json!([{ "in": "s0", "left": 3 }, { "in": "s1", "top": -4 }])),
        Just(json!({ "dark": "red", "labels": ["a", 1], "datasets": [{ "data": [1, -2, 3e9] }] })),
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
    ]
}

/// Some of a node's own parameters with values that may or may not fit, small enough to be drawn quickly.
fn any_params(node: &'static node::Node) -> impl Strategy<Value = Map<String, Value>> {
    let names: Vec<&'static str> = node.params.iter().map(|param| param.name).collect();
    let count = names.len();
    proptest::collection::vec((0..count.max(1), any_value()), 0..6).prop_map(move |chosen| {
        let mut params = Map::new();
        if count > 0 {
            params.extend(chosen.into_iter().map(|(index, value)| (names[index].to_owned(), value)));
        }
        for side in ["width", "height"] {
            if node.name == "shapes" {
                params.entry(side).or_insert(json!(30));
            }
        }
        params
    })
}

fn any_steps() -> impl Strategy<Value = Vec<Step>> {
    let makers: Vec<_> = generators().filter(|node| node.name != "openai").collect();
    let changers: Vec<_> = transforms().collect();
    let first = proptest::sample::select(makers).prop_flat_map(|node| {
        any_params(node).prop_map(|params| Step::Generate {
            generator: node.name.into(),
            params,
            out: "s0".into(),
        })
    });
    let later = proptest::sample::select(changers).prop_flat_map(|node| {
        (any_params(node), 0..4usize, 0..4usize).prop_map(|(params, from, to)| Step::Transform {
            op: node.name.into(),
            input: format!("s{from}"),
            params,
            out: format!("s{to}"),
        })
    });
    (first, proptest::collection::vec(later, 0..4)).prop_map(|(first, later)| [vec![first], later].concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_steps_make_the_engine_panic_and_the_same_steps_end_the_same(steps in any_steps()) {
        let digest = |ran: Result<Vec<Drawn>, Failure>| ran.map(|drawn| drawn.into_iter().map(|one| one.sha256).collect::<Vec<_>>());
        prop_assert_eq!(digest(ran(&steps)), digest(ran(&steps)));
    }
}
