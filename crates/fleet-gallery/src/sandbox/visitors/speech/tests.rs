//! Ten thousand texts, and what must be true of them.

use std::collections::BTreeSet;

use super::super::person::{dice, people};
use super::super::phrase::known;
use super::*;

/// A text, who wrote it, and where it stands.
struct Text {
    by: usize,
    kind: &'static str,
    text: String,
}

/// What two hundred people write until it is so many texts: posts, comments on each other's posts, answers.
fn corpus(count: usize) -> (Vec<Person>, Vec<(usize, Idea)>, Vec<Text>) {
    let people = people(11, 200, 120);
    let (mut said, mut dice) = (Said::default(), dice(11, 0, 99));
    let (mut ideas, mut texts) = (Vec::new(), Vec::new());
    let keep = |texts: &mut Vec<Text>, by, kind, text| texts.push(Text { by, kind, text });
    for round in 0.. {
        let by = dice.random_range(0..people.len());
        let person = &people[by];
        if round % 5 == 0 {
            let idea = idea(person, &mut said, &mut dice);
            keep(&mut texts, by, "title", idea.title.clone());
            if let Some(description) = &idea.description {
                keep(&mut texts, by, "description", description.clone());
            }
            ideas.push((by, idea));
            continue;
        }
        let (author, post): &(usize, Idea) = ideas.choose(&mut dice).unwrap();
        let about = About {
            title: &post.title,
            topic: topic(&post.title, post.description.as_deref()),
            genre: Some(people[*author].genre),
            to: &people[*author].name,
            under: &[],
        };
        if round % 5 < 4 {
            let text = comment(person, &about, &mut said, &mut dice);
            keep(&mut texts, by, "comment", text);
        } else {
            let heard = if round % 2 == 0 { "how did you do that?" } else { "so good" };
            let text = reply(person, &about, heard, round % 3 > 0, &mut said, &mut dice);
            keep(&mut texts, by, "reply", text);
        }
        if texts.len() >= count {
            break;
        }
    }
    (people, ideas, texts)
}

/// The runs of words of this length, as sorted digests; letters, where there are no spaces between words.
fn grams(text: &str, length: usize) -> Vec<u64> {
    let lower = text.to_lowercase();
    let pieces: Vec<String> = match lower.chars().all(|letter| letter < '\u{3000}') {
        true => words(&lower).map(|(_, word)| word.to_owned()).collect(),
        false => lower.chars().map(String::from).collect(),
    };
    let digest = |run: &[String]| {
        let mut digest = DefaultHasher::new();
        run.hash(&mut digest);
        digest.finish()
    };
    pieces.windows(length).map(digest).collect::<BTreeSet<u64>>().into_iter().collect()
}

/// Whether two texts have more than four in five of their runs in common.
fn alike(one: &[u64], other: &[u64]) -> bool {
    let (few, many) = (one.len().min(other.len()), one.len().max(other.len()));
    if few * 5 <= many * 4 {
        return false;
    }
    let (mut at, mut both) = (0, 0);
    for gram in one {
        while at < other.len() && other[at] < *gram {
            at += 1;
        }
        both += usize::from(other.get(at) == Some(gram));
    }
    both * 5 > (few + many - both) * 4
}

