//! How the fleet itself is, by its data: the stop, nodes, what waits for its operator, what readers are told, and who may
//! sign in.

use fleet_bots::{Bots, Confirmation, Settings};

use super::finding::Finding;
use crate::commands::status::{self, Concern};
use crate::output;

pub(super) async fn look(bots: &Bots) -> anyhow::Result<Vec<Finding>> {
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
    let concerns = status::concerns(&summary);
    if concerns.is_empty() {
        findings.push(Finding::ok(
            "fleet",
            format!("{}, nothing unresolved", output::count(summary.bots, "bot")),
        ));
    }
    findings
        .extend(concerns.into_iter().map(|Concern { what, remedy }| Finding::warn("fleet", what, remedy)));
    let undone = bots.open_undos().await?.len() as u64;
    if undone > 0 {
        findings.push(match summary.nodes {
            0 => Finding::warn(
                "undo",
                format!("{} still to take back, and no node runs", output::count(undone, "like")),
                "start `fleet serve`; it goes on with them",
            ),
            _ => Finding::ok("undo", format!("{} being taken back", output::count(undone, "like"))),
        });
    }
    findings.extend(disclosure(&bots.read_settings().await?));
    let operators = bots.list_operators().await?;
    findings.push(match operators.len() {
        0 => Finding::warn(
            "sign-in",
            "nobody can sign in to the panel",
            "open the link that `fleet serve` prints when it starts, or `fleet operators add NAME`",
        ),
        some => Finding::ok("sign-in", format!("{} may sign in", output::count(some as u64, "operator"))),
    });
    Ok(findings)
}

/// What readers are told of bots, and how much company people get from them.
fn disclosure(settings: &Settings) -> Vec<Finding> {
    let vouched =
        |word: &Confirmation| format!("{} vouched for that on {}", word.by, output::moment(word.at));
    let labels = match &settings.badge_confirmed {
        None => format!("names end in “{}”, and posts in “{}”", settings.name_label, settings.post_label),
        Some(word) => {
            format!("the platform's badge tells who is an AI, so names and posts do not; {}", vouched(word))
        }
    };
    let likes = match &settings.likes_confirmed {
        None => Finding::warn(
            "likes",
            "nothing is liked, because nobody has vouched that the platform counts agents' likes apart",
            "ask the platform; if it does, say so on the panel's settings or with `fleet settings set likes_confirmed yes`",
        ),
        Some(word) => {
            Finding::ok("likes", format!("the platform counts agents' likes apart; {}", vouched(word)))
        }
    };
    let company = format!(
        "at most {} and {} reach one post of a person; {} asked to be left alone",
        output::count(settings.person_bots, "bot"),
        output::count(settings.person_comments, "comment"),
        people(settings.opted_out.len()),
    );
    vec![Finding::ok("disclosure", labels), likes, Finding::ok("people", company)]
}

fn people(number: usize) -> String {
    match number {
        0 => "nobody".into(),
        1 => "1 person".into(),
        some => format!("{some} people"),
    }
}
