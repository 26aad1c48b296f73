//! A mistake in what the brain is set up with. Owns how one is told: its place, the rule, and the way to mend it.

use std::fmt;

/// One mistake in a setting or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The path of the field, like `chain[0].provider`.
    pub field: String,
    /// What holds for it.
    pub rule: String,
    /// How to mend it.
    pub mend: String,
}

impl Mistake {
    pub(crate) fn new(field: impl Into<String>, rule: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { field: field.into(), rule: rule.into(), mend: mend.into() }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}; {}", self.field, self.rule, self.mend)
    }
}

/// Tells all mistakes of one subject: in a line if there is one, in a list if there are more.
pub(crate) fn tell(f: &mut fmt::Formatter<'_>, subject: &str, mistakes: &[Mistake]) -> fmt::Result {
    if let [only] = mistakes {
        return write!(f, "{subject}: {only}");
    }
    write!(f, "{subject}: {} mistakes", mistakes.len())?;
    mistakes.iter().try_for_each(|mistake| write!(f, "\n- {mistake}"))
}
