//! One use case, one file, one method of `Bots`, all of the same name.
//!
//! A use case that makes sense for many bots at once has a second method in the plural, over the same file.

use std::collections::BTreeSet;

use crate::tree::{self, File};

/// Methods of the gateway that are not use cases: its own coming to be, and what stays open.
const NOT_USE_CASES: [&str; 2] = ["connect", "subscribe"];

#[test]
fn every_use_case_is_a_method_of_the_gateway() {
    let methods = methods();
    let mut offenders = Vec::new();
    for file in use_cases() {
        if !methods.contains(file.stem()) {
            offenders.push(format!("{}: no `pub async fn {}` in the gateway", file.path, file.stem()));
        }
    }
    tree::assert_none(&offenders, "give `Bots` a method of the same name, or remove the file:");
}

#[test]
fn every_method_of_the_gateway_is_a_use_case() {
    let files = use_cases();
    let names: BTreeSet<&str> = files.iter().map(File::stem).chain(NOT_USE_CASES).collect();
    let is_known = |method: &String| {
        let singular = method.strip_suffix('s').unwrap_or(method);
        names.contains(method.as_str()) || names.contains(singular)
    };
    let offenders: Vec<String> = methods().into_iter().filter(|method| !is_known(method)).collect();
    tree::assert_none(&offenders, "put the work of these methods of `Bots` into `commands/` or `queries/`:");
}

#[test]
fn every_use_case_has_an_execute() {
    let without = use_cases().into_iter().filter(|file| !file.text.contains("pub(crate) async fn execute"));
    let offenders: Vec<String> = without.map(|file| file.path).collect();
    tree::assert_none(&offenders, "a use case is entered by `pub(crate) async fn execute`:");
}

fn use_cases() -> Vec<File> {
    let mut files = tree::files("crates/fleet-bots/src/commands", "rs");
    files.extend(tree::files("crates/fleet-bots/src/queries", "rs"));
    files.retain(|file| file.stem() != "mod" && !file.is_test());
    files
}

fn methods() -> BTreeSet<String> {
    let files = tree::files("crates/fleet-bots/src/gateway", "rs");
    assert!(!files.is_empty(), "the gateway is the folder `gateway` of fleet-bots, and it is not there");
    let mut methods = BTreeSet::new();
    for file in &files {
        for (_, line) in file.code_lines() {
            if let Some(rest) = line.trim_start().strip_prefix("pub async fn ") {
                methods.extend(rest.split(['(', '<']).next().map(str::to_owned));
            }
        }
    }
    methods
}
