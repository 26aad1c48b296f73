//! The pure parts of an agent: thoughts, choices and pauses, drawn many times from seeded dice.

use std::time::Duration;

use fleet_bots::{Account, Bot, BotId, Day, FleetTime, HourSpan, Intent, Interests, Phase, Rhythm, Weights};
use fleet_gallery::Item;
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::json;

use super::choose::{Caps, Reaction, choose};
use super::decide::{Wish, decide};
use super::look::Seen;
use super::pacing;

fn bot(weights: Weights, zone: &str, busy: (u8, u8)) -> Bot {
    Bot {
        id: BotId::generate(),
        name: "Ada (AI)".into(),
        username: "ada".into(),
        persona: "ai_artist".into(),
        bio: String::new(),
        personality: String::new(),
        vibe: String::new(),
        interests: Interests::default(),
        weights,
        rhythm: Rhythm {
            zone: zone.into(),
            busy: vec![HourSpan { from: busy.0, to: busy.1 }],
            days: Day::ALL.to_vec(),
        },
        min_interval_s: 60,
        max_interval_s: 300,
        intent: Intent::Running,
        starts: 1,
        account: Account::Ready,
        account_note: None,
        account_name: None,
        account_asked_at: None,
        account_tries: 0,
        account_due: None,
        renames: 0,
        posts: 0,
        comments: 0,
        likes: 0,
        browses: 0,
        errors: 0,
        last_action: None,
        last_action_at: None,
        created_at: FleetTime(0),
        updated_at: FleetTime(0),
        deleted_at: None,
    }
}

fn at(text: &str) -> FleetTime {
    text.parse::<jiff::Timestamp>().unwrap().into()
}

fn seen(index: usize, likes_it: bool, is_liked: bool, remark: Option<&str>) -> Seen {
    let item: Item = serde_json::from_value(json!({
        "id": format!("post-{index}"), "title": "t", "image": {"id": "p"}, "user": {"id": "u"},
        "createdAt": "2026-03-05T12:00:00Z", "isLiked": is_liked,
    }))
    .unwrap();
    Seen { item, likes_it, remark: remark.map(str::to_owned), why: "w".into(), decision: None }
}

const EVEN: Weights = Weights { post: 1.0, comment: 1.0, like: 1.0, browse: 1.0 };

#[test]
fn wishes_are_drawn_in_proportion_to_the_weights_however_they_are_scaled() {
    for scale in [1e-9, 1.0, 1e9] {
        let weights = Weights { post: scale, comment: 2.0 * scale, like: 3.0 * scale, browse: 4.0 * scale };
        let ada = bot(weights, "UTC", (0, 24));
        let mut dice = StdRng::seed_from_u64(7);
        let mut counts = [0_u32; 4];
        for _ in 0..20_000 {
            match decide(&ada, ada.weights, None, FleetTime(0), &mut dice).wish {
                Wish::Post => counts[0] += 1,
                Wish::Comment => counts[1] += 1,
                Wish::Like => counts[2] += 1,
                Wish::Browse => counts[3] += 1,
                other => panic!("{other:?}"),
            }
        }
        for (count, share) in counts.iter().zip([0.1, 0.2, 0.3, 0.4]) {
            let found = f64::from(*count) / 20_000.0;
            assert!((found - share).abs() < 0.02, "{counts:?} at scale {scale}");
        }
    }
}

#[test]
fn at_its_local_night_a_bot_rests_until_its_morning_whoever_waits() {
    let tokyo = bot(EVEN, "Asia/Tokyo", (9, 17));
    let mut dice = StdRng::seed_from_u64(7);
    // Half past two in the morning in Tokyo.
    let thought = decide(&tokyo, tokyo.weights, Some("post-1"), at("2026-03-04T17:30:00Z"), &mut dice);
    assert_eq!(thought.wish, Wish::Rest { until: at("2026-03-04T22:00:00Z") });
    assert!(thought.why.contains("Asia/Tokyo"), "{}", thought.why);
}

#[test]
fn who_wrote_under_its_post_is_answered_before_most_other_things() {
    let ada = bot(EVEN, "UTC", (0, 24));
    let mut dice = StdRng::seed_from_u64(7);
    let answers = (0..1_000)
        .filter(|_| {
            matches!(
                decide(&ada, ada.weights, Some("post-1"), FleetTime(0), &mut dice).wish,
                Wish::Answer { .. }
            )
        })
        .count();
    assert!((700..900).contains(&answers), "{answers} of 1,000");
}

#[test]
fn the_same_state_and_dice_have_the_same_thought() {
    let ada = bot(EVEN, "UTC", (0, 24));
    for seed in 0..50 {
        let think = || decide(&ada, ada.weights, None, FleetTime(0), &mut StdRng::seed_from_u64(seed));
        assert_eq!(think(), think());
    }
}

