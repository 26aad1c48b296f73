//! The parts of a screen: how tall each is in a column of a given width, and how it is drawn. In points of a device.

use super::super::sheet::{Area, Sheet, Type};
use super::Theme;
use super::content::{Block, Lead};
use super::controls::Pen;
use super::picture;

/// Room between two blocks.
pub(super) fn gap(theme: &Theme) -> f64 {
    20.0 * theme.room
}

fn row(theme: &Theme, lead: Lead) -> f64 {
    let high = if lead == Lead::Cover { 70.0 } else { 62.0 };
    high * theme.letter * (0.5 + 0.5 * theme.room)
}

pub(super) fn field(theme: &Theme, wrong: &str) -> f64 {
    (if wrong.is_empty() { 86.0 } else { 112.0 }) * theme.letter
}

fn button(theme: &Theme) -> f64 {
    54.0 * theme.letter
}

pub(super) fn note(theme: &Theme) -> Type<'_> {
    Type::new(17.0 * theme.letter, &theme.quiet)
}

/// How tall a block is where it is so wide.
pub(super) fn height(theme: &Theme, block: &Block, wide: f64) -> f64 {
    let pad = padding(theme, block);
    let wide = wide - 2.0 * pad;
    let inner = match block {
        Block::Heading(_) => 26.0 * theme.letter,
        Block::Note(text) => note(theme).lines(text, wide, 4).len() as f64 * 25.0 * theme.letter,
        Block::Search(_) => 52.0 * theme.letter,
        Block::Rows(lead, rows) => row(theme, *lead) * rows.len() as f64,
        Block::Fields(fields) => {
            fields.iter().map(|(_, _, wrong)| field(theme, wrong)).sum::<f64>()
                + 14.0 * (fields.len() as f64 - 1.0)
        }
        Block::Toggles(toggles) => 54.0 * theme.letter * toggles.len() as f64,
        Block::Slider(..) => 70.0 * theme.letter,
        Block::Dial(..) => (wide * 0.62).clamp(184.0, 250.0),
        Block::Bars(..) => 148.0,
        Block::Tide(_) => 170.0,
        Block::Month(..) => 48.0 + 6.4 * (wide / 7.0).min(46.0),
        Block::Colours => (wide * 0.5).min(230.0),
        Block::Code(_) => (wide * 0.66).min(250.0) + 40.0,
        Block::Card(..) => 140.0 * theme.letter,
        Block::Empty(..) => (wide * 0.95).min(380.0),
        Block::Alert(_, text) => {
            62.0 * theme.letter + note(theme).lines(text, wide - 60.0, 4).len() as f64 * 24.0 * theme.letter
        }
        Block::Progress(rows) => 54.0 * theme.letter * rows.len() as f64,
        Block::Chips(..) => 44.0 * theme.letter,
        Block::Route(_) => (wide * 0.56).min(240.0),
        Block::Player(..) => 196.0,
        Block::Photos => (wide * 0.66).min(330.0),
        Block::Stats(_) => 84.0 * theme.letter,
        Block::Stepper(..) => 60.0 * theme.letter,
        Block::Sizes(_) => 150.0 * theme.letter,
        Block::Action(_) | Block::Other(_) => button(theme),
    };
    inner + 2.0 * pad
}

/// Room inside a card, for what lies on one.
fn padding(theme: &Theme, block: &Block) -> f64 {
    let bare = matches!(
        block,
        Block::Heading(_)
            | Block::Note(_)
            | Block::Search(_)
            | Block::Chips(..)
            | Block::Action(_)
            | Block::Other(_)
            | Block::Empty(..)
            | Block::Alert(..)
            | Block::Card(..)
    );
    if theme.cards && !bare { 16.0 } else { 0.0 }
}

/// What a part is called among designers.
pub(super) fn kind(block: &Block) -> &'static str {
    match block {
        Block::Heading(_) => "Heading",
        Block::Note(_) => "Paragraph",
        Block::Search(_) => "Search field",
        Block::Rows(..) => "List",
        Block::Fields(_) => "Field",
        Block::Toggles(_) => "Switch",
        Block::Slider(..) => "Slider",
        Block::Dial(..) => "Dial",
        Block::Bars(..) => "Bar chart",
        Block::Tide(_) => "Tide curve",
        Block::Month(..) => "Month",
        Block::Colours => "Colour field",
        Block::Code(_) => "Code",
        Block::Card(..) => "Card",
        Block::Empty(..) => "Empty state",
        Block::Alert(..) => "Message",
        Block::Progress(_) => "Progress",
        Block::Chips(..) => "Choice",
        Block::Route(_) => "Map",
        Block::Player(..) => "Player",
        Block::Photos => "Photo grid",
        Block::Stats(_) => "Figures",
        Block::Stepper(..) => "Stepper",
        Block::Sizes(_) => "Type sample",
        Block::Action(_) => "Primary button",
        Block::Other(_) => "Secondary button",
    }
}

pub(super) fn put(sheet: &mut Sheet, theme: &Theme, block: &Block, area: Area) {
    let pad = padding(theme, block);
    let mut ground = theme.surface.clone();
    if pad > 0.0 {
        sheet.boxed(area, theme.round + 4.0, &theme.raised, &theme.line, 1.2);
        ground.clone_from(&theme.raised);
    }
    let area = area.less(pad, pad, pad, pad);
    let pen = Pen { theme, ground: &ground };
    match block {
        Block::Heading(text) => pen.say(
            sheet,
            (area.x, area.y + 20.0 * theme.letter),
            Type::new(19.0 * theme.letter, &theme.ink).bold(),
            text,
        ),
        Block::Note(text) => {
            for (index, line) in note(theme).lines(text, area.w, 4).iter().enumerate() {
                pen.say(
                    sheet,
                    (area.x, area.y + (18.0 + 25.0 * index as f64) * theme.letter),
                    note(theme),
                    line,
                );
            }
        }
        Block::Search(text) => pen.search(sheet, text, area),
        Block::Rows(lead, rows) => pen.rows(sheet, *lead, rows, area),
        Block::Fields(fields) => pen.fields(sheet, fields, area),
        Block::Toggles(toggles) => pen.toggles(sheet, toggles, area),
        Block::Slider(label, at, value) => pen.slider(sheet, (label, *at, value), area),
        Block::Progress(rows) => pen.progress(sheet, rows, area),
        Block::Chips(names, chosen) => pen.chips(sheet, names, *chosen, area),
        Block::Stats(stats) => pen.stats(sheet, stats, area),
        Block::Stepper(label, value) => pen.stepper(sheet, label, value, area),
        Block::Action(text) => pen.action(sheet, text, area),
        Block::Other(text) => pen.other(sheet, text, area),
        Block::Alert(title, text) => pen.alert(sheet, title, text, area),
        Block::Card(title, text) => pen.card(sheet, title, text, area),
        picture => picture::put(sheet, &pen, picture, area),
    }
}
