//! What one check came to, and how it is told.

use serde::Serialize;

use crate::output;

/// The longest name of a check, so that all of them stand in a column.
const WIDTH: usize = 10;

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verdict {
    Ok,
    Warn,
    Fail,
}

#[derive(Debug, Serialize)]
pub(super) struct Finding {
    pub(super) check: &'static str,
    pub(super) verdict: Verdict,
    pub(super) found: String,
    /// Nothing when nothing is to be mended.
    pub(super) remedy: Option<String>,
}

impl Finding {
    pub(super) fn ok(check: &'static str, found: impl Into<String>) -> Self {
        Finding { check, verdict: Verdict::Ok, found: found.into(), remedy: None }
    }

    pub(super) fn warn(check: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Finding { check, verdict: Verdict::Warn, found: found.into(), remedy: Some(remedy.into()) }
    }

    pub(super) fn fail(check: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Finding { check, verdict: Verdict::Fail, found: found.into(), remedy: Some(remedy.into()) }
    }

    /// What is to be done stands under what was found.
    pub(super) fn tell(&self) -> anyhow::Result<()> {
        let sign = match self.verdict {
            Verdict::Ok => "ok  ",
            Verdict::Warn => "warn",
            Verdict::Fail => "FAIL",
        };
        output::say(format!("{sign}  {:<WIDTH$}  {}", self.check, output::plain(&self.found)))?;
        match &self.remedy {
            Some(remedy) => output::say(format!("{:>w$}→ {}", "", output::plain(remedy), w = WIDTH + 8)),
            None => Ok(()),
        }
    }
}
