//! Sentences about the catalogue.

use std::collections::HashMap;

use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

use super::*;

fn dice() -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(5)
}

#[test]
fn the_six_archetypes_are_built_in() {
    let catalogue = Catalogue::built_in();
    let ids: Vec<&str> = catalogue.personas().iter().map(|persona| persona.id.as_str()).collect();
    assert_eq!(
        ids,
        ["product_photographer", "social_marketer", "indie_game_dev", "data_viz", "ai_artist", "ux_designer"]
    );
    for persona in catalogue.personas() {
        let weights = persona.weights;
        assert!(
            weights.browse > weights.like && weights.like > weights.comment && weights.comment > weights.post
        );
        assert!(persona.vocabulary.subjects.len() >= 30, "{}", persona.id);
    }
}

#[test]
fn a_spread_is_in_proportion_and_leaves_nobody_out() {
    let catalogue = Catalogue::built_in();
    let count = |n| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for persona in catalogue.spread(n, &mut dice()) {
            *counts.entry(persona.id.clone()).or_default() += 1;
        }
        counts
    };
    let large = count(730);
    assert_eq!(large.values().sum::<usize>(), 730);
    assert_eq!(large["product_photographer"], 161);
    assert_eq!(large["data_viz"], 86);
    for n in 6..40 {
        let counts = count(n);
        assert_eq!(counts.len(), 6, "{n}");
        assert_eq!(counts.values().sum::<usize>(), n);
    }
    assert_eq!(catalogue.spread(0, &mut dice()).len(), 0);
    assert_eq!(catalogue.spread(3, &mut dice()).len(), 3);
}

#[test]
fn a_spread_among_some_keeps_their_proportion_and_draws_nobody_else() {
    let catalogue = Catalogue::built_in();
    let some = ["data_viz".to_owned(), "product_photographer".to_owned(), "nobody".to_owned()];
    let drawn = catalogue.spread_among(&some, 230, &mut dice());
    let of = |id: &str| drawn.iter().filter(|persona| persona.id == id).count();
    assert_eq!((drawn.len(), of("product_photographer"), of("data_viz")), (230, 150, 80));
    assert!(catalogue.spread_among(&some[2..], 9, &mut dice()).is_empty());
}

#[test]
fn a_persona_is_drawn_by_its_share() {
    let catalogue = Catalogue::built_in();
    let mut dice = dice();
    let drawn = (0..7_300).filter(|_| catalogue.draw_persona(&mut dice).id == "product_photographer").count();
    assert!((1_400..1_600).contains(&drawn), "{drawn}");
}

#[test]
fn residents_are_valid_labelled_and_never_twins() {
    let catalogue = Catalogue::built_in();
    let mut dice = dice();
    let mut taken = HashSet::new();
    let mut names = HashSet::new();
    let mut zones = HashSet::new();
    for persona in catalogue.spread(2_000, &mut dice) {
        let resident = catalogue.resident(&persona.id, &taken, &mut dice).unwrap();
        let username = &resident.username;
        assert!((3..=30).contains(&username.len()), "{username}");
        assert!(
            username.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
            "{username}"
        );
        assert!((1..=100).contains(&resident.name.chars().count()) && resident.name.ends_with("(AI)"));
        assert!(resident.bio.contains("AI"), "{}", resident.bio);
        assert!(!resident.interests.is_empty() && resident.interests.len() <= 20);
        let weights = resident.weights;
        assert!((weights.post + weights.comment + weights.like + weights.browse - 1.0).abs() < 1e-9);
        assert!(jiff::tz::TimeZone::get(&resident.zone).is_ok());
        assert!(
            resident.busy.hours.iter().all(|span| span.from < 24 && span.to <= 24 && span.from != span.to)
        );
        assert!(taken.insert(username.clone()), "{username} comes twice");
        names.insert(resident.name);
        zones.insert(resident.zone);
    }
    assert!(names.len() > 1_500, "{} names", names.len());
    assert!(zones.len() > 30, "{} zones", zones.len());
    assert!(catalogue.resident("nobody", &taken, &mut dice).is_none());
}

