//! The stream behind an open page: first everything that moves on it, then what changed, gathered into frames. Owns the
//! pace; what is sent are the same parts that pages are made of.
//!
//! One stream a page. It listens before it looks, so that nothing falls between; it looks again whenever it cannot vouch
//! for what the page shows, which also makes every reconnect right. It lives as long as its request: nothing to clean up.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use fleet_bots::{ActivityFilter, FeedEvent, StopState, Subscription};
use futures::stream;
use serde::Deserialize;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::Frame;
use crate::parts::feed::FeedRow;
use crate::parts::notice::Notice;
use crate::parts::status::Status;
use crate::parts::stop::{StopBanner, StopControl};
use crate::scene::{Piece, Scene, Sent};

/// What comes within this is sent together.
const FRAME: Duration = Duration::from_millis(100);
/// After something happened, the pieces are read again, at most this often.
const AFTER_NEWS: Duration = Duration::from_secs(1);
/// And once more a little later: nodes write what they see of their bots up to a second after it was so, without a bell.
const ECHO: Duration = Duration::from_millis(1_500);
/// They are read again though nothing happened: a node that dies rings no bell either.
const WITHOUT_NEWS: Duration = Duration::from_secs(4);
/// How long the answer to an order may be on its way to a page.
const DOUBT: Duration = Duration::from_secs(2);
/// How soon a silent store is asked again.
const SILENCE: Duration = Duration::from_secs(1);
/// Rows that are sent at once; a page that missed more begins its feed anew.
const MOST_ROWS: u64 = 100;

/// Cancelled when the server begins to shut down.
#[derive(Clone, Debug)]
pub(crate) struct Closing(pub(crate) CancellationToken);

/// A page that opens its stream.
pub(crate) struct Opening {
    panel: Panel,
    /// The newest row of the feed that the page has.
    after: i64,
    closing: CancellationToken,
}

#[derive(Deserialize)]
struct After {
    after: Option<i64>,
}

impl FromRequestParts<Panel> for Opening {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, panel: &Panel) -> Result<Self, Infallible> {
        // A browser that comes back knows better than its page, which was made earlier.
        let last_sent = parts.headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
        let at_first = Query::<After>::try_from_uri(&parts.uri).ok().and_then(|Query(page)| page.after);
        Ok(Self {
            panel: panel.clone(),
            after: last_sent.or(at_first).unwrap_or(0),
            closing: parts
                .extensions
                .get::<Closing>()
                .map(|Closing(token)| token.clone())
                .unwrap_or_default(),
        })
    }
}

impl Opening {
    /// Answers with the stream of a page.
    pub(crate) fn follow(self, scene: impl Scene) -> Response {
        let live = Live::of(self.panel, scene, self.after);
        let frames = stream::unfold((live, self.closing), |(mut live, closing)| async move {
            // A frame that is half made is dropped; the page asks again elsewhere and gets everything.
            let event = closing.run_until_cancelled(live.next()).await?;
            Some((Ok::<_, Infallible>(event), (live, closing)))
        });
        let unbuffered = (HeaderName::from_static("x-accel-buffering"), "no");
        ([unbuffered], Sse::new(frames).keep_alive(KeepAlive::default())).into_response()
    }
}

/// The stream of a page of which only the head moves.
pub(crate) async fn head(opening: Opening) -> Response {
    opening.follow(HeadAlone)
}

struct HeadAlone;

impl Scene for HeadAlone {
    async fn pieces(&self, _: &Panel) -> Result<Vec<Piece>, Failure> {
        Ok(Vec::new())
    }
}

/// One open page.
struct Live<S> {
    panel: Panel,
    scene: S,
    switch: watch::Receiver<StopState>,
    subscription: Option<Subscription>,
    /// What the page was sent; nothing when nobody can vouch for what it shows.
    sent: Option<Sent>,
    /// All activities up to here are in the page's feed, or none of it.
    told_to: i64,
    /// The newest activity that there is.
    newest: i64,
    /// Whether the page's feed is of another store, and has to begin anew.
    is_foreign: bool,
    /// Orders that this process takes down.
    orders: watch::Receiver<u64>,
    /// The answer to an order changes a page past its stream: until then, what was sent vouches for nothing.
    unvouched_until: Option<Instant>,
    /// Whether what the page is about is gone, so that only its head moves on.
    is_over: bool,
    /// When the rows after `told_to` are to be sent.
    frame_due: Option<Instant>,
    /// When the pieces are to be read again.
    look_due: Instant,
    /// The earliest they may be.
    look_not_before: Instant,
    /// Whether something happened since they were read.
    has_news: bool,
    /// What is to be sent before anything else is waited for.
    ready: VecDeque<Event>,
}

