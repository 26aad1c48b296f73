//! What an operator typed about a bot, word for word, and how it becomes the values of a bot. What cannot be read is told
//! beside its field and kept as it was typed; the rules of a bot are the context's.

use std::time::Duration;

use fleet_bots::{
    BotId, Day, HourSpan, Interests, NewBot, Problem, Problems, Rhythm, Weights, suggest_username,
};

/// A form as it was sent.
pub(crate) type Pairs = Vec<(String, String)>;

/// The form of a bot.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Typed {
    pub(crate) name: String,
    pub(crate) username: String,
    pub(crate) persona: String,
    pub(crate) bio: String,
    pub(crate) personality: String,
    pub(crate) vibe: String,
    pub(crate) interests: String,
    /// Post, comment, like, browse.
    pub(crate) weights: [String; 4],
    pub(crate) zone: String,
    pub(crate) busy: String,
    pub(crate) days: Vec<Day>,
    pub(crate) min: String,
    pub(crate) max: String,
    /// Whether it is to be started as well.
    pub(crate) start: bool,
    /// What the page was drawn from: the seed and the persona. What still is as it was drawn gives way to another draw.
    pub(crate) seed: u64,
    pub(crate) drawn_as: String,
    /// Which bot is edited; none for a new one.
    pub(crate) bot_id: Option<BotId>,
    /// The bot as it was when the form was opened.
    pub(crate) seen: Option<NewBot>,
}

impl Typed {
    /// `bot` in the words of the form.
    pub(crate) fn of(bot: &NewBot) -> Self {
        let Weights { post, comment, like, browse } = bot.weights.shares();
        Self {
            name: bot.name.clone(),
            username: bot.username.clone(),
            persona: bot.persona.clone(),
            bio: bot.bio.clone(),
            personality: bot.personality.clone(),
            vibe: bot.vibe.clone(),
            interests: listed(&bot.interests),
            weights: [post, comment, like, browse].map(percent),
            zone: bot.rhythm.zone.clone(),
            busy: bot.rhythm.busy.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            days: bot.rhythm.days.clone(),
            min: pause_in_words(bot.min_interval_s),
            max: pause_in_words(bot.max_interval_s),
            ..Self::default()
        }
    }

