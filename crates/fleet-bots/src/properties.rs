//! Whatever somebody types, sends or has kept from an older version: it becomes a value that keeps its rules, or problems
//! that can be read.

use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;

use crate::backend::StoreAddress;
use crate::bot::{Interests, NewBot, Weights, suggest_username};
use crate::commands::Asked;
use crate::id::ActionId;
use crate::problem::{Problem, Problems};
use crate::rhythm::{Day, HourSpan, Phase, Rhythm};
use crate::settings::{Setting, Settings, SettingsChanges};
use crate::time::FleetTime;
use crate::token::Token;

fn is_readable(Problem { field, rule, mend }: &Problem) -> bool {
    [*field, rule, mend].iter().all(|words| !words.trim().is_empty())
}

fn are_readable(problems: &Problems) -> bool {
    !problems.0.is_empty() && problems.0.iter().all(is_readable)
}

/// What people write where a number, a name or a list is wanted.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "[ 0-9,.@_a-z-]{0,40}",
        any::<i128>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| number.to_string()),
        select(vec!["", "NaN", "-inf", "1e400", "0x10", "١٢", "\0", "@", "ｓｉｘ"]).prop_map(str::to_owned),
    ]
}

fn days() -> impl Strategy<Value = Vec<Day>> {
    prop::sample::subsequence(Day::ALL.to_vec(), 1..=7)
}

fn hours() -> impl Strategy<Value = Vec<HourSpan>> {
    let span = (0..24_u8, 0..=24_u8)
        .prop_filter_map("a span has a length", |(from, to)| (from != to).then_some(HourSpan { from, to }));
    prop::collection::vec(span, 1..4)
}

fn bot() -> impl Strategy<Value = NewBot> {
    let words = || typed();
    let texts = (words(), words(), words(), words(), words(), words());
    let busy = prop::collection::vec((any::<u8>(), any::<u8>()), 0..4);
    let rest = (words(), busy, any::<[f64; 4]>(), any::<i64>(), any::<i64>());
    (texts, prop::collection::vec(words(), 0..25), rest).prop_map(|(texts, interests, rest)| {
        let (name, username, persona, bio, personality, vibe) = texts;
        let (zone, busy, [post, comment, like, browse], min_interval_s, max_interval_s) = rest;
        let busy = busy.into_iter().map(|(from, to)| HourSpan { from, to }).collect();
        NewBot {
            name,
            username,
            persona,
            bio,
            personality,
            vibe,
            interests: Interests(interests),
            weights: Weights { post, comment, like, browse },
            rhythm: Rhythm { zone, busy, days: Vec::new() },
            min_interval_s,
            max_interval_s,
        }
    })
}

proptest! {
    #[test]
    fn what_is_typed_for_a_setting_is_a_value_or_a_problem(typed in typed(), setting in select(Setting::ALL.to_vec())) {
        let mut changes = SettingsChanges::default();
        match changes.put(setting, &typed) {
            Err(problem) => prop_assert!(is_readable(&problem), "{problem:?}"),
            Ok(()) => {
                let settings = Settings::default().with(changes, &Asked::default());
                if let Err(problems) = settings.check() {
                    prop_assert!(are_readable(&problems), "{problems:?}");
                    return Ok(());
                }
                // What was taken is told so that it can be typed again.
                let mut again = SettingsChanges::default();
                again.put(setting, &settings.told(setting)).map_err(|problem| TestCaseError::fail(problem.rule))?;
                prop_assert_eq!(&Settings::default().with(again, &Asked::default()), &settings);
                let kept = serde_json::to_string(&settings).unwrap();
                prop_assert_eq!(serde_json::from_str::<Settings>(&kept).unwrap(), settings);
            }
        }
    }

    #[test]
    fn whoever_was_named_is_left_alone_however_the_name_is_written(names in "[a-zA-Z0-9_.-]{1,20}(, ?@?[A-Za-z0-9ÄéßİΣ]{1,9}){0,3}") {
        let mut changes = SettingsChanges::default();
        changes.put(Setting::OptedOut, &names).unwrap();
        let settings = Settings::default().with(changes, &Asked::default());
        for name in names.split([',', ' ']).filter(|name| !name.is_empty()) {
            prop_assert!(settings.leaves_alone(name), "{name} of {settings:?}");
            let with_sign = ["@", name.trim_start_matches('@')].concat();
            prop_assert!(settings.leaves_alone(&with_sign), "{with_sign} of {settings:?}");
            prop_assert!(settings.leaves_alone(&name.to_lowercase()));
        }
    }

    #[test]
    fn no_kept_settings_make_reading_panic(text in "\\PC{0,60}", number in any::<f64>(), setting in select(Setting::ALL.to_vec())) {
        let _ = serde_json::from_str::<Settings>(&text);
        let kept = serde_json::json!({ setting.name(): number, "unknown": text });
        if let Ok(settings) = serde_json::from_value::<Settings>(kept) {
            prop_assert!(settings.check().err().is_none_or(|problems| are_readable(&problems)));
        }
    }

    #[test]
    fn a_bot_that_breaks_rules_is_told_of_all_of_them(bot in bot()) {
        let problems = bot.check().unwrap_err();
        prop_assert!(are_readable(&problems) && problems.of("rhythm.days").is_some(), "{problems:?}");
    }

    #[test]
    fn a_username_that_is_suggested_is_one(written in typed()) {
        let Some(username) = suggest_username(&written) else { return Ok(()) };
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        prop_assert!((3..=30).contains(&username.len()) && username.chars().all(allowed), "{username}");
        prop_assert_eq!(suggest_username(&username), Some(username));
    }

    #[test]
    fn hours_and_days_are_read_as_they_are_told(typed in typed(), hours in hours(), days in days()) {
        let told: Vec<_> = hours.iter().map(ToString::to_string).collect();
        prop_assert_eq!(HourSpan::read_list(&told.join(", ")), Some(hours));
        let told: Vec<_> = days.iter().map(|day| day.name()).collect();
        prop_assert_eq!(Day::read_list(&told.join(",")), Some(days));
        let (_, _) = (HourSpan::read_list(&typed), Day::read_list(&typed));
    }

    #[test]
    fn a_night_ends_later_wherever_and_whenever_it_is(
        zone in select(Rhythm::zones()), busy in hours(), days in days(),
        second in prop_oneof![0..4_000_000_000_i64, Timestamp::MIN.as_second()..=Timestamp::MAX.as_second()],
    ) {
        let at = FleetTime::from(Timestamp::from_second(second).unwrap());
        let rhythm = Rhythm { zone, busy, days };
        if let Phase::Asleep { until } = rhythm.phase(at)
            && second < Timestamp::MAX.as_second() - 200_000
        {
            prop_assert!(until > at && until.since(at) <= Duration::from_secs(26 * 3_600), "{at} {until} {rhythm:?}");
        }
    }

    #[test]
    fn an_address_of_a_store_is_one_or_is_told_of_without_being_repeated(secret in "[a-z]{12}", rest in typed()) {
        let address = format!("mysql://{secret}@{rest}");
        let error = StoreAddress::parse(&address).unwrap_err().to_string();
        prop_assert!(error.contains("postgres://") && !error.contains(&secret), "{error}");
        let _ = StoreAddress::parse(&rest);
    }

    #[test]
    fn ids_and_tokens_are_read_or_refused(typed in typed()) {
        prop_assert!(Token::read(&typed).is_none_or(|token| token.reveal() == typed));
        prop_assert!(typed.parse::<ActionId>().is_err() || typed.contains(|c: char| c.is_ascii_hexdigit()));
    }
}
