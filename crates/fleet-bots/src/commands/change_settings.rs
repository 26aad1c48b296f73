//! The operator changes what holds for the whole fleet. Every node reads it within a second, and the gates of the store at
//! once.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait};
use serde_json::json;

use super::opt_out::end_plans;
use super::{Asked, Effect, end_rests};
use crate::activity::NewActivity;
use crate::backend;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::rest::{self, RestCause};
use crate::entities::setting::{ActiveModel, Column, Entity, SETTINGS};
use crate::error::Result;
use crate::queries::read_settings;
use crate::settings::{Form, Setting, Settings, SettingsChanges};

/// What is left as it was is not told; what is planned about somebody who is to be left alone from now on ends, and
/// so do rests for want of money when more may be spent.
///
/// # Errors
/// `Invalid` with every broken rule.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    changes: SettingsChanges,
    asked: &Asked,
) -> Result<Effect<Settings>> {
    let before = locked(tx).await?;
    let after = before.with(changes, asked);
    after.check()?;
    if after == before {
        return Ok(Effect::silent(after));
    }
    write(tx, &after).await?;
    let mut log = vec![told(&before, &after, asked)];
    let added: Vec<String> =
        after.opted_out.iter().filter(|person| !before.leaves_alone(person)).cloned().collect();
    if !added.is_empty() {
        log.extend(end_plans(tx, &after, &added, asked).await?);
    }
    let is_raised = |setting: &Setting| after.money(*setting) > before.money(*setting);
    if Setting::ALL.iter().any(is_raised) {
        // Whoever still finds a cap reached begins a rest anew.
        let ended = end_rests::those(tx, rest::Column::Cause.eq(RestCause::Spending)).await?;
        log.extend(end_rests::told(tx, ended, asked.at).await?.log);
    }
    Ok(Effect { value: after, log })
}

/// The settings as they are, and nobody else's to change until the transaction ends: two changes at once must not each write
/// back what the other one changed.
pub(super) async fn locked(tx: &impl ConnectionTrait) -> Result<Settings> {
    backend::lock_settings(tx).await?;
    read_settings::execute(tx).await
}

/// The settings as they are until the transaction ends, for any number of readers: whoever forgets somebody finds what was
/// written before, and stands in them for what is written after.
pub(super) async fn steady(tx: &impl ConnectionTrait) -> Result<Settings> {
    backend::share_settings(tx).await?;
    read_settings::execute(tx).await
}

/// Keeps settings that were read `locked`.
pub(super) async fn write(tx: &impl ConnectionTrait, settings: &Settings) -> Result<()> {
    let newer = OnConflict::column(Column::Key).update_column(Column::Value).to_owned();
    Entity::insert(row(settings)).on_conflict(newer).exec_without_returning(tx).await?;
    Ok(())
}

fn row(settings: &Settings) -> ActiveModel {
    ActiveModel { key: Set(SETTINGS.to_owned()), value: Set(json!(settings)) }
}

fn told(before: &Settings, after: &Settings, asked: &Asked) -> NewActivity {
    let changed = Setting::ALL.into_iter().filter(|setting| before.told(*setting) != after.told(*setting));
    let changed: Vec<_> =
        changed.map(|setting| (setting, before.told(setting), after.told(setting))).collect();
    let (words, changes): (Vec<_>, Vec<_>) =
        changed.iter().partition(|(setting, ..)| setting.form() == Form::Confirmation);
    let mut deeds: Vec<String> = words
        .into_iter()
        .map(|(setting, _, after)| match after.as_str() {
            "yes" => format!("confirmed that {}", in_a_sentence(*setting)),
            _ => format!("took back that {}", in_a_sentence(*setting)),
        })
        .collect();
    let changes: Vec<String> = changes
        .into_iter()
        .map(|(setting, before, after)| match setting.form() {
            // Names may be many; who is meant stands in the particulars.
            Form::People => format!("the {}", in_a_sentence(*setting)),
            Form::Money => format!("{} from ${before} to ${after}", in_a_sentence(*setting)),
            Form::Words => format!("{} from “{before}” to “{after}”", in_a_sentence(*setting)),
            _ => format!("{} from {before} to {after}", in_a_sentence(*setting)),
        })
        .collect();
    if !changes.is_empty() {
        deeds.insert(0, format!("changed {}", changes.join(", ")));
    }
    let particulars: Vec<_> = changed
        .iter()
        .map(
            |(setting, before, after)| json!({ "setting": setting.name(), "before": before, "after": after }),
        )
        .collect();
    let message = format!("{} {}", asked.by, deeds.join(", and "));
    NewActivity::of_fleet(ActivityKind::SettingsChanged, asked.at, message)
        .with(json!({ "by": asked.by, "changes": particulars }))
}

fn in_a_sentence(setting: Setting) -> String {
    setting.title().to_lowercase()
}
