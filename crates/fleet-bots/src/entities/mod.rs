//! The rows as SeaORM sees them, one table a file. Owns shapes only; what may be written is the commands' business.

pub(crate) mod action;
pub(crate) mod bot;
pub(crate) mod bot_activity;
pub(crate) mod bot_lease;
#[expect(
    unreachable_pub,
    reason = "the derive makes its companions public, and nobody outside needs this row"
)]
pub(crate) mod bot_memory;
pub(crate) mod decision;
pub(crate) mod node;
#[expect(
    unreachable_pub,
    reason = "the derive makes its companions public, and nobody outside needs this row"
)]
pub(crate) mod operator;
pub(crate) mod request;
pub(crate) mod rest;
pub(crate) mod seen_post;
#[expect(
    unreachable_pub,
    reason = "the derive makes its companions public, and nobody outside needs this row"
)]
pub(crate) mod session;
#[expect(
    unreachable_pub,
    reason = "the derive makes its companions public, and nobody outside needs this row"
)]
pub(crate) mod setting;
#[expect(
    unreachable_pub,
    reason = "the derive makes its companions public, and nobody outside needs this row"
)]
pub(crate) mod spend;
#[expect(
    unreachable_pub,
    reason = "the derive makes its companions public, and nobody outside needs this row"
)]
pub(crate) mod spend_day;
#[expect(
    unreachable_pub,
    reason = "the derive makes its companions public, and nobody outside needs this row"
)]
pub(crate) mod spend_sum;

/// Says and reads an enum in the words it has in the store, so that filters, pages and rows share one spelling.
macro_rules! in_store_words {
    ($($name:ty),+) => {$(
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&sea_orm::ActiveEnum::to_value(self))
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(word: &str) -> Result<Self, String> {
                sea_orm::ActiveEnum::try_from_value(&word.to_owned()).map_err(|_| {
                    let known = <Self as sea_orm::ActiveEnum>::values();
                    format!("`{word}` is none of {}", known.join(", "))
                })
            }
        }
    )+};
}

in_store_words!(
    action::ActionKind,
    action::ActionStatus,
    bot::Account,
    bot::Intent,
    bot_activity::ActivityKind,
    bot_lease::ObservedState,
    decision::DecisionKind,
    rest::RestCause,
    spend::Purpose,
    spend::SpendKind
);
