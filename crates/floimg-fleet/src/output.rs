//! What is printed: lines, tables and JSON on standard output. Text from strangers passes through here, so this is where
//! it loses whatever a terminal would obey; nothing else of what it says is changed.

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::time::Duration;

use anyhow::Context;
use comfy_table::{CellAlignment, Table, presets};
use fleet_bots::{Activity, ActivityKind, FleetTime};
use serde::Serialize;

use crate::config;

/// Prints a line. When nobody reads any more the program ends: there is nothing left to tell, and nothing has failed.
pub(crate) fn say(line: impl Display) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match writeln!(stdout, "{line}").and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        written => written.context("standard output cannot be written to"),
    }
}

/// Prints one JSON document over several lines.
pub(crate) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    say(inert(&serde_json::to_string_pretty(value)?))
}

/// Prints one JSON document on one line.
pub(crate) fn json_line(value: &impl Serialize) -> anyhow::Result<()> {
    say(inert(&serde_json::to_string(value)?))
}

/// An activity on one line: when, what kind, and what happened; in colours where somebody looks.
pub(crate) fn line(activity: &Activity) -> String {
    line_in(activity, config::colours())
}

fn line_in(activity: &Activity, colours: bool) -> String {
    let at = activity.at.timestamp().strftime("%Y-%m-%d %H:%M:%SZ");
    let (symbol, colour) = look(activity.kind);
    let kind = activity.kind.to_string().replace('_', " ");
    let event = format!("{symbol} {kind:<15} {}", plain(&activity.message));
    match colours {
        true => format!("\x1b[2m{at}\x1b[0m  \x1b[{colour}m{event}\x1b[0m"),
        false => format!("{at}  {event}"),
    }
}

/// The symbol of a kind, and its colour as terminals number them.
fn look(kind: ActivityKind) -> (char, u8) {
    match kind {
        ActivityKind::Thought => ('·', 2),
        ActivityKind::Browse => ('○', 2),
        ActivityKind::Picture => ('▨', 2),
        ActivityKind::Post => ('▣', 32),
        ActivityKind::Like => ('♥', 35),
        ActivityKind::Comment => ('”', 36),
        ActivityKind::Answer => ('↩', 36),
        ActivityKind::Error => ('✗', 31),
        ActivityKind::Unresolved => ('?', 31),
        ActivityKind::Created => ('+', 0),
        ActivityKind::Updated => ('~', 0),
        ActivityKind::Deleted => ('−', 0),
        ActivityKind::Started | ActivityKind::Resumed => ('▶', 0),
        ActivityKind::Paused => ('‖', 33),
        ActivityKind::Stopped => ('■', 33),
        ActivityKind::Provisioned | ActivityKind::Deprovisioned => ('✓', 0),
        ActivityKind::Restarted => ('↻', 33),
        ActivityKind::Parked => ('↓', 31),
        ActivityKind::StopEverything => ('■', 31),
        ActivityKind::StopLifted => ('□', 32),
        ActivityKind::NodeJoined => ('»', 0),
        ActivityKind::NodeLeft => ('«', 0),
        ActivityKind::Requested => ('!', 0),
        ActivityKind::RequestEnded => ('!', 33),
        ActivityKind::RestBegun => ('■', 33),
        ActivityKind::RestEnded => ('□', 32),
        ActivityKind::SettingsChanged => ('~', 0),
        ActivityKind::OptedOut | ActivityKind::Forgotten => ('−', 33),
        ActivityKind::OperatorAdded
        | ActivityKind::OperatorRemoved
        | ActivityKind::PasswordChanged
        | ActivityKind::SignedIn
        | ActivityKind::SignedOut => ('@', 0),
        ActivityKind::SignInRefused => ('@', 31),
        ActivityKind::Unlike => ('♡', 33),
        ActivityKind::UndoAsked => ('!', 33),
    }
}

/// A table without lines; the last `numbers` columns are set to the right.
pub(crate) fn table(header: &[&str], rows: Vec<Vec<String>>, numbers: usize) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header.iter().copied());
    for row in rows {
        table.add_row(row.iter().map(|cell| plain(cell)));
    }
    for column in table.column_iter_mut().skip(header.len() - numbers) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// `text` on one line, without anything that a terminal obeys: escape sequences, control characters, and the marks that
