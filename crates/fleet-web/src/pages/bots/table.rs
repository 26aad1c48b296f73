//! The table itself: which bots it shows, in which order, and the addresses of its other pages and orders. Its address is
//! its filter, so that a link shows the same bots to somebody else.

use askama::Template;
use fleet_bots::{BotFilter, BotSort, BotState, Intent};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::bot_row::{BotRow, form_urlencoded};
use crate::parts::grouped;
use crate::scene::Piece;

/// Bots a page.
const PER_PAGE: u64 = 50;

/// What one can sort by: the word in an address, and the word for people.
const SORTS: [(&str, &str); 9] = [
    ("name", "name"),
    ("username", "username"),
    ("persona", "persona"),
    ("intent", "what was asked"),
    ("last_action_at", "last action"),
    ("created_at", "age"),
    ("posts", "posts"),
    ("comments", "comments"),
    ("likes", "likes"),
];
/// The columns that have a head to sort by.
const HEADS: [(&str, &str); 5] = [
    ("name", "Bot"),
    ("last_action_at", "Now"),
    ("posts", "Posts"),
    ("comments", "Comments"),
    ("likes", "Likes"),
];

/// What the address asks to see. What it says that makes no sense is passed over: a table without a filter is no harm.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Shown {
    page: Option<String>,
    #[serde(default)]
    q: String,
    #[serde(default)]
    persona: String,
    #[serde(default)]
    intent: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    dir: String,
}

impl Shown {
    /// The first page is 0. No page lies farther than what can be counted.
    pub(crate) fn page(&self) -> u64 {
        self.page.as_deref().and_then(|page| page.parse().ok()).unwrap_or(0).min(1_000_000)
    }

    pub(crate) fn filter(&self) -> BotFilter {
        BotFilter {
            intent: word(&self.intent),
            state: self.state.parse().ok(),
            persona: Some(self.persona.clone()).filter(|persona| !persona.is_empty()),
            // A handle is written with an `@` everywhere, and is none of its letters.
            text: Some(self.q.trim().trim_start_matches('@').to_owned()).filter(|text| !text.is_empty()),
            sort: word(&self.sort).unwrap_or(BotSort::Name),
            descending: self.dir == "desc",
            page: self.page(),
            per_page: PER_PAGE,
        }
    }

    /// `path` with all that this says, for `page`.
    pub(crate) fn address(&self, path: &str, page: u64) -> String {
        self.with(path, &[], page)
    }

    /// The same with some values exchanged.
    fn with(&self, path: &str, exchanged: &[(&str, &str)], page: u64) -> String {
        let page = if page == 0 { String::new() } else { page.to_string() };
        let own = [
            ("q", self.q.as_str()),
            ("persona", self.persona.as_str()),
            ("intent", self.intent.as_str()),
            ("state", self.state.as_str()),
            ("sort", self.sort.as_str()),
            ("dir", self.dir.as_str()),
            ("page", page.as_str()),
        ];
        let said = own.map(|(name, value)| {
            let other = exchanged.iter().find(|(exchanged, _)| *exchanged == name);
            (name, other.map_or(value, |(_, other)| *other))
        });
        let said: Vec<_> = said
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", form_urlencoded(value)))
            .collect();
        if said.is_empty() { path.to_owned() } else { format!("{path}?{}", said.join("&")) }
    }

    fn is_filtered(&self) -> bool {
        [&self.q, &self.persona, &self.intent, &self.state].iter().any(|value| !value.trim().is_empty())
    }
}

/// One of the words that rows of the store use.
fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(Value::String(text.to_owned())).ok()
}

/// One page of bots.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/bot_table.html")]
pub(crate) struct BotTable {
    rows: Vec<BotRow>,
    total: u64,
    page: u64,
    heads: Vec<Head>,
    earlier: Option<String>,
    later: Option<String>,
    /// The first page of the same.
    first: String,
    /// Where orders to many go.
    order: String,
    is_filtered: bool,
    /// Whether the store told them.
    is_known: bool,
}

/// A way to sort the table.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Head {
    label: &'static str,
    address: String,
    /// `ascending` or `descending` where the table is sorted by it.
    sorted: Option<&'static str>,
}

/// A choice of the filter.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) is_chosen: bool,
}

impl BotTable {
    pub(crate) async fn read(panel: &Panel, shown: &Shown) -> Result<Self, Failure> {
        let found = panel.read(panel.bots.list_bots(&shown.filter())).await?;
        let back = shown.address("/bots", shown.page());
        let rows = found.rows.iter().map(|view| BotRow::of(view, panel, &back)).collect();
        let page = shown.page();
        let has_later = (page + 1) * PER_PAGE < found.total;
        Ok(Self {
            rows,
            total: found.total,
            earlier: (page > 0).then(|| shown.address("/bots", page - 1)),
            later: has_later.then(|| shown.address("/bots", page + 1)),
            is_known: true,
            ..Self::unknown(shown)
        })
    }

