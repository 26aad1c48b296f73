//! What tells readers that bots are bots, and how much of them a post gets: held in the store, whoever plans what.

use fleet_bots::{
    About, ActionFilter, ActionStatus, ActivityKind, Asked, Bot, Bots, Content, Error, Heard, Micros, OptOut,
    Room, SeenPost, Setting, SettingsChanges, SightedPost,
};
use sea_orm::ConnectionTrait;

use crate::fixtures::*;
use crate::store::{TestStore, within};

store_tests![
    nothing_is_liked_until_somebody_vouches_for_it_and_not_after_they_take_it_back,
    a_post_is_labelled_when_it_is_planned_and_again_at_the_gate,
    a_persons_post_has_room_for_a_few_bots_however_many_plan_at_once,
    a_cap_that_was_lowered_holds_at_the_gate,
    a_residents_post_has_room_for_all_likes_and_some_comments,
    bots_answer_each_other_only_so_often_and_people_always,
    a_post_is_left_alone_while_it_is_young,
    who_asks_to_be_left_alone_is_at_once_and_bots_never_are,
    a_handle_of_any_characters_is_left_alone_and_forgotten,
    who_was_taken_off_the_list_is_heard_again_only_by_newer_words,
    more_rows_than_one_transaction_rewrites_are_forgotten,
    who_forgets_throws_nobody_out_and_undoes_nothing,
    who_is_forgotten_leaves_no_words_and_what_was_done_is_not_done_again,
    who_was_on_the_list_before_they_are_forgotten_is_left_alone_all_the_same,
];

async fn change(bots: &Bots, changes: SettingsChanges) {
    bots.change_settings(changes, &asked()).await.unwrap();
}

fn likes(confirmed: bool) -> SettingsChanges {
    SettingsChanges { likes_confirmed: Some(confirmed), ..SettingsChanges::default() }
}

/// Something about a post by `person`.
fn by(person: &str, post_id: &str) -> About {
    About { person: Some(person.into()), ..about(post_id) }
}

fn refused(outcome: fleet_bots::Result<fleet_bots::Action>, why: &str) {
    assert!(
        matches!(&outcome, Err(Error::Overtaken(told) | Error::Capped { why: told, .. }) if told.contains(why)),
        "{outcome:?}"
    );
}

async fn nothing_is_liked_until_somebody_vouches_for_it_and_not_after_they_take_it_back(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    change(bots, likes(false)).await;
    refused(bots.plan_action(to_do(&bot, like("p1"))).await, "likes are off");
    let allowance = bots.read_allowance(bot.id, at(0), Micros::ZERO).await.unwrap();
    assert!(allowance.likes.is_none() && allowance.likes_are_off.is_some());
    assert!(allowance.reached().starts_with("likes are off until an operator confirms"));
    assert_eq!(allowance.of(bot.weights).unwrap().like, 0.0);
    assert!(bots.fleet_summary().await.unwrap().likes_are_off);
    planned(bots, &bot, comment("p1")).await;

    change(bots, likes(true)).await;
    let confirmed = bots.read_settings().await.unwrap();
    let word = confirmed.confirmation(Setting::LikesConfirmed).unwrap();
    assert_eq!((word.by.as_str(), word.at), ("ada", at(0)));
    assert!(!bots.fleet_summary().await.unwrap().likes_are_off);
    let messages: Vec<_> = told(bots, ActivityKind::SettingsChanged).await;
    let last = &messages.last().unwrap().message;
    assert_eq!(last, "ada confirmed that the platform counts agents’ likes apart");

    let plan = planned(bots, &bot, like("p2")).await;
    change(bots, likes(false)).await;
    let ended = bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    assert_eq!((ended.status, ended.sent_at), (ActionStatus::Failed, None));
    assert!(ended.failure.unwrap().starts_with("likes are off"));
}

