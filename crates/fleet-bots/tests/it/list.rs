//! Finding bots: filters, order, pages, and one by its name.

use fleet_bots::{
    BotFilter, BotSort, BotState, BotView, Bots, Error, Intent, NewBot, Observation, ObservedState, Selection,
};

use crate::fixtures::*;
use crate::store::TestStore;

store_tests![
    each_filter_leaves_what_it_names,
    text_is_found_whatever_the_case_and_signs_are_only_signs,
    every_order_goes_both_ways,
    pages_show_every_bot_once,
    a_bot_is_found_by_id_and_by_username,
    a_bot_whose_node_died_is_nobody_s,
    each_bot_is_found_by_the_state_it_is_shown_in,
    the_summary_counts_what_is_there,
    the_names_and_personas_of_the_living_are_told,
];

async fn names(bots: &Bots, filter: BotFilter) -> Vec<String> {
    let page = bots.list_bots(&filter).await.unwrap();
    assert_eq!(page.rows.len() as u64, page.total, "one page holds them all");
    page.rows.into_iter().map(|view| view.bot.name).collect()
}

fn all() -> BotFilter {
    BotFilter::default()
}

async fn named(bots: &Bots, username: &str, name: &str) {
    bots.create_bot(NewBot { name: name.into(), ..new_bot(username) }, &asked()).await.unwrap();
}

async fn see(bots: &Bots, view: &BotView, state: ObservedState) {
    let sight = Observation {
        bot_id: view.bot.id,
        holder: holder(&view.seen),
        state,
        state_note: None,
        current_action: None,
        last_thought: None,
        next_wake: None,
        parked_start: None,
    };
    bots.observe_bots(vec![sight]).await.unwrap();
}

async fn each_filter_leaves_what_it_names(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 4).await;
    let poet = NewBot { persona: "poet".into(), ..new_bot("poet") };
    bots.create_bot(poet, &asked()).await.unwrap();
    bots.start_bots(&Selection::Ids(vec![made[0].id, made[1].id]), &asked()).await.unwrap();
    bots.pause_bot(made[1].id, &asked()).await.unwrap();
    bots.delete_bot(made[3].id, AccountAfter::Removed, &asked()).await.unwrap();
    let node_id = join(bots).await;
    bots.claim_leases(node_id, 9).await.unwrap();
    see(bots, &bots.get_bot("bot_000").await.unwrap(), ObservedState::Looking).await;

    assert_eq!(names(bots, all()).await, ["BOT_000", "BOT_001", "BOT_002", "POET"]);
    assert_eq!(names(bots, BotFilter { intent: Some(Intent::Running), ..all() }).await, ["BOT_000"]);
    assert_eq!(names(bots, BotFilter { intent: Some(Intent::Stopped), ..all() }).await, ["BOT_002", "POET"]);
    assert_eq!(names(bots, BotFilter { persona: Some("poet".into()), ..all() }).await, ["POET"]);
    assert_eq!(
        names(bots, BotFilter { state: Some(BotState::Seen(ObservedState::Looking)), ..all() }).await,
        ["BOT_000"]
    );
    assert_eq!(
        names(bots, BotFilter { state: Some(BotState::Seen(ObservedState::Starting)), ..all() }).await,
        ["BOT_001"]
    );
    let both = BotFilter { persona: Some("botanist".into()), text: Some("2".into()), ..all() };
    assert_eq!(names(bots, both).await, ["BOT_002"]);
    assert!(
        names(bots, BotFilter { state: Some(BotState::Seen(ObservedState::Parked)), ..all() })
            .await
            .is_empty()
    );
}

async fn text_is_found_whatever_the_case_and_signs_are_only_signs(store: &TestStore) {
    let bots = &store.bots;
    named(bots, "fern_lover", "Fern Lover").await;
    named(bots, "fernxlover", "100% Cotton").await;
    named(bots, "arne", "Ärne Öst").await;
    named(bots, "slash", r"Back\slash!").await;
    let found = async |text: &str| names(bots, BotFilter { text: Some(text.into()), ..all() }).await;
    assert_eq!(found("FERN L").await, ["Fern Lover"]);
    assert_eq!(found("n_l").await, ["Fern Lover"]);
    assert_eq!(found("%").await, ["100% Cotton"]);
    assert_eq!(found("Ärne").await, ["Ärne Öst"]);
    assert_eq!(found(r"\SLASH").await, [r"Back\slash!"]);
    assert_eq!(found("!").await, [r"Back\slash!"]);
    assert_eq!(found("  ").await.len(), 4);
    assert!(found("a\0b").await.is_empty());
    assert!(found("'; DROP TABLE bots; --").await.is_empty());
}

