//! What of the log the address asks for. The address is the filter: a link shows the same to somebody else, and what makes
//! no sense in it is told beside its field.

use axum::http::StatusCode;
use fleet_bots::{ActivityFilter, ActivityKind, BotId, FleetTime};
use serde::Deserialize;

use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::bot_row::form_urlencoded;

/// So many bots can be named at once.
const MOST_BOTS: usize = 50;

/// The fields as they were filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(super) kind: String,
    pub(super) bot: String,
    pub(super) persona: String,
    pub(super) q: String,
    pub(super) since: String,
    pub(super) until: String,
    before: String,
}

/// What the fields come to.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    pub(super) filter: ActivityFilter,
    problems: Vec<(&'static str, String)>,
}

/// Kinds of activity that one looks for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Acts,
    Thoughts,
    Orders,
    Trouble,
    House,
}

/// A choice of a field.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

impl Asked {
    /// What it comes to, as far as it makes sense.
    pub(super) async fn answer(&self, panel: &Panel) -> Result<Answer, Failure> {
        let mut problems = Vec::new();
        let kinds = kinds(&self.kind).unwrap_or_else(|| {
            problems.push(("kind", format!("There is no kind “{}”; choose one of the list.", self.kind)));
            Vec::new()
        });
        let bots = match bots(&self.bot, panel).await? {
            Ok(bots) => bots,
            Err(problem) => {
                problems.push(("bot", problem));
                Vec::new()
            }
        };
        let mut moment = |field, text: &str| {
            moment(text).unwrap_or_else(|problem| {
                problems.push((field, problem));
                None
            })
        };
        let (since, until) = (moment("since", &self.since), moment("until", &self.until));
        if since.zip(until).is_some_and(|(since, until)| until <= since) {
            problems.push(("until", "This must be later than the beginning.".into()));
        }
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let filter = ActivityFilter {
            bots,
            persona: given(&self.persona),
            kinds,
            text: given(&self.q),
            since,
            until,
            after: None,
            before: self.before.parse().ok(),
            limit: 0,
        };
        Ok(Answer { filter, problems })
    }

    /// `path` with all that this says, but not which part of it is shown.
    pub(super) fn address(&self, path: &str) -> String {
        self.with(path, "")
    }

    /// The same, with something more.
    pub(super) fn with(&self, path: &str, more: &str) -> String {
        let own = [
            ("kind", &self.kind),
            ("bot", &self.bot),
            ("persona", &self.persona),
            ("q", &self.q),
            ("since", &self.since),
            ("until", &self.until),
        ];
        let mut said: Vec<_> = own
            .iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| format!("{name}={}", form_urlencoded(value)))
            .collect();
        said.extend(Some(more.to_owned()).filter(|more| !more.is_empty()));
        if said.is_empty() { path.to_owned() } else { format!("{path}?{}", said.join("&")) }
    }

    pub(super) fn is_filtered(&self) -> bool {
        !self.address("").is_empty()
    }

    pub(super) fn is_older(&self) -> bool {
        !self.before.is_empty()
    }

    /// The groups, and what is in each.
    pub(super) fn groups(&self) -> Vec<(Choice, Vec<Choice>)> {
        let choice = |value: String, label: &str| Choice {
            is_chosen: value == self.kind,
            label: label.to_owned(),
            value,
        };
        let kinds = |group: Group| {
            let kinds = group.kinds().into_iter().map(|kind| kind.to_string());
            kinds.map(|kind| choice(kind.clone(), &kind.replace('_', " "))).collect()
        };
        Group::ALL
            .into_iter()
            .map(|group| (choice(group.word().to_owned(), group.label()), kinds(group)))
            .collect()
    }

    /// The personas there are, and the one that is asked for.
    pub(super) fn personas(&self, mut ids: Vec<String>, panel: &Panel) -> Vec<Choice> {
        if !self.persona.is_empty() && !ids.contains(&self.persona) {
            ids.push(self.persona.clone());
        }
        let choice =
            |id: String| Choice { label: panel.persona_name(&id), is_chosen: id == self.persona, value: id };
        ids.into_iter().map(choice).collect()
    }
}

impl Answer {
    pub(super) fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// The beginning as a field for moments of UTC takes it, whatever zone it was written in.
    pub(super) fn since(&self, written: &str) -> String {
        in_field(self.filter.since, written)
    }

    /// The end as a field takes it.
    pub(super) fn until(&self, written: &str) -> String {
        in_field(self.filter.until, written)
    }

    /// What is wrong with a field.
    pub(super) fn problem(&self, field: &str) -> Option<&str> {
        self.problems.iter().find(|(of, _)| *of == field).map(|(_, words)| words.as_str())
    }

    /// For those who have no fields to tell it beside.
    pub(super) fn refuse_problems(&self) -> Result<(), Failure> {
        match self.problems.first() {
            None => Ok(()),
            Some((field, words)) => Err(Failure {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                what: format!("The filter cannot be used: {field}. {words}"),
                advice: "Mend it on the page of activity, and use its link.",
            }),
        }
    }
}

impl Group {
    const ALL: [Group; 5] = [Group::Acts, Group::Thoughts, Group::Trouble, Group::Orders, Group::House];

