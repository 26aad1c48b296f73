//! What `fleet doctor` finds, with what remedy, and how it ends.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;

use fleet_gallery::sandbox::Policy;
use fleet_gallery::{Sandbox, SandboxConfig, Secret};
use serde_json::{Value, json};

use crate::shell::{Done, Shell};

const TOKEN: &str = "fst_test_0123456789";

async fn sandbox(policy: Policy) -> (Sandbox, Shell) {
    let now = Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
    let config = SandboxConfig { policy, ..SandboxConfig::new(Secret::new(TOKEN), now) };
    let sandbox = Sandbox::start(config).await.unwrap();
    let shell = at(sandbox.url().as_str());
    (sandbox, shell)
}

/// A shell whose gallery is at `url`.
fn at(url: &str) -> Shell {
    Shell::new().with("FLOIMG_API_URL", url).with("FLOIMG_SERVICE_TOKEN", TOKEN)
}

/// Somebody at an address of this machine who gives everybody this answer.
fn somebody_answers(head: &str, body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let answer =
        format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut asked = [0; 4096];
            // Whatever was asked; an answer before the question is taken for a fault.
            if stream.read(&mut asked).is_ok_and(|read| read > 0) {
                drop(stream.write_all(answer.as_bytes()));
            }
        }
    });
    url
}

/// The finding of one check, as JSON tells it.
fn finding(done: &Done, check: &str) -> Value {
    let all: Value = serde_json::from_str(&done.stdout).unwrap();
    let findings = all["findings"].as_array().unwrap();
    findings
        .iter()
        .find(|finding| finding["check"] == check)
        .cloned()
        .unwrap_or_else(|| panic!("no {check}: {all}"))
}

