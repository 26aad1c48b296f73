//! Bots with a language model: what they do comes of what it says, is paid for within caps, can be read afterwards, and is
//! never more than reactions to what they were shown. The model is the sandbox provider's.

use std::collections::HashSet;
use std::sync::Arc;

use fleet_bots::{
    Action, ActionKind, ActionStatus, ActivityFilter, Content, Intent, Micros, ObservedState, Selection,
    SettingsChanges, Weights,
};
use fleet_brain::sandbox::{Fault, Provider, Script, Writes};
use fleet_brain::{Brain, Catalogue, Endpoint, Models, OpenDesk, Prices, Record, View};

use crate::fleet::{TestFleet, mixed, only};
use crate::store::{TestStore, until};

store_tests!(
    what_a_model_decides_is_done_paid_for_and_can_be_read_and_decided_again,
    a_model_that_obeys_every_injection_does_nothing_but_react_to_what_it_was_shown,
    a_fleet_that_has_spent_its_cap_rests_and_goes_on_when_it_is_raised,
    a_fleet_that_has_spent_its_cap_on_pictures_does_other_things,
    a_model_that_sees_is_shown_residents_pictures_and_peoples_only_where_that_is_allowed,
    a_model_is_told_what_residents_wrote_and_not_what_tells_who_they_are,
    a_model_that_is_gone_leaves_the_words_to_the_offline_generator,
    a_bot_that_is_stopped_while_its_model_thinks_does_nothing_and_pays_for_it,
);

/// One look of the model costs some cents, so that money can be seen.
const DEAR: &str =
    r#"{"text": [{"provider": "openai", "model": "tiny", "input": 10000000, "output": 100000000}]}"#;

fn brain(provider: &Provider) -> Brain {
    let endpoint = Endpoint { base_url: Some(provider.url()), ..Endpoint::new("openai", "tiny") };
    let models = Models { prices: Prices::from_json(DEAR).unwrap(), ..Models::of(vec![endpoint]) };
    Brain::with_models(Arc::new(Catalogue::built_in()), models).unwrap()
}

async fn provider(writes: Writes) -> Provider {
    Provider::begin(Script { writes, ..Script::default() }).await.unwrap()
}

/// A fleet whose bots ask `provider`, and may spend as much as they like.
async fn asking<'s>(store: &'s TestStore, provider: &Provider) -> TestFleet<'s> {
    let fleet = TestFleet::over(store).await.thinking_with(brain(provider));
    let much = Some(Micros::dollars(1_000));
    let caps = SettingsChanges {
        bot_text_day: much,
        fleet_text_day: much,
        fleet_text_month: much,
        bot_picture_day: much,
        fleet_picture_day: much,
        fleet_picture_month: much,
        ..SettingsChanges::default()
    };
    fleet.bots.change_settings(caps, &fleet.asked()).await.unwrap();
    fleet
}

fn done(rows: &[Action]) -> impl Iterator<Item = &Action> {
    rows.iter().filter(|row| row.status == ActionStatus::Done)
}