    fn word(self) -> &'static str {
        match self {
            Group::Acts => "acts",
            Group::Thoughts => "thoughts",
            Group::Trouble => "trouble",
            Group::Orders => "orders",
            Group::House => "house",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Group::Acts => "What bots did",
            Group::Thoughts => "What bots thought",
            Group::Trouble => "What went wrong",
            Group::Orders => "What operators asked for",
            Group::House => "Nodes, accounts and sign-ins",
        }
    }

    fn kinds(self) -> Vec<ActivityKind> {
        ActivityKind::all().filter(|kind| Self::of(*kind) == self).collect()
    }

    /// Where a kind belongs; each belongs somewhere.
    fn of(kind: ActivityKind) -> Self {
        use ActivityKind as Kind;
        match kind {
            Kind::Browse
            | Kind::Picture
            | Kind::Post
            | Kind::Like
            | Kind::Unlike
            | Kind::Comment
            | Kind::Answer => Group::Acts,
            Kind::Thought => Group::Thoughts,
            Kind::Error
            | Kind::Unresolved
            | Kind::Restarted
            | Kind::Parked
            | Kind::SignInRefused
            | Kind::RestBegun
            | Kind::RestEnded => Group::Trouble,
            Kind::NodeJoined
            | Kind::NodeLeft
            | Kind::Provisioned
            | Kind::Deprovisioned
            | Kind::OperatorAdded
            | Kind::OperatorRemoved
            | Kind::PasswordChanged
            | Kind::SignedIn
            | Kind::SignedOut => Group::House,
            _ => Group::Orders,
        }
    }
}

/// A group or a single kind by its word; all of them by none.
fn kinds(word: &str) -> Option<Vec<ActivityKind>> {
    if word.is_empty() {
        return Some(Vec::new());
    }
    let group = Group::ALL.into_iter().find(|group| group.word() == word);
    group.map(Group::kinds).or_else(|| Some(vec![word.parse().ok()?]))
}

/// Bots by usernames or ids, or which one there is not. An id is taken as it is: its bot may be deleted.
async fn bots(text: &str, panel: &Panel) -> Result<Result<Vec<BotId>, String>, Failure> {
    let names: Vec<_> = text
        .split([',', ' '])
        .map(|name| name.trim().trim_start_matches('@'))
        .filter(|name| !name.is_empty())
        .collect();
    if names.len() > MOST_BOTS {
        return Ok(Err(format!("Name {MOST_BOTS} bots at the most.")));
    }
    let mut bots = Vec::with_capacity(names.len());
    for name in names {
        if let Ok(id) = name.parse() {
            bots.push(id);
            continue;
        }
        match panel.read(panel.bots.get_bot(name)).await {
            Ok(view) => bots.push(view.bot.id),
            Err(failure) if failure.status == StatusCode::NOT_FOUND => {
                return Ok(Err(format!("There is no bot “{name}”; give its username or its id.")));
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(Ok(bots))
}

/// A moment as a field for dates and times writes it, in UTC, or with its zone.
fn moment(text: &str) -> Result<Option<FleetTime>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let in_utc = || text.parse::<jiff::civil::DateTime>()?.to_zoned(jiff::tz::TimeZone::UTC);
    let moment = text.parse::<jiff::Timestamp>().or_else(|_| in_utc().map(|zoned| zoned.timestamp()));
    moment.map(|moment| Some(moment.into())).map_err(|_: jiff::Error| {
        "Give a date and a time, such as 2026-03-05T09:00; it is taken as UTC.".to_owned()
    })
}

/// A moment as a field takes it, or what was written where that is none.
fn in_field(moment: Option<FleetTime>, written: &str) -> String {
    match moment {
        Some(moment) => moment.timestamp().strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        None => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_shows_the_moment_that_was_meant_in_utc() {
        let shown = |written: &str| in_field(moment(written).unwrap_or_default(), written);
        assert_eq!(shown("2026-11-01T00:30+02:00"), "2026-10-31T22:30:00");
        assert_eq!(shown("2026-11-01T09:00"), "2026-11-01T09:00:00");
        assert_eq!((shown("soon").as_str(), shown("").as_str()), ("soon", ""));
    }

    #[test]
    fn every_kind_is_in_one_group_and_each_can_be_asked_for_alone() {
        let mut all: Vec<_> = Group::ALL.into_iter().flat_map(Group::kinds).collect();
        let count = ActivityKind::all().count();
        assert_eq!(all.len(), count);
        all.dedup();
        assert_eq!(all.len(), count);
        for kind in ActivityKind::all() {
            assert_eq!(kinds(&kind.to_string()), Some(vec![kind]));
        }
        assert_eq!(kinds("thoughts"), Some(vec![ActivityKind::Thought]));
        assert_eq!(kinds(""), Some(Vec::new()));
        assert_eq!(kinds("dreams"), None);
    }

    #[test]
    fn a_moment_is_one_of_utc_unless_it_says_otherwise() {
        let told = |text| moment(text).unwrap().map(|moment| moment.to_string());
        assert_eq!(told("2026-03-05T09:00").as_deref(), Some("2026-03-05T09:00:00Z"));
        assert_eq!(told("2026-03-05T09:00:30").as_deref(), Some("2026-03-05T09:00:30Z"));
        assert_eq!(told("2026-03-05T09:00+02:00").as_deref(), Some("2026-03-05T07:00:00Z"));
        assert_eq!(told(" "), None);
        for wrong in ["yesterday", "2026-13-01T00:00", "9", "2026-03-05T25:00"] {
            assert!(moment(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_its_filter() {
        let asked = Asked { kind: "acts".into(), q: "a & b".into(), before: "7".into(), ..Asked::default() };
        assert_eq!(asked.address("/activity"), "/activity?kind=acts&q=a+%26+b");
        assert_eq!(asked.with("/activity/live", "after=9"), "/activity/live?kind=acts&q=a+%26+b&after=9");
        assert!(asked.is_filtered() && !Asked::default().is_filtered());
    }
}
