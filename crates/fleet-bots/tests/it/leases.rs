//! Who holds which bot.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use fleet_bots::{
    ActivityKind, Bot, Bots, Error, Holder, Lease, NodeId, Observation, ObservedState, Selection,
};
use sea_orm::{ConnectionTrait, Statement};

use crate::fixtures::*;
use crate::store::{TestStore, within};

store_tests![
    many_claims_at_once_take_every_wanted_bot_once,
    two_nodes_see_one_owner_a_bot,
    a_file_has_one_node_and_postgres_has_many,
    only_wanted_bots_are_claimed,
    the_bots_of_an_expired_node_are_free_and_the_epoch_rises,
    a_node_that_has_expired_takes_nothing,
    a_released_bot_is_free_at_once,
    only_the_holder_releases,
    a_node_that_leaves_hands_its_bots_back,
    a_node_that_is_gone_cannot_be_renewed,
    a_node_whose_leases_have_lapsed_cannot_be_renewed,
    nodes_that_died_long_ago_are_forgotten,
    a_node_lives_from_when_it_joined,
    a_node_is_told_what_it_holds_while_its_leases_live,
    a_sight_is_kept_and_what_it_does_not_name_stands,
    a_sight_under_an_old_lease_is_passed_over,
    a_parking_is_seen_by_the_next_holder,
    nobody_is_thrown_out_however_many_write_at_once,
];

async fn many_claims_at_once_take_every_wanted_bot_once(store: &TestStore) {
    const BOTS: usize = 400;
    let bots = &store.bots;
    run_bots(bots, BOTS).await;
    // A file has one node; Postgres has two, in processes of their own.
    let other = store.another().await;
    let here = join(bots).await;
    let there = if store.is_sqlite() { here } else { join(&other).await };
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let (bots, node_id) = if task % 2 == 0 { (bots.clone(), here) } else { (other.clone(), there) };
            tokio::spawn(async move { claim_until_none(&bots, node_id).await })
        })
        .collect();
    let mut claimed: Vec<Lease> = Vec::new();
    for task in tasks {
        claimed.extend(task.await.unwrap());
    }
    assert!(claimed.iter().all(|lease| lease.epoch == 1), "a bot was claimed over somebody's head");
    let distinct: HashSet<_> = claimed.iter().map(|lease| lease.bot_id).collect();
    assert_eq!((claimed.len(), distinct.len()), (BOTS, BOTS));
}

/// Takes a few at a time; rows that another claim holds are skipped, so it looks again until all are taken.
async fn claim_until_none(bots: &Bots, node_id: NodeId) -> Vec<Lease> {
    let mut claimed = Vec::new();
    loop {
        let some = bots.claim_leases(node_id, 17).await.unwrap();
        if some.is_empty() {
            return claimed;
        }
        claimed.extend(some);
    }
}

async fn two_nodes_see_one_owner_a_bot(store: &TestStore) {
    if store.is_sqlite() {
        // The second node to open a file is the only one: the first is gone, whatever its row says.
        let (bot, before) = one_held_bot(&store.bots).await;
        let node_id = join(&store.bots).await;
        let lease = store.bots.claim_leases(node_id, 9).await.unwrap().remove(0);
        assert_eq!((lease.bot_id, lease.node_id, lease.epoch), (bot.id, Some(node_id), before.epoch + 1));
        assert_eq!(store.bots.fleet_summary().await.unwrap().nodes, 1);
        return;
    }
    let other = store.another().await;
    run_bots(&store.bots, 10).await;
    let (here, there) = (join(&store.bots).await, join(&other).await);
    let ours = store.bots.claim_leases(here, 6).await.unwrap();
    let theirs = other.claim_leases(there, 100).await.unwrap();
    assert_eq!((ours.len(), theirs.len()), (6, 4));
    for bots in [&store.bots, &other] {
        assert_eq!(bots.fleet_summary().await.unwrap().nodes, 2);
        for view in bots.list_bots(&Default::default()).await.unwrap().rows {
            let is_ours = ours.iter().any(|lease| lease.bot_id == view.bot.id);
            assert_eq!(view.seen.node_id, Some(if is_ours { here } else { there }));
        }
    }
}

