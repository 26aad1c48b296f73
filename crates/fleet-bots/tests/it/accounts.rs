//! Accounts: asked for and removed in steps that outlive a crash, and no bot acts without one.

use std::time::Duration;

use fleet_bots::{
    Account, ActionStatus, ActivityKind, Bot, BotChanges, Bots, Departure, Error, Heard, Invitation, NodeId,
    OptOut, ShownPost, SightedPost,
};
use sea_orm::ConnectionTrait;

use crate::fixtures::*;
use crate::store::{TestStore, stop};

store_tests![
    what_is_asked_for_leaves_a_trace_and_its_answer_ends_it,
    a_refusal_is_told_once_and_forgotten_when_it_is_mended,
    an_answer_that_comes_after_a_newer_question_is_passed_over,
    the_gallery_s_name_for_a_bot_is_what_it_acts_by,
    a_name_that_no_bot_can_have_is_refused,
    a_new_name_is_told_without_holding_the_bot_up,
    nobody_asks_for_a_bot_that_may_not_act,
    a_bot_without_an_account_gets_past_no_gate,
    a_deleted_bot_s_account_is_removed_and_its_username_is_free_then,
    a_person_who_takes_the_free_username_of_a_bot_is_a_person,
    an_account_that_is_kept_keeps_its_username,
    a_bot_without_an_account_leaves_nothing_behind,
    an_invitation_on_its_way_is_waited_for_before_its_account_is_removed,
    two_nodes_never_take_up_the_same_account,
    a_picture_in_the_making_ends_with_its_bot,
];

const PATIENCE: Duration = Duration::from_secs(30);

async fn now(bots: &Bots, bot: &Bot) -> Bot {
    bots.get_bot(&bot.id.to_string()).await.unwrap().bot
}

fn accepted(username: &str) -> Invitation {
    Invitation::Accepted { username: username.into(), created: true }
}

fn refused(why: &str) -> Invitation {
    Invitation::Refused { why: why.into(), wait: Duration::from_secs(300) }
}

/// Makes everything due that waits for the database's clock.
async fn time_passes(store: &TestStore) {
    let past = store.past_the_gateway().await;
    past.execute_unprepared("UPDATE bots SET account_due = 1 WHERE account_due IS NOT NULL").await.unwrap();
}

async fn messages(bots: &Bots, kind: ActivityKind) -> Vec<String> {
    told(bots, kind).await.into_iter().map(|line| line.message).collect()
}

async fn what_is_asked_for_leaves_a_trace_and_its_answer_ends_it(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    let holder = held(bots).await;
    let asked = bots.begin_invitation(bot.id, holder, PATIENCE).await.unwrap();
    assert_eq!((asked.account, asked.account_tries), (Account::Provisioning, 1));
    let (at_ms, due) = (asked.account_asked_at.unwrap(), asked.account_due.unwrap());
    // The database reads its clock once for each, and counts in fractions of a second.
    assert!(due.since(at_ms).abs_diff(PATIENCE) < Duration::from_millis(100), "{at_ms:?} {due:?}");
    assert_eq!(now(bots, &bot).await, asked, "a crash leaves this trace");

    // Whoever comes after the crash asks again.
    let again = bots.begin_invitation(bot.id, holder, PATIENCE).await.unwrap();
    assert_eq!(again.account_tries, 2);
    let lost = Invitation::Unanswered { why: "the gallery did not answer".into() };
    let waiting = bots.settle_invitation(&again, "BOT_000", lost, at(1)).await.unwrap();
    assert_eq!(waiting.account, Account::Provisioning);
    assert_eq!(waiting.account_note.as_deref(), Some("the gallery did not answer"));

    let ready = bots.settle_invitation(&waiting, "BOT_000 (AI)", accepted("bot_000"), at(1)).await.unwrap();
    assert_eq!((ready.account, ready.account_note, ready.account_tries), (Account::Ready, None, 0));
    assert_eq!((ready.account_name.as_deref(), ready.account_due), (Some("BOT_000 (AI)"), None));
    let told = messages(bots, ActivityKind::Provisioned).await;
    assert_eq!(told, ["BOT_000 has an account in the gallery, `bot_000`"]);
}

