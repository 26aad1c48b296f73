//! The form of a bot: its fields with what was typed and the words beside them, and what follows while somebody types.

use askama::Template;
use fleet_bots::{Day, Rhythm};

use super::Frame;
use super::busy_day::BusyDay;
use super::form_words::{FieldWords, FormWords};
use crate::characters::Persona;
use crate::failure::Failure;
use crate::pages::typed::{Typed, share_in_words};
use crate::panel::Panel;

/// The form.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/bot_form.html")]
pub(crate) struct BotForm {
    typed: Typed,
    words: FormWords,
    personas: Vec<Choice>,
    /// Why the username cannot be changed, if it cannot.
    fixed: Option<&'static str>,
    day: DayOfForm,
    /// What went wrong with the whole of it.
    failure: Option<Failure>,
    zones: Vec<String>,
}

/// A username that goes with the name and is free; `form.js` lets the username follow the name.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<p id="suggestion" hidden{% if let Some(username) = username %} data-suggestion="{{ username }}"{% endif %}></p>"#,
    ext = "html"
)]
struct Suggestion {
    username: Option<String>,
}

/// The picture of the day, as far as the hours can be read.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<div id="day-of-form">{% if let Some(day) = day %}{{ day|safe }}{% else %}<p class="form-hint">The day shows here once its hours, days and zone can be read.</p>{% endif %}</div>"#,
    ext = "html"
)]
struct DayOfForm {
    day: Option<BusyDay>,
}

#[derive(Clone, Debug)]
struct Choice {
    value: String,
    label: String,
    about: String,
    is_chosen: bool,
}

/// One line of text.
struct Line {
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
    /// How many lines it may show; 0 for a field of one line.
    rows: u8,
    list: &'static str,
    is_fixed: bool,
    /// Whether it shares its row with another.
    is_half: bool,
    words: FieldWords,
    suggestion: Option<Suggestion>,
}

/// One of the four weights.
struct Weight {
    id: &'static str,
    label: &'static str,
    value: String,
    share: String,
}

impl DayOfForm {
    fn of(typed: &Typed) -> Self {
        let (bot, problems) = typed.bot();
        let is_readable = problems.0.iter().all(|problem| !problem.field.starts_with("rhythm"));
        let rhythm: &Rhythm = &bot.rhythm;
        Self { day: is_readable.then(|| BusyDay::of(rhythm)) }
    }
}

impl BotForm {
    /// The words for a form that is open, and the picture of the day as it would be.
    pub(crate) fn words(words: &FormWords, typed: &Typed) -> Frame {
        let mut frame = Frame::default();
        for words in &words.fields {
            frame = frame.replace(&format!("words-{}", words.field), words);
        }
        frame
            .replace("suggestion", &Suggestion { username: words.suggestion.clone() })
            .replace("day-of-form", &DayOfForm::of(typed))
    }

    pub(crate) fn of(typed: Typed, words: FormWords, panel: &Panel) -> Self {
        let known = panel.characters().map(|characters| characters.personas.as_slice()).unwrap_or_default();
        Self {
            personas: choices(known, &typed.persona),
            day: DayOfForm::of(&typed),
            zones: fleet_bots::Rhythm::zones(),
            typed,
            words,
            fixed: None,
            failure: None,
        }
    }

    pub(crate) fn with_fixed_username(mut self, why: Option<&'static str>) -> Self {
        self.fixed = why;
        self
    }

    pub(crate) fn with_failure(mut self, failure: Option<Failure>) -> Self {
        self.failure = failure;
        self
    }

    fn is_new(&self) -> bool {
        self.typed.bot_id.is_none()
    }

    fn action(&self) -> String {
        match self.typed.bot_id {
            Some(id) => format!("/bots/{id}/edit"),
            None => "/bots/new".into(),
        }
    }

    fn back(&self) -> String {
        self.typed.bot_id.map_or("/bots".into(), |id| format!("/bots/{id}"))
    }

    fn seen(&self) -> Option<String> {
        self.typed.seen.as_ref().and_then(|seen| serde_json::to_string(seen).ok())
    }

    /// The fields that are wrong, for the list at the head of a form that was sent back.
    fn mistakes(&self) -> Vec<(&'static str, &'static str)> {
        let wrong = self.words.fields.iter().filter(|words| words.is_wrong() || words.theirs.is_some());
        wrong.map(|words| (words.field, label(words.field))).collect()
    }

    fn persona_words(&self) -> FieldWords {
        self.words.of_field("persona")
    }

    fn days_words(&self) -> FieldWords {
        self.words.of_field("days")
    }

