//! What the gallery said that keeps the fleet or a bot from acting: kept, told once when it begins and once when it ends,
//! and beside what operators want.

use std::time::{Duration, Instant};

use fleet_bots::{
    AccountAfter, ActionStatus, ActivityKind, Bots, FleetTime, Intent, NewRest, RestCause, Rests, Selection,
};
use tokio::task::JoinSet;

use crate::fixtures::*;
use crate::store::{TestStore, until};

store_tests![
    a_rest_is_told_once_when_it_begins_and_once_when_it_ends,
    a_rest_of_one_bot_is_not_the_fleets,
    a_rest_and_what_the_operator_wants_do_not_touch_each_other,
    of_all_nodes_one_probes_and_less_often_each_time,
    a_node_that_starts_probes_soon,
    a_post_that_is_gone_is_forgotten_with_what_was_planned_there,
];

fn rest(cause: RestCause, until: Option<FleetTime>) -> NewRest {
    NewRest {
        bot_id: None,
        cause,
        why: "the gallery said so".into(),
        until,
        at: at(0),
        probe_in: Duration::ZERO,
    }
}

/// How many of them said yes.
async fn all_at_once(work: impl Iterator<Item = impl Future<Output = bool> + Send + 'static>) -> usize {
    work.collect::<JoinSet<_>>().join_all().await.into_iter().filter(|yes| *yes).count()
}

async fn causes(bots: &Bots) -> Vec<RestCause> {
    bots.read_rests().await.unwrap().fleet.into_iter().map(|rest| rest.cause).collect()
}

async fn a_rest_is_told_once_when_it_begins_and_once_when_it_ends(store: &TestStore) {
    let bots = &store.bots;
    assert_eq!(bots.read_rests().await.unwrap(), Rests::default());
    let budget = |seconds| rest(RestCause::Budget, Some(at(seconds)));
    let begun = all_at_once((0..8).map(|index| {
        let bots = bots.clone();
        async move { bots.begin_rest(budget(100 + index)).await.unwrap() }
    }));
    assert_eq!(begun.await, 1);
    assert!(bots.begin_rest(rest(RestCause::Paused, None)).await.unwrap());
    // An earlier end does not shorten it.
    bots.begin_rest(budget(10)).await.unwrap();
    assert_eq!(causes(bots).await, [RestCause::Paused, RestCause::Budget]);
    let rests = bots.read_rests().await.unwrap();
    assert_eq!((rests.first_end, rests.fleet[1].until), (Some(at(107)), Some(at(107))));
    assert_eq!(bots.fleet_summary().await.unwrap().rests, rests.fleet);
    let lines = told(bots, ActivityKind::RestBegun).await;
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line.message == "the whole fleet rests: the gallery said so"));

    assert!(bots.lapse_rests(at(106)).await.unwrap().is_empty());
    let (one, other) = tokio::join!(bots.lapse_rests(at(107)), bots.lapse_rests(at(107)));
    assert_eq!(one.unwrap().len() + other.unwrap().len(), 1);
    assert_eq!(bots.end_rests(&[RestCause::Token, RestCause::Paused], at(200)).await.unwrap().len(), 1);
    assert!(bots.end_rests(&[RestCause::Token, RestCause::Paused], at(200)).await.unwrap().is_empty());
    assert_eq!(told(bots, ActivityKind::RestEnded).await.len(), 2);
    assert_eq!(bots.read_rests().await.unwrap(), Rests::default());
}

async fn a_rest_of_one_bot_is_not_the_fleets(store: &TestStore) {
    let bots = &store.bots;
    let some = make_bots(bots, 2).await;
    let own = NewRest { bot_id: Some(some[0].id), ..rest(RestCause::Budget, Some(at(50))) };
    assert!(bots.begin_rest(own.clone()).await.unwrap());
    let rests = bots.read_rests().await.unwrap();
    assert!(rests.fleet.is_empty() && rests.any_of_bots);
    assert_eq!(rests.first_end, Some(at(50)));
    assert_eq!(bots.rests_of(Some(some[0].id)).await.unwrap()[0].bot(), Some(some[0].id));
    assert!(bots.rests_of(Some(some[1].id)).await.unwrap().is_empty());
    assert!(bots.end_rests(&[RestCause::Budget], at(1)).await.unwrap().is_empty());
    bots.lapse_rests(at(50)).await.unwrap();
    let line = told(bots, ActivityKind::RestEnded).await.remove(0);
    assert_eq!((line.bot_id, line.message.as_str()), (Some(some[0].id), "BOT_000 has rested, and goes on"));
    bots.delete_bot(some[0].id, AccountAfter::Removed, &asked()).await.unwrap();
    assert!(bots.begin_rest(own).await.is_err());
    assert_eq!(bots.read_rests().await.unwrap(), Rests::default());
}

