//! A store of its own for each test, of either make, and the waiting for a state with a deadline.

use std::path::PathBuf;
use std::time::Duration;

use fleet_bots::{Asked, Bots, StopState, StoreAddress, Switch};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use tempfile::TempDir;

/// How long a state may take to come before a test gives up on it; far longer than it ever should.
const DEADLINE: Duration = Duration::from_secs(90);

/// Runs each test named in it on both stores, as `sqlite::…` and `postgres::…`.
macro_rules! store_tests {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let store = crate::store::TestStore::sqlite().await;
                Box::pin(super::$name(&store)).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(store) = crate::store::TestStore::postgres().await {
                    Box::pin(super::$name(&store)).await;
                    store.remove().await;
                }
            })+
        }
    };
}

/// A fresh store, and a gateway to it.
pub(crate) struct TestStore {
    pub(crate) bots: Bots,
    pub(crate) address: StoreAddress,
    folder: TempDir,
    /// Where a Postgres server keeps other databases, and what ours is called there.
    server: Option<(String, String)>,
}

impl TestStore {
    /// One in a new file.
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = StoreAddress::Sqlite(folder.path().join("fleet.db"));
        Self::over(address, folder, None).await
    }

    /// One in a new database, or none where no server is at hand, which only CI does not forgive.
    pub(crate) async fn postgres() -> Option<Self> {
        let (server, name) = fresh_database().await?;
        let address = StoreAddress::Postgres(of_database(&server, &name));
        Some(Self::over(address, tempfile::tempdir().unwrap(), Some((server, name))).await)
    }

    async fn over(address: StoreAddress, folder: TempDir, server: Option<(String, String)>) -> Self {
        let switch = Switch::new(Some(folder.path().join("stop")));
        let bots = Bots::connect(&address, switch).await.unwrap();
        Self { bots, address, folder, server }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.server.is_none()
    }

    /// A gateway of its own to the same store, as another process would have it.
    pub(crate) async fn another(&self) -> Bots {
        Bots::connect(&self.address, Switch::new(None)).await.unwrap()
    }

    /// The file that keeps a stop until the store has it.
    pub(crate) fn stop_file(&self) -> PathBuf {
        self.folder.path().join("stop")
    }

    /// A folder that is gone after the test.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// One connection past the gateway, for what only a test does.
    pub(crate) async fn past_the_gateway(&self) -> DatabaseConnection {
        let url = match &self.address {
            StoreAddress::Sqlite(path) => format!("sqlite://{}", path.display()),
            StoreAddress::Postgres(url) => url.clone(),
        };
        open(&url).await
    }

    /// Holds the store so that nobody else can write, until `ROLLBACK` or `COMMIT` is executed on what is returned.
    pub(crate) async fn hold(&self) -> DatabaseConnection {
        let holder = self.past_the_gateway().await;
        if self.is_sqlite() {
            holder.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
        } else {
            // Whole tables have no place in the order of the locks, and the server may throw out who asks for them beside
            // a busy fleet.
            let lock = "BEGIN; LOCK TABLE settings, bots, actions IN ACCESS EXCLUSIVE MODE";
            while holder.execute_unprepared(lock).await.is_err() {
                holder.execute_unprepared("ROLLBACK").await.unwrap();
            }
        }
        holder
    }

    /// Removes the database; a test that failed leaves it for those who want to look.
    pub(crate) async fn remove(self) {
        let Self { bots, server, .. } = self;
        drop(bots);
        if let Some((server, name)) = server {
            let drop_it = format!("DROP DATABASE {name} WITH (FORCE)");
            open(&server).await.execute_unprepared(&drop_it).await.unwrap();
        }
    }
}

/// Waits until `reached` says yes.
///
/// # Panics
/// When `what` was not reached before the deadline.
pub(crate) async fn until(what: &str, mut reached: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !reached().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    within(what, waiting).await;
}

/// The outcome of `work`, which has to come before the deadline.
pub(crate) async fn within<T>(what: &str, work: impl Future<Output = T>) -> T {
    let Ok(outcome) = tokio::time::timeout(DEADLINE, work).await else {
        panic!("waited {DEADLINE:?} for this: {what}")
    };
    outcome
}

/// Waits until the switch behind `bots` stands there.
pub(crate) async fn stands_at(bots: &Bots, state: StopState) {
    let mut watching = bots.switch().watch();
    within(&format!("the switch stands at {state:?}"), watching.wait_for(|now| *now == state)).await.unwrap();
}

/// Stops everything, and waits until that is written: a busy store may take longer than the button waits.
pub(crate) async fn stop(bots: &Bots, asked: &Asked) {
    bots.stop_everything(asked).await;
    stands_at(bots, StopState::On).await;
}

/// The address of another database, or of a server's socket elsewhere, from that of the one at hand.
pub(crate) fn of_database(server: &str, name: &str) -> String {
    server.replacen("/postgres?", &format!("/{name}?"), 1)
}

/// A database that was made just now, with the address of its server.
pub(crate) async fn fresh_database() -> Option<(String, String)> {
    let server = server()?;
    let name = format!("fleet_{}", uuid::Uuid::now_v7().simple());
    open(&server).await.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    Some((server, name))
}

/// A single connection.
pub(crate) async fn open(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).min_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the run of the tests tells them where their server is")]
fn server() -> Option<String> {
    let server = std::env::var("FLEET_TEST_POSTGRES").ok();
    if server.is_none() {
        assert!(std::env::var("CI").is_err(), "CI runs every test; start them with `cargo xtask test`");
        eprintln!("skipped: no Postgres at hand; `cargo xtask test` starts one");
    }
    server
}