    fn weights_words(&self) -> FieldWords {
        self.words.of_field("weights")
    }

    fn line(&self, id: &'static str, hint: &'static str, value: &str, rows: u8) -> Line {
        let words = self.words.of_field(id);
        let is_half = ["name", "username", "zone", "busy", "min", "max"].contains(&id);
        Line {
            id,
            label: label(id),
            hint,
            value: value.to_owned(),
            rows,
            list: "",
            is_fixed: false,
            is_half,
            words,
            suggestion: None,
        }
    }

    fn who(&self) -> Vec<Line> {
        let typed = &self.typed;
        let username_hint = match self.fixed {
            Some(why) => why,
            None if self.is_new() => {
                "3 to 30 of a-z, 0-9 and _. Left empty, it is made from the name. It is fixed once the gallery has the account."
            }
            None => "3 to 30 of a-z, 0-9 and _. It can be changed until the gallery has the account.",
        };
        let mut username = self.line("username", username_hint, &typed.username, 0);
        username.is_fixed = self.fixed.is_some();
        username.suggestion = Some(Suggestion { username: self.words.suggestion.clone() });
        vec![
            self.line("name", "What readers see. Let it say that an AI writes.", &typed.name, 0),
            username,
            self.line(
                "bio",
                "What its profile in the gallery says of it; at most 300 characters.",
                &typed.bio,
                2,
            ),
        ]
    }

    fn character(&self) -> Vec<Line> {
        vec![
            self.line(
                "personality",
                "How it sees the world, in a sentence or two. Models are told this.",
                &self.typed.personality,
                4,
            ),
            self.line("vibe", "Its manner in a word or two.", &self.typed.vibe, 0),
            self.line(
                "interests",
                "Up to 20, with commas between them. Pictures that meet them are liked and talked about.",
                &self.typed.interests,
                3,
            ),
        ]
    }

    fn place(&self) -> Line {
        let zone = self.line(
            "zone",
            "The bot lives by this clock. Type a city to find its zone.",
            &self.typed.zone,
            0,
        );
        Line { list: "zones", ..zone }
    }

    fn busy(&self) -> Line {
        let hint = "From one full hour to another, such as 9-12, 13-17; 22-2 goes on past midnight.";
        self.line("busy", hint, &self.typed.busy, 0)
    }

    fn pace(&self) -> Vec<Line> {
        vec![
            self.line("min", "Such as 90 s, 5 min or 2 h.", &self.typed.min, 0),
            self.line("max", "At most 7 days.", &self.typed.max, 0),
        ]
    }

    fn days(&self) -> Vec<(Day, &'static str, bool)> {
        let named = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        Day::ALL
            .into_iter()
            .zip(named)
            .map(|(day, name)| (day, name, self.typed.days.contains(&day)))
            .collect()
    }

    fn weights(&self) -> Vec<Weight> {
        let (bot, problems) = self.typed.bot();
        let is_known = problems.0.iter().all(|problem| !problem.field.starts_with("weights"));
        let shares = bot.weights.shares();
        let shares = [shares.post, shares.comment, shares.like, shares.browse];
        let named = [
            ("post", "Make and share a picture"),
            ("comment", "Say something about a picture"),
            ("like", "Like a picture"),
            ("browse", "Only look"),
        ];
        let each = named.into_iter().zip(shares).zip(&self.typed.weights);
        each.map(|(((id, label), share), value)| Weight {
            id,
            label,
            value: value.clone(),
            share: if is_known { share_in_words(share) } else { "?".into() },
        })
        .collect()
    }
}

fn label(field: &str) -> &'static str {
    match field {
        "persona" => "Persona",
        "name" => "Name",
        "username" => "Username",
        "bio" => "About itself",
        "personality" => "Personality",
        "vibe" => "Manner",
        "interests" => "Interests",
        "weights" => "What it does",
        "zone" => "Time zone",
        "busy" => "Busy hours",
        "days" => "Busy days",
        "min" => "Shortest pause",
        _ => "Longest pause",
    }
}

fn choices(known: &[Persona], chosen: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = known
        .iter()
        .map(|persona| Choice {
            value: persona.id.clone(),
            label: persona.name.clone(),
            about: persona.about.clone(),
            is_chosen: persona.id == chosen,
        })
        .collect();
    // A bot keeps the persona it has, though this process may not know it.
    if !chosen.is_empty() && !known.is_empty() && !choices.iter().any(|choice| choice.is_chosen) {
        let about = "This process does not know it: it cannot write as it.".into();
        choices.push(Choice { value: chosen.into(), label: chosen.into(), about, is_chosen: true });
    }
    choices
}
