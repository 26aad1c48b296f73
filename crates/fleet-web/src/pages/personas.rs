//! The catalogue: who can live here, how each persona spends its day, what it writes, and how many of it live; and a look
//! through a catalogue of one's own before a fleet is started with it.

use std::collections::BTreeMap;
use std::time::Duration;

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::typed::Pairs;
use super::{Visit, render};
use crate::characters::Origin;
use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::persona::{CatalogueCheck, PersonaEntry};
use crate::parts::shell::{Section, Shell};

/// How long the page waits for all its examples together.
const PATIENCE: Duration = Duration::from_millis(1_500);

#[derive(Template)]
#[template(path = "personas.html")]
struct PersonasPage<'a> {
    shell: Shell<'a>,
    entries: Vec<PersonaEntry>,
    /// Where the catalogue came from; nothing when this process has none.
    origin: Option<Origin>,
    /// Personas of living bots that the catalogue does not have.
    strangers: Vec<(String, u64)>,
    check: CatalogueCheck,
}

/// Of whom which example is wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wish {
    of: Option<String>,
    seed: Option<u64>,
}

pub(crate) async fn index(State(panel): State<Panel>, Query(wish): Query<Wish>) -> Response {
    page(&panel, wish, CatalogueCheck::default()).await
}

/// What a resident of a persona would write. It is an order, since a model may be asked and paid for it.
pub(crate) async fn example(
    State(panel): State<Panel>,
    visit: Visit,
    Form(wish): Form<Wish>,
) -> Result<Response, Failure> {
    let id = wish.of.as_deref().unwrap_or_default();
    let characters = panel.characters().ok_or_else(|| unknown(id))?;
    let persona = characters.persona(id).ok_or_else(|| unknown(id))?;
    let seed = wish.seed.unwrap_or_else(|| (characters.chance)());
    let written = panel.examples.of(characters, &persona.id, seed).await;
    if !visit.is_partial {
        let id = &persona.id;
        return Ok(Redirect::to(&format!("/personas?of={id}&seed={seed}#persona-{id}")).into_response());
    }
    let entry = PersonaEntry::of(persona, None).with_example(Some(&written), seed);
    Ok(Frame::default().replace(&entry.example_id(), &entry.example()).into_response())
}

/// Looks through a catalogue that somebody wrote. Nothing is kept of it.
pub(crate) async fn check(
    State(panel): State<Panel>,
    visit: Visit,
    form: Result<Form<Pairs>, FormRejection>,
) -> Response {
    let text = match form {
        Ok(Form(pairs)) => {
            let text = pairs.into_iter().find(|(name, _)| name == "catalogue").map(|(_, text)| text);
            text.unwrap_or_default().replace("\r\n", "\n")
        }
        Err(error) => {
            tracing::debug!(%error, "a catalogue could not be read");
            let check = CatalogueCheck::too_large();
            return answer(&panel, visit, check, StatusCode::PAYLOAD_TOO_LARGE).await;
        }
    };
    let check = match panel.characters() {
        Some(characters) if !text.trim().is_empty() => {
            let checking = std::sync::Arc::clone(&characters.check);
            let read = text.clone();
            // A large text takes its time.
            match tokio::task::spawn_blocking(move || checking(&read)).await {
                Ok(checked) => CatalogueCheck::of(text, checked),
                Err(error) => {
                    tracing::error!(%error, "a catalogue could not be looked through");
                    CatalogueCheck::default()
                }
            }
        }
        _ => CatalogueCheck::empty(),
    };
    let status = if check.is_right() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    answer(&panel, visit, check, status).await
}

async fn answer(panel: &Panel, visit: Visit, check: CatalogueCheck, status: StatusCode) -> Response {
    if visit.is_partial {
        return (status, Frame::default().replace("catalogue-check", &check)).into_response();
    }
    (status, page(panel, Wish::default(), check).await).into_response()
}

async fn page(panel: &Panel, wish: Wish, check: CatalogueCheck) -> Response {
    let counts = panel.read(panel.bots.persona_counts()).await.ok();
    let mut entries = Vec::new();
    if let Some(characters) = panel.characters() {
        // All are begun before the first is waited for; whoever is late can be asked for.
        let begun = characters.personas.iter().zip(0..).map(|(persona, first)| {
            // Looking begins none but the first of each, however often and with whatever address.
            let meant = wish.seed.filter(|_| wish.of.as_ref() == Some(&persona.id));
            let seed = meant.filter(|seed| panel.examples.is_known(&persona.id, *seed)).unwrap_or(first);
            (persona, seed, panel.examples.of(characters, &persona.id, seed))
        });
        let begun: Vec<_> = begun.collect();
        let deadline = tokio::time::Instant::now() + PATIENCE;
        for (persona, seed, writing) in begun {
            let written = tokio::time::timeout_at(deadline, writing).await.ok();
            let count = counts.as_ref().map(|counts| count_of(counts, &persona.id));
            entries.push(PersonaEntry::of(persona, count).with_example(written.as_deref(), seed));
        }
    }
    let is_known = |id: &str| panel.characters().is_some_and(|characters| characters.persona(id).is_some());
    let strangers = counts.unwrap_or_default().into_iter().filter(|(id, _)| !is_known(id)).collect();
    let page = PersonasPage {
        shell: Shell::read(panel, Section::Personas, None).await,
        entries,
        origin: panel.characters().map(|characters| characters.origin.clone()),
        strangers,
        check,
    };
    render(&page)
}

fn count_of(counts: &BTreeMap<String, u64>, id: &str) -> u64 {
    counts.get(id).copied().unwrap_or(0)
}

fn unknown(id: &str) -> Failure {
    Failure::not_found(format!("The catalogue has no persona “{id}”."))
}
