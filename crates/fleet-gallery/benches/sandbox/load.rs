//! A sandbox on one thread, and how many requests of a kind it answers in a second.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use fleet_gallery::sandbox::Policy;
use fleet_gallery::{FeedQuery, Gallery, GalleryConfig, Sandbox, SandboxConfig, Secret, Sort};
use tempfile::TempDir;
use tokio::runtime::Builder;
use url::Url;

use crate::fill::{self, Size};

const CONNECTIONS: u64 = 32;
const WARM_UP: Duration = Duration::from_millis(300);
const SPAN: Duration = Duration::from_secs(2);

/// A kind of request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Feed,
    Trending,
    Category,
    DeepPage,
    Item,
    Comments,
    Like,
    Comment,
    FeedAndLike,
}

impl Kind {
    pub(crate) const ALL: [Self; 9] = [
        Self::Feed,
        Self::Trending,
        Self::Category,
        Self::DeepPage,
        Self::Item,
        Self::Comments,
        Self::Like,
        Self::Comment,
        Self::FeedAndLike,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Feed => "feed, newest 20",
            Self::Trending => "feed, trending 20",
            Self::Category => "feed of a category",
            Self::DeepPage => "feed, a page far down",
            Self::Item => "one post",
            Self::Comments => "comments of a post",
            Self::Like => "like",
            Self::Comment => "comment",
            Self::FeedAndLike => "feed and like in turn",
        }
    }
}

/// A sandbox that is being served.
pub(crate) struct Served {
    url: Url,
    size: Size,
    turn: AtomicU64,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
    _folder: TempDir,
}

fn token() -> Secret {
    Secret::new("fst_bench_0123456789abcdef")
}

impl Served {
    /// Fills a gallery and opens it.
    pub(crate) fn begin(size: Size) -> Self {
        Self::open(fill::folder(size), size)
    }

    /// Opens a gallery that was filled.
    pub(crate) fn open(folder: TempDir, size: Size) -> Self {
        let (told, url) = mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let state_dir = Some(folder.path().to_owned());
        let thread = thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async move {
                let policy = Policy { requests_per_minute: u64::MAX, ..Policy::default() };
                let config =
                    SandboxConfig { state_dir, policy, ..SandboxConfig::new(token(), Arc::new(fill::end)) };
                let sandbox = Sandbox::start(config).await.expect("a sandbox");
                told.send(sandbox.url().clone()).expect("somebody waits");
                _ = stopped.await;
                sandbox.stop().await;
            });
        });
        let url = url.recv().expect("an address");
        Self { url, size, turn: AtomicU64::new(0), stop: Some(stop), thread: Some(thread), _folder: folder }
    }

    /// Requests of this kind a second.
    pub(crate) fn rate(&self, kind: Kind) -> f64 {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let gallery = Gallery::new(GalleryConfig::new(self.url.clone(), token())).expect("a client");
        runtime.block_on(async {
            self.load(&gallery, kind, WARM_UP).await;
            let begun = Instant::now();
            let answered = self.load(&gallery, kind, SPAN).await;
            answered as f64 / begun.elapsed().as_secs_f64()
        })
    }

    async fn load(&self, gallery: &Gallery, kind: Kind, span: Duration) -> u64 {
        let until = Instant::now() + span;
        let line = async || {
            let mut answered = 0;
            while Instant::now() < until {
                self.ask(gallery, kind, self.turn.fetch_add(1, Ordering::Relaxed) as usize).await;
                answered += 1;
            }
            answered
        };
        let lines = (0..CONNECTIONS).map(|_| line());
        futures::future::join_all(lines).await.into_iter().sum()
    }

    async fn ask(&self, gallery: &Gallery, kind: Kind, turn: usize) {
        let agent = fill::agent(turn % self.size.agents);
        let post = fill::post(turn.wrapping_mul(7_919) % self.size.posts);
        let feed = async |sort, category: Option<&str>, offset| {
            let query = FeedQuery { sort, category: category.map(str::to_owned), offset, limit: 20 };
            gallery.feed(&agent, &query).await.map(drop)
        };
        let answer = match kind {
            Kind::Feed => feed(Sort::Recent, None, 0).await,
            Kind::Trending => feed(Sort::Trending, None, 0).await,
            Kind::Category => feed(Sort::Popular, Some("data-viz"), 0).await,
            Kind::DeepPage => feed(Sort::Recent, None, self.size.posts as u32 / 2).await,
            Kind::Item => gallery.item(&agent, &post).await.map(drop),
            Kind::Comments => gallery.comments(&agent, &post, 20, 0).await.map(drop),
            Kind::Like => gallery.toggle_like(&agent, &post).await.map(drop),
            Kind::Comment => gallery.comment(&agent, &post, "The light does it.").await.map(drop),
            Kind::FeedAndLike if turn.is_multiple_of(2) => feed(Sort::Recent, None, 0).await,
            Kind::FeedAndLike => gallery.toggle_like(&agent, &post).await.map(drop),
        };
        answer.expect("an answer");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            _ = thread.join();
        }
    }
}
