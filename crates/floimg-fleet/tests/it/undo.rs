//! What `fleet undo` says and does: from a shell alone, and with a fleet that works it off.

use std::time::Duration;

use fleet_bots::{
    About, Asked, Bots, Content, FleetTime, Holder, Invitation, NewAction, NewRest, NodeId, Outcome,
    RestCause, SettingsChanges, Settlement, StoreAddress, Switch,
};
use serde_json::Value;

use crate::shell::Shell;

/// A moment of that morning.
fn at(seconds: i64) -> FleetTime {
    let morning: FleetTime = "2026-03-05T09:00:00Z".parse::<jiff::Timestamp>().unwrap().into();
    FleetTime(morning.0 + seconds * 1_000_000)
}

fn about(title: &str) -> About {
    About {
        post_id: title.to_lowercase(),
        title: title.into(),
        author: "brook".into(),
        person: None,
        posted_at: None,
        image_url: None,
        why: "ferns".into(),
    }
}

/// Ada, who shared a picture, liked two and commented on one, an hour apart; nobody can tell of her last comment whether it
/// is there. No node runs over her data.
async fn after_a_day(shell: &Shell) {
    shell.ada();
    let bots = Bots::connect(&StoreAddress::Sqlite(shell.folder().join("fleet.db")), Switch::new(None))
        .await
        .unwrap();
    bots.bind_gallery("https://gallery.example/").await.unwrap();
    let (ada, asked) = (bots.get_bot("ada").await.unwrap().bot, Asked { by: "test".into(), at: at(0) });
    let likes = SettingsChanges { likes_confirmed: Some(true), ..SettingsChanges::default() };
    bots.change_settings(likes, &asked).await.unwrap();
    let started = bots.start_bot(ada.id, &asked).await.unwrap();
    let accepted = Invitation::Accepted { username: started.username.clone(), created: true };
    bots.settle_invitation(&started, &started.name, accepted, asked.at).await.unwrap();
    let node_id = NodeId::generate();
    bots.register_node(node_id, "here", Duration::from_secs(600), &asked).await.unwrap();
    let epoch = bots.claim_leases(node_id, 1).await.unwrap()[0].epoch;
    let holder = Holder { node_id, epoch };
    let done = |id: &str| Outcome::Done { remote_id: Some(id.into()) };
    let deeds = [
        (
            Content::Post {
                image_url: "https://gallery.example/1.png".into(),
                title: "Snow days".into(),
                description: String::new(),
                prompt: String::new(),
            },
            done("snow/days"),
        ),
        (Content::Like { about: about("Fern") }, Outcome::Done { remote_id: None }),
        (Content::Like { about: about("Moss") }, Outcome::Done { remote_id: None }),
        (Content::Comment { about: about("Fern"), text: "How green!".into() }, done("c1")),
        (
            Content::Comment { about: about("Moss"), text: "And this?".into() },
            Outcome::Unresolved { why: "it was not found".into() },
        ),
    ];
    for (hour, (content, outcome)) in deeds.into_iter().enumerate() {
        let now = at(i64::try_from(hour).unwrap() * 3_600);
        let new = NewAction { bot_id: ada.id, content, planned_at: now, due_at: now, decision: None };
        let row = bots.plan_action(new).await.unwrap();
        bots.mark_sent(row.id, holder, now).await.unwrap();
        let settlement = Settlement { outcome, at: now, image_url: None, then: None };
        bots.settle_action(row.id, holder, settlement).await.unwrap();
    }
    bots.retire_node(node_id, &asked).await.unwrap();
}

