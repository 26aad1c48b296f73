//! Which crate may know which: said once here, and held against the manifests and against ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::tree;

/// Every arrow there is; a new one needs an ADR.
const ARROWS: [(&str, &[&str]); 3] = [
    ("floimg-fleet", &["fleet-bots", "fleet-brain", "fleet-gallery", "fleet-runtime", "fleet-web"]),
    ("fleet-runtime", &["fleet-bots", "fleet-brain", "fleet-gallery"]),
    ("fleet-web", &["fleet-bots"]),
];

/// Crates with what they know; a crate that knows nobody is left out.
type Arrows = BTreeMap<String, BTreeSet<String>>;

#[test]
fn the_manifests_have_exactly_the_arrows_of_the_house() {
    assert_eq!(
        of_the_manifests(),
        of_the_house(),
        "left: the manifests; right: the house. Take the dependency out, or write an ADR and change ARROWS"
    );
}

#[test]
fn the_architecture_shows_exactly_the_arrows_of_the_house() {
    let document = tree::file("ARCHITECTURE.md");
    let list = between(&document.text, "<!-- arrows:begin -->", "<!-- arrows:end -->")
        .expect("ARCHITECTURE.md lists the arrows between `<!-- arrows:begin -->` and `<!-- arrows:end -->`");
    assert_eq!(of_the_list(list), of_the_house(), "left: ARCHITECTURE.md; right: the house. Mend the list");
}

#[test]
fn a_list_of_arrows_is_read_with_its_remarks() {
    let list = "- `a` → `b`, `c`\n- `b` → nothing\nA remark.\n";
    let expected = Arrows::from([("a".to_owned(), BTreeSet::from(["b".to_owned(), "c".to_owned()]))]);
    assert_eq!(of_the_list(list), expected);
}

fn of_the_house() -> Arrows {
    ARROWS
        .iter()
        .map(|(from, to)| ((*from).to_owned(), to.iter().map(|to| (*to).to_owned()).collect()))
        .collect()
}

/// All kinds of dependencies count: a test that needs another crate is an arrow as well.
fn of_the_manifests() -> Arrows {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--no-deps", "--format-version", "1", "--offline"]).current_dir(tree::root());
    let output = cargo.output().expect("cargo runs where it built us");
    assert!(output.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata speaks JSON");

    let packages = metadata["packages"].as_array().expect("there are packages");
    let ours: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut arrows = Arrows::new();
    for package in packages {
        let from = package["name"].as_str().expect("a package has a name");
        for dependency in package["dependencies"].as_array().expect("a package has dependencies") {
            let to = dependency["name"].as_str().expect("a dependency has a name");
            if ours.contains(to) {
                arrows.entry(from.to_owned()).or_default().insert(to.to_owned());
            }
        }
    }
    arrows
}

/// Reads lines such as "- `a` → `b`, `c`".
fn of_the_list(list: &str) -> Arrows {
    let mut arrows = Arrows::new();
    for line in list.lines() {
        let Some((from, to)) = line.split_once('→') else { continue };
        let from =
            in_backticks(from).next().unwrap_or_else(|| panic!("no crate is named before the arrow: {line}"));
        let to: BTreeSet<String> = in_backticks(to).map(str::to_owned).collect();
        if !to.is_empty() {
            arrows.insert(from.to_owned(), to);
        }
    }
    arrows
}

fn in_backticks(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn between<'text>(text: &'text str, begin: &str, end: &str) -> Option<&'text str> {
    Some(text.split_once(begin)?.1.split_once(end)?.0)
}
