//! Making, changing and letting go of bots.

use fleet_bots::{
    Account, ActivityKind, BotChanges, BotId, Error, HourSpan, Intent, Interests, NewBot, Problems, Rhythm,
    Selection, Weights,
};
use serde_json::json;

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    a_new_bot_is_kept_as_it_was_asked_for_and_begins_stopped,
    every_broken_rule_is_told_with_its_field_and_how_to_mend_it,
    a_username_is_unique_among_the_living_and_free_again_after_delete,
    many_bots_are_made_all_or_none,
    two_of_one_batch_with_one_username_are_told_of_it,
    a_change_touches_what_it_names_and_nothing_else,
    two_changes_at_once_both_last,
    a_field_that_somebody_else_changed_meanwhile_is_not_overwritten,
    a_change_that_breaks_a_rule_changes_nothing,
    a_username_is_fixed_once_the_account_is_ready,
    counters_outlive_a_change,
    a_deleted_bot_is_gone_for_every_command,
];

async fn a_new_bot_is_kept_as_it_was_asked_for_and_begins_stopped(store: &TestStore) {
    let new = NewBot { name: "  Fern  ".into(), ..new_bot("fern") };
    let made = store.bots.create_bot(new.clone(), &asked()).await.unwrap();
    assert_eq!((made.intent, made.starts, made.account), (Intent::Stopped, 0, Account::Unprovisioned));
    assert_eq!((made.name.as_str(), made.created_at, made.updated_at), ("Fern", at(0), at(0)));

    let kept = store.bots.get_bot("fern").await.unwrap();
    assert_eq!(kept.bot, made);
    assert_eq!(
        (kept.bot.interests, kept.bot.weights, kept.bot.rhythm),
        (new.interests, new.weights, new.rhythm)
    );
    assert_eq!((kept.seen.node_id, kept.seen.epoch), (None, 0));

    let log = whole_log(&store.bots).await;
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].kind, log[0].bot_id, log[0].at), (ActivityKind::Created, Some(made.id), at(0)));
    assert_eq!(log[0].metadata, Some(json!({ "by": "ada" })));
}

async fn every_broken_rule_is_told_with_its_field_and_how_to_mend_it(store: &TestStore) {
    let broken = NewBot {
        name: " ".into(),
        username: "Ada Lovelace".into(),
        persona: String::new(),
        bio: "x".repeat(301),
        personality: "x".repeat(1_001),
        vibe: "x".repeat(101),
        interests: Interests((0..21).map(|_| String::new()).collect()),
        weights: Weights { post: -1.0, comment: f64::NAN, like: f64::INFINITY, browse: -0.5 },
        rhythm: Rhythm { zone: "Mars/Olympus".into(), busy: vec![HourSpan { from: 9, to: 9 }], days: vec![] },
        min_interval_s: 0,
        max_interval_s: -1,
    };
    let Error::Invalid(problems) = store.bots.create_bot(broken, &asked()).await.unwrap_err() else {
        panic!("it breaks rules");
    };
    insta::assert_snapshot!(by_line(&problems), @"
    name must have 1 to 100 characters, it has 0: fill it in
    username must be 3 to 30 characters of a-z, 0-9 and _: try `ada_lovelace`
    persona must have 1 to 60 characters, it has 0: fill it in
    bio must have 0 to 300 characters, it has 301: shorten it
    personality must have 0 to 1000 characters, it has 1001: shorten it
    vibe must have 0 to 100 characters, it has 101: shorten it
    interests may be 20 at the most, there are 21: keep those that matter most
    interests must each have 1 to 60 characters: shorten the long ones and leave out empty ones
    weights.post must be a number of 0 or more, it is -1: 0 means never; only the proportion of the four counts
    weights.comment must be a number of 0 or more, it is NaN: 0 means never; only the proportion of the four counts
    weights.like must be a number of 0 or more, it is inf: 0 means never; only the proportion of the four counts
    weights.browse must be a number of 0 or more, it is -0.5: 0 means never; only the proportion of the four counts
    rhythm.zone must be a time zone of the IANA database, `Mars/Olympus` is none: write it as `Europe/London` or `UTC`
    rhythm.busy must be one or more spans from an hour 0-23 to another hour 0-24: write `9-17`, or `22-2` for a span across midnight
    rhythm.days must name at least one day: write `mon,tue,wed,thu,fri,sat,sun` for every day
    min_interval_s must be 1 second to 7 days (604800 s), it is 0 s: 60 to 300 suits a regular resident
    max_interval_s must be 1 second to 7 days (604800 s), it is -1 s: 60 to 300 suits a regular resident
    max_interval_s must not be below `min_interval_s`, 0 s: raise it, or lower the minimum
    ");

    let lazy =
        NewBot { weights: Weights { post: 0.0, comment: 0.0, like: 0.0, browse: 0.0 }, ..new_bot("lazy") };
    let torn = NewBot { name: "a\0b".into(), interests: Interests(vec!["a\0b".into()]), ..new_bot("torn") };
    let mut rest = String::new();
    for bot in [lazy, torn] {
        let Error::Invalid(problems) = store.bots.create_bot(bot, &asked()).await.unwrap_err() else {
            panic!("it breaks rules");
        };
        rest += &by_line(&problems);
    }
    insta::assert_snapshot!(rest, @"
    weights must not all be 0: raise at least one; a bot that only looks has `browse` 1
    name must be text, it has a zero character in it: write it again by hand; the character is invisible
    interests must be text, it has a zero character in it: write it again by hand; the character is invisible
    ");
    assert!(whole_log(&store.bots).await.is_empty());
}

fn by_line(problems: &Problems) -> String {
    problems
        .0
        .iter()
        .map(|problem| format!("{} {}: {}\n", problem.field, problem.rule, problem.mend))
        .collect()
}

async fn a_username_is_unique_among_the_living_and_free_again_after_delete(store: &TestStore) {
    let first = store.bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    let taken = store.bots.create_bot(new_bot("fern"), &asked()).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict(_)), "{taken:?}");
    assert_eq!(taken.to_string(), "the username `fern` is taken by another bot; choose another");

    let moss = store.bots.create_bot(new_bot("moss"), &asked()).await.unwrap();
    let to_fern = BotChanges { username: Some("fern".into()), ..BotChanges::default() };
    let taken = store.bots.update_bot(moss.id, to_fern.clone(), &asked()).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict(_)), "{taken:?}");

    store.bots.delete_bot(first.id, AccountAfter::Removed, &asked()).await.unwrap();
    store.bots.update_bot(moss.id, to_fern, &asked()).await.unwrap();
    assert_eq!(store.bots.get_bot("fern").await.unwrap().bot.id, moss.id);
    store.bots.create_bot(new_bot("moss"), &asked()).await.unwrap();
}