async fn a_refusal_is_told_once_and_forgotten_when_it_is_mended(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    let holder = held(bots).await;
    for _ in 0..2 {
        let asked = bots.begin_invitation(bot.id, holder, PATIENCE).await.unwrap();
        let no =
            bots.settle_invitation(&asked, "BOT_000", refused("the name is taken"), at(1)).await.unwrap();
        assert_eq!((no.account, no.account_note.as_deref()), (Account::Refused, Some("the name is taken")));
        assert!(!no.may_have_account());
    }
    assert_eq!(messages(bots, ActivityKind::Error).await, ["BOT_000 has no account: the name is taken"]);
    assert_eq!(bots.wanted_bots().await.unwrap()[0].renames, 0);

    let vibe = BotChanges { vibe: Some("wild".into()), ..BotChanges::default() };
    let same = bots.update_bot(bot.id, vibe, &asked()).await.unwrap();
    assert!(same.account_due.is_some(), "that is not what the refusal was about");
    let renamed = BotChanges { username: Some("fern".into()), ..BotChanges::default() };
    let renamed = bots.update_bot(bot.id, renamed, &asked()).await.unwrap();
    assert_eq!((renamed.account_due, renamed.account_tries), (None, 0));
    assert_eq!(bots.wanted_bots().await.unwrap()[0].renames, 1, "its agent wakes for this");
}

async fn an_answer_that_comes_after_a_newer_question_is_passed_over(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    let holder = held(bots).await;
    let first = bots.begin_invitation(bot.id, holder, PATIENCE).await.unwrap();
    let second = bots.begin_invitation(bot.id, holder, PATIENCE).await.unwrap();
    bots.settle_invitation(&second, "BOT_000", accepted("bot_000"), at(1)).await.unwrap();
    let late = bots.settle_invitation(&first, "BOT_000", refused("the name is taken"), at(1)).await;
    assert!(matches!(late, Err(Error::Overtaken(_))), "{late:?}");
    assert_eq!(now(bots, &bot).await.account, Account::Ready);
}

async fn the_gallery_s_name_for_a_bot_is_what_it_acts_by(store: &TestStore) {
    let bots = &store.bots;
    let bot = make_bots(bots, 1).await.remove(0);
    // An operator renamed it while the gallery was asked for the account.
    let renamed = BotChanges { username: Some("moss".into()), ..BotChanges::default() };
    bots.update_bot(bot.id, renamed, &asked()).await.unwrap();
    let ready = bots.settle_invitation(&bot, "BOT_000", accepted("bot_000"), at(1)).await.unwrap();
    assert_eq!((ready.account, ready.username.as_str()), (Account::Ready, "bot_000"));

    let other = bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    let known = bots.settle_invitation(&other, "FERN", accepted("fern_2"), at(1)).await.unwrap();
    assert_eq!(known.username, "fern_2");
    let told = messages(bots, ActivityKind::Provisioned).await;
    assert_eq!(told[1], "FERN has an account in the gallery, which calls it `fern_2`");
}

async fn a_name_that_no_bot_can_have_is_refused(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 2).await;
    for (name, why) in [("bot_001", "another bot has that name"), ("Bot One!", "3 to 30 characters")] {
        let no = bots.settle_invitation(&made[0], "BOT_000", accepted(name), at(1)).await.unwrap();
        assert_eq!((no.account, no.username.as_str()), (Account::Refused, "bot_000"));
        assert!(no.account_note.as_deref().unwrap().contains(why), "{no:?}");
        assert!(no.may_have_account(), "it has one, under another name");
    }
}

