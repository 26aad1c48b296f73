//! How long questions and answers are, in the tokens of a real model. Pure.

use std::collections::BTreeMap;

use tiktoken_rs::{CoreBPE, o200k_base_singleton};

use crate::day::Asked;

/// The tokens of some calls.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tokens {
    pub(crate) calls: u64,
    pub(crate) input: u64,
    pub(crate) output: u64,
}

/// What all calls of a day come to.
#[derive(Default)]
pub(crate) struct Count {
    pub(crate) in_all: Tokens,
    pub(crate) by_persona: BTreeMap<String, Tokens>,
    pub(crate) by_purpose: BTreeMap<&'static str, Tokens>,
    /// The forms that answers are to have, which stand beside the words; some providers count them as well.
    pub(crate) forms: u64,
    /// What would have been asked if each post had been shown by itself.
    pub(crate) one_by_one: Tokens,
    /// Posts that were shown, each as often as it was.
    pub(crate) shown: u64,
}

impl Tokens {
    fn add(&mut self, other: Tokens) {
        self.calls += other.calls;
        self.input += other.input;
        self.output += other.output;
    }
}

impl Count {
    pub(crate) fn of(asked: &[Asked]) -> Self {
        let mut count = Self::default();
        for Asked { persona, purpose, seen } in asked {
            let answer = seen.answer.as_deref().unwrap_or_default();
            let call =
                Tokens { calls: 1, input: tokens(&seen.system) + tokens(&seen.user), output: tokens(answer) };
            count.in_all.add(call);
            count.by_persona.entry(persona.clone()).or_default().add(call);
            count.by_purpose.entry(purpose).or_default().add(call);
            count.forms += tokens(&seen.body["response_format"]["json_schema"]["schema"].to_string());
            let posts = match *purpose {
                "judge" => one_by_one(&seen.user),
                _ => Vec::new(),
            };
            count.shown += posts.len() as u64;
            match posts.is_empty() {
                true => count.one_by_one.add(call),
                // The answers say the same, each in a form of its own.
                false => posts.iter().for_each(|user| {
                    let input = tokens(&seen.system) + tokens(user);
                    count.one_by_one.add(Tokens {
                        calls: 1,
                        input,
                        output: call.output / posts.len() as u64,
                    });
                }),
            }
        }
        count
    }
}

/// The same question about each of its posts alone.
fn one_by_one(user: &str) -> Vec<String> {
    let is_post = |line: &&str| {
        line.split_once(' ').is_some_and(|(number, post)| number.parse::<u8>().is_ok() && post.contains('“'))
    };
    let posts = user.lines().filter(is_post);
    posts
        .map(|post| {
            user.lines().filter(|line| !is_post(line) || *line == post).collect::<Vec<_>>().join("\n")
        })
        .collect()
}

fn tokens(text: &str) -> u64 {
    let words: &CoreBPE = o200k_base_singleton();
    words.encode_ordinary(text).len() as u64
}
