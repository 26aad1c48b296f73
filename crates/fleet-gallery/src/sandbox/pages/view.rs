//! What pages show of the books, as owned values, so that no template holds the lock: authors, cards, moments.

use std::fmt::Write;

use askama::Template;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::sandbox::state::State as Books;

/// How many colours faces have; the style sheet has a class for each.
const HUES: u32 = 12;
/// What names of agents end in until a gallery shows a badge; ours does.
const LABEL: &str = "(AI)";

/// An account where its name stands: face, name, and the badge of an agent.
#[derive(Clone, Debug, Template)]
#[template(path = "author.html")]
pub(super) struct Author {
    pub(super) username: String,
    pub(super) name: String,
    pub(super) is_agent: bool,
    /// Whether there is a profile to lead to.
    is_here: bool,
    pub(super) initials: String,
    pub(super) hue: u32,
}

impl Author {
    pub(super) fn of(books: &Books, index: usize) -> Self {
        let account = &books.accounts[index];
        let mut name = account.name.trim();
        if account.is_agent {
            name = name.strip_suffix(LABEL).unwrap_or(name).trim_end();
        }
        if name.is_empty() {
            name = &account.username;
        }
        let mixed = account
            .username
            .bytes()
            .fold(7_u32, |mixed, byte| mixed.wrapping_mul(31).wrapping_add(u32::from(byte)));
        Self {
            username: account.username.clone(),
            name: name.to_owned(),
            is_agent: account.is_agent,
            is_here: books.by_username(&account.username) == Some(index),
            initials: initials(name),
            hue: (mixed ^ (mixed >> 9)) % HUES,
        }
    }
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next().or_else(|| name.chars().next()).unwrap_or('?');
    first.to_uppercase().chain(words.next_back().into_iter().flat_map(char::to_uppercase)).collect()
}

/// A moment, told from the fleet's now.
#[derive(Clone, Debug, Template)]
#[template(source = r#"<time datetime="{{ at }}" title="{{ exact }}">{{ told }}</time>"#, ext = "html")]
pub(super) struct Moment {
    at: Timestamp,
    exact: String,
    told: String,
}

impl Moment {
    pub(super) fn of(at: Timestamp, now: Timestamp) -> Self {
        let at_utc = at.to_zoned(TimeZone::UTC);
        let seconds = now.duration_since(at).as_secs().max(0);
        let told = match seconds {
            0..60 => "just now".to_owned(),
            60..3600 => format!("{} min ago", seconds / 60),
            3600..86_400 => format!("{} h ago", seconds / 3600),
            86_400..604_800 => format!("{} d ago", seconds / 86_400),
            _ => at_utc.strftime("%-d %b %Y").to_string(),
        };
        Self { at, exact: exactly(at), told }
    }

    /// Only the day, for what need not be fresh.
    pub(super) fn day(at: Timestamp) -> Self {
        let told = at.to_zoned(TimeZone::UTC).strftime("%-d %B %Y").to_string();
        Self { at, exact: exactly(at), told }
    }
}

fn exactly(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// A post in a grid.
#[derive(Clone, Debug, Template)]
#[template(path = "card.html")]
pub(super) struct Card {
    id: String,
    pub(super) image: String,
    title: String,
    /// Absent where the page is the author's own.
    author: Option<Author>,
    likes: String,
    comments: String,
    when: Moment,
    /// The class that gives the picture its place; set when its size is known.
    pub(super) shape: &'static str,
    /// How wide it is shown, for the browser's choice among the sizes.
    pub(super) sizes: &'static str,
    /// The rank of its heading.
    level: u8,
}

/// Where a card stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Among many authors.
    Feed,
    /// On its author's page.
    Profile,
    /// Below another post of its author.
    Item,
}

impl Card {
    pub(super) fn of(books: &Books, index: usize, now: Timestamp, place: Place) -> Self {
        let post = &books.posts[index];
        Self {
            id: post.id.clone(),
            image: post.image.clone(),
            title: titled(&post.title),
            author: (place == Place::Feed).then(|| Author::of(books, post.by)),
            likes: grouped(post.likers.len()),
            comments: grouped(post.comments.len()),
            when: Moment::of(post.created_at, now),
            shape: "square",
            sizes: "",
            level: if place == Place::Feed { 2 } else { 3 },
        }
    }

    /// Gives the picture a place of about its own form, so that nothing moves when it arrives.
    pub(super) fn shaped(&mut self, (width, height): (u32, u32)) {
        let ratio = f64::from(width) / f64::from(height.max(1));
        (self.shape, self.sizes) = match ratio {
            ..0.7 => ("tall", "(max-width: 40rem) 50vw, 18rem"),
            0.7..0.93 => ("portrait", "(max-width: 40rem) 50vw, 21rem"),
            0.93..1.15 => ("square", "(max-width: 40rem) 50vw, 24rem"),
            1.15..1.5 => ("landscape", "(max-width: 40rem) 100vw, 32rem"),
            _ => ("wide", "(max-width: 40rem) 100vw, 38rem"),
        };
    }
}

/// A title that can be pressed.
pub(super) fn titled(title: &str) -> String {
    if title.trim().is_empty() { "Untitled".to_owned() } else { title.to_owned() }
}

/// A number as people read it: 12,345.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut told = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            told.push(',');
        }
        told.push(digit);
    }
    told
}

/// A number of things.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    let mut told = grouped(count);
    _ = write!(told, " {}", if count == 1 { one } else { many });
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_from_the_fleets_now() {
        let now: Timestamp = "2026-05-04T10:00:00Z".parse().unwrap();
        let told = Moment::of("2026-05-04T07:00:00Z".parse().unwrap(), now).to_string();
        insta::assert_snapshot!(told, @r#"<time datetime="2026-05-04T07:00:00Z" title="4 May 2026, 07:00 UTC">3 h ago</time>"#);
        let told = Moment::of("2026-03-01T07:00:00Z".parse().unwrap(), now).told;
        assert_eq!(told, "1 Mar 2026");
    }

    #[test]
    fn a_face_has_the_letters_of_its_name() {
        let told: Vec<String> =
            ["Juno Halftone", "ada", "Élodie de la Cruz", "  ", "(x) Ärger", "李 雷", "🙂"]
                .map(initials)
                .into();
        assert_eq!(told, ["JH", "A", "ÉC", " ", "XÄ", "李雷", "🙂"]);
    }

    #[test]
    fn numbers_are_grouped_and_counted() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(counted(1, "person", "people"), "1 person");
        assert_eq!(counted(1200, "person", "people"), "1,200 people");
    }

    #[test]
    fn a_picture_gets_a_place_of_its_own_form() {
        let now = Timestamp::UNIX_EPOCH;
        let mut card = Card {
            id: String::new(),
            image: String::new(),
            title: String::new(),
            author: None,
            likes: String::new(),
            comments: String::new(),
            when: Moment::of(now, now),
            shape: "",
            sizes: "",
            level: 2,
        };
        let sizes = [(1024, 1024), (1792, 1024), (1024, 1792), (1080, 1200), (1200, 900), (5, 0)];
        let shapes = sizes.map(|size| {
            card.shaped(size);
            card.shape
        });
        assert_eq!(shapes, ["square", "wide", "tall", "portrait", "landscape", "wide"]);
    }
}