impl<S: Scene> Live<S> {
    fn of(panel: Panel, scene: S, after: i64) -> Self {
        let now = Instant::now();
        Self {
            switch: panel.bots.switch().watch(),
            orders: panel.orders(),
            panel,
            scene,
            subscription: None,
            sent: None,
            told_to: after,
            newest: after,
            is_foreign: false,
            unvouched_until: None,
            is_over: false,
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
            if self.sent.is_none() {
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
            Ok((pieces, rows)) => {
                let mut sent = Sent::default();
                let changes = sent.update(&pieces);
                self.sent = Some(sent);
                self.look_due = Instant::now() + WITHOUT_NEWS;
                frame.and(changes).and(rows)
            }
            Err(failure) => {
                self.send(frame);
                return self.tell(&failure);
            }
        };
        self.send(frame);
    }

    async fn everything(&mut self) -> Result<(Vec<Piece>, Frame), Failure> {
        self.frame_due = None;
        if self.subscription.is_none() {
            self.subscription = Some(self.panel.read(self.panel.bots.subscribe(None)).await?);
        }
        let pieces = self.pieces().await?;
        let last = ActivityFilter { limit: 1, ..ActivityFilter::default() };
        let last = self.panel.read(self.panel.bots.get_activity(&last)).await?;
        let last = last.first().map_or(0, |activity| activity.seq);
        // The page was made over another store, which the same address led to before.
        self.is_foreign |= last < self.told_to;
        if self.is_foreign {
            (self.told_to, self.newest) = (0, 0);
        }
        // Last of all: rows that were read and not sent would be missed for good.
        let rows = self.rows(self.is_foreign).await?;
        self.is_foreign = false;
        Ok((pieces, rows))
    }

    /// What every page has, and what this one has.
    async fn pieces(&self) -> Result<Vec<Piece>, Failure> {
        let own = async {
            match self.is_over {
                true => Ok(Vec::new()),
                false => self.scene.pieces(&self.panel).await,
            }
        };
        let (status, mut pieces) = futures::try_join!(Status::glimpse(&self.panel), own)?;
        pieces.push(Piece::of("status", &status));
        Ok(pieces)
    }

    /// Waits for one thing to happen and deals with it.
    async fn listen(&mut self) {
        let Some(subscription) = &mut self.subscription else {
            self.sent = None;
            return;
        };
        let frame_due = self.frame_due;
        tokio::select! {
            // In this order: the stop first, then what is due, then what is new, so that no flood of news holds them up.
            biased;
            Ok(()) = self.switch.changed() => self.show_stop().await,
            Ok(()) = self.orders.changed() => self.doubt(),
            () = sleep_until(frame_due.unwrap_or(self.look_due)), if frame_due.is_some() => self.send_rows().await,
            () = sleep_until(self.look_due) => self.look_again().await,
            news = subscription.next() => match news {
                Ok(FeedEvent::Activity(activity)) => self.take(activity.seq),
                Ok(FeedEvent::Lagged(_)) => {}
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
        self.sent = None;
    }

    async fn show_stop(&mut self) {
        let banner = StopBanner::read(&self.panel).await;
        self.send(stop(Frame::default(), &banner));
        self.look_soon();
    }

    /// An order was taken down here, and its answer is on its way to some page, perhaps to this one.
    fn doubt(&mut self) {
        self.unvouched_until = Some(Instant::now() + DOUBT);
        self.look_soon();
    }

    fn take(&mut self, seq: i64) {
        self.newest = self.newest.max(seq);
        if self.newest > self.told_to {
            self.frame_due.get_or_insert_with(|| Instant::now() + FRAME);
        }
        self.look_soon();
    }

    fn look_soon(&mut self) {
        self.has_news = true;
        self.look_due = self.look_due.min(self.look_not_before.max(Instant::now() + FRAME));
    }

    async fn send_rows(&mut self) {
        self.frame_due = None;
        match self.rows(false).await {
            Ok(frame) => self.send(frame),
            Err(_) => self.begin_again(),
        }
    }

    /// The rows of the feed that the page does not have; more than it can be sent begin it anew.
    async fn rows(&mut self, anew: bool) -> Result<Frame, Failure> {
        let Some(filter) = self.scene.feed() else { return Ok(Frame::default()) };
        let newest = self.newest;
        let missed = ActivityFilter { after: Some(self.told_to), limit: MOST_ROWS + 1, ..filter };
        let missed = self.panel.read(self.panel.bots.get_activity(&missed)).await?;
        let last = missed.first().map_or(newest, |activity| activity.seq.max(newest));
        self.told_to = last;
        let rows: String = missed
            .iter()
            .take(usize::try_from(MOST_ROWS).unwrap_or(usize::MAX))
            .map(|activity| FeedRow::of(activity, &self.panel).to_string())
            .collect();
        Ok(match missed.len() as u64 {
            count if anew || count > MOST_ROWS => Frame::default().fill("feed-rows", &rows),
            0 => Frame::default(),
            _ => Frame::default().prepend("feed-rows", &rows),
        })
    }

    /// Reads the pieces, and sends what is different.
    async fn look_again(&mut self) {
        let now = Instant::now();
        self.look_not_before = now + AFTER_NEWS;
        self.look_due = now + if std::mem::take(&mut self.has_news) { ECHO } else { WITHOUT_NEWS };
        let pieces = match self.pieces().await {
            Ok(pieces) => pieces,
            Err(failure) => return self.tell(&failure),
        };
        let is_doubted = self.unvouched_until.is_some();
        self.unvouched_until = self.unvouched_until.filter(|until| *until > now);
        if self.unvouched_until.is_some() {
            self.look_due = now + ECHO;
        }
        let Some(sent) = &mut self.sent else { return };
        if is_doubted {
            *sent = Sent::default();
        }
        let frame = sent.update(&pieces);
        self.send(frame);
    }

    /// Says why the pieces could not be read.
    fn tell(&mut self, failure: &Failure) {
        let frame = if failure.status == StatusCode::NOT_FOUND {
            self.is_over = true;
            Frame::default().fill("notice", &Notice::failure(failure))
        } else {
            // What was shown stays; only the head says that it may have changed.
            Frame::default().replace("status", &Status::unknown(failure))
        };
        self.send(frame);
        self.begin_again();
    }

    /// Puts a frame on its way, with the fleet's time by which the page tells how long ago things were, and with how far
    /// the feed is told, which a browser that comes back shows.
    fn send(&mut self, frame: Frame) {
        let clock = self.panel.now().0 / 1_000;
        self.ready.push_back(Event::default().event("clock").data(clock.to_string()));
        if !frame.is_empty() {
            let told_to = self.told_to.to_string();
            self.ready.push_back(Event::default().id(told_to).data(frame.into_text()));
        }
    }
}

fn stop(frame: Frame, banner: &StopBanner) -> Frame {
    frame.replace("stop", banner).replace("stop-control", &StopControl::of(banner))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use fleet_bots::{ActivityKind, Bots, FleetTime, NewActivity, StoreAddress, Switch};

    use super::*;
    use crate::panel::{Door, PanelConfig, Patience};

    /// A page whose pieces cannot be read at first.
    struct Shy(AtomicBool);

    impl Scene for Shy {
        async fn pieces(&self, _: &Panel) -> Result<Vec<Piece>, Failure> {
            if self.0.swap(false, Ordering::Relaxed) {
                Err(Failure::store_is_silent())
            } else {
                Ok(Vec::new())
            }
        }

        fn feed(&self) -> Option<ActivityFilter> {
            Some(ActivityFilter::default())
        }
    }

    #[tokio::test]
    async fn no_row_is_lost_when_the_pieces_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let address = StoreAddress::Sqlite(folder.path().join("fleet.db"));
        let bots = Bots::connect(&address, Switch::new(None)).await.unwrap();
        let now = FleetTime(1_772_712_000_000_000);
        let row = NewActivity::of_fleet(ActivityKind::NodeJoined, now, "node seven joined");
        bots.record_activity(vec![row]).await.unwrap();
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
        let mut live = Live::of(Panel::new(bots, config), Shy(AtomicBool::new(true)), 0);
        let told = async {
            loop {
                let event = format!("{:?}", live.next().await);
                if event.contains("node seven joined") {
                    break;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), told)
            .await
            .expect("the row comes when the store answers");
    }
}
