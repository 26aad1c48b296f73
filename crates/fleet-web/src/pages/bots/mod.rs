//! The table of bots: searched, filtered, sorted, a page at a time; and the orders that go to many bots at once.

mod selection;
mod table;

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query, RawForm, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fleet_bots::Selection;

use self::selection::Meant;
use self::table::BotTable;
pub(crate) use self::table::Shown;
use super::{Visit, account_after, render};
use crate::failure::Failure;
use crate::live::Opening;
use crate::panel::Panel;
use crate::parts::notice::Notice;
use crate::parts::shell::{Section, Shell};
use crate::parts::status::Status;
use crate::parts::{Frame, grouped};
use crate::scene::{Piece, Scene};
use crate::signed::Signed;

#[derive(Template)]
#[template(path = "bots.html")]
struct BotsPage<'a> {
    shell: Shell<'a>,
    shown: &'a Shown,
    table: BotTable,
    /// Those of the bots that there are, and the one that is looked for: ids and names.
    personas: Vec<(String, String)>,
}

/// The table, as far as it moves.
struct Table(Shown);

impl Scene for Table {
    async fn pieces(&self, panel: &Panel) -> Result<Vec<Piece>, Failure> {
        let table = BotTable::read(panel, &self.0).await?;
        Ok(vec![table.piece()])
    }
}

pub(crate) async fn index(State(panel): State<Panel>, Query(shown): Query<Shown>) -> Response {
    let live = shown.address("/bots/live", shown.page());
    let (shell, table, numbers) = futures::join!(
        Shell::read(&panel, Section::Bots, Some(live)),
        BotTable::read(&panel, &shown),
        panel.numbers(),
    );
    let (status, table) = match table {
        Ok(table) => (StatusCode::OK, table),
        Err(failure) => (failure.status, BotTable::unknown(&shown)),
    };
    let mut ids: BTreeSet<String> =
        numbers.map(|numbers| numbers.summary.by_persona.keys().cloned().collect()).unwrap_or_default();
    ids.extend(shown.filter().persona);
    let personas = ids.into_iter().map(|id| (id.clone(), panel.persona_name(&id))).collect();
    (status, render(&BotsPage { shell, shown: &shown, table, personas })).into_response()
}

pub(crate) async fn live(opening: Opening, Query(shown): Query<Shown>) -> Response {
    opening.follow(Table(shown))
}

/// Gives an order to those that are selected, or to all that the table's filter matches.
pub(crate) async fn order(
    State(panel): State<Panel>,
    Path(order): Path<String>,
    Query(shown): Query<Shown>,
    Signed(asked): Signed,
    visit: Visit,
    RawForm(form): RawForm,
) -> Result<Response, Failure> {
    let bots = &panel.bots;
    let selection = match Meant::of(&form)? {
        Meant::These(ids) => Selection::Ids(ids),
        Meant::AllThatMatch => Selection::Matching(shown.filter()),
    };
    let (changed, done) = match order.as_str() {
        "start" => (panel.write(bots.start_bots(&selection, &asked)).await?, "started"),
        "pause" => (panel.write(bots.pause_bots(&selection, &asked)).await?, "paused"),
        "resume" => (panel.write(bots.resume_bots(&selection, &asked)).await?, "resumed"),
        "stop" => (panel.write(bots.stop_bots(&selection, &asked)).await?, "stopped"),
        "delete" => {
            (panel.write(bots.delete_bots(&selection, account_after(&form), &asked)).await?, "deleted")
        }
        _ => return Err(Failure::not_found(format!("There is no order `{order}`."))),
    };
    let mut frame = Frame::default();
    if visit.is_partial {
        let told = match changed.as_slice() {
            [] => format!("No bot had to be {done}."),
            [bot] => format!("{} was {done}.", bot.name),
            _ => format!("{} bots were {done}.", grouped(changed.len() as u64)),
        };
        let (table, status) = futures::try_join!(BotTable::read(&panel, &shown), Status::read(&panel))?;
        frame = frame.replace("bots", &table).replace("status", &status).fill("notice", &Notice::done(told));
    }
    Ok(visit.answer(&shown.address("/bots", shown.page()), frame))
}
