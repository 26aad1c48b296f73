//! Rows of the ledger whose end nobody knows, each with what there is to go by and the two answers that an operator can give.

use std::collections::BTreeSet;

use askama::Template;
use fleet_bots::{Action, ActionFilter, ActionKind, ActionStatus, BotId, Content};

use super::when::When;
use crate::failure::Failure;
use crate::panel::Panel;

/// So many are shown at once; the others follow when these are settled.
const MOST: u64 = 50;

/// Those of one bot, or of all.
#[derive(Template)]
#[template(path = "parts/unresolved.html")]
pub(crate) struct Unresolved {
    rows: Vec<Row>,
    /// The page that answers lead back to.
    back: String,
    /// Whether they are of many bots, so that each has to be named.
    is_of_many: bool,
}

struct Row {
    id: String,
    /// Whose it is: its name, and its page while there is one.
    bot: Option<(String, String)>,
    what: String,
    text: Option<String>,
    why: String,
    link: Option<String>,
    when: When,
}

impl Unresolved {
    pub(crate) async fn read(panel: &Panel, bot_id: Option<BotId>) -> Result<Self, Failure> {
        let filter = ActionFilter {
            bot_id,
            status: Some(ActionStatus::Unresolved),
            limit: MOST,
            ..ActionFilter::default()
        };
        let actions = panel.read(panel.bots.recent_actions(&filter)).await?;
        let ids: BTreeSet<BotId> = actions.iter().map(|action| action.bot_id).collect();
        // Those that were deleted have none any more.
        let names = panel.read(panel.bots.names_of(ids)).await?;
        Ok(Self {
            rows: actions.iter().map(|action| Row::of(action, names.get(&action.bot_id), panel)).collect(),
            back: bot_id.map_or_else(|| "/unresolved".into(), |id| format!("/bots/{id}")),
            is_of_many: bot_id.is_none(),
        })
    }
}

impl Row {
    fn of(action: &Action, name: Option<&String>, panel: &Panel) -> Self {
        let (title, text) = match &action.content {
            Content::Picture { title, .. } | Content::Post { title, .. } => (title.as_str(), None),
            Content::Like { about } | Content::Unlike { about, .. } => (about.title.as_str(), None),
            Content::Comment { about, text } | Content::Answer { about, text, .. } => {
                (about.title.as_str(), Some(text.clone()))
            }
        };
        let did = match action.kind {
            ActionKind::Picture => "Have a picture made:",
            ActionKind::Post => "Share",
            ActionKind::Like => "Like",
            ActionKind::Comment => "Comment on",
            ActionKind::Answer => "Answer under",
            ActionKind::Unlike => "Take back the like of",
        };
        Self {
            id: action.id.to_string(),
            bot: name.map(|name| (name.clone(), format!("/bots/{}", action.bot_id))),
            what: format!("{did} “{title}”"),
            text,
            why: action.failure.clone().unwrap_or_else(|| "no answer came".into()),
            link: action.content.about().and_then(|about| panel.gallery.post(&about.post_id)),
            when: When::of(action.planned_at, panel.now()),
        }
    }
}
