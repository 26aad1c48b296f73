//! Whether the gallery is a sandbox, which has a clock of its own. It is asked once, before anything else.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::AUTHORIZATION;

use super::{Gallery, body, misconfigured};
use crate::error::Error;

/// How long that may take, however little patience there is for the rest: no fleet starts without.
const AT_FIRST: Duration = Duration::from_secs(10);

impl Gallery {
    /// What time it is in the sandbox that this gallery is; `None` if it is a real one, which has no control.
    ///
    /// # Errors
    /// Whatever keeps it from saying which of the two it is.
    pub async fn sandbox_time(&self) -> Result<Option<Timestamp>, Error> {
        let url = self.inner.base.join("control/clock").map_err(|error| misconfigured(error.to_string()))?;
        let request = self.inner.http.get(url).header(AUTHORIZATION, self.inner.bearer.clone());
        let request = request.timeout(self.inner.timeout.max(AT_FIRST));
        match self.ask::<body::SandboxTime>(request).await {
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
