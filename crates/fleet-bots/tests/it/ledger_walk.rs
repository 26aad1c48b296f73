//! Whatever is asked of the ledger in whatever order, by one holder or two: an end is an end, a request begins once a plan,
//! caps and wishes to be left alone hold, and what is refused changes nothing. A small model says what may be.

use std::collections::HashMap;

use fleet_bots::{
    Action, ActionFilter, ActionId, ActionKind, ActionStatus, Bot, Bots, Departure, Error, Holder, NodeId,
    Selection, SettingsChanges, Settlement,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![no_order_of_events_sends_twice_or_undoes_an_end];

#[derive(Clone, Debug)]
enum Event {
    Plan {
        bot: usize,
        what: What,
        post: u8,
    },
    Send {
        row: usize,
        by: By,
    },
    /// Two who believe to hold the bot, and somebody who stops it, at the same moment.
    Race {
        row: usize,
    },
    Settle {
        row: usize,
        by: By,
        end: u8,
        then: bool,
    },
    Resolve {
        row: usize,
        happened: bool,
    },
    Pause(usize),
    Resume(usize),
    Stop(usize),
    Start(usize),
    Delete(usize),
    /// The bot goes to the other node, or is claimed again.
    Move {
        bot: usize,
        to: usize,
    },
    OptOut(bool),
    CapLikes(u32),
    CapPosts(u32),
    StopEverything(bool),
}

#[derive(Clone, Copy, Debug)]
enum What {
    Like,
    Comment,
    Answer,
    Picture,
}

/// Who asks: the one who holds the bot, one who held it before, or a node that never did.
#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    Holder,
    Stale,
    Other,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let (row, bot) = (0_usize..8, 0_usize..2);
    let by = prop_oneof![8 => Just(By::Holder), 1 => Just(By::Stale), 1 => Just(By::Other)];
    let what = prop_oneof![
        3 => Just(What::Like), 1 => Just(What::Comment), 2 => Just(What::Answer), 2 => Just(What::Picture)
    ];
    let event = prop_oneof![
        6 => (bot.clone(), what, 0_u8..3).prop_map(|(bot, what, post)| Event::Plan { bot, what, post }),
        7 => (row.clone(), by.clone()).prop_map(|(row, by)| Event::Send { row, by }),
        1 => row.clone().prop_map(|row| Event::Race { row }),
        6 => (row.clone(), by, 0_u8..4, any::<bool>())
            .prop_map(|(row, by, end, then)| Event::Settle { row, by, end, then }),
        2 => (row, any::<bool>()).prop_map(|(row, happened)| Event::Resolve { row, happened }),
        1 => bot.clone().prop_map(Event::Pause),
        1 => bot.clone().prop_map(Event::Resume),
        1 => bot.clone().prop_map(Event::Stop),
        3 => bot.clone().prop_map(Event::Start),
        1 => (bot.clone(), 0_usize..2).prop_map(|(bot, to)| Event::Move { bot, to }),
        1 => prop::bool::weighted(0.3).prop_map(Event::OptOut),
        1 => (0_u32..4).prop_map(Event::CapLikes),
        1 => (0_u32..3).prop_map(Event::CapPosts),
        1 => prop::bool::weighted(0.3).prop_map(Event::StopEverything),
    ];
    // Few are deleted, or little would happen afterwards.
    let deleted = prop::option::weighted(0.2, (any::<prop::sample::Index>(), bot));
    (prop::collection::vec(event, 20..60), deleted).prop_map(|(mut events, deleted)| {
        if let Some((at, bot)) = deleted {
            events.insert(at.index(events.len()), Event::Delete(bot));
        }
        events
    })
}

async fn no_order_of_events_sends_twice_or_undoes_an_end(store: &TestStore) {
    let config = Config { cases: Config::default().cases / 8, ..Config::default() };
    let runtime = tokio::runtime::Handle::current();
    let met = std::cell::Cell::new([0; 4]);
    tokio::task::block_in_place(|| {
        let walked = TestRunner::new(config).run(&events(), |events| {
            let walk = runtime.block_on(Walk::along(store, events));
            let mut sum = met.get();
            sum.iter_mut().zip(walk.met).for_each(|(sum, one)| *sum += one);
            met.set(sum);
            Ok(())
        });
        walked.unwrap();
    });
    // A walk on which nothing is ever let through would prove nothing.
    let [plans, sent, settled, refused] = met.get();
    assert!(plans > 5 && sent > 2 && settled > 2 && refused > 5, "{:?}", met.get());
}

/// What the model knows of a bot.
struct Its {
    bot: Bot,
    may_act: bool,
    is_stopped: bool,
    is_deleted: bool,
    holder: Option<Holder>,
    before: Option<Holder>,
}

