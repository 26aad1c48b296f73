//! How something was decided: what was shown, who answered, each call with its words, and what the guard said of every text.
//! What models and strangers wrote is text here and nothing else; what an older version kept otherwise is left out.

use askama::Template;
use fleet_bots::{Decision, Micros};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::parts::{counted, grouped};

/// A decision in full.
#[derive(Template)]
#[template(path = "parts/decided.html")]
pub(crate) struct Decided {
    by: String,
    /// Why it was not the first of the chain.
    fell_back: Option<String>,
    /// The titles of what was shown, and whose they are.
    seen: Vec<(String, String)>,
    /// What was remembered.
    memory: String,
    calls: Vec<Shown>,
    checks: Vec<Check>,
    cost: String,
    seed: String,
}

struct Shown {
    head: String,
    /// What was said to the model and by it, each under its name.
    words: Vec<(&'static str, String)>,
}

/// As a brain keeps it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Record {
    fell_back: Option<String>,
    calls: Vec<Call>,
    checks: Vec<Check>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Call {
    purpose: String,
    provider: String,
    model: String,
    system: String,
    user: String,
    answer: Option<String>,
    error: Option<String>,
    tokens: Tokens,
    cost: i64,
    took_ms: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Tokens {
    input: u64,
    output: u64,
    pictures: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Check {
    about: String,
    text: String,
    refused: Option<String>,
}

impl Decided {
    pub(crate) fn of(decision: &Decision) -> Self {
        let record: Record = read(&decision.record);
        let text =
            |path: &str| decision.view.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        let posts = decision.view.get("posts").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let post = decision.view.get("post");
        Self {
            by: decision.by.clone(),
            fell_back: record.fell_back,
            seen: posts.iter().chain(post).map(seen).collect(),
            memory: text("/memory/summary"),
            calls: record.calls.into_iter().map(Shown::of).collect(),
            checks: record.checks,
            cost: decision.cost.to_string(),
            seed: decision.seed.clone(),
        }
    }
}

impl Shown {
    fn of(call: Call) -> Self {
        let Call { purpose, provider, model, tokens, cost, took_ms, .. } = call;
        let pictures = match tokens.pictures {
            0 => String::new(),
            pictures => format!(", {} of pictures", grouped(pictures)),
        };
        let head = format!(
            "{provider}/{model}, to {purpose}: {} in, {} out{pictures}, {}, {took_ms} ms",
            counted(tokens.input, "token", "tokens"),
            grouped(tokens.output),
            Micros(cost),
        );
        let words = [
            ("What it is", Some(call.system)),
            ("What it was asked", Some(call.user)),
            ("What it answered", call.answer),
            ("What went wrong", call.error),
        ];
        Self { head, words: words.into_iter().filter_map(|(name, text)| Some((name, text?))).collect() }
    }
}

fn seen(post: &Value) -> (String, String) {
    let text = |path: &str| post.pointer(path).and_then(Value::as_str);
    let author = text("/author/name").or_else(|| text("/author/username"));
    (text("/title").unwrap_or_default().to_owned(), author.unwrap_or_default().to_owned())
}

fn read<T: DeserializeOwned + Default>(value: &Value) -> T {
    T::deserialize(value).unwrap_or_default()
}
