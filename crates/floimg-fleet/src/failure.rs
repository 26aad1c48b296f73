//! How a failure is told: one sentence for the operator with its causes, and an exit code for programs.

use std::process::ExitCode;

/// Something was asked for that cannot be, however often it is tried: exit code 2, as for a wrong option.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Misuse(pub(crate) String);

/// The failure and what led to it, each cause once.
pub(crate) fn told(error: &anyhow::Error) -> String {
    let mut told = Vec::<String>::new();
    for cause in error.chain().map(ToString::to_string) {
        // A wrapper that repeats its cause adds nothing.
        if !told.iter().any(|before| before.contains(&cause)) {
            told.push(cause);
        }
    }
    told.join(": ")
}

pub(crate) fn exit_code(error: &anyhow::Error) -> ExitCode {
    let misused = error.chain().any(|cause| {
        cause.is::<Misuse>()
            || matches!(
                cause.downcast_ref(),
                Some(fleet_bots::Error::Invalid(_) | fleet_bots::Error::Address(_))
            )
    });
    ExitCode::from(if misused { 2 } else { 1 })
}