#[test]
fn pauses_keep_to_their_bounds_in_busy_hours_and_are_longer_outside() {
    let ada = bot(EVEN, "UTC", (0, 24));
    let mut dice = StdRng::seed_from_u64(7);
    let mut draw = |phase| -> Vec<f64> {
        (0..5_000).map(|_| pacing::interval(&ada, phase, 1.0, &mut dice).as_secs_f64()).collect()
    };
    let busy = draw(Phase::Busy);
    assert!(busy.iter().all(|pause| (60.0..=300.0).contains(pause)));
    let mean = |pauses: &[f64]| pauses.iter().sum::<f64>() / pauses.len() as f64;
    assert!(mean(&draw(Phase::Quiet)) > 3.0 * mean(&busy));
    let (short, long) = (busy.iter().filter(|pause| **pause < 120.0).count(), busy.len());
    assert!(short > long / 4 && short < long, "{short} of {long} are short");
}

#[test]
fn a_bot_with_one_single_pause_keeps_to_it_at_every_pace() {
    let ada = Bot { min_interval_s: 90, max_interval_s: 90, ..bot(EVEN, "UTC", (0, 24)) };
    for (pace, seconds) in [(1.0, 90.0), (0.25, 22.5), (10.0, 900.0)] {
        let pause = pacing::interval(&ada, Phase::Busy, pace, &mut StdRng::seed_from_u64(7));
        assert_eq!(pause, Duration::from_secs_f64(seconds));
    }
}

#[test]
fn after_a_restart_those_who_are_overdue_spread_and_the_others_keep_their_wake() {
    let now = at("2026-03-05T12:00:00Z");
    let mut dice = StdRng::seed_from_u64(7);
    let later = now.plus(Duration::from_secs(999));
    assert_eq!(pacing::taking_over(Some(later), now, &mut dice), later);

    let overdue = Some(now.minus(Duration::from_secs(3_600)));
    let mut buckets = [0_u32; 300];
    for _ in 0..3_000 {
        let wake = pacing::taking_over(overdue, now, &mut dice).since(now);
        buckets[usize::try_from(wake.as_secs()).unwrap()] += 1;
    }
    assert!(buckets.iter().all(|bucket| *bucket <= 30), "a second holds {:?} of 3,000", buckets.iter().max());
}

#[test]
fn backing_off_grows_and_is_never_longer_than_five_minutes() {
    let mut dice = StdRng::seed_from_u64(7);
    let mut wait = |failures| (0..200).map(|_| pacing::back_off(failures, &mut dice)).max().unwrap();
    assert!(wait(1) < wait(4));
    assert!(wait(u32::MAX) <= Duration::from_secs(300));
}

#[test]
fn a_like_is_never_chosen_twice_and_looking_changes_nothing() {
    let view = [seen(0, true, true, None), seen(1, true, false, None), seen(2, false, false, None)];
    for seed in 0..100 {
        let mut dice = StdRng::seed_from_u64(seed);
        let chosen = choose(&Wish::Like, &view, Caps::default(), &mut dice);
        assert_eq!(chosen, vec![Reaction::Like(&view[1])]);
        assert_eq!(choose(&Wish::Browse, &view, Caps::default(), &mut dice), vec![]);
    }
}

proptest! {
    #[test]
    fn whatever_was_seen_no_choice_exceeds_its_caps(
        posts in prop::collection::vec((any::<bool>(), any::<bool>(), any::<bool>()), 0..40),
        likes in 0_usize..5, comments in 0_usize..3, commenting in any::<bool>(), seed in any::<u64>(),
    ) {
        let view: Vec<Seen> = posts
            .into_iter()
            .enumerate()
            .map(|(index, (likes_it, is_liked, says))| seen(index, likes_it, is_liked, says.then_some("hm")))
            .collect();
        let wish = if commenting { Wish::Comment } else { Wish::Like };
        let caps = Caps { likes, comments };
        let chosen = choose(&wish, &view, caps, &mut StdRng::seed_from_u64(seed));
        let liked: Vec<_> = chosen.iter().filter_map(|reaction| match reaction {
            Reaction::Like(post) => Some(post),
            Reaction::Comment(..) => None,
        }).collect();
        prop_assert!(liked.len() <= likes);
        prop_assert!(liked.iter().all(|post| post.likes_it && !post.item.is_liked));
        prop_assert!(chosen.len() - liked.len() <= comments);
    }
}

#[test]
fn those_who_were_sent_away_together_do_not_come_back_together() {
    let now = FleetTime(0);
    for (wait_s, spread_s) in [(30, 60), (240, 60), (3_600, 360), (12 * 3_600, 600)] {
        let until = now.plus(Duration::from_secs(wait_s));
        let mut seconds = vec![0_u32; spread_s + 1];
        for bot in 0..200 {
            let mut dice = StdRng::seed_from_u64(bot);
            let late = pacing::afterwards(until, now, &mut dice).since(until);
            seconds[usize::try_from(late.as_secs()).unwrap()] += 1;
        }
        let (most, mean) = (f64::from(*seconds.iter().max().unwrap()), 200.0 / spread_s as f64);
        assert!(most <= (3.0 * mean).max(5.0), "{most} in one second after {wait_s} s, {mean} on average");
    }
}
