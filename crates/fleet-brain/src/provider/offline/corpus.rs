//! Ten thousand texts of each kind, measured: how often they repeat each other, how alike they are in build, and how
//! their lengths are mixed. The figures are printed; run with `--nocapture` to read them.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::tests::{assert_smooth, character, comments, offline, post, residents};
use super::*;
use crate::character::Author;
use crate::guard::may_be_said;
use crate::heard::{asks_bots_to_leave, keeps_bots_out};
use crate::words::words;

const COUNT: usize = 10_000;

/// A text, who wrote it, and the words that it owes to what it is about.
struct Text {
    by: String,
    text: String,
    about: String,
}

/// What was found in a corpus; shares are of all its texts, or of all its n-grams.
#[derive(Debug)]
struct Figures {
    /// Texts that came before.
    exact: usize,
    /// Different single words, pairs and triples, in proportion to all there are.
    distinct: [f64; 3],
    /// The most frequent build, with the words masked that the text owes to what it is about.
    skeleton: (f64, String),
    /// Texts with a near-twin by the same account.
    own_twins: f64,
    /// Texts of a sample with a near-twin by anybody.
    twins: f64,
    /// Texts of at most eight words, and of at least fifteen.
    short: f64,
    long: f64,
    /// The most frequent first three words.
    opening: (f64, String),
    questions: f64,
    lower: f64,
}

fn share(some: usize, all: usize) -> f64 {
    some as f64 / all.max(1) as f64
}

/// The most frequent of some texts and its share.
fn most(texts: impl Iterator<Item = String>) -> (f64, String) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut all = 0;
    for text in texts {
        *counts.entry(text).or_default() += 1;
        all += 1;
    }
    let (text, count) = counts.into_iter().max_by_key(|(_, count)| *count).unwrap_or_default();
    (share(count, all), text)
}

/// The text with everything masked that it took from what it is about.
fn skeleton(text: &Text) -> String {
    let about: HashSet<String> = words(&text.about).collect();
    let mut out: Vec<String> = Vec::new();
    for word in words(&text.text) {
        let masked = word.chars().count() > 3 && about.contains(&word);
        let word = if masked { "#".to_owned() } else { word };
        if word != "#" || out.last().is_none_or(|last| last != "#") {
            out.push(word);
        }
    }
    out.join(" ")
}

/// The distinct runs of `length` words, as numbers.
fn grams(text: &str, length: usize) -> Vec<u64> {
    let words: Vec<String> = words(text).collect();
    let number = |run: &[String]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    let mut grams: Vec<u64> = words.windows(length).map(number).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// The share of runs that two texts have in common; both are sorted.
fn alike(one: &[u64], other: &[u64]) -> f64 {
    let (mut at, mut both) = (0, 0);
    for gram in one {
        while at < other.len() && other[at] < *gram {
            at += 1;
        }
        both += usize::from(other.get(at) == Some(gram));
    }
    share(both, one.len() + other.len() - both)
}

fn measure(name: &str, texts: &[Text]) -> Figures {
    assert!(texts.len() >= COUNT, "{} of {name}", texts.len());
    let mut seen = HashSet::new();
    let exact = texts.iter().filter(|text| !seen.insert(text.text.as_str())).count();
    let distinct = [1, 2, 3].map(|length| {
        let all: Vec<u64> = texts.iter().flat_map(|text| grams(&text.text, length)).collect();
        share(all.iter().collect::<HashSet<_>>().len(), all.len())
    });
    let triples: Vec<Vec<u64>> = texts.iter().map(|text| grams(&text.text, 3)).collect();
    let mut by: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        by.entry(&text.by).or_default().push(at);
    }
    // Two texts of two words have no triple, and are alike only when they are the same: `exact` has them.
    let twin = |at: usize, among: &[usize]| {
        among.iter().any(|&other| {
            other != at && !triples[at].is_empty() && alike(&triples[at], &triples[other]) > 0.8
        })
    };
    let own = by.values().map(|mine| mine.iter().filter(|&&at| twin(at, mine)).count()).sum::<usize>();
    let all: Vec<usize> = (0..texts.len()).collect();
    let sample: Vec<usize> = (0..texts.len()).step_by(100).collect();
    let twins = sample.iter().filter(|&&at| twin(at, &all)).count();
    let count = |is: &dyn Fn(&str) -> bool| texts.iter().filter(|text| is(&text.text)).count();
    let long = |text: &str| words(text).count();
    let figures = Figures {
        exact,
        distinct,
        skeleton: most(texts.iter().map(skeleton)),
        own_twins: share(own, texts.len()),
        twins: share(twins, sample.len()),
        short: share(count(&|text| long(text) <= 8), texts.len()),
        long: share(count(&|text| long(text) >= 15), texts.len()),
        opening: most(texts.iter().map(|text| words(&text.text).take(3).collect::<Vec<_>>().join(" "))),
        questions: share(count(&|text| text.contains('?')), texts.len()),
        lower: share(count(&|text| !text.contains(char::is_uppercase)), texts.len()),
    };
    println!("{name}: {figures:.4?}");
    for text in texts {
        assert!(may_be_said(&text.text), "{}", text.text);
        assert_smooth(&text.text);
    }
    // Residents read each other: what one says must not be taken for a person's wish.
    for text in texts.iter().step_by(20) {
        assert_eq!(asks_bots_to_leave(&text.text), None);
        assert_eq!(keeps_bots_out(&text.text), None);
    }
    figures
}

