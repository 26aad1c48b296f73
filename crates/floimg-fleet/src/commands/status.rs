//! `fleet status`: how the fleet stands, the verdict first.

use clap::Args;
use fleet_bots::{Action, Asked, Bots, FleetSummary, FleetTime, Intent, ObservedState, StopState};
use serde::Serialize;

use super::bots::show::unresolved;
use crate::config::{self, StoreOptions};
use crate::output;

/// What is said of likes while nobody vouches for them.
const LIKES_OFF: &str = "off; once you have seen that the platform counts agents' likes apart from people's, say it with \
                         `fleet settings set likes_confirmed yes`";
/// How many unresolved actions are named; `--json` has more.
const NAMED: usize = 10;

/// How the fleet stands
#[derive(Args, Debug)]
pub(crate) struct StatusOptions {
    /// Print JSON: `verdict`, `concerns` (each with `what` and `remedy`), `summary`, `unresolved` (the newest actions that
    /// need your word), `stop` (`by` and `at`, or null), `clock` (`now` and `speed`) and `store`
    #[arg(long)]
    json: bool,
}

/// How the fleet stands.
#[derive(Debug, Serialize)]
struct Status {
    verdict: String,
    concerns: Vec<Concern>,
    summary: FleetSummary,
    unresolved: Vec<Action>,
    stop: Option<Asked>,
    clock: Clock,
    store: String,
}

/// Something that is not as it should be, or not as it will stay.
#[derive(Debug, Serialize)]
pub(super) struct Concern {
    pub(super) what: String,
    pub(super) remedy: String,
}

#[derive(Debug, Serialize)]
struct Clock {
    now: FleetTime,
    speed: f64,
}

pub(crate) async fn run(store: &StoreOptions, options: StatusOptions) -> anyhow::Result<()> {
    let bots = store.open_existing().await?;
    let status = Status::of(&bots, store.place()?).await?;
    if options.json { output::json(&status) } else { status.tell() }
}

impl Status {
    async fn of(bots: &Bots, store: String) -> anyhow::Result<Self> {
        let (summary, stop) = (bots.fleet_summary().await?, bots.stop_order().await?);
        let clock = config::clock_of(bots).await?;
        let mut concerns = concerns(&summary);
        if let Some(stopped) = stop_concern(stop.as_ref(), bots.switch().state()) {
            concerns.insert(0, stopped);
        }
        let clock = Clock { now: clock.now(), speed: clock.speed() };
        let unresolved = unresolved(bots, None).await?;
        Ok(Status {
            unresolved,
            verdict: verdict(&summary, &concerns),
            concerns,
            summary,
            stop,
            clock,
            store,
        })
    }

    fn tell(&self) -> anyhow::Result<()> {
        match self.concerns.is_empty() {
            true => output::say(&self.verdict)?,
            // Each is told once, with its remedy.
            false => output::say(format!("{}; but:", standing(&self.summary)))?,
        }
        for Concern { what, remedy } in &self.concerns {
            output::say(output::plain(&format!("- {what}: {remedy}")))?;
        }
        for action in self.unresolved.iter().take(NAMED) {
            // Who did it stands in the row by id only; what matters here is the id that resolves it.
            output::say(output::plain(&format!("    {}  {}", action.id, action.content.told_of("it"))))?;
        }
        let FleetSummary {
            posts,
            comments,
            likes,
            failed,
            unresolved,
            open,
            nodes,
            by_state,
            likes_are_off,
            ..
        } = &self.summary;
        let seen: Vec<String> =
            by_state.iter().map(|(state, count)| format!("{count} {}", state.replace('_', " "))).collect();
        let speed = if self.clock.speed == 1.0 {
            String::new()
        } else {
            format!(", {} times as fast", self.clock.speed)
        };
        let lines = [
            ("wanted", meant(&self.summary)),
            ("seen", if seen.is_empty() { "nobody is held by a node".into() } else { seen.join(", ") }),
            ("nodes", nodes.to_string()),
            ("done", output::counts([(*posts, "post"), (*comments, "comment"), (*likes, "like")])),
            ("ledger", format!("{open} open, {failed} failed, {unresolved} unresolved")),
            (
                "likes",
                if *likes_are_off {
                    LIKES_OFF.into()
                } else {
                    "counted apart, as an operator has confirmed".into()
                },
            ),
            ("clock", format!("{}{speed}", output::moment(self.clock.now))),
            ("store", self.store.clone()),
        ];
        output::say("")?;
        lines.iter().try_for_each(|(what, value)| output::say(format!("{what:<8} {value}")))
    }
}

