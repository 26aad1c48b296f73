//! Templates: how a list of phrases becomes one sentence. Owns the notation and its checks; refuses to know what is being
//! talked about.
//!
//! A template is plain text with three marks:
//!
//! - `{name}` is a phrase drawn from the list of that name, the same one wherever the name comes again in a text;
//!   `{name2}` is another one from the same list. `{Name}` begins with a capital, `{a name}` with its article.
//! - `<one|another|>` is one of the choices, drawn afresh.
//! - `[is|are]` follows the number of the thing talked about, `[other:is|are]` that of what `{other}` stands for.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use rand::RngExt;
use rand::seq::IndexedRandom;

use crate::grammar::{capital_first, capitals, is_plural, tidy, with_article};
use crate::words::{Dice, dice};

/// What a persona draws and how it talks: named lists of phrases, and the subjects of its pictures.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pub(crate) subjects: Vec<Subject>,
    pub(crate) lists: BTreeMap<String, Vec<Template>>,
}

/// A thing that a picture can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    /// In full, without an article: `walnut desk lamp`.
    pub(crate) full: String,
    /// As one would call it the second time: `lamp`.
    pub(crate) short: String,
}

impl Subject {
    /// Reads `walnut desk lamp|lamp`; without a bar the last word is the short form.
    pub(crate) fn parse(text: &str) -> Option<Subject> {
        let (full, short) = match text.split_once('|') {
            Some((full, short)) => (full.trim(), short.trim()),
            None => (text.trim(), text.trim().rsplit(' ').next()?),
        };
        let plain =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || " -'’".contains(c));
        (plain(full) && plain(short)).then(|| Subject { full: full.to_owned(), short: short.to_owned() })
    }
}

/// A phrase with places to fill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    pieces: Vec<Piece>,
    /// The names of all places in it; asked at every draw.
    places: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Slot { name: String, article: bool, capital: bool },
    Number { of: Option<String>, one: Vec<Piece>, many: Vec<Piece> },
    Choice(Vec<Vec<Piece>>),
}

impl Template {
    /// Reads the notation; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Template, String> {
        let mut reader = Reader { rest: text };
        let pieces = reader.pieces("")?;
        match reader.rest.chars().next() {
            None => {
                let mut places = BTreeSet::new();
                collect(&pieces, &mut places);
                Ok(Template { pieces, places })
            }
            Some(stray) => Err(format!("`{stray}` closes nothing")),
        }
    }

    /// Its first piece of plain text; the whole of a template without marks.
    pub(crate) fn plain(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Text(text)) => text,
            _ => "",
        }
    }

    /// Whether it has no marks, so that it always reads the same.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self.pieces.as_slice(), [Piece::Text(_)])
    }

    /// The names of all places in it, without their numbers.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(|place| base(place))
    }
}

fn collect(pieces: &[Piece], names: &mut BTreeSet<String>) {
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Slot { name, .. } => {
                names.insert(name.clone());
            }
            Piece::Number { one, many, .. } => {
                collect(one, names);
                collect(many, names);
            }
            Piece::Choice(choices) => choices.iter().for_each(|choice| collect(choice, names)),
        }
    }
}