struct Walk<'a> {
    bots: &'a Bots,
    nodes: [NodeId; 2],
    its: Vec<Its>,
    rows: Vec<ActionId>,
    /// How often a request of a row was let through since it was known not to have begun.
    permits: HashMap<ActionId, u32>,
    before: HashMap<ActionId, Action>,
    opted_out: bool,
    like_cap: u32,
    post_cap: u32,
    stopped: bool,
    /// Plans, requests, ends, and refusals.
    met: [u32; 4],
}

impl<'a> Walk<'a> {
    async fn along(store: &'a TestStore, events: Vec<Event>) -> Self {
        let bots = &store.bots;
        bots.delete_bots(&Selection::All, AccountAfter::Removed, &asked()).await.unwrap();
        bots.lift_stop(&asked()).await.unwrap();
        may_like(bots).await;
        let without = SettingsChanges {
            opted_out: Some(Vec::new()),
            bot_likes: Some(0),
            bot_posts: Some(0),
            ..SettingsChanges::default()
        };
        bots.change_settings(without, &asked()).await.unwrap();
        // A file bears one node: whoever joins it ends all others.
        let node = join(bots).await;
        let nodes = [node, if store.is_sqlite() { node } else { join(bots).await }];
        // Those of an earlier walk let go of their usernames.
        for leaving in bots.claim_departures(node, 9, LONG).await.unwrap() {
            bots.settle_departure(&leaving, Departure::Gone { removed: true }, at(0)).await.unwrap();
        }
        let mut its = Vec::new();
        for name in ["walker", "runner"] {
            let bot = bots.create_bot(new_bot(name), &asked()).await.unwrap();
            let bot = provision(bots, &bot).await;
            bots.start_bot(bot.id, &asked()).await.unwrap();
            let lease = bots.claim_leases(nodes[0], 1).await.unwrap().remove(0);
            its.push(Its {
                bot,
                may_act: true,
                is_stopped: false,
                is_deleted: false,
                holder: Some(holder(&lease)),
                before: None,
            });
        }
        let mut walk = Self {
            bots,
            nodes,
            its,
            rows: Vec::new(),
            permits: HashMap::new(),
            before: HashMap::new(),
            opted_out: false,
            like_cap: 0,
            post_cap: 0,
            stopped: false,
            met: [0; 4],
        };
        for event in events {
            Box::pin(walk.step(&event)).await;
            walk.check(&event).await;
        }
        for node in nodes {
            bots.retire_node(node, &asked()).await.unwrap();
        }
        walk
    }

    async fn step(&mut self, event: &Event) {
        match *event {
            Event::Plan { bot, what, post } => self.plan(bot, what, post).await,
            Event::Send { row, by } => self.send(row, by).await,
            Event::Race { row } => Box::pin(self.race(row)).await,
            Event::Settle { row, by, end, then } => self.settle(row, by, end, then).await,
            Event::Resolve { row, happened } => self.resolve(row, happened).await,
            Event::Pause(bot) => {
                if self.bots.pause_bot(self.its[bot].bot.id, &asked()).await.is_ok() {
                    self.its[bot].may_act = false;
                }
            }
            Event::Resume(bot) => {
                if self.bots.resume_bot(self.its[bot].bot.id, &asked()).await.is_ok() {
                    self.its[bot].may_act = !self.its[bot].is_stopped;
                }
            }
            Event::Stop(bot) => {
                if self.bots.stop_bot(self.its[bot].bot.id, &asked()).await.is_ok() {
                    (self.its[bot].may_act, self.its[bot].is_stopped) = (false, true);
                }
            }
            Event::Start(bot) => {
                if self.bots.start_bot(self.its[bot].bot.id, &asked()).await.is_ok() {
                    (self.its[bot].may_act, self.its[bot].is_stopped) = (true, false);
                }
            }
            Event::Delete(bot) => {
                if self.bots.delete_bot(self.its[bot].bot.id, AccountAfter::Removed, &asked()).await.is_ok() {
                    let its = &mut self.its[bot];
                    (its.may_act, its.is_stopped, its.is_deleted) = (false, true, true);
                }
            }
            Event::Move { bot, to } => self.move_to(bot, to).await,
            Event::OptOut(out) => {
                let people = if out { vec!["brook".to_owned()] } else { Vec::new() };
                self.set(SettingsChanges { opted_out: Some(people), ..SettingsChanges::default() }).await;
                self.opted_out = out;
            }
            Event::CapLikes(cap) => {
                self.set(SettingsChanges { bot_likes: Some(cap), ..SettingsChanges::default() }).await;
                self.like_cap = cap;
            }
            Event::CapPosts(cap) => {
                self.set(SettingsChanges { bot_posts: Some(cap), ..SettingsChanges::default() }).await;
                self.post_cap = cap;
            }
            Event::StopEverything(stop) => {
                match stop {
                    true => crate::store::stop(self.bots, &asked()).await,
                    false => drop(self.bots.lift_stop(&asked()).await.unwrap()),
                }
                self.stopped = stop;
            }
        }
    }

