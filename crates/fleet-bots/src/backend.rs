//! What only one of the two stores can do, with its twin for the other, side by side: opening, the clock, the lock that
//! puts appends in commit order, and the bells that cross processes. Everything else in this crate is one code for both.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sea_orm::sea_query::{Expr, Query, SimpleExpr};
use sea_orm::sqlx::postgres::PgListener;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    RuntimeErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::task::JoinHandle;

use crate::bell::{Bell, Bells};
use crate::error::{Error, Result, is_outage};
use crate::time::StoreTime;

/// How often SQLite is asked whether another process committed; a question costs some 30 µs.
const SQLITE_POLL: Duration = Duration::from_millis(100);
/// How often opening a file is tried again while somebody else is busy with it.
const SQLITE_TRIES: u32 = 50;
/// The advisory lock that Postgres holds while activities are appended ("FLEET" in ASCII).
const APPEND_LOCK: i64 = 0x46_4c_45_45_54;
/// The advisory lock that Postgres holds while migrations run.
const MIGRATION_LOCK: i64 = APPEND_LOCK + 1;
/// The advisory lock that Postgres holds while something is planned under a cap of the whole fleet.
const CAPS_LOCK: i64 = APPEND_LOCK + 2;
/// The advisory lock that Postgres holds while the log is pruned.
const PRUNING_LOCK: i64 = APPEND_LOCK + 3;
/// The advisory lock that Postgres holds while money is set aside.
const SPENDS_LOCK: i64 = APPEND_LOCK + 4;
/// Held by who changes the settings, and shared by those for whom they must stay as they are.
const SETTINGS_LOCK: i64 = APPEND_LOCK + 5;

/// Where the store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreAddress {
    /// One file, made when it is not there.
    Sqlite(PathBuf),
    /// A `postgres://` address, with its secrets.
    Postgres(String),
}

/// The store's connections: one writer on SQLite, so that writes queue here and not in the file's lock.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    pub(crate) write: DatabaseConnection,
    pub(crate) read: DatabaseConnection,
    pub(crate) file: Option<PathBuf>,
    /// Held while a node of this process works on the file; the system lets go of it however the process ends.
    node_lock: Arc<Mutex<Option<File>>>,
}

impl StoreAddress {
    /// Reads an address as it stands in `DATABASE_URL`: `postgres://…`, `postgresql://…`, `sqlite:PATH`.
    ///
    /// # Errors
    /// `Address` when it is neither; the message does not repeat the address, which may hold a password.
    pub fn parse(address: &str) -> Result<Self> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            return Ok(StoreAddress::Postgres(address.to_owned()));
        }
        match address.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path)) {
            Some(path) if !path.is_empty() && !path.starts_with(":memory:") => {
                Ok(StoreAddress::Sqlite(path.into()))
            }
            _ => Err(Error::Address(
                "the store's address must be `postgres://user:password@host/database` or `sqlite:PATH`"
                    .into(),
            )),
        }
    }
}

impl Store {
    pub(crate) async fn open(address: &StoreAddress) -> Result<Self> {
        match address {
            StoreAddress::Sqlite(path) => open_sqlite(path).await,
            StoreAddress::Postgres(url) => {
                let mut options = ConnectOptions::new(url.clone());
                // One of them listens for bells.
                options.max_connections(12).acquire_timeout(Duration::from_secs(5)).sqlx_logging(false);
                let pool = Database::connect(options).await.map_err(away_or_refused)?;
                Ok(Store { write: pool.clone(), read: pool, file: None, node_lock: Arc::default() })
            }
        }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.file.is_some()
    }

