//! What operators order: bots made, changed, steered and let go, everything stopped, settings, what they say of rows whose
//! fate nobody knows, what is to be taken back.

use std::time::Duration;

use super::Bots;
use crate::bell::Bell;
use crate::bot::NewBot;
use crate::changes::BotChanges;
use crate::commands::delete_bot::AccountAfter;
use crate::commands::forget_person::Forgotten;
use crate::commands::{
    Asked, change_settings, create_bot, delete_bot, forget_person, lift_stop, pause_bot, plan_undo,
    request_action, resolve_action, resume_bot, start_bot, stop_bot, update_bot,
};
use crate::entities::action::Model as Action;
use crate::entities::bot::{Intent, Model as Bot};
use crate::entities::request::{ActNow, Model as Request};
use crate::error::{Error, Result};
use crate::id::{ActionId, BotId};
use crate::keeper;
use crate::queries::list_deeds::DeedFilter;
use crate::selection::{Selection, living};
use crate::settings::{Settings, SettingsChanges};
use crate::switch::StopState;

/// How long "stop everything" waits for the store before it says that the row is still to be written.
const STOP_PATIENCE: Duration = Duration::from_secs(2);

impl Bots {
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

fn only<T>(many: Vec<T>, otherwise: impl FnOnce() -> Error) -> Result<T> {
    many.into_iter().next().ok_or_else(otherwise)
}
