//! A picture as a model is shown it. Owns its form; it is made small before it is one.

use std::sync::Arc;

/// A small picture, encoded.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its media type, such as `image/jpeg`.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}, {} bytes)", self.media_type, self.bytes.len())
    }
}
