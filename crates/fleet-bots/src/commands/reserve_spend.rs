//! Sets money aside before a call that costs some is made. Whatever happens then, the caps hold: what is never settled counts
//! at the most that the call could cost.

use sea_orm::ConnectionTrait;

use super::Effect;
use crate::entities::spend::Purpose;
use crate::error::Result;
use crate::id::{BotId, SpendId};
use crate::money::Micros;
use crate::queries::read_settings;
use crate::spending;
use crate::time::FleetTime;

/// A call that is about to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSpend {
    /// For which bot; none for a try of an operator's, which only the caps of the fleet are held against.
    pub bot_id: Option<BotId>,
    /// What it is for.
    pub purpose: Purpose,
    /// Who is paid.
    pub provider: String,
    /// For what of theirs.
    pub model: String,
    /// The most that it can cost.
    pub most: Micros,
    /// When, in fleet time: it belongs to that day and month.
    pub at: FleetTime,
}

/// # Errors
/// `Capped` when it could exceed a cap; `NotFound` without the bot.
pub(crate) async fn execute(tx: &impl ConnectionTrait, new: NewSpend) -> Result<Effect<SpendId>> {
    let settings = read_settings::execute(tx).await?;
    Ok(Effect::silent(spending::reserve(tx, &settings, new, None).await?))
}
