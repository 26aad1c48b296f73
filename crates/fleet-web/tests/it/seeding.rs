//! Making many bots, and the catalogue they come from.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fleet_bots::{Intent, NewBot};
use fleet_web::{Characters, Draw, Writing};
use sea_orm::{ConnectionTrait, Database};
use tokio::sync::Semaphore;

use crate::characters::characters;
use crate::glass::{Answer, DEADLINE, Glass, asked, new_bot};

/// Waits until the page of a run says `words`.
async fn until(glass: &Glass, run: &str, words: &str) -> Answer {
    let waiting = async {
        loop {
            let page = glass.get(run).await;
            if page.text.contains(words) {
                return page;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(DEADLINE, waiting).await.unwrap_or_else(|_| panic!("`{words}` never came"))
}

#[tokio::test]
async fn exactly_those_who_were_shown_are_made() {
    let glass = Glass::knowing(characters()).await;
    let page = glass.get("/bots/seed?count=3&persona=poet&seed=5").await;
    assert_eq!(page.status, 200);
    page.assert_shows("<h2>3 new bots</h2>");
    page.assert_shows("@somebody_5_2");
    page.assert_shows("name=\"shown\" value=\"3 5 poet\"");

    let order = "count=3&persona=poet&seed=5&run=77&start=yes&shown=3%205%20poet";
    let made = glass.fill("/bots/seed", order).await;
    assert_eq!((made.status.as_u16(), made.header("location")), (303, "/bots/seed/77"));
    // Sent twice, it is the same order.
    glass.fill("/bots/seed", order).await;
    let done = until(&glass, "/bots/seed/77", "Made and started 3 bots.").await;
    done.assert_shows("Poet <strong>3</strong>");
    done.assert_hides("http-equiv");
    let mut names: Vec<_> = glass.bots.usernames().await.unwrap().into_iter().collect();
    names.sort();
    assert_eq!(names, ["somebody_5_0", "somebody_5_1", "somebody_5_2"]);
    let bot = glass.bots.get_bot("somebody_5_0").await.unwrap().bot;
    assert_eq!((bot.intent, bot.persona.as_str()), (Intent::Running, "poet"));
    assert_eq!(glass.newest().await.metadata.unwrap()["by"], "panel");
}

#[tokio::test]
async fn nobody_is_made_whom_nobody_was_shown() {
    let glass = Glass::knowing(characters()).await;
    let answer = glass.fill("/bots/seed", "count=4&seed=5&run=77&shown=3%205%20").await;
    assert_eq!(answer.status, 200);
    answer.assert_shows("<h2>4 new bots</h2>");
    answer.assert_shows("Nobody was made yet.");
    glass.get("/bots/seed?count=4&seed=5").await.assert_hides("Nobody was made yet.");
    assert_eq!(glass.get("/bots/seed/77").await.status, 404);
    assert!(glass.bots.usernames().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_be_made_is_told_with_the_way_to_mend_it() {
    let glass = Glass::knowing(characters()).await;
    for count in ["0", "1001", "many", "-3", "1.5"] {
        let answer = glass.get(&format!("/bots/seed?count={count}")).await;
        assert_eq!(answer.status, 422, "{count}");
        answer.assert_shows("must be a whole number from 1 to 1,000");
    }
    let unknown = glass.get("/bots/seed?count=3&persona=ghost").await;
    assert_eq!(unknown.status, 422);
    unknown.assert_shows("no persona “ghost”");
    assert_eq!(glass.fill("/bots/seed/9/go-on", "").await.status, 404);
}

#[tokio::test]
async fn others_are_drawn_and_a_thousand_fit_on_a_page() {
    let glass = Glass::knowing(characters()).await;
    glass.get("/bots/seed?count=2&seed=5&others=yes").await.assert_hides("somebody_5_");
    let page = glass.get("/bots/seed?count=1000&seed=5").await;
    page.assert_shows("And 960 more");
    assert!(page.text.len() < 60_000, "{}", page.text.len());
}

#[tokio::test]
async fn two_runs_at_once_make_everybody_once_under_free_names() {
    let glass = Glass::knowing(characters()).await;
    // Both were shown the same people.
    for run in [1, 2] {
        let order = format!("count=100&seed=5&run={run}&shown=100%205%20");
        assert_eq!(glass.fill("/bots/seed", &order).await.status, 303);
    }
    until(&glass, "/bots/seed/1", "Made 100 bots.").await;
    until(&glass, "/bots/seed/2", "Made 100 bots.").await;
    assert_eq!(glass.bots.usernames().await.unwrap().len(), 200);
}

#[tokio::test]
async fn a_name_that_was_taken_meanwhile_goes_to_nobody_twice() {
    let glass = Glass::knowing(characters()).await;
    let draw = glass.get("/bots/seed?count=3&seed=5").await;
    draw.assert_shows("@somebody_5_1");
    let order = "count=3&seed=5&run=77&shown=3%205%20";
    // The names are looked up when the order is given; whoever comes between has the name.
    let thief = NewBot { username: "somebody_5_1".into(), ..new_bot("Thief") };
    glass.bots.create_bot(thief, &asked()).await.unwrap();
    glass.fill("/bots/seed", order).await;
    until(&glass, "/bots/seed/77", "Made 3 bots.").await;
    assert_eq!(glass.bots.usernames().await.unwrap().len(), 4);
    assert_eq!(glass.bots.get_bot("somebody_5_1").await.unwrap().bot.name, "Thief");
}

#[tokio::test]
async fn the_catalogue_is_shown_with_its_people_and_those_it_does_not_know() {
    let glass = Glass::knowing(characters()).await;
    let poet = NewBot { persona: "poet".into(), ..new_bot("Ada") };
    glass.bots.create_bots(vec![poet, new_bot("Bo_")], &asked()).await.unwrap();
    let page = glass.get("/personas").await;
    assert_eq!(page.status, 200);
    for words in [
        "The catalogue of <code>/etc/fleet/personas.json</code>",
        "Botanist <span class=\"persona-share\">75 % of all</span>",
        "<a class=\"link\" href=\"/bots?persona=poet\">1 bot lives here</a>",
        "<a class=\"link\" href=\"/bots?persona=botanist\">0 bots live here</a>",
        "posts 10 %",
        "Busy 9–17, Monday to Friday; asleep 0–7.",
        "1 min to 5 min between two things it does",
        "openai (size 1024x1024)",
        "botanist no. 0",
        "1 of persona landscape-dreamer",
    ] {
        page.assert_shows(words);
    }
    let another = glass.fill_with_script("/personas/example", "of=poet&seed=9").await;
    another.assert_shows("hx-target=\"#example-poet\"");
    another.assert_shows("poet no. 9");
    another.assert_shows("name=\"seed\" value=\"10\">Another</button>");
    let led = glass.fill("/personas/example", "of=poet&seed=12").await;
    assert_eq!(
        (led.status.as_u16(), led.header("location")),
        (303, "/personas?of=poet&seed=12#persona-poet")
    );
    glass.get("/personas?of=poet&seed=12").await.assert_shows("poet no. 12");
    assert_eq!(glass.fill("/personas/example", "of=ghost").await.status, 404);
    assert_eq!(glass.get("/personas/example?of=poet&seed=9").await.status, 405);
}

#[tokio::test]
async fn looking_at_the_catalogue_has_each_persona_write_once_and_waits_for_nobody_who_is_late() {
    let (begun, ready) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
    let known = characters();
    let write = Arc::clone(&known.write);
    let slow = {
        let (begun, ready) = (Arc::clone(&begun), Arc::clone(&ready));
        move |bot: NewBot, seed| -> Writing {
            begun.fetch_add(1, Ordering::SeqCst);
            let (is_poet, ready, writing) = (bot.persona == "poet", Arc::clone(&ready), write(bot, seed));
            Box::pin(async move {
                if is_poet {
                    ready.acquire().await.unwrap().forget();
                }
                writing.await
            })
        }
    };
    let glass = Glass::knowing(Characters { write: Arc::new(slow), ..known }).await;
    for _ in 0..2 {
        let page = glass.get("/personas?of=botanist&seed=99").await;
        page.assert_shows("botanist no. 0");
        page.assert_shows("name=\"seed\" value=\"1\">Ask for an example</button>");
        page.assert_hides("no. 99");
    }
    assert_eq!(begun.load(Ordering::SeqCst), 2);
    ready.add_permits(1);
    glass.fill_with_script("/personas/example", "of=poet&seed=1").await.assert_shows("poet no. 1");
    glass.get("/personas").await.assert_shows("poet no. 1");
    assert_eq!(begun.load(Ordering::SeqCst), 2, "what is written, or being written, is not asked for again");
}

#[tokio::test]
async fn another_order_under_the_same_page_is_carried_out_too() {
    let glass = Glass::knowing(characters()).await;
    glass.fill("/bots/seed", "count=3&seed=5&run=77&shown=3%205%20").await;
    until(&glass, "/bots/seed/77", "Made 3 bots.").await;
    // Back, another number, and sent again.
    let other = glass.fill("/bots/seed", "count=2&seed=6&run=77&shown=2%206%20").await;
    assert_eq!(other.status, 303);
    let run = other.header("location").to_owned();
    assert_ne!(run, "/bots/seed/77");
    until(&glass, &run, "Made 2 bots.").await;
    assert_eq!(glass.bots.usernames().await.unwrap().len(), 5);
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_answered_in_words() {
    let glass = Glass::knowing(characters()).await;
    for address in ["/bots/new?seed=x", "/bots/seed/x", "/bots/seed/x/live", "/personas?seed=x"] {
        let answer = glass.get(address).await;
        assert_eq!(answer.status, 400, "{address}");
        answer.assert_shows("This address or form says something that cannot be read.");
        answer.assert_shows("Stop everything");
    }
    let open = glass.fill_with_script("/personas/example", "of=poet&seed=x").await;
    assert_eq!(open.status, 422);
    open.assert_shows("notice-bad");
}

#[tokio::test]
async fn a_catalogue_of_ones_own_is_looked_through_in_its_place() {
    let glass = Glass::knowing(characters()).await;
    let broken = glass.fill("/personas/check", "catalogue=%7B%0D%0A+++wrong+%3Cb%3E%0D%0A%7D").await;
    assert_eq!(broken.status, 422);
    for words in [
        "1 mistake.",
        "data-line=\"2\">Line 2</a>, persona <strong>ghost</strong>, <code>busy.hours[0]</code>",
        "wrong &#60;b&#62;</pre>",
        "It must not end when it begins.</strong> Let it end later.",
        "   wrong &#60;b&#62;\n}</textarea>",
    ] {
        broken.assert_shows(words);
    }
    let right = glass.fill_with_script("/personas/check", "catalogue=%7B%7D").await;
    assert_eq!(right.status, 200);
    right.assert_shows("It is right, and brings 1 persona.");
    right.assert_shows("fleet serve --personas FILE");
    let empty = glass.fill("/personas/check", "catalogue=").await;
    assert_eq!(empty.status, 422);
    empty.assert_shows("There is nothing to check yet");
    let huge = format!("catalogue={}", "x".repeat(3_000_000));
    let huge = glass.fill("/personas/check", &huge).await;
    assert_eq!(huge.status, 413);
    huge.assert_shows("That is more than 2 MB");
}

#[tokio::test]
async fn a_run_that_the_store_broke_off_tells_how_far_it_is_and_goes_on_without_making_anybody_twice() {
    let glass = Glass::knowing(characters()).await;
    let url = format!("sqlite://{}", glass.folder.path().join("fleet.db").display());
    let store = Database::connect(&url).await.unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON bots WHEN (SELECT count(*) FROM bots) >= 40
        BEGIN SELECT RAISE(ABORT, 'there is no room'); END";
    store.execute_unprepared(full).await.unwrap();

    let order = "count=100&seed=5&run=77&start=yes&shown=100%205%20";
    assert_eq!(glass.fill("/bots/seed", order).await.status, 303);
    let broken = until(&glass, "/bots/seed/77", "It stopped at 40 of 100 bots.").await;
    broken.assert_shows("The store answered in a way it should not.");
    broken.assert_shows("nobody is made twice");
    broken.assert_shows("action=\"/bots/seed/77/go-on\"");
    assert_eq!(glass.bots.usernames().await.unwrap().len(), 40);

    // The next piece was made after all, and only its answer was lost.
    store.execute_unprepared("DROP TRIGGER full").await.unwrap();
    let all = (characters().draw)(Draw { count: 100, seed: 5, ..Draw::default() });
    glass.bots.create_bots(all[40..80].to_vec(), &asked()).await.unwrap();

    let answer = glass.fill("/bots/seed/77/go-on", "").await;
    assert_eq!(answer.header("location"), "/bots/seed/77");
    until(&glass, "/bots/seed/77", "Made and started 100 bots.").await;
    let expected: HashSet<String> = all.into_iter().map(|bot| bot.username).collect();
    assert_eq!(glass.bots.usernames().await.unwrap(), expected);
    assert_eq!(glass.bots.fleet_summary().await.unwrap().meant(Intent::Running), 100);
}