#[test]
fn all_mistakes_of_a_catalogue_are_told_at_once() {
    let error = Catalogue::from_json(
        r#"{"personas": [
          {"id": "Bad Id", "name": "", "about": 7, "vibe": "calm", "personality": "Kind.", "interests": ["a", "A"],
           "weights": {"post": 2, "comment": 0.1, "like": "x"}, "zones": ["Mars/Olympus"],
           "busy": {"hours": [{"from": 9, "to": 9}, {"from": 25, "to": 3}], "days": ["mon", "mon", "Friday"]},
           "pace": {"min_seconds": 60, "max_seconds": 30}, "share": 0, "category": "cats", "colour": "red",
           "recipe": {"generator": "openai", "params": {}, "finish": [{}]},
           "vocabulary": {"subjects": ["{x}"], "prompt": ["a {ghost}"], "title": ["<a"], "loop": ["{loop}"]}},
          {"id": "twin"}, {"id": "twin"}, 7
        ]}"#,
    )
    .unwrap_err();
    let told: Vec<String> = error
        .problems
        .iter()
        .filter(|problem| problem.persona.as_deref() != Some("twin") || problem.rule.contains("unique"))
        .map(ToString::to_string)
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    line 5, persona `Bad Id`, `colour` is not a field of a persona; remove it, or use one of id, name, about, vibe, personality, interests, weights, zones, busy, pace, share, category, recipe, choices, vocabulary
    line 2, persona `Bad Id`, `name` must be a text of 1 to 60 characters on one line; write something
    line 2, persona `Bad Id`, `about` must be a text of 1 to 300 characters on one line; put it in quotes
    line 2, persona `Bad Id`, `interests[1]` must not come twice; remove the second `A`
    line 3, persona `Bad Id`, `weights.post` must be a number from 0 to 1; replace 2
    line 3, persona `Bad Id`, `weights.like` must be a number from 0 to 1; replace "x"
    line 3, persona `Bad Id`, `weights.browse` must be a number from 0 to 1; replace nothing
    line 3, persona `Bad Id`, `zones[0]` must be an IANA time zone; replace `Mars/Olympus` by one like `Europe/London`
    line 4, persona `Bad Id`, `busy.hours[0]` must not end when it begins; let it end later; all day is from 0 to 24
    line 4, persona `Bad Id`, `busy.hours[1].from` must be a number from 0 to 23; replace 25
    line 4, persona `Bad Id`, `busy.days[1]` must not come twice; remove the second `mon`
    line 4, persona `Bad Id`, `busy.days[2]` must be a day; use mon, tue, wed, thu, fri, sat or sun
    line 5, persona `Bad Id`, `pace.max_seconds` must not be below `pace.min_seconds`; raise it to 60 or more
    line 5, persona `Bad Id`, `share` must be a number from 0.01 to 100; replace 0
    line 6, persona `Bad Id`, `recipe.params` must hand the prompt to a generator that draws from words; write `"prompt": "{prompt}"`
    line 6, persona `Bad Id`, `recipe.finish[0]` must name a transform; write `{"op": "resize", "params": { … }}`
    line 7, persona `Bad Id`, `vocabulary.subjects[0]` must be plain words, in full and in short; write it like `walnut desk lamp|lamp`
    line 7, persona `Bad Id`, `vocabulary.title[0]` must be a phrase that can be told; `>` is missing in “<a”
    line 7, persona `Bad Id`, `vocabulary.description` must be a list of phrases; add it
    line 7, persona `Bad Id`, `vocabulary.loop` must not lead back to itself; break the circle
    line 7, persona `Bad Id`, `vocabulary.prompt[0]` must not use `{ghost}`, which no list gives; add the list `ghost`, or take another
    line 2, persona `Bad Id`, `id` must be of a to z, 0 to 9 and _; write it like `data_viz`
    line 5, persona `Bad Id`, `category` must be a shelf of the gallery; use one of ai-workflows, data-viz, marketing, utilities
    line 8, persona `twin`, `id` must be unique; give one of the two another id
    line 8, persona `#4`, `personas` must be a list of objects; write each persona in braces
    "#);
    assert!(error.to_string().starts_with("the persona catalogue has "));
}

#[test]
fn a_recipe_without_a_model_must_draw_what_its_words_name() {
    let mut built_in: serde_json::Value = serde_json::from_str(include_str!("catalogue.json")).unwrap();
    let persona = &mut built_in["personas"][0];
    persona["choices"] = serde_json::json!({ "palette": [], "angle": 7, "mixed": [1, { "mixed": 2 }, null] });
    persona["recipe"] = serde_json::json!([
        { "generator": "shapes", "shows": "scene", "params": { "points": "{points}" }, "colour": "red" },
        { "generator": "qr", "shows": "poem", "layers": [7, { "generator": "shapes", "left": 0.5 }], "finish": 7 },
        { "generator": "quickchart", "choices": { "chart": [{ "chart": "bar chart" }, { "type": "line" }] } },
        { "generator": "shapes", "layers": vec![serde_json::json!({ "generator": "shapes" }); 16],
          "choices": { "figure": ["star"], "palette": ["red"] } },
    ]);
    let error = Catalogue::from_json(&built_in.to_string()).unwrap_err();
    let told: Vec<String> = error
        .problems
        .iter()
        .map(|problem| format!("`{}` {}; {}", problem.field, problem.rule, problem.mend))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    `choices.palette` must be a list that is not empty; write `[5, 6, 8]`
    `choices.angle` must be a list that is not empty; write `[5, 6, 8]`
    `choices.mixed` must be all values or all objects; write each of them in braces, or none
    `choices.mixed` must not hold null; remove it
    `recipe[0].colour` is not a field of a recipe; remove it, or use one of shows, generator, params, layers, finish, choices
    `recipe[0].shows` must not be `scene` where no model draws one; write `shapes`, or remove it
    `recipe[0]` must not use `{points}`, which no choice gives; add `points` to `choices`, to each of the alternatives, or write a value
    `recipe[0]` must draw `figure`, which the words of such a picture name; add `figure` to `choices`
    `recipe[1].layers[0]` must be an object; write it in braces
    `recipe[1].layers[1].left` must be a whole number of pixels; write where it lies, like 120, or a choice's name in braces
    `recipe[1].finish` must be a list; write `[{"op": "modulate", "params": { … }}]`
    `recipe[1].shows` must be what there is to see; use scene, shapes, code or chart
    `recipe[1]` must draw `code`, which the words of such a picture name; add `code` to `choices`
    `recipe[2]` must draw `chart`, which the words of such a picture name; add `chart` to `choices`
    `recipe[2]` must draw `numbers`, which the words of such a picture name; add `numbers` to `choices`
    `recipe[3].layers` must be 15 at the most; leave some out, it has 16
    "#);
}

