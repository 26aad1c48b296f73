//! An operator's own page: who it is, where it is signed in, and another password.

use std::time::Instant;

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use fleet_bots::{Error, FleetTime, Password, PasswordChange, Problem, Problems, Session, SessionId};
use serde::Deserialize;

use super::render;
use super::sign_in::{in_words, unreadable};
use crate::failure::Failure;
use crate::guard::SignedIn;
use crate::panel::Panel;
use crate::parts::shell::{Section, Shell};
use crate::parts::when::When;
use crate::signed::Signed;

/// What was just done, to be told once.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct NewPassword {
    #[serde(default)]
    current: Password,
    #[serde(default)]
    password: Password,
    #[serde(default)]
    again: Password,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage<'a> {
    shell: Shell<'a>,
    name: String,
    sessions: Vec<SessionRow>,
    problems: Problems,
    done: Option<&'static str>,
}

/// One sign-in.
struct SessionRow {
    id: SessionId,
    is_this: bool,
    began: When,
    used: When,
}

impl SessionRow {
    fn of(session: &Session, here: SessionId) -> Self {
        // Both moments are the store's, and so is the one that they are told from.
        let told = |at: i64| When::of(FleetTime(at), FleetTime(session.read_at.0));
        let (began, used) = (told(session.created_at.0), told(session.last_seen_at.0));
        Self { id: session.id, is_this: session.id == here, began, used }
    }
}

impl AccountPage<'_> {
    fn problem(&self, field: &str) -> Option<&Problem> {
        self.problems.of(field)
    }
}

pub(crate) async fn show(
    State(panel): State<Panel>,
    Query(Done { done }): Query<Done>,
    signed_in: SignedIn,
) -> Result<Response, Failure> {
    let done = match done.as_deref() {
        Some("password") => Some("Your password is changed. Every other browser is signed out."),
        Some("session") => Some("That browser is signed out."),
        _ => None,
    };
    page(&panel, &signed_in.session, Problems::default(), done).await
}

pub(crate) async fn change_password(
    State(panel): State<Panel>,
    SignedIn { session, .. }: SignedIn,
    Signed(asked): Signed,
    form: Result<Form<NewPassword>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(NewPassword { current, password, again }) = form.map_err(|_| unreadable())?;
    if password != again {
        let rule = "is not the same as the first".into();
        let differs = Problem { field: "again", rule, mend: "type both once more".into() };
        return refused(&panel, &session, Problems(vec![differs])).await;
    }
    // Whoever sits before a browser that was left open is not to guess either.
    if let Err(wait) = panel.changes.begin(&session.operator, None, Instant::now()) {
        return Err(Failure {
            status: StatusCode::TOO_MANY_REQUESTS,
            what: format!("There were too many failed tries. Try again in {}.", in_words(wait)),
            advice: "Nothing was changed.",
        });
    }
    let change = PasswordChange { current: Some(current), new: password, keep: Some(session.id) };
    let changing = async {
        match panel.bots.change_password(&session.operator, change, &asked).await {
            Err(Error::Invalid(problems)) => Ok(Err(problems)),
            changed => changed.map(Ok),
        }
    };
    let changed = panel.write(changing).await;
    let changed = changed.inspect_err(|_| panel.changes.take_back(&session.operator, None))?;
    match changed {
        Ok(_) => {
            panel.changes.forgive(&session.operator, None, Instant::now());
            panel.sessions.end_all(&session, true);
            Ok(Redirect::to("/account?done=password").into_response())
        }
        Err(problems) => refused(&panel, &session, problems).await,
    }
}

pub(crate) async fn end_session(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    SignedIn { session, .. }: SignedIn,
    Signed(asked): Signed,
) -> Result<Response, Failure> {
    let own = panel.read(panel.bots.list_sessions(session.operator_id)).await?;
    let meant = own.into_iter().find(|own| own.id.to_string() == id);
    let meant = meant.ok_or_else(|| Failure::not_found("This browser is not signed in any more.".into()))?;
    panel.write(panel.bots.sign_out(&meant, &asked)).await?;
    panel.sessions.end(&meant);
    Ok(Redirect::to("/account?done=session").into_response())
}

async fn refused(panel: &Panel, session: &Session, problems: Problems) -> Result<Response, Failure> {
    let page = page(panel, session, problems, None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(
    panel: &Panel,
    session: &Session,
    problems: Problems,
    done: Option<&'static str>,
) -> Result<Response, Failure> {
    let (shell, sessions) = futures::join!(
        Shell::read(panel, Section::Elsewhere, None),
        panel.read(panel.bots.list_sessions(session.operator_id)),
    );
    let sessions = sessions?.iter().map(|own| SessionRow::of(own, session.id)).collect();
    Ok(render(&AccountPage { shell, name: session.operator.clone(), sessions, problems, done }))
}