async fn a_file_has_one_node_and_postgres_has_many(store: &TestStore) {
    let other = store.another().await;
    let first = join(&store.bots).await;
    let second = other.register_node(NodeId::generate(), "there", LONG, &asked()).await;
    if !store.is_sqlite() {
        second.unwrap();
        return;
    }
    let error = second.unwrap_err();
    assert!(matches!(error, Error::Conflict(_)), "{error:?}");
    assert!(error.to_string().contains("use Postgres for more than one node"), "{error}");
    store.bots.retire_node(first, &asked()).await.unwrap();
    join(&other).await;
}

async fn only_wanted_bots_are_claimed(store: &TestStore) {
    let bots = &store.bots;
    let made = run_bots(bots, 4).await;
    bots.pause_bot(made[1].id, &asked()).await.unwrap();
    bots.stop_bot(made[2].id, &asked()).await.unwrap();
    bots.delete_bot(made[3].id, AccountAfter::Removed, &asked()).await.unwrap();
    let node_id = join(bots).await;
    let claimed: HashSet<_> =
        bots.claim_leases(node_id, 9).await.unwrap().iter().map(|lease| lease.bot_id).collect();
    assert_eq!(claimed, HashSet::from([made[0].id, made[1].id]));
    assert!(bots.claim_leases(node_id, 9).await.unwrap().is_empty(), "what it holds is not claimed again");
}

async fn the_bots_of_an_expired_node_are_free_and_the_epoch_rises(store: &TestStore) {
    let bots = &store.bots;
    let (bot, before) = one_held_bot(bots).await;
    bots.renew_node(before.node_id, Duration::ZERO).await.unwrap();
    let node_id = join(bots).await;
    let lease = bots.claim_leases(node_id, 1).await.unwrap().remove(0);
    assert_eq!((lease.bot_id, lease.node_id, lease.epoch), (bot.id, Some(node_id), before.epoch + 1));
    assert_eq!(lease.state, Some(ObservedState::Starting));
    assert!(lease.claimed_at.is_some());
}

async fn a_node_that_has_expired_takes_nothing(store: &TestStore) {
    let bots = &store.bots;
    let (_, holder) = one_held_bot(bots).await;
    bots.renew_node(holder.node_id, Duration::ZERO).await.unwrap();
    assert!(bots.claim_leases(holder.node_id, 9).await.unwrap().is_empty());
    assert!(bots.claim_leases(NodeId::generate(), 9).await.unwrap().is_empty(), "nor one that never joined");
    assert_eq!(bots.fleet_summary().await.unwrap().nodes, 0);
}

async fn a_released_bot_is_free_at_once(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    bots.release_leases(holder.node_id, &[bot.id]).await.unwrap();
    let seen = bots.get_bot("bot_000").await.unwrap().seen;
    assert_eq!((seen.node_id, seen.state, seen.current_action), (None, None, None));
    assert_eq!(bots.claim_leases(holder.node_id, 9).await.unwrap()[0].epoch, holder.epoch + 1);
}

async fn only_the_holder_releases(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    bots.release_leases(NodeId::generate(), &[bot.id]).await.unwrap();
    assert_eq!(bots.get_bot("bot_000").await.unwrap().seen.node_id, Some(holder.node_id));
}

async fn a_node_that_leaves_hands_its_bots_back(store: &TestStore) {
    let bots = &store.bots;
    let (_, holder) = one_held_bot(bots).await;
    bots.retire_node(holder.node_id, &asked()).await.unwrap();
    assert_eq!(bots.get_bot("bot_000").await.unwrap().seen.node_id, None);
    assert_eq!(bots.fleet_summary().await.unwrap().nodes, 0);
    assert_eq!(told(bots, ActivityKind::NodeLeft).await.len(), 1);
    bots.retire_node(holder.node_id, &asked()).await.unwrap();
    assert_eq!(told(bots, ActivityKind::NodeLeft).await.len(), 1, "it can leave once");
    let node_id = join(bots).await;
    assert_eq!(bots.claim_leases(node_id, 9).await.unwrap().len(), 1);
}

async fn a_node_that_is_gone_cannot_be_renewed(store: &TestStore) {
    let node_id = join(&store.bots).await;
    store.bots.renew_node(node_id, LONG).await.unwrap();
    store.bots.retire_node(node_id, &asked()).await.unwrap();
    let error = store.bots.renew_node(node_id, LONG).await.unwrap_err();
    assert!(matches!(error, Error::Overtaken(_)), "{error:?}");
}