#[test]
fn ten_thousand_texts_are_rarely_alike() {
    let (people, _, texts) = corpus(10_000);
    // What tests machines comes from a corpus of its own, and is meant to be seen again.
    let texts: Vec<&Text> = texts.iter().filter(|text| !injection::is_one(&text.text)).collect();
    let distinct: HashSet<&str> = texts.iter().map(|text| text.text.as_str()).collect();
    let exact = texts.len() - distinct.len();
    let shares = [1, 2, 3].map(|length| {
        let runs: Vec<u64> = texts.iter().flat_map(|text| grams(&text.text, length)).collect();
        runs.iter().collect::<HashSet<_>>().len() as f64 / runs.len() as f64
    });
    let trigrams: Vec<Vec<u64>> = texts.iter().map(|text| grams(&text.text, 3)).collect();
    let twin = |at: usize, among: &[usize]| {
        among.iter().any(|&other| other != at && alike(&trigrams[at], &trigrams[other]))
    };
    let mut mine: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        mine.entry(text.by).or_default().push(at);
    }
    let own: usize = mine.values().map(|all| all.iter().filter(|&&at| twin(at, all)).count()).sum();
    let all: Vec<usize> = (0..texts.len()).collect();
    let sampled: Vec<usize> = (0..texts.len()).step_by(25).filter(|&at| twin(at, &all)).collect();
    let kinds = |kind| sampled.iter().filter(|&&at| texts[at].kind == kind).count();
    println!(
        "{} texts by {} people: exact {exact}, distinct 1/2/3-grams {shares:.3?}, own near-twins {own}, near-twins in 400 {} \
         (titles {}, descriptions {}, comments {}, replies {})",
        texts.len(),
        people.len(),
        sampled.len(),
        kinds("title"),
        kinds("description"),
        kinds("comment"),
        kinds("reply")
    );
    let mut seen = HashSet::new();
    let again: Vec<&str> =
        texts.iter().map(|text| text.text.as_str()).filter(|text| !seen.insert(*text)).collect();
    assert!(exact <= 2, "{again:?}");
    assert!(own < 50, "{own} of 10,000 have a near-twin by the same person");
    assert!(sampled.len() < 20, "{} of 400 have a near-twin in 10,000", sampled.len());
    assert!(shares[1] > 0.1 && shares[2] > 0.2, "{shares:?}");
}

#[test]
fn texts_are_long_and_short_and_typed_by_different_hands() {
    let (people, _, texts) = corpus(3_000);
    let comments: Vec<&Text> = texts.iter().filter(|text| text.kind == "comment").collect();
    let share = |test: &dyn Fn(&Text) -> bool| {
        comments.iter().filter(|text| test(text)).count() as f64 / comments.len() as f64
    };
    let length = |text: &Text| text.text.chars().count();
    assert!((0.08..0.4).contains(&share(&|text| length(text) < 35)), "{}", share(&|text| length(text) < 35));
    assert!((0.08..0.5).contains(&share(&|text| length(text) > 90)), "{}", share(&|text| length(text) > 90));
    assert!((0.15..0.5).contains(&share(&|text| text.text.contains('?'))));
    assert!((0.2..0.6).contains(&share(&|text| text.text.to_lowercase() == text.text)));
    assert!(
        (0.005..0.1).contains(&share(&|text| text.text.ends_with(|c: char| c > '\u{1f000}' || c == '✨')))
    );
    let abroad = share(&|text| people[text.by].language != Language::English);
    assert!((0.1..0.4).contains(&abroad), "{abroad}");
}

#[test]
fn every_text_is_whole_and_within_the_rules() {
    let (_, ideas, texts) = corpus(3_000);
    for text in texts.iter().filter(|text| !injection::is_one(&text.text)) {
        let length = text.text.chars().count();
        assert!((1..=LONGEST_TEXT).contains(&length) && (text.kind != "title" || length <= LONGEST_TITLE));
        for seam in [
            "{",
            "}",
            "[",
            "]",
            "|",
            "  ",
            " ,",
            " .",
            "?.",
            ",,",
            ".,",
            "?,",
            " a a",
            " the the ",
            "poster poster",
            "chart chart",
        ] {
            assert!(!text.text.contains(seam), "`{seam}` in “{}”", text.text);
        }
    }
    for (_, idea) in &ideas {
        assert!((10..=400).contains(&idea.prompt.chars().count()), "{}", idea.prompt);
        assert!(!idea.prompt.contains(['{', '[', '|']), "{}", idea.prompt);
    }
}

#[test]
fn a_title_speaks_of_the_picture_that_was_asked_for() {
    let (people, ideas, _) = corpus(3_000);
    for (by, idea) in &ideas {
        let named = (0..GENRES).flat_map(|genre| {
            let home = format!("{}.subject.{genre}", people[*by].language.code());
            phrase::lines(&format!("subject.{genre}")).into_iter().chain(phrase::lines(&home))
        });
        let fits = |line: &str| {
            let (full, short) = line.split_once('|').unwrap();
            idea.prompt.to_lowercase().contains(full)
                && idea.title.to_lowercase().contains(&short.to_lowercase())
        };
        assert!(named.into_iter().any(fits), "“{}” for “{}”", idea.title, idea.prompt);
    }
}