    async fn set(&self, changes: SettingsChanges) {
        self.bots.change_settings(changes, &asked()).await.unwrap();
    }

    async fn plan(&mut self, bot: usize, what: What, post: u8) {
        let target = format!("p{post}");
        let content = match what {
            What::Like => like(&target),
            What::Comment => comment(&target),
            What::Answer => answer(&target, &format!("remark {post}")),
            What::Picture => picture(),
        };
        let its = &self.its[bot];
        let Some(row) = self.expected(self.bots.plan_action(to_do(&its.bot, content.clone())).await) else {
            return;
        };
        self.met[0] += 1;
        self.rows.push(row.id);
        let its = &self.its[bot];
        assert!(!its.is_stopped && !its.is_deleted, "a plan of a bot that was stopped: {row:?}");
        assert!(!self.opted_out || row.target.is_none(), "a plan about somebody who is left alone: {row:?}");
        self.caps_hold(bot, &row).await;
    }

    /// What was planned just now is not beyond a cap. What was there before a cap was lowered stays.
    async fn caps_hold(&self, bot: usize, planned: &Action) {
        let rows = self.of(bot).await;
        let live = |row: &&Action| row.status != ActionStatus::Failed;
        let begun = |row: &&Action| row.begun_at.is_some() || row.status == ActionStatus::Planned;
        let (cap, count) = match planned.kind {
            ActionKind::Like => (
                self.like_cap,
                rows.iter().filter(|row| row.kind == ActionKind::Like).filter(live).filter(begun).count(),
            ),
            ActionKind::Picture => {
                let posts =
                    rows.iter().filter(|row| row.kind == ActionKind::Post).filter(live).filter(begun).count();
                let to_come =
                    rows.iter().filter(|row| row.kind == ActionKind::Picture && row.status.is_open());
                (self.post_cap, posts + to_come.count())
            }
            _ => return,
        };
        assert!(cap == 0 || count <= cap as usize, "{count} of {cap} a day: {planned:?}");
    }

    async fn send(&mut self, row: usize, by: By) {
        let Some((id, bot)) = self.row(row) else { return };
        let Some(holder) = self.holder(bot, by) else { return };
        let Some(sent) = self.expected(self.bots.mark_sent(id, holder, at(75)).await) else { return };
        if sent.status == ActionStatus::Failed {
            assert!(self.opted_out && sent.target.is_some(), "{sent:?} failed at the gate");
            return;
        }
        self.met[1] += 1;
        let its = &self.its[bot];
        assert_eq!(by, By::Holder, "let through: {sent:?}");
        assert!(its.may_act && !self.stopped, "let through while held: {sent:?}");
        assert!(!self.opted_out || sent.target.is_none(), "about somebody who is left alone: {sent:?}");
        *self.permits.entry(id).or_default() += 1;
    }

    async fn race(&mut self, row: usize) {
        let Some((id, bot)) = self.row(row) else { return };
        let Some(holder) = self.holder(bot, By::Holder) else { return };
        let its = self.its[bot].bot.id;
        let (one, other, stopped) = tokio::join!(
            self.bots.mark_sent(id, holder, at(75)),
            self.bots.mark_sent(id, holder, at(75)),
            async { self.bots.stop_bot(its, &asked()).await },
        );
        if stopped.is_ok() {
            (self.its[bot].may_act, self.its[bot].is_stopped) = (false, true);
        }
        for sent in [one, other] {
            if self.expected(sent).is_some_and(|sent| sent.status == ActionStatus::Sent) {
                *self.permits.entry(id).or_default() += 1;
            }
        }
    }

    async fn settle(&mut self, row: usize, by: By, end: u8, then: bool) {
        let Some((id, bot)) = self.row(row) else { return };
        let Some(holder) = self.holder(bot, by) else { return };
        let then = then.then(|| to_do(&self.its[bot].bot, post()));
        let settlement = Settlement { then, ..end_of(end) };
        let Some(settled) = self.expected(self.bots.settle_action(id, holder, settlement).await) else {
            return;
        };
        self.met[2] += 1;
        assert_eq!(by, By::Holder, "settled: {settled:?}");
        assert!(self.before[&id].status.is_open(), "settled twice: {settled:?}");
        if settled.status == ActionStatus::Planned {
            self.permits.insert(id, 0);
        }
    }

    async fn resolve(&mut self, row: usize, happened: bool) {
        let Some((id, _)) = self.row(row) else { return };
        let before = self.before[&id].status;
        match self.bots.resolve_action(id, happened, &asked()).await {
            Ok(row) => {
                assert_eq!(before, ActionStatus::Unresolved, "{row:?}");
                // The operator's word is the one thing that changes an end.
                self.before.remove(&id);
            }
            Err(Error::Conflict(_)) => assert_ne!(before, ActionStatus::Unresolved),
            Err(error) => panic!("{error:?}"),
        }
    }

