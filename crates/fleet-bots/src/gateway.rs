//! The one door to the fleet's data: `Bots`, with a method for each command and each query, each delegating to the file
//! of its name. Owns transactions, the log that goes with each write, and the bells; it refuses to decide anything.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{DatabaseTransaction, DbErr};
use sea_orm_migration::MigratorTrait;
use tokio::task::JoinHandle;

use crate::activity::feed::{Feed, Subscription};
use crate::activity::{NewActivity, writer};
use crate::backend::{self, Store, StoreAddress};
use crate::bell::{Bell, Bells, Listener};
use crate::bot::NewBot;
use crate::caps::Allowance;
use crate::changes::BotChanges;
use crate::commands::begin_invitation;
use crate::commands::begin_rest::{self, NewRest};
use crate::commands::bind_gallery;
use crate::commands::change_password::{self, PasswordChange};
use crate::commands::claim_departures;
use crate::commands::claim_leases;
use crate::commands::delete_bot::{self, AccountAfter};
use crate::commands::forget_person::{self, Forgotten};
use crate::commands::keep_clock::{self, ClockReading};
use crate::commands::mark_sent::{self, Holder};
use crate::commands::observe_bots::{self, Observation};
use crate::commands::opt_out::{self, Heard, OptOut};
use crate::commands::plan_action::{self, NewAction};
use crate::commands::record_decision::{self, NewDecision};
use crate::commands::reserve_spend::{self, NewSpend};
use crate::commands::settle_action::{self, Settlement};
use crate::commands::settle_departure::{self, Departure};
use crate::commands::settle_invitation::{self, Invitation};
use crate::commands::settle_spend::{self, Settled};
use crate::commands::take_request::{self, Reply};
use crate::commands::{
    Asked, Effect, create_bot, lapse_requests, lift_stop, pause_bot, record_activity, register_node,
    release_leases, remember_posts, renew_node, request_action, resolve_action, resume_bot, retire_node,
    start_bot, stop_bot, update_bot,
};
use crate::commands::{
    accept_invitation, add_operator, invite_operator, remove_operator, renew_session, sign_in, sign_out,
    sign_out_everywhere,
};
use crate::commands::{change_settings, prune_activities};
use crate::commands::{claim_probe, end_rests, forget_post, lapse_rests};
use crate::commands::{look_later, mark_undo_sent, plan_undo, settle_undo};
use crate::entities::action::Model as Action;
use crate::entities::bot::{Intent, Model as Bot};
use crate::entities::bot_activity::Model as Activity;
use crate::entities::bot_lease::Model as Lease;
use crate::entities::decision::Model as Decision;
use crate::entities::node::Model as Node;
use crate::entities::request::{ActNow, Model as Request};
use crate::entities::rest::{Model as Rest, RestCause};
use crate::entities::seen_post::Model as SeenPost;
use crate::error::{Error, Result};
use crate::id::{ActionId, BotId, DecisionId, NodeId, OperatorId, SpendId};
use crate::keeper;
use crate::ledger::Outcome;
use crate::migrations::Migrator;
use crate::money::Micros;
use crate::operator::{NewOperator, Operator, Session, SignedIn};
use crate::password::{Hasher, Password};
use crate::problem::Problems;
use crate::queries::departing;
use crate::queries::explain_activity::{self, Explanation};
use crate::queries::export_activity::{self, ActivityExport};
use crate::queries::fleet_pulse::{self, Pulse};
use crate::queries::fleet_summary::{self, FleetSummary};
use crate::queries::get_activity::{self, ActivityFilter};
use crate::queries::list_bots::{self, BotFilter, BotView};
use crate::queries::list_deeds::{self, Deed, DeedFilter};
use crate::queries::list_nodes::{self, NodeView};
use crate::queries::list_operators::{self, OperatorView};
use crate::queries::next_undo::{self, Undo};
use crate::queries::our_share::{self, OurShare, ShownPost};
use crate::queries::read_costs::{self, Costs};
use crate::queries::read_rests::{self, Rests};
use crate::queries::recall_memory::{self, BotMemory};
use crate::queries::recent_actions::{self, ActionFilter};
use crate::queries::rests_of;
use crate::queries::room_left::{self, SightedPost};
use crate::queries::store_health::{self, StoreHealth};
use crate::queries::wanted_bots::{self, WantedBot};
use crate::queries::{
    Page, get_bot, held_leases, pending_requests, persona_counts, read_clock, recall_posts, stop_order,
    unsettled_actions, usernames,
};
use crate::queries::{bots_called, bound_gallery, open_undos};
use crate::queries::{find_session, invitation_stands, list_sessions};
use crate::queries::{get_decision, said_before};
use crate::queries::{read_allowance, read_settings};
use crate::restraint::Room;
use crate::selection::{Selection, living};
use crate::settings::{Settings, SettingsChanges};
use crate::switch::{StopState, Switch};
use crate::time::{FleetTime, StoreTime};
use crate::token::Token;

