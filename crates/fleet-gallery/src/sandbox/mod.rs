//! The sandbox: a gallery on loopback that keeps the contract, for demos, tests and trying things out.
//!
//! It serves nobody but this machine, and asks the caller for the time and for its token. `routes` answers the
//! contract, `pages` shows the gallery to people, `acts` does what both ask for, `store` keeps the books, `draw`
//! makes the pictures, `faults` and `requests` are for tests, `visitors` are its simulated people.

mod acts;
mod address;
mod census;
mod connection;
mod draw;
mod event;
mod faults;
mod guests;
mod news;
mod pages;
mod policy;
mod refusal;
mod requests;
mod routes;
mod state;
mod store;
mod visitors;

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use url::Url;

pub use census::{Census, CensusAccount, CensusComment, CensusItem};
pub use faults::{Fault, Faults, Route, Trouble};
pub use policy::{Moderation, Policy};
pub use requests::{Effect, Request};
pub use visitors::{ScriptError, VisitorScript, Visitors};

use crate::secret::Secret;
use address::Addresses;
use draw::Studio;
use policy::Limits;
use requests::RequestLog;
use store::Store;

/// Tells the fleet's time, which may run fast.
pub type FleetClock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How to run a sandbox.
#[derive(Clone)]
pub struct SandboxConfig {
    /// Where to listen; loopback only. Port 0 takes any free one.
    pub addr: SocketAddr,
    /// The service token it accepts.
    pub token: Secret,
    /// The fleet's time, for everything it dates.
    pub now: FleetClock,
    /// Where to keep everything; in memory if none.
    pub state_dir: Option<PathBuf>,
    /// How many workflows may draw at once.
    pub drawing: usize,
    /// What the platform allows, to begin with.
    pub policy: Policy,
}

impl SandboxConfig {
    /// A sandbox on any free loopback port, in memory, drawing two workflows at once.
    pub fn new(token: Secret, now: FleetClock) -> Self {
        let addr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        Self { addr, token, now, state_dir: None, drawing: 2, policy: Policy::default() }
    }
}

/// A sandbox that could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// It was asked to listen where others could reach it.
    #[error("the sandbox serves only this machine, and {addr} is not a loopback address; use 127.0.0.1")]
    NotLoopback {
        /// The address asked for.
        addr: SocketAddr,
    },
    /// The address cannot be had.
    #[error("the sandbox cannot listen on {addr} ({cause}); choose another port, or 0 for any")]
    Listen {
        /// The address asked for.
        addr: SocketAddr,
        /// What the system said.
        cause: io::Error,
    },
    /// The folder cannot be used.
    #[error("the sandbox cannot use {} ({cause})", .path.display())]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Another sandbox has the folder.
    #[error("another sandbox is using {}; stop it, or choose another folder", .path.display())]
    InUse {
        /// The journal.
        path: PathBuf,
    },
    /// A line of the journal is not an event.
    #[error("line {line} of {} is not an event ({cause}); mend or remove that line", .path.display())]
    Corrupt {
        /// The journal.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        cause: String,
    },
}

impl SandboxError {
    fn folder(path: &Path, cause: io::Error) -> Self {
        Self::Folder { path: path.to_owned(), cause }
    }
}

/// A running sandbox. Dropping it stops it; [`Sandbox::stop`] also waits until it has.
#[derive(Debug)]
pub struct Sandbox {
    url: Url,
    app: Arc<App>,
}

/// What every request shares.
pub(crate) struct App {
    store: Store,
    faults: Faults,
    log: RequestLog,
    limits: Limits,
    /// By username, what accounts that are yet to come will say about themselves.
    introductions: Mutex<HashMap<String, String>>,
    addresses: Addresses,
    /// In real time.
    begun: Instant,
    token: Secret,
    now: FleetClock,
    studio: Studio,
    guests: guests::Guests,
    thumbs: pages::Thumbs,
    watchers: pages::Watchers,
    /// Tripped once, for good.
    closing: CancellationToken,
    /// Connections, late landings, visitors and the server itself.
    tasks: TaskTracker,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("faults", &self.faults).finish_non_exhaustive()
    }
}

/// A sandbox whose books are open and whose place to listen is taken, and which answers nobody yet: its clock may still
/// have to be set by what the books say.
pub struct OpenedSandbox {
    listener: TcpListener,
    url: Url,
    app: Arc<App>,
}

