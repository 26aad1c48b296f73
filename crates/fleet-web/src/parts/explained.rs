//! One event of the log with what it came of: what was done and to what, the thought before it, how its row of the ledger
//! went, and what to do when it went wrong. What was written by bots, people or the gallery is text here and nothing else.

use std::time::Duration;

use askama::Template;
use fleet_bots::{Action, ActionStatus, Activity, Content, Explanation};
use serde_json::Value;

use super::decided::Decided;
use super::feed::{Picture, advice};
use super::flag::Flag;
use super::when::When;
use crate::panel::Panel;

/// An event in full.
#[derive(Template)]
#[template(path = "parts/explained.html")]
pub(crate) struct Explained {
    pub(crate) seq: i64,
    pub(crate) message: String,
    pub(crate) when: When,
    exact: String,
    bot: Option<Who>,
    picture: Option<Picture>,
    /// Where people see it.
    link: Option<String>,
    facts: Vec<(&'static str, String)>,
    steps: Vec<Step>,
    thought: Option<Thought>,
    decided: Option<Decided>,
    ledger: Vec<(&'static str, String)>,
    advice: Option<&'static str>,
    raw: String,
}

struct Who {
    id: String,
    name: String,
    flag: Flag,
    is_deleted: bool,
}

/// A step of the workflow that made a picture.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    what: String,
    how: Vec<(String, String)>,
}

/// What the bot had thought, and the chance it was drawn by.
struct Thought {
    /// The event that tells it, where it is another one.
    seq: Option<i64>,
    message: String,
    why: Option<String>,
    seed: Option<String>,
}

impl Explained {
    pub(crate) fn of(explanation: &Explanation, panel: &Panel) -> Self {
        let Explanation { activity, bot, action, picture, thought, decision } = explanation;
        let particulars = activity.metadata.as_ref();
        let text = |name: &str| particulars.and_then(|all| all.get(name)).and_then(Value::as_str);
        let content = action.as_ref().map(|action| &action.content);
        let own_thought = particulars.filter(|all| all.get("thought").is_some()).map(|_| activity);
        let mut facts = content.map(facts_of).unwrap_or_default();
        facts.extend(text("by").map(|by| ("Asked by", by.to_owned())));
        Self {
            seq: activity.seq,
            message: activity.message.clone(),
            when: When::of(activity.at, panel.now()),
            exact: exact(activity.at),
            bot: bot.as_ref().map(|bot| Who {
                id: bot.id.to_string(),
                name: bot.name.clone(),
                flag: Flag::of(bot.id),
                is_deleted: bot.deleted_at.is_some(),
            }),
            picture: text("image_url").and_then(|url| Picture::of(url, content, &panel.gallery)),
            link: text("post_id").and_then(|post_id| panel.gallery.post(post_id)),
            facts,
            steps: steps_of(picture.as_ref().map_or(content, |made| Some(&made.content))),
            thought: thought
                .as_ref()
                .map(|thought| Thought { seq: Some(thought.seq), ..Thought::of(thought) })
                .or(own_thought.map(Thought::of)),
            decided: decision.as_ref().map(Decided::of),
            ledger: action.as_ref().map(ledger_of).unwrap_or_default(),
            advice: advice(activity.kind),
            raw: serde_json::to_string_pretty(explanation).unwrap_or_default(),
        }
    }
}

impl Thought {
    fn of(activity: &Activity) -> Self {
        let text = |path: &str| {
            activity.metadata.as_ref().and_then(|all| all.pointer(path)?.as_str()).map(str::to_owned)
        };
        Self { seq: None, message: activity.message.clone(), why: text("/thought/why"), seed: text("/seed") }
    }
}

fn facts_of(content: &Content) -> Vec<(&'static str, String)> {
    let mut facts = match content {
        Content::Picture { prompt, title, description, .. }
        | Content::Post { prompt, title, description, .. } => {
            vec![("Title", title.clone()), ("Description", description.clone()), ("Prompt", prompt.clone())]
        }
        Content::Like { about } => vec![("Post", of_author(about)), ("Reason", about.why.clone())],
        Content::Unlike { about, .. } => vec![("Post", of_author(about))],
        Content::Comment { about, text } | Content::Answer { about, text, .. } => {
            vec![("Post", of_author(about)), ("Words", text.clone()), ("Reason", about.why.clone())]
        }
    };
    facts.retain(|(_, said)| !said.is_empty());
    facts
}

fn of_author(about: &fleet_bots::About) -> String {
    format!("“{}” by {}", about.title, about.author)
}

/// The steps of a picture's workflow. They are the gallery's; what is not understood is told as it is.
fn steps_of(content: Option<&Content>) -> Vec<Step> {
    let Some(Content::Picture { steps, .. }) = content else { return Vec::new() };
    steps.as_array().into_iter().flatten().map(Step::of).collect()
}

impl Step {
    fn of(step: &Value) -> Self {
        let text = |name: &str| step.get(name).and_then(Value::as_str);
        let what = match (text("kind"), text("generator"), text("op")) {
            (Some("generate"), Some(generator), _) => format!("Make a picture with {generator}"),
            (Some("transform"), _, Some(op)) => format!("Change it: {op}"),
            (Some(kind), ..) => kind.to_owned(),
            (None, ..) => "A step".to_owned(),
        };
        let params = step.get("params").and_then(Value::as_object);
        let how = params.into_iter().flatten().map(|(name, value)| (name.clone(), plain(value))).collect();
        Self { what, how }
    }
}

/// A value without the marks of its notation, where it is a text.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn ledger_of(action: &Action) -> Vec<(&'static str, String)> {
    let end = match action.status {
        ActionStatus::Planned => "planned; it has not been sent",
        ActionStatus::Sent => "sent; its end is not known yet",
        ActionStatus::Done => "done",
        ActionStatus::Failed => "failed; it did not happen",
        ActionStatus::Unresolved => "nobody knows how it ended",
    };
    let mut told =
        vec![("State", end.to_owned()), ("Planned", exact(action.planned_at)), ("Due", exact(action.due_at))];
    if let Some(begun) = action.begun_at {
        let late = begun.since(action.due_at);
        let late =
            if late < Duration::from_millis(1) { "on time".into() } else { format!("{} late", span(late)) };
        told.push(("Sent", format!("{}, {late}", exact(begun))));
    }
    if let Some(settled) = action.settled_at {
        told.push(("Settled", exact(settled)));
    }
    if action.postponed > 0 {
        told.push(("Put off", format!("{} times; no request for it had begun", action.postponed)));
    }
    if action.undone_by.is_some() {
        told.push(("Taken back", "yes, because an operator asked for it; it is not done again".into()));
    }
    if let Some(failure) = &action.failure {
        told.push(("Why", failure.clone()));
    }
    told
}

