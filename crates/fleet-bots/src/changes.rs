//! What is to be different about a bot, and what comes of it when two people change one bot at once. Owns the list of
//! fields that can be changed; the rules of their values are `bot`'s.

use serde::{Deserialize, Serialize};

use crate::bot::{Interests, NewBot, Weights};
use crate::rhythm::Rhythm;

/// What should be different about a bot; what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the other fields are those of `NewBot`")]
pub struct BotChanges {
    pub name: Option<String>,
    pub username: Option<String>,
    pub persona: Option<String>,
    pub bio: Option<String>,
    pub personality: Option<String>,
    pub vibe: Option<String>,
    pub interests: Option<Interests>,
    pub weights: Option<Weights>,
    pub rhythm: Option<Rhythm>,
    pub min_interval_s: Option<i64>,
    pub max_interval_s: Option<i64>,
    /// The bot as it was when these changes were made up. They are refused when one of the fields that they change was
    /// changed by somebody else since; without it, whoever comes last is right.
    pub seen: Option<Box<NewBot>>,
}

/// What two people made of one bot at the same time.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The bot with the changes of both; where both changed a field, with those of the one who comes last.
    pub bot: NewBot,
    /// The fields, as `NewBot::check` names them, that both changed, and not to the same.
    pub crossed: Vec<&'static str>,
}

/// A field of a bot, as `NewBot::check` names it.
struct Field {
    name: &'static str,
    is_same: fn(&NewBot, &NewBot) -> bool,
    copy: fn(&NewBot, &mut NewBot),
}

macro_rules! field {
    ($name:literal, $($path:tt)+) => {
        Field {
            name: $name,
            is_same: |one, other| one.$($path)+ == other.$($path)+,
            copy: |from, to| to.$($path)+.clone_from(&from.$($path)+),
        }
    };
}

const FIELDS: [Field; 13] = [
    field!("name", name),
    field!("username", username),
    field!("persona", persona),
    field!("bio", bio),
    field!("personality", personality),
    field!("vibe", vibe),
    field!("interests", interests),
    field!("weights", weights),
    field!("rhythm.zone", rhythm.zone),
    field!("rhythm.busy", rhythm.busy),
    field!("rhythm.days", rhythm.days),
    field!("min_interval_s", min_interval_s),
    field!("max_interval_s", max_interval_s),
];

impl NewBot {
    /// The fields in which two bots differ.
    #[must_use]
    pub fn differences(&self, other: &NewBot) -> Vec<&'static str> {
        FIELDS.iter().filter(|field| !(field.is_same)(self, other)).map(|field| field.name).collect()
    }
}

impl Merged {
    /// What comes of `mine` and `theirs`, which were both made of `seen`.
    #[must_use]
    pub fn of(seen: &NewBot, mine: &NewBot, theirs: &NewBot) -> Self {
        let mut bot = theirs.clone();
        let mut crossed = Vec::new();
        for Field { name, is_same, copy } in FIELDS.iter().filter(|field| !(field.is_same)(seen, mine)) {
            if !is_same(seen, theirs) && !is_same(mine, theirs) {
                crossed.push(*name);
            }
            copy(mine, &mut bot);
        }
        Self { bot, crossed }
    }
}

impl BotChanges {
    /// What makes `after` of `before`, and nothing else, so that what somebody else changes at the same time stays. It is
    /// refused when a field of it is not as in `before` any more.
    #[must_use]
    pub fn between(before: &NewBot, after: NewBot) -> Self {
        fn differing<T: PartialEq>(before: &T, after: T) -> Option<T> {
            (*before != after).then_some(after)
        }
        Self {
            name: differing(&before.name, after.name),
            username: differing(&before.username, after.username),
            persona: differing(&before.persona, after.persona),
            bio: differing(&before.bio, after.bio),
            personality: differing(&before.personality, after.personality),
            vibe: differing(&before.vibe, after.vibe),
            interests: differing(&before.interests, after.interests),
            weights: differing(&before.weights, after.weights),
            rhythm: differing(&before.rhythm, after.rhythm),
            min_interval_s: differing(&before.min_interval_s, after.min_interval_s),
            max_interval_s: differing(&before.max_interval_s, after.max_interval_s),
            seen: Some(Box::new(before.clone())),
        }
    }

    /// What `bot` would be with these changes, and which of the changed fields somebody else changed since they were
    /// made up.
    pub(crate) fn onto(self, bot: &NewBot) -> Merged {
        let wanted = NewBot {
            name: self.name.unwrap_or_else(|| bot.name.clone()),
            username: self.username.unwrap_or_else(|| bot.username.clone()),
            persona: self.persona.unwrap_or_else(|| bot.persona.clone()),
            bio: self.bio.unwrap_or_else(|| bot.bio.clone()),
            personality: self.personality.unwrap_or_else(|| bot.personality.clone()),
            vibe: self.vibe.unwrap_or_else(|| bot.vibe.clone()),
            interests: self.interests.unwrap_or_else(|| bot.interests.clone()),
            weights: self.weights.unwrap_or(bot.weights),
            rhythm: self.rhythm.unwrap_or_else(|| bot.rhythm.clone()),
            min_interval_s: self.min_interval_s.unwrap_or(bot.min_interval_s),
            max_interval_s: self.max_interval_s.unwrap_or(bot.max_interval_s),
        };
        let moved = self.seen.map(|seen| seen.differences(bot)).unwrap_or_default();
        let crossed = bot.differences(&wanted).into_iter().filter(|field| moved.contains(field)).collect();
        Merged { bot: wanted, crossed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rhythm::{Day, HourSpan};

    fn fern() -> NewBot {
        NewBot {
            name: "Fern".into(),
            username: "fern".into(),
            persona: "botanist".into(),
            bio: String::new(),
            personality: String::new(),
            vibe: "calm".into(),
            interests: Interests::default(),
            weights: Weights { post: 1.0, comment: 1.0, like: 1.0, browse: 1.0 },
            rhythm: Rhythm {
                zone: "UTC".into(),
                busy: vec![HourSpan { from: 9, to: 17 }],
                days: Day::ALL.to_vec(),
            },
            min_interval_s: 60,
            max_interval_s: 300,
        }
    }

    #[test]
    fn what_two_change_in_different_fields_stands_both() {
        let mine = NewBot { vibe: "wild".into(), ..fern() };
        let mut theirs = fern();
        theirs.rhythm.zone = "Europe/Oslo".into();
        let merged = Merged::of(&fern(), &mine, &theirs);
        assert_eq!((merged.bot.vibe.as_str(), merged.bot.rhythm.zone.as_str()), ("wild", "Europe/Oslo"));
        assert!(merged.crossed.is_empty());
    }

    #[test]
    fn one_field_changed_by_two_is_told_unless_they_agree() {
        let vibe = |vibe: &str| NewBot { vibe: vibe.into(), ..fern() };
        let merged = Merged::of(&fern(), &vibe("wild"), &vibe("stern"));
        assert_eq!((merged.bot.vibe.as_str(), merged.crossed), ("wild", vec!["vibe"]));
        assert!(Merged::of(&fern(), &vibe("wild"), &vibe("wild")).crossed.is_empty());
    }

    #[test]
    fn changes_name_only_what_is_different() {
        let after = NewBot { min_interval_s: 90, ..fern() };
        let changes = BotChanges::between(&fern(), after.clone());
        let named = BotChanges { seen: None, ..changes.clone() };
        assert_eq!(named, BotChanges { min_interval_s: Some(90), ..BotChanges::default() });
        assert_eq!(changes.onto(&fern()), Merged { bot: after, crossed: vec![] });
    }
}
