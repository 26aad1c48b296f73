//! What a bot makes of what the gallery offers: whether it can make anything at all, and a picture with the words for it.
//! Owns that a bot which can make nothing does other things; what is to be had is the node's to know.

use fleet_bots::{Content, Micros, NewAction, ObservedState, Weights};
use fleet_brain::{Offer, Question, Recipe, Written};
use serde_json::json;

use super::mind::Mind;
use super::steps::steps;
use super::trouble::Trouble;
use super::turn::Turn;

/// Why the bot can make no picture, in words for people, if it cannot.
pub(super) async fn why_nothing(turn: &Turn<'_>) -> Option<String> {
    let persona = turn.world.brain.catalogue().get(&turn.bot.persona)?;
    let offer = turn.world.offered.known().await;
    offer.of(persona).is_empty().then(|| {
        format!("the gallery offers nothing that {} makes pictures with", persona.name.to_lowercase())
    })
}

/// What the bot is drawn to, without posting if it can make nothing; and why it cannot. Who would only post has a look
/// around.
pub(super) async fn weights(turn: &Turn<'_>) -> (Option<String>, Weights) {
    let weights = turn.bot.weights;
    if weights.post <= 0.0 {
        return (None, weights);
    }
    let why = why_nothing(turn).await;
    match why {
        None => (None, weights),
        Some(why) if !never_looks(weights) => (Some(why), Weights { post: 0.0, ..weights }),
        Some(why) => (Some(why), Weights { post: 0.0, browse: 1.0, ..weights }),
    }
}

/// Whether a bot with `weights` does nothing but post, and never comes to look at what was said under its posts.
pub(super) fn never_looks(weights: Weights) -> bool {
    weights.comment + weights.like + weights.browse <= 0.0
}

/// Thinks of a picture.
pub(super) async fn compose(turn: &Turn<'_>) -> Result<NewAction, Trouble> {
    turn.seat.sees(turn.world, ObservedState::Acting, Some("making a picture"));
    let (mind, offer) = (Mind::of(turn).await?, turn.world.offered.known().await);
    let composed = turn.world.brain.compose(&mind.ask(), &offer).await;
    let Written { what: made, record } = mind.heard(composed).await?;
    let question = Question::Compose { offer: Offer::clone(&offer) };
    let decision = mind.keep(turn, question, [], &record, &made).await?;
    let content = Content::Picture {
        price: price(turn, &made.recipe),
        prompt: made.prompt,
        steps: json!(steps(&made.recipe)),
        title: made.title,
        description: made.description,
    };
    Ok(turn.action(content, turn.now(), Some(decision)))
}

/// What a picture can cost at the most. One whose price nobody knows is not taken to be free.
fn price(turn: &Turn<'_>, recipe: &Recipe) -> Micros {
    Micros(turn.world.brain.prices().picture_at_most(recipe).0)
}

/// What the cheapest picture costs that the bot can make.
pub(super) async fn least_price(turn: &Turn<'_>) -> Micros {
    let Some(persona) = turn.world.brain.catalogue().get(&turn.bot.persona) else { return Micros::ZERO };
    let offer = turn.world.offered.known().await;
    offer.of(persona).into_iter().map(|recipe| price(turn, recipe)).min().unwrap_or_default()
}
