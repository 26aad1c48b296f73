//! Who may sign in, steered from a shell.

use std::io::Write;
use std::process::Stdio;
use std::sync::Arc;

use fleet_gallery::{Sandbox, SandboxConfig, Secret};
use serde_json::json;

use crate::shell::{Done, Shell};

const PASSWORD: &str = "a horse and a staple";

/// Runs a command with something on its standard input.
fn fed(shell: &Shell, arguments: &[&str], input: &str) -> Done {
    let mut child = shell
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    Done::from(child.wait_with_output().unwrap())
}

fn add(shell: &Shell, name: &str) -> Done {
    fed(shell, &["operators", "add", name, "--password-stdin"], &format!("{PASSWORD}\n"))
}

#[test]
fn operators_come_and_go() {
    let shell = Shell::new();
    let added = add(&shell, "Ada");
    assert_eq!(added.code, 0, "{added:?}");
    insta::assert_snapshot!(added.stdout, @"Ada may sign in to the panel of `fleet serve` over this data");
    assert_eq!(add(&shell, "bo").code, 0);
    insta::assert_snapshot!(shell.redacted(&shell.ok(&["operators", "list"])), @"
     Name  Since                 Last seen  Signed in
     Ada   [date] [time] UTC  —                  0
     bo    [date] [time] UTC  —                  0
    ");
    let listed = shell.json(&["operators", "list"]);
    assert_eq!((&listed[0]["name"], &listed[0]["sessions"]), (&json!("Ada"), &json!(0)));

    let changed = fed(&shell, &["operators", "password", "ada", "--password-stdin"], "three blue tugboats");
    assert_eq!(changed.code, 0, "{changed:?}");
    insta::assert_snapshot!(changed.stdout, @"Ada has another password, and is signed out of every browser");
    insta::assert_snapshot!(shell.ok(&["operators", "sign-out", "ada"]), @"ada was not signed in");
    insta::assert_snapshot!(shell.ok(&["operators", "remove", "BO"]), @"bo was removed, and is signed out of every browser");

    let log = shell.ok(&["activity", "--json"]);
    let line = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let told: Vec<_> = log.lines().map(|text| line(text)["message"].as_str().unwrap().to_owned()).collect();
    assert_eq!(
        told,
        [
            "Ada may give orders from now on",
            "bo may give orders from now on",
            "Ada has another password; every other sign-in is over",
            "bo may give no more orders",
        ]
    );
    for secret in [PASSWORD, "three blue tugboats", "argon2"] {
        assert!(!log.contains(secret) && !listed.to_string().contains(secret), "{secret}");
    }
}

#[test]
fn what_cannot_be_is_refused_with_the_way_to_mend_it() {
    let shell = Shell::new();
    let told = shell.fails(2, &["operators", "list"]);
    assert!(told.contains("there is no fleet in"), "{told}");

    insta::assert_snapshot!(shell.fails(2, &["operators", "add", "ada lovelace"]), @"fleet: `name` must be 2 to 60 characters of a-z, A-Z, 0-9 and . _ - @: try a first name, or an address such as `ada@example.org`");
    insta::assert_snapshot!(shell.fails(2, &["operators", "add", "ada"]), @"fleet: nobody is there to be asked for a password; write it to standard input with --password-stdin");
    let short = fed(&shell, &["operators", "add", "ada", "--password-stdin"], "short\n");
    assert_eq!(short.code, 2);
    insta::assert_snapshot!(short.stderr, @"fleet: `password` must have 12 to 200 characters, it has 5: a few words in a row are easy to keep and hard to guess");
    assert_eq!(fed(&shell, &["operators", "add", "ada", "--password-stdin"], "").code, 2);

    assert_eq!(add(&shell, "ada").code, 0);
    let taken = add(&shell, "ADA");
    assert_eq!(taken.code, 1);
    insta::assert_snapshot!(taken.stderr, @"fleet: there is an operator `ADA` already; choose another name");
    insta::assert_snapshot!(shell.fails(1, &["operators", "remove", "ada"]), @"fleet: `ada` is the only operator; add another first with `fleet operators add NAME`");
    insta::assert_snapshot!(shell.fails(1, &["operators", "remove", "eve"]), @"fleet: operator `eve` does not exist");
    insta::assert_snapshot!(shell.fails(1, &["operators", "sign-out", "eve"]), @"fleet: operator `eve` does not exist");
    let nobody = fed(&shell, &["operators", "password", "eve", "--password-stdin"], PASSWORD);
    assert_eq!((nobody.code, nobody.stderr.trim()), (1, "fleet: operator `eve` does not exist"));
    assert_eq!(shell.json(&["operators", "list"]).as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fleet_that_is_served_prints_the_way_in_until_somebody_came_in() {
    let token = Secret::new("fst_test_0123456789");
    let now = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let sandbox = Sandbox::start(SandboxConfig::new(token.clone(), now)).await.unwrap();
    let shell = Shell::new()
        .with("FLOIMG_API_URL", sandbox.url().as_str())
        .with("FLOIMG_SERVICE_TOKEN", token.expose())
        .with("FLEET_LISTEN", "127.0.0.1:0");
    let serve = || {
        let mut serve = shell.begin(&["serve"]);
        let panel = serve.line().strip_prefix("panel    ").unwrap().to_owned();
        (panel, serve)
    };
    let (panel, mut first) = serve();
    assert!(panel.starts_with("http://127.0.0.1:") && !panel.ends_with(":0/"), "{panel}");
    let link = first.line().strip_prefix(&format!("welcome  {panel}welcome/")).unwrap().to_owned();
    assert_eq!(link.len(), 64);
    assert!(first.line().contains("nobody can sign in yet"));
    assert!(first.line().starts_with("gallery  "));
    assert_eq!(first.interrupt(), 0);

    let (panel, mut second) = serve();
    let anew = second.line().strip_prefix(&format!("welcome  {panel}welcome/")).unwrap().to_owned();
    assert_ne!(anew, link, "each start makes a new one");
    assert_eq!(second.interrupt(), 0);

    assert_eq!(add(&shell, "ada").code, 0);
    let (panel, mut third) = serve();
    assert!(third.line().starts_with("gallery  "), "there is an operator");
    let listen = panel.trim_start_matches("http://").trim_end_matches('/');
    assert_eq!(shell.ok(&["health", "--listen", listen]), "ok\n");
    assert_eq!(shell.ok(&["health", "--listen", listen, "--alive"]), "ok\n");
    assert_eq!(third.interrupt(), 0);
    let gone = shell.fails(1, &["health", "--listen", listen]);
    assert!(gone.contains("nobody answers at http://127.0.0.1:"), "{gone}");
    let log = shell.ok(&["activity", "--json"]);
    assert!(!log.contains(&link) && !log.contains(&anew));
    sandbox.stop().await;
}

#[test]
fn where_the_panel_is_has_to_be_an_address() {
    let shell = Shell::new();
    for (option, value, told) in [
        ("--listen", "4000", "invalid socket address"),
        ("--listen", "fleet.example.org:4000", "invalid socket address"),
        ("--public-url", "fleet.example.org", "such as `https://fleet.example.org`"),
        ("--public-url", "https://fleet.example.org/panel", "such as `https://fleet.example.org`"),
        ("--port", "70000", "70000"),
    ] {
        let refused = shell.fails(2, &["serve", option, value]);
        assert!(refused.contains(told), "{option} {value}: {refused}");
    }
}

#[test]
fn the_doctor_tells_who_could_listen() {
    let shell = Shell::new();
    shell.ok(&["migrate"]);
    let told = |arguments: &[&str]| {
        let doctor = shell.run(&[&["doctor", "--gallery-url", "http://127.0.0.1:1"], arguments].concat());
        doctor.stdout.lines().filter(|line| line.contains(" panel ")).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(told(&[]), @"ok    panel       people open it at http://127.0.0.1:4000/");
    insta::assert_snapshot!(told(&["--listen", "0.0.0.0:80"]), @"warn  panel       the panel listens at 0.0.0.0:80, for other machines, over plain http");
    insta::assert_snapshot!(told(&["--public-url", "https://fleet.example.org"]), @"ok    panel       people open it at https://fleet.example.org/");
    insta::assert_snapshot!(told(&["--public-url", "http://fleet.example.org"]), @"warn  panel       people reach the panel at http://fleet.example.org/ over plain http");
    add(&shell, "ada");
    let doctor = shell.run(&["doctor", "--gallery-url", "http://127.0.0.1:1"]).stdout;
    assert!(doctor.contains("ok    sign-in     1 operator may sign in"), "{doctor}");
}