    async fn move_to(&mut self, bot: usize, to: usize) {
        let id = self.its[bot].bot.id;
        for node in self.nodes {
            self.bots.release_leases(node, &[id]).await.unwrap();
        }
        let old = self.its[bot].holder.take();
        self.its[bot].before = old.or(self.its[bot].before);
        for lease in self.bots.claim_leases(self.nodes[to], 10).await.unwrap() {
            let its = self.its.iter_mut().find(|its| its.bot.id == lease.bot_id).unwrap();
            its.holder = Some(holder(&lease));
        }
    }

    /// What must be true after every event.
    async fn check(&mut self, event: &Event) {
        let mut all = HashMap::new();
        for bot in 0..self.its.len() {
            let rows = self.of(bot).await;
            for row in &rows {
                if let Some(ended) = self.before.get(&row.id).filter(|row| !row.status.is_open()) {
                    assert_eq!(row, ended, "{event:?} changed a row that had ended");
                }
                let begun = self.permits.get(&row.id).copied().unwrap_or(0);
                assert!(begun <= 1, "a request for {row:?} was let through {begun} times");
                if row.status == ActionStatus::Planned {
                    assert_eq!(begun, 0, "{event:?} made a plan of a row that was sent");
                }
                assert_eq!(row.status == ActionStatus::Sent, begun == 1 && row.status.is_open(), "{row:?}");
                let is_told = row.failure.is_some();
                assert!(
                    is_told || !matches!(row.status, ActionStatus::Failed | ActionStatus::Unresolved),
                    "{row:?}"
                );
            }
            self.one_of_each(event, &rows);
            let open = |status| rows.iter().filter(|row| row.status == status).count();
            let its = &self.its[bot];
            if its.is_stopped {
                assert_eq!(open(ActionStatus::Planned), 0, "{event:?} left a stopped bot its plans");
            }
            if its.is_deleted {
                assert_eq!(open(ActionStatus::Sent), 0, "{event:?} left a deleted bot's row open");
            }
            all.extend(rows.into_iter().map(|row| (row.id, row)));
        }
        // What followed from a picture was planned by the store itself.
        let mut later: Vec<_> = all.keys().filter(|id| !self.rows.contains(id)).copied().collect();
        later.sort_unstable();
        self.rows.extend(later);
        self.before = all;
    }

    /// Of each reaction there is one at the most that may have happened, and one row for each post whose fate is not known.
    fn one_of_each(&self, event: &Event, rows: &[Action]) {
        for post in ["p0", "p1", "p2"] {
            let of_post = || rows.iter().filter(|row| row.target.as_deref() == Some(post));
            let unknown = of_post().filter(|row| row.status == ActionStatus::Sent).count();
            assert!(unknown <= 1, "{event:?} left {unknown} fates unknown");
            for kind in [ActionKind::Like, ActionKind::Comment, ActionKind::Answer] {
                let live = of_post().filter(|row| row.kind == kind && row.status != ActionStatus::Failed);
                assert!(live.count() <= 1, "{event:?}: two of {kind:?} for {post}");
            }
        }
    }

    async fn of(&self, bot: usize) -> Vec<Action> {
        let of = Some(self.its[bot].bot.id);
        let filter = ActionFilter { bot_id: of, limit: 1_000, ..ActionFilter::default() };
        self.bots.recent_actions(&filter).await.unwrap()
    }

    /// A row by its number, and whose it is.
    fn row(&self, number: usize) -> Option<(ActionId, usize)> {
        let id = *self.rows.get(number.checked_rem(self.rows.len())?)?;
        let bot =
            self.its.iter().position(|its| Some(its.bot.id) == self.before.get(&id).map(|row| row.bot_id))?;
        Some((id, bot))
    }

    fn holder(&self, bot: usize, by: By) -> Option<Holder> {
        let its = &self.its[bot];
        match by {
            By::Holder => its.holder,
            By::Stale => its.before,
            By::Other => its.holder.map(|holder| {
                let other = self.nodes.into_iter().find(|node| *node != holder.node_id);
                Holder { node_id: other.unwrap_or_else(NodeId::generate), ..holder }
            }),
        }
    }

    /// What was done; being refused is as good.
    fn expected<T>(&mut self, outcome: fleet_bots::Result<T>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(Error::Overtaken(_) | Error::Capped { .. }) => {
                self.met[3] += 1;
                None
            }
            Err(error) => panic!("{error:?}"),
        }
    }
}

fn end_of(number: u8) -> Settlement {
    match number {
        0 => done(),
        1 => failed(),
        2 => unresolved(),
        _ => postponed(),
    }
}
