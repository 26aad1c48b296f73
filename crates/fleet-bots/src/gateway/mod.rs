//! The one door to the fleet's data: `Bots`, with a method for each command and each query, each delegating to the file
//! of its name; they stand in files by who calls them. Owns transactions, the log that goes with each write, and the bells;
//! it refuses to decide anything.

mod nodes;
mod operators;
mod orders;
mod turns;
mod views;

use std::sync::Arc;

use sea_orm::{DatabaseTransaction, DbErr};
use sea_orm_migration::MigratorTrait;
use tokio::task::JoinHandle;

use crate::activity::feed::{Feed, Subscription};
use crate::activity::writer;
use crate::backend::{Store, StoreAddress};
use crate::bell::{Bell, Bells, Listener};
use crate::commands::Effect;
use crate::error::{Error, Result};
use crate::migrations::Migrator;
use crate::password::Hasher;
use crate::switch::Switch;
use crate::{backend, keeper};

/// The fleet's data: what bots are, what was asked of them and what they did. Clones share one store.
#[derive(Clone, Debug)]
pub struct Bots {
    store: Store,
    bells: Bells,
    feed: Feed,
    switch: Switch,
    hasher: Hasher,
    // The last clone that goes ends what was begun for it.
    _background: Arc<Background>,
}

#[derive(Debug)]
struct Background(Vec<JoinHandle<()>>);

impl Drop for Background {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

impl Bots {
    /// Opens the store, brings its tables up to date (one process at a time), and begins to listen.
    ///
    /// # Errors
    /// `Address` or `Unavailable` when the store cannot be opened.
    pub async fn connect(address: &StoreAddress, switch: Switch) -> Result<Self> {
        let store = Store::open(address).await?;
        let tx = store.begin().await?;
        backend::lock_migrations(&tx).await?;
        Migrator::up(&tx, None).await.map_err(behind_the_store)?;
        tx.commit().await?;

        let bells = Bells::default();
        let (feed, following) = Feed::start(store.read.clone(), bells.listener(Bell::Activity)).await?;
        let keeping = keeper::keep(store.clone(), switch.clone(), bells.clone());
        let background = Background(vec![following, store.listen(bells.clone()), keeping]);
        Ok(Self { store, bells, feed, switch, hasher: Hasher::default(), _background: Arc::new(background) })
    }

    /// Whether the store is one file, which only one node may work on.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.store.is_sqlite()
    }

    /// The stop switch of this process.
    #[must_use]
    pub fn switch(&self) -> &Switch {
        &self.switch
    }

    /// Listens for changes of what is wanted.
    #[must_use]
    pub fn intent_bell(&self) -> Listener {
        self.bells.listener(Bell::Intent)
    }

    /// Follows the log: every activity committed after `after` (a `seq`), or from now on.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn subscribe(&self, after: Option<i64>) -> Result<Subscription> {
        self.feed.subscribe(after).await
    }

    /// Ends a write: its log goes into the same transaction, then everybody who listens is rung.
    async fn commit<T>(&self, tx: DatabaseTransaction, effect: Effect<T>, bells: &[Bell]) -> Result<T> {
        commit(tx, effect, bells, &self.bells).await
    }
}

/// Ends a transaction with its log and its bells.
pub(crate) async fn commit<T>(
    tx: DatabaseTransaction,
    effect: Effect<T>,
    rung: &[Bell],
    bells: &Bells,
) -> Result<T> {
    let mut rung = rung.to_vec();
    if !effect.log.is_empty() {
        rung.push(Bell::Activity);
        writer::append(&tx, effect.log).await?;
    }
    backend::ring(&tx, &rung).await?;
    tx.commit().await?;
    bells.ring(&rung);
    Ok(effect.value)
}

/// A store that knows migrations we do not was made by a newer version of this program.
fn behind_the_store(error: DbErr) -> Error {
    match &error {
        DbErr::Custom(text) if text.starts_with("Migration file of version") => Error::Address(
            "the store was brought up to date by a newer version of this program; run that one, or go back to a copy \
             of the store from before"
                .into(),
        ),
        _ => error.into(),
    }
}