/// turn the direction of writing.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' => match rest.peek() {
                Some('[') => {
                    rest.next();
                    skip_control_sequence(&mut rest);
                }
                // A command to the terminal's window, up to the control character that ends it.
                Some(']' | 'P' | 'X' | '^' | '_') => while rest.next_if(|c| !c.is_control()).is_some() {},
                Some('\\') => drop(rest.next()),
                _ => {}
            },
            '\u{9b}' => skip_control_sequence(&mut rest),
            '\u{9d}' => while rest.next_if(|c| !c.is_control()).is_some() {},
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_whitespace() => plain.push(' '),
            c if c.is_control() => {}
            c => plain.push(c),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn skip_control_sequence(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    while rest.next_if(|c| (' '..='?').contains(c)).is_some() {}
    rest.next_if(|c| ('@'..='~').contains(c));
}

/// The same JSON with the control characters escaped that JSON would let pass.
pub(crate) fn inert(json: &str) -> String {
    let mut inert = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}' => inert.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => inert.push(c),
        }
    }
    inert
}

/// At most `most` characters of `text`, with a sign that there are more.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// How far `at` is from `now`, in words.
pub(crate) fn when(at: FleetTime, now: FleetTime) -> String {
    let (ahead, ago) = (at.since(now), now.since(at));
    if ahead >= Duration::from_secs(1) {
        format!("in {}", span(ahead))
    } else if ago >= Duration::from_secs(1) {
        format!("{} ago", span(ago))
    } else {
        "now".into()
    }
}

/// When a bot means to act next, in words. What was seen of it may be a little old, so that the moment has come.
pub(crate) fn wake(at: FleetTime, now: FleetTime) -> String {
    when(at.max(now), now)
}

/// A span of time in its largest unit.
pub(crate) fn span(span: Duration) -> String {
    match span.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7_200 => format!("{} min", seconds / 60),
        seconds @ 7_200..172_800 => format!("{} h", seconds / 3_600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

/// A moment of the fleet's clock, for people.
pub(crate) fn moment(at: FleetTime) -> String {
    at.timestamp().strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// `1 bot`, `2 bots`.
pub(crate) fn count(number: impl Into<i128>, thing: &str) -> String {
    let number = number.into();
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// `1 post, 2 likes`.
pub(crate) fn counts<const N: usize>(things: [(impl Into<i128>, &str); N]) -> String {
    things.map(|(number, thing)| count(number, thing)).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_not_called_many() {
        assert_eq!(counts([(1, "post"), (0, "comment"), (2, "like")]), "1 post, 0 comments, 2 likes");
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_left_of_a_message() {
        let hostile = "a\u{1b}[31mred\u{1b}[0m\nb\u{1b}]0;title\u{7}c\u{9b}2Jd\r\u{202e}e\u{8}\tf";
        assert_eq!(plain(hostile), "ared bcd e f");
        assert_eq!(plain("\u{1b}"), "");
        assert_eq!(inert("\"\u{9b}2J\""), r#""\u009b2J""#);
    }

    #[test]
    fn an_event_is_one_line_with_colours_only_where_they_are_wanted() {
        let activity = Activity {
            seq: 1,
            bot_id: None,
            kind: ActivityKind::StopLifted,
            at: FleetTime(0),
            action_id: None,
            message: "two\nlines".into(),
            metadata: None,
        };
        assert_eq!(line_in(&activity, false), "1970-01-01 00:00:00Z  □ stop lifted     two lines");
        assert!(line_in(&activity, true).contains("\u{1b}[32m"));
    }

    #[test]
    fn moments_are_told_by_their_distance() {
        let now = FleetTime(1_000_000_000);
        assert_eq!(when(now.plus(Duration::from_secs(125)), now), "in 2 min");
        assert_eq!(when(now.minus(Duration::from_secs(7_300)), now), "2 h ago");
        assert_eq!(when(now, now), "now");
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(cut("éclair", 10), "éclair");
        assert_eq!(cut("éclair", 4), "écl…");
    }
}
