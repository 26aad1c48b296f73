//! What the documents owe their readers: links that lead somewhere, and decisions short enough to be read.

use std::path::Path;

use crate::tree::{self, File};

const LONGEST_DECISION: usize = 60;

#[test]
fn every_link_leads_somewhere() {
    let mut offenders = Vec::new();
    for document in tree::files("", "md") {
        let folder = Path::new(&document.path).parent().expect("a file lies in a folder");
        for target in links(&document.text) {
            let path = target.split('#').next().unwrap_or_default();
            let is_elsewhere = target.contains(':') || path.is_empty();
            if !is_elsewhere && !tree::root().join(folder).join(path).exists() {
                offenders.push(format!("{}: {target}", document.path));
            }
        }
    }
    tree::assert_none(&offenders, "these links lead nowhere; mend or remove them:");
}

#[test]
fn every_decision_is_short_and_in_the_index() {
    let index = tree::file("docs/adr/README.md");
    let mut offenders = Vec::new();
    for decision in decisions() {
        let name = decision.path.trim_start_matches("docs/adr/");
        let lines = decision.text.lines().count();
        if lines > LONGEST_DECISION {
            offenders.push(format!("{}: {lines} lines; {LONGEST_DECISION} are enough", decision.path));
        }
        if !index.text.contains(&format!("({name})")) {
            offenders.push(format!("{}: not in {}", decision.path, index.path));
        }
    }
    tree::assert_none(&offenders, "shorten them, or list them:");
}

#[test]
fn decisions_are_numbered_without_a_gap() {
    let mut offenders = Vec::new();
    for (number, decision) in (1..).zip(decisions()) {
        if !decision.stem().starts_with(&format!("{number:04}-")) {
            offenders.push(format!("{}: expected number {number:04}", decision.path));
        }
    }
    tree::assert_none(&offenders, "a decision has the next free number and keeps it:");
}

#[test]
fn links_are_found_in_text_and_not_in_code() {
    let text = "[a](b.md#c) `[no](x)` ![d](e.png \"title\")\n```\n[no](y)\n```\n<img src=\"f.png\">\n";
    assert_eq!(links(text), ["b.md#c", "e.png", "f.png"]);
}

fn decisions() -> Vec<File> {
    let mut files = tree::files("docs/adr", "md");
    files.retain(|file| file.stem() != "README");
    assert!(!files.is_empty(), "no decisions were found, so nothing would be checked");
    files
}

/// The targets of a document's links and pictures, outside its code.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
            continue;
        }
        if in_code {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect();
        for (opening, closing) in [("](", ')'), ("src=\"", '"'), ("href=\"", '"')] {
            for rest in prose.split(opening).skip(1) {
                let target = rest.split(closing).next().unwrap_or_default();
                found.extend(target.split_whitespace().next().map(str::to_owned));
            }
        }
    }
    found
}
