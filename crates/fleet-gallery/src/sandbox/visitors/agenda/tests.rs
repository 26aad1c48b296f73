//! Weeks of visitors, planned in a moment.

use std::collections::{BTreeMap, HashSet};

use super::*;
use crate::sandbox::visitors::person::people;

fn begin() -> Timestamp {
    // A Monday.
    "2026-05-04T09:00:00Z".parse().unwrap()
}

fn plan(count: usize, seed: u64, script: &VisitorScript, days: i64) -> (Vec<Person>, Vec<Turn>) {
    let arrivals = arrivals(script, seed, count);
    let people = people(seed, arrivals.len(), count);
    let mut agenda = Agenda::new(&people, &arrivals, script, seed, (begin(), begin()));
    let end = begin() + SignedDuration::from_hours(24 * days);
    (people, turns(&mut agenda, end))
}

fn turns(agenda: &mut Agenda, end: Timestamp) -> Vec<Turn> {
    let mut turns = Vec::new();
    while let Some(at) = agenda.next().filter(|at| *at < end) {
        turns.extend(agenda.take(at, Duration::from_secs(60)));
    }
    turns
}

fn hours(turn: &Turn) -> f64 {
    turn.at.duration_since(begin()).as_secs_f64() / 3600.0
}

fn script(name: &str) -> VisitorScript {
    VisitorScript::built_in(name).unwrap()
}

#[test]
fn the_same_seed_is_the_same_plan_and_another_another() {
    let (_, one) = plan(40, 5, &script("launch-day"), 3);
    assert_eq!(one, plan(40, 5, &script("launch-day"), 3).1);
    assert_ne!(one, plan(40, 6, &script("launch-day"), 3).1);
    assert!(one.is_sorted_by_key(|turn| turn.at) && one.len() > 500, "{}", one.len());
}

#[test]
fn a_launch_day_is_busiest_when_word_gets_round() {
    let mut newcomers = [0, 0];
    let mut acts = [0, 0, 0];
    for seed in 0..4 {
        let (_, turns) = plan(12, seed, &script("launch-day"), 3);
        for turn in &turns {
            let at = hours(turn);
            match at {
                // Two hours each, of which the first begins with twelve people's first look round.
                1.0..2.0 => acts[0] += 1,
                2.5..3.5 => acts[1] += 1,
                50.5..51.5 => acts[2] += 1,
                _ => {}
            }
            if turn.joins && (0.0..4.0).contains(&at) {
                newcomers[usize::from(at >= 2.0)] += 1;
            }
        }
    }
    assert!(acts[1] > 3 * acts[0] && acts[1] > 4 * acts[2], "{acts:?}");
    assert!(newcomers[1] > newcomers[0], "{newcomers:?}");
}

#[test]
fn everyone_whom_the_script_names_joins_once_and_as_planned() {
    let script = VisitorScript::parse(
        r#"[{"after":"0h","rate":1,"join":5},{"after":"1d","rate":2,"join":30},{"after":"2d","rate":1}]"#,
    )
    .unwrap();
    let (people, turns) = plan(10, 3, &script, 9);
    let joined: Vec<&Turn> = turns.iter().filter(|turn| turn.joins).collect();
    assert_eq!((people.len(), joined.len()), (45, 45));
    assert_eq!(joined.iter().map(|turn| turn.who).collect::<HashSet<_>>().len(), 45);
    let first: BTreeMap<usize, &Turn> = turns.iter().rev().map(|turn| (turn.who, turn)).collect();
    assert!(first.values().all(|turn| turn.joins && turn.opens));
    // Nobody comes before their time; some come later, because it is night where they live.
    assert!(joined.iter().filter(|turn| turn.who >= 15).all(|turn| hours(turn) >= 24.0));
    assert!(joined.iter().filter(|turn| turn.who >= 15 && hours(turn) < 48.0).count() > 20);
}

#[test]
fn nobody_opens_a_gallery_to_silence() {
    for (seed, hour) in (0..24).enumerate() {
        let begin = begin() + SignedDuration::from_hours(hour);
        let (arrivals, seed) = (arrivals(&VisitorScript::steady(), seed as u64, 12), seed as u64);
        let mut agenda =
            Agenda::new(&people(seed, 12, 12), &arrivals, &VisitorScript::steady(), seed, (begin, begin));
        let turns = turns(&mut agenda, begin + SignedDuration::from_mins(20));
        let joined = turns.iter().filter(|turn| turn.joins).count();
        assert_eq!(turns[0].at, begin);
        assert!(joined >= 4 && turns.len() >= 25, "{joined} came and did {}", turns.len());
    }
}

