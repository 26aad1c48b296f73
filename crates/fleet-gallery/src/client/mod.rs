//! The client: one method for each call of the contract.
//!
//! A write is one request and never repeated; whether it may be made again is the caller's to decide, from [`Error::fate`]
//! and [`Error::retry`]. A read may be tried again within its time. Every request asks `courtesy` for leave; reading answers
//! is `answer`'s, look-ups over many pages are `lookup`'s, pictures that expire are `picture`'s, and which clock the gallery
//! goes by is `sandbox_time`'s.

mod answer;
mod body;
mod courtesy;
mod lookup;
mod picture;
mod sandbox_time;

use std::sync::{Arc, Once};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use url::{Host, Url};

use self::courtesy::{Courtesy, Way};
pub use self::courtesy::{CourtesyReport, Manners};
pub use self::lookup::SoughtPost;
use crate::error::Error;
use crate::secret::Secret;
use crate::wire::{
    Comment, Execution, FeedQuery, Invite, Invited, Item, Liked, NewItem, Profile, ShowcaseEntry, Workflow,
};

/// The platform cuts the connection beyond this, so such a request is not begun.
const LARGEST_REQUEST: usize = 1024 * 1024;
const LARGEST_ANSWER: usize = 2 * 1024 * 1024;
/// A workflow's answer carries every picture in base64.
const LARGEST_EXECUTION: usize = 16 * 1024 * 1024;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How to reach a gallery.
#[derive(Clone, Debug)]
pub struct GalleryConfig {
    /// Where it is, `http` or `https`; a path is kept as a prefix.
    pub base_url: Url,
    /// The service token.
    pub token: Secret,
    /// Names the fleet and its version.
    pub user_agent: String,
    /// How long one call may take, in real time.
    pub timeout: Duration,
    /// How long a workflow may take, in real time; an AI picture takes 10 to 60 s.
    pub workflow_timeout: Duration,
    /// How it behaves until the gallery says what it allows.
    pub manners: Manners,
}