/// The list that a place draws from: its name without a number.
fn base(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit())
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn pieces(&mut self, stops: &str) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        loop {
            let end = self.rest.find(['{', '}', '<', '>', '[', ']', '|']).unwrap_or(self.rest.len());
            if end > 0 {
                pieces.push(Piece::Text(self.rest[..end].to_owned()));
                self.rest = &self.rest[end..];
            }
            match self.rest.chars().next() {
                Some('{') => pieces.push(self.slot()?),
                Some('<') => pieces.push(Piece::Choice(self.choices('>')?)),
                Some('[') => {
                    let of = self.number_of();
                    let mut forms = self.choices(']')?;
                    let (Some(many), Some(one), true) = (forms.pop(), forms.pop(), forms.is_empty()) else {
                        return Err("`[` needs two forms, `[one|many]`".to_owned());
                    };
                    pieces.push(Piece::Number { of, one, many });
                }
                Some(mark) if !stops.contains(mark) => return Err(format!("`{mark}` closes nothing")),
                Some(_) => return Ok(pieces),
                None if stops.is_empty() => return Ok(pieces),
                None => return Err(format!("`{}` is missing", &stops[..1])),
            }
        }
    }

    /// The name before a colon in `[other:is|are]`; the bracket stays.
    fn number_of(&mut self) -> Option<String> {
        let (name, _) = self.rest[1..].split_once(':')?;
        let named = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        named.then(|| {
            // The colon stands where the bracket stood: one byte, that `choices` steps over.
            self.rest = &self.rest[1 + name.len()..];
            name.to_owned()
        })
    }

    fn choices(&mut self, close: char) -> Result<Vec<Vec<Piece>>, String> {
        let mut choices = Vec::new();
        loop {
            self.rest = &self.rest[1..];
            choices.push(self.pieces(&format!("{close}|"))?);
            if self.rest.starts_with(close) {
                self.rest = &self.rest[1..];
                return Ok(choices);
            }
        }
    }

    fn slot(&mut self) -> Result<Piece, String> {
        let end = self.rest.find('}').ok_or("`}` is missing")?;
        let inner = &self.rest[1..end];
        self.rest = &self.rest[end + 1..];
        let capital = inner.starts_with(|c: char| c.is_ascii_uppercase());
        let lower = inner.to_ascii_lowercase();
        let (article, name) = match lower.strip_prefix("a ") {
            Some(name) => (true, name.to_owned()),
            None => (false, lower),
        };
        let named = !base(&name).is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !named {
            return Err(format!("`{{{inner}}}` is not a name"));
        }
        Ok(Piece::Slot { name, article, capital })
    }
}

/// Tells one text: draws phrases, and remembers what it drew so that the parts of the text agree.
pub(crate) struct Teller<'a> {
    books: Vec<&'a Vocabulary>,
    dice: &'a mut Dice,
    said: BTreeMap<String, String>,
    /// The templates that were drawn, by list and place: a second phrase of a list has another shape, too.
    drawn: BTreeSet<(String, usize)>,
    /// Lists of which nothing new is drawn any more.
    settled: BTreeSet<String>,
    /// Names that are drawn from a list of another name.
    aliases: BTreeMap<String, String>,
    /// Whose habits decide which phrases are never drawn.
    taste: Option<&'a str>,
    plural: bool,
}

/// A list shorter than this is too short to leave something out of it.
const WORTH_CHOOSING_FROM: usize = 9;
/// Of these lists everybody uses few phrases, and so is known by them.
const FAVOURITES: &[&str] = &["opener", "aside", "tic"];

/// Lists may refer to lists, but no deeper than this.
const DEEPEST: usize = 8;

