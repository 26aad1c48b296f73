//! What every check stands on: a client, the pace, and the findings.

use std::time::{Duration, Instant};

use super::raw::Raw;
use super::report::{Finding, Report, Verdict};
use super::{Check, ContractOptions, call};
use crate::client::Gallery;
use crate::error::Error;
use crate::secret::Secret;
use crate::wire::{Invite, Item};

/// A pause that the gallery asks for is kept once, up to this long.
const LONGEST_WAIT: Duration = Duration::from_secs(90);

/// Why a check could not go on.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) why: String,
}

/// The two bots of a run.
#[derive(Clone, Debug)]
pub(super) struct Cast {
    pub(super) author: String,
    pub(super) reader: String,
}

pub(super) struct Bench {
    pub(super) gallery: Gallery,
    pub(super) run: String,
    pub(super) cast: Option<Cast>,
    /// The address of a picture of the author's.
    pub(super) picture: Option<String>,
    /// A post of the author's that others can see.
    pub(super) post: Option<Item>,
    pub(super) reader: Option<String>,
    /// The ids of bots that have, or may have, an account.
    pub(super) invited: Vec<String>,
    pub(super) left: Vec<String>,
    pub(super) raw: Raw,
    token: Secret,
    pace: Duration,
    calls: u64,
    findings: Vec<Finding>,
    check: Option<&'static Check>,
    hopeless: Option<String>,
}

impl Bench {
    pub(super) fn new(options: ContractOptions) -> Result<Self, Error> {
        let ContractOptions { gallery: config, run, reader, pace, .. } = options;
        let token = config.token.clone();
        let raw_config = config.clone();
        let gallery = Gallery::new(config)?;
        let raw = Raw::new(&raw_config, gallery.base_url().clone())?;
        Ok(Self {
            gallery,
            run,
            cast: None,
            picture: None,
            post: None,
            reader,
            invited: Vec::new(),
            left: Vec::new(),
            raw,
            token,
            pace,
            calls: 0,
            findings: Vec::new(),
            check: None,
            hopeless: None,
        })
    }

    pub(super) fn begin(&mut self, check: &'static Check) {
        self.check = Some(check);
    }

    /// Why nothing more needs to be asked, if so.
    pub(super) fn hopeless(&self) -> Option<String> {
        self.hopeless.clone()
    }

    /// An invitation to a bot of this run. Whoever sends it has first to note the id in `invited`.
    pub(super) fn invitation(&self, role: &str) -> Invite {
        Invite {
            agent_id: format!("fleet-contract-{}-{role}", self.run),
            name: format!("Contract Test {role} (AI)"),
            username: format!("contract-{}-{role}", self.run),
            is_agent: true,
            agent_persona_id: "contract_test".to_owned(),
        }
    }

    /// The run's bots, once they have accounts.
    pub(super) fn cast(&self) -> Result<Cast, Stop> {
        self.cast.clone().ok_or_else(|| stop("the bots of this run have no accounts"))
    }

    /// The author's post, once there is one that others see.
    pub(super) fn post(&self) -> Result<Item, Stop> {
        self.post.clone().ok_or_else(|| {
            stop("there is no post of this run that others see; the gallery may hold posts for moderation")
        })
    }

    /// In whose name to read: the run's reader, or the one that was given.
    pub(super) fn reading_as(&self) -> Option<String> {
        self.cast.as_ref().map(|cast| cast.reader.clone()).or_else(|| self.reader.clone())
    }

    /// Makes a call, judges its answer, and hands it on. A call that says how long to wait is made once more: it was
    /// not processed.
    ///
    /// # Errors
    /// With a [`Stop`] when there is no answer to go on with.
    pub(super) async fn step<T>(
        &mut self,
        call: &'static str,
        expected: &str,
        ask: impl AsyncFn() -> Result<T, Error>,
        judge: impl FnOnce(&T) -> Result<(), String>,
    ) -> Result<T, Stop> {
        let (asked, took) = self.timed(ask).await;
        match asked {
            Ok(value) => {
                let (verdict, found) = match judge(&value) {
                    Ok(()) => (Verdict::Ok, None),
                    Err(found) => (Verdict::Differs, Some(found)),
                };
                self.note(call, expected, verdict, Some(took), found);
                Ok(value)
            }
            Err(error) => {
                self.note_error(call, expected, took, &error);
                Err(stop("an earlier call of this check did not succeed"))
            }
        }
    }

    /// Makes a call that has to be refused, and hands on what came if it was not.
    pub(super) async fn refused<T>(
        &mut self,
        call: &'static str,
        expected: &str,
        ask: impl AsyncFn() -> Result<T, Error>,
        fits: impl FnOnce(&Error) -> bool,
    ) -> Option<T> {
        let (asked, took) = self.timed(ask).await;
        match asked {
            Ok(value) => {
                self.note(call, expected, Verdict::Differs, Some(took), Some("it was accepted".to_owned()));
                Some(value)
            }
            Err(error) => {
                if fits(&error) {
                    self.note(call, expected, Verdict::Ok, Some(took), None);
                } else if verdict_of(&error) == Verdict::Failed
                    && !matches!(error, Error::Unauthorized { .. })
                {
                    self.note_error(call, expected, took, &error);
                } else {
                    let found = Some(error.to_string());
                    self.note(call, expected, Verdict::Differs, Some(took), found);
                }
                None
            }
        }
    }

