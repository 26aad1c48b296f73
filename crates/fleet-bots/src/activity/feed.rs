//! Delivers the log as it grows: every committed activity, in order, to every subscriber. One reader a process follows
//! the store by `seq`; subscribers who fall behind are told so and catch up from the store on their own.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ColumnTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, RuntimeErr,
};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::task::JoinHandle;

use crate::bell::Listener;
use crate::entities::bot_activity::{Column, Entity, Model as Activity};
use crate::error::{Error, Result};

/// How many activities a subscriber may fall behind before it has to read the store itself.
const PATIENCE: usize = 1_024;
/// How many rows are read at once.
const PAGE: u64 = 500;
/// How often the store is read though no bell rang.
const WITHOUT_BELL: Duration = Duration::from_millis(500);
/// How long one reading may take. A connection can die without a word, and whoever waits for it waits for ever; the next
/// reading goes by another one.
const READING: Duration = Duration::from_secs(5);

/// The process's one reader of the log.
#[derive(Clone, Debug)]
pub(crate) struct Feed {
    sender: broadcast::Sender<Arc<Activity>>,
    store: DatabaseConnection,
}

/// What a subscriber is told.
#[derive(Clone, Debug, PartialEq)]
pub enum FeedEvent {
    /// The next activity.
    Activity(Arc<Activity>),
    /// The subscriber fell behind by about so many; it now catches up from the store, and nothing is left out.
    Lagged(u64),
}

/// One who follows the log.
#[derive(Debug)]
pub struct Subscription {
    receiver: broadcast::Receiver<Arc<Activity>>,
    store: DatabaseConnection,
    /// All up to here has been delivered.
    seen: i64,
    /// Read from the store and not delivered yet.
    waiting: VecDeque<Arc<Activity>>,
    /// Whether the store holds more that was missed.
    behind: bool,
    /// The reading of what was missed, once it has begun; it goes on while nobody waits for it.
    reading: Option<JoinHandle<Result<Vec<Activity>>>>,
}

impl Feed {
    /// Starts to follow the store from its present end. The end is known before the first subscriber can come, so that
    /// nothing falls between what a subscriber reads and what it is sent.
    pub(crate) async fn start(
        store: DatabaseConnection,
        mut bell: Listener,
    ) -> Result<(Self, JoinHandle<()>)> {
        let feed = Self { sender: broadcast::Sender::new(PATIENCE), store };
        let mut cursor = last_seq(&feed.store).await?;
        let reader = feed.clone();
        let task = tokio::spawn(async move {
            loop {
                if let Err(error) = reader.deliver(&mut cursor).await {
                    tracing::debug!(%error, "the log cannot be read at the moment");
                }
                let _ = tokio::time::timeout(WITHOUT_BELL, bell.rung()).await;
            }
        });
        Ok((feed, task))
    }

    /// Sends on what was committed since `cursor`.
    async fn deliver(&self, cursor: &mut i64) -> Result<()> {
        loop {
            let rows = read_after(&self.store, *cursor).await?;
            let full = rows.len() as u64 == PAGE;
            for row in rows {
                *cursor = row.seq;
                // Without subscribers there is nobody to tell.
                let _ = self.sender.send(Arc::new(row));
            }
            if !full {
                return Ok(());
            }
        }
    }

    /// Follows the log from just after `after`, or from its present end.
    pub(crate) async fn subscribe(&self, after: Option<i64>) -> Result<Subscription> {
        // Subscribe before looking where the log ends: what comes between is then delivered twice and told apart by
        // `seq`, rather than lost.
        let receiver = self.sender.subscribe();
        let seen = match after {
            Some(after) => after,
            None => last_seq(&self.store).await?,
        };
        Ok(Subscription {
            receiver,
            store: self.store.clone(),
            seen,
            waiting: VecDeque::new(),
            behind: true,
            reading: None,
        })
    }
}

impl Subscription {
    /// Waits for what comes next. Safe to drop while it waits: nothing is lost by that.
    ///
    /// # Errors
    /// When the store does not answer while catching up; the next call tries again from the same place.
    pub async fn next(&mut self) -> Result<FeedEvent> {
        loop {
            if let Some(activity) = self.waiting.pop_front() {
                self.seen = activity.seq;
                return Ok(FeedEvent::Activity(activity));
            }
            if self.behind {
                let missed = self.missed().await?;
                self.behind = missed.len() as u64 == PAGE;
                self.waiting = missed.into_iter().map(Arc::new).collect();
                continue;
            }
            match self.receiver.recv().await {
                Ok(activity) if activity.seq > self.seen => {
                    self.seen = activity.seq;
                    return Ok(FeedEvent::Activity(activity));
                }
                Ok(_) => {}
                Err(RecvError::Lagged(missed)) => {
                    self.behind = true;
                    return Ok(FeedEvent::Lagged(missed));
                }
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}

impl Subscription {
    /// What the store holds after `seen`. Whoever gives up waiting finds the same reading again: were it begun anew each
    /// time, one who waits a moment at a time would never catch up with a slow store.
    async fn missed(&mut self) -> Result<Vec<Activity>> {
        let (store, seen) = (&self.store, self.seen);
        let reading = self.reading.get_or_insert_with(|| {
            let store = store.clone();
            tokio::spawn(async move { read_after(&store, seen).await })
        });
        let read = reading.await;
        self.reading = None;
        match read {
            Ok(missed) => missed,
            // The runtime shuts down.
            Err(_) => std::future::pending().await,
        }
    }
}

async fn last_seq(store: &DatabaseConnection) -> Result<i64> {
    let last = Entity::find().select_only().column_as(Column::Seq.max(), "seq").into_tuple::<Option<i64>>();
    Ok(in_time(last.one(store)).await?.flatten().unwrap_or(0))
}

async fn read_after(store: &DatabaseConnection, seq: i64) -> Result<Vec<Activity>> {
    let missed = Entity::find().filter(Column::Seq.gt(seq)).order_by_asc(Column::Seq).limit(PAGE);
    in_time(missed.all(store)).await
}

async fn in_time<T>(reading: impl Future<Output = Result<T, DbErr>>) -> Result<T> {
    match tokio::time::timeout(READING, reading).await {
        Ok(read) => Ok(read?),
        Err(_) => {
            let silence = format!("the store has said nothing for {} s", READING.as_secs());
            Err(Error::Unavailable(DbErr::Conn(RuntimeErr::Internal(silence))))
        }
    }
}
