//! Whether somebody wants bots to leave them alone. Owns the wordings, and what makes of the same words something else:
//! `made with no AI` keeps nobody out, and a picture that will not leave somebody alone is praised. Stricter than a wish for
//! quiet in one thread, since who is heard here is left alone for good.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::sentences;
use crate::listed::{Phrases, listed, sections};

/// As many characters of somebody's words as are quoted.
const QUOTED: usize = 120;

static OF_BOTS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(listed(include_str!("words/of_bots.txt"))));
static OF_COMMENTS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::of(listed(include_str!("words/of_comments.txt"))));
static TO_US: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(listed(include_str!("words/to_us.txt"))));
static ALONE: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(listed(include_str!("words/alone.txt"))));

/// What decides what the phrases mean.
struct Beside {
    /// What speaks of us.
    machines: HashSet<&'static str>,
    /// What may stand beside what is otherwise alone.
    courtesy: HashSet<&'static str>,
    /// What one asks of whoever writes, after `don't` or `stop`.
    approaches: HashSet<&'static str>,
    /// What must follow it.
    of_mine: Phrases,
    /// Who is not told to do anything: `I don't comment much`.
    others: HashSet<&'static str>,
    /// Before a wish: it is told of, or turned round. `There are no bots`, `it won't leave me alone`.
    turned: HashSet<&'static str>,
}

static BESIDE: LazyLock<Beside> = LazyLock::new(|| {
    let of = |name: &str| {
        let mut all = sections(include_str!("words/leaving_beside.txt"));
        listed(all.find(|(section, _)| *section == name).map_or("", |(_, list)| list))
    };
    Beside {
        machines: of("machines").collect(),
        courtesy: of("courtesy").collect(),
        approaches: of("approaches").collect(),
        of_mine: Phrases::of(of("of mine")),
        others: of("others").collect(),
        turned: of("turned").collect(),
    }
});

/// What of a remark asks bots to leave its author alone, in its own words; none when nothing does.
#[must_use]
pub fn asks_bots_to_leave(remark: &str) -> Option<String> {
    heard(remark, |sentence, whole| {
        says(sentence, &OF_BOTS)
            || says(sentence, &OF_COMMENTS)
            || says(sentence, &TO_US)
            || forbids(sentence)
            || alone(sentence)
            || ends_in_no_bots(sentence)
            || whole && sentence == ["stop"]
    })
}

/// What of a title, a description or a name keeps bots out, in its own words. A picture may well be called `Leave me alone`;
/// it keeps bots out when it says so of bots, or of comments.
#[must_use]
pub fn keeps_bots_out(caption: &str) -> Option<String> {
    heard(caption, |sentence, _| {
        let of_us = sentence.iter().any(|word| BESIDE.machines.contains(word.as_str()));
        says(sentence, &OF_BOTS)
            || says(sentence, &OF_COMMENTS)
            || ends_in_no_bots(sentence)
            || of_us && (says(sentence, &TO_US) || forbids(sentence))
            || of_us
                && alone(sentence)
                && !sentence.iter().any(|word| ["ai", "ki", "ia"].contains(&word.as_str()))
    })
}

fn heard(text: &str, is_it: impl Fn(&[String], bool) -> bool) -> Option<String> {
    let all = sentences(text);
    let (_, said) = all.iter().find(|(sentence, _)| is_it(sentence, all.len() == 1))?;
    let quoted: String = said.chars().filter(|c| !c.is_control()).take(QUOTED).collect();
    Some(if said.chars().count() > QUOTED { format!("{}…", quoted.trim_end()) } else { quoted })
}

/// Whether one of `wishes` stands in the sentence, and is not turned round.
fn says(sentence: &[String], wishes: &Phrases) -> bool {
    wishes.places(sentence).any(|(from, to)| {
        // Not `leave me alone with this picture`, nor `no bots were harmed`.
        let after = sentence.get(to).map_or("", String::as_str);
        !is_turned(sentence, from) && !["with", "were", "was"].contains(&after)
    })
}

fn is_turned(sentence: &[String], from: usize) -> bool {
    from.checked_sub(1).is_some_and(|before| BESIDE.turned.contains(sentence[before].as_str()))
}

/// Whether the sentence is one of `ALONE` and hardly anything else.
fn alone(sentence: &[String]) -> bool {
    let beside =
        |word: &String| BESIDE.courtesy.contains(word.as_str()) || BESIDE.machines.contains(word.as_str());
    ALONE.places(sentence).any(|(from, to)| {
        let (before, after) = (&sentence[..from], &sentence[to..]);
        before.len() + after.len() <= 5 && before.iter().chain(after).all(beside)
    })
}

/// Whether the sentence ends in `no bots` and the like: `My garden, no bots!`.
fn ends_in_no_bots(sentence: &[String]) -> bool {
    const ENDS: [&str; 6] = ["no bots", "no robots", "keine bots", "sin bots", "pas de bots", "sem bots"];
    ENDS.iter().any(|end| {
        let length = end.split(' ').count();
        sentence.len() > length
            && sentence[sentence.len() - length..].join(" ") == *end
            && !is_turned(sentence, sentence.len() - length)
    })
}

/// Whether the sentence forbids somebody to come near: `don't comment on my posts`.
fn forbids(sentence: &[String]) -> bool {
    (0..sentence.len()).any(|at| {
        let before = |back: usize| at.checked_sub(back).map(|at| sentence[at].as_str());
        let subject = match (before(2), before(1)) {
            (Some("don"), Some("t")) | (Some("do"), Some("not")) => before(3),
            (_, Some("dont" | "never" | "stop" | "quit")) => before(2),
            _ => return false,
        };
        let told = subject
            .is_some_and(|subject| BESIDE.others.contains(subject) || ["t", "not", "to"].contains(&subject));
        let of_mine = BESIDE.of_mine.places(&sentence[at + 1..]).any(|(from, _)| from == 0);
        !told && BESIDE.approaches.contains(sentence[at].as_str()) && of_mine
    })
}
