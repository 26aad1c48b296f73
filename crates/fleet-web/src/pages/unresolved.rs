//! What nobody knows the end of, of all bots; and the operator's word on one of it.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use fleet_bots::{ActionId, BotId};

use super::{Back, Visit, render};
use crate::failure::Failure;
use crate::live::Opening;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::notice::Notice;
use crate::parts::shell::{Section, Shell};
use crate::parts::status::Status;
use crate::parts::unresolved::Unresolved;
use crate::scene::{Piece, Scene};
use crate::signed::Signed;

#[derive(Template)]
#[template(path = "unresolved.html")]
struct UnresolvedPage<'a> {
    shell: Shell<'a>,
    unresolved: Unresolved,
}

/// The page, as far as it moves.
struct OfAll;

impl Scene for OfAll {
    async fn pieces(&self, panel: &Panel) -> Result<Vec<Piece>, Failure> {
        Ok(vec![Piece::of("unresolved", &Unresolved::read(panel, None).await?)])
    }
}

pub(crate) async fn index(State(panel): State<Panel>) -> Result<Response, Failure> {
    let unresolved = Unresolved::read(&panel, None).await?;
    let shell = Shell::read(&panel, Section::Overview, Some("/unresolved/live".into())).await;
    Ok(render(&UnresolvedPage { shell, unresolved }))
}

pub(crate) async fn live(opening: Opening) -> Response {
    opening.follow(OfAll)
}

pub(crate) async fn happened(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Query(back): Query<Back>,
    signed: Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    resolve(&panel, &id, true, &back, signed, visit).await
}

pub(crate) async fn did_not(
    State(panel): State<Panel>,
    Path(id): Path<String>,
    Query(back): Query<Back>,
    signed: Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    resolve(&panel, &id, false, &back, signed, visit).await
}

async fn resolve(
    panel: &Panel,
    id: &str,
    happened: bool,
    back: &Back,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let known: ActionId =
        id.parse().map_err(|_| Failure::not_found(format!("There is no action `{id}`.")))?;
    let action = panel.write(panel.bots.resolve_action(known, happened, &asked)).await?;
    let mut frame = Frame::default();
    if visit.is_partial {
        let of_one = back.path().starts_with("/bots/").then_some(action.bot_id);
        let told = if happened { "Noted: it happened." } else { "Noted: it did not happen." };
        frame = shown(panel, of_one).await?.fill("notice", &Notice::done(told));
    }
    Ok(visit.answer(back.path(), frame))
}

async fn shown(panel: &Panel, of_one: Option<BotId>) -> Result<Frame, Failure> {
    let (unresolved, status) = futures::try_join!(Unresolved::read(panel, of_one), Status::read(panel))?;
    Ok(Frame::default().replace("unresolved", &unresolved).replace("status", &status))
}
