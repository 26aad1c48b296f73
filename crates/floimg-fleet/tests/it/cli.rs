//! What commands print, what they change, and how they end.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::shell::{Done, Shell};

/// Commands whose help is written down; those that run a fleet have theirs beside their own tests.
const COMMANDS: &[&[&str]] = &[
    &["seed"],
    &["bots"],
    &["bots", "list"],
    &["bots", "show"],
    &["bots", "create"],
    &["bots", "edit"],
    &["bots", "start"],
    &["bots", "pause"],
    &["bots", "resume"],
    &["bots", "stop"],
    &["bots", "delete"],
    &["bots", "act"],
    &["bots", "resolve"],
    &["operators"],
    &["operators", "list"],
    &["operators", "add"],
    &["operators", "password"],
    &["operators", "sign-out"],
    &["operators", "remove"],
    &["settings"],
    &["settings", "show"],
    &["settings", "set"],
    &["settings", "add"],
    &["settings", "remove"],
    &["forget"],
    &["stop-everything"],
    &["status"],
    &["activity"],
    &["undo"],
    &["health"],
    &["migrate"],
    &["doctor"],
    &["completions"],
];

#[test]
fn the_help_of_every_command_is_its_reference() {
    let shell = Shell::new();
    let (mut help, mut everywhere) = (Vec::new(), BTreeSet::new());
    for command in COMMANDS {
        let printed = shell.ok(&[*command, &["--help"]].concat());
        let (own, common) = printed.split_once("Options of every command:").unwrap();
        help.push(format!("$ fleet {} --help\n{}", command.join(" "), own.trim_end()));
        everywhere.insert(common.to_owned());
    }
    assert_eq!(everywhere.len(), 1, "what every command has is the same everywhere");
    help.extend(everywhere.into_iter().map(|common| format!("Options of every command:{common}")));
    insta::assert_snapshot!("help", help.join("\n\n"));
}