async fn a_node_whose_leases_have_lapsed_cannot_be_renewed(store: &TestStore) {
    let bots = &store.bots;
    let (_, holder) = one_held_bot(bots).await;
    bots.renew_node(holder.node_id, Duration::ZERO).await.unwrap();
    let error = bots.renew_node(holder.node_id, LONG).await.unwrap_err();
    assert!(matches!(error, Error::Overtaken(_)), "{error:?}");
    assert!(error.to_string().contains("it has to join anew"), "{error}");
    assert_eq!(bots.fleet_summary().await.unwrap().nodes, 0);

    let stillborn = NodeId::generate();
    bots.register_node(stillborn, "here", Duration::ZERO, &asked()).await.unwrap();
    assert!(matches!(bots.renew_node(stillborn, LONG).await, Err(Error::Overtaken(_))));
    let node_id = join(bots).await;
    bots.renew_node(node_id, LONG).await.unwrap();
    assert_eq!(bots.claim_leases(node_id, 9).await.unwrap().len(), 1);
}

async fn nodes_that_died_long_ago_are_forgotten(store: &TestStore) {
    let bots = &store.bots;
    let (bot, before) = one_held_bot(bots).await;
    let past = store.past_the_gateway().await;
    let long_ago = "UPDATE nodes SET expires_at = expires_at - 90000000000";
    past.execute_unprepared(long_ago).await.unwrap();
    let lately = NodeId::generate();
    bots.register_node(lately, "lately", Duration::ZERO, &asked()).await.unwrap();
    let alive = join(bots).await;
    let ids = "SELECT id FROM nodes";
    let ids = past.query_all_raw(Statement::from_string(past.get_database_backend(), ids)).await.unwrap();
    let ids: HashSet<_> = ids.iter().map(|row| NodeId(row.try_get_by_index(0).unwrap())).collect();
    assert_eq!(ids, HashSet::from([lately, alive]), "one that died lately can still be looked at");
    let lease = bots.claim_leases(alive, 9).await.unwrap().remove(0);
    assert_eq!((lease.bot_id, lease.epoch), (bot.id, before.epoch + 1));
}

async fn a_node_lives_from_when_it_joined(store: &TestStore) {
    let bots = &store.bots;
    let node =
        bots.register_node(NodeId::generate(), "here", Duration::from_secs(15), &asked()).await.unwrap();
    let lives = node.expires_at.since(node.started_at);
    assert!((Duration::from_secs(15)..Duration::from_secs(25)).contains(&lives), "{lives:?}");
    let renewed = bots.renew_node(node.id, Duration::from_secs(600)).await.unwrap();
    assert_eq!(renewed.started_at, node.started_at);
    assert!(renewed.expires_at > node.expires_at);
    assert_eq!(told(bots, ActivityKind::NodeJoined).await[0].message, "node here joined");
}

async fn a_node_is_told_what_it_holds_while_its_leases_live(store: &TestStore) {
    let bots = &store.bots;
    let made = run_bots(bots, 3).await;
    let node_id = join(bots).await;
    assert!(bots.held_leases(node_id).await.unwrap().is_empty());
    let claimed = bots.claim_leases(node_id, 2).await.unwrap();
    let held = async || HashSet::<_>::from_iter(bots.held_leases(node_id).await.unwrap());
    assert_eq!(held().await, claimed.iter().map(|lease| (lease.bot_id, lease.epoch)).collect());
    assert!(bots.held_leases(NodeId::generate()).await.unwrap().is_empty(), "another node holds nothing");

    bots.release_leases(node_id, &[claimed[0].bot_id]).await.unwrap();
    assert_eq!(held().await, HashSet::from([(claimed[1].bot_id, 1)]));
    let again = bots.claim_leases(node_id, 9).await.unwrap();
    assert_eq!((again.len(), held().await.len()), (2, made.len()));
    assert!(held().await.contains(&(claimed[0].bot_id, 2)), "the epoch is that of the present claim");

    bots.renew_node(node_id, Duration::ZERO).await.unwrap();
    assert_eq!(held().await, HashSet::new());
}

fn sight(holder: Holder, bot: &fleet_bots::Bot) -> Observation {
    Observation {
        bot_id: bot.id,
        holder,
        state: ObservedState::Resting,
        state_note: Some("until noon".into()),
        current_action: None,
        last_thought: Some("enough for today".into()),
        next_wake: Some(at(900)),
        parked_start: None,
    }
}

