//! `fleet doctor`: looks at everything that the fleet needs, and says how to mend what is wrong. It mends nothing itself;
//! opening the store makes one where there is none, as with every command.

use clap::Args;
use fleet_bots::{Account, BotFilter, Bots};
use fleet_gallery::{Error, FeedQuery};
use serde::Serialize;
use serde_json::json;

use super::status::{self, Concern};
use crate::config::{GalleryOptions, StoreOptions};
use crate::entrance::{COVER, EntranceOptions};
use crate::{failure, output};

/// In whose name the token is tried when no bot has an account yet.
const NOBODY: &str = "fleet_doctor";

/// Check the store, the gallery and the token, and say how to mend what is wrong
#[derive(Args, Debug)]
pub(crate) struct DoctorOptions {
    #[command(flatten)]
    gallery: GalleryOptions,
    #[command(flatten)]
    entrance: EntranceOptions,
    /// Print JSON: `ok`, and `findings`, each with `check`, `verdict` (`ok`, `warn` or `fail`), `found` and `remedy`
    #[arg(long)]
    json: bool,
}

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Ok,
    Warn,
    Fail,
}

#[derive(Debug, Serialize)]
struct Finding {
    check: &'static str,
    verdict: Verdict,
    found: String,
    /// Nothing when nothing is to be mended.
    remedy: Option<String>,
}

impl Finding {
    fn ok(check: &'static str, found: impl Into<String>) -> Self {
        Finding { check, verdict: Verdict::Ok, found: found.into(), remedy: None }
    }

    fn warn(check: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Finding { check, verdict: Verdict::Warn, found: found.into(), remedy: Some(remedy.into()) }
    }

    fn fail(check: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Finding { check, verdict: Verdict::Fail, found: found.into(), remedy: Some(remedy.into()) }
    }
}

pub(crate) async fn run(store: &StoreOptions, options: DoctorOptions) -> anyhow::Result<()> {
    let mut findings = Vec::new();
    let bots = look_at_store(store, &mut findings).await;
    if let Some(bots) = &bots {
        match look_at_fleet(bots).await {
            Ok(found) => findings.extend(found),
            Err(error) => findings.push(Finding::fail("fleet", failure::told(&error), "check the store")),
        }
    }
    findings.push(look_at_entrance(&options.entrance));
    let acting = match &bots {
        Some(bots) => someone_with_account(bots).await,
        None => NOBODY.into(),
    };
    findings.extend(look_at_gallery(&options.gallery, &acting).await);
    tell(&findings, options.json)
}

async fn look_at_store(store: &StoreOptions, findings: &mut Vec<Finding>) -> Option<Bots> {
    match store.open().await {
        Ok(bots) => {
            let place = store.place().unwrap_or_default();
            findings
                .push(Finding::ok("store", format!("it answers, and its tables are up to date: {place}")));
            Some(bots)
        }
        Err(error) => {
            let remedy = "check --data and DATABASE_URL, and that the database runs";
            findings.push(Finding::fail("store", failure::told(&error), remedy));
            None
        }
    }
}

async fn look_at_fleet(bots: &Bots) -> anyhow::Result<Vec<Finding>> {
    let (summary, stop) = (bots.fleet_summary().await?, bots.stop_order().await?);
    let mut findings = vec![match status::stop_concern(stop.as_ref(), bots.switch().state()) {
        Some(Concern { what, remedy }) => Finding::warn("stop", what, remedy),
        None => Finding::ok("stop", "nothing is stopped"),
    }];
    findings.push(match (summary.nodes, bots.is_embedded()) {
        (0, _) => Finding::ok("nodes", "no node runs over this data; one can be started"),
        (nodes, true) => {
            let alive = output::count(nodes, "node");
            Finding::ok("nodes", format!("{alive} alive; an embedded store takes no further one"))
        }
        (nodes, false) => Finding::ok("nodes", format!("{} alive", output::count(nodes, "node"))),
    });
    let operators = bots.list_operators().await?;
    findings.push(match operators.len() {
        0 => Finding::warn(
            "sign-in",
            "nobody can sign in to the panel",
            "open the link that `fleet serve` prints when it starts, or `fleet operators add NAME`",
        ),
        some => Finding::ok("sign-in", format!("{} may sign in", output::count(some as u64, "operator"))),
    });
    let concerns = status::concerns(&summary);
    if concerns.is_empty() {
        findings.push(Finding::ok(
            "fleet",
            format!("{}, nothing unresolved", output::count(summary.bots, "bot")),
        ));
    }
    findings
        .extend(concerns.into_iter().map(|Concern { what, remedy }| Finding::warn("fleet", what, remedy)));
    Ok(findings)
}

