//! What every page and the stream share: the fleet's door, the clock, the gallery's address, and how long the store may
//! take to answer. A store that hangs must not take the panel with it: the stop button is on the panel.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, Uri};
use fleet_bots::{Bots, FleetTime, ShownPost, Token};
use futures::future::BoxFuture;
use tokio::sync::{Semaphore, watch};

use crate::attempts::Attempts;
use crate::characters::Characters;
use crate::cookie::Cookie;
use crate::examples::Examples;
use crate::failure::Failure;
use crate::glance::Glance;
use crate::seeding::Seedings;
use crate::session::Sessions;
use crate::share::Share;

/// How long an order may take; it is dropped after that, and the store undoes what was begun.
const WRITING: Duration = Duration::from_secs(5);

/// Looks at the newest posts that the gallery shows, at most a hundred; none when it does not answer.
pub type GalleryPosts = Arc<dyn Fn() -> BoxFuture<'static, Option<Vec<ShownPost>>> + Send + Sync>;

/// How many sign-ins are looked at in one moment; each costs some 40 ms of a core, two at a time.
const SIGN_INS: usize = 16;

/// Who may open the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    /// Whoever reaches it; it then answers under the names of this machine only.
    Open,
    /// Operators who sign in.
    SignIn {
        /// Where people reach it when that is not where it listens, such as `https://fleet.example.org`.
        public_url: Option<String>,
    },
}

/// What the panel is told by whoever serves it.
#[derive(Clone)]
pub struct PanelConfig {
    /// The gallery's address; pictures come from there, and posts and residents are linked there.
    pub gallery_url: Option<String>,
    /// A line at the head of every page, such as that this is a demo.
    pub notice: Option<String>,
    /// The fleet's clock.
    pub now: Arc<dyn Fn() -> FleetTime + Send + Sync>,
    /// How fast the fleet's time runs against the clock on the wall.
    pub speed: f64,
    /// How to look at the gallery's newest posts; without it the panel does not tell whose they are.
    pub gallery_posts: Option<GalleryPosts>,
    /// The personas of this process; without them nobody is drawn and nothing is previewed.
    pub characters: Option<Characters>,
    /// How orders are signed in the log that come through an open door.
    pub by: String,
    /// Who may open it.
    pub door: Door,
    /// How long it waits for the store.
    pub patience: Patience,
}

/// How long the panel waits for the store before it does without, or says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For what a page shows.
    pub reading: Duration,
    /// For who somebody is: after that the word of a moment ago has to do.
    pub who: Duration,
    /// For the name of whoever stopped the fleet; the banner can do without.
    pub name: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let [reading, who, name] = [1_500, 400, 500].map(Duration::from_millis);
        Self { reading, who, name }
    }
}

impl fmt::Debug for PanelConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PanelConfig")
            .field("gallery_url", &self.gallery_url)
            .field("notice", &self.notice)
            .field("speed", &self.speed)
            .field("by", &self.by)
            .field("door", &self.door)
            .finish_non_exhaustive()
    }
}

/// The panel itself; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Panel {
    pub(crate) bots: Bots,
    pub(crate) gallery: Gallery,
    pub(crate) glance: Glance,
    pub(crate) share: Share,
    ordered: watch::Sender<u64>,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) attempts: Arc<Attempts>,
    /// Tries of those who are signed in to change their password: no stranger adds to these.
    pub(crate) changes: Arc<Attempts>,
    /// Held by each sign-in while it is looked at.
    pub(crate) sign_ins: Arc<Semaphore>,
    pub(crate) seedings: Seedings,
    pub(crate) examples: Examples,
    config: Arc<PanelConfig>,
}

impl Panel {
    pub(crate) fn new(bots: Bots, config: PanelConfig) -> Self {
        let gallery = Gallery::at(config.gallery_url.as_deref());
        let share = Share::of(config.gallery_posts.clone());
        Self {
            bots,
            gallery,
            glance: Glance::default(),
            share,
            ordered: watch::Sender::default(),
            seedings: Seedings::default(),
            examples: Examples::default(),
            sessions: Arc::default(),
            attempts: Arc::default(),
            changes: Arc::default(),
            sign_ins: Arc::new(Semaphore::new(SIGN_INS)),
            config: Arc::new(config),
        }
    }

    pub(crate) fn now(&self) -> FleetTime {
        (self.config.now)()
    }

    /// A persona's name for people; one that this process does not know goes by its id.
    pub(crate) fn persona_name(&self, id: &str) -> String {
        let known = self.config.characters.iter().flat_map(|characters| &characters.personas);
        let named = known.into_iter().find(|persona| persona.id == id);
        named.map_or_else(|| id.replace(['-', '_'], " "), |persona| persona.name.clone())
    }

    pub(crate) fn patience(&self) -> Patience {
        self.config.patience
    }

    /// How fast the fleet's time runs.
    pub(crate) fn speed(&self) -> f64 {
        self.config.speed
    }

    pub(crate) fn characters(&self) -> Option<&Characters> {
        self.config.characters.as_ref()
    }

    pub(crate) fn notice(&self) -> Option<&str> {
        self.config.notice.as_deref()
    }

    /// How orders are signed that come without a sign-in.
    pub(crate) fn by(&self) -> &str {
        &self.config.by
    }

    /// Whether nobody has to sign in.
    pub(crate) fn is_open(&self) -> bool {
        self.config.door == Door::Open
    }

    /// Whether browsers reach it by `https` alone.
    pub(crate) fn is_secure(&self) -> bool {
        self.public_origin().is_some_and(|origin| origin.starts_with("https:"))
    }

