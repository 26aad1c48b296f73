//! A bot's account in the gallery: asked for before anything else, and asked for again without harm when the answer was
//! lost.

use fleet_bots::Account;
use fleet_gallery::{Error, Invite};

use super::trouble::Trouble;
use super::turn::Turn;

/// Makes sure that the bot has its account. The account is always an agent's, and the store knows its outcome before the
/// bot does anything.
pub(crate) async fn ensure(turn: &Turn<'_>) -> Result<(), Trouble> {
    if turn.bot.account == Account::Ready {
        return Ok(());
    }
    let invite = Invite {
        agent_id: turn.bot.id.to_string(),
        name: turn.world.settings().display_name(&turn.bot.name),
        username: turn.bot.username.clone(),
        is_agent: true,
        agent_persona_id: turn.bot.persona.clone(),
    };
    let refused = match turn.world.gallery.invite(&invite).await {
        Ok(account) if account.username == turn.bot.username => {
            turn.world.bots.set_account(turn.bot.id, Account::Ready, None, turn.now()).await?;
            return Ok(());
        }
        Ok(account) => format!("it knows this bot as `{}`", account.username),
        Err(Error::Invalid { message } | Error::Forbidden { message }) => message,
        Err(error) => return Err(error.into()),
    };
    if turn.bot.account_note.as_deref() != Some(refused.as_str()) {
        turn.world.bots.set_account(turn.bot.id, Account::Refused, Some(&refused), turn.now()).await?;
    }
    Err(Trouble::Refused(refused))
}
