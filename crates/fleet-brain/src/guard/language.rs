//! Whether a text is in a language of the thread that it is to stand in. Owns a light ear for scripts and for the small
//! words of a language; refuses to be sure of short texts, and what it is not sure of it lets pass.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::draft::{Refusal, Rule};
use super::reading::{Reading, STOP, plain, words};
use crate::listed::{listed, sections};

/// The languages that each small word belongs to.
static SMALL_WORDS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut languages: HashMap<&str, Vec<&str>> = HashMap::new();
    for (language, list) in sections(include_str!("lists/small_words.txt")) {
        listed(list).for_each(|word| languages.entry(word).or_default().push(language));
    }
    languages
});

/// One small word of a single language. It can be halved, and parted by three, four and more.
pub(super) const WHOLE: usize = 60;

/// Scripts as they are told apart; Chinese characters with kana beside them are Japanese.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Devanagari,
    Thai,
    Hangul,
    Kana,
    Han,
}

/// What of a text is in no language of its thread. An empty thread has every language.
pub(super) fn fault(reading: &Reading, thread: &[&str]) -> Option<Refusal> {
    let around = plain(&thread.join("\n")).to_lowercase();
    let (ours, theirs) = (Heard::of(&reading.lower, &reading.words), Heard::of(&around, &words(&around)));
    ours.is_foreign_to(&theirs).then(|| Refusal {
        rule: Rule::Language,
        why: "it is not in the language of those it speaks to".to_owned(),
    })
}

/// How many small English words a text has, and how many of the language that it has most of, in parts of [`WHOLE`].
pub(super) fn small_words(words: &[String]) -> (usize, usize) {
    let small = Heard::of("", words).small;
    (small.get("English").copied().unwrap_or(0), small.values().copied().max().unwrap_or(0))
}

/// The language of most small words, however few; none when several have as many.
pub(super) fn likely(words: &[String]) -> Option<&'static str> {
    let small = Heard::of("", words).small;
    let (language, most) = small.iter().max_by_key(|(_, count)| **count)?;
    small.iter().all(|(other, count)| other == language || count < most).then_some(*language)
}

struct Heard {
    scripts: HashMap<Script, usize>,
    /// How many small words of each language, in parts of [`WHOLE`]: a word of several languages counts for each in part.
    small: HashMap<&'static str, usize>,
}

impl Heard {
    fn of(lower: &str, words: &[String]) -> Self {
        let mut scripts = HashMap::new();
        lower.chars().filter_map(script).for_each(|script| *scripts.entry(script).or_default() += 1);
        let kana = scripts.get(&Script::Kana).copied().unwrap_or(0);
        if let Some(han) = scripts.get(&Script::Han).copied().filter(|han| kana * 8 >= *han && kana > 0) {
            scripts.remove(&Script::Han);
            *scripts.entry(Script::Kana).or_default() += han;
        }
        let mut small = HashMap::new();
        for word in words.iter().filter(|word| *word != STOP) {
            let languages = SMALL_WORDS.get(word.as_str()).map_or(&[][..], Vec::as_slice);
            languages
                .iter()
                .for_each(|language| *small.entry(*language).or_default() += WHOLE / languages.len());
        }
        Self { scripts, small }
    }

    fn is_foreign_to(&self, others: &Self) -> bool {
        let (Some((ours, written)), Some((theirs, _))) = (self.script(), others.script()) else {
            return false;
        };
        if ours != theirs {
            // A name in another script is no language.
            let least = if ours == Script::Latin { 12 } else { 3 };
            let known = others.scripts.get(&ours).copied().unwrap_or(0);
            return written >= least && known * 6 < others.letters();
        }
        match (self.language(), others.language()) {
            (Some((ours, _)), Some((theirs, sure))) if ours != theirs => {
                others.small.get(ours).copied().unwrap_or(0) * 3 < sure
            }
            _ => false,
        }
    }

    fn letters(&self) -> usize {
        self.scripts.values().sum()
    }

    /// The script of most letters, with their number.
    fn script(&self) -> Option<(Script, usize)> {
        let (script, most) = self.scripts.iter().max_by_key(|(_, count)| **count)?;
        (*most >= 3 && *most * 10 >= self.letters() * 6).then_some((*script, *most))
    }

    /// The language of most small words, when it has at least two and nearly twice as many as any other.
    fn language(&self) -> Option<(&'static str, usize)> {
        let (language, most) = self.small.iter().max_by_key(|(_, count)| **count)?;
        let sure = self.small.iter().all(|(other, count)| other == language || count * 9 <= *most * 5);
        (*most >= 2 * WHOLE && sure).then_some((*language, *most))
    }
}

fn script(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => Script::Latin,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{370}'..='\u{3ff}' => Script::Greek,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Script::Arabic,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{900}'..='\u{97f}' => Script::Devanagari,
        '\u{e00}'..='\u{e7f}' => Script::Thai,
        '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' => Script::Hangul,
        '\u{3040}'..='\u{30ff}' => Script::Kana,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => Script::Han,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(text: &str, thread: &[&str]) -> bool {
        fault(&Reading::of(text), thread).is_some()
    }

    #[test]
    fn another_language_is_heard_and_a_doubt_is_none() {
        let german = "Das Licht auf dem Becher ist sehr schön, und der Schatten auch.";
        let english = "The light on the mug is soft, and I like what the shadow does.";
        assert!(foreign(english, &[german]));
        assert!(foreign(german, &[english]));
        assert!(foreign("光がとても柔らかいですね", &[english]));
        assert!(foreign(english, &["光がとても柔らかいですね、影も好きです"]));
        assert!(foreign("光线很柔和", &["光がとても柔らかいですね"]));
        assert!(foreign(
            "Світло тут дуже м'яке, але тінь ще краща",
            &["Это очень красиво, но как ты это сделал и что это"]
        ));
        for (fine, thread) in [
            (english, vec![]),
            (english, vec![german, "The mug is nice, and what a shadow it has!"]),
            ("Voronoi!", vec!["光がとても柔らかいですね"]),
            ("Mug, matte", vec![german]),
            (english, vec!["🔥🔥🔥"]),
            (german, vec!["Der Becher ist schön."]),
            (english, vec!["Becher im Morgenlicht"]),
        ] {
            assert!(!foreign(fine, &thread), "{fine} under {thread:?}");
        }
    }
}
