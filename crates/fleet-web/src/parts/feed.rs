//! The feed: what the fleet thinks and does, newest first. Owns how loud each kind of activity is and what its row says;
//! what was written by bots, people or the gallery is text here and nothing else.

use askama::Template;
use fleet_bots::{Activity, ActivityFilter, ActivityKind, Content};
use serde_json::Value;

use super::flag::Flag;
use super::when::When;
use crate::failure::Failure;
use crate::panel::{Gallery, Panel};

/// Rows that a page begins with.
const FIRST_ROWS: u64 = 40;

/// The newest rows that a filter lets through.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/feed.html")]
pub(crate) struct Feed {
    rows: Vec<FeedRow>,
    /// The page that shows it; the same with `before` shows what is older.
    page: String,
    /// Where older rows are.
    older: Option<String>,
    /// Whether it grows at its head.
    is_live: bool,
    /// Whether the store told them.
    is_known: bool,
    /// Whether there is a filter to ask it by.
    is_asked: bool,
}

/// One activity.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/feed_row.html")]
pub(crate) struct FeedRow {
    pub(crate) seq: i64,
    kind: ActivityKind,
    volume: Volume,
    icon: &'static str,
    flag: Option<Flag>,
    told: Told,
    link: Option<String>,
    picture: Option<Picture>,
    by: Option<String>,
    advice: Option<&'static str>,
    when: When,
}

/// How much a row asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Volume {
    Quiet,
    Plain,
    Alarm,
}

/// A message in pieces, so that the title can be a link and what was said stands apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Told {
    before: String,
    title: Option<String>,
    after: String,
    quote: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) address: String,
    pub(crate) alt: String,
}

impl Feed {
    /// Reads the first rows; `page` is the address of the page that shows them.
    pub(crate) async fn read(panel: &Panel, filter: &ActivityFilter, page: &str) -> Result<Self, Failure> {
        let first = ActivityFilter { limit: FIRST_ROWS, ..filter.clone() };
        let activities = panel.read(panel.bots.get_activity(&first)).await?;
        let rows = activities.iter().map(|activity| FeedRow::of(activity, panel)).collect();
        let last = activities.last().filter(|_| activities.len() as u64 == FIRST_ROWS);
        let joint = if page.contains('?') { '&' } else { '?' };
        let older = last.map(|last| format!("{page}{joint}before={}", last.seq));
        Ok(Self {
            rows,
            page: page.to_owned(),
            older,
            is_live: filter.before.is_none(),
            is_known: true,
            is_asked: true,
        })
    }

    /// What is shown while there is no filter that could be asked by.
    pub(crate) fn none() -> Self {
        Self { is_known: true, is_live: false, is_asked: false, ..Self::unknown() }
    }

    /// What is shown while the store is silent.
    pub(crate) fn unknown() -> Self {
        Self {
            rows: Vec::new(),
            page: String::new(),
            older: None,
            is_live: true,
            is_known: false,
            is_asked: true,
        }
    }

    /// The newest row it has; 0 when it has none.
    pub(crate) fn newest(&self) -> i64 {
        self.rows.first().map_or(0, |row| row.seq)
    }
}

impl FeedRow {
    pub(crate) fn of(activity: &Activity, panel: &Panel) -> Self {
        let particulars = activity.metadata.as_ref();
        let text = |name: &str| particulars.and_then(|all| all.get(name)).and_then(Value::as_str);
        let content = particulars
            .and_then(|all| all.get("content"))
            .and_then(|content| serde_json::from_value::<Content>(content.clone()).ok());
        let volume = volume(activity.kind);
        Self {
            seq: activity.seq,
            kind: activity.kind,
            volume,
            icon: icon(activity.kind),
            flag: activity.bot_id.map(Flag::of),
            told: Told::of(&activity.message, content.as_ref()),
            link: text("post_id").and_then(|post_id| panel.gallery.post(post_id)),
            picture: text("image_url")
                .filter(|_| volume == Volume::Plain)
                .and_then(|url| Picture::of(url, content.as_ref(), &panel.gallery)),
            by: text("by").map(str::to_owned),
            advice: advice(activity.kind),
            when: When::of(activity.at, panel.now()),
        }
    }

    /// The id of its element.
    pub(crate) fn id(&self) -> String {
        format!("act-{}", self.seq)
    }

    fn volume_class(&self) -> &'static str {
        match self.volume {
            Volume::Quiet => "row-quiet",
            Volume::Plain => "row-plain",
            Volume::Alarm => "row-alarm",
        }
    }

    /// A picture of one's own is shown larger than one that is only talked about.
    fn is_large(&self) -> bool {
        matches!(self.kind, ActivityKind::Post)
    }
}