async fn what_a_model_decides_is_done_paid_for_and_can_be_read_and_decided_again(store: &TestStore) {
    let provider = provider(Writes::Sensibly).await;
    let fleet = asking(store, &provider).await;
    fleet.guest_posts().await;
    let all = Weights { post: 0.3, comment: 0.4, like: 0.3, browse: 0.0 };
    fleet.with_bots(4, all).await;
    let node = fleet.start_node().await;
    for kind in [ActionKind::Post, ActionKind::Like, ActionKind::Comment] {
        fleet.until_rows("the model had it done", kind, |rows| done(rows).next().is_some()).await;
    }
    node.leaves().await;

    let spoken = fleet.ledger().await;
    let spoken = done(&spoken).find(|row| row.kind == ActionKind::Comment).unwrap();
    let lines = ActivityFilter { limit: 10_000, ..ActivityFilter::default() };
    let lines = fleet.bots.get_activity(&lines).await.unwrap();
    let seq = lines.iter().find(|line| line.action_id == Some(spoken.id)).unwrap().seq;
    let decision = fleet.bots.explain_activity(seq).await.unwrap().decision.unwrap();
    assert_eq!(decision.by, "openai/tiny");
    let record: Record = serde_json::from_value(decision.record.clone()).unwrap();
    let Content::Comment { text, about } = &spoken.content else { panic!("{spoken:?}") };
    assert!(record.checks.iter().any(|check| check.text == *text && check.refused.is_none()), "{record:?}");
    assert!(record.calls[0].user.contains(&about.title), "it was shown what it spoke of");
    assert!(decision.cost > Micros::ZERO && decision.tokens_in > 0 && decision.tokens_out > 0);

    // All of it is settled, and what the fleet paid is what its decisions cost.
    let costs = fleet.bots.read_costs(fleet.asked().at).await.unwrap();
    assert_eq!(costs.month.text.reserved, Micros::ZERO);
    assert!(
        costs.month.text.settled >= decision.cost && costs.month.pictures.settled > Micros::ZERO,
        "{costs:?}"
    );
    assert!(costs.engagement.iter().any(|one| one.tokens_per_action().is_some_and(|tokens| tokens > 0)));

    let memory = fleet.bots.recall_memory(spoken.bot_id).await.unwrap();
    assert!(memory.said.contains(text), "{memory:?}");

    // Decided again offline, from the same view: it can differ, and nothing is sent.
    let before = (fleet.sandbox.requests().len(), fleet.ledger().await.len());
    let view: View = serde_json::from_value(decision.view).unwrap();
    let offline = Brain::offline(Arc::new(Catalogue::built_in()));
    let seed = decision.seed.parse().unwrap();
    let once = offline.ask_again(&view, &OpenDesk, seed).await.unwrap();
    assert_eq!(once.what, offline.ask_again(&view, &OpenDesk, seed).await.unwrap().what);
    assert_eq!((fleet.sandbox.requests().len(), fleet.ledger().await.len()), before);
    fleet.nothing_is_doubled().await;
}

