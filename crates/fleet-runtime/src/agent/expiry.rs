//! A picture that was made and has waited to be posted: a platform's addresses may be good for a while only, and a pause, a
//! night or an outage may outlast that. Owns when it is looked whether the picture is still there; what is done with the row
//! is `act`'s.

use std::time::Duration;

use fleet_bots::{Action, ActionFilter, ActionKind, ActionStatus, Content, Micros, Outcome};

use super::turn::Turn;

/// A picture that is posted sooner than this, in fleet time, after it was made is there.
const FRESH: Duration = Duration::from_secs(60);
/// Among so many pictures of the bot the one is looked for that has expired.
const LOOKED_BACK: u64 = 20;

/// How the row of a post ends, if its picture is not to be had any more; nobody knows better than whoever keeps it.
pub(super) async fn lost(turn: &Turn<'_>, action: &Action, image_url: &str) -> Option<Outcome> {
    let waited = turn.now().since(action.planned_at);
    if waited < FRESH || !turn.world.gallery.picture_is_gone(&turn.bot.username, image_url).await {
        return None;
    }
    let cost = cost(turn, action).await.map_or_else(|| "a workflow".to_owned(), |cost| cost.to_string());
    let why = format!(
        "picture expired: it waited {} to be posted, and is not where it was made any more; the picture it cost {cost} to \
         make is lost",
        in_words(waited)
    );
    Some(Outcome::Failed { why })
}

/// What the picture of a post cost, where its row tells and it was not free.
async fn cost(turn: &Turn<'_>, post: &Action) -> Option<Micros> {
    let Content::Post { prompt, title, .. } = &post.content else { return None };
    let pictures = ActionFilter {
        bot_id: Some(turn.bot.id),
        kind: Some(ActionKind::Picture),
        status: Some(ActionStatus::Done),
        limit: LOOKED_BACK,
    };
    let pictures = turn.world.bots.recent_actions(&pictures).await.ok()?;
    let of_the_post = |content: &Content| matches!(content, Content::Picture { prompt: its, title: named, .. } if its == prompt && named == title);
    match pictures.into_iter().map(|row| row.content).find(of_the_post)? {
        Content::Picture { price, .. } if price > Micros::ZERO => Some(price),
        _ => None,
    }
}

fn in_words(waited: Duration) -> String {
    match waited.as_secs() {
        seconds @ ..120 => format!("{seconds} s"),
        seconds @ ..7_200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3_600),
    }
}
