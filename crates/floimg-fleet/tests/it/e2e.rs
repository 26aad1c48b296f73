//! The whole program: a demo's hour, demos that are killed again and again over the same data, and how a fleet begins and
//! ends when somebody is in its way.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::shell::{Running, Shell};

/// An hour of the residents' time in half a minute of ours, on a machine that has nothing else to do.
const AN_HOUR: [&str; 7] = ["demo", "--headless", "--port", "0", "--speed", "120", "--json"];
/// How many events a demo tells of before it is killed.
const EVENTS: usize = 60;

fn count(report: &Value, what: &str) -> u64 {
    report[what].as_u64().unwrap_or_else(|| panic!("no `{what}` in {report}"))
}

#[test]
fn in_a_demo_every_persona_acts_and_nothing_goes_wrong() {
    let shell = Shell::new();
    let mut demo = shell.begin(&AN_HOUR);
    shell.until("every persona is busy", &["bots", "list"], is_lively);
    demo.signal("INT");
    let printed = demo.line();
    assert_eq!(demo.end_within(Duration::from_secs(10)), 0);
    let report: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(count(&report, "bots"), 24);
    let personas = report["by_persona"].as_object().unwrap();
    assert_eq!(personas.len(), 6);
    assert!(personas.values().all(|actions| actions.as_u64() > Some(0)), "{report}");
    assert!(count(&report, "posts") >= 20, "{report}");
    assert_eq!(count(&report, "images"), count(&report, "posts"), "two pictures are alike: {report}");
    assert!(
        count(&report, "likes") > count(&report, "comments") && count(&report, "comments") > 0,
        "{report}"
    );
    assert!(count(&report, "browses") > 0 && count(&report, "authors") > 6, "{report}");
    for nothing in ["errors", "unresolved", "duplicates"] {
        assert_eq!(count(&report, nothing), 0, "{report}");
    }
}

/// Whether a demo's residents have done so much that all of them must have found something to do.
fn is_lively(listed: &Value) -> bool {
    let bots = listed["bots"].as_array().unwrap();
    let sum = |what: &str| bots.iter().map(|bot| count(bot, what)).sum::<u64>();
    let acts = |bot: &&Value| ["posts", "likes", "comments"].iter().any(|what| count(bot, what) > 0);
    let personas: HashSet<_> = bots.iter().filter(acts).map(|bot| bot["persona"].to_string()).collect();
    let authors = bots.iter().filter(|bot| count(bot, "posts") > 0).count();
    personas.len() == 6 && authors > 6 && sum("posts") >= 20 && sum("comments") > 5 && sum("likes") > 40
}

#[test]
fn a_demo_killed_again_and_again_loses_nothing_that_was_told_and_doubles_nothing() {
    let shell = Shell::new();
    let mut told = HashSet::new();
    for _ in 0..5 {
        let mut demo = shell.begin(&["demo", "--headless", "--port", "0", "--speed", "120"]);
        for _ in 0..EVENTS {
            demo.line();
        }
        // Dropping it is a kill -9.
        drop(demo);
        told.extend(activities(&shell));
    }
    let printed = shell.ok(&[&AN_HOUR[..], &["--for", "12s"]].concat());
    let report: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(count(&report, "duplicates"), 0, "{report}");
    assert_eq!(count(&report, "bots"), 24, "{report}");

    let now: HashSet<_> = activities(&shell).into_iter().collect();
    let missing: Vec<_> = told.difference(&now).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let shared = now.iter().filter(|(_, kind, _)| kind == "post").count();
    assert!(count(&report, "posts") >= shared as u64, "{shared} posts were told of: {report}");
    let moments: Vec<String> = timeline(&shell);
    assert!(moments.is_sorted(), "the residents' clock went back");
}

#[test]
fn who_asks_the_panel_by_halves_does_not_keep_the_program_from_ending() {
    let shell = Shell::new();
    let (demo, _half) = half_asked(&shell);
    demo.signal("TERM");
    assert_eq!(demo.end_within(Duration::from_secs(10)), 0);
}

#[test]
fn a_fleet_that_waits_for_its_store_ends_at_the_first_signal() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://ada@{}/fleet", silent.local_addr().unwrap());
    let shell = Shell::new().with("DATABASE_URL", &url).with("FLOIMG_SERVICE_TOKEN", "fst_test");
    for signal in ["INT", "TERM"] {
        let serve = shell.begin(&["serve", "--port", "0"]);
        let _unanswered = silent.accept().unwrap();
        serve.signal(signal);
        // At once; whoever waits for the store to the end says so with another code.
        assert_eq!(serve.end_within(Duration::from_secs(10)), 0);
    }
}

#[test]
fn a_fleet_is_left_alone_by_another_one_over_its_data() {
    let shell = Shell::new().with("FLOIMG_SERVICE_TOKEN", "fst_test");
    let mut first = shell.begin(&["demo", "--headless", "--port", "0", "--bots", "3"]);
    while !first.line().is_empty() {}
    let folder = shell.folder().to_str().unwrap();
    for other in
        [&["demo", "--headless", "--port", "0", "--bots", "9", "--speed", "1"][..], &["serve", "--port", "0"]]
    {
        let refused = shell.run(other);
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{refused:?}");
        assert!(refused.stderr.contains(folder), "{refused:?}");
    }
    let status = shell.json(&["status"]);
    assert_eq!((count(&status["summary"], "bots"), &status["clock"]["speed"]), (3, &60.0.into()));
    assert_eq!(first.interrupt(), 0);
}

/// A demo whose panel holds half a request.
fn half_asked(shell: &Shell) -> (Running, TcpStream) {
    let mut demo = shell.begin(&["demo", "--port", "0", "--bots", "3"]);
    let panel = loop {
        if let Some(address) = demo.line().strip_prefix("panel") {
            break address.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        }
    };
    let mut half = TcpStream::connect(&panel).unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nHost: 127.0").unwrap();
    // Connections are taken in turn: when this one is answered, the other has been taken.
    let mut whole = TcpStream::connect(&panel).unwrap();
    write!(whole, "GET /health/live HTTP/1.1\r\nHost: {panel}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    whole.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    (demo, half)
}

/// Every activity that the store has: its place, its kind and its words.
fn activities(shell: &Shell) -> Vec<(u64, String, String)> {
    lines(shell)
        .map(|line| {
            let text = |field: &str| line[field].as_str().unwrap().to_owned();
            (line["seq"].as_u64().unwrap(), text("kind"), text("message"))
        })
        .collect()
}

/// When thoughts were thought, in the order in which they were stored.
fn timeline(shell: &Shell) -> Vec<String> {
    let starts = lines(shell).filter(|line| line["kind"] == "node_joined");
    starts.map(|line| line["at"].to_string()).collect()
}

fn lines(shell: &Shell) -> impl Iterator<Item = Value> {
    let printed = shell.ok(&["activity", "--limit", "100000", "--json"]);
    printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<_>>().into_iter()
}