/// Whether what is typed into the panel of `fleet serve` stays between people and it.
fn look_at_entrance(options: &EntranceOptions) -> Finding {
    let entrance = options.entrance();
    match entrance.exposure() {
        Some(exposure) => Finding::warn("panel", exposure, COVER),
        None => Finding::ok("panel", format!("people open it at {}", entrance.address(entrance.listen()))),
    }
}

/// The username of a bot that the gallery knows, in whose name something can be read.
async fn someone_with_account(bots: &Bots) -> String {
    let some = bots.list_bots(&BotFilter { per_page: 1_000, ..BotFilter::default() }).await;
    some.ok()
        .and_then(|some| some.rows.into_iter().find(|row| row.bot.account == Account::Ready))
        .map_or_else(|| NOBODY.into(), |row| row.bot.username)
}

async fn look_at_gallery(options: &GalleryOptions, acting: &str) -> Vec<Finding> {
    let address = options.url();
    let gallery = match options.connect() {
        Ok(Some(gallery)) => gallery,
        Ok(None) => return without_token(options).await,
        Err(error) => {
            return vec![Finding::fail(
                "gallery",
                failure::told(&error),
                "mend FLOIMG_API_URL or FLOIMG_SERVICE_TOKEN",
            )];
        }
    };
    let read = gallery.feed(acting, &FeedQuery { limit: 1, ..FeedQuery::default() }).await;
    let here = Finding::ok("gallery", format!("it answers: {address}"));
    match read {
        Ok(_) => vec![here, Finding::ok("token", "the gallery takes it")],
        // The token opened the door; it is the name of the bot that is not known yet.
        Err(Error::Forbidden { .. } | Error::NotFound { .. }) if acting == NOBODY => {
            vec![here, Finding::ok("token", "the gallery takes it; no bot has an account yet")]
        }
        Err(error @ (Error::Unauthorized { .. } | Error::Forbidden { .. })) => {
            let remedy = "ask the gallery's operator for a token that is valid, and set FLOIMG_SERVICE_TOKEN";
            vec![here, Finding::fail("token", error.to_string(), remedy)]
        }
        Err(error) => vec![answered(options, &error)],
    }
}

async fn without_token(options: &GalleryOptions) -> Vec<Finding> {
    let here = match options.connect_without_token() {
        Ok(gallery) => match gallery.generators().await {
            Ok(_) => Finding::ok("gallery", format!("it answers: {}", options.url())),
            Err(error) => answered(options, &error),
        },
        Err(error) => Finding::fail("gallery", failure::told(&error), "mend FLOIMG_API_URL"),
    };
    let remedy = "set FLOIMG_SERVICE_TOKEN for `fleet serve`; `fleet demo` needs none";
    vec![here, Finding::warn("token", "no service token was given", remedy)]
}

/// What an error says about whether the gallery is there.
fn answered(options: &GalleryOptions, error: &Error) -> Finding {
    match error {
        Error::Unreachable { .. }
        | Error::TimedOut { .. }
        | Error::Cut { .. }
        | Error::Misconfigured { .. } => Finding::fail(
            "gallery",
            error.to_string(),
            "see that the gallery runs and that this machine may reach it",
        ),
        Error::Server { .. } | Error::Unreadable { .. } | Error::Paused => Finding::fail(
            "gallery",
            error.to_string(),
            "see whether FLOIMG_API_URL is a gallery's, and ask its operator",
        ),
        _ => Finding::ok("gallery", format!("it answers: {}", options.url())),
    }
}

fn tell(findings: &[Finding], as_json: bool) -> anyhow::Result<()> {
    let failed = findings.iter().filter(|finding| finding.verdict == Verdict::Fail).count() as u64;
    if as_json {
        output::json(&json!({ "ok": failed == 0, "findings": findings }))?;
    } else {
        for Finding { check, verdict, found, remedy } in findings {
            let sign = match verdict {
                Verdict::Ok => "ok  ",
                Verdict::Warn => "warn",
                Verdict::Fail => "FAIL",
            };
            output::say(format!("{sign}  {check:<8} {}", output::plain(found)))?;
            if let Some(remedy) = remedy {
                output::say(format!("                {}", output::plain(remedy)))?;
            }
        }
    }
    match failed {
        0 => Ok(()),
        failed => anyhow::bail!("{} failed", output::count(failed, "check")),
    }
}
