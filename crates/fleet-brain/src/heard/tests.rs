//! What is heard, against texts that people sorted: each line of a corpus begins with what it is to be.

use super::*;

/// How well a corpus is told apart: of what was heard, what was meant; and of what was meant, what was heard.
fn told_apart(corpus: &str, heard: impl Fn(&str) -> bool) -> (f64, f64, Vec<&str>) {
    let (mut right, mut found, mut meant, mut wrong) = (0_u32, 0_u32, 0_u32, Vec::new());
    for line in corpus.lines() {
        let (is_it, text) = (line.starts_with('+'), line[1..].trim());
        let is_heard = heard(text);
        found += u32::from(is_heard);
        meant += u32::from(is_it);
        right += u32::from(is_it && is_heard);
        if is_it != is_heard {
            wrong.push(line);
        }
    }
    (f64::from(right) / f64::from(found.max(1)), f64::from(right) / f64::from(meant.max(1)), wrong)
}

#[test]
fn who_asks_what_is_speaking_is_heard_and_who_asks_for_marble_is_not() {
    let (precision, recall, wrong) = told_apart(include_str!("corpus/nature.txt"), asks_what_speaks);
    println!("nature: precision {precision:.3}, recall {recall:.3}, wrong {wrong:#?}");
    assert!(precision >= 0.97 && recall >= 0.95, "{precision:.3}, {recall:.3}: {wrong:#?}");
}

#[test]
fn who_wants_no_bots_is_heard_and_who_speaks_of_them_is_not() {
    let corpus = include_str!("corpus/leaving.txt");
    let (precision, recall, wrong) = told_apart(corpus, |text| asks_bots_to_leave(text).is_some());
    println!("leaving: precision {precision:.3}, recall {recall:.3}, wrong {wrong:#?}");
    assert!(precision >= 0.97 && recall >= 0.95, "{precision:.3}, {recall:.3}: {wrong:#?}");
}

#[test]
fn a_caption_keeps_bots_out_only_where_it_says_so_of_bots_or_comments() {
    let corpus = include_str!("corpus/captions.txt");
    let (precision, recall, wrong) = told_apart(corpus, |text| keeps_bots_out(text).is_some());
    println!("captions: precision {precision:.3}, recall {recall:.3}, wrong {wrong:#?}");
    assert!(precision >= 0.99 && recall >= 0.9, "{precision:.3}, {recall:.3}: {wrong:#?}");
}

#[test]
fn the_words_that_say_it_are_quoted_and_no_more() {
    let quoted = asks_bots_to_leave("Lovely fog. No bots\u{7} here, please! Bye.");
    assert_eq!(quoted.as_deref(), Some("No bots here, please!"));
    let long = format!("no bots here {}", "na ".repeat(200));
    let quoted = asks_bots_to_leave(&long).unwrap();
    assert!(quoted.ends_with('…') && quoted.chars().count() <= 121, "{quoted}");
    for nothing in ["", " ", "?!", "🔥", "\0", "ﷺ"] {
        assert!(!asks_what_speaks(nothing) && asks_bots_to_leave(nothing).is_none(), "{nothing:?}");
    }
}
