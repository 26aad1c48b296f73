//! The language models, as far as one short question tells: whether each answers, and what its words cost.

use std::sync::Arc;

use fleet_bots::{Bots, Settings};
use fleet_brain::{Brain, Catalogue};
use fleet_runtime::BotDesk;

use super::finding::Finding;
use crate::config;
use crate::failure;
use crate::models::ModelOptions;

/// Sends one real request to each model that is named; what it costs is spent and written down.
pub(super) async fn look(options: &ModelOptions, bots: Option<&Bots>) -> Vec<Finding> {
    let brain = match options.brain(Arc::new(Catalogue::built_in())) {
        Ok(brain) => brain,
        Err(error) => {
            return vec![Finding::fail(
                "models",
                failure::told(&error),
                "mend the settings whose names begin with LLM_",
            )];
        }
    };
    if !brain.has_models() {
        let found = match options.has_idle_key() {
            true => "a key of OpenAI lies in the environment; set OPENAI_MODEL to use it; until then the offline generator writes, at no cost",
            false => "none is named, so the offline generator writes, at no cost",
        };
        return vec![Finding::ok("models", found)];
    }
    let Some(bots) = bots else {
        return vec![Finding::warn(
            "models",
            "they are not asked without a store to write the cost to",
            "mend the store first",
        )];
    };
    let mut findings = match desk(bots).await {
        Ok(desk) => {
            let probed = brain.probe(&desk).await;
            probed
                .into_iter()
                .map(|(name, answered)| match answered {
                    Ok(call) => Finding::ok(
                        "models",
                        format!(
                            "{name} answers, after {} ms, for {}",
                            call.took_ms,
                            fleet_bots::Micros(call.cost.0)
                        ),
                    ),
                    Err(why) => Finding::fail(
                        "models",
                        format!("{name}: {why}"),
                        "until it answers, the next of the chain writes, and at last the offline generator",
                    ),
                })
                .collect()
        }
        Err(error) => vec![Finding::fail("models", failure::told(&error), "check the store")],
    };
    findings.push(Finding::ok(
        "prices",
        format!("they are of {}; FLEET_PRICES names others", brain.prices().as_of()),
    ));
    findings.extend(caps(&brain, bots.read_settings().await.ok().as_ref()));
    findings
}

async fn desk(bots: &Bots) -> anyhow::Result<BotDesk> {
    Ok(BotDesk::new(bots.clone(), None, config::clock_of(bots).await?.now()))
}

/// Whether anything may be spent at all.
fn caps(brain: &Brain, settings: Option<&Settings>) -> Option<Finding> {
    let settings = settings?;
    let none: Vec<&str> = [
        ("bot_text_day", settings.bot_text_day),
        ("fleet_text_day", settings.fleet_text_day),
        ("fleet_text_month", settings.fleet_text_month),
    ]
    .into_iter()
    .filter(|(_, cap)| cap.0 == 0)
    .map(|(name, _)| name)
    .collect();
    (brain.has_models() && !none.is_empty()).then(|| {
        Finding::warn(
            "money",
            format!("nothing may be spent on text: {} is $0", none.join(", ")),
            "raise it with `fleet settings set NAME DOLLARS`; only models that cost nothing are asked until then",
        )
    })
}
