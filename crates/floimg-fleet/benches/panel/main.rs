//! How fast the panel is: from the commit of an activity to its row in the page of a real browser, at 100 a second; how
//! large each page is on the wire; and how long the table of 10,000 bots takes to be served.
//!
//! Usage: `cargo xtask bench panel`, which hands over where Chromium and its driver are.

#[path = "../../tests/it/browser/chromium.rs"]
#[expect(dead_code, reason = "tests ask more of a browser")]
mod chromium;
mod fleet;
mod wire;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;
use tokio::time::{Instant, MissedTickBehavior, interval};

use chromium::{Chromium, Programs, Window};
use fleet::Fleet;

/// Activities a second, and for how long.
const RATE: u32 = 100;
const SPAN: Duration = Duration::from_secs(30);
/// What is wanted.
const WANTED: Duration = Duration::from_millis(250);
const WANTED_BYTES: usize = 60_000;
const WANTED_TABLE: Duration = Duration::from_millis(50);
const BOTS: usize = 10_000;

/// The moments at which rows come into the page, by the numbers they tell.
const WATCH: &str = "(window.seen = {}, new MutationObserver(records => {
    const now = performance.timeOrigin + performance.now();
    for (const record of records) for (const row of record.addedNodes) {
        const number = row.nodeType === 1 && row.innerText.match(/number ([0-9]+)/)?.[1];
        if (number) window.seen[number] ??= now;
    }
}).observe(document.querySelector('#feed-rows'), { childList: true }), true)";

#[tokio::main]
async fn main() -> Result<()> {
    // Cargo adds `--bench` of its own.
    let mut programs =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let programs = programs.next().zip(programs.next());
    let (chromium, chromedriver) =
        programs.context("tell me where Chromium and its driver are; `cargo xtask bench panel` does")?;

    let fleet = Fleet::of(BOTS).await?;
    println!("pages on the wire, packed, at most {WANTED_BYTES} bytes");
    for page in fleet.pages().await? {
        let answer = wire::get(fleet.address, &page.path).await?;
        if answer.status != 200 {
            println!("  {:<18} answers {}", page.name, answer.status);
            continue;
        }
        let verdict = if answer.bytes <= WANTED_BYTES { "" } else { "  MISSED" };
        println!("  {:<18} {:>7} bytes{verdict}", page.name, answer.bytes);
    }

    println!("\nserving /bots with {BOTS} bots, its median of 40");
    for query in ["", "?page=150", "?q=bot_009", "?sort=likes&dir=desc", "?state=waiting"] {
        let mut took = Vec::new();
        for _ in 0..40 {
            took.push(wire::get(fleet.address, &format!("/bots{query}")).await?.took);
        }
        took.sort_unstable();
        let median = took[took.len() / 2];
        let verdict = if median <= WANTED_TABLE { "" } else { "  MISSED: 50 ms are wanted" };
        println!("  /bots{query:<22} {:>7.1} ms{verdict}", in_ms(median));
    }

    let browser = Chromium::start(&Programs { chromium, chromedriver }).await?;
    browser.look_through(Window { width: 1280, height: 900, is_phone: false, is_dark: false }).await?;
    for path in ["/activity", "/"] {
        from_commit_to_page(&fleet, &browser, path).await?;
    }
    Ok(())
}

async fn from_commit_to_page(fleet: &Fleet, browser: &Chromium, path: &str) -> Result<()> {
    println!("\nfrom commit to its row in {path}, {RATE} a second for {} s", SPAN.as_secs());
    browser.open(&format!("http://{}{path}", fleet.address)).await?;
    browser.until("document.querySelector('[data-link=\"live\"]')").await?;
    browser.ask(WATCH).await?;

    let count = RATE * u32::try_from(SPAN.as_secs())?;
    let mut committed = Vec::new();
    let mut tick = interval(Duration::from_secs(1) / RATE);
    tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let begun = Instant::now();
    for number in 0..count {
        tick.tick().await;
        fleet.tell(number).await?;
        committed.push(fleet::now_ms());
    }
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    browser.until(&format!("{} in window.seen", count - 1)).await?;

    let seen = browser.ask("window.seen").await?;
    let mut delays: Vec<f64> = committed
        .iter()
        .enumerate()
        .filter_map(|(number, at)| {
            Some((seen.get(number.to_string()).and_then(Value::as_f64)? - at).max(0.0))
        })
        .collect();
    delays.sort_by(f64::total_cmp);
    let at = |share: f64| delays[((delays.len() - 1) as f64 * share).round() as usize];
    println!("  {} of {count} rows came, committed at {rate:.0} a second", delays.len());
    println!(
        "  median {:.0} ms, 95 % {:.0} ms, 99 % {:.0} ms, longest {:.0} ms",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
    let is_missed = delays.len() < committed.len() || at(0.99) > in_ms(WANTED);
    println!(
        "  {}",
        if is_missed {
            "MISSED: all of them are wanted, 99 % under 250 ms"
        } else {
            "99 % under 250 ms are wanted"
        }
    );
    Ok(())
}

fn in_ms(span: Duration) -> f64 {
    span.as_secs_f64() * 1e3
}
