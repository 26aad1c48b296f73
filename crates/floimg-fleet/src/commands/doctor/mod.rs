//! `fleet doctor`: looks at everything that the fleet needs, and says how to mend what is wrong. It mends nothing itself and
//! writes nothing but what its questions to models cost; opening the store makes one where there is none, as with every command.

mod disk;
mod finding;
mod fleet;
mod gallery;
mod models;

use clap::Args;
use fleet_bots::Bots;
use serde_json::json;

use self::finding::{Finding, Verdict};
use crate::config::{GalleryOptions, StoreOptions};
use crate::entrance::{COVER, EntranceOptions};
use crate::models::ModelOptions;
use crate::{failure, output};

/// A disk with less room than this, in bytes, is told of: a busy fleet's log grows by some hundred megabytes a day.
const LITTLE_ROOM: u64 = 1 << 30;

/// Check the store, the gallery, the token, the language models and the fleet, and say how to mend what is wrong
#[derive(Args, Debug)]
pub(crate) struct DoctorOptions {
    #[command(flatten)]
    gallery: GalleryOptions,
    #[command(flatten)]
    models: ModelOptions,
    #[command(flatten)]
    entrance: EntranceOptions,
    /// Print JSON: `ok`, and `findings`, each with `check`, `verdict` (`ok`, `warn` or `fail`), `found` and `remedy`
    #[arg(long)]
    json: bool,
}

/// What everything else rests on is looked at first.
pub(crate) async fn run(store: &StoreOptions, options: DoctorOptions) -> anyhow::Result<()> {
    let mut findings = Vec::new();
    let bots = look_at_store(store, &mut findings).await;
    findings.extend(gallery::look(&options.gallery, bots.as_ref()).await);
    if let Some(bots) = &bots {
        match fleet::look(bots).await {
            Ok(found) => findings.extend(found),
            Err(error) => findings.push(Finding::fail("fleet", failure::told(&error), "check the store")),
        }
    }
    findings.extend(models::look(&options.models, bots.as_ref()).await);
    findings.push(look_at_entrance(&options.entrance));
    tell(&findings, options.json)
}

async fn look_at_store(store: &StoreOptions, findings: &mut Vec<Finding>) -> Option<Bots> {
    let remedy = "check --data and DATABASE_URL, and that the database runs";
    let bots = match store.open().await {
        Ok(bots) => bots,
        Err(error) => {
            findings.push(Finding::fail("store", failure::told(&error), remedy));
            return None;
        }
    };
    let place = store.place().unwrap_or_default();
    findings.push(match bots.store_health().await {
        Ok(health) => match health.refuses {
            None => Finding::ok(
                "store",
                format!("it answers, takes writes, and its tables are up to date: {place} ({})", health.engine),
            ),
            Some(why) => Finding::fail(
                "store",
                format!("it takes no writes ({why}): {place}"),
                "see that this user may write there, and that it is not a copy that only follows another database",
            ),
        },
        Err(error) => Finding::fail("store", error.to_string(), remedy),
    });
    if bots.is_embedded() {
        findings.extend(look_at_disk(store));
    }
    Some(bots)
}

/// Nothing where the system does not tell.
fn look_at_disk(store: &StoreOptions) -> Option<Finding> {
    let room = disk::room(&store.folder().ok()?)?;
    let told = format!("{:.1} GiB are free for the store", room as f64 / (1_u64 << 30) as f64);
    Some(match room < LITTLE_ROOM {
        true => Finding::warn(
            "disk",
            told,
            "make room; a full disk keeps the store from writing, and the bots from acting",
        ),
        false => Finding::ok("disk", told),
    })
}

/// Whether what is typed into the panel of `fleet serve` stays between people and it.
fn look_at_entrance(options: &EntranceOptions) -> Finding {
    let entrance = options.entrance();
    match entrance.exposure() {
        Some(exposure) => Finding::warn("panel", exposure, COVER),
        None => Finding::ok("panel", format!("people open it at {}", entrance.address(entrance.listen()))),
    }
}

fn tell(findings: &[Finding], as_json: bool) -> anyhow::Result<()> {
    let of = |verdict: Verdict| findings.iter().filter(|finding| finding.verdict == verdict).count() as u64;
    let (failed, warned) = (of(Verdict::Fail), of(Verdict::Warn));
    if as_json {
        output::json(&json!({ "ok": failed == 0, "findings": findings }))?;
    } else {
        findings.iter().try_for_each(Finding::tell)?;
        output::say(match (failed, warned) {
            (0, 0) => "\nall is well".to_owned(),
            (0, warned) => format!("\nnothing fails; {} to think about", output::count(warned, "thing")),
            _ => "\nmend what fails first, from the top".to_owned(),
        })?;
    }
    match failed {
        0 => Ok(()),
        failed => anyhow::bail!("{} failed", output::count(failed, "check")),
    }
}