fn verdict(summary: &FleetSummary, concerns: &[Concern]) -> String {
    let standing = standing(summary);
    let wrong: Vec<&str> = concerns.iter().map(|concern| concern.what.as_str()).collect();
    match (summary.bots, wrong.is_empty()) {
        (0, true) => standing,
        (_, true) => format!("{standing}; nothing is wrong"),
        (_, false) => format!("{standing}; but {}", wrong.join("; ")),
    }
}

fn standing(summary: &FleetSummary) -> String {
    match summary.bots {
        0 => "there are no bots yet; make some with `fleet seed --count 24 --start`".into(),
        bots => format!("{}: {}", output::count(bots, "bot"), meant(summary)),
    }
}

fn meant(summary: &FleetSummary) -> String {
    let words = [(Intent::Running, "run"), (Intent::Paused, "paused"), (Intent::Stopped, "stopped")];
    let some: Vec<String> = words
        .into_iter()
        .map(|(intent, word)| (summary.meant(intent), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if some.is_empty() { "none".into() } else { some.join(", ") }
}

/// What of the fleet needs its operator.
pub(super) fn concerns(summary: &FleetSummary) -> Vec<Concern> {
    let mut concerns = Vec::new();
    let mut concern = |holds: bool, what: String, remedy: &str| {
        if holds {
            concerns.push(Concern { what, remedy: remedy.into() });
        }
    };
    for rest in &summary.rests {
        concern(true, format!("the whole fleet rests ({})", rest.told()), rest.cause.remedy());
    }
    let wanted = summary.meant(Intent::Running) + summary.meant(Intent::Paused);
    concern(
        wanted > 0 && summary.nodes == 0,
        "no node runs".into(),
        "nothing acts until `fleet serve` or `fleet demo` runs over this data",
    );
    let unresolved = summary.unresolved;
    concern(
        unresolved > 0,
        output::count(unresolved, "unresolved row"),
        "nobody can tell whether these actions happened; look at the gallery, and say it with `fleet bots resolve \
         ACTION happened` or `… did-not`. They are never repeated by themselves",
    );
    concern(
        summary.departing > 0,
        format!("{} of deleted bots to be removed", output::count(summary.departing, "account")),
        "a node removes them by itself; when the gallery refuses that, `fleet activity --kind error` says why and how to \
         mend it",
    );
    let parked = summary.seen(ObservedState::Parked);
    concern(
        parked > 0,
        output::count(parked, "parked bot"),
        "they went wrong too often; see why with `fleet bots list --state parked`, then `fleet bots start` them",
    );
    concerns
}

/// What is to be said about the stop, when there is one.
pub(super) fn stop_concern(stop: Option<&Asked>, state: StopState) -> Option<Concern> {
    let what = match (stop, state) {
        (Some(asked), _) => format!("everything is stopped, by {}", asked.by),
        (None, StopState::Pending) => "everything is stopped, and the store is still to be told".into(),
        (None, _) => return None,
    };
    Some(Concern { what, remedy: "lift it with `fleet stop-everything --lift`".into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fleet(nodes: u64, unresolved: u64) -> FleetSummary {
        let by_intent = [("running".to_owned(), 24)].into();
        FleetSummary { bots: 24, by_intent, nodes, unresolved, ..FleetSummary::default() }
    }

    #[test]
    fn the_verdict_names_what_is_wrong() {
        let verdict_of = |summary: &FleetSummary| verdict(summary, &concerns(summary));
        assert_eq!(verdict_of(&fleet(1, 0)), "24 bots: 24 run; nothing is wrong");
        assert_eq!(verdict_of(&fleet(1, 2)), "24 bots: 24 run; but 2 unresolved rows");
        assert_eq!(verdict_of(&fleet(0, 0)), "24 bots: 24 run; but no node runs");
    }
}
