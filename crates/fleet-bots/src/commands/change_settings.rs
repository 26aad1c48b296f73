//! The operator changes what holds for the whole fleet. Every node reads it within a second, and the gates of the store at
//! once.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};
use serde_json::json;

use super::{Asked, Effect};
use crate::activity::NewActivity;
use crate::entities::bot_activity::ActivityKind;
use crate::entities::setting::{ActiveModel, Column, Entity, SETTINGS};
use crate::error::Result;
use crate::queries::read_settings;
use crate::settings::{Setting, Settings, SettingsChanges};

/// What is left as it was is not told.
///
/// # Errors
/// `Invalid` with every broken rule.
pub(crate) async fn execute(
    tx: &impl ConnectionTrait,
    changes: SettingsChanges,
    asked: &Asked,
) -> Result<Effect<Settings>> {
    // The row is there before it is locked: two changes at once must not each write back what the other one changed.
    let row =
        |settings: &Settings| ActiveModel { key: Set(SETTINGS.to_owned()), value: Set(json!(settings)) };
    let first = OnConflict::column(Column::Key).do_nothing().to_owned();
    Entity::insert(row(&Settings::default())).on_conflict(first).exec_without_returning(tx).await?;
    Entity::find_by_id(SETTINGS).lock_exclusive().one(tx).await?;
    let before = read_settings::execute(tx).await?;
    let after = before.with(changes);
    after.check()?;
    if after == before {
        return Ok(Effect::silent(after));
    }
    let newer = OnConflict::column(Column::Key).update_column(Column::Value).to_owned();
    Entity::insert(row(&after)).on_conflict(newer).exec_without_returning(tx).await?;
    Ok(Effect { log: vec![told(&before, &after, asked)], value: after })
}

fn told(before: &Settings, after: &Settings, asked: &Asked) -> NewActivity {
    let changed = Setting::ALL.into_iter().filter(|setting| before.told(*setting) != after.told(*setting));
    let changed: Vec<_> =
        changed.map(|setting| (setting, before.told(setting), after.told(setting))).collect();
    let words: Vec<String> = changed
        .iter()
        .map(|(setting, before, after)| match setting {
            // Names may be many; who is meant stands in the particulars.
            Setting::OptedOut => "the people to leave alone".to_owned(),
            _ => format!("{} from {before} to {after}", setting.title().to_lowercase()),
        })
        .collect();
    let particulars: Vec<_> = changed
        .iter()
        .map(
            |(setting, before, after)| json!({ "setting": setting.name(), "before": before, "after": after }),
        )
        .collect();
    let message = format!("{} changed {}", asked.by, words.join(", "));
    NewActivity::of_fleet(ActivityKind::SettingsChanged, asked.at, message)
        .with(json!({ "by": asked.by, "changes": particulars }))
}
