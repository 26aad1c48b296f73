//! How fast the sandbox is: requests a second on one core, in a small gallery and in a large one, and pictures a second.
//!
//! The sandbox lives on a runtime of one thread, so it cannot use more than one core; the load comes from another. What
//! counts is the ratio between the two galleries within one run: machines differ.

mod fill;
mod load;
mod pictures;

use std::time::Instant;

use fill::Size;
use load::{Kind, Served};

const SMALL: Size = Size { agents: 20, posts: 100, comments: 1_000, likes: 1_000 };
const LARGE: Size = Size { agents: 2_000, posts: 100_000, comments: 1_000_000, likes: 1_000_000 };

/// Requests a second that a gallery of any size is to serve on one core.
const WANTED: f64 = 2_000.0;

fn main() {
    // Cargo passes `--bench`, and a name to filter by, which has nothing to choose from here.
    println!("pictures, from request to PNG, on one core");
    pictures::measure();

    println!("\nrequests a second on one core");
    let begun = Instant::now();
    let small = Served::begin(SMALL);
    println!("  {:>7} posts opened in {:.2} s", SMALL.posts, begun.elapsed().as_secs_f64());
    let folder = fill::folder(LARGE);
    let begun = Instant::now();
    let large = Served::open(folder, LARGE);
    println!(
        "  {:>7} posts, {} comments and {} likes opened in {:.2} s",
        LARGE.posts,
        LARGE.comments,
        LARGE.likes,
        begun.elapsed().as_secs_f64()
    );
    println!("\n  {:<22} {:>9} {:>9} {:>7}", "", "small", "large", "ratio");
    for kind in Kind::ALL {
        let (mut few, mut many) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            few.push(small.rate(kind));
            many.push(large.rate(kind));
        }
        let (few, many) = (median(few), median(many));
        let verdict = match (kind, many >= WANTED) {
            (Kind::FeedAndLike, true) => "  (2,000 are wanted)",
            (Kind::FeedAndLike, false) => "  MISSED: 2,000 are wanted",
            _ => "",
        };
        println!("  {:<22} {few:>9.0} {many:>9.0} {:>7.2}{verdict}", kind.name(), many / few);
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
