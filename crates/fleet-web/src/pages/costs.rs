//! What the fleet spends: today and this month, on whom and what, and what is left.

use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use tokio::sync::Mutex;
use tokio::time::Instant;

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

/// How long costs that were read are shown. Every action of every bot is news to this page, and what they did today is counted
/// for it.
const FRESH: Duration = Duration::from_secs(15);

/// The page, as far as it moves.
#[derive(Default)]
struct AllCosts {
    last: Mutex<Option<(Instant, Piece)>>,
}

impl Scene for AllCosts {
    async fn pieces(&self, panel: &Panel) -> Result<Vec<Piece>, Failure> {
        let mut last = self.last.lock().await;
        let fresh = last.take().filter(|(read, _)| read.elapsed() < FRESH);
        let (read, piece) = match fresh {
            Some(fresh) => fresh,
            None => (Instant::now(), Piece::of("costs", &Costs::read(panel).await?)),
        };
        *last = Some((read, piece.clone()));
        Ok(vec![piece])
    }
}

pub(crate) async fn index(State(panel): State<Panel>) -> Result<Response, Failure> {
    let live = Some("/costs/live".into());
    let (shell, costs) = futures::join!(Shell::read(&panel, Section::Costs, live), Costs::read(&panel));
    Ok(render(&CostsPage { shell, costs: costs? }))
}

pub(crate) async fn live(opening: Opening) -> Response {
    opening.follow(AllCosts::default())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use fleet_bots::{Bots, FleetTime, Micros, NewSpend, Purpose, StoreAddress, Switch};

    use super::*;
    use crate::panel::{Door, PanelConfig, Patience};

    #[tokio::test]
    async fn an_open_page_reads_the_costs_now_and_then_however_much_happens() {
        let folder = tempfile::tempdir().unwrap();
        let address = StoreAddress::Sqlite(folder.path().join("fleet.db"));
        let bots = Bots::connect(&address, Switch::new(None)).await.unwrap();
        let now = FleetTime(1_772_712_000_000_000);
        let config = PanelConfig {
            gallery_url: None,
            notice: None,
            now: Arc::new(move || now),
            speed: 1.0,
            gallery_posts: None,
            characters: None,
            by: "panel".into(),
            door: Door::Open,
            patience: Patience::default(),
        };
        let panel = Panel::new(bots.clone(), config);
        let scene = AllCosts::default();
        let before = scene.pieces(&panel).await.unwrap();
        let call = NewSpend {
            bot_id: None,
            purpose: Purpose::Probe,
            provider: "openai".into(),
            model: "small".into(),
            most: Micros(700),
            at: now,
        };
        bots.reserve_spend(call).await.unwrap();
        assert_eq!(scene.pieces(&panel).await.unwrap(), before);
        let old =
            scene.last.lock().await.take().and_then(|(read, piece)| Some((read.checked_sub(FRESH)?, piece)));
        *scene.last.lock().await = Some(old.expect("this machine runs for longer than that"));
        assert_ne!(scene.pieces(&panel).await.unwrap(), before);
    }
}
