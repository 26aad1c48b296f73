//! The table `bots`: who a bot is and what the operator wants of it.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};

use crate::bot::{Interests, Weights};
use crate::id::BotId;
use crate::rhythm::Rhythm;
use crate::time::{FleetTime, StoreTime};

/// A bot: who it is, what is wanted of it, and what it has done so far.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "bots")]
pub struct Model {
    /// Its id; the gallery knows it as `agentId`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BotId,
    /// What readers see.
    pub name: String,
    /// Its handle in the gallery, the `X-Agent-Id` of its requests; fixed once the account exists.
    pub username: String,
    /// The id of a persona of the catalogue.
    pub persona: String,
    /// What it says about itself on its profile.
    pub bio: String,
    /// Who it is, in a sentence or two.
    pub personality: String,
    /// Its manner in a word or two.
    pub vibe: String,
    /// What it is drawn to talk about.
    #[sea_orm(column_type = "JsonBinary")]
    pub interests: Interests,
    /// What it is drawn to do.
    #[sea_orm(column_type = "JsonBinary")]
    pub weights: Weights,
    /// Its day.
    #[sea_orm(column_type = "JsonBinary")]
    pub rhythm: Rhythm,
    /// The shortest time between two actions, in seconds of fleet time.
    pub min_interval_s: i64,
    /// The longest time between two actions, in seconds of fleet time.
    pub max_interval_s: i64,
    /// What the operator wants of it. Nodes read this and never write it.
    pub intent: Intent,
    /// How often it was started; a parking lasts until this moves.
    pub starts: i64,
    /// Whether the gallery has an account for it.
    pub account: Account,
    /// What the gallery said last when it did not do what it was asked for.
    pub account_note: Option<String>,
    /// The name that the gallery was last told; none as long as it is not known to have the account.
    pub account_name: Option<String>,
    /// When the gallery was last asked to make or to remove the account, by the database's clock.
    #[serde(skip)]
    pub account_asked_at: Option<StoreTime>,
    /// How often it was asked in vain since.
    #[serde(skip)]
    pub account_tries: i64,
    /// It is not asked again before, by the database's clock.
    #[serde(skip)]
    pub account_due: Option<StoreTime>,
    /// How often an operator changed what the gallery is told of the bot; an agent asks at once when this moves.
    #[serde(skip)]
    pub renames: i64,
    /// How many pictures it has shared.
    pub posts: i64,
    /// How many comments it has written, answers among them.
    pub comments: i64,
    /// How many pictures it has liked.
    pub likes: i64,
    /// How often it only looked.
    pub browses: i64,
    /// How many of its actions failed or went wrong.
    pub errors: i64,
    /// What it did last, in the words of the feed.
    pub last_action: Option<String>,
    /// When it did that.
    pub last_action_at: Option<FleetTime>,
    /// When it was made.
    pub created_at: FleetTime,
    /// When it was last changed by an operator.
    pub updated_at: FleetTime,
    /// When it was deleted; a deleted bot is kept for its history.
    pub deleted_at: Option<FleetTime>,
}

/// What the operator wants of a bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// It lives and acts.
    Running,
    /// It lives, keeps its plans and its memory, and does not act.
    Paused,
    /// It has no agent.
    Stopped,
}

/// Whether the gallery has an account for a bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Not asked for yet.
    Unprovisioned,
    /// Asked for, and nobody knows what came of it; asking again is harmless.
    Provisioning,
    /// It is there; the bot can act.
    Ready,
    /// The gallery said no.
    Refused,
    /// Its bot was deleted, and it is still to be removed.
    Leaving,
    /// It was removed after its bot.
    Gone,
}

impl Model {
    /// Whether the gallery has an account for it, or may have one.
    #[must_use]
    pub fn may_have_account(&self) -> bool {
        match self.account {
            Account::Provisioning | Account::Ready | Account::Leaving => true,
            // It may have said no to what it was told, and have the account all the same.
            Account::Refused => self.account_name.is_some(),
            Account::Unprovisioned | Account::Gone => false,
        }
    }
}

/// Whose username nobody else can have: a living bot's, and that of a deleted one as long as an account may have it.
pub(crate) fn has_its_username() -> Condition {
    let held = [Account::Provisioning, Account::Ready, Account::Leaving];
    Condition::any().add(Column::DeletedAt.is_null()).add(Column::Account.is_in(held))
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
