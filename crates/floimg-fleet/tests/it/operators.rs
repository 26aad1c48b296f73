//! Who may sign in, steered from a shell.

use std::io::Write;
use std::process::Stdio;

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
