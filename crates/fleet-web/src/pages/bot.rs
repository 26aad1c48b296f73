//! Orders to one bot. Each writes what is wanted; nodes see to it.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use fleet_bots::{Bot, BotId};

use super::Visit;
use super::fleet::Shown;
use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::bots::BotRow;
use crate::parts::notice::Notice;
use crate::parts::status::Status;
use crate::signed::Signed;

pub(crate) async fn start(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Query(shown): Query<Shown>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bot = panel.write(panel.bots.start_bot(known(&id)?, &asked)).await?;
    changed(&panel, &bot, "was started", shown, visit).await
}

pub(crate) async fn pause(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Query(shown): Query<Shown>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bot = panel.write(panel.bots.pause_bot(known(&id)?, &asked)).await?;
    changed(&panel, &bot, "was paused", shown, visit).await
}

pub(crate) async fn resume(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Query(shown): Query<Shown>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bot = panel.write(panel.bots.resume_bot(known(&id)?, &asked)).await?;
    changed(&panel, &bot, "goes on", shown, visit).await
}

pub(crate) async fn stop(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Query(shown): Query<Shown>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bot = panel.write(panel.bots.stop_bot(known(&id)?, &asked)).await?;
    changed(&panel, &bot, "was stopped", shown, visit).await
}

fn known(id: &str) -> Result<BotId, Failure> {
    id.parse().map_err(|_| Failure::not_found(format!("There is no bot `{id}`.")))
}

/// The bot's row and the fleet's state, as they are after the order.
async fn changed(
    panel: &Panel,
    bot: &Bot,
    told: &str,
    shown: Shown,
    visit: Visit,
) -> Result<Response, Failure> {
    let mut frame = Frame::default();
    if visit.is_partial {
        let view = panel.read(panel.bots.get_bot(&bot.id.to_string())).await?;
        let row = BotRow::of(&view, panel, shown.page());
        frame = frame
            .replace(&row.id, &row)
            .replace("status", &Status::read(panel).await?)
            .fill("notice", &Notice::done(format!("{} {told}.", bot.name)));
    }
    Ok(visit.answer(shown.page(), frame))
}