impl<'a> Teller<'a> {
    /// Draws from all `books`: what one has in a list is added to what the others have.
    pub(crate) fn new(books: Vec<&'a Vocabulary>, dice: &'a mut Dice) -> Teller<'a> {
        Teller {
            books,
            dice,
            said: BTreeMap::new(),
            drawn: BTreeSet::new(),
            settled: BTreeSet::new(),
            aliases: BTreeMap::new(),
            taste: None,
            plural: false,
        }
    }

    /// From now on, leaves out of every long list what `who` would not say: two speakers share no more than some of
    /// their phrases.
    pub(crate) fn speak_as(&mut self, who: &'a str) {
        self.taste = Some(who);
    }

    /// Lets `{name}` be drawn from the list `list`.
    pub(crate) fn stand_for(&mut self, name: &str, list: &str) {
        self.aliases.insert(name.to_owned(), list.to_owned());
    }

    /// Whether it was told what `{name}` stands for.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.said.contains_key(name)
    }

    /// Whether a list of this name can be drawn from.
    pub(crate) fn has(&self, list: &str) -> bool {
        self.list(list).next().is_some()
    }

    /// Fixes what `{name}` stands for.
    pub(crate) fn know(&mut self, name: &str, value: &str) {
        self.said.insert(name.to_owned(), value.to_owned());
    }

    /// Fixes what is talked about, and with it the number of the verbs.
    pub(crate) fn talk_of(&mut self, name: &str, value: &str) {
        self.plural = is_plural(value);
        self.know(name, value);
    }

    /// From now on, phrases keep to what was drawn of the lists that `list` draws from: who describes a picture must
    /// not add to it. A list that has no such phrase is drawn from as ever.
    pub(crate) fn settle(&mut self, list: &str) {
        let names: Vec<String> = self.list(list).flat_map(Template::names).map(str::to_owned).collect();
        self.settled.extend(names);
    }

    /// A sentence from the list, beginning with a capital.
    pub(crate) fn sentence(&mut self, list: &str) -> String {
        capitals(&self.phrase(list))
    }

    /// A phrase from the list, as it comes. Empty when the list is unknown, or nothing in it can be said.
    pub(crate) fn phrase(&mut self, list: &str) -> String {
        let drawn = self.draw(list, DEEPEST);
        tidy(&drawn)
    }

    /// A number drawn with the text's own dice.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.dice.random_bool(probability)
    }

    /// One of some choices, drawn with the text's own dice.
    pub(crate) fn one_of<'c, T>(&mut self, choices: &'c [T]) -> Option<&'c T> {
        choices.choose(self.dice)
    }

    fn draw(&mut self, name: &str, depth: usize) -> String {
        if let Some(said) = self.said.get(name) {
            return said.clone();
        }
        let alias = self.aliases.get(base(name)).cloned();
        let list = alias.as_deref().unwrap_or(base(name));
        let templates: Vec<&Template> = self.list(list).collect();
        let usable: Vec<usize> = (0..templates.len()).filter(|&at| self.can_say(templates[at])).collect();
        let settled: Vec<usize> =
            usable.iter().filter(|&&at| self.is_settled(templates[at])).copied().collect();
        let usable = if settled.is_empty() { usable } else { settled };
        let usable = self.to_taste(list, usable);
        let fresh = |at: &&usize| !self.drawn.contains(&(list.to_owned(), **at));
        let fresh: Vec<usize> = usable.iter().filter(fresh).copied().collect();
        let choice = if fresh.is_empty() { usable } else { fresh };
        if choice.is_empty() || depth == 0 {
            return String::new();
        }
        let at = choice[self.dice.random_range(0..choice.len())];
        self.drawn.insert((list.to_owned(), at));
        let text = self.tell(&templates[at].pieces, depth - 1);
        self.said.insert(name.to_owned(), text.clone());
        text
    }

    /// The phrases of a list in all books.
    fn list<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'a Template> + use<'s, 'a> {
        let name = self.aliases.get(name).map_or(name, String::as_str);
        self.books.iter().filter_map(move |book| book.lists.get(name)).flatten()
    }

    /// Those of the phrases that the speaker has a liking for, the same in every text.
    fn to_taste(&self, list: &str, usable: Vec<usize>) -> Vec<usize> {
        let Some(who) = self.taste.filter(|_| usable.len() >= WORTH_CHOOSING_FROM) else { return usable };
        let share = if FAVOURITES.contains(&list) { 0.4 } else { 0.7 };
        let mut dice = dice(0, &["taste", who, list]);
        let taste: u64 = dice.random();
        // By its place in the list and not among the usable ones: a liking does not depend on what can be said today.
        let liked = |at: usize| {
            let mixed = (taste ^ at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            ((mixed >> 40) as f64) < share * f64::from(1 << 24)
        };
        let chosen: Vec<usize> = usable.iter().filter(|&&at| liked(at)).copied().collect();
        if chosen.is_empty() { usable } else { chosen }
    }

    /// A template can be said when every place in it is known, or has a list of which something can be said.
    fn can_say(&self, template: &Template) -> bool {
        template.names().all(|name| {
            let sayable = |template: &Template| {
                template.names().all(|name| self.is_told(name) || self.list(name).next().is_some())
            };
            self.is_told(name) || self.list(name).any(sayable)
        })
    }

    /// Whether something is known by this name, or by this name and a number.
    fn is_told(&self, name: &str) -> bool {
        let from = (Bound::Included(name), Bound::Unbounded);
        let same = self.said.range::<str, _>(from).take_while(|(said, _)| said.starts_with(name));
        same.into_iter().any(|(said, _)| base(said) == name)
    }

    fn is_settled(&self, template: &Template) -> bool {
        let known = |place: &String| !self.settled.contains(base(place)) || self.said.contains_key(place);
        template.places.iter().all(known)
    }

    fn tell(&mut self, pieces: &[Piece], depth: usize) -> String {
        let mut text = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(plain) => text.push_str(plain),
                Piece::Slot { name, article, capital } => {
                    let mut value = self.draw(name, depth);
                    if *article {
                        value = with_article(&value);
                    }
                    text.push_str(&if *capital { capital_first(&value) } else { value });
                }
                Piece::Number { of, one, many } => {
                    let plural = match of {
                        Some(name) => self.said.get(name).is_some_and(|said| is_plural(said)),
                        None => self.plural,
                    };
                    let form = if plural { many } else { one };
                    text.push_str(&self.tell(form, depth));
                }
                Piece::Choice(choices) => {
                    let choice = self.dice.random_range(0..choices.len());
                    text.push_str(&self.tell(&choices[choice], depth));
                }
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::dice;

    fn told(template: &str, thing: &str) -> String {
        let mut book = Vocabulary::default();
        book.lists.insert("line".to_owned(), vec![Template::parse(template).unwrap()]);
        let mut dice = dice(7, &[]);
        let mut teller = Teller::new(vec![&book], &mut dice);
        teller.talk_of("thing", thing);
        teller.sentence("line")
    }

    #[test]
    fn articles_and_verbs_agree_with_the_thing() {
        assert_eq!(told("The {thing} [thing:sits|sit].", "stones"), "The stones sit.");
        let line = "{a thing} <|> [sits|sit] there. {Thing}?";
        assert_eq!(told(line, "hourglass"), "An hourglass sits there. Hourglass?");
        assert_eq!(told(line, "stone lanterns"), "Stone lanterns sit there. Stone lanterns?");
        assert_eq!(told("{a thing}", "unicorn"), "A unicorn");
        assert_eq!(told("{a thing}", "8-bit tree"), "An 8-bit tree");
        assert_eq!(told("{a thing}", "UI kit"), "A UI kit");
        assert_eq!(told("{a thing}", "LED strip"), "An LED strip");
        assert_eq!(told("{a thing} [is|are]", "staircase of moths"), "A staircase of moths is");
        assert_eq!(told("{a thing} [is|are]", "hands made of rain"), "Hands made of rain are");
        assert_eq!(told("{a thing}", "one-page report"), "A one-page report");
    }

    #[test]
    fn a_broken_template_says_what_is_broken() {
        let error = |text| Template::parse(text).unwrap_err();
        assert_eq!(error("a {thing"), "`}` is missing");
        assert_eq!(error("a <one|two"), "`>` is missing");
        assert_eq!(error("[one]"), "`[` needs two forms, `[one|many]`");
        assert_eq!(error("a > b"), "`>` closes nothing");
        assert_eq!(error("{two words}"), "`{two words}` is not a name");
    }

    #[test]
    fn a_second_phrase_of_a_list_is_another_one() {
        let mut book = Vocabulary::default();
        let list =
            |texts: &[&str]| texts.iter().map(|text| Template::parse(text).unwrap()).collect::<Vec<_>>();
        book.lists.insert("line".to_owned(), list(&["{colour} and {colour2}, {colour}"]));
        book.lists.insert("colour".to_owned(), list(&["red", "blue"]));
        for seed in 0..20 {
            let mut dice = dice(seed, &[]);
            let text = Teller::new(vec![&book], &mut dice).phrase("line");
            assert!(["red and blue, red", "blue and red, blue"].contains(&text.as_str()), "{text}");
        }
    }

    #[test]
    fn a_text_never_uses_what_nobody_told_it() {
        assert_eq!(told("{thing} by {stranger}", "lamp"), "");
    }
}
