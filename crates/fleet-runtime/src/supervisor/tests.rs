//! Panics, back-off and parking, with lives that break down on purpose.

use std::sync::atomic::{AtomicUsize, Ordering};

use fleet_bots::{
    ActivityFilter, Asked, Bots, Day, HourSpan, Intent, Interests, NewBot, NodeId, Observation,
    ObservedState, Rhythm, StoreAddress, Switch, Weights,
};
use fleet_brain::{Brain, Catalogue};
use fleet_gallery::{Gallery, GalleryConfig, Secret};
use tempfile::TempDir;
use tokio::sync::Semaphore;

use super::*;
use crate::board::Board;
use crate::clock::FleetClock;
use crate::node::NodeConfig;
use crate::ownership::Ownership;

/// A world with one bot in it, held by nobody.
async fn world_with_a_bot() -> (Arc<World>, BotId, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let address = StoreAddress::Sqlite(folder.path().join("fleet.db"));
    let bots = Bots::connect(&address, Switch::new(None)).await.unwrap();
    let new = NewBot {
        name: "Ada (AI)".into(),
        username: "ada".into(),
        persona: "ai_artist".into(),
        bio: String::new(),
        personality: String::new(),
        vibe: String::new(),
        interests: Interests::default(),
        weights: Weights { post: 1.0, comment: 1.0, like: 1.0, browse: 1.0 },
        rhythm: Rhythm {
            zone: "UTC".into(),
            busy: vec![HourSpan { from: 0, to: 24 }],
            days: Day::ALL.to_vec(),
        },
        min_interval_s: 1,
        max_interval_s: 3,
    };
    let bot = bots.create_bot(new, &Asked::default()).await.unwrap();
    let nowhere = "http://127.0.0.1:9/".parse().unwrap();
    let config = NodeConfig::default();
    let brain = Brain::offline(Arc::new(Catalogue::built_in()));
    let world = World {
        offered: crate::offer::Offered::new(brain.catalogue()),
        gallery: Gallery::new(GalleryConfig::new(nowhere, Secret::new("fst_test_secret"))).unwrap(),
        brain,
        clock: FleetClock::wall(),
        ownership: Ownership::new(bots.clone(), &config.name, config.lease_ttl),
        board: Board::default(),
        settings: std::sync::RwLock::default(),
        resting: crate::rests::Resting::default(),
        drawing: Semaphore::new(1),
        seeing: Semaphore::new(1),
        config,
        bots,
    };
    (Arc::new(world), bot.id, folder)
}

fn seated(bot_id: BotId) -> (Seat, watch::Sender<Orders>) {
    let wanted = WantedBot { bot_id, intent: Intent::Running, starts: 1, renames: 0, request: 0 };
    let (sender, orders) =
        watch::channel(Orders { wanted, epoch: 1, held: None, leaving: false, cancelled: false });
    let holder = Holder { node_id: NodeId::generate(), epoch: 1 };
    (Seat { bot_id, holder, orders }, sender)
}