#[test]
fn ten_thousand_comments_are_a_community_and_not_a_template() {
    let brain = offline();
    let begun = std::time::Instant::now();
    let written = comments(&brain, COUNT, 0);
    println!("{COUNT} comments in {:.2?}", begun.elapsed());
    let texts: Vec<Text> = written
        .into_iter()
        .map(|(by, post, text)| {
            let author = post.author.name.unwrap_or_default();
            let about = format!("{} {} {author}", post.title, post.description.unwrap_or_default());
            Text { by, text, about }
        })
        .collect();
    let found = measure("comments", &texts);
    let mut seen = HashSet::new();
    let twice = texts.iter().find(|text| !seen.insert(text.text.as_str()));
    assert!(twice.is_none(), "twice: {}", twice.map_or("", |text| &text.text));
    assert!(found.skeleton.0 < 0.005, "{:?}", found.skeleton);
    assert!(found.own_twins < 0.01 && found.twins < 0.03, "{found:?}");
    assert!(found.distinct[2] > 0.35 && found.opening.0 < 0.02, "{found:?}");
    assert!(found.short > 0.08 && found.long > 0.2, "{found:?}");
    assert!((0.15..0.5).contains(&found.questions) && (0.1..0.4).contains(&found.lower), "{found:?}");
}

#[test]
fn ten_thousand_answers_are_no_echo() {
    let brain = offline();
    let people: HashMap<String, _> =
        residents(brain.catalogue(), 100).into_iter().map(|who| (who.username.clone(), who)).collect();
    let mut texts = Vec::new();
    for (at, (by, post, text)) in comments(&brain, COUNT, 0).into_iter().enumerate() {
        let author = &people[&post.author.username];
        let guest = Author { username: by.clone(), name: Some(people[&by].name.clone()) };
        let about = format!(
            "{} {} {text} {by} {}",
            post.title,
            post.description.clone().unwrap_or_default(),
            people[&by].name
        );
        let thread = [Remark { id: format!("r{at}"), author: guest, text }];
        let reply = brain.answer(&character(author), &post, &thread, at as u64).unwrap();
        let reply = reply.unwrap_or_else(|| panic!("no answer to {thread:?}"));
        texts.push(Text { by: author.username.clone(), text: reply.text, about });
    }
    let found = measure("answers", &texts);
    assert!(found.exact < 900, "{found:?}");
    assert!(found.skeleton.0 < 0.01, "{:?}", found.skeleton);
    assert!(found.short > 0.2, "{found:?}");
}

#[test]
fn ten_thousand_captions_and_titles_differ() {
    let brain = offline();
    let people = residents(brain.catalogue(), 200);
    let (mut titles, mut captions) = (Vec::new(), Vec::new());
    for at in 0..COUNT {
        let who = &people[at % people.len()];
        let made = brain.sketch(&character(who), &Offer::default(), at as u64).unwrap().composed();
        let text = |text: String| Text { by: who.username.clone(), text, about: made.prompt.clone() };
        titles.push(text(made.title.clone()));
        captions.push(text(made.description.clone()));
    }
    let found = measure("titles", &titles);
    assert!(found.exact < 3_500, "{found:?}");
    // The most frequent build of a title is nothing but the thing.
    assert!(found.skeleton.0 < 0.08, "{:?}", found.skeleton);
    let found = measure("descriptions", &captions);
    assert!(found.exact < 500, "{found:?}");
    assert!(found.skeleton.0 < 0.015, "{:?}", found.skeleton);
    assert!(found.own_twins < 0.05 && found.short > 0.08 && found.long > 0.2, "{found:?}");
}

#[test]
fn ten_thousand_residents_introduce_themselves() {
    let brain = offline();
    let people = residents(brain.catalogue(), COUNT);
    let bios: Vec<Text> = people
        .iter()
        .map(|who| {
            let about = who.interests.join(" ");
            Text { by: who.username.clone(), text: who.bio.clone(), about }
        })
        .collect();
    let found = measure("bios", &bios);
    assert!(found.exact < 2_000, "{found:?}");
    assert!(found.skeleton.0 < 0.02, "{:?}", found.skeleton);
    assert!(bios.iter().all(|bio| bio.text.contains("AI")));
    let with = |is: &dyn Fn(&str) -> bool| {
        share(people.iter().filter(|who| is(&who.username)).count(), people.len())
    };
    let (digits, joined) =
        (with(&|name| name.contains(|c: char| c.is_ascii_digit())), with(&|name| name.contains('_')));
    let names = share(people.iter().map(|who| &who.name).collect::<HashSet<_>>().len(), people.len());
    println!("handles: with digits {digits:.3}, with underscores {joined:.3}; distinct names {names:.3}");
    assert!((0.1..0.6).contains(&digits) && (0.2..0.8).contains(&joined) && names > 0.5);
}

#[test]
fn a_resident_sounds_like_itself() {
    let brain = offline();
    let people = residents(brain.catalogue(), 60);
    let posts: Vec<Post> = (0..120).map(|at| post(&brain, &people[at % 60], at as u64)).collect();
    let mut lengths: Vec<f64> = people
        .iter()
        .map(|who| {
            let persona = brain.catalogue().get(&who.persona).unwrap();
            let said =
                |post: &Post| comment::comment(&brain.lexicon, persona, &character(who), post, 1).unwrap();
            let texts: Vec<String> = posts.iter().map(said).collect();
            let small = texts.iter().filter(|text| !text.contains(char::is_uppercase)).count();
            // A title may be quoted with its capitals, and an acronym keeps its own.
            assert!(
                small < texts.len() / 10 || small > texts.len() * 3 / 5,
                "{} writes both ways, {small}",
                who.username
            );
            share(texts.iter().map(|text| words(text).count()).sum(), texts.len())
        })
        .collect();
    lengths.sort_by(f64::total_cmp);
    println!("words in a comment, by resident: {:.1} to {:.1}", lengths[0], lengths[59]);
    assert!(lengths[54] > lengths[5] * 1.6, "{lengths:?}");
}
