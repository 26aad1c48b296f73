//! The stream behind an open page: first everything the page shows, then what changed, gathered into frames. Owns the
//! pace; what is sent are the same parts that pages are made of.
//!
//! One stream a page. It listens before it looks, so that nothing falls between; it looks again whenever it cannot vouch
//! for what the page shows, which also makes every reconnect right. It lives as long as its request: nothing to clean up.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::HeaderName;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use fleet_bots::{Activity, FeedEvent, StopState, Subscription};
use futures::stream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::pages::fleet::Shown;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::bots::BotList;
use crate::parts::feed::{Feed, FeedRow, MOST_ROWS};
use crate::parts::status::Status;
use crate::parts::stop::{StopBanner, StopControl};

/// What comes within this is sent together.
const FRAME: Duration = Duration::from_millis(100);
/// After something happened, state and bots are read again, at most this often.
const AFTER_NEWS: Duration = Duration::from_secs(1);
/// And once more a little later: nodes write what they see of their bots up to a second after it was so, without a bell.
const ECHO: Duration = Duration::from_millis(1_500);
/// They are read again though nothing happened: a node that dies rings no bell either.
const WITHOUT_NEWS: Duration = Duration::from_secs(4);
/// How soon a silent store is asked again.
const SILENCE: Duration = Duration::from_secs(1);

/// Cancelled when the server begins to shut down.
#[derive(Clone, Debug)]
pub(crate) struct Closing(pub(crate) CancellationToken);

pub(crate) async fn show(
    State(panel): State<Panel>,
    Query(shown): Query<Shown>,
    closing: Option<Extension<Closing>>,
) -> Response {
    let closing = closing.map(|Extension(Closing(token))| token).unwrap_or_default();
    let live = Live::of(panel, shown.page());
    let frames = stream::unfold((live, closing), |(mut live, closing)| async move {
        // A frame that is half made is dropped; the page asks again elsewhere and gets everything.
        let event = closing.run_until_cancelled(live.next()).await?;
        Some((Ok::<_, Infallible>(event), (live, closing)))
    });
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), "no");
    ([unbuffered], Sse::new(frames).keep_alive(KeepAlive::default())).into_response()
}

/// One open page.
struct Live {
    panel: Panel,
    page: u64,
    switch: watch::Receiver<StopState>,
    subscription: Option<Subscription>,
    /// What the page shows; nothing when nobody can vouch for it.
    shown: Option<ShownParts>,
    /// Activities that the page is still to be told of, oldest first.
    pending: Vec<Arc<Activity>>,
    /// When `pending` is to be sent.
    frame_due: Option<Instant>,
    /// When state and bots are to be read again.
    look_due: Instant,
    /// The earliest they may be.
    look_not_before: Instant,
    /// Whether something happened since they were read.
    has_news: bool,
    /// What is to be sent before anything else is waited for.
    ready: VecDeque<Event>,
}

struct ShownParts {
    status: Status,
    bots: BotList,
    /// The rows of the feed, oldest first.
    rows: VecDeque<i64>,
}

impl Live {
    fn of(panel: Panel, page: u64) -> Self {
        let now = Instant::now();
        Self {
            switch: panel.bots.switch().watch(),
            panel,
            page,
            subscription: None,
            shown: None,
            pending: Vec::new(),
            frame_due: None,
            look_due: now,
            look_not_before: now,
            has_news: false,
            ready: VecDeque::new(),
        }
    }

