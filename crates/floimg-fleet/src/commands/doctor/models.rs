//! The language models, as far as one short question tells: whether each answers, and what its words cost.

use std::sync::Arc;

use fleet_bots::{Bots, Micros, Settings};
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
            true => {
                "a key of OpenAI lies in the environment; set OPENAI_MODEL to use it; until then the offline generator writes, at no cost"
            }
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

/// Whether the caps let a single look through.
fn caps(brain: &Brain, settings: Option<&Settings>) -> Option<Finding> {
    let settings = settings?;
    let look = Micros(brain.dearest_look().0);
    let caps = [
        ("bot_text_day", settings.bot_text_day),
        ("fleet_text_day", settings.fleet_text_day),
        ("fleet_text_month", settings.fleet_text_month),
    ];
    let low: Vec<String> = (caps.into_iter().filter(|(_, cap)| *cap < look))
        .map(|(name, cap)| format!("{name} is {cap}"))
        .collect();
    if low.is_empty() {
        return None;
    }
    let low = low.join(", ");
    let found = match caps.into_iter().any(|(_, cap)| cap.0 == 0) {
        true => format!("nothing may be spent on text: {low}"),
        false => {
            format!("one look of the dearest model can cost {look}, which is set aside before it, and {low}")
        }
    };
    Some(Finding::warn(
        "money",
        found,
        "raise it with `fleet settings set NAME DOLLARS`; only models that cost less are asked until then",
    ))
}

#[cfg(test)]
mod tests {
    use fleet_brain::{Endpoint, Models};

    use super::*;

    fn brain(model: Endpoint) -> Brain {
        Brain::with_models(Arc::new(Catalogue::built_in()), Models::of(vec![model])).unwrap()
    }

    fn found(brain: &Brain, settings: &Settings) -> Option<String> {
        caps(brain, Some(settings)).map(|finding| finding.found)
    }

    #[test]
    fn a_cap_that_no_look_fits_under_is_told() {
        let paid = brain(Endpoint { key: Some("sk-test".into()), ..Endpoint::new("openai", "gpt-5-mini") });
        let free = brain(Endpoint::new("ollama", "llama3.2"));
        let usual = Settings::default();
        assert_eq!(found(&paid, &usual), None);
        let low = Settings { bot_text_day: Micros(100), ..usual.clone() };
        let told = found(&paid, &low).unwrap();
        assert!(told.contains("one look") && told.contains("bot_text_day is"), "{told}");
        assert!(!told.contains("fleet_text_day"), "{told}");
        let none = Settings { fleet_text_month: Micros(0), ..usual };
        let told = found(&paid, &none).unwrap();
        assert!(told.starts_with("nothing may be spent on text: fleet_text_month is $0"), "{told}");
        for settings in [&low, &none] {
            assert_eq!(found(&free, settings), None, "what costs nothing needs no cap");
        }
    }
}
