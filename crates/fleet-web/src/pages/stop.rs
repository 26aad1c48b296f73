//! Stopping everything, and lifting the stop. It works while the store hangs: the switch of this process is moved first.

use axum::extract::{Query, State};
use axum::response::Response;
use fleet_bots::StopState;

use super::{Back, Visit};
use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::notice::Notice;
use crate::parts::stop::{StopBanner, StopControl};
use crate::signed::Signed;

pub(crate) async fn create(
    State(panel): State<Panel>,
    Query(back): Query<Back>,
    Signed(asked): Signed,
    visit: Visit,
) -> Response {
    let state = panel.bots.stop_everything(&asked).await;
    let told = match state {
        StopState::Pending => "Everything is stopped on this node; the store is still to be told.",
        StopState::On | StopState::Off => "Everything is stopped.",
    };
    visit.answer(back.path(), frame(&panel).await.fill("notice", &Notice::done(told)))
}

pub(crate) async fn delete(
    State(panel): State<Panel>,
    Query(back): Query<Back>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let lifted = panel.write(panel.bots.lift_stop(&asked)).await?;
    let told = if lifted {
        "The stop is lifted; bots go on as they were meant to."
    } else {
        "Nothing was stopped, so nothing was lifted."
    };
    Ok(visit.answer(back.path(), frame(&panel).await.fill("notice", &Notice::done(told))))
}

async fn frame(panel: &Panel) -> Frame {
    let banner = StopBanner::read(panel).await;
    Frame::default().replace("stop", &banner).replace("stop-control", &StopControl::of(&banner))
}