#[test]
fn a_text_that_is_no_catalogue_says_so() {
    insta::assert_snapshot!(Catalogue::from_json("{\n  oops").unwrap_err(), @r"
    the persona catalogue has 1 mistake
    - `line 2, column 3` is not JSON; mend the text there: key must be a string at line 2 column 3
    ");
    insta::assert_snapshot!(Catalogue::from_json("[]").unwrap_err(), @r#"
    the persona catalogue has 1 mistake
    - `personas` must be a list that is not empty; write `{"personas": [ … ]}` with one persona or more
    "#);
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[<>|{}\\[\\]: a-zß]{0,12}".prop_map(Value::from),
    ];
    let key = prop::sample::select(vec![
        "id",
        "interests",
        "weights",
        "post",
        "zones",
        "busy",
        "hours",
        "from",
        "to",
        "days",
        "pace",
        "share",
        "recipe",
        "params",
        "finish",
        "layers",
        "left",
        "shows",
        "choices",
        "vocabulary",
        "subjects",
        "prompt",
        "title",
        "x",
    ]);
    leaf.prop_recursive(4, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..8).prop_map(|fields| {
                Value::Object(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
            }),
        ]
    })
}

/// The built-in catalogue with one of its values gone or exchanged.
fn mangled() -> impl Strategy<Value = String> {
    let built_in: serde_json::Value = serde_json::from_str(include_str!("catalogue.json")).unwrap();
    let mut places = Vec::new();
    walk(&built_in, String::new(), &mut places);
    (prop::sample::select(places), prop::option::of(json())).prop_map(move |(place, with)| {
        let mut catalogue = built_in.clone();
        match (with, place.rsplit_once('/')) {
            (Some(with), _) => *catalogue.pointer_mut(&place).unwrap() = with,
            (None, Some((parent, name))) => match catalogue.pointer_mut(parent).unwrap() {
                serde_json::Value::Object(fields) => drop(fields.remove(name)),
                serde_json::Value::Array(list) => drop(list.remove(name.parse().unwrap())),
                _ => unreachable!("what has a part is an object or a list"),
            },
            (None, None) => catalogue = serde_json::Value::Null,
        }
        serde_json::to_string_pretty(&catalogue).unwrap()
    })
}

fn walk(value: &serde_json::Value, at: String, places: &mut Vec<String>) {
    use serde_json::Value;
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, part)| walk(part, format!("{at}/{index}"), places));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, part)| walk(part, format!("{at}/{name}"), places))
        }
        _ => {}
    }
    places.push(at);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    #[test]
    fn a_catalogue_with_a_mistake_is_told_of_or_used(text in mangled(), seed: u64) {
        match Catalogue::from_json(&text) {
            Ok(catalogue) => {
                let mut dice = Xoshiro256PlusPlus::seed_from_u64(seed);
                let persona = catalogue.draw_persona(&mut dice).id.clone();
                prop_assert!(catalogue.resident(&persona, &HashSet::new(), &mut dice).is_some());
            }
            Err(CatalogueError { problems }) => {
                let lines = text.lines().count();
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    let Problem { line, field, rule, mend, .. } = &problem;
                    prop_assert!(*line <= lines && !field.is_empty() && !rule.is_empty() && !mend.is_empty(), "{problem:?}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn no_json_makes_the_reader_panic(personas in prop::collection::vec(json(), 0..4), text in ".{0,40}") {
        let _ = Catalogue::from_json(&serde_json::json!({ "personas": personas }).to_string());
        let _ = Catalogue::from_json(&text);
    }

    #[test]
    fn no_phrase_makes_the_reader_panic(text in "[<>|{}\\[\\]: a-z0-9ß]{0,24}") {
        let _ = crate::phrase::Template::parse(&text);
    }
}
