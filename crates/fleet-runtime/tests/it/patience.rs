//! When a bot asks a model: not at once about every new post, unless an operator waits for it.

use std::sync::Arc;
use std::time::Duration;

use fleet_bots::{ActNow, Action, ActionKind, ActionStatus, BotChanges, Content, Weights};
use fleet_brain::sandbox::{Provider, Script, Writes};
use fleet_brain::{Brain, Catalogue, Endpoint, Models};

use crate::fleet::{TestFleet, only};
use crate::store::TestStore;

store_tests!(a_new_post_waits_for_others_unless_an_operator_asks,);

/// How long the post that a like is for had been in the gallery when the bot made up its mind.
fn waited(like: &Action) -> Duration {
    let Content::Like { about } = &like.content else { panic!("{like:?} is no like") };
    like.planned_at.since(about.posted_at.unwrap())
}

async fn a_new_post_waits_for_others_unless_an_operator_asks(store: &TestStore) {
    let first = r#"{"v":[{"n":1,"like":true,"comment":null,"why":"light"}]}"#;
    let script = Script { writes: Writes::Texts(vec![first.into()]), ..Script::default() };
    let provider = Provider::begin(script).await.unwrap();
    let model = Endpoint { base_url: Some(provider.url()), ..Endpoint::new("openai", "gpt-5-mini") };
    let brain = Brain::with_models(Arc::new(Catalogue::built_in()), Models::of(vec![model])).unwrap();
    let fleet = TestFleet::over(store).await.thinking_with(brain);
    let bots = fleet.with_bots(2, only(ActionKind::Like)).await;
    let idle = Weights { post: 0.0, comment: 0.0, like: 0.0, browse: 1.0 };
    let changes = BotChanges { weights: Some(idle), ..BotChanges::default() };
    fleet.bots.update_bot(bots[0].id, changes, &fleet.asked()).await.unwrap();
    fleet.guest_post("A lamp on linen").await;
    let node = fleet.start_node().await;
    // Who only looks around asks nobody; the operator's question is its only one.
    fleet.bots.request_action(bots[0].id, ActNow::Like, &fleet.asked()).await.unwrap();
    fleet
        .until_rows("both like it", ActionKind::Like, |rows| {
            rows.iter().filter(|row| row.status == ActionStatus::Done).count() == 2
        })
        .await;
    node.leaves().await;
    let rows = fleet.ledger().await;
    let by_itself = rows.iter().find(|row| row.bot_id == bots[1].id).unwrap();
    assert!(waited(by_itself) >= Duration::from_secs(1_800), "{:?}", waited(by_itself));
    assert_eq!(provider.calls().len(), 2, "one post is asked about once by each");
}
