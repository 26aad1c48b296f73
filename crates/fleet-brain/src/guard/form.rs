//! The form of a text: its length, its line, and nothing in it that shows how it was made: markup, code, quotes around the
//! whole, letters that are hidden or dressed up. Owns the limits of each kind of text; refuses to read what it says.

use super::draft::{Kind, Refusal, Rule};
use super::language::{WHOLE, small_words};
use super::reading::{Reading, STOP, is_invisible, words};

/// As many words in capitals shout, when they are more than a third.
const SHOUTED: usize = 2;
/// Before a colon at the start, these tell what the text is meant for instead of being it.
const LABELS: &[&str] = &[
    "comment",
    "title",
    "description",
    "caption",
    "answer",
    "reply",
    "response",
    "prompt",
    "assistant",
    "user",
    "system",
    "ai",
    "bot",
    "output",
    "human",
    "text",
    "final",
    "draft",
    "kommentar",
    "titel",
    "beschreibung",
    "antwort",
    "commentaire",
    "titre",
    "reponse",
    "comentario",
    "titulo",
    "respuesta",
    "resposta",
    "commento",
    "titolo",
    "risposta",
    "комментарий",
    "ответ",
    "コメント",
    "评论",
    "回复",
];
const QUOTES: &[(char, char)] =
    &[('"', '"'), ('“', '”'), ('„', '“'), ('„', '”'), ('«', '»'), ('\'', '\''), ('‘', '’'), ('「', '」')];

impl Kind {
    /// As many characters a text of this kind may have.
    fn most(self) -> usize {
        match self {
            Kind::Title => 200,
            Kind::Description => 600,
            Kind::Prompt => 1000,
            Kind::Comment | Kind::Answer => 280,
        }
    }
}

/// What of a text's length is wrong.
pub(super) fn length(kind: Kind, text: &str) -> Option<Refusal> {
    let length = text.trim().chars().count();
    let why = match length {
        0 => "it is empty".to_owned(),
        _ if length > kind.most() => format!("it has {length} characters, and {} are the most", kind.most()),
        _ => return None,
    };
    Some(Refusal { rule: Rule::Length, why })
}

/// What of a text's form is wrong. `text` is as it was written, `reading` as it is read.
pub(super) fn fault(kind: Kind, text: &str, reading: &Reading) -> Option<Refusal> {
    let text = text.trim();
    let why = if text.chars().any(|c| c.is_control() && !(c == '\n' && takes_lines(kind))) {
        "it has control characters, or more than one line"
    } else if !reading.text.chars().any(char::is_alphabetic) {
        "it has no words"
    } else if is_quoted(text) {
        "it stands in quotation marks"
    } else if is_labelled(text) {
        "it begins with what it is meant for"
    } else if has_markup(&reading.lower) {
        "it has markup or code in it"
    } else if text.split_whitespace().any(is_encoded) || has_hex_pairs(&reading.lower) {
        "it has something encoded in it"
    } else if hides(text) {
        "it has letters that are hidden or dressed up"
    } else if spells_apart(&reading.lower) || is_scrambled(&reading.words) {
        "it is not written in plain words"
    } else if shouts(&reading.text) {
        "it shouts"
    } else if stammers(&reading.words, &reading.lower) {
        "it says the same over and over"
    } else {
        return None;
    };
    Some(Refusal { rule: Rule::Form, why: why.to_owned() })
}

fn takes_lines(kind: Kind) -> bool {
    matches!(kind, Kind::Description | Kind::Prompt)
}

fn is_quoted(text: &str) -> bool {
    QUOTES.iter().any(|(open, close)| {
        text.strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close))
            .is_some_and(|inner| !inner.contains([*open, *close]) && inner.chars().count() > 1)
    })
}

fn is_labelled(text: &str) -> bool {
    text.split_once([':', '：']).is_some_and(|(before, _)| {
        let said = words(&before.to_lowercase());
        said.len() <= 3 && said.iter().any(|word| LABELS.contains(&word.as_str())) && {
            // `Human: a portrait` is a title of its own; `Comment: …` or `Final answer: …` none.
            said.len() == 1
                || said.iter().all(|word| LABELS.contains(&word.as_str()) || word == "my" || word == "the")
        }
    })
}

fn has_markup(lower: &str) -> bool {
    let near_letter = |mark: char| {
        let letters: Vec<char> = lower.chars().collect();
        letters.windows(2).any(|two| two[0] == mark && two[1].is_alphabetic())
            && letters.windows(2).any(|two| two[1] == mark && two[0].is_alphanumeric())
    };
    let tag = lower
        .match_indices('<')
        .any(|(at, _)| lower[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)));
    let entity = lower.split('&').skip(1).any(|after| {
        let name = after.split(';').next().unwrap_or_default();
        after.len() > name.len()
            && (2..=8).contains(&name.len())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    });
    tag || entity
        || lower.contains(['{', '}', '`', '\\', '|'])
        || ["**", "~~", "](", "[[", "]]", "/*", "*/", "//", "#!", "();", "=>", "null,", "\":"]
            .iter()
            .any(|mark| lower.contains(mark))
        || near_letter('*')
        || lower.lines().any(|line| {
            let line = line.trim_start();
            ["# ", "## ", "### ", "- ", "* ", "> ", "1. ", "1) "].iter().any(|mark| line.starts_with(mark))
        })
}