async fn a_new_name_is_told_without_holding_the_bot_up(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let asked = bots.begin_invitation(bot.id, holder, PATIENCE).await.unwrap();
    assert_eq!(asked.account, Account::Ready, "it acts while the gallery is asked");
    let plan = planned(bots, &bot, like("p1")).await;
    bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    let known = bots
        .settle_invitation(
            &asked,
            "New name",
            Invitation::Accepted { username: bot.username.clone(), created: false },
            at(2),
        )
        .await
        .unwrap();
    assert_eq!((known.account, known.account_name.as_deref()), (Account::Ready, Some("New name")));

    let asked = bots.begin_invitation(bot.id, holder, PATIENCE).await.unwrap();
    let kept = bots.settle_invitation(&asked, "Bad name", refused("not that"), at(3)).await.unwrap();
    assert_eq!((kept.account, kept.account_note.as_deref()), (Account::Ready, None));
    assert_eq!(kept.account_name.as_deref(), Some("Bad name"), "it is not told again and again");
    let told = messages(bots, ActivityKind::Error).await;
    assert_eq!(told, ["the gallery did not take the new name of BOT_000: not that"]);
}

async fn nobody_asks_for_a_bot_that_may_not_act(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let shut = async || {
        let begun = bots.begin_invitation(bot.id, holder, PATIENCE).await;
        assert!(matches!(begun, Err(Error::Overtaken(_))), "{begun:?}");
    };
    bots.pause_bot(bot.id, &asked()).await.unwrap();
    shut().await;
    bots.resume_bot(bot.id, &asked()).await.unwrap();
    stop(bots, &asked()).await;
    shut().await;
    bots.lift_stop(&asked()).await.unwrap();
    bots.begin_invitation(bot.id, holder, PATIENCE).await.unwrap();
    bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    shut().await;
}

async fn a_bot_without_an_account_gets_past_no_gate(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    let holder = held(bots).await;
    let plan = planned(bots, &bot, like("p1")).await;
    let shut = async || {
        let sent = bots.mark_sent(plan.id, holder, at(75)).await;
        assert!(matches!(sent, Err(Error::Overtaken(_))), "{sent:?}");
    };
    shut().await;
    let asked = bots.begin_invitation(bot.id, holder, PATIENCE).await.unwrap();
    shut().await;
    let no = bots.settle_invitation(&asked, "BOT_000", refused("no"), at(1)).await.unwrap();
    shut().await;
    bots.settle_invitation(&no, "BOT_000", accepted("bot_000"), at(1)).await.unwrap();
    let sent = bots.mark_sent(plan.id, holder, at(75)).await.unwrap();
    assert_eq!(sent.status, ActionStatus::Sent);
}

async fn a_deleted_bot_s_account_is_removed_and_its_username_is_free_then(store: &TestStore) {
    let bots = &store.bots;
    let bot = bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    provision(bots, &bot).await;
    let node_id = join(bots).await;
    let gone = bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    assert_eq!(gone.account, Account::Leaving);
    assert_eq!((bots.departing().await.unwrap(), bots.fleet_summary().await.unwrap().departing), (1, 1));
    let taken = bots.create_bot(new_bot("fern"), &asked()).await.unwrap_err();
    assert!(taken.to_string().contains("once the account of the deleted bot is removed"), "{taken}");
    assert!(bots.usernames().await.unwrap().contains("fern"), "nobody is drawn by that name");

    let claimed = bots.claim_departures(node_id, 10, PATIENCE).await.unwrap();
    assert_eq!(claimed.len(), 1);
    assert!(bots.claim_departures(node_id, 10, PATIENCE).await.unwrap().is_empty(), "it is being removed");
    // The node that took it up died: it is due again.
    time_passes(store).await;
    let claimed = bots.claim_departures(node_id, 10, PATIENCE).await.unwrap().remove(0);
    assert_eq!(claimed.account_tries, 2);
    for _ in 0..2 {
        let put_off = Departure::PutOff { why: "the gallery is down".into(), wait: PATIENCE };
        let still = now_of(bots, &claimed, put_off).await;
        assert_eq!(still.account, Account::Leaving);
    }
    let removed = now_of(bots, &claimed, Departure::Gone { removed: true }).await;
    assert_eq!((removed.account, removed.account_note), (Account::Gone, None));
    assert_eq!(bots.departing().await.unwrap(), 0);
    let late = bots.settle_departure(&claimed, Departure::Gone { removed: false }, at(9)).await;
    assert!(matches!(late, Err(Error::Overtaken(_))), "{late:?}");
    bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    let told = messages(bots, ActivityKind::Error).await;
    assert_eq!(told[0], "the account of FERN is still to be removed: the gallery is down");
    let told = messages(bots, ActivityKind::Deprovisioned).await;
    assert_eq!(told, ["the account of FERN was removed from the gallery"]);
}