async fn a_sight_is_kept_and_what_it_does_not_name_stands(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    bots.observe_bots(vec![sight(holder, &bot)]).await.unwrap();
    let acting = Observation {
        state: ObservedState::Acting,
        state_note: None,
        current_action: Some("liking".into()),
        last_thought: None,
        next_wake: None,
        ..sight(holder, &bot)
    };
    bots.observe_bots(vec![acting]).await.unwrap();
    let seen = bots.get_bot("bot_000").await.unwrap().seen;
    assert_eq!((seen.state, seen.state_note), (Some(ObservedState::Acting), None));
    assert_eq!(seen.current_action.as_deref(), Some("liking"));
    assert_eq!((seen.last_thought.as_deref(), seen.next_wake), (Some("enough for today"), Some(at(900))));
    bots.observe_bots(Vec::new()).await.unwrap();
}

async fn a_sight_under_an_old_lease_is_passed_over(store: &TestStore) {
    let bots = &store.bots;
    let (bot, old) = one_held_bot(bots).await;
    bots.release_leases(old.node_id, &[bot.id]).await.unwrap();
    let lease = bots.claim_leases(old.node_id, 1).await.unwrap().remove(0);
    bots.observe_bots(vec![sight(old, &bot)]).await.unwrap();
    assert_eq!(bots.get_bot("bot_000").await.unwrap().seen, lease);
}

async fn a_parking_is_seen_by_the_next_holder(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let parked = Observation {
        state: ObservedState::Parked,
        state_note: Some("it panicked five times".into()),
        parked_start: Some(bot.starts),
        ..sight(holder, &bot)
    };
    bots.observe_bots(vec![parked]).await.unwrap();
    bots.retire_node(holder.node_id, &asked()).await.unwrap();
    let node_id = join(bots).await;
    let lease = bots.claim_leases(node_id, 1).await.unwrap().remove(0);
    assert_eq!(lease.parked_start, Some(bot.starts));
    assert_eq!(lease.state_note.as_deref(), Some("it panicked five times"));
    let started = bots.start_bots(&Selection::All, &asked()).await.unwrap().remove(0);
    assert_ne!(lease.parked_start, Some(started.starts), "starting it again unparks it");
}

/// Writers that lock the same rows in different orders would wait for each other, and Postgres would throw one of them
/// out.
async fn nobody_is_thrown_out_however_many_write_at_once(store: &TestStore) {
    const BOTS: usize = 80;
    let rounds = if store.is_sqlite() { 3 } else { 12 };
    let made = run_bots(&store.bots, BOTS).await;
    let node_id = join(&store.bots).await;
    store.bots.claim_leases(node_id, 1_000).await.unwrap();
    let backwards: Vec<_> = made.iter().rev().cloned().collect();
    let mut writers = tokio::task::JoinSet::new();
    for order in [made, backwards] {
        let ids: Vec<_> = order.iter().map(|bot| bot.id).collect();
        let (bots, all) = (store.bots.clone(), order);
        writers.spawn(async move {
            for _ in 0..rounds {
                let held: HashMap<_, _> = bots.held_leases(node_id).await?.into_iter().collect();
                let sight_of = |bot: &Bot| Some(sight(Holder { node_id, epoch: *held.get(&bot.id)? }, bot));
                bots.observe_bots(all.iter().filter_map(sight_of).collect()).await?;
            }
            Ok::<_, Error>(())
        });
        let (bots, some) = (store.bots.clone(), ids.clone());
        writers.spawn(async move {
            for _ in 0..rounds {
                bots.release_leases(node_id, &some).await?;
                bots.claim_leases(node_id, 1_000).await?;
            }
            Ok(())
        });
        let bots = store.bots.clone();
        writers.spawn(async move {
            for _ in 0..rounds {
                bots.stop_bots(&Selection::Ids(ids.clone()), &asked()).await?;
                bots.start_bots(&Selection::All, &asked()).await?;
            }
            Ok(())
        });
        let bots = store.bots.clone();
        writers.spawn(async move {
            for _ in 0..rounds {
                let passing = NodeId::generate();
                bots.register_node(passing, "passing", LONG, &asked()).await?;
                bots.claim_leases(passing, 30).await?;
                bots.retire_node(passing, &asked()).await?;
            }
            Ok(())
        });
    }
    while let Some(written) = within("every writer ends", writers.join_next()).await {
        written.unwrap().unwrap();
    }
}
