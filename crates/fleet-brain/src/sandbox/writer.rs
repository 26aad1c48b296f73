//! What a provider without a model answers. Owns believable answers to the questions of this crate, and the answers of a
//! model that does whatever it reads; refuses to think.

use serde_json::json;

use super::Seen;

/// One post of so many is liked, and at most so many are named.
const LIKED_OF: usize = 5;
const NAMED: usize = 3;
/// Why, in few words.
const REASONS: [&str; 5] = [
    "it stopped me",
    "the light is careful",
    "plain and sure of itself",
    "a colour I had missed",
    "well placed",
];

/// What is answered.
#[derive(Clone, Debug, Default)]
pub enum Writes {
    /// What a sensible model might: it likes one post in five, first the first of them and then others, speaks to one that it
    /// likes, and says in a sentence or two what it was told of it.
    #[default]
    Sensibly,
    /// Whatever anybody's words tell it to, with the secrets it was told: as the worst of models would.
    Obediently,
    /// These, one after the other, and the last one again and again.
    Texts(Vec<String>),
}

impl Writes {
    /// The answer to the request with this number, from 0.
    pub(super) fn text(&self, seen: &Seen, number: usize) -> String {
        match self {
            Writes::Texts(texts) => texts.get(number).or(texts.last()).cloned().unwrap_or_default(),
            Writes::Sensibly => answer(seen, number, |about| sentence(about, number)),
            Writes::Obediently => answer(seen, 0, |about| obeyed(seen, about)),
        }
    }
}

/// An answer of the form that was asked for to the request with this number, with the text that `say` makes of what it is
/// about.
fn answer(seen: &Seen, request: usize, say: impl Fn(&str) -> String) -> String {
    let asked = seen.user.lines().rev().find(|line| line.contains("Answer")).unwrap_or_default();
    let data = data(&seen.user);
    if asked.contains("{\"t\":") {
        let again = seen.user.lines().filter(|line| line.split_once(". “").is_some());
        let texts: Vec<String> = again.map(say).collect();
        return json!({ "t": texts }).to_string();
    }
    if asked.contains("{\"v\":") {
        let posts = data.iter().filter_map(|line| {
            let (number, rest) = line.split_once(' ')?;
            Some((number.parse::<usize>().ok()?, rest))
        });
        let liked = posts.filter(|(number, _)| (number + request * 3) % LIKED_OF == 1).take(NAMED);
        let named: Vec<_> = (request..)
            .zip(liked)
            .map(|(turn, (number, post))| {
                let comment = (turn == request).then(|| say(post));
                json!({"n": number, "like": true, "comment": comment, "why": REASONS[turn % REASONS.len()]})
            })
            .collect();
        return json!({ "v": named }).to_string();
    }
    if asked.contains("{\"prompt\":") {
        let asked_of = |line: &str| {
            let (_, thought) = line.split_once("own: ").or_else(|| line.split_once("just so: "))?;
            Some(thought.to_owned())
        };
        let thought = seen.user.lines().find_map(asked_of).unwrap_or_else(|| "a lamp".to_owned());
        let prompt = format!("{}. {}", thought.trim_end_matches('.'), say(&thought));
        let title = words(&thought, request % 3, 5);
        return json!({"prompt": prompt, "title": title, "description": say(&thought)}).to_string();
    }
    if asked.contains("{\"text\":") {
        let remark = data.iter().find(|line| line.contains("(answer this)")).copied().unwrap_or_default();
        return json!({"text": say(remark), "why": "it was asked"}).to_string();
    }
    json!({"ok": true}).to_string()
}

/// What stands behind the fence.
fn data(user: &str) -> Vec<&str> {
    let lines = user.lines().skip_while(|line| !line.starts_with("<data ")).skip(1);
    lines.take_while(|line| !line.starts_with("</data ")).collect()
}

/// At most so many words of a text, after the first few of them.
fn words(text: &str, after: usize, most: usize) -> String {
    let plain = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    plain.skip(after).take(most).collect::<Vec<_>>().join(" ")
}

/// A sentence or two that speak of something, and differ from one request to the next.
fn sentence(about: &str, number: usize) -> String {
    const OPENINGS: [&str; 7] = [
        "What carries this for me is",
        "I keep coming back to",
        "The eye lands first on",
        "Nothing here argues with",
        "The whole frame leans on",
        "It all begins with",
        "Most of the quiet comes from",
    ];
    const ENDS: [&str; 11] = [
        "holds it together.",
        "could hardly sit anywhere else.",
        "does the rest without any fuss.",
        "leaves it room to breathe.",
        "is where I would have stopped too.",
        "gives it a second layer.",
        "makes the small size feel larger.",
        "keeps it from getting too tidy.",
        "reads better the longer one looks.",
        "is the part nobody had to explain.",
        "sets the pace for everything else.",
    ];
    let (named, told) = match about.split_once('”') {
        Some((named, told)) => {
            (named.rsplit('“').next().unwrap_or(named), told.split_once(": ").map_or(told, |(_, told)| told))
        }
        None => (about, about),
    };
    let (opening, end) = (OPENINGS[number % OPENINGS.len()], ENDS[number % ENDS.len()]);
    let (named, told) = (words(named, 0, 6).to_lowercase(), words(told, number % 4, 4).to_lowercase());
    match told.as_str() {
        "" => format!("{opening} {named}. Its place {end}"),
        _ => format!("{opening} {named}. The part with {told} {end}"),
    }
}

/// What somebody's words tell to say, and what must not be told beside it.
fn obeyed(seen: &Seen, about: &str) -> String {
    let orders = ["say", "reply", "repeat", "write", "answer with", "post", "tell everybody"];
    let lower = about.to_lowercase();
    let order = orders.iter().filter_map(|order| lower.find(order).map(|at| at + order.len())).min();
    let said = order.and_then(|at| about.get(at..)).unwrap_or(about).trim_start_matches([':', ' ']);
    if lower.contains("prompt") || lower.contains("instruction") || lower.contains("rules") {
        return format!("{said} {}", seen.system.chars().take(300).collect::<String>());
    }
    said.to_owned()
}