async fn every_order_goes_both_ways(store: &TestStore) {
    let bots = &store.bots;
    may_like(bots).await;
    named(bots, "zoe", "ada").await;
    named(bots, "yan", "Bob").await;
    named(bots, "xia", "cid").await;
    let (yan, xia) = (bots.get_bot("yan").await.unwrap().bot, bots.get_bot("xia").await.unwrap().bot);
    bots.start_bots(&Selection::Ids(vec![yan.id, xia.id]), &asked()).await.unwrap();
    for bot in [&yan, &xia] {
        provision(bots, bot).await;
    }
    let node_id = join(bots).await;
    let leases = bots.claim_leases(node_id, 9).await.unwrap();
    for (bot, seconds) in [(&yan, 5), (&xia, 9)] {
        let holder = holder(leases.iter().find(|lease| lease.bot_id == bot.id).unwrap());
        let action = planned(bots, bot, like("p1")).await;
        bots.mark_sent(action.id, holder, at(75)).await.unwrap();
        let settlement = fleet_bots::Settlement { at: at(seconds), ..done() };
        bots.settle_action(action.id, holder, settlement).await.unwrap();
    }

    let sorted = async |sort, descending| names(bots, BotFilter { sort, descending, ..all() }).await;
    assert_eq!(sorted(BotSort::Name, false).await, ["ada", "Bob", "cid"]);
    assert_eq!(sorted(BotSort::Name, true).await, ["cid", "Bob", "ada"]);
    assert_eq!(sorted(BotSort::Username, false).await, ["cid", "Bob", "ada"]);
    assert_eq!(sorted(BotSort::CreatedAt, false).await, ["ada", "Bob", "cid"]);
    assert_eq!(
        sorted(BotSort::LastActionAt, true).await,
        ["cid", "Bob", "ada"],
        "who never acted comes last"
    );
    assert_eq!(sorted(BotSort::LastActionAt, false).await, ["ada", "Bob", "cid"]);
    assert_eq!(sorted(BotSort::Likes, true).await, ["cid", "Bob", "ada"]);
    for sort in [BotSort::Persona, BotSort::Intent, BotSort::Posts, BotSort::Comments] {
        let mut there = sorted(sort, false).await;
        there.reverse();
        assert_eq!(there, sorted(sort, true).await, "{sort:?}");
    }
}

async fn pages_show_every_bot_once(store: &TestStore) {
    make_bots(&store.bots, 23).await;
    let mut seen = Vec::new();
    for page in 0..4 {
        // All have the same persona, so that only the id decides between them.
        let filter = BotFilter { sort: BotSort::Persona, page, per_page: 7, ..all() };
        let found = store.bots.list_bots(&filter).await.unwrap();
        assert_eq!(found.total, 23);
        assert_eq!(found.rows.len(), if page == 3 { 2 } else { 7 });
        seen.extend(found.rows.into_iter().map(|view| view.bot.id));
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 23);
    let beyond = BotFilter { page: u64::MAX, per_page: 7, ..all() };
    assert!(store.bots.list_bots(&beyond).await.unwrap().rows.is_empty());
    let none_a_page = BotFilter { per_page: 0, ..all() };
    assert_eq!(store.bots.list_bots(&none_a_page).await.unwrap().rows.len(), 1);
}

async fn a_bot_is_found_by_id_and_by_username(store: &TestStore) {
    let bot = make_bots(&store.bots, 2).await.remove(1);
    assert_eq!(store.bots.get_bot("bot_001").await.unwrap().bot, bot);
    let found = store.bots.get_bot(&bot.id.to_string()).await.unwrap();
    assert_eq!((found.state(), found.bot), ("stopped".to_owned(), bot));
    for nobody in ["nobody", "", "BOT_001", "%", "a\0b", "00000000-0000-0000-0000-000000000000"] {
        let error = store.bots.get_bot(nobody).await.unwrap_err();
        assert!(matches!(error, Error::NotFound(_)), "{error:?}");
        assert_eq!(error.to_string(), format!("bot `{nobody}` does not exist"));
    }
}

async fn a_bot_whose_node_died_is_nobody_s(store: &TestStore) {
    let bots = &store.bots;
    let (bot, _) = one_held_bot(bots).await;
    let view = bots.get_bot("bot_000").await.unwrap();
    see(bots, &view, ObservedState::Acting).await;
    assert_eq!(bots.get_bot("bot_000").await.unwrap().state(), "acting");

    bots.renew_node(view.seen.node_id.unwrap(), std::time::Duration::ZERO).await.unwrap();
    let acting = BotFilter { state: Some(BotState::Seen(ObservedState::Acting)), ..all() };
    assert_eq!(bots.get_bot("bot_000").await.unwrap().state(), "waiting");
    assert_eq!(bots.list_bots(&all()).await.unwrap().rows[0].state(), "waiting");
    assert!(names(bots, acting).await.is_empty());
    assert!(bots.fleet_summary().await.unwrap().by_state.is_empty());
    bots.stop_bot(bot.id, &asked()).await.unwrap();
    assert_eq!(bots.get_bot("bot_000").await.unwrap().state(), "stopped");
}