    /// The next event of the stream.
    async fn next(&mut self) -> Event {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return event;
            }
            if self.shown.is_none() {
                self.begin().await;
            } else {
                self.listen().await;
            }
        }
    }

    /// Sends everything, or says that the store is silent and waits a little.
    async fn begin(&mut self) {
        sleep_until(self.look_not_before).await;
        self.look_not_before = Instant::now() + SILENCE;
        self.switch.mark_unchanged();
        let banner = StopBanner::read(&self.panel).await;
        let frame = stop(Frame::default(), &banner);
        let frame = match self.everything().await {
            Ok(parts) => {
                let (status, bots, feed) = parts;
                let frame = frame.replace("status", &status).replace("bots", &bots).replace("feed", &feed);
                let rows = feed.rows.iter().rev().map(|row| row.seq).collect();
                self.shown = Some(ShownParts { status, bots, rows });
                self.look_due = Instant::now() + WITHOUT_NEWS;
                frame
            }
            // What was shown stays; only the head says that it may have changed.
            Err(failure) => frame.replace("status", &Status::unknown(&failure)),
        };
        self.send(frame);
    }

    async fn everything(&mut self) -> Result<(Status, BotList, Feed), Failure> {
        self.pending.clear();
        self.frame_due = None;
        if self.subscription.is_none() {
            self.subscription = Some(self.panel.read(self.panel.bots.subscribe(None)).await?);
        }
        futures::try_join!(
            Status::read(&self.panel),
            BotList::read(&self.panel, self.page),
            Feed::read(&self.panel),
        )
    }

    /// Waits for one thing to happen and deals with it.
    async fn listen(&mut self) {
        let Some(subscription) = &mut self.subscription else {
            self.shown = None;
            return;
        };
        let frame_due = self.frame_due;
        tokio::select! {
            // In this order: the stop first, then what is due, then what is new, so that no flood of news holds them up.
            biased;
            Ok(()) = self.switch.changed() => self.show_stop().await,
            () = sleep_until(frame_due.unwrap_or(self.look_due)), if frame_due.is_some() => self.send_pending(),
            () = sleep_until(self.look_due) => self.look_again().await,
            news = subscription.next() => match news {
                Ok(FeedEvent::Activity(activity)) => self.take(activity),
                Ok(FeedEvent::Lagged(_)) => self.begin_again(),
                Err(error) => {
                    tracing::debug!(%error, "the log cannot be read; the page is told when it can");
                    self.begin_again();
                }
            },
        }
    }

    /// Nobody can vouch for what the page shows: everything is to be sent anew. What was missed is in it.
    fn begin_again(&mut self) {
        self.subscription = None;
        self.shown = None;
    }

    async fn show_stop(&mut self) {
        let banner = StopBanner::read(&self.panel).await;
        self.send(stop(Frame::default(), &banner));
        self.look_soon();
    }

    fn take(&mut self, activity: Arc<Activity>) {
        let newest = self.shown.as_ref().and_then(|shown| shown.rows.back().copied());
        if newest.is_some_and(|newest| activity.seq <= newest) {
            return; // It came while everything was being read, and is shown.
        }
        self.pending.push(activity);
        if self.pending.len() > MOST_ROWS {
            // More than a page holds: the newest are shown, read in one go.
            self.shown = None;
            return;
        }
        self.frame_due.get_or_insert_with(|| Instant::now() + FRAME);
        self.look_soon();
    }

    fn look_soon(&mut self) {
        self.has_news = true;
        self.look_due = self.look_due.min(self.look_not_before.max(Instant::now() + FRAME));
    }

    fn send_pending(&mut self) {
        self.frame_due = None;
        let Some(shown) = &mut self.shown else { return };
        let mut rows = String::new();
        for activity in self.pending.drain(..) {
            let row = FeedRow::of(&activity, &self.panel).to_string();
            rows.insert_str(0, &row);
            shown.rows.push_back(activity.seq);
        }
        let surplus = shown.rows.len().saturating_sub(MOST_ROWS);
        let gone: Vec<_> = shown.rows.drain(..surplus).map(|seq| format!("act-{seq}")).collect();
        let mut frame = Frame::default().prepend("feed-rows", &rows);
        if !gone.is_empty() {
            frame = frame.remove(&gone);
        }
        self.send(frame);
    }

    /// Reads state and bots, and sends what is different.
    async fn look_again(&mut self) {
        let now = Instant::now();
        self.look_not_before = now + AFTER_NEWS;
        self.look_due = now + if std::mem::take(&mut self.has_news) { ECHO } else { WITHOUT_NEWS };
        let read = futures::try_join!(Status::read(&self.panel), BotList::read(&self.panel, self.page));
        let (status, bots) = match read {
            Ok(read) => read,
            Err(failure) => {
                self.send(Frame::default().replace("status", &Status::unknown(&failure)));
                self.begin_again();
                return;
            }
        };
        let Some(shown) = &mut self.shown else { return };
        let mut frame = Frame::default();
        if status != shown.status {
            frame = frame.replace("status", &status);
        }
        if !bots.is_same_page(&shown.bots) {
            frame = frame.replace("bots", &bots);
        } else {
            for (row, _) in bots.rows.iter().zip(&shown.bots.rows).filter(|(new, old)| new != old) {
                frame = frame.replace(&row.id, row);
            }
        }
        shown.status = status;
        shown.bots = bots;
        self.send(frame);
    }

    /// Puts a frame on its way, with the fleet's time by which the page tells how long ago things were.
    fn send(&mut self, frame: Frame) {
        let clock = self.panel.now().0 / 1_000;
        self.ready.push_back(Event::default().event("clock").data(clock.to_string()));
        if !frame.is_empty() {
            self.ready.push_back(Event::default().data(frame.into_text()));
        }
    }
}

fn stop(frame: Frame, banner: &StopBanner) -> Frame {
    frame.replace("stop", banner).replace("stop-control", &StopControl::of(banner))
}
