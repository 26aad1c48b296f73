//! What is read: bots, their log, the ledger, memory, money and the state of the fleet.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Bots;
use crate::caps::Allowance;
use crate::commands::Asked;
use crate::commands::keep_clock::ClockReading;
use crate::entities::action::Model as Action;
use crate::entities::bot::Model as Bot;
use crate::entities::bot_activity::Model as Activity;
use crate::entities::decision::Model as Decision;
use crate::entities::request::Model as Request;
use crate::entities::rest::Model as Rest;
use crate::entities::seen_post::Model as SeenPost;
use crate::error::Result;
use crate::id::{BotId, DecisionId, NodeId};
use crate::money::Micros;
use crate::queries::explain_activity::Explanation;
use crate::queries::export_activity::ActivityExport;
use crate::queries::fleet_pulse::Pulse;
use crate::queries::fleet_summary::FleetSummary;
use crate::queries::get_activity::ActivityFilter;
use crate::queries::list_bots::{BotFilter, BotView};
use crate::queries::list_deeds::{Deed, DeedFilter};
use crate::queries::list_nodes::NodeView;
use crate::queries::next_undo::Undo;
use crate::queries::our_share::{OurShare, ShownPost};
use crate::queries::read_costs::Costs;
use crate::queries::read_rests::Rests;
use crate::queries::recall_memory::BotMemory;
use crate::queries::recent_actions::ActionFilter;
use crate::queries::room_left::SightedPost;
use crate::queries::store_health::StoreHealth;
use crate::queries::wanted_bots::WantedBot;
use crate::queries::{
    Page, bots_called, bound_gallery, departing, explain_activity, export_activity, fleet_pulse,
    fleet_summary, get_activity, get_bot, get_decision, held_leases, list_bots, list_deeds, list_nodes,
    names_of, next_undo, open_undos, our_share, pending_requests, persona_counts, read_allowance, read_clock,
    read_costs, read_rests, read_settings, recall_memory, recall_posts, recent_actions, rests_of, room_left,
    said_before, stop_order, store_health, taken_usernames, unsettled_actions, usernames, wanted_bots,
};
use crate::restraint::Room;
use crate::settings::Settings;
use crate::time::{FleetTime, StoreTime};

impl Bots {
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

    /// The names of some bots, as far as they live.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn names_of(&self, ids: impl IntoIterator<Item = BotId>) -> Result<HashMap<BotId, String>> {
        names_of::execute(&self.store.read, ids).await
    }

    /// Which of some usernames a new bot may not have.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn taken_usernames(&self, usernames: &[String]) -> Result<HashSet<String>> {
        taken_usernames::execute(&self.store.read, usernames).await
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
}