async fn a_rest_and_what_the_operator_wants_do_not_touch_each_other(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    bots.begin_rest(rest(RestCause::Paused, None)).await.unwrap();
    bots.pause_bots(&Selection::All, &asked()).await.unwrap();
    bots.resume_bots(&Selection::All, &asked()).await.unwrap();
    bots.stop_bots(&Selection::All, &asked()).await.unwrap();
    bots.start_bots(&Selection::All, &asked()).await.unwrap();
    assert_eq!(causes(bots).await, [RestCause::Paused]);
    bots.pause_bots(&Selection::All, &asked()).await.unwrap();
    bots.end_rests(&[RestCause::Paused], at(9)).await.unwrap();
    let bot = bots.get_bot(&bot.username).await.unwrap().bot;
    assert_eq!(bot.intent, Intent::Paused);
}

async fn of_all_nodes_one_probes_and_less_often_each_time(store: &TestStore) {
    let bots = &store.bots;
    let first = Duration::from_millis(200);
    assert!(!bots.claim_probe(first, 1.0, false).await.unwrap(), "nothing to probe for");
    bots.begin_rest(rest(RestCause::Token, None)).await.unwrap();
    bots.begin_rest(rest(RestCause::Paused, None)).await.unwrap();
    // Of each claim that was granted, when it was asked for and when it was known of.
    let mut granted = Vec::new();
    until("three probes were due", async || {
        let asking = (0..4).map(|_| {
            let bots = bots.clone();
            async move {
                let asked = Instant::now();
                bots.claim_probe(first, 1.0, false).await.unwrap().then(|| (asked, Instant::now()))
            }
        });
        granted.extend(asking.collect::<JoinSet<_>>().join_all().await.into_iter().flatten());
        granted.len() >= 3
    })
    .await;
    granted.sort_by_key(|(_, known)| *known);
    for (pair, least) in granted.windows(2).zip([150, 300]) {
        let apart = pair[1].1 - pair[0].0;
        assert!(apart >= Duration::from_millis(least), "two of them probe within {apart:?}");
    }
    let probes: Vec<_> = bots.read_rests().await.unwrap().fleet.iter().map(|rest| rest.probes).collect();
    assert!(probes.iter().all(|probes| usize::try_from(*probes).unwrap() == granted.len()), "{probes:?}");
}

async fn a_node_that_starts_probes_soon(store: &TestStore) {
    let bots = &store.bots;
    let long = Duration::from_secs(600);
    bots.begin_rest(NewRest { probe_in: long, ..rest(RestCause::Token, None) }).await.unwrap();
    assert!(!bots.claim_probe(long, 1.0, false).await.unwrap());
    assert!(bots.claim_probe(long, 1.0, true).await.unwrap());
    assert!(!bots.claim_probe(long, 1.0, true).await.unwrap(), "another one has only just probed");
}

async fn a_post_that_is_gone_is_forgotten_with_what_was_planned_there(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    bots.remember_posts(bot.id, vec![seen_post("here"), seen_post("gone")]).await.unwrap();
    let (gone, here) = (planned(bots, &bot, like("gone")).await, planned(bots, &bot, like("here")).await);
    assert_eq!(bots.forget_post(bot.id, "gone", at(3)).await.unwrap(), 1);
    let left = bots.recall_posts(bot.id).await.unwrap();
    assert_eq!(left.iter().map(|post| post.post_id.as_str()).collect::<Vec<_>>(), ["here"]);
    let rows =
        bots.recent_actions(&fleet_bots::ActionFilter { limit: 10, ..Default::default() }).await.unwrap();
    let row = |id| rows.iter().find(|row| row.id == id).unwrap();
    assert_eq!(row(gone.id).status, ActionStatus::Failed);
    assert_eq!(row(gone.id).failure.as_deref(), Some("the post is gone"));
    assert_eq!(row(here.id).status, ActionStatus::Planned);
    assert!(told(bots, ActivityKind::Error).await.is_empty());
}
