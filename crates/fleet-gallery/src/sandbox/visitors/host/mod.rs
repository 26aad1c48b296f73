//! Lets visitors in: keeps time with the agenda, and does in the gallery what each of them wishes.
//!
//! One task for everybody. Only pictures are drawn aside, a few at once, so that nobody waits for somebody else's.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::json;
use tokio::sync::Semaphore;

use super::Visitors;
use super::agenda::{self, Agenda, Arrival, Turn};
use super::person::{self, Person};
use super::screen::Screen;
use super::speech::{self, Idea, Said};
use super::wish::{Wish, wish};
use crate::sandbox::App;
use crate::sandbox::acts::{Draft, Newcomer};
use crate::sandbox::draw::Drawn;
use crate::sandbox::refusal::Refusal;
use crate::sandbox::state::State;
use crate::wire::Step;

/// The longest single sleep: a clock that was set, or a laptop that slept, is noticed after that.
const NAP: Duration = Duration::from_secs(30);
/// How many visitors' pictures are in the making at most; whoever comes then lets it be.
const AT_EASEL: usize = 4;
/// How long after its time a turn is still taken, in fleet time, and at least in real time.
const PATIENCE: [Duration; 2] = [Duration::from_secs(1800), Duration::from_secs(3)];

pub(super) struct Host {
    app: Arc<App>,
    agenda: Agenda,
    speed: f64,
    guests: Vec<Guest>,
    /// What the guests' accounts make.
    genres: HashMap<usize, usize>,
    said: Said,
    easels: Arc<Semaphore>,
}

/// A picture somebody is to make, and its post.
struct Painting {
    /// An account.
    by: usize,
    idea: Idea,
    size: &'static str,
}

struct Guest {
    person: Person,
    dice: StdRng,
    account: Option<usize>,
}

impl Host {
    pub(super) fn new(app: Arc<App>, visitors: &Visitors) -> Self {
        let Visitors { count, seed, script, speed } = visitors;
        let founders = (*count).min(Visitors::MOST);
        let arrivals = agenda::arrivals(script, *seed, founders);
        let people = person::people(*seed, arrivals.len(), founders);
        let now = (app.now)();
        let (begin, known, said) = app.store.read(|state| recall(state, &people, &arrivals, now));
        let agenda = Agenda::new(&people, &arrivals, script, *seed, (begin, now));
        let run = u64::try_from(now.duration_since(begin).as_micros()).unwrap_or_default();
        let guests: Vec<Guest> = (people.into_iter().zip(known).enumerate())
            .map(|(index, (person, account))| {
                let dice = person::dice(seed.rotate_left(17), index, run);
                Guest { person, dice, account }
            })
            .collect();
        let genres = guests.iter().filter_map(|guest| Some((guest.account?, guest.person.genre))).collect();
        let easels = Arc::new(Semaphore::new(AT_EASEL));
        let speed = if speed.is_finite() && *speed > 0.0 { *speed } else { 1.0 };
        Self { app, agenda, speed, guests, genres, said, easels }
    }

    /// Until nobody ever comes again.
    pub(super) async fn run(mut self) {
        let patience = PATIENCE[0].max(PATIENCE[1].mul_f64(self.speed));
        while let Some(due) = self.agenda.next() {
            let now = (self.app.now)();
            let wait = due.duration_since(now);
            if wait.is_positive() {
                let wait = Duration::from_secs_f64(wait.as_secs_f64() / self.speed);
                tokio::time::sleep(wait.clamp(Duration::from_millis(1), NAP)).await;
                continue;
            }
            if let Some(painting) = self.step(now, patience) {
                self.paint(painting);
            }
            tokio::task::yield_now().await;
        }
    }

    /// Lets whoever is first have their turn, if it is due; a picture they wish to make is left to the caller.
    fn step(&mut self, now: Timestamp, patience: Duration) -> Option<Painting> {
        let turn = self.agenda.take(now, patience)?;
        self.act(turn, now).unwrap_or_else(|refusal| {
            let visitor = &self.guests[turn.who].person.username;
            tracing::debug!(visitor, ?refusal, "a visitor was refused");
            None
        })
    }