    /// Where people reach it, as an origin: `https://fleet.example.org`.
    pub(crate) fn public_origin(&self) -> Option<String> {
        match &self.config.door {
            Door::SignIn { public_url: Some(url) } => origin(url),
            _ => None,
        }
    }

    /// By what a browser with these headers knows this panel.
    pub(crate) fn cookie(&self, headers: &HeaderMap) -> Cookie {
        Cookie::of(headers, self.is_secure())
    }

    /// What a browser shows of its sign-in.
    pub(crate) fn shown(&self, headers: &HeaderMap) -> Option<Token> {
        self.cookie(headers).shown(headers)
    }

    /// Waits for what a page shows, but not for long.
    pub(crate) fn read<T>(
        &self,
        question: impl Future<Output = fleet_bots::Result<T>>,
    ) -> impl Future<Output = Result<T, Failure>> {
        // What the store does meanwhile is large; boxed, it weighs on a page only while the page asks.
        within(self.config.patience.reading, Box::pin(question))
    }

    /// Waits for an order to be taken down.
    pub(crate) async fn write<T>(
        &self,
        order: impl Future<Output = fleet_bots::Result<T>>,
    ) -> Result<T, Failure> {
        let taken_down = within(WRITING, Box::pin(order)).await;
        self.ordered.send_modify(|orders| *orders += 1);
        taken_down
    }

    /// Counts the orders that are taken down here.
    pub(crate) fn orders(&self) -> watch::Receiver<u64> {
        self.ordered.subscribe()
    }

    /// What a browser may load into our pages: our own files, and pictures of the gallery.
    pub(crate) fn content_policy(&self) -> HeaderValue {
        let pictures = self.gallery.origin.as_deref().map(|origin| format!(" {origin}")).unwrap_or_default();
        let policy = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{pictures}; \
             connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        HeaderValue::try_from(policy).expect("an origin is made of letters, digits, dots and dashes")
    }
}

async fn within<T>(
    patience: Duration,
    answer: impl Future<Output = fleet_bots::Result<T>>,
) -> Result<T, Failure> {
    match tokio::time::timeout(patience, answer).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(Failure::store_is_silent()),
    }
}

/// Where the gallery is, as far as links and pictures go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gallery {
    /// Without a slash at the end.
    base: Option<Arc<str>>,
    origin: Option<Arc<str>>,
}

impl Gallery {
    /// An address that is no plain `http` or `https` one gives no links and no pictures.
    pub(crate) fn at(url: Option<&str>) -> Self {
        let Some(url) = url else { return Self::default() };
        let Some(origin) = origin(url) else {
            tracing::warn!(
                "the gallery's address is no http address; the panel shows no links and no pictures"
            );
            return Self::default();
        };
        Self { base: Some(url.trim_end_matches('/').into()), origin: Some(origin.into()) }
    }

    /// Where people see a post.
    pub(crate) fn post(&self, post_id: &str) -> Option<String> {
        self.base.as_ref().map(|base| format!("{base}/item/{}", escaped(post_id)))
    }

    /// Where people see a resident.
    pub(crate) fn resident(&self, username: &str) -> Option<String> {
        self.base.as_ref().map(|base| format!("{base}/u/{}", escaped(username)))
    }

    /// The address of a picture, if it may be shown: the page's policy lets in only what lies in the gallery.
    pub(crate) fn picture(&self, url: &str) -> Option<String> {
        if self.origin.is_some() && origin(url).as_deref() == self.origin.as_deref() {
            return Some(url.to_owned());
        }
        let base = self.base.as_ref()?;
        (url.starts_with('/') && !url.starts_with("//")).then(|| format!("{base}{url}"))
    }
}

/// The origin of a plain web address, in a form that can stand in a header.
fn origin(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme))?;
    let authority = uri.authority()?.as_str();
    let is_plain = authority.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c));
    is_plain.then(|| format!("{scheme}://{authority}").to_lowercase())
}

/// `text` as one segment of a path.
fn escaped(text: &str) -> String {
    let mut segment = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                segment.push(char::from(byte));
            }
            _ => segment.push_str(&format!("%{byte:02X}")),
        }
    }
    segment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_store_that_hangs_does_not_hold_up_a_page() {
        let failure = within(Duration::ZERO, std::future::pending::<fleet_bots::Result<()>>()).await;
        assert_eq!(failure.unwrap_err(), Failure::store_is_silent());
    }

    #[test]
    fn only_pictures_of_the_gallery_are_shown() {
        let gallery = Gallery::at(Some("https://gallery.example/"));
        assert_eq!(
            gallery.picture("https://gallery.example/images/7.png").as_deref(),
            Some("https://gallery.example/images/7.png")
        );
        assert_eq!(gallery.picture("/images/7.png").as_deref(), Some("https://gallery.example/images/7.png"));
        assert_eq!(gallery.picture("//elsewhere.example/7.png"), None);
        assert_eq!(gallery.picture("https://elsewhere.example/7.png"), None);
        assert_eq!(gallery.picture("https://gallery.example.evil.example/7.png"), None);
        assert_eq!(Gallery::at(None).picture("https://gallery.example/7.png"), None);
    }

    #[test]
    fn an_address_that_could_break_out_of_a_header_or_a_link_is_not_used() {
        for url in
            ["javascript:alert(1)", "https://a.example;script-src *", "https://user:pw@a.example", "", "/"]
        {
            assert_eq!(Gallery::at(Some(url)), Gallery::default(), "{url}");
        }
    }

    #[test]
    fn what_the_gallery_calls_a_post_stays_one_part_of_the_address() {
        let gallery = Gallery::at(Some("http://127.0.0.1:4100"));
        assert_eq!(gallery.post("a/../b?c").as_deref(), Some("http://127.0.0.1:4100/item/a%2F..%2Fb%3Fc"));
    }
}