fn assert_found(done: &Done, check: &str, verdict: &str, words: [&str; 2]) {
    let finding = finding(done, check);
    let remedy = finding["remedy"].as_str().unwrap_or_default();
    let found = finding["found"].as_str().unwrap();
    assert!(
        finding["verdict"] == verdict && found.contains(words[0]) && remedy.contains(words[1]),
        "{finding}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_a_healthy_gallery_well() {
    let (sandbox, shell) = sandbox(Policy::default()).await;
    let told = shell.redacted(&shell.ok(&["doctor"])).replace(sandbox.url().as_str(), "[gallery]");
    let steady: Vec<&str> =
        told.lines().filter(|line| !["disk", "limits"].iter().any(|check| line.contains(check))).collect();
    insta::assert_snapshot!(steady.join("\n").replace(&engine(&told), "[engine]"), @r"
    ok    store       it answers, takes writes, and its tables are up to date: SQLite in [data]/fleet.db ([engine])
    ok    data        it is about no gallery yet; `fleet serve` ties it to the one that it is given
    ok    gallery     it answers: [gallery]
    ok    token       the gallery takes it; no bot has an account yet
    ok    permission  the token may make and remove accounts (users:write)
    ok    clock       this machine and the gallery have the same time
    ok    abilities   pictures come from an image model; 17 transforms
    ok    stop        nothing is stopped
    ok    nodes       no node runs over this data; one can be started
    ok    fleet       0 bots, nothing unresolved
    ok    disclosure  names end in “(AI)”, and posts in “Made by an AI resident.”
    warn  likes       nothing is liked, because nobody has vouched that the platform counts agents' likes apart
                      → ask the platform; if it does, say so on the panel's settings or with `fleet settings set likes_confirmed yes`
    ok    people      at most 3 bots and 1 comment reach one post of a person; nobody asked to be left alone
    warn  sign-in     nobody can sign in to the panel
                      → open the link that `fleet serve` prints when it starts, or `fleet operators add NAME`
    ok    models      none is named, so the offline generator writes, at no cost
    ok    panel       people open it at http://127.0.0.1:4000/

    nothing fails; 2 things to think about
    ");
    let all = shell.json(&["doctor"]);
    assert_eq!((&all["ok"], &all["findings"][0]["check"]), (&json!(true), &json!("store")));
    sandbox.stop().await;
    let gone = shell.run(&["doctor", "--json"]);
    assert_eq!(gone.code, 1);
    assert_found(&gone, "gallery", "fail", ["cannot be reached", "that the gallery runs"]);
    assert!(shell.fails(1, &["doctor"]).contains("1 check failed"));
}

/// What the store says that it is.
fn engine(told: &str) -> String {
    told.split_once(" (SQLite").map(|(_, rest)| format!("SQLite{}", rest.split(')').next().unwrap())).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_wrong_missing_or_weak_is_told_with_what_to_do() {
    let (sandbox, _) = sandbox(Policy { users_write: false, ..Policy::default() }).await;
    let url = sandbox.url().to_string();
    let weak = at(&url).run(&["doctor", "--json"]);
    assert_eq!(weak.code, 1);
    assert_found(&weak, "token", "ok", ["the gallery takes it", ""]);
    assert_found(&weak, "permission", "fail", ["may not make accounts", "users:write"]);

    let shell = Shell::new().with("FLOIMG_API_URL", &url).with("FLOIMG_SERVICE_TOKEN", "fst_test_wrong");
    let wrong = shell.run(&["doctor", "--json"]);
    assert_eq!(wrong.code, 1);
    assert_found(&wrong, "gallery", "ok", ["it answers", ""]);
    assert_found(&wrong, "token", "fail", ["refused the service token", "set FLOIMG_SERVICE_TOKEN"]);
    assert!(!format!("{wrong:?}").contains("fst_test_wrong"));
    assert!(!shell.ok(&["doctor", "--help"]).contains("fst_test_wrong"));

    let without = Shell::new().with("FLOIMG_API_URL", &url).run(&["doctor", "--json"]);
    assert_eq!(without.code, 0);
    assert_found(&without, "token", "warn", ["no service token was given", "fleet demo"]);
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_platform_lacks_or_holds_is_told() {
    let (sandbox, shell) = sandbox(Policy { image_model: false, ..Policy::default() }).await;
    let poor = shell.run(&["doctor", "--json"]);
    assert_eq!(poor.code, 0);
    assert_found(&poor, "abilities", "warn", ["pictures are drawn (shapes, qr)", "nothing has to be done"]);
    sandbox.change_policy(|policy| policy.paused = true);
    assert_found(
        &shell.run(&["doctor", "--json"]),
        "gallery",
        "warn",
        ["paused the fleet", "the platform lifts"],
    );
    sandbox.stop().await;
}

#[test]
fn an_address_that_is_no_gallerys_is_told_from_one_where_nobody_is() {
    let site =
        at(&somebody_answers("200 OK\r\ncontent-type: text/html", "<!doctype html><title>Hello</title>"));
    let site = site.run(&["doctor", "--json"]);
    assert_eq!(site.code, 1);
    assert_found(&site, "gallery", "fail", ["it is a web page", "the address of the API"]);
    let other = at(&somebody_answers("404 Not Found", "nothing here")).run(&["doctor", "--json"]);
    assert_found(
        &other,
        "gallery",
        "fail",
        ["does not know /api/nodes/generators", "the address of the API"],
    );
    let moved = at(&somebody_answers("301 Moved Permanently\r\nlocation: https://elsewhere.example/", ""));
    assert_found(&moved.run(&["doctor", "--json"]), "gallery", "fail", ["sends elsewhere", "https://"]);
    let nobody = at("http://127.0.0.1:1").run(&["doctor", "--json"]);
    assert_found(&nobody, "gallery", "fail", ["cannot be reached", "this machine may reach it"]);
    let unknown = at("http://no-such-host.invalid").run(&["doctor", "--json"]);
    assert_found(
        &unknown,
        "gallery",
        "fail",
        ["cannot be reached", "how the host in FLOIMG_API_URL is written"],
    );
}

#[test]
fn a_clock_that_is_wrong_is_told() {
    let late = somebody_answers(
        "200 OK\r\ncontent-type: application/json\r\ndate: Thu, 05 Mar 2026 09:00:00 GMT",
        r#"{"generators":["shapes"],"transforms":[],"items":[],"deleted":true}"#,
    );
    let late = at(&late).run(&["doctor", "--json"]);
    assert_eq!(late.code, 1);
    assert_found(&late, "clock", "fail", ["the gallery's", "time server"]);
}

#[test]
fn data_that_is_about_another_gallery_is_told_and_that_of_a_demo_is_left_alone() {
    let shell = Shell::new();
    shell.ok(&[
        "demo",
        "--headless",
        "--port",
        "0",
        "--for",
        "1s",
        "--json",
        "--bots",
        "1",
        "--visitors",
        "0",
    ]);
    let told = shell.ok(&["doctor"]);
    assert!(told.contains("this data is a demo's") && !told.contains("floimg.com"), "{told}");

    let other = Shell::new().with("FLOIMG_SERVICE_TOKEN", TOKEN);
    other.ok(&["migrate"]);
    let store = fleet_bots::StoreAddress::Sqlite(other.folder().join("fleet.db"));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let bots = fleet_bots::Bots::connect(&store, fleet_bots::Switch::new(None)).await.unwrap();
        bots.bind_gallery("https://gallery.example/").await.unwrap();
    });
    let done = other.run(&["doctor", "--json", "--gallery-url", "http://127.0.0.1:1"]);
    assert_eq!(done.code, 1);
    assert_found(
        &done,
        "data",
        "fail",
        ["it is about https://gallery.example/", "FLOIMG_API_URL=https://gallery.example/"],
    );
}
