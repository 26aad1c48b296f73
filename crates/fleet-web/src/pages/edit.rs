//! Changing a bot. What somebody else changes at the same time is noticed: it stays, or is told beside its field.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use fleet_bots::{Bot, BotChanges, BotId, NewBot};

use super::Visit;
use super::form::{self, Judged};
use super::typed::{Pairs, Typed};
use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::sample::Preview;
use crate::signed::Signed;

pub(crate) async fn edit(State(panel): State<Panel>, Path(id): Path<String>) -> Result<Response, Failure> {
    let bot = panel.read(panel.bots.get_bot(&known(&id)?.to_string())).await?.bot;
    let judged = Judged::of(&panel, opened(&bot)).await?;
    Ok(form::page(&panel, judged, None, Preview::default()).await)
}

pub(crate) async fn update(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Signed(asked): Signed,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let typed = Typed { bot_id: Some(id), ..Typed::read(pairs) };
    let judged = match Judged::of(&panel, typed.clone()).await {
        Ok(judged) => judged,
        Err(failure) if failure.status == StatusCode::NOT_FOUND => return Err(failure),
        Err(failure) => {
            return Ok(form::sent_back(&panel, form::unjudged(typed), failure.status, Some(failure)).await);
        }
    };
    if judged.words.has_wrong() {
        return Ok(form::sent_back(&panel, judged, StatusCode::UNPROCESSABLE_ENTITY, None).await);
    }
    let now = judged.now.as_ref().map(NewBot::from).unwrap_or_else(|| judged.bot.clone());
    if judged.has_crossed {
        return Ok(form::sent_back(&panel, seen_now(judged, now), StatusCode::CONFLICT, None).await);
    }
    if now == judged.bot {
        return Ok(Redirect::to(&format!("/bots/{id}")).into_response());
    }
    let changes = BotChanges::between(&now, judged.bot.clone());
    match panel.write(panel.bots.update_bot(id, changes, &asked)).await {
        Ok(bot) => Ok(Redirect::to(&format!("/bots/{}", bot.id)).into_response()),
        Err(failure) => Ok(form::sent_back(&panel, judged, failure.status, Some(failure)).await),
    }
}

/// Fills in what the persona that was chosen is drawn to, its day and its pace; the bot stays who it is.
pub(crate) async fn fill(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    visit: Visit,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Failure> {
    let mut typed = Typed { bot_id: Some(known(&id)?), ..Typed::read(pairs) };
    if let Some(persona) = panel.characters().and_then(|characters| characters.persona(&typed.persona)) {
        let habits = Typed::of(&NewBot {
            personality: persona.personality.clone(),
            vibe: persona.vibe.clone(),
            interests: fleet_bots::Interests(persona.interests.clone()),
            weights: persona.weights,
            rhythm: fleet_bots::Rhythm { zone: typed.zone.clone(), ..persona.rhythm.clone() },
            min_interval_s: persona.min_interval_s,
            max_interval_s: persona.max_interval_s,
            ..typed.bot().0
        });
        typed = Typed {
            interests: habits.interests,
            personality: habits.personality,
            vibe: habits.vibe,
            weights: habits.weights,
            busy: habits.busy,
            days: habits.days,
            min: habits.min,
            max: habits.max,
            ..typed
        };
    }
    let judged = form::judged(&panel, typed).await?;
    if visit.is_partial {
        return Ok(Frame::default().replace("bot-form", &judged.form(&panel, None)).into_response());
    }
    Ok(form::page(&panel, judged, None, Preview::default()).await)
}

/// The form as it is opened.
fn opened(bot: &Bot) -> Typed {
    let now = NewBot::from(bot);
    Typed { bot_id: Some(bot.id), seen: Some(now.clone()), ..Typed::of(&now) }
}

/// The same form, opened over the bot as it is now: what others changed is in it, and whoever saves it again means it.
fn seen_now(judged: Judged, now: NewBot) -> Judged {
    let typed = Typed { bot_id: judged.typed.bot_id, seen: Some(now), ..Typed::of(&judged.bot) };
    Judged { typed, ..judged }
}

fn known(id: &str) -> Result<BotId, Failure> {
    id.parse().map_err(|_| Failure::not_found(format!("There is no bot `{id}`.")))
}
