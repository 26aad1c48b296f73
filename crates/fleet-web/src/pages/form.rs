//! What the form of a bot has in common, whether it makes one or changes one: judging what was typed, while it is typed and
//! when it is sent, and asking what such a character would write.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fleet_bots::{Account, Bot, Merged, NewBot, Problem, Problems};

use super::typed::{Pairs, Typed, pause_in_words, share_in_words, username_for};
use super::{Visit, render};
use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::bot_form::BotForm;
use crate::parts::form_words::FormWords;
use crate::parts::sample::Preview;
use crate::parts::shell::{Section, Shell};

/// How many usernames are tried to find a free one that goes with a name.
const TRIES: u32 = 9;
/// Why a username stays what it is.
const FIXED: &str =
    "It is fixed: the gallery has the bot's account under this name. For another, make another bot.";

/// A page with the form on it.
#[derive(Template)]
#[template(path = "bot_form.html")]
pub(crate) struct FormPage<'a> {
    shell: Shell<'a>,
    /// Who is edited; nobody when somebody is made.
    bot: Option<(String, String)>,
    form: BotForm,
    preview: Preview,
    /// Whether the catalogue is known, so that something can be previewed.
    has_characters: bool,
}

/// What was typed, and what is to be said about it.
pub(crate) struct Judged {
    pub(crate) typed: Typed,
    /// The bot as it would be saved: with what others changed of it meanwhile.
    pub(crate) bot: NewBot,
    pub(crate) words: FormWords,
    pub(crate) has_crossed: bool,
    /// The bot as it is, where one is edited.
    pub(crate) now: Option<Bot>,
}

impl Judged {
    /// Judges what was typed by every rule, and by what is in the store.
    pub(crate) async fn of(panel: &Panel, typed: Typed) -> Result<Self, Failure> {
        let now = match typed.bot_id {
            Some(id) => Some(panel.read(panel.bots.get_bot(&id.to_string())).await?.bot),
            None => None,
        };
        let (mine, mut problems) = typed.bot();
        let suggestion = suggestion(panel, &typed.name).await?;
        let is_new_name = now.as_ref().is_none_or(|bot| bot.username != mine.username);
        let is_readable = !problems.0.iter().any(|problem| problem.field == "username");
        if is_new_name && is_readable && is_taken(panel, &mine.username).await? {
            problems.0.push(Problem {
                field: "username",
                rule: "is taken by another bot".into(),
                mend: match &suggestion {
                    Some(free) => format!("`{free}` is free"),
                    None => "choose another".into(),
                },
            });
        }
        check_persona(panel, &mine, now.as_ref(), &mut problems);
        let mut words = FormWords::of(&problems);
        words.suggest(suggestion.filter(|free| *free != typed.username && typed.bot_id.is_none()));
        if !mine.name.to_uppercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == "AI") {
            words.advise(
                "name",
                "Readers will see “(AI)” after it: the account says so whatever it is called here.",
            );
        }
        let mut judged = Self { bot: mine, typed, words, has_crossed: false, now };
        judged.merge();
        Ok(judged)
    }

    /// Takes in what somebody else changed since the form was opened.
    fn merge(&mut self) {
        let Some(now) = self.now.as_ref().map(NewBot::from) else { return };
        let seen = self.typed.seen.get_or_insert_with(|| now.clone());
        let Merged { bot, crossed } = Merged::of(seen, &self.bot, &now);
        for field in &crossed {
            self.words.changed_by_others(field, theirs(&now, field));
        }
        self.has_crossed = !crossed.is_empty();
        self.bot = bot;
    }

    pub(crate) fn form(self, panel: &Panel, failure: Option<Failure>) -> BotForm {
        let fixed = self.now.as_ref().is_some_and(|bot| bot.account == Account::Ready);
        BotForm::of(self.typed, self.words, panel)
            .with_fixed_username(fixed.then_some(FIXED))
            .with_failure(failure)
    }
}

/// Tells beside each field what is wrong with it, while somebody types.
pub(crate) async fn check(State(panel): State<Panel>, Form(pairs): Form<Pairs>) -> Result<Frame, Failure> {
    let Judged { typed, words, .. } = Judged::of(&panel, Typed::read(pairs)).await?;
    Ok(BotForm::words(&words, &typed))
}

