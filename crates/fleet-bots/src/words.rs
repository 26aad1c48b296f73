//! By what words are known again: whether anybody of the fleet said the same before, whatever its capitals and spaces. Owns
//! what counts as the same, and how long the fleet does not repeat itself.

use std::time::Duration;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use sha2::{Digest, Sha256};

use crate::backend;
use crate::entities::action::{ActionKind, ActionStatus, Column, Content, Entity};
use crate::error::{Error, Result};
use crate::id::BotId;
use crate::time::FleetTime;

/// For how long nobody of the fleet writes the same again.
const UNREPEATED: Duration = Duration::from_secs(30 * 86_400);

/// By what `text` is known again; none if it says nothing.
pub(crate) fn known_by(text: &str) -> Option<i64> {
    let same = text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    if same.is_empty() {
        return None;
    }
    let hash = Sha256::digest(same.as_bytes());
    hash.first_chunk().copied().map(i64::from_be_bytes)
}

/// By what the words of `content` are known again, before they are labelled. A picture has the words that it will be shared
/// with: what is said of it, since many pictures may well have one title.
pub(crate) fn said_in(content: &Content) -> Option<i64> {
    match content {
        Content::Picture { title, description, .. } | Content::Post { title, description, .. } => {
            known_by(description).or_else(|| known_by(title))
        }
        Content::Comment { text, .. } | Content::Answer { text, .. } => known_by(text),
        Content::Like { .. } | Content::Unlike { .. } => None,
    }
}

/// Refuses a comment that somebody of the fleet wrote within the last 30 days, as whatever it was; whoever plans the same words
/// waits until the transaction ends. What is said of a picture is asked about before it is made. An answer is refused only to a bot that gave the same under the same post: there are few
/// ways to say shortly what is true, and whoever asks is owed it. The caller holds the bot's row.
///
/// # Errors
/// `Overtaken`; no statement fails then.
pub(crate) async fn refuse_repeated(
    tx: &impl ConnectionTrait,
    bot_id: BotId,
    content: &Content,
    said: Option<i64>,
    at: FleetTime,
) -> Result<()> {
    let Some(said) = said else { return Ok(()) };
    let before = Entity::find()
        .filter(Column::Said.eq(said))
        .filter(Column::PlannedAt.gte(at.minus(UNREPEATED)))
        .filter(Column::Status.ne(ActionStatus::Failed));
    let (before, why) = match content {
        Content::Comment { .. } => {
            backend::lock_words(tx, said).await?;
            (before, "somebody of the fleet wrote exactly this within the last 30 days")
        }
        Content::Answer { about, .. } => {
            let by_it = before
                .filter(Column::BotId.eq(bot_id))
                .filter(Column::Kind.eq(ActionKind::Answer))
                .filter(Column::Target.eq(about.post_id.as_str()));
            (by_it, "the bot answered exactly this under the same post within the last 30 days")
        }
        _ => return Ok(()),
    };
    match before.count(tx).await? {
        0 => Ok(()),
        _ => Err(Error::Overtaken(why.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_what_is_said_of_it() {
        let post = |title: &str, description: &str| Content::Post {
            image_url: String::new(),
            title: title.into(),
            description: description.into(),
            prompt: String::new(),
        };
        let one = said_in(&post("Evening", "The linen keeps its folds."));
        assert_eq!(one, known_by("The linen keeps its folds."));
        assert_eq!(said_in(&post("Morning", "The linen  keeps its folds.")), one);
        assert_eq!(said_in(&post("Evening", " ")), known_by("Evening"));
        assert_eq!(said_in(&post("", "")), None);
    }

    #[test]
    fn words_are_known_again_whatever_their_capitals_and_spaces() {
        let one = known_by("How green, and how STILL! Ä");
        assert!(one.is_some());
        assert_eq!(known_by("  how green,\n and how\tstill! ä "), one);
        assert_ne!(known_by("How green and how still! Ä"), one);
        assert_eq!((known_by(""), known_by(" \n")), (None, None));
    }
}
