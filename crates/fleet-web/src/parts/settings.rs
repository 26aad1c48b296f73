//! What holds for the whole fleet, as a form that says of each setting what it does, and who changed what before. Owns how
//! settings are grouped; what they mean and what is allowed is the context's word.

use askama::Template;
use fleet_bots::{Activity, ActivityFilter, ActivityKind, FleetTime, Form, Problems, Setting, Settings};

use crate::failure::Failure;
use crate::panel::Panel;
use crate::parts::grouped;
use crate::parts::when::When;

/// How many changes are told.
const TOLD: u64 = 50;

/// The form. Its fields say what they were made from, so that one who saves a page changes only what they touched.
#[derive(Template)]
#[template(path = "parts/settings_form.html")]
pub(crate) struct SettingsForm {
    groups: Vec<Group>,
    /// How many fields are wrong.
    wrong: usize,
}

struct Group {
    title: &'static str,
    about: &'static str,
    fields: Vec<Field>,
}

struct Field {
    setting: Setting,
    /// What it was when the page was made.
    was: String,
    /// What stands in the field.
    value: String,
    /// Whose word stands behind it, and since when.
    word: Option<(String, When)>,
    /// What is wrong with it, as a sentence.
    wrong: Option<String>,
}

/// Who changed what, newest first.
#[derive(Template)]
#[template(path = "parts/settings_history.html")]
pub(crate) struct SettingsHistory {
    rows: Vec<Change>,
}

struct Change {
    by: String,
    at: When,
    what: Vec<(&'static str, String, String)>,
}

const GROUPS: [(&str, &str, &[Setting]); 7] = [
    ("How busy", "", &[Setting::Pace]),
    (
        "Caps of a day",
        "A day is one in UTC by the fleet's clock, and 0 means no cap. A bot that has reached one does something else, or \
         rests until the next day.",
        &[
            Setting::BotPosts,
            Setting::BotComments,
            Setting::BotLikes,
            Setting::FleetPosts,
            Setting::FleetComments,
            Setting::FleetLikes,
        ],
    ),
    (
        "What it may cost",
        "In US dollars, by days and months in UTC of the fleet's clock. What a call can cost at the most is counted before it is \
         made, and 0 means that nothing is spent.",
        &[
            Setting::BotTextDay,
            Setting::FleetTextDay,
            Setting::FleetTextMonth,
            Setting::BotPictureDay,
            Setting::FleetPictureDay,
            Setting::FleetPictureMonth,
        ],
    ),
    (
        "Disclosure",
        "Readers are to see at once that residents are AIs, and nobody's ranking is to be bent by them. What you confirm here \
         is kept with your name and the day; you can take it back at any time.",
        &[
            Setting::NameLabel,
            Setting::PostLabel,
            Setting::BadgeConfirmed,
            Setting::LikesConfirmed,
            Setting::ShowPeoplesPictures,
        ],
    ),
    ("Whom bots leave alone", "", &[Setting::OptedOut, Setting::OtherAgents]),
    (
        "Restraint",
        "How much of the residents' company a post gets. A bot that finds no room at a post looks elsewhere; 0 means none at \
         all, and for the age of a post at once.",
        &[
            Setting::PersonBots,
            Setting::PersonComments,
            Setting::PostComments,
            Setting::ThreadReplies,
            Setting::ReactionFloorS,
        ],
    ),
    (
        "The log",
        "What is older is taken away about once an hour, and 0 means that it is kept for ever.",
        &[Setting::KeepThoughtsDays, Setting::KeepLogDays, Setting::KeepDecisionsDays],
    ),
];

impl SettingsForm {
    /// The settings as they are, ready to be changed.
    pub(crate) fn of(settings: &Settings, now: FleetTime) -> Self {
        let as_it_is = |setting| (shown(settings, setting), shown(settings, setting));
        Self::typed(as_it_is, &Problems::default(), settings, now)
    }

    /// The form as somebody sent it, with what is wrong beside each field. `typed` says what a field was and what it is.
    /// Whose word stands behind what, `settings` tell.
    pub(crate) fn typed(
        typed: impl Fn(Setting) -> (String, String),
        problems: &Problems,
        settings: &Settings,
        now: FleetTime,
    ) -> Self {
        let field = |setting: &Setting| {
            let (was, value) = typed(*setting);
            let problem = problems.of(setting.name());
            let wrong = problem.map(|problem| format!("It {}; {}.", problem.rule, problem.mend));
            let word = settings.confirmation(*setting);
            let word = word.map(|word| (word.by.clone(), When::of(word.at, now)));
            Field { setting: *setting, was, value, word, wrong }
        };
        let groups = GROUPS
            .iter()
            .map(|(title, about, settings)| Group {
                title,
                about,
                fields: settings.iter().map(field).collect(),
            })
            .collect();
        Self { groups, wrong: problems.0.len() }
    }
}

impl Field {
    fn is_long(&self) -> bool {
        self.setting.form() == Form::People
    }

    fn is_word(&self) -> bool {
        self.setting.form() == Form::Confirmation
    }

    /// What somebody says who gives their word.
    fn yes(&self) -> &'static str {
        match self.setting {
            Setting::ShowPeoplesPictures => "Yes, they may be shown",
            _ => "Yes, I have seen that it does",
        }
    }

    fn no(&self) -> &'static str {
        match self.setting {
            Setting::ShowPeoplesPictures => "No, they stay here",
            _ => "No, nobody has confirmed it",
        }
    }

    fn is_text(&self) -> bool {
        self.setting.form() == Form::Words
    }

    fn explains(&self) -> String {
        match self.setting.form() {
            // What 0 means is said once, for the whole group.
            Form::Whole { most } => format!("0 to {}", grouped(u64::from(most))),
            Form::Money => "0 to 1,000,000, with at most 6 decimals".into(),
            _ => self.setting.range(),
        }
    }
}

impl SettingsHistory {
    pub(crate) async fn read(panel: &Panel) -> Result<Self, Failure> {
        let filter = ActivityFilter {
            kinds: vec![ActivityKind::SettingsChanged],
            limit: TOLD,
            ..ActivityFilter::default()
        };
        let changes = panel.read(panel.bots.get_activity(&filter)).await?;
        let now = panel.now();
        Ok(Self { rows: changes.iter().map(|activity| Change::of(activity, now)).collect() })
    }
}

impl Change {
    fn of(activity: &Activity, now: FleetTime) -> Self {
        let particulars = activity.metadata.as_ref();
        let by = particulars.and_then(|told| told["by"].as_str()).unwrap_or("somebody").to_owned();
        let changes = particulars.and_then(|told| told["changes"].as_array());
        let text = |change: &serde_json::Value, field: &str| match change[field].as_str() {
            Some("") | None => "nobody".to_owned(),
            Some(text) => text.to_owned(),
        };
        let what = changes
            .into_iter()
            .flatten()
            .filter_map(|change| {
                let setting = Setting::named(change["setting"].as_str()?)?;
                Some((setting.title(), text(change, "before"), text(change, "after")))
            })
            .collect();
        Self { by, at: When::of(activity.at, now), what }
    }
}

/// A value as it stands in its field: people one a line.
pub(crate) fn shown(settings: &Settings, setting: Setting) -> String {
    match setting {
        Setting::OptedOut => settings.opted_out.join("\n"),
        Setting::OtherAgents => settings.other_agents.join("\n"),
        _ => settings.told(setting),
    }
}