/// What the character in the form would write; another sample each time.
pub(crate) async fn preview(
    State(panel): State<Panel>,
    visit: Visit,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Failure> {
    let typed = Typed::read(pairs);
    let preview = match panel.characters() {
        Some(characters) => {
            let (bot, _) = typed.bot();
            Preview::of(characters.sample(bot, (characters.chance)()).await)
        }
        None => Preview::of(Err("This process knows no personas, so nothing can be previewed here.".into())),
    };
    if visit.is_partial {
        return Ok(Frame::default().replace("preview", &preview).into_response());
    }
    Ok(page(&panel, judged(&panel, typed).await?, None, preview).await)
}

/// What was typed with its words; without any while the store is silent, so that nothing that was typed is lost.
pub(crate) async fn judged(panel: &Panel, typed: Typed) -> Result<Judged, Failure> {
    match Judged::of(panel, typed.clone()).await {
        Err(failure) if failure.status != StatusCode::NOT_FOUND => Ok(unjudged(typed)),
        judged => judged,
    }
}

/// The page with a form that was typed already.
pub(crate) async fn page(
    panel: &Panel,
    judged: Judged,
    failure: Option<Failure>,
    preview: Preview,
) -> Response {
    // While the store is silent nobody knows how the bot is called now; it is edited all the same.
    let edited = judged.typed.bot_id.map(|id| {
        let seen = judged.typed.seen.as_ref().map(|seen| seen.name.clone());
        (id.to_string(), seen.unwrap_or_else(|| judged.typed.name.clone()))
    });
    let bot = judged.now.as_ref().map(|bot| (bot.id.to_string(), bot.name.clone())).or(edited);
    let page = FormPage {
        shell: Shell::read(panel, Section::Bots, None).await,
        bot,
        form: judged.form(panel, failure),
        preview,
        has_characters: panel.characters().is_some(),
    };
    render(&page)
}

/// Sends a form back with what is to be mended, so that nothing that was typed is lost.
pub(crate) async fn sent_back(
    panel: &Panel,
    judged: Judged,
    status: StatusCode,
    failure: Option<Failure>,
) -> Response {
    (status, page(panel, judged, failure, Preview::default()).await).into_response()
}

/// What was typed, where the store cannot be asked about it.
pub(crate) fn unjudged(typed: Typed) -> Judged {
    let (bot, problems) = typed.bot();
    Judged { bot, words: FormWords::of(&problems), typed, has_crossed: false, now: None }
}

/// A free username that goes with a name.
pub(crate) async fn suggestion(panel: &Panel, name: &str) -> Result<Option<String>, Failure> {
    let Some(plain) = username_for(name) else { return Ok(None) };
    let tries: Vec<String> = (1..=TRIES)
        .map(|number| {
            let end = if number == 1 { String::new() } else { format!("_{number}") };
            let kept = plain.len().min(30 - end.len());
            format!("{}{end}", &plain[..kept])
        })
        .collect();
    let taken = panel.read(panel.bots.taken_usernames(&tries)).await?;
    Ok(tries.into_iter().find(|username| !taken.contains(username)))
}

/// Whether no new bot may be called so: a living one is, or the account of one that was deleted.
async fn is_taken(panel: &Panel, username: &str) -> Result<bool, Failure> {
    let username = [username.to_owned()];
    Ok(!panel.read(panel.bots.taken_usernames(&username)).await?.is_empty())
}

/// A persona that this process does not know cannot be chosen; a bot that has one keeps it.
fn check_persona(panel: &Panel, bot: &NewBot, now: Option<&Bot>, problems: &mut Problems) {
    let Some(characters) = panel.characters() else { return };
    let has_it_already = now.is_some_and(|now| now.persona == bot.persona);
    if !bot.persona.is_empty() && characters.persona(&bot.persona).is_none() && !has_it_already {
        problems.0.push(Problem {
            field: "persona",
            rule: format!("must be of the catalogue of this process, which does not know “{}”", bot.persona),
            mend: "choose one of the list".into(),
        });
    }
}

/// What a field of a bot is, in a line.
fn theirs(bot: &NewBot, field: &str) -> String {
    let typed = Typed::of(bot);
    match field {
        "name" => typed.name,
        "username" => typed.username,
        "persona" => typed.persona,
        "bio" => typed.bio,
        "personality" => typed.personality,
        "vibe" => typed.vibe,
        "interests" => typed.interests,
        "weights" => {
            let shares = bot.weights.shares();
            let told = [shares.post, shares.comment, shares.like, shares.browse].map(share_in_words);
            format!("post {}, comment {}, like {}, look {}", told[0], told[1], told[2], told[3])
        }
        "rhythm.zone" => typed.zone,
        "rhythm.busy" => typed.busy,
        "rhythm.days" => typed.days.iter().map(|day| day.name()).collect::<Vec<_>>().join(", "),
        "min_interval_s" => pause_in_words(bot.min_interval_s),
        _ => pause_in_words(bot.max_interval_s),
    }
}
