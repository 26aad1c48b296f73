//! What an open page shows, as far as it moves: pieces by the ids of their elements, and which activities its feed tells.
//! Owns the comparison by which the stream knows what is different; what a piece says is its page's own.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::{DefaultHasher, Hash, Hasher};

use fleet_bots::ActivityFilter;

use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::Frame;

/// A page that moves.
pub(crate) trait Scene: Send + Sync + 'static {
    /// Its pieces as they are now.
    fn pieces(&self, panel: &Panel) -> impl Future<Output = Result<Vec<Piece>, Failure>> + Send;

    /// Which activities its feed tells; none for a page without a feed.
    fn feed(&self) -> Option<ActivityFilter> {
        None
    }
}

/// A part of a page that can be exchanged by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    id: String,
    html: String,
    /// Parts of it that can be exchanged alone while their order stays as it is.
    rows: Vec<(String, String)>,
}

/// What a page was sent, by ids and likenesses.
#[derive(Debug, Default)]
pub(crate) struct Sent(HashMap<String, u64>);

impl Piece {
    /// A piece that is exchanged as a whole; `part` is the element that has the id.
    pub(crate) fn of(id: impl Into<String>, part: &impl Display) -> Self {
        Self { id: id.into(), html: part.to_string(), rows: Vec::new() }
    }

    /// A piece made of rows, each with its id and its text as it stands in the whole.
    pub(crate) fn list(
        id: impl Into<String>,
        whole: &impl Display,
        rows: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        Self { rows: rows.into_iter().collect(), ..Self::of(id, whole) }
    }

    /// Its likeness without the rows, but with their order.
    fn shape(&self) -> u64 {
        let mut around = String::new();
        let mut rest = self.html.as_str();
        for (id, row) in &self.rows {
            if let Some(at) = rest.find(row.as_str()) {
                around.push_str(&rest[..at]);
                around.push_str(id);
                rest = &rest[at + row.len()..];
            }
        }
        around.push_str(rest);
        likeness(&around)
    }
}

impl Sent {
    /// What brings the page from what it was sent to `pieces`.
    pub(crate) fn update(&mut self, pieces: &[Piece]) -> Frame {
        let mut frame = Frame::default();
        let mut now = HashMap::with_capacity(self.0.len());
        for piece in pieces {
            let shape = piece.shape();
            let is_new = self.0.get(&piece.id) != Some(&shape);
            if is_new {
                frame = frame.replace(&piece.id, &piece.html);
            }
            now.insert(piece.id.clone(), shape);
            for (id, row) in &piece.rows {
                let likeness = likeness(row);
                if !is_new && self.0.get(id) != Some(&likeness) {
                    frame = frame.replace(id, row);
                }
                now.insert(id.clone(), likeness);
            }
        }
        self.0 = now;
        frame
    }
}

/// What a text looks like, but for how long ago things were: the page counts that by itself.
fn likeness(html: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut rest = html;
    while let Some(at) = rest.find("<time ") {
        let inside = rest[at..].find('>').map_or(rest.len(), |end| at + end);
        let after = rest[inside..].find("</time>").map_or(rest.len(), |end| inside + end);
        rest[..inside].hash(&mut hasher);
        rest = &rest[after..];
    }
    rest.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(rows: &[(&str, &str)]) -> Piece {
        let rows: Vec<_> = rows
            .iter()
            .map(|(id, text)| ((*id).to_owned(), format!("<li id=\"{id}\">{text}</li>")))
            .collect();
        let whole: String = rows.iter().map(|(_, row)| row.as_str()).collect();
        Piece::list("all", &format!("<ul id=\"all\">{whole}</ul>"), rows)
    }

    fn sent_for(sent: &mut Sent, piece: Piece) -> String {
        sent.update(&[piece]).into_text()
    }

    #[test]
    fn only_what_is_different_is_sent() {
        let mut sent = Sent::default();
        assert!(sent_for(&mut sent, list(&[("a", "rests"), ("b", "rests")])).contains("\"#all\""));
        assert_eq!(sent_for(&mut sent, list(&[("a", "rests"), ("b", "rests")])), "");
        let changed = sent_for(&mut sent, list(&[("a", "rests"), ("b", "acts")]));
        assert!(changed.contains("\"#b\"") && !changed.contains("\"#all\"") && !changed.contains("\"#a\""));
    }

    #[test]
    fn rows_in_another_order_are_sent_together() {
        let mut sent = Sent::default();
        sent_for(&mut sent, list(&[("a", "rests"), ("b", "rests")]));
        assert!(sent_for(&mut sent, list(&[("b", "rests"), ("a", "rests")])).contains("\"#all\""));
        assert!(sent_for(&mut sent, list(&[("b", "rests")])).contains("\"#all\""));
    }

    #[test]
    fn time_that_passes_is_nothing_new_and_another_time_is() {
        let told =
            |at: &str, words: &str| format!("<p>acts <time datetime=\"{at}\">{words}</time> at last</p>");
        assert_eq!(likeness(&told("12:00", "now")), likeness(&told("12:00", "5 s ago")));
        assert_ne!(likeness(&told("12:00", "now")), likeness(&told("12:01", "now")));
    }
}