#[test]
fn what_is_to_be_undone_has_to_be_chosen() {
    let shell = Shell::new();
    shell.ada();
    assert!(shell.fails(2, &["undo"]).contains("--all"));
    assert!(shell.fails(2, &["undo", "--all", "--bot", "ada"]).contains("cannot be used with"));
    assert!(shell.fails(2, &["undo", "--since", "yesterday"]).contains("must be a span of time"));
    let backwards = shell.fails(2, &["undo", "--since", "1h", "--until", "2h"]);
    assert!(backwards.contains("--since must be before --until"), "{backwards}");
    let unknown = shell.fails(1, &["undo", "--bot", "ada", "bob"]);
    assert!(unknown.contains("there is no bot `bob`"), "{unknown}");
    assert!(Shell::new().fails(2, &["undo", "--all"]).contains("there is no fleet in"));
    assert_eq!(shell.ok(&["undo", "--all"]), "to take back       0 likes\n", "there is nothing to ask about");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_be_undone_is_told_and_nothing_is_changed_by_looking() {
    let shell = Shell::new();
    after_a_day(&shell).await;
    insta::assert_snapshot!(shell.redacted(&shell.ok(&["undo", "--bot", "@ada", "--dry-run"])), @r"
    to take back       2 likes
                       of 1 bot that may do more while they run; `fleet bots pause` holds them

    To be removed by a person, in the gallery:
      [date] [time] UTC  @ada post “Snow days”
          post snow/days, https://gallery.example/item/snow%2Fdays
      [date] [time] UTC  @ada comment on “Fern”: How green!
          post fern, comment c1, https://gallery.example/item/fern

    May have happened, nobody can tell; look in the gallery, then say it with `fleet bots resolve ACTION happened` or `… did-not`, and run this again:
      [date] [time] UTC  @ada comment on “Moss”: And this?
          post moss, https://gallery.example/item/moss, action [id] (it was not found)
    ");
    let chosen =
        ["undo", "--persona", "data_viz", "--since", "2026-03-05T10:30:00Z", "--until", "2026-03-06"];
    let some = shell.json(&[&chosen[..], &["--dry-run"]].concat());
    assert_eq!(some["likes"]["to_take_back"], 1, "{some}");
    assert_eq!(some["by_hand"][0]["comment_id"], "c1", "{some}");
    assert_eq!(some["by_hand"][0]["address"], "https://gallery.example/item/fern", "{some}");
    assert_eq!(
        (&some["dry_run"], some["unknown"].as_array().unwrap().len()),
        (&Value::Bool(true), 1),
        "{some}"
    );
    assert!(shell.json(&["status"])["summary"]["open"] == 0);
    assert!(!shell.ok(&["activity"]).contains("undo asked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_node_it_is_written_down_once_and_told() {
    let shell = Shell::new();
    after_a_day(&shell).await;
    let asks = shell.fails(2, &["undo", "--all"]);
    assert!(
        asks.contains("2 likes would be taken back, and nobody is there to be asked; add --yes"),
        "{asks}"
    );
    let told = shell.fails(1, &["undo", "--all", "--yes"]);
    assert!(told.contains("2 likes still to take back: no node runs over this data"), "{told}");
    shell.ok(&["stop-everything"]);
    let told = shell.fails(1, &["undo", "--all", "--yes"]);
    assert!(told.contains("everything is stopped"), "{told}");
    let rows = shell.json(&["undo", "--all", "--dry-run"])["likes"].clone();
    assert_eq!((&rows["to_take_back"], &rows["under_way"]), (&0.into(), &2.into()), "{rows}");
    let asked = shell.ok(&["activity", "--kind", "undo_asked"]);
    assert_eq!(asked.matches("cli asked to take back 2 likes").count(), 1, "{asked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_fleet_rests_it_says_what_it_would_wait_for() {
    let shell = Shell::new();
    after_a_day(&shell).await;
    let bots = Bots::connect(&StoreAddress::Sqlite(shell.folder().join("fleet.db")), Switch::new(None))
        .await
        .unwrap();
    let asked = Asked { by: "test".into(), at: at(0) };
    bots.register_node(NodeId::generate(), "here", Duration::from_secs(600), &asked).await.unwrap();
    let rest = |cause, why: &str, until| NewRest {
        bot_id: None,
        cause,
        why: why.into(),
        until,
        at: at(0),
        probe_in: Duration::from_secs(600),
    };
    let hour = "2030-01-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap().into();
    bots.begin_rest(rest(RestCause::Rate, "the gallery asks for a pause of 3600 s", Some(hour)))
        .await
        .unwrap();
    let told = shell.fails(1, &["undo", "--all", "--yes"]);
    assert!(
        told.contains("still to take back: the fleet rests: the gallery asks for a pause of 3600 s"),
        "{told}"
    );
    assert!(told.contains("Run the same command again"), "{told}");
    bots.end_rests(&[RestCause::Rate], at(1)).await.unwrap();
    bots.begin_rest(rest(RestCause::Paused, "the platform has paused the fleet", None)).await.unwrap();
    let told = shell.fails(1, &["undo", "--all", "--yes"]);
    assert!(
        told.contains("the fleet rests: the platform has paused the fleet; nothing to do here"),
        "{told}"
    );
}

mod e2e {
    use super::*;

    #[test]
    fn a_fleet_that_runs_takes_back_what_is_asked_for_and_says_so() {
        let shell = Shell::new();
        let mut demo = shell.begin(&["demo", "--headless", "--port", "0", "--speed", "300"]);
        for _ in 0..3 {
            while !demo.line().contains("♥ like") {}
        }
        shell.ok(&["bots", "pause", "--all"]);
        // What was on its way when they were paused has ended then.
        shell.until("every bot holds still", &["bots", "list"], |list| {
            list["bots"].as_array().is_some_and(|bots| bots.iter().all(|bot| bot["state"] == "halted"))
        });
        let before = shell.json(&["undo", "--all", "--dry-run"])["likes"]["to_take_back"].clone();
        assert!(before.as_u64() >= Some(3), "{before}");
        let after = shell.json(&["undo", "--all", "--yes"])["likes"].clone();
        assert_eq!((&after["taken_back"], &after["to_take_back"]), (&before, &0.into()), "{after}");
        assert_eq!(shell.json(&["status"])["summary"]["likes"], 0);
        let told = shell.ok(&["activity", "--kind", "unlike", "--limit", "1000"]);
        assert_eq!(told.lines().count() as u64, before.as_u64().unwrap(), "{told}");
        assert!(shell.ok(&["undo", "--all"]).contains("nothing is left to do about them"));
    }
}