    /// Reads a form that was sent.
    pub(crate) fn read(pairs: Pairs) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            // Browsers send line breaks in their own way.
            let value = value.replace("\r\n", "\n");
            match name.as_str() {
                "name" => typed.name = value,
                "username" => typed.username = value.trim().trim_start_matches('@').to_owned(),
                "persona" => typed.persona = value,
                "bio" => typed.bio = value,
                "personality" => typed.personality = value,
                "vibe" => typed.vibe = value,
                "interests" => typed.interests = value,
                "post" => typed.weights[0] = value,
                "comment" => typed.weights[1] = value,
                "like" => typed.weights[2] = value,
                "browse" => typed.weights[3] = value,
                "zone" => typed.zone = value.trim().to_owned(),
                "busy" => typed.busy = value,
                "day" => typed.days.extend(Day::ALL.into_iter().filter(|day| day.name() == value)),
                "min" => typed.min = value,
                "max" => typed.max = value,
                "start" => typed.start = true,
                "seed" => typed.seed = value.parse().unwrap_or_default(),
                "drawn_as" => typed.drawn_as = value,
                "bot" => typed.bot_id = value.parse().ok(),
                "seen" => typed.seen = serde_json::from_str(&value).ok(),
                _ => {}
            }
        }
        typed
    }

    /// The bot that was described, with everything that is wrong with it.
    pub(crate) fn bot(&self) -> (NewBot, Problems) {
        let mut problems = Problems::default();
        let weights = self.weights(&mut problems);
        let busy = HourSpan::read_list(&self.busy);
        let (min, max) = (seconds(&self.min), seconds(&self.max));
        let unread = [
            (busy.is_none(), "rhythm.busy", &self.busy, "write hours as `9-17`, or several as `9-12, 13-17`"),
            (min.is_none(), "min_interval_s", &self.min, PAUSE),
            (max.is_none(), "max_interval_s", &self.max, PAUSE),
        ];
        for (is_unread, field, typed, mend) in unread {
            if is_unread {
                let rule = match typed.trim() {
                    "" => "must be filled in".to_owned(),
                    typed => format!("cannot be read: “{typed}”"),
                };
                problems.0.push(Problem { field, rule, mend: mend.into() });
            }
        }
        let bot = NewBot {
            name: self.name.trim().to_owned(),
            username: self.username.clone(),
            persona: self.persona.clone(),
            bio: self.bio.trim().to_owned(),
            personality: self.personality.trim().to_owned(),
            vibe: self.vibe.trim().to_owned(),
            interests: read_list(&self.interests),
            weights,
            rhythm: Rhythm {
                zone: self.zone.clone(),
                busy: busy.unwrap_or_else(|| vec![HourSpan { from: 0, to: 24 }]),
                days: self.days.clone(),
            },
            min_interval_s: min.or(max).unwrap_or(1),
            max_interval_s: max.or(min).unwrap_or(1),
        };
        let bot = self.with_what_was_not_touched(bot);
        if let Err(broken) = bot.check() {
            problems.0.extend(broken.0);
        }
        (bot, problems)
    }

    /// A share as it is shown is not to the last digit what the bot has; one that nobody moved stays what it was.
    fn with_what_was_not_touched(&self, mut bot: NewBot) -> NewBot {
        if let Some(seen) = &self.seen {
            let shown = Self::of(seen);
            if shown.weights == self.weights {
                bot.weights = seen.weights;
            }
            // The order of the days is nobody's matter.
            if seen.rhythm.days.len() == bot.rhythm.days.len()
                && seen.rhythm.days.iter().all(|day| bot.rhythm.days.contains(day))
            {
                bot.rhythm.days.clone_from(&seen.rhythm.days);
            }
        }
        bot
    }

    fn weights(&self, problems: &mut Problems) -> Weights {
        const FIELDS: [&str; 4] = ["weights.post", "weights.comment", "weights.like", "weights.browse"];
        let mut weight = |at: usize| {
            self.weights[at].trim().parse::<f64>().unwrap_or_else(|_| {
                let rule = format!("must be a number, it is “{}”", self.weights[at].trim());
                let mend = "0 means never; only the proportion of the four counts".into();
                problems.0.push(Problem { field: FIELDS[at], rule, mend });
                1.0
            })
        };
        Weights { post: weight(0), comment: weight(1), like: weight(2), browse: weight(3) }
    }

    /// Takes over what `new` says, wherever the form still says what `drawn` said.
    pub(crate) fn redrawn(self, drawn: &Typed, new: Typed) -> Self {
        fn kept<T: PartialEq>(typed: T, drawn: &T, new: T) -> T {
            if typed == *drawn { new } else { typed }
        }
        // A name and its username belong together, as do the four weights.
        let keeps_name = self.name != drawn.name || self.username != drawn.username;
        let (name, username) = if keeps_name { (self.name, self.username) } else { (new.name, new.username) };
        Self {
            name,
            username,
            bio: kept(self.bio, &drawn.bio, new.bio),
            personality: kept(self.personality, &drawn.personality, new.personality),
            vibe: kept(self.vibe, &drawn.vibe, new.vibe),
            interests: kept(self.interests, &drawn.interests, new.interests),
            weights: kept(self.weights, &drawn.weights, new.weights),
            zone: kept(self.zone, &drawn.zone, new.zone),
            busy: kept(self.busy, &drawn.busy, new.busy),
            days: kept(self.days, &drawn.days, new.days),
            min: kept(self.min, &drawn.min, new.min),
            max: kept(self.max, &drawn.max, new.max),
            persona: new.persona,
            seed: new.seed,
            drawn_as: new.drawn_as,
            start: self.start,
            bot_id: self.bot_id,
            seen: self.seen,
        }
    }
}

const PAUSE: &str = "write `90 s`, `5 min`, `2 h` or `1 day`";

/// A username that goes with a name; the mark of an AI is no part of it.
pub(crate) fn username_for(name: &str) -> Option<String> {
    suggest_username(&name.replace("(AI)", " ").replace("(ai)", " "))
}

/// The shares of the four weights in whole percent, as the form shows them.
pub(crate) fn share_in_words(share: f64) -> String {
    format!("{} %", (share * 100.0).round())
}

fn percent(share: f64) -> String {
    let percent = (share * 10_000.0).round() / 100.0;
    percent.to_string()
}

/// One a line where an interest has a comma in it, and with commas otherwise.
fn listed(interests: &Interests) -> String {
    let Interests(interests) = interests;
    if interests.iter().any(|interest| interest.contains(',')) {
        return interests.iter().map(|interest| format!("{interest}\n")).collect();
    }
    interests.join(", ")
}

fn read_list(text: &str) -> Interests {
    let separator = if text.contains('\n') { '\n' } else { ',' };
    let entries = text.split(separator).map(str::trim).filter(|entry| !entry.is_empty());
    Interests(entries.map(str::to_owned).collect())
}

/// `90 s`, `5 min`, `2 h`, `1 day`: the largest unit in which it is whole.
pub(crate) fn pause_in_words(seconds: i64) -> String {
    match seconds {
        _ if seconds <= 0 => format!("{seconds} s"),
        86_400 => "1 day".into(),
        _ if seconds % 86_400 == 0 => format!("{} days", seconds / 86_400),
        _ if seconds % 3_600 == 0 => format!("{} h", seconds / 3_600),
        _ if seconds % 60 == 0 => format!("{} min", seconds / 60),
        _ => format!("{seconds} s"),
    }
}

