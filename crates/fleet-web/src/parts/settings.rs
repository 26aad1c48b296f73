//! What holds for the whole fleet, as a form that says of each setting what it does, and who changed what before. Owns how
//! settings are grouped; what they mean and what is allowed is the context's word.

use askama::Template;
use fleet_bots::{Activity, ActivityFilter, ActivityKind, FleetTime, Problems, Setting, Settings};

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

const GROUPS: [(&str, &str, &[Setting]); 4] = [
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
    ("Whom bots leave alone", "", &[Setting::OptedOut]),
    (
        "The log",
        "What is older is taken away about once an hour, and 0 means that it is kept for ever.",
        &[Setting::KeepThoughtsDays, Setting::KeepLogDays],
    ),
];

impl SettingsForm {
    /// The settings as they are, ready to be changed.
    pub(crate) fn of(settings: &Settings) -> Self {
        Self::typed(|setting| (shown(settings, setting), shown(settings, setting)), &Problems::default())
    }

    /// The form as somebody sent it, with what is wrong beside each field. `typed` says what a field was and what it is.
    pub(crate) fn typed(typed: impl Fn(Setting) -> (String, String), problems: &Problems) -> Self {
        let field = |setting: &Setting| {
            let (was, value) = typed(*setting);
            let problem = problems.of(setting.name());
            let wrong = problem.map(|problem| format!("It {}; {}.", problem.rule, problem.mend));
            Field { setting: *setting, was, value, wrong }
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
        self.setting == Setting::OptedOut
    }

    fn explains(&self) -> String {
        match self.setting.most() {
            // What 0 means is said once, for the whole group.
            Some(most) => format!("0 to {}", grouped(u64::from(most))),
            None => self.setting.range(),
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
        _ => settings.told(setting),
    }
}
