//! What holds for the whole fleet: looked at, changed, and who changed it before. A form that is saved changes only what was
//! touched in it, so that two operators do not undo each other.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use fleet_bots::{Error, Problems, Setting, SettingsChanges};
use serde::Deserialize;

use super::sign_in::unreadable;
use super::{Visit, render};
use crate::failure::Failure;
use crate::live::Opening;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::notice::Notice;
use crate::parts::settings::{SettingsForm, SettingsHistory};
use crate::parts::shell::{Section, Shell};
use crate::scene::{Piece, Scene};
use crate::signed::Signed;

/// What was just done, to be told once.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage<'a> {
    shell: Shell<'a>,
    form: SettingsForm,
    history: SettingsHistory,
    done: bool,
    forgetting: Forgetting,
}

/// The form by which somebody is forgotten, and what came of it.
#[derive(Default)]
struct Forgetting {
    /// What stands in it.
    username: String,
    /// What was forgotten, once.
    told: Option<String>,
    /// What is wrong with it.
    wrong: Option<String>,
}

/// Who is to be forgotten.
#[derive(Debug, Deserialize)]
pub(crate) struct Person {
    username: String,
}

/// The page, as far as it moves: what somebody is typing does not.
struct History;

impl Scene for History {
    async fn pieces(&self, panel: &Panel) -> Result<Vec<Piece>, Failure> {
        Ok(vec![Piece::of("settings-history", &SettingsHistory::read(panel).await?)])
    }
}

pub(crate) async fn show(
    State(panel): State<Panel>,
    Query(Done { done }): Query<Done>,
) -> Result<Response, Failure> {
    let settings = panel.read(panel.bots.read_settings()).await?;
    page(&panel, SettingsForm::of(&settings, panel.now()), done.is_some(), Forgetting::default()).await
}

pub(crate) async fn live(opening: Opening) -> Response {
    opening.follow(History)
}

pub(crate) async fn update(
    State(panel): State<Panel>,
    Signed(asked): Signed,
    visit: Visit,
    form: Result<Form<HashMap<String, String>>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(fields) = form.map_err(|_| unreadable())?;
    let (changes, mut problems) = touched(&fields);
    if problems.0.is_empty() {
        let changing = async {
            match panel.bots.change_settings(changes, &asked).await {
                Err(Error::Invalid(problems)) => Ok(Err(problems)),
                changed => changed.map(Ok),
            }
        };
        match panel.write(changing).await? {
            Ok(settings) if visit.is_partial => {
                let frame = shown(&panel, &SettingsForm::of(&settings, panel.now())).await?;
                let told = Notice::done("Saved. Every node follows within a second.");
                return Ok(frame.fill("notice", &told).into_response());
            }
            Ok(_) => return Ok(Redirect::to("/settings?done=saved").into_response()),
            Err(found) => problems = found,
        }
    }
    let settings = panel.read(panel.bots.read_settings()).await?;
    let form = SettingsForm::typed(|setting| typed(&fields, setting), &problems, &settings, panel.now());
    let answer = match visit.is_partial {
        true => shown(&panel, &form).await?.into_response(),
        false => page(&panel, form, false, Forgetting::default()).await?,
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

/// Leaves somebody alone, and takes their words from what bots remember and tell.
pub(crate) async fn forget(
    State(panel): State<Panel>,
    Signed(asked): Signed,
    form: Result<Form<Person>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(Person { username }) = form.map_err(|_| unreadable())?;
    let forgetting = async {
        match panel.bots.forget_person(&username, &asked).await {
            Err(Error::Conflict(why)) => Ok(Err(why)),
            forgotten => forgotten.map(Ok),
        }
    };
    let (status, forgetting) = match panel.write(forgetting).await? {
        Ok(forgotten) => {
            (StatusCode::OK, Forgetting { told: Some(forgotten.told()), ..Forgetting::default() })
        }
        Err(why) => (StatusCode::UNPROCESSABLE_ENTITY, Forgetting { username, wrong: Some(why), told: None }),
    };
    let settings = panel.read(panel.bots.read_settings()).await?;
    let page = page(&panel, SettingsForm::of(&settings, panel.now()), false, forgetting).await?;
    Ok((status, page).into_response())
}

/// What is different from what the page showed when it was made, and what of it cannot be read.
fn touched(fields: &HashMap<String, String>) -> (SettingsChanges, Problems) {
    let (mut changes, mut problems) = (SettingsChanges::default(), Problems::default());
    for setting in Setting::ALL {
        let (was, is) = typed(fields, setting);
        // Browsers write the ends of lines in their own way.
        if is.replace("\r\n", "\n").trim() == was.replace("\r\n", "\n").trim() {
            continue;
        }
        if setting == Setting::OptedOut {
            changes.put_people(&was, &is);
        } else if let Err(problem) = changes.put(setting, &is) {
            problems.0.push(problem);
        }
    }
    (changes, problems)
}

/// What a field was when the page was made, and what it is; one that was not sent was not touched.
fn typed(fields: &HashMap<String, String>, setting: Setting) -> (String, String) {
    let is = fields.get(setting.name());
    let was = fields.get(&format!("was_{}", setting.name()));
    match (was, is) {
        (Some(was), Some(is)) => (was.clone(), is.clone()),
        (None, Some(is)) => (String::new(), is.clone()),
        (was, None) => (was.cloned().unwrap_or_default(), was.cloned().unwrap_or_default()),
    }
}

async fn shown(panel: &Panel, form: &SettingsForm) -> Result<Frame, Failure> {
    let history = SettingsHistory::read(panel).await?;
    Ok(Frame::default().replace("settings-form", form).replace("settings-history", &history))
}

async fn page(
    panel: &Panel,
    form: SettingsForm,
    done: bool,
    forgetting: Forgetting,
) -> Result<Response, Failure> {
    let live = Some("/settings/live".into());
    let (shell, history) =
        futures::join!(Shell::read(panel, Section::Settings, live), SettingsHistory::read(panel));
    Ok(render(&SettingsPage { shell, form, history: history?, done, forgetting }))
}
