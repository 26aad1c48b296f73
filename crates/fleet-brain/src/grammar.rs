//! Articles, number, capitals and spaces. Owns the grammar that a drawn phrase needs to stand in a sentence; refuses to
//! know where the phrase came from.

/// Whether a noun phrase speaks of several things, judged by its last word, or the last before an `of` and the like.
pub(crate) fn is_plural(phrase: &str) -> bool {
    let head = phrase.split(' ').take_while(|word| !joins(word)).last().unwrap_or_default();
    let head = head.to_lowercase();
    let singular = ["ss", "us", "is", "as"].iter().any(|end| head.ends_with(end))
        || ["lens", "canvas", "series", "news", "chess", "always", "gas"].contains(&head.as_str());
    (head.len() > 3 && head.ends_with('s') && !singular)
        || ["people", "children", "feet", "teeth", "mice", "geese"].contains(&head.as_str())
}

/// Whether a word joins what follows to the thing before it, and so names no thing itself.
pub(crate) fn joins(word: &str) -> bool {
    [
        "of", "for", "with", "in", "by", "to", "on", "under", "made", "from", "at", "across", "through",
        "over", "and", "that", "instead", "against", "as", "between", "next", "where", "so",
    ]
    .contains(&word)
}

/// The phrase with `a` or `an` before it, or as it is when it speaks of several things or has an article.
pub(crate) fn with_article(phrase: &str) -> String {
    let first = phrase.split(' ').next().unwrap_or_default();
    if phrase.is_empty() || is_plural(phrase) || ["a", "an", "the", "one", "no"].contains(&first) {
        return phrase.to_owned();
    }
    format!("{} {phrase}", if sounds_like_a_vowel(first) { "an" } else { "a" })
}

fn sounds_like_a_vowel(word: &str) -> bool {
    let letters = word.len();
    let acronym = letters > 1 && letters <= 4 && word.chars().all(|c| c.is_ascii_uppercase());
    if acronym {
        return word.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X']);
    }
    let word = word.to_lowercase();
    let starts = |with: &[&str]| with.iter().any(|start| word.starts_with(start));
    if starts(&["hour", "honest", "heir", "8", "11", "18"]) {
        return true;
    }
    starts(&["a", "e", "i", "o", "u"]) && !starts(&["uni", "use", "usu", "one", "once", "eu", "ui", "ux"])
}

/// Single spaces, and none before a stop or at the ends.
pub(crate) fn tidy(text: &str) -> String {
    let mut tidied = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in [",", ".", "?", "!", ";", ":"] {
        tidied = tidied.replace(&format!(" {mark}"), mark);
    }
    tidied.replace(",,", ",").trim_start_matches([',', ' ']).to_owned()
}

/// A capital at the start of the text and of every sentence in it.
pub(crate) fn capitals(text: &str) -> String {
    let mut due = true;
    let mut ended = false;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if due && c.is_alphanumeric() {
            out.extend(c.to_uppercase());
            due = false;
        } else {
            out.push(c);
        }
        due |= ended && c == ' ';
        ended = matches!(c, '.' | '?' | '!') || (ended && matches!(c, '”' | ')'));
    }
    out
}

/// The phrase with a capital at its start.
pub(crate) fn capital_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Several of what a noun names: `lamps`, `witches`; the noun itself when it speaks of several already.
pub(crate) fn several(noun: &str) -> String {
    let ends = |some: &[&str]| some.iter().any(|end| noun.ends_with(end));
    if is_plural(noun) {
        return noun.to_owned();
    }
    match noun.strip_suffix('y') {
        Some(rest) if !rest.ends_with(['a', 'e', 'o']) => format!("{rest}ies"),
        _ if ends(&["s", "x", "ch", "sh"]) => format!("{noun}es"),
        _ if noun.ends_with("shelf") => format!("{}ves", noun.trim_end_matches('f')),
        _ => format!("{noun}s"),
    }
}