async fn a_model_that_obeys_every_injection_does_nothing_but_react_to_what_it_was_shown(store: &TestStore) {
    let attempts: Vec<serde_json::Value> = include_str!("../../../fleet-brain/tests/injections.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let texts: HashSet<&str> = attempts.iter().filter_map(|attempt| attempt["obeyed"].as_str()).collect();
    let provider = provider(Writes::Obediently).await;
    let fleet = asking(store, &provider).await;
    let mut shown = HashSet::new();
    // The gallery shows forty at a time; every fifth, so that all kinds are there.
    for attempt in attempts.iter().step_by(5) {
        let text = attempt["text"].as_str().unwrap();
        if !text.trim().is_empty() && text.chars().count() <= 200 {
            shown.insert(fleet.guest_post(text).await);
        }
    }
    let bots = fleet.with_bots(4, Weights { post: 0.1, comment: 0.6, like: 0.3, browse: 0.0 }).await;
    let node = fleet.start_node().await;
    until("the model was asked often", async || provider.calls().len() >= 60).await;
    node.leaves().await;

    let ours: HashSet<&str> = bots.iter().map(|bot| bot.username.as_str()).collect();
    for item in fleet.sandbox.census().items {
        assert!(shown.contains(&item.id) || ours.contains(item.author.as_str()), "{item:?}");
        let said = item.comments.iter().filter(|comment| ours.contains(comment.author.as_str()));
        let words = said.map(|comment| comment.content.as_str());
        let own = Some(item.title.as_str()).filter(|_| ours.contains(item.author.as_str()));
        for text in words.chain(own).chain(item.description.as_deref().filter(|_| own.is_some())) {
            assert!(!texts.contains(text), "it obeyed: {text}");
            assert!(!text.contains("://") && !text.contains('@') && !text.contains("never claim"), "{text}");
        }
    }
    for request in fleet.requests() {
        let path = request.path.split('?').next().unwrap_or_default();
        let is_known =
            ["/api/showcase", "/api/execute/sync", "/api/users/", "/api/storage/images/", "/api/images/"];
        assert!(is_known.iter().any(|known| path.starts_with(known)), "{request:?}");
    }
    fleet.nothing_is_doubled().await;
}

async fn a_fleet_that_has_spent_its_cap_rests_and_goes_on_when_it_is_raised(store: &TestStore) {
    let provider = provider(Writes::Sensibly).await;
    let fleet = asking(store, &provider).await;
    // So much to look at that the model is asked again and again.
    for number in 0..30 {
        fleet.guest_post(&format!("Harbour, evening {number}")).await;
    }
    let cap = |dollars| SettingsChanges { fleet_text_month: Some(dollars), ..SettingsChanges::default() };
    fleet.bots.change_settings(cap(Micros(80_000)), &fleet.asked()).await.unwrap();
    fleet.with_bots(3, only(ActionKind::Comment)).await;
    let node = fleet.start_node().await;
    until("the fleet rests", async || !fleet.bots.read_rests().await.unwrap().fleet.is_empty()).await;
    let rest = fleet.bots.read_rests().await.unwrap().fleet.remove(0);
    assert_eq!(rest.cause, fleet_bots::RestCause::Spending);
    assert!(rest.why.contains("$0.08") && rest.until.is_some(), "{rest:?}");
    let spent = async || fleet.bots.read_costs(fleet.asked().at).await.unwrap().month.text.total();
    assert!(spent().await <= Micros(80_000));
    until("every bot says so", async || {
        let rows = fleet.bots.list_bots(&fleet_bots::BotFilter::default()).await.unwrap().rows;
        rows.iter().all(|row| row.seen.state == Some(ObservedState::Limited))
    })
    .await;
    let asked = provider.calls().len();

    fleet.bots.change_settings(cap(Micros::dollars(1_000)), &fleet.asked()).await.unwrap();
    until("the model is asked again", async || provider.calls().len() > asked).await;
    node.leaves().await;
    assert!(fleet.bots.read_rests().await.unwrap().fleet.is_empty());
}

async fn a_fleet_that_has_spent_its_cap_on_pictures_does_other_things(store: &TestStore) {
    let fleet = TestFleet::over(store).await;
    fleet.guest_posts().await;
    // Three pictures of an image model, and all bots mean to make one at the same moment.
    let cap = SettingsChanges { fleet_picture_day: Some(Micros(130_000)), ..SettingsChanges::default() };
    fleet.bots.change_settings(cap, &fleet.asked()).await.unwrap();
    fleet.with_bots(6, Weights { post: 0.5, comment: 0.0, like: 0.5, browse: 0.0 }).await;
    let node = fleet.start_node().await;
    let spent = async || fleet.bots.read_costs(fleet.asked().at).await.unwrap().day.pictures.total();
    until("the cap is used up", async || spent().await > Micros(90_000)).await;
    let liked = fleet.ledger().await.iter().filter(|row| row.kind == ActionKind::Like).count();
    fleet.until_busy(40).await;
    fleet.until_rows("they like", ActionKind::Like, |rows| rows.len() > liked || rows.len() >= 20).await;
    node.leaves().await;
    assert!(spent().await <= Micros(130_000));
    let rows = fleet.ledger().await;
    let waiting = rows.iter().filter(|row| row.kind == ActionKind::Picture && row.status.is_open());
    assert_eq!(waiting.count(), 0, "a picture that cannot be paid for is not waited for");
    assert!(fleet.bots.read_rests().await.unwrap().fleet.is_empty());
}

async fn a_model_that_sees_is_shown_residents_pictures_and_peoples_only_where_that_is_allowed(
    store: &TestStore,
) {
    let provider = provider(Writes::Sensibly).await;
    let endpoint = Endpoint { base_url: Some(provider.url()), sees: true, ..Endpoint::new("openai", "tiny") };
    let brain = Brain::with_models(Arc::new(Catalogue::built_in()), Models::of(vec![endpoint])).unwrap();
    let fleet = TestFleet::over(store).await.thinking_with(brain);
    fleet.guest_posts().await;
    fleet.with_bots(1, only(ActionKind::Like)).await;
    let node = fleet.start_node().await;
    until("people's posts are judged", async || !provider.calls().is_empty()).await;
    node.leaves().await;
    assert!(provider.calls().iter().all(|call| call.pictures == 0), "a person's picture was shown");
    let fetched =
        || fleet.requests().into_iter().filter(|request| request.path.contains("/storage/")).count();
    assert_eq!(fetched(), 0);

    let allowed = SettingsChanges { show_peoples_pictures: Some(true), ..SettingsChanges::default() };
    fleet.bots.change_settings(allowed, &fleet.asked()).await.unwrap();
    for number in 0..6 {
        fleet.guest_post(&format!("Lamp on linen, the {number}. time")).await;
    }
    let node = fleet.start_node().await;
    until("pictures are shown", async || provider.calls().iter().any(|call| call.pictures > 0)).await;
    node.leaves().await;
    assert!(provider.calls().iter().all(|call| call.pictures <= 4) && fetched() > 0);
    let decision = fleet.ledger().await.into_iter().find_map(|row| row.decision_id);
    if let Some(decision) = decision {
        let kept = fleet.bots.get_decision(decision).await.unwrap();
        assert!(!kept.view.to_string().contains("base64"), "pictures are not kept");
    }
}

async fn a_model_is_told_what_residents_wrote_and_not_what_tells_who_they_are(store: &TestStore) {
    let provider = provider(Writes::Sensibly).await;
    let fleet = asking(store, &provider).await;
    fleet.with_bots(3, mixed()).await;
    let node = fleet.start_node().await;
    let is_told_of = |name: &str| provider.calls().iter().any(|call| call.user.contains(name));
    until("residents look at each other's pictures", async || {
        (0..3).all(|index| is_told_of(&format!("resident_{index}")))
    })
    .await;
    node.leaves().await;
    let shared = fleet.sandbox.census().items;
    assert!(shared.iter().any(|item| {
        item.description.as_ref().is_some_and(|text| text.ends_with("Made by an AI resident."))
    }));
    assert!(!is_told_of("Made by an AI resident"), "it is nothing to speak of");
}

async fn a_model_that_is_gone_leaves_the_words_to_the_offline_generator(store: &TestStore) {
    let script = Script { faults: vec![Fault::Status(500); 2_000], ..Script::default() };
    let provider = Provider::begin(script).await.unwrap();
    let fleet = asking(store, &provider).await;
    fleet.guest_posts().await;
    fleet.with_bots(3, only(ActionKind::Like)).await;
    let node = fleet.start_node().await;
    fleet.until_rows("likes are given", ActionKind::Like, |rows| done(rows).count() >= 2).await;
    node.leaves().await;
    assert!(!provider.calls().is_empty(), "the model was tried");
    let rows = fleet.ledger().await;
    let row = done(&rows).next().unwrap();
    let decision = fleet.bots.get_decision(row.decision_id.unwrap()).await.unwrap();
    let record: Record = serde_json::from_value(decision.record).unwrap();
    assert!(decision.by == "offline" && record.fell_back.is_some(), "{record:?}");
}

async fn a_bot_that_is_stopped_while_its_model_thinks_does_nothing_and_pays_for_it(store: &TestStore) {
    let provider = provider(Writes::Sensibly).await;
    provider.hold();
    let fleet = asking(store, &provider).await;
    fleet.guest_posts().await;
    let bots = fleet.with_bots(1, only(ActionKind::Comment)).await;
    let node = fleet.start_node().await;
    let open = async || fleet.bots.read_costs(fleet.asked().at).await.unwrap().month.text.reserved;
    until("money is set aside", async || open().await > Micros::ZERO).await;
    fleet.bots.stop_bots(&Selection::All, &fleet.asked()).await.unwrap();
    until("its agent is gone", async || {
        let view = fleet.bots.get_bot(&bots[0].username).await.unwrap();
        view.bot.intent == Intent::Stopped && view.seen.node_id.is_none()
    })
    .await;
    provider.let_go();
    node.leaves().await;
    assert!(fleet.ledger().await.iter().all(|row| row.kind != ActionKind::Comment));
    assert!(open().await > Micros::ZERO, "what was asked for may have been answered, and counts");
}
