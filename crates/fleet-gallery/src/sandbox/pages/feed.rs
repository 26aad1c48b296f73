//! The feed: tabs by category, three orders, and pages that go on where the last one ended.
//!
//! A link to the next page says where it goes on from, so that no post is shown twice because new ones came meanwhile.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::view::{Card, Place, grouped};
use super::{Frame, answer, thumbs};
use crate::sandbox::App;
use crate::sandbox::state::State as Books;
use crate::wire::Sort;

pub(super) const PAGE: usize = 24;

/// The contract's categories, and how people call them.
pub(super) const CATEGORIES: [(&str, &str); 4] = [
    ("ai-workflows", "AI workflows"),
    ("data-viz", "Data viz"),
    ("marketing", "Marketing"),
    ("utilities", "Utilities"),
];
const SORTS: [(Sort, &str, &str); 3] = [
    (Sort::Recent, "recent", "Recent"),
    (Sort::Popular, "popular", "Popular"),
    (Sort::Trending, "trending", "Trending"),
];

/// Which posts, in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) category: Option<&'static str>,
    sort: Sort,
}

impl Listing {
    /// What a query asks for; what it does not know is the plain feed.
    pub(super) fn asked(query: &HashMap<String, String>) -> Self {
        let asked = |name: &str| query.get(name).map(String::as_str);
        let category = CATEGORIES.iter().find(|known| asked("category") == Some(known.0));
        let sort = SORTS.iter().find(|known| asked("sort") == Some(known.1));
        Self { category: category.map(|known| known.0), sort: sort.map_or(Sort::Recent, |known| known.0) }
    }

    pub(super) fn of_category(category: Option<&'static str>) -> Self {
        Self { category, sort: Sort::Recent }
    }

    /// Its address, with further parameters.
    pub(super) fn address(self, further: &[(&str, usize)]) -> String {
        let mut parameters = Vec::new();
        if let Some(category) = self.category {
            parameters.push(format!("category={category}"));
        }
        if let Some((_, sort, _)) =
            SORTS.iter().find(|known| known.0 == self.sort && self.sort != Sort::Recent)
        {
            parameters.push(format!("sort={sort}"));
        }
        parameters.extend(further.iter().map(|(name, value)| format!("{name}={value}")));
        if parameters.is_empty() { "/".to_owned() } else { format!("/?{}", parameters.join("&")) }
    }

    fn name(self) -> &'static str {
        CATEGORIES.iter().find(|known| Some(known.0) == self.category).map_or("All", |known| known.1)
    }
}

/// Where a page begins. Posts are known by their index, which never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Newest,
    /// Below this post, in the order of time.
    Before(usize),
    /// So many pages down among the posts up to this one, in an order that changes.
    Page {
        number: usize,
        until: usize,
    },
}

impl Start {
    fn asked(query: &HashMap<String, String>, sort: Sort) -> Self {
        let asked = |name: &str| query.get(name).and_then(|value| value.parse::<usize>().ok());
        match (sort, asked("before"), asked("page"), asked("until")) {
            (Sort::Recent, Some(before), ..) => Self::Before(before),
            (Sort::Popular | Sort::Trending, _, Some(number), Some(until)) => Self::Page { number, until },
            _ => Self::Newest,
        }
    }
}

/// A page of posts, and where the next one begins.
fn page(books: &Books, listing: Listing, start: Start) -> (Vec<usize>, Option<String>) {
    let newest = books.posts.len().saturating_sub(1);
    let (until, number) = match start {
        Start::Newest | Start::Before(_) => (newest, 1),
        Start::Page { number, until } => (until, number.max(1)),
    };
    let mut posts: Vec<usize> = if let Start::Before(before) = start {
        books.listed_before(before, listing.category).take(PAGE + 1).collect()
    } else {
        let listed = books.listed(listing.sort, listing.category).filter(|post| *post <= until);
        listed.skip((number - 1).saturating_mul(PAGE)).take(PAGE + 1).collect()
    };
    let goes_on = posts.len() > PAGE;
    posts.truncate(PAGE);
    let next = posts.last().filter(|_| goes_on).map(|last| match listing.sort {
        Sort::Recent => listing.address(&[("before", *last)]),
        Sort::Popular | Sort::Trending => listing.address(&[("page", number + 1), ("until", until)]),
    });
    (posts, next)
}

