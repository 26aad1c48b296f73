//! What the fleet spends: today and this month, on whom and what, and what is left.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::render;
use crate::failure::Failure;
use crate::live::Opening;
use crate::panel::Panel;
use crate::parts::costs::Costs;
use crate::parts::shell::{Section, Shell};
use crate::scene::{Piece, Scene};

#[derive(Template)]
#[template(path = "costs.html")]
struct CostsPage<'a> {
    shell: Shell<'a>,
    costs: Costs,
}

/// The page, as far as it moves.
struct AllCosts;

impl Scene for AllCosts {
    async fn pieces(&self, panel: &Panel) -> Result<Vec<Piece>, Failure> {
        Ok(vec![Piece::of("costs", &Costs::read(panel).await?)])
    }
}

pub(crate) async fn index(State(panel): State<Panel>) -> Result<Response, Failure> {
    let live = Some("/costs/live".into());
    let (shell, costs) = futures::join!(Shell::read(&panel, Section::Costs, live), Costs::read(&panel));
    Ok(render(&CostsPage { shell, costs: costs? }))
}

pub(crate) async fn live(opening: Opening) -> Response {
    opening.follow(AllCosts)
}