impl OpenedSandbox {
    /// When the latest thing that it knows of happened, in fleet time.
    pub fn latest(&self) -> Option<Timestamp> {
        self.app.store.read(|state| state.latest)
    }

    /// Where it will be, with a trailing slash.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Begins to answer. Needs a Tokio runtime.
    pub fn serve(self) -> Sandbox {
        let Self { listener, url, app } = self;
        let door = connection::Door { listener, closing: app.closing.clone(), open: app.tasks.clone() };
        let service =
            routes::router(app.clone()).into_make_service_with_connect_info::<connection::Scissors>();
        let closing = app.closing.clone();
        app.tasks.spawn(async move {
            tokio::select! {
                served = async { axum::serve(door, service).await } => {
                    if let Err(error) = served {
                        tracing::error!(%error, "the sandbox stopped serving");
                    }
                }
                () = closing.cancelled() => {}
            }
        });
        Sandbox { url, app }
    }
}

impl std::fmt::Debug for OpenedSandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenedSandbox").field("url", &self.url).finish_non_exhaustive()
    }
}

impl App {
    fn introductions(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.introductions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sandbox {
    /// Opens the books, takes a place to listen, and serves.
    ///
    /// # Errors
    /// A [`SandboxError`] if the address is not loopback or taken, or the folder is unusable, in use or corrupt.
    pub async fn start(config: SandboxConfig) -> Result<Self, SandboxError> {
        Ok(Self::open(config).await?.serve())
    }

    /// Opens the books and takes a place to listen. Whoever comes waits until it is served.
    ///
    /// # Errors
    /// As [`Sandbox::start`].
    pub async fn open(config: SandboxConfig) -> Result<OpenedSandbox, SandboxError> {
        let SandboxConfig { addr, token, now, state_dir, drawing, policy } = config;
        if !addr.ip().is_loopback() {
            return Err(SandboxError::NotLoopback { addr });
        }
        let listen = |cause| SandboxError::Listen { addr, cause };
        let listener = TcpListener::bind(addr).await.map_err(listen)?;
        let bound = listener.local_addr().map_err(listen)?;
        let url = Url::parse(&format!("http://{bound}/"))
            .map_err(|error| listen(io::Error::new(io::ErrorKind::InvalidInput, error)))?;
        let app = Arc::new(App {
            store: Store::open(state_dir.as_deref())?,
            faults: Faults::default(),
            log: RequestLog::default(),
            limits: Limits::new(policy),
            introductions: Mutex::default(),
            addresses: Addresses::new(url.clone()),
            begun: Instant::now(),
            token,
            now,
            studio: Studio::new(drawing),
            guests: guests::Guests::default(),
            thumbs: pages::Thumbs::default(),
            watchers: pages::Watchers::default(),
            closing: CancellationToken::new(),
            tasks: TaskTracker::new(),
        });
        Ok(OpenedSandbox { listener, url, app })
    }

    /// Where it is, with a trailing slash.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The service token it accepts.
    pub fn token(&self) -> &Secret {
        &self.app.token
    }

    /// The script of its faults.
    pub fn faults(&self) -> &Faults {
        &self.app.faults
    }

    /// What the platform allows just now.
    pub fn policy(&self) -> Policy {
        self.app.limits.policy()
    }

    /// Changes what the platform allows, from the next request on.
    pub fn change_policy(&self, change: impl FnOnce(&mut Policy)) {
        self.app.limits.change(change);
    }

    /// The requests to its contract so far, oldest first; beyond 200,000 the oldest are forgotten.
    pub fn requests(&self) -> Vec<Request> {
        self.app.log.all()
    }

    /// Tells it what an account will say about itself on its profile: the contract has no call for that. An account that
    /// there is already keeps what it says.
    pub fn introduce(&self, username: &str, bio: &str) {
        self.app.introductions().insert(username.to_owned(), bio.to_owned());
    }

    /// Everything it holds.
    pub fn census(&self) -> Census {
        self.app.store.read(Census::take)
    }

    /// Lets simulated people in: they join, post, like, comment and answer until the sandbox stops or their script falls
    /// silent for ever. The same seed is the same people; over the same folder they go on where they were.
    pub fn start_visitors(&self, visitors: &Visitors) {
        visitors::start(&self.app, visitors);
    }

    /// Stops at once, hanging requests or not, and waits until nothing of it runs.
    pub async fn stop(self) {
        self.app.closing.cancel();
        self.app.tasks.close();
        self.app.tasks.wait().await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.app.closing.cancel();
    }
}
