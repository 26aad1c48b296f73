//! Whether the gallery is a sandbox, which has a clock of its own. It is asked once, before anything else.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::AUTHORIZATION;

use super::courtesy::Way;
use super::{Gallery, LARGEST_ANSWER, body, misconfigured};
use crate::error::Error;

/// How long that may take, however little patience there is for the rest: a fleet whose time is to run fast does not start
/// without.
const AT_FIRST: Duration = Duration::from_secs(10);

impl Gallery {
    /// What time it is in the sandbox that this gallery is; `None` if it is a real one, which has no control.
    ///
    /// # Errors
    /// Whatever keeps it from saying which of the two it is.
    pub async fn sandbox_time(&self) -> Result<Option<Timestamp>, Error> {
        let url = self.inner.base.join("control/clock").map_err(|error| misconfigured(error.to_string()))?;
        let request = self.inner.http.get(url).header(AUTHORIZATION, self.inner.bearer.clone());
        let patience = self.inner.timeout.max(AT_FIRST);
        let answer = self.send(request, patience, LARGEST_ANSWER, Way::Call).await;
        match answer.and_then(|bytes| self.read_as::<body::SandboxTime>(&bytes)) {
            Ok(answer) => Ok(Some(answer.now)),
            Err(
                Error::NotFound { .. }
                | Error::Unauthorized { .. }
                | Error::Forbidden { .. }
                | Error::Invalid { .. }
                | Error::Unreadable { .. },
            ) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
