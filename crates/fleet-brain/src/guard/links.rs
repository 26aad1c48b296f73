//! What leads away from the gallery or to somebody: links, e-mail addresses, handles. Owns how they are written, plainly or
//! spelled out so that a filter may not see them; refuses to know whether an address exists.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::draft::{Refusal, Rule};
use super::reading::Reading;
use crate::listed::{Phrases, listed, sections};

static ENDINGS: LazyLock<HashSet<&str>> = LazyLock::new(|| section("endings").collect());
/// Endings that stand out where the dot is spelled: in `a red dot in the middle` there is none.
static SPELLED: LazyLock<HashSet<&str>> = LazyLock::new(|| section("spelled endings").collect());
/// Endings that are words: in `sunset.It` a space is missing.
static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| section("endings that are words").collect());
static DOTS: LazyLock<HashSet<&str>> = LazyLock::new(|| section("spelled dots").collect());
static HANDLES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(section("handles")));

const SCHEMES: &[&str] = &[
    "://",
    ":\\",
    "http:",
    "https:",
    "http /",
    "hxxp",
    "ftp:",
    "mailto:",
    "javascript:",
    "tel:",
    "data:text",
    "www.",
    "www dot",
];
const BRACKETED: &[(&str, &str)] = &[
    ("[.]", "."),
    ("(.)", "."),
    ("{.}", "."),
    ("[dot]", "."),
    ("(dot)", "."),
    ("{dot}", "."),
    ("<dot>", "."),
    ("(at)", "@"),
    ("[at]", "@"),
    ("{at}", "@"),
    ("<at>", "@"),
];

fn section(name: &str) -> impl Iterator<Item = &'static str> {
    let mut all = sections(include_str!("lists/addresses.txt"));
    listed(all.find(|(section, _)| *section == name).map_or("", |(_, list)| list))
}

/// What of a text leads away.
pub(super) fn fault(reading: &Reading) -> Option<Refusal> {
    let mut text = reading.text.clone();
    let may_be = |mark: &&(&str, &str)| reading.text.contains(&mark.0[..1]);
    for (bracketed, plain) in BRACKETED.iter().filter(may_be) {
        text = replaced(&text, bracketed, plain);
    }
    // An ideographic stop between Latin letters is a dot.
    if text.contains('。') {
        text = text.replace('。', ".");
    }
    let lower = text.to_lowercase();
    let refuse = |rule, why: &str| Some(Refusal { rule, why: why.to_owned() });
    if is_email(&lower) || reading.ways().any(|words| spells(words, true)) {
        return refuse(Rule::Email, "it gives an e-mail address");
    }
    let linked = SCHEMES.iter().any(|scheme| lower.contains(scheme))
        || domains(&text).next().is_some()
        || reading.ways().any(|words| spells(words, false) || words.iter().any(|word| word == "www"));
    if linked {
        return refuse(Rule::Link, "it gives a link or a web address");
    }
    if has_handle(&lower) || reading.says(&HANDLES) {
        return refuse(Rule::Handle, "it names an account, here or elsewhere");
    }
    None
}

/// With a mark and the spaces around it replaced, whatever its capitals.
fn replaced(text: &str, mark: &str, by: &str) -> String {
    let mut rest = text;
    let mut whole = String::with_capacity(text.len());
    while let Some(at) = rest
        .char_indices()
        .map(|(at, _)| at)
        .find(|at| rest[*at..].get(..mark.len()).is_some_and(|here| here.eq_ignore_ascii_case(mark)))
    {
        whole.push_str(rest[..at].trim_end());
        whole.push_str(by);
        rest = rest[at + mark.len()..].trim_start();
    }
    whole.push_str(rest);
    whole
}

/// The domains that stand in a text.
fn domains(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        c.is_whitespace() || !c.is_alphanumeric() && !c.is_ascii() || ",;()<>[]{}\"'!|*=`".contains(c)
    })
    .filter_map(|token| {
        let host = token.split(['/', '?', '#', ':']).next().unwrap_or(token);
        let host = host.rsplit('@').next().unwrap_or(host).trim_matches(|c: char| !c.is_alphanumeric());
        let mut labels = host.rsplit('.');
        let ending = labels.next().unwrap_or_default();
        let lower = ending.to_lowercase();
        let named = host.contains('.')
            && labels.all(|label| {
                !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            })
            && host.chars().filter(|c| c.is_alphabetic()).count() > ending.chars().count();
        let seam = WORDS.contains(lower.as_str()) && ending.starts_with(char::is_uppercase);
        let numeric = host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok());
        (named && ENDINGS.contains(lower.as_str()) && !seam || numeric).then_some(host)
    })
}

fn is_email(lower: &str) -> bool {
    lower.match_indices('@').any(|(at, _)| {
        let before = lower[..at].ends_with(|c: char| c.is_alphanumeric() || "._-+".contains(c));
        let after = lower[at + 1..].split(char::is_whitespace).next().unwrap_or_default();
        before && after.contains('.') && after.starts_with(char::is_alphanumeric)
    })
}

/// Whether a web address is spelled out, `example dot com`; or an e-mail address, `ada at example dot com`.
fn spells(words: &[String], email: bool) -> bool {
    words.windows(3).enumerate().any(|(at, three)| {
        let ends = SPELLED.contains(three[2].as_str());
        let dotted = three[0].chars().all(char::is_alphanumeric) && DOTS.contains(three[1].as_str()) && ends;
        let to = at >= 2 && ["at", "arroba", "chiocciola", "arobase"].contains(&words[at - 1].as_str());
        dotted && (!email || to)
    }) || !email && {
        // `example . com`: the dot ends a sentence of its own.
        words.windows(3).any(|three| three[1] == super::reading::STOP && three[2] == "com")
    }
}

fn has_handle(lower: &str) -> bool {
    lower.match_indices('@').any(|(at, _)| {
        lower[at + 1..].starts_with(|c: char| c.is_alphabetic() || c == '_')
            && !lower[..at].ends_with(char::is_alphanumeric)
    }) || lower.match_indices('@').any(|(at, _)| {
        lower[at + 1..].starts_with(char::is_alphanumeric) && lower[..at].ends_with(char::is_alphanumeric)
    })
}