async fn a_post_is_labelled_when_it_is_planned_and_again_at_the_gate(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let says = |content: &Content| match content {
        Content::Post { description, .. } => description.clone(),
        other => panic!("{other:?}"),
    };
    let plan = planned(bots, &bot, post()).await;
    assert_eq!(says(&plan.content), "One fern. Made by an AI resident.");
    let sent = bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    assert_eq!(sent.content, plan.content, "it is not said twice");

    let badge =
        |confirmed| SettingsChanges { badge_confirmed: Some(confirmed), ..SettingsChanges::default() };
    change(bots, badge(true)).await;
    let plan = planned(bots, &bot, post()).await;
    assert_eq!(plan.content, post());
    let own = SettingsChanges { post_label: Some(" Von einer KI. ".into()), ..badge(false) };
    change(bots, own).await;
    let sent = bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    assert_eq!((sent.status, says(&sent.content).as_str()), (ActionStatus::Sent, "One fern. Von einer KI."));

    let empty = SettingsChanges { name_label: Some(" ".into()), ..SettingsChanges::default() };
    let refused = bots.change_settings(empty, &asked()).await;
    assert!(matches!(&refused, Err(Error::Invalid(problems)) if problems.of("name_label").is_some()));
}

async fn a_persons_post_has_room_for_a_few_bots_however_many_plan_at_once(store: &TestStore) {
    let (bots, another) = (&store.bots, store.another().await);
    let all = run_bots(bots, 9).await;
    let few =
        SettingsChanges { person_bots: Some(3), person_comments: Some(1), ..SettingsChanges::default() };
    change(bots, few).await;
    let plans = all.iter().enumerate().map(|(index, bot)| {
        let gateway = if index % 2 == 0 { bots.clone() } else { another.clone() };
        let content = match index % 3 {
            0 => Content::Comment { about: by("Brook", "p1"), text: "How green!".into() },
            _ => Content::Like { about: by("Brook", "p1") },
        };
        let plan = to_do(bot, content);
        tokio::spawn(async move { gateway.plan_action(plan).await })
    });
    let mut taken = Vec::new();
    for plan in plans.collect::<Vec<_>>() {
        match plan.await.unwrap() {
            Ok(action) => taken.push(action),
            outcome => refused(outcome, "enough: as many bots"),
        }
    }
    assert_eq!(taken.len(), 3, "{taken:?}");
    let comments = taken.iter().filter(|action| action.kind == fleet_bots::ActionKind::Comment).count();
    assert!(comments <= 1, "{taken:?}");

    let full = |post: &str| SightedPost { id: post.into(), author: Some("brook".into()), posted_at: at(0) };
    let left = async |bot: &Bot| {
        let left = bots.room_left(bot.id, &[full("p1"), full("p2")], at(1_000)).await.unwrap();
        (left["p1"].clone(), left["p2"].clone())
    };
    let stranger = all.iter().find(|bot| taken.iter().all(|action| action.bot_id != bot.id)).unwrap();
    let (there, elsewhere) = left(stranger).await;
    assert!(
        there.is_full() && elsewhere == Room { is_persons: true, ..Room::default() },
        "{there:?} {elsewhere:?}"
    );
    let guest = all.iter().find(|bot| bot.id == taken[0].bot_id).unwrap();
    assert_eq!(left(guest).await.0.no_like, None, "who is there already may stay");
}

async fn a_cap_that_was_lowered_holds_at_the_gate(store: &TestStore) {
    let bots = &store.bots;
    let all = run_bots(bots, 2).await;
    let node_id = join(bots).await;
    let leases = bots.claim_leases(node_id, 2).await.unwrap();
    let mut plans = Vec::new();
    for bot in &all {
        provision(bots, bot).await;
        plans.push(planned(bots, bot, Content::Like { about: by("brook", "p1") }).await);
    }
    change(bots, SettingsChanges { person_bots: Some(1), ..SettingsChanges::default() }).await;
    let mut ends = Vec::new();
    for plan in &plans {
        let lease = leases.iter().find(|lease| lease.bot_id == plan.bot_id).unwrap();
        ends.push(bots.mark_sent(plan.id, holder(lease), at(75)).await.unwrap().status);
    }
    assert_eq!(ends, [ActionStatus::Sent, ActionStatus::Failed], "the first one finds room");
}

