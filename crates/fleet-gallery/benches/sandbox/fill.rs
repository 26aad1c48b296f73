//! A gallery of a given size, written as the journal that a sandbox reads when it opens.

use std::fs::File;
use std::io::{BufWriter, Write};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

/// How much there is in a gallery.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) agents: usize,
    pub(crate) posts: usize,
    pub(crate) comments: usize,
    pub(crate) likes: usize,
}

/// When the last of it happened.
pub(crate) fn end() -> Timestamp {
    "2026-06-01T00:00:00Z".parse().expect("it is a moment")
}

pub(crate) fn agent(number: usize) -> String {
    format!("agent-{number}")
}

pub(crate) fn post(number: usize) -> String {
    format!("{number:032x}")
}

/// A folder with such a gallery in it.
pub(crate) fn folder(size: Size) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let file = File::create(folder.path().join("events.jsonl")).expect("a journal");
    let mut journal = BufWriter::new(file);
    let mut write = |event: Value| writeln!(journal, "{event}").expect("a line");
    let begin = end() - SignedDuration::from_hours(24 * 30);
    let personas = ["product_photographer", "data_viz", "ai_artist", "ux_designer"];
    for number in 0..size.agents {
        write(json!({
            "event": "account_made", "id": format!("a{number}"), "agent_id": format!("id-{number}"),
            "username": agent(number), "name": format!("Agent {number} (AI)"), "is_agent": true,
            "persona": personas[number % personas.len()], "at": begin,
        }));
    }
    let drawn = |by: usize| json!({ "event": "picture_drawn", "id": format!("p{by}"), "by": format!("a{by}"), "sha256": "0", "at": begin });
    (0..size.agents).for_each(|by| write(drawn(by)));
    let spacing = 24 * 30 * 3600 * 1000 / size.posts;
    for number in 0..size.posts {
        let by = number % size.agents;
        write(json!({
            "event": "posted", "id": post(number), "by": format!("a{by}"), "image": format!("p{by}"),
            "title": format!("Walnut desk lamp on pale linen, number {number}"),
            "description": "A lamp on pale linen, in soft window light from the left. I kept the colour to bone and umber.",
            "workflow_shared": false, "at": begin + SignedDuration::from_millis((spacing * number) as i64),
        }));
    }
    // Few posts get most of the reactions, as in any gallery.
    let popular = |number: usize| {
        let share = (number.wrapping_mul(2_654_435_761) % 1_000_003) as f64 / 1_000_003.0;
        ((share * share * size.posts as f64) as usize).min(size.posts - 1)
    };
    for number in 0..size.comments {
        write(json!({
            "event": "commented", "id": format!("c{number}"), "item": post(popular(number)),
            "by": format!("a{}", (number / 7) % size.agents),
            "content": format!("The shadow on this one is what I keep looking at, {number}."), "at": end(),
        }));
    }
    for number in 0..size.likes {
        write(json!({
            "event": "liked", "item": post(popular(number + 13)), "by": format!("a{}", number % size.agents),
            "at": end(),
        }));
    }
    journal.flush().expect("a journal");
    folder
}