impl Told {
    fn of(message: &str, content: Option<&Content>) -> Self {
        let whole = || Self { before: message.to_owned(), ..Self::default() };
        let Some((title, text)) = content.map(title_and_text) else { return whole() };
        let Some((before, after)) = message.split_once(&format!("“{title}”")) else { return whole() };
        // What was said stands at the end, unless something was added to it.
        let said = text.and_then(|text| Some((after.strip_suffix(text)?.strip_suffix(": ")?, text)));
        let (after, quote) = match said {
            Some((after, quote)) => (after, Some(quote.to_owned())),
            None => (after, None),
        };
        Self { before: before.to_owned(), title: Some(title.to_owned()), after: after.to_owned(), quote }
    }
}

impl Picture {
    pub(crate) fn of(url: &str, content: Option<&Content>, gallery: &Gallery) -> Option<Self> {
        let title = content.map(|content| title_and_text(content).0).unwrap_or_default();
        let alt = if title.is_empty() { "Picture".to_owned() } else { format!("Picture “{title}”") };
        Some(Self { address: gallery.picture(url)?, alt })
    }
}

fn title_and_text(content: &Content) -> (&str, Option<&str>) {
    match content {
        Content::Picture { title, .. } | Content::Post { title, .. } => (title, None),
        Content::Like { about } | Content::Unlike { about, .. } => (&about.title, None),
        Content::Comment { about, text } | Content::Answer { about, text, .. } => (&about.title, Some(text)),
    }
}

fn volume(kind: ActivityKind) -> Volume {
    match kind {
        ActivityKind::Post
        | ActivityKind::Like
        | ActivityKind::Comment
        | ActivityKind::Answer
        | ActivityKind::Unlike => Volume::Plain,
        ActivityKind::Error
        | ActivityKind::Unresolved
        | ActivityKind::Parked
        | ActivityKind::SignInRefused
        | ActivityKind::StopEverything => Volume::Alarm,
        _ => Volume::Quiet,
    }
}

fn icon(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Thought => "thought",
        ActivityKind::Browse => "eye",
        ActivityKind::Picture => "brush",
        ActivityKind::Post => "picture",
        ActivityKind::Like => "heart",
        ActivityKind::Unlike => "heart-off",
        ActivityKind::Comment | ActivityKind::Answer => "speech",
        ActivityKind::Error | ActivityKind::Unresolved | ActivityKind::Parked => "warning",
        ActivityKind::Started
        | ActivityKind::Resumed
        | ActivityKind::Restarted
        | ActivityKind::StopLifted => "play",
        ActivityKind::Paused => "pause",
        ActivityKind::Stopped | ActivityKind::Deleted => "square",
        ActivityKind::StopEverything => "octagon",
        ActivityKind::Created
        | ActivityKind::Updated
        | ActivityKind::Provisioned
        | ActivityKind::Deprovisioned => "flag",
        ActivityKind::NodeJoined | ActivityKind::NodeLeft => "node",
        ActivityKind::Requested
        | ActivityKind::RequestEnded
        | ActivityKind::SettingsChanged
        | ActivityKind::OptedOut
        | ActivityKind::Forgotten
        | ActivityKind::UndoAsked
        | ActivityKind::RestBegun
        | ActivityKind::RestEnded => "flag",
        ActivityKind::OperatorAdded
        | ActivityKind::OperatorRemoved
        | ActivityKind::PasswordChanged
        | ActivityKind::SignedIn
        | ActivityKind::SignedOut
        | ActivityKind::SignInRefused => "key",
    }
}

/// What to do about it.
pub(crate) fn advice(kind: ActivityKind) -> Option<&'static str> {
    match kind {
        ActivityKind::Error => {
            Some("It is not repeated. The bot goes on by itself; if this comes again, ask “fleet doctor”.")
        }
        ActivityKind::Unresolved => {
            Some("Look in the gallery whether it happened. It is never repeated by itself.")
        }
        ActivityKind::Parked => Some("Mend the reason, then start the bot again."),
        ActivityKind::SignInRefused => {
            Some("Each further try has to wait. If it was none of you, see that the password is a long one.")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use fleet_bots::About;

    use super::*;

    fn comment(text: &str) -> Content {
        let about = About {
            post_id: "p1".into(),
            title: "Fog".into(),
            author: "bo".into(),
            person: None,
            posted_at: None,
            image_url: None,
            why: "it is quiet".into(),
        };
        Content::Comment { about, text: text.into() }
    }

    #[test]
    fn what_was_said_stands_apart_from_what_was_done() {
        let told = Told::of(
            "Ada commented on “Fog” by bo: So soft: I like it",
            Some(&comment("So soft: I like it")),
        );
        assert_eq!(told.before, "Ada commented on ");
        assert_eq!(told.title.as_deref(), Some("Fog"));
        assert_eq!(told.after, " by bo");
        assert_eq!(told.quote.as_deref(), Some("So soft: I like it"));
    }

    #[test]
    fn a_message_that_cannot_be_taken_apart_is_told_whole() {
        let failed = "did not happen: Ada commented on “Fog” by bo: Soft (the gallery said no)";
        let told = Told::of(failed, Some(&comment("Soft")));
        assert_eq!(told.after, " by bo: Soft (the gallery said no)");
        assert_eq!(told.quote, None);
        assert_eq!(Told::of("node one joined", None).before, "node one joined");
    }
}
