//! Which bots an order of the table means: those that were ticked, or all that its filter matches. An order that means
//! nobody is refused rather than taken to mean everybody.

use axum::http::StatusCode;
use fleet_bots::BotId;

use crate::failure::Failure;

/// Which bots are meant.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    These(Vec<BotId>),
    AllThatMatch,
}

impl Meant {
    /// Reads what the table's form sent: `bot` for each that was ticked, `all` for everybody that matches.
    pub(crate) fn of(form: &[u8]) -> Result<Self, Failure> {
        let mut ids = Vec::new();
        for (name, value) in url::form_urlencoded::parse(form) {
            match name.as_ref() {
                "all" => return Ok(Self::AllThatMatch),
                "bot" => ids.push(value.parse().map_err(|_| nobody(format!("There is no bot `{value}`.")))?),
                _ => {}
            }
        }
        if ids.is_empty() { Err(nobody("No bot is selected.".into())) } else { Ok(Self::These(ids)) }
    }
}

fn nobody(what: String) -> Failure {
    Failure {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        what,
        advice: "Nothing was changed. Tick the bots that you mean, or “all that match”.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_means_who_was_ticked_and_never_everybody_by_mistake() {
        let id = BotId::generate();
        assert_eq!(Meant::of(format!("bot={id}&x=1").as_bytes()), Ok(Meant::These(vec![id])));
        assert_eq!(Meant::of(format!("bot={id}&all=1").as_bytes()), Ok(Meant::AllThatMatch));
        assert_eq!(Meant::of(b"").unwrap_err().what, "No bot is selected.");
        assert_eq!(Meant::of(b"bot=%00").unwrap_err().status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
