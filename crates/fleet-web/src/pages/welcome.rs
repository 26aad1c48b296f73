//! The first operator comes in: whoever has the link that was printed chooses a name and a password.

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fleet_bots::{Error, NewOperator, Password, Problem, Problems, Token};
use serde::Deserialize;

use super::render;
use super::sign_in::{signed_in, unreadable};
use crate::assets;
use crate::cookie::Cookie;
use crate::failure::Failure;
use crate::panel::Panel;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: Password,
    #[serde(default)]
    again: Password,
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct WelcomePage {
    style_sheet: Option<String>,
    name: String,
    problems: Problems,
}

impl WelcomePage {
    fn with(name: String, problems: Problems) -> Self {
        Self { style_sheet: assets::style_sheet(), name, problems }
    }

    fn problem(&self, field: &str) -> Option<&Problem> {
        self.problems.of(field)
    }
}

pub(crate) async fn show(State(panel): State<Panel>, Path(link): Path<String>) -> Result<Response, Failure> {
    standing(&panel, &link).await?;
    Ok(render(&WelcomePage::with(String::new(), Problems::default())))
}

pub(crate) async fn create(
    State(panel): State<Panel>,
    Path(link): Path<String>,
    cookie: Cookie,
    form: Result<Form<Chosen>, FormRejection>,
) -> Result<Response, Failure> {
    // Before any work is done for somebody who has no link.
    let token = standing(&panel, &link).await?;
    let Form(Chosen { name, password, again }) = form.map_err(|_| unreadable())?;
    let is_same = password == again;
    let new = NewOperator { name: name.clone(), password };
    let mut problems = new.check().err().unwrap_or_default();
    if !is_same {
        let rule = "is not the same as the first".into();
        problems.0.push(Problem { field: "again", rule, mend: "type both once more".into() });
    }
    if !problems.0.is_empty() {
        let page = render(&WelcomePage::with(name, problems));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let accepting = async {
        match panel.bots.accept_invitation(&token, new, panel.now()).await {
            Err(Error::Conflict(_)) => Ok(None),
            accepted => accepted.map(Some),
        }
    };
    let begun = panel.write(accepting).await?.ok_or_else(over)?;
    Ok(signed_in(&cookie, &begun, "/"))
}

/// The link's token, if it still leads in.
async fn standing(panel: &Panel, link: &str) -> Result<Token, Failure> {
    let token = Token::read(link).filter(|_| !panel.is_open()).ok_or_else(over)?;
    match panel.read(panel.bots.invitation_stands(&token)).await? {
        true => Ok(token),
        false => Err(over()),
    }
}

fn over() -> Failure {
    Failure {
        status: StatusCode::GONE,
        what: "This link leads nowhere any more.".into(),
        advice: "It works once, for an hour, and only while there is no operator. “fleet serve” prints another when it \
                 starts; “fleet operators add NAME” needs none.",
    }
}
