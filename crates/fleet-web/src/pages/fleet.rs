//! The fleet at a glance: its state, its bots and what they do; and the orders that go to all bots at once.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fleet_bots::{Bot, Selection};
use serde::Deserialize;

use super::{Visit, render};
use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::bots::BotList;
use crate::parts::feed::Feed;
use crate::parts::notice::Notice;
use crate::parts::shell::Shell;
use crate::parts::status::Status;
use crate::parts::stop::StopBanner;
use crate::signed::Signed;

/// Which bots are shown.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(crate) struct Shown {
    page: Option<u64>,
}

impl Shown {
    /// The first page is 0. No page lies farther than what can be counted.
    pub(crate) fn page(self) -> u64 {
        self.page.unwrap_or(0).min(1_000_000)
    }
}

#[derive(Template)]
#[template(path = "fleet.html")]
struct FleetPage<'a> {
    shell: Shell<'a>,
    status: Status,
    bots: BotList,
    feed: Feed,
    page: u64,
    now_ms: i64,
}

pub(crate) async fn index(State(panel): State<Panel>, Query(shown): Query<Shown>) -> Response {
    let page = shown.page();
    let (banner, status, bots, feed) = futures::join!(
        StopBanner::read(&panel),
        Status::read(&panel),
        BotList::read(&panel, page),
        Feed::read(&panel),
    );
    let silent =
        [status.as_ref().err(), bots.as_ref().err(), feed.as_ref().err()].into_iter().flatten().next();
    let code = silent.map_or(StatusCode::OK, |failure| failure.status);
    let view = FleetPage {
        shell: Shell::of(&panel, Some(banner)),
        status: status.unwrap_or_else(|failure| Status::unknown(&failure)),
        bots: bots.unwrap_or_else(|_| BotList::unknown(page)),
        feed: feed.unwrap_or_else(|_| Feed::unknown()),
        page,
        now_ms: panel.now().0 / 1_000,
    };
    (code, render(&view)).into_response()
}

pub(crate) async fn start(
    State(panel): State<Panel>,
    Query(shown): Query<Shown>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bots = panel.write(panel.bots.start_bots(&Selection::All, &asked)).await?;
    changed(&panel, &bots, "started", shown, visit).await
}

pub(crate) async fn pause(
    State(panel): State<Panel>,
    Query(shown): Query<Shown>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bots = panel.write(panel.bots.pause_bots(&Selection::All, &asked)).await?;
    changed(&panel, &bots, "paused", shown, visit).await
}

pub(crate) async fn resume(
    State(panel): State<Panel>,
    Query(shown): Query<Shown>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bots = panel.write(panel.bots.resume_bots(&Selection::All, &asked)).await?;
    changed(&panel, &bots, "resumed", shown, visit).await
}

pub(crate) async fn stop(
    State(panel): State<Panel>,
    Query(shown): Query<Shown>,
    Signed(asked): Signed,
    visit: Visit,
) -> Result<Response, Failure> {
    let bots = panel.write(panel.bots.stop_bots(&Selection::All, &asked)).await?;
    changed(&panel, &bots, "stopped", shown, visit).await
}

/// The bots of the page and the fleet's state, as they are after the order.
async fn changed(
    panel: &Panel,
    bots: &[Bot],
    done: &str,
    shown: Shown,
    visit: Visit,
) -> Result<Response, Failure> {
    let mut frame = Frame::default();
    if visit.is_partial {
        let told = match bots {
            [] => format!("No bot had to be {done}."),
            [bot] => format!("{} was {done}.", bot.name),
            _ => format!("{} bots were {done}.", bots.len()),
        };
        let (list, status) = futures::try_join!(BotList::read(panel, shown.page()), Status::read(panel))?;
        frame = frame.replace("bots", &list).replace("status", &status).fill("notice", &Notice::done(told));
    }
    Ok(visit.answer(shown.page(), frame))
}

#[cfg(test)]
mod tests {
    use fleet_bots::StopState;

    use super::*;
    use crate::parts::stop::StopControl;

    #[test]
    fn a_page_without_the_store_says_so_and_still_stops_everything() {
        let banner = StopBanner::of(StopState::Off);
        let shell = Shell {
            notice: None,
            style_sheet: None,
            scripts: Vec::new(),
            control: StopControl::of(&banner),
            banner,
        };
        let status = Status::unknown(&Failure::store_is_silent());
        let page =
            FleetPage { shell, status, bots: BotList::unknown(0), feed: Feed::unknown(), page: 0, now_ms: 0 };
        let html = page.render().unwrap();
        for words in [
            "The store does not answer.",
            "“Stop everything” works without it.",
            "action=\"/stop-everything\"",
            "This page shows them as soon as it does.",
            "This build has no style sheet",
        ] {
            assert!(html.contains(words), "`{words}` is not in:\n{html}");
        }
        assert!(!html.contains("Nobody lives here yet"), "nobody knows that");
    }
}