/// How long "stop everything" waits for the store before it says that the row is still to be written.
const STOP_PATIENCE: Duration = Duration::from_secs(2);

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

    // What the operator asks for.

    /// Makes a bot; it begins stopped.
    ///
    /// # Errors
    /// `Invalid` with every broken rule; `Conflict` when the username is taken.
    pub async fn create_bot(&self, new: NewBot, asked: &Asked) -> Result<Bot> {
        let made = self.create_bots(vec![new], asked).await?;
        only(made, || Error::Conflict("the bot was not made".into()))
    }

    /// Makes many bots, all of them or none.
    ///
    /// # Errors
    /// As `create_bot`, for the first that cannot be made.
    pub async fn create_bots(&self, new: Vec<NewBot>, asked: &Asked) -> Result<Vec<Bot>> {
        let tx = self.store.begin().await?;
        let effect = create_bot::execute(&tx, new, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Changes a bot.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` with every broken rule; `Conflict` when the username is taken, or when somebody else changed
    /// the same since the changes were made up.
    pub async fn update_bot(&self, id: BotId, changes: BotChanges, asked: &Asked) -> Result<Bot> {
        let tx = self.store.begin().await?;
        let effect = update_bot::execute(&tx, id, changes, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Lets a bot go; it is kept for its history. Its account is removed by a node, or kept.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_bot(&self, id: BotId, account: AccountAfter, asked: &Asked) -> Result<Bot> {
        let gone = self.delete_bots(&Selection::Ids(vec![id]), account, asked).await?;
        only(gone, || Error::NotFound(format!("bot {id}")))
    }

    /// Lets many bots go; returns those that were there.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn delete_bots(
        &self,
        selection: &Selection,
        account: AccountAfter,
        asked: &Asked,
    ) -> Result<Vec<Bot>> {
        let tx = self.store.begin().await?;
        let effect = delete_bot::execute(&tx, selection, account, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Wants a bot to run; also unparks it.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn start_bot(&self, id: BotId, asked: &Asked) -> Result<Bot> {
        let started = self.start_bots(&Selection::Ids(vec![id]), asked).await?;
        only(started, || Error::NotFound(format!("bot {id}")))
    }

    /// Wants many bots to run.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn start_bots(&self, selection: &Selection, asked: &Asked) -> Result<Vec<Bot>> {
        let tx = self.store.begin().await?;
        let effect = start_bot::execute(&tx, selection, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Wants a running bot to hold still. A bot that is paused already stays so.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when it is stopped.
    pub async fn pause_bot(&self, id: BotId, asked: &Asked) -> Result<Bot> {
        let paused = self.pause_bots(&Selection::Ids(vec![id]), asked).await?;
        self.changed_or_already(paused, id, Intent::Paused).await
    }

    /// Wants many bots to hold still; returns those that ran.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn pause_bots(&self, selection: &Selection, asked: &Asked) -> Result<Vec<Bot>> {
        let tx = self.store.begin().await?;
        let effect = pause_bot::execute(&tx, selection, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Wants a paused bot to go on. A bot that runs already goes on.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when it is stopped.
    pub async fn resume_bot(&self, id: BotId, asked: &Asked) -> Result<Bot> {
        let resumed = self.resume_bots(&Selection::Ids(vec![id]), asked).await?;
        self.changed_or_already(resumed, id, Intent::Running).await
    }

    /// Wants many paused bots to go on; returns those that were paused.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn resume_bots(&self, selection: &Selection, asked: &Asked) -> Result<Vec<Bot>> {
        let tx = self.store.begin().await?;
        let effect = resume_bot::execute(&tx, selection, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Wants a bot to have no agent; its plans are dropped.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn stop_bot(&self, id: BotId, asked: &Asked) -> Result<Bot> {
        let stopped = self.stop_bots(&Selection::Ids(vec![id]), asked).await?;
        self.changed_or_already(stopped, id, Intent::Stopped).await
    }

    /// Wants many bots to have no agent; returns those that were not stopped before.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn stop_bots(&self, selection: &Selection, asked: &Asked) -> Result<Vec<Bot>> {
        let tx = self.store.begin().await?;
        let effect = stop_bot::execute(&tx, selection, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Stops the whole fleet: this process at once, the others as soon as the store can tell them. When the store does
    /// not answer the stop is kept and written later, and `Pending` is returned.
    pub async fn stop_everything(&self, asked: &Asked) -> StopState {
        let pulled = self.switch.pull(asked);
        let write = async {
            let _turn = self.switch.turn().await;
            keeper::write_stop(&self.store, &self.bells, asked).await?;
            self.switch.agree(true, &pulled);
            Ok::<_, Error>(())
        };
        match tokio::time::timeout(STOP_PATIENCE, write).await {
            Ok(Ok(())) => return StopState::On,
            Ok(Err(error)) => tracing::warn!(%error, "the stop holds here, and is still to be written"),
            Err(_) => tracing::warn!("the store hangs; the stop holds here, and is still to be written"),
        }
        self.switch.state()
    }

    /// Lifts the stop; bots go on as they were meant to. Returns whether there was one. A stop that is asked for while
    /// this is under way is not lifted by it: it holds here, and is written again.
    ///
    /// # Errors
    /// When the store does not answer: the stop then holds.
    pub async fn lift_stop(&self, asked: &Asked) -> Result<bool> {
        // Before waiting for anything: whatever comes from now on came later than this.
        let (standing, was_pulled) = (self.switch.standing(), self.switch.is_pulled());
        let _turn = self.switch.turn().await;
        let tx = self.store.begin().await?;
        let effect = lift_stop::execute(&tx, asked).await?;
        let lifted = self.commit(tx, effect, &[Bell::Intent]).await?;
        self.switch.agree(false, &standing);
        Ok(lifted || was_pulled)
    }

    /// Changes what holds for the whole fleet; every node follows within a second.
    ///
    /// # Errors
    /// `Invalid` with every broken rule.
    pub async fn change_settings(&self, changes: SettingsChanges, asked: &Asked) -> Result<Settings> {
        let tx = self.store.begin().await?;
        let effect = change_settings::execute(&tx, changes, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Leaves somebody alone from now on, and takes their words from what bots remember and tell: in many short transactions,
    /// so that nobody waits for the store. What was cut off goes on when it is asked for again.
    ///
    /// # Errors
    /// `Conflict` when it is a bot of this fleet, or cannot be a username.
    pub async fn forget_person(&self, username: &str, asked: &Asked) -> Result<Forgotten> {
        let tx = self.store.begin().await?;
        let effect = forget_person::begin(&tx, username, asked).await?;
        let mut forgotten = self.commit(tx, effect, &[Bell::Intent]).await?;
        let found = forget_person::find(&self.store.read, &forgotten.username).await?;
        for some in found.rows.chunks(forget_person::AT_ONCE) {
            let tx = self.store.begin().await?;
            let effect = forget_person::forget(&tx, some, &found).await?;
            forgotten.add(&self.commit(tx, effect, &[]).await?);
        }
        let mut after = None;
        loop {
            let tx = self.store.begin().await?;
            let effect = forget_person::forget_meetings(&tx, &forgotten.username, after).await?;
            let (memories, last) = self.commit(tx, effect, &[]).await?;
            forgotten.memories += memories;
            match last {
                Some(last) => after = Some(last),
                None => break,
            }
        }
        let tx = self.store.begin().await?;
        let effect = forget_person::execute(&tx, forgotten, &found, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Says of a row whose fate nobody could tell whether it happened. It is never repeated because of that.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when the row is not unresolved.
    pub async fn resolve_action(&self, id: ActionId, happened: bool, asked: &Asked) -> Result<Action> {
        let tx = self.store.begin().await?;
        let effect = resolve_action::execute(&tx, id, happened, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Writes down that likes are to be taken back, which nodes then do; returns how many were not so before.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn plan_undo(&self, filter: &DeedFilter, asked: &Asked) -> Result<u64> {
        let tx = self.store.begin().await?;
        let effect = plan_undo::execute(&tx, filter, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Asks a bot to do something now, instead of what it was asked for before and has not done yet.
    ///
    /// # Errors
    /// `NotFound`; `Conflict`, with what to do about it, when the bot could not do it anyway.
    pub async fn request_action(&self, bot_id: BotId, wish: ActNow, asked: &Asked) -> Result<Request> {
        if self.switch.is_pulled() {
            return Err(Error::Conflict("everything is stopped; lift the stop first".into()));
        }
        let tx = self.store.begin().await?;
        let effect = request_action::execute(&tx, bot_id, wish, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    // What bots do.

    /// Takes up what a bot was asked to do now, with all that comes of it; returns what was planned.
    ///
    /// # Errors
    /// `Overtaken` when the request is not there any more: it was served, replaced, or has lapsed.
    pub async fn take_request(&self, number: i64, reply: Reply, at: FleetTime) -> Result<Vec<Action>> {
        let tx = self.store.begin().await?;
        let effect = take_request::execute(&tx, number, reply, at).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Writes down what a bot is going to do.
    ///
    /// # Errors
    /// `Overtaken` when it is not wanted any more, has an unsettled row for the same post, or has liked or commented on it
    /// already, or has answered the same remark, or when somebody of the fleet wrote the same of late; `Capped` when a cap is
    /// reached.
    pub async fn plan_action(&self, new: NewAction) -> Result<Action> {
        let tx = self.store.begin().await?;
        let effect = plan_action::execute(&tx, new).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Leaves somebody alone from now on who said that they want no bots.
    ///
    /// # Errors
    /// `Conflict` when their name cannot be kept: it is none, or there are too many.
    pub async fn opt_out(&self, heard: &OptOut, asked: &Asked) -> Result<Heard> {
        let tx = self.store.begin().await?;
        let effect = opt_out::execute(&tx, heard, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Sets money aside before a call that costs some; what is never settled counts in full.
    ///
    /// # Errors
    /// `Capped` when it could exceed a cap of the bot's day, or of the fleet's day or month; `NotFound` without the bot.
    pub async fn reserve_spend(&self, new: NewSpend) -> Result<SpendId> {
        let tx = self.store.begin().await?;
        let effect = reserve_spend::execute(&tx, new).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Says what a call came to for which money was set aside.
    ///
    /// # Errors
    /// `Overtaken` when that was said already.
    pub async fn settle_spend(&self, id: SpendId, settled: Settled) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = settle_spend::execute(&tx, id, settled).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Keeps what was asked and answered when a bot decided, for as long as the settings say.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn record_decision(&self, new: NewDecision) -> Result<DecisionId> {
        let tx = self.store.begin().await?;
        let effect = record_decision::execute(&tx, new).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Opens the gate for one request, which begins at `at`, and sets aside what it costs.
    ///
    /// # Errors
    /// `Overtaken` when the request must not begin; `Capped` when it is a picture that could exceed a cap on what they may cost.
    pub async fn mark_sent(&self, id: ActionId, holder: Holder, at: FleetTime) -> Result<Action> {
        let tx = self.store.begin().await?;
        let effect = mark_sent::execute(&tx, id, holder, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Ends a row of the ledger, or puts it back.
    ///
    /// # Errors
    /// `Overtaken` when it is settled already or held by another node.
    pub async fn settle_action(
        &self,
        id: ActionId,
        holder: Holder,
        settlement: Settlement,
    ) -> Result<Action> {
        let tx = self.store.begin().await?;
        let effect = settle_action::execute(&tx, id, holder, settlement).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Opens the gate for the one request that takes a like back, which a node begins at `at`.
    ///
    /// # Errors
    /// `Overtaken` when the request must not begin.
    pub async fn mark_undo_sent(&self, id: ActionId, node_id: NodeId, at: FleetTime) -> Result<Action> {
        let tx = self.store.begin().await?;
        let effect = mark_undo_sent::execute(&tx, id, node_id, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Looks at `until` once more for what became of a request that takes a like back; `seen` is its row as it was looked for.
    ///
    /// # Errors
    /// `Overtaken` when somebody else went on with it meanwhile.
    pub async fn look_later(&self, seen: &Action, until: FleetTime) -> Result<Action> {
        let tx = self.store.begin().await?;
        let effect = look_later::execute(&tx, seen, until).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Ends a row that takes a like back, or puts it off; `seen` is the row as it was when that was found out.
    ///
    /// # Errors
    /// `Overtaken` when somebody else went on with it meanwhile.
    pub async fn settle_undo(&self, seen: &Action, outcome: Outcome, at: FleetTime) -> Result<Action> {
        let tx = self.store.begin().await?;
        let effect = settle_undo::execute(&tx, seen, outcome, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Logs what bots and nodes tell of themselves.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn record_activity(&self, activities: Vec<NewActivity>) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = record_activity::execute(&tx, activities).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Keeps a bot's memory of posts.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn remember_posts(&self, bot_id: BotId, seen: Vec<SeenPost>) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = remember_posts::execute(&tx, bot_id, seen).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Forgets a post that is gone, and ends what the bot still meant to do there; returns how many plans that were.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn forget_post(&self, bot_id: BotId, post_id: &str, at: FleetTime) -> Result<u64> {
        let tx = self.store.begin().await?;
        let effect = forget_post::execute(&tx, bot_id, post_id, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Keeps what the gallery said that keeps the fleet, or one bot, from acting; returns whether it began with this.
    ///
    /// # Errors
    /// `NotFound` when the bot was deleted meanwhile.
    pub async fn begin_rest(&self, new: NewRest) -> Result<bool> {
        let tx = self.store.begin().await?;
        let effect = begin_rest::execute(&tx, new).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Ends rests of the whole fleet that come of one of `causes`; returns them.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn end_rests(&self, causes: &[RestCause], at: FleetTime) -> Result<Vec<Rest>> {
        let tx = self.store.begin().await?;
        let effect = end_rests::execute(&tx, causes, at).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Opens the gate for asking the gallery for a bot's account; without an answer it opens again after `patience` of
    /// real time.
    ///
    /// # Errors
    /// `Overtaken` when the gallery must not be asked.
    pub async fn begin_invitation(&self, id: BotId, holder: Holder, patience: Duration) -> Result<Bot> {
        let tx = self.store.begin().await?;
        let effect = begin_invitation::execute(&tx, id, holder, patience).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Keeps the gallery's word on a bot's account. `asked` is the bot as it was when the gallery was asked, and `name`
    /// what the gallery was told of it.
    ///
    /// # Errors
    /// `Overtaken` when the bot was deleted meanwhile, or the gallery was asked anew.
    pub async fn settle_invitation(
        &self,
        asked: &Bot,
        name: &str,
        came: Invitation,
        at: FleetTime,
    ) -> Result<Bot> {
        let tx = self.store.begin().await?;
        let effect = settle_invitation::execute(&tx, asked, name, came, at).await?;
        self.commit(tx, effect, &[]).await
    }

    // What nodes do.

    /// Takes an embedded store for this process, before anything is done to it that a fleet over it would trip over. On
    /// Postgres there is nothing to take.
    ///
    /// # Errors
    /// `Conflict` when another process has a node on it.
    pub fn reserve(&self) -> Result<()> {
        self.store.lock_node()
    }

    /// Makes a node known.
    ///
    /// # Errors
    /// `Conflict` when the store is embedded and another process has a node on it.
    pub async fn register_node(&self, id: NodeId, name: &str, ttl: Duration, asked: &Asked) -> Result<Node> {
        self.store.lock_node()?;
        let tx = self.store.begin().await?;
        let effect = register_node::execute(&tx, id, name, ttl, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Says that a node is alive.
    ///
    /// # Errors
    /// `Overtaken` when its leases have lapsed or its row is gone; it has to join anew, under a new id.
    pub async fn renew_node(&self, id: NodeId, ttl: Duration) -> Result<Node> {
        let tx = self.store.begin().await?;
        let effect = renew_node::execute(&tx, id, ttl).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Takes a node off the fleet and hands its leases back.
    ///
    /// # Errors
    /// When the store does not answer; its leases then lapse by themselves.
    pub async fn retire_node(&self, id: NodeId, asked: &Asked) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = retire_node::execute(&tx, id, asked).await?;
        self.commit(tx, effect, &[Bell::Intent]).await?;
        self.store.unlock_node();
        Ok(())
    }

    /// Takes up to `most` leases of wanted bots that no living node holds.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim_leases(&self, node_id: NodeId, most: u64) -> Result<Vec<Lease>> {
        let tx = self.store.begin().await?;
        let effect = claim_leases::execute(&tx, node_id, most).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Takes up to `most` accounts of deleted bots, to have them removed by this node within `patience` of real time.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim_departures(&self, node_id: NodeId, most: u64, patience: Duration) -> Result<Vec<Bot>> {
        let tx = self.store.begin().await?;
        let effect = claim_departures::execute(&tx, node_id, most, patience).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Keeps what came of removing the account of a deleted bot. `asked` is the bot as it was when the gallery was asked.
    ///
    /// # Errors
    /// `Overtaken` when the gallery was asked anew.
    pub async fn settle_departure(&self, asked: &Bot, came: Departure, at: FleetTime) -> Result<Bot> {
        let tx = self.store.begin().await?;
        let effect = settle_departure::execute(&tx, asked, came, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Gives leases back.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn release_leases(&self, node_id: NodeId, bots: &[BotId]) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = release_leases::execute(&tx, node_id, bots).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Writes what a node sees of its bots.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn observe_bots(&self, seen: Vec<Observation>) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = observe_bots::execute(&tx, seen).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Takes some of what was kept long enough from the log and the decisions; returns how much went, and 0 when there is nothing to do
    /// for an hour.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn prune_activities(&self, at: FleetTime) -> Result<u64> {
        let tx = self.store.begin().await?;
        let effect = prune_activities::execute(&tx, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Ends what was asked for and could not be done within ten minutes of real time; returns it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn lapse_requests(&self, at: FleetTime) -> Result<Vec<Request>> {
        let tx = self.store.begin().await?;
        let effect = lapse_requests::execute(&tx, at).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Ends every rest whose time has come by `at`; returns them.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn lapse_rests(&self, at: FleetTime) -> Result<Vec<Rest>> {
        let tx = self.store.begin().await?;
        let effect = lapse_rests::execute(&tx, at).await?;
        self.commit(tx, effect, &[Bell::Intent]).await
    }

    /// Whether the caller is the one to try whether the gallery takes the whole fleet back. The wait after that is `first`
    /// in real time, doubled with each try up to eight times as long and stretched by `spread`; a node that is `starting`
    /// does not wait for its turn.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn claim_probe(&self, first: Duration, spread: f64, starting: bool) -> Result<bool> {
        let tx = self.store.begin().await?;
        let effect = claim_probe::execute(&tx, first, spread, starting).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Ties the data to the gallery that it is about.
    ///
    /// # Errors
    /// `Conflict` when it is about another one.
    pub async fn bind_gallery(&self, gallery: &str) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = bind_gallery::execute(&tx, gallery).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Keeps where the fleet's clock stands.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn keep_clock(&self, reading: ClockReading) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = keep_clock::execute(&tx, reading).await?;
        self.commit(tx, effect, &[]).await
    }

    // What can be asked.

    /// Living bots, a page at a time.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list_bots(&self, filter: &BotFilter) -> Result<Page<BotView>> {
        list_bots::execute(&self.store.read, filter).await
    }

    /// One living bot, by id or username.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn get_bot(&self, id_or_username: &str) -> Result<BotView> {
        get_bot::execute(&self.store.read, id_or_username).await
    }

    /// All bots that have or had this id or username, deleted ones among them.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn bots_called(&self, name: &str) -> Result<Vec<Bot>> {
        bots_called::execute(&self.store.read, name).await
    }

    /// How many accounts of deleted bots are still to be removed from the gallery.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn departing(&self) -> Result<u64> {
        departing::execute(&self.store.read).await
    }

    /// The usernames that no new bot can have: those of living bots, and of deleted ones whose accounts may have them.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn usernames(&self) -> Result<HashSet<String>> {
        usernames::execute(&self.store.read).await
    }

    /// How many living bots there are of each persona, by its id.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn persona_counts(&self) -> Result<BTreeMap<String, u64>> {
        persona_counts::execute(&self.store.read).await
    }

    /// The log, newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn get_activity(&self, filter: &ActivityFilter) -> Result<Vec<Activity>> {
        get_activity::execute(&self.store.read, filter).await
    }

    /// One line of the log with all that explains it.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn explain_activity(&self, seq: i64) -> Result<Explanation> {
        explain_activity::execute(&self.store.read, seq).await
    }

    /// Everything in the log that passes `filter` and is there now, oldest first, in pages that are read when they are
    /// asked for; `before`, `after` and `limit` of the filter are passed over.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn export_activity(&self, filter: &ActivityFilter) -> Result<ActivityExport> {
        export_activity::execute(&self.store.read, filter).await
    }

    /// What the fleet did in the last day, how that compares, and how late it was, at `now` by the fleet's clock.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn fleet_pulse(&self, now: FleetTime) -> Result<Pulse> {
        fleet_pulse::execute(&self.store.read, now).await
    }

    /// The fleet in a few numbers.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn fleet_summary(&self) -> Result<FleetSummary> {
        fleet_summary::execute(&self.store.read).await
    }

    /// What keeps the whole fleet from acting because the gallery said so, and whether any bot rests by itself.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read_rests(&self) -> Result<Rests> {
        read_rests::execute(&self.store.read).await
    }

    /// What keeps `bot_id` alone from acting, or the whole fleet if none; the gravest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn rests_of(&self, bot_id: Option<BotId>) -> Result<Vec<Rest>> {
        rests_of::execute(&self.store.read, bot_id).await
    }

    /// The bots that should have an agent.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn wanted_bots(&self) -> Result<Vec<WantedBot>> {
        wanted_bots::execute(&self.store.read).await
    }

    /// What a node holds by the store's word, each bot with the epoch of its claim; nothing once its leases have lapsed.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn held_leases(&self, node_id: NodeId) -> Result<Vec<(BotId, i64)>> {
        held_leases::execute(&self.store.read, node_id).await
    }

    /// The open rows of the ledger, of one bot or of all.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn unsettled_actions(&self, bot_id: Option<BotId>) -> Result<Vec<Action>> {
        unsettled_actions::execute(&self.store.read, bot_id).await
    }

    /// What bots did to the gallery, or may have done, oldest first, a page at a time.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list_deeds(&self, filter: &DeedFilter) -> Result<Vec<Deed>> {
        list_deeds::execute(&self.store.read, filter).await
    }

    /// What a node takes back next: of what is due at `now`, what is planned, or was sent before `landed` and got no answer.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn next_undo(&self, now: FleetTime, landed: StoreTime) -> Result<Option<Undo>> {
        next_undo::execute(&self.store.read, now, landed).await
    }

    /// What is still to be taken back.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn open_undos(&self) -> Result<Vec<Action>> {
        open_undos::execute(&self.store.read).await
    }

    /// What holds for the whole fleet.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read_settings(&self) -> Result<Settings> {
        read_settings::execute(&self.store.read).await
    }

    /// What a bot may still do on the day of `at`, if its next picture costs `picture`; one that is free has no cap of money.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read_allowance(&self, bot_id: BotId, at: FleetTime, picture: Micros) -> Result<Allowance> {
        read_allowance::execute(&self.store.read, bot_id, at, picture).await
    }

    /// What the fleet costs on the day and in the month of `at`, and what came of it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read_costs(&self, at: FleetTime) -> Result<Costs> {
        read_costs::execute(&self.store.read, at).await
    }

    /// What was asked and answered when a bot decided.
    ///
    /// # Errors
    /// `NotFound` when it is not kept any more.
    pub async fn get_decision(&self, id: DecisionId) -> Result<Decision> {
        get_decision::execute(&self.store.read, id).await
    }

    /// Which of `texts` somebody of the fleet said since, whatever their capitals and spaces. A post says its title and its
    /// description in one, without its label.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn said_before(&self, texts: &[String], since: FleetTime) -> Result<Vec<bool>> {
        said_before::execute(&self.store.read, texts, since).await
    }

    /// The nodes that live, and those that died within a day.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list_nodes(&self) -> Result<Vec<NodeView>> {
        list_nodes::execute(&self.store.read).await
    }

    /// What bots were asked to do now and was not served yet, of one bot or of all.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn pending_requests(&self, bot_id: Option<BotId>) -> Result<Vec<Request>> {
        pending_requests::execute(&self.store.read, bot_id).await
    }

    /// How much of what the gallery shows came from the fleet.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn our_share(&self, shown: &[ShownPost]) -> Result<OurShare> {
        our_share::execute(&self.store.read, shown).await
    }

    /// The newest rows of the ledger.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn recent_actions(&self, filter: &ActionFilter) -> Result<Vec<Action>> {
        recent_actions::execute(&self.store.read, filter).await
    }

    /// What a bot remembers of itself: what it said, whom it met, what it liked.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn recall_memory(&self, bot_id: BotId) -> Result<BotMemory> {
        recall_memory::execute(&self.store.read, bot_id).await
    }

    /// What a bot remembers of posts.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn recall_posts(&self, bot_id: BotId) -> Result<Vec<SeenPost>> {
        recall_posts::execute(&self.store.read, bot_id).await
    }

    /// What a bot may still do about posts at `at`, by the id of each: others may be there already, or it is too early.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn room_left(
        &self,
        bot_id: BotId,
        posts: &[SightedPost],
        at: FleetTime,
    ) -> Result<HashMap<String, Room>> {
        room_left::execute(&self.store.read, bot_id, posts, at).await
    }

    /// Where the fleet's clock stood.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn read_clock(&self) -> Result<Option<ClockReading>> {
        read_clock::execute(&self.store.read).await
    }

    /// The gallery that the data is about, as it was named when the data was tied to it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn bound_gallery(&self) -> Result<Option<String>> {
        bound_gallery::execute(&self.store.read).await
    }

    /// Whether the store can be worked with. Nothing is changed.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn store_health(&self) -> Result<StoreHealth> {
        let tx = self.store.begin().await?;
        let health = store_health::execute(&tx).await;
        tx.rollback().await?;
        health
    }

    /// Who stopped the fleet, as the store has it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn stop_order(&self) -> Result<Option<Asked>> {
        stop_order::execute(&self.store.read).await
    }

    // Who may give orders.

    /// Makes somebody an operator.
    ///
    /// # Errors
    /// `Invalid` with every broken rule; `Conflict` when the name is taken, however it is written.
    pub async fn add_operator(&self, new: NewOperator, asked: &Asked) -> Result<Operator> {
        new.check()?;
        let hash = self.hasher.hash(&new.password).await?;
        let tx = self.store.begin().await?;
        let effect = add_operator::execute(&tx, &new.name, hash, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Gives an operator another password and ends its sign-ins, but for the one that is to be kept.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` with the field `current` when that is not the password, or `password` when the new one breaks the rule.
    pub async fn change_password(
        &self,
        name: &str,
        change: PasswordChange,
        asked: &Asked,
    ) -> Result<Operator> {
        let mut problems = Problems::default();
        change.new.check("password", &mut problems);
        if let Some(current) = &change.current {
            let known = sign_in::find(&self.store.read, name).await?;
            let holds = self.hasher.matches(current, known.map(|known| known.password_hash)).await?;
            problems.require(holds, "current", "is not your password", "type it again");
        }
        if !problems.0.is_empty() {
            return Err(problems.into());
        }
        let hash = self.hasher.hash(&change.new).await?;
        let tx = self.store.begin().await?;
        let effect = change_password::execute(&tx, name, hash, change.keep, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Lets an operator give no more orders, and ends its sign-ins.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for the only operator.
    pub async fn remove_operator(&self, name: &str, asked: &Asked) -> Result<Operator> {
        let tx = self.store.begin().await?;
        let effect = remove_operator::execute(&tx, name, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Begins a sign-in; none when there is no such operator, or that is not its password. The two cannot be told apart,
    /// by the answer or by the time it takes.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn sign_in(&self, name: &str, password: &Password, at: FleetTime) -> Result<Option<SignedIn>> {
        let known = sign_in::find(&self.store.read, name).await?;
        let hash = known.as_ref().map(|known| known.password_hash.clone());
        let (true, Some(known)) = (self.hasher.matches(password, hash).await?, known) else {
            return Ok(None);
        };
        let tx = self.store.begin().await?;
        let effect = sign_in::execute(&tx, &known, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Ends a sign-in; returns whether it was still there.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn sign_out(&self, session: &Session, asked: &Asked) -> Result<bool> {
        let tx = self.store.begin().await?;
        let effect = sign_out::execute(&tx, session, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Ends every sign-in of an operator; returns how many there were.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn sign_out_everywhere(&self, name: &str, asked: &Asked) -> Result<u64> {
        let tx = self.store.begin().await?;
        let effect = sign_out_everywhere::execute(&tx, name, asked).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Lets a sign-in last on, because it was used.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn renew_session(&self, session: &Session) -> Result<()> {
        let tx = self.store.begin().await?;
        let effect = renew_session::execute(&tx, session).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Makes a link by which the first operator can come in within an hour, and voids the one before; none when there is
    /// an operator.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn invite_operator(&self) -> Result<Option<Token>> {
        let tx = self.store.begin().await?;
        let effect = invite_operator::execute(&tx).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Makes the first operator of whoever has the link, and signs it in.
    ///
    /// # Errors
    /// `Invalid` with every broken rule; `Conflict` when the link leads nowhere any more.
    pub async fn accept_invitation(
        &self,
        token: &Token,
        new: NewOperator,
        at: FleetTime,
    ) -> Result<SignedIn> {
        new.check()?;
        let hash = self.hasher.hash(&new.password).await?;
        let tx = self.store.begin().await?;
        let effect = accept_invitation::execute(&tx, token, &new.name, hash, at).await?;
        self.commit(tx, effect, &[]).await
    }

    /// Whether a link for the first operator still leads in.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn invitation_stands(&self, token: &Token) -> Result<bool> {
        invitation_stands::execute(&self.store.read, token).await
    }

    /// The sign-in that a token belongs to, if it is not over.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn find_session(&self, token: &Token) -> Result<Option<Session>> {
        find_session::execute(&self.store.read, token).await
    }

    /// The sign-ins of an operator that are not over, the one used last first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list_sessions(&self, operator_id: OperatorId) -> Result<Vec<Session>> {
        list_sessions::execute(&self.store.read, operator_id).await
    }

    /// Who may give orders, by name.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn list_operators(&self) -> Result<Vec<OperatorView>> {
        list_operators::execute(&self.store.read).await
    }

    /// Ends a write: its log goes into the same transaction, then everybody who listens is rung.
    async fn commit<T>(&self, tx: DatabaseTransaction, effect: Effect<T>, bells: &[Bell]) -> Result<T> {
        commit(tx, effect, bells, &self.bells).await
    }

    async fn changed_or_already(&self, changed: Vec<Bot>, id: BotId, wanted: Intent) -> Result<Bot> {
        if let Some(bot) = changed.into_iter().next() {
            return Ok(bot);
        }
        let bot = living(&self.store.read, id).await?;
        if bot.intent == wanted {
            return Ok(bot);
        }
        Err(Error::Conflict(format!("{} is {}; start it first", bot.name, bot.intent)))
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

fn only<T>(many: Vec<T>, otherwise: impl FnOnce() -> Error) -> Result<T> {
    many.into_iter().next().ok_or_else(otherwise)
}