async fn a_person_who_takes_the_free_username_of_a_bot_is_a_person(store: &TestStore) {
    let bots = &store.bots;
    let other = provision(bots, &run_bots(bots, 1).await.remove(0)).await;
    let bot = bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    provision(bots, &bot).await;
    let node_id = join(bots).await;
    let is_persons = async || {
        let post = SightedPost { id: "p1".into(), author: Some("Fern".into()), posted_at: at(-9_000) };
        bots.room_left(other.id, &[post], at(0)).await.unwrap()["p1"].is_persons
    };
    let share = async || {
        let post = ShownPost { id: "p1".into(), author: "fern".into(), likes: 0, comments: 0 };
        bots.our_share(&[post]).await.unwrap().posts.ours
    };
    assert!(!is_persons().await);
    bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    assert!(!is_persons().await, "its account is still there");
    let refused = bots.forget_person("fern", &asked()).await;
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    assert_eq!(share().await, 1);

    let claimed = bots.claim_departures(node_id, 10, PATIENCE).await.unwrap().remove(0);
    now_of(bots, &claimed, Departure::Gone { removed: true }).await;
    assert!(is_persons().await);
    assert_eq!(share().await, 0);
    let heard = OptOut {
        username: "fern".into(),
        words: "No bots, please.".into(),
        post_id: "p1".into(),
        said_at: at(10),
        heard_by: other.id,
    };
    assert_eq!(bots.opt_out(&heard, &asked()).await.unwrap(), Heard::New);
    bots.forget_person("fern", &asked()).await.unwrap();
    // What the bot did stays in its history.
    let kept = bots.bots_called("fern").await.unwrap().remove(0);
    assert_eq!((kept.username.as_str(), kept.account), ("fern", Account::Gone));
}

async fn now_of(bots: &Bots, claimed: &Bot, came: Departure) -> Bot {
    bots.settle_departure(claimed, came, at(5)).await.unwrap()
}

async fn an_account_that_is_kept_keeps_its_username(store: &TestStore) {
    let bots = &store.bots;
    let bot = bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    provision(bots, &bot).await;
    let gone = bots.delete_bot(bot.id, AccountAfter::Kept, &asked()).await.unwrap();
    assert_eq!(gone.account, Account::Ready);
    assert_eq!(bots.departing().await.unwrap(), 0);
    let taken = bots.create_bot(new_bot("fern"), &asked()).await.unwrap_err();
    assert!(taken.to_string().contains("was kept in the gallery"), "{taken}");
    let moss = bots.create_bot(new_bot("moss"), &asked()).await.unwrap();
    let renamed = BotChanges { username: Some("fern".into()), ..BotChanges::default() };
    let taken = bots.update_bot(moss.id, renamed, &asked()).await.unwrap_err();
    assert!(taken.to_string().contains("was kept in the gallery"), "{taken}");
}

