//! The nodes: who lives, since when, and who holds how many bots; and those that died within a day.

use askama::Template;
use fleet_bots::{FleetTime, NodeView};

use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::counted;

/// All nodes there are to show.
#[derive(Template)]
#[template(path = "parts/nodes.html")]
pub(crate) struct Nodes {
    rows: Vec<NodeRow>,
    /// Whether the store is a file, on which one node alone can work.
    is_embedded: bool,
}

struct NodeRow {
    name: String,
    id: String,
    is_alive: bool,
    /// When it joined, exactly.
    joined: String,
    /// How long ago that was, in words.
    age: String,
    /// Until when its leases live, or when they lapsed, exactly.
    lease: String,
    /// How long ago it died, in words.
    died: String,
    bots: String,
    held: Vec<(String, u64)>,
}

impl Nodes {
    pub(crate) async fn read(panel: &Panel) -> Result<Self, Failure> {
        let nodes = panel.read(panel.bots.list_nodes()).await?;
        Ok(Self { rows: nodes.into_iter().map(NodeRow::of).collect(), is_embedded: panel.bots.is_embedded() })
    }

    fn living(&self) -> impl Iterator<Item = &NodeRow> {
        self.rows.iter().filter(|row| row.is_alive)
    }

    fn dead(&self) -> impl Iterator<Item = &NodeRow> {
        self.rows.iter().filter(|row| !row.is_alive)
    }

    fn has_living(&self) -> bool {
        self.living().next().is_some()
    }

    fn has_dead(&self) -> bool {
        self.dead().next().is_some()
    }
}

impl NodeRow {
    fn of(view: NodeView) -> Self {
        // These are moments of the database's clock, which never runs fast: the page's own counting would be wrong here.
        let exact = |at: i64| FleetTime(at).timestamp().strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
        Self {
            is_alive: view.is_alive,
            joined: exact(view.node.started_at.0),
            age: span(view.age.as_secs()),
            lease: FleetTime(view.node.expires_at.0).timestamp().strftime("%H:%M:%S UTC").to_string(),
            died: span(view.lease.as_secs()),
            bots: counted(view.bots(), "bot", "bots"),
            held: view.held.iter().map(|(state, count)| (state.replace('_', " "), *count)).collect(),
            id: view.node.id.to_string(),
            name: view.node.name,
        }
    }
}

/// A span of real time in its largest unit; what is shorter than a minute is told in steps of ten seconds.
fn span(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{} s", seconds / 10 * 10),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}
