//! What was asked and answered when a bot decided: found from what came of it, for as long as it is kept, and gone with
//! whoever is forgotten.

use fleet_bots::{
    About, ActivityKind, Bot, BotMemory, Bots, Content, DecisionId, DecisionKind, Error, Met, Micros,
    NewAction, NewActivity, NewDecision, SeenPost, SettingsChanges, Settlement, Tokens,
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::fixtures::*;
use crate::store::{TestStore, until};

store_tests![
    a_decision_is_found_from_what_came_of_it,
    a_decision_is_found_from_a_post_by_its_picture_and_from_a_line_by_what_it_tells,
    decisions_are_kept_as_long_as_they_are_meant_to_be_and_what_they_led_to_stays,
    whom_a_bot_met_and_what_it_liked_is_remembered_of_what_is_done,
    a_bot_remembers_what_it_said_but_for_what_failed,
    the_last_twelve_are_remembered,
    who_is_left_alone_or_forgotten_is_in_no_memory_and_no_decision,
    a_turn_that_was_on_its_way_brings_nobody_back_who_was_forgotten,
    forgetting_waits_for_what_is_being_noted_and_loses_nothing_of_it,
    a_decision_tells_whether_it_names_somebody_who_is_to_be_left_alone,
];

const DAY_S: i64 = 86_400;

fn decision(bot: &Bot, seconds: i64, people: &[&str]) -> NewDecision {
    NewDecision {
        bot_id: bot.id,
        kind: DecisionKind::Judge,
        at: at(seconds),
        seed: u64::MAX,
        by: "openai/gpt-5-mini".into(),
        view: json!({ "posts": ["a fern\0"] }),
        record: json!({ "calls": [{ "prompt": "What do you make of it?" }] }),
        outcome: json!({ "liked": true }),
        tokens: Tokens { input: 900, output: 90, pictures: 10 },
        cost: Micros(375),
        people: people.iter().map(|person| (*person).to_owned()).collect(),
    }
}

fn decided(bot: &Bot, content: Content, decision: DecisionId) -> NewAction {
    NewAction { decision: Some(decision), ..to_do(bot, content) }
}

async fn is_kept(bots: &Bots, id: DecisionId) -> bool {
    match bots.get_decision(id).await {
        Ok(_) => true,
        Err(Error::NotFound(_)) => false,
        Err(error) => panic!("{error}"),
    }
}

async fn a_decision_is_found_from_what_came_of_it(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let id = bots.record_decision(decision(&bot, 5, &["brook"])).await.unwrap();
    let kept = bots.get_decision(id).await.unwrap();
    assert_eq!((kept.id, kept.bot_id, kept.kind, kept.at), (id, bot.id, DecisionKind::Judge, at(5)));
    assert_eq!((kept.seed.as_str(), kept.by.as_str()), ("18446744073709551615", "openai/gpt-5-mini"));
    assert_eq!(
        (&kept.view, &kept.outcome),
        (&json!({ "posts": ["a fern\u{fffd}"] }), &json!({ "liked": true }))
    );
    assert_eq!(
        (kept.tokens_in, kept.tokens_out, kept.tokens_pictures, kept.cost),
        (900, 90, 10, Micros(375))
    );

    let plan = bots.plan_action(decided(&bot, like("p1"), id)).await.unwrap();
    assert_eq!(plan.decision_id, Some(id));
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    bots.settle_action(plan.id, holder, done()).await.unwrap();
    let line = told(bots, ActivityKind::Like).await.remove(0);
    assert_eq!(bots.explain_activity(line.seq).await.unwrap().decision, Some(kept));

    let seen = SeenPost { author: Some("brook".into()), ..seen_post("p1") };
    bots.remember_posts(bot.id, vec![seen.clone()]).await.unwrap();
    bots.remember_posts(bot.id, vec![SeenPost { decision: Some(id), ..seen }]).await.unwrap();
    assert_eq!(bots.recall_posts(bot.id).await.unwrap()[0].decision, Some(id));
}

async fn a_decision_is_found_from_a_post_by_its_picture_and_from_a_line_by_what_it_tells(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let composed = NewDecision { kind: DecisionKind::Compose, ..decision(&bot, 5, &[]) };
    let id = bots.record_decision(composed).await.unwrap();
    let made = bots.plan_action(decided(&bot, picture(), id)).await.unwrap();
    bots.mark_sent(made.id, holder, at(75)).await.unwrap();
    let then = Some(to_do(&bot, post()));
    bots.settle_action(made.id, holder, Settlement { then, ..done() }).await.unwrap();
    let shared = bots.unsettled_actions(Some(bot.id)).await.unwrap().remove(0);
    bots.mark_sent(shared.id, holder, at(76)).await.unwrap();
    bots.settle_action(shared.id, holder, done()).await.unwrap();
    let line = told(bots, ActivityKind::Post).await.remove(0);
    assert_eq!(bots.explain_activity(line.seq).await.unwrap().decision.unwrap().id, id);

    let looked = |metadata| NewActivity::of(bot.id, ActivityKind::Browse, at(9), "looked").with(metadata);
    let known = looked(json!({ "decision": id }));
    let odd = looked(json!({ "decision": "the one before" }));
    bots.record_activity(vec![known, odd, looked(json!([1]))]).await.unwrap();
    let mut found = Vec::new();
    for line in told(bots, ActivityKind::Browse).await {
        found.push(bots.explain_activity(line.seq).await.unwrap().decision.map(|decision| decision.id));
    }
    assert_eq!(found, [Some(id), None, None]);
}

async fn decisions_are_kept_as_long_as_they_are_meant_to_be_and_what_they_led_to_stays(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let old = bots.record_decision(decision(&bot, 0, &[])).await.unwrap();
    let plan = bots.plan_action(decided(&bot, like("p1"), old)).await.unwrap();
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    bots.settle_action(plan.id, holder, done()).await.unwrap();
    let young = bots.record_decision(decision(&bot, DAY_S, &[])).await.unwrap();
    let forever = SettingsChanges { keep_decisions_days: Some(0), ..SettingsChanges::default() };
    bots.change_settings(forever, &asked()).await.unwrap();
    assert_eq!(bots.prune_activities(at(14 * DAY_S + 1)).await.unwrap(), 0);
    let again = async || {
        let past = store.past_the_gateway().await;
        past.execute_unprepared("DELETE FROM settings WHERE key = 'pruned'").await.unwrap();
    };
    again().await;
    let two_weeks = SettingsChanges { keep_decisions_days: Some(14), ..SettingsChanges::default() };
    bots.change_settings(two_weeks, &asked()).await.unwrap();
    assert_eq!(bots.prune_activities(at(14 * DAY_S + 1)).await.unwrap(), 1);
    assert_eq!((is_kept(bots, old).await, is_kept(bots, young).await), (false, true));
    let line = told(bots, ActivityKind::Like).await.remove(0);
    let explained = bots.explain_activity(line.seq).await.unwrap();
    assert_eq!((explained.action.unwrap().decision_id, explained.decision), (Some(old), None));
}

fn at_post(post_id: &str, username: &str, name: &str) -> About {
    About { person: Some(username.into()), author: name.into(), ..about(post_id) }
}

async fn does(bots: &Bots, bot: &Bot, holder: fleet_bots::Holder, content: Content, seconds: i64) {
    let plan = planned(bots, bot, content).await;
    bots.mark_sent(plan.id, holder, at(seconds)).await.unwrap();
    bots.settle_action(plan.id, holder, Settlement { at: at(seconds), ..done() }).await.unwrap();
}

async fn whom_a_bot_met_and_what_it_liked_is_remembered_of_what_is_done(store: &TestStore) {
    use fleet_bots::ActionKind::{Answer, Comment};
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    assert_eq!(bots.recall_memory(bot.id).await.unwrap(), BotMemory::default());
    let brook = |post_id: &str| at_post(post_id, "@Brook", "Brook Miller");
    does(bots, &bot, holder, Content::Like { about: brook("p1") }, 71).await;
    does(bots, &bot, holder, Content::Comment { about: brook("p2"), text: "Calm.".into() }, 72).await;
    let own = about("p9");
    let to_grace = Content::Answer {
        about: About { person: Some("grace".into()), author: bot.name.clone(), ..own },
        to: "r1".into(),
        text: "Thank you.".into(),
    };
    does(bots, &bot, holder, to_grace, 73).await;
    // What did not happen, and what nobody can tell of, is no meeting.
    let lost = planned(bots, &bot, like("p3")).await;
    bots.settle_action(lost.id, holder, failed()).await.unwrap();
    let unknown = planned(bots, &bot, Content::Like { about: at_post("p4", "ada", "Ada") }).await;
    bots.mark_sent(unknown.id, holder, at(75)).await.unwrap();
    bots.settle_action(unknown.id, holder, unresolved()).await.unwrap();

    let memory = bots.recall_memory(bot.id).await.unwrap();
    let met = |username: &str, name: &str, times, post: &str, seconds, how| Met {
        username: username.into(),
        name: name.into(),
        times,
        last_title: format!("Title of {post}"),
        last_at: at(seconds),
        how,
    };
    assert_eq!(
        memory.met,
        [met("grace", "grace", 1, "p9", 73, Answer), met("brook", "Brook Miller", 2, "p2", 72, Comment)]
    );
    let liked: Vec<_> =
        memory.liked.iter().map(|post| (post.title.as_str(), post.author.as_str(), post.at)).collect();
    assert_eq!(liked, [("Title of p1", "Brook Miller", at(71))]);
    // Until somebody can tell.
    bots.resolve_action(unknown.id, true, &asked()).await.unwrap();
    let memory = bots.recall_memory(bot.id).await.unwrap();
    assert_eq!((memory.met[0].username.as_str(), memory.liked.len()), ("ada", 2));
    bots.delete_bot(bot.id, AccountAfter::Kept, &asked()).await.unwrap();
    let memory = bots.recall_memory(bot.id).await.unwrap();
    assert_eq!((memory.met, memory.liked), (vec![], vec![]));
}

async fn a_bot_remembers_what_it_said_but_for_what_failed(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    does(bots, &bot, holder, comment("p1"), 71).await;
    does(bots, &bot, holder, like("p2"), 72).await;
    let refused = planned(bots, &bot, comment("p3")).await;
    bots.settle_action(refused.id, holder, failed()).await.unwrap();
    let titled = |title: &str| Content::Picture {
        prompt: "a fern".into(),
        steps: json!([]),
        title: title.into(),
        description: "One fern.".into(),
        price: Micros::ZERO,
    };
    does(bots, &bot, holder, titled("A picture that was never shared"), 74).await;
    planned(bots, &bot, post()).await;
    planned(bots, &bot, titled("In the making")).await;
    let memory = bots.recall_memory(bot.id).await.unwrap();
    assert_eq!(memory.said, ["In the making", "Fern", "How green is p1!"]);
    // Without what tells readers that an AI made it.
    assert_eq!(memory.described, ["One fern.", "One fern."]);
}

async fn the_last_twelve_are_remembered(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    for number in 0..14 {
        let about = at_post(&format!("p{number}"), &format!("person_{number}"), "Somebody");
        does(bots, &bot, holder, Content::Like { about }, 71 + number).await;
    }
    let memory = bots.recall_memory(bot.id).await.unwrap();
    assert_eq!((memory.met.len(), memory.liked.len()), (12, 12));
    assert_eq!(
        (memory.met[0].username.as_str(), memory.met[11].username.as_str(), memory.liked[11].title.as_str()),
        ("person_13", "person_2", "Title of p2")
    );
}

async fn who_is_left_alone_or_forgotten_is_in_no_memory_and_no_decision(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let says = |post_id: &str, username: &str| Content::Comment {
        about: at_post(post_id, username, username),
        text: format!("How fine, {username}!"),
    };
    for (seconds, username) in [(71, "brook"), (72, "brooke"), (73, "grace")] {
        does(bots, &bot, holder, Content::Like { about: at_post(username, username, username) }, seconds)
            .await;
        does(bots, &bot, holder, says(username, username), seconds).await;
    }
    let about = async |people: &[&str]| bots.record_decision(decision(&bot, 5, people)).await.unwrap();
    let (theirs, of_others, of_nobody) =
        (about(&["@Brook", "grace"]).await, about(&["brooke", "a.brook"]).await, about(&[]).await);
    let remembered = async || {
        let memory = bots.recall_memory(bot.id).await.unwrap();
        let met: Vec<String> = memory.met.into_iter().map(|met| met.username).collect();
        let liked: Vec<String> = memory.liked.into_iter().map(|liked| liked.username).collect();
        (met, liked, memory.said)
    };
    let all = ["grace", "brooke", "brook"];
    assert_eq!(remembered().await.0, all);
    let alone = SettingsChanges { opted_out: Some(vec!["Grace".into()]), ..SettingsChanges::default() };
    bots.change_settings(alone, &asked()).await.unwrap();
    let (met, liked, said) = remembered().await;
    assert_eq!(
        (met.as_slice(), liked.as_slice()),
        (["brooke", "brook"].map(String::from).as_slice(), met.as_slice())
    );
    assert_eq!(said, ["How fine, brooke!", "How fine, brook!"]);

    let forgotten = bots.forget_person("brook", &asked()).await.unwrap();
    assert_eq!((forgotten.decisions, forgotten.memories), (1, 1));
    let kept = [is_kept(bots, theirs).await, is_kept(bots, of_others).await, is_kept(bots, of_nobody).await];
    assert_eq!(kept, [false, true, true]);
    let (met, liked, said) = remembered().await;
    assert_eq!((met.as_slice(), liked.as_slice()), (["brooke".to_owned()].as_slice(), met.as_slice()));
    assert_eq!(said, ["How fine, brooke!"]);
    // Whoever comes back is met anew.
    bots.change_settings(SettingsChanges { opted_out: Some(vec![]), ..SettingsChanges::default() }, &asked())
        .await
        .unwrap();
    assert_eq!(remembered().await.0, ["grace", "brooke"]);
}

async fn a_turn_that_was_on_its_way_brings_nobody_back_who_was_forgotten(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let on_its_way = planned(bots, &bot, Content::Like { about: at_post("p1", "brook", "Brook") }).await;
    bots.mark_sent(on_its_way.id, holder, at(75)).await.unwrap();
    let forgotten = bots.forget_person("brook", &asked()).await.unwrap();
    assert_eq!((forgotten.decisions, forgotten.memories), (0, 0));
    bots.settle_action(on_its_way.id, holder, done()).await.unwrap();
    let late = bots.record_decision(decision(&bot, 5, &["grace", "@Brook"])).await.unwrap();
    let of_others = bots.record_decision(decision(&bot, 5, &["grace"])).await.unwrap();
    assert_eq!((is_kept(bots, late).await, is_kept(bots, of_others).await), (false, true));
    // Asked past the list of those who are left alone: it is not kept, rather than not told.
    bots.change_settings(SettingsChanges { opted_out: Some(vec![]), ..SettingsChanges::default() }, &asked())
        .await
        .unwrap();
    assert_eq!(bots.recall_memory(bot.id).await.unwrap().met, []);
    assert!(!is_kept(bots, late).await);
}

async fn forgetting_waits_for_what_is_being_noted_and_loses_nothing_of_it(store: &TestStore) {
    // A file has one writer at a time.
    if store.is_sqlite() {
        return;
    }
    let (bots, another) = (&store.bots, store.another().await);
    let (bot, holder) = one_held_bot(bots).await;
    does(bots, &bot, holder, Content::Like { about: at_post("p1", "brook", "Brook") }, 71).await;
    does(bots, &bot, holder, Content::Like { about: at_post("p2", "ada", "Ada") }, 72).await;
    // A turn notes that the bot met Grace, and has not ended.
    let turn = store.past_the_gateway().await;
    let noted =
        "UPDATE bot_memories SET met = CAST(REPLACE(CAST(met AS text), '\"brook\"', '\"grace\"') AS jsonb)";
    for step in ["BEGIN", "SELECT id FROM bots FOR NO KEY UPDATE", noted] {
        turn.execute_unprepared(step).await.unwrap();
    }
    let forgetting = tokio::spawn(async move { another.forget_person("grace", &asked()).await });
    let looker = store.past_the_gateway().await;
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("forgetting waits for the turn", async || {
        let row = Statement::from_string(looker.get_database_backend(), waiting);
        let row = looker.query_one_raw(row).await.unwrap().unwrap();
        row.try_get_by_index::<i64>(0).unwrap() > 0 || forgetting.is_finished()
    })
    .await;
    turn.execute_unprepared("COMMIT").await.unwrap();
    assert_eq!(forgetting.await.unwrap().unwrap().memories, 1);
    let memory = bots.recall_memory(bot.id).await.unwrap();
    let met: Vec<_> = memory.met.iter().map(|met| met.username.as_str()).collect();
    assert_eq!((met, memory.liked.len()), (vec!["ada"], 2));
}

async fn a_decision_tells_whether_it_names_somebody_who_is_to_be_left_alone(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    let id = bots.record_decision(decision(&bot, 5, &["grace", "@Brook"])).await.unwrap();
    let of_nobody = bots.record_decision(decision(&bot, 5, &[])).await.unwrap();
    let names = async |id| {
        let settings = bots.read_settings().await.unwrap();
        bots.get_decision(id).await.unwrap().names_left_alone(&settings)
    };
    assert!(!names(id).await);
    let alone = SettingsChanges { opted_out: Some(vec!["brook".into()]), ..SettingsChanges::default() };
    bots.change_settings(alone, &asked()).await.unwrap();
    assert!(names(id).await && !names(of_nobody).await);
    assert_eq!(bots.get_decision(id).await.unwrap().named().collect::<Vec<_>>(), ["brook", "grace"]);
}
