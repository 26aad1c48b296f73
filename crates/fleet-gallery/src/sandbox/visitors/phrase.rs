//! Phrases: named lists of sentences to be, and the dice that make one of them.
//!
//! `{list}` is a line of that list or a value handed in, `[one|other|]` is one of these. An initial `3*` makes a line
//! three times as likely. It knows the form of sentences and nothing of what they say; `texts` has that.

use std::collections::HashMap;
use std::sync::LazyLock;

use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// Deeper than any sentence of ours; a list that names itself ends here.
const DEEPEST: usize = 12;

/// What somebody writes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Language {
    English,
    Spanish,
    German,
    Portuguese,
    French,
    Japanese,
}

impl Language {
    pub(super) fn of(code: &str) -> Self {
        match code {
            "es" => Self::Spanish,
            "de" => Self::German,
            "pt" => Self::Portuguese,
            "fr" => Self::French,
            "ja" => Self::Japanese,
            _ => Self::English,
        }
    }

    /// Its short name, which the lists of other languages than English begin with.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::German => "de",
            Self::Portuguese => "pt",
            Self::French => "fr",
            Self::Japanese => "ja",
        }
    }
}

/// The words of this moment: what is spoken of, and to whom.
pub(super) type Words<'a> = [(&'a str, &'a str)];

struct Line {
    text: &'static str,
    weight: u32,
}

static LISTS: LazyLock<HashMap<&'static str, Vec<Line>>> = LazyLock::new(|| {
    let mut lists: HashMap<&str, Vec<Line>> = HashMap::new();
    let texts = [
        include_str!("texts/comments.txt"),
        include_str!("texts/replies.txt"),
        include_str!("texts/posts.txt"),
        include_str!("texts/people.txt"),
        include_str!("texts/abroad.txt"),
    ];
    for text in texts {
        let mut name = "";
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with(';')) {
            if let Some(title) = line.strip_prefix("== ") {
                name = title.trim();
                continue;
            }
            let (weight, text) = match line.split_once('*') {
                Some((weight, text)) if weight.len() == 1 => (weight.parse().unwrap_or(1), text),
                _ => (1, line),
            };
            lists.entry(name).or_default().push(Line { text, weight });
        }
    }
    lists
});

/// Whether there is a list of this name.
pub(super) fn known(list: &str) -> bool {
    LISTS.contains_key(list)
}

/// The lines of a list as they are written; none if it is unknown.
pub(super) fn lines(list: &str) -> Vec<&'static str> {
    LISTS.get(list).into_iter().flatten().map(|line| line.text).collect()
}

/// A sentence of a list.
pub(super) fn say(list: &str, words: &Words<'_>, dice: &mut StdRng) -> String {
    let mut said = String::new();
    from_list(list, words, dice, DEEPEST, &mut said);
    tidy(&said)
}

fn from_list(list: &str, words: &Words<'_>, dice: &mut StdRng, depth: usize, out: &mut String) {
    let Some(lines) = LISTS.get(list) else { return };
    if let Ok(line) = lines.choose_weighted(dice, |line| line.weight) {
        expand(line.text, words, dice, depth, out);
    }
}

fn expand(text: &str, words: &Words<'_>, dice: &mut StdRng, depth: usize, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[']) {
        out.push_str(&rest[..at]);
        let close = if rest[at..].starts_with('{') { '}' } else { ']' };
        let Some(end) = rest[at..].find(close).map(|end| at + end) else { break };
        let inside = &rest[at + 1..end];
        if close == ']' {
            let options: Vec<&str> = inside.split('|').collect();
            let option = options[dice.random_range(0..options.len())];
            if depth > 0 {
                expand(option, words, dice, depth - 1, out);
            }
        } else if let Some((_, word)) = words.iter().find(|(name, _)| *name == inside) {
            out.push_str(word);
        } else if depth > 0 {
            from_list(inside, words, dice, depth - 1, out);
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
}

/// One space between words, none before a stop or at the ends.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !tidy.is_empty() && !word.starts_with([',', '.', '?', '!', ';', ':']) {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    // A question that something follows needs no second stop.
    tidy.replace("?.", "?").replace("?,", "?")
}

/// The text with its first letter upper case.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    /// What a sentence is handed, whatever list it is from.
    const HANDED: [&str; 16] = [
        "s", "S", "a s", "A s", "m", "t", "a t", "title", "name", "many", "detail", "part", "other",
        "clause", "craft", "own kind",
    ];

    #[test]
    fn every_list_that_a_line_names_is_there() {
        for (list, lines) in LISTS.iter() {
            for line in lines {
                assert_eq!(line.text.matches('{').count(), line.text.matches('}').count(), "{}", line.text);
                assert_eq!(line.text.matches('[').count(), line.text.matches(']').count(), "{}", line.text);
                for named in line.text.split('{').skip(1).filter_map(|part| part.split('}').next()) {
                    assert!(LISTS.contains_key(named) || HANDED.contains(&named), "{{{named}}} in {list}");
                }
            }
        }
    }

    #[test]
    fn no_list_goes_round_in_a_circle() {
        fn depth(list: &str) -> usize {
            let within = LISTS.get(list).into_iter().flatten().flat_map(|line| {
                line.text.split('{').skip(1).filter_map(|part| part.split('}').next()).map(str::to_owned)
            });
            within.map(|list| depth(&list)).max().map_or(0, |depth| depth + 1)
        }
        for list in LISTS.keys() {
            // Each list may also stand inside a choice, which is a step of its own.
            assert!(depth(list) * 2 <= DEEPEST, "{list}");
        }
    }

    #[test]
    fn a_sentence_has_no_seams() {
        let mut dice = StdRng::seed_from_u64(1);
        let mut out = String::new();
        expand("a [|] {x} ,  b?. [c {x}|c {x}] .", &[("x", "y")], &mut dice, 3, &mut out);
        assert_eq!(tidy(&out), "a y, b? c y.");
    }
}