    /// Makes sure that only one node works on an embedded store, until `unlock_node` or the end of the process. Then
    /// whatever the rows say of other nodes is history, and a node that was killed need not be waited for.
    pub(crate) fn lock_node(&self) -> Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let mut held = self.node_lock.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_some() {
            return Ok(());
        }
        let path = file.with_extension("lock");
        let lock = File::create(&path).map_err(|error| {
            Error::Address(format!("the lock {} cannot be made: {error}", path.display()))
        })?;
        lock.try_lock().map_err(|_| {
            Error::Conflict(format!(
                "another fleet works on {}; stop it, or use Postgres for more than one node",
                file.display()
            ))
        })?;
        *held = Some(lock);
        Ok(())
    }

    pub(crate) fn unlock_node(&self) {
        self.node_lock.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Begins a transaction that will write. SQLite takes its lock now: a transaction that reads first and writes later
    /// fails at once when another one wrote in between.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// Starts to watch for what other processes commit, and rings here at each sign of it, sometimes for nothing.
    pub(crate) fn listen(&self, bells: Bells) -> JoinHandle<()> {
        let store = self.clone();
        tokio::spawn(async move {
            loop {
                let heard = if store.is_sqlite() {
                    poll_sqlite(&store, &bells).await
                } else {
                    hear(&store, &bells).await
                };
                if let Err(error) = heard {
                    tracing::debug!(%error, "bells from other processes are not heard; reading by the clock instead");
                }
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        })
    }
}

/// The database's clock in microseconds. `clock_timestamp` moves inside a transaction, which leases need.
pub(crate) fn now_expr(backend: DbBackend) -> SimpleExpr {
    match backend {
        DbBackend::Postgres => Expr::cust("(extract(epoch from clock_timestamp()) * 1000000)::bigint"),
        _ => Expr::cust("cast(unixepoch('subsec') * 1000000 as integer)"),
    }
}

/// What the store is, and in which version.
pub(crate) async fn engine(db: &impl ConnectionTrait) -> Result<String, DbErr> {
    let (name, version) = match db.get_database_backend() {
        DbBackend::Postgres => ("Postgres", "current_setting('server_version')"),
        _ => ("SQLite", "sqlite_version()"),
    };
    let question = Query::select().expr(Expr::cust(version)).take();
    let row = db.query_one(&question).await?.ok_or(DbErr::RecordNotFound("the version".into()))?;
    Ok(format!("{name} {}", row.try_get_by_index::<String>(0)?))
}

/// What the database's clock shows.
pub(crate) async fn now(db: &impl ConnectionTrait) -> Result<StoreTime, DbErr> {
    let question = Query::select().expr(now_expr(db.get_database_backend())).take();
    let row = db.query_one(&question).await?.ok_or(DbErr::RecordNotFound("the time".into()))?;
    row.try_get_by_index(0).map(StoreTime)
}

/// Makes sure that `seq` is given in the order of commits: whoever appends holds this until it commits. SQLite has one
/// writer anyway.
pub(crate) async fn lock_appends(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    lock(tx, APPEND_LOCK).await
}

/// Lets one process migrate at a time, until its transaction ends.
pub(crate) async fn lock_migrations(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    lock(tx, MIGRATION_LOCK).await
}

/// Lets one plan at a time count against the caps of the whole fleet, until its transaction ends.
pub(crate) async fn lock_caps(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    lock(tx, CAPS_LOCK).await
}

/// Lets one call at a time be counted against the caps of money, until its transaction ends.
pub(crate) async fn lock_spends(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    lock(tx, SPENDS_LOCK).await
}

/// Lets one at a time change the settings, while nobody counts on them, until its transaction ends. A lock on their row would
/// let ever new readers in before who waits to change them; this one has a queue.
pub(crate) async fn lock_settings(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    lock(tx, SETTINGS_LOCK).await
}

/// Keeps the settings as they are until the transaction ends. Who shares this must not go on to change them.
pub(crate) async fn share_settings(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock_shared({SETTINGS_LOCK})")).await?;
    }
    Ok(())
}

/// Lets one plan at a time count what is done to one post, until its transaction ends.
pub(crate) async fn lock_post(tx: &impl ConnectionTrait, post_id: &str) -> Result<(), DbErr> {
    lock_one_of(tx, 1, post_id).await
}

/// Lets one plan at a time say the same words, until its transaction ends.
pub(crate) async fn lock_words(tx: &impl ConnectionTrait, said: i64) -> Result<(), DbErr> {
    lock_one_of(tx, 2, &said.to_string()).await
}

/// Lets one node at a time prune the log, until its transaction ends.
pub(crate) async fn lock_pruning(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    lock(tx, PRUNING_LOCK).await
}

/// Rings for other processes when the transaction commits. On SQLite the commit itself can be noticed.
pub(crate) async fn ring(tx: &impl ConnectionTrait, bells: &[Bell]) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        for bell in bells {
            tx.execute_unprepared(&format!("NOTIFY {}", bell.channel())).await?;
        }
    }
    Ok(())
}

async fn lock(tx: &impl ConnectionTrait, key: i64) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({key})")).await?;
    }
    Ok(())
}

/// Locks of two keys are apart from those of one.
async fn lock_one_of(tx: &impl ConnectionTrait, kind: i32, what: &str) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock($1, hashtext($2))";
        let values = [kind.into(), what.into()];
        tx.execute_raw(sea_orm::Statement::from_sql_and_values(DbBackend::Postgres, lock, values)).await?;
    }
    Ok(())
}