async fn a_residents_post_has_room_for_all_likes_and_some_comments(store: &TestStore) {
    let bots = &store.bots;
    let all = run_bots(bots, 5).await;
    let author = bots.create_bot(new_bot("author"), &asked()).await.unwrap();
    provision(bots, &author).await;
    bots.delete_bot(author.id, AccountAfter::Removed, &asked()).await.unwrap();
    let few = SettingsChanges { person_bots: Some(0), post_comments: Some(2), ..SettingsChanges::default() };
    change(bots, few).await;
    for (index, bot) in all.iter().enumerate() {
        let says = Content::Comment { about: by("author", "p1"), text: format!("Green {index}!") };
        match index {
            0 | 1 => drop(planned(bots, bot, says).await),
            2 => refused(bots.plan_action(to_do(bot, says)).await, "under this resident's post"),
            _ => drop(planned(bots, bot, Content::Like { about: by("author", "p1") }).await),
        }
    }
    let of_a_person = Content::Like { about: by("brook", "p2") };
    refused(bots.plan_action(to_do(&all[0], of_a_person)).await, "this person's post");
}

async fn bots_answer_each_other_only_so_often_and_people_always(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    bots.create_bot(new_bot("other"), &asked()).await.unwrap();
    change(bots, SettingsChanges { thread_replies: Some(2), ..SettingsChanges::default() }).await;
    let to = |person: &str, remark: &str| {
        let text = format!("Thanks for {remark}!");
        let content = Content::Answer { about: by(person, "p1"), to: remark.into(), text };
        to_do(&bot, content)
    };
    for remark in ["r1", "r2"] {
        let answer = bots.plan_action(to("other", remark)).await.unwrap();
        bots.mark_sent(answer.id, holder, at(75)).await.unwrap();
        bots.settle_action(answer.id, holder, done()).await.unwrap();
    }
    refused(bots.plan_action(to("other", "r3")).await, "bots answer each other 2 times");
    bots.plan_action(to("brook", "r4")).await.unwrap();
}

async fn a_post_is_left_alone_while_it_is_young(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let posted = |seconds| About { posted_at: Some(at(seconds)), ..by("brook", "p1") };
    // It is due at 70, and posts are left alone for 120 seconds.
    refused(bots.plan_action(to_do(&bot, Content::Like { about: posted(-49) })).await, "first 120 seconds");
    let plan = planned(bots, &bot, Content::Like { about: posted(-50) }).await;
    let sighted = SightedPost { id: "p2".into(), author: Some("brook".into()), posted_at: at(0) };
    let left = async |seconds| {
        let left = bots.room_left(bot.id, std::slice::from_ref(&sighted), at(seconds)).await.unwrap();
        left["p2"].is_full()
    };
    assert_eq!((left(119).await, left(120).await), (true, false));
    change(bots, SettingsChanges { reaction_floor_s: Some(600), ..SettingsChanges::default() }).await;
    let ended = bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    assert_eq!(ended.status, ActionStatus::Failed);
}

async fn who_asks_to_be_left_alone_is_at_once_and_bots_never_are(store: &TestStore) {
    let (bots, another) = (&store.bots, store.another().await);
    let (bot, _) = one_held_bot(bots).await;
    let plan = planned(bots, &bot, Content::Like { about: by("Brook", "p1") }).await;
    let of_others = planned(bots, &bot, Content::Like { about: by("grace", "p2") }).await;
    let heard = |username: &str| OptOut {
        username: username.into(),
        words: "No bots, please.".into(),
        post_id: "p1".into(),
        said_at: at(10),
        heard_by: bot.id,
    };
    // Two bots read it at once.
    let brook = heard("brook");
    let asked = asked();
    let (one, two) = tokio::join!(bots.opt_out(&brook, &asked), another.opt_out(&brook, &asked));
    assert_eq!([one.unwrap(), two.unwrap()].iter().filter(|heard| **heard == Heard::New).count(), 1);
    assert_eq!(bots.read_settings().await.unwrap().opted_out, ["brook"]);
    let open = bots.unsettled_actions(Some(bot.id)).await.unwrap();
    assert_eq!(open.iter().map(|row| row.id).collect::<Vec<_>>(), [of_others.id], "{plan:?}");
    let lines = told(bots, ActivityKind::OptedOut).await;
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].message, "@brook asked to be left alone: “No bots, please.”");
    assert_eq!(told(bots, ActivityKind::Error).await.len(), 1, "what was planned is told to have ended");

    let of_a_bot = bots.opt_out(&heard(&bot.username), &asked).await.unwrap();
    assert_eq!(of_a_bot, Heard::Not, "a bot keeps nobody out");
    let nobody = bots.opt_out(&heard(" @ "), &asked).await;
    assert!(matches!(nobody, Err(Error::Conflict(_))), "{nobody:?}");
    assert_eq!(bots.read_settings().await.unwrap().opted_out, ["brook"]);
}