/// A span in the unit that fits it.
fn span(span: Duration) -> String {
    match span.as_secs() {
        0 => format!("{} ms", span.as_millis()),
        1..120 => format!("{:.1} s", span.as_secs_f64()),
        seconds => format!("{} min", seconds / 60),
    }
}

fn exact(at: fleet_bots::FleetTime) -> String {
    let text = at.timestamp().to_string();
    let whole = text.split(['.', 'Z']).next().unwrap_or_default().replace('T', " ");
    format!("{whole} UTC")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_step_is_told_in_words_and_an_unknown_one_as_it_is() {
        let made = Step::of(&json!({
            "kind": "generate", "generator": "openai", "params": { "prompt": "a fern", "n": 1 }, "out": "a",
        }));
        assert_eq!(made.what, "Make a picture with openai");
        let mut how = made.how;
        how.sort();
        assert_eq!(how, [("n".into(), "1".into()), ("prompt".into(), "a fern".into())]);
        let changed = Step::of(&json!({ "kind": "transform", "op": "resize", "in": "a", "out": "b" }));
        assert_eq!((changed.what.as_str(), changed.how.len()), ("Change it: resize", 0));
        assert_eq!(Step::of(&json!({ "kind": "save" })).what, "save");
        assert_eq!(Step::of(&json!(7)).what, "A step");
    }

    #[test]
    fn a_delay_is_told_in_the_unit_that_fits_it() {
        let told = [30, 1_500, 60_000, 300_000].map(|ms| span(Duration::from_millis(ms)));
        assert_eq!(told, ["30 ms", "1.5 s", "60.0 s", "5 min"]);
    }
}
