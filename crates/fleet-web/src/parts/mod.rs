//! The pieces of a page. Each is a template of its own, so that the page that is loaded and the piece that is pushed or
//! answered are the same text.

pub(crate) mod bot_form;
pub(crate) mod bot_row;
pub(crate) mod bot_state;
pub(crate) mod busy_day;
pub(crate) mod costs;
pub(crate) mod day;
pub(crate) mod decided;
pub(crate) mod explained;
pub(crate) mod feed;
pub(crate) mod flag;
pub(crate) mod form_words;
pub(crate) mod nodes;
pub(crate) mod notice;
pub(crate) mod operator;
pub(crate) mod persona;
pub(crate) mod sample;
pub(crate) mod seed;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod status;
pub(crate) mod stop;
pub(crate) mod unresolved;
pub(crate) mod when;

use std::fmt::{Display, Write};

use axum::response::{Html, IntoResponse, Response};

/// Pieces for a page that is open, each with the place where it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame(String);

impl Frame {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// This and what `other` brings.
    #[must_use]
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// Puts `piece` in the place of the element that has its id; what did not change stays, with focus and all.
    #[must_use]
    pub(crate) fn replace(self, id: &str, piece: &impl Display) -> Self {
        self.put(&format!("#{id}"), "outerMorph", piece)
    }

    /// Puts `piece` into the element.
    #[must_use]
    pub(crate) fn fill(self, id: &str, piece: &impl Display) -> Self {
        self.put(&format!("#{id}"), "innerHTML", piece)
    }

    /// Puts `pieces` before what the element holds.
    #[must_use]
    pub(crate) fn prepend(self, id: &str, pieces: &str) -> Self {
        self.put(&format!("#{id}"), "prepend", &pieces)
    }

    /// The pieces as text of a stream, in which a carriage return would end a line.
    pub(crate) fn into_text(self) -> String {
        self.0.replace('\r', " ")
    }

    fn put(mut self, target: &str, swap: &str, piece: &impl Display) -> Self {
        let start = self.0.len();
        let written =
            writeln!(self.0, "<hx-partial hx-target=\"{target}\" hx-swap=\"{swap}\">{piece}</hx-partial>");
        if let Err(error) = written {
            // Half a piece would tear the page; it keeps what it shows.
            tracing::error!(%error, target, "a piece of the page could not be rendered");
            self.0.truncate(start);
        }
        self
    }
}

impl IntoResponse for Frame {
    fn into_response(self) -> Response {
        Html(self.0).into_response()
    }
}

/// `1 bot`, `2 bots`.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number as people read it: `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_can_be_read() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(12_345_678), "12,345,678");
        assert_eq!(counted(1, "bot", "bots"), "1 bot");
    }

    #[test]
    fn a_frame_says_where_each_piece_goes() {
        let frame = Frame::default().fill("notice", &"hello").prepend("feed-rows", "<li>new</li>");
        insta::assert_snapshot!(frame.into_text(), @r##"
        <hx-partial hx-target="#notice" hx-swap="innerHTML">hello</hx-partial>
        <hx-partial hx-target="#feed-rows" hx-swap="prepend"><li>new</li></hx-partial>
        "##);
    }
}