async fn a_handle_of_any_characters_is_left_alone_and_forgotten(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let name = "Ада, (╯°□°)╯ ; x";
    let plan = planned(bots, &bot, Content::Like { about: by(name, "p1") }).await;
    let heard = OptOut {
        username: name.into(),
        words: "No bots, please.".into(),
        post_id: "p1".into(),
        said_at: at(10),
        heard_by: bot.id,
    };
    assert_eq!(bots.opt_out(&heard, &asked()).await.unwrap(), Heard::New);
    assert_eq!(bots.opt_out(&heard, &asked()).await.unwrap(), Heard::Before);
    let settings = bots.read_settings().await.unwrap();
    assert!(settings.leaves_alone(name) && !settings.leaves_alone("x"), "{:?}", settings.opted_out);
    assert_eq!(bots.unsettled_actions(Some(bot.id)).await.unwrap(), vec![], "its plan has ended");
    assert!(bots.mark_sent(plan.id, holder, at(75)).await.is_err());

    // The list survives being read out and typed in again, as the panel and the shell do.
    let mut typed = SettingsChanges::default();
    typed.put_people(
        &settings.told(Setting::OptedOut),
        &format!("{}, brook", settings.told(Setting::OptedOut)),
    );
    let after = bots.change_settings(typed, &asked()).await.unwrap();
    assert!(after.leaves_alone(name) && after.leaves_alone("brook") && after.opted_out.len() == 2);
    let forgotten = bots.forget_person(name, &asked()).await.unwrap();
    assert_eq!((forgotten.rows, forgotten.newly_left_alone), (1, false), "{forgotten:?}");
}

async fn who_was_taken_off_the_list_is_heard_again_only_by_newer_words(store: &TestStore) {
    let bots = &store.bots;
    let (bot, _) = one_held_bot(bots).await;
    let says = |said_at| OptOut {
        username: "Brook".into(),
        words: "No bots, please.".into(),
        post_id: "p1".into(),
        said_at,
        heard_by: bot.id,
    };
    assert_eq!(bots.opt_out(&says(at(10)), &asked()).await.unwrap(), Heard::New);
    let off = SettingsChanges { people_removed: vec!["brook".into()], ..SettingsChanges::default() };
    let by = Asked { by: "test".into(), at: at(100) };
    bots.change_settings(off, &by).await.unwrap();
    assert_eq!(bots.opt_out(&says(at(10)), &by).await.unwrap(), Heard::Not, "those are the old words");
    assert!(!bots.read_settings().await.unwrap().leaves_alone("brook"));
    assert_eq!(bots.opt_out(&says(at(101)), &by).await.unwrap(), Heard::New);
    assert!(bots.read_settings().await.unwrap().leaves_alone("brook"));
}

async fn more_rows_than_one_transaction_rewrites_are_forgotten(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    change(bots, SettingsChanges { bot_comments: Some(0), ..SettingsChanges::default() }).await;
    for number in 0..120 {
        let about = About { author: "Jo".into(), ..by("jo", &format!("p{number}")) };
        let text = format!("Major joy, Jo: {number}.");
        let said = planned(bots, &bot, Content::Comment { about, text }).await;
        bots.mark_sent(said.id, holder, at(75)).await.unwrap();
        bots.settle_action(said.id, holder, done()).await.unwrap();
    }
    let forgotten = bots.forget_person("jo", &asked()).await.unwrap();
    assert_eq!((forgotten.rows, forgotten.open), (120, 0), "{forgotten:?}");
    let rows = bots.recent_actions(&ActionFilter { limit: 1_000, ..ActionFilter::default() }).await.unwrap();
    for row in rows {
        let Content::Comment { text, about } = &row.content else { panic!("{row:?}") };
        assert!(text.starts_with("Major joy, (forgotten): "), "{text}");
        assert_eq!(about.author, "(forgotten)");
    }
    assert_eq!(bots.forget_person("jo", &asked()).await.unwrap().rows, 0);
}

