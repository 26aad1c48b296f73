//! Making a bot: somebody drawn by chance, whom the operator makes their own, or leaves as drawn.

use std::collections::HashSet;

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::Visit;
use super::form::{self, Judged};
use super::typed::{Pairs, Typed};
use crate::characters::{Characters, Draw, Persona};
use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::sample::Preview;
use crate::signed::Signed;

/// Whom to draw.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wish {
    persona: Option<String>,
    seed: Option<u64>,
}

pub(crate) async fn new(State(panel): State<Panel>, Query(wish): Query<Wish>) -> Result<Response, Failure> {
    let seed = wish.seed.unwrap_or_else(|| chance(&panel));
    let taken = panel.read(panel.bots.usernames()).await.ok();
    let typed = drawn(&panel, wish.persona.as_deref().unwrap_or_default(), seed, taken.as_ref()).await;
    let judged = judged(&panel, Typed { start: true, ..typed }, taken.is_some()).await?;
    Ok(form::page(&panel, judged, None, Preview::default()).await)
}

pub(crate) async fn create(
    State(panel): State<Panel>,
    Signed(asked): Signed,
    Form(pairs): Form<Pairs>,
) -> Response {
    let mut typed = Typed::read(pairs);
    if typed.username.is_empty()
        && let Ok(Some(free)) = form::suggestion(&panel, &typed.name).await
    {
        typed.username = free;
    }
    let judged = match Judged::of(&panel, typed.clone()).await {
        Ok(judged) => judged,
        Err(failure) => {
            return form::sent_back(&panel, form::unjudged(typed), failure.status, Some(failure)).await;
        }
    };
    if judged.words.has_wrong() {
        return form::sent_back(&panel, judged, StatusCode::UNPROCESSABLE_ENTITY, None).await;
    }
    let bot = match panel.write(panel.bots.create_bot(judged.bot.clone(), &asked)).await {
        Ok(bot) => bot,
        Err(failure) => return form::sent_back(&panel, judged, failure.status, Some(failure)).await,
    };
    // It is made from here on, whatever becomes of its start: its page says what is missing.
    let missing = match typed.start {
        true => panel.write(panel.bots.start_bot(bot.id, &asked)).await.err(),
        false => None,
    };
    let words = missing.map_or("", |failure| {
        tracing::warn!(what = failure.what, bot.id = %bot.id, "a new bot could not be started");
        "?missing=start"
    });
    Redirect::to(&format!("/bots/{}{words}", bot.id)).into_response()
}

/// Fills in what was not typed: the defaults of the persona that was chosen, or somebody else of it.
pub(crate) async fn fill(
    State(panel): State<Panel>,
    visit: Visit,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Failure> {
    let is_another = pairs.iter().any(|(name, _)| name == "another");
    let typed = Typed::read(pairs);
    let taken = panel.read(panel.bots.usernames()).await.ok();
    let before = drawn(&panel, &typed.drawn_as, typed.seed, taken.as_ref()).await;
    let seed = if is_another { chance(&panel) } else { typed.seed };
    let new = drawn(&panel, &typed.persona, seed, taken.as_ref()).await;
    let judged = judged(&panel, typed.redrawn(&before, new), taken.is_some()).await?;
    if visit.is_partial {
        return Ok(Frame::default().replace("bot-form", &judged.form(&panel, None)).into_response());
    }
    Ok(form::page(&panel, judged, None, Preview::default()).await)
}

/// Words for a form that nobody has typed anything wrong into yet. Where the store did not answer a moment ago it is not
/// waited for again.
async fn judged(panel: &Panel, typed: Typed, store_answers: bool) -> Result<Judged, Failure> {
    match store_answers {
        true => form::judged(panel, typed).await,
        false => Ok(form::unjudged(typed)),
    }
}

/// Somebody of `persona`, or of any where it is not known, with a username that is not `taken`, as far as is known; the same
/// for the same seed.
async fn drawn(panel: &Panel, persona: &str, seed: u64, taken: Option<&HashSet<String>>) -> Typed {
    let Some(characters) = panel.characters() else { return somebody(persona) };
    let persona = characters.persona(persona).or_else(|| by_chance(characters, seed));
    let personas = persona.map(|persona| vec![persona.id.clone()]).unwrap_or_default();
    let taken = taken.cloned().unwrap_or_default();
    let resident = characters.drawn(Draw { count: 1, personas, taken, seed }).await.pop();
    match resident {
        Some(bot) => Typed { seed, drawn_as: bot.persona.clone(), ..Typed::of(&bot) },
        None => somebody(""),
    }
}

/// One of the personas, the more likely the larger its share.
fn by_chance(characters: &Characters, seed: u64) -> Option<&Persona> {
    const STEPS: u64 = 997;
    let mut at = (seed % STEPS) as f64 / STEPS as f64;
    characters.personas.iter().find(|persona| {
        at -= persona.share;
        at < 0.0
    })
}

/// A beginning where nobody can be drawn.
fn somebody(persona: &str) -> Typed {
    let text = |text: &str| text.to_owned();
    Typed {
        persona: text(persona),
        weights: ["10", "20", "30", "40"].map(text),
        zone: text("UTC"),
        busy: text("9-17"),
        days: fleet_bots::Day::ALL[..5].to_vec(),
        min: text("1 min"),
        max: text("5 min"),
        ..Typed::default()
    }
}

fn chance(panel: &Panel) -> u64 {
    panel.characters().map(|characters| (characters.chance)()).unwrap_or_default()
}
