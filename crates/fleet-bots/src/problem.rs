//! What is wrong with an input: every broken rule at once, each with its field, the rule, and the way to mend it.
//! Owns the collecting and the wording; the rules stand beside the values they guard.

use std::fmt;

use serde::Serialize;

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The field, as the caller names it: `weights.post`, `username`.
    pub field: &'static str,
    /// What the rule is, and how the value breaks it.
    pub rule: String,
    /// What to do about it.
    pub mend: String,
}

/// Every broken rule of one input; never empty when it stands in an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Notes a problem unless `holds`.
    pub(crate) fn require(
        &mut self,
        holds: bool,
        field: &'static str,
        rule: impl Into<String>,
        mend: impl Into<String>,
    ) {
        if !holds {
            self.0.push(Problem { field, rule: rule.into(), mend: mend.into() });
        }
    }

    /// The problem of `field`, if there is one.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&Problem> {
        self.0.iter().find(|problem| problem.field == field)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Problem { field, rule, mend }) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}`{field}` {rule}: {mend}")?;
        }
        Ok(())
    }
}