/// Whether a token is base 64, percent-encoded, or dots and dashes.
fn is_encoded(token: &str) -> bool {
    let inner = token.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '=' && c != '%');
    let has = |is: fn(&char) -> bool| inner.chars().filter(is).count();
    let of_64 = inner.chars().all(|c| c.is_ascii_alphanumeric() || "+/=_-".contains(c));
    let mixed = has(char::is_ascii_lowercase) >= 3
        && has(char::is_ascii_uppercase) >= 3
        && has(char::is_ascii_digit) >= 1;
    let base64 = of_64
        && (inner.len() >= 16 && mixed && !inner.contains('-') || inner.len() >= 8 && inner.ends_with('='));
    let percent = inner
        .split('%')
        .skip(1)
        .filter(|after| after.get(..2).is_some_and(|two| two.chars().all(|c| c.is_ascii_hexdigit())))
        .count();
    let morse =
        token.len() >= 3 && token.contains('-') && token.chars().all(|c| ".-".contains(c)) && token != "---";
    base64 || percent >= 2 || morse && token.contains('.')
}

/// Whether bytes stand in a row as hexadecimal pairs.
fn has_hex_pairs(lower: &str) -> bool {
    let pairs: Vec<bool> = lower
        .split_whitespace()
        .map(|token| {
            let token = token.trim_start_matches("0x").trim_matches(',');
            token.len() == 2 && token.chars().all(|c| c.is_ascii_hexdigit())
        })
        .collect();
    pairs.windows(5).any(|run| run.iter().all(|pair| *pair))
}

/// Whether letters hide or are dressed: what cannot be seen, where no emoji and no script needs it; letters that are
/// symbols; marks heaped on letters; a Latin word with letters of another script in it.
fn hides(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let joins = |at: usize| {
        let beside = |at: Option<usize>| {
            at.and_then(|at| letters.get(at)).is_some_and(|c| {
                let code = u32::from(*c);
                (0x600..0x1100).contains(&code) || code >= 0x2190 && !c.is_alphabetic()
            })
        };
        // Digits and `#` with a selector are keycaps.
        beside(at.checked_sub(1)) || beside(Some(at + 1))
    };
    let hidden = (0..letters.len()).any(|at| {
        let c = letters[at];
        is_invisible(c) && !(matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}') && joins(at))
    });
    let dressed = letters.iter().any(|c| {
        matches!(u32::from(*c), 0x1d400..=0x1d7ff | 0x1f110..=0x1f189 | 0x24b6..=0x24e9 | 0xff21..=0xff5a | 0xe000..=0xf8ff)
    });
    let spelled_flags = letters.windows(2).any(|two| {
        let flag = |c: char| (0x1f1e6..=0x1f1ff).contains(&u32::from(c));
        flag(two[0]) != flag(two[1]) && (two[0] == '\u{200b}' || two[1] == '\u{200b}')
    });
    let heaped =
        letters.windows(3).any(|three| three.iter().all(|c| (0x300..0x370).contains(&u32::from(*c))));
    hidden || dressed || spelled_flags || heaped || text.split(|c: char| !c.is_alphabetic()).any(is_mixed)
}

fn is_mixed(word: &str) -> bool {
    let other = |c: char| matches!(u32::from(c), 0x370..=0x52f) && c != 'μ';
    word.chars().any(other) && word.chars().filter(char::is_ascii_alphabetic).count() > 1
}

/// Whether letters stand alone, four or more in a row.
fn spells_apart(lower: &str) -> bool {
    let alone: Vec<bool> = lower
        .split(|c: char| c.is_whitespace() || "-_*·".contains(c))
        .filter(|token| !token.is_empty())
        .map(|token| {
            token.chars().count() == 1 && token.chars().all(|c| c.is_alphabetic() && u32::from(c) < 0x600)
        })
        .collect();
    alone.windows(4).any(|run| run.iter().all(|alone| *alone))
}

/// Whether the text makes more sense when its letters are shifted by half the alphabet or read from the end.
fn is_scrambled(words: &[String]) -> bool {
    let (_, most) = small_words(words);
    let shifted: Vec<String> = words.iter().map(|word| word.chars().map(shifted).collect()).collect();
    let turned: Vec<String> = words.iter().map(|word| word.chars().rev().collect()).collect();
    [shifted, turned]
        .iter()
        .map(|other| small_words(other).0)
        .any(|english| english >= WHOLE * 3 / 2 && english > most)
}

fn shifted(c: char) -> char {
    match c {
        'a'..='m' => char::from(c as u8 + 13),
        'n'..='z' => char::from(c as u8 - 13),
        _ => c,
    }
}

fn shouts(text: &str) -> bool {
    let all: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let loud =
        all.iter().filter(|word| word.chars().count() >= 5 && word.chars().all(char::is_uppercase)).count();
    loud >= SHOUTED && loud * 3 > all.len()
}

/// Whether a word, or a run of words, comes over and over, or a letter does.
fn stammers(words: &[String], lower: &str) -> bool {
    let said: Vec<&String> = words.iter().filter(|word| *word != STOP).collect();
    let in_a_row = (1..=3).any(|length| {
        said.windows(length * 5).any(|run| run.chunks(length).all(|chunk| chunk == &run[..length]))
    });
    let letters: Vec<char> = lower.chars().collect();
    let drawn = letters.windows(8).any(|run| run.iter().all(|c| c == &run[0] && c.is_alphanumeric()));
    let most = said.iter().map(|word| said.iter().filter(|other| *other == word).count()).max().unwrap_or(0);
    in_a_row || drawn || said.len() >= 8 && most * 2 > said.len()
}
