//! Money as the store counts it: whole millionths of a US dollar, so that sums never round. Owns how it is written and read.

use std::fmt;
use std::str::FromStr;

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// How many there are in a dollar.
const IN_A_DOLLAR: i64 = 1_000_000;

/// Money, in millionths of a US dollar.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
#[serde(transparent)]
pub struct Micros(pub i64);

impl Micros {
    /// None at all.
    pub const ZERO: Self = Self(0);

    /// So many whole dollars.
    #[must_use]
    pub const fn dollars(whole: i64) -> Self {
        Self(whole.saturating_mul(IN_A_DOLLAR))
    }

    /// Both together, at most what can be told.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left without `other`, and not less than nothing.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }

    /// As a number of dollars, with two decimals, or up to six where it takes them: `0.10`, `0.000375`.
    #[must_use]
    pub fn in_dollars(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let whole = self.0.unsigned_abs() / IN_A_DOLLAR.unsigned_abs();
        let mut decimals = format!("{:06}", self.0.unsigned_abs() % IN_A_DOLLAR.unsigned_abs());
        while decimals.len() > 2 && decimals.ends_with('0') {
            decimals.pop();
        }
        format!("{sign}{whole}.{decimals}")
    }
}

impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dollars = self.in_dollars();
        f.pad(&match dollars.strip_prefix('-') {
            Some(owed) => format!("-${owed}"),
            None => format!("${dollars}"),
        })
    }
}

impl FromStr for Micros {
    type Err = String;

    /// Reads a number of dollars, with or without the sign, of at most six decimals and not below zero. People write a comma
    /// as well.
    fn from_str(text: &str) -> Result<Self, String> {
        let odd = || format!("`{}` is no number of dollars with at most 6 decimals", text.trim());
        let number = text.trim().trim_start_matches('$').replace(',', ".");
        let (whole, decimals) = number.split_once('.').unwrap_or((&number, ""));
        let is_digits = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
        let is_number = is_digits(whole) && is_digits(decimals) && !(whole.is_empty() && decimals.is_empty());
        if !is_number || decimals.len() > 6 {
            return Err(odd());
        }
        let whole = if whole.is_empty() { 0 } else { whole.parse::<i64>().map_err(|_| odd())? };
        let decimals = format!("{decimals:0<6}").parse::<i64>().map_err(|_| odd())?;
        let micros = whole.checked_mul(IN_A_DOLLAR).and_then(|whole| whole.checked_add(decimals));
        micros.map(Self).ok_or_else(odd)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        for (text, micros) in [
            ("0.10", 100_000),
            ("$2", 2_000_000),
            (" 1,5 ", 1_500_000),
            (".000001", 1),
            ("0", 0),
            ("3.", 3_000_000),
        ] {
            assert_eq!(text.parse(), Ok(Micros(micros)), "{text}");
        }
        for odd in
            ["", "$", ".", "-1", "1e3", "0.0000001", "one", "1.2.3", "99999999999999999999", "NaN", "١"]
        {
            assert!(odd.parse::<Micros>().is_err(), "{odd}");
        }
    }

    #[test]
    fn money_is_told_with_as_many_decimals_as_it_takes() {
        let told = [0, 100_000, 375, 30_000_000, 1_234_560, -5].map(|micros| Micros(micros).to_string());
        assert_eq!(told, ["$0.00", "$0.10", "$0.000375", "$30.00", "$1.23456", "-$0.000005"]);
    }

    proptest! {
        #[test]
        fn money_that_is_told_is_read_as_the_same(micros in 0..=i64::MAX) {
            prop_assert_eq!(Micros(micros).to_string().parse(), Ok(Micros(micros)));
            prop_assert_eq!(Micros(micros).in_dollars().parse(), Ok(Micros(micros)));
        }
    }
}
