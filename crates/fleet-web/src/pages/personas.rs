//! The catalogue: who can live here, how each persona spends its day, what it writes, and how many of it live; and a look
//! through a catalogue of one's own before a fleet is started with it.

use std::collections::BTreeMap;

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::typed::Pairs;
use super::{Visit, render};
use crate::characters::{Characters, Draw, Origin};
use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::persona::{CatalogueCheck, PersonaEntry};
use crate::parts::sample::Preview;
use crate::parts::shell::{Section, Shell};

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

/// Of whom another example is wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wish {
    of: Option<String>,
    seed: Option<u64>,
}

pub(crate) async fn index(State(panel): State<Panel>, Query(wish): Query<Wish>) -> Response {
    page(&panel, wish, CatalogueCheck::default()).await
}

/// What a resident of a persona would write: another one each time.
pub(crate) async fn example(
    State(panel): State<Panel>,
    visit: Visit,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let characters = panel.characters().ok_or_else(|| unknown(""))?;
    let id = wish.of.as_deref().unwrap_or_default();
    let persona = characters.persona(id).ok_or_else(|| unknown(id))?;
    if !visit.is_partial {
        return Ok(page(&panel, wish, CatalogueCheck::default()).await);
    }
    let count = panel.read(panel.bots.persona_counts()).await.ok().map(|counts| count_of(&counts, id));
    let seed = wish.seed.unwrap_or_else(|| (characters.chance)());
    let (who, example) = example_of(characters, id, seed).await;
    let entry = PersonaEntry::of(persona, count).with_example(who, example, seed);
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
    for (at, persona) in
        panel.characters().into_iter().flat_map(|characters| characters.personas.iter().enumerate())
    {
        let Some(characters) = panel.characters() else { break };
        let is_meant = wish.of.as_deref() == Some(persona.id.as_str());
        // The same examples until others are asked for.
        let seed = wish.seed.filter(|_| is_meant).unwrap_or(at as u64);
        let (who, example) = example_of(characters, &persona.id, seed).await;
        let count = counts.as_ref().map(|counts| count_of(counts, &persona.id));
        entries.push(PersonaEntry::of(persona, count).with_example(who, example, seed));
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

/// Somebody of that persona, and what they would write.
async fn example_of(characters: &Characters, id: &str, seed: u64) -> (String, Preview) {
    let draw = Draw { count: 1, personas: vec![id.to_owned()], seed, ..Draw::default() };
    match characters.drawn(draw).await.pop() {
        Some(bot) => (bot.name.clone(), Preview::of(characters.sample(bot, seed).await)),
        None => (String::new(), Preview::of(Err("Nobody of this persona can be drawn.".into()))),
    }
}

fn count_of(counts: &BTreeMap<String, u64>, id: &str) -> u64 {
    counts.get(id).copied().unwrap_or(0)
}

fn unknown(id: &str) -> Failure {
    Failure::not_found(format!("The catalogue has no persona “{id}”."))
}