    fn act(&mut self, turn: Turn, now: Timestamp) -> Result<Option<Painting>, Refusal> {
        let me = self.arrive(turn.who)?;
        let guest = &mut self.guests[turn.who];
        let wish = self.app.store.read(|state| {
            let screen = Screen::of(state, me, &self.genres, now);
            wish(&guest.person, &screen, turn, &mut self.said, &mut guest.dice)
        });
        let seen = match wish {
            Wish::Post => {
                let idea = speech::idea(&guest.person, &mut self.said, &mut guest.dice);
                let size =
                    ["1024x1024", "1024x1024", "1792x1024", "1024x1792"][guest.dice.random_range(0..4)];
                return Ok(Some(Painting { by: me, idea, size }));
            }
            Wish::Like(item) => {
                self.app.toggle_like(me, &item)?;
                Some(item)
            }
            Wish::Comment { item, content } => {
                self.app.comment(me, &item, content)?;
                Some(item)
            }
            Wish::Look(item) => item,
        };
        if let Some(item) = seen {
            self.app.store.read(|state| {
                if let Some(post) = state.post(&item, Some(me)) {
                    state.view(post);
                }
            });
        }
        Ok(None)
    }

    /// The account they have, or a new one.
    fn arrive(&mut self, who: usize) -> Result<usize, Refusal> {
        let guest = &mut self.guests[who];
        if let Some(account) = guest.account {
            return Ok(account);
        }
        let person = &guest.person;
        let free = |state: &State| handles(person).find(|handle| state.by_username(handle).is_none());
        let account = self.app.admit(Newcomer {
            agent_id: None,
            username: self.app.store.read(free).unwrap_or_else(|| person.username.clone()),
            name: person.name.clone(),
            persona: None,
            bio: person.bio.clone(),
        })?;
        guest.account = Some(account);
        self.genres.insert(account, guest.person.genre);
        Ok(account)
    }

    /// Makes a picture and posts it, aside.
    fn paint(&self, painting: Painting) {
        let Ok(easel) = self.easels.clone().try_acquire_owned() else { return };
        let (app, closing) = (self.app.clone(), self.app.closing.clone());
        self.app.tasks.spawn(async move {
            tokio::select! {
                result = painting.post(&app) => if let Err(cause) = result {
                    tracing::debug!(cause, "a visitor's picture was not posted");
                },
                () = closing.cancelled() => {}
            }
            drop(easel);
        });
    }
}

impl Painting {
    async fn post(self, app: &App) -> Result<(), String> {
        let picture = json!({ "prompt": self.idea.prompt, "size": self.size });
        let steps = vec![Step::generate("openai", picture, "picture")];
        let drawn = app.studio.run(steps).await.map_err(|failure| failure.message)?;
        self.publish(app, &drawn).map_err(|refusal| format!("{refusal:?}"))
    }

    fn publish(self, app: &App, drawn: &[Drawn]) -> Result<(), Refusal> {
        let Some(image) = app.keep(self.by, drawn)?.pop() else { return Ok(()) };
        let draft = Draft {
            image,
            title: self.idea.title,
            description: self.idea.description,
            category: Some(self.idea.category),
            workflow_shared: false,
            held: false,
        };
        app.publish(self.by, draft).map(drop)
    }
}

/// When these people first came, which accounts they have, and what they said. Whoever was awake on arrival came when
/// they meant to, and nobody earlier.
fn recall(
    state: &State,
    people: &[Person],
    arrivals: &[Arrival],
    now: Timestamp,
) -> (Timestamp, Vec<Option<usize>>, Said) {
    let find = |person: &Person| {
        let mut accounts = handles(person).filter_map(|handle| state.by_username(&handle));
        accounts.find(|at| is_theirs(state, *at, person))
    };
    let known: Vec<Option<usize>> = people.iter().map(find).collect();
    let came = known.iter().zip(arrivals).filter_map(|(account, arrival)| {
        let at = state.accounts[(*account)?].created_at;
        at.checked_sub(SignedDuration::try_from(arrival.after).ok()?).ok()
    });
    let begin = came.min().map_or(now, |begin| begin.min(now));
    let mut said = Said::default();
    for post in &state.posts {
        let texts = [Some(&post.title), post.description.as_ref()].into_iter().flatten();
        let remarks = post.comments.iter().filter(|remark| !state.accounts[remark.by].is_agent);
        for text in texts.chain(remarks.map(|remark| &remark.content)) {
            said.note(text);
        }
    }
    (begin, known, said)
}

fn is_theirs(state: &State, account: usize, person: &Person) -> bool {
    let account = &state.accounts[account];
    !account.is_agent && account.name == person.name
}

/// Their handle, and what they take where somebody else has it.
fn handles(person: &Person) -> impl Iterator<Item = String> {
    ["", "_", ".2", ".3", "_x"].into_iter().map(|more| format!("{}{more}", person.username))
}

#[cfg(test)]
mod tests;
