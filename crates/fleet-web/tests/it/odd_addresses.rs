//! Whatever stands in an address or a form: the panel answers with a page or with what is wrong, and never breaks.

use axum::http::StatusCode;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use crate::glass::Glass;

const PAGES: [&str; 10] = [
    "/",
    "/bots",
    "/bots/{id}",
    "/bots/new",
    "/bots/seed",
    "/activity",
    "/activity/{number}",
    "/activity.jsonl",
    "/unresolved",
    "/sign-in",
];
const FORMS: [&str; 9] = [
    "/bots/many/{order}",
    "/bots/new",
    "/bots/check",
    "/bots/{id}/edit",
    "/bots/{id}/act/{order}",
    "/actions/{id}/happened",
    "/settings",
    "/bots/seed",
    "/sign-in",
];
const FIELDS: [&str; 26] = [
    "q",
    "persona",
    "intent",
    "state",
    "sort",
    "dir",
    "page",
    "kind",
    "bot",
    "since",
    "until",
    "before",
    "back",
    "hours",
    "name",
    "username",
    "bio",
    "zone",
    "busy",
    "days",
    "min",
    "max",
    "pace",
    "ids",
    "opted_out",
    "count",
];

/// A value as one might type it into an address.
fn value() -> impl Strategy<Value = String> {
    let told = select(vec![
        "running",
        "limited",
        "post",
        "acts",
        "desc",
        "0",
        "-1",
        "18446744073709551616",
        "2026-03-05T09:00",
        "2026-13-40T99:99",
        "+262143-01-01T00:00:00Z",
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "%",
        "_",
        "'--",
        "\u{0}",
        "🌱",
        "9-17,25-99",
        "NaN",
    ]);
    prop_oneof![2 => told.prop_map(str::to_owned), 1 => "\\PC{0,20}", 1 => Just("x".repeat(3_000))]
}

fn query() -> impl Strategy<Value = String> {
    let pair = (select(FIELDS.to_vec()), value());
    let told = prop::collection::vec(pair, 0..6).prop_map(|pairs| {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        pairs.join("&")
    });
    prop_oneof![4 => told, 1 => "[a-z%0-9=&;+]{0,30}"]
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

fn address(paths: &'static [&'static str]) -> impl Strategy<Value = String> {
    (select(paths), value()).prop_map(|(path, value)| {
        ["{id}", "{number}", "{order}"]
            .iter()
            .fold(path.to_owned(), |path, part| path.replace(part, &escaped(&value)))
    })
}

/// Asks for all of `cases`, and holds `is_fine` against each answer.
fn never_breaks<T: std::fmt::Debug>(
    cases: impl Strategy<Value = T>,
    ask: impl AsyncFn(&Glass, &T) -> StatusCode,
) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let glass = runtime.block_on(Glass::with_bot("ada")).0;
    let config = Config { cases: Config::default().cases / 2, ..Config::default() };
    let asked = TestRunner::new(config).run(&cases, |case| {
        let status = runtime.block_on(ask(&glass, &case));
        prop_assert!(!status.is_server_error(), "{status} for {case:?}");
        Ok(())
    });
    asked.unwrap();
}

#[test]
fn no_address_breaks_a_page() {
    never_breaks((address(&PAGES), query()), async |glass, (path, query)| {
        glass.get(&format!("{path}?{query}")).await.status
    });
}

#[test]
fn no_form_breaks_an_order() {
    never_breaks(
        (address(&FORMS), query(), any::<bool>()),
        async |glass, (path, form, script)| match script {
            true => glass.fill_with_script(path, form).await.status,
            false => glass.fill(path, form).await.status,
        },
    );
}