async fn many_bots_are_made_all_or_none(store: &TestStore) {
    store.bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    let many =
        |last: NewBot| (0..600).map(|n| new_bot(&format!("bot_{n}"))).chain([last]).collect::<Vec<_>>();
    let broken = NewBot { name: String::new(), ..new_bot("broken") };
    let refused = store.bots.create_bots(many(broken), &asked()).await.unwrap_err();
    assert!(matches!(refused, Error::Invalid(_)), "{refused:?}");
    let refused = store.bots.create_bots(many(new_bot("fern")), &asked()).await.unwrap_err();
    assert!(matches!(refused, Error::Conflict(_)), "{refused:?}");
    assert_eq!(store.bots.fleet_summary().await.unwrap().bots, 1);
    assert_eq!(whole_log(&store.bots).await.len(), 1);

    let made = store.bots.create_bots(many(new_bot("moss")), &asked()).await.unwrap();
    assert_eq!((made.len(), made[600].username.as_str()), (601, "moss"));
    assert_eq!(store.bots.fleet_summary().await.unwrap().bots, 602);
    assert!(store.bots.create_bots(Vec::new(), &asked()).await.unwrap().is_empty());
}

async fn two_of_one_batch_with_one_username_are_told_of_it(store: &TestStore) {
    let twice = vec![new_bot("fern"), new_bot("moss"), new_bot("fern")];
    let refused = store.bots.create_bots(twice, &asked()).await.unwrap_err();
    assert!(matches!(refused, Error::Conflict(_)), "{refused:?}");
    assert_eq!(refused.to_string(), "two of these bots have the username `fern`; give one of them another");
}

async fn a_change_touches_what_it_names_and_nothing_else(store: &TestStore) {
    let before = store.bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    let changes =
        BotChanges { vibe: Some("wild".into()), max_interval_s: Some(900), ..BotChanges::default() };
    let later = fleet_bots::Asked { by: "cli".into(), at: at(60) };
    let after = store.bots.update_bot(before.id, changes, &later).await.unwrap();
    assert_eq!((after.vibe.as_str(), after.max_interval_s, after.updated_at), ("wild", 900, at(60)));
    let undone = fleet_bots::Bot {
        vibe: before.vibe.clone(),
        max_interval_s: before.max_interval_s,
        updated_at: before.updated_at,
        ..after.clone()
    };
    assert_eq!(undone, before);

    let told = told(&store.bots, ActivityKind::Updated).await.remove(0).metadata.unwrap();
    assert_eq!(
        (&told["by"], &told["before"]["vibe"], &told["after"]["vibe"]),
        (&json!("cli"), &json!("calm"), &json!("wild"))
    );

    let nobody = store.bots.update_bot(BotId::generate(), BotChanges::default(), &later).await.unwrap_err();
    assert!(matches!(nobody, Error::NotFound(_)), "{nobody:?}");
}