    /// Notes what holds of an answer that is there already.
    pub(super) fn holds(&mut self, call: &'static str, expected: &str, holds: Result<(), String>) {
        let (verdict, found) = match holds {
            Ok(()) => (Verdict::Ok, None),
            Err(found) => (Verdict::Differs, Some(found)),
        };
        self.note(call, expected, verdict, None, found);
    }

    /// Notes for each call of the check that has no finding yet why it was not made.
    pub(super) fn skip_the_rest(&mut self, check: &'static Check, why: &str) {
        for call in check.calls {
            let noted = |finding: &Finding| finding.check == check.name && finding.call == *call;
            if !self.findings.iter().any(noted) {
                self.note(call, check.name, Verdict::Skipped, None, Some(why.to_owned()));
            }
        }
    }

    /// Takes away what a call can take away.
    pub(super) async fn clean_up(&mut self) {
        let gallery = self.gallery.clone();
        for agent_id in std::mem::take(&mut self.invited) {
            let (removed, _) = self.timed(async || gallery.remove_user(&agent_id).await).await;
            if let Err(error) = removed {
                self.left.push(format!("perhaps the account of agent `{agent_id}` ({error})"));
            }
        }
    }

    pub(super) fn report(self, read_only: bool) -> Report {
        let Self { gallery, calls, findings, left, .. } = self;
        Report { url: gallery.base_url().to_string(), read_only, calls, findings, left }
    }

    async fn timed<T>(&mut self, ask: impl AsyncFn() -> Result<T, Error>) -> (Result<T, Error>, Duration) {
        let begun = Instant::now();
        let mut asked = self.paced(&ask).await;
        if let Err(Error::RateLimited { retry_after } | Error::HeldBack { retry_after, .. }) = &asked
            && *retry_after <= LONGEST_WAIT
        {
            tokio::time::sleep(*retry_after).await;
            asked = self.paced(&ask).await;
        }
        (asked, begun.elapsed())
    }

    async fn paced<T>(&mut self, ask: &impl AsyncFn() -> Result<T, Error>) -> Result<T, Error> {
        if self.calls > 0 && !self.pace.is_zero() {
            tokio::time::sleep(self.pace).await;
        }
        self.calls += 1;
        ask().await
    }

    fn note_error(&mut self, call: &'static str, expected: &str, took: Duration, error: &Error) {
        let verdict = verdict_of(error);
        let found = error.to_string();
        if matches!(
            error,
            Error::Unreachable { .. }
                | Error::Unauthorized { .. }
                | Error::Paused
                | Error::FleetLimited { .. }
        ) {
            self.hopeless = Some("after a failure like this one nothing more is asked".to_owned());
        }
        self.note(call, expected, verdict, Some(took), Some(found));
        if let (Some(remedy), Some(finding)) = (remedy_of(error, call), self.findings.last_mut()) {
            finding.remedy = Some(remedy);
        }
    }

    fn note(
        &mut self,
        call: &'static str,
        expected: &str,
        verdict: Verdict,
        took: Option<Duration>,
        found: Option<String>,
    ) {
        let Some(check) = self.check else { return };
        let token = self.token.expose();
        let found = found.map(|found| if token.is_empty() { found } else { found.replace(token, "***") });
        self.findings.push(Finding {
            check: check.name,
            call,
            expected: expected.to_owned(),
            verdict,
            milliseconds: took.map(|took| u64::try_from(took.as_millis()).unwrap_or(u64::MAX)),
            found,
            remedy: (verdict == Verdict::Differs).then(|| check.remedy.to_owned()),
        });
    }
}

/// A check that cannot go on.
pub(super) fn stop(why: &str) -> Stop {
    Stop { why: why.to_owned() }
}

/// What holds, or what was found instead.
pub(super) fn holds(holds: bool, found: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(found()) }
}

fn verdict_of(error: &Error) -> Verdict {
    match error {
        Error::Server { status, .. } if *status < 500 => Verdict::Differs,
        Error::Unreachable { .. }
        | Error::TimedOut { .. }
        | Error::Cut { .. }
        | Error::Server { .. }
        | Error::Unauthorized { .. }
        | Error::RateLimited { .. }
        | Error::HeldBack { .. }
        | Error::BotLimited { .. }
        | Error::FleetLimited { .. }
        | Error::Paused => Verdict::Failed,
        _ => Verdict::Differs,
    }
}

fn remedy_of(error: &Error, call: &str) -> Option<String> {
    let remedy = match error {
        Error::Unreachable { .. } => "check the address given with --url, and that the gallery runs",
        Error::Unauthorized { .. } => {
            "check the token; the platform may have revoked it, or it may be another platform's"
        }
        Error::Forbidden { .. } if matches!(call, call::INVITE | call::REMOVE) => {
            "ask the platform to give the token the permission `users:write`"
        }
        Error::RateLimited { .. }
        | Error::HeldBack { .. }
        | Error::BotLimited { .. }
        | Error::FleetLimited { .. } => {
            "run it again when the limit is over, or ask the platform for a higher one"
        }
        Error::Paused => "run it again when the platform has lifted its pause",
        Error::TimedOut { .. } | Error::Cut { .. } | Error::Server { status: 500.., .. } => {
            "run it again; if it stays, tell the platform's owners which call it is"
        }
        _ => return None,
    };
    Some(remedy.to_owned())
}
