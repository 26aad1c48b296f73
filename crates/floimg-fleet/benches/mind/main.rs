//! What an engaged action takes of a model: a fleet lives a day, everything that a model was asked and answered is counted in
//! tokens of `o200k`, and that is divided by the likes, comments, posts and answers that reached the gallery.
//!
//! Usage: `cargo xtask bench mind`. Only words are counted; pictures are not shown here, as they are not by default.

mod count;
mod day;

use anyhow::Result;

use count::{Count, Tokens};
use day::{Day, Done};

/// What is wanted of each action.
const WANTED_IN: f64 = 700.0;
const WANTED_OUT: f64 = 60.0;

#[tokio::main]
async fn main() -> Result<()> {
    println!(
        "a day of {} residents and {} visitors, for each action that reached the gallery at most {WANTED_IN} tokens \
         in and {WANTED_OUT} out",
        day::RESIDENTS,
        day::VISITORS
    );
    let day = Day::live().await?;
    let count = Count::of(&day.asked);
    println!("  {:<22} {:>6} {:>6} {:>8} {:>7} {:>6}", "", "looks", "calls", "actions", "in", "out");
    for (persona, done) in &day.done {
        line(persona, done, &count.by_persona.get(persona).copied().unwrap_or_default());
    }
    let done = day.in_all();
    line("in all", &done, &count.in_all);
    let Done { likes, comments, posts, answers, .. } = done;
    println!("  {likes} likes, {comments} comments, {posts} posts, {answers} answers");

    println!("\nwhat the tokens went into");
    for (purpose, tokens) in &count.by_purpose {
        let (input, output) =
            (share(tokens.input, count.in_all.input), share(tokens.output, count.in_all.output));
        println!("  {purpose:<22} {:>6} calls {input:>6.1} % in {output:>6.1} % out", tokens.calls);
    }
    let judged = count.by_purpose.get("judge").map_or(0, |tokens| tokens.calls);
    println!("  {:.1} posts in a look that asks a model", ratio(count.shown, judged));
    println!(
        "  {:.0} tokens in more where a provider counts the form of an answer",
        ratio(count.forms, done.actions())
    );
    println!(
        "  {:.1} times as many tokens in with one call for each post: {:.0} for an action",
        ratio(count.one_by_one.input, count.in_all.input),
        ratio(count.one_by_one.input, done.actions())
    );
    Ok(())
}

fn line(name: &str, done: &Done, tokens: &Tokens) {
    let (input, output) = (ratio(tokens.input, done.actions()), ratio(tokens.output, done.actions()));
    let verdict = if input <= WANTED_IN && output <= WANTED_OUT { "" } else { "  MISSED" };
    let Done { looks, .. } = done;
    println!(
        "  {name:<22} {looks:>6} {:>6} {:>8} {input:>7.0} {output:>6.1}{verdict}",
        tokens.calls,
        done.actions()
    );
}

fn ratio(some: u64, each: u64) -> f64 {
    if each == 0 { f64::NAN } else { some as f64 / each as f64 }
}

fn share(part: u64, whole: u64) -> f64 {
    ratio(part * 100, whole)
}
