//! What an open page is told: which posts came in its filter, and how often visible posts are liked and spoken of.
//!
//! A frame says what is so, not what to do: the page reads itself anew and takes what it lacks. So a frame that is lost
//! or repeated does no harm, and a page that was away says how many posts had come to be seen when it left. That is not
//! the newest of them by age: a post that moderation held is seen late.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream;
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::feed::Listing;
use crate::sandbox::App;
use crate::sandbox::news::News;
use crate::sandbox::state::State as Books;

/// What comes within this is told together.
const FRAME: Duration = Duration::from_millis(400);
/// How many pages may watch at once; others try again.
const MOST_WATCHERS: usize = 256;
/// New posts of one frame; of more, the page learns when it reads itself anew.
const MOST_POSTS: usize = 100;
/// Posts that may be asked after at once.
const MOST_COUNTED: usize = 100;

/// How many pages may yet watch.
#[derive(Debug)]
pub(in crate::sandbox) struct Watchers(Arc<Semaphore>);

impl Default for Watchers {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MOST_WATCHERS)))
    }
}

/// Likes and comments.
type Counts = (usize, usize);

/// What a page is told. Ids are the contract's; `newest` is how many posts have come to be seen, and where to go on after
/// a pause.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct Frame {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    posts: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    counts: BTreeMap<String, Counts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    newest: Option<usize>,
}

/// What a page looks at.
#[derive(Clone, Debug)]
enum Scope {
    /// The newest posts, of a category or of all.
    Feed(Option<&'static str>),
    /// One post; its id.
    Item(String),
}

struct Watch {
    app: Arc<App>,
    news: Receiver<News>,
    scope: Scope,
    /// Said at once.
    first: Option<Frame>,
    _place: OwnedSemaphorePermit,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let Ok(place) = app.watchers.0.clone().try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "10")]).into_response();
    };
    // It listens before it looks, so that nothing falls between.
    let news = app.news();
    let scope = match query.get("item") {
        Some(id) => Scope::Item(id.clone()),
        None => Scope::Feed(Listing::asked(&query).category),
    };
    let since = query.get("since").and_then(|since| since.parse().ok());
    let first = app.store.read(|books| match &scope {
        Scope::Feed(category) => since_then(books, *category, since),
        Scope::Item(id) => Frame { counts: counted(books, [id.as_str()]), ..Frame::default() },
    });
    let watch = Watch { app, news, scope, first: Some(first), _place: place };
    let frames = stream::unfold(watch, |mut watch| async move {
        let closing = watch.app.closing.clone();
        let frame = closing.run_until_cancelled(watch.next()).await??;
        let event = Event::default().json_data(&frame).unwrap_or_default();
        Some((Ok::<_, Infallible>(event), watch))
    });
    ([(CACHE_CONTROL, "no-store")], Sse::new(frames).keep_alive(KeepAlive::default())).into_response()
}

/// How often posts are liked and spoken of, for a page that was away; those that are gone are left out.
pub(super) async fn counts(
    State(app): State<Arc<App>>,
    Query(query): Query<HashMap<String, String>>,
) -> impl IntoResponse {
    let ids = query.get("of").map_or("", String::as_str).split(',').take(MOST_COUNTED);
    let counts = app.store.read(|books| counted(books, ids));
    ([(CACHE_CONTROL, "no-store")], Json(counts))
}

impl Watch {
    /// The next frame; none when the page must ask anew because too much happened at once.
    async fn next(&mut self) -> Option<Frame> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let mut happened = vec![self.news.recv().await.ok()?];
            tokio::time::sleep(FRAME).await;
            loop {
                match self.news.try_recv() {
                    Ok(news) => happened.push(news),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Lagged(_) | TryRecvError::Closed) => return None,
                }
            }
            let frame = self.app.store.read(|books| gathered(books, &self.scope, &happened));
            if frame != Frame::default() {
                return Some(frame);
            }
        }
    }
}

/// What a page has missed that knows of the first so many posts that came to be seen. One that knows of more than there
/// are has seen another gallery here, and is told everything.
fn since_then(books: &Books, category: Option<&str>, since: Option<usize>) -> Frame {
    let published = books.publications();
    let since = since.filter(|since| *since <= published.len()).unwrap_or(0);
    let is_listed = |post: &&usize| is_of(books, **post, category);
    let posts = published[since..].iter().rev().filter(is_listed).take(MOST_POSTS);
    let posts = posts.map(|post| books.posts[*post].id.clone()).collect();
    Frame { posts, newest: Some(published.len()), ..Frame::default() }
}

fn is_of(books: &Books, post: usize, category: Option<&str>) -> bool {
    category.is_none_or(|wanted| books.posts[post].category.as_deref() == Some(wanted))
}

/// What happened, as far as it concerns the page.
fn gathered(books: &Books, scope: &Scope, happened: &[News]) -> Frame {
    let mut posted = BTreeSet::new();
    let mut touched = BTreeSet::new();
    for news in happened {
        match *news {
            News::Posted(post) => posted.insert(post),
            News::Liked(post) | News::Commented(post) => touched.insert(post),
        };
    }
    let id = |post: &usize| books.posts[*post].id.as_str();
    match scope {
        Scope::Item(item) => {
            let concerned = touched.iter().map(id).filter(|id| id == item);
            Frame { counts: counted(books, concerned), ..Frame::default() }
        }
        Scope::Feed(category) => {
            let is_listed = |post: &&usize| is_of(books, **post, *category);
            // Up to the latest that is told of here; what came meanwhile is told in the next frame.
            let is_latest = |post: &usize| posted.contains(post);
            let latest =
                if posted.is_empty() { None } else { books.publications().iter().rposition(is_latest) };
            let newest = latest.map(|latest| latest + 1);
            let posts = posted.iter().rev().filter(is_listed).take(MOST_POSTS).map(id).map(str::to_owned);
            let counts = counted(books, touched.iter().filter(is_listed).map(id));
            Frame { posts: posts.collect(), counts, newest }
        }
    }
}

fn counted<'a>(books: &Books, ids: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, Counts> {
    let counts = |id: &str| {
        let post = &books.posts[books.post(id, None)?];
        Some((id.to_owned(), (post.likers.len(), post.comments.len())))
    };
    ids.into_iter().filter_map(counts).collect()
}
