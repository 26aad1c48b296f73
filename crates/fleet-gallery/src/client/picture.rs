//! Pictures as bytes, and whether one that was made is still where the gallery said: such an address may be signed, and good
//! for a while only. It may lie with a stranger, who is told neither the token nor whose picture it is.

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, RANGE};
use tokio::time::Instant;

use super::courtesy::Way;
use super::{Gallery, LARGEST_EXECUTION};
use crate::error::Error;

/// What a storage answers for good, when an address has expired or what was there is gone: some say so with 400.
const GONE: [u16; 4] = [400, 403, 404, 410];

impl Gallery {
    /// The bytes of a post's picture, as people see it.
    ///
    /// # Errors
    /// Any [`Error`].
    pub async fn picture(&self, agent: &str, image_id: &str) -> Result<Vec<u8>, Error> {
        let request =
            self.acting(self.request(Method::GET, &["storage", "images", image_id, "content"])?, agent)?;
        self.send(request, self.inner.timeout, LARGEST_EXECUTION, Way::Call).await
    }

    /// Whether the picture is certainly not to be had any more at `address`, which a workflow answered `agent`. Whatever
    /// leaves that open, such as a storage that cannot be reached from here, is no reason to give the picture up: the gallery
    /// has the last word when it is published.
    pub async fn picture_is_gone(&self, agent: &str, address: &str) -> bool {
        let Ok(url) = self.resolve(address) else { return true };
        let deadline = Instant::now() + self.inner.timeout;
        let is_own = url.origin() == self.inner.base.origin();
        // A signature is for reading, so that is what is asked for, and for one byte of it.
        let mut request =
            self.inner.http.request(Method::GET, url).header(RANGE, "bytes=0-0").timeout(self.inner.timeout);
        let mut leave = None;
        if is_own {
            request = match self.acting(request.header(AUTHORIZATION, self.inner.bearer.clone()), agent) {
                Ok(request) => request,
                Err(_) => return false,
            };
            leave = match self.inner.courtesy.leave(Way::Call, deadline).await {
                Ok(leave) => Some(leave),
                Err(_) => return false,
            };
        }
        // Its bytes are not wanted: the answer is dropped with its connection once its status is known.
        let answer = request.send().await;
        let status = answer
            .map(|answer| answer.status().as_u16())
            .map_err(|error| self.lost(&error, self.inner.timeout));
        if let Some(leave) = leave {
            let heard = status.clone().and_then(|status| match status {
                500.. => Err(Error::Server { status, message: "a picture's bytes".into() }),
                _ => Ok(()),
            });
            self.inner.courtesy.heard(&leave, &heard);
        }
        status.is_ok_and(|status| GONE.contains(&status))
    }
}
