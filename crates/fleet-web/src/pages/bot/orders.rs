//! Orders to one bot. Each writes what is wanted; nodes see to it. They are given on the table and on the bot's own page,
//! and the answer changes whichever of the two is open.

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::response::{Redirect, Response};
use fleet_bots::{ActNow, Bot, BotId};
use serde_json::Value;

use super::known;
use super::now::BotNow;
use crate::failure::Failure;
use crate::pages::{Back, Visit, account_after};
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::bot_row::BotRow;
use crate::parts::notice::Notice;
use crate::parts::status::Status;
use crate::signed::Signed;

pub(crate) async fn start(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Query(back): Query<Back>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bot = panel.write(panel.bots.start_bot(known(&id)?, &asked)).await?;
    changed(&panel, &bot, "was started", &back, visit).await
}

pub(crate) async fn pause(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Query(back): Query<Back>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bot = panel.write(panel.bots.pause_bot(known(&id)?, &asked)).await?;
    changed(&panel, &bot, "was paused", &back, visit).await
}

pub(crate) async fn resume(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Query(back): Query<Back>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bot = panel.write(panel.bots.resume_bot(known(&id)?, &asked)).await?;
    changed(&panel, &bot, "goes on", &back, visit).await
}

pub(crate) async fn stop(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Query(back): Query<Back>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bot = panel.write(panel.bots.stop_bot(known(&id)?, &asked)).await?;
    changed(&panel, &bot, "was stopped", &back, visit).await
}

/// Asks it to do one thing next, whatever the hour.
pub(crate) async fn act(
    State(panel): State<Panel>,
    Path((id, wish)): Path<(String, String)>,
    Query(back): Query<Back>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let wanted: ActNow = serde_json::from_value(Value::String(wish.clone()))
        .map_err(|_| Failure::not_found(format!("No bot can be asked to `{wish}`.")))?;
    panel.write(panel.bots.request_action(id, wanted, &asked)).await?;
    let bot = panel.read(panel.bots.get_bot(&id.to_string())).await?.bot;
    changed(&panel, &bot, &format!("was asked to {}", wanted.told()), &back, visit).await
}

/// Its page is gone with it: the way leads to the table.
pub(crate) async fn delete(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Signed(asked): Signed,
    form: Bytes,
) -> Result<Redirect, Failure> {
    panel.write(panel.bots.delete_bot(known(&id)?, account_after(&form), &asked)).await?;
    Ok(Redirect::to("/bots"))
}

/// The bot and the fleet's state, as they are after the order.
async fn changed(
    panel: &Panel,
    bot: &Bot,
    told: &str,
    back: &Back,
    visit: Visit,
) -> Result<Response, Failure> {
    let mut frame = Frame::default();
    if visit.is_partial {
        frame = if back.path().starts_with(&own_page(bot.id)) {
            frame.replace("bot-now", &BotNow::read(panel, bot.id).await?)
        } else {
            let view = panel.read(panel.bots.get_bot(&bot.id.to_string())).await?;
            let row = BotRow::of(&view, panel, back.path());
            frame.replace(&row.id, &row)
        };
        frame = frame
            .replace("status", &Status::read(panel).await?)
            .fill("notice", &Notice::done(format!("{} {told}.", bot.name)));
    }
    Ok(visit.answer(back.path(), frame))
}

fn own_page(id: BotId) -> String {
    format!("/bots/{id}")
}
