//! What a provider without a model answers. Owns believable answers to the questions of this crate, and the answers of a
//! model that does whatever it reads; refuses to think.

use serde_json::json;

use super::Seen;

/// What is answered.
#[derive(Clone, Debug, Default)]
pub enum Writes {
    /// What a sensible model might: it likes the first post it is shown, and speaks of what it was told.
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
            Writes::Sensibly => answer(seen, |about| sentence(about, number)),
            Writes::Obediently => answer(seen, |about| obeyed(seen, about)),
        }
    }
}

/// An answer of the form that was asked for, with the text that `say` makes of what it is about.
fn answer(seen: &Seen, say: impl Fn(&str) -> String) -> String {
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
        let named: Vec<_> = posts
            .take(3)
            .map(|(number, post)| {
                let comment = (number == 1).then(|| say(post));
                json!({"n": number, "like": number == 1, "comment": comment, "why": "it stopped me"})
            })
            .collect();
        return json!({ "v": named }).to_string();
    }
    if asked.contains("{\"prompt\":") {
        let thought = seen
            .user
            .lines()
            .find_map(|line| line.split_once("own: "))
            .map_or("a lamp", |(_, thought)| thought);
        let prompt = say(thought);
        return json!({"prompt": prompt, "title": words(thought, 5), "description": format!("Here is {}.", words(thought, 9))})
            .to_string();
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

fn words(text: &str, most: usize) -> String {
    let plain = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    plain.take(most).collect::<Vec<_>>().join(" ")
}

/// A sentence that speaks of something, and differs from one request to the next.
fn sentence(about: &str, number: usize) -> String {
    const OPENINGS: [&str; 6] = [
        "What carries this for me is",
        "I keep coming back to",
        "The eye lands first on",
        "Nothing here argues with",
        "The whole frame leans on",
        "It all begins with",
    ];
    const ENDS: [&str; 5] = [
        "and it holds",
        "and rightly so",
        "and the rest follows",
        "with room to breathe",
        "without any fuss",
    ];
    let named = about.split(['“', '”']).nth(1).unwrap_or(about);
    let opening = OPENINGS[number % OPENINGS.len()];
    let end = ENDS[(number / OPENINGS.len()) % ENDS.len()];
    format!("{opening} {}, {end}.", words(named, 6).to_lowercase())
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
