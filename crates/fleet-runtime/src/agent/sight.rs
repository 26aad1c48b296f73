//! Which pictures a model is shown: residents' where it can see, and people's only where an operator switched that on. Owns
//! how they are fetched and made small; a picture that cannot be had is left out, and its words stand for it.

use fleet_brain::Picture;
use fleet_gallery::Item;
use futures::future::join_all;

use super::turn::Turn;

/// How many pictures are shown at one look; each costs about as much as ten captions.
const SHOWN_AT_ONCE: usize = 4;

/// Puts pictures beside the first of `posts`, which tell of `items` in the same order.
pub(super) async fn show<'a>(
    turn: &Turn<'_>,
    items: impl Iterator<Item = &'a Item>,
    posts: &mut [fleet_brain::Post],
) {
    if !turn.world.brain.sees() {
        return;
    }
    let peoples = turn.world.settings().show_peoples_pictures.is_some();
    let shown = posts.iter_mut().zip(items).filter(|(post, _)| peoples || !post.by_person);
    join_all(shown.take(SHOWN_AT_ONCE).map(async |(post, item)| post.picture = fetch(turn, item).await))
        .await;
}

async fn fetch(turn: &Turn<'_>, item: &Item) -> Option<Picture> {
    // A picture takes some megabytes until it is small, and many bots may wake together.
    let _turn_to_see = turn.world.seeing.acquire().await;
    let bytes = match turn.world.gallery.picture(&turn.bot.username, &item.image.id).await {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::debug!(bot = %turn.bot.username, post = %item.id, %error, "its picture is not seen");
            return None;
        }
    };
    // Decoding takes some milliseconds, and other agents wait on this thread.
    match tokio::task::spawn_blocking(move || Picture::shrunk(&bytes)).await {
        Ok(Ok(picture)) => Some(picture),
        Ok(Err(error)) => {
            tracing::debug!(post = %item.id, %error, "its picture cannot be read");
            None
        }
        Err(error) => {
            tracing::warn!(post = %item.id, %error, "reading its picture failed");
            None
        }
    }
}
