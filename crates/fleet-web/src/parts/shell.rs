//! What every page has around it: the head with the fleet's name, the ways to the other pages, the fleet's state in one
//! line and the stop button; and the files it loads.

use crate::assets;
use crate::panel::Panel;
use crate::parts::operator::Operator;
use crate::parts::status::Status;
use crate::parts::stop::{StopBanner, StopControl};

/// The frame of a page.
#[derive(Clone, Debug)]
pub(crate) struct Shell<'a> {
    pub(crate) section: Section,
    pub(crate) notice: Option<&'a str>,
    pub(crate) style_sheet: Option<String>,
    pub(crate) scripts: Vec<String>,
    pub(crate) banner: StopBanner,
    pub(crate) control: StopControl,
    pub(crate) status: Status,
    /// Who is signed in.
    pub(crate) operator: Operator,
    /// Where the page's stream comes from; a page that could not be made has none.
    pub(crate) live: Option<String>,
    /// The fleet's time, in milliseconds.
    pub(crate) now_ms: i64,
}

/// Which part of the panel a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Overview,
    Bots,
    Activity,
    Personas,
    Nodes,
    Costs,
    Settings,
    /// None of those that the menu names.
    Elsewhere,
}

/// A way to another page.
pub(crate) struct Way {
    pub(crate) section: Section,
    pub(crate) path: &'static str,
    pub(crate) label: &'static str,
}

/// The menu.
const WAYS: [Way; 7] = [
    Way { section: Section::Overview, path: "/", label: "Overview" },
    Way { section: Section::Bots, path: "/bots", label: "Bots" },
    Way { section: Section::Activity, path: "/activity", label: "Activity" },
    Way { section: Section::Personas, path: "/personas", label: "Personas" },
    Way { section: Section::Nodes, path: "/nodes", label: "Nodes" },
    Way { section: Section::Costs, path: "/costs", label: "Costs" },
    Way { section: Section::Settings, path: "/settings", label: "Settings" },
];

/// The stream of a page of which only the head moves.
const HEAD_ALONE: &str = "/live/head";

impl<'a> Shell<'a> {
    /// Around a page of `section`, whose stream comes from `live`. A store that is silent is told of in its line.
    pub(crate) async fn read(panel: &'a Panel, section: Section, live: Option<String>) -> Self {
        Self::now(panel, section).await.followed_by(live)
    }

    async fn now(panel: &'a Panel, section: Section) -> Self {
        let (banner, status) = futures::join!(StopBanner::read(panel), Status::read(panel));
        let status = status.unwrap_or_else(|failure| Status::unknown(&failure));
        Self { section, status, live: Some(HEAD_ALONE.into()), ..Self::with(panel, banner) }
    }

    /// The same, with the stream of a page that moves. Of a page that does not, the head moves alone.
    pub(crate) fn followed_by(mut self, live: Option<String>) -> Self {
        if live.is_some() {
            self.live = live;
        }
        self
    }

    /// Around a page that asks the store nothing: it says what this process knows.
    pub(crate) fn known_here(panel: &'a Panel) -> Self {
        Self::with(panel, StopBanner::known_here(panel))
    }

    fn with(panel: &'a Panel, banner: StopBanner) -> Self {
        Self {
            section: Section::Elsewhere,
            notice: panel.notice(),
            style_sheet: assets::style_sheet(),
            scripts: assets::scripts(),
            control: StopControl::of(&banner),
            banner,
            status: Status::default(),
            operator: Operator::here(),
            live: None,
            now_ms: panel.now().0 / 1_000,
        }
    }

    pub(crate) fn ways(&self) -> &'static [Way] {
        &WAYS
    }
}
