//! Who does the writing. Owns nothing but the list: each provider answers the same questions as the brain.

pub(crate) mod llm;
pub(crate) mod offline;