#[test]
fn an_empty_fleet_says_what_to_do_next() {
    let shell = Shell::new();
    shell.ok(&["migrate"]);
    insta::assert_snapshot!(shell.ok(&["bots", "list"]), @"there are no bots yet; make some with `fleet seed --count 24 --start`");
    insta::assert_snapshot!(shell.redacted(&shell.ok(&["status"])), @"
    there are no bots yet; make some with `fleet seed --count 24 --start`

    wanted   none
    seen     nobody is held by a node
    nodes    0
    done     0 posts, 0 comments, 0 likes
    ledger   0 open, 0 failed, 0 unresolved
    likes    off; once you have seen that the platform counts agents' likes apart from people's, say it with `fleet settings set likes_confirmed yes`
    clock    [date] [time] UTC
    store    SQLite in [data]/fleet.db
    ");
}

#[test]
fn a_folder_without_a_fleet_is_told_from_an_empty_fleet() {
    let shell = Shell::new();
    for command in [&["status"][..], &["bots", "list"], &["activity"], &["bots", "start", "--all"]] {
        let told = shell.fails(2, command);
        assert!(told.contains("there is no fleet in"), "{command:?}: {told}");
    }
    assert_eq!(std::fs::read_dir(shell.folder()).unwrap().count(), 0);
}

#[test]
fn a_bot_is_listed_and_shown() {
    let shell = Shell::new();
    shell.ada();
    insta::assert_snapshot!(shell.ok(&["bots", "list"]), @"
     Name  Username  Persona   Wanted   State    Last action  Next wake  Posts  Comments  Likes  Errors
     Ada   @ada      data_viz  stopped  stopped  —            —              0         0      0       0

    1 of 1 bot
    ");
    let shown = shell.redacted(&shell.ok(&["bots", "show", "@ada"]));
    // What the clock on the wall makes of her day differs from run to run.
    let shown: Vec<&str> = shown.lines().filter(|line| !line.contains("local time")).collect();
    insta::assert_snapshot!(shown.join("\n"), @"
    Ada  @ada  [id]

      wanted         stopped
      state          stopped
      account        none yet; it is asked for before anything else
      so far         0 posts, 0 comments, 0 likes, 0 looks, 0 errors
      made           [date] [time] UTC
    Character
      persona        data_viz
      bio            An AI resident who counts.
      personality    Counts things and shows them.
      vibe           dry
      interests      charts, maps
      drawn to       post 25 %, comment 25 %, like 50 %, browse 0 %
    Day
      zone           Europe/London
      busy           9-12, 13-17 on mon, tue, wed, thu, fri
      asleep         0-7
      acts every     90 s to 5 min

    Recently
      [date] [time]  + created         Ada joined as data_viz
    ");
}

#[test]
fn a_bot_as_json_has_all_its_fields() {
    let shell = Shell::new();
    shell.ada();
    let listed = shell.json(&["bots", "list"]);
    assert_eq!((&listed["total"], &listed["page"]), (&json!(1), &json!(1)));
    let mut shown = shell.json(&["bots", "show", "ada"]);
    for field in ["local_time", "phase", "activity"] {
        assert!(shown.as_object_mut().unwrap().remove(field).is_some(), "{field}");
    }
    // By name, whatever the order in which they are told.
    shown.sort_all_objects();
    let text = serde_json::to_string_pretty(&shown).unwrap();
    insta::assert_snapshot!(shell.redacted(&text), @r#"
    {
      "account": "unprovisioned",
      "account_name": null,
      "account_note": null,
      "bio": "An AI resident who counts.",
      "browses": 0,
      "comments": 0,
      "created_at": [moment],
      "deleted_at": null,
      "errors": 0,
      "id": "[id]",
      "intent": "stopped",
      "interests": [
        "charts",
        "maps"
      ],
      "last_action": null,
      "last_action_at": null,
      "likes": 0,
      "max_interval_s": 300,
      "min_interval_s": 90,
      "name": "Ada",
      "persona": "data_viz",
      "personality": "Counts things and shows them.",
      "posts": 0,
      "requests": [],
      "rhythm": {
        "busy": [
          {
            "from": 9,
            "to": 12
          },
          {
            "from": 13,
            "to": 17
          }
        ],
        "days": [
          "mon",
          "tue",
          "wed",
          "thu",
          "fri"
        ],
        "zone": "Europe/London"
      },
      "seen": {
        "bot_id": "[id]",
        "claimed_at": null,
        "current_action": null,
        "epoch": 0,
        "last_thought": null,
        "next_wake": null,
        "node_id": null,
        "parked_start": null,
        "state": null,
        "state_note": null
      },
      "shares": {
        "browse": 0.0,
        "comment": 0.25,
        "like": 0.5,
        "post": 0.25
      },
      "sleep": {
        "from": 0,
        "to": 7
      },
      "starts": 0,
      "state": "stopped",
      "unresolved": [],
      "updated_at": [moment],
      "username": "ada",
      "vibe": "dry",
      "weights": {
        "browse": 0.0,
        "comment": 1.0,
        "like": 2.0,
        "post": 1.0
      }
    }
    "#);
}

#[test]
fn seeding_makes_residents_of_every_persona_and_starts_them_when_asked() {
    let shell = Shell::new();
    let made = shell.json(&["seed", "--count", "12", "--seed", "7", "--start"]);
    assert_eq!((&made["made"], &made["started"]), (&json!(12), &json!(true)));
    assert_eq!(made["by_persona"].as_object().unwrap().len(), 6);
    let listed = shell.json(&["bots", "list", "--intent", "running"]);
    assert_eq!(listed["total"], 12);

    let printed = shell.ok(&["seed", "--count", "2", "--persona", "data_viz"]);
    insta::assert_snapshot!(printed, @"
     Persona   Made
     data_viz     2

    made 2 bots; they are stopped until `fleet bots start --all`
    ");
    assert_eq!(shell.json(&["bots", "list", "--intent", "stopped", "--persona", "data_viz"])["total"], 2);
}

#[test]
fn the_same_seed_makes_the_same_residents() {
    let names = || {
        let made = Shell::new().json(&["seed", "--count", "5", "--seed", "3"]);
        made["bots"].as_array().unwrap().iter().map(|bot| bot["username"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(), names());
}

#[test]
fn every_verb_changes_what_is_wanted() {
    let shell = Shell::new();
    shell.ada();
    let wanted = || shell.intent("ada");
    assert_eq!(wanted().as_deref(), Some("stopped"));
    for (verb, intent) in
        [("start", "running"), ("pause", "paused"), ("resume", "running"), ("stop", "stopped")]
    {
        shell.ok(&["bots", verb, "ada"]);
        assert_eq!(wanted().as_deref(), Some(intent), "{verb}");
    }
    shell.ok(&["bots", "delete", "ada"]);
    assert_eq!(wanted(), None);
}

#[test]
fn what_cannot_be_done_is_said_and_the_rest_is_done() {
    let shell = Shell::new();
    shell.ada();
    let done = shell.run(&["bots", "start", "ada", "nobody"]);
    assert_eq!((done.code, shell.intent("ada").as_deref()), (1, Some("running")));
    insta::assert_snapshot!(done.stdout, @"
    started 1 bot: @ada
    left 1 bot as before (does not exist): nobody
    ");
    insta::assert_snapshot!(done.stderr, @"fleet: bot `nobody` does not exist");

    let again = shell.json(&["bots", "resume", "ada"]);
    assert_eq!(again, json!({ "changed": [], "unchanged": [{ "bot": "ada", "why": "runs already" }] }));
    shell.ok(&["bots", "stop", "ada"]);
    insta::assert_snapshot!(shell.fails(1, &["bots", "pause", "ada"]), @"fleet: bot `ada` is stopped; start it first");
}

#[test]
fn a_persona_or_all_bots_are_steered_at_once() {
    let shell = Shell::new();
    shell.ok(&["seed", "--count", "12", "--seed", "1"]);
    let started = shell.json(&["bots", "start", "--persona", "data_viz"]);
    let some = started["changed"].as_array().unwrap().len();
    assert!((1..12).contains(&some), "{some}");
    let paused = shell.json(&["bots", "pause", "--all"]);
    assert_eq!(paused["changed"].as_array().unwrap().len(), some);
    assert_eq!(paused["unchanged"].as_array().unwrap().len(), 12 - some);
    insta::assert_snapshot!(shell.fails(1, &["bots", "start", "--persona", "nobody"]), @"fleet: there are no bots of persona `nobody`; `fleet bots list` shows who there is");
    shell.fails(2, &["bots", "start"]);
    shell.fails(2, &["bots", "start", "ada", "--all"]);
}

#[test]
fn many_are_not_deleted_without_a_yes() {
    let shell = Shell::new();
    shell.ok(&["seed", "--count", "3"]);
    insta::assert_snapshot!(shell.fails(2, &["bots", "delete", "--all"]), @"fleet: 3 bots would be deleted, and nobody is there to be asked; add --yes");
    assert_eq!(shell.json(&["bots", "list"])["total"], 3);
    shell.ok(&["bots", "delete", "--all", "--yes"]);
    assert_eq!(shell.json(&["bots", "list"])["total"], 0);
}

#[test]
fn every_mistake_about_a_bot_is_told_at_once_with_its_remedy() {
    let shell = Shell::new();
    shell.ok(&["migrate"]);
    let refused = shell.fails(
        2,
        &[
            "bots",
            "create",
            "--name",
            " ",
            "--username",
            "Ada Lovelace",
            "--post",
            "-1",
            "--zone",
            "Mars",
            "--busy",
            "9to5",
            "--days",
            "someday",
            "--min",
            "5x",
            "--max",
            "9d",
        ],
    );
    insta::assert_snapshot!(refused, @"
    fleet: this bot cannot be:
    - `--busy` cannot be read: `9to5`: write hours as `9-17`, or several as `9-12,13-17`
    - `--days` cannot be read: `someday`: write `mon,tue`, `weekdays`, `weekends` or `daily`
    - `--min` cannot be read: `5x`: write `90s`, `5m`, `2h`, `7d` or a number of seconds
    - `--name` must have 1 to 100 characters, it has 0: fill it in
    - `--username` must be 3 to 30 characters of a-z, 0-9 and _: try `ada_lovelace`
    - `--post` must be a number of 0 or more, it is -1: 0 means never; only the proportion of the four counts
    - `--zone` must be a time zone of the IANA database, `Mars` is none: write it as `Europe/London` or `UTC`
    - `--max` must be 1 second to 7 days (604800 s), it is 777600 s: 60 to 300 suits a regular resident
    ");
    assert_eq!(shell.json(&["bots", "list"])["total"], 0);
    insta::assert_snapshot!(shell.fails(2, &["bots", "create", "--name", "A", "--username", "ada", "--persona", "x"]), @"fleet: there is no persona `x`; there are product_photographer, social_marketer, indie_game_dev, data_viz, ai_artist, ux_designer");
}

#[test]
fn editing_changes_what_is_named_and_nothing_else() {
    let shell = Shell::new();
    shell.ada();
    let before = shell.json(&["bots", "show", "ada"]);
    let after = shell.json(&["bots", "edit", "ada", "--like", "0.5", "--max", "2h", "--days", "sat,sun"]);
    assert_eq!(after["weights"], json!({ "post": 1.0, "comment": 1.0, "like": 0.5, "browse": 0.0 }));
    assert_eq!((&after["max_interval_s"], &after["rhythm"]["days"]), (&json!(7_200), &json!(["sat", "sun"])));
    for field in ["name", "username", "persona", "personality", "vibe", "interests", "min_interval_s"] {
        assert_eq!(before[field], after[field], "{field}");
    }
    insta::assert_snapshot!(shell.ok(&["bots", "edit", "ada"]), @"Ada @ada (data_viz, stopped): left as it was (nothing to change was named)");
    insta::assert_snapshot!(shell.fails(2, &["bots", "edit", "ada", "--min", "3h"]), @"
    fleet: this bot cannot be:
    - `--max` must not be below `--min`, 10800 s: raise it, or lower the minimum
    ");
    insta::assert_snapshot!(shell.fails(1, &["bots", "edit", "nobody", "--vibe", "calm"]), @"fleet: bot `nobody` does not exist");
}

#[test]
fn a_username_that_is_taken_is_refused() {
    let shell = Shell::new();
    shell.ada();
    insta::assert_snapshot!(shell.fails(1, &["bots", "create", "--name", "Ada", "--username", "ada"]), @"fleet: the username `ada` is taken by another bot; choose another");
}

#[test]
fn who_is_not_there_cannot_be_shown() {
    let shell = Shell::new();
    shell.ok(&["migrate"]);
    insta::assert_snapshot!(shell.fails(1, &["bots", "show", "nobody"]), @"fleet: bot `nobody` does not exist");
}

#[test]
fn every_mistake_in_a_catalogue_is_told() {
    let shell = Shell::new();
    let file = shell.file("personas.json", r#"{"personas": [{"id": ""}]}"#);
    let refused = shell.fails(2, &["seed", "--count", "1", "--personas", file.to_str().unwrap()]);
    assert!(refused.lines().count() > 5 && refused.contains("; "), "{refused}");
    assert!(shell.fails(2, &["seed", "--count", "0"]).contains("1..=100000"));
}

#[test]
fn the_log_is_told_newest_last_and_without_what_a_terminal_obeys() {
    let shell = Shell::new();
    shell.ok(&[
        "bots",
        "create",
        "--name",
        "Eve\u{1b}[31m\u{9b}2J\nroot",
        "--username",
        "eve",
        "--persona",
        "ai_artist",
        "--start",
    ]);
    insta::assert_snapshot!(shell.redacted(&shell.ok(&["activity"])), @"
    [date] [time]  + created         Eve root joined as ai_artist
    [date] [time]  ▶ started         Eve root was started
    ");
    let listed = shell.ok(&["bots", "list"]);
    let json = shell.ok(&["activity", "--json"]);
    for printed in [listed, shell.ok(&["bots", "show", "eve"]), json.clone()] {
        assert!(!printed.contains(['\u{1b}', '\u{9b}']), "{printed:?}");
    }
    let kinds: Vec<serde_json::Value> = json
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["kind"].clone())
        .collect();
    assert_eq!(kinds, ["created", "started"]);
}

#[test]
fn the_log_can_be_narrowed() {
    let shell = Shell::new();
    shell.ada();
    shell.ok(&["seed", "--count", "3"]);
    let lines = |arguments: &[&str]| shell.ok(&[&["activity"], arguments].concat()).lines().count();
    assert_eq!(lines(&["--bot", "ada"]), 1);
    assert_eq!(lines(&["--limit", "2"]), 2);
    assert_eq!(lines(&["--kind", "started,stopped"]), 0);
    assert_eq!(lines(&["--since", "1h"]), 4);
    assert_eq!(lines(&["--since", "2100-01-01T00:00:00Z"]), 0);
    shell.fails(2, &["activity", "--since", "yesterday"]);
    shell.fails(2, &["activity", "--kind", "gossip"]);
    shell.fails(1, &["activity", "--bot", "nobody"]);
}

#[test]
fn following_goes_on_from_the_log_and_ends_on_ctrl_c() {
    let shell = Shell::new();
    shell.ada();
    let mut following = shell.begin(&["activity", "--follow"]);
    assert!(following.line().ends_with("Ada joined as data_viz"));
    shell.ok(&["bots", "start", "ada"]);
    shell.ok(&["bots", "pause", "ada"]);
    assert!(following.line().ends_with("Ada was started"));
    assert!(following.line().ends_with("Ada was paused"));
    assert_eq!(following.interrupt(), 0);
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let shell = Shell::new();
    shell.ok(&["seed", "--count", "1500"]);
    let mut child = shell
        .command(&["activity", "--limit", "1500", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = Done::from(child.wait_with_output().unwrap());
    assert_eq!((done.code, done.stderr.as_str()), (0, ""));
}

#[test]
fn everything_is_stopped_and_lifted_again() {
    let shell = Shell::new();
    shell.ada();
    shell.ok(&["bots", "start", "ada"]);
    insta::assert_snapshot!(shell.ok(&["stop-everything"]), @"
    everything is stopped, and written down: every node is silent within a second, and stays so over restarts
    lift it with `fleet stop-everything --lift`; every bot then goes on as it was meant to
    ");
    assert_eq!(shell.intent("ada").as_deref(), Some("running"));
    let told = shell.ok(&["status"]);
    insta::assert_snapshot!(told.split("\n\n").next().unwrap(), @"
    1 bot: 1 run; but:
    - everything is stopped, by cli: lift it with `fleet stop-everything --lift`
    - no node runs: nothing acts until `fleet serve` or `fleet demo` runs over this data
    ");
    assert_eq!(shell.json(&["status"])["stop"]["by"], "cli");
    assert_eq!(shell.json(&["stop-everything"]), json!({ "state": "on" }));

    insta::assert_snapshot!(shell.ok(&["stop-everything", "--lift"]), @"the stop was lifted; every bot goes on as it was meant to");
    assert_eq!(shell.json(&["status"])["stop"], json!(null));
    assert_eq!(shell.json(&["stop-everything", "--lift"]), json!({ "state": "off", "was_stopped": false }));
}

#[test]
fn a_stop_that_was_only_kept_can_be_lifted_for_good() {
    let shell = Shell::new();
    shell.ok(&["migrate"]);
    shell.file("stop", r#"{"by":"ada","at":0}"#);
    assert_eq!(shell.json(&["stop-everything", "--lift"])["was_stopped"], json!(true));
    assert_eq!(shell.json(&["status"])["stop"], json!(null));
}

#[test]
fn a_store_that_hangs_up_is_told_without_its_password_and_the_stop_is_kept() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port();
    std::thread::spawn(move || server.incoming().for_each(drop));
    let url = format!("postgres://ada:hunter2@127.0.0.1:{port}/fleet");
    let shell = Shell::new().with("DATABASE_URL", &url);

    let told = shell.fails(1, &["status"]);
    assert!(told.contains("the store does not answer; check that it runs"), "{told}");
    let stop = shell.run(&["stop-everything", "--json"]);
    assert_eq!((stop.code, stop.stdout.as_str()), (1, "{\n  \"state\": \"pending\"\n}\n"));
    assert!(stop.stderr.contains("the stop is not written yet"), "{}", stop.stderr);
    let kept = shell.folder().join(format!("stop-Postgres-at-127-0-0-1-{port}-database-fleet"));
    assert!(std::fs::read_to_string(kept).unwrap().contains("cli"));
    let doctor = shell.run(&["doctor", "--gallery-url", "http://127.0.0.1:1"]);
    for said in [told, stop.stderr, doctor.stdout, doctor.stderr, shell.ok(&["--help"])] {
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn an_address_that_is_none_is_refused_and_leaves_no_stop_behind() {
    let shell = Shell::new().with("DATABASE_URL", "mysql://root:hunter2@db/fleet");
    for command in ["status", "stop-everything", "migrate"] {
        let told = shell.fails(2, &[command]);
        assert!(told.contains("must be `postgres://") && !told.contains("hunter2"), "{told}");
    }
    assert_eq!(std::fs::read_dir(shell.folder()).unwrap().count(), 0);
}

#[test]
fn a_setting_that_is_there_and_empty_counts_as_none() {
    let sample = include_str!("../../../../.env.sample").lines();
    let settings: Vec<_> = sample.filter_map(|line| line.strip_prefix('#')?.split_once('=')).collect();
    let empty = settings.iter().fold(Shell::new(), |shell, (name, _)| shell.with(name, ""));
    assert!(settings.iter().any(|(name, _)| *name == "FLEET_PORT"));
    assert!(empty.fails(2, &["serve"]).contains("the gallery's service token is missing"));
    assert_eq!(empty.json(&["seed", "--count", "1"])["made"], 1);

    let own = Command::new(env!("CARGO_BIN_EXE_fleet"))
        .env_clear()
        .envs([("FLEET_DATA", ""), ("HOME", empty.folder().to_str().unwrap())])
        .arg("migrate")
        .output();
    let own = Done::from(own.unwrap());
    assert!(own.code == 0 && own.stdout.contains("/floimg-fleet/fleet.db"), "{own:?}");
}

#[test]
fn migrating_names_the_store() {
    let shell = Shell::new();
    insta::assert_snapshot!(shell.redacted(&shell.ok(&["migrate"])), @"the tables are up to date: SQLite in [data]/fleet.db");
}

#[test]
fn shells_that_come_at_once_do_not_disturb_each_other() {
    let shell = Shell::new();
    let seeds: Vec<_> = (0..4)
        .map(|_| {
            shell
                .command(&["seed", "--count", "25", "--start"])
                .stderr(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for seed in seeds {
        let done = Done::from(seed.wait_with_output().unwrap());
        assert_eq!(done.code, 0, "{done:?}");
    }
    assert_eq!(shell.json(&["bots", "list", "--intent", "running"])["total"], 100);
}

#[test]
fn completions_are_printed_for_a_shell() {
    assert!(Shell::new().ok(&["completions", "bash"]).contains("stop-everything"));
}

#[test]
fn a_bot_that_could_not_act_is_not_asked_to_and_one_that_can_is() {
    let shell = Shell::new();
    shell.ada();
    let refused = shell.fails(1, &["bots", "act", "@ada", "like"]);
    assert!(refused.contains("Ada is stopped; start it first"), "{refused}");
    shell.ok(&["bots", "start", "ada"]);
    insta::assert_snapshot!(shell.ok(&["bots", "act", "@ada", "like"]), @"
    asked @ada to like something now
    see what comes of it with `fleet activity --bot ada --follow`
    ");
    let second = shell.json(&["bots", "act", "ada", "post"]);
    assert_eq!((&second["wish"], &second["replaces"]), (&json!("post"), &json!("like")));
    let shown = shell.ok(&["bots", "show", "ada"]);
    assert!(shown.contains("cli asked it to make a picture"), "{shown}");
    let unknown = shell.fails(2, &["bots", "act", "ada", "dance"]);
    assert!(unknown.contains("post, comment, like, browse"), "{unknown}");
}

#[test]
fn an_action_is_resolved_by_its_id_alone() {
    let shell = Shell::new();
    shell.ada();
    let nonsense = shell.fails(1, &["bots", "resolve", "ada", "happened"]);
    assert!(nonsense.contains("`ada` is no action's id; `fleet status` names those"), "{nonsense}");
    let id = "019a0000-0000-7000-8000-000000000000";
    let unknown = shell.fails(1, &["bots", "resolve", id, "did-not"]);
    assert!(unknown.contains(&format!("action {id} does not exist")), "{unknown}");
}

#[test]
fn settings_are_shown_and_changed_by_rule() {
    let shell = Shell::new();
    shell.ok(&["migrate"]);
    let shown = shell.ok(&["settings", "show"]);
    assert!(
        shown.contains("bot_posts = 6 a day\n    The most pictures that one bot shares in a day."),
        "{shown}"
    );
    assert!(shown.contains("opted_out = nobody"), "{shown}");
    insta::assert_snapshot!(shell.ok(&["settings", "set", "pace", "2"]), @"pace is 2 now; it was 1");
    insta::assert_snapshot!(shell.ok(&["settings", "set", "pace", "2"]), @"pace is 2 already");
    insta::assert_snapshot!(shell.ok(&["settings", "set", "opted_out", "@Brook,ada"]), @"opted_out is ada, brook now; it was nobody");
    insta::assert_snapshot!(shell.ok(&["settings", "add", "opted_out", "@Grace", "odd name"]), @"opted_out is ada, brook, grace, odd%20name now; it was ada, brook");
    insta::assert_snapshot!(shell.ok(&["settings", "remove", "opted_out", "grace", "odd name"]), @"opted_out is ada, brook now; it was ada, brook, grace, odd%20name");
    insta::assert_snapshot!(shell.ok(&["settings", "add", "opted_out", "ADA"]), @"opted_out is ada, brook already");
    assert_eq!(shell.json(&["settings", "show"])["opted_out"], json!(["ada", "brook"]));
    let no_list = shell.fails(2, &["settings", "add", "pace", "2"]);
    assert!(
        no_list.contains("`pace` is no list of names; write `fleet settings set pace VALUE`"),
        "{no_list}"
    );
    let activity = shell.ok(&["activity"]);
    assert!(activity.contains("cli changed pace from 1 to 2"), "{activity}");

    let unknown = shell.fails(2, &["settings", "set", "speed", "2"]);
    assert!(unknown.contains("there is no setting `speed`; these there are: pace, bot_posts"), "{unknown}");
    let broken = shell.fails(2, &["settings", "set", "pace", "11"]);
    assert!(broken.contains("`pace` must be 0.25 to 10, it is 11"), "{broken}");
    let broken = shell.fails(2, &["settings", "set", "bot_likes", "many"]);
    assert!(broken.contains("`bot_likes` must be a whole number, it is `many`"), "{broken}");
    assert_eq!(shell.json(&["settings", "show"])["pace"], json!(2.0));
}
