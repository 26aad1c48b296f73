//! What every Rust file owes the house: it introduces itself, stays small, leaves nothing for later, and keeps to
//! its crate's business.

use crate::tree;

const LONGEST_FILE: usize = 400;

#[test]
fn every_file_says_what_it_is() {
    let silent = tree::sources().into_iter().filter(|file| !file.text.starts_with("//!"));
    let offenders: Vec<String> = silent.map(|file| file.path).collect();
    tree::assert_none(&offenders, "open the file with `//!`: what it owns, what it refuses:");
}

#[test]
fn every_file_is_part_of_the_program() {
    let sources = tree::sources();
    let declares = |place: &str, name: &str| {
        sources.iter().any(|file| {
            file.path == place && file.text.lines().any(|line| line.trim().ends_with(&format!("mod {name};")))
        })
    };
    let mut offenders = Vec::new();
    for file in &sources {
        let Some((folder, _)) = file.path.rsplit_once('/') else { continue };
        let is_root = folder.ends_with("/src") && ["lib", "main"].contains(&file.stem());
        let is_part = !file.path.contains("/src/") || file.path.contains("/bin/");
        if is_root || is_part {
            continue;
        }
        // A folder's own file is declared a level higher, under the folder's name.
        let (home, name) = match (file.stem(), folder.rsplit_once('/')) {
            ("mod", Some((above, name))) => (above, name),
            (stem, _) => (folder, stem),
        };
        let places = ["mod", "lib", "main"].map(|place| format!("{home}/{place}.rs"));
        if !places.iter().any(|place| declares(place, name)) {
            offenders.push(file.path.clone());
        }
    }
    tree::assert_none(&offenders, "no module declares it, so nothing of it is compiled:");
}

#[test]
fn no_file_is_longer_than_one_can_hold_in_mind() {
    let mut offenders = Vec::new();
    for file in tree::sources() {
        let lines = file.without_inline_tests().lines().count();
        if lines > LONGEST_FILE && !file.is_test() {
            offenders.push(format!("{}: {lines} lines", file.path));
        }
    }
    tree::assert_none(&offenders, &format!("split what is over {LONGEST_FILE} lines without its tests:"));
}

#[test]
fn nothing_is_left_for_later() {
    // Put together, so that this file does not find itself.
    let marks = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("FIX", "ME"),
        concat!("#[ig", "nore"),
    ];
    let mut offenders = Vec::new();
    for file in tree::sources() {
        for (number, line) in (1..).zip(file.text.lines()) {
            if marks.iter().any(|mark| line.contains(mark)) {
                offenders.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    tree::assert_none(&offenders, "finish it, or take it out:");
}

#[test]
fn only_the_context_knows_the_store() {
    let mut offenders = lines_with(&["sea_orm", "sqlx"], |path| {
        path.starts_with("crates/") && !path.starts_with("crates/fleet-bots/")
    });
    for manifest in tree::files("crates", "toml") {
        // Tests may make a database for themselves.
        let built = manifest.text.split("[dev-dependencies]").next().unwrap_or_default();
        let names_it = built.contains("sea-orm") || built.contains("sqlx");
        if names_it && manifest.path != "crates/fleet-bots/Cargo.toml" {
            offenders.push(manifest.path);
        }
    }
    tree::assert_none(&offenders, "SQL lives in fleet-bots; ask it for a command or a query:");
}

#[test]
fn only_the_binary_reads_the_environment() {
    let offenders = lines_with(&["std::env", "env::var"], |path| {
        path.starts_with("crates/") && !path.starts_with("crates/floimg-fleet/")
    });
    tree::assert_none(&offenders, "let the binary read it and hand it over as a value:");
}

/// Lines of code, outside tests, with one of the words, in the files asked for.
fn lines_with(words: &[&str], asked_for: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in tree::sources().iter().filter(|file| asked_for(&file.path)) {
        for (number, line) in file.code_lines() {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    found
}
