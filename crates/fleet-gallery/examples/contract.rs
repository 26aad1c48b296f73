//! `cargo xtask contract`: the contract suite against any gallery, reported call by call.
//!
//! It asks before it writes to a gallery that is not on this machine, and ends with 1 when something differs or failed,
//! and with 2 when it was asked for wrongly.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use fleet_gallery::contract::{Contract, ContractOptions, Finding, Report, Verdict};
use fleet_gallery::{Gallery, GalleryConfig, Secret};
use url::Url;

/// The slowest public plan allows 60 requests a minute.
const POLITE: Duration = Duration::from_secs(1);

/// Hold a gallery against the contract, call by call
///
/// It makes two accounts of bots named `contract-…`, a few posts and comments, and one like that it takes back. In the end
/// it removes the accounts and names the posts and comments, which no call can remove.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask contract", max_term_width = 100)]
struct Options {
    /// Where the gallery is
    #[arg(long, value_name = "URL")]
    url: Url,
    /// The service token; better in the environment, where other users of this machine do not see it
    #[arg(long, env = "FLOIMG_SERVICE_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    token: Secret,
    /// Only read; make no accounts and write nothing
    #[arg(long)]
    read_only: bool,
    /// The username of a bot in whose name to read with --read-only; without it the token alone asks
    #[arg(long, value_name = "USERNAME", requires = "read_only")]
    reader: Option<String>,
    /// Write to a gallery that is not on this machine without asking
    #[arg(long)]
    yes: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = Options::parse();
    let config = GalleryConfig::new(options.url, options.token);
    // What cannot be an address is said before anything is asked.
    let gallery = match Gallery::new(config.clone()) {
        Ok(gallery) => gallery,
        Err(error) => return refuse(&error.to_string()),
    };
    let here = fleet_gallery::is_loopback(gallery.base_url());
    if !here && !options.read_only && !options.yes && !agreed(gallery.base_url()) {
        return refuse(
            "nothing was asked; say --yes to write to a gallery that is not on this machine, or --read-only",
        );
    }
    let contract = Contract::new(ContractOptions {
        gallery: config,
        run: format!("{:08x}", rand::random::<u32>()),
        read_only: options.read_only,
        reader: options.reader,
        pace: if here { Duration::ZERO } else { POLITE },
    });
    let mut contract = match contract {
        Ok(contract) => contract,
        Err(error) => return refuse(&error.to_string()),
    };
    let ended = tokio::select! {
        () = contract.run() => true,
        _ = tokio::signal::ctrl_c() => {
            eprintln!("ended early; removing the accounts");
            false
        }
    };
    let report = contract.finish().await;
    let text = if options.json { json(&report) } else { lines(&report) };
    // A reader that has closed its end has read enough.
    _ = writeln!(std::io::stdout(), "{text}");
    if ended && report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("error: {why}");
    ExitCode::from(2)
}

fn agreed(url: &Url) -> bool {
    if !std::io::stdin().is_terminal() {
        return false;
    }
    eprint!("This makes accounts, posts and comments at {url} that others see. Go on? [y/N] ");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

fn json(report: &Report) -> String {
    serde_json::to_string_pretty(report).expect("a report is texts and numbers")
}

/// The report for eyes: a line for each finding under its check, and what is left in the end.
fn lines(report: &Report) -> String {
    let mut text = String::new();
    let mut check = "";
    for finding in &report.findings {
        if finding.check != check {
            check = finding.check;
            text += &format!("\n{check}\n");
        }
        text += &line(finding);
    }
    let count = |verdict: Verdict| format!("{} {}", report.count(verdict), verdict.name());
    let counts = [Verdict::Ok, Verdict::Differs, Verdict::Failed, Verdict::Skipped].map(count).join(", ");
    text += &format!("\n{}: {counts}; {} calls", report.url, report.calls);
    if !report.left.is_empty() {
        text += "\nleft for a person to remove:";
        for left in &report.left {
            text += &format!("\n  {left}");
        }
    }
    text.trim_start().to_owned()
}

fn line(finding: &Finding) -> String {
    let took = finding.milliseconds.map(|took| format!("{took} ms")).unwrap_or_default();
    let (verdict, call, expected) = (finding.verdict.name(), finding.call, &finding.expected);
    let mut line = format!("  {verdict:<7} {took:>8}  {call}: {expected}\n");
    for (word, text) in [("found", &finding.found), ("remedy", &finding.remedy)] {
        if let Some(text) = text {
            line += &format!("                    {word}: {text}\n");
        }
    }
    line
}