struct Choice {
    name: &'static str,
    href: String,
    count: String,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "feed.html")]
struct FeedPage {
    frame: Frame,
    heading: String,
    tabs: Vec<Choice>,
    sorts: Vec<Choice>,
    cards: Vec<Card>,
    more: Option<String>,
    emptiness: (&'static str, &'static str),
    /// The address of its stream; only the first page of the newest has one.
    live: Option<String>,
    /// How many posts have come to be seen, here or in other categories.
    newest: usize,
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let me = app.guests.of(&headers);
    let now = (app.now)();
    let listing = Listing::asked(&query);
    let start = Start::asked(&query, listing.sort);
    let mut shown = app.store.read(|books| {
        let (posts, more) = page(books, listing, start);
        let is_live = listing.sort == Sort::Recent && start == Start::Newest;
        FeedPage {
            frame: Frame::around(books, me, listing.address(&[])),
            heading: heading(listing),
            tabs: tabs(books, listing),
            sorts: sorts(listing),
            cards: posts.iter().map(|post| Card::of(books, *post, now, Place::Feed)).collect(),
            more,
            emptiness: emptiness(listing),
            live: is_live.then(|| format!("/live{}", listing.address(&[]).trim_start_matches('/'))),
            newest: books.publications().len(),
        }
    });
    thumbs::shape(&app, &mut shown.cards).await;
    answer(StatusCode::OK, &shown)
}

fn heading(listing: Listing) -> String {
    let sort = SORTS.iter().find(|known| known.0 == listing.sort).map_or("", |known| known.2);
    match listing.category {
        None => format!("{sort} pictures"),
        Some(_) => format!("{sort} pictures: {}", listing.name()),
    }
}

fn emptiness(listing: Listing) -> (&'static str, &'static str) {
    match listing.category {
        None => {
            ("The walls are still bare.", "The first picture appears here by itself as soon as it is posted.")
        }
        Some(_) => ("Nothing here yet.", "The first picture of this kind appears here by itself."),
    }
}

fn tabs(books: &Books, listing: Listing) -> Vec<Choice> {
    let categories = std::iter::once(None).chain(CATEGORIES.iter().map(|known| Some(known.0)));
    let tab = |category| {
        let listed = Listing { category, ..listing };
        Choice {
            name: listed.name(),
            href: listed.address(&[]),
            count: grouped(books.count(category)),
            is_current: category == listing.category,
        }
    };
    categories.map(tab).collect()
}

fn sorts(listing: Listing) -> Vec<Choice> {
    let choice = |&(sort, _, name): &(Sort, &str, &'static str)| Choice {
        name,
        href: Listing { sort, ..listing }.address(&[]),
        count: String::new(),
        is_current: sort == listing.sort,
    };
    SORTS.iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_query_asks_for_is_what_its_address_says() {
        let asked = |query: &[(&str, &str)]| {
            let query = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            let listing = Listing::asked(&query);
            (listing.address(&[]), Start::asked(&query, listing.sort))
        };
        assert_eq!(asked(&[]), ("/".into(), Start::Newest));
        assert_eq!(
            asked(&[("category", "data-viz"), ("sort", "popular"), ("page", "3"), ("until", "90")]),
            ("/?category=data-viz&sort=popular".into(), Start::Page { number: 3, until: 90 })
        );
        assert_eq!(
            asked(&[("category", "\"><b>"), ("sort", "up"), ("before", "7")]),
            ("/".into(), Start::Before(7))
        );
        assert_eq!(asked(&[("before", "x"), ("page", "-1")]), ("/".into(), Start::Newest));
    }
}
