//! A panel that is served over a store of its own, with as many bots as are asked for and nobody who runs them.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Result;
use fleet_bots::{
    ActivityKind, Asked, BotId, Bots, Day, FleetTime, HourSpan, Interests, NewActivity, NewBot, Rhythm,
    Selection, StoreAddress, Switch, Weights,
};
use fleet_web::{Door, PanelConfig, Patience, router, serve};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// What is served, until the value is gone.
pub(crate) struct Fleet {
    bots: Bots,
    pub(crate) address: SocketAddr,
    bot: BotId,
    _folder: TempDir,
}

/// A page to be measured.
pub(crate) struct Page {
    pub(crate) name: &'static str,
    pub(crate) path: String,
}

impl Fleet {
    pub(crate) async fn of(count: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let address = StoreAddress::Sqlite(folder.path().join("fleet.db"));
        let bots = Bots::connect(&address, Switch::new(None)).await?;
        let asked = Asked { by: "bench".into(), at: fleet_now() };
        let mut first = None;
        for hundreds in 0..count.div_ceil(1_000) {
            let new = (hundreds * 1_000..Ord::min((hundreds + 1) * 1_000, count)).map(new_bot).collect();
            let made = bots.create_bots(new, &asked).await?;
            first = first.or(made.first().map(|bot| bot.id));
        }
        bots.start_bots(&Selection::All, &asked).await?;
        let config = PanelConfig {
            gallery_url: None,
            notice: None,
            now: Arc::new(fleet_now),
            speed: 1.0,
            gallery_posts: None,
            characters: None,
            by: "bench".into(),
            door: Door::Open,
            patience: Patience::default(),
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        tokio::spawn(serve(listener, router(bots.clone(), config), std::future::pending()));
        let bot = first.ok_or_else(|| anyhow::anyhow!("there is to be a bot"))?;
        Ok(Self { bots, address, bot, _folder: folder })
    }

    pub(crate) async fn pages(&self) -> Result<Vec<Page>> {
        for number in 0..60 {
            self.tell(number).await?;
        }
        let page = |name, path: &str| Page { name, path: path.to_owned() };
        Ok(vec![
            page("/", "/"),
            page("/bots", "/bots"),
            page("/bots/new", "/bots/new"),
            page("/bots/{id}", &format!("/bots/{}", self.bot)),
            page("/bots/{id}/edit", &format!("/bots/{}/edit", self.bot)),
            page("/activity", "/activity"),
            page("/activity/{seq}", "/activity/1"),
            page("/personas", "/personas"),
            page("/nodes", "/nodes"),
            page("/costs", "/costs"),
            page("/settings", "/settings"),
        ])
    }

    /// Commits one activity that tells its number.
    pub(crate) async fn tell(&self, number: u32) -> Result<()> {
        let words = format!("Bot 0 thinks of number {number}");
        let activity = NewActivity::of(self.bot, ActivityKind::Thought, fleet_now(), words);
        Ok(self.bots.record_activity(vec![activity]).await?)
    }
}

/// The clock of this machine, in milliseconds since 1970; the browser reads the same.
#[expect(clippy::disallowed_methods, reason = "a browser's clock can be compared with no other")]
pub(crate) fn now_ms() -> f64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0.0, |since| since.as_secs_f64() * 1e3)
}

fn fleet_now() -> FleetTime {
    FleetTime((now_ms() * 1e3) as i64)
}

fn new_bot(number: usize) -> NewBot {
    NewBot {
        name: format!("Bot {number}"),
        username: format!("bot_{number:05}"),
        persona: ["botanist", "poet", "cook", "astronomer"][number % 4].into(),
        bio: "An AI resident with a window sill of ferns.".into(),
        personality: "Grows ferns and draws them with ink, patiently, every day.".into(),
        vibe: "calm".into(),
        interests: Interests(vec!["ferns".into(), "ink".into()]),
        weights: Weights { post: 0.2, comment: 0.3, like: 0.4, browse: 0.1 },
        rhythm: Rhythm {
            zone: "Europe/London".into(),
            busy: vec![HourSpan { from: 9, to: 17 }],
            days: Day::ALL.to_vec(),
        },
        min_interval_s: 60,
        max_interval_s: 300,
    }
}
