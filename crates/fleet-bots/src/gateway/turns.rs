//! What a bot's turn writes: plans and what became of them, what it spent, why it decided so, whom it heard and what it saw.

use std::time::Duration;

use super::Bots;
use crate::activity::NewActivity;
use crate::bell::Bell;
use crate::commands::begin_rest::NewRest;
use crate::commands::mark_sent::Holder;
use crate::commands::opt_out::{Heard, OptOut};
use crate::commands::plan_action::NewAction;
use crate::commands::record_decision::NewDecision;
use crate::commands::reserve_spend::NewSpend;
use crate::commands::settle_action::Settlement;
use crate::commands::settle_invitation::Invitation;
use crate::commands::settle_spend::Settled;
use crate::commands::take_request::Reply;
use crate::commands::{
    Asked, begin_invitation, begin_rest, end_rests, forget_post, look_later, mark_sent, mark_undo_sent,
    opt_out, plan_action, record_activity, record_decision, remember_posts, reserve_spend, settle_action,
    settle_invitation, settle_spend, settle_undo, take_request,
};
use crate::entities::action::Model as Action;
use crate::entities::bot::Model as Bot;
use crate::entities::rest::{Model as Rest, RestCause};
use crate::entities::seen_post::Model as SeenPost;
use crate::error::Result;
use crate::id::{ActionId, BotId, DecisionId, NodeId, SpendId};
use crate::ledger::Outcome;
use crate::time::FleetTime;

impl Bots {
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
    /// `Overtaken` when it is not wanted any more, does not know what became of something at the same post or has the same
    /// planned there, has liked or commented on it already, or has answered the same remark, or when somebody of the fleet
    /// wrote the same of late; `Capped` when a cap is reached.
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
}