async fn each_bot_is_found_by_the_state_it_is_shown_in(store: &TestStore) {
    let bots = &store.bots;
    let made = make_bots(bots, 4).await;
    let wanted = Selection::Ids(made[..3].iter().map(|bot| bot.id).collect());
    bots.start_bots(&wanted, &asked()).await.unwrap();
    let node_id = join(bots).await;
    bots.claim_leases(node_id, 2).await.unwrap();
    for view in bots.list_bots(&all()).await.unwrap().rows {
        if view.seen.node_id.is_some() {
            see(bots, &view, ObservedState::Resting).await;
        }
    }
    // One is held and not wanted any more: what its node sees is still what is true.
    let resting = BotFilter { state: Some(BotState::Seen(ObservedState::Resting)), ..all() };
    let held = bots.list_bots(&resting).await.unwrap().rows.remove(0);
    bots.stop_bot(held.bot.id, &asked()).await.unwrap();

    let mut count = 0;
    for word in ["resting", "waiting", "stopped", "acting"] {
        let state: BotState = word.parse().unwrap();
        for view in bots.list_bots(&BotFilter { state: Some(state), ..all() }).await.unwrap().rows {
            assert_eq!((view.bot_state(), view.state().as_str()), (state, word));
            count += 1;
        }
    }
    assert_eq!(count, 4, "each is in one state");
    assert_eq!(names(bots, BotFilter { state: Some(BotState::Waiting), ..all() }).await.len(), 1);
    assert_eq!(names(bots, BotFilter { state: Some(BotState::Stopped), ..all() }).await.len(), 1);
    bots.renew_node(node_id, std::time::Duration::ZERO).await.unwrap();
    assert_eq!(names(bots, BotFilter { state: Some(BotState::Waiting), ..all() }).await.len(), 2);
    assert_eq!(names(bots, BotFilter { state: Some(BotState::Stopped), ..all() }).await.len(), 2);
    let unknown = "asleep".parse::<BotState>().unwrap_err();
    assert!(unknown.contains("resting") && unknown.ends_with("waiting, stopped"), "{unknown}");
}

async fn the_summary_counts_what_is_there(store: &TestStore) {
    let bots = &store.bots;
    let nothing = fleet_bots::FleetSummary { likes_are_off: true, ..Default::default() };
    assert_eq!(bots.fleet_summary().await.unwrap(), nothing);
    let (bot, holder) = one_held_bot(bots).await;
    bots.create_bot(new_bot("fern"), &asked()).await.unwrap();
    let gone = bots.create_bot(new_bot("gone"), &asked()).await.unwrap();
    bots.delete_bot(gone.id, AccountAfter::Removed, &asked()).await.unwrap();
    let ends = [
        (like("p1"), done()),
        (comment("p2"), done()),
        (post(), done()),
        (like("p3"), failed()),
        (like("p4"), unresolved()),
    ];
    for (content, end) in ends {
        let action = planned(bots, &bot, content).await;
        bots.mark_sent(action.id, holder, at(75)).await.unwrap();
        bots.settle_action(action.id, holder, end).await.unwrap();
    }
    planned(bots, &bot, like("p5")).await;
    let sum = bots.fleet_summary().await.unwrap();
    assert_eq!((sum.bots, sum.meant(Intent::Running), sum.meant(Intent::Stopped)), (2, 1, 1));
    assert_eq!((sum.seen(ObservedState::Starting), sum.nodes), (1, 1));
    assert_eq!((sum.posts, sum.likes, sum.comments), (1, 1, 1));
    assert_eq!((sum.failed, sum.unresolved, sum.open), (1, 1, 1));
}

async fn the_names_and_personas_of_the_living_are_told(store: &TestStore) {
    let bots = &store.bots;
    assert!(bots.usernames().await.unwrap().is_empty());
    let made = make_bots(bots, 3).await;
    bots.create_bot(NewBot { persona: "poet".into(), ..new_bot("poet") }, &asked()).await.unwrap();
    bots.delete_bot(made[0].id, AccountAfter::Removed, &asked()).await.unwrap();
    let mut names: Vec<_> = bots.usernames().await.unwrap().into_iter().collect();
    names.sort();
    assert_eq!(names, ["bot_001", "bot_002", "poet"]);
    let counts: Vec<_> = bots.persona_counts().await.unwrap().into_iter().collect();
    assert_eq!(counts, [("botanist".to_owned(), 2), ("poet".to_owned(), 1)]);
    let called = bots.names_of(made.iter().map(|bot| bot.id)).await.unwrap();
    assert_eq!((called.len(), called.get(&made[1].id)), (2, Some(&made[1].name)));
    assert_eq!(bots.names_of([]).await.unwrap().len(), 0);
    // The account of a deleted one may have its username still.
    let kept = provision(bots, &bots.start_bot(made[1].id, &asked()).await.unwrap()).await;
    bots.delete_bot(kept.id, AccountAfter::Kept, &asked()).await.unwrap();
    let asked_for = ["bot_000", "bot_001", "bot_002", "nobody"].map(String::from);
    let mut taken: Vec<_> = bots.taken_usernames(&asked_for).await.unwrap().into_iter().collect();
    taken.sort();
    assert_eq!(taken, ["bot_001", "bot_002"]);
}