/// A server that cannot be reached may come back; one that answers no, or an address that is none, wants mending. What
/// the driver says of an address repeats it with its password, so that is never passed on.
fn away_or_refused(error: DbErr) -> Error {
    const UNREADABLE: &str = "the store's address cannot be read; write it as \
        `postgres://user:password@host/database`, and signs such as `#`, `@` or `/` in a password as `%23`, `%40`, `%2F`";
    let driver = match &error {
        DbErr::Conn(RuntimeErr::SqlxError(driver)) => driver.as_ref(),
        DbErr::Conn(RuntimeErr::Internal(_)) => return Error::Address(UNREADABLE.into()),
        _ => return Error::Unavailable(error),
    };
    match driver {
        sea_orm::sqlx::Error::Configuration(_) => Error::Address(UNREADABLE.into()),
        sea_orm::sqlx::Error::Database(answer) if !is_outage(&error) => {
            Error::Address(format!("the store refuses the connection: {}", answer.message()))
        }
        _ => Error::Unavailable(error),
    }
}

async fn open_sqlite(path: &Path) -> Result<Store> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| {
            Error::Address(format!("the folder {} cannot be made: {error}", folder.display()))
        })?;
    }
    let connect = async |connections: u32| {
        let file = path.to_owned();
        let mut options = ConnectOptions::new("sqlite://fleet.db");
        options
            .max_connections(connections)
            .min_connections(1)
            .acquire_timeout(Duration::from_secs(5))
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(move |sqlite| {
                // Given as it is: in an address some letters of a path would mean something.
                sqlite
                    .filename(&file)
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Normal)
                    .busy_timeout(Duration::from_secs(5))
                    .foreign_keys(true)
            });
        let mut tries = 0;
        loop {
            match Database::connect(options.clone()).await {
                Ok(opened) => return Ok(opened),
                // Two processes that open a new file at once: SQLite does not wait while its journal's mode changes.
                Err(error) if is_outage(&error) && tries < SQLITE_TRIES => tries += 1,
                Err(error) if is_outage(&error) => return Err(Error::Unavailable(error)),
                Err(error) => {
                    let path = path.display();
                    return Err(Error::Address(format!("the store {path} cannot be opened: {error}")));
                }
            }
            tokio::time::sleep(SQLITE_POLL).await;
        }
    };
    let write = connect(1).await?;
    Ok(Store { write, read: connect(4).await?, file: Some(path.to_owned()), node_lock: Arc::default() })
}

async fn poll_sqlite(store: &Store, bells: &Bells) -> Result<(), sea_orm::sqlx::Error> {
    // One connection for good: `data_version` tells what others did since the same connection last asked.
    let mut connection = store.read.get_sqlite_connection_pool().acquire().await?;
    let mut last = None;
    loop {
        let version: i64 =
            sea_orm::sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut *connection).await?;
        // At the first look too: nobody knows what was committed before it.
        if last.replace(version) != Some(version) {
            bells.ring(&Bell::ALL);
        }
        tokio::time::sleep(SQLITE_POLL).await;
    }
}

async fn hear(store: &Store, bells: &Bells) -> Result<(), sea_orm::sqlx::Error> {
    let mut listener = PgListener::connect_with(store.read.get_postgres_connection_pool()).await?;
    listener.listen_all(Bell::ALL.map(Bell::channel)).await?;
    // What rang before is not heard any more.
    bells.ring(&Bell::ALL);
    loop {
        match listener.try_recv().await? {
            Some(heard) => bells.ring(Bell::ALL.iter().filter(|bell| bell.channel() == heard.channel())),
            // The connection was lost, and with it perhaps a ring.
            None => bells.ring(&Bell::ALL),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_file_or_a_postgres_server_and_never_repeated_in_an_error() {
        assert_eq!(
            StoreAddress::parse("sqlite:/data/fleet.db").unwrap(),
            StoreAddress::Sqlite("/data/fleet.db".into())
        );
        assert_eq!(
            StoreAddress::parse("sqlite://fleet.db").unwrap(),
            StoreAddress::Sqlite("fleet.db".into())
        );
        assert!(matches!(StoreAddress::parse("postgres://a:b@c/d"), Ok(StoreAddress::Postgres(_))));
        let error = StoreAddress::parse("mysql://root:hunter2@db/fleet").unwrap_err().to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
