//! The processes that run bots.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::render;
use crate::failure::Failure;
use crate::live::Opening;
use crate::panel::Panel;
use crate::parts::nodes::Nodes;
use crate::parts::shell::{Section, Shell};
use crate::scene::{Piece, Scene};

#[derive(Template)]
#[template(path = "nodes.html")]
struct NodesPage<'a> {
    shell: Shell<'a>,
    nodes: Nodes,
}

/// The page, as far as it moves.
struct AllNodes;

impl Scene for AllNodes {
    async fn pieces(&self, panel: &Panel) -> Result<Vec<Piece>, Failure> {
        Ok(vec![Piece::of("nodes", &Nodes::read(panel).await?)])
    }
}

pub(crate) async fn index(State(panel): State<Panel>) -> Result<Response, Failure> {
    let live = Some("/nodes/live".into());
    let (shell, nodes) = futures::join!(Shell::read(&panel, Section::Nodes, live), Nodes::read(&panel));
    Ok(render(&NodesPage { shell, nodes: nodes? }))
}

pub(crate) async fn live(opening: Opening) -> Response {
    opening.follow(AllNodes)
}
