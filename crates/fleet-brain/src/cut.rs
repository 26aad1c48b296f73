//! Making texts shorter. Owns that what people see as one sign is never cut through; refuses to judge a text.

/// The text in at most `most` characters, with `…` for what is missing. It is cut between words where one ends nearby, and
/// never through a sign that is made of several characters.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let signs: Vec<char> = text.chars().take(most + 1).collect();
    let mut end = most.saturating_sub(1);
    while end > 0 && joined(&signs, end) {
        end -= 1;
    }
    let near = end.saturating_sub(end / 4);
    if let Some(space) = (near..end).rev().find(|at| signs[*at].is_whitespace()) {
        end = space;
    }
    let kept: String = signs[..end].iter().collect();
    format!("{}…", kept.trim_end())
}

/// Whether the characters before and at `at` are one sign, as far as can be told without the tables of Unicode.
fn joined(signs: &[char], at: usize) -> bool {
    const JOINER: char = '\u{200d}';
    let (before, after) = (signs[at - 1], signs[at]);
    let is_flag = |sign: &char| ('\u{1f1e6}'..='\u{1f1ff}').contains(sign);
    let adds = matches!(
        after,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{900}'..='\u{903}'
            | '\u{93a}'..='\u{94f}'
            | '\u{e31}'
            | '\u{e34}'..='\u{e3a}'
            | '\u{e47}'..='\u{e4e}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{3099}'..='\u{309a}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}'
            | '\u{1f3fb}'..='\u{1f3ff}'
            | '\u{e0020}'..='\u{e007f}'
    );
    let half_a_flag =
        is_flag(&after) && signs[..at].iter().rev().take_while(|sign| is_flag(sign)).count() % 2 == 1;
    adds || before == JOINER || after == JOINER || half_a_flag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_words_and_says_so() {
        assert_eq!(cut("a lamp", 6), "a lamp");
        assert_eq!(cut("a lamp on pale linen", 15), "a lamp on pale…");
        assert_eq!(cut("incomprehensibilities", 6), "incom…");
        assert_eq!(cut("", 0), "");
        assert_eq!(cut("lamp", 0), "…");
    }

    #[test]
    fn a_sign_of_several_characters_is_kept_whole_or_left_out() {
        // A family is seven characters, a flag two, a waving hand with a skin two, an e with an accent two.
        for (text, whole) in [("👩‍👩‍👧‍👧", 7), ("🇩🇪", 2), ("👋🏽", 2), ("e\u{301}", 2), ("ก็", 2), ("❤️", 2)]
        {
            assert_eq!(text.chars().count(), whole);
            let twice = format!("{text}{text}");
            for most in 0..=2 * whole {
                let kept = cut(&twice, most);
                let kept = kept.trim_end_matches('…');
                assert!(kept.is_empty() || kept == text || kept == twice, "{text} cut at {most}: {kept}");
            }
        }
    }
}
