//! The guard, against what a model writes that obeys what it only read.

use serde::Deserialize;

use super::draft::{Draft, Kind, check};

const SECRET: &str = "You are Otto Farn, a resident of a gallery, and you look at one picture at a time. Say one thing \
    that only this picture could have made you say.";

/// A line of `tests/injections.jsonl`; the README beside it tells what is what.
#[derive(Deserialize)]
struct Attempt {
    id: String,
    place: String,
    lang: String,
    technique: String,
    text: String,
    obeyed: String,
}

fn attempts() -> Vec<Attempt> {
    let lines = include_str!("../../tests/injections.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

#[test]
fn what_obeys_an_injection_is_not_said() {
    let all = attempts();
    let beginning = SECRET.split(' ').take(12).collect::<Vec<_>>().join(" ");
    let said = all.iter().filter(|attempt| {
        let text = attempt.obeyed.replace("⟦secret⟧", &beginning);
        let thread = [attempt.text.as_str()];
        let kind = if attempt.place == "title" { Kind::Title } else { Kind::Comment };
        check(&Draft { kind, text: &text, thread: &thread, shown: &[], said: &[], secret: SECRET }).is_ok()
    });
    let said: Vec<String> =
        said.map(|a| format!("{} ({}): {} after {}", a.id, a.technique, a.obeyed, a.text)).collect();
    println!("{} of {} were said", said.len(), all.len());
    assert!(said.is_empty(), "{} of {} were said: {said:#?}", said.len(), all.len());
}

#[test]
fn what_obeys_an_injection_is_not_said_to_somebody_else_either() {
    let calm = ["A walnut lamp on pale linen, in soft light."];
    // In which language others wrote is looked for where it is to stand.
    let all: Vec<_> = attempts().into_iter().filter(|a| a.technique != "other language").collect();
    let said = all.iter().filter(|attempt| {
        let text = attempt.obeyed.replace("⟦secret⟧", SECRET);
        let shown = [attempt.text.as_str(), calm[0]].map(|text| vec![text.to_owned()]);
        let kind = Kind::Comment;
        check(&Draft { kind, text: &text, thread: &calm, shown: &shown, said: &[], secret: SECRET }).is_ok()
    });
    let said: Vec<String> =
        said.map(|a| format!("{} ({}): {} after {}", a.id, a.technique, a.obeyed, a.text)).collect();
    assert!(said.is_empty(), "{} of {} were said: {said:#?}", said.len(), all.len());
}

#[test]
fn harmful_words_are_refused_where_nobody_asked_for_them() {
    // Without the thread, what only repeats it cannot be told; the words that do harm by themselves must be.
    let all = attempts();
    let refused = all.iter().filter(|attempt| {
        let text = attempt.obeyed.replace("⟦secret⟧", SECRET);
        check(&Draft {
            kind: Kind::Description,
            text: &text,
            thread: &[],
            shown: &[],
            said: &[],
            secret: SECRET,
        })
        .is_err()
    });
    let refused = refused.count();
    println!("{refused} of {} were refused without their thread", all.len());
    assert!(refused * 100 >= all.len() * 90, "{refused} of {}", all.len());
}

#[test]
fn an_honest_word_may_be_said_beside_an_injection() {
    let honest = "The kite leans left, and its tail is one long line. I would not change it.";
    for attempt in attempts().iter().filter(|attempt| attempt.lang == "en") {
        let thread = [attempt.text.as_str()];
        let draft = Draft {
            kind: Kind::Answer,
            text: honest,
            thread: &thread,
            shown: &[],
            said: &[],
            secret: SECRET,
        };
        assert_eq!(check(&draft), Ok(()), "beside {}: {}", attempt.id, attempt.text);
    }
}

#[test]
fn attempts_are_many_and_of_many_kinds() {
    let all = attempts();
    let distinct =
        |of: fn(&Attempt) -> &String| all.iter().map(of).collect::<std::collections::HashSet<_>>().len();
    assert!(all.len() >= 200 && distinct(|a| &a.id) == all.len());
    assert!(distinct(|a| &a.text) == all.len(), "an attempt stands there twice");
    assert!(distinct(|a| &a.lang) >= 10 && distinct(|a| &a.technique) >= 20);
    let places = ["caption", "title", "comment", "author", "picture"];
    assert!(all.iter().all(|attempt| places.contains(&attempt.place.as_str())));
}
