//! A bot's account in the gallery: asked for before anything else, and asked for again without harm when the answer was
//! lost, or when what the gallery is told of the bot has changed.

use std::time::Duration;

use fleet_bots::{Account, Bot, Invitation};
use fleet_gallery::{Error, Invite, Retry};

use super::pacing;
use super::trouble::Trouble;
use super::turn::Turn;
use crate::world::World;

/// How long a gallery that refused is not asked again, unless an operator changes what the refusal was about.
const REFUSED: Duration = Duration::from_secs(300);

/// Makes sure that the bot has its account, under the name that it has now. The account is always an agent's, and the
/// store knows what was asked before the gallery does.
pub(crate) async fn ensure(turn: &mut Turn<'_>) -> Result<(), Trouble> {
    let name = turn.world.settings().display_name(&turn.bot.name);
    let is_ready = turn.bot.account == Account::Ready;
    if is_ready && turn.bot.account_name.as_deref() == Some(name.as_str()) {
        return Ok(());
    }
    if let Some(wait) = wait(turn) {
        // It has its account, and may live with its former name until then.
        return if is_ready { Ok(()) } else { Err(lacking(turn.world, &turn.bot, wait)) };
    }
    match ask(turn, &name).await {
        Err(trouble) if is_ready && !trouble.concerns_all() && !trouble.is_overtaken() => {
            tracing::debug!(bot.id = %turn.bot.id, error = %trouble, "the new name is told later");
            Ok(())
        }
        asked => asked,
    }
}

/// Asks the gallery, once.
async fn ask(turn: &mut Turn<'_>, name: &str) -> Result<(), Trouble> {
    let tries = u32::try_from(turn.bot.account_tries).unwrap_or(u32::MAX);
    let patience = pacing::back_off(tries, turn.dice());
    let (bots, holder) = (&turn.world.bots, turn.seat.holder);
    let asked = bots.begin_invitation(turn.bot.id, holder, patience).await?;
    let invite = Invite {
        agent_id: asked.id.to_string(),
        name: name.to_owned(),
        username: asked.username.clone(),
        is_agent: true,
        agent_persona_id: asked.persona.clone(),
    };
    let answer = turn.world.gallery.invite(&invite).await;
    let came = match &answer {
        Ok(account) => Invitation::Accepted { username: account.username.clone(), created: account.created },
        Err(error) => match refusal(error) {
            Some(why) => Invitation::Refused { why, wait: REFUSED },
            None => Invitation::Unanswered { why: error.to_string() },
        },
    };
    turn.bot = turn.world.bots.settle_invitation(&asked, name, came, turn.now()).await?;
    match (turn.bot.account, answer) {
        (Account::Ready, Ok(_)) => Ok(()),
        (Account::Refused, _) => Err(lacking(turn.world, &turn.bot, wait(turn).unwrap_or(REFUSED))),
        (_, Err(error)) => Err(error.into()),
        (_, Ok(_)) => Err(lacking(turn.world, &turn.bot, REFUSED)),
    }
}

/// Why the gallery will not have the bot as it is, if that is what it said.
fn refusal(error: &Error) -> Option<String> {
    match error {
        Error::Invalid { message } => Some(format!(
            "{message}; give the bot another username, or have the other account removed if it is this bot's"
        )),
        Error::Forbidden { message } => Some(format!(
            "the service token may not make accounts ({message}); have the permission `users:write` added to it"
        )),
        Error::Unauthorized { .. } => None,
        other if other.retry() == Retry::Never => Some(other.to_string()),
        _ => None,
    }
}

/// How long, in real time, the gallery is not to be asked yet.
fn wait(turn: &Turn<'_>) -> Option<Duration> {
    let wait = turn.bot.account_due?.since(turn.world.ownership.store_now());
    (!wait.is_zero()).then_some(wait)
}

/// What keeps a bot from acting that has no account.
fn lacking(world: &World, bot: &Bot, wait: Duration) -> Trouble {
    let why = match (bot.account, bot.account_note.as_deref()) {
        (Account::Refused, Some(note)) => format!("the gallery refused it an account: {note}"),
        (_, Some(note)) => format!("it has no account yet: {note}"),
        (_, None) => "it was asked for and no answer came".into(),
    };
    Trouble::NoAccount { until: world.clock.now().plus(world.clock.in_fleet(wait)), why }
}
