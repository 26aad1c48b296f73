//! What these tests share: somebody who speaks, something to look at, and a desk that keeps what happens at it.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use fleet_brain::sandbox::{Provider, Script, Writes};
use fleet_brain::{
    Ask, Author, Bill, Brain, Catalogue, Character, Desk, Endpoint, Estimate, Memory, Micros, Models, Post,
    Prices, Refused, Remark, Ticket,
};

/// A desk that keeps all that happens at it.
#[derive(Default)]
pub(crate) struct Till {
    pub(crate) events: Mutex<Vec<Event>>,
    /// Whether something was said before cannot be found out.
    pub(crate) forgets: bool,
    /// Every ticket beyond so many is refused.
    pub(crate) most_tickets: Option<usize>,
    /// Every ticket for more than this is refused.
    pub(crate) most: Option<Micros>,
    pub(crate) unavailable: bool,
    /// What was said before.
    pub(crate) before: HashSet<String>,
    /// Whose requests are counted when a ticket is drawn.
    pub(crate) watched: Option<Arc<Provider>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// With how many requests had begun before.
    Reserved(Ticket, Estimate, usize),
    Settled(Ticket, Bill),
}

impl Till {
    pub(crate) fn watching(provider: &Arc<Provider>) -> Till {
        Till { watched: Some(Arc::clone(provider)), ..Till::default() }
    }

    pub(crate) fn reserved(&self) -> Vec<(Ticket, Estimate, usize)> {
        let events = self.events.lock().unwrap();
        let reserved = events.iter().filter_map(|event| match event {
            Event::Reserved(ticket, estimate, begun) => Some((*ticket, estimate.clone(), *begun)),
            Event::Settled(..) => None,
        });
        reserved.collect()
    }

    pub(crate) fn settled(&self) -> Vec<(Ticket, Bill)> {
        let events = self.events.lock().unwrap();
        let settled = events.iter().filter_map(|event| match event {
            Event::Settled(ticket, bill) => Some((*ticket, *bill)),
            Event::Reserved(..) => None,
        });
        settled.collect()
    }
}

#[async_trait]
impl Desk for Till {
    async fn reserve(&self, call: &Estimate) -> Result<Ticket, Refused> {
        if self.unavailable {
            return Err(Refused::Unavailable { why: "the disk is full".into() });
        }
        let mut events = self.events.lock().unwrap();
        let drawn = events.iter().filter(|event| matches!(event, Event::Reserved(..))).count();
        if self.most_tickets.is_some_and(|most| drawn >= most)
            || self.most.is_some_and(|most| call.most > most)
        {
            let why = "the fleet's cap of the day is reached".into();
            return Err(Refused::Capped { why, until: "2026-01-02T00:00:00Z".parse().unwrap() });
        }
        let ticket = Ticket(drawn as u128 + 1);
        let begun = self.watched.as_ref().map_or(0, |provider| provider.calls().len());
        events.push(Event::Reserved(ticket, call.clone(), begun));
        Ok(ticket)
    }

    async fn settle(&self, ticket: Ticket, bill: Bill) {
        self.events.lock().unwrap().push(Event::Settled(ticket, bill));
    }

    async fn said_before(&self, texts: &[String]) -> Option<Vec<bool>> {
        let said = texts.iter().map(|text| self.before.contains(text)).collect();
        (!self.forgets).then_some(said)
    }
}

/// Somebody who speaks.
pub(crate) fn ada() -> Character {
    Character {
        persona: "product_photographer".into(),
        name: "Ada Lumen (AI)".into(),
        username: "ada_lumen".into(),
        personality: "Looks at light before anything else.".into(),
        vibe: "professional".into(),
        interests: vec!["packshots".into(), "light".into()],
    }
}

pub(crate) fn post(id: &str, title: &str, description: &str) -> Post {
    Post {
        id: id.into(),
        title: title.into(),
        description: Some(description.into()),
        category: Some("marketing".into()),
        tags: vec![],
        author: Author { username: "milo_draws".into(), name: Some("Milo".into()) },
        by_person: true,
        picture: None,
    }
}

/// So many posts.
pub(crate) fn posts(count: usize) -> Vec<Post> {
    (1..=count)
        .map(|at| post(&format!("p{at}"), "Walnut lamp", "A walnut lamp on pale linen, in soft light."))
        .collect()
}

pub(crate) fn remark(id: &str, username: &str, text: &str) -> Remark {
    Remark { id: id.into(), author: Author { username: username.into(), name: None }, text: text.into() }
}

pub(crate) async fn provider(script: Script) -> Arc<Provider> {
    Arc::new(Provider::begin(script).await.unwrap())
}

/// One that writes these texts.
pub(crate) async fn writing(texts: &[&str]) -> Arc<Provider> {
    let texts = texts.iter().map(|text| (*text).to_owned()).collect();
    provider(Script { writes: Writes::Texts(texts), ..Script::default() }).await
}

/// An endpoint there, which costs a dollar for a million tokens in and ten for a million out.
pub(crate) fn endpoint(provider: &Provider) -> Endpoint {
    Endpoint { base_url: Some(provider.url()), ..Endpoint::new("openai", "tiny") }
}

/// The same in a language of its own.
pub(crate) fn speaking(language: &str, provider: &Provider) -> Endpoint {
    let url = if language == "gemini" { provider.gemini_url() } else { provider.url() };
    Endpoint { base_url: Some(url), ..Endpoint::new(language, "tiny") }
}

pub(crate) fn prices() -> Prices {
    let entry = |provider: &str| {
        format!(
            r#"{{"provider": "{provider}", "model": "tiny", "input": 1000000, "output": 10000000, "picture_tokens": 300}}"#
        )
    };
    let entries: Vec<String> = ["openai", "anthropic", "gemini", "groq"].map(entry).into();
    Prices::from_json(&format!(r#"{{"text": [{}]}}"#, entries.join(","))).unwrap()
}

pub(crate) fn brain(chain: Vec<Endpoint>) -> Brain {
    let models = Models { prices: prices(), ..Models::of(chain) };
    Brain::with_models(catalogue(), models).unwrap()
}

pub(crate) fn offline() -> Brain {
    Brain::offline(catalogue())
}

/// The built-in one, read once for all the brains of a test.
fn catalogue() -> Arc<Catalogue> {
    static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::built_in()));
    Arc::clone(&CATALOGUE)
}

/// An endpoint where nobody listens.
pub(crate) fn nobody() -> Endpoint {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}/v1/", listener.local_addr().unwrap());
    Endpoint { base_url: Some(address.parse().unwrap()), ..Endpoint::new("openai", "tiny") }
}

/// What Ada is asked with.
pub(crate) struct Asking<'d> {
    pub(crate) who: Character,
    pub(crate) memory: Memory,
    pub(crate) desk: &'d Till,
}

impl<'d> Asking<'d> {
    pub(crate) fn at(desk: &'d Till) -> Self {
        Self { who: ada(), memory: Memory::default(), desk }
    }

    pub(crate) fn with(&self, seed: u64) -> Ask<'_> {
        Ask { who: &self.who, memory: &self.memory, desk: self.desk, seed }
    }
}

/// Waits for a state; the deadline is only for a test that fails.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting)
        .await
        .unwrap_or_else(|_| panic!("{what} did not come"));
}

/// The sum of bills.
pub(crate) fn sum(bills: &[(Ticket, Bill)]) -> Micros {
    Micros(bills.iter().map(|(_, bill)| bill.cost.0).sum())
}
