//! Puts a running fleet together: a node over the store and the gallery, and a panel beside it. Both end together.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use fleet_bots::{Account, BotFilter, Bots, Intent, ShownPost};
use fleet_brain::Brain;
use fleet_gallery::{FeedQuery, Gallery, Item};
use fleet_runtime::{FleetClock, Node, NodeConfig, Shutdown};
use fleet_web::{Characters, PanelConfig, Patience};
use tokio::net::TcpListener;

use crate::entrance::Entrance;

/// How long the panel may answer what it was asked before the end: somebody who asks by halves must not keep it.
const LAST_ANSWERS: Duration = Duration::from_secs(4);
/// How long all may take to end; a node that has joined needs less.
const LAST: Duration = Duration::from_secs(5);

/// Everything that a fleet lives on.
pub(crate) struct Fleet {
    pub(crate) bots: Bots,
    pub(crate) gallery: Gallery,
    pub(crate) brain: Brain,
    pub(crate) clock: FleetClock,
    pub(crate) node: NodeConfig,
}

/// A panel that has its place to listen, and is not served yet.
pub(crate) struct Panel {
    listener: TcpListener,
    config: PanelConfig,
    entrance: Entrance,
}

impl Panel {
    /// Takes a place to listen.
    ///
    /// # Errors
    /// When it cannot be had.
    pub(crate) async fn bind(
        entrance: Entrance,
        clock: FleetClock,
        gallery: &Gallery,
        notice: Option<String>,
    ) -> anyhow::Result<Self> {
        let listener = bind(&entrance).await.context("the panel has no place to listen")?;
        let config = PanelConfig {
            gallery_url: Some(gallery.base_url().to_string()),
            notice,
            now: Arc::new(move || clock.now()),
            speed: clock.speed(),
            by: "panel".into(),
            gallery_posts: None,
            characters: None,
            door: entrance.door(),
            patience: Patience::default(),
        };
        Ok(Self { listener, config, entrance })
    }

    /// The same, able to tell of personas and to ask what they write.
    pub(crate) fn knowing(mut self, characters: Characters) -> Self {
        self.config.characters = Some(characters);
        self
    }

    /// The same, able to see whose the gallery's newest posts are.
    fn seeing(mut self, gallery: &Gallery, bots: &Bots) -> Self {
        let (gallery, bots) = (gallery.clone(), bots.clone());
        self.config.gallery_posts = Some(Arc::new(move || {
            let (gallery, bots) = (gallery.clone(), bots.clone());
            Box::pin(async move { newest_posts(&gallery, &bots).await })
        }));
        self
    }

    /// Where people open it.
    ///
    /// # Errors
    /// When the system does not know.
    pub(crate) fn address(&self) -> anyhow::Result<String> {
        Ok(self.entrance.address(self.listener.local_addr()?))
    }

    async fn serve(self, bots: Bots, over: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
        let router = fleet_web::router(bots, self.config);
        fleet_web::serve(self.listener, router, over).await.context("the panel could not be served")
    }
}

impl Fleet {
    /// Lives until `shutdown`; a failure of the node or the panel ends both.
    ///
    /// # Errors
    /// Whatever ended it before it was asked to end.
    pub(crate) async fn live(self, panel: Option<Panel>, shutdown: &Shutdown) -> anyhow::Result<()> {
        let Fleet { bots, gallery, brain, clock, node } = self;
        let panel_of = bots.clone();
        let panel = panel.map(|panel| panel.seeing(&gallery, &bots));
        let node = Box::pin(Node::new(bots, gallery, brain, clock, node).run(shutdown.clone()));
        let node = async { ended(node.await.context("the node could not go on"), shutdown) };
        let over = shutdown.soft.clone();
        let panel = async {
            match panel {
                Some(panel) => ended(panel.serve(panel_of, over.cancelled_owned()).await, shutdown),
                None => Ok(()),
            }
        };
        let served = async {
            tokio::select! {
                served = panel => served,
                // A browser that does not let go must not keep a program that was told to end at once.
                () = shutdown.hard.cancelled() => Ok(()),
                () = overdue(LAST_ANSWERS, shutdown) => Ok(()),
            }
        };
        tokio::select! {
            (node, panel) = async { tokio::join!(node, served) } => node.and(panel),
            () = overdue(LAST, shutdown) => {
                tracing::warn!("the node did not end in time; its leases lapse by themselves");
                Ok(())
            }
        }
    }
}

/// The newest posts of the gallery, as a resident sees them; none while no resident has an account or nobody answers.
async fn newest_posts(gallery: &Gallery, bots: &Bots) -> Option<Vec<ShownPost>> {
    // Somebody who looks at a page is no reason to ask a gallery that turned the fleet away.
    if bots.read_rests().await.ok()?.fleet.iter().any(|rest| rest.cause.is_silence()) {
        return None;
    }
    let some = BotFilter { intent: Some(Intent::Running), ..BotFilter::default() };
    let residents = bots.list_bots(&some).await.ok()?.rows;
    let resident = residents.into_iter().map(|row| row.bot).find(|bot| bot.account == Account::Ready)?;
    let query = FeedQuery { limit: 100, ..FeedQuery::default() };
    let posts = tokio::select! {
        biased;
        // While everything is stopped nobody asks, either.
        () = bots.switch().pulled() => return None,
        posts = gallery.feed(&resident.username, &query) => posts.ok()?,
    };
    let shown = |post: Item| ShownPost {
        id: post.id,
        author: post.user.username.unwrap_or_default(),
        likes: post.like_count,
        comments: post.comment_count,
    };
    Some(posts.into_iter().map(shown).collect())
}

/// Returns so long after everything was asked to finish.
async fn overdue(patience: Duration, shutdown: &Shutdown) {
    shutdown.soft.cancelled().await;
    tokio::time::sleep(patience).await;
}

/// Ends everything else when one part failed.
fn ended(result: anyhow::Result<()>, shutdown: &Shutdown) -> anyhow::Result<()> {
    if result.is_err() {
        shutdown.soft.cancel();
    }
    result
}

async fn bind(entrance: &Entrance) -> anyhow::Result<TcpListener> {
    let (address, option) = match entrance {
        Entrance::Open { .. } => (entrance.listen(), "--port"),
        Entrance::SignIn { .. } => (entrance.listen(), "--listen"),
    };
    TcpListener::bind(address).await.with_context(|| {
        format!("{address} cannot be had; something else may use it, choose another with {option}")
    })
}