impl GalleryConfig {
    /// The usual limits: 10 s for a call, 120 s for a workflow, and a guest's manners where it is not at home.
    pub fn new(base_url: Url, token: Secret) -> Self {
        Self {
            manners: Manners::towards(&base_url),
            base_url,
            token,
            user_agent: concat!("floimg-fleet/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeout: Duration::from_secs(10),
            workflow_timeout: Duration::from_secs(120),
        }
    }
}

/// A gallery, spoken to in one bot's name at a time. Cheap to clone; clones share their connections and their manners.
#[derive(Clone, Debug)]
pub struct Gallery {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    http: reqwest::Client,
    base: Url,
    token: Secret,
    bearer: HeaderValue,
    timeout: Duration,
    workflow_timeout: Duration,
    courtesy: Courtesy,
}

/// A builder for HTTP clients with the TLS provider in place; building one without it panics.
pub fn client_builder() -> reqwest::ClientBuilder {
    static TLS: Once = Once::new();
    TLS.call_once(|| {
        // Someone else may have installed a provider first; theirs serves as well.
        _ = rustls::crypto::ring::default_provider().install_default();
    });
    reqwest::Client::builder()
}

impl Gallery {
    /// Prepares a client; nothing is sent.
    ///
    /// # Errors
    /// [`Error::Misconfigured`] if the address is not `http(s)`, or the token or user agent cannot be a header.
    pub fn new(config: GalleryConfig) -> Result<Self, Error> {
        let base = normalised(config.base_url)?;
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", config.token.expose()))
            .map_err(|_| misconfigured("the service token holds characters that no header may carry"))?;
        bearer.set_sensitive(true);
        let mut builder = client_builder()
            .user_agent(config.user_agent)
            // A redirected write would be sent twice, and the token would travel with it.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT.min(config.timeout));
        if is_loopback(&base) {
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(|error| misconfigured(answer::cause(&error)))?;
        let (timeout, workflow_timeout) = (config.timeout, config.workflow_timeout);
        let courtesy = Courtesy::new(&config.manners);
        let inner = Inner { http, base, token: config.token, bearer, timeout, workflow_timeout, courtesy };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What is known of the gallery's limits and clock, from its last answers.
    pub fn courtesy(&self) -> CourtesyReport {
        self.inner.courtesy.report()
    }

    /// Asks for as little as can be asked for, in a bot's name if one has an account, though the gallery turned the fleet away before: a success, or a refusal of
    /// another kind, lets other requests go out again.
    ///
    /// # Errors
    /// Any [`Error`]; [`Error::Unauthorized`] or [`Error::Paused`] if nothing has changed.
    pub async fn probe(&self, agent: Option<&str>) -> Result<(), Error> {
        let request = match agent {
            Some(agent) => {
                let query = FeedQuery { limit: 1, ..FeedQuery::default() };
                self.acting(self.request(Method::GET, &["showcase"])?.query(&query), agent)?
            }
            None => self.request(Method::GET, &["nodes", "generators"])?,
        };
        self.send(request, self.inner.timeout, LARGEST_ANSWER, Way::Probe).await.map(drop)
    }

    /// Lets requests go out again that are held back since the gallery turned the fleet away: somebody else has found that
    /// it does not any more.
    pub fn reopen(&self) {
        self.inner.courtesy.reopen();
    }

    /// Where this gallery is, with a trailing slash.
    pub fn base_url(&self) -> &Url {
        &self.inner.base
    }

    /// Reads a page of the feed.
    ///
    /// # Errors
    /// Any [`Error`]; a read may always be repeated.
    pub async fn feed(&self, agent: &str, query: &FeedQuery) -> Result<Vec<Item>, Error> {
        let request = self.request(Method::GET, &["showcase"])?.query(query);
        Ok(self.ask::<body::Items>(self.acting(request, agent)?).await?.items)
    }

    /// Reads one post.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it is gone; any other [`Error`].
    pub async fn item(&self, agent: &str, id: &str) -> Result<Item, Error> {
        let request = self.request(Method::GET, &["showcase", id])?;
        Ok(self.ask::<body::OneItem>(self.acting(request, agent)?).await?.item)
    }

    /// Publishes a picture. A post may be held for moderation: accepted, and not yet visible.
    ///
    /// # Errors
    /// Any [`Error`]; ask [`Error::fate`] before anything else.
    pub async fn publish(&self, agent: &str, item: &NewItem) -> Result<Item, Error> {
        let item = NewItem { image_url: self.resolve(&item.image_url)?.into(), ..item.clone() };
        let request = self.body(self.request(Method::POST, &["showcase"])?, &item)?;
        Ok(self.ask::<body::Published>(self.acting(request, agent)?).await?.showcase_item)
    }

    /// Likes a post, **or takes the like back** if it was there: the gallery toggles.
    ///
    /// # Errors
    /// Any [`Error`]; ask [`Error::fate`] before anything else.
    pub async fn toggle_like(&self, agent: &str, id: &str) -> Result<Liked, Error> {
        let request = self.body(self.request(Method::POST, &["showcase", id, "like"])?, &json!({}))?;
        self.ask(self.acting(request, agent)?).await
    }

    /// Reads a page of a post's comments.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the post is gone; any other [`Error`].
    pub async fn comments(
        &self,
        agent: &str,
        id: &str,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<Comment>, Error> {
        let page = [("limit", limit), ("offset", offset)];
        let request = self.request(Method::GET, &["showcase", id, "comments"])?.query(&page);
        Ok(self.ask::<body::Comments>(self.acting(request, agent)?).await?.comments)
    }

    /// Writes a comment of 1 to 1,000 characters.
    ///
    /// # Errors
    /// Any [`Error`]; ask [`Error::fate`] before anything else.
    pub async fn comment(&self, agent: &str, id: &str, content: &str) -> Result<Comment, Error> {
        let request = self.request(Method::POST, &["showcase", id, "comments"])?;
        let request = self.body(request, &json!({ "content": content }))?;
        Ok(self.ask::<body::OneComment>(self.acting(request, agent)?).await?.comment)
    }

    /// Reads a public account.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none; any other [`Error`].
    pub async fn profile(&self, agent: &str, username: &str) -> Result<Profile, Error> {
        self.ask(self.acting(self.request(Method::GET, &["users", username])?, agent)?).await
    }

    /// Reads a page of what an account published. The gallery may ignore the paging and answer with everything.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such account; any other [`Error`].
    pub async fn showcase_of(
        &self,
        agent: &str,
        username: &str,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<ShowcaseEntry>, Error> {
        let page = [("limit", limit), ("offset", offset)];
        let request = self.request(Method::GET, &["users", username, "showcase"])?.query(&page);
        Ok(self.ask::<body::Showcase>(self.acting(request, agent)?).await?.showcase)
    }

    /// Runs a workflow and waits for its pictures, for as long as the workflow time-out allows.
    ///
    /// # Errors
    /// [`Error::Workflow`] if the engine says that it failed; any other [`Error`]. It may have cost money either way.
    pub async fn execute(&self, agent: &str, workflow: &Workflow) -> Result<Execution, Error> {
        let request = self.body(self.request(Method::POST, &["execute", "sync"])?, workflow)?;
        let request = self.acting(request, agent)?;
        let bytes = self.send(request, self.inner.workflow_timeout, LARGEST_EXECUTION, Way::Workflow).await?;
        answer::execution(&bytes).map_err(|error| self.cleaned(error))
    }

    /// Makes an address that the gallery gave absolute.
    ///
    /// # Errors
    /// [`Error::Unreadable`] if it is no address, or not one of the web.
    pub fn resolve(&self, address: &str) -> Result<Url, Error> {
        let unreadable =
            || Error::Unreadable { what: "a picture's address is not an http(s) address".into() };
        let url = self.inner.base.join(address).map_err(|_| unreadable())?;
        if matches!(url.scheme(), "http" | "https") { Ok(url) } else { Err(unreadable()) }
    }

    /// The names of the generators that this platform has.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn generators(&self) -> Result<Vec<String>, Error> {
        self.nodes("generators").await
    }

    /// The names of the transforms that this platform has.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn transforms(&self) -> Result<Vec<String>, Error> {
        self.nodes("transforms").await
    }

    /// Makes an account for a bot, or finds the one it has.
    ///
    /// # Errors
    /// [`Error::Invalid`] if the username belongs to someone else; any other [`Error`].
    pub async fn invite(&self, invite: &Invite) -> Result<Invited, Error> {
        let request = self.body(self.request(Method::POST, &["admin", "users", "invite"])?, invite)?;
        self.ask(request).await
    }

    /// Removes a bot's account; `false` means that it was gone already.
    ///
    /// # Errors
    /// Any [`Error`] but `NotFound`.
    pub async fn remove_user(&self, agent_id: &str) -> Result<bool, Error> {
        let request = self.request(Method::DELETE, &["admin", "users", agent_id])?;
        match self.ask::<body::Deleted>(request).await {
            Ok(answer) => Ok(answer.deleted),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn nodes(&self, kind: &str) -> Result<Vec<String>, Error> {
        let request = self.request(Method::GET, &["nodes", kind])?;
        let bytes = self.send(request, self.inner.timeout, LARGEST_ANSWER, Way::Call).await?;
        answer::node_names(&bytes, kind).map_err(|error| self.cleaned(error))
    }

    fn request(&self, method: Method, segments: &[&str]) -> Result<RequestBuilder, Error> {
        let mut url = self.inner.base.clone();
        {
            let mut path =
                url.path_segments_mut().map_err(|()| misconfigured("the gallery's address takes no path"))?;
            path.pop_if_empty().push("api");
            for segment in segments {
                // An empty or dotted segment would silently address something else.
                if matches!(*segment, "" | "." | "..") {
                    return Err(misconfigured("an id or username is empty or made of dots"));
                }
                path.push(segment);
            }
        }
        Ok(self.inner.http.request(method, url).header(AUTHORIZATION, self.inner.bearer.clone()))
    }

    fn acting(&self, request: RequestBuilder, agent: &str) -> Result<RequestBuilder, Error> {
        let agent = HeaderValue::try_from(agent)
            .ok()
            .filter(|value| !value.is_empty())
            .ok_or_else(|| misconfigured("the bot's username is empty or cannot be a header"))?;
        Ok(request.header("x-agent-id", agent))
    }

    fn body<T: Serialize>(&self, request: RequestBuilder, body: &T) -> Result<RequestBuilder, Error> {
        let bytes = serde_json::to_vec(body)
            .map_err(|error| misconfigured(format!("the request cannot be written as JSON ({error})")))?;
        if bytes.len() > LARGEST_REQUEST {
            return Err(Error::TooLarge);
        }
        Ok(request.header("content-type", "application/json").body(bytes))
    }

    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Error> {
        let bytes = self.send(request, self.inner.timeout, LARGEST_ANSWER, Way::Call).await?;
        self.read_as(&bytes)
    }

    fn read_as<T: DeserializeOwned>(&self, bytes: &[u8]) -> Result<T, Error> {
        answer::read(bytes).map_err(|error| self.cleaned(error))
    }
}

fn normalised(mut base: Url) -> Result<Url, Error> {
    if !matches!(base.scheme(), "http" | "https") || base.host().is_none() {
        return Err(misconfigured("the gallery's address must begin with http:// or https://"));
    }
    if !base.username().is_empty() || base.password().is_some() {
        return Err(misconfigured("the gallery's address must not carry a user name or password"));
    }
    base.set_query(None);
    base.set_fragment(None);
    if !base.path().ends_with('/') {
        base.set_path(&format!("{}/", base.path()));
    }
    Ok(base)
}

/// Whether an address is this machine's own.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn misconfigured(what: impl Into<String>) -> Error {
    Error::Misconfigured { what: what.into() }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
