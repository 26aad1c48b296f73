//! Praise of the product as only a customer could give it, and asking others to become one. Owns the wordings, in the
//! languages that visitors write; saying how a picture was made is none of them.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::draft::{Refusal, Rule};
use super::reading::{Reading, STOP};
use crate::listed::{Phrases, listed, sections};

/// In `praise.txt` a line begins with what it is: a name of the product, what praises it beside its name, what does so
/// alone. A sentence that names the product and nothing that pictures are made by can only be about the product.
static PRODUCT: LazyLock<Phrases> = LazyLock::new(|| all("product:"));
static BESIDE: LazyLock<Phrases> = LazyLock::new(|| all("beside:"));
static ALONE: LazyLock<Phrases> = LazyLock::new(|| all("alone:"));
static NAME: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(["floimg", "flo img"].into_iter()));
static PERSONS: LazyLock<HashSet<&str>> = LazyLock::new(|| lines("person:").collect());
static CRAFT: LazyLock<HashSet<&str>> = LazyLock::new(|| lines("craft:").collect());
static UNSPACED: LazyLock<Vec<&str>> = LazyLock::new(|| lines("unspaced:").collect());
const UNSPACED_PRODUCT: &[&str] =
    &["floimg", "プラットフォーム", "このツール", "这个工具", "这个平台", "이 플랫폼", "이 도구"];

fn lines(what: &'static str) -> impl Iterator<Item = &'static str> {
    sections(include_str!("lists/praise.txt"))
        .flat_map(|(_, section)| section.lines())
        .filter_map(move |line| line.strip_prefix(what))
        .flat_map(listed)
}

fn all(what: &'static str) -> Phrases {
    Phrases::of(lines(what))
}

/// What of a text praises the product.
pub(super) fn fault(reading: &Reading) -> Option<Refusal> {
    let praises = reading.ways().any(|words| {
        ALONE.stand_in(words)
            || words.split(|word| word == STOP).any(|sentence| {
                let has = |some: &HashSet<&str>| sentence.iter().any(|word| some.contains(word.as_str()));
                PRODUCT.stand_in(sentence)
                    && (BESIDE.stand_in(sentence)
                        || !has(&CRAFT) && (has(&PERSONS) || NAME.stand_in(sentence)))
            })
    });
    let unspaced = UNSPACED_PRODUCT.iter().any(|name| reading.lower.contains(name))
        && UNSPACED.iter().any(|praise| reading.lower.contains(praise));
    (praises || unspaced).then(|| Refusal {
        rule: Rule::ProductPraise,
        why: "it praises the product like a customer".to_owned(),
    })
}