async fn two_changes_at_once_both_last(store: &TestStore) {
    let bot = store.bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    for round in 0..20 {
        let vibe = BotChanges { vibe: Some(format!("vibe {round}")), ..BotChanges::default() };
        let persona = BotChanges { persona: Some(format!("persona {round}")), ..BotChanges::default() };
        let (asked_by_one, asked_by_other) = (asked(), asked());
        let (one, other) = tokio::join!(
            store.bots.update_bot(bot.id, vibe, &asked_by_one),
            store.bots.update_bot(bot.id, persona, &asked_by_other)
        );
        one.unwrap();
        other.unwrap();
        let now = store.bots.get_bot("fern").await.unwrap().bot;
        assert_eq!((now.vibe, now.persona), (format!("vibe {round}"), format!("persona {round}")));
    }
}

async fn a_field_that_somebody_else_changed_meanwhile_is_not_overwritten(store: &TestStore) {
    let bot = store.bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    let seen = NewBot::from(&bot);
    let change = async |after: NewBot| {
        store.bots.update_bot(bot.id, BotChanges::between(&seen, after), &asked()).await
    };
    change(NewBot { vibe: "wild".into(), ..seen.clone() }).await.unwrap();
    change(NewBot { bio: "An AI.".into(), ..seen.clone() }).await.unwrap();
    let refused = change(NewBot { vibe: "stern".into(), ..seen.clone() }).await.unwrap_err();
    assert!(matches!(refused, Error::Conflict(_)), "{refused:?}");
    assert!(refused.to_string().starts_with("somebody else changed vibe of FERN meanwhile"), "{refused}");
    let kept = store.bots.get_bot("fern").await.unwrap().bot;
    assert_eq!((kept.vibe.as_str(), kept.bio.as_str()), ("wild", "An AI."));
    // To agree is no quarrel.
    change(NewBot { vibe: "wild".into(), ..seen.clone() }).await.unwrap();
}

async fn a_change_that_breaks_a_rule_changes_nothing(store: &TestStore) {
    let before = store.bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    let changes =
        BotChanges { name: Some("Other".into()), min_interval_s: Some(301), ..BotChanges::default() };
    let Error::Invalid(problems) = store.bots.update_bot(before.id, changes, &asked()).await.unwrap_err()
    else {
        panic!("the minimum is above the maximum");
    };
    assert!(problems.of("max_interval_s").is_some(), "{problems}");
    assert_eq!(store.bots.get_bot("fern").await.unwrap().bot, before);
    assert!(told(&store.bots, ActivityKind::Updated).await.is_empty());
}

async fn a_username_is_fixed_once_the_account_is_ready(store: &TestStore) {
    let bot = store.bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    let renamed = |username: &str| BotChanges { username: Some(username.into()), ..BotChanges::default() };
    let moss = store.bots.update_bot(bot.id, renamed("moss"), &asked()).await.unwrap();
    provision(&store.bots, &moss).await;

    let Error::Invalid(problems) =
        store.bots.update_bot(bot.id, renamed("fern"), &asked()).await.unwrap_err()
    else {
        panic!("the gallery knows it as moss");
    };
    insta::assert_snapshot!(
        by_line(&problems),
        @"username is fixed once the gallery has the bot's account: leave it `moss`, or create another bot"
    );
    // Naming the username that it has already is no change.
    store.bots.update_bot(bot.id, renamed("moss"), &asked()).await.unwrap();
}

async fn counters_outlive_a_change(store: &TestStore) {
    let (bot, holder) = one_held_bot(&store.bots).await;
    let action = planned(&store.bots, &bot, like("p1")).await;
    store.bots.mark_sent(action.id, holder, at(75)).await.unwrap();
    store.bots.settle_action(action.id, holder, done()).await.unwrap();
    let changes = BotChanges { vibe: Some("wild".into()), ..BotChanges::default() };
    let after = store.bots.update_bot(bot.id, changes, &asked()).await.unwrap();
    assert_eq!((after.likes, after.starts, after.intent), (1, 1, Intent::Running));
    assert_eq!(after.last_action_at, Some(at(80)));
}

async fn a_deleted_bot_is_gone_for_every_command(store: &TestStore) {
    let bots = &store.bots;
    let bot = bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    let gone = bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    assert_eq!((gone.deleted_at, gone.intent), (Some(at(0)), Intent::Stopped));
    assert_eq!(told(bots, ActivityKind::Deleted).await.len(), 1);

    let (id, asked) = (bot.id, asked());
    let refusals = [
        bots.delete_bot(id, AccountAfter::Removed, &asked).await,
        bots.start_bot(id, &asked).await,
        bots.pause_bot(id, &asked).await,
        bots.resume_bot(id, &asked).await,
        bots.stop_bot(id, &asked).await,
        bots.update_bot(id, BotChanges::default(), &asked).await,
        bots.get_bot("fern").await.map(|view| view.bot),
        bots.get_bot(&id.to_string()).await.map(|view| view.bot),
    ];
    for refusal in refusals {
        let error = refusal.unwrap_err();
        assert!(matches!(error, Error::NotFound(_)), "{error:?}");
    }
    assert!(bots.start_bots(&Selection::All, &asked).await.unwrap().is_empty());
    assert!(bots.wanted_bots().await.unwrap().is_empty());
}
