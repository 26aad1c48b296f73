//! Pictures: what the platform offers, what a workflow answers, and how its mistakes are told.

use reqwest::Method;
use serde_json::json;

use super::bench::{Bench, Stop, holds};
use super::raw::{Answer, As};
use super::{Check, call};
use crate::error::Error;
use crate::wire::{Step, Workflow};

pub(super) const OFFERED: &[Check] = &[Check {
    name: "the platform lists what it can draw",
    calls: &[call::GENERATORS, call::TRANSFORMS],
    writes: false,
    remedy: "workflows are chosen from these lists; bots can make pictures only with what is on them",
    run: |bench| Box::pin(offered(bench)),
}];

pub(super) const RUN: &[Check] = &[
    Check {
        name: "a workflow leaves a picture for each step that makes one, the finished one last",
        calls: &[call::EXECUTE, call::DRAWN],
        writes: true,
        remedy: "bots publish the last picture; until this holds they would publish a wrong one or none",
        run: |bench| Box::pin(drawn(bench)),
    },
    Check {
        name: "mistakes in a workflow are told, and not to be repeated",
        calls: &[call::EXECUTE],
        writes: true,
        remedy: "a workflow that cannot succeed is repeated, and perhaps paid, if this is not said; adapt `client/answer.rs`",
        run: |bench| Box::pin(mistaken(bench)),
    },
];

async fn offered(bench: &mut Bench) -> Result<(), Stop> {
    let gallery = bench.gallery.clone();
    let lacking = |names: &[String], wanted: &[&str]| {
        let lacking: Vec<_> = wanted.iter().filter(|name| !names.iter().any(|has| has == *name)).collect();
        holds(lacking.is_empty(), || format!("{lacking:?} not among {} names", names.len()))
    };
    let ask = async || gallery.generators().await;
    let expected = "`shapes` and `qr`, which need no key, are offered";
    bench.step(call::GENERATORS, expected, ask, |names| lacking(names, &["shapes", "qr"])).await?;
    let ask = async || gallery.transforms().await;
    let expected = "`resize` and `modulate` are offered";
    bench.step(call::TRANSFORMS, expected, ask, |names| lacking(names, &["resize", "modulate"])).await?;
    Ok(())
}

async fn drawn(bench: &mut Bench) -> Result<(), Stop> {
    let (gallery, raw, cast) = (bench.gallery.clone(), bench.raw.clone(), bench.cast()?);
    let steps = vec![
        Step::generate("shapes", json!({ "shapeType": "star", "width": 64, "height": 48 }), "star"),
        Step::transform("modulate", "star", json!({ "brightness": 1.2 }), "bright"),
        Step::transform("resize", "bright", json!({ "width": 20, "height": 15 }), "small"),
        Step::Save { input: "small".into(), destination: "small.png".into() },
    ];
    let workflow = Workflow { name: "contract test".into(), steps };
    let ask = async || gallery.execute(&cast.author, &workflow).await;
    let execution = bench
        .step(call::EXECUTE, "three steps that make a picture leave three", ask, |execution| {
            let counts = (execution.image_ids.len(), execution.image_urls.len());
            holds(counts == (3, 3), || format!("{} ids and {} addresses", counts.0, counts.1))
        })
        .await?;
    let finished = execution.finished().unwrap_or_default().to_owned();
    let ask = async || {
        let url = gallery.resolve(&finished)?;
        let answer = raw.ask(Method::GET, url.as_str(), As::Agent(&cast.author), None).await?;
        if answer.status == 200 { Ok(answer) } else { Err(answer.refusal()) }
    };
    let expected = "the last address, relative or not, leads to the picture of the last step";
    bench.step(call::DRAWN, expected, ask, finished_picture).await?;
    bench.picture = Some(finished);
    Ok(())
}

fn finished_picture(answer: &Answer) -> Result<(), String> {
    let kind = answer.kind();
    holds(kind.starts_with("image/"), || format!("it is `{kind}`"))?;
    // Other formats tell their size elsewhere; that they are pictures is enough.
    match answer.body.get(..24) {
        Some([0x89, b'P', b'N', b'G', .., a, b, c, d, e, f, g, h]) => {
            let size = (u32::from_be_bytes([*a, *b, *c, *d]), u32::from_be_bytes([*e, *f, *g, *h]));
            holds(size == (20, 15), || format!("it has {} by {} pixels, and not 20 by 15", size.0, size.1))
        }
        _ => Ok(()),
    }
}

async fn mistaken(bench: &mut Bench) -> Result<(), Stop> {
    let (gallery, raw, cast) = (bench.gallery.clone(), bench.raw.clone(), bench.cast()?);
    let shape = Step::generate("shapes", json!({ "width": 32, "height": 32 }), "a");
    let mistakes = [
        (
            "a transform that there is not fails for good",
            vec![shape, Step::transform("adjust", "a", json!({}), "b")],
        ),
        (
            "a generator that there is not fails for good",
            vec![Step::generate("no-such-generator", json!({}), "a")],
        ),
    ];
    let for_good =
        |error: &Error| matches!(error, Error::Workflow { retryable: false, .. } | Error::Invalid { .. });
    for (expected, steps) in mistakes {
        let workflow = Workflow { name: "contract test".into(), steps };
        let ask = async || gallery.execute(&cast.author, &workflow).await;
        bench.refused(call::EXECUTE, expected, ask, for_good).await;
    }
    let graph = json!({ "name": "contract test", "nodes": [], "edges": [] });
    let ask = async || raw.ask(Method::POST, "api/execute/sync", As::Agent(&cast.author), Some(&graph)).await;
    bench
        .step(call::EXECUTE, "nodes and edges instead of steps answer 400", ask, |answer| {
            holds(matches!(answer.status, 400 | 422), || format!("it answers {}", answer.status))
        })
        .await?;
    Ok(())
}