    /// What is shown while the store is silent.
    pub(crate) fn unknown(shown: &Shown) -> Self {
        Self {
            rows: Vec::new(),
            total: 0,
            page: shown.page(),
            heads: heads(shown),
            earlier: None,
            later: None,
            first: shown.address("/bots", 0),
            order: shown.address("", shown.page()),
            is_filtered: shown.is_filtered(),
            is_known: false,
        }
    }

    /// It as a piece of which single rows can be exchanged.
    pub(crate) fn piece(&self) -> Piece {
        Piece::list("bots", self, self.rows.iter().map(|row| (row.id.clone(), row.to_string())))
    }

    fn range(&self) -> String {
        let first = self.page * PER_PAGE;
        let last = first + self.rows.len() as u64;
        format!("{} to {} of {}", grouped(first + 1), grouped(last), grouped(self.total))
    }

    fn total(&self) -> String {
        grouped(self.total)
    }
}

fn heads(shown: &Shown) -> Vec<Head> {
    let present = SORTS.iter().map(|(word, _)| *word).find(|word| *word == shown.sort).unwrap_or("name");
    let is_descending = shown.dir == "desc";
    HEADS
        .into_iter()
        .map(|(word, label)| {
            let is_present = word == present;
            let turned = if is_present && !is_descending { "desc" } else { "" };
            Head {
                label,
                address: shown.with("/bots", &[("sort", word), ("dir", turned)], 0),
                sorted: is_present.then_some(if is_descending { "descending" } else { "ascending" }),
            }
        })
        .collect()
}

impl super::BotsPage<'_> {
    pub(super) fn intents(&self) -> Vec<Choice> {
        let words = [Intent::Running, Intent::Paused, Intent::Stopped].map(|intent| intent.to_string());
        choices(words, &self.shown.intent, |word| word.to_owned())
    }

    pub(super) fn states(&self) -> Vec<Choice> {
        let words = BotState::WORDS.map(str::to_owned);
        choices(words, &self.shown.state, |word| word.replace('_', " "))
    }

    pub(super) fn personas(&self) -> Vec<Choice> {
        let is_chosen = |id: &str| id == self.shown.persona;
        self.personas
            .iter()
            .map(|(id, name)| Choice { value: id.clone(), label: name.clone(), is_chosen: is_chosen(id) })
            .collect()
    }

    pub(super) fn query(&self) -> &str {
        &self.shown.q
    }

    pub(super) fn sorts(&self) -> Vec<Choice> {
        SORTS
            .into_iter()
            .map(|(value, label)| Choice {
                value: value.to_owned(),
                label: label.to_owned(),
                is_chosen: value == self.shown.sort,
            })
            .collect()
    }

    pub(super) fn is_descending(&self) -> bool {
        self.shown.dir == "desc"
    }
}

fn choices(
    words: impl IntoIterator<Item = String>,
    chosen: &str,
    label: impl Fn(&str) -> String,
) -> Vec<Choice> {
    let choice = |value: String| Choice { label: label(&value), is_chosen: value == chosen, value };
    words.into_iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use fleet_bots::ObservedState;

    use super::*;

    fn shown(query: &str) -> Shown {
        let uri = format!("/bots?{query}").parse().unwrap();
        axum::extract::Query::try_from_uri(&uri).unwrap().0
    }

    #[test]
    fn an_address_is_its_filter() {
        let shown = shown("q=a%26b&state=parked&sort=posts&dir=desc&page=2");
        let filter = shown.filter();
        assert_eq!(filter.text.as_deref(), Some("a&b"));
        assert_eq!(filter.state, Some(BotState::Seen(ObservedState::Parked)));
        assert_eq!((filter.sort, filter.descending, filter.page), (BotSort::Posts, true, 2));
        assert_eq!(shown.address("/bots", 3), "/bots?q=a%26b&state=parked&sort=posts&dir=desc&page=3");
    }

    #[test]
    fn what_makes_no_sense_is_passed_over() {
        let shown = shown("state=dancing&sort=luck&page=minus&intent=");
        assert_eq!(shown.filter(), BotFilter { per_page: PER_PAGE, ..BotFilter::default() });
        assert_eq!(shown_page("page=99999999999999999999999"), 0);
        assert_eq!(shown_page("page=99999999999"), 1_000_000);
    }

    fn shown_page(query: &str) -> u64 {
        shown(query).page()
    }

    #[test]
    fn a_column_that_sorts_turns_round_and_others_begin_upwards() {
        let heads = heads(&shown("sort=posts&q=x"));
        let posts = heads.iter().find(|head| head.label == "Posts").unwrap();
        assert_eq!(
            (posts.address.as_str(), posts.sorted),
            ("/bots?q=x&sort=posts&dir=desc", Some("ascending"))
        );
        let name = heads.iter().find(|head| head.label == "Bot").unwrap();
        assert_eq!((name.address.as_str(), name.sorted), ("/bots?q=x&sort=name", None));
    }
}
