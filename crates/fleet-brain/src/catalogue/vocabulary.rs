//! The phrases of a persona as a catalogue has them: reading them, and finding every mistake in them. Owns what a phrase may
//! refer to; the other fields of a persona are `check`'s.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::check::Clerk;
use crate::phrase::{Subject, Template, Vocabulary};
use crate::provider::offline::{KNOWN_PLACES, REQUIRED_LISTS, phrase_book};

impl Clerk<'_> {
    /// Reads the phrases; `told` is what a picture's draw by lot makes known to them.
    pub(super) fn vocabulary(&mut self, fields: &Map<String, Value>, told: &BTreeSet<String>) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let Some(from) = self.object(fields, "vocabulary") else { return vocabulary };
        let subjects = self.texts(from.get("subjects"), "vocabulary.subjects", 1, 1000);
        for (at, text) in subjects.iter().enumerate() {
            match Subject::parse(text) {
                Some(subject) => vocabulary.subjects.push(subject),
                None => {
                    let field = format!("vocabulary.subjects[{at}]");
                    self.wrong(
                        &field,
                        "must be plain words, in full and in short",
                        "write it like `walnut desk lamp|lamp`",
                    );
                }
            }
        }
        for (name, value) in from.iter().filter(|(name, _)| *name != "subjects") {
            let phrases = self.texts(Some(value), &format!("vocabulary.{name}"), 1, 1000);
            let list = phrases.iter().enumerate().filter_map(|(at, phrase)| {
                Template::parse(phrase)
                    .map_err(|error| {
                        let mend = format!("{error} in “{phrase}”");
                        self.wrong(
                            &format!("vocabulary.{name}[{at}]"),
                            "must be a phrase that can be told",
                            &mend,
                        );
                    })
                    .ok()
            });
            vocabulary.lists.insert(name.clone(), list.collect());
        }
        for missing in REQUIRED_LISTS.iter().filter(|name| !vocabulary.lists.contains_key(**name)) {
            self.wrong(&format!("vocabulary.{missing}"), "must be a list of phrases", "add it");
        }
        self.places(&vocabulary.lists, told);
        vocabulary
    }

    /// Every place in a phrase must be a list, or something the generator knows, and no list may lead back to itself.
    fn places(&mut self, lists: &BTreeMap<String, Vec<Template>>, told: &BTreeSet<String>) {
        let book = phrase_book();
        let find = |name: &str| lists.get(name).or_else(|| book.lists.get(name));
        for (name, templates) in lists {
            for (at, template) in templates.iter().enumerate() {
                let known = |place: &str| {
                    find(place).is_some() || KNOWN_PLACES.contains(&place) || told.contains(place)
                };
                for place in template.names().filter(|place| !known(place)) {
                    let field = format!("vocabulary.{name}[{at}]");
                    let mend = format!("add the list `{place}`, or take another");
                    self.wrong(&field, &format!("must not use `{{{place}}}`, which no list gives"), &mend);
                }
            }
            let mut seen = BTreeSet::new();
            let mut next: Vec<&str> = templates.iter().flat_map(Template::names).collect();
            while let Some(place) = next.pop() {
                if seen.insert(place) {
                    next.extend(find(place).into_iter().flatten().flat_map(Template::names));
                }
            }
            if seen.contains(name.as_str()) {
                self.wrong(&format!("vocabulary.{name}"), "must not lead back to itself", "break the circle");
            }
        }
    }
}