/// Whoever rewrites rows of many bots and whoever steers those bots lock the same rows, and so in one order.
async fn who_forgets_throws_nobody_out_and_undoes_nothing(store: &TestStore) {
    const PEOPLE: usize = 6;
    let bots = &store.bots;
    change(bots, SettingsChanges { person_comments: Some(1_000), ..SettingsChanges::default() }).await;
    let made = run_bots(bots, 20).await;
    for bot in &made {
        provision(bots, bot).await;
    }
    let node_id = join(bots).await;
    let leases = bots.claim_leases(node_id, 1_000).await.unwrap();
    let holder_of = |bot: &Bot| holder(leases.iter().find(|lease| lease.bot_id == bot.id).unwrap());
    let mut sent = Vec::new();
    for person in 0..PEOPLE {
        // In the order in which no bot is locked elsewhere.
        for bot in made.iter().rev() {
            let text = format!("{} to person {person}", bot.username);
            let about = by(&format!("person_{person}"), &format!("p{person}"));
            let row = planned(bots, bot, Content::Comment { about, text }).await;
            bots.mark_sent(row.id, holder_of(bot), at(75)).await.unwrap();
            sent.push((row, holder_of(bot)));
        }
    }
    let mut writers = tokio::task::JoinSet::new();
    let forgetting = bots.clone();
    writers.spawn(async move {
        for person in 0..PEOPLE {
            forgetting.forget_person(&format!("person_{person}"), &asked()).await?;
        }
        Ok::<_, Error>(())
    });
    let settling = bots.clone();
    writers.spawn(async move {
        for (row, holder) in sent {
            settling.settle_action(row.id, holder, failed()).await?;
        }
        Ok(())
    });
    let looking = bots.clone();
    let lookers: Vec<_> = made.iter().map(|bot| bot.id).collect();
    // Written down in the order in which the store finds them last.
    for bot_id in &lookers {
        let all = (0..PEOPLE).rev().flat_map(|person| [seen_of(person, "b"), seen_of(person, "a")]).collect();
        bots.remember_posts(*bot_id, all).await.unwrap();
    }
    writers.spawn(async move {
        for bot_id in lookers.iter().cycle().take(60) {
            let all = (0..PEOPLE).flat_map(|person| [seen_of(person, "a"), seen_of(person, "b")]).collect();
            looking.remember_posts(*bot_id, all).await?;
        }
        Ok(())
    });
    let steering = bots.clone();
    writers.spawn(async move {
        for _ in 0..20 {
            steering.pause_bots(&fleet_bots::Selection::All, &asked()).await?;
            steering.resume_bots(&fleet_bots::Selection::All, &asked()).await?;
        }
        Ok(())
    });
    while let Some(written) = within("every writer ends", writers.join_next()).await {
        written.unwrap().unwrap();
    }
    let rows = bots.recent_actions(&ActionFilter { limit: 1_000, ..ActionFilter::default() }).await.unwrap();
    assert!(rows.iter().all(|row| row.failure.is_some()), "a row failed without a reason: {rows:?}");
}

fn seen_of(person: usize, post: &str) -> SeenPost {
    SeenPost { author: Some(format!("person_{person}")), ..seen_post(&format!("p{person}{post}")) }
}