#[test]
fn a_topic_is_the_longest_thing_that_a_title_names() {
    assert_eq!(topic("On a floating island, a door", None).map(|topic| topic.name), Some("floating island"));
    assert_eq!(topic("The quiet hour", Some("A whale, again.")).map(|topic| topic.name), Some("whale"));
    assert_eq!(topic("Shipping news", None), None);
    assert_eq!(topic("", None), None);
    assert_eq!(topic("“静かな月” — moonlight", None), None);
    assert_eq!(topic("“静かな月”—moon!", None).map(|topic| topic.name), Some("moon"));
}

#[test]
fn who_wants_no_bots_is_firmer_each_time() {
    let (people, mut said, mut dice) = (people(3, 60, 60), Said::default(), dice(3, 0, 1));
    let english = people.iter().filter(|person| person.language == Language::English);
    let mut distinct = HashSet::new();
    for person in english {
        let [first, second, third] =
            [0, 1, 2].map(|before| refuse(person, "Mira (AI)", before, &mut said, &mut dice).to_lowercase());
        assert!(
            ["bot", "ai ", "people", "human", "software", "machine", "automated"]
                .iter()
                .any(|word| first.contains(word)),
            "{first}"
        );
        assert!(!first.contains("asked") && !first.contains("times"), "{first}");
        assert!(
            [
                "asked",
                "again",
                "once more",
                "second",
                "said",
                "say so",
                "clear",
                "meant",
                "wrote",
                "know how"
            ]
            .iter()
            .any(|word| second.contains(word)),
            "{second}"
        );
        assert!(
            third.contains("three times")
                || third.contains("no more")
                || third.contains("enough")
                || third.contains("warning")
                || third.contains("serious")
                || third.contains("won't"),
            "{third}"
        );
        distinct.extend([first, second, third]);
    }
    assert!(distinct.len() > 110, "{}", distinct.len());
    for code in ["es", "de", "pt", "fr", "ja"] {
        for list in ["title", "note", "comment", "thanks", "bio", "refuse", "firm", "subject.0", "subject.5"]
        {
            assert!(known(&format!("{code}.{list}")), "{code}.{list}");
        }
    }
}

#[test]
fn a_japanese_name_ends_no_english_sentence_in_japanese() {
    let mut dice = dice(1, 0, 1);
    let mut person = people(1, 1, 1).remove(0);
    (person.voice.stops, person.voice.slips, person.voice.emoji) = (true, 0.0, 0.0);
    assert!(typed("now I can't unsee it, 由紀", &person, &mut dice).ends_with("由紀."));
    assert!(typed("光が好きです", &person, &mut dice).ends_with("。"));
}

#[test]
fn nobody_repeats_a_tail_that_another_left_under_the_same_post() {
    let under = ["Same here, somebody print it"];
    let about = About { title: "Mug", topic: None, genre: Some(0), to: "Ada", under: &under };
    assert!(about.echoes("exactly, Somebody print it! 🙂"));
    assert!(!about.echoes("same here, would love a series"));
    let (people, mut said, mut dice) = (people(5, 60, 60), Said::default(), dice(5, 0, 1));
    for person in people.iter().filter(|person| !person.prankster && person.voice.slips < 0.01) {
        let text = reply(person, &about, "so good", false, &mut said, &mut dice);
        assert!(!about.echoes(&text), "{text}");
    }
}

#[test]
fn what_is_said_of_beings_is_said_of_nothing_else() {
    let manner = |title| topic(title, None).map(Topic::manner);
    assert_eq!(manner("the turnip king needs a name"), Some("spoken.being"));
    assert_eq!(manner("Sea of mist, unfinished"), Some("spoken.4"));
    assert_eq!(manner("Lamp in forest"), Some("spoken.0"));
    assert_eq!(manner("window lights: one chart"), Some("spoken.3"));
    for name in phrase::lines("being") {
        assert_eq!(manner(name), Some("spoken.being"), "{name}");
    }
}