async fn a_bot_without_an_account_leaves_nothing_behind(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 2).await;
    bots.settle_invitation(&made[1], "BOT_001", refused("the name is taken"), at(1)).await.unwrap();
    let gone = bots.delete_bots(&fleet_bots::Selection::All, AccountAfter::Removed, &asked()).await.unwrap();
    assert_eq!(
        gone.iter().map(|bot| bot.account).collect::<Vec<_>>(),
        [Account::Unprovisioned, Account::Refused]
    );
    assert_eq!(bots.departing().await.unwrap(), 0);
    make_bots(bots, 2).await;
}

async fn an_invitation_on_its_way_is_waited_for_before_its_account_is_removed(store: &TestStore) {
    let bots = &store.bots;
    let bot = run_bots(bots, 1).await.remove(0);
    let holder = held(bots).await;
    let asked_at = bots.begin_invitation(bot.id, holder, PATIENCE).await.unwrap();
    let gone = bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    assert_eq!(gone.account, Account::Leaving, "it may be there");
    assert!(gone.account_due.unwrap().since(asked_at.account_asked_at.unwrap()) >= PATIENCE);
    assert!(bots.claim_departures(holder.node_id, 10, PATIENCE).await.unwrap().is_empty());
    let late = bots.settle_invitation(&asked_at, "BOT_000", accepted("bot_000"), at(1)).await;
    assert!(matches!(late, Err(Error::Overtaken(_))), "{late:?}");
    time_passes(store).await;
    assert_eq!(bots.claim_departures(holder.node_id, 10, PATIENCE).await.unwrap().len(), 1);
}

async fn two_nodes_never_take_up_the_same_account(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 40).await;
    for bot in &made {
        provision(bots, bot).await;
    }
    let other = store.another().await;
    let (here, there) = (join(bots).await, NodeId::generate());
    bots.delete_bots(&fleet_bots::Selection::All, AccountAfter::Removed, &asked()).await.unwrap();
    assert!(other.claim_departures(there, 40, PATIENCE).await.unwrap().is_empty(), "no such node lives");
    stop(bots, &asked()).await;
    assert!(bots.claim_departures(here, 40, PATIENCE).await.unwrap().is_empty(), "nothing is sent at all");
    bots.lift_stop(&asked()).await.unwrap();
    let (some, others) = tokio::join!(
        async {
            [bots.claim_departures(here, 15, PATIENCE).await, bots.claim_departures(here, 15, PATIENCE).await]
        },
        async {
            [
                other.claim_departures(here, 15, PATIENCE).await,
                other.claim_departures(here, 15, PATIENCE).await,
            ]
        },
    );
    let mut all: Vec<_> =
        some.into_iter().chain(others).flat_map(|claimed| claimed.unwrap()).map(|bot| bot.id).collect();
    all.extend(bots.claim_departures(here, 40, PATIENCE).await.unwrap().into_iter().map(|bot| bot.id));
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!((all.len(), count), (40, 40));
}

async fn a_picture_in_the_making_ends_with_its_bot(store: &TestStore) {
    let bots = &store.bots;
    let (bot, holder) = one_held_bot(bots).await;
    let making = planned(bots, &bot, picture()).await;
    bots.mark_sent(making.id, holder, at(75)).await.unwrap();
    bots.delete_bot(bot.id, AccountAfter::Removed, &asked()).await.unwrap();
    let everything = fleet_bots::ActionFilter { limit: 10, ..Default::default() };
    let row = bots.recent_actions(&everything).await.unwrap().remove(0);
    assert_eq!(row.status, ActionStatus::Failed);
    assert_eq!(row.failure.as_deref(), Some("interrupted; the picture may have been made, and is not used"));
    assert!(messages(bots, ActivityKind::Unresolved).await.is_empty(), "nobody could look it up");
    assert!(
        messages(bots, ActivityKind::Error).await[0].starts_with("did not happen: BOT_000 made a picture")
    );
}