async fn who_is_forgotten_leaves_no_words_and_what_was_done_is_not_done_again(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let theirs = |post_id: &str| About {
        title: "Fog over Birch Lane".into(),
        author: "Brook Miller".into(),
        ..by("Brook", post_id)
    };
    let says = Content::Comment { about: theirs("p1"), text: "Fog over Birch Lane is calm, Brook.".into() };
    let said = planned(bots, &bot, says).await;
    bots.mark_sent(said.id, holder, at(75)).await.unwrap();
    bots.settle_action(said.id, holder, done()).await.unwrap();
    let unknown = planned(bots, &bot, Content::Like { about: theirs("p2") }).await;
    bots.mark_sent(unknown.id, holder, at(76)).await.unwrap();
    planned(bots, &bot, Content::Like { about: theirs("p3") }).await;
    let of_grace = Content::Like { about: About { author: "Grace".into(), ..by("grace", "p4") } };
    let kept = planned(bots, &bot, of_grace.clone()).await;
    let seen = |post_id: &str, author: &str| SeenPost {
        author: Some(author.into()),
        remark: Some("About Brook's fog.".into()),
        ..seen_post(post_id)
    };
    bots.remember_posts(bot.id, vec![seen("p1", "Brook"), seen("p9", "BROOK"), seen("p4", "grace")])
        .await
        .unwrap();

    let forgotten = bots.forget_person("@Brook", &asked()).await.unwrap();
    assert!(forgotten.newly_left_alone);
    assert_eq!((forgotten.posts, forgotten.rows, forgotten.open), (2, 3, 1), "{forgotten:?}");
    let left = bots.recall_posts(bot.id).await.unwrap();
    assert_eq!(left.iter().map(|post| post.post_id.as_str()).collect::<Vec<_>>(), ["p4"]);
    let rows = bots.recent_actions(&ActionFilter { limit: 100, ..ActionFilter::default() }).await.unwrap();
    let (log, view) = (whole_log(bots).await, bots.get_bot(&bot.username).await.unwrap());
    let everything = format!(
        "{} {} {:?}",
        serde_json::to_string(&rows).unwrap(),
        serde_json::to_string(&log).unwrap(),
        view.bot.last_action
    );
    for words in ["Fog over Birch Lane", "Brook Miller", "gallery.example/p1"] {
        assert!(!everything.contains(words), "`{words}` is left in {everything}");
    }
    let row = |id| rows.iter().find(|row| row.id == id).unwrap();
    assert_eq!((row(said.id).status, row(said.id).target.as_deref()), (ActionStatus::Done, Some("p1")));
    assert_eq!(row(kept.id).content, of_grace);
    // That something was done is kept, so that it is not done again.
    assert!(bots.plan_action(to_do(&bot, comment("p1"))).await.is_err());

    bots.settle_action(unknown.id, holder, unresolved()).await.unwrap();
    let again = bots.forget_person("brook", &asked()).await.unwrap();
    assert_eq!((again.newly_left_alone, again.posts, again.rows), (false, 0, 1), "{again:?}");
    bots.resolve_action(unknown.id, true, &asked()).await.unwrap();
    bots.forget_person("brook", &asked()).await.unwrap();
    let third = bots.forget_person("brook", &asked()).await.unwrap();
    assert_eq!((third.rows, third.lines), (0, 0), "nothing is left to forget: {third:?}");
    let ours = bots.forget_person(&bot.username, &asked()).await;
    assert!(matches!(&ours, Err(Error::Conflict(why)) if why.contains("is a bot of this fleet")), "{ours:?}");
}

async fn who_was_on_the_list_before_they_are_forgotten_is_left_alone_all_the_same(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    // A row as an older version left it: planned, although its person is on the list.
    let left_over = planned(bots, &bot, Content::Like { about: by("Brook", "p1") }).await;
    let back = format!(
        "UPDATE actions SET status = 'planned', failure = NULL, settled_at = NULL WHERE target = '{}'",
        left_over.target.as_deref().unwrap()
    );
    let listed = SettingsChanges { opted_out: Some(vec!["brook".into()]), ..SettingsChanges::default() };
    change(bots, listed).await;
    store.past_the_gateway().await.execute_unprepared(&back).await.unwrap();

    let forgotten = bots.forget_person("brook", &asked()).await.unwrap();
    assert_eq!((forgotten.newly_left_alone, forgotten.rows, forgotten.open), (false, 1, 0), "{forgotten:?}");
    assert_eq!(bots.unsettled_actions(Some(bot.id)).await.unwrap(), vec![]);
    let sent = bots.mark_sent(left_over.id, holder, at(500)).await;
    assert!(matches!(&sent, Err(Error::Overtaken(_))), "{sent:?}");
}
