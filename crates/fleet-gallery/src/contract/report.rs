//! What a run of the suite found, line by line, and what it left behind. It judges nothing; the checks do.

use serde::Serialize;

/// How one call turned out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As the contract says.
    Ok,
    /// The gallery answered, and otherwise than the contract says.
    Differs,
    /// There was no answer that could be judged.
    Failed,
    /// It was not asked.
    Skipped,
}

impl Verdict {
    /// As reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Differs => "differs",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// One thing that was asked of a call, and what came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The check it belongs to, as a sentence.
    pub check: &'static str,
    /// The call of the contract.
    pub call: &'static str,
    /// What the contract promises.
    pub expected: String,
    /// How it turned out.
    pub verdict: Verdict,
    /// How long it took, in real time and with its waiting; none if nothing was asked.
    pub milliseconds: Option<u64>,
    /// What was found instead, or why it was not asked; the token is never part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

/// A whole run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Where the gallery is.
    pub url: String,
    /// Whether nothing was to be written.
    pub read_only: bool,
    /// How many calls were made; a look-up counts as one.
    pub calls: u64,
    /// Everything that was found, in order.
    pub findings: Vec<Finding>,
    /// What no call can remove, and a person may want to.
    pub left: Vec<String>,
}

impl Report {
    /// How many findings have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }

    /// Whether nothing differed and nothing failed.
    pub fn holds(&self) -> bool {
        self.count(Verdict::Differs) == 0 && self.count(Verdict::Failed) == 0
    }
}