/// A pause as people write it; a plain number is seconds.
fn seconds(text: &str) -> Option<i64> {
    let text = text.trim().to_lowercase();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = match unit.trim() {
        "" | "s" | "sec" | "second" | "seconds" => Duration::from_secs(1),
        "m" | "min" | "minute" | "minutes" => Duration::from_secs(60),
        "h" | "hour" | "hours" => Duration::from_secs(3_600),
        "d" | "day" | "days" => Duration::from_secs(86_400),
        _ => return None,
    };
    number.parse::<i64>().ok()?.checked_mul(i64::try_from(unit.as_secs()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fern() -> NewBot {
        NewBot {
            name: "Fern (AI)".into(),
            username: "fern".into(),
            persona: "botanist".into(),
            bio: "An AI resident.".into(),
            personality: "Grows ferns.".into(),
            vibe: "calm".into(),
            interests: Interests(vec!["ferns".into(), "moss, wet".into()]),
            weights: Weights { post: 0.1234567, comment: 0.2, like: 0.4, browse: 0.3 },
            rhythm: Rhythm {
                zone: "Europe/London".into(),
                busy: vec![HourSpan { from: 9, to: 12 }, HourSpan { from: 22, to: 2 }],
                days: vec![Day::Sun, Day::Mon],
            },
            min_interval_s: 90,
            max_interval_s: 7_200,
        }
    }

    fn sent(typed: &Typed) -> Typed {
        let days = typed.days.iter().map(|day| ("day", day.name().to_owned()));
        let seen = typed.seen.as_ref().map(|seen| ("seen", serde_json::to_string(seen).unwrap()));
        let fields = [
            ("name", typed.name.clone()),
            ("username", typed.username.clone()),
            ("persona", typed.persona.clone()),
            ("bio", typed.bio.clone()),
            ("personality", typed.personality.clone()),
            ("vibe", typed.vibe.clone()),
            ("interests", typed.interests.replace('\n', "\r\n")),
            ("post", typed.weights[0].clone()),
            ("comment", typed.weights[1].clone()),
            ("like", typed.weights[2].clone()),
            ("browse", typed.weights[3].clone()),
            ("zone", typed.zone.clone()),
            ("busy", typed.busy.clone()),
            ("min", typed.min.clone()),
            ("max", typed.max.clone()),
        ];
        let pairs = fields.into_iter().chain(days).chain(seen);
        Typed::read(pairs.map(|(name, value)| (name.to_owned(), value)).collect())
    }

    #[test]
    fn a_form_that_is_sent_as_it_was_opened_changes_nothing() {
        let opened = Typed { seen: Some(fern()), ..Typed::of(&fern()) };
        let (bot, problems) = sent(&opened).bot();
        assert_eq!((bot, problems), (fern(), Problems::default()));
    }

    #[test]
    fn what_cannot_be_read_is_told_beside_its_field_and_nothing_else_is() {
        let typed = Typed {
            busy: "nine to five".into(),
            min: "soon".into(),
            max: " ".into(),
            weights: ["1".into(), "2".into(), "x".into(), "3".into()],
            ..Typed::of(&fern())
        };
        let (_, problems) = typed.bot();
        let told: Vec<_> =
            problems.0.iter().map(|problem| format!("{} {}", problem.field, problem.rule)).collect();
        assert_eq!(
            told,
            [
                "weights.like must be a number, it is “x”",
                "rhythm.busy cannot be read: “nine to five”",
                "min_interval_s cannot be read: “soon”",
                "max_interval_s must be filled in",
            ]
        );
    }

    #[test]
    fn a_pause_is_read_as_people_write_it_and_written_so_that_it_can_be_read() {
        for (text, expected) in [
            ("90", Some(90)),
            ("90s", Some(90)),
            (" 5 min ", Some(300)),
            ("2 Hours", Some(7_200)),
            ("1 day", Some(86_400)),
            ("", None),
            ("min", None),
            ("5 fortnights", None),
            ("99999999999999999 d", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
        for pause in [1, 59, 60, 61, 3_600, 5_400, 86_400, 172_800, 604_800] {
            assert_eq!(seconds(&pause_in_words(pause)), Some(pause));
        }
    }

    #[test]
    fn another_draw_leaves_alone_what_was_typed() {
        let drawn = Typed::of(&fern());
        let typed = Typed { vibe: "wild".into(), username: "moss".into(), ..drawn.clone() };
        let other = NewBot {
            name: "Moss (AI)".into(),
            persona: "poet".into(),
            vibe: "stern".into(),
            bio: "An AI poet.".into(),
            ..fern()
        };
        let redrawn = typed.redrawn(&drawn, Typed { drawn_as: "poet".into(), ..Typed::of(&other) });
        assert_eq!((redrawn.vibe.as_str(), redrawn.bio.as_str()), ("wild", "An AI poet."));
        assert_eq!((redrawn.name.as_str(), redrawn.username.as_str()), ("Fern (AI)", "moss"));
        assert_eq!((redrawn.persona.as_str(), redrawn.drawn_as.as_str()), ("poet", "poet"));
    }

    #[test]
    fn a_username_goes_with_its_name() {
        assert_eq!(username_for("Ada Lovelace (AI)").as_deref(), Some("ada_lovelace"));
        assert_eq!(username_for("(AI)"), None);
    }
}