#[test]
fn a_dying_week_falls_silent() {
    let script = script("dying-week");
    let mut days = [0; 14];
    for seed in 0..4 {
        let (_, turns) = plan(100, seed, &script, 14);
        turns.iter().for_each(|turn| days[(hours(turn) / 24.0) as usize] += 1);
    }
    assert!(days[1] > days[2] && days[2] > days[3] && days[3] > days[4] && days[4] > days[5], "{days:?}");
    assert!(days[0] > 8 * days[4] && days[4] > 0, "{days:?}");
    assert_eq!(days[6..].iter().sum::<i32>(), 0, "{days:?}");
}

#[test]
fn nobody_acts_in_their_sleep() {
    let (people, turns) = plan(200, 4, &VisitorScript::steady(), 14);
    let mut quiet = 0;
    for turn in &turns {
        // The opening keeps some people up, once.
        let opening = hours(turn) < 3.0;
        assert!(opening || people[turn.who].rhythm.liveliness(turn.at) > 0.0 || turn.opens, "{turn:?}");
        let wall = people[turn.who].rhythm.zone.to_datetime(turn.at);
        quiet += usize::from((3..5).contains(&wall.hour()));
    }
    assert!(turns.len() > 5_000, "{}", turns.len());
    assert!(quiet * 200 < turns.len(), "{quiet} of {}", turns.len());
}

#[test]
fn a_few_do_most_and_all_come_in_sessions() {
    let (_, turns) = plan(300, 9, &VisitorScript::steady(), 14);
    let mut each = vec![0_u32; 300];
    turns.iter().for_each(|turn| each[turn.who] += 1);
    each.sort_unstable();
    let all: u32 = each.iter().sum();
    let top: u32 = each[270..].iter().sum();
    let gini = {
        let weighed: f64 = (1..).zip(&each).map(|(rank, acts)| f64::from(rank) * f64::from(*acts)).sum();
        2.0 * weighed / (300.0 * f64::from(all)) - 301.0 / 300.0
    };
    assert!(top * 2 > all && gini > 0.6, "the top tenth does {top} of {all}; Gini {gini:.2}");
    // Two modes: about a minute within a session, hours between two.
    let mut last: BTreeMap<usize, Timestamp> = BTreeMap::new();
    let (mut within, mut between) = (Vec::new(), Vec::new());
    for turn in &turns {
        if let Some(before) = last.insert(turn.who, turn.at) {
            let gap = turn.at.duration_since(before).as_secs_f64();
            if turn.opens { between.push(gap) } else { within.push(gap) }
        }
    }
    let median = |gaps: &mut Vec<f64>| {
        gaps.sort_by(f64::total_cmp);
        gaps[gaps.len() / 2]
    };
    let (within, between) = (median(&mut within), median(&mut between));
    assert!((30.0..90.0).contains(&within), "{within}");
    assert!((3_600.0..12.0 * 3_600.0).contains(&between), "{between}");
}

#[test]
fn some_never_come_back() {
    let script =
        VisitorScript::parse(r#"[{"after":"0h","rate":1,"join":300},{"after":"2d","rate":1}]"#).unwrap();
    let (_, turns) = plan(0, 2, &script, 28);
    let mut last = vec![0.0_f64; 300];
    turns.iter().for_each(|turn| last[turn.who] = last[turn.who].max(hours(turn)));
    let gone = last.iter().filter(|hours| **hours < 14.0 * 24.0).count();
    assert!((90..240).contains(&gone), "{gone}");
}

#[test]
fn whoever_slept_through_a_day_does_not_make_up_for_it() {
    let script = VisitorScript::steady();
    let arrivals = arrivals(&script, 1, 50);
    let people = people(1, 50, 50);
    let mut agenda = Agenda::new(&people, &arrivals, &script, 1, (begin(), begin()));
    turns(&mut agenda, begin() + SignedDuration::from_hours(5));
    let later = begin() + SignedDuration::from_hours(40);
    let mut at_once = 0;
    while agenda.take(later, Duration::from_secs(1800)).is_some() {
        at_once += 1;
    }
    assert!(at_once < 5, "{at_once}");
    assert!(turns(&mut agenda, later + SignedDuration::from_hours(24)).len() > 100);
}

#[test]
fn who_goes_on_later_goes_on_otherwise() {
    let script = VisitorScript::steady();
    let arrivals = arrivals(&script, 1, 30);
    let people = people(1, 30, 30);
    let now = begin() + SignedDuration::from_hours(30);
    let mut agenda = Agenda::new(&people, &arrivals, &script, 1, (begin(), now));
    let turns = turns(&mut agenda, now + SignedDuration::from_hours(48));
    assert!(turns.len() > 50 && turns.iter().all(|turn| turn.at >= now && !turn.joins), "{}", turns.len());
}

#[test]
fn a_month_of_five_hundred_people_is_planned_while_one_waits() {
    let (_, turns) = plan(500, 1, &VisitorScript::steady(), 30);
    assert!(turns.len() > 25_000, "{}", turns.len());
}
