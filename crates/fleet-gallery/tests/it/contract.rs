//! The contract suite itself: the sandbox passes it, and whatever differs from the contract is named as what it is.

use std::collections::BTreeSet;
use std::time::Duration;

use fleet_gallery::contract::{Contract, ContractOptions, Report, Verdict};
use fleet_gallery::sandbox::{Effect, Fault, Moderation, Route, Trouble};
use fleet_gallery::{GalleryConfig, Sandbox, Secret};

use crate::support::sandbox;

fn options(sandbox: &Sandbox) -> ContractOptions {
    let gallery = GalleryConfig::new(sandbox.url().clone(), sandbox.token().clone());
    let pace = Duration::ZERO;
    ContractOptions { gallery, run: "t1".into(), read_only: false, reader: None, pace }
}

async fn run(options: ContractOptions) -> Report {
    let mut contract = Contract::new(options).unwrap();
    contract.run().await;
    contract.finish().await
}

/// What did not hold, a line each.
fn told(report: &Report) -> String {
    let odd = report.findings.iter().filter(|finding| finding.verdict != Verdict::Ok);
    let line = |finding: &fleet_gallery::contract::Finding| {
        let (verdict, found) = (finding.verdict.name(), finding.found.as_deref().unwrap_or_default());
        format!("{verdict} {}: {}: {found}", finding.call, finding.expected)
    };
    odd.map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn the_sandbox_keeps_the_contract_call_by_call_and_is_left_without_accounts() {
    let sandbox = sandbox().await;
    let report = run(options(&sandbox)).await;
    assert_eq!(told(&report), "");
    assert!(report.holds() && report.count(Verdict::Ok) > 50, "{}", report.count(Verdict::Ok));
    let asked: BTreeSet<String> =
        sandbox.requests().iter().map(|request| format!("{:?}", request.route)).collect();
    let all = [
        "Comment",
        "Comments",
        "Execute",
        "Feed",
        "Generators",
        "Image",
        "Invite",
        "Item",
        "Like",
        "Me",
        "Other",
        "Profile",
        "Publish",
        "Remove",
        "Showcase",
        "Transforms",
    ];
    assert_eq!(asked, BTreeSet::from(all.map(str::to_owned)));
    let invited = |request: &fleet_gallery::sandbox::Request| match &request.effect {
        Some(Effect::Invited { .. }) => 1,
        Some(Effect::Removed { .. }) => -1,
        _ => 0,
    };
    assert_eq!(sandbox.requests().iter().map(invited).sum::<i32>(), 0, "every account is removed again");
    let left = sandbox.census().items;
    assert_eq!(left.len(), 2, "{left:?}");
    let is_labelled = |said: Option<&str>| said.is_some_and(|said| said.ends_with("Made by an AI resident."));
    assert!(left.iter().all(|item| is_labelled(item.description.as_deref())), "{left:?}");
    let likes: u64 = sandbox.census().items.iter().map(|item| item.likers.len() as u64).sum();
    assert_eq!(likes, 0, "the like was taken back");
    assert_eq!(report.left.len(), 4, "{:?}", report.left);
    assert!(sandbox.requests().len() < 90, "it is polite: {}", sandbox.requests().len());
}

#[tokio::test]
async fn posts_that_are_held_for_moderation_are_no_difference() {
    let sandbox = sandbox().await;
    sandbox.change_policy(|policy| policy.moderation = Moderation::Hold);
    let report = run(options(&sandbox)).await;
    assert!(report.holds(), "{}", told(&report));
    let skipped = report.findings.iter().filter(|finding| finding.verdict == Verdict::Skipped);
    let reasons: BTreeSet<&str> = skipped.filter_map(|finding| finding.found.as_deref()).collect();
    assert!(reasons.iter().any(|reason| reason.contains("moderation")), "{reasons:?}");
}

#[tokio::test]
async fn a_gallery_that_differs_in_one_thing_is_told_of_exactly_that() {
    let sandbox = sandbox().await;
    sandbox.faults().add(Fault::new(Route::Transforms, Trouble::WrongType));
    let report = run(options(&sandbox)).await;
    assert_eq!(
        told(&report),
        "differs GET /api/nodes/transforms: `resize` and `modulate` are offered: the gallery's answer cannot be read: \
         there is no list of transforms in it"
    );
    let differing = report.findings.iter().find(|finding| finding.verdict == Verdict::Differs).unwrap();
    assert!(differing.remedy.as_ref().is_some_and(|remedy| remedy.contains("lists")), "{differing:?}");

    let comment = Fault::new(Route::Comment, Trouble::status(500));
    sandbox.faults().add(comment);
    let again = ContractOptions { run: "t2".into(), ..options(&sandbox) };
    assert_eq!(
        told(&run(again).await),
        "failed POST /api/showcase/{id}/comments: a comment comes back as it was written, its author named: the gallery \
         failed with status 500 (scripted fault 500)\n\
         skipped GET /api/showcase/{id}/comments: comments are kept whole and come in pages: an earlier call of this \
         check did not succeed"
    );
}

#[tokio::test]
async fn a_pause_that_the_gallery_asks_for_is_kept() {
    let sandbox = sandbox().await;
    sandbox.faults().add(Fault::new(Route::Invite, Trouble::rate_limited(1)));
    let report = run(options(&sandbox)).await;
    assert_eq!(told(&report), "");
    let first = report.findings.iter().find(|finding| finding.call.ends_with("invite")).unwrap();
    assert!(first.milliseconds.is_some_and(|waited| waited >= 1_000), "{first:?}");
}

#[tokio::test]
async fn nothing_is_written_when_only_reading_was_asked_for() {
    let sandbox = sandbox().await;
    crate::support::Bench::new(crate::support::client(&sandbox), "resident").agent("ai_artist").await;
    let before = sandbox.requests().len();
    let reading = ContractOptions { read_only: true, reader: Some("resident-0".into()), ..options(&sandbox) };
    let report = run(reading).await;
    assert!(report.holds(), "{}", told(&report));
    assert!(report.left.is_empty());
    let requests = sandbox.requests();
    assert!(requests.len() > before + 5);
    assert!(requests[before..].iter().all(|request| request.method == "GET" && request.effect.is_none()));
}

#[tokio::test]
async fn a_wrong_token_ends_the_questions_and_is_never_repeated() {
    let sandbox = sandbox().await;
    let mut wrong = options(&sandbox);
    wrong.gallery.token = Secret::new("fst_wrong_4f5e6d7c");
    let report = run(wrong).await;
    assert_eq!((report.holds(), report.count(Verdict::Failed)), (false, 1), "{}", told(&report));
    let failed = report.findings.iter().find(|finding| finding.verdict == Verdict::Failed).unwrap();
    assert!(failed.remedy.as_ref().is_some_and(|remedy| remedy.contains("token")), "{failed:?}");
    assert!(sandbox.requests().len() < 8, "{}", sandbox.requests().len());
    let printed = serde_json::to_string(&report).unwrap();
    assert!(!printed.contains("4f5e6d7c"), "{printed}");
}

#[tokio::test]
async fn a_gallery_that_is_not_there_is_asked_once() {
    let sandbox = sandbox().await;
    let options = options(&sandbox);
    sandbox.stop().await;
    let report = run(options).await;
    assert_eq!((report.count(Verdict::Failed), report.calls), (1, 1), "{}", told(&report));
}