/// Waits until the log holds `count` activities of `kind`.
async fn logged(world: &World, kind: ActivityKind, count: usize) {
    let filter = ActivityFilter { kinds: vec![kind], ..ActivityFilter::default() };
    let waiting = async {
        while world.bots.get_activity(&filter).await.unwrap().len() < count {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), waiting).await.expect("it is logged in time");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_panics_within_a_minute_park_a_bot_until_it_is_started_again() {
    let (world, bot_id, _folder) = world_with_a_bot().await;
    let (seat, orders) = seated(bot_id);
    let lives = AtomicUsize::new(0);
    let supervised = supervise(&world, seat, None, None, async |_: &World, _: Seat, _: Option<FleetTime>| {
        // The sixth life is a good one.
        assert!(lives.fetch_add(1, Ordering::SeqCst) >= 5, "broken on purpose");
    });
    let watched = async {
        logged(&world, ActivityKind::Parked, 1).await;
        assert_eq!(lives.load(Ordering::SeqCst), 5, "it was begun anew four times, and no more");
        let filter = ActivityFilter { kinds: vec![ActivityKind::Parked], ..ActivityFilter::default() };
        let told = world.bots.get_activity(&filter).await.unwrap().remove(0).message;
        assert!(told.contains("broken on purpose") && told.contains("start it"), "{told}");
        orders.send_modify(|orders| orders.wanted.starts += 1);
    };
    tokio::join!(supervised, watched);
    assert_eq!(lives.load(Ordering::SeqCst), 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_was_parked_stays_so_on_another_node() {
    let (world, bot_id, _folder) = world_with_a_bot().await;
    let (seat, orders) = seated(bot_id);
    let lives = AtomicUsize::new(0);
    let supervised = supervise(
        &world,
        seat,
        None,
        parked_at_its_first_start(),
        async |_: &World, _: Seat, _: Option<FleetTime>| {
            lives.fetch_add(1, Ordering::SeqCst);
        },
    );
    tokio::join!(supervised, async { orders.send_modify(|orders| orders.leaving = true) });
    assert_eq!(lives.load(Ordering::SeqCst), 0, "a parked bot must not live");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_one_breaks_down_again_and_again_the_others_go_on() {
    let (world, bot_id, _folder) = world_with_a_bot().await;
    let (broken, broken_orders) = seated(bot_id);
    let (sound, sound_orders) = seated(bot_id);
    let beats = AtomicUsize::new(0);
    let breaks = supervise(&world, broken, None, None, async |_: &World, _: Seat, _: Option<FleetTime>| {
        panic!("broken on purpose")
    });
    let lives = supervise(&world, sound, None, None, async |_: &World, seat: Seat, _: Option<FleetTime>| {
        while !seat.orders.borrow().leaving {
            beats.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    let watched = async {
        logged(&world, ActivityKind::Parked, 1).await;
        let before = beats.load(Ordering::SeqCst);
        while beats.load(Ordering::SeqCst) < before + 10 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        for orders in [broken_orders, sound_orders] {
            orders.send_modify(|orders| orders.leaving = true);
        }
    };
    tokio::join!(breaks, lives, watched);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_parking_is_seen_with_its_reason_and_with_the_start_it_belongs_to() {
    let (world, bot_id, _folder) = world_with_a_bot().await;
    let asked = Asked::default();
    world.bots.start_bot(bot_id, &asked).await.unwrap();
    world.ownership.join(&asked).await.unwrap();
    let lease = world.ownership.claim().await.unwrap().remove(0);
    let (mut seat, _orders) = seated(bot_id);
    seat.holder = Holder { node_id: world.ownership.node_id(), epoch: lease.epoch };
    seat.parks(&world, "it went wrong 5 times within a minute", 1);
    world.board.write(&world.bots).await.unwrap();
    let seen = world.bots.get_bot("ada").await.unwrap().seen;
    assert_eq!((seen.state, seen.parked_start), (Some(ObservedState::Parked), Some(1)));
    assert_eq!(seen.state_note.as_deref(), Some("it went wrong 5 times within a minute"));
    // A later sight of another kind takes the parking away.
    let resting = Observation { parked_start: None, state: ObservedState::Resting, ..parked_sight(&seat) };
    world.board.note(resting);
    world.board.write(&world.bots).await.unwrap();
    assert_eq!(world.bots.get_bot("ada").await.unwrap().seen.parked_start, None);
}

fn parked_at_its_first_start() -> Option<Parking> {
    Some(Parking { starts: 1, why: "it went wrong".into() })
}

fn parked_sight(seat: &Seat) -> Observation {
    Observation {
        bot_id: seat.bot_id,
        holder: seat.holder,
        state: ObservedState::Parked,
        state_note: None,
        current_action: None,
        last_thought: None,
        next_wake: None,
        parked_start: Some(1),
    }
}
